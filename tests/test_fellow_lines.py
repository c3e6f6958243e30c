"""Fellow lines: what is marked for its place and its shape alone, in no language; beside each mechanism the near miss."""

from marked import PROSE

from cleaner import View
from cleaner.filters import gather
from cleaner.filters.fellow_lines import FellowLines
from cleaner.pipeline import FILTERS
from cleaner.scan import lexicon


def marked(text: str) -> dict[str, str]:
    """Line -> category, of the lines that the filter marks."""
    view = View(text, lexicon())
    return {text[mark.start : mark.end]: mark.category for mark in FellowLines().mark(view)}


def test_a_calendar_counts():
    days = [f"{day}." for day in range(1, 31)]
    assert marked("\n".join([*PROSE, *days])) == dict.fromkeys(days, "interface")
    # Figures that do not count up one by one are a table's, and few that do may be a list's.
    assert not marked("\n".join([*PROSE, *(f"{day * 7}." for day in range(1, 31))]))
    assert not marked("\n".join([*PROSE, *days[:6]]))


def test_unknown_lines_below_a_known_one_are_looked_at():
    foot = ["Sign up to our newsletter", "Morvo tesk", "Aland bruve sennit olva ka tirel moss"]
    assert marked("\n".join([*PROSE, *foot])) == {foot[1]: "interface", foot[2]: "related"}
    # Right below the text and above the first known line may be the article's own list.
    assert not marked("\n".join([*PROSE, *foot[1:], foot[0]]))


def test_menus_far_above_the_prose_are_looked_at():
    menu = [f"Morvo tesk bruve sennit olvar number {word}" for word in ("one", "two", "six")]
    far = ["Sign up to our newsletter", *menu, *(["Read more"] * 12)]
    assert set(marked("\n".join([*far, *PROSE]))) >= set(menu)
    # What the prose takes up may be its headline, however far above it stands.
    own = "Two men walk the deck of the ferry at Lower Stenning"
    assert own not in marked("\n".join([own, *far, *PROSE]))
    # And a short distance says nothing.
    assert not set(marked("\n".join([*menu, *PROSE]))) & set(menu)


def among(lines: list[str]) -> set[str]:
    """The lines that are marked because of what all filters marked around them."""
    view = View("\n".join(lines), lexicon())
    first = {mark.start for f in FILTERS for mark in f.mark(view) if mark.weight > 0}
    return {view.text[mark.start : mark.end] for _, mark in gather(FILTERS, view) if mark.start not in first}


def test_a_line_among_marked_ones_is_looked_at():
    unknown = "Morvo tesk bruve sennit olvar."
    buttons = ["Share on Facebook", "Sign up to our newsletter", "Print this article", "Leave a comment"]
    assert among([*PROSE, *buttons, unknown, *buttons]) == {unknown}
    # Right below the text it may be the last sentence.
    assert not among([*PROSE, unknown, *buttons])
    # In a document of few paragraphs it may be the text.
    assert not among([*PROSE[:4], *buttons, unknown, *buttons])


def test_the_first_lines_may_hold_the_headline():
    own = "Two men walk the deck of the ferry at Lower Stenning"
    half = "Ferry crosses Stenning river rope sennit olvar morvo talsin"
    menu = ["Sign up to our newsletter", *(["Read more"] * 12)]
    assert half not in marked("\n".join([half, *menu, own, *PROSE]))
    # Further down so many of its words are not enough.
    assert half in marked("\n".join([*menu[:3], half, *menu, own, *PROSE]))


def kickers(*above: str) -> list[str]:
    """The lines above a headline that are marked as its kicker."""
    view = View("\n".join([*above, "Why the ferrymen of Lower Stenning kept their rope", "By Ida Holm", *PROSE]), lexicon())
    return [view.text[m.start : m.end] for m in FellowLines().mark(view) if m.reason.startswith("Is one word")]


def test_one_word_right_above_the_headline_is_a_kicker():
    assert kickers("Old crossings", "Crossings") == ["Crossings"]
    assert not kickers("Crossings", "Old crossings")
