"""What the tests of `cleaner corpus` share: small corpora of our own writing, and the command, here or as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLACES = "Kelmouth Abbotswend Tarrow Lindle Osterby Fenwick Marrow Penhallow".split()
ASK, COOKIES = "Sign up to our newsletter", "Accept all cookies"


def article(number: int, *, paragraphs: int = 4) -> tuple[str, str]:
    """A text as an extractor would return it, and the article alone."""
    place = PLACES[number % len(PLACES)]
    prose = [
        f"The council of {place} voted {number + n} to {n + 2} on Tuesday to repair the sea wall before the autumn storms come."
        f" Residents had asked for it since the flood of {1950 + (number + 7 * n) % 70}, the clerk told the meeting."
        for n in range(paragraphs)
    ]
    return "\n".join([prose[0], ASK, *prose[1:], COOKIES]), "\n".join(prose)


def rows(count: int, start: int = 0) -> list[dict]:
    return [{"id": n, "text": article(n)[0], "source": "wire"} for n in range(start, start + count)]


def jsonl(path: Path, rows_: list) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_), encoding="utf-8", newline="")
    return path


def read(path: Path) -> list:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "cleaner", "corpus", *map(str, args)]


def process(*args: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command(*args), capture_output=True, text=True, cwd=ROOT, timeout=120, check=False, **options)


def here(*args: object) -> int:
    """The command in this process, with one worker: its exit status."""
    from cleaner.corpus.cli import main

    try:
        return main(["--workers", "1", "--quiet", *map(str, args)])
    except SystemExit as stop:
        return int(stop.code or 0)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
