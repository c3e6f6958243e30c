"""Find the cues of a document in one pass: an automaton over its bytes names the few lines that cues could match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick

from cleaner.document import Document
from cleaner.lexicon import SHARED, Cue, available, load
from cleaner.stamps import Stamps

#: Cues that are a whole line, and vocabulary, are looked for in lines of at most this many characters.
SHORT = 160

_PLAIN = re.compile(r"[a-z' ]+")


class Lexicon:
    """The cues of some languages, ready to scan. Immutable; made once for each set of languages by `lexicon`."""

    def __init__(self, languages: Iterable[str]) -> None:
        packs = [load(code) for code in (SHARED, *languages)]
        self.cues: tuple[Cue, ...] = tuple(cue for pack in packs for cue in pack.cues)
        self.calendar: dict[str, frozenset[str]] = {
            kind: frozenset().union(*(pack.calendar.get(kind, ()) for pack in packs))
            for kind in ("month", "day", "ago")
        }
        self.stamps = Stamps(
            self.calendar,
            labels={cue.raw for cue in self.cues if cue.mode == "label"},
            bylines={cue.raw for cue in self.cues if cue.mode == "byline"},
        )
        self.vocabulary: dict[str, frozenset[str]] = {}
        by_anchor: dict[bytes, list[Cue]] = defaultdict(list)
        words: dict[str, set[str]] = defaultdict(set)
        for cue in self.cues:
            if cue.mode == "words":
                words[cue.category].add(cue.phrase)
            elif cue.mode in ("label", "byline"):
                continue
            for anchor in anchors(cue.raw):
                by_anchor[anchor].append(cue)
        self.vocabulary = {category: frozenset(known) for category, known in words.items()}
        self._cues_of = tuple(tuple(cues) for cues in by_anchor.values())
        self._short_only = tuple(all(c.short_lines_only or c.mode == "words" for c in cues) for cues in self._cues_of)
        self._automaton = BytesAhoCorasick(list(by_anchor)) if by_anchor else None

    def scan(self, document: Document) -> dict[int, list[Cue]]:
        """The cues that hold for each line, by line index; lines without a cue are not in it."""
        if self._automaton is None or not document.lines:
            return {}
        data = [line.encode("utf-8", "surrogatepass") for line in document.lines]
        joined = b"\n".join(data).replace(b"\xe2\x80\x99", b"'").replace(b"\xc2\xa0", b" ").lower()
        starts = list(accumulate((len(line) + 1 for line in joined.split(b"\n")), initial=0))
        suspects: dict[int, set[int]] = defaultdict(set)
        for anchor, start, _ in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            line = bisect_right(starts, start) - 1
            if self._short_only[anchor] and len(document.lines[line]) > SHORT:
                continue
            suspects[line].add(anchor)
        found = {}
        for line, numbers in suspects.items():
            if cues := self._verify(document, line, numbers):
                found[line] = cues
        return dict(sorted(found.items()))

    def _verify(self, document: Document, line: int, anchors_seen: Iterable[int]) -> list[Cue]:
        folded, stripped = document.folded(line), document.core(line)
        cues = {cue: None for n in sorted(anchors_seen) for cue in self._cues_of[n]}
        return [cue for cue in cues if cue.matches(folded, stripped)]


def anchors(phrase: str) -> Sequence[bytes]:
    """The byte strings, one of which stands in every line that holds `phrase` (in lower case), once ASCII is lower-cased.

    The longest run of ASCII letters does where there is one: accents, capitals and punctuation are outside of it.

    >>> anchors("suscríbete a nuestro boletín")
    [b'bete a nuestro bolet']
    """
    pieces = [piece.strip() for piece in _PLAIN.findall(phrase)]
    best = max(pieces, key=len, default="")
    if len(best) >= 4 or best == phrase:
        return [best.encode()]
    run = max(re.split(r"[*#]", phrase), key=len).strip() or phrase
    words = max(re.split(r"[^\w ]", run), key=len).strip() or run
    return sorted({form.encode().lower() for form in (words, words.capitalize(), words.title(), words.upper())})


@lru_cache(maxsize=32)
def lexicon(languages: frozenset[str] | None = None) -> Lexicon:
    """The lexicon of some languages (None: of all), built at first use."""
    return Lexicon(available() if languages is None else sorted(languages))
