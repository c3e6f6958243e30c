"""Leaves out of the doctests what can only be imported beside its engine."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("datatrove") else ["cleaner/engines/datatrove.py"]
