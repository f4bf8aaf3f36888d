"""Rows as Arrow: records to a table and back, and a document's rows as bytes for the ledger.

Everything that leaves a worker is bytes: the parent stays small however many rows a document has.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.columns import arrow_schema, columns_of
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.arrow_columns import to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class PackedRows:
    """One document's rows of the four tables, each a compressed Arrow stream."""

    documents: bytes
    observations: bytes
    narratives: bytes
    findings: bytes

    @property
    def digest(self) -> str:
        """Tells whether a second reading gave the same rows."""
        joined = hashlib.sha256()
        for field in fields(self):
            joined.update(hashlib.sha256(getattr(self, field.name)).digest())
        return joined.hexdigest()


def pack(records: DocumentRecords) -> PackedRows:
    """The rows of one document as bytes; the same records give the same bytes."""
    rows = (
        (records.document,),
        records.observations,
        records.narratives,
        records.findings,
    )
    return PackedRows(
        *(
            _to_bytes(records_to_table(record_type, of_table))
            for record_type, of_table in zip(TABLES.values(), rows, strict=True)
        )
    )


def unpack(packed: PackedRows) -> DocumentRecords:
    """The records of one document again."""
    tables = {name: unpack_table(name, getattr(packed, name)) for name in TABLES}
    return DocumentRecords(
        document=table_to_records(TABLES["documents"], tables["documents"])[0],
        observations=table_to_records(TABLES["observations"], tables["observations"]),
        narratives=table_to_records(TABLES["narratives"], tables["narratives"]),
        findings=table_to_records(TABLES["findings"], tables["findings"]),
    )


def records_to_table(record_type: type, records: Sequence[Any]) -> pa.Table:
    """Records as an Arrow table with the published schema."""
    import pyarrow as pa

    schema = arrow_schema(record_type)
    columns = [to_arrow(list(map(attrgetter(field.name), records)), field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def table_to_records(record_type: type, table: pa.Table) -> tuple[Any, ...]:
    """Arrow rows as records; lists become tuples."""
    columns = [
        _as_tuples(table.column(name).to_pylist())
        if declared.kind.startswith("list")
        else table.column(name).to_pylist()
        for name, declared in columns_of(record_type).items()
    ]
    names = tuple(columns_of(record_type))
    return tuple(
        record_type(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)
    )


def unpack_table(table_name: str, packed: bytes) -> pa.Table:
    """One packed table in today's schema, also when an older version packed it."""
    import pyarrow as pa

    with pa.ipc.open_stream(zlib.decompress(packed)) as reader:
        return conform(reader.read_all(), arrow_schema(TABLES[table_name]))


def conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The same rows under `schema`: columns by name, a column that is new is null."""
    import pyarrow as pa

    if table.schema.equals(schema, check_metadata=True):
        return table
    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.schema.names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _to_bytes(table: pa.Table) -> bytes:
    """The table as a stream without the columns' sentences, which would outweigh the rows."""
    import pyarrow as pa

    bare = pa.schema([pa.field(field.name, field.type) for field in table.schema])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, bare) as writer:
        writer.write_table(table.cast(bare))
    return zlib.compress(sink.getvalue().to_pybytes(), level=1)


def _as_tuples(values: Iterable[list[Any] | None]) -> list[tuple[Any, ...] | None]:
    return [None if value is None else tuple(value) for value in values]
