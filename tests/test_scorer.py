"""The learned scorer's files and arithmetic: weights, trees, labels; the frontier that its training reports."""

import json
import math

import pytest

from cleaner.errors import SourceError
from cleaner.labels import cases, packed, relabel
from cleaner.neighbourhood import NAMES, facts, second, with_tail
from cleaner.scan import lexicon
from cleaner.scorer import FOOT, RULE, handicap, learned_scores, parse, suffices, weights
from cleaner.train import Scored, frontier
from cleaner.trees import Split, compiled, grow, leaves, value
from cleaner.view import View

RULES = [("first<=0.5 & length<=20", -1.0), ("first<=0.5 & length>20", -2.0), ("first>0.5", 3.0)]


def test_a_tree_reads_back_as_it_was_written():
    tree = grow(RULES, NAMES)
    assert list(leaves(tree, NAMES)) == RULES
    values = [0.0] * len(NAMES)
    assert value([tree, tree], values) == -2.0
    values[NAMES.index("first")] = 0.6
    assert value([tree], values) == 3.0


def test_a_tree_of_any_form_reads_back():
    rules = [("first<=0.5", 1.0), ("first>0.5 & length<=20", 2.0), ("first>0.5 & length>20", 3.0)]
    assert list(leaves(grow(rules, NAMES), NAMES)) == rules
    assert list(leaves(grow([("", 1.5)], NAMES), NAMES)) == [("", 1.5)]


@pytest.mark.parametrize(("at", "says"), [(0.4, -1.0), (0.5, -1.0), (0.6, 7.0)])
def test_trees_say_the_same_walked_and_compiled(at, says):
    trees = [Split(1, 0.5, -2.0, Split(0, 0.0, 5.0, 6.0)), 1.0]
    assert value(trees, [1e-9, at]) == compiled(trees)([1e-9, at]) == says
    assert value([], [at]) == compiled([])([at]) == 0.0


@pytest.mark.parametrize(
    "rules",
    [
        RULES[:1],
        RULES[:2],
        RULES[1:],
        [("nothing<=1", 0.0), ("nothing>1", 1.0)],
        [("first=1", 0.0)],
        [*RULES, ("", 1.0)],
        [*RULES, ("length>20", 1.0)],
    ],
    ids="one-leaf no-high no-low unknown-name no-condition leaf-too-many leaf-of-another".split(),
)
def test_leaves_that_make_up_no_tree_are_refused(rules):
    with pytest.raises(ValueError, match=r"^leaves that make up no tree$|^no condition: '"):
        grow(rules, NAMES)


def test_the_weights_that_ship():
    shipped = weights()
    assert len(shipped.first) > 100
    assert len(shipped.trees) == 100
    assert all(isinstance(tree, Split) for tree in shipped.trees)
    assert {"donation", "comment_prompt", "correction"} <= set(shipped.rules)
    assert all(shipped.first[name] >= 0 for name in shipped.first if name.startswith("mark "))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("first\tbias\t-1\nfirst\tshape w\tmuch\n", "2: not a weight: 'first\\tshape w\\tmuch'"),
        ("# text\n\nthird\tbias\t1\n", "3: not a weight: 'third\\tbias\\t1'"),
        ("threshold\tall\n", "1: not a weight: 'threshold\\tall'"),
        ("first\tbias\t1\ntree\t1\tfirst<=1\t0.5\n", "2: leaves that make up no tree"),
    ],
    ids="no-number unknown-kind field-missing half-a-tree".split(),
)
def test_malformed_weights_are_refused_with_their_place(source, says):
    with pytest.raises(SourceError) as caught:
        parse(source)
    assert str(caught.value) == f"weights.tsv:{says}"


#: A line without a mark scores -1 in the first pass, one with marks for `legal` more; the one tree asks for that score alone.
MODEL = (
    "threshold\tall\t0.25\nrule\tlegal\t3\nfirst\tbias\t-1\nfirst\tmark legal\t2\ntree\t1\tfirst<=0\t-4\ntree\t1\tfirst>0\t2\n"
)
PARAGRAPH = "The bridge number {} reopened to traffic on Monday, two years after the flood had carried its middle span away."


def scores_in(paragraphs, marks, hand, *, others=0, model=MODEL):
    """What the learned scorer says of the first line of a document of so many paragraphs and other lines."""
    lines = [
        "Tesk",
        *(PARAGRAPH.format(number) for number in range(paragraphs)),
        *(f"Morvo {number}" for number in range(others)),
    ]
    view = View("\n".join(lines), lexicon(frozenset({"en"})))
    rest = len(lines) - 1
    return learned_scores(view, [marks, *[{}] * rest], [hand, *[-4.5] * rest], parse(model))


@pytest.mark.parametrize(
    ("paragraphs", "marks", "hand", "score"),
    [
        (7, {"legal": 4.0}, 2.0, 2 - 0.25),
        (7, {"related": 4.0}, 2.0, -4 - 0.25),
        (7, {"metadata": 4.0}, 2.0, -4 - 0.25 + 0.5),
        (7, {"legal": 4.0, "metadata": 5.0}, 2.0, 2 - 0.25 + 0.5),
        (7, {"legal": 4.0}, 3.0, math.inf),
        (7, {"legal": 4.0}, 2.9, 2 - 0.25),
        (7, {"legal": 4.0, "related": 5.0}, 30.0, 2 - 0.25),
        # Paragraphs enough for an article, and marks enough for its scorer to have to be well against them.
        (8, {"related": 4.0}, 2.5, -4 - 0.25 + 1.5),
        (8, {"metadata": 4.0}, 9.0, -4 - 0.25 + 1.5),
        (8, {"related": 4.0}, 2.4, -4 - 0.25),
        (7, {"related": 4.0}, 9.0, -4 - 0.25),
    ],
)
def test_what_the_learned_scorer_adds_up(paragraphs, marks, hand, score):
    assert scores_in(paragraphs, marks, hand) == {0: pytest.approx(score)}


def test_nothing_is_scored_that_no_filter_speaks_against():
    assert scores_in(7, {}, 5.0) == scores_in(7, {"legal": -1.0}, 5.0) == scores_in(2, {"legal": 0.0}, 5.0) == {}
    # Of a mark for and a mark against, the one for counts.
    assert set(scores_in(7, {"related": -1.0, "legal": 0.5}, 0.0)) == {0}


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("Read also: Morvo tesk bruve sennit", True),
        ("Read also: Has the morvo tesk a bruve?", True),
        ("Read also: morvo", False),
        ("Morvo tesk: read also bruve sennit", False),
        ("By Anna Kolb, our reporter in Kelmouth", False),
        ("Correction: read also the bruve sennit", False),
    ],
    ids="headline question short within byline correction".split(),
)
def test_a_line_that_a_known_phrase_opens_needs_no_second_opinion(line, plain):
    view = View("\n".join([PARAGRAPH.format(1), line, PARAGRAPH.format(2)]), lexicon(frozenset({"en"})))
    known = facts(view)
    assert known.plain == ({1} if plain else set())
    assert suffices({}, "related", RULE, known, 1) == plain
    assert not suffices({}, "related", RULE - 0.1, known, 1)
    # The first line may be the headline.
    assert not facts(View(f"{line}\n{PARAGRAPH}", lexicon(frozenset({"en"})))).plain


def test_other_stories_that_end_a_document_need_no_second_opinion():
    lines = [PARAGRAPH.format(1), "Most popular", "Morvo tesk wins the bruve", "Sennit ruvo closes", "4 May, 18:30 morvo tesk"]
    view = View("\n".join(lines), lexicon(frozenset({"en"})))
    related = dict.fromkeys(range(1, 5), "related")
    assert with_tail(facts(view), view, related).plain == {1, 2, 3}
    assert with_tail(facts(view), view, {**related, 2: "legal"}).plain == {1, 3}
    # An unmarked line ends the run, and two lines are no list.
    assert not with_tail(facts(view), view, {1: "related", 2: "related", 3: "related"}).plain
    assert not with_tail(facts(view), view, {3: "related", 4: "related"}).plain


def test_in_short_documents_marks_alone_decide():
    assert scores_in(2, {"legal": 4.0}, 4.0, others=4) == {0: 4.0 - 2.5}
    assert scores_in(2, {"legal": 4.0}, 2.0, others=5) == {0: 2.0 - 0.25}


def test_a_model_may_have_no_threshold():
    without = MODEL.split("\n", 1)[1]
    assert scores_in(7, {"legal": 4.0}, 2.0, model=without) == {0: 2.0}


def test_every_line_has_every_value():
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


def test_in_the_foot_of_a_page_a_doubtful_line_goes_sooner_but_no_sentence():
    prose = [
        f"The ferry number {n} crosses the river on a steel rope, and two men walk the deck from bow to stern to move it."
        for n in "abcdef"
    ]
    known = facts(View("\n".join([*prose, "Morvo", "Sign up to our newsletter", "Tesk", "Bruve was there at noon."]), lexicon()))
    assert known.foot == 7
    assert [handicap("interface", 0.0, known, line) for line in range(6, 10)] == [0.0, 0.0, -FOOT, 0.0]
    # Where paragraphs are few, what stands below them may be the article's table.
    few = facts(View("\n".join([*prose[:3], "Sign up to our newsletter", "Tesk"]), lexicon()))
    assert handicap("interface", 0.0, few, 4) == 0.0
