"""Stamps and bylines: lines of dates, times, names and the labels around them, in the words of the active packs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick

from cleaner.folding import SIGNS, ends_word, fold, starts_word

#: No stamp or byline is longer than this.
LONGEST = 140
#: Byline words are known by their first so many characters, shorter ones whole.
START = 3
#: A label of so few letters alone is an entry of a glossary, an answer.
LETTERS = 3
#: How many words a name may have, how many where all is in capitals, which tell nothing then, and how many names a byline.
NAME_WORDS, SHOUTED, NAMES = 4, 3, 8

_TOKEN = re.compile(rf"\d+|[^\W\d_]+(?:['’.-][^\W\d_]+|[{SIGNS}]+[^\W\d_]*)*\.?|[^\w\s]")
_NUMERIC = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt][\d:.]+(?:[Zz]|[+-][\d:]+)?)?"
    r"|(?<!\d)\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}([./])\s?\d{1,2}\2\s?\d{1,2}(?!\d)"
    # Without a year only where a clock time behind it ends the line: in front of words it is a programme's.
    r"|(?<![\d./])\d{1,2}(?:\.\s?\d{1,2}\.|/\d{1,2}),?\s+\d{1,2}:\d{2}$"
    r"|\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|\d{1,2}\s?月\s?\d{1,2}\s?日|\d{4}\s?년\s?\d{1,2}\s?월(?:\s?\d{1,2}\s?일)?"
)
# Words that stand with numbers in any language: ordinals, clock words, time zones.
_CLOCK = frozenset(
    "st nd rd th er a.m p.m am pm h hrs uhr time gmt utc bst cet cest mez mesz est edt et cst cdt mst mdt pst pdt pt akst "
    "akdt hst ast adt nst ndt ist pkt msk wib hkt sgt jst kst nzdt nzst sast eat wat aest aedt local t z".split()
)
_PARTICLES = frozenset("de da do dos das del della di du la le van von der den ten ter zu bin ibn al el".split())
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_JOINTS = re.compile(r"\s*(?:[,;/|&•·]|\s[-–—]\s|\b(?:and|und|et|y|e|och|og|en|i|ve|és|ja|și|και|dan|và|oraz|и|і|й|та)\b)\s*")
_GLUED = re.compile(r"([^\W\d_A-Z])([A-Z])")
# Between a name and a role these make a sentence's phrase of it.
_SMALL = frozenset({"is", "was", "as", "a", "the", "an"})
#: A clock time.
TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_INK = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=8192)
def _fold(word: str) -> str:
    return fold(word)


class Stamps:
    """Recognises stamps and bylines.

    Args:
        calendar: `month` and `day` names, and `ago` phrases in which `#` is a number.
        labels: words that stand around dates ("updated", "min read").
        bylines: words that stand before names ("by", "written by").
        roles: words that stand behind names ("correspondent").
    """

    def __init__(
        self,
        calendar: Mapping[str, Iterable[str]],
        labels: Iterable[str],
        bylines: Iterable[str],
        roles: Iterable[str] = (),
    ) -> None:
        self._roles = frozenset(map(fold, roles))
        self._months = frozenset(map(fold, calendar.get("month", ())))
        self._days = frozenset(map(fold, calendar.get("day", ())))
        ago = sorted(set(map(fold, calendar.get("ago", ()))))
        self._ago = BytesAhoCorasick([phrase.encode() for phrase in ago]) if ago else None
        self._ago_words = frozenset(word for phrase in ago for word in phrase.split() if word != "#")
        self._labels = frozenset(word for phrase in labels for word in fold(phrase).strip(":").split())
        openers = sorted(map(fold, bylines), key=len, reverse=True)
        self._bylines = frozenset(openers)
        self._openers: dict[str, list[str]] = defaultdict(list)
        for opener in openers:
            self._openers[opener[:START]].append(opener)
        self._known = self._months | self._days | self._labels | _CLOCK

    def kind(self, line: str, folded: str | None = None) -> str:
        """What a line is: `date` (nothing but dates, times and labels), `named` (those and names), `byline` (a byline
        word and names), `label` (labels alone), `email` (an address, with or without a name), or an empty string.

        A bare number or clock time is none of these: scores and listings print them too.

        Args:
            line: as printed.
            folded: the same folded, where that is known.
        """
        if len(line) > LONGEST:
            return ""
        folded = fold(line) if folded is None else folded
        if "#" in folded:
            if self.is_dated(line):
                return self._dated(line)
            if TIME.search(line) and self._is_timed(line):
                return "date"
        if (byline := self._byline(line, folded)) and names(_EMAIL.sub(" ", byline)):
            return "byline"
        if "@" in line and _EMAIL.search(line):
            left = _EMAIL.sub(" ", line)
            return "email" if not _INK.search(left) or names(left) else ""
        if self._is_role(line, folded):
            return "byline"
        return "label" if self._is_label(folded) else ""

    def _is_role(self, line: str, folded: str) -> bool:
        """A name with what its bearer is: "Ines Roth Political correspondent", also glued."""
        last = folded[folded.rfind(" ") + 1 :].strip(".,")
        if last not in self._roles:
            # Glued: "Ines RothReporter".
            tail = line[line.rfind(" ") + 1 :]
            if tail[1:].islower() or _fold(_GLUED.sub(r"\1 \2", tail).rpartition(" ")[2]).strip(".,") not in self._roles:
                return False
        words = _GLUED.sub(r"\1 \2", line).split()
        if not 3 <= len(words) <= 8:
            return False
        return names(" ".join(words[:2])) and not any(word in _SMALL for word in words[2:-1])

    def is_dated(self, line: str) -> bool:
        """Whether a date stands in a line, whatever else does."""
        if not any(map(str.isdigit, line)):
            return False
        if _NUMERIC.search(line):
            return True
        tokens = _TOKEN.findall(line)
        numbers = [n for n, token in enumerate(tokens) if token[0].isdigit()]
        words = [_fold(token).rstrip(".") for token in tokens]
        if any(words[near] in self._months for n in numbers for near in range(max(n - 3, 0), min(n + 4, len(words)))):
            return True
        return not self._ago_words.isdisjoint(words) and self._is_ago(line)

    def _is_ago(self, line: str) -> bool:
        if self._ago is None:
            return False
        text = fold(line)
        data = text.encode("utf-8", "surrogatepass")
        for _, start, stop in self._ago.find_matches_as_indexes(data, overlapping=True):
            if not text.isascii():
                start, stop = (len(data[:at].decode("utf-8", "surrogatepass")) for at in (start, stop))  # noqa: PLW2901
            if starts_word(text, start) and ends_word(text, stop):
                return True
        return False

    def _dated(self, line: str) -> str:
        """A line with a date in it: `date`, `named`, or neither where prose is left."""
        ago = self._ago_words if self._is_ago(line) else frozenset()
        rest = []
        for token in _TOKEN.findall(_NUMERIC.sub(" | ", line)):
            if not _INK.match(token):
                rest.append(token if token in ",;/|&•·" else "|")
            elif (word := _fold(token).rstrip(".")) in self._known or word in ago or word in self._bylines:
                rest.append("|")
            else:
                rest.append(token)
        left = " ".join(rest)
        if not _INK.search(left):
            return "date"
        # One capitalised word beside a date is a place, an event, anything.
        whole = any(sum(map(bool, map(_INK.match, part.split()))) > 1 for part in left.split("|"))
        return "named" if whole and names(left) else ""

    def _byline(self, line: str, folded: str) -> str:
        """What follows a byline word at the start of a line, as it is printed."""
        for size in range(START, 0, -1):
            for opener in self._openers.get(folded[:size], ()):
                if folded.startswith(opener):
                    rest = line.lstrip()[len(opener) :]
                    # Within a word in capitals nothing is glued: AVOCAT is no "av" before a name.
                    glued = rest[:1].isupper() and line.lstrip()[len(opener) - 1].islower()
                    if glued or rest[:1] in " :":
                        return rest.lstrip(" :")
        return ""

    def _is_timed(self, line: str) -> bool:
        """A label with a clock time and nothing else: "Updated at 17.46 GMT"; the time alone is a score or a listing."""
        words = [_fold(token).rstrip(".") for token in _TOKEN.findall(line) if _INK.match(token)]
        return any(word in self._labels and word not in _CLOCK for word in words) and all(word in self._known for word in words)

    def _is_label(self, folded: str) -> bool:
        for word in folded.split():
            bare = word.strip(":|.,-–")
            if bare and bare not in self._labels and not self._is_glued(bare):
                return False
        return len(folded) > LETTERS

    def _is_glued(self, word: str) -> bool:
        return any(word[:size] in self._labels and word[size:] in self._labels for size in range(3, len(word) - 2))


def names(text: str) -> bool:
    """Whether a text could be names and nothing else: capitalised words, joined by commas or "and".

    >>> names("Tom Watling ,Arpan Rai and María José de la Cruz"), names("Police confirm the arrest")
    (True, False)
    """
    parts = [part for part in _JOINTS.split(text.strip(" \t|•·-–—,.:;()")) if part.strip()]
    return bool(parts) and len(parts) <= NAMES and all(map(_is_name, parts))


def _is_name(text: str) -> bool:
    words = [bare for word in text.split() if (bare := word.strip(".,'’()*"))]
    most = SHOUTED if text.isupper() else NAME_WORDS
    if not words or sum(word not in _PARTICLES for word in words) > most:
        return False
    # Scripts without capitals say nothing here; only cased words can be told from prose.
    return all(word in _PARTICLES or (word[0].isupper() and not any(map(str.isdigit, word))) for word in words)
