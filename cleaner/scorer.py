"""The learned scorer: sparse weights over readable features, in two passes, as plain text beside the code.

`weights.tsv` holds a line for each weight: pass, feature, log-odds. `python -m cleaner.train` writes it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.errors import SourceError
from cleaner.evidence import View
from cleaner.features import first, second, words

WEIGHTS = os.path.join(os.path.dirname(__file__), "weights.tsv")
#: Lines whose first score lies below this, with no mark that speaks for them, are not looked at a second time.
HOPELESS = -2.5


class Weights(NamedTuple):
    """Log-odds of the features of both passes, and from which log-odds on a line goes."""

    first: dict[str, float]
    second: dict[str, float]
    threshold: float


def parse(source: str, path: str = "weights.tsv") -> Weights:
    """Read weights from the text of a file.

    Raises:
        SourceError: a line is not `pass TAB feature TAB number`; with its line.
    """
    passes: dict[str, dict[str, float]] = {"first": {}, "second": {}, "threshold": {}}
    for number, row in enumerate(source.split("\n"), 1):
        if not row or row.startswith("#"):
            continue
        try:
            which, feature, weight = row.split("\t")
            passes[which][feature] = float(weight)
        except (ValueError, KeyError) as error:
            raise SourceError(path, number, f"not a weight: {row!r}") from error
    return Weights(passes["first"], passes["second"], passes["threshold"].get("all", 0.0))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship with the package, read once."""
    with open(WEIGHTS, encoding="utf-8") as file:
        return parse(file.read(), WEIGHTS)


def first_scores(view: View, marks: Sequence[Mapping[str, float]], known: Mapping[str, float]) -> list[float]:
    """The first pass: log-odds of each line by itself."""
    bias = known.get("bias", 0.0)
    return [
        bias + sum(known[name] * value for name, value in first(view, line, marks[line]) if name in known)
        for line in range(len(view))
    ]


def learned_scores(
    view: View, marks: Sequence[Mapping[str, float]], hand: Sequence[float], model: Weights | None = None
) -> dict[int, float]:
    """The log-odds of the lines that are worth a second look, by index, less the threshold: positive ones go.

    Args:
        view: the document.
        marks: for each line category -> weight of the filters' marks.
        hand: for each line what prior and marks alone say (log-odds).
        model: other weights than the ones that ship.
    """
    model = model or weights()
    scores = first_scores(view, marks, model.first)
    categories = [max(own, key=own.__getitem__) if own else "" for own in marks]
    bias = model.second.get("bias", 0.0) - model.threshold
    return {
        line: bias + sum(model.second.get(n, 0.0) * v for n, v in second(view.shapes, line, scores, hand, categories))
        for line in range(len(view))
        if scores[line] > HOPELESS or hand[line] > 0
    }


def telling(view: View, line: int, most: int = 3) -> list[str]:
    """The words of a line that speak most for its going, as the features name them, for an explanation."""
    known = weights().first
    found = [(known[f"words {w}"], w) for w in dict.fromkeys(words(view, line)) if known.get(f"words {w}", 0.0) > 0]
    return [word.replace("^ ", "").replace(" $", "") for _, word in sorted(found, reverse=True)[:most]]
