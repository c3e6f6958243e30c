"""A pipeline: which filters look, which categories go, which languages are known. Immutable, shared between threads."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cleaner.categories import CATEGORIES, KEPT_BY_DEFAULT, check_categories
from cleaner.decide import LEARNED, Decision, Verdict, decide
from cleaner.filters import Filter, gather
from cleaner.filters.comment_prompts import CommentPrompts
from cleaner.filters.corrections import Corrections
from cleaner.filters.donation_appeals import DonationAppeals
from cleaner.filters.duplicates import Duplicates
from cleaner.filters.fellow_lines import FellowLines
from cleaner.filters.glued_sentences import GluedSentences
from cleaner.filters.interface_lines import InterfaceLines
from cleaner.filters.metadata_lines import MetadataLines
from cleaner.filters.notification_banners import NotificationBanners
from cleaner.filters.plain import Advertising, LegalLines
from cleaner.filters.reader_comments import ReaderComments
from cleaner.filters.related_stories import RelatedStories
from cleaner.filters.subscription_prompts import SubscriptionPrompts
from cleaner.filters.unannounced_stories import UnannouncedStories
from cleaner.folding import fold
from cleaner.lexicon import check_languages
from cleaner.render import cut_spans
from cleaner.repair import find_repairs, repair
from cleaner.result import Removal, Repair, Result
from cleaner.scan import lexicon
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.rules import Rules
    from cleaner.why import Why

#: Every filter, the only list of them. Their order changes nothing but the order in which they are printed.
FILTERS: tuple[Filter, ...] = (
    DonationAppeals(),
    CommentPrompts(),
    NotificationBanners(),
    Duplicates(),
    SubscriptionPrompts(),
    LegalLines(),
    Advertising(),
    RelatedStories(),
    UnannouncedStories(),
    InterfaceLines(),
    ReaderComments(),
    MetadataLines(),
    FellowLines(),
    GluedSentences(),
    Corrections(),
)


#: From so many lines on a document is a long one.
MANY = 1000
#: How often what is left is looked at again; few documents need more than two looks.
ROUNDS = 5


class Pipeline:
    r"""Composed of filters; every method returns something new and changes nothing.

    Args:
        filters: the filters that mark, in any order.
        keep: categories that stay. Corrections do unless you pass a set without them.
        languages: ISO codes of the packs to use; None for all of them.
        protect: phrases; a line that holds one stays, whatever any rule says.
        repair_encoding: whether mojibake, stray control characters and HTML entities are repaired in kept lines.
        rules: a user's own rules (`cleaner.Rules.load`).
        learned: whether the learned scorer weighs what the filters say; without it their marks are only added up.

    Raises:
        ValueError: an unknown category or language, or two filters of one name.

    >>> Pipeline().without("related stories").clean("Rain fell all night.\nRead more: The floods")
    'Rain fell all night.\nRead more: The floods'
    """

    def __init__(
        self,
        filters: Iterable[Filter] = FILTERS,
        *,
        keep: Iterable[str] = KEPT_BY_DEFAULT,
        languages: Iterable[str] | None = None,
        protect: Iterable[str] = (),
        repair_encoding: bool = True,
        rules: Rules | None = None,
        learned: bool = True,
    ) -> None:
        for name, value in (("keep", keep), ("languages", languages), ("protect", protect)):
            if isinstance(value, str):
                raise ValueError(f"{name} takes a collection of strings, not one string")
        self.filters = tuple(filters)
        self.rules = rules
        self.keep = check_categories(keep, self.known_categories)
        self.languages = None if languages is None else check_languages(languages)
        self.protect = tuple(protect)
        self.repair_encoding = repair_encoding
        self.learned = learned
        names = [filter_.name for filter_ in self.filters]
        if len(set(names)) < len(names):
            raise ValueError(f"two filters are named {max(names, key=names.count)!r}")
        self._guarded = tuple(map(_exactly, (*self.protect, *(rules.protect if rules else ()))))
        self._guarded_lines = frozenset(map(_exactly, rules.protect_lines)) if rules else frozenset()
        self._users = frozenset({filter_.name for filter_ in self.filters} - {filter_.name for filter_ in FILTERS})
        if rules and rules.categories:
            self._users |= {rules.filter.name}
        self._marking = (*self.filters, rules.filter) if rules and rules.categories else self.filters

    def __repr__(self) -> str:
        return f"<Pipeline: {', '.join(filter_.name for filter_ in self.filters)}>"

    @property
    def categories(self) -> frozenset[str]:
        """Every category that a filter of this pipeline marks."""
        own = self.rules.categories if self.rules else ()
        return frozenset().union(*(f.categories for f in self.filters), own)

    @property
    def known_categories(self) -> frozenset[str]:
        """The categories of this pipeline and of the library: what can be kept or removed."""
        return self.categories | set(CATEGORIES)

    def without(self, *names: str) -> Pipeline:
        """The pipeline without the filters or categories of these names ("learned scorer" is one too).

        A category's lines stay.

        Raises:
            ValueError: a name is neither a filter's nor a category's.
        """
        filters = {filter_.name for filter_ in self.filters}
        for name in names:
            if name not in filters | self.known_categories | {LEARNED}:
                raise ValueError(
                    f"{name!r} is neither a filter ({', '.join(sorted(filters))}) "
                    f"nor a category ({', '.join(sorted(self.known_categories))})"
                )
        return self._with(
            filters=tuple(f for f in self.filters if f.name not in names),
            keep=self.keep | (set(names) & self.known_categories),
            learned=self.learned and LEARNED not in names,
        )

    def with_(self, *filters: Filter) -> Pipeline:
        """The pipeline with further filters of your own (see `cleaner.Filter`)."""
        return self._with(filters=(*self.filters, *filters))

    def only(self, *categories: str) -> Pipeline:
        """The pipeline that removes these categories and nothing else.

        Raises:
            ValueError: an unknown category.
        """
        return self._with(keep=self.known_categories - check_categories(categories, self.known_categories))

    def keeping(self, *categories: str) -> Pipeline:
        """The pipeline with these categories kept too.

        Raises:
            ValueError: an unknown category.
        """
        return self._with(keep=self.keep | check_categories(categories, self.known_categories))

    def removing(self, *categories: str) -> Pipeline:
        """The pipeline with these categories removed too: `removing("correction")`.

        Raises:
            ValueError: an unknown category.
        """
        return self._with(keep=self.keep - check_categories(categories, self.known_categories))

    def clean(self, text: str) -> str:
        """The article alone; the very same object where there is nothing to remove or repair.

        Raises:
            TypeError: `text` is not a string. Decode bytes first.
        """
        return self.explain(text).text

    def clean_many(self, texts: Iterable[str]) -> Iterator[str]:
        """Clean one text after the other, lazily. Texts do not influence each other."""
        return map(self.clean, texts)

    def explain(self, text: str) -> Result:
        """What `clean` does and why (see `Result`).

        Raises:
            TypeError: `text` is not a string. Decode bytes first.
        """
        if not isinstance(text, str):
            raise TypeError(f"cleaner takes str, not {type(text).__name__}: decode bytes first, text = data.decode()")
        view = View(text, lexicon(self.languages))
        repairs = find_repairs(view) if self.repair_encoding else {}
        view.mend(repairs)
        with _uncollected(view):
            decision = self._decide(view, self._protected(view, repairs))
        return Result(text, tuple(_removals(view, decision)), tuple(_repaired(view, repairs, decision)))

    def _decide(self, view: View, protected: set[int]) -> Decision:
        """What goes: decided, and decided again of what is left, until nothing more goes.

        What a line's neighbours were tells what it is, and they may be gone: so cleaning twice gives what cleaning once does.
        """
        lines: dict[int, Verdict] = {}
        parts: list[Verdict] = []
        rest, numbers = view, list(range(len(view)))
        for _ in range(ROUNDS):
            marks = gather(self._marking, rest)
            spared = {at for at, line in enumerate(numbers) if line in protected}
            found = decide(rest, marks, self.keep, spared, learned=self.learned, users=self._users)
            lines |= {numbers[line]: verdict for line, verdict in found.lines.items()}
            fresh = [part for part in found.parts if part not in parts]
            parts += fresh
            if not found.lines and not fresh:
                break
            rest, kept = rest.without(found.lines, _tails(rest, found.parts))
            numbers = [numbers[line] for line in kept]
        lines = {line: verdict for line, verdict in lines.items() if verdict.category not in self.keep}
        spans = [view.spans[line] for line in lines]
        whole = sorted((span.start, span.end) for span in spans)
        return Decision(lines, tuple(part for part in parts if part.category not in self.keep and not _within(part, whole)))

    @property
    def marking(self) -> tuple[Filter, ...]:
        """Every filter that marks: this pipeline's, and that of the user's rules."""
        return self._marking

    def why(self, text: str) -> tuple[Why, ...]:
        """The evidence for and against each of `explain(text).removed`, in the same order; the text is read once more for it.

        Raises:
            TypeError: `text` is not a string.
        """
        from cleaner.why import Study

        return tuple(Study(self, text).whys())

    def _with(self, **changes: Any) -> Pipeline:
        names = ("filters", "keep", "languages", "protect", "repair_encoding", "rules", "learned")
        return Pipeline(**{**{name: getattr(self, name) for name in names}, **changes})

    def _protected(self, view: View, repairs: Mapping[int, str]) -> set[int]:
        if not self._guarded and not self._guarded_lines:
            return set()
        guarded = set()
        for line, span in enumerate(view.spans):
            # A user may have the line from the text, or from the output, where its encoding is repaired.
            forms = (
                [view.numbered(line), _exactly(view.text[span.start : span.end])] if line in repairs else [view.numbered(line)]
            )
            if any(form in self._guarded_lines or any(phrase in form for phrase in self._guarded) for form in forms):
                guarded.add(line)
        return guarded


def _exactly(text: str) -> str:
    """What is compared with what a user protects: case and accents do not matter, numbers do."""
    return fold(text, numbers=False)


def _tails(view: View, parts: Iterable[Verdict]) -> dict[int, int]:
    """Line -> where the part that is its end begins; parts from within a line are left in it."""
    starts = [span.start for span in view.spans]
    found = {}
    for part in parts:
        line = _line_at(starts, part.start)
        if not view.text[part.end : view.spans[line].end].strip():
            found[line] = part.start
    return found


def _within(part: Verdict, spans: list[tuple[int, int]]) -> bool:
    """Whether a part stands in one of these spans, which are sorted."""
    at = bisect_right(spans, (part.start, part.end)) - 1
    return at >= 0 and part.end <= spans[at][1]


@contextmanager
def _uncollected(view: View) -> Iterator[None]:
    """Keep the garbage collector from looking through a long document's lines again and again: none of them is garbage."""
    collecting = len(view) > MANY and gc.isenabled()
    if collecting:
        gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _removals(view: View, decision: Decision) -> Iterator[Removal]:
    """The decided lines and parts as removals, sorted, with the line breaks that go with them."""
    cuts = cut_spans(view, sorted(decision.lines))
    pieces = [(cuts[line], verdict) for line, verdict in decision.lines.items()]
    pieces += [((part.start, part.end), part) for part in decision.parts]
    starts = [span.start for span in view.spans]
    for (start, end), verdict in sorted(pieces, key=lambda piece: piece[0]):
        number = view.spans[max(0, _line_at(starts, verdict.start))].number
        yield Removal(
            start,
            end,
            verdict.category,
            verdict.filter,
            verdict.reason,
            verdict.confidence,
            view.text[start:end],
            number,
        )


def _line_at(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _repaired(view: View, repairs: Mapping[int, str], decision: Decision) -> Iterator[Repair]:
    """The repairs in lines that stay; of a line that loses its end, in what is left. Where a part within goes, none."""
    tails = _tails(view, decision.parts)
    starts = [span.start for span in view.spans]
    cut_within = {_line_at(starts, part.start) for part in decision.parts} - tails.keys()
    for line, after in repairs.items():
        if line in decision.lines or line in cut_within:
            continue
        span = view.spans[line]
        raw = view.text[span.start : tails.get(line, span.end)]
        before = raw.strip()
        fixed = repair(before) if line in tails else after
        start = span.start + len(raw) - len(raw.lstrip())
        if fixed != before:
            yield Repair(start, start + len(before), before, fixed.strip(), span.number)
