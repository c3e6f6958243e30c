"""What holds for every text and any pipeline: order, choice of categories, protection, threads. Properties."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from texts import CASES, documents, numbered, texts

import cleaner
from cleaner import CATEGORIES, FILTERS, Pipeline, Rules

PLAIN = Pipeline(repair_encoding=False)


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


@given(documents())
@settings(max_examples=100)
def test_what_the_learned_scorer_takes_it_signs(text):
    names = {filter_.name for filter_ in FILTERS}
    assert {removal.filter for removal in Pipeline(learned=False).explain(text).removed} <= names
    assert {removal.filter for removal in cleaner.explain(text).removed} <= names


@given(documents())
@settings(max_examples=100)
def test_in_short_documents_the_filters_alone_decide(text):
    assume(len(numbered(text)) < 8)
    assert cleaner.explain(text) == Pipeline(learned=False).explain(text)


@given(documents(), st.data())
@settings(max_examples=100)
def test_protected_phrases_stay(text, data):
    line = data.draw(st.sampled_from(numbered(text))).group().strip()
    phrase = line[: data.draw(st.integers(min(8, len(line)), len(line)))].strip()
    pipeline = Pipeline(protect=[phrase], repair_encoding=False)
    holding = [line.group() for line in numbered(text) if phrase in line.group()]
    assert holding
    assert [line.group() for line in numbered(pipeline.clean(text)) if phrase in line.group()] == holding


def test_what_is_protected_stays_however_its_encoding_is_damaged():
    line = "cafÃ© – Sign up to our newsletter"
    text = f"The bridge reopened to traffic on Monday.\n{line}\nDrivers had waited for it since the spring."
    assert line not in cleaner.clean(text)
    for form in (line, "café – Sign up to our newsletter"):
        for pipeline in (Pipeline(protect=[form]), Pipeline(rules=Rules((), (), protect_lines=[form]))):
            assert not pipeline.explain(text).removed


def test_threads_share_a_pipeline():
    # What threads share is the same for every text: some hundred are enough, each several times at once.
    several, pipeline = [case.text for case in CASES[::4]], Pipeline()
    alone = [Pipeline().clean(text) for text in several]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(pipeline.clean, several * 3)) == alone * 3


@pytest.mark.parametrize("value", [b"Rain fell.", bytearray(b"Rain"), None, 3, ["Rain"]], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("call", [cleaner.clean, cleaner.explain, PLAIN.clean], ids=["clean", "explain", "pipeline"])
def test_only_strings_and_the_error_says_what_to_do(call, value):
    with pytest.raises(TypeError, match=rf"takes str, not {type(value).__name__}: decode .* data\.decode\(\)"):
        call(value)
