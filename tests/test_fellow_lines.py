"""Fellow lines: what is marked for its place and its shape alone, in no language; beside each mechanism the near miss."""

from cleaner import View
from cleaner.filters.fellow_lines import FellowLines
from cleaner.scan import lexicon


def marked(text: str) -> dict[str, str]:
    """Line -> category, of the lines that the filter marks."""
    view = View(text, lexicon())
    return {text[mark.start : mark.end]: mark.category for mark in FellowLines().mark(view)}


PROSE = [
    "The ferry at Lower Stenning crosses the river on a steel rope, and two men walk the deck from bow to stern to move it.",
    "In spring the flood brings down whole trees, and for nine days the rope lies on the bed of the river and nobody crosses.",
    "The county offered the ferrymen a diesel winch in 1961, and they voted it down because the winch needed only one man.",
    "Two apprentices began last autumn; one can already tell the depth of the water by the sound that the rope makes.",
    "A grip is a block of ash with a slot in it, and the ferrymen make a new one every second winter in the hut by the river.",
]


def test_a_headline_that_shares_no_word_with_the_article_is_another_storys():
    stray = "Lighthouse keeper wins village baking contest again"
    own = "Why the ferrymen of Lower Stenning kept their rope"
    text = "\n".join([PROSE[0], PROSE[1], stray, PROSE[2], own, *PROSE[3:]])
    assert marked(text) == {stray: "related"}
    assert own in text


def test_a_calendar_counts():
    days = [f"{day}." for day in range(1, 31)]
    assert marked("\n".join([*PROSE, *days])) == dict.fromkeys(days, "interface")
    # Figures that do not count up one by one are a table's, and few that do may be a list's.
    assert not marked("\n".join([*PROSE, *(f"{day * 7}." for day in range(1, 31))]))
    assert not marked("\n".join([*PROSE, *days[:6]]))


def test_rows_of_cards_are_known_by_their_shape():
    cards = [
        line for n in ("one", "two", "three") for line in (f"Uvarra told of a morvo {n} that sennit bruve never saw", "Tesk")
    ]
    text = "\n".join([*PROSE, *cards])
    assert marked(text) == dict.fromkeys(cards, "related")
    assert not marked("\n".join([*PROSE, *cards[:4]]))


def test_unknown_lines_below_a_known_one_are_looked_at():
    foot = ["Sign up to our newsletter", "Morvo tesk", "Aland bruve sennit olva ka tirel moss"]
    assert marked("\n".join([*PROSE, *foot])) == {foot[1]: "interface", foot[2]: "related"}
    # Right below the text and above the first known line may be the article's own list.
    assert not marked("\n".join([*PROSE, *foot[1:], foot[0]]))
