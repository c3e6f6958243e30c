"""What holds for every text, whatever the packs say: properties over any string and over composed documents."""

import random
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from texts import ARTICLE, CASES, JUNK, documents, numbered, texts

import cleaner
from cleaner import CATEGORIES, Pipeline

PLAIN = Pipeline(repair_encoding=False)


def stays(result: cleaner.Result) -> list[re.Match[str]]:
    return [
        line for line in numbered(result.source) if not any(r.start < line.end() and line.start() < r.end for r in result.removed)
    ]


def test_the_material_has_something_to_remove():
    # Composed documents would prove nothing if nothing ever went from them.
    assert len(JUNK) > 300
    assert len(ARTICLE) > 300
    # The material is sorted, and what it begins with is odd: lines from all over it.
    sample = "\n".join([*ARTICLE[:: len(ARTICLE) // 5][:5], *JUNK[:: len(JUNK) // 40], *ARTICLE[1 :: len(ARTICLE) // 5][:5]])
    assert len(PLAIN.explain(sample).removed) > 5


@given(texts)
@settings(max_examples=250)
def test_removed_spans_are_inside_sorted_disjoint_and_quoted(text):
    result = cleaner.explain(text)
    assert result.source is text
    for removal in result.removed:
        assert 0 <= removal.start < removal.end <= len(text)
        assert removal.text == text[removal.start : removal.end]
        assert 0 < removal.confidence <= 1
        assert removal.category in CATEGORIES
        assert removal.reason
    assert all(before.end <= after.start for before, after in pairwise(result.removed))


@given(texts)
@settings(max_examples=250)
def test_input_minus_spans_is_the_output_without_repair(text):
    result, left, at = PLAIN.explain(text), "", 0
    for removal in result.removed:
        left, at = left + text[at : removal.start], removal.end
    assert left + text[at:] == result.text
    assert not result.repaired
    assert PLAIN.clean(text) == result.text


@given(texts)
@settings(max_examples=250)
def test_with_repair_spans_are_replaced_by_what_they_became(text):
    result, left, at = cleaner.explain(text), "", 0
    for start, end, after in sorted(
        [(r.start, r.end, "") for r in result.removed] + [(*r[:2], r.after) for r in result.repaired]
    ):
        assert start >= at
        left, at = left + text[at:start] + after, end
    assert left + text[at:] == result.text
    assert all(repair.before == text[repair.start : repair.end] != repair.after for repair in result.repaired)


@given(texts)
@settings(max_examples=150)
def test_the_same_object_where_nothing_changes(text):
    result = cleaner.explain(text)
    assert (cleaner.clean(text) is text) == (not result.removed and not result.repaired)


@given(texts)
@settings(max_examples=150)
def test_line_numbers_are_an_editors(text):
    for removal in cleaner.explain(text).removed:
        ink = removal.start + len(removal.text) - len(removal.text.lstrip())
        if removal.text.strip():
            assert removal.line == 1 + len(re.findall(r"\r\n|\r|\n", text[:ink]))


@given(documents())
@settings(max_examples=200)
def test_between_two_kept_lines_one_original_break_remains_the_largest(text):
    result = PLAIN.explain(text)
    kept, every = stays(result), numbered(text)
    gaps, output = [], numbered(result.text)
    assert [line.group() for line in kept] == [line.group() for line in output]
    for (above, below), (over, under) in zip(pairwise(kept), pairwise(output), strict=True):
        run = [line for line in every if above.start() <= line.start() <= below.start()]
        gaps = [text[a.end() : b.start()] for a, b in pairwise(run)]
        left = result.text[over.end() : under.start()]
        assert left in gaps
        assert breaks(left) == max(map(breaks, gaps))


def breaks(gap: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", gap))


@given(texts)
@settings(max_examples=150)
def test_no_triple_break_appears(text):
    triple = re.compile(r"(?:\r\n|\r(?!\n)|\n){3}")
    if not triple.search(text):
        assert not triple.search(PLAIN.clean(text))


@pytest.mark.parametrize("junk", ["\x08", "\x1b[31m", "&nbsp;"], ids=["control", "escape", "entity"])
def test_a_line_that_repair_empties(junk):
    kept = "The bridge reopened to traffic on Monday.", "Drivers had waited for it since the spring."
    output = cleaner.clean(f"{kept[0]}\n{junk}\n{kept[1]}")
    assert all(line in output for line in kept)


EXTREMES = {
    "one long line": "Sign up to our newsletter. " * 8000,
    "one long word": "a" * 300_000,
    "a row of bars": "Share | Print | " * 5000,
    "many lines": "Advertisement\n" * 4000,
    "many different lines": "\n".join(f"Number {n} of the goats that were counted on the island" for n in range(3000)),
    "blank lines": "\n" * 200_000,
    "returns": "\r" * 200_000,
    "line separators": "Share\u2028" * 5000,
    "next lines": "Share\x85" * 5000,
    "mixed ends": "Share\r\n\n\r\r\n\x0b\x0c" * 1000,
    "NUL": "\x00" * 100_000,
    "surrogates": "\ud800\udc00\udfff" * 20_000,
    "bidirectional marks": "\u202e\u2066Share\u2069\u202c\n" * 1000,
    "combining marks": "e" + "\u0301" * 100_000,
    "no letters": "-" * 100_000,
    "brackets": "(" * 50_000,
    "quotes": "“" * 50_000,
    "entities": "&amp;" * 20_000,
    "damage": "Ã©" * 20_000,
    "order marks": "\ufeff" * 50_000,
    "nothing": "",
}


@pytest.mark.parametrize("name", EXTREMES)
def test_no_exception_and_no_hang_at_the_extremes(name):
    text = EXTREMES[name]
    for whole in (text, f"The bridge reopened to traffic on Monday.\n{text}\nDrivers had waited for it."):
        begun = time.process_time()
        result = PLAIN.explain(whole)
        # The cleaner is given a second for 50,000 characters here: what this looks for is time that grows with the square.
        assert time.process_time() - begun < 3 + len(whole) / 50_000
        left, at = "", 0
        for removal in result.removed:
            assert at <= removal.start < removal.end <= len(whole)
            left, at = left + whole[at : removal.start], removal.end
        assert left + whole[at:] == result.text
        cleaner.clean(whole)


def is_steady(text: str) -> bool:
    once = cleaner.clean(text)
    return cleaner.clean(once) == once


def test_cleaning_twice_is_cleaning_once():
    unsteady = [case.name for case in CASES if not is_steady(case.text)]
    assert not unsteady


def test_cleaning_twice_is_cleaning_once_for_random_documents():
    draw, total = random.Random(1), 1000
    drawn = ["\n".join(draw.choice(draw.choice((JUNK, ARTICLE))) for _ in range(draw.randint(1, 20))) for _ in range(total)]
    assert all(map(is_steady, drawn))
