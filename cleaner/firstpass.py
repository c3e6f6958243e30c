"""The first pass of the learned scorer: the log-odds of each line by itself, added up from the weights of its features.

What `cleaner.features` names one by one is looked up in bulk here: a group's sum is remembered, and so is which of a word's
features have a weight at all; of most words none has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cleaner.features import Group, groups, is_marked, mark_value, parts, tokens
from cleaner.view import View

#: So many groups and words are remembered; then all are forgotten, so that memory stays flat whatever the corpus holds.
REMEMBERED = 50_000


class FirstPass:
    """Adds up the weights of the first pass.

    Args:
        weights: log-odds of the features by name, `bias` among them.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._bias = weights.get("bias", 0.0)
        self._layout = {name[7:]: weight for name, weight in weights.items() if name.startswith("layout ")}
        self._words = {name[6:]: weight for name, weight in weights.items() if name.startswith("words ")}
        self._marks = {name[5:]: weight for name, weight in weights.items() if name.startswith("mark ")}
        self._sums: dict[Group, float] = {}
        self._known = _Known(self._words)
        # First token -> second token -> (third token or nothing, name).
        self._phrases: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for name in self._words:
            if " " in name:
                head, second, *rest = name.split(" ")
                self._phrases[head][second].append((rest[0] if rest else "", name))
        # Lines begin with their mark, so what stands there is looked up for every line.
        self._heads = frozenset(self._phrases) - {"^"}

    def scores(self, view: View, marks: Sequence[Mapping[str, float]]) -> list[float]:
        """The log-odds of every line.

        Args:
            view: the document.
            marks: for each line category -> weight (log-odds) of the filters' marks.
        """
        found = []
        sums = self._sums
        for line, layout in enumerate(groups(view, marks)):
            score = self._bias
            for group in layout:
                known = sums.get(group)
                score += self._add_up(group) if known is None else known
            if is_marked(marks[line]):
                score += self._say(tokens(view, line))
                for category, weight in marks[line].items():
                    score += self._marks.get(category, 0.0) * mark_value(weight)
            found.append(score)
        return found

    def _add_up(self, group: Group) -> float:
        names, arguments = group
        if len(self._sums) >= REMEMBERED:
            self._sums.clear()
        known = self._sums[group] = sum(self._layout.get(name, 0.0) for name in set(names(*arguments)))
        return known

    def _say(self, words: list[str]) -> float:
        """What the words of a line, their parts, pairs and triples add up to; each counts once."""
        found: set[str] = set().union(*map(self._known.__getitem__, words))
        if not self._heads.isdisjoint(words):
            for at, word in enumerate(words):
                if word in self._heads:
                    found.update(self._phrases_at(words, at))
        found.update(self._phrases_at(words, 0))
        # In one order, so that the sum comes out the same to the last digit.
        return sum([self._words[name] for name in sorted(found)]) if found else 0.0

    def _phrases_at(self, words: list[str], at: int) -> list[str]:
        following = words[at + 1 : at + 3]
        if not following:
            return []
        entries = self._phrases[words[at]].get(following[0], ())
        return [name for third, name in entries if not third or following[1:] == [third]]


class _Known(dict[str, tuple[str, ...]]):
    """Which features of a word have a weight, found out when the word is first met."""

    def __init__(self, names: Mapping[str, float]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= REMEMBERED:
            self.clear()
        known = self[word] = tuple(name for name in {word, *parts(word)} if name in self._names)
        return known
