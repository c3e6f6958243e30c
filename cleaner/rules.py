"""A user's own rules: a small TOML file of cues to remove and phrases to protect."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.bounded import holds
from cleaner.errors import RulesError
from cleaner.folding import core, fold
from cleaner.lexicon import Cue
from cleaner.result import ORDER, Mark
from cleaner.view import View

if TYPE_CHECKING:
    from pathlib import Path

#: How a user's cue may match; `regex` is a pattern of the `regex` package, searched in the line as it is printed.
MODES = ("line", "starts", "ends", "has", "regex")
#: Seconds that one pattern may take on one line, unless the file says otherwise.
TIMEOUT = 0.1
#: All patterns together may take so many times that on one document, and so many seconds for each pattern and character.
PATIENCE, PER_CHARACTER = 50, 1e-6
#: A pattern may repeat something at most so often (the engine takes memory for each time), a file hold so many characters.
REPEATS, SIZE = 10_000, 16_000_000
#: A phrase may hold at most so many `*`, and so many `{a|b}`: each is tried at every place of a line.
GAPS, CHOICES = 8, 32
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COUNTS = re.compile(r"\{(\d*),?(\d*)\}")


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
        protect_lines: whole lines that no rule removes.
        categories: the categories that the file removes, its own ones included.
    """

    def __init__(
        self,
        cues: Iterable[Cue] = (),
        patterns: Iterable[_Pattern] = (),
        protect: Iterable[str] = (),
        timeout: float = TIMEOUT,
        path: str = "",
        protect_lines: Iterable[str] = (),
    ) -> None:
        self.cues, self.patterns, self.protect = tuple(cues), tuple(patterns), tuple(protect)
        self.protect_lines = tuple(protect_lines)
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
                source = file.read(SIZE + 1)
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError(path, 0, f"cannot be read: {error}") from error
        if len(source) > SIZE:
            raise RulesError(path, 0, f"longer than {SIZE} characters")
        return cls.parse(source, path)

    @classmethod
    def parse(cls, source: str, path: str | Path = "<rules>") -> Rules:
        """Read rules from the text of a file (see `load`)."""
        data = _toml(source, path)
        check = _Checker(source, str(path))
        cues: list[Cue] = []
        patterns: list[_Pattern] = []
        for key in data:
            if key not in ("protect", "protect_lines", "timeout", "remove"):
                check.refuse(key, f"unknown key {key!r}; the keys are protect, protect_lines, timeout and [remove.CATEGORY]")
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
        phrases, lines = (check.phrases(key, data.get(key, [])) for key in ("protect", "protect_lines"))
        return cls(cues, patterns, phrases, float(timeout), str(path), lines)

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
        """Mark the lines in which a phrase or a pattern of the file is found.

        Raises:
            RulesError: a pattern ran out of time or memory; with its line.
        """
        patterns, spent = self.rules.patterns, 0.0
        allowed = PATIENCE * self.rules.timeout + PER_CHARACTER * len(view.text) * len(patterns)
        for line, text in enumerate(view.lines):
            for cue in self.rules.cues:
                if holds(cue, view.folded(line), view.core(line)):
                    yield view.mark(line, cue.category, f"Your rule: {cue.mode} “{cue.raw}”", ORDER)
            for pattern in patterns:
                begun = monotonic()
                if self._found(pattern, text):
                    yield view.mark(line, pattern.category, f"Your rule: regex “{pattern.source}”", ORDER)
                spent += monotonic() - begun
                if spent > allowed:
                    raise RulesError(self.rules.path, pattern.line, f"the patterns took {spent:.1f} s on one document")

    def _found(self, pattern: _Pattern, text: str) -> bool:
        try:
            return pattern.compiled.search(text, timeout=self.rules.timeout) is not None
        except TimeoutError:
            problem = f"the pattern {pattern.source!r} took longer than {self.rules.timeout} s on one line"
        except MemoryError:
            problem = f"the pattern {pattern.source!r} took too much memory on one line"
        raise RulesError(self.rules.path, pattern.line, problem)


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
        near = [(n, line) for n, line in enumerate(self.lines[after:], after + 1) if text in line or escaped in line]
        name = rf"""["']?{re.escape(text)}["']?"""
        for pattern in (
            rf"^\s*{name}\s*=|^\s*\[+[^#]*?\b{name}\s*\]",
            rf"""["']{re.escape(escaped)}["']|["']{re.escape(text)}["']""",
            re.escape(text),
        ):
            for number, line in near:
                if re.search(pattern, line):
                    return number
        return 1

    def phrases(self, mode: str, values: Any) -> list[str]:
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(mode, f"{mode} must be a list of strings")
        for value in values:
            # Signs alone are a line that can be meant, and a pattern; as a phrase they would be found nearly everywhere.
            said = value if mode in ("regex", "protect_lines") else any(map(str.isalnum, value)) and core(fold(value))
            if not said or not value.strip():
                self.refuse(value or mode, f"{mode} holds an empty phrase")
            if mode in ("line", "starts", "ends", "has") and (value.count("*") > GAPS or value.count("{") > CHOICES):
                self.refuse(value, f"a phrase holds at most {GAPS} gaps and {CHOICES} choices")
        return list(values)

    def pattern(self, category: str, value: str) -> _Pattern:
        import regex

        line = self.line_of(value, after=self.line_of(category))
        counts = [count for match in _COUNTS.finditer(value) for count in match.groups()]
        if any(count and len(count) < 99 and int(count) > REPEATS for count in counts):
            raise RulesError(self.path, line, f"not allowed: a pattern repeats something more than {REPEATS} times")
        try:
            return _Pattern(category, value, regex.compile(value), line)
        except (regex.error, RecursionError, OverflowError, MemoryError, ValueError) as error:
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
    except (RecursionError, ValueError) as error:
        # Thousands of brackets; a number of thousands of digits.
        raise RulesError(path, 0, f"not TOML that can be read: {error}") from error
