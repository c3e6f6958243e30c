"""Arrow record batches and tables: what Spark and Ray are fed with, and of use alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.corpus.arrow import REMOVALS_TYPE, is_text
from cleaner.corpus.batch import CHANGED, CHARACTERS, GUARD, LINES, REMOVALS, Batch, check_columns

if TYPE_CHECKING:
    import pyarrow as pa


class ArrowCleaner:
    """Cleans a column of record batches or tables. Can be pickled and sent to any worker.

    Args:
        field: the text column.
        batch: pipeline and guard; None for the default ones.
    """

    def __init__(self, field: str = "text", batch: Batch | None = None) -> None:
        self.field, self.batch = field, batch or Batch()

    def __call__(self, data: Any) -> Any:
        """A `pyarrow.RecordBatch` or `pyarrow.Table`, cleaned; see `schema` for its columns.

        Raises:
            ValueError: the column is missing, or one of those that are added is there already.
            TypeError: the column holds no strings.
        """
        import pyarrow as pa

        target = schema(data.schema, self.field, self.batch)
        texts = data.column(self.field).to_pylist()
        out, stays = self.batch.columns(texts)
        if len(out["text"]) < len(texts):
            data = data.filter(pa.array(stays, pa.bool_()))
        out[self.field] = out.pop("text")
        columns = [
            pa.array(out[field.name], field.type) if field.name in out else column
            for field, column in zip(target, [*data.columns, *[None] * len(self.batch.added)], strict=True)
        ]
        return type(data).from_arrays(columns, schema=target)

    def table(self, data: pa.Table) -> pa.Table:
        """A table, cleaned."""
        return self(data)


def schema(before: pa.Schema, field: str, batch: Batch) -> pa.Schema:
    """The schema that comes out: `before`, and the columns that are added (see `added`).

    Raises:
        ValueError: the column is missing, or one of those that are added is there already.
        TypeError: the column holds no strings.
    """
    check_columns(before.names, field, batch.added)
    import pyarrow as pa

    type_ = before.field(field).type
    if pa.types.is_null(type_):
        # A block of a cluster's table in which every text is missing does not know what they would be.
        before = before.set(before.get_field_index(field), pa.field(field, pa.string()))
    elif not is_text(type_):
        raise TypeError(f"the column {field!r} holds {type_}, not strings")
    for new in added(batch.categories, batch.removals):
        before = before.append(new)
    return before


@lru_cache(maxsize=8)
def added(categories: tuple[str, ...], removals: bool = False) -> tuple[Any, ...]:
    """The Arrow fields that are added to a table, in their order."""
    import pyarrow as pa

    counts = pa.struct([(name, pa.int64()) for name in categories])
    fields = [(CHANGED, pa.bool_()), (GUARD, pa.string()), (LINES, counts), (CHARACTERS, counts)]
    fields += [(REMOVALS, REMOVALS_TYPE())] if removals else []
    return tuple(pa.field(name, type_) for name, type_ in fields)
