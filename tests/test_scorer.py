"""The learned scorer's files and arithmetic: weights, trees, labels; the frontier that its training reports."""

import json
import math

import pytest

from cleaner.errors import SourceError
from cleaner.labels import cases, packed, relabel
from cleaner.neighbourhood import NAMES, facts, second
from cleaner.scorer import parse, weights
from cleaner.train import Scored, frontier
from cleaner.trees import Split, grow, leaves, value

RULES = [("first<=0.5 & length<=20", -1.0), ("first<=0.5 & length>20", -2.0), ("first>0.5", 3.0)]


def test_a_tree_reads_back_as_it_was_written():
    tree = grow(RULES, NAMES)
    assert list(leaves(tree, NAMES)) == RULES
    values = [0.0] * len(NAMES)
    assert value([tree, tree], values) == -2.0
    values[NAMES.index("first")] = 0.6
    assert value([tree], values) == 3.0


@pytest.mark.parametrize(
    "rules",
    [RULES[:1], RULES[:2], RULES[1:], [("nothing<=1", 0.0), ("nothing>1", 1.0)], [("first=1", 0.0)], [*RULES, ("", 1.0)]],
    ids="one-leaf no-high no-low unknown-name no-condition leaf-too-many".split(),
)
def test_leaves_that_make_up_no_tree_are_refused(rules):
    with pytest.raises(ValueError, match=r"no tree|no condition"):
        grow(rules, NAMES)


def test_the_weights_that_ship():
    shipped = weights()
    assert len(shipped.first) > 100
    assert len(shipped.trees) == 100
    assert all(isinstance(tree, Split) for tree in shipped.trees)
    assert {"donation", "comment_prompt", "correction"} <= set(shipped.rules)
    assert all(shipped.first[name] >= 0 for name in shipped.first if name.startswith("mark "))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("first\tbias\t-1\nfirst\tshape w\tmuch\n", 2),
        ("# text\n\nthird\tbias\t1\n", 3),
        ("threshold\tall\n", 1),
        ("first\tbias\t1\ntree\t1\tfirst<=1\t0.5\n", 2),
    ],
    ids="no-number unknown-kind field-missing half-a-tree".split(),
)
def test_malformed_weights_are_refused_with_their_place(source, line):
    with pytest.raises(SourceError) as caught:
        parse(source, "weights.tsv")
    assert str(caught.value).startswith(f"weights.tsv:{line}: ")


def test_every_line_has_every_value():
    from cleaner.evidence import View
    from cleaner.scan import lexicon

    view = View("Rain fell all night.\nShare\nThe river rose.", lexicon(frozenset({"en"})))
    rows = list(second(facts(view), [-1.0, 2.0, -1.0], [-3.0, 4.0, -3.0]))
    assert [len(row) for row in rows] == [len(NAMES)] * 3
    assert rows[1][NAMES.index("first")] == 2.0
    assert rows[0][NAMES.index("first +1")] == 2.0
    assert rows[2][NAMES.index("rule -1")] == 4.0


def documents(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text(
        json.dumps({"site": "a.example", "lines": [["go", "Share"], ["keep", "Rain fell."], ["keep", "Snow."]]}) + "\n"
    )
    return str(path)


def test_codes_from_a_file_of_their_own(tmp_path):
    codes = tmp_path / "codes.tsv"
    codes.write_text(f"# text\n0\ta.example\t{packed(['B', 'K', 'K'])}\n")
    (record,) = relabel(documents(tmp_path), str(codes))
    assert record.lines == [("B", "Share"), ("K", "Rain fell."), ("K", "Snow.")]


@pytest.mark.parametrize(
    "row", ["0\ta.example\tB1 K1", "0\tb.example\tB1 K2", "1\ta.example\tB1 K2", "0\ta.example", "0\ta.example\tB K2"]
)
def test_codes_that_do_not_fit_are_refused_with_their_place(tmp_path, row):
    codes = tmp_path / "codes.tsv"
    codes.write_text(f"# text\n{row}\n")
    with pytest.raises(SourceError) as caught:
        list(relabel(documents(tmp_path), str(codes)))
    assert str(caught.value).startswith(f"{codes}:2: ")


def test_cases_are_labelled_documents(tmp_path):
    (tmp_path / "one.case").write_text("# label: x\nkeep\tRain fell.\n\ndonation\tGive now\nany\tPhoto\n")
    (record,) = cases(str(tmp_path))
    assert (record.site, record.lines) == ("case-one", [("K", "Rain fell."), ("D", "Give now"), ("?", "Photo")])
    (tmp_path / "two.case").write_text("keep Rain fell.\n")
    with pytest.raises(SourceError, match=r"two\.case:1: no tab"):
        list(cases(str(tmp_path)))


def test_the_frontier_counts_what_the_scores_lose():
    found = [Scored(math.inf, 0, 1), Scored(5, 1, 1), Scored(4, 1, 2), Scored(3, 0, 2), Scored(2, 1, 3), Scored(1, 0, 3)]
    assert frontier(found, 0.0) == (3, 2 / 3, 1 / 3)
    assert frontier(found, 0.4) == (1, 1.0, 2 / 3)
