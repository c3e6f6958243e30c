"""How the cues of a line weigh, for one category and for another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleaner.folding import core, fold
from cleaner.lexicon import Cue
from cleaner.phrases import found
from cleaner.scan import SHORT
from cleaner.seams import GLUE, last_seam

if TYPE_CHECKING:
    from cleaner.view import View

#: Evidence (log-odds) of one cue, by mode. A whole known line is next to certain; a phrase somewhere in a line is good
#: evidence that a long paragraph's prior outweighs; two hint families equal one `has` less a little.
WEIGHTS = {
    "line": 8.0,
    "owns": 7.0,
    "words": 7.0,
    "starts": 6.0,
    "ends": 5.0,
    "has": 5.0,
    "near": 5.0,
    "opens": 4.5,
    "hint": 1.8,
}
#: What each further cue of the same kind adds, twice at most: phrases of one category come together in prose too.
MORE = 2.0
#: The most that one opening or phrase counts in a paragraph: less than the paragraph's prior.
IN_PARAGRAPH = 4.2
#: A whole-line cue that counts only in company, where it stands alone.
LONELY = 0.4
#: What speaks against: a phrase of article prose, and one that speaks against a single category.
AGAINST = -2.5
#: A row of at least so many menu words may hold this share of unknown ones.
MENU_WORDS, MENU_UNKNOWN = 6, 0.25
#: Categories whose prompts extractors run into the end of the article's paragraphs, and how many characters of prose above
#: one keep the paragraph.
TAILED = frozenset({"subscription", "comment_prompt", "notification", "advertising", "legal"})
HEAD = 60

_NEVER_ALONE = frozenset({"hint", "not", "leads"})
_ROW = frozenset("|•·")
_BARS = re.compile(r" ?[|•·] ?")


class Evidence(NamedTuple):
    """How much speaks for one category in one line (log-odds), and the cues that say so."""

    weight: float
    cues: tuple[Cue, ...]
    doubted: bool = False

    def quoted(self, folded: str) -> str:
        """The phrases as the folded line prints them, for a reason: `“sign up”, “newsletter”`."""
        told = (folded if cue.mode == "words" else found(cue.phrase, folded) for cue in self.cues[:3])
        return ", ".join(f"“{words}”" for words in dict.fromkeys(told)) or f"“{folded}”"


#: For each line whether it had company and which languages the document spoke, and what its cues said then.
Weighed = dict[int, tuple[tuple[bool, frozenset[str]], dict[str, Evidence]]]


def find_evidence(view: View, weighed: Weighed) -> dict[str, dict[int, Evidence]]:
    """Category -> line index -> what the line's own cues say.

    Args:
        view: the document.
        weighed: what was weighed before; what is new is added.
    """
    by_category: dict[str, dict[int, Evidence]] = defaultdict(dict)
    for line, cues in view.cues.items():
        known = weighed.get(line)
        key = (view.has_company(line), view.languages)
        if known is None or known[0] != key:
            known = weighed[line] = key, _weigh_all(view, line, cues)
        for category, seen in known[1].items():
            by_category[category][line] = seen
    for line, text in enumerate(view.lines):
        is_row = len(text) <= SHORT and (not _ROW.isdisjoint(view.folds[line]) or GLUE.search(text))
        if is_row and (category := _is_row(view, line)):
            by_category[category][line] = Evidence(WEIGHTS["words"], ())
    return by_category


def _weigh_all(view: View, line: int, cues: Sequence[Cue]) -> dict[str, Evidence]:
    """Category -> what a line's cues say, where they speak for it."""
    by_category: dict[str, list[Cue]] = {}
    against = 0.0
    for cue in cues:
        if cue.category == "article":
            against = AGAINST
        else:
            by_category.setdefault(cue.category, []).append(cue)
    found = {}
    for category, own in by_category.items():
        if len(own) == 1 and own[0].mode in _NEVER_ALONE:
            continue
        if (seen := _weigh(view, line, category, own)).weight > 0:
            found[category] = seen._replace(weight=seen.weight + against, doubted=True) if against else seen
    return found


def _weigh(view: View, line: int, category: str, cues: Sequence[Cue]) -> Evidence:
    best, against, more = 0.0, 0.0, 0
    spoken: dict[str, dict[str, Cue]] = defaultdict(dict)
    telling: list[Cue] = []
    for cue in cues:
        weight = WEIGHTS.get(cue.mode, 0.0)
        if cue.mode == "not":
            against = AGAINST
        elif cue.mode == "hint":
            spoken[cue.language].setdefault(cue.family, cue)
        elif cue.mode in ("near", "opens") and (not view.has_company(line) or line in view.recurring):
            best, telling = (LONELY, [cue]) if best < LONELY else (best, telling)
        elif cue.mode == "words" and not _only_vocabulary(view, line, category):
            continue
        elif weight:
            if telling and not any(_says_same(cue, said) for said in telling):
                more += 1
            if weight > best:
                best, telling = weight, [cue]
    if telling and telling[0].mode in ("starts", "has") and view.shapes[line] == "p":
        best = min(best, IN_PARAGRAPH)
    best += MORE * min(more, 2)
    # A line speaks one language: weak cues of two do not add up.
    families = max(spoken.values(), key=len, default={})
    # What the stronger cue says already is not said twice.
    families = {f: cue for f, cue in families.items() if not any(cue.phrase in said.phrase for said in telling)}
    hints = WEIGHTS["hint"] * len(families)
    if category in TAILED and (telling or families) and _only_in_tail(view, line, category):
        return Evidence(0.0, ())
    # A single weak family never counts by itself.
    if len(families) > 1 or (families and best):
        best, telling = best + hints, [*telling, *families.values()]
    return Evidence(best + against, tuple(telling))


def _says_same(cue: Cue, said: Cue) -> bool:
    """Whether a cue adds nothing to another: the same words, or the same line in another language."""
    return (
        cue.phrase in said.phrase
        or said.phrase in cue.phrase
        or (cue.whole_line and said.whole_line and cue.language != said.language)
    )


def _only_in_tail(view: View, line: int, category: str) -> bool:
    """Whether only the last sentence of a paragraph holds the cues: then it is a prompt glued to the article's prose."""
    text = view.lines[line]
    seam = last_seam(text, HEAD) if len(text) > 2 * HEAD else None
    if seam is None:
        return False
    head = fold(text[: seam.start()])
    stripped = core(head)
    own = [cue for cue in view.cues[line] if cue.category == category and cue.mode not in ("not", "words")]
    return not any(cue.matches(head, stripped) for cue in own)


def _is_row(view: View, line: int) -> str:
    """The category of a row of known entries, set apart by bars ("Imprint | Privacy | Terms") or glued by an extractor
    ("ShareTweetPrint"); empty where it is none.
    """
    folded = view.folded(line)
    bare = _BARS.split(folded)
    if len(bare) == 1:
        bare = [fold(part) for part in GLUE.split(view.lines[line])]
    parts = [stripped for part in bare if (stripped := core(part))]
    known = [view.lexicon.entry(part) for part in parts]
    found = [category for category in known if category]
    return found[0] if len(parts) > 1 and 4 * len(found) >= 3 * len(parts) else ""


def _only_vocabulary(view: View, line: int, category: str) -> bool:
    known = view.vocabulary.get(category, frozenset())
    words = view.core(line).replace("/", " ").split()
    counted = unknown = telling = 0
    few = len(words) <= MENU_WORDS
    for word in words:
        bare = word
        if word not in known:
            if not any(map(str.isalnum, word)):
                continue
            bare = word.strip(".,:;|()[]•·-")
        counted += 1
        if bare in known:
            # Small words make no menu.
            telling += len(bare) > 3
        elif bare != "#":
            if few:
                return False
            unknown += 1
    # A long row of menu words may hold a name: the outlet's, a place's.
    if unknown and (telling < MENU_WORDS or unknown > MENU_UNKNOWN * counted):
        return False
    # One known word alone may be a quote or a table cell: it needs company.
    return counted > 1 or view.has_company(line)
