"""A user's own rules: a small TOML file of cues to remove and phrases to protect."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.errors import RulesError
from cleaner.evidence import View
from cleaner.folding import core, fold
from cleaner.lexicon import Cue
from cleaner.result import Mark

if TYPE_CHECKING:
    from pathlib import Path

#: How a user's cue may match; `regex` is a pattern of the `regex` package, searched in the line as it is printed.
MODES = ("line", "starts", "ends", "has", "regex")
#: Seconds that one pattern may take on one line, unless the file says otherwise.
TIMEOUT = 0.1
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class _Pattern(NamedTuple):
    category: str
    source: str
    compiled: Any
    line: int


class Rules:
    """The rules of one file. Equal files make rules that act alike; nothing is kept between documents.

    Attributes:
        cues: the phrases to remove, by category.
        protect: phrases; no rule removes a line that holds one.
        categories: the categories that the file removes, its own ones included.
    """

    def __init__(
        self,
        cues: Iterable[Cue] = (),
        patterns: Iterable[_Pattern] = (),
        protect: Iterable[str] = (),
        timeout: float = TIMEOUT,
        path: str = "",
    ) -> None:
        self.cues, self.patterns, self.protect = tuple(cues), tuple(patterns), tuple(protect)
        self.timeout, self.path = timeout, path

    @property
    def categories(self) -> frozenset[str]:
        """Every category that a rule of this file removes."""
        return frozenset({cue.category for cue in self.cues} | {pattern.category for pattern in self.patterns})

    @classmethod
    def load(cls, path: str | Path) -> Rules:
        """Read a rules file.

        Raises:
            RulesError: the file cannot be read, is not TOML, or has an entry that is not allowed; with its line.
        """
        try:
            with open(path, encoding="utf-8") as file:
                source = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError(path, 0, f"cannot be read: {error}") from error
        return cls.parse(source, path)

    @classmethod
    def parse(cls, source: str, path: str | Path = "<rules>") -> Rules:
        """Read rules from the text of a file (see `load`)."""
        data = _toml(source, path)
        check = _Checker(source, str(path))
        cues: list[Cue] = []
        patterns: list[_Pattern] = []
        for key in data:
            if key not in ("protect", "timeout", "remove"):
                check.refuse(key, f"unknown key {key!r}; the keys are protect, timeout and [remove.CATEGORY]")
        timeout = data.get("timeout", TIMEOUT)
        if not isinstance(timeout, (int, float)) or isinstance(timeout, bool) or not 0 < timeout <= 10:
            check.refuse("timeout", "timeout must be a number of seconds from 0 to 10")
        remove = data.get("remove", {})
        if not isinstance(remove, dict):
            check.refuse("remove", "remove must be tables: [remove.CATEGORY]")
        for category, entries in remove.items():
            if not _NAME.fullmatch(category) or not isinstance(entries, dict):
                check.refuse(category, f"{category!r} is not a category: write [remove.some_name]")
            for mode, values in entries.items():
                if mode not in MODES:
                    check.refuse(mode, f"unknown mode {mode!r}; the modes are {', '.join(MODES)}")
                for value in check.phrases(mode, values):
                    if mode == "regex":
                        patterns.append(check.pattern(category, value))
                    else:
                        folded = fold(value) if mode == "ends" else core(fold(value))
                        cues.append(Cue("user", category, mode, "", folded, value.lower()))
        return cls(cues, patterns, check.phrases("protect", data.get("protect", [])), float(timeout), str(path))

    @cached_property
    def filter(self) -> UserRules:
        """The filter that marks what the rules remove."""
        return UserRules(self)


class UserRules:
    """Marks what a user's rules remove. A pattern that runs out of time stops the run and names its line."""

    name = "your rules"

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def __repr__(self) -> str:
        return f"<filter {self.name}>"

    @property
    def categories(self) -> frozenset[str]:
        """The categories of the rules file."""
        return self.rules.categories

    def mark(self, view: View) -> Iterator[Mark]:
        """Mark the lines in which a phrase or a pattern of the file is found."""
        for line, text in enumerate(view.lines):
            for cue in self.rules.cues:
                if cue.matches(view.folded(line), view.core(line)):
                    yield view.mark(line, cue.category, f"Your rule: {cue.mode} “{cue.raw}”", 12.0)
            for pattern in self.rules.patterns:
                try:
                    found = pattern.compiled.search(text, timeout=self.rules.timeout)
                except TimeoutError:
                    problem = f"the pattern {pattern.source!r} took longer than {self.rules.timeout} s on one line"
                    raise RulesError(self.rules.path, pattern.line, problem) from None
                if found:
                    yield view.mark(line, pattern.category, f"Your rule: regex “{pattern.source}”", 12.0)


class _Checker:
    """Refuses what is not allowed, with the line on which it stands."""

    def __init__(self, source: str, path: str) -> None:
        self.lines, self.path = source.split("\n"), path

    def refuse(self, near: str, problem: str) -> None:
        raise RulesError(self.path, self.line_of(near), problem)

    def line_of(self, text: str, after: int = 0) -> int:
        """The line on which `text` stands as a key or in a table's name, else as a string, else at all; 1 where nowhere.

        Lines up to number `after` are passed over.
        """
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        name = rf"""["']?{re.escape(text)}["']?"""
        for pattern in (
            rf"^\s*{name}\s*=|^\s*\[+[^#]*?\b{name}\s*\]",
            rf"""["']{re.escape(escaped)}["']|["']{re.escape(text)}["']""",
            re.escape(text),
        ):
            for number, line in enumerate(self.lines[after:], after + 1):
                if re.search(pattern, line):
                    return number
        return 1

    def phrases(self, mode: str, values: Any) -> list[str]:
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(mode, f"{mode} must be a list of strings")
        for value in values:
            if (not any(map(str.isalnum, value)) and mode != "regex") or not value:
                self.refuse(value or mode, f"{mode} holds an empty phrase")
        return list(values)

    def pattern(self, category: str, value: str) -> _Pattern:
        import regex

        line = self.line_of(value, after=self.line_of(category))
        try:
            return _Pattern(category, value, regex.compile(value), line)
        except regex.error as error:
            raise RulesError(self.path, line, f"not a regular expression: {error}") from error


def _toml(source: str, path: str | Path) -> Mapping[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise RulesError(path, int(at.group(1)) if at else source.count("\n") + 1, f"not TOML: {error}") from error
