"""Bucket files: where a document's rows stand among the published Parquet files.

A table has at most sixteen files, one for each first digit of a document id. So a changed document
rewrites one small file of each table, a file is replaced by one atomic rename, and no change of the
set of documents ever moves rows from one file to another: a reader of a table sees a document once
or not at all, at every moment. The file of digit 0 is always there and gives an empty table its
schema.
"""

from __future__ import annotations

import heapq
import itertools
from typing import TYPE_CHECKING

from keikaku.pipeline.columns import arrow_schema
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.rows import conform, unpack_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import IO

    import pyarrow as pa

BUCKETS = tuple("0123456789abcdef")
ALWAYS_THERE = BUCKETS[0]
ROW_GROUP_ROWS = 8_192
"""Small enough that the parent holds a few megabytes, large enough for a query to skip by."""

_MAGIC = b"PAR1"

Slice = tuple[str, "pa.Table"]
"""Rows of one document: its id and the rows."""


def bucket_of(document_id: str) -> str:
    """The bucket that a document belongs to.

    >>> bucket_of("3fa8d1cbbd840f3a")
    '3'
    """
    return document_id[0]


def file_name(table_name: str, bucket: str) -> str:
    """The bucket's file in the table's folder."""
    return f"{table_name}-{bucket}.parquet"


def has_parquet_ends(file: Path) -> bool:
    """Whether a file begins and ends as a Parquet file does."""
    with file.open("rb") as opened:
        head = opened.read(len(_MAGIC))
        opened.seek(max(0, file.stat().st_size - len(_MAGIC)))
        return head == opened.read() == _MAGIC


def write_bucket(
    table_name: str, published: Path | None, changes: Mapping[str, bytes | None], sink: IO[bytes]
) -> int:
    """Write a bucket anew: what is published, with the documents of `changes` put in or left out.

    `changes` maps a document id to its packed rows of this table, or to None when the document is
    withdrawn. Gives the number of rows written.
    """
    kept = _published_slices(table_name, published, leaving_out=changes.keys())
    put = _packed_slices(table_name, changes)
    merged = heapq.merge(kept, put, key=lambda document_rows: document_rows[0])
    return _write_slices(table_name, (rows for _, rows in merged), sink)


def _published_slices(
    table_name: str, published: Path | None, leaving_out: Iterable[str]
) -> Iterator[Slice]:
    """The rows of a published file, document by document, row group by row group."""
    import pyarrow.parquet as pq

    if published is None:
        return
    left_out = frozenset(leaving_out)
    schema = arrow_schema(TABLES[table_name])
    with pq.ParquetFile(published) as file:
        for group in range(file.num_row_groups):
            rows = conform(file.read_row_group(group, use_threads=False), schema)
            for document_id, start, stop in _runs(rows.column("document_id").to_pylist()):
                if document_id not in left_out:
                    yield document_id, rows.slice(start, stop - start)


def _runs(document_ids: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Stretches of equal document ids: id, first row, row after the last.

    >>> list(_runs(["a", "a", "b"]))
    [('a', 0, 2), ('b', 2, 3)]
    """
    start = 0
    for document_id, stretch in itertools.groupby(document_ids):
        stop = start + sum(1 for _ in stretch)
        yield document_id, start, stop
        start = stop


def _packed_slices(table_name: str, changes: Mapping[str, bytes | None]) -> Iterator[Slice]:
    for document_id in sorted(changes):
        packed = changes[document_id]
        if packed is not None:
            yield document_id, unpack_table(table_name, packed)


def _write_slices(table_name: str, slices: Iterable[pa.Table], sink: IO[bytes]) -> int:
    """Write rows in groups of exactly ROW_GROUP_ROWS, however they arrive."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(TABLES[table_name])
    written, held, held_rows = 0, [schema.empty_table()], 0
    with pq.ParquetWriter(sink, schema, compression="zstd", version="2.6") as writer:
        for rows in slices:
            held.append(rows)
            held_rows += rows.num_rows
            while held_rows >= ROW_GROUP_ROWS:
                full = pa.concat_tables(held)
                writer.write_table(full.slice(0, ROW_GROUP_ROWS).combine_chunks())
                written += ROW_GROUP_ROWS
                held, held_rows = [full.slice(ROW_GROUP_ROWS)], held_rows - ROW_GROUP_ROWS
        writer.write_table(pa.concat_tables(held).combine_chunks())
    return written + held_rows
