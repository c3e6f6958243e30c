"""A prompt that was run into a paragraph goes only when it is sure, and never takes the paragraph along."""

from __future__ import annotations

import pytest

from cleaner import Pipeline

PARAGRAPH = (
    "The council approved the plan on Monday after a debate that lasted four hours and ended with a vote of nine to four in "
    "favour of the new bridge."
)
NEXT = "Traffic was light when the ferry left for the other bank of the river, and the queue at the old ford was short."

GOES = ["Sign up to our newsletter", " Sign up to our free daily newsletter and never miss a story.", "Join the conversation"]
STAYS = [
    " Sign up to net zero, they said.",
    " Subscribe, he added.",
    " Residents can sign up to our newsletter, the charity said.",
    " Join the conversation that the mayor has begun with the boatmen, and it is a short one.",
    " The comments are closed.",
]


@pytest.mark.parametrize("tail", GOES)
def test_the_prompt_goes_and_the_paragraph_stays(tail):
    result = Pipeline().explain(f"{PARAGRAPH}{tail}\n{NEXT}")
    assert result.text == f"{PARAGRAPH}\n{NEXT}"
    assert [removal.filter for removal in result.removed] == ["glued sentences"]


@pytest.mark.parametrize("tail", STAYS)
def test_in_doubt_it_stays(tail):
    text = f"{PARAGRAPH}{tail}\n{NEXT}"
    assert Pipeline().clean(text) is text


def test_a_repaired_line_keeps_its_parts():
    # Offsets into a repaired line are not offsets into the input: better to keep the prompt than to cut elsewhere.
    text = f"{PARAGRAPH.replace('The council', 'The cafÃ© council')} Sign up to our free daily newsletter.\n{NEXT}"
    assert "café council approved" in Pipeline().clean(text)
