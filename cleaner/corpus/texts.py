"""Folders of text files: a part is a byte range of the list of files; each file is written beside its name and renamed."""

from __future__ import annotations

import json
import os
from contextlib import suppress

from cleaner.corpus.desk import Desk
from cleaner.corpus.job import Part
from cleaner.corpus.parts import renamed
from cleaner.corpus.rows import RowError


def work(part: Part, desk: Desk) -> None:
    """Clean the files of a part into the target folder."""
    done = 0
    with open(part.source, "rb") as listing:
        listing.seek(part.start)
        while listing.tell() < part.end:
            source, relative, size, _ = json.loads(listing.readline())
            _file(source, os.path.join(part.target, relative), desk)
            done += size
            desk.advance(done)


def _file(source: str, target: str, desk: Desk) -> None:
    with open(source, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = RowError(f"not UTF-8 at byte {error.start + 1} (0x{data[error.start]:02x})")
        desk.reject(problem, data[:1000].decode("utf-8", "backslashreplace"), source, 0)
        return
    row = desk.clean(text, source, 0)
    if row.action == "drop":
        # What an earlier run left under this name is not this run's output.
        with suppress(FileNotFoundError):
            os.unlink(target)
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with renamed(target, desk.job.folder) as beside, open(beside, "wb") as file:
        file.write(row.text.encode("utf-8"))
