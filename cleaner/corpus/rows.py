"""One row of JSONL: the text is found in it and replaced in it; every other byte of the row stays as it is.

A row is never rebuilt from parsed values, so that big integers, long floats, the order of keys and repeated keys survive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any, NamedTuple

# Numbers are only stepped over: no digits limit, no rounding, no time lost on converting them.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
_SPACE = re.compile(r"[ \t\n\r]*")


class RowError(Exception):
    """A row that cannot be cleaned. `reason` says why, `field` which field is at fault (None for the whole row)."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


class Located(NamedTuple):
    """Where a row holds its text: `text` is what stands, quoted, from `start` to `end`; `close` is the last brace."""

    text: str
    start: int
    end: int
    close: int


def locate(row: str, field: str, taken: Collection[str] = ()) -> Located:
    """Find the string `field` of the JSON object `row`. `taken`: fields that will be added and must not be there.

    Raises:
        RowError: malformed JSON, no object, or `field` is missing, given twice or no string.

    >>> locate('{"id": 1, "text": "Rain"}', "text")
    Located(text='Rain', start=18, end=24, close=24)
    """
    found: Located | None = None
    at = _skip(row, 0)
    if not row.startswith("{", at):
        _parse(row, at)
        raise RowError("not a JSON object")
    at = _skip(row, at + 1)
    first = True
    while not row.startswith("}", at):
        if not first:
            at = _skip(row, _expect(row, at, ","))
        first = False
        if not row.startswith('"', at):
            raise _malformed("expecting a name in double quotes", at)
        name, at = _parse(row, at)
        start = _skip(row, _expect(row, _skip(row, at), ":"))
        value, end = _parse(row, start)
        at = _skip(row, end)
        if name in taken:
            raise RowError("the field to be added is there already", name)
        if name == field:
            if found:
                raise RowError("given twice", field)
            if not isinstance(value, str) or not row.startswith('"', start):
                raise RowError(f"not a string but {_kind(row, start)}", field)
            found = Located(value, start, end, -1)
    if _skip(row, at + 1) != len(row):
        raise _malformed("more after the object", at + 1)
    if found is None:
        raise RowError("missing", field)
    return found._replace(close=at)


def replace(row: str, place: Located, text: str, added: dict[str, Any]) -> str:
    """The row with another text, and with the fields of `added` at its end.

    >>> row = '{"n": 1.10, "text": "a"}'
    >>> replace(row, locate(row, "text"), "b", {"guard": None})
    '{"n": 1.10, "text": "b", "guard": null}'
    """
    # A file that escapes what is not ASCII goes on doing so.
    ascii_only = row.isascii()
    value = row[place.start : place.end] if text == place.text else _quote(text, ascii_only)
    tail = "".join(f", {_quote(name, ascii_only)}: {_quote(item, ascii_only)}" for name, item in added.items())
    between = row[place.end : place.close]
    return f"{row[: place.start]}{value}{between.rstrip() if tail else between}{tail}{row[place.close :]}"


def _quote(value: Any, ascii_only: bool) -> str:
    quoted = json.dumps(value, ensure_ascii=ascii_only)
    if not ascii_only:
        try:
            quoted.encode()
        except UnicodeEncodeError:
            # Half of a surrogate pair can only be written as an escape.
            return json.dumps(value)
    return quoted


def _skip(row: str, at: int) -> int:
    match = _SPACE.match(row, at)
    return match.end() if match else at


def _expect(row: str, at: int, mark: str) -> int:
    if not row.startswith(mark, at):
        raise _malformed(f"expecting {mark!r}", at)
    return at + 1


def _parse(row: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(row, at)
    except json.JSONDecodeError as error:
        raise _malformed(error.msg.lower(), error.pos) from None
    except RecursionError:
        raise RowError("nested too deeply") from None


def _malformed(what: str, at: int) -> RowError:
    return RowError(f"malformed JSON: {what} at character {at + 1}")


def _kind(row: str, at: int) -> str:
    kinds = {"{": "an object", "[": "a list", "n": "null", "t": "true", "f": "false"}
    return kinds.get(row[at : at + 1], "a number")
