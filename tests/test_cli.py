"""The command, through a real process: what goes where, and what it says when it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import CATEGORIES, FILTERS, __version__
from cleaner.lexicon import available

ROOT = Path(__file__).parent.parent
KEPT = "The bridge reopened to traffic on Monday, two years after the flood that had carried its middle span away.\n"
NEWS, ASK = "Sign up to our newsletter\n", "Accept all cookies\nSkip to content\n"
NOTE = "Correction: an earlier version of this article gave the wrong year.\n"
DIRTY, CLEAN = KEPT + NEWS + KEPT.replace("Monday", "Friday"), KEPT + KEPT.replace("Monday", "Friday")


def run(*args: object, data: str | bytes = b"", **options):
    """Run the command; input and output are bytes, so that no line end is translated on the way."""
    data = data.encode() if isinstance(data, str) else data
    command = [sys.executable, "-m", "cleaner", *map(str, args)]
    return subprocess.run(command, input=data, capture_output=True, cwd=ROOT, timeout=60, check=False, **options)


def files(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    return [folder / f"{name}.txt" for name in texts]


def test_a_filter_from_input_to_output():
    done = run(data=DIRTY)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, CLEAN, b"")
    assert run("-", data=DIRTY).stdout == done.stdout


def test_files_go_to_the_output_one_after_the_other(tmp_path):
    one, two = files(tmp_path, one=DIRTY, two=NEWS + NOTE)
    done = run(one, two)
    assert (done.returncode, done.stdout.decode()) == (0, CLEAN + NOTE)
    assert one.read_text() == DIRTY


def test_to_a_file_and_to_a_folder(tmp_path):
    one, two = files(tmp_path, one=DIRTY, two=NEWS + NOTE)
    assert run(one, "-o", tmp_path / "out.txt").stdout == b""
    assert (tmp_path / "out.txt").read_text() == CLEAN
    assert run(one, two, "-o", f"{tmp_path}/new/").returncode == 0
    assert {path.name: path.read_text() for path in (tmp_path / "new").iterdir()} == {"one.txt": CLEAN, "two.txt": NOTE}
    (tmp_path / "old").mkdir()
    assert run(two, "-o", tmp_path / "old").returncode == 0
    assert (tmp_path / "old" / "two.txt").read_text() == NOTE


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["{one}", "{two}", "-o", "{folder}/all.txt"], "several files need a folder"),
        (["-", "-o", "{folder}/"], "standard input needs a file"),
        (
            ["--only", "legal,newsletters"],
            "unknown category 'newsletters'; the categories are " + ", ".join(sorted(CATEGORIES)),
        ),
        (["--keep", "newsletters"], "unknown category 'newsletters'"),
        (["--lang", "en,xx"], "unknown language 'xx'; there are packs for " + ", ".join(available())),
        (["--only", "legal", "--keep", "legal"], "not allowed with"),
        (["--no-such-option"], "unrecognized arguments"),
        (["--errors", "ignore"], "invalid choice"),
    ],
    ids=["no-folder", "stdin-folder", "only", "keep", "lang", "only-and-keep", "option", "errors"],
)
def test_wrong_usage_is_refused_and_explained(tmp_path, args, says):
    one, two = files(tmp_path, one=DIRTY, two=DIRTY)
    done = run(*[arg.format(one=one, two=two, folder=tmp_path) for arg in args], data=DIRTY)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in " ".join(done.stderr.decode().split())
    assert {path.name for path in tmp_path.iterdir()} == {"one.txt", "two.txt"}


@pytest.mark.parametrize(
    ("args", "left"),
    [
        ([], KEPT + NOTE),
        (["--only", "subscription"], KEPT + ASK + NOTE),
        (["--only", "legal, interface"], KEPT + NEWS + NOTE),
        (["--keep", "subscription"], KEPT + NEWS + NOTE),
        (["--corrections"], KEPT),
        (["--lang", "de"], KEPT + NEWS + ASK + NOTE),
        (["--lang", "de,en"], KEPT + NOTE),
        (["--only", "correction"], KEPT + NEWS + ASK),
    ],
    ids=["all", "only", "only-two", "keep", "corrections", "lang-other", "lang", "only-correction"],
)
def test_what_goes_can_be_chosen(args, left):
    done = run(*args, data=KEPT + NEWS + ASK + NOTE)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, left, b"")


def test_rules_of_ones_own(tmp_path):
    rules = tmp_path / "mine.toml"
    rules.write_text('protect = ["our newsletter"]\n[remove.mine]\nhas = ["middle span"]\n')
    assert run("--rules", rules, data=DIRTY).stdout.decode() == NEWS
    assert run("--rules", rules, "--keep", "mine", data=DIRTY).stdout.decode() == DIRTY


def test_a_bad_rules_file_is_refused_with_its_place(tmp_path):
    rules = tmp_path / "mine.toml"
    rules.write_text('[remove.mine]\nhas = ["a"]\ncontains = ["b"]\n')
    done = run("--rules", rules, data=DIRTY)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{rules}:3: unknown mode 'contains'" in done.stderr.decode()
    missing = run("--rules", tmp_path / "none.toml", data=DIRTY)
    assert (missing.returncode, b"cannot be read" in missing.stderr) == (2, True)


def test_explain_names_lines_and_leaves_the_output_alone(tmp_path):
    (one,) = files(tmp_path, one="\n" + DIRTY)
    done = run(one, "--explain")
    assert done.stdout.decode() == "\n" + CLEAN
    line, *evidence = done.stderr.decode().splitlines()
    assert line.startswith(f"{one}:3: subscription: ")
    assert line.endswith("[Sign up to our newsletter]")
    # Which cue of which pack.
    assert evidence
    assert all(row.startswith("    ") for row in evidence)
    assert "en: starts “sign up to our”" in evidence[0]
    assert run("--explain", data=DIRTY).stderr.startswith(b"<stdin>:2: ")


def test_explain_reads_a_text_that_is_named_behind_it(tmp_path):
    one, two = files(tmp_path, one=DIRTY, two=DIRTY)
    out = tmp_path / "out"
    done = run("--explain", one, two, "-o", f"{out}/")
    assert done.returncode == 0, done.stderr
    assert one.read_text() == two.read_text() == DIRTY
    assert done.stderr.startswith(f"{one}:2: ".encode())
    assert sorted(path.name for path in out.iterdir()) == ["one.txt", "two.txt"]


def test_explain_to_a_file_is_json_lines(tmp_path):
    one, two = files(tmp_path, one=DIRTY, two=NEWS + NOTE)
    log = tmp_path / "log.jsonl"
    done = run(one, two, "--explain", log)
    assert (done.stdout.decode(), done.stderr) == (CLEAN + NOTE, b"")
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(row["file"], row["line"], row["category"]) for row in rows] == [
        (str(one), 2, "subscription"),
        (str(two), 1, "subscription"),
    ]
    assert all(row["text"] == (DIRTY, NEWS + NOTE)[n][row["start"] : row["end"]] for n, row in enumerate(rows))
    assert all(0.5 <= row["confidence"] <= 1 and row["reason"] and row["filter"] for row in rows)
    assert all("en: starts “sign up to our”" in row["why"]["cues"] for row in rows)


def test_diff_without_colour_when_piped():
    done = run("--diff", data=DIRTY)
    assert done.stdout.decode() == f"  {KEPT}- Sign up to our newsletter  [subscription]\n  {KEPT.replace('Monday', 'Friday')}"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(("extra", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)], ids=["colour", "no-color"])
def test_diff_has_colour_on_a_terminal(tmp_path, extra, coloured):
    import pty

    (one,) = files(tmp_path, one=DIRTY)
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | extra
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "cleaner", "--diff", str(one)]
    subprocess.run(command, stdout=follower, cwd=ROOT, env=env, timeout=60, check=True)
    shown = os.read(leader, 65536)
    os.close(leader)
    os.close(follower)
    assert b"Sign up to our newsletter" in shown
    assert (b"\x1b[31m- Sign up" in shown) is coloured


def test_stats_are_a_table_on_standard_error():
    done = run("--stats", data=KEPT + NEWS + ASK)
    assert done.stdout.decode() == KEPT
    rows = [line.split() for line in done.stderr.decode().splitlines()]
    assert rows[0] == ["category", "lines", "characters"]
    assert ["subscription", "1", str(len(NEWS))] in rows
    assert ["removed", "3", str(len(NEWS + ASK)), "of", str(len(KEPT + NEWS + ASK))] in rows


def test_list_version_and_help():
    listed = run("--list").stdout.decode()
    assert all(f"  {name} " in listed for name in CATEGORIES)
    assert all(filter_.name in listed for filter_ in FILTERS)
    assert set(available()) <= set(listed.rpartition("languages:")[2].split())
    assert run("--version").stdout.decode() == f"cleaner {__version__}\n"
    shown = run("--help")
    assert (shown.returncode, b"examples:" in shown.stdout, b"exit status:" in shown.stdout) == (0, True, True)
