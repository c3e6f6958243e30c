"""What the cleaner returns, as Arrow types. pyarrow is imported here and nowhere before."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def REMOVALS_TYPE() -> Any:  # noqa: N802 (a constant, made when it is asked for)
    """`list<struct<start, end, category, filter, reason, confidence, text, line>>`: the removals of a document."""
    import pyarrow as pa

    names = {"start": pa.int64(), "end": pa.int64(), "category": pa.string(), "filter": pa.string(), "reason": pa.string()}
    return pa.list_(pa.struct([*names.items(), ("confidence", pa.float64()), ("text", pa.string()), ("line", pa.int64())]))


def is_text(type_: Any) -> bool:
    """Whether an Arrow type holds strings."""
    import pyarrow as pa

    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or _is_view(type_))


def _is_view(type_: Any) -> bool:
    import pyarrow as pa

    return hasattr(pa.types, "is_string_view") and pa.types.is_string_view(type_)
