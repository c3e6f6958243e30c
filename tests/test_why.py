"""Why a line goes or stays: the cues and their packs, the neighbourhood, the block, and what spoke against it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from marked import P1, P2
from texts import texts

from cleaner import CATEGORIES, Pipeline, Rules
from cleaner.why import Study

NEWS = "Sign up to our newsletter"
TEXT = f"{P1}\n\n{NEWS}\nAdvertisement\n\n{P2}\nShare\n{P1.replace('Monday', 'Friday')}"


def test_cues_are_named_with_pack_mode_and_words():
    why = Pipeline().why(f"{P1}\n{NEWS}\n{P2}")[0]
    assert "en: starts “sign up to our”" in why.cues
    # The word is in many packs; only that of the document's language has a say.
    assert [cue for cue in why.cues if "“newsletter”" in cue] == ["en: hint newsletter “newsletter”"]


def test_block_and_neighbourhood():
    news, advert, share = Pipeline().why(TEXT)
    assert (news.block, advert.block, share.block) == ((3, 4), (3, 4), (7, 7))
    assert news.near == "line 4 as advertising and line 7 as interface go too"
    assert share.near == "line 4 as advertising and line 3 as subscription go too"
    assert list(news.sentences())[1:] == ["block: lines 3 to 4", f"near: {news.near}"]
    alone = Pipeline().why(f"{P1}\n{NEWS}\nShare\n{P2}")
    assert [why.near for why in alone] == ["line 3 as interface goes too", "line 2 as subscription goes too"]


def test_neighbours_of_one_category_are_listed_together():
    text = "\n".join([P1, NEWS, "Subscribe to our newsletter", "Join our mailing list for free", P2])
    first, *_ = Pipeline().why(text)
    assert first.near == "lines 3 and 4 as subscription go too"


def test_what_speaks_against():
    rules = Rules.parse('[remove.mine]\nhas = ["baker", "officials said"]')
    text = f"{P1}\n“I had stopped believing in it,” said the baker Anna Kolb.\n{P2}"
    (why,) = Pipeline(rules=rules).why(text)
    said = "; ".join(why.against)
    assert "it is a sentence" in said
    assert "it opens with a quotation mark" in said
    assert "no marked line stands near it" in said
    assert why.sentences()
    assert any(sentence.startswith("against: ") for sentence in why.sentences())


def test_what_other_filters_say():
    text = f"{P1}\nShare\n{P2}\nBy signing up you agree to our terms and to our newsletter\n{NEWS}"
    also = [said for why in Pipeline().why(text) for said in why.also]
    assert any(" says " in said and said.split(" says ")[1].split(":")[0] in CATEGORIES for said in also)


def test_a_line_that_stays_although_a_filter_marked_it():
    note = "Correction: an earlier version of this article gave the wrong year."
    (doubt,) = Study(Pipeline(), f"{P1}\n{note}\n{P2}").doubts()
    assert (doubt.line, doubt.category) == (2, "correction")
    assert doubt.why.block == (2, 2)
    # Nothing is doubted that went.
    study = Study(Pipeline(), TEXT)
    assert not {doubt.line for doubt in study.doubts()} & {removal.line for removal in study.result.removed}


def test_a_part_of_a_line_has_evidence_too():
    glued = f"{P1}{NEWS}."
    (why,) = Pipeline().why(f"{P2}\n{glued}")
    assert why.line == 2
    assert any("sign up to our" in cue for cue in why.cues)
    assert "it is a paragraph" in why.against


@given(texts)
@settings(max_examples=120)
def test_evidence_for_every_removal_of_any_text(text):
    pipeline = Pipeline()
    removed = pipeline.explain(text).removed
    whys = pipeline.why(text)
    assert [why.line for why in whys] == [removal.line for removal in removed]
    numbers = {removal.line for removal in removed}
    for why in whys:
        assert why.block[0] <= why.line <= why.block[1]
        assert set(why.block) <= numbers
        assert all(isinstance(sentence, str) and sentence for sentence in why.sentences())


def test_only_strings():
    with pytest.raises(TypeError, match="takes str"):
        Pipeline().why(b"Rain fell.")
