"""Match a phrase with `{a|b|}` alternatives and `*` gaps against folded text, without compiling a pattern for each.

Thousands of phrases are loaded and few are ever tried, so what matters is that an untried one costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from cleaner.folding import ends_word, starts_word

#: How many characters a `*` may stand for.
GAP = 40

_CHOICE = re.compile(r"\{([^{}]*)\}")
#: A part is a tuple of options; a gap is one of these: between words, or anywhere (unspaced scripts).
_SPACED, _CLOSE = ("*spaced",), ("*close",)

Part = tuple[str, ...]


def is_plain(phrase: str) -> bool:
    """Whether the phrase has neither alternatives nor gaps, so that comparing strings is enough."""
    return "{" not in phrase and "*" not in phrase


def is_line(phrase: str, text: str) -> bool:
    """Whether the phrase is the whole text.

    >>> is_line("{log|sign} in {now|} to *", "sign in to your account")
    True
    """
    if is_plain(phrase):
        return phrase == text
    return any(end == len(text) for end in _ends(_parts(phrase), text, (0,)))


def opens(phrase: str, text: str) -> bool:
    """Whether the phrase opens the text, ending where a word does."""
    if is_plain(phrase):
        return text.startswith(phrase) and ends_word(text, len(phrase))
    return any(ends_word(text, end) for end in _ends(_parts(phrase), text, (0,)))


def closes(phrase: str, text: str) -> bool:
    """Whether the phrase closes the text, beginning where a word does."""
    if is_plain(phrase):
        return text.endswith(phrase) and starts_word(text, len(text) - len(phrase))
    return any(end == len(text) for end in _occurrences(phrase, text))


def stands_in(phrase: str, text: str) -> bool:
    """Whether the phrase stands anywhere in the text, on word boundaries."""
    if not is_plain(phrase):
        return any(ends_word(text, end) for end in _occurrences(phrase, text))
    return any(ends_word(text, at + len(phrase)) for at in _places(phrase, text))


def found(phrase: str, text: str) -> str:
    """The words of the text that the phrase stands for, for a reason; the phrase itself where it is not found.

    >>> found("{log|sign} in to *", "please sign in to your account")
    'sign in to your account'
    """
    if is_plain(phrase):
        return phrase
    parts = _parts(phrase)
    for at in range(len(text)):
        if starts_word(text, at) and (end := max(_ends(parts, text, (at,)), default=at)) > at:
            return text[at:end].strip()
    return phrase


def expand(phrase: str) -> list[str]:
    """Every form of a phrase with alternatives.

    >>> expand("{log|sign} in {now|}")
    ['log in now', 'log in', 'sign in now', 'sign in']
    """
    forms = [""]
    for options in _parts(phrase):
        forms = [form + option for form in forms for option in options]
    return forms


def _occurrences(phrase: str, text: str) -> Iterator[int]:
    """Where occurrences of the phrase end; each begins where a word does."""
    parts = _parts(phrase)
    for first, options in enumerate(parts):
        for option in options:
            if option and (places := [at + len(option) for at in _places(option, text)]):
                yield from _ends(parts, text, places, first + 1)
        if "" not in options:
            return


def _places(literal: str, text: str) -> Iterator[int]:
    at = text.find(literal)
    while at >= 0:
        if starts_word(text, at):
            yield at
        at = text.find(literal, at + 1)


def _ends(parts: tuple[Part, ...], text: str, places: Collection[int], first: int = 0) -> Collection[int]:
    """Where matches of `parts`, from the one numbered `first` on, that begin at one of `places` may end.

    All places at once, a part after the other: to go back from each gap to the one before takes time without bound.
    """
    for number in range(first, len(parts)):
        options = parts[number]
        if options is _SPACED or options is _CLOSE:
            spaced, last = options is _SPACED, number == len(parts) - 1
            places = {end for place in places for end in _gap(text, place, spaced=spaced, last=last)}
        elif len(options) == 1:
            literal = options[0]
            places = [place + len(literal) for place in places if text.startswith(literal, place)]
        else:
            places = {place + len(option) for place in places for option in options if text.startswith(option, place)}
        if not places:
            break
    return places


def _gap(text: str, at: int, *, spaced: bool, last: bool) -> Iterator[int]:
    """Where a gap that begins at `at` may end."""
    for end in range(at, min(len(text), at + GAP) + 1):
        if last or not spaced or (ends_word(text, at) and starts_word(text, end)):
            yield end


@lru_cache(maxsize=8192)
def _parts(phrase: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for number, piece in enumerate(_CHOICE.split(phrase)):
        if number % 2:
            options = tuple(piece.split("|"))
            # An optional word takes a space along: the one before it, or at the start of the phrase the one after it.
            bare = not any(option.endswith(" ") for option in options)
            if "" in options and bare and parts and len(parts[-1]) == 1 and parts[-1][0].endswith(" "):
                parts[-1] = (parts[-1][0][:-1],)
                options = tuple(f" {option}" if option else "" for option in options)
            parts.append(options)
            continue
        text = piece
        if piece.startswith(" ") and parts and all("" in part for part in parts):
            parts[-1] = tuple(f"{option} " if option else "" for option in parts[-1])
            text = piece[1:]
        parts += (part for part in _literals(text) if part != ("",))
    return tuple(part for part in parts if part != ("",))


def _literals(piece: str) -> Iterator[Part]:
    literals = piece.split("*")
    for number, literal in enumerate(literals):
        if number:
            yield _SPACED if literal.startswith(" ") or not literal else _CLOSE
        # The space beside a star belongs to the gap.
        left = literal.lstrip() if number else literal
        yield (left.rstrip() if number < len(literals) - 1 else left,)
