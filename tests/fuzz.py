"""Coverage-guided fuzzing, by hand: what hypothesis draws at random, atheris searches for. `pip install atheris` first.

python tests/fuzz.py rules -max_total_time=300       any text as a rules file, and what it does to a document
python tests/fuzz.py explain -max_total_time=300     any text as a document: explained, sent to JSON and back, reported on

What it finds becomes a case in `test_rules.py` or `test_promises.py`.
"""

from __future__ import annotations

import json
import sys
import warnings

import atheris

with atheris.instrument_imports(include=["cleaner"]):
    from cleaner import Pipeline, Result, Rules, RulesError
    from cleaner.report import Source, describe, page

MODES = ["line", "starts", "ends", "has", "regex", "protect", "protect_lines"]
KEPT = "The bridge reopened to traffic on Monday, two years after the flood that had carried its middle span away, it said."
BITS = [
    KEPT, "Sign up to our newsletter", "Advertisement", "Share | Print", "12 comments", "By Nora Holm",
    "Support us from £3 a month", "Related: ",
    "\n", "\n\n", "\r\n", "\r", "\u2028", "\ufeff", "\x00", "\ud800", "cafÃ©", "&amp;", "“", "*",
    "{a|b}", "#", "]\n[",
]  # fmt: skip
DOCUMENT = f"{KEPT}\nSign up to our newsletter\n{'a' * 30}!\n12 May\n*{{x}}*\n"
PIPELINE = Pipeline()


def text(data: atheris.FuzzedDataProvider, most: int) -> str:
    """Bits that mean something, mixed with any characters."""
    parts = []
    for _ in range(data.ConsumeIntInRange(0, most)):
        known = data.ConsumeBool()
        parts.append(
            BITS[data.ConsumeIntInRange(0, len(BITS) - 1)] if known else data.ConsumeUnicode(data.ConsumeIntInRange(0, 40))
        )
    return "".join(parts)


def rules(raw: bytes) -> None:
    """A file of one entry, or any text at all."""
    data = atheris.FuzzedDataProvider(raw)
    mode = MODES[data.ConsumeIntInRange(0, len(MODES) - 1)]
    if data.ConsumeBool():
        entry = f"{mode} = [{json.dumps(text(data, 4), ensure_ascii=data.ConsumeBool())}]"
        source = f"timeout = 0.02\n{entry if mode.startswith('protect') else f'[remove.other]{chr(10)}{entry}'}"
    else:
        source = text(data, 10)
    try:
        Pipeline(rules=Rules.parse(source)).clean(DOCUMENT)
    except RulesError as error:
        if not 0 <= error.line <= source.count("\n") + 1:
            raise AssertionError("no such line") from error


def explain(raw: bytes) -> None:
    """Spans in order and inside the text; evidence for each; the same after JSON; a page that can be encoded."""
    data = atheris.FuzzedDataProvider(raw)
    source, at = text(data, 24), 0
    result = PIPELINE.explain(source)
    for removal in result.removed:
        assert at <= removal.start < removal.end <= len(source)
        at = removal.end
    if json.loads(json.dumps(source)) == source:
        # JSON makes one character of two halves of a surrogate pair.
        assert Result.from_dict(json.loads(json.dumps(result.as_dict()))) == result
    assert [why.line for why in PIPELINE.why(source)] == [removal.line for removal in result.removed]
    page([describe(Source("a", "b", source), PIPELINE)]).encode()


if __name__ == "__main__":
    # Patterns may be odd without being wrong.
    warnings.simplefilter("ignore")
    target = {"rules": rules, "explain": explain}[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
