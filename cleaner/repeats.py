"""Lines printed again: exactly, with another spelling, with a word or the outlet's name added, or cut short."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.document import Document
from cleaner.folding import SIGNS, comparable, fold

#: A line of fewer characters may repeat for many good reasons: refrains, table labels, names.
SHORTEST = 20
#: A near repeat must say at least this many words again.
FEWEST_WORDS = 5
#: Where more of its words are not in the other line, it says something else: short words, which may differ, are all the words
#: of some languages.
DIFFERENT = 0.4
#: Two words are spellings of one (defence, defense; Zelensky, Zelenskyy) from this `fuzz.ratio` on.
SAME_WORD = 80
#: What says all that the line above it says is no longer than this, in times: it says but a little more.
LITTLE = 1.4
#: How many headline-like lines above, and how many lines above, a near repeat is looked for.
HEADLINES_ABOVE, LINES_ABOVE = 3, 25
#: The headline and the standfirst stand among the first so many lines.
TOP = 4
#: The way to a headline ("Home » News » The headline") stands so many lines above it at most.
CRUMBS = 3
#: So many lines in a row, each printed again below in the same order as the heading of a section, are a table of contents;
#: between two of them no more than this many lines are printed once only.
ENTRIES, BETWEEN = 3, 1
#: The headings stand so many times further apart than their entries: a block that is printed twice does not.
SPREAD = 2
#: Right below a heading, or so many lines below it, its section begins: a picture's caption may stand between.
SECTION = 2
_PROSE = frozenset("ps")

_CRUMBS = re.compile(r"^(?:you are here|home|homepage|start|startseite|accueil|inicio)\b|[»›>/|]\s*$|[»›].*[»›]")
_WORD = re.compile(rf"[^\W_]+(?:[{SIGNS}]+[^\W_]*)*")
_CODE = re.compile(r"[=<>{}_\\]|\(\S*\(|\w\(")
_CODE_SIGNS = frozenset("=<>{}_\\(")
_NUMBER = re.compile(r"\d+")
_CUT = ("…", "...")


class Repeat(NamedTuple):
    """This line says again what line `of` said before; `exact` but for case and punctuation, or nearly."""

    of: int
    exact: bool


def find_repeats(document: Document, skip: Callable[[int], object]) -> dict[int, Repeat]:
    """The lines that repeat an earlier one, by index; lines for which `skip` is true (stamps) are left alone."""
    found: dict[int, Repeat] = {}
    first: dict[str, int] = {}
    headlines: list[int] = []
    below_text = False
    for index, shape in enumerate(document.shapes):
        below_text = below_text or shape == "p"
        if shape == "-" or (shape != "p" and skip(index)):
            continue
        text = _key(document, index)
        if len(document.lines[index]) < SHORTEST:
            of = first.setdefault(text, index)
            if of != index:
                found[index] = Repeat(of, True)
            continue
        of = first.setdefault(text, index)
        if of == index and not below_text and (crumbs := _breadcrumbs(document, index)) is not None:
            found[crumbs] = Repeat(index, True)
        elif of != index:
            found[index] = Repeat(of, True)
        elif (shape in "hw" or document.lines[index].endswith(_CUT)) and (near := _near(document, index, headlines)) is not None:
            found[index] = Repeat(near, False)
        elif shape in "ps" and index and _goes_on(document, index):
            # A caption with its credit, a standfirst with a full stop: only where one follows the other.
            found[index] = Repeat(index - 1, False)
        elif shape in "hw":
            headlines.append(index)
    return found


def find_contents(document: Document, repeats: Mapping[int, Repeat]) -> dict[int, int]:
    """The entries of tables of contents, each with the heading that it announces, by index."""
    headings: dict[int, int] = {}
    for line, repeat in repeats.items():
        if repeat.exact and document.shapes[repeat.of] != "p":
            headings.setdefault(repeat.of, line)
    found: dict[int, int] = {}
    run: list[int] = []
    for entry in [*sorted(headings), len(document)]:
        goes_on = (
            run and entry - run[-1] <= 1 + BETWEEN and run[-1] < entry < headings[run[0]] and headings[run[-1]] < headings[entry]
        )
        if run and not goes_on:
            if _are_contents(document, run, [headings[line] for line in run]):
                found.update((line, headings[line]) for line in run)
            run = []
        run.append(entry)
    return found


def _are_contents(document: Document, entries: Sequence[int], headings: Sequence[int]) -> bool:
    """Whether these lines head sections: they stand further apart, and at least half have prose of their own below them."""
    if len(entries) < ENTRIES or headings[-1] - headings[0] < SPREAD * (entries[-1] - entries[0]):
        return False
    ends = (*headings[1:], len(document))
    sections = (document.shapes[line + 1 : min(line + 1 + SECTION, end)] for line, end in zip(headings, ends, strict=True))
    return 2 * sum(not _PROSE.isdisjoint(section) for section in sections) >= len(headings)


def _goes_on(document: Document, index: int) -> bool:
    """Whether the line says all that the one above it says, and a little more."""
    line, above = document.lines[index], document.lines[index - 1]
    if line[:8].casefold() != above[:8].casefold():
        return False
    earlier, later = _key(document, index - 1), _key(document, index)
    # A headline that is cut from the first sentence is told anew.
    return later.startswith(earlier) and len(later) <= LITTLE * len(earlier) and says_again(earlier, later)


def _key(document: Document, index: int) -> str:
    """What is compared: the folded line with its numbers, without the punctuation around it."""
    return document.keys[index]


def _breadcrumbs(document: Document, index: int) -> int | None:
    """The line above that is the way to this headline: "Home » News » The headline"."""
    headline = _key(document, index)
    for above in range(max(index - CRUMBS, 0), index):
        path = _key(document, above)
        if path.endswith(headline) and path != headline and _CRUMBS.search(path[: -len(headline)]):
            return above
    return None


def _near(document: Document, index: int, headlines: list[int]) -> int | None:
    recent = [h for h in headlines[-HEADLINES_ABOVE:] if index - h <= LINES_ABOVE]
    for other in dict.fromkeys([*reversed(recent), *(h for h in headlines[:TOP] if h < TOP)]):
        if _is_cut(document, other, index) or says_again(_without_outlet(document, other), _without_outlet(document, index)):
            return other
    return None


def _is_cut(document: Document, other: int, index: int) -> bool:
    """Whether the line is an earlier one cut short with an ellipsis."""
    if not document.lines[index].endswith(_CUT):
        return False
    stem = _key(document, index)
    return len(stem) >= SHORTEST and _key(document, other).startswith(stem)


def _without_outlet(document: Document, index: int) -> str:
    """The folded line without the outlet's name behind the last bar: "The headline | The Outlet"."""
    text = document.lines[index]
    head, bar, tail = text.rpartition(" | ")
    return comparable(fold(head, numbers=False)) if bar and len(head) > len(tail) else _key(document, index)


def says_again(earlier: str, later: str) -> bool:
    """Whether two folded headlines are one, printed twice.

    One may have words that the other lacks, or spell words differently; but where each has a word of its own, they are
    two headlines: list rows, dates and changed names look alike to any measure of letters.

    >>> says_again("joint drills after signing new defence agreement", "joint drills after signing a new defense agreement")
    True
    >>> says_again("vote for anna in the grand final tonight", "vote for maria in the grand final tonight")
    False
    """
    if not _CODE_SIGNS.isdisjoint(later) and _CODE.search(later):
        return False
    ours, theirs = _said(earlier), _said(later)
    fewer, more = sorted((ours.words, theirs.words), key=len)
    if len(fewer) < FEWEST_WORDS or 2 * len(fewer) < len(more) or ours.numbers != theirs.numbers:
        return False
    missing = set(fewer) - set(more)
    if len(missing) > DIFFERENT * len(set(fewer)):
        return False
    lacking = [word for word in missing if len(word) > 3]
    spare = [word for word in set(more) - set(fewer) if len(word) > 3]
    # A word said otherwise must have its counterpart; one that is only added need not.
    return all(any(_same_word(word, other) for other in spare) for word in lacking)


class _Said(NamedTuple):
    words: list[str]
    numbers: list[str]


@lru_cache(maxsize=1024)
def _said(text: str) -> _Said:
    """The words and numbers of a headline, which is compared with several."""
    return _Said(_WORD.findall(text), _NUMBER.findall(text))


def _same_word(word: str, other: str) -> bool:
    if word[:2] != other[:2]:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(word, other) >= SAME_WORD
