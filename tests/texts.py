"""Texts that properties are tried on: any string at all, and documents composed of lines of the cases."""

import re

from casefiles import read_cases
from hypothesis import strategies as st

from cleaner import CATEGORIES

CASES = read_cases()
JUNK = sorted({line for c in CASES for code, line in zip(c.codes, c.lines, strict=True) if code in CATEGORIES})
ARTICLE = sorted({line for c in CASES for code, line in zip(c.codes, c.lines, strict=True) if code == "keep"})
ODD = [
    "\n",
    "\r",
    "\r\n",
    "\n\n\n",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0b",
    "\x0c",
    "\x1c",
    "\ufeff",
    "\x00",
    "\ud800",
    " ",
    "\u00a0",
    "\u202e",
    "\u2066",
    "\u200f",
]
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
def documents(draw, breaks=("\n", "\n\n", "\r\n", "\n \n", "\r", "\r\r", "\n\n\n"), edges=("", "\n", "\ufeff", "\n\n")):
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
