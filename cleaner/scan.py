"""Find the cues of a document in one pass: an automaton over its bytes names the few lines that cues could match."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

from ahocorasick_rs import BytesAhoCorasick

from cleaner.document import Document
from cleaner.folding import VARIANTS, core, fold
from cleaner.index import Index, read_index
from cleaner.lexicon import Cue, available
from cleaner.stamps import Stamps

# Two lines glued into one: "... see their repliesComments". Names are written so too (YouTube): both forms are tried.
_GLUE = re.compile(r"([^\W\d_A-Z]|[.?!)])([A-Z][a-z])")
_ODD = "‘`´ʼ\u202f\u00ad\u200b\u2009\u3000\u2011\u2013\t"
_SPACES = re.compile(b" {2,}")
#: Cues that are a whole line, and vocabulary, are looked for in lines of at most this many characters.
SHORT = 160


class Lexicon:
    """The cues of some languages, ready to scan. Immutable; made once for each set of languages by `lexicon`.

    Attributes:
        voices: person (`we`, `you`) -> the words in which a text speaks so.
        vocabulary: category -> the words of its `words` cues.
        stamps: recognises dates and bylines in these languages.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._automaton = BytesAhoCorasick(index.anchors) if index.anchors else None
        self.vocabulary = {category: frozenset(words) for category, words in index.vocabulary.items()}
        self.stamps = Stamps(index.calendar, index.labels, index.bylines, index.roles)
        self.voices = {person: frozenset(words) for person, words in index.voices.items()}

    def entry(self, text: str) -> str:
        """The category of a whole-line phrase, folded; empty where it is none."""
        numbers = self._index.forms.get(text, ())
        return next((self._index.cue(number).category for number in numbers), "") if any(map(str.isalpha, text)) else ""

    def scan(self, document: Document) -> dict[int, list[Cue]]:
        """The cues that hold for each line, by line index; lines without a cue are not in it."""
        suspects: dict[int, set[int]] = defaultdict(set)
        if self._automaton is not None and document.lines:
            joined = _joined(document.lines)
            starts = list(accumulate((len(line) + 1 for line in joined.split(b"\n")), initial=0))
            short_only = self._index.short_only
            for anchor, start, _ in self._automaton.find_matches_as_indexes(joined, overlapping=True):
                line = bisect_right(starts, start) - 1
                if not short_only[anchor] or len(document.lines[line]) <= SHORT:
                    suspects[line].add(anchor)
        found = {}
        for line, text in enumerate(document.lines):
            numbers: set[int] = set()
            if line in suspects or len(text) <= SHORT:
                forms = self._forms(document, line)
                if len(text) <= SHORT:
                    numbers = self._lines(forms)
                if line in suspects:
                    numbers |= self._verify(forms, suspects[line])
            if numbers:
                found[line] = [self._index.cue(number) for number in sorted(numbers)]
        return found

    def _forms(self, document: Document, line: int) -> list[tuple[str, str]]:
        """A line folded, whole and without the punctuation around it; the same with glued words set apart."""
        forms = [(document.folded(line), document.core(line))]
        if _GLUE.search(document.lines[line]):
            folded = fold(_GLUE.sub(r"\1 \2", document.lines[line]))
            forms.append((folded, core(folded)))
        return forms

    def _lines(self, forms: list[tuple[str, str]]) -> set[int]:
        """The cues that are the whole line, and the vocabularies that some word of it belongs to."""
        known, words = self._index.forms, self._index.words
        found = {number for form in forms for text in form for number in known.get(text, ())}
        found.update(number for word in forms[-1][1].split() for number in words.get(word, ()))
        return found

    def _verify(self, forms: list[tuple[str, str]], anchors: Iterable[int]) -> set[int]:
        numbers = {number for anchor in anchors for number in self._index.cues_of[anchor]}
        return {number for number in numbers if any(self._index.cue(number).matches(*form) for form in forms)}


def _joined(lines: list[str]) -> bytes:
    """The lines as bytes to scan: in lower case, and what is printed for a plain character replaced by it."""
    data = "\n".join(lines).replace("’", "'").replace("\u00a0", " ")
    if any(char in data for char in _ODD):
        data = data.translate(VARIANTS)
    if not data.isascii():
        data = data.lower()
    joined = data.encode("utf-8", "surrogatepass").lower()
    if b"\xcc" in joined or b"\xcd" in joined:
        # Combining accents; no form of composition makes or takes a line break either.
        joined = normalize("NFC", data).encode("utf-8", "surrogatepass").lower()
    if b"\xef\xbc" in joined or b"\xef\xbd" in joined:
        # Full-width letters; no form of compatibility makes or takes a line break.
        joined = normalize("NFKC", data).encode("utf-8", "surrogatepass").lower()
    return _SPACES.sub(b" ", joined) if b"  " in joined else joined


@lru_cache(maxsize=32)
def lexicon(languages: frozenset[str] | None = None) -> Lexicon:
    """The lexicon of some languages (None: of all), built at first use."""
    # Thousands of long-lived tuples come to be at once: nothing for the collector to find among them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Lexicon(read_index(available() if languages is None else sorted(languages)))
    finally:
        if collecting:
            gc.enable()
