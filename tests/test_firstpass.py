"""The first pass adds up in bulk what `cleaner.features` names one by one: the sums must be the same."""

import random

import pytest

from cleaner.features import first
from cleaner.firstpass import FirstPass
from cleaner.scan import lexicon
from cleaner.view import View

LINES = [
    "Home | News | Weather",
    "Ferrymen of Lower Stenning keep their rope",
    "By Anna Kolb, 3 May 2021",
    "The ferrymen of Lower Stenning keep a steel rope across the river, and two of them walk the deck from bow to stern.",
    "Sign up to our newsletter and sign up to our newsletter again",
    "The county offered the men a diesel winch in 1961, and they voted it down because the winch needed only one of them.",
    "Read more: the ferry at Upper Stenning",
    "Share",
    "分享这篇文章",
    "Read more: the ferry at Upper Stenning",
]
MARKS = [
    {"interface": 8.0},
    {},
    {"metadata": 1.5, "interface": 0.5},
    {},
    {"subscription": 12.0},
    {"related": -2.0},
    {"related": 3.0, "legal": -1.0},
    {"interface": 2.0},
    {"interface": 2.0},
    {"related": 3.0, "duplicate": 4.0},
]
VIEW = View("\n".join(LINES), lexicon(frozenset({"en"})))
NAMED = list(first(VIEW, MARKS))
NAMES = sorted(set().union(*NAMED))


def expected(weights: dict[str, float]) -> list[float]:
    bias = weights.get("bias", 0.0)
    return [pytest.approx(bias + sum(weights.get(name, 0.0) * value for name, value in named.items())) for named in NAMED]


def weighed(*beginnings: str, share: float = 1.0, seed: int = 1) -> dict[str, float]:
    """Weights for a share of the features whose names begin so."""
    draw = random.Random(seed)
    return {name: draw.uniform(-3, 3) for name in NAMES if name.startswith(beginnings) and draw.random() < share}


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {"bias": -1.25},
        {"bias": 0.5} | weighed("layout "),
        weighed("words "),
        weighed("mark "),
        *({"bias": 1.0} | weighed("", share=0.3, seed=seed) for seed in range(6)),
        *({name: 1.5} for name in ("words ^ sign", "words ^ sign up", "words sign up", "words sign up to", "words again $")),
        {"words sign up": 1.0, "words sign up for": 2.0, "words up to our": 4.0, "words newsletter": 8.0},
    ],
)
def test_sums_are_those_of_the_features_one_by_one(weights):
    one = FirstPass(weights)
    assert one.scores(VIEW, MARKS) == expected(weights)
    # What is remembered gives the same.
    assert one.scores(VIEW, MARKS) == expected(weights)


def test_the_material_has_features_of_every_kind():
    assert {name.split()[0] for name in NAMES} == {"layout", "words", "mark"}
    assert {len(name.split()) for name in NAMES if name.startswith("words ")} == {2, 3, 4}
    assert {"words sign up", "words ^ sign up", "words up to our", "words again $", "words newsl~"} <= set(NAMES)


def test_what_is_remembered_is_forgotten_in_time(monkeypatch):
    monkeypatch.setattr("cleaner.firstpass.REMEMBERED", 3)
    weights = weighed("")
    one = FirstPass(weights)
    for _ in range(2):
        assert one.scores(VIEW, MARKS) == expected(weights)
        assert len(one._sums) <= 3
        assert len(one._known) <= 3
