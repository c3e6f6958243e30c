"""`cleaner eval`: figures are counted right, bad records are named, and all agrees with the shared scorer where that is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Pipeline
from cleaner.errors import SourceError
from cleaner.evaluate import main, read, score

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "eval"
ARTICLE = "The bridge reopened to traffic on Monday, two years after the flood that had carried its middle span away."
# Reads like an article, so it stays, whatever its label says.
GOATS = "The goats of the island have been counted again, said the warden, and there is one too many of them."
DOCUMENT = [
    ["K", ARTICLE],
    ["S", "Sign up to our newsletter"],
    ["R", GOATS],
    ["K", "..."],
    ["K", "Advertisement"],
    ["M", "By Ines Roth"],
]


def write(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_figures(tmp_path):
    path = write(tmp_path / "a.jsonl", {"site": "a", "lang": "en", "lines": DOCUMENT}, {"lines": [["K", ARTICLE]]})
    found = score(read(path), Pipeline())
    assert found.counts["S"] == [1, 1]
    # The goats stay and should go; "Advertisement" goes though it is labelled K here; "..." is not counted.
    assert found.counts["R"] == [1, 0]
    assert found.counts["K"] == [3, 1]
    assert (found.recall, found.precision, found.docs_hurt) == (0.5, 0.5, 0.5)
    assert found.content_loss_lines == pytest.approx(1 / 3)
    assert found.content_loss_chars == pytest.approx(13 / (13 + 2 * len(ARTICLE)))
    assert [(mistake.code, mistake.text) for mistake in found.mistakes] == [("R", GOATS), ("K", "Advertisement")]


def test_command_prints_mistakes(tmp_path, capsys):
    path = write(tmp_path / "a.jsonl", {"site": "a", "lang": "en", "lines": DOCUMENT})
    assert main([str(path), "--errors", "K,R"]) == 0
    out = capsys.readouterr().out
    assert "lost K en a: Advertisement" in out
    assert f"left R en a: {GOATS}" in out
    assert "recall 0.5000" in out


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("{", "not JSON"),
        ('{"site": "a"}', "'lines'"),
        ('{"lines": [["K"]]}', "entry 0"),
        ('{"lines": [["K", 3]]}', "entry 0"),
    ],
    ids=["json", "no-lines", "no-text", "number"],
)
def test_bad_record_is_named(tmp_path, raw, field):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"lines": []}\n' + raw + "\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        list(read(str(path)))
    assert caught.value.line == 2
    assert field in str(caught.value)
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "eval", str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "bad.jsonl:2" in done.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared scorer is not here")
def test_same_figures_as_the_shared_scorer(capsys):
    labelled = SHARED / "lines-dev.jsonl"
    command = [sys.executable, str(SHARED / "score.py"), str(labelled), "--lang", "en", "--fold", "A", "--json"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)}, cwd=ROOT).stdout
    assert main([str(labelled), "--lang", "en", "--fold", "A", "--json"]) == 0
    wanted = json.loads(theirs)
    # The scorer lists codes that the file lacks, too.
    wanted["codes"] = {code: count for code, count in wanted["codes"].items() if count[0]}
    assert json.loads(capsys.readouterr().out) == wanted
