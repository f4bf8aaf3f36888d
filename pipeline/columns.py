"""How a column is declared: once, beside the field, as type, key and two sentences.

The Arrow schema, the data dictionary and the Data Package all derive from these declarations.

>>> from keikaku.pipeline.records import Observation
>>> arrow_schema(Observation).field("fiscal_year").type
DataType(int64)
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

SCHEMA_VERSION = "1.0.0"
"""Version of all table schemas together: a new column raises the minor, a changed one the major."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. `kind` is string, int, double, bool, date, list<string>, list<double>."""

    kind: str
    english: str
    japanese: str
    enum: tuple[str, ...] = ()
    key: bool = False


def column(
    kind: str, english: str, japanese: str, *, enum: tuple[str, ...] = (), key: bool = False
) -> Any:
    """Declare a dataclass field as a published column."""
    return field(metadata={"column": Column(kind, english, japanese, enum, key)})


def columns_of(record_type: type) -> dict[str, Column]:
    """Name to Column, in published order."""
    return {f.name: f.metadata["column"] for f in dataclasses.fields(record_type)}


@cache
def arrow_schema(record_type: type) -> pyarrow.Schema:
    """The Arrow schema of one table, with sentences and schema version in its metadata."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int": pa.int64(),
        "double": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "list<string>": pa.list_(pa.string()),
        "list<double>": pa.list_(pa.float64()),
    }
    fields = [
        pa.field(
            name,
            types[declared.kind],
            metadata={"description": declared.english, "description_ja": declared.japanese},
        )
        for name, declared in columns_of(record_type).items()
    ]
    return pa.schema(fields, metadata={"keikaku.schema_version": SCHEMA_VERSION})
