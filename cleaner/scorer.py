"""The learned scorer: sparse weights over readable features, then small trees over the neighbours' scores.

`weights.tsv` holds both as plain text: `first TAB feature TAB log-odds`, and `tree TAB number TAB conditions TAB log-odds`, a
line for each leaf; also from which log-odds on a line goes (`threshold`), and from where on a category's marks alone suffice
(`rule`). `python -m cleaner.train` writes it.
"""

from __future__ import annotations

import math
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.errors import SourceError
from cleaner.firstpass import FirstPass
from cleaner.neighbourhood import NAMES, Facts, facts, second, with_tail
from cleaner.trees import Tree, compiled, grow
from cleaner.view import View

WEIGHTS = os.path.join(os.path.dirname(__file__), "weights.tsv")
#: How much surer than others the lines of a category must be: bylines and stamps go a little sooner.
HANDICAPS = {"metadata": -0.5}
#: Where marks alone decide, a line goes when they lift it to these log-odds. In a document of so many paragraphs, an article
#: for sure, the scorer must be that much against such a line to keep it.
RULE, ARTICLE, LEEWAY = 2.5, 8, 1.5
#: The same for a line in the foot of a page that is no sentence: of so doubtful ones on labelled pages 43 go and none stays.
FOOT = 1.0
#: In a document of fewer lines there is no layout to tell by: marks alone decide.
FEW = 8


class Weights(NamedTuple):
    """What was learned.

    Attributes:
        first: log-odds of the features of the first pass.
        first_pass: the same, ready to be added up.
        trees: the trees of the second pass; what they say adds up.
        value: adds up what the trees say.
        threshold: from which log-odds on a line goes, `handicap` apart.
        rules: category -> from which log-odds on the filters' marks alone suffice.
    """

    first: dict[str, float]
    first_pass: FirstPass
    trees: tuple[Tree, ...]
    value: Callable[[Sequence[float]], float]
    threshold: float
    rules: dict[str, float]


def suffices(rules: Mapping[str, float], category: str, hand: float, known: Facts, line: int) -> bool:
    """Whether the filters alone are sure enough of a line; never of a subhead, of a plain one from `RULE` on.

    Args:
        rules: category -> from which log-odds on.
        category: of its strongest mark.
        hand: what its prior and marks add up to (log-odds).
        known: facts of its document.
        line: its index.
    """
    return line not in known.subheads and hand >= (RULE if line in known.plain else rules.get(category, math.inf))


def handicap(category: str, hand: float, known: Facts, line: int) -> float:
    """How much more than the threshold a line needs.

    Args:
        category: of its strongest mark.
        hand: what its prior and marks add up to (log-odds).
        known: facts of its document.
        line: its index.
    """
    if hand >= RULE and known.paragraphs >= ARTICLE:
        return -LEEWAY
    if line > known.foot and known.shapes[line] not in "sp":
        return -FOOT
    return HANDICAPS.get(category, 0.0)


def top_category(marks: Mapping[str, float]) -> str:
    """The category whose marks weigh most; empty where none speaks for a line's going."""
    top = max(marks, key=marks.__getitem__, default="")
    return top if top and marks[top] > 0 else ""


def parse(source: str, path: str = "weights.tsv") -> Weights:
    """Read weights from the text of a file.

    Raises:
        SourceError: a line is malformed; with its number.
    """
    weights: dict[str, float] = {}
    suffices: dict[str, float] = {}
    threshold: dict[str, float] = {}
    rules: dict[str, list[tuple[str, float]]] = defaultdict(list)
    begins: dict[str, int] = {}
    for number, row in enumerate(source.split("\n"), 1):
        if not row or row.startswith("#"):
            continue
        try:
            kind, name, *rest = row.split("\t")
            if kind == "tree":
                rules[name].append((rest[0], float(rest[1])))
                begins.setdefault(name, number)
            else:
                {"first": weights, "rule": suffices, "threshold": threshold}[kind][name] = float(rest[0])
        except (ValueError, IndexError, KeyError) as error:
            raise SourceError(path, number, f"not a weight: {row!r}") from error
    trees = tuple(_tree(leaves, path, begins[name]) for name, leaves in rules.items())
    return Weights(weights, FirstPass(weights), trees, compiled(trees), threshold.get("all", 0.0), suffices)


def _tree(leaves: list[tuple[str, float]], path: str, line: int) -> Tree:
    try:
        return grow(leaves, NAMES)
    except ValueError as error:
        raise SourceError(path, line, str(error)) from error


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship with the package, read once."""
    with open(WEIGHTS, encoding="utf-8") as file:
        return parse(file.read(), WEIGHTS)


def learned_scores(
    view: View, marks: Sequence[Mapping[str, float]], hand: Sequence[float], model: Weights | None = None
) -> dict[int, float]:
    """The log-odds of the lines that some filter marks, by index, less the threshold: positive ones go.

    Args:
        view: the document.
        marks: for each line category -> weight of the filters' marks.
        hand: for each line what prior and marks alone say (log-odds).
        model: other weights than the ones that ship.
    """
    if len(view) < FEW:
        return {line: hand[line] - RULE for line, own in enumerate(marks) if top_category(own)}
    model = model or weights()
    tops = {line: top for line, own in enumerate(marks) if (top := top_category(own))}
    if not tops:
        return {}
    scores = model.first_pass.scores(view, marks)
    found = {}
    known = with_tail(facts(view, tops), view, tops)
    for (line, top), values in zip(tops.items(), second(known, scores, hand, tops), strict=True):
        if suffices(model.rules, top, hand[line], known, line):
            found[line] = math.inf
        else:
            found[line] = model.value(values) - model.threshold - handicap(top, hand[line], known, line)
    return found
