"""What a run says at its end; sums of parts, so that workers count and the parent adds up."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cleaner.corpus.batch import Row

#: How many of the documents that lost most are named.
MOST = 10


class Loss(NamedTuple):
    """What one document lost. Ordered by share, then by characters; the place settles ties."""

    share: float
    characters: int
    file: str
    line: int


@dataclass
class Summary:
    """Counts over documents.

    Attributes:
        documents: how many were read, rejected rows not included.
        changed: how many came out different.
        empty: how many that had text were left without any.
        rejected: bad rows that went to the rejects file.
        other: files in the input folders that are of no known format, and were left out.
        guarded: what the guard did -> how many documents.
        read, removed: characters of text read, and removed.
        lines, characters: removed by category.
        most: the documents that lost most.
    """

    documents: int = 0
    changed: int = 0
    empty: int = 0
    rejected: int = 0
    other: int = 0
    read: int = 0
    guarded: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    most: list[Loss] = field(default_factory=list)

    @property
    def removed(self) -> int:
        """Characters removed, of all categories."""
        return self.characters.total()

    def add(self, text: str, row: Row, file: str, line: int) -> int:
        """Count one document; returns how many characters it lost."""
        self.documents += 1
        self.read += len(text)
        self.changed += row.changed
        if row.action:
            self.guarded[row.action] += 1
        lost = 0
        for removal in row.removed:
            self.lines[removal.category] += 1
            self.characters[removal.category] += len(removal.text)
            lost += len(removal.text)
        if lost:
            self.empty += not row.text.strip()
            self._keep([Loss(lost / len(text), lost, file, line)])
        return lost

    def merge(self, other: Summary, line_offset: int = 0) -> None:
        """Add another summary, whose lines are counted from `line_offset` on."""
        for name in ("documents", "changed", "empty", "rejected", "other", "read"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("guarded", "lines", "characters"):
            getattr(self, name).update(getattr(other, name))
        self._keep(loss._replace(line=loss.line and loss.line + line_offset) for loss in other.most)

    def _keep(self, losses: Iterable[Loss]) -> None:
        # By place where share and size are the same, so that the order of work changes nothing.
        self.most = heapq.nsmallest(MOST, [*self.most, *losses], key=lambda x: (-x.share, -x.characters, x.file, x.line))

    def as_dict(self) -> dict[str, Any]:
        """The summary as JSON has it."""
        return {
            "documents": self.documents,
            "changed": self.changed,
            "empty": self.empty,
            "rejected": self.rejected,
            "other_files": self.other,
            "guard": dict(sorted(self.guarded.items())),
            "characters_read": self.read,
            "characters_removed": self.removed,
            "removed": {
                name: {"lines": lines, "characters": self.characters[name]} for name, lines in sorted(self.lines.items())
            },
            "lost_most": [loss._asdict() for loss in self.most],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Summary:
        """What `as_dict` gave."""
        return cls(
            documents=data["documents"],
            changed=data["changed"],
            empty=data["empty"],
            rejected=data["rejected"],
            other=data["other_files"],
            read=data["characters_read"],
            guarded=Counter(data["guard"]),
            lines=Counter({name: counts["lines"] for name, counts in data["removed"].items()}),
            characters=Counter({name: counts["characters"] for name, counts in data["removed"].items()}),
            most=[Loss(**loss) for loss in data["lost_most"]],
        )

    def text(self) -> str:
        """The summary for people: a few counts, a table by category, the documents that lost most."""
        counts = [("documents", self.documents), ("changed", self.changed), ("left empty", self.empty)]
        names = {"keep": "kept as they were", "drop": "dropped", "flag": "flagged"}
        counts += [(f"{names[action]} by the guard", n) for action, n in sorted(self.guarded.items())]
        counts += [("rows rejected", self.rejected)] if self.rejected else []
        counts += [("files of no known format left out", self.other)] if self.other else []
        out = [f"{name:<34}{count:>12}" for name, count in counts]
        out += ["", f"{'category':<18}{'lines':>12}  {'characters':>14}"]
        out += [f"{name:<18}{lines:>12}  {self.characters[name]:>14}" for name, lines in self.lines.most_common()]
        out.append(f"{'removed':<18}{self.lines.total():>12}  {self.removed:>14} of {self.read}")
        if self.most:
            out += ["", "lost most"]
            out += [f"  {m.share:>6.1%}  {m.characters:>8}  {m.file}{f':{m.line}' if m.line else ''}" for m in self.most]
        return "".join(f"{line}\n" for line in out)

    def dump(self, path: str) -> None:
        """Write the summary to a JSON file."""
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
            json.dump(self.as_dict(), file, ensure_ascii=False, indent=1)
            file.write("\n")
