"""`cleaner corpus` on packed JSONL, CSV, Parquet and folders: each through a real file and back."""

import csv
import gzip
import io
import json

import pytest
from corpora import ASK, article, here, jsonl, process, read, rows, tree

CLEAN = [{**row, "text": article(row["id"])[1]} for row in rows(30)]


def unpack(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard", reason="zstandard (extra zstd) is not installed")
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True) as reader:
            data = reader.read()
    return [json.loads(line) for line in data.decode().splitlines()]


def pack(path, data: bytes):
    """Write data in two members or frames, as files that were joined have them."""
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(data[:1000]) + gzip.compress(data[1000:]))
    elif path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard", reason="zstandard (extra zstd) is not installed")
        path.write_bytes(b"".join(zstandard.ZstdCompressor().compress(piece) for piece in (data[:1000], data[1000:])))
    else:
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("to", ["", ".gz", ".zst"])
@pytest.mark.parametrize("source", [".gz", ".zst"])
def test_packed_files_are_streamed_and_joined(tmp_path, source, to):
    data = jsonl(tmp_path / "plain.jsonl", rows(20)).read_bytes()
    one = pack(tmp_path / f"one.jsonl{source}", data.rstrip(b"\n"))
    two = jsonl(tmp_path / "two.jsonl", rows(10, 20))
    out = tmp_path / f"out.jsonl{to}"
    if ".zst" in (source, to):
        pytest.importorskip("zstandard", reason="zstandard (extra zstd) is not installed")
    assert here(one, two, "-o", out) == 0
    assert unpack(out) == CLEAN
    before = out.read_bytes()
    assert here(one, two, "-o", out) == 0
    assert out.read_bytes() == before


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_packed_file_that_is_cut_short_is_refused(tmp_path, capsys, ending):
    source = pack(tmp_path / f"in.jsonl{ending}", jsonl(tmp_path / "plain.jsonl", rows(30)).read_bytes())
    source.write_bytes(source.read_bytes()[:-20])
    assert here(source, "-o", tmp_path / "out.jsonl", "--on-error", "skip") == 1
    assert capsys.readouterr().err.startswith(f"cleaner corpus: {source}: ")
    assert not (tmp_path / "out.jsonl").exists()
    source.write_bytes(b"no archive at all")
    assert here(source, "-o", tmp_path / "other.jsonl") == 1
    assert capsys.readouterr().err.startswith(f"cleaner corpus: {source}: ")


def test_a_folder_of_everything(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    (source / "sub" / "deep").mkdir(parents=True)
    jsonl(source / "a.jsonl", rows(30))
    pack(source / "sub" / "b.jsonl.gz", jsonl(tmp_path / "plain.jsonl", rows(30)).read_bytes())
    for number in range(5):
        (source / "sub" / "deep" / f"{number}.txt").write_bytes(article(number)[0].replace("\n", "\r\n").encode())
    (source / "picture.png").write_bytes(b"")
    done = process(source, "-o", f"{out}/", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert read(out / "a.jsonl") == unpack(out / "sub" / "b.jsonl.gz") == CLEAN
    for number in range(5):
        assert (out / "sub" / "deep" / f"{number}.txt").read_bytes().decode() == article(number)[1].replace("\n", "\r\n")
    assert len(tree(out)) == 7
    assert "files of no known format left out            1" in done.stderr
    assert "documents                                   65" in done.stderr


def test_text_files_under_the_guard_and_not_utf_8(tmp_path, capsys):
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(ASK)
    (source / "b.txt").write_text(article(1)[0])
    (source / "c.txt").write_bytes(b"caf\xe9")
    args = [source, "-o", f"{tmp_path}/out/", "--max-lost", 0.9, "--guard", "drop"]
    assert here(*args) == 1
    assert f"{source}/c.txt: not UTF-8 at byte 4 (0xe9)" in capsys.readouterr().err
    assert here(*args, "--resume", "--on-error", "skip") == 0
    assert tree(tmp_path / "out") == {"b.txt": article(1)[1].encode()}
    (reject,) = read(tmp_path / "out.rejects.jsonl")
    assert (reject["file"], reject["row"]) == (f"{source}/c.txt", "caf\\xe9")


def cells(path, delimiter=","):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


@pytest.mark.parametrize(("name", "delimiter"), [("in.csv", ","), ("in.csv", ";"), ("in.tsv", "\t")])
def test_csv_other_cells_stay(tmp_path, name, delimiter):
    source, out = tmp_path / name, tmp_path / f"out{name[-4:]}"
    odd = ["007", ' "quoted", with; marks\tand\r\na break', "1e400"]
    head, dirty = ["id", "text", "note", "n"], article(1)[0]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([head, [odd[0], dirty, *odd[1:]]])
    plain = delimiter.join(['"008"', '"Rain fell."', "x", "y"])
    source.write_bytes(("\ufeff" + buffer.getvalue() + plain).encode())
    assert here(source, "-o", out) == 0
    assert cells(out, delimiter) == [head, [odd[0], article(1)[1], *odd[1:]], ["008", "Rain fell.", "x", "y"]]
    # What does not change keeps its bytes: mark, header, quotes, the missing line end.
    assert out.read_bytes().startswith("\ufeff".encode() + delimiter.join(head).encode() + b"\r\n")
    assert out.read_bytes().endswith(b"\r\n" + plain.encode())


def test_csv_files_are_joined_under_one_header(tmp_path, capsys):
    one, two, other = (tmp_path / name for name in ("one.csv", "two.csv", "other.csv"))
    one.write_text("id,text\n1,Rain fell.")
    two.write_text("id,text\n2,Snow fell.\n")
    other.write_text("text,id\nHail fell.,3\n")
    assert here(one, two, "-o", tmp_path / "out.csv", "--removals", "gone") == 0
    assert cells(tmp_path / "out.csv") == [["id", "text", "gone"], ["1", "Rain fell.", "[]"], ["2", "Snow fell.", "[]"]]
    assert here(one, other, "-o", tmp_path / "o.csv") == 2
    assert f"its columns are not those of {one}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1", "1 cells where the header has 2"),
        (b"1,a,b", "3 cells where the header has 2"),
        (b'1,"a"b', "malformed CSV: ',' expected after '\"'"),
        (b"1,caf\xe9", "not UTF-8 (0xe9)"),
    ],
    ids="few many quote utf-8".split(),
)
def test_csv_bad_rows(tmp_path, capsys, row, reason):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(b'id,text\n0,"two\nlines"\n' + row + b"\n3,Rain fell.\n")
    assert here(source, "-o", out) == 1
    assert f"{source}:4: {reason}\n" in capsys.readouterr().err
    assert here(source, "-o", out, "--resume", "--on-error", "skip") == 0
    assert cells(out) == [["id", "text"], ["0", "two\nlines"], ["3", "Rain fell."]]
    (reject,) = read(tmp_path / "out.csv.rejects.jsonl")
    assert (reject["line"], reject["row"]) == (4, row.decode("utf-8", "backslashreplace"))


def test_csv_without_the_column(tmp_path, capsys):
    (tmp_path / "in.csv").write_text("id,body\n1,Rain fell.\n")
    assert here(tmp_path / "in.csv", "-o", tmp_path / "out.csv") == 1
    assert "in.csv:1: field 'text': there is no column 'text'; the columns are id, body" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 1


@pytest.fixture
def pa():
    pytest.importorskip("pyarrow", reason="pyarrow (extra parquet) is not installed")
    import pyarrow
    import pyarrow.parquet

    return pyarrow


def test_parquet_columns_pass_through(tmp_path, pa):
    data = {
        "when": pa.array([1_700_000_000_000_000 + n for n in range(30)], pa.timestamp("us", "UTC")),
        "text": pa.array([row["text"] for row in rows(30)], pa.large_string()),
        "tags": pa.array([[{"a": n}] if n % 3 else None for n in range(30)]),
    }
    table = pa.table(data).replace_schema_metadata({"made": "by hand"})
    for name in ("one", "two"):
        pa.parquet.write_table(table, tmp_path / f"{name}.parquet", row_group_size=7, compression="zstd")
    out = tmp_path / "out.parquet"
    args = ["--workers", 2, "--removals", "gone", "--min-sentences", 99, "--guard", "flag"]
    done = process(tmp_path / "one.parquet", tmp_path / "two.parquet", "-o", out, *args)
    assert done.returncode == 0, done.stderr
    found = pa.parquet.read_table(out)
    both = pa.concat_tables([table, table])
    assert found.column("text").to_pylist() == [row["text"] for row in CLEAN] * 2
    assert found.select(["when", "tags"]).equals(both.select(["when", "tags"]))
    assert found.schema.field("text").type == pa.large_string()
    assert found.schema.metadata[b"made"] == b"by hand"
    assert pa.parquet.ParquetFile(out).metadata.row_group(0).column(0).compression == "ZSTD"
    first = found.to_pylist()[0]
    assert [removal["category"] for removal in first["gone"]] == ["subscription", "legal"]
    assert first["guard"] == "8 sentences left"


def test_parquet_bad_rows(tmp_path, capsys, pa):
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pa.parquet.write_table(pa.table({"n": [1, 2, 3], "text": ["Rain fell.", None, ASK]}), source, row_group_size=1)
    args = [source, "-o", out, "--max-lost", 0.5, "--guard", "drop"]
    assert here(*args) == 1
    assert f"{source}:2: field 'text': missing" in capsys.readouterr().err
    assert here(*args, "--resume", "--on-error", "skip") == 0
    assert pa.parquet.read_table(out).to_pylist() == [{"n": 1, "text": "Rain fell."}]
    (reject,) = read(tmp_path / "out.parquet.rejects.jsonl")
    assert (reject["line"], reject["row"]) == (2, '{"n": 2}')


@pytest.mark.parametrize(
    ("columns", "status", "says"),
    [
        ({"n": [1]}, 1, "there is no column 'text'"),
        ({"text": [1]}, 1, "field 'text': not a string but int64"),
        ({"text": ["a"], "gone": [1]}, 1, "the column 'gone' is there already"),
        (None, 2, "in.parquet: "),
    ],
    ids="missing number taken no-parquet".split(),
)
def test_parquet_that_cannot_be_cleaned(tmp_path, capsys, pa, columns, status, says):
    if columns is None:
        (tmp_path / "in.parquet").write_bytes(b"no table at all")
    else:
        pa.parquet.write_table(pa.table(columns), tmp_path / "in.parquet")
    assert here(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet", "--removals", "gone") == status
    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_an_empty_table_stays_a_table(tmp_path, pa):
    pa.parquet.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "in.parquet")
    assert here(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet") == 0
    assert pa.parquet.read_table(tmp_path / "out.parquet").num_rows == 0
    (tmp_path / "in.jsonl").write_bytes(b"")
    assert here(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""
