"""The report's command and data: what it reads, how it draws and sorts, and that its page holds nothing that runs."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import P1, P2
from texts import texts

import cleaner
from cleaner import Pipeline
from cleaner.errors import SourceError
from cleaner.report import Source, collect, describe, doubtful_first, page, sample
from cleaner.rules import _toml

ROOT = Path(__file__).parent.parent
NEWS = "Sign up to our newsletter"
TEXT = f"{P1}\n{NEWS}\n{P2}"


def run(*args, data=b""):
    command = [sys.executable, "-m", "cleaner", "report", *map(str, args)]
    return subprocess.run(command, input=data, capture_output=True, cwd=ROOT, timeout=60, check=False)


def data_of(html: str):
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(data)


def lines(path: Path, *rows) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_folders_files_json_lines_and_labels_together(tmp_path):
    (tmp_path / "in" / "b.example").mkdir(parents=True)
    (tmp_path / "in" / "one.txt").write_text(TEXT)
    (tmp_path / "in" / "b.example" / "two.txt").write_text(TEXT)
    (tmp_path / "in" / "notes.md").write_text("Not read")
    corpus = lines(tmp_path / "c.jsonl", {"body": TEXT, "url": "https://www.c.example/1"}, {"body": "Rain fell.", "url": None})
    labelled = lines(tmp_path / "l.jsonl", {"site": "l", "lang": "en", "lines": [["K", P1], ["S", f"{NEWS}\nNow"], ["K", ""]]})
    out = tmp_path / "new" / "report.html"
    done = run(tmp_path / "in", corpus, labelled, "--field", "body", "--site", "url", "-o", out)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"5 of 5 documents, 4 removals" in done.stderr
    found = data_of(out.read_text(encoding="utf-8"))
    assert sorted((Path(d["name"]).name, d["site"]) for d in found["documents"]) == [
        ("c.jsonl:1", "c.example"), ("c.jsonl:2", ""), ("l.jsonl:1", "l"), ("one.txt", ""), ("two.txt", "b.example"),
    ]  # fmt: skip
    # A label whose text holds a line break is for both lines.
    codes = next(d for d in found["documents"] if "l.jsonl" in d["name"])["lines"]
    assert [line["code"] for line in codes] == ["K", "S", "S", "K"]
    assert found["codes"]["of"]["donation"] == "D"
    assert {name: count for name, _, count, _ in found["categories"]}["subscription"] == 4


def test_standard_input_to_standard_output_as_text_and_as_json_lines():
    done = run(data=TEXT.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    (document,) = data_of(done.stdout.decode())["documents"]
    assert (document["name"], document["lines"][0], len(document["removals"])) == ("<stdin>", P1, 1)
    done = run("-", data=(json.dumps({"text": TEXT, "site": "a"}) + "\n\n" + json.dumps({"text": "Rain"})).encode())
    assert [d["name"] for d in data_of(done.stdout.decode())["documents"]] == ["<stdin>:1", "<stdin>:3"]


def test_choices_and_rules_are_the_cleaners(tmp_path):
    rules = tmp_path / "mine.toml"
    rules.write_text('protect_lines = ["sign up to our newsletter"]\n[remove.mine]\nhas = ["second pier"]\n')
    (document,) = data_of(run("--rules", rules, data=TEXT.encode()).stdout.decode())["documents"]
    assert [removal["category"] for removal in document["removals"]] == ["mine"]
    (document,) = data_of(run("--keep", "subscription", data=TEXT.encode()).stdout.decode())["documents"]
    assert not document["removals"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "a JSON object is wanted"),
        ('{"body": "x"}', "field 'text': a string is wanted"),
        ('{"text": 3}', "field 'text': a string is wanted"),
        ('{"lines": 3}', "field 'lines'"),
        ('{"lines": [["K"]]}', "field 'lines'"),
        ('{"lines": [["K", 3]]}', "field 'lines'"),
    ],
)
def test_a_malformed_record_is_named(tmp_path, row, says):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "Rain"}\n' + row + "\n")
    with pytest.raises(SourceError, match=says) as caught:
        list(collect([str(path)]))
    assert caught.value.line == 2


def test_what_cannot_be_read_is_named_and_passed_over(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.txt").write_text(TEXT)
    out = tmp_path / "r.html"
    done = run(tmp_path / "none.txt", tmp_path, "-o", out)
    assert done.returncode == 1
    assert b"none.txt: No such file" in done.stderr
    assert b"bad.txt: not UTF-8 at byte 3 (0xe9)" in done.stderr
    assert len(data_of(out.read_text())["documents"]) == 1
    assert run(tmp_path, "--errors", "replace", "-o", out).returncode == 0
    assert run(tmp_path / "none.txt", "-o", out).returncode == 1


@pytest.mark.parametrize("args", [["--sample", "0"], ["--sample", "x"], ["--only", "nope"], ["--seed", "x"], ["--nope"]])
def test_wrong_usage(args):
    done = run(*args, data=TEXT.encode())
    assert (done.returncode, done.stdout) == (2, b"")


def test_the_page_cannot_be_written(tmp_path):
    done = run("-o", tmp_path, data=TEXT.encode())
    assert (done.returncode, b"directory" in done.stderr) == (1, True)


def test_a_sample_is_drawn_by_its_seed_and_says_so(tmp_path):
    corpus = lines(tmp_path / "c.jsonl", *({"text": f"{P1}\n{NEWS}\nNumber {n} of them."} for n in range(50)))

    def drawn(*args):
        found = data_of(run(corpus, *args).stdout.decode())
        return found["total"], [document["name"] for document in found["documents"]], found["seed"]

    first = drawn("--sample", "5", "--seed", "3")
    assert first == drawn("--sample", "5", "--seed", "3")
    assert (first[0], len(set(first[1])), first[2]) == (50, 5, 3)
    assert first[1] != drawn("--sample", "5", "--seed", "4")[1]
    assert len(drawn("--sample", "500")[1]) == 50


@given(st.integers(0, 60), st.integers(1, 30), st.integers(0, 9))
def test_samples(total, size, seed):
    drawn, count = sample(iter(range(total)), size, seed)
    assert count == total
    assert drawn == sorted(set(drawn))
    assert len(drawn) == min(size, total)
    assert set(drawn) <= set(range(total))


def test_a_sample_is_fair():
    counts = [0] * 20
    for seed in range(600):
        for item in sample(range(20), 5, seed)[0]:
            counts[item] += 1
    # 150 are expected of each, with a standard deviation of 10.6.
    assert all(105 < count < 195 for count in counts)


def test_least_certain_first_and_what_loses_nothing_last():
    sure, plain = f"{P1}\nAdvertisement\n{P2}", f"{P1}\n{P2}"
    documents = [describe(Source(name, "", text), Pipeline()) for name, text in (("plain", plain), ("sure", sure))]
    doubtful = describe(Source("doubtful", "", sure), Pipeline())
    doubtful["least"] = 0.93
    assert [d["name"] for d in doubtful_first([*documents, doubtful])] == ["doubtful", "sure", "plain"]
    (removal,) = cleaner.explain(sure).removed
    assert documents[1]["least"] == removal.confidence


@given(texts)
@settings(max_examples=150)
def test_the_pieces_of_a_document_are_the_document(text):
    document = describe(Source("x", "", text), Pipeline())
    result = cleaner.explain(text)
    pieces = [[line] if isinstance(line, str) else line["t"] for line in document["lines"]]
    whole = ["".join(piece if isinstance(piece, str) else piece[1] for piece in line) for line in pieces]
    assert whole == re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    # What is set off is what goes, but for white space.
    gone: dict[int, str] = {}
    for line in pieces:
        for piece in line:
            if not isinstance(piece, str):
                gone[piece[0]] = gone.get(piece[0], "") + piece[1]
    assert {n: "".join(part.split()) for n, part in gone.items()} == {
        n: "".join((removal.text.removeprefix("\ufeff") if removal.start == 0 else removal.text).split())
        for n, removal in enumerate(result.removed)
        if removal.text.strip("\ufeff").strip()
    }
    assert len(document["removals"]) == len(result.removed)


@given(texts, st.text(st.characters(categories=None), max_size=20))
@settings(max_examples=100)
def test_the_page_is_text_that_nothing_breaks_out_of(text, name):
    html = page([describe(Source(name, name, text), Pipeline())], names=[name])
    # Two scripts and one style, whatever the documents hold; all of it is UTF-8.
    assert len(re.findall(r"<script", html, re.IGNORECASE)) == 2
    assert len(re.findall(r"</script", html, re.IGNORECASE)) == 2
    assert "<!--" not in html
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u2029]", html)
    html.encode()
    (document,) = data_of(html)["documents"]
    assert (document["name"], document["site"]) == (name, name)


def test_the_page_needs_no_network_and_its_policy_names_its_own_script():
    html = page([describe(Source("x", "", TEXT), Pipeline())])
    assert not re.search(
        r"https?:|//[a-z]|@import|url\(|\bsrc=|innerHTML|outerHTML|insertAdjacentHTML|\beval\(|document\.write", html
    )
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_same_input_gives_the_same_page():
    done = run(data=TEXT.encode())
    env = {**os.environ, "PYTHONHASHSEED": "77"}
    again = subprocess.run(
        [sys.executable, "-m", "cleaner", "report"], input=TEXT.encode(), capture_output=True, cwd=ROOT, env=env, check=True
    )
    assert again.stdout == done.stdout


def test_the_page_is_in_the_package():
    tools = _toml((ROOT / "pyproject.toml").read_text(encoding="utf-8"), "pyproject.toml")["tool"]["setuptools"]
    assert "cleaner.report" in tools["packages"]
    patterns = tools["package-data"]["cleaner.report"]
    folder = ROOT / "cleaner" / "report"
    kept = {path for pattern in patterns for path in folder.glob(pattern)}
    assert {path for path in folder.iterdir() if path.suffix not in (".py", "") and path.is_file()} == kept
