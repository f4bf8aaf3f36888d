"""Reading an output back as a Dataset: the committed state, exactly.

The published files may lag behind the ledger (a run is going on, or was killed): the changes that
wait there are laid over the files, so a document is in all four tables or in none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.dataset import Dataset, DocumentRecords
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.buckets import BUCKETS, file_name
from keikaku.pipeline.store.ledger import Change, Ledger, ledger_errors
from keikaku.pipeline.store.publication import check_has_ledger, readable
from keikaku.pipeline.store.rows import table_to_records, unpack
from keikaku.pipeline.store.shelves import LEDGER_FILE, Shelf, open_shelf

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path


def read_dataset(output: str | PathLike[str]) -> Dataset:
    """All committed documents of an output folder or URL, ordered by document id."""
    with open_shelf(str(output), to_write=False) as shelf:
        check_has_ledger(shelf)
        with shelf.locked(shared=True), ledger_errors(shelf.address):
            waiting = _waiting_changes(shelf.state / LEDGER_FILE)
            documents: dict[str, DocumentRecords | Change] = {
                **_published(shelf),
                **{change.document_id: change for change in waiting},
            }
    return Dataset(
        tuple(
            records
            for _, either in sorted(documents.items())
            if (records := _records_of(either)) is not None
        )
    )


def _records_of(either: DocumentRecords | Change) -> DocumentRecords | None:
    if isinstance(either, DocumentRecords):
        return either
    return None if either.rows is None else unpack(either.rows)


def _waiting_changes(ledger_file: Path) -> tuple[Change, ...]:
    ledger = Ledger(ledger_file)
    try:
        return tuple(change for bucket in BUCKETS for change in ledger.changes(bucket))
    finally:
        ledger.close()


def _published(shelf: Shelf) -> dict[str, DocumentRecords]:
    """What the files show, by document id."""
    by_table = {table_name: _rows_by_document(shelf, table_name) for table_name in TABLES}
    return {
        document_id: DocumentRecords(
            document=rows[0],
            observations=tuple(by_table["observations"].get(document_id, ())),
            narratives=tuple(by_table["narratives"].get(document_id, ())),
            findings=tuple(by_table["findings"].get(document_id, ())),
        )
        for document_id, rows in by_table["documents"].items()
    }


def _rows_by_document(shelf: Shelf, table_name: str) -> dict[str, list[Any]]:
    import pyarrow.parquet as pq

    rows: dict[str, list[Any]] = defaultdict(list)
    for bucket in BUCKETS:
        name = f"{table_name}/{file_name(table_name, bucket)}"
        file = shelf.local(name)
        if file is not None:
            with readable(name, shelf), pq.ParquetFile(file) as opened:
                for record in table_to_records(TABLES[table_name], opened.read()):
                    rows[record.document_id].append(record)
    return rows
