"""A result as plain data: to JSON and back, and refused where it does not fit its source."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from texts import texts

import cleaner
from cleaner import Result

TEXT = "The bridge of the cafÃ© reopened on Monday, they said.\nSign up to our newsletter\nDrivers were glad.\nAdvertisement"


@given(texts)
@settings(max_examples=150)
def test_to_json_and_back(text):
    result = cleaner.explain(text)
    again = Result.from_dict(json.loads(json.dumps(result.as_dict())))
    assert again == result
    assert again.text == result.text
    assert result.as_dict()["text"] == result.text


def test_the_example_has_both_kinds_of_edit():
    result = cleaner.explain(TEXT)
    assert result.removed
    assert result.repaired
    data = result.as_dict()
    assert set(data) == {"source", "text", "removed", "repaired"}
    # A later version may say more.
    data["removed"][0]["later"] = 1
    assert Result.from_dict({**data, "later": 1}) == result


def changed(path, value):
    data = copy.deepcopy(cleaner.explain(TEXT).as_dict())
    *way, last = path
    at = data
    for step in way:
        at = at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("source",), None, "field 'source': a string"),
        (("source",), 3, "field 'source': a string"),
        (("source",), "Another text", "field 'removed', entry 0: 'text' is not what the source holds"),
        (("removed",), None, "field 'removed': a list"),
        (("removed",), [3], "field 'removed', entry 0: field 'start'"),
        (("removed", 0, "start"), "1", "entry 0: field 'start'"),
        (("removed", 0, "start"), True, "entry 0: field 'start'"),
        (("removed", 1, "end"), 10_000, "entry 1: 'text' is not"),
        (("removed", 0, "start"), -5, "entry 0: 'text' is not"),
        (("removed", 0, "reason"), None, "entry 0: field 'reason'"),
        (("removed", 0, "confidence"), "high", "entry 0: field 'confidence'"),
        (("repaired", 0, "before"), "x", "field 'repaired', entry 0: 'before' is not"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(path, value, says):
    with pytest.raises(ValueError, match=says):
        Result.from_dict(changed(path, value))


def test_order_and_overlap_are_refused():
    data = cleaner.explain(TEXT).as_dict()
    with pytest.raises(ValueError, match="not in order"):
        Result.from_dict({**data, "removed": data["removed"][::-1]})
    with pytest.raises(ValueError, match="overlap"):
        Result.from_dict({**data, "removed": [data["removed"][0], data["removed"][0]]})
    with pytest.raises(ValueError, match="'source'"):
        Result.from_dict([])


def test_what_json_cannot_carry_is_refused():
    # Two halves of a character come out of JSON as one: found by fuzzing.
    text = f"\ud83d\ude00 {TEXT}"
    result = cleaner.explain(text)
    assert result.removed
    assert Result.from_dict(result.as_dict()) == result
    with pytest.raises(ValueError, match=r"removed"):
        Result.from_dict(json.loads(json.dumps(result.as_dict())))
