"""Why a line goes or stays, in words: the cues and their packs, the neighbourhood, the block, and what speaks against it.

All of it is worked out when somebody asks; `Pipeline.clean` and `Pipeline.explain` never come here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from cleaner.context import is_echoed
from cleaner.evidence import WEIGHTS
from cleaner.filters import gather
from cleaner.lexicon import Cue
from cleaner.phrases import found
from cleaner.repair import find_repairs
from cleaner.result import Mark, Removal, Result
from cleaner.scan import lexicon
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.pipeline import Pipeline

#: How many lines away a neighbour is named, and how many cues and other opinions are.
NEAR, MOST = 3, 6
#: From this share on, that the article's prose uses a line's words is worth saying.
SHARED_WORDS = 0.6

_SHAPES = {"p": "it is a paragraph", "s": "it is a sentence"}
_QUOTES = frozenset('"“„«‟「『')


class Why(NamedTuple):
    """The evidence for and against one line.

    Attributes:
        line: its number, from 1.
        cues: the phrases found in it, each with pack and mode: `en: starts “sign up to”`.
        also: what further filters say of it, or the same one for another category.
        near: what goes beside it, one sentence; empty where nothing does.
        block: the numbers of the first and the last line of the run of removed lines that it belongs to.
        against: what speaks for its being the article's, a phrase each.
    """

    line: int
    cues: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    near: str = ""
    block: tuple[int, int] = (0, 0)
    against: tuple[str, ...] = ()

    def sentences(self) -> Iterator[str]:
        """The evidence as short statements, for a log or a page."""
        if self.cues:
            yield f"cues: {', '.join(self.cues)}"
        if self.also:
            yield f"also: {'; '.join(self.also)}"
        first, last = self.block
        if first < last:
            yield f"block: lines {first} to {last}"
        if self.near:
            yield f"near: {self.near}"
        if self.against:
            yield f"against: {'; '.join(self.against)}"


class Doubt(NamedTuple):
    """A line that stays although a filter marked it: as what, and what the filter said."""

    line: int
    category: str
    reason: str
    why: Why


class Study:
    """One document cleaned, with what is needed to say why.

    Attributes:
        result: what `Pipeline.explain` returns for the text.
    """

    def __init__(self, pipeline: Pipeline, text: str) -> None:
        self._pipeline = pipeline
        self.result: Result = pipeline.explain(text)

    @cached_property
    def view(self) -> View:
        """The document as the filters see it."""
        view = View(self.result.source, lexicon(self._pipeline.languages))
        if self._pipeline.repair_encoding:
            view.mend(find_repairs(view))
        return view

    @cached_property
    def marks(self) -> dict[int, dict[tuple[str, str], Mark]]:
        """Line index -> (filter, category) -> the most confident mark that touches the line."""
        held: dict[int, dict[tuple[str, str], Mark]] = defaultdict(dict)
        for name, mark in gather(self._pipeline.marking, self.view):
            for line in self.view.touched(mark.start, mark.end):
                key = name, mark.category
                held[line][key] = max(mark, held[line].get(key, mark), key=lambda m: (m.confidence, m.reason))
        return held

    @cached_property
    def removed(self) -> dict[int, Removal]:
        """Line index -> what was removed of the line, or its first part that was."""
        held: dict[int, Removal] = {}
        for removal in self.result.removed:
            held.setdefault(self._index(removal.line), removal)
        return held

    def why(self, removal: Removal) -> Why:
        """The evidence for and against one of the result's removals."""
        return self._why(self._index(removal.line), removal.category, {(removal.filter, removal.category)})

    def whys(self) -> Iterator[Why]:
        """`why` for each removal of the result, in order."""
        return map(self.why, self.result.removed)

    def doubts(self) -> Iterator[Doubt]:
        """The lines that stay although a filter marked them, in order."""
        for line in sorted(self.marks.keys() - self.removed.keys()):
            (name, category), mark = max(self.marks[line].items(), key=lambda item: (item[1].confidence, item[0]))
            if mark.weight > 0:
                yield Doubt(self.view.spans[line].number, category, mark.reason, self._why(line, category, {(name, category)}))

    def _why(self, line: int, category: str, said: set[tuple[str, str]]) -> Why:
        view = self.view
        cues = view.cues.get(line, [])
        # A `words` cue stands for a whole vocabulary: none of its words is a phrase that was found.
        phrases = [cue for cue in cues if cue.mode not in ("not", "words")]
        phrases.sort(key=lambda cue: -WEIGHTS.get(cue.mode, 0.0))
        own = [cue for cue in phrases if cue.category == category]
        others = [cue for cue in phrases if cue.category not in (category, "article", "correction")]
        also = [
            f"{name} says {mark.category}: {mark.reason}"
            for (name, of), mark in sorted(self.marks.get(line, {}).items())
            if (name, of) not in said and mark.weight > 0
        ]
        return Why(
            view.spans[line].number,
            tuple(_grouped(own, view, line) or _grouped(others, view, line, named=True))[:MOST],
            tuple(also[:MOST]),
            self._near(line),
            self._block(line),
            tuple(self._against(line, category, cues)),
        )

    def _near(self, line: int) -> str:
        going: dict[str, list[int]] = defaultdict(list)
        for other in range(max(line - NEAR, 0), min(line + NEAR + 1, len(self.view))):
            if other != line and other in self.removed:
                going[self.removed[other].category].append(self.view.spans[other].number)
        named = [f"{'line' if len(of) == 1 else 'lines'} {_list(of)} as {category}" for category, of in sorted(going.items())]
        return f"{_list(named)} {'goes' if sum(map(len, going.values())) == 1 else 'go'} too" if named else ""

    def _block(self, line: int) -> tuple[int, int]:
        first = last = line
        if line in self.removed:
            while first - 1 in self.removed:
                first -= 1
            while last + 1 in self.removed:
                last += 1
        return self.view.spans[first].number, self.view.spans[last].number

    def _against(self, line: int, category: str, cues: list[Cue]) -> Iterator[str]:
        view = self.view
        for cue in cues:
            if cue.category in ("article", "correction") and cue.category != category:
                yield f"{_named(cue, view, line)} reads like {'a correction' if cue.category == 'correction' else 'an article'}"
            elif cue.mode == "not" and cue.category == category:
                yield f"{_named(cue, view, line)} speaks against {category}"
        if (shape := view.shapes[line]) in _SHAPES:
            yield _SHAPES[shape]
        if view.lines[line][0] in _QUOTES:
            yield "it opens with a quotation mark"
        if line == view.headline:
            yield "it stands where the headline does"
        if line in view.body and not view.has_company(line):
            yield "no marked line stands near it, in the midst of the text"
            if shape != "p" and is_echoed(view, line):
                yield "the paragraph beside it takes up its words"
        if (shared := view.overlap(line)) >= SHARED_WORDS and len(view.core(line).split()) > 2:
            yield f"the article's prose uses {shared:.0%} of its words"

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {span.number: index for index, span in enumerate(self.view.spans)}

    def _index(self, number: int) -> int:
        return self._numbers[number]


def _grouped(cues: list[Cue], view: View, line: int, *, named: bool = False) -> list[str]:
    """The cues in words, the same phrase of several packs once; `named` adds the category."""
    packs: dict[str, list[str]] = defaultdict(list)
    for cue in cues:
        language, _, rest = _named(cue, view, line).partition(": ")
        packs[f"{rest} ({cue.category})" if named else rest].append(language)
    return [f"{', '.join(dict.fromkeys(languages))}: {rest}" for rest, languages in packs.items()]


def _named(cue: Cue, view: View, line: int) -> str:
    mode = f"{cue.mode} {cue.family}" if cue.family else cue.mode
    return f"{cue.language}: {mode} “{found(cue.phrase, view.folded(line))}”"


def _list(items: list[int] | list[str]) -> str:
    names = [str(item) for item in items]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
