"""Match a phrase with `{a|b|}` alternatives and `*` gaps against folded text.

Thousands of phrases are loaded and few are ever tried, so what matters is that an untried one costs nothing: each becomes a
pattern when it is first tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import cast

from cleaner.folding import SIGNS, ends_word, starts_word

#: How many characters a `*` may stand for.
GAP = 40

# The edge of a word, as in `cleaner.folding.starts_word`: not between two letters of scripts that are written with spaces.
_EDGE = rf"(?:(?<![^\W_])(?<![{SIGNS}])|(?![^\W_]|[{SIGNS}]))"
_UNSPACED = "[\u0e00-\u1dff\u2000-\uffff]"
_EDGE_OF_ALL = rf"(?:{_EDGE}|(?<={_UNSPACED})|(?={_UNSPACED}))"
_HAS_UNSPACED = re.compile(_UNSPACED)
_CHOICE = re.compile(r"\{([^{}]*)\}")
# In an option, a star at its edge or beside a space is a gap, where a word of some letters stands there too.
_OPTION_GAP, _WORDED = re.compile(r"(?:^|\s)\*|\*(?:$|\s)"), re.compile(r"\w{4}")
#: A gap: between words, or anywhere (unspaced scripts).
SPACED, CLOSE = ("*spaced",), ("*close",)

Part = tuple[str, ...]


def is_plain(phrase: str) -> bool:
    """Whether the phrase has neither alternatives nor gaps, so that comparing strings is enough."""
    return "{" not in phrase and "*" not in phrase


def is_gap(part: Part) -> bool:
    """Whether a part of a phrase is a gap, which stands for any text."""
    return part is SPACED or part is CLOSE


def is_line(phrase: str, text: str) -> bool:
    """Whether the phrase is the whole text.

    >>> is_line("{log|sign} in {now|} to *", "sign in to your account")
    True
    """
    if options := _options(phrase):
        return text in options
    return bool(_pattern(phrase, text).fullmatch(text))


def opens(phrase: str, text: str) -> bool:
    """Whether the phrase opens the text, ending where a word does."""
    if options := _options(phrase):
        if text.startswith(options):
            for form in options:
                if text.startswith(form) and ends_word(text, len(form)):
                    return True
        return False
    return bool(_pattern(phrase, text, after=True).match(text))


def closes(phrase: str, text: str) -> bool:
    """Whether the phrase closes the text, beginning where a word does."""
    if options := _options(phrase):
        return text.endswith(options) and any(
            text.endswith(form) and starts_word(text, len(text) - len(form)) for form in options
        )
    return bool(_pattern(phrase, text, before=True, last=True).search(text))


def stands_in(phrase: str, text: str) -> bool:
    """Whether the phrase stands anywhere in the text, on word boundaries."""
    if options := _options(phrase):
        for form in options:  # noqa: SIM110 (a generator costs more than the test)
            if form in text and _stands_in(form, text):
                return True
        return False
    return bool(_pattern(phrase, text, before=True, after=True).search(text))


def _stands_in(words: str, text: str) -> bool:
    at = text.find(words)
    while at >= 0:
        if starts_word(text, at) and ends_word(text, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def found(phrase: str, text: str) -> str:
    """The words of the text that the phrase stands for, for a reason; the phrase itself where it is not found.

    >>> found("{log|sign} in to *", "please sign in to your account")
    'sign in to your account'
    """
    match = None if is_plain(phrase) else _pattern(phrase, text, before=True).search(text)
    if match is None:
        return phrase
    # A gap takes as little as it can: at the end of a phrase, what is left of its width.
    end = min(match.start() + len(match.group()) + GAP, len(text)) if phrase.endswith("*") else match.end()
    return text[match.start() : end].strip() or phrase


def spelled(phrase: str) -> list[str]:
    """The phrases that one stands for where an option holds a gap: such an option stands for itself, in a phrase of its own.

    A star between letters is a star, as in German gendered forms, and so is one that is the whole option.

    >>> spelled("{mehr|alles * ueber} {leser*innen|kunden}")
    ['{mehr} {leser*innen|kunden}', 'alles * ueber {leser*innen|kunden}']
    """
    variants: list[list[str]] = []
    for number, piece in enumerate(_CHOICE.split(phrase)):
        options = piece.split("|") if number % 2 else []
        gaps = [option for option in options if _OPTION_GAP.search(option) and _WORDED.search(option)]
        plain = [option for option in options if option not in gaps]
        if gaps and plain in ([], [""]):
            variants.append([*plain, *gaps])
        elif options:
            variants.append(["{" + "|".join(plain) + "}", *gaps])
        else:
            variants.append([piece])
    return [" ".join("".join(chosen).split()) for chosen in product(*variants)]


def expand(phrase: str) -> list[str]:
    """Every form of a phrase with alternatives.

    >>> expand("{log|sign} in {now|}")
    ['log in now', 'log in', 'sign in now', 'sign in']
    """
    forms = [""]
    for options in parts_of(phrase):
        forms = [form + option for form in forms for option in options]
    return forms


@lru_cache(maxsize=8192)
def _options(phrase: str) -> tuple[str, ...]:
    """The forms of a phrase that is plain or one choice, so that comparing strings is enough; none for any other."""
    parts = parts_of(phrase)
    if len(parts) == 1 and not is_gap(parts[0]) and "" not in parts[0]:
        return parts[0]
    return ()


def needed(phrase: str) -> tuple[Part, ...]:
    """What must stand in a text that holds the phrase: of each of these parts one option.

    >>> needed("{log|sign} in {now|} to *")
    ((' in',), (' to',), ('log', 'sign'))
    """
    parts = [part for part in parts_of(phrase) if not is_gap(part) and "" not in part]
    return tuple(sorted(parts, key=len))


def _pattern(phrase: str, text: str, *, before: bool = False, after: bool = False, last: bool = False) -> re.Pattern[str]:
    """The phrase as a pattern for this text; it begins (`before`) or ends (`after`) at the edge of a word, or ends the text
    (`last`). Gaps are bounded, so it cannot run away.
    """
    unspaced = not text.isascii() and bool(_HAS_UNSPACED.search(text))
    return _compiled(phrase, unspaced, before, after, last)


@lru_cache(maxsize=4096)
def _compiled(phrase: str, unspaced: bool, before: bool, after: bool, last: bool) -> re.Pattern[str]:
    edge = _EDGE_OF_ALL if unspaced else _EDGE
    pieces = [edge] if before else []
    spaced = False
    for part in parts_of(phrase):
        if spaced or part is SPACED:
            pieces.append(edge)
        if is_gap(part):
            pieces.append(f".{{0,{GAP}}}?")
        else:
            pieces.append(f"(?:{'|'.join(re.escape(option) for option in sorted(part, key=len, reverse=True))})")
        spaced = part is SPACED
    pieces.append((edge if after else "") + (r"\Z" if last else ""))
    if unspaced:
        # Large sets of signs take `re` fifty times as long to compile as the other patterns.
        import regex

        return cast("re.Pattern[str]", regex.compile("".join(pieces), regex.S | regex.V0))
    return re.compile("".join(pieces), re.DOTALL)


@lru_cache(maxsize=8192)
def parts_of(phrase: str) -> tuple[Part, ...]:
    """The parts of a phrase, in order: each a tuple of options (one where there is no choice), or a gap.

    >>> parts_of("{log|sign} in to *")
    (('log', 'sign'), (' in to',), ('*spaced',))
    """
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
            yield SPACED if literal.startswith(" ") or not literal else CLOSE
        # The space beside a star belongs to the gap.
        left = literal.lstrip() if number else literal
        yield (left.rstrip() if number < len(literals) - 1 else left,)
