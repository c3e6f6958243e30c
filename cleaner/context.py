"""What a line's place and neighbours say before any filter speaks: the log-odds that it is boilerplate.

The figures are rounded from labelled pages and held on the side of keeping: losing article text is the worse mistake.
"""

from __future__ import annotations

from cleaner.view import View

#: By shape (see `Document.shapes`). Labelled pages say that short lines are boilerplate more often than not.
PRIOR = {"-": -1.0, "w": -1.5, "h": -2.2, "s": -3.0, "p": -4.5}
#: A line that opens with a quotation mark is somebody's words, and somebody's words are the article.
QUOTED = -3.0
#: Alone among paragraphs, no other suspect near: prose; and a short line, which may be a subhead.
ALONE = {"s": -0.5, "p": -0.5, "w": -1.0, "h": -1.0, "-": 0.0}
#: A short line whose words the paragraph beside it takes up is that paragraph's subhead.
ECHOED = -6.0
#: The first line like a headline is the headline.
HEADLINE = -2.5

_QUOTES = frozenset('“"„«‟「『')


def prior(view: View, line: int) -> float:
    """The log-odds that a line is boilerplate, from its shape, its place and its neighbours alone."""
    shape, text = view.shapes[line], view.lines[line]
    score = PRIOR[shape]
    if text[0] in _QUOTES:
        score += QUOTED
    if line in view.body and not view.has_company(line):
        score += ALONE[shape]
        if shape != "p" and len(text) <= 80 and is_echoed(view, line):
            score += ECHOED
    if line == view.headline:
        score += HEADLINE
    return score


def is_echoed(view: View, line: int) -> bool:
    """Whether the paragraph right below or above a short line takes up what the line says."""
    words = view.core(line)
    return len(words) >= 4 and any(
        0 <= near < len(view) and view.shapes[near] in "ps" and words in view.folded(near) for near in (line + 1, line - 1)
    )
