"""A user's rules file: what it can say, and how it is refused."""

import time

import pytest

from cleaner import Pipeline, Rules, RulesError

BEFORE, AFTER = "The bridge reopened to traffic on Monday.", "Drivers had waited for it since the spring."
GOES = {
    "line": ("zebra crossing club", "Zebra Crossing Club"),
    "starts": ("zebra club:", "Zebra club: our picks for the week"),
    "ends": ("(zebra club)", "Our picks for the week (Zebra Club)"),
    "has": ("zebra club", "Brought to you by the Zebra Club and its friends"),
    "regex": (r"^Z\\w+ \\d+$", "Zebra 12"),
}
STAYS = {
    "line": "The zebra crossing club met",
    "starts": "In the zebra club: our picks",
    "ends": "Our picks (zebra club) for the week",
    "has": "Brought to you by the zebra clubhouse",
    "regex": "Zebra twelve",
}


def clean(rules: str, line: str) -> str:
    return Pipeline(rules=Rules.parse(rules)).clean(f"{BEFORE}\n{line}\n{AFTER}")


@pytest.mark.parametrize("mode", GOES)
def test_each_mode(mode):
    phrase, line = GOES[mode]
    rules = f'[remove.advertising]\n{mode} = ["{phrase}"]\n'
    # Without the rule the line is nobody's: else its going would prove nothing.
    assert clean("", line) == f"{BEFORE}\n{line}\n{AFTER}"
    assert clean(rules, line) == f"{BEFORE}\n{AFTER}"
    near_miss = f"{BEFORE}\n{STAYS[mode]}\n{AFTER}"
    assert clean(rules, STAYS[mode]) == near_miss


def test_the_modes_of_the_table_are_all_there_are():
    with pytest.raises(RulesError) as caught:
        Rules.parse('[remove.legal]\nnope = ["x"]')
    assert str(caught.value).endswith(", ".join(GOES))
    assert set(STAYS) == set(GOES)


def test_a_rule_removes_a_long_paragraph_too():
    # A user's word outweighs every prior.
    paragraph = "The zebra club says that " + "the river rose again in the night and fell by noon, " * 6 + "as it does."
    assert clean('[remove.other]\nhas = ["zebra club"]', paragraph) == f"{BEFORE}\n{AFTER}"


def test_a_category_of_ones_own():
    rules = Rules.parse('[remove.zebras]\nhas = ["zebra club"]')
    pipeline, text = Pipeline(rules=rules), f"{BEFORE}\nZebra club tonight\n{AFTER}"
    (removal,) = pipeline.explain(text).removed
    assert (removal.category, removal.filter, removal.line) == ("zebras", "your rules", 2)
    assert "zebras" in pipeline.known_categories
    assert pipeline.keeping("zebras").clean(text) == text
    assert pipeline.only("zebras").clean(text) == f"{BEFORE}\n{AFTER}"
    assert pipeline.only("legal").clean(text) == text
    with pytest.raises(ValueError, match="zebras"):
        Pipeline().keeping("zebras")


@pytest.mark.parametrize(
    "line", ["Zebra Club", "Sign up to our newsletter", "Zebra 12"], ids=["users-phrase", "packs-phrase", "users-pattern"]
)
def test_protect_wins_over_every_rule(line):
    rules = '[remove.other]\nline = ["zebra club"]\nregex = ["Zebra"]\n'
    gone = f"{BEFORE}\n{AFTER}"
    assert clean(rules, line) == gone
    assert clean(f'protect = ["{line.lower()}"]\n{rules}', line) == f"{BEFORE}\n{line}\n{AFTER}"


BAD = [
    ("toml", 'protect = ["a"]\n[remove.other\n', 2, "not TOML"),
    ("toml-open-string", 'protect = ["a]\n', 1, "not TOML"),
    ("key", 'protect = ["a"]\ntimout = 1\n', 2, "unknown key 'timout'"),
    ("mode", '[remove.other]\nhas = ["a"]\ncontains = ["b"]\n', 3, "unknown mode 'contains'"),
    ("type", '[remove.other]\nhas = "a"\n', 2, "list of strings"),
    ("type-in-list", '[remove.other]\nline = ["a"]\nhas = ["b", 3]\n', 3, "list of strings"),
    ("protect-type", 'timeout = 1\nprotect = "a"\n', 2, "list of strings"),
    ("empty", '[remove.other]\nline = ["a"]\nhas = ["b", ""]\n', 3, "empty phrase"),
    ("no-letter", '[remove.other]\nline = ["a"]\nhas = ["--"]\n', 3, "empty phrase"),
    ("empty-regex", '[remove.other]\nline = ["a"]\nregex = [""]\n', 3, "empty phrase"),
    ("regex", '[remove.other]\nregex = [\n  "fine",\n  "(broken",\n]\n', 4, "not a regular expression"),
    ("regex-escaped", "[remove.other]\nregex = [\n  \"fine\",\n  '\\d+[',\n]\n", 4, "not a regular expression"),
    ("category-name", '[remove.legal]\nhas = ["a"]\n[remove."My own"]\nhas = ["b"]\n', 3, "is not a category"),
    ("category-not-table", '[remove]\nlegal = ["a"]\n', 2, "is not a category"),
    ("remove-not-table", 'timeout = 1\nremove = ["a"]\n', 2, "remove must be tables"),
    ("timeout-type", 'protect = ["a"]\ntimeout = "1"\n', 2, "timeout must be"),
    ("timeout-bool", "timeout = true\n", 1, "timeout must be"),
    ("timeout-range", 'protect = ["a"]\ntimeout = 0\n', 2, "timeout must be"),
]


@pytest.mark.parametrize(("source", "line", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_refused_with_its_place(source, line, says):
    with pytest.raises(RulesError, match=says) as caught:
        Rules.parse(source, "mine.toml")
    assert caught.value.line == line
    assert str(caught.value).startswith(f"mine.toml:{line}: ")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(RulesError, match="cannot be read"):
        Rules.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'protect = ["caf\xe9"]')
    with pytest.raises(RulesError, match=r"latin\.toml: cannot be read"):
        Rules.load(tmp_path / "latin.toml")


def test_a_catastrophic_pattern_stops_and_names_its_line():
    rules = Rules.parse("[remove.other]\nregex = [\n  'fine',\n  '(a+)+$',\n]\n", "mine.toml")
    begun = time.monotonic()
    with pytest.raises(RulesError, match=r"^mine\.toml:4: .*\(a\+\)\+\$.*longer than 0\.1 s"):
        Pipeline(rules=rules).clean("a" * 5000 + "!")
    assert time.monotonic() - begun < 2


def test_the_time_allowed_is_the_files():
    rules = Rules.parse("timeout = 0.01\n[remove.other]\nregex = ['(a+)+$']\n")
    with pytest.raises(RulesError, match=r"longer than 0\.01 s"):
        Pipeline(rules=rules).clean("a" * 5000 + "!")


def test_no_rules_are_no_rules():
    assert Rules.parse("").categories == frozenset()
    assert Rules.parse("# nothing\n").protect == ()


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('# no timeout here\ntimeout = "1"\n', 2),
        ('protect = ["some phrase"]\nme = 1\n', 2),
        ('# what has to go\n[remove.other]\nhas = "a"\n', 3),
        ('protect = ["-- a --"]\n[remove.other]\nline = ["--"]\n', 3),
        ('protect = ["(broken"]\n[remove.other]\nregex = ["(broken"]\n', 3),
    ],
    ids=["comment", "part-of-a-word", "comment-mode", "same-text-elsewhere", "same-pattern-elsewhere"],
)
def test_the_place_is_right_where_the_text_stands_elsewhere_too(source, line):
    with pytest.raises(RulesError) as caught:
        Rules.parse(source)
    assert caught.value.line == line
