"""Stories that nothing announces: what is marked for its shape alone, in no language; beside each mechanism the near miss."""

from marked import PROSE

from cleaner import View
from cleaner.filters.unannounced_stories import UnannouncedStories
from cleaner.scan import lexicon


def marked(text: str) -> set[str]:
    """The lines that the filter marks."""
    view = View(text, lexicon())
    return {text[mark.start : mark.end] for mark in UnannouncedStories().mark(view)}


def test_a_headline_that_shares_no_word_with_the_article_is_another_storys():
    stray = "Lighthouse keeper wins village baking contest again"
    own = "Why the ferrymen of Lower Stenning kept their rope"
    text = "\n".join([PROSE[0], PROSE[1], stray, PROSE[2], own, *PROSE[3:]])
    assert marked(text) == {stray}


def test_rows_of_cards_are_known_by_their_shape():
    cards = [
        line for n in ("one", "two", "three") for line in (f"Uvarra told of a morvo {n} that sennit bruve never saw", "Tesk")
    ]
    text = "\n".join([*PROSE, *cards])
    assert marked(text) == set(cards)
    assert not marked("\n".join([*PROSE, *cards[:4]]))


def teaser(number: str, end: str = ".") -> str:
    """A short paragraph that shares no word with the prose, nor with another one."""
    words = "sennit olvar bruve morvo talsin quend aborro teskal irumin vennat osk liter palvet umbrell".split()
    return f"Uvarra {' '.join(f'{word}{number}' for word in words)}{end}"


def test_teasers_in_rows_of_cards_are_no_prose():
    cards = [
        line for n in ("one", "two", "three") for line in ("Tesk", f"Morvo {n} that sennit bruve never saw again", teaser(n))
    ]
    text = "\n".join([*PROSE, *cards])
    view = View(text, lexicon())
    assert marked(text) == set(cards)
    assert view.body.stop == len(PROSE)
    # A long paragraph under a subhead is the article's.
    longer = [line * 4 if line.startswith("Uvarra") else line for line in cards]
    assert not {line for line in marked("\n".join([*PROSE, *longer])) if line.startswith("Uvarra")}
    # So is all of it where there is no other text.
    assert not {line for line in marked("\n".join(cards)) if line.startswith("Uvarra")}


def test_a_list_that_counts_is_the_articles():
    names = ("one", "two", "three")
    entries = [
        line for at, n in enumerate(names, 1) for line in (f"{at}.", f"Morvo {n} that sennit bruve never saw again", teaser(n))
    ]
    assert not {line for line in marked("\n".join([*PROSE, *entries])) if line.startswith("Uvarra")}


def pairs(end: str) -> list[str]:
    """Headlines and teasers in turn, three of each, of which the prose uses no word."""
    numbers = ("one", "two", "three")
    return [line for n in numbers for line in (f"Morvo {n} that sennit bruve never saw", teaser(n, end))]


def test_teasers_that_break_off_are_no_prose():
    cut = pairs(" …")
    text = "\n".join([*PROSE, *cut])
    assert marked(text) == set(cut)
    assert View(text, lexicon()).body.stop == len(PROSE)
    assert not marked("\n".join([*PROSE, *cut[:4]]))
    # An author who takes up the sentence again.
    assert not marked("\n".join([*PROSE, *cut, "… and so on"]))
    # Sections of one paragraph each.
    assert not marked("\n".join([*PROSE, *pairs("."), "Tesk"]))


def test_headlines_that_end_the_page_are_other_stories():
    last = [f"Uvarra denno of a morvo {n} talsin sennit bruve" for n in ("one", "two", "three")]
    assert marked("\n".join([*PROSE, *last])) == set(last)
    assert not marked("\n".join([*PROSE, *last[:2]]))
    assert not marked("\n".join([*PROSE[:3], *last, *PROSE[3:]]))
    # Right below the text a list that takes up some of its words may be the article's, below a label hardly.
    alike = [f"{line} of ferrymen" for line in last]
    assert not marked("\n".join([*PROSE, *alike]))
    assert marked("\n".join([*PROSE, "Tesk", *alike])) == set(alike)


def test_a_list_that_ends_the_page_is_the_articles():
    numbers = ("one", "two", "three")
    said = [f"„Uvarra told of a morvo {n} that sennit bruve never saw“" for n in numbers]
    programme = [f"{at}.30: Uvarra tells of a morvo {n} that sennit saw" for at, n in enumerate(numbers, 9)]
    table = [f"Uvarra {n}: morvo that sennit bruve never saw" for n in numbers]
    own = [
        "Why the ferrymen of Lower Stenning kept their rope",
        "The ferrymen kept the rope of Lower Stenning",
        "Stenning kept the rope",
    ]
    for last in (said, programme, table, own):
        assert not marked("\n".join([*PROSE, "Tesk", *last]))
