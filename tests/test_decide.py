"""Where marks win or lose: how they add up on a line, who is asked, what stays whatever they say, parts of lines."""

from itertools import combinations

import pytest

from cleaner import CATEGORIES, Mark
from cleaner.decide import Verdict, decide, hand_scores
from cleaner.result import sigmoid
from cleaner.scan import lexicon
from cleaner.view import View

TITLE = "Ferrymen of Lower Stenning keep their rope"
PROSE = [
    "The ferrymen of Lower Stenning keep a steel rope across the river, and two of them walk the deck from bow to stern.",
    "In spring the flood brings down whole trees, and for nine days the rope lies on the bed of the river and nobody crosses.",
    "The county offered the men a diesel winch in 1961, and they voted it down because the winch needed only one of them.",
    "Two apprentices began last autumn; one can already tell the depth of the water by the sound that the rope makes.",
    "A grip is a block of ash with a slot in it, and a new one is made every second winter in the hut by the river.",
]
LINES = [TITLE, "Tesk morvo", TITLE, *PROSE]
#: Whatever place and shape say, these log-odds outweigh it.
SURE = 13.0


def view_of(lines=LINES, before="") -> View:
    return View(before + "\n".join(lines), lexicon(frozenset({"en"})))


def marks_of(view: View, *lines: int, name: str = "f", category: str = "interface", weight: float = SURE, reason: str = "r"):
    return [(name, view.mark(line, category, reason, weight)) for line in lines]


@pytest.fixture
def scored(monkeypatch):
    """Makes the learned scorer say what a test wants it to say."""

    def say(scores):
        monkeypatch.setattr("cleaner.decide.learned_scores", lambda *_: dict(scores))

    return say


@pytest.mark.parametrize(
    ("scores", "gone"),
    [
        ({0: 1.0, 2: 2.0}, [2]),
        ({0: 2.0, 2: 1.0}, [0]),
        ({0: 1.0, 2: 1.0}, [0]),
        ({0: -1.0, 2: 2.0}, [2]),
        ({0: 2.0, 2: -1.0}, [0]),
        ({0: -1.0, 1: 1.0, 2: -1.0}, [1]),
    ],
    ids="upper-less-sure lower-less-sure equally-sure upper-stays lower-stays neither-goes".split(),
)
def test_one_printing_of_the_headline_stays(scored, scores, gone):
    view = view_of()
    assert view.titles == {0, 2}
    scored(scores)
    assert sorted(decide(view, marks_of(view, 0, 1, 2)).lines) == gone


def test_a_headline_that_an_earlier_line_says_too_may_go(scored):
    view = view_of([f"{TITLE} | The Post", "Tesk", TITLE, *PROSE])
    assert (view.titles, view.repeats[2].of) == ({2}, 0)
    scored({0: -1.0, 2: 1.0})
    assert sorted(decide(view, marks_of(view, 0, 2)).lines) == [2]
    scored({0: 1.0, 2: 1.0})
    assert sorted(decide(view, marks_of(view, 0, 2)).lines) == [0]


def test_a_headline_goes_where_its_owner_says_so_where_nothing_is_learned_and_in_short_documents(scored):
    view, short = view_of(), view_of(LINES[:7])
    scored({0: 1.0, 2: 1.0})
    assert sorted(decide(view, marks_of(view, 0, 2, name="mine"), users={"mine"}).lines) == [0, 2]
    assert sorted(decide(view, [*marks_of(view, 0, name="mine"), *marks_of(view, 2)], users={"mine"}).lines) == [0, 2]
    assert sorted(decide(view, marks_of(view, 0, 2), learned=False).lines) == [0, 2]
    assert short.titles == {0, 2}
    assert sorted(decide(short, marks_of(short, 0, 2)).lines) == [0, 2]


def test_the_learned_scorer_outvotes_filters_but_not_the_users(scored):
    view = view_of()
    scored({3: -1.0, 4: -1.0, 5: 0.0, 6: -1e-9})
    marks = [*marks_of(view, 3, 5, 6), *marks_of(view, 4, name="mine")]
    assert sorted(decide(view, marks, users={"mine"}).lines) == [4, 5]


def test_whichever_is_surer_says_how_sure(scored):
    view = view_of()
    marks = marks_of(view, 1, name="mine", weight=6.0)
    alone = decide(view, marks, learned=False).lines[1].confidence
    assert alone == pytest.approx(sigmoid(6.0 - 1.5))
    for score, confidence in ((9.0, sigmoid(9.0 + 2.5)), (0.5, alone)):
        scored({1: score})
        assert decide(view, marks, users={"mine"}).lines[1].confidence == pytest.approx(confidence)


def test_what_the_filters_say_of_each_line():
    view = view_of()
    marks = [*marks_of(view, 1, weight=3.0), *marks_of(view, 1, 3, name="g", weight=2.0), *marks_of(view, 1, category="legal")]
    weights, hand = hand_scores(view, marks)
    assert weights == [
        {},
        {"interface": pytest.approx(5.0), "legal": pytest.approx(SURE)},
        {},
        {"interface": pytest.approx(2.0)},
        *[{}] * 4,
    ]
    assert hand[1] == pytest.approx(5.0 + SURE - 1.5)
    assert hand[3:5] == [pytest.approx(2.0 - 5.0), -5.0]


@pytest.mark.parametrize(("weight", "goes"), [(12.0, True), (11.7, True), (11.3, False)])
def test_a_users_order_outweighs_all(scored, weight, goes):
    view = view_of()
    scored({})
    against = marks_of(view, 1, name="other", weight=-9.0, category="legal")
    found = decide(view, [*against, *marks_of(view, 1, name="mine", weight=weight)], users={"mine"}).lines
    assert [verdict.confidence for verdict in found.values()] == ([pytest.approx(sigmoid(2.5))] if goes else [])
    # Where they are no user's, marks of that weight are counted like others.
    assert not decide(view, [*against, *marks_of(view, 1, name="f", weight=weight)], users={"mine"}).lines


def test_a_verdict_quotes_the_weightiest_mark():
    view = view_of()
    marks = [
        *marks_of(view, 1, name="a", weight=4.0, reason="most sure"),
        *marks_of(view, 1, name="a", weight=3.0, reason="surer still"),
        *marks_of(view, 1, name="b", weight=2.0, reason="unsure"),
        *marks_of(view, 1, name="c", weight=5.0, category="legal", reason="another matter"),
    ]
    # Of filter a's marks one counts; the three filters' marks add up upon what a short line starts from.
    span = view.spans[1]
    verdict = Verdict(span.start, span.end, "interface", "a", "most sure", pytest.approx(sigmoid(4.0 + 2.0 + 5.0 - 1.5)))
    for given in (marks, marks[::-1]):
        assert decide(view, given, learned=False).lines == {1: verdict}


def test_where_two_categories_weigh_the_same_the_first_of_the_list_is_named():
    view = view_of()
    for first, second in combinations(CATEGORIES, 2):
        marks = [mark for category in (first, second, "zzz") for mark in marks_of(view, 1, category=category)]
        assert decide(view, marks, learned=False).lines[1].category == first
        assert decide(view, marks[::-1], learned=False).lines[1].category == first


def test_the_heavier_category_is_named():
    view, (first, *_, last) = view_of(), list(CATEGORIES)
    for heavy, light in ((first, last), (last, first)):
        marks = [*marks_of(view, 1, category=heavy, weight=8.0), *marks_of(view, 1, category=light, weight=7.0)]
        assert decide(view, marks, learned=False).lines[1].category == heavy


def test_a_mark_may_cover_several_lines_and_the_blank_ones_before_them():
    view = view_of(["Tesk", "Morvo", "Sennit", *PROSE], before="\n\n")
    assert sorted(decide(view, [("f", Mark(0, view.spans[2].end, "legal", "r", 0.99999))], learned=False).lines) == [0, 1, 2]
    assert sorted(decide(view, [("f", Mark(0, view.spans[0].end, "legal", "r", 0.99999))], learned=False).lines) == [0]


def test_a_correction_is_spared_with_all_its_parts_and_nothing_beside_it():
    view = view_of()
    note, below = view.spans[3], view.spans[4]
    marks = [
        # With the line break behind it, up to the next line.
        ("corrections", Mark(note.start, below.start, "correction", "r", 0.99999)),
        *marks_of(view, 3, 4),
        ("f", Mark(note.start, note.start + 9, "legal", "r", 0.99999)),
    ]
    kept = decide(view, marks, {"correction"}, learned=False)
    assert (sorted(kept.lines), kept.parts) == ([4], ())
    assert sorted(decide(view, marks, {"legal"}, learned=False).lines) == [3, 4]
    assert sorted(decide(view, marks, {"correction"}, {4}, learned=False).lines) == []


PART = view_of().spans[3].start


def parts_of(*marks, **how):
    view = view_of()
    made = [
        (name, Mark(PART + start, PART + end, category, name, confidence)) for name, start, end, category, confidence in marks
    ]
    found = decide(view, made, learned=False, **how)
    assert not found.lines
    return [(part.start - PART, part.end - PART, part.filter, part.category) for part in found.parts]


@pytest.mark.parametrize(
    ("marks", "left"),
    [
        ([("a", 0, 9, "legal"), ("b", 20, 30, "related")], [(0, 9, "a", "legal"), (20, 30, "b", "related")]),
        ([("a", 0, 9, "legal"), ("b", 5, 15, "related")], [(0, 9, "a", "legal"), (9, 15, "b", "related")]),
        ([("a", 0, 9, "legal"), ("b", 2, 9, "related")], [(0, 9, "a", "legal")]),
        ([("a", 0, 5, "legal"), ("b", 0, 9, "related")], [(0, 9, "b", "related")]),
        ([("a", 0, 9, "related"), ("b", 0, 9, "legal")], [(0, 9, "a", "related")]),
    ],
    ids="apart overlapping within one-beginning one-span".split(),
)
def test_parts_of_a_line_are_disjoint(marks, left):
    marks = [(*mark, 0.99999) for mark in marks]
    assert parts_of(*marks) == parts_of(*marks[::-1]) == left


def test_a_part_must_be_sure_by_itself():
    view, (start, end) = view_of(), (PART, PART + 9)
    for weight, goes in ((5.0, True), (4.0, False)):
        mark = view.mark(3, "legal", "Is glued on", weight)._replace(start=start, end=end)
        verdict = Verdict(start, end, "legal", "f", "Is glued on", pytest.approx(sigmoid(weight - 4.5)))
        assert decide(view, [("f", mark)], learned=False).parts == ((verdict,) if goes else ())
    # Two unsure marks do not make one sure part.
    assert not parts_of(("a", 0, 9, "legal", 0.9), ("b", 0, 9, "legal", 0.9))


def test_a_mark_over_the_end_of_one_line_and_the_beginning_of_the_next():
    view = view_of(["Rain fell. Tesk", "Morvo. Snow fell.", *PROSE])
    first, second = view.spans[:2]
    found = decide(view, [("f", Mark(first.start + 10, second.start + 6, "legal", "r", 0.99999))], learned=False)
    assert [(part.start, part.end) for part in found.parts] == [(first.start + 10, first.end), (second.start, second.start + 6)]
    # From the very first character on, too.
    found = decide(view, [("f", Mark(0, 4, "legal", "r", 0.99999))], learned=False)
    assert [(part.start, part.end) for part in found.parts] == [(0, 4)]


def test_parts_stay_in_protected_lines_and_go_with_lines_that_go():
    part = ("a", 0, 9, "legal", 0.99999)
    assert parts_of(part, protected={4}) == [(0, 9, "a", "legal")]
    assert parts_of(part, protected={3}) == []
    view = view_of()
    marks = [("a", Mark(PART, PART + 9, "legal", "r", 0.99999)), *marks_of(view, 3)]
    found = decide(view, marks, learned=False)
    assert (sorted(found.lines), found.parts) == ([3], ())
