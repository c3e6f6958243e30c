"""What the README prints is what happens: its Python is run as doctests, its commands in a shell."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
# The first two blocks set up an environment of their own; the gate (.ci/run) runs them.
COMMANDS = [line for block in BLOCKS[2:] for line in block.splitlines() if line.strip()]


def test_first_two_blocks_run_a_sample_and_the_tests():
    assert "cleaner" in BLOCKS[0]
    assert "samples/" in BLOCKS[0]
    assert "pytest" in BLOCKS[1]


def test_python_examples():
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 5
    assert not failed


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command, tmp_path):
    shim = tmp_path / "bin"
    shim.mkdir()
    for name, call in (("cleaner", "-m cleaner"), ("python", "")):
        (shim / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n')
        (shim / name).chmod(0o755)
    env = {**os.environ, "PATH": f"{shim}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    # Each run writes to a folder of its own, so that the tests may run side by side.
    command = command.replace("/tmp/", f"{tmp_path}/")  # noqa: S108
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_rules_example_is_valid(tmp_path):
    from cleaner import Pipeline, Rules

    (source,) = re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    path = tmp_path / "mine.toml"
    path.write_text(source, encoding="utf-8")
    pipeline = Pipeline(rules=Rules.load(path))
    text = "Rain fell.\nThe Daily Example\nExample Extra: floods\nNo. 3 of 12\nPlease donate to the flood fund"
    assert pipeline.clean(text) == "Rain fell.\nPlease donate to the flood fund"


def test_every_guarantee_names_a_test_that_there_is():
    rows = re.findall(r"`(test_\w+\.py)::(test_\w+)` \|$", README, re.MULTILINE)
    assert len(rows) > 10
    for file, name in rows:
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), f"{file}::{name}"
