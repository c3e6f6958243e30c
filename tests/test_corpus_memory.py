"""A worker's memory does not grow with the corpus."""

import os
import threading
import time
from pathlib import Path

import pytest
from corpora import jsonl, rows

from cleaner.corpus import Batch, Row, Settings, run


class Cheap(Batch):
    """Leaves texts alone, so that much can go through in little time; says how large its process has become."""

    def row(self, text: str) -> Row:
        _note_once()
        return Row(text, (), None, None, False)


_noted: list[bool] = []


def _note_once() -> None:
    # Each process notes its size a few times a second.
    if not _noted:
        _noted.append(True)
        threading.Thread(target=_note, daemon=True).start()


def _note() -> None:
    while True:
        status = Path("/proc/self/status").read_text()
        peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        with open(os.environ["CLEANER_TEST_PEAKS"], "a") as file:
            file.write(f"{os.getpid()} {peak}\n")
        time.sleep(0.05)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc to see how large a process is")
def test_memory_is_flat(tmp_path, monkeypatch):
    peaks = []
    block = jsonl(tmp_path / "block.jsonl", rows(1000)).read_bytes()
    for times in (4, 80):
        source = tmp_path / f"{times}.jsonl"
        source.write_bytes(block * times)
        monkeypatch.setenv("CLEANER_TEST_PEAKS", str(tmp_path / f"{times}.peaks"))
        run([str(source)], str(tmp_path / "out.jsonl"), Settings(Cheap()), workers=2)
        assert (tmp_path / "out.jsonl").read_bytes() == source.read_bytes()
        noted = [line.split() for line in (tmp_path / f"{times}.peaks").read_text().splitlines()]
        peaks.append(max(int(peak) for _, peak in noted) / 1024)
    small, large = peaks
    assert large < small + 8, f"{small:.0f} MB became {large:.0f} MB"
