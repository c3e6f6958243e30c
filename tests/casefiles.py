"""Case files: read them, judge the library by them, and keep the record of what it does not do yet.

python tests/casefiles.py                  print today's figures
python tests/casefiles.py --write-known    accept them: rewrite known-failures.tsv and floors.json
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from cleaner import CATEGORIES, Pipeline, Result  # noqa: E402 (found through the line above when run as a command)

CASES = ROOT / "tests" / "cases"
KNOWN, FLOORS = "known-failures.tsv", "floors.json"
CODES = frozenset({"keep", "any", *CATEGORIES})
#: Floors are cut to three digits, so that a figure may fall short of its own floor by nothing but rounding.
MARGIN = 0.0005

Explain = Callable[[str], Result]


@dataclass(frozen=True)
class Case:
    """One labelled document: `codes` and `lines` run parallel, blank lines have the code ``""``."""

    name: str
    folder: str
    codes: tuple[str, ...]
    lines: tuple[str, ...]
    text: str


class Failure(NamedTuple):
    """A line that should have gone (LEFT) or stayed (LOST); `line` counts from 1 in the document."""

    case: str
    line: int
    what: str
    text: str


class Figures(NamedTuple):
    """Over all cases: labelled and removed lines by category, and how many lines to keep were lost."""

    labelled: Counter[str]
    gone: Counter[str]
    lost: int

    def floors(self) -> dict[str, float]:
        """What `floors.json` holds: recall by category, never rounded up, and the lost lines."""
        recall = {code: math.floor(1000 * self.gone[code] / total) / 1000 for code, total in sorted(self.labelled.items())}
        return {**recall, "lost": self.lost}


def read_case(path: Path) -> Case:
    """Read one file.

    Raises:
        ValueError: a line is malformed; the message begins with file:line.
    """
    codes, lines, header = [], [], True
    source = path.read_bytes().decode("utf-8")
    for number, raw in enumerate(source.removesuffix("\n").split("\n"), 1):
        if header and raw.startswith("#"):
            if not raw.startswith("# "):
                raise ValueError(f"{path}:{number}: a description begins with '# '")
            continue
        header = False
        code, tab, text = raw.partition("\t")
        if raw and not tab:
            raise ValueError(f"{path}:{number}: no tab between code and text")
        if raw and code not in CODES:
            raise ValueError(f"{path}:{number}: unknown code {code!r}; the codes are {', '.join(sorted(CODES))}")
        if raw and not text.strip():
            raise ValueError(f"{path}:{number}: {code!r} labels an empty line")
        codes.append(code)
        lines.append(text)
    if not any(codes):
        raise ValueError(f"{path}:1: no document below the description")
    return Case(path.stem, path.parent.name, tuple(codes), tuple(lines), "\n".join(lines) + "\n")


def read_cases(folder: Path = CASES) -> list[Case]:
    """Every case below a folder, by name. Names are unique, because the record of failures goes by them."""
    cases = [read_case(path) for path in sorted(folder.glob("*/*.case"), key=lambda path: path.stem)]
    if twice := [name for name, count in Counter(case.name for case in cases).items() if count > 1]:
        raise ValueError(f"two cases are named {twice[0]!r}")
    return cases


def failures(case: Case, explain: Explain) -> list[Failure]:
    """What goes wrong in one case. Any character taken from a line to keep is a loss; any one left of the others, a miss."""
    result = explain(case.text)
    removed = bytearray(len(case.text))
    for removal in result.removed:
        removed[removal.start : removal.end] = b"\1" * (removal.end - removal.start)
    output = Counter(line.strip() for line in re.split(r"[\r\n]+", result.text))
    found, at = [], 0
    for number, (code, line) in enumerate(zip(case.codes, case.lines, strict=True), 1):
        ink = [at + n for n, char in enumerate(line) if not char.isspace()]
        gone = sum(removed[place] for place in ink)
        if code == "keep" and (gone or not output[line.strip()]):
            found.append(Failure(case.name, number, "LOST", line))
        elif code in CATEGORIES and gone < len(ink):
            found.append(Failure(case.name, number, "LEFT", line))
        at += len(line) + 1
    return found


def figures(cases: Iterable[Case], found: Iterable[Failure]) -> Figures:
    """Sum up the failures of all cases."""
    by_name = {case.name: case for case in cases}
    labelled = Counter(code for case in by_name.values() for code in case.codes if code in CATEGORIES)
    found = list(found)
    left = Counter(by_name[failure.case].codes[failure.line - 1] for failure in found if failure.what == "LEFT")
    return Figures(labelled, labelled - left, sum(failure.what == "LOST" for failure in found))


def regressions(floors: dict[str, float], today: dict[str, float]) -> list[str]:
    """Where today's figures are worse than the floors; a category without a line any more is a lost floor too."""
    worse = [
        f"{code}: recall {today.get(code, 0.0):.3f}, floor {floor:.3f}"
        for code, floor in floors.items()
        if code != "lost" and today.get(code, 0.0) < floor - MARGIN
    ]
    if today["lost"] > floors.get("lost", math.inf):
        worse.append(f"lost lines: {today['lost']}, at most {floors['lost']}")
    return worse


def read_known(folder: Path = CASES) -> list[Failure]:
    """The rows of known-failures.tsv."""
    path, rows = folder / KNOWN, []
    if not path.exists():
        return []
    for number, row in enumerate(path.read_bytes().decode("utf-8").removesuffix("\n").split("\n"), 1):
        cells = row.split("\t", 3)
        if len(cells) == 4 and cells[1].isdecimal() and cells[2] in ("LEFT", "LOST"):
            rows.append(Failure(cells[0], int(cells[1]), cells[2], cells[3]))
        elif row:
            raise ValueError(f"{path}:{number}: not case, line number, LEFT or LOST, text")
    return rows


def read_floors(folder: Path = CASES) -> dict[str, float]:
    """The content of floors.json; empty where there is none yet."""
    path = folder / FLOORS
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def main(argv: Sequence[str], folder: Path = CASES, explain: Explain | None = None) -> int:
    """The command. Exit status 1: refused, because a floor would sink."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write-known", action="store_true", help="accept today's failures and figures")
    parser.add_argument("--allow-regression", action="store_true", help="accept them although a floor sinks")
    args = parser.parse_args(argv)
    cases = read_cases(folder)
    explain = explain or Pipeline().explain
    found = sorted(failure for case in cases for failure in failures(case, explain))
    summed, known, say = figures(cases, found), set(read_known(folder)), sys.stdout.write
    for code, total in summed.labelled.most_common():
        say(f"{code:<16}{summed.gone[code]:>5} of {total:<5}{summed.gone[code] / total:.3f}\n")
    say(f"{'lost':<16}{summed.lost:>5} lines to keep\n")
    for sign, rows in (("+", set(found) - known), ("-", known - set(found))):
        for row in sorted(rows):
            say(f"{sign} {row.what} {row.case}:{row.line}: {row.text[:90]}\n")
    if not args.write_known:
        return 0
    worse = regressions(read_floors(folder), summed.floors())
    for line in worse:
        say(f"worse than the floor: {line}\n")
    if worse and not args.allow_regression:
        say("nothing written; --allow-regression accepts this\n")
        return 1
    (folder / KNOWN).write_bytes("".join("\t".join(map(str, row)) + "\n" for row in found).encode("utf-8"))
    (folder / FLOORS).write_text(json.dumps(summed.floors(), indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
