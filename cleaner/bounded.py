"""Match a user's phrase in bounded time, whatever the phrase is: all places at once, a part of the phrase after the other.

The packs' phrases are matched faster (see `cleaner.phrases`), by going back from each gap and choice to the one before; with many
of them, as a hostile file may have, that takes time without bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cleaner.folding import ends_word, starts_word
from cleaner.lexicon import Cue
from cleaner.phrases import GAP, SPACED, is_gap, is_plain, parts_of


def holds(cue: Cue, folded: str, stripped: str) -> bool:
    """Whether a cue of the modes `line`, `starts`, `ends` or `has` holds for a line, given folded and without punctuation."""
    if is_plain(cue.phrase):
        return cue.matches(folded, stripped)
    if cue.mode == "line":
        return any(len(text) in _ends(cue.phrase, text, (0,)) for text in (folded, stripped))
    if cue.mode == "starts":
        return any(ends_word(text, end) for text in (folded, stripped) for end in _ends(cue.phrase, text, (0,)))
    begins = [at for at in range(len(folded)) if starts_word(folded, at)]
    ends = _ends(cue.phrase, folded, begins)
    return len(folded) in ends if cue.mode == "ends" else any(ends_word(folded, end) for end in ends)


def _ends(phrase: str, text: str, places: Collection[int]) -> Collection[int]:
    """Where matches that begin at one of `places` may end."""
    parts = parts_of(phrase)
    for number, options in enumerate(parts):
        if is_gap(options):
            spaced, last = options is SPACED, number == len(parts) - 1
            places = {end for place in places for end in _gap(text, place, spaced=spaced, last=last)}
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
