"""A document as filters see it: its lines, the cues in them, and what place and company say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property

from cleaner import headlines, zones
from cleaner.cards import Cards, find_cards
from cleaner.dense import find_dense, holds_most
from cleaner.document import Document, extent
from cleaner.evidence import Evidence, Weighed, find_evidence
from cleaner.folding import SIGNS
from cleaner.lexicon import SHARED, Cue
from cleaner.repair import repair
from cleaner.repeats import Repeat, find_contents, find_repeats
from cleaner.result import Mark, confidence_of
from cleaner.scan import Lexicon
from cleaner.wording import Wording, tokens

#: How many lines away company may stand.
COMPANY = 3
#: A subhead that may be taken for a button has no more words than this.
SUBHEAD = 3
#: A language with cues in fewer than one line for so many of another one's is not spoken in the document.
LANGUAGE = 5
#: A line counts so much for the one language that knows it; divided among several without a rest.
WHOLE = 2520
#: English buttons stand on any site.
ENGLISH = "en"

_WORD = re.compile(rf"[^\W\d_]+(?:'[^\W\d_]+|[{SIGNS}]+[^\W\d_]*)*")
_QUOTATION = re.compile(r'"[^"]*(?:"|$)')


def _foreign(cue: Cue) -> Cue | None:
    """What is left of a cue in a language that the document does not speak."""
    if cue.mode == "line":
        return cue._replace(mode="near")
    return None if cue.mode in ("near", "hint") else cue


class View(Document):
    """A document as filters see it: its lines with the cues found in them.

    Attributes:
        lexicon: the cues of the languages that are active.
    """

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        super().__init__(text)
        self.lexicon = lexicon

    def without(self, gone: Collection[int], tails: Mapping[int, int]) -> tuple[View, list[int]]:
        """The document as it is printed without some lines, and which of this view's lines those of the new one are.

        Args:
            gone: lines to leave out.
            tails: line -> the offset in the text from which on it is cut.
        """
        kept = [line for line in range(len(self)) if line not in gone]
        rest = View("", self.lexicon)
        rest.text = self.text
        rest.lines = [self.lines[line] for line in kept]
        rest.spans = [self.spans[line] for line in kept]
        for at, line in enumerate(kept):
            if line in tails:
                rest.spans[at] = self.spans[line]._replace(end=tails[line])
                raw = self.text[self.spans[line].start : self.spans[line].end].strip()
                left = self.text[self.spans[line].start : tails[line]].strip()
                rest.lines[at] = left if raw == self.lines[line] else repair(left)
        if not tails:
            # What is known of single lines need not be found out again.
            known, new = self.__dict__, rest.__dict__
            new["shapes"] = "".join([self.shapes[line] for line in kept])
            new["_folded"] = tuple([folded[line] for line in kept] for folded in self._folded)
            for name in ("_found", "_stamps", "_weighed", "_stems"):
                new[name] = {at: known[name][line] for at, line in enumerate(kept) if line in known.get(name, ())}
            for name in ("keys", "words"):
                if name in known:
                    new[name] = [known[name][line] for line in kept]
        return rest, kept

    @cached_property
    def cues(self) -> dict[int, list[Cue]]:
        """Line index -> the cues that hold for the line.

        Of the languages that the document does not speak, a whole line counts only beside other boilerplate, and weak cues
        do not count.
        """
        spoken = {SHARED, ENGLISH, *self.languages}
        found = {}
        for line, cues in self._found.items():
            if all(cue.language in spoken for cue in cues):
                found[line] = cues
            elif known := [left for cue in cues if (left := cue if cue.language in spoken else _foreign(cue))]:
                found[line] = known
        return found

    @cached_property
    def _found(self) -> dict[int, list[Cue]]:
        return self.lexicon.scan(self)

    @cached_property
    def strong(self) -> frozenset[int]:
        """The lines that some cue marks by itself, whatever the category: company for weaker ones."""
        sure = {"line", "starts", "has", "ends", "owns"}
        return frozenset(
            line
            for line, cues in self.cues.items()
            if any(cue.mode in sure and cue.category not in ("article", "correction") for cue in cues)
        )

    @cached_property
    def evidence(self) -> dict[str, dict[int, Evidence]]:
        """Category -> line index -> what the line's own cues say."""
        return find_evidence(self, self._weighed)

    @cached_property
    def _weighed(self) -> Weighed:
        return {}

    def is_half_menu(self, line: int, category: str) -> bool:
        """Whether at least half of a line's words are menu words of a category."""
        words = self.words[line]
        return 2 * sum(word in self.vocabulary.get(category, ()) for word in words) >= len(words)

    @cached_property
    def vocabulary(self) -> dict[str, frozenset[str]]:
        """Category -> the menu words of the document's languages; English ones and signs stand on any site."""
        spoken = [self.lexicon.vocabulary.get(language, {}) for language in sorted({SHARED, ENGLISH, *self.languages})]
        categories = sorted({category for words in spoken for category in words})
        return {category: frozenset().union(*(words.get(category, ()) for words in spoken)) for category in categories}

    def is_suspect(self, line: int) -> bool:
        """Whether the line's own cues speak for some category with the weight of more than one weak cue."""
        return line in self.strong or any(seen[line].weight > 3 for seen in self.evidence.values() if line in seen)

    def speaks_for_article(self, line: int) -> bool:
        """Whether a cue of article prose, or of a correction, stands in the line."""
        return any(cue.category in ("article", "correction") for cue in self.cues.get(line, ()))

    def heads_prose(self, line: int) -> bool:
        """Whether a line of a few words stands right above a paragraph in the midst of the text, as subheads do."""
        if line not in self.body or line + 1 not in self.body or len(self.words[line]) > SUBHEAD:
            return False
        return self.shapes[line + 1] in "sp" and line + 1 not in self.strong

    def voices(self, line: int) -> set[str]:
        """In which persons a line speaks outside of quotations: `we`, `you`, both or none."""
        words = set(_WORD.findall(_QUOTATION.sub(" ", self.folded(line))))
        return {
            person
            for language in self.languages
            for person, known in self.lexicon.voices.get(language, {}).items()
            if not known.isdisjoint(words)
        }

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages whose cues stand in enough lines: one's `you` is another's `here`.

        A line with cues of several languages ("cookies") counts little for each.
        """
        shares: Counter[str] = Counter()
        for cues in self._found.values():
            languages = {cue.language for cue in cues} - {SHARED}
            for language in languages:
                shares[language] += WHOLE // len(languages)
        most = max(shares.values(), default=0)
        return frozenset(code for code, share in shares.items() if share == most or (share > WHOLE and LANGUAGE * share >= most))

    def has_company(self, line: int) -> bool:
        """Whether a line that a cue marks by itself stands near, with no paragraph of prose in between.

        Subheads stand alone, a paragraph above and one below; buttons and menus stand together.
        """
        return line in self._accompanied

    @cached_property
    def _accompanied(self) -> frozenset[int]:
        found = set()
        for suspect in self.strong:
            for step in (-1, 1):
                for near in range(suspect + step, suspect + step * (COMPANY + 1), step):
                    if not 0 <= near < len(self.lines):
                        break
                    found.add(near)
                    if self.shapes[near] == "p" and near not in self.strong:
                        break
        return frozenset(found)

    @cached_property
    def cards(self) -> Cards:
        """The cards of other stories."""
        return find_cards(self)

    @cached_property
    def body(self) -> range:
        """The lines from the article's first paragraph to its last: evidence of position, never a gate.

        Paragraphs that a cue marks by itself (a consent text in the footer) are not the article's, nor are the teasers of cards.
        Where paragraphs are few (a recipe, a short report), sentences in a row are prose too.
        """
        return zones.find_body(self)

    @cached_property
    def dense(self) -> range:
        """The densest stretch of prose. Paragraphs of a footer or a consent text stretch `body`, not this."""
        return find_dense(self)

    @cached_property
    def foot(self) -> int:
        """The first suspect below the text; the document's length where there is none."""
        return min((line for line in self.strong if line >= self.body.stop), default=len(self))

    @cached_property
    def is_one(self) -> bool:
        """Whether the document is one article, not a list of many."""
        return holds_most(self, self.dense)

    @cached_property
    def _runs(self) -> zones.Runs:
        return zones.find_runs(self)

    def run(self, line: int) -> zones.Run | None:
        """The run of lines without prose that a line stands in; None for prose."""
        return zones.run_at(self, self._runs, line)

    @cached_property
    def told(self) -> int:
        """The line from which on the article is well under way: below its third sentence or paragraph."""
        return zones.find_told(self)

    @cached_property
    def printings(self) -> Counter[int]:
        """How many lines repeat a line, by its index."""
        return Counter(repeat.of for repeat in self.repeats.values())

    @cached_property
    def headline(self) -> int:
        """The first line like a headline that no cue marks by itself; -1 where there is none."""
        return headlines.find_headline(self)

    @cached_property
    def stamped(self) -> int:
        """The last unknown line above the text that a stamp or byline follows: a headline, be it short; -1 where none does."""
        return headlines.find_stamped(self)

    @cached_property
    def heading(self) -> int:
        """The headline above the text, told by its words or by the stamp below it: the lower one; -1 where there is none."""
        return max(self.stamped, *(line for line in self.titles if line < self.body.start), -1)

    @cached_property
    def records(self) -> frozenset[int]:
        """The lines of tables of label and value ("Director: Ida Holm"), most of them unknown to the cues."""
        return zones.find_records(self)

    @cached_property
    def recurring(self) -> frozenset[int]:
        """The lines of label and value whose label comes again and again, other lines in between: entries of the article's."""
        return zones.find_recurring(self)

    @cached_property
    def is_short(self) -> bool:
        """Whether paragraphs are so few that the text may end well below the last of them."""
        return zones.has_few_paragraphs(self)

    def is_tabular(self, line: int) -> bool:
        """Whether a line stands among numbers that no cue knows: results, nutrients, prices, credits with their years."""
        return zones.stands_among_numbers(self, line)

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each line, folded; numbers as `#`."""
        return tokens(self.folds)

    @cached_property
    def wording(self) -> Wording:
        """What the prose says, and what share of a line's words it says too."""
        return Wording(self.words, self.shapes, list(map(extent, self.lines)), self._stems)

    @cached_property
    def _stems(self) -> dict[int, set[str]]:
        return {}

    def overlap(self, line: int) -> float:
        """The share of the line's words that the prose of other lines uses too; -1.0 for a line without words."""
        return self.wording.share(line)

    @cached_property
    def titles(self) -> frozenset[int]:
        """The line above the text that shares most words with it, with all its printings there; empty where none does."""
        return headlines.find_titles(self)

    @cached_property
    def repeats(self) -> dict[int, Repeat]:
        """The lines that say an earlier one again, by index; headings that a table of contents announces are none."""
        return headlines.settle_repeats(self)

    @cached_property
    def printed_again(self) -> dict[int, Repeat]:
        """All lines that say an earlier one again, by index."""
        return find_repeats(self, self.stamp)

    @cached_property
    def contents(self) -> dict[int, int]:
        """The entries of tables of contents, by index, each with the heading that it announces."""
        return find_contents(self, self.printed_again)

    @cached_property
    def _stamps(self) -> dict[int, str]:
        return {}

    def stamp(self, line: int) -> str:
        """What kind of stamp a line is: `date`, `byline`, `named` (both), `label`, or nothing (see `cleaner.stamps`)."""
        kind = self._stamps.get(line)
        if kind is None:
            kind = self._stamps[line] = self.lexicon.stamps.kind(self.lines[line], self.folded(line))
        return kind

    def mark(self, line: int, category: str, reason: str, weight: float) -> Mark:
        """A mark on one whole line, its evidence given in log-odds."""
        span = self.spans[line]
        return Mark(span.start, span.end, category, reason, confidence_of(weight))
