"""Language packs: all of them load, each mistake is refused with its place, and every cue can fire."""

import unicodedata
from pathlib import Path

import pytest

import cleaner.lexicon
from cleaner import CATEGORIES, PackError, View
from cleaner.folding import core, ends_word, fold
from cleaner.lexicon import available, load, parse
from cleaner.phrases import parts_of, stands_in
from cleaner.scan import lexicon
from cleaner.wording import tokens

PACKS = Path(cleaner.lexicon.PACKS)
CODES = ["any", *available()]
#: The modes whose phrase, alone on a line, must be found there.
FOUND_ALONE = {"line", "starts", "ends", "has", "near", "owns", "opens", "hint", "leads", "not"}


def test_every_file_in_the_folder_is_a_pack():
    assert {path.stem for path in PACKS.glob("*.txt")} == set(CODES)
    assert {"de", "en", "fr"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_pack_loads(code):
    pack = load(code)
    assert len(pack.cues) > 20
    assert {cue.language for cue in pack.cues} == {code}
    assert {cue.category for cue in pack.cues} <= {*CATEGORIES, "article"}
    assert all(cue.phrase for cue in pack.cues)
    if code != "any":
        assert len(pack.calendar["month"]) >= 12
        assert len(pack.calendar["day"]) >= 7


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("[donation]\nhas a b\n[donations]\nhas c d\n", 3, r"unknown section \[donations\]"),
        ("# text\n\n[legal]\ncontains a b\n", 4, "unknown mode 'contains'; the modes are .*starts"),
        ("# text\nhas a b\n[legal]\n", 2, "before the first"),
        ("[legal]\nhas a b\nhas\n", 3, "no phrase"),
        ("[legal]\nhas a b\nhas    \n", 3, "no phrase"),
        ("[legal]\nhint law\n", 2, "no phrase"),
        ("[legal]\nhas {a|b c\n", 2, "no phrase"),
        ("[legal]\nhas a b\n\nhas A  B\n", 4, "stands in line 2 already"),
        ("[legal]\nhas théâtre\nhas theatre\n", 3, "stands in line 2 already"),
        ("[interface]\nwords mail print\nwords print mail\n", 3, "stands in line 2 already"),
        ("[calendar]\nmonth may\nyear 2024\n", 3, "unknown calendar word kind 'year'"),
        ("[advertising]\nstarts {ad|promo}{:| \\||/}\n", 2, "backslash"),
        ("[advertising]\nline {video|audio} {||:} *\n", 2, "a bar cannot be written"),
        ("[advertising]\nhas {ad|}{s|} *\n", 2, "may be empty"),
        ("[advertising]\nhas an {ad|{paid|sponsored} post}\n", 2, "braces within"),
    ],
    ids=(
        "section mode before-section empty spaces family-alone open-brace twice twice-folded words-twice calendar backslash "
        "bar all-optional nested"
    ).split(),
)
def test_a_malformed_pack_is_refused_with_its_place(source, line, says):
    with pytest.raises(PackError, match=says) as caught:
        parse(source, "xx", "packs/xx.txt")
    assert str(caught.value).startswith(f"packs/xx.txt:{line}: ")


def test_one_phrase_may_stand_in_two_categories_or_modes():
    source = "[legal]\nhas a b\nline a b\nhint law a b\n[related]\nhas a b\n"
    assert [(cue.category, cue.mode, cue.family) for cue in parse(source, "xx", "xx.txt").cues] == [
        ("legal", "has", ""),
        ("legal", "line", ""),
        ("legal", "hint", "law"),
        ("related", "has", ""),
    ]


@pytest.mark.parametrize("code", CODES)
def test_every_cue_is_found_in_a_line_made_of_it(code):
    # The automaton looks for a few letters of each phrase only (its anchors): a wrong choice would silence the cue.
    wanted = []
    for cue in load(code).cues:
        parts = parts_of(cue.raw) if cue.mode in FOUND_ALONE else []
        # A phrase may stand for millions: its first form, and its last one.
        forms = dict.fromkeys("".join(options[at] for options in parts) for at in (0, -1)) if parts else ()
        wanted += [(cue, " ".join(form.replace("#", "7").split())) for form in forms if "*" not in form]
    lines = [line for _, line in wanted]
    assert len(lines) > 20
    view = View("\n".join(lines), lexicon(frozenset({code} - {"any"})))
    assert len(view) == len(lines)
    silent = {(cue.mode, line) for n, (cue, line) in enumerate(wanted) if cue._replace(raw="") not in view.cues.get(n, ())}
    assert not silent


VARIANTS = {
    "capitals": str.upper,
    "title": str.title,
    "apostrophe": lambda text: text.replace("'", "’"),
    "other-apostrophe": lambda text: text.replace("'", "‘"),
    "no-break-space": lambda text: text.replace(" ", "\u00a0"),
    "narrow-no-break-space": lambda text: text.replace(" ", "\u202f"),
    "full-width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "two-spaces": lambda text: text.replace(" ", "  "),
    "bullet": lambda text: f"» {text} ›",
    "ellipsis": lambda text: f"{text}…",
    "soft-hyphen": "\u00ad".join,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}
PHRASES = [
    "en:sign up to our newsletter",
    "en:don't miss out",
    "de:lesen sie auch",
    "fr:s'abonner",
    "fr:réservé aux abonnés",
]


def judged(text: str, code: str) -> set[str]:
    view = View(text, lexicon(frozenset({code})))
    return {cue.phrase for cue in view.cues.get(0, ())}


def is_found(variant: str, phrase: str) -> bool:
    code, _, text = phrase.partition(":")
    assert judged(text, code), "the phrase itself is no cue"
    return judged(text, code) <= judged(VARIANTS[variant](text), code)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_how_a_phrase_is_printed_does_not_matter(variant, phrase):
    assert is_found(variant, phrase)


@pytest.mark.parametrize(
    ("printed", "cue"),
    [
        ("بيشتر بخوانيد", "بیشتر بخوانید"),
        ("أخبار", "اخبار"),
        ("مُشارَكة", "مشاركة"),
        ("דוא״ל", 'דוא"ל'),
        ("\u202bשיתוף\u202c", "שיתוף"),
        ("٣٬٤٥٦", "7"),
    ],
    ids="persian alef vowels gershayim direction digits".split(),
)
def test_what_scripts_write_in_two_ways_folds_to_one(printed, cue):
    assert fold(printed) == fold(cue)


def test_a_vowel_sign_belongs_to_its_word():
    assert core("साझा करें:") == "साझा करें"
    assert not ends_word("दाना", 2)
    assert tokens(["मार्च की खबर"]) == [["मार्च", "की", "खबर"]]
    assert stands_in("{दान|चंदा} दें", "आज दान दें")
    assert not stands_in("{दान|चंदा}", "दाना")


def test_letters_that_have_no_capital_fold_too():
    assert fold("GROSSE STRASSE, İstanbul") == fold("große Straße, istanbul") == "grosse strasse, istanbul"


#: Sentences of articles, ours, that open as prompts and furniture do, or nearly.
SENTENCES = """
en Yes, I think that is the right way forward.
en I agree that the city must do more for its cyclists.
en Neither the police nor the mayor would comment.
en The daily briefing was cancelled on Tuesday.
en Powered by a V8 engine, the car does 200 miles an hour.
en Allow cookies to cool on the sheet for five minutes.
en If you are an existing customer, call your bank at once.
de Zum Thema Verkehr sagte der Bürgermeister nichts.
de Am 12. Mai hat der Bundestag über den Antrag beraten.
de So können Eltern ihren Kindern durch den Winter helfen.
de Hier geht es zu wie im Taubenschlag, sagt die Wirtin.
de Jetzt geht es zum nächsten Gegner nach Oberried.
nl Misschien vind je het raar, zegt de bakker.
nl We bekijken alle opties, aldus de wethouder.
sv Lyssna på din kropp, säger läkaren Eva Lund.
sv Här hittar du alla de stora butikerna i staden.
da Chefredaktør Anna Hansen afviser kritikken.
no Uten deg er det ingen fest, sa hun til broren.
fr Pour réagir à la crise, le maire a réuni les voisins.
es Está prohibida la venta de alcohol en el estadio.
es Creado por el escultor en 1934, el busto ha vuelto.
es Estoy de acuerdo en que hay que cambiar la ley.
it Ai sensi dell'articolo 18 il giudice ha deciso così.
pt Todos os dias, milhares de pessoas atravessam a ponte.
pt Ao assinar o acordo, o presidente não disse nada.
pl Korzystając z tej okazji, sołtys podziękował strażakom.
pl Sprawdź też ciśnienie w oponach, radzi mechanik.
cs Používáme k tomu drony, vysvětluje starosta obce.
hu Csak be kell dobni a sütőbe, mondja a nagymama.
ru Самое главное - в деталях, говорит часовщик.
el Απάντηση στο ερώτημα έδωσε χθες ο δήμαρχος.
tr Sadece beş dakika içinde her şey bitti, dedi kaptan.
ar اقرأ لي هذا الخبر، طلب الرجل من حفيدته.
he רגע לפני סיום המשחק כבש החלוץ את השער.
hi संबंधित अधिकारियों ने मामले की जांच शुरू कर दी है।
id Menanggapi hal itu, wali kota meminta warga tenang.
zh 带着孩子的父母在车站已等了三个小时。
"""


@pytest.mark.parametrize("sentence", SENTENCES.strip().split("\n"))
def test_no_sure_opening_opens_a_sentence_of_an_article(sentence):
    code, _, text = sentence.partition(" ")
    for languages in (frozenset({code}), None):
        cues = View(f"Tesk\n{text}", lexicon(languages)).cues.get(1, [])
        assert not [cue.phrase for cue in cues if cue.mode == "starts"]


#: What tables, lists and results print, a line each.
ENTRIES = (
    "12|- #661|3 4|1. 2|12 %|1/2|3.|4:2|(7)|A|B 12|12-14|2:1 (1:0)|10.000|+3|-4|No. 5|1, 2|7/10|12 x|2024|1990–1994|$5|I|IV.|1a|"
    "§ 3|3 km|20 °C|10 g|0:0|6-4, 6-3|[2]|a)|1.1|99 %"
)


def test_no_number_or_letter_is_a_sure_cue():
    cues = View("\n".join(ENTRIES.split("|")), lexicon()).cues
    found = [
        (cue.phrase, cue.language) for own in cues.values() for cue in own if cue.mode not in ("near", "words", "hint", "opens")
    ]
    assert not found
