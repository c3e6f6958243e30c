"""What holds for every text, whatever the packs say: properties over any string and over composed documents."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from casefiles import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner import CATEGORIES, FILTERS, Pipeline

PLAIN = Pipeline(repair_encoding=False)
CASES = read_cases()
JUNK = sorted({line for c in CASES for code, line in zip(c.codes, c.lines, strict=True) if code in CATEGORIES})
ARTICLE = sorted({line for c in CASES for code, line in zip(c.codes, c.lines, strict=True) if code == "keep"})
ODD = ["\n", "\r", "\r\n", "\n\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\ufeff", "\x00", "\ud800", " ", "\u00a0"]
DAMAGED = ["&amp;", "cafÃ©", "â€™", "\x1b[31m", "\u206a", "&lt;b&gt;", "\ufffd"]

#: Any string at all, made mean: line ends of all kinds, surrogates, damage, and phrases that filters look for.
any_text = st.lists(
    st.one_of(
        st.sampled_from(ODD),
        st.sampled_from(DAMAGED),
        st.sampled_from(JUNK),
        st.text(st.characters(categories=None), max_size=12),
    ),
    max_size=14,
).map("".join)


@st.composite
def documents(draw, breaks=("\n", "\n\n", "\r\n", "\n \n", "\n\n\n"), edges=("", "\n", "\ufeff", "\n\n")):
    """Boilerplate and article lines as an extractor might have mixed them."""
    lines = draw(st.lists(st.one_of(st.sampled_from(JUNK), st.sampled_from(ARTICLE)), min_size=1, max_size=20))
    if draw(st.booleans()):
        between = [draw(st.sampled_from(breaks))] * len(lines)
    else:
        between = [draw(st.sampled_from(breaks)) for _ in lines]
    body = "".join(line + end for line, end in zip(lines, [*between[:-1], ""], strict=True))
    return draw(st.sampled_from(edges)) + body + draw(st.sampled_from(["", "\n", "\r\n", "\n\n"]))


texts = st.one_of(any_text, documents())


def numbered(text: str) -> list[re.Match[str]]:
    """The lines that hold something, by the library's definition: a line ends in CR, LF or both, and in nothing else."""
    start = 1 if text.startswith("\ufeff") else 0
    return [match for match in re.compile(r"[^\r\n]+").finditer(text, start) if match.group().strip()]


def stays(result: cleaner.Result) -> list[re.Match[str]]:
    return [
        line for line in numbered(result.source) if not any(r.start < line.end() and line.start() < r.end for r in result.removed)
    ]


def test_the_material_has_something_to_remove():
    # Composed documents would prove nothing if nothing ever went from them.
    assert len(JUNK) > 300
    assert len(ARTICLE) > 300
    sample = "\n".join([*ARTICLE[:5], *JUNK[:40], *ARTICLE[5:10]])
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
    for start, end, after in sorted([(r.start, r.end, "") for r in result.removed] + [r[:2] + (r.after,) for r in result.repaired]):
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
        ink = removal.start + len(removal.text) - len(removal.text.lstrip("\r\n \t"))
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


@given(documents())
@settings(max_examples=200)
def test_cleaning_twice_is_cleaning_once(text):
    once = cleaner.clean(text)
    assert cleaner.clean(once) == once


@given(st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=60)
def test_documents_do_not_influence_each_other(several):
    alone = [cleaner.clean(text) for text in several]
    pipeline = Pipeline()
    assert list(pipeline.clean_many(several)) == alone
    assert list(pipeline.clean_many(reversed(several))) == alone[::-1]


@given(texts, st.permutations(FILTERS))
@settings(max_examples=100)
def test_the_order_of_filters_does_not_matter(text, filters):
    assert Pipeline(filters).explain(text) == cleaner.explain(text)


@given(documents(), st.sampled_from(sorted(CATEGORIES)))
@settings(max_examples=150)
def test_keeping_a_category_only_brings_lines_back(text, category):
    all_gone = {(r.line, r.category) for r in PLAIN.explain(text).removed}
    gone = {(r.line, r.category) for r in PLAIN.keeping(category).explain(text).removed}
    assert gone == {(line, name) for line, name in all_gone if name != category}


@given(documents(), st.data())
@settings(max_examples=100)
def test_protected_phrases_stay(text, data):
    line = data.draw(st.sampled_from(numbered(text))).group().strip()
    phrase = line[: data.draw(st.integers(min(8, len(line)), len(line)))].strip()
    pipeline = Pipeline(protect=[phrase], repair_encoding=False)
    holding = [line.group() for line in numbered(text) if phrase in line.group()]
    assert holding
    assert [line.group() for line in numbered(pipeline.clean(text)) if phrase in line.group()] == holding


def test_threads_share_a_pipeline():
    several, pipeline = [case.text for case in CASES] * 3, Pipeline()
    alone = [Pipeline().clean(text) for text in several]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(pipeline.clean, several)) == alone


@pytest.mark.parametrize("value", [b"Rain fell.", bytearray(b"Rain"), None, 3, ["Rain"]], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("call", [cleaner.clean, cleaner.explain, PLAIN.clean], ids=["clean", "explain", "pipeline"])
def test_only_strings_and_the_error_says_what_to_do(call, value):
    with pytest.raises(TypeError, match=rf"takes str, not {type(value).__name__}: decode .* data\.decode\(\)"):
        call(value)
