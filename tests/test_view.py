"""What is known of a document before any filter speaks: the densest prose, the headline, whose cues count."""

import pytest
from marked import H1, P1, P2, P3, P4

from cleaner import View
from cleaner.headlines import is_pointed
from cleaner.menus import is_menu
from cleaner.phrases import spelled
from cleaner.repeats import says_again
from cleaner.scan import lexicon

FOOTER = (
    "The society was founded in the winter of 1904 by eleven millers; it has its seat in the old toll house and is a member of "
    "the union."
)


def view(*lines: str) -> View:
    return View("\n".join(lines), lexicon())


def test_a_paragraph_in_the_footer_stretches_the_body_not_the_dense_prose():
    seen = view(H1, P1, P2, P3, P4, *["Morvo", "Tesk", "Aland bruve"] * 12, FOOTER)
    assert seen.body == range(1, len(seen))
    assert seen.dense == range(1, 5)
    assert seen.is_one


def test_a_list_of_many_texts_is_not_one_article():
    entry = [*["Morvo", "Tesk", "Aland bruve"] * 6, FOOTER]
    assert not view(*entry * 4).is_one


def test_subheads_and_lists_are_part_of_the_dense_prose():
    seen = view(H1, P1, "The pier", P2, "Stone", "Lime", "Oak", P3, P4)
    assert seen.dense == range(1, len(seen))


@pytest.mark.parametrize(
    ("row", "category"),
    [("ShareTweetPrint", "interface"), ("VorlesenMerkenTeilen", "interface"), ("PrivacyTermsImprint", "legal")],
)
def test_glued_buttons_are_a_row(row, category):
    assert view(row).evidence[category][0].weight == 7.0


@pytest.mark.parametrize("name", ["McDonald", "The LaserPrint of Ohm", "iPhone", "PrintMorvo"])
def test_glued_names_are_none(name):
    assert 0 not in view(name).evidence.get("interface", {})


def test_a_headline_far_below_a_list_that_announces_it_is_the_first_printing():
    stories = ["Menu", "Ferry strike enters its second week now", "Goat found in the hall", "Kiosk to close", H1, "Three held"]
    between = ["Morvo", "Tesk", "Bruve", "Aland", "Sennit", "Olva"]
    byline = "By Anna Kolb, 3 May 2024, 10:15"
    seen = view(*stories, *between, H1, byline, P1, P2, P3, P4)
    assert {line: repeat.of for line, repeat in seen.repeats.items()} == {4: 12}
    # Where the upper one stands above the stamp, or near by, it stays.
    near = view("Menu", "Sport", "Travel", "Weather", H1, byline, *between, H1, P1, P2, P3, P4)
    assert {line: repeat.of for line, repeat in near.repeats.items()} == {12: 4}
    near = view(*stories, *between[:3], H1, byline, P1, P2, P3, P4)
    assert {line: repeat.of for line, repeat in near.repeats.items()} == {9: 4}


@pytest.mark.parametrize("menu", [0, 9])
def test_the_way_to_the_headline_repeats_it_however_long_the_menu_above(menu):
    above = [f"Morvo {'abcdefghi'[n]}" for n in range(menu)]
    seen = view(*above, f"Start » Valley » {H1}", H1, P1, P2, P3)
    assert {line: repeat.of for line, repeat in seen.repeats.items()} == {menu: menu + 1}


def test_a_weak_cue_of_a_language_that_is_not_spoken_says_nothing():
    text = "Subscribe to our newsletter and like our page, the newsroom asks."
    spoken = {
        cue.language for cues in view(H1, P1, text, "Read more", "Sign up").cues.values() for cue in cues if cue.mode == "hint"
    }
    assert spoken == {"en"}
    alone = View(text, lexicon())._found
    assert {cue.language for cue in alone[0] if cue.mode == "hint"} > {"en"}


def test_words_of_india_are_whole():
    verses = ("बारिश अबके देर से है माँ", "तुम्हारी नानी कहती है कि चिट्ठी")
    assert not says_again(*verses)
    assert says_again(verses[0], verses[0] + " आज")


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("{log|sign} in", ["{log|sign} in"]),
        ("more {about * here|there}", ["more {there}", "more about * here"]),
        ("foo{ * barn|}", ["foo", "foo * barn"]),
        ("{leser*innen|kunden}", ["{leser*innen|kunden}"]),
        ("{*|now} listen", ["{*|now} listen"]),
    ],
)
def test_an_option_with_a_gap_is_a_phrase_of_its_own(phrase, forms):
    assert spelled(phrase) == forms


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("READ MORE How the old mill was saved", True),
        ("LÆS OGSÅ Sådan blev den gamle mølle reddet", True),
        ("Read more How the old mill was saved", False),
        ("READ MORE How the", False),
        ("READ MORE", False),
        ("THE MILL How it was saved again", False),
        ("VIDEO How the old mill was saved", False),
    ],
)
def test_a_label_in_capitals_points_to_the_headline_behind_it(line, points):
    assert is_pointed(View(f"The mill\n{line}", lexicon()), 1) == points


def test_a_line_of_bars_alone_is_no_menu():
    assert not is_menu(view("| " * 20, P1), 0)
    assert is_menu(view("Sport | Weather | Podcasts", P1), 0)
