"""Read the documents of a report: text files, folders of them, JSON lines with a text each or with labelled lines."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaner.errors import SourceError

#: Files of these endings hold a JSON record on each line.
JSON_LINES = (".jsonl", ".ndjson")
#: What ends a line, as everywhere in this package.
BREAK = re.compile(r"\r\n|\r|\n")


class Source(NamedTuple):
    """One document to report on.

    Attributes:
        name: where it was found: a path, with the record's number behind it in JSON lines.
        site: what it is grouped by; empty where that is not known.
        text: the text, untouched.
        codes: for labelled documents the code of each line (see `cleaner.evaluate`); else empty.
        lang: the language that a labelled document says it is in; else empty.
    """

    name: str
    site: str
    text: str
    codes: tuple[str, ...] = ()
    lang: str = ""


def collect(
    inputs: Iterable[str],
    *,
    field: str = "text",
    site: str = "site",
    errors: str = "strict",
    problem: Callable[[str, Exception], None] | None = None,
) -> Iterator[Source]:
    """Read documents lazily, one after the other.

    Args:
        inputs: files, folders (their `.txt` and JSON-lines files, sorted, at any depth) and `-` for standard input.
        field: the field of a JSON record that holds the text; a record with `lines` is a labelled one.
        site: the field that holds the site, `site` where a record has it not; an address is cut down to its host.
        errors: what to do with invalid UTF-8, `strict` or `replace`.
        problem: called with name and error for what cannot be read, which is then passed over; without it the error is raised.

    Raises:
        SourceError: a JSON record is malformed; with file, line and field.
        OSError, UnicodeDecodeError: an input cannot be read, and `problem` is not given.
    """
    for given in inputs:
        for path, folder in _files(given):
            yield from _attempt(_read(path, folder, field, site, errors), path, problem)


def _attempt(documents: Iterator[Source], path: str, problem: Callable[[str, Exception], None] | None) -> Iterator[Source]:
    try:
        yield from documents
    except (OSError, UnicodeDecodeError) as error:
        if problem is None:
            raise
        problem(path, error)


def _read(path: str, folder: str, field: str, site: str, errors: str) -> Iterator[Source]:
    """The documents of one file. JSON lines are read one by one: a corpus may be larger than the memory."""
    name = "<stdin>" if path == "-" else path
    with nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as file:
        first = b"" if path.endswith(JSON_LINES) else file.readline()
        if path.endswith(JSON_LINES) or (path == "-" and _is_json(first)):
            yield from _records(chain([first] if first else [], file), name, field, site, errors)
        else:
            yield Source(name, folder, (first + file.read()).decode("utf-8", errors))


def _files(given: str) -> Iterator[tuple[str, str]]:
    """The files that an input stands for, each with its folder below the input: that is its site, if anything is."""
    if given == "-" or not os.path.isdir(given):
        yield given, ""
        return
    for folder, names, files in os.walk(given):
        names.sort()
        below = os.path.relpath(folder, given)
        for name in sorted(files):
            if name.endswith((".txt", *JSON_LINES)):
                yield os.path.join(folder, name), "" if below == "." else below.replace(os.sep, "/")


def _is_json(first: bytes) -> bool:
    """Whether standard input holds JSON records: its first line is one."""
    try:
        return isinstance(json.loads(first.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _records(rows: Iterable[bytes], path: str, field: str, site: str, errors: str) -> Iterator[Source]:
    for number, data in enumerate(rows, 1):
        raw = data.decode("utf-8", errors).removeprefix("\ufeff")
        if not raw.strip():
            continue
        try:
            row = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise SourceError(path, number, f"not JSON: {error}") from error
        if not isinstance(row, dict):
            raise SourceError(path, number, "a JSON object is wanted")
        name, of = f"{path}:{number}", _host(row.get(site, row.get("site")))
        if isinstance(row.get(field), str):
            yield Source(name, of, row[field])
        elif "lines" in row:
            refusal = SourceError(path, number, "field 'lines': [code, text] pairs are wanted")
            yield _labelled(row["lines"], name, of, str(row.get("lang") or ""), refusal)
        else:
            raise SourceError(path, number, f"field {field!r}: a string is wanted (--field names another)")


def _labelled(lines: Any, name: str, site: str, lang: str, refusal: SourceError) -> Source:
    if not isinstance(lines, list):
        raise refusal
    codes: list[str] = []
    texts: list[str] = []
    for pair in lines:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            raise refusal
        # A text with line breaks in it is several lines of one label.
        codes += [pair[0]] * (1 + len(BREAK.findall(pair[1])))
        texts.append(BREAK.sub("\n", pair[1]))
    return Source(name, site, "\n".join(texts), tuple(codes), lang)


def _host(value: Any) -> str:
    """The site that a field names; an address is cut down to its host.

    >>> _host("https://www.example.org/news/1.html"), _host("The Daily Example"), _host(None)
    ('example.org', 'The Daily Example', '')
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if "://" not in value:
        return value
    try:
        return (urlsplit(value).hostname or value).removeprefix("www.")
    except ValueError:
        return value
