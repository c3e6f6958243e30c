"""Errors that name the place: file, line and what is wrong there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CleanerError(Exception):
    """Base class of every error that this package raises on purpose."""


class SourceError(CleanerError):
    """A file is refused. `path` and `line` (from 1; 0 when unknown) say where, `problem` says why."""

    def __init__(self, path: str | Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path, self.line, self.problem = str(path), line, problem


class PackError(SourceError):
    """A language pack is malformed."""


class RulesError(SourceError):
    """A user's rules file is malformed, or one of its patterns ran out of time."""
