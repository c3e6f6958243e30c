"""One page for a browser, with all that it needs in it: no network, nothing of the documents is ever read as HTML."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from cleaner.categories import CATEGORIES
from cleaner.evaluate import GO, STAY
from cleaner.labels import CODES
from cleaner.report.data import Document
from cleaner.version import __version__

#: How many sites the page lists.
SITES = 12
_HERE = os.path.dirname(__file__)
_SCRIPTS = ("page.js", "view.js", "marks.js")
# What HTML or an old script engine could take for more than text, and halves of surrogate pairs, which UTF-8 cannot hold.
_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def page(documents: Sequence[Document], *, total: int | None = None, seed: int = 0, names: Sequence[str] = ()) -> str:
    """The page as HTML, pure UTF-8 text.

    Args:
        documents: what is shown, in the order wanted (see `doubtful_first`).
        total: how many documents there were before a sample was drawn; as many as are shown if it is not given.
        seed: the seed of the sample.
        names: the inputs, for the head of the page.
    """
    styles, script = _asset("report.css"), "".join(map(_asset, _SCRIPTS))
    policy = f"style-src '{_hash(styles)}'; script-src '{_hash(script)}'"
    parts = {
        "policy": f"default-src 'none'; {policy}; base-uri 'none'; form-action 'none'",
        "styles": styles,
        "script": script,
        "data": _json(_data(documents, len(documents) if total is None else total, seed, names)),
    }
    # One pass: what is put in is not looked at again.
    return _PLACE.sub(lambda match: parts[match[1]], _asset("template.html"))


def _data(documents: Sequence[Document], total: int, seed: int, names: Sequence[str]) -> dict[str, Any]:
    lines: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    sites: dict[str, list[int]] = {}
    for document in documents:
        site = sites.setdefault(document["site"], [0, 0, 0, 0])
        amounts = 1, len(document["removals"]), document["removed"], document["characters"]
        site[:] = [known + more for known, more in zip(site, amounts, strict=True)]
        for removal in document["removals"]:
            lines[removal["category"]] += 1
            characters[removal["category"]] += removal["size"]
    known = [*CATEGORIES, *sorted(set(lines).difference(CATEGORIES))]
    return {
        "version": __version__,
        "inputs": list(names),
        "total": total,
        "seed": seed,
        "characters": sum(document["characters"] for document in documents),
        "categories": [[name, CATEGORIES.get(name, ""), lines[name], characters[name]] for name in known],
        "codes": {"stay": STAY, "go": GO, "of": {name: code for name, code in CODES.items() if name != "keep"}},
        "sites": [[name, *of] for name, of in sorted(sites.items(), key=lambda item: (-item[1][1], item[0])) if of[1]][:SITES],
        "documents": documents,
    }


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    with open(os.path.join(_HERE, name), encoding="utf-8") as file:
        return file.read()
