"""Glued sentences: a prompt that an extractor ran into the end of an article's paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from cleaner.document import Document
from cleaner.repair import repair
from cleaner.result import Mark
from cleaner.seams import last_seam
from cleaner.view import View

#: Only in lines of at least so many characters, and only a tail shorter than this share of them, is a part taken out.
LONG, TAIL = 120, 0.45
#: Categories whose prompts run into paragraphs.
GLUED = frozenset({"subscription", "comment_prompt", "notification", "donation", "advertising", "legal"})
#: How sure a mark on a part is.
SURE = 0.9999

_DECISIVE = frozenset({"line", "owns", "starts"})


class GluedSentences:
    """Marks the last sentence of a paragraph where it opens as a prompt does, and two cues agree or it is glued on.

    Only that sentence goes, never the paragraph: where there is doubt, it stays.
    """

    name = "glued sentences"
    categories = GLUED

    def __repr__(self) -> str:
        return f"<filter {self.name}>"

    def mark(self, view: View) -> Iterator[Mark]:
        """Mark tails of long lines that hold a cue; lines without one cannot have such a tail."""
        for line, cues in view.cues.items():
            text = view.lines[line]
            if len(text) < LONG or not any(cue.category in GLUED for cue in cues):
                continue
            seam = last_seam(text, ceil((1 - TAIL) * len(text)))
            if seam is None:
                continue
            if category := self._prompt(view, text[seam.end() :], glued=seam.end() == seam.start()):
                yield from self._part(view, line, len(text) - seam.start(), category, text[seam.end() :])

    def _prompt(self, view: View, sentence: str, *, glued: bool) -> str:
        """The category of a sentence that is a prompt by itself; empty where it is none."""
        if not any(cue.category in GLUED and cue.mode in _DECISIVE for cue in view.lexicon.opened(sentence)):
            return ""
        found = view.lexicon.scan(Document(sentence)).get(0, [])
        if any(cue.category == "article" or cue.mode == "not" for cue in found):
            return ""
        for cue in found:
            if cue.category in GLUED and cue.mode in _DECISIVE:
                said = {other.phrase for other in found if other.category == cue.category and other.mode in ("hint", "has")}
                if glued or any(phrase not in cue.phrase for phrase in said):
                    return cue.category
        return ""

    def _part(self, view: View, line: int, size: int, category: str, sentence: str) -> Iterator[Mark]:
        span = view.spans[line]
        raw = view.text[span.start : span.end].rstrip()
        if not raw.endswith(view.lines[line][-size:]):
            # A repaired line has other lengths than the input: what it ends in is placed by where the input is joined.
            seam = last_seam(raw)
            if seam is None or repair(raw[seam.end() :]) != sentence:
                return
            size = len(raw) - seam.start()
        end = span.start + len(raw)
        yield Mark(end - size, end, category, f"Is a prompt run into a paragraph: “{sentence[:60]}”", SURE)
