"""Views of a result for people: a diff of kept and removed lines, and totals by category."""

from __future__ import annotations

from collections import Counter

from cleaner.result import Removal, Repair, Result

_RED, _YELLOW, _RESET = "\x1b[31m", "\x1b[33m", "\x1b[0m"


def diff(result: Result, *, colour: bool = False) -> str:
    r"""Kept lines behind two spaces, removed ones behind `- ` with their category, repaired ones behind `~ `.

    >>> import cleaner
    >>> print(diff(cleaner.explain("Rain fell all night.\nSign up to our newsletter")))
      Rain fell all night.
    - Sign up to our newsletter  [subscription]
    <BLANKLINE>
    """
    red, yellow, reset = (_RED, _YELLOW, _RESET) if colour else ("", "", "")
    out: list[str] = []
    at = 0
    edits: list[Removal | Repair] = sorted([*result.removed, *result.repaired], key=lambda edit: edit.start)
    for edit in edits:
        out += _lines(result.source[at : edit.start], "  ", "")
        if isinstance(edit, Removal):
            out += _lines(edit.text, f"{red}- ", f"  [{edit.category}]{reset}")
        else:
            out += _lines(edit.after, f"{yellow}~ ", reset)
        at = edit.end
    out += _lines(result.source[at:], "  ", "")
    return "".join(f"{line}\n" for line in out)


def _lines(text: str, before: str, after: str) -> list[str]:
    return [f"{before}{line.strip()}{after}" for line in text.splitlines() if line.strip()]


class Totals:
    """Counts removed lines and characters by category over many results."""

    def __init__(self) -> None:
        self.documents = self.characters = self.repaired = 0
        self.lines: Counter[str] = Counter()
        self.removed: Counter[str] = Counter()

    def add(self, result: Result) -> None:
        """Count one result."""
        self.documents += 1
        self.characters += len(result.source)
        self.repaired += len(result.repaired)
        for removal in result.removed:
            self.lines[removal.category] += 1
            self.removed[removal.category] += len(removal.text)

    def table(self) -> str:
        """A table for people: a row a category, the most lines first, and the sum."""
        rows = [("category", "lines", "characters")]
        rows += [(name, str(count), str(self.removed[name])) for name, count in self.lines.most_common()]
        rows.append(("removed", str(self.lines.total()), f"{self.removed.total()} of {self.characters}"))
        rows.append(("repaired", str(self.repaired), ""))
        return "".join(f"{a:<18}{b:>8}  {c:>12}".rstrip() + "\n" for a, b, c in rows)
