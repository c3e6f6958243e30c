"""Every case file against the library, with the record of known failures; and the logic of that record on tiny inputs."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from casefiles import (
    CASES,
    CODES,
    Case,
    Failure,
    failures,
    figures,
    main,
    read_case,
    read_cases,
    read_floors,
    read_known,
    regressions,
)

from cleaner import Pipeline, Removal, Result
from cleaner.lexicon import available

ALL = read_cases()
KNOWN = read_known()


@cache
def fresh_failures(case: Case) -> list[Failure]:
    """The failures of a case, which two tests ask for."""
    return failures(case, Pipeline().explain)


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.folder}/{case.name}")
def test_case(case):
    found = set(fresh_failures(case))
    known = {row for row in KNOWN if row.case == case.name}
    fixed = [f"line {f.line} is no longer {f.what}: delete its row in known-failures.tsv" for f in sorted(known - found)]
    fresh = [f"line {f.line} is {f.what}: {f.text}" for f in sorted(found - known)]
    assert not fixed + fresh, "\n".join([case.name, *fixed, *fresh])


def test_the_record_is_about_cases_that_exist():
    # Else a row for a case that was renamed would lie there for ever, and no test would miss it.
    assert not {row.case for row in KNOWN} - {case.name for case in ALL}
    assert sorted(KNOWN) == KNOWN
    assert len(set(KNOWN)) == len(KNOWN)


def test_figures_hold_their_floors():
    floors = read_floors()
    assert "lost" in floors, "no floors: run tests/casefiles.py --write-known"
    found = [failure for case in ALL for failure in fresh_failures(case)]
    assert not regressions(floors, figures(ALL, found).floors())


def test_the_cases_cover_every_category_and_hold_text_to_keep():
    counted = Counter(code for case in ALL for code in case.codes)
    scarce = {code for code in CODES - {"correction", "other", "any"} if counted[code] < 10}
    assert not scarce
    assert counted["keep"] > 300


@pytest.mark.parametrize("language", available())
def test_each_language_has_cases_of_its_own(language):
    # English ones carry no code in their name.
    own = [case for case in ALL if (case.name[:2] if case.name[2:3] == "-" else "en") == language]
    gone = Counter(code for case in own for code in case.codes if code not in ("keep", ""))
    assert gone.total() >= 25
    assert len(gone) >= 8
    assert sum(code == "keep" for case in own if case.folder == "keep" for code in case.codes) >= 15


def write(folder: Path, text: str, name: str = "one") -> Path:
    path = folder / "wild" / f"{name}.case"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_case_is_read_line_by_line(tmp_path):
    case = read_case(write(tmp_path, "# label: tiny\n# hard: #\nkeep\t# Not a description\n\nlegal\tCookies\tand tabs\n"))
    assert (case.name, case.folder) == ("one", "wild")
    assert case.codes == ("keep", "", "legal")
    assert case.lines == ("# Not a description", "", "Cookies\tand tabs")
    assert case.text == "# Not a description\n\nCookies\tand tabs\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("#label\nkeep\tA\n", 1, "description"),
        ("# label\nkeep A\n", 2, "no tab"),
        ("# label\nkeep\tA\nkept\tA\n", 3, "unknown code 'kept'"),
        ("keep\tA\nkeep\t  \n", 2, "empty line"),
        ("keep\tA\n# late\n", 2, "no tab"),
        ("# label\n", 1, "no document"),
    ],
    ids=["header", "no-tab", "unknown-code", "empty-text", "late-header", "nothing"],
)
def test_a_malformed_case_is_refused_with_its_place(tmp_path, text, line, says):
    path = write(tmp_path, text)
    with pytest.raises(ValueError, match=says) as caught:
        read_case(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_two_cases_of_one_name_are_refused(tmp_path):
    (tmp_path / "keep").mkdir()
    write(tmp_path, "keep\tA\n").rename(tmp_path / "keep" / "one.case")
    write(tmp_path, "keep\tA\n")
    with pytest.raises(ValueError, match="'one'"):
        read_cases(tmp_path)


def remover(*words: str):
    """A cleaner that takes out these words wherever they stand: the judge must be right about any cleaner."""

    def explain(text: str) -> Result:
        places = sorted((text.index(word), text.index(word) + len(word)) for word in words if word in text)
        return Result(text, [Removal(a, b, "legal", "f", "r", 1.0, text[a:b], 1) for a, b in places])

    return explain


TINY = "keep\tRain fell.\n\nlegal\tCookie notice\nlegal\tTerms\nany\tPhoto\nrelated\tMore\n"


@pytest.mark.parametrize(
    ("removed", "found"),
    [
        (["Cookie notice", "Terms", "More"], []),
        (["Cookie notice", "Terms", "More", "Photo"], []),
        (["Cookie", "Terms", "More"], [(3, "LEFT")]),
        (["fell", "Cookie notice", "Terms", "More"], [(1, "LOST")]),
        ([], [(3, "LEFT"), (4, "LEFT"), (6, "LEFT")]),
    ],
    ids=["perfect", "any-is-no-claim", "part-left", "part-lost", "nothing-done"],
)
def test_judging(tmp_path, removed, found):
    case = read_case(write(tmp_path, TINY))
    assert [(failure.line, failure.what) for failure in failures(case, remover(*removed))] == found


def test_a_line_that_stands_twice_must_stay_where_it_is_to_stay(tmp_path):
    case = read_case(write(tmp_path, "keep\tRain fell.\nduplicate\tRain fell.\n"))
    assert [(failure.line, failure.what) for failure in failures(case, remover("Rain fell."))] == [(1, "LOST"), (2, "LEFT")]


@pytest.mark.parametrize(
    ("today", "worse"),
    [
        ({"legal": 0.5, "lost": 2}, False),
        ({"legal": 0.4996, "lost": 2}, False),
        ({"legal": 0.499, "lost": 2}, True),
        ({"legal": 0.9, "lost": 3}, True),
        ({"lost": 0}, True),
        ({"legal": 0.6, "related": 0.1, "lost": 0}, False),
    ],
    ids=["same", "within-margin", "recall-sinks", "more-lost", "category-vanishes", "new-category"],
)
def test_regressions(today, worse):
    assert bool(regressions({"legal": 0.5, "lost": 2}, today)) is worse


def test_recall_is_rounded_down(tmp_path):
    case = read_case(write(tmp_path, "legal\tA\nlegal\tB\nlegal\tC\n"))
    assert figures([case], [Failure("one", 1, "LEFT", "A")]).floors() == {"legal": 0.666, "lost": 0}


def test_write_known_never_lowers_a_floor_silently(tmp_path, capsys):
    write(tmp_path, TINY)
    good, poor = remover("Cookie notice", "Terms", "More"), remover("fell", "Terms", "More")
    assert main(["--write-known"], tmp_path, good) == 0
    assert (read_known(tmp_path), read_floors(tmp_path)) == ([], {"legal": 1.0, "related": 1.0, "lost": 0})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert len(before) == 2
    assert main(["--write-known"], tmp_path, poor) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert "worse than the floor: legal" in capsys.readouterr().out
    assert main(["--write-known", "--allow-regression"], tmp_path, poor) == 0
    assert read_known(tmp_path) == [Failure("one", 1, "LOST", "Rain fell."), Failure("one", 3, "LEFT", "Cookie notice")]
    assert json.loads((tmp_path / "floors.json").read_text())["lost"] == 1


def test_figures_alone_write_nothing(tmp_path, capsys):
    write(tmp_path, TINY)
    assert main([], tmp_path, remover("Terms")) == 0
    assert "1 of 2" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["wild"]


def test_a_malformed_record_is_refused(tmp_path):
    (tmp_path / "known-failures.tsv").write_text("one\t1\tLEFT\tA\none 2 LOST B\n")
    with pytest.raises(ValueError, match=r"known-failures\.tsv:2: "):
        read_known(tmp_path)


def test_the_record_is_where_the_cases_are():
    assert (CASES / "known-failures.tsv").is_file()


@pytest.mark.parametrize("case", [case for case in ALL if case.folder == "keep"], ids=lambda case: case.name)
def test_a_language_takes_no_line_of_another(case):
    # What must stay with the packs of its own language, and the English one, must stay with all of them.
    own = case.name[:2] if case.name[:3] in {f"{code}-" for code in available()} else "en"
    alone = {
        failure for failure in failures(case, Pipeline(languages={own, "en"}, learned=False).explain) if failure.what == "LOST"
    }
    together = {failure for failure in failures(case, Pipeline(learned=False).explain) if failure.what == "LOST"}
    assert together <= alone | set(KNOWN)
