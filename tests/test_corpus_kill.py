"""Killed at any moment, a run goes on to the same bytes. How often it is tried: CLEANER_KILLS (default 3)."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from corpora import ROOT, command, here, jsonl, process, rows, tree

KILLS = int(os.environ.get("CLEANER_KILLS", "3"))
SEED = int(os.environ.get("CLEANER_KILL_SEED", "1"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Inputs of several kinds, what an undisturbed run makes of them, and how long it takes (seconds)."""
    folder = tmp_path_factory.mktemp("corpus")
    source = folder / "in"
    source.mkdir()
    for number in range(3):
        jsonl(source / f"{number}.jsonl", rows(100, 100 * number))
        with (source / f"{number}.jsonl").open("a") as file:
            file.write("{broken\n")
    (source / "notes").mkdir()
    for number, row in enumerate(rows(70)):
        (source / "notes" / f"{number}.txt").write_text(row["text"])
    start = time.monotonic()
    assert process(source, "-o", f"{folder}/calm/", *ARGS).returncode == 0
    return folder, tree(folder / "calm"), time.monotonic() - start


ARGS = ["--workers", 2, "--on-error", "skip", "--quiet"]


@pytest.mark.parametrize("trial", range(KILLS))
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_and_resumed_gives_the_same_bytes(corpus, tmp_path, trial):
    folder, calm, seconds = corpus
    moment = random.Random(1000 * SEED + trial).uniform(0, seconds)
    args = command(folder / "in", "-o", f"{tmp_path}/out/", *ARGS)
    # Two kills in a row: the second one meets a run that was resumed.
    for part in (moment, moment / 2):
        child = subprocess.Popen([*args, "--resume"], cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(part)
        child.send_signal(signal.SIGKILL)
        child.wait()
        for name, data in tree(tmp_path / "out").items():
            # What has its name is whole.
            assert name.startswith(".cleaner-parts") or calm[name] == data
    done = process(folder / "in", "-o", f"{tmp_path}/out/", *ARGS, "--resume")
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "out") == calm
    assert (tmp_path / "out.rejects.jsonl").read_bytes() == (folder / "calm.rejects.jsonl").read_bytes()


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc to see the workers")
def test_workers_end_with_a_parent_that_is_killed(corpus, tmp_path):
    folder, _, _ = corpus
    out = f"{tmp_path}/out/"
    child = subprocess.Popen(command(folder / "in", "-o", out, *ARGS), cwd=ROOT, stderr=subprocess.DEVNULL)
    workers = _wait_for(lambda: _children(child.pid), child)
    child.kill()
    child.wait()
    deadline = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{pid}") for pid in workers):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.05)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc to see the workers")
def test_a_worker_that_is_killed_ends_the_run_in_words(corpus, tmp_path):
    folder, calm, _ = corpus
    out = f"{tmp_path}/out/"
    child = subprocess.Popen(command(folder / "in", "-o", out, *ARGS), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    _wait_for(lambda: list(tmp_path.glob("out/.cleaner-parts/*.json")), child)
    os.kill(_children(child.pid, "spawn_main")[0], signal.SIGKILL)
    _, said = child.communicate(timeout=30)
    assert (child.returncode, len(said.splitlines())) == (1, 1)
    assert "a worker process died" in said
    assert process(folder / "in", "-o", out, *ARGS, "--resume").returncode == 0
    assert tree(tmp_path / "out") == calm


@pytest.mark.parametrize("left", [{"plan.jsonl", "texts.jsonl"}, {"texts.jsonl"}, set()], ids=["plan", "list", "nothing"])
def test_killed_while_it_takes_its_work_folder_away(tmp_path, monkeypatch, left):
    source, out = jsonl(tmp_path / "in.jsonl", rows(2)), tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr("cleaner.corpus.plan.Plan.remove", lambda _: None)
        assert here(source, "-o", out) == 0
    calm, parts = out.read_bytes(), tmp_path / "out.jsonl.parts"
    for path in parts.iterdir():
        if path.name not in left:
            path.unlink()
    assert here(source, "-o", out, "--resume") == 0
    assert out.read_bytes() == calm
    assert not parts.exists()


def test_a_resumed_run_does_not_do_parts_again(tmp_path):
    source, out = jsonl(tmp_path / "in.jsonl", rows(400)), tmp_path / "out.jsonl"
    with source.open("a") as file:
        file.write("{broken\n")
    assert here(source, "-o", out) == 1
    parts = tmp_path / "out.jsonl.parts"
    times = {path.name: path.stat().st_mtime_ns for path in parts.glob("*.part")}
    assert len(times) >= 3
    # With the last part's row still bad, the second run gets as far as the first.
    assert here(source, "-o", out, "--resume") == 1
    assert {path.name: path.stat().st_mtime_ns for path in parts.glob("*.part")} == times


def test_an_unfinished_run_is_not_overwritten_nor_mixed_with_another(tmp_path, capsys):
    source, out = jsonl(tmp_path / "in.jsonl", [*rows(2), {"text": 1}]), tmp_path / "out.jsonl"
    assert here(source, "-o", out) == 1
    assert here(source, "-o", out) == 2
    assert "holds an unfinished run: add --resume" in capsys.readouterr().err
    assert here(source, "-o", out, "--resume", "--keep", "legal") == 2
    assert "is of a run with other inputs or options" in capsys.readouterr().err
    jsonl(source, rows(2))
    assert here(source, "-o", out, "--resume") == 2
    capsys.readouterr()
    assert not out.exists()


def test_rows_that_an_earlier_run_set_aside_stop_one_that_is_to_stop(tmp_path, monkeypatch, capsys):
    source, out = jsonl(tmp_path / "in.jsonl", [*rows(2), {"text": 1}]), tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr("cleaner.corpus.plan.Plan.remove", lambda _: None)
        assert here(source, "-o", out, "--on-error", "skip") == 0
    assert here(source, "-o", out, "--resume") == 1
    assert f"{source}:3: field 'text': not a string but a number" in capsys.readouterr().err


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path, capsys):
    source = jsonl(tmp_path / "in.jsonl", rows(1))
    mine = tmp_path / "out.jsonl.parts" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    assert here(source, "-o", tmp_path / "out.jsonl", "--resume") == 2
    assert "is not of this command's making" in capsys.readouterr().err
    assert mine.read_text() == "mine"


def test_stopped_by_the_keyboard(corpus, tmp_path):
    folder, calm, _ = corpus
    out = f"{tmp_path}/out/"
    # A test run in the background of a shell ignores the key, and so would its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        child = subprocess.Popen(command(folder / "in", "-o", out, *ARGS), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    _wait_for(lambda: list(tmp_path.glob("out/.cleaner-parts/*.json")), child)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=30)
    assert (child.returncode, said) == (130, "cleaner corpus: stopped; --resume goes on where it was\n")
    assert process(folder / "in", "-o", out, *ARGS, "--resume").returncode == 0
    assert tree(tmp_path / "out") == calm


def _children(pid: int, name_has: str = "") -> list[int]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
            with open(f"/proc/{name}/cmdline") as file:
                called = file.read()
        except OSError:
            continue
        found += [int(name)] if parent == pid and name_has in called else []
    return found


def _wait_for(find, child):
    deadline = time.monotonic() + 30
    while not (found := find()):
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found
