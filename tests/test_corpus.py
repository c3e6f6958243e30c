"""`cleaner corpus` on JSONL: what comes out, with one worker and with more, what the guard does, what it says."""

import json
import os
import sys

import pytest
from corpora import ASK, ROOT, article, command, here, jsonl, process, read, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Pipeline
from cleaner.corpus.rows import RowError, locate, replace


def test_only_the_text_changes(tmp_path):
    text, clean = article(3)
    odd = (
        '{"n":123456789012345678901234567890,\t"f": 1.10e+400,"a":[1, {"text": "x"}], "text" : %s ,"e":"\\u00e9", "n": null}\r\n'
    )
    plain = '{"text": "Rain fell."}'
    source = tmp_path / "in.jsonl"
    source.write_bytes(("\ufeff" + odd % json.dumps(text) + "\n" + plain).encode())
    assert here(source, "-o", tmp_path / "out.jsonl") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == ("\ufeff" + odd % json.dumps(clean) + "\n" + plain).encode()


def test_workers_change_nothing_and_order_stays(tmp_path):
    one = jsonl(tmp_path / "one.jsonl", rows(300))
    two = jsonl(tmp_path / "two.jsonl", rows(20, 300))
    two.write_bytes(two.read_bytes().rstrip(b"\n"))
    done = process(one, two, "-o", tmp_path / "out.jsonl", "--workers", 2, "--summary", tmp_path / "sum.json")
    assert done.returncode == 0, done.stderr
    assert here(one, two, "-o", tmp_path / "alone.jsonl", "--summary", tmp_path / "alone.json") == 0
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()
    assert read(tmp_path / "out.jsonl") == [{**row, "text": article(row["id"])[1]} for row in rows(320)]
    assert (tmp_path / "sum.json").read_bytes() == (tmp_path / "alone.json").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {
        *("one.jsonl", "two.jsonl", "out.jsonl", "alone.jsonl"),
        *("sum.json", "alone.json"),
    }
    shown = done.stderr.split()
    assert shown[:2] == ["documents", "320"]
    assert {"subscription", "legal", "removed"} <= set(shown)


def test_the_summary_counts_by_category_and_names_the_worst(tmp_path):
    data = [*rows(3), {"text": ASK}, {"text": "Rain fell."}]
    assert here(jsonl(tmp_path / "in.jsonl", data), "-o", tmp_path / "out.jsonl", "--summary", tmp_path / "sum.json") == 0
    found = json.loads((tmp_path / "sum.json").read_text())
    assert (found["documents"], found["changed"], found["empty"], found["rejected"]) == (5, 4, 1, 0)
    removed = [removal for row in data for removal in Pipeline().explain(row["text"]).removed]
    assert sum(counts["lines"] for counts in found["removed"].values()) == len(removed)
    assert found["characters_removed"] == sum(len(removal.text) for removal in removed)
    assert found["characters_read"] == sum(len(row["text"]) for row in data)
    assert found["removed"]["subscription"]["lines"] == 4
    worst = found["lost_most"][0]
    assert (worst["share"], worst["file"], worst["line"]) == (1.0, str(tmp_path / "in.jsonl"), 4)


def test_places_are_counted_from_the_start_of_the_file(tmp_path):
    data = [*rows(400), {"text": ASK}]
    source = jsonl(tmp_path / "in.jsonl", data)
    assert source.stat().st_size > 3 * (1 << 16), "the file must make several parts"
    with source.open("a") as file:
        file.write("{broken\n")
    out = tmp_path / "out.jsonl"
    assert here(source, "-o", out, "--on-error", "skip", "--summary", tmp_path / "sum.json") == 0
    assert json.loads((tmp_path / "sum.json").read_text())["lost_most"][0]["line"] == 401
    assert [reject["line"] for reject in read(tmp_path / "out.jsonl.rejects.jsonl")] == [402]


def test_removals_in_a_column(tmp_path):
    data = [*rows(2), {"text": "Rain fell."}]
    assert here(jsonl(tmp_path / "in.jsonl", data), "-o", tmp_path / "out.jsonl", "--removals", "gone") == 0
    for before, after in zip(data, read(tmp_path / "out.jsonl"), strict=True):
        assert after.pop("gone") == [removal._asdict() for removal in Pipeline().explain(before["text"]).removed]
        assert after == {**before, "text": Pipeline().clean(before["text"])}


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (b'{"id": 1, "text": "a"', None, "malformed JSON: expecting ',' at character 23"),
        (b'{"id": 1,, "text": "a"}', None, "malformed JSON: expecting a name in double quotes at character 10"),
        (b'{"text": "a"} {"text": "b"}', None, "malformed JSON: more after the object at character 14"),
        (b'["text"]', None, "not a JSON object"),
        (b'{"id": 1}', "text", "missing"),
        (b'{"text": null}', "text", "not a string but null"),
        (b'{"text": 12}', "text", "not a string but a number"),
        (b'{"text": ["a"]}', "text", "not a string but a list"),
        (b'{"text": "a", "text": "b"}', "text", "given twice"),
        (b'{"text": "a\xff"}', None, "not UTF-8 at byte 12 (0xff)"),
        (b'{"a": ' + b"[" * 100_000 + b"}", None, "nested too deeply"),
    ],
    ids="cut comma more list missing null number listed twice utf-8 deep".split(),
)
def test_a_bad_row_stops_with_its_place_or_is_set_aside(tmp_path, capsys, row, field, reason):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = json.dumps(rows(1)[0]).encode()
    source.write_bytes(good + b"\n" + row + b"\n" + good + b"\n")
    assert here(source, "-o", out) == 1
    said = f"field {field!r}: {reason}" if field else reason
    assert capsys.readouterr().err.startswith(f"cleaner corpus: {source}:2: {said}\n")
    assert not out.exists()
    # The run goes on from where it stopped, when bad rows are let go.
    assert here(source, "-o", out, "--resume", "--on-error", "skip") == 0
    assert [r["text"] for r in read(out)] == [article(0)[1]] * 2
    (reject,) = read(tmp_path / "out.jsonl.rejects.jsonl")
    assert (reject["file"], reject["line"], reject["field"], reject["reason"]) == (str(source), 2, field, reason)
    assert reject["row"] == row.decode("utf-8", "backslashreplace")


@pytest.mark.parametrize(
    ("action", "left", "counted"),
    [("keep", [ASK, "as it was"], {"keep": 1}), ("drop", ["as it was"], {"drop": 1}), ("flag", ["", "as it was"], {"flag": 1})],
)
def test_the_guard(tmp_path, action, left, counted):
    source = jsonl(tmp_path / "in.jsonl", [{"text": ASK}, {"text": "as it was"}])
    args = ["--max-lost", 0.5, "--min-sentences", 0, "--guard", action, "--summary", tmp_path / "sum.json"]
    assert here(source, "-o", tmp_path / "out.jsonl", *args) == 0
    found = read(tmp_path / "out.jsonl")
    assert [row["text"] for row in found] == left
    assert json.loads((tmp_path / "sum.json").read_text())["guard"] == counted
    if action == "flag":
        assert [row["guard"] for row in found] == ["lost 1.00 of its words", None]


def test_the_guard_counts_sentences_only_of_what_was_cut(tmp_path):
    data = [{"text": f"It rained.\n{ASK}"}, {"text": "It rained."}, {"text": article(1)[0]}]
    assert here(jsonl(tmp_path / "in.jsonl", data), "-o", tmp_path / "out.jsonl", "--min-sentences", 2) == 0
    assert [row["text"] for row in read(tmp_path / "out.jsonl")] == [data[0]["text"], data[1]["text"], article(1)[1]]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["none.jsonl", "-o", "out.jsonl"], "none.jsonl: no such file or folder"),
        (["in.jsonl", "-o", "in.jsonl"], "the output would be among the inputs"),
        (["in.jsonl", "-o", "./"], "the output would replace in.jsonl"),
        ([".", "-o", "out/"], "the output would be among the inputs"),
        (["in.jsonl", "-o", "out.doc"], "out.doc: no known format"),
        (["in.jsonl", "-o", "out.csv"], "formats are not converted"),
        (["note.doc", "-o", "out/"], "note.doc: no known format"),
        (["a.txt", "-o", "out.txt"], "text files go to a folder"),
        (["a.txt", "-o", "out/", "--removals", "gone"], "text files have no columns"),
        (["in.jsonl", "sub/in.jsonl", "-o", "out/"], "would both become in.jsonl"),
        (["empty", "-o", "out/"], "no file of a known format in empty"),
        (["in.jsonl", "-o", "out.jsonl", "--only", "news"], "unknown category 'news'"),
        (["in.jsonl", "-o", "out.jsonl", "--lang", "xx"], "unknown language 'xx'"),
        (["in.jsonl", "-o", "out.jsonl", "--workers", "0"], "--workers: at least 1"),
        (["in.jsonl", "-o", "out.jsonl", "--max-lost", "2"], "between 0 and 1"),
        (["in.jsonl", "-o", "out.jsonl", "--guard", "drop"], "needs --max-lost or --min-sentences"),
        (["in.jsonl", "-o", "out.jsonl", "--removals", "text"], "need different names"),
        (["in.jsonl", "-o", "out.jsonl", "--rejects", "bad.jsonl"], "--rejects needs --on-error skip"),
        (["in.jsonl", "-o", "out.jsonl", "--summary", "./in.jsonl"], "are different files"),
        (["in.jsonl", "-o", "out.jsonl", "--on-error", "skip", "--rejects", "out.jsonl"], "are different files"),
        (["in.jsonl"], "required: -o"),
    ],
)
def test_wrong_usage_is_one_line_and_leaves_nothing(tmp_path, monkeypatch, capsys, args, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("in.jsonl", "sub/in.jsonl"):
        jsonl(tmp_path / name, rows(1))
    for name in ("note.doc", "a.txt", "empty/note.doc"):
        (tmp_path / name).write_text("Rain fell.")
    before = sorted(tmp_path.rglob("*"))
    assert here(*args) == 2
    assert says in capsys.readouterr().err.splitlines()[-1]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_field_of_another_name_and_choices_of_the_filter(tmp_path):
    source = jsonl(tmp_path / "in.jsonl", [{"body": article(1)[0], "text": 1}])
    assert here(source, "-o", tmp_path / "out.jsonl", "--field", "body", "--only", "legal") == 0
    text = article(1)[0]
    assert read(tmp_path / "out.jsonl") == [{"body": Pipeline().only("legal").clean(text), "text": 1}]
    rules = tmp_path / "mine.toml"
    rules.write_text('[remove.mine]\nmode = ["a"]\n')
    done = process(source, "-o", tmp_path / "o.jsonl", "--rules", rules)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"cleaner: {rules}:2: unknown mode 'mode'")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_progress_bar_on_a_terminal_only(tmp_path):
    import fcntl
    import pty
    import struct
    import subprocess
    import termios

    source = jsonl(tmp_path / "in.jsonl", rows(200))
    assert "%|" not in process(source, "-o", tmp_path / "piped.jsonl").stderr
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
    args = command(source, "-o", tmp_path / "out.jsonl", "--workers", 2)
    child = subprocess.Popen(args, stderr=follower, cwd=ROOT)
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 65536):
            shown += chunk
    except OSError:
        pass  # how Linux says that the other end is closed
    assert child.wait(60) == 0
    bar = shown.decode().replace("\r", "\n")
    assert "100%" in bar
    assert "200 documents, " in bar
    assert "% removed" in bar
    assert "B/s" in bar


def test_nothing_heavy_is_imported_with_the_library():
    import subprocess

    heavy = "multiprocessing concurrent.futures pyarrow pandas tqdm zstandard cleaner.corpus cleaner.engines"
    code = f"import sys, cleaner; cleaner.clean('Rain fell.'); print([m for m in {heavy.split()} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda x: st.lists(x) | st.dictionaries(st.text(), x),
)


@settings(max_examples=40)
@given(st.dictionaries(st.text(), _json, max_size=4), st.text(), st.text(), st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_a_row_keeps_everything_but_its_text(others, text, new, ascii_only, indent):
    data = {**others, "text": text}
    row = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    place = locate(row, "text", ["gone"] if "gone" not in others else [])
    assert place.text == text
    assert replace(row, place, text, {}) == row
    assert json.loads(replace(row, place, new, {})) == {**data, "text": new}
    if "gone" not in others:
        assert json.loads(replace(row, place, new, {"gone": [1]})) == {**data, "text": new, "gone": [1]}


@given(st.text(alphabet='{}[]:," \\tex1n\n', max_size=20))
def test_what_is_taken_for_a_row_is_json(row):
    try:
        place = locate(row, "text")
    except RowError:
        return
    assert json.loads(row)["text"] == place.text
