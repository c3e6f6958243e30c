"""Small decision trees as text: each leaf is a rule, `conditions TAB value`, and of one tree's rules exactly one holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, cast

_CONDITION = re.compile(r"(.+?)(<=|>)(-?[\d.]+(?:e-?\d+)?)$")


class Split(NamedTuple):
    """Where a tree parts: lines whose value number `at` is at most `bound` go `low`, others `high`."""

    at: int
    bound: float
    low: Split | float
    high: Split | float


Tree = Split | float


def grow(rules: Sequence[tuple[str, float]], names: Sequence[str]) -> Tree:
    """The tree that these leaves, in order, make up.

    Raises:
        ValueError: a condition names no known value, or the leaves make up no tree.

    >>> grow([("length<=20 & rule<=0.5", -1.0), ("length<=20 & rule>0.5", 0.5), ("length>20", -2.0)], ["rule", "length"])
    Split(at=1, bound=20.0, low=Split(at=0, bound=0.5, low=-1.0, high=0.5), high=-2.0)
    """
    return _grow([([part for part in text.split(" & ") if part], value) for text, value in rules], names)


def _grow(rules: list[tuple[list[str], float]], names: Sequence[str]) -> Tree:
    if len(rules) == 1 and not rules[0][0]:
        return rules[0][1]
    if not rules or not all(conditions for conditions, _ in rules):
        raise ValueError("leaves that make up no tree")
    first = rules[0][0][0]
    match = _CONDITION.match(first)
    if not match or match[1] not in names or match[2] != "<=":
        raise ValueError(f"no condition: {first!r}")
    other = f"{match[1]}>{match[3]}"
    low = [(conditions[1:], value) for conditions, value in rules if conditions[0] == first]
    high = [(conditions[1:], value) for conditions, value in rules if conditions[0] == other]
    if len(low) + len(high) < len(rules):
        raise ValueError("leaves that make up no tree")
    return Split(names.index(match[1]), float(match[3]), _grow(low, names), _grow(high, names))


def leaves(tree: Tree, names: Sequence[str], above: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """The rules of a tree: the conditions joined by ` & `, and the value (log-odds)."""
    if not isinstance(tree, Split):
        yield " & ".join(above), tree
        return
    bound = f"{tree.bound:g}"
    yield from leaves(tree.low, names, (*above, f"{names[tree.at]}<={bound}"))
    yield from leaves(tree.high, names, (*above, f"{names[tree.at]}>{bound}"))


def value(trees: Iterable[Tree], values: Sequence[float]) -> float:
    """The sum of what the trees say of one line."""
    total = 0.0
    for tree in trees:
        node = tree
        while isinstance(node, Split):
            node = node.low if values[node.at] <= node.bound else node.high
        total += node
    return total


def compiled(trees: Iterable[Tree]) -> Callable[[Sequence[float]], float]:
    """`value` for these trees as one expression: walking them node by node takes five times as long.

    >>> compiled([Split(0, 0.5, -1.0, 2.0)])([0.7])
    2.0
    """
    source = "lambda v: " + (" + ".join(map(_expression, trees)) or "0.0")
    # Nothing but numbers of ours goes in.
    return cast("Callable[[Sequence[float]], float]", eval(source, {"__builtins__": {}}))  # noqa: S307


def _expression(tree: Tree) -> str:
    if not isinstance(tree, Split):
        return repr(float(tree))
    return f"({_expression(tree.low)} if v[{int(tree.at)}] <= {float(tree.bound)!r} else {_expression(tree.high)})"
