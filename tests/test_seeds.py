"""The two texts the project was started from, line by line. They are other people's, so they lie outside the repository."""

from pathlib import Path

import pytest

from cleaner import Pipeline

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
NAMES = ["live-blog-dense", "live-blog-spaced"]
STAY, GO = frozenset("KH"), frozenset("DFNSURM")
#: Lines that today's detection misses or loses, by file. A line that comes right fails the test: take it out then.
KNOWN_LEFT: dict[str, set[int]] = {}
KNOWN_LOST: dict[str, set[int]] = {}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no folder {SEEDS}: the seed texts are not part of the project")


def read(name: str) -> tuple[str, dict[int, str]]:
    text = (SEEDS / f"{name}.txt").read_bytes().decode("utf-8")
    rows = (SEEDS / f"{name}.labels.tsv").read_text("utf-8").splitlines()
    return text, {int(row.split("\t")[0]): row.split("\t")[1] for row in rows if row.strip()}


def gone(text: str) -> set[int]:
    """The numbers of the lines of which nothing is left."""
    spans = [(removal.start, removal.end) for removal in Pipeline().explain(text).removed]
    at, out = 0, set()
    for number, line in enumerate(text.split("\n"), 1):
        ink = [at + n for n, char in enumerate(line) if not char.isspace()]
        if ink and all(any(start <= place < end for start, end in spans) for place in ink):
            out.add(number)
        at += len(line) + 1
    return out


def test_the_seeds_hold_lines_of_every_code():
    codes = {code for name in NAMES for code in read(name)[1].values()}
    assert codes >= STAY | GO


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_about_lines_that_hold_something(name):
    text, labels = read(name)
    lines = text.split("\n")
    assert len(labels) > 20
    assert all(lines[number - 1].strip() for number in labels)
    assert sum(bool(line.strip()) for line in lines) == len(labels)


@pytest.mark.parametrize("name", NAMES)
def test_the_article_stays(name):
    text, labels = read(name)
    kept = {number for number, code in labels.items() if code in STAY}
    assert kept & gone(text) == KNOWN_LOST.get(name, set())
    # What stays, stays whole.
    output, lines = Pipeline().clean(text).split("\n"), text.split("\n")
    assert all(lines[number - 1] in output for number in kept - KNOWN_LOST.get(name, set()))


@pytest.mark.parametrize("name", NAMES)
def test_the_boilerplate_goes(name):
    text, labels = read(name)
    junk = {number for number, code in labels.items() if code in GO}
    assert junk - gone(text) == KNOWN_LEFT.get(name, set())
