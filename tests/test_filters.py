"""The filters that judge blocks: appeals, other stories, readers' threads; beside each mechanism the near miss that stays.

In each document the lines behind `- ` must go and all others stay. The wording is the plainest there is, so that these
tests are about the mechanisms and not about what the packs hold today.
"""

import pytest
from marked import H1, P1, P2, P3, P4, check

DONATION = {
    "block": f"""
{H1}
{P1}
- Your support helps us to tell the story
- From the first night of the flood our reporters have stood on that bank, and they have asked who knew what, and when.
- It takes months to read eleven thousand pages of minutes, and nobody else in the valley has the people to do it for you.
- Please donate today and support independent journalism.
{P2}
{P3}
""",
    "buttons": f"""
{H1}
{P1}
{P2}
- Support independent journalism
- USD 5
- USD 10
- Oak patron
{P3}
""",
    "text-below-the-button": f"""
{H1}
{P1}
- Support independent journalism
- Donate now
From the minutes that we were given in the autumn it appears that a third of the money went to advisers on the far bank.
{P2}
{P3}
""",
    "story-about-donations": f"""
{H1}
{P1}
The firm donated £40,000 to the charity that ran the food bank in the town hall, according to the accounts for that year.
{P2}
Donations have fallen since then.
{P3}
""",
    "prices-in-a-story": f"""
{H1}
{P1}
USD 5
USD 10
Oak patron
{P2}
{P3}
""",
}
RELATED = {
    "line-ups-end-the-list": f"""
{H1}
{P1}
{P2}
{P3}
- Most popular
- Ferry strike enters its second week now
Valley: 3 tries Olm (5), Bruve (21)
Stenning: 2 tries Tesk (14), Morvo (60)
Score by quarters: 5-0, 10-7, 15-7, 15-14
""",
    "owner-and-headlines": f"""
{H1}
{P1}
{P2}
{P3}
- Most popular
- Mayor apologises for the missing goat
- Ferry strike enters its second week
- Three held after raid on bakery
""",
    "prose-resumes": f"""
{H1}
{P1}
- Related stories
- Mayor apologises for the missing goat
- Ferry strike enters its second week
What the engineers found in the pier
{P2}
{P3}
""",
    "headlines-without-owner": f"""
{H1}
{P1}
Mayor apologises for the missing goat
{P2}
Ferry strike enters its second week
{P3}
""",
    "pointer": f"""
{H1}
{P1}
- Read more: Mayor apologises for the missing goat
{P2}
Read more books, said the librarian, and you will sleep better than with any pill that I know of.
{P3}
""",
    "card-with-lead-in": f"""
{H1}
{P1}
- Our reporter has more details here:
- Mayor apologises for the missing goat
{P2}
{P3}
""",
    "lead-in-without-card": f"""
{H1}
{P1}
Our reporter has more details here:
{P2}
{P3}
""",
    "card-beside-its-text": f"""
{H1}
{P1}
Engineers begin the controlled release of the lake
{P2}
- Engineers begin the controlled release of the lake
- The river is expected to rise by less than a metre at the lower bridge
{P3}
{P4}
""",
    "card-that-stands-alone": f"""
{H1}
{P1}
Engineers begin the controlled release of the lake
- Engineers begin the controlled release of the lake
The river is expected to rise by less than a metre at the lower bridge
{P2}
{P3}
""",
    "cards-with-teasers": f"""
{H1}
{P1}
{P2}
{P3}
- You may also like
- Equipment
- The only three tins you need for baking at home
- We baked the same dough in eleven shapes of tin, from enamel to cast iron, and weighed the crumbs left on every rack.
- Techniques
- Why your crust goes soft after an hour on the table
- Steam gets the praise, but cooling does the work: a short look at what happens once an oven door has been opened.
""",
    "subheads-below-a-box": f"""
{H1}
{P1}
{P2}
{P3}
- You may also like
- The only three tins you need for baking at home
Scent and smoke
We baked the same dough in eleven shapes of tin, from enamel to cast iron, and weighed the crumbs left on every rack.
Old brick ovens
Steam gets the praise, but cooling does the work: a short look at what happens once an oven door has been opened.
""",
}
READERS = {
    "thread": f"""
{H1}
{P1}
{P2}
{P3}
- Comments
- riverrat
- 2 hours ago
- Fourteen months for one crack. My grandfather would have done it in a week with a bucket and a trowel, and sober.
- Reply
- tidewatcher
- 3 hours ago
- I drove the long way round every day and I will miss the quiet of it, to be honest with you all.
- Reply
- oldbadger
- 4 hours ago
- Who pays?
- Reply
""",
    "one-reply-is-no-thread": f"""
{H1}
{P1}
Reply
{P2}
{P3}
""",
}
TABLE = {**DONATION, **RELATED, **READERS}


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("name", TABLE)
def test_mechanism(name, gap):
    check(TABLE[name], gap)
