"""What is known of a document when filters look at it: its lines, the cues in them, and how cues weigh."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from cleaner.cards import Cards, find_cards
from cleaner.dense import find_dense, holds_most
from cleaner.document import Document, extent
from cleaner.folding import SIGNS, core, fold
from cleaner.lexicon import SHARED, Cue
from cleaner.phrases import found
from cleaner.repair import repair
from cleaner.repeats import TOP, Repeat, find_contents, find_repeats
from cleaner.result import Mark, confidence_of
from cleaner.scan import SHORT, Lexicon
from cleaner.wording import PROSE, Wording, tokens

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
#: How many lines away company may stand.
COMPANY = 3
#: A subhead that may be taken for a button has no more words than this.
SUBHEAD = 3
#: So many lines of label and value in a row, of at most so many characters, are a table.
RECORDS, RECORD = 3, 120
#: Among so many lines on each side, so many with a number make a table.
AROUND, NUMBERS = 4, 3
#: Fewer paragraphs than this are few.
FEW_PARAGRAPHS = 5
#: A language with cues in fewer than one line for so many of another one's is not spoken in the document.
LANGUAGE = 5
#: A line counts so much for the one language that knows it; divided among several without a rest.
WHOLE = 2520
#: English buttons stand on any site.
ENGLISH = "en"
#: No headline is longer than this.
TITLE = 160
#: A list that announces the headline stands so many lines above it at least.
FAR = 7


_NEVER_ALONE = frozenset({"hint", "not", "leads"})
_ROW = frozenset("|•·")
_WORD = re.compile(rf"[^\W\d_]+(?:'[^\W\d_]+|[{SIGNS}]+[^\W\d_]*)*")
_RUN = re.compile(r"[^sp]+")
#: Categories of what stands below the text.
_BELOW = frozenset({"related", "comment_prompt", "reader_comment"})
_SENTENCES = re.compile(r"s{3,}")
# A sentence's end with the next one glued to it, or set off by a space.
_CAPITAL = "A-ZÀ-ÞА-ЯЁІЇЄҐĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽĞİŞĂȘȚŐŰĐƠƯΑ-ΩΆΈΉΊΌΎΏ"
_SMALL = "a-zß-ÿа-яёіїєґąćęłńśźżčďěňřšťůžğışășțőűđơưα-ωάέήίόύώ"
_SEAM = re.compile(
    rf"(?<=[.!?…][\"”»’')])(?=[{_CAPITAL}])|(?<=[{_SMALL})][.!?…])(?=[{_CAPITAL}][{_SMALL}])"
    rf"|(?<=[.!?…])\s+(?=[{_CAPITAL}])|(?<=[。！？])(?=\w)"
)
_RECORD = re.compile(r"[^\W\d_][^:：]{1,40}[:：]\s*\S")
_BARS = re.compile(r" ?[|•·] ?")
# Where one button ends and the next begins.
_GLUE = re.compile(rf"(?<=[{_SMALL}\d)])(?=[{_CAPITAL}])")
_QUOTATION = re.compile(r'"[^"]*(?:"|$)')


class Evidence(NamedTuple):
    """How much speaks for one category in one line (log-odds), and the cues that say so."""

    weight: float
    cues: tuple[Cue, ...]
    doubted: bool = False

    def quoted(self, folded: str) -> str:
        """The phrases as the folded line prints them, for a reason: `“sign up”, “newsletter”`."""
        told = (folded if cue.mode == "words" else found(cue.phrase, folded) for cue in self.cues[:3])
        return ", ".join(f"“{words}”" for words in dict.fromkeys(told)) or f"“{folded}”"


class Run(NamedTuple):
    """Lines in a row without prose, `start` to `stop`.

    Attributes:
        suspects, numbers, words: the shares of suspects, of lines with a number, of lines of a word or two.
        overlap: how much of its words the article's prose uses (`View.overlap`), the mean over its lines.
        alike: the share of lines that begin with the run's commonest first word: lists of offices, places, sections.
    """

    start: int
    stop: int
    suspects: float
    numbers: float
    words: float
    overlap: float
    alike: float


def last_seam(text: str, after: int = 0) -> re.Match[str] | None:
    """Where the last sentence of a text is joined to the one before it, glued or with a space; looked for from `after` on."""
    return max(_SEAM.finditer(text, after), key=re.Match.start, default=None)


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
        by_category: dict[str, dict[int, Evidence]] = defaultdict(dict)
        accompanied, weighed = self._accompanied, self._weighed
        for line, cues in self.cues.items():
            known = weighed.get(line)
            key = (line in accompanied, self.languages)
            if known is None or known[0] != key:
                known = weighed[line] = key, self._weigh_all(line, cues)
            for category, seen in known[1].items():
                by_category[category][line] = seen
        for line, text in enumerate(self.lines):
            is_row = len(text) <= SHORT and (not _ROW.isdisjoint(self.folds[line]) or _GLUE.search(text))
            if is_row and (category := self._is_row(line)):
                by_category[category][line] = Evidence(WEIGHTS["words"], ())
        return by_category

    @cached_property
    def _weighed(self) -> dict[int, tuple[tuple[bool, frozenset[str]], dict[str, Evidence]]]:
        """For each line whether it had company and which languages the document spoke, and what its cues said then."""
        return {}

    def _weigh_all(self, line: int, cues: Sequence[Cue]) -> dict[str, Evidence]:
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
            if (seen := self._weigh(line, category, own)).weight > 0:
                found[category] = seen._replace(weight=seen.weight + against, doubted=True) if against else seen
        return found

    def _weigh(self, line: int, category: str, cues: list[Cue]) -> Evidence:
        best, against, more = 0.0, 0.0, 0
        spoken: dict[str, dict[str, Cue]] = defaultdict(dict)
        telling: list[Cue] = []
        for cue in cues:
            weight = WEIGHTS.get(cue.mode, 0.0)
            if cue.mode == "not":
                against = AGAINST
            elif cue.mode == "hint":
                spoken[cue.language].setdefault(cue.family, cue)
            elif cue.mode in ("near", "opens") and not self.has_company(line):
                best, telling = (LONELY, [cue]) if best < LONELY else (best, telling)
            elif cue.mode == "words" and not self._only_vocabulary(line, category):
                continue
            elif weight:
                if telling and not any(cue.phrase in said.phrase or said.phrase in cue.phrase for said in telling):
                    more += 1
                if weight > best:
                    best, telling = weight, [cue]
        if telling and telling[0].mode in ("starts", "has") and self.shapes[line] == "p":
            best = min(best, IN_PARAGRAPH)
        best += MORE * min(more, 2)
        # A line speaks one language: weak cues of two do not add up.
        families = max(spoken.values(), key=len, default={})
        # What the stronger cue says already is not said twice.
        families = {f: cue for f, cue in families.items() if not any(cue.phrase in said.phrase for said in telling)}
        hints = WEIGHTS["hint"] * len(families)
        if category in TAILED and (telling or families) and self._only_in_tail(line, category):
            return Evidence(0.0, ())
        # A single weak family never counts by itself.
        if len(families) > 1 or (families and best):
            best, telling = best + hints, [*telling, *families.values()]
        return Evidence(best + against, tuple(telling))

    def _only_in_tail(self, line: int, category: str) -> bool:
        """Whether only the last sentence of a paragraph holds the cues: then it is a prompt glued to the article's prose."""
        text = self.lines[line]
        seam = last_seam(text, HEAD) if len(text) > 2 * HEAD else None
        if seam is None:
            return False
        head = fold(text[: seam.start()])
        stripped = core(head)
        own = [cue for cue in self.cues[line] if cue.category == category and cue.mode not in ("not", "words")]
        return not any(cue.matches(head, stripped) for cue in own)

    def _is_row(self, line: int) -> str:
        """The category of a row of known entries, set apart by bars ("Imprint | Privacy | Terms") or glued by an extractor
        ("ShareTweetPrint"); empty where it is none.
        """
        folded = self.folded(line)
        bare = _BARS.split(folded)
        if len(bare) == 1:
            bare = [fold(part) for part in _GLUE.split(self.lines[line])]
        parts = [stripped for part in bare if (stripped := core(part))]
        known = [self.lexicon.entry(part) for part in parts]
        found = [category for category in known if category]
        return found[0] if len(parts) > 1 and 4 * len(found) >= 3 * len(parts) else ""

    def _only_vocabulary(self, line: int, category: str) -> bool:
        known = self._vocabulary.get(category, frozenset())
        words = self.core(line).replace("/", " ").split()
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
        return counted > 1 or self.has_company(line)

    def is_half_menu(self, line: int, category: str) -> bool:
        """Whether at least half of a line's words are menu words of a category."""
        words = self.words[line]
        return 2 * sum(word in self._vocabulary.get(category, ()) for word in words) >= len(words)

    @cached_property
    def _vocabulary(self) -> dict[str, frozenset[str]]:
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
        others = self.strong | self.cards.teasers
        prose = [line for line, shape in enumerate(self.shapes) if shape == "p" and line not in others]
        if 0 < len(prose) < FEW_PARAGRAPHS:
            prose = sorted({*prose, *self._sentences(prose[-1])})
        if not prose:
            prose = [line for line, shape in enumerate(self.shapes) if shape == "s" and line not in self.strong]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

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

    def _sentences(self, last: int) -> Iterator[int]:
        """Sentences that are prose where there are few paragraphs: several in a row, and long ones above what follows the text.

        Args:
            last: the last paragraph.
        """
        for match in _SENTENCES.finditer(self.shapes):
            if self.strong.isdisjoint(range(*match.span())):
                yield from range(*match.span())
        for line in range(last + 1, len(self)):
            if line in self.strong:
                if any(cue.category in _BELOW for cue in self.cues[line]):
                    return
            elif self.shapes[line] == "s" and extent(self.lines[line]) >= PROSE:
                yield line

    @cached_property
    def _run_spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _RUN.finditer(self.shapes)]

    @cached_property
    def _runs(self) -> dict[int, Run]:
        return {}

    def run(self, line: int) -> Run | None:
        """The run of lines without prose that a line stands in; None for prose."""
        at = bisect_right(self._run_spans, (line, len(self))) - 1
        start, stop = self._run_spans[at] if at >= 0 else (0, 0)
        if not start <= line < stop:
            return None
        run = self._runs.get(start)
        if run is None:
            lines = range(start, stop)
            size = stop - start
            run = self._runs[start] = Run(
                start,
                stop,
                len(self.strong.intersection(lines)) / size,
                sum(["#" in folded for folded in self.folds[start:stop]]) / size,
                self.shapes.count("w", start, stop) / size,
                sum([max(self.overlap(line), 0.0) for line in lines]) / size,
                max(Counter([words[0] for words in self.words[start:stop] if words]).values(), default=0) / size,
            )
        return run

    @cached_property
    def told(self) -> int:
        """The line from which on the article is well under way: below its third sentence or paragraph."""
        prose = (line for line in range(self.body.start, self.body.stop) if self.shapes[line] in "ps")
        return next((line for n, line in enumerate(prose) if n == 2), len(self.lines))

    @cached_property
    def printings(self) -> Counter[int]:
        """How many lines repeat a line, by its index."""
        return Counter(repeat.of for repeat in self.repeats.values())

    @cached_property
    def headline(self) -> int:
        """The first line like a headline that no cue marks by itself; -1 where there is none."""
        lines = (line for line, shape in enumerate(self.shapes[:12]) if shape == "h" and line not in self.strong)
        return next((line for line in lines if not self.stamp(line)), -1)

    @cached_property
    def stamped(self) -> int:
        """The last unknown line above the text that a stamp or byline follows: a headline, be it short; -1 where none does."""
        return next((line for line in range(self.body.start - 2, -1, -1) if self._signs(line + 1) and self._may_head(line)), -1)

    @cached_property
    def heading(self) -> int:
        """The headline above the text, told by its words or by the stamp below it: the lower one; -1 where there is none."""
        return max(self.stamped, *(line for line in self.titles if line < self.body.start), -1)

    def _may_head(self, line: int) -> bool:
        is_phrase = self.shapes[line] in "whs" and len(self.words[line]) > 1
        return is_phrase and not self._signs(line) and not self.is_suspect(line)

    def _signs(self, line: int) -> bool:
        """Whether a line is a date, a byline or both."""
        return self.stamp(line) in ("date", "byline", "named")

    @cached_property
    def records(self) -> frozenset[int]:
        """The lines of tables of label and value ("Director: Ida Holm"), most of them unknown to the cues."""
        found: set[int] = set()
        run: list[int] = []
        for line in range(len(self) + 1):
            if line < len(self) and len(self.lines[line]) <= RECORD and _RECORD.match(self.lines[line]):
                run.append(line)
                continue
            if len(run) >= RECORDS and 3 * len(self.strong.intersection(run)) <= len(run):
                found.update(run)
            run = []
        return frozenset(found)

    @cached_property
    def is_short(self) -> bool:
        """Whether paragraphs are so few that the text may end well below the last of them."""
        return sum(shape == "p" and line not in self.strong for line, shape in enumerate(self.shapes)) < FEW_PARAGRAPHS

    def is_tabular(self, line: int) -> bool:
        """Whether a line stands among numbers that no cue knows: results, nutrients, prices, credits with their years."""
        near = range(max(line - AROUND, 0), min(line + AROUND + 1, len(self)))
        numbers = [
            beside for beside in near if self.shapes[beside] == "w" and "#" in self.folds[beside] and not self.stamp(beside)
        ]
        return len(numbers) >= NUMBERS and len(self.strong.intersection(near)) <= 1

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
        counts = [len(self.wording.stems(line)) for line in range(min(self.body.start + 2, len(self)))]
        top = [
            line
            for line in range(len(counts))
            if counts[line] >= 2 and len(self.lines[line]) <= TITLE and self.shapes[line] in "hws"
        ]
        best = max(top, key=lambda line: (self.overlap(line) * min(counts[line], 8), line), default=None)
        if best is None or self.overlap(best) <= 0:
            return frozenset()
        return frozenset(line for line in top if self.folded(line) == self.folded(best))

    @cached_property
    def repeats(self) -> dict[int, Repeat]:
        """The lines that say an earlier one again, by index; headings that a table of contents announces are none."""
        headings = frozenset(self.contents.values())
        found = {line: repeat for line, repeat in self.printed_again.items() if line not in headings}
        for line, repeat in sorted(found.items()):
            is_far = TOP <= repeat.of <= line - FAR and line < self.body.start and found.get(line) == repeat
            if is_far and self._heads_text(line) and not self._heads_text(repeat.of):
                # A list of stories announces the headline, far above the text.
                del found[line]
                found[repeat.of] = Repeat(line, repeat.exact)
        return found

    def _heads_text(self, line: int) -> bool:
        """Whether a stamp or prose stands right below a line."""
        below = line + 1
        return below < len(self) and (self._signs(below) or (self.shapes[below] in "sp" and below not in self.strong))

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


__all__ = ["SHORT", "WEIGHTS", "Evidence", "View"]
