"""A user's rules file: what it can say, and how it is refused."""

import json
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Pipeline, Rules, RulesError

WATCHED = {"open", "exec", "compile", "import", "os.system", "subprocess.Popen", "os.exec", "socket.connect"}

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


def test_a_whole_line_can_be_protected_and_nothing_else_with_it():
    rules = 'protect_lines = ["Zebra Club", "* {x} *"]\n[remove.other]\nhas = ["zebra club"]\nregex = ["^[*{]"]\n'
    assert clean(rules, "ZEBRA  club") == f"{BEFORE}\nZEBRA  club\n{AFTER}"
    assert clean(rules, "* {x} *") == f"{BEFORE}\n* {{x}} *\n{AFTER}"
    # A line that only holds it is not it; nor is one with other signs.
    assert clean(rules, "The Zebra Club") == f"{BEFORE}\n{AFTER}"
    assert clean(rules, "* {y} *") == f"{BEFORE}\n{AFTER}"


def test_a_rule_is_an_order():
    # All that can speak for a line: the headline's place, a quotation, taken up by the paragraph below.
    line = "“Nobody had expected the flood so early”"
    below = (
        "On the far bank the baker said “nobody had expected the flood so early” and turned to the next in her queue of the day."
    )
    text = f"{BEFORE}\n{line}\n{below}\n{below.replace('baker', 'dyer')}"
    assert Pipeline().clean(text) == text
    rules = Rules.parse(f'[remove.other]\nline = ["{line}"]')
    assert line not in Pipeline(rules=rules).clean(text).split("\n")
    assert line in Pipeline(rules=rules).keeping("other").clean(text)


HOSTILE = [
    ("deep-lists", "a = " + "[" * 5000, 0, "not TOML"),
    ("deep-tables", "a = " + "{b = " * 3000, 0, "not TOML"),
    ("huge-number", "timeout = " + "9" * 5000, 0, "not TOML"),
    ("not-a-number", "timeout = nan", 1, "timeout must be"),
    ("deep-pattern", "[remove.other]\nregex = ['" + "(" * 20000 + "a" + ")" * 20000 + "']", 2, "not a regular expression"),
    ("endless-pattern", "[remove.other]\nregex = ['(?:a?){4294967294}']", 2, "more than 10000 times"),
    ("named-list", "[remove.other]\nregex = ['\\L<open>']", 2, "not a regular expression"),
    ("gaps", '[remove.other]\nhas = ["' + "a*" * 9 + 'z"]', 2, "at most 8 gaps"),
    ("choices", '[remove.other]\nline = ["' + "{a|b}" * 33 + '"]', 2, "at most 8 gaps and 32 choices"),
    # Folded it is a sign and would be found in every line of signs.
    ("folds-to-nothing", '[remove.other]\nline = ["ʼ"]', 2, "empty phrase"),
    ("no-include", 'include = "/etc/passwd"', 1, "unknown key 'include'"),
]


@pytest.mark.parametrize(("source", "line", "says"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused_at_once(source, line, says):
    begun = time.process_time()
    with pytest.raises(RulesError, match=says) as caught:
        Rules.parse(source, "mine.toml")
    assert caught.value.line == line
    assert time.process_time() - begun < 5


def test_a_file_without_an_end_is_refused(tmp_path):
    path = tmp_path / "huge.toml"
    path.write_bytes(b"#" * 17_000_000)
    with pytest.raises(RulesError, match=r"huge\.toml: longer than"):
        Rules.load(path)


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ('has = ["a*a*a*a*a*a*a*a*z"]', "a " * 3000),
        ('has = ["a*a*a*a*a*a*a*a*z"]', "a" * 6000),
        ('starts = ["' + "{a|aa}" * 30 + 'z"]', "a" * 60),
        ('ends = ["' + "{a|aa|}" * 30 + 'z"]', "a" * 60),
    ],
    ids=["gaps", "gaps-unspaced", "choices", "optional-choices"],
)
def test_phrases_take_no_time_without_bound(rules, text):
    pipeline = Pipeline(rules=Rules.parse(f"[remove.other]\n{rules}"))
    begun = time.process_time()
    assert pipeline.clean(f"{BEFORE}\n{text}\n{AFTER}").split("\n") == [BEFORE, text, AFTER]
    assert time.process_time() - begun < 5


def test_many_slow_patterns_stop_together():
    # Each of them stays within its own time on each line.
    patterns = ", ".join(f"'(a|a)+{n}$'" for n in range(50))
    pipeline = Pipeline(rules=Rules.parse(f"timeout = 0.02\n[remove.other]\nregex = [\n{patterns}]", "mine.toml"))
    begun = time.process_time()
    with pytest.raises(RulesError, match=r"^mine\.toml:4: .* s on one document|longer than 0\.02 s"):
        pipeline.clean("\n".join(["a" * 17 + "!"] * 1000))
    assert time.process_time() - begun < 5


def test_memory_that_runs_out_is_an_error_of_the_rules():
    rules = Rules.parse("[remove.other]\nregex = ['x+']", "mine.toml")

    class Greedy:
        def search(self, text, timeout):
            raise MemoryError

    pattern = rules.patterns[0]._replace(compiled=Greedy())
    greedy = Rules((), [pattern], path="mine.toml")
    with pytest.raises(RulesError, match=r"mine\.toml:2: .*'x\+'.*too much memory"):
        Pipeline(rules=greedy).clean("x")


@pytest.mark.parametrize("pattern", ["(?R)", "(?:(?R))*", "(?P<x>(?&x)a|a)", "((?:a|b|(?1))*)", r"(?:a{e<=5}){5,}(?b)"])
def test_patterns_that_call_themselves_stop_too(pattern):
    pipeline = Pipeline(rules=Rules.parse(f"[remove.other]\nregex = ['{pattern}']"))
    begun = time.process_time()
    try:
        pipeline.clean("abc" * 500)
    except RulesError as error:
        assert "longer than" in error.problem or "not a regular" in error.problem  # noqa: PT017 (it may pass, too)
    assert time.process_time() - begun < 3


def test_rules_open_no_file_and_run_nothing(tmp_path):
    opened = []
    watching = True
    # An audit hook sees every file opened and every process or import begun, whoever does it. It cannot be taken out again.
    sys.addaudithook(lambda event, args: opened.append((event, args)) if watching and event in WATCHED else None)
    pipeline = Pipeline()
    pipeline.clean(f"{BEFORE}\nZebra\n{AFTER}")
    secret = tmp_path / "secret.txt"
    secret.write_text("zebra")
    source = (
        f"protect = ['{secret}', '$(cat {secret})', '!include {secret}']\n[remove.other]\nregex = ['(?#{secret})x(?=`true`)?']\n"
    )
    source += f"has = ['{secret}', '__import__(\"os\").system(\"true\")']\n"
    Rules.parse("[remove.other]\nregex = ['a']")
    opened.clear()
    Pipeline(rules=Rules.parse(source)).clean(f"{BEFORE}\nZebra\n{AFTER}")
    watching = False
    assert opened == []


def taken(source: str) -> Rules | None:
    """The rules, or None where they are refused, with a line that there is."""
    try:
        return Rules.parse(source)
    except RulesError as error:
        refusal = error
    assert 0 <= refusal.line <= source.count("\n") + 1
    return None


@given(st.text(max_size=80), st.sampled_from([*GOES, "protect", "protect_lines"]))
@settings(max_examples=200)
def test_any_phrase_is_taken_or_refused(phrase, mode):
    entry = f"{mode} = [{json.dumps(phrase)}]"
    rules = taken(entry if mode.startswith("protect") else f"[remove.other]\n{entry}")
    if rules is None:
        return
    result = Pipeline(rules=rules).explain(f"{BEFORE}\n{phrase}\n{AFTER}")
    if mode == "protect_lines" and not set(phrase) & set("\r\n"):
        assert phrase.strip() in [line.strip() for line in result.text.split("\n")] or result.repaired


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_file_is_taken_or_refused(source):
    taken(source)
