"""Which line is the headline: told by its words, by its place, by the stamp below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.folding import core, fold
from cleaner.repeats import TOP, Repeat

if TYPE_CHECKING:
    from cleaner.view import View

#: No headline is longer than this.
TITLE = 160
#: A list that announces the headline stands so many lines above it at least.
FAR = 7
#: A label has so many words, the headline behind it so many at least.
LABEL, LABEL_MOST, POINTED = 2, 5, 3
#: The modes of cues by which a line with a number says that it is a stamp.
_SAYS = frozenset({"line", "starts"})


def find_titles(view: View) -> frozenset[int]:
    """What `View.titles` says."""
    counts = [len(view.wording.stems(line)) for line in range(min(view.body.start + 2, len(view)))]
    top = [
        line for line in range(len(counts)) if counts[line] >= 2 and len(view.lines[line]) <= TITLE and view.shapes[line] in "hws"
    ]
    best = max(top, key=lambda line: (view.overlap(line) * min(counts[line], 8), line), default=None)
    if best is None or view.overlap(best) <= 0:
        return frozenset()
    return frozenset(line for line in top if view.folded(line) == view.folded(best))


def find_headline(view: View) -> int:
    """What `View.headline` says."""
    lines = (line for line, shape in enumerate(view.shapes[:12]) if shape == "h" and line not in view.strong)
    return next((line for line in lines if not view.stamp(line)), -1)


def find_stamped(view: View) -> int:
    """What `View.stamped` says."""
    return next((line for line in range(view.body.start - 2, -1, -1) if _signs(view, line + 1) and _may_head(view, line)), -1)


def _may_head(view: View, line: int) -> bool:
    is_phrase = view.shapes[line] in "whs" and len(view.words[line]) > 1
    return is_phrase and not _signs(view, line) and not view.is_suspect(line)


def _signs(view: View, line: int) -> bool:
    """Whether a line is a date, a byline or both, or says so ("Added: 4 May, Fr Thomas")."""
    if view.stamp(line) in ("date", "byline", "named"):
        return True
    return "#" in view.folds[line] and any(cue.category == "metadata" and cue.mode in _SAYS for cue in view.cues.get(line, ()))


def is_pointed(view: View, line: int) -> bool:
    """Whether a known label in capitals points to the headline behind it: "SEE ALSO How the mill was saved".

    On labelled pages and own cases 86 such lines go and 5 stay.
    """
    text = view.lines[line]
    if not text[:2].isupper() or view.shapes[line] not in "hs":
        return False
    words = text.split()
    label = next((n for n, word in enumerate(words) if not word.isupper()), 0)
    if not LABEL <= label <= LABEL_MOST or len(words) < label + POINTED:
        return False
    return view.lexicon.entry(core(fold(" ".join(words[:label])))) == "related"


def settle_repeats(view: View) -> dict[int, Repeat]:
    """What `View.repeats` says."""
    headings = frozenset(view.contents.values())
    found = {line: repeat for line, repeat in view.printed_again.items() if line not in headings}
    for line, repeat in sorted(found.items()):
        is_far = TOP <= repeat.of <= line - FAR and line < view.body.start and found.get(line) == repeat
        if is_far and _heads_text(view, line) and not _heads_text(view, repeat.of):
            # A list of stories announces the headline, far above the text.
            del found[line]
            found[repeat.of] = Repeat(line, repeat.exact)
    return found


def _heads_text(view: View, line: int) -> bool:
    """Whether a stamp or prose stands right below a line."""
    below = line + 1
    return below < len(view) and (_signs(view, below) or (view.shapes[below] in "sp" and below not in view.strong))
