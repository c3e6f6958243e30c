"""The filters that judge lines: repeats, stamps, menus, labels; beside each mechanism the near miss that stays.

In each document the lines behind `- ` must go and all others stay. The wording is the plainest there is, so that these
tests are about the mechanisms and not about what the packs hold today.
"""

import pytest
from marked import H1, P1, P2, P3, P4, check

from cleaner import Mark, View
from cleaner.filters.interface_lines import InterfaceLines
from cleaner.filters.related_stories import RelatedStories
from cleaner.filters.subscription_prompts import SubscriptionPrompts
from cleaner.scan import lexicon

DUPLICATES = {
    "headline-again": f"""
{H1}
- {H1}
{P1}
{P2}
""",
    "near": f"""
Two nations begin joint drills after signing new defence agreement
{P1}
- Two nations begin joint drills after signing a new defense agreement
{P2}
""",
    "changed-name": f"""
Vote for Anna Kolb in the grand final of the show tonight
{P1}
Vote for Maria Kolb in the grand final of the show tonight
{P2}
""",
    "changed-number": f"""
Engineers close 3 of the gates at the upper dam on Monday
{P1}
Engineers close 4 of the gates at the upper dam on Monday
{P2}
""",
    "cut-short": f"""
Two nations begin joint drills after signing new defence agreement
{P1}
- Two nations begin joint drills after signing…
{P2}
""",
    "standfirst-again": f"""
{H1}
The crossing that carried forty thousand people a day is open at last.
- The crossing that carried forty thousand people a day is open at last.
{P1}
{P2}
""",
    "headline-cut-from-the-first-sentence": f"""
The crossing that carried forty thousand people a day is open
The crossing that carried forty thousand people a day is open again since Monday, but on one lane only until June.
{P1}
{P2}
""",
    "refrain": f"""
{H1}
{P1}
Haul away, my darling, haul away,
the tide is on the turn and the moon is on the bay.
Haul away, my darling, haul away,
for nobody will wait for us at the ending of the day.
{P2}
""",
    "short-lines": f"""
{H1}
{P1}
Independent
{P2}
Independent
{P3}
""",
}
#: Sections under their headings.
SECTIONS = f"""The crack in the second pier
{P1}
Who pays for the work
{P2}
What happens to the ferry
{P3}"""
LINES = {
    "table-of-contents": f"""
{H1}
{P4}
- The crack in the second pier
- Who pays for the work
- What happens to the ferry
{SECTIONS}
""",
    "table-of-contents-that-the-text-introduces": f"""
{H1}
{P4}
This guide to the bridge has the following parts:
The crack in the second pier
Who pays for the work
What happens to the ferry
{SECTIONS}
""",
    "labels-again": f"""
{H1}
What you need:
{P1}
What you need:
{P2}
What you need:
{P3}
""",
    "glued-lines": f"""
{H1}
{P1}
- Anna KolbSign up to our newsletter
{P2}
""",
    "form-labels-in-company": f"""
{H1}
{P1}
{P2}
{P3}
- Leave a comment
- Name
- Email
- Post comment
""",
    "form-labels-alone": f"""
{H1}
{P1}
Name
{P2}
Email
{P3}
""",
    "menu-run": f"""
- Home
- News
- Sport
- Weather
- Zebras
- Contact us
{H1}
{P1}
{P2}
""",
    "table-run": f"""
{H1}
{P1}
Goals
Points
Harrow
Malton
Played
{P2}
{P3}
""",
    "vocabulary": f"""
{H1}
{P1}
{P2}
- Facebook Twitter WhatsApp Email
{P3}
""",
    "one-word-of-vocabulary": f"""
{H1}
{P1}
WhatsApp is where she reads the news
{P2}
""",
    "stamps-and-names": f"""
{H1}
- By Anna Kolb and Tom Watling
- Monday 3 March 2025 14:05 GMT
{P1}
{P2}
""",
    "bare-name-beside-a-stamp": f"""
{H1}
- Anna Kolb
- 3 March 2025
{P1}
{P2}
""",
    "glued-name-and-stamp": f"""
{H1}
{P1}
- Anna Kolb3 March 2025 14:05
{P2}
{P3}
""",
    "capitals-are-no-names": f"""
{H1}
{P1}
{P2}
GRAIN SOLD NEAR KELMOUTH 5 March 2025
{P3}
{P4}
""",
    "subhead-like-a-name-beside-a-stamp": f"""
{H1}
Anna Kolb Engineers Council
- 3 March 2025
{P1}
{P2}
{P3}
{P4}
""",
    "names-and-dates-in-prose": f"""
{H1}
{P1}
Anna Kolb
{P2}
It opened on 3 March 2025.
{P3}
""",
}
TABLE = {**DUPLICATES, **LINES}
KNOWN_BUGS: set[str] = set()
NAMES = [pytest.param(name, marks=[pytest.mark.xfail(strict=True)] if name in KNOWN_BUGS else []) for name in TABLE]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("name", NAMES)
def test_mechanism(name, gap):
    check(TABLE[name], gap)


def test_a_table_amid_the_text_is_no_menu():
    # The mark would be too weak to remove a line by itself, but it would push.
    words = ["Goals", "Points", "Harrow", "Malton", "Home", "Away"]
    amid, above = [H1, P1, *words, P2], ["Home", "News", "Sport", "Zebras", "Contact us", "Search", H1, P1]
    assert not [mark.reason for mark in menu_marks(amid)]
    assert len(menu_marks(above)) >= 6


def menu_marks(lines: list[str]) -> list[Mark]:
    return [mark for mark in InterfaceLines().mark(View("\n".join(lines), lexicon())) if mark.reason == "Stands in a menu"]


def test_an_offer_marks_the_lines_that_it_holds():
    # The mark alone is too weak for a headline-like line, so the outcome is the learned scorer's; the mark is not.
    held = "The best of the valley, every Friday"
    view = View("\n".join([H1, P1, "Sign up to our newsletter", held, "Subscribe now", P2]), lexicon())
    assert held in [view.text[mark.start : mark.end] for mark in SubscriptionPrompts().mark(view)]
    apart = View("\n".join([H1, P1, "Sign up to our newsletter", P3, P2, P1, held, "Subscribe now"]), lexicon())
    assert held not in [apart.text[mark.start : mark.end] for mark in SubscriptionPrompts().mark(apart)]


def test_headlines_right_below_a_pointer_amid_the_text_go_with_it():
    stories = ["Harbour crane sold to a museum in the capital", "Lighthouse keeper wins village baking contest again"]
    view = View("\n".join([H1, P1, P2, "Read the full story", *stories, P3, P4]), lexicon())
    weights = {view.text[m.start : m.end]: m.weight for m in RelatedStories().mark(view)}
    # The last one may be the subhead of the prose below.
    assert weights[stories[0]] > weights[stories[1]] > 0
    assert P3 not in weights
