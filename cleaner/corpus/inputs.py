"""Inputs: the files that are named, and those in the folders that are named, in an order that is always the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from cleaner.corpus.formats import Format, format_of
from cleaner.corpus.job import UsageError


class Input(NamedTuple):
    """An input file: its path, the name it will have under the output folder, its format."""

    path: str
    relative: str
    format: Format


def check_paths(inputs: Sequence[str], output: str) -> None:
    """Whether the inputs are there, and the output is none of them.

    Raises:
        UsageError: they are not, or it is.
    """
    out = os.path.realpath(output)
    for path in inputs:
        if not os.path.exists(path):
            raise UsageError(f"{path}: no such file or folder")
        real = os.path.realpath(path)
        if out == real or (os.path.isdir(path) and out.startswith(os.path.join(real, ""))):
            raise UsageError(f"{output}: the output would be among the inputs of {path}")
        if os.path.dirname(real) == out:
            raise UsageError(f"{output}: the output would replace {path}")


class Found:
    """Input files in order: those of a folder by name, each folder's files before its folders'.

    `other` counts files of no known format, once all are seen.
    """

    def __init__(self, inputs: Sequence[str], *, folder: bool) -> None:
        self.other = 0
        self.inputs, self._folder = inputs, folder

    def __iter__(self) -> Iterator[Input]:
        seen: dict[str, str] = {}
        for item in chain.from_iterable(map(self._under, self.inputs)):
            if self._folder and len(self.inputs) > 1:
                if item.relative in seen:
                    raise UsageError(f"{seen[item.relative]} and {item.path} would both become {item.relative}")
                seen[item.relative] = item.path
            yield item

    def _under(self, path: str) -> Iterator[Input]:
        if not os.path.isdir(path):
            format_ = format_of(path)
            if format_ is None:
                raise UsageError(f"{path}: no known format (.txt .jsonl .jsonl.gz .jsonl.zst .csv .tsv .parquet)")
            yield Input(path, os.path.basename(path), format_)
            return
        for root, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                format_ = None if name.startswith(".") else format_of(name)
                if format_ is None:
                    self.other += 1
                else:
                    full = os.path.join(root, name)
                    yield Input(full, os.path.relpath(full, path), format_)
