"""The sample texts: each dirty one must come back as its clean neighbour, character for character."""

from collections import Counter
from pathlib import Path

import pytest

import cleaner

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.name.removesuffix(".txt") for path in SAMPLES.glob("*.txt") if not path.name.endswith(".clean.txt"))
UNTOUCHED = "clean-article"
#: Not all boilerplate of these goes yet. The tests fail when one of them passes: take it out then.
KNOWN_INCOMPLETE = {"wire-copy"}


def read(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_bytes().decode("utf-8")


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_every_sample_has_its_clean_neighbour():
    clean = {path.name.removesuffix(".clean.txt") for path in SAMPLES.glob("*.clean.txt")}
    assert clean == set(NAMES)
    assert len(NAMES) >= 10
    assert set(NAMES) >= KNOWN_INCOMPLETE


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.xfail(strict=True, reason="incomplete")] if name in KNOWN_INCOMPLETE else [])
        for name in NAMES
        if name != UNTOUCHED
    ],
)
def test_sample(name):
    dirty, clean = read(name), read(f"{name}.clean")
    assert cleaner.clean(dirty) == clean


@pytest.mark.parametrize("name", [name for name in NAMES if name != UNTOUCHED])
def test_a_sample_is_its_clean_text_and_junk(name):
    # The proof that `test_sample` asks for something: the junk is there, and the clean text is in the dirty one in order.
    dirty, clean = lines(read(name)), lines(read(f"{name}.clean"))
    assert len(dirty) > len(clean) > 5
    rest = iter(dirty)
    assert all(line in rest for line in clean)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_the_article_is_lost(name):
    wanted = Counter(lines(read(f"{name}.clean")))
    assert not wanted - Counter(lines(cleaner.clean(read(name))))


def test_a_clean_article_comes_back_as_the_same_object():
    text = read(UNTOUCHED)
    assert text == read(f"{UNTOUCHED}.clean")
    assert cleaner.clean(text) is text


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_text_stays_as_it_is(name):
    # The article alone has no boilerplate to find: whatever goes from it was article.
    clean = read(f"{name}.clean")
    assert cleaner.clean(clean) is clean
