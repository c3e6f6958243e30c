"""What `cut_spans` takes along with the lines that go: the table of breaks."""

from itertools import pairwise

import pytest

from cleaner.document import Document
from cleaner.render import cut_spans, render
from cleaner.result import Removal

#: In each text the lines that begin with "x" go.
TABLE = [
    ("spaced", "A\n\nx\n\nB", "A\n\nB"),
    ("dense", "A\nx\nB", "A\nB"),
    ("gap-above-is-larger", "A\n\nx\nB", "A\n\nB"),
    ("gap-below-is-larger", "A\nx\n\nB", "A\n\nB"),
    ("gap-inside-is-larger", "A\nx\n\n\nx2\nB", "A\n\n\nB"),
    ("two-together", "A\n\nx\nx2\n\nB", "A\n\nB"),
    ("two-apart", "A\n\nx\n\nB\nx2\nC", "A\n\nB\nC"),
    ("first", "x\n\nA\nB", "A\nB"),
    ("first-below-blank-lines", "\n\nx\nA", "\n\nA"),
    ("last", "A\n\nx\n", "A\n"),
    ("last-above-blank-lines", "A\n\nx\n\n\n", "A\n\n\n"),
    ("no-final-newline", "A\nB\n\nx", "A\nB"),
    ("first-and-last", "x\nA\nx2\n", "A\n"),
    ("all-gone", "x\n\nx2\n", ""),
    ("all-gone-below-blank-lines", "\n \nx\n", ""),
    ("all-gone-behind-a-bom", "\ufeffx\nx2\n", "\ufeff"),
    ("crlf", "A\r\n\r\nx\r\n\r\nB\r\n", "A\r\n\r\nB\r\n"),
    ("crlf-dense", "A\r\nx\r\nB", "A\r\nB"),
    ("cr", "A\rx\r\rB\r", "A\r\rB\r"),
    ("mixed", "A\nx\r\n\r\nB", "A\r\n\r\nB"),
    ("bom-first", "\ufeffx\nA\n", "\ufeffA\n"),
    ("bom-kept", "\ufeffA\nx\n", "\ufeffA\n"),
    ("white-line", "A\n \t\nx\nB", "A\n \t\nB"),
    ("indented", "  A\n   x  \n  B", "  A\n  B"),
    ("line-separator-is-no-break", "A\nx\u2028x2\nB", "A\nB"),
    ("nothing-to-cut", "A\n\n\nB\n\n", "A\n\n\nB\n\n"),
]
#: As above, the text between two kept lines being one of the original breaks; these are equal in size, so the upper stays.
TIES = [("a-tie", "A\n \nx\n\nB", "A\n \nB"), ("three-ties", "A\nx\r\nx2\rB", "A\nB")]


def cut(text: str) -> tuple[str, dict[int, tuple[int, int]]]:
    document = Document(text)
    gone = [index for index, line in enumerate(document.lines) if line.startswith("x")]
    spans = cut_spans(document, gone)
    assert sorted(spans) == gone
    removed = [Removal(a, b, "other", "f", "r", 1.0, text[a:b], 1) for a, b in sorted(spans.values())]
    return render(text, removed), spans


@pytest.mark.parametrize(("text", "left"), [row[1:] for row in TABLE + TIES], ids=[row[0] for row in TABLE + TIES])
def test_cut(text, left):
    output, spans = cut(text)
    assert output == left
    # Each span holds its own line, and no two overlap: a span explains one line, not its neighbours.
    document, ordered = Document(text), sorted(spans.values())
    assert all(a <= document.spans[i].start and document.spans[i].end <= b for i, (a, b) in spans.items())
    assert all(before[1] <= after[0] for before, after in pairwise(ordered))


def test_each_row_but_one_cuts_something():
    assert [name for name, text, left in TABLE + TIES if text == left] == ["nothing-to-cut"]


def test_offsets_are_whole_numbers():
    # They are written as JSON by --explain, where False is "false".
    _, spans = cut("x\nx2\n")
    assert [type(offset) for span in spans.values() for offset in span] == [int] * 4


def test_the_text_itself_where_nothing_is_cut():
    text = "A\n\nB\n"
    assert render(text, []) is text
