"""Train the learned scorer on labelled lines.

`python -m cleaner.train LABELLED.jsonl ... [--read MORE.jsonl CODES.tsv] [--cases FOLDER]`

Records are `{"site", "lines": [[code, text], ...]}`. Codes: K and H stay, D F N U S P A B R T X M go, others are not used. With
`--read`, the codes come from a file of their own (`cleaner.labels`), and the lines weigh a little less; case files less still.
L1-regularised logistic regression (Tibshirani's lasso penalty) keeps few weights; the second pass, small gradient-boosted trees
(Friedman 2001), learns from first scores of sites that its first pass has not seen. Every figure printed is cross-validated by
site.

Needs scikit-learn and lightgbm: `pip install article-cleaner[train]`.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.decide import hand_scores
from cleaner.evaluate import GO, STAY, Record, fold_of, read
from cleaner.features import first
from cleaner.filters import gather
from cleaner.labels import cases, relabel
from cleaner.neighbourhood import NAMES, Facts, facts, second, with_tail
from cleaner.pipeline import FILTERS
from cleaner.scan import lexicon
from cleaner.scorer import WEIGHTS, handicap, suffices, top_category
from cleaner.trees import Split, Tree, leaves
from cleaner.view import View

#: A word or phrase is looked at when it stands on at least so many sites.
SITES = 3
#: Bylines and stamps go by default; the figures leave them out, the scorer must know them.
METADATA = "M"
#: How much a line of the further files and of the cases weighs, and one that must stay (losing it is the worse mistake).
FURTHER, OWN, PRECIOUS = 0.7, 0.3, 1.5
#: The lines of a document with more than so many weigh less, so that one long list does not outweigh ten articles.
LONG_DOCUMENT = 60
#: Inverse strength of the first pass's penalty.
PENALTY = 0.3
#: The second pass: few trees, small ones, none that lets a higher first or rule score speak against a line's going.
TREES: dict[str, Any] = {"n_estimators": 100, "num_leaves": 6, "learning_rate": 0.08, "min_child_samples": 60, "reg_lambda": 5.0}
SAMPLING: dict[str, Any] = {"subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.6}
RISING = ("first", "rule")
#: Site folds of the cross-validation, and of the first scores that the second pass learns from.
OUTER, INNER = 5, 3
#: How many lines of one document count as lost at most: a document that is no article must not set the threshold alone.
MOST_LOST = 3
#: From one of these log-odds on a category's marks need no second opinion: where it hurts so few of the documents in which it
#: something (or no more than two odd ones), and there are enough of them.
SUFFICIENT, HURT, ODD, FEWEST = (2.5, 5.0, 7.5, 10.0), 0.02, 2, 8


class Row(NamedTuple):
    """A document: for each line its label (1 goes, 0 stays, None unused), first features, rule score and top category.

    `metadata` are the lines that go by default but count in no figure.
    """

    site: str
    weight: float
    labels: list[int | None]
    features: list[dict[str, float]]
    hand: list[float]
    tops: list[str]
    metadata: frozenset[int]
    facts: Facts


def row_of(record: Record, weight: float) -> Row:
    """Describe the lines of a labelled document; blank ones are left out."""
    lines = [(code, " ".join(text.split())) for code, text in record.lines]
    lines = [(code, text) for code, text in lines if text]
    view = View("\n".join(text for _, text in lines), lexicon(None))
    by_line, hand = hand_scores(view, gather(FILTERS, view))
    features = list(first(view, by_line))
    labels = [1 if code in GO + METADATA else 0 if code in STAY else None for code, _ in lines]
    for line, repeat in view.repeats.items():
        if labels[line] == 0 and labels[repeat.of] == 1:
            # The label says that the other printing goes; as good as this one.
            labels[line] = None
    tops = [top_category(marks) for marks in by_line]
    metadata = frozenset(line for line, (code, _) in enumerate(lines) if code in METADATA)
    known = with_tail(facts(view), view, {line: top for line, top in enumerate(tops) if top})
    return Row(record.site, weight, labels, features, hand, tops, metadata, known)


def group(site: str, groups: int, salt: str = "") -> int:
    """A stable group for a site; sites that differ in `www.` only fall together."""
    return int(hashlib.sha1((site.lower().removeprefix("www.") + salt).encode()).hexdigest(), 16) % groups  # noqa: S324


class Model:
    """Both passes, fitted."""

    def __init__(self, rows: Sequence[Row], vocabulary: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self.vectorizer, self.first = self._fit_first(rows)
        values: list[tuple[float, ...]] = []
        labels: list[int] = []
        costs: list[float] = []
        for part in range(INNER):
            vectorizer, model = self._fit_first([row for row in rows if group(row.site, INNER, "inner") != part])
            for row in rows:
                if group(row.site, INNER, "inner") == part:
                    around = second(row.facts, self._scores(vectorizer, model, row), row.hand)
                    # Lines without a mark stay whatever is learned.
                    rows_of = zip(around, row.labels, row.tops, strict=True)
                    known = [(v, label) for v, label, top in rows_of if label is not None and top]
                    values += [v for v, _ in known]
                    labels += [label for _, label in known]
                    costs += [_cost(row, label) for _, label in known]
        self.second = _boost(values, labels, costs)
        # Own cases are made to be hard: they say what can be, not how often it is.
        self.rules = sufficient(row for row in rows if row.weight > OWN)

    def _fit_first(self, rows: Iterable[Row]) -> tuple[Any, Any]:
        import numpy as np
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression

        values, labels, costs = [], [], []
        for row in rows:
            for features, label in zip(row.features, row.labels, strict=True):
                if label is not None:
                    values.append(self._known(features))
                    labels.append(label)
                    costs.append(_cost(row, label))
        vectorizer = DictVectorizer(dtype=np.float32)
        matrix = _narrow(vectorizer.fit_transform(values))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = LogisticRegression(penalty="l1", C=PENALTY, solver="liblinear", max_iter=300, random_state=0)
            return vectorizer, model.fit(matrix, labels, sample_weight=costs)

    def _known(self, features: dict[str, float]) -> dict[str, float]:
        return {n: v for n, v in features.items() if not n.startswith("words ") or n in self.vocabulary}

    def _scores(self, vectorizer: Any, model: Any, row: Row) -> list[float]:
        matrix = _narrow(vectorizer.transform([self._known(features) for features in row.features]))
        return [float(score) for score in model.decision_function(matrix)]

    def scores(self, row: Row) -> list[float]:
        """The log-odds of every line of a document after both passes."""
        around = list(second(row.facts, self._scores(self.vectorizer, self.first, row), row.hand))
        return [float(score) for score in self.second.predict(around, raw_score=True)] if around else []

    def lines(self, threshold: float) -> Iterator[str]:
        """The weights as the lines of a file. What filters say must never speak against a line's going."""
        yield "# Weights of the learned scorer (log-odds), written by `python -m cleaner.train`; see cleaner/scorer.py."
        yield f"threshold\tall\t{threshold:.2f}"
        yield from (f"rule\t{category}\t{bound}" for category, bound in sorted(self.rules.items()))
        yield f"first\tbias\t{self.first.intercept_[0]:.3f}"
        for name, weight in sorted(zip(self.vectorizer.get_feature_names_out(), self.first.coef_[0], strict=True)):
            if abs(weight) >= 0.005 and not (weight < 0 and name.startswith("mark ")):
                yield f"first\t{name}\t{weight:.3f}"
        for number, info in enumerate(self.second.booster_.dump_model()["tree_info"], 1):
            for conditions, amount in leaves(_tree(info["tree_structure"]), NAMES):
                yield f"tree\t{number}\t{conditions}\t{amount:.4f}"


def _tree(node: dict[str, Any]) -> Tree:
    if "leaf_value" in node:
        return float(node["leaf_value"])
    return Split(node["split_feature"], float(node["threshold"]), _tree(node["left_child"]), _tree(node["right_child"]))


def _cost(row: Row, label: int) -> float:
    share = min(1.0, LONG_DOCUMENT / max(len(row.labels), 1)) ** 0.5
    return float(row.weight * share * (1.0 if label else PRECIOUS))


def _boost(values: list[tuple[float, ...]], labels: list[int], costs: list[float]) -> Any:
    import numpy as np
    from lightgbm import LGBMClassifier

    rising = [int(name in RISING) for name in NAMES]
    model = LGBMClassifier(**TREES, **SAMPLING, monotone_constraints=rising, random_state=0, n_jobs=1, verbose=-1)
    return model.fit(np.array(values), labels, sample_weight=costs)


def _narrow(matrix: Any) -> Any:
    import numpy as np

    # liblinear takes 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix


def sufficient(rows: Iterable[Row]) -> dict[str, float]:
    """Category -> the rule score from which on its marks alone suffice; a category whose marks never do is left out."""
    right: Counter[tuple[str, float]] = Counter()
    hurt: Counter[tuple[str, float]] = Counter()
    for row in rows:
        seen = [
            (label, (top, bound))
            for hand, top, label in zip(row.hand, row.tops, row.labels, strict=True)
            for bound in SUFFICIENT
            if top and label is not None and hand >= bound
        ]
        right.update({key for label, key in seen if label})
        hurt.update({key for label, key in seen if not label})
    # What a user asks to have removed besides; no label says anything of it.
    found: dict[str, float] = {"correction": SUFFICIENT[0]}
    for (category, bound), count in sorted(right.items()):
        if category not in found and count >= FEWEST and hurt[category, bound] <= max(ODD, HURT * count):
            found[category] = bound
    return found


def common_words(rows: Iterable[Row]) -> frozenset[str]:
    """The word features that stand on enough sites."""
    sites: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for features in row.features:
            for name in features:
                if name.startswith("words ") and len(sites[name]) < SITES:
                    sites[name].add(row.site)
    return frozenset(name for name, seen in sites.items() if len(seen) >= SITES)


class Scored(NamedTuple):
    """A labelled line with its cross-validated score; `document` tells lines of one document from others."""

    score: float
    label: int
    document: int


def cross_validate(rows: Sequence[Row], vocabulary: frozenset[str]) -> list[Scored]:
    """Every line of the fully trusted documents, scored by a model that has not seen its site; metadata left out."""
    found = []
    for part in range(OUTER):
        model = Model([row for row in rows if group(row.site, OUTER) != part], vocabulary)
        for number, row in enumerate(rows):
            if row.weight == 1 and group(row.site, OUTER) == part:
                for line, (score, label) in enumerate(zip(model.scores(row), row.labels, strict=True)):
                    if label is not None and line not in row.metadata:
                        top, hand = row.tops[line], row.hand[line]
                        bound = -math.inf if not top else math.inf if suffices(model.rules, top, hand, row.facts, line) else None
                        found.append(
                            Scored(score - handicap(top, hand, row.facts, line) if bound is None else bound, label, number)
                        )
    return found


class Frontier(NamedTuple):
    """A threshold, and what it does: the share of the lines that must go, and of the documents that lose a line."""

    threshold: float
    recall: float
    hurt: float


def frontier(found: Sequence[Scored], loss: float) -> Frontier:
    """The threshold at which the learned scores lose this share of the lines that must stay, besides what sure marks lose.

    Of one document at most `MOST_LOST` lines count as lost.
    """
    spare = loss * sum(not line.label for line in found)
    lost: Counter[int] = Counter()
    counted = gone = 0
    bound = 0.0
    for line in sorted(found, reverse=True):
        bound = line.score
        if line.label:
            gone += 1
            continue
        counted += lost[line.document] < MOST_LOST and line.score < math.inf
        if counted > spare:
            break
        lost[line.document] += 1
    documents = len({line.document for line in found})
    return Frontier(bound, gone / sum(line.label for line in found), len(lost) / documents)


def main() -> int:
    """Train, print the cross-validated frontier, write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("labelled", nargs="+", help="hand-labelled JSONL")
    parser.add_argument(
        "--read", nargs=2, action="append", default=[], metavar=("JSONL", "TSV"), help="documents and a file of codes for them"
    )
    parser.add_argument("--cases", action="append", default=[], metavar="FOLDER", help="folders of case files")
    parser.add_argument("--fold", choices="AB", help="train on this half of the sites only")
    parser.add_argument(
        "--loss", type=float, default=0.0015, help="share of article lines that the scorer may lose (default 0.0015)"
    )
    parser.add_argument("--threshold", type=float, help="take this threshold whatever it loses")
    parser.add_argument("--output", default=WEIGHTS, help="where to write the weights (default: into the package)")
    args = parser.parse_args()
    trusted = [record for path in args.labelled for record in read(path)]
    known = {record.texts for record in trusted}
    further = [record for path, codes in args.read for record in relabel(path, codes) if record.texts not in known]
    rows = [
        row_of(record, weight)
        for records, weight in ((trusted, 1.0), (further, FURTHER))
        for record in records
        if args.fold in (None, fold_of(record.site))
    ]
    rows += [row_of(record, OWN) for folder in args.cases for record in cases(folder)]
    vocabulary = common_words(rows)
    found = cross_validate(rows, vocabulary)
    for loss in (0.001, 0.002, 0.003, 0.005, 0.01):
        reached = frontier(found, loss)
        print("content loss {:.3f}  threshold {:.2f}  recall {:.3f}  hurt {:.3f}".format(loss, *reached), file=sys.stderr)
    threshold = frontier(found, args.loss).threshold if args.threshold is None else args.threshold
    lines = list(Model(rows, vocabulary).lines(threshold))
    with open(args.output, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{len(lines) - 2} weights written to {args.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
