"""Train the learned scorer on labelled lines: `python -m cleaner.train LABELLED.jsonl ... [--weak WEAK.jsonl ...]`.

Records are `{"site", "lines": [[code, text], ...]}`. Codes of hand-labelled files: K and H stay, D F N U S P A B R T X go,
others are not used. Codes of weakly labelled files: `keep` and `go`; they weigh less, and a `keep` that a filter marks is
left out, since what fooled four extractors is what we are here for. L1-regularised logistic regression (Tibshirani's lasso
penalty) keeps few weights. The second pass learns from first scores of sites that its first pass has not seen. Every figure
printed is cross-validated by site.

Needs scikit-learn: `pip install article-cleaner[train]`.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.decide import hand_scores
from cleaner.evaluate import GO, STAY, fold_of, read
from cleaner.evidence import View
from cleaner.features import first, second
from cleaner.pipeline import FILTERS
from cleaner.scan import lexicon
from cleaner.scorer import WEIGHTS

#: A word or phrase is looked at when it stands on at least so many sites.
SITES = 3
#: Sites of texts that were written to be learned from begin so; they do not count in the cross-validation.
OWN = "own-"
#: How much a weakly labelled line weighs, and a line that must stay (losing it is the worse mistake).
WEAK, PRECIOUS = 0.2, 1.5
#: Inverse strength of the penalties of the two passes.
FIRST_C, SECOND_C = 0.3, 0.3
#: Site folds of the cross-validation, and of the first scores that the second pass learns from.
OUTER, INNER = 5, 3


class Row(NamedTuple):
    """A document: for each line its label (1 goes, 0 stays, None unused), first features, rule score and category."""

    site: str
    weak: bool
    labels: list[int | None]
    features: list[dict[str, float]]
    hand: list[float]
    categories: list[str]
    shapes: str


def rows_of(path: str, *, weak: bool, fold: str | None) -> Iterator[Row]:
    """Read labelled documents and describe their lines (see `cleaner.evaluate.read` for what is refused)."""
    for record in read(path):
        if fold is None or record.site.startswith(OWN) or fold_of(record.site) == fold:
            lines = [(code, " ".join(text.split())) for code, text in record.lines]
            yield _row(record.site, [(code, text) for code, text in lines if text], weak=weak)


def _row(site: str, lines: Sequence[tuple[str, str]], *, weak: bool) -> Row:
    view = View("\n".join(text for _, text in lines), lexicon(None))
    marks = [(f.name, mark) for f in FILTERS for mark in f.mark(view)]
    by_line, hand = hand_scores(view, marks)
    features = [dict(first(view, line, by_line[line])) for line in range(len(view))]
    labels = [_label(code, by_line[line], weak=weak) for line, (code, _) in enumerate(lines)]
    categories = [max(own, key=own.__getitem__) if own else "" for own in by_line]
    return Row(site, weak, labels, features, hand, categories, view.shapes)


def _label(code: str, marks: dict[str, float], *, weak: bool) -> int | None:
    if not weak:
        return 1 if code in GO else 0 if code in STAY else None
    if code == "keep" and max(marks.values(), default=0.0) < 3:
        return 0
    return 1 if code == "go" else None


def group(site: str, groups: int, salt: str = "") -> int:
    """A stable group for a site; sites that differ in `www.` only fall together."""
    return int(hashlib.sha1((site.lower().removeprefix("www.") + salt).encode()).hexdigest(), 16) % groups  # noqa: S324


class Model:
    """Both passes, fitted."""

    def __init__(self, rows: Sequence[Row], vocabulary: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self.vectorizer, self.first = self._fit_first(rows)
        values: list[dict[str, float]] = []
        labels: list[int] = []
        for part in range(INNER):
            others = [row for row in rows if group(row.site, INNER, "inner") != part]
            vectorizer, model = self._fit_first(others)
            for row in rows:
                if row.weak or row.site.startswith(OWN) or group(row.site, INNER, "inner") != part:
                    continue
                scores = self._scores(vectorizer, model, row)
                for line, label in enumerate(row.labels):
                    if label is not None:
                        values.append(dict(second(row.shapes, line, scores, row.hand, row.categories)))
                        labels.append(label)
        self.vectorizer2, self.second = _fit(values, labels, [_cost(label) for label in labels], SECOND_C, "l2")

    def _fit_first(self, rows: Iterable[Row]) -> tuple[Any, Any]:
        values, labels, costs = [], [], []
        for row in rows:
            for features, label in zip(row.features, row.labels, strict=True):
                if label is not None:
                    values.append(self._known(features))
                    labels.append(label)
                    costs.append(_cost(label) * (WEAK if row.weak or row.site.startswith(OWN) else 1))
        return _fit(values, labels, costs, FIRST_C, "l1")

    def _known(self, features: dict[str, float]) -> dict[str, float]:
        return {n: v for n, v in features.items() if not n.startswith("words ") or n in self.vocabulary}

    def _scores(self, vectorizer: Any, model: Any, row: Row) -> list[float]:
        matrix = _narrow(vectorizer.transform([self._known(features) for features in row.features]))
        return [float(score) for score in model.decision_function(matrix)]

    def scores(self, row: Row) -> list[float]:
        """The log-odds of every line of a document after both passes."""
        scores = self._scores(self.vectorizer, self.first, row)
        values = [dict(second(row.shapes, n, scores, row.hand, row.categories)) for n in range(len(scores))]
        return [float(score) for score in self.second.decision_function(_narrow(self.vectorizer2.transform(values)))]

    def lines(self, threshold: float) -> Iterator[str]:
        """The weights as the lines of a file. What filters say must never speak against a line's going."""
        yield "# Weights of the learned scorer (log-odds): pass, feature, weight. Written by `python -m cleaner.train`."
        yield f"threshold\tall\t{threshold:.2f}"
        for which, vectorizer, model in (
            ("first", self.vectorizer, self.first),
            ("second", self.vectorizer2, self.second),
        ):
            yield f"{which}\tbias\t{model.intercept_[0]:.3f}"
            for name, weight in sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)):
                if abs(weight) >= 0.005 and not (weight < 0 and name.startswith(("mark ", "rule"))):
                    yield f"{which}\t{name}\t{weight:.3f}"


def _cost(label: int) -> float:
    return 1.0 if label else PRECIOUS


def _fit(values: list[dict[str, float]], labels: list[int], costs: list[float], c: float, penalty: str) -> tuple[Any, Any]:
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = _narrow(vectorizer.fit_transform(values))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegression(penalty=penalty, C=c, solver="liblinear", max_iter=300, random_state=0)
        return vectorizer, model.fit(matrix, labels, sample_weight=costs)


def _narrow(matrix: Any) -> Any:
    import numpy as np

    # liblinear takes 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix


def common_words(rows: Iterable[Row]) -> frozenset[str]:
    """The word features that stand on enough sites."""
    sites: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for features in row.features:
            for name in features:
                if name.startswith("words ") and len(sites[name]) < SITES:
                    sites[name].add(row.site)
    return frozenset(name for name, seen in sites.items() if len(seen) >= SITES)


def cross_validate(rows: Sequence[Row], vocabulary: frozenset[str]) -> list[tuple[float, float, int]]:
    """(learned score, rule score, label) of every hand-labelled line, scored by a model that has not seen its site."""
    found = []
    for part in range(OUTER):
        model = Model([row for row in rows if group(row.site, OUTER) != part], vocabulary)
        for row in rows:
            if not row.weak and not row.site.startswith(OWN) and group(row.site, OUTER) == part:
                found += [
                    (score, hand, label)
                    for score, hand, label in zip(model.scores(row), row.hand, row.labels, strict=True)
                    if label is not None
                ]
    return found


def frontier(found: Sequence[tuple[float, float, int]], rule: float, loss: float) -> tuple[float, float]:
    """The threshold at which at most this share of the lines that must stay is lost, and the recall there."""
    stay = [score for score, hand, label in found if not label and hand < rule]
    lost = sum(not label and hand >= rule for _, hand, label in found)
    spare = max(int(loss * (len(stay) + lost)) - lost, 0)
    threshold = sorted(stay, reverse=True)[spare]
    go = [score > threshold or hand >= rule for score, hand, label in found if label]
    return threshold, sum(go) / len(go)


def main() -> int:
    """Train, print the cross-validated frontier, write the weights."""
    from cleaner.decide import RULE

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("labelled", nargs="+", help="hand-labelled JSONL")
    parser.add_argument("--weak", action="append", default=[], help="weakly labelled JSONL")
    parser.add_argument("--fold", choices="AB", help="train on this half of the sites only")
    parser.add_argument("--loss", type=float, default=0.003, help="share of article lines that may be lost (default 0.003)")
    parser.add_argument("--output", default=WEIGHTS, help="where to write the weights (default: into the package)")
    args = parser.parse_args()
    rows = [row for path in args.labelled for row in rows_of(path, weak=False, fold=args.fold)]
    rows += [row for path in args.weak for row in rows_of(path, weak=True, fold=args.fold)]
    vocabulary = common_words(rows)
    found = cross_validate(rows, vocabulary)
    for loss in (0.001, 0.002, 0.003, 0.005, 0.01):
        threshold, recall = frontier(found, RULE, loss)
        print(f"content loss {loss:.3f}  recall {recall:.3f}  threshold {threshold:.2f}", file=sys.stderr)
    threshold, _ = frontier(found, RULE, args.loss)
    model = Model(rows, vocabulary)
    lines = list(model.lines(threshold))
    with open(args.output, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{len(lines) - 2} weights written to {args.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
