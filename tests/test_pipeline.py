"""Composing pipelines: filters, categories, languages, protection; nothing that exists is ever changed."""

from itertools import repeat

import pytest

from cleaner import CATEGORIES, FILTERS, Filter, Mark, Pipeline, Result

KEPT = "The bridge reopened to traffic on Monday, two years after the flood that had carried its middle span away."
MORE = "Drivers had waited for it since the spring of last year, and most of them had stopped believing in it at all."
NEWS, LEGAL, NOTE = "Sign up to our newsletter", "Accept all cookies", "Correction: an earlier version gave the wrong year."
TEXT = "\n".join([KEPT, NEWS, MORE, LEGAL, NOTE])


def text(*lines: str) -> str:
    return "\n".join(lines)


class Shouting:
    """A filter as a user would write it: no base class, its own category."""

    name = "shouting"
    categories = frozenset({"shout"})

    def __init__(self, confidence: float = 0.999) -> None:
        self.confidence = confidence

    def mark(self, view):
        for line, printed in enumerate(view.lines):
            if printed.isupper():
                span = view.spans[line]
                yield Mark(span.start, span.end, "shout", "Is shouted", self.confidence)


class Whispering(Shouting):
    """Another one that marks the same lines."""

    name = "whispering"


LOUD = text(KEPT, "BUY THREE FOR TWO THIS WEEK ONLY", MORE)


def test_the_material_has_what_the_tests_take_out():
    assert [(removal.line, removal.category) for removal in Pipeline().explain(TEXT).removed] == [
        (2, "subscription"),
        (4, "legal"),
    ]


@pytest.mark.parametrize(
    ("pipeline", "left"),
    [
        (Pipeline().without("subscription prompts"), text(KEPT, NEWS, MORE, NOTE)),
        (Pipeline().without("subscription"), text(KEPT, NEWS, MORE, NOTE)),
        (Pipeline().without("subscription prompts", "legal"), TEXT),
        (Pipeline().without("corrections"), text(KEPT, MORE, NOTE)),
        (Pipeline().only("legal"), text(KEPT, NEWS, MORE, NOTE)),
        (Pipeline().only(), TEXT),
        (Pipeline().only("correction"), text(KEPT, NEWS, MORE, LEGAL)),
        (Pipeline().keeping("legal"), text(KEPT, MORE, LEGAL, NOTE)),
        (Pipeline().keeping("legal").keeping("subscription"), TEXT),
        (Pipeline().keeping(), text(KEPT, MORE, NOTE)),
        (Pipeline().removing("correction"), text(KEPT, MORE)),
        (Pipeline().keeping("legal").removing("legal"), text(KEPT, MORE, NOTE)),
        (Pipeline(keep=()), text(KEPT, MORE)),
        (Pipeline([], learned=False), TEXT),
        (Pipeline(protect=["OUR NEWSLETTER"]), text(KEPT, NEWS, MORE, NOTE)),
        (Pipeline(languages=["en"]), text(KEPT, MORE, NOTE)),
        (Pipeline(languages=["de"]), TEXT),
        (Pipeline(languages=[]), TEXT),
    ],
    ids=(
        "without-filter without-category without-both without-corrections only only-nothing only-correction "
        "keeping keeping-twice keeping-nothing removing removing-again keep-nothing no-filters "
        "protect language other-language no-language"
    ).split(),
)
def test_what_goes(pipeline, left):
    assert pipeline.clean(TEXT) == left


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: Pipeline().without("newsletters"),
            "'newsletters' is neither a filter .*advertising.*nor a category .*legal",
        ),
        (
            lambda: Pipeline().only("newsletters"),
            "unknown category 'newsletters'; the categories are advertising, .*subscription",
        ),
        (lambda: Pipeline().keeping("legal", "x"), "unknown category 'x'"),
        (lambda: Pipeline().removing("x"), "unknown category 'x'"),
        (lambda: Pipeline(keep=["x"]), "unknown category 'x'"),
        (lambda: Pipeline(languages=["en", "xx"]), "unknown language 'xx'; there are packs for .*en"),
        (lambda: Pipeline(languages="en"), "languages takes a collection of strings"),
        (lambda: Pipeline(protect="the bridge"), "protect takes a collection of strings"),
        (lambda: Pipeline(keep="legal"), "keep takes a collection of strings"),
        (lambda: Pipeline([*FILTERS, FILTERS[0]]), "two filters are named 'donation appeals'"),
        (lambda: Pipeline().with_(Shouting()).with_(Shouting()), "two filters are named 'shouting'"),
    ],
    ids="without only keeping removing keep language languages-str protect-str keep-str twice twice-own".split(),
)
def test_mistakes_are_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_nothing_that_exists_is_changed():
    pipeline = Pipeline(protect=["x"], languages=["en"], repair_encoding=False)
    before = vars(pipeline).copy()
    made = [
        pipeline.without("legal"),
        pipeline.without("corrections"),
        pipeline.with_(Shouting()),
        pipeline.only("legal"),
        pipeline.keeping("legal"),
        pipeline.removing("correction"),
    ]
    assert vars(pipeline) == before
    # What was not asked to change is handed on.
    assert {(p.protect, p.languages, p.repair_encoding) for p in made} == {(("x",), frozenset({"en"}), False)}


#: Without the learned scorer, of which these tests are not: nothing goes but what a filter marks.
ALONE = Pipeline(learned=False)


def test_a_filter_of_ones_own():
    pipeline = ALONE.with_(Shouting())
    assert isinstance(Shouting(), Filter)
    assert ALONE.clean(LOUD) == LOUD
    (removal,) = pipeline.explain(LOUD).removed
    assert (removal.category, removal.filter, removal.reason, removal.line) == ("shout", "shouting", "Is shouted", 2)
    assert pipeline.clean(LOUD) == text(KEPT, MORE)
    assert pipeline.categories - ALONE.categories == {"shout"}
    assert pipeline.keeping("shout").clean(LOUD) == LOUD
    assert pipeline.without("shouting").clean(LOUD) == LOUD
    assert pipeline.only("shout").clean(text(LOUD, NEWS)) == text(KEPT, MORE, NEWS)


class Shadow:
    """Marks the line below each line that some filter marks."""

    name, categories = "shadow", frozenset({"interface"})

    def mark(self, view):
        return ()

    def mark_among(self, view, marked):
        return [view.mark(line + 1, "interface", "Follows a marked line", 12.0) for line in marked if line + 1 < len(view)]


def test_a_filter_sees_what_all_filters_marked():
    below = "The ferry is late."
    printed = text(KEPT, NEWS, below, MORE)
    assert below in Pipeline().clean(printed)
    pipeline = Pipeline().with_(Shadow())
    found = pipeline.explain(printed)
    assert (below, "shadow") in [(removal.text.strip(), removal.filter) for removal in found.removed]
    assert [why for removal, why in zip(found.removed, pipeline.why(printed), strict=True) if removal.filter == "shadow"]
    # A line for whose staying a correction speaks is none of them.
    assert pipeline.clean(text(KEPT, NOTE, below, MORE)) == text(KEPT, NOTE, below, MORE)


def test_two_weak_marks_remove_what_one_does_not():
    one, two = Shouting(0.9), Whispering(0.9)
    assert Pipeline([one], learned=False).clean(LOUD) == LOUD
    assert Pipeline([two], learned=False).clean(LOUD) == LOUD
    (removal,) = Pipeline([one, two], learned=False).explain(LOUD).removed
    assert removal.line == 2
    assert 0.5 <= removal.confidence < 1


def test_the_order_of_filters_does_not_matter():
    one, two = Shouting(0.9), Whispering(0.9)
    assert Pipeline([one, two]).explain(LOUD) == Pipeline([two, one]).explain(LOUD)
    assert Pipeline([one, *FILTERS, two]).explain(TEXT) == Pipeline([two, *FILTERS[::-1], one]).explain(TEXT)


class Fragment:
    """Marks a part of a line: a prompt glued to a sentence."""

    name, categories = "fragments", frozenset({"other"})

    def mark(self, view):
        if (at := view.text.find(" [ADVERT]")) >= 0:
            yield Mark(at, at + 9, "other", "Is glued on", 0.9999)


@pytest.mark.parametrize("where", ["middle", "end"])
def test_a_part_of_a_line_can_go(where):
    printed = f"{KEPT} [ADVERT] Yes." if where == "middle" else f"{KEPT} [ADVERT]"
    result = Pipeline().with_(Fragment()).explain(text(MORE, printed))
    assert result.text == text(MORE, printed.replace(" [ADVERT]", ""))
    assert [(removal.text, removal.line) for removal in result.removed] == [(" [ADVERT]", 2)]


class Undressing:
    """Marks "(tesk)" wherever it stands, and whole lines that say "morvo" once nothing follows it."""

    name, categories = "undressing", frozenset({"other"})

    def mark(self, view):
        for line, span in enumerate(view.spans):
            at = view.text.find("(tesk)", span.start, span.end)
            if at >= 0:
                yield Mark(at, at + 6, "other", "Is glued on", 0.9999)
            if view.lines[line].endswith("morvo"):
                yield Mark(span.start, span.end, "legal", "Says nothing more", 0.9999)


@pytest.mark.parametrize("where", [0, 1, 2], ids=["first", "amid", "last"])
def test_a_line_that_goes_for_what_a_part_left_of_it_is_removed_once(where):
    lines = [KEPT, MORE]
    lines.insert(where, "Olva morvo (tesk)")
    lines.append("Rain fell (tesk) in the night.")
    result = Pipeline([Undressing()]).explain(text(*lines))
    assert [(removal.line, removal.category) for removal in result.removed] == [(where + 1, "legal"), (4, "other")]
    assert result.text == text(KEPT, MORE, "Rain fell  in the night.")


def test_a_part_within_a_line_leaves_its_end_to_be_looked_at():
    printed = text(KEPT, "Olva morvo (tesk) sennit", MORE)
    assert Pipeline([Undressing()]).clean(printed) == text(KEPT, "Olva morvo  sennit", MORE)
    # The part stays in the output where its category does, and its line goes where nothing but it kept the line.
    kept = Pipeline([Undressing()], keep={"other"})
    assert kept.clean(printed) == printed
    assert kept.clean(text(KEPT, "Olva morvo (tesk)", MORE)) == text(KEPT, MORE)


def test_repair_in_lines_that_stay_whole_and_in_no_others():
    damaged = ["cafÃ© morvo", "(tesk) cafÃ© rooms", "The cafÃ© had closed."]
    result = Pipeline([Undressing()]).explain(text(KEPT, *damaged, MORE))
    assert result.text == text(KEPT, " cafÃ© rooms", "The café had closed.", MORE)
    assert [(repair.before, repair.after, repair.line) for repair in result.repaired] == [
        ("The cafÃ© had closed.", "The café had closed.", 4)
    ]
    assert Pipeline([], repair_encoding=False).clean(damaged[2]) == damaged[2]


def test_the_learned_scorer_outvotes_the_librarys_filters_but_not_the_users():
    # A sentence that the paragraphs say too, amid seven of them and nothing suspect near.
    paragraphs = [f"{KEPT} It was the {n}th time that it had done so." for n in range(20, 27)]
    loud = text(*paragraphs[:4], "THE BRIDGE REOPENED TO TRAFFIC ON MONDAY.", *paragraphs[4:])
    mine, librarys = Shouting(1.0), Shouting(1.0)
    librarys.name = FILTERS[0].name
    assert Pipeline([librarys]).clean(loud) == loud
    assert Pipeline([librarys], learned=False).clean(loud) == text(*paragraphs)
    assert Pipeline([mine]).clean(loud) == text(*paragraphs)


def test_a_correction_stays_whatever_else_it_says():
    note = "Correction: an earlier version of this article told you to sign up to our newsletter. Accept all cookies."
    assert Pipeline().clean(text(KEPT, note)) == text(KEPT, note)
    assert Pipeline().removing("correction").clean(text(KEPT, note)) == KEPT


def test_a_language_that_is_off_is_silent():
    sign_up, printed = "Jetzt Newsletter abonnieren", text(KEPT, "Lesen Sie auch: Die Brücke", MORE)
    assert Pipeline(languages={"de"}).clean(printed) == text(KEPT, MORE)
    assert Pipeline(languages={"en"}).clean(printed) == printed
    assert Pipeline().clean(printed) == text(KEPT, MORE)
    assert Pipeline(languages={"en"}).clean(text(KEPT, sign_up, MORE)) == text(KEPT, sign_up, MORE)


def test_results_and_filters_show_themselves():
    result = Pipeline().explain(TEXT)
    assert repr(result) == "<Result: 2 removed, 0 repaired>"
    assert result == Pipeline().explain(TEXT) != Result(TEXT)
    assert hash(result) == hash(Pipeline().explain(TEXT))
    assert all(isinstance(filter_, Filter) and filter_.categories <= set(CATEGORIES) for filter_ in FILTERS)


def test_clean_many_is_lazy():
    assert next(Pipeline().clean_many(repeat(TEXT))) == text(KEPT, MORE, NOTE)
