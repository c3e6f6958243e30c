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


def test_teasers_that_break_off_are_no_prose():
    cut = [line for n in ("one", "two", "three") for line in (f"Morvo {n} that sennit bruve never saw again", teaser(n, " …"))]
    text = "\n".join([*PROSE, *cut])
    assert {line for line in cut if line.endswith("…")} <= marked(text)
    assert View(text, lexicon()).body.stop == len(PROSE)
    assert not {line for line in marked("\n".join([*PROSE, *cut[:4]])) if line.endswith("…")}
    # An author who takes up the sentence again.
    assert not {line for line in marked("\n".join([*PROSE, *cut, "… and so on"])) if line.endswith("…")}


def test_headlines_that_end_the_page_are_looked_at():
    last = [f"Uvarra told of a morvo {n} that sennit bruve never saw" for n in ("one", "two", "three")]
    assert marked("\n".join([*PROSE, *last])) == set(last)
    assert not marked("\n".join([*PROSE, *last[:2]]))
    assert not marked("\n".join([*PROSE[:3], *last, *PROSE[3:]]))
