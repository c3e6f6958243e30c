"""Small documents with marked lines: those behind `- ` must go and all others stay."""

from cleaner import Pipeline

#: A headline and paragraphs of an article, for the documents to stand around. The first line like a headline is taken for
#: the headline, so documents that are about other headlines begin with this one.
H1 = "Bridge reopens two years after the great flood of the valley"
P1 = "The bridge reopened to traffic on Monday, two years after the flood that had carried its middle span away, it said."
P2 = "Engineers had found a crack in the second pier in the spring, and work that should take six weeks took fourteen months."
P3 = "“I had stopped believing in it,” said Anna Kolb, a baker who lives on the far bank and drove an hour to work each day."
P4 = "The council has not said what the repair cost; the contract was for four million, two firms were paid in the autumn."
#: Another article, in paragraphs enough for what is told by place and shape.
PROSE = [
    "The ferry at Lower Stenning crosses the river on a steel rope, and two men walk the deck from bow to stern to move it.",
    "In spring the flood brings down whole trees, and for nine days the rope lies on the bed of the river and nobody crosses.",
    "The county offered the ferrymen a diesel winch in 1961, and they voted it down because the winch needed only one man.",
    "Two apprentices began last autumn; one can already tell the depth of the water by the sound that the rope makes.",
    "A grip is a block of ash with a slot in it, and the ferrymen make a new one every second winter in the hut by the river.",
]


def check(document: str, gap: str) -> None:
    """Clean a marked document whose lines are set apart by `gap`; exactly the marked ones must go.

    The learned scorer is off: what it has learned changes, and the mechanisms must not hide behind it.
    """
    marked = document.strip().split("\n")
    lines = [line.removeprefix("- ") for line in marked]
    result = Pipeline(learned=False).explain(gap.join(lines))
    number = {1 + n * len(gap): line for n, line in enumerate(lines)}
    gone = [number[removal.line] for removal in result.removed]
    assert gone == [line.removeprefix("- ") for line in marked if line.startswith("- ")]
    assert result.text.split(gap) == [line for line in marked if not line.startswith("- ")]
