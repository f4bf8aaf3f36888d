"""Publication: the committed changes are folded into the files that everybody reads.

For each bucket that has changes waiting, the four files are written beside the tables, forced to
the disk, and put in place, `documents` last; then the ledger forgets the changes. A kill anywhere
in between leaves the changes in the ledger, and folding them in a second time gives the same files:
rows are replaced by document id. The descriptor of the tables (`datapackage.json`), which lists the
files, follows them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keikaku.pipeline.columns import SCHEMA_VERSION, arrow_schema
from keikaku.pipeline.datapackage import DESCRIPTOR, package_bytes
from keikaku.pipeline.errors import KeikakuError, UsageError
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.buckets import (
    ALWAYS_THERE,
    BUCKETS,
    file_name,
    has_parquet_ends,
    write_bucket,
)
from keikaku.pipeline.store.durable import PART_SUFFIX, part_file
from keikaku.pipeline.store.ledger import Ledger, ledger_errors
from keikaku.pipeline.store.shelves import LEDGER_FILE, STATE_FOLDER, Shelf, open_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreUnwritable(KeikakuError):
    """The disk is full, a limit is reached, or the folder cannot be written any more."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Store:
    """An output and its open ledger."""

    shelf: Shelf
    ledger: Ledger

    def recover(self) -> None:
        """Finish what a killed run left, and note whose published files somebody removed."""
        self._refuse_damaged_files()
        published = self.shelf.published()
        for bucket in self.ledger.buckets():
            if not published.issuperset(_names(bucket)):
                self.ledger.mark_lost(bucket)
        is_described = self.shelf.has(DESCRIPTOR)
        if not is_described or self._buckets_to_write() or any(self._stray_parts()):
            self.publish()

    def publish(self) -> None:
        """Fold all committed changes into the published files."""
        with self.shelf.locked(), _memory_given_back():
            self._save_ledger()
            self._sweep()
            for bucket in self._buckets_to_write():
                self._publish_bucket(bucket)
            if self.ledger.published_schema() != _table_schema():
                self.ledger.note_published_schema(_table_schema())
            self._describe()
        self.ledger.shrink()
        self._save_ledger()

    def put_report(self, data: bytes) -> None:
        """Keep a run's report beside the ledger."""
        self._put(f"{STATE_FOLDER}/run_report.json", data)

    def _describe(self) -> None:
        """Put the descriptor of what is published, unless it is there."""
        published = self.shelf.published()
        files = {
            table_name: [
                name for bucket in BUCKETS if (name := _name(table_name, bucket)) in published
            ]
            for table_name in TABLES
        }
        data = package_bytes(files)
        there = self.shelf.local(DESCRIPTOR)
        if there is None or there.read_bytes() != data:
            self._put(DESCRIPTOR, data)

    def _put(self, name: str, data: bytes) -> None:
        """Put a small file."""
        part = self.shelf.state / "parts" / f"{Path(name).name}{PART_SUFFIX}"
        with part_file(part) as sink:
            sink.write(data)
        self.shelf.put([(part, name)])

    def _buckets_to_write(self) -> tuple[str, ...]:
        """Those with changes waiting; after a change of schema, all that exist."""
        published = self.shelf.published()
        whole = {bucket for bucket in BUCKETS if published.issuperset(_names(bucket))}
        due = set(self.ledger.waiting()) | ({ALWAYS_THERE} - whole)
        if self.ledger.published_schema() != _table_schema():
            due |= whole
        return tuple(sorted(due))

    def _refuse_damaged_files(self) -> None:
        """A published file that is cut off would be met by readers, and by the next publication."""
        if not self.shelf.keeps_ledger:
            return  # an object store answers for its objects
        for name in sorted(self.shelf.published() & _ALL_NAMES):
            file = self.shelf.local(name)
            if file is not None and not has_parquet_ends(file):
                raise _damaged(self.shelf.address, name, "it is cut off or overwritten")

    def _publish_bucket(self, bucket: str) -> None:
        revisions = self.ledger.revisions(bucket)
        parts = [self._write_part(table_name, bucket) for table_name in _PUT_IN_ORDER]
        if _row_count(parts[-1]) == 0 and bucket != ALWAYS_THERE:
            self.shelf.remove(_names(bucket))
            self._sweep()
        else:
            self.shelf.put(zip(parts, _names(bucket), strict=True))
        self.ledger.settle(revisions)

    def _write_part(self, table_name: str, bucket: str) -> Path:
        name = _name(table_name, bucket)
        part = self.shelf.state / "parts" / (Path(name).name + PART_SUFFIX)
        changes = self.ledger.changed_rows(bucket, table_name)
        with part_file(part) as sink, readable(name, self.shelf):
            write_bucket(table_name, self.shelf.local(name), changes, sink)
        return part

    def _sweep(self) -> None:
        """Remove part files that a killed run left. Only the holder of the lock writes any."""
        for stray in self._stray_parts():
            stray.unlink()

    def _stray_parts(self) -> Iterator[Path]:
        return (self.shelf.state / "parts").glob(f"*{PART_SUFFIX}")

    def _save_ledger(self) -> None:
        if not self.shelf.keeps_ledger:
            copy = self.shelf.state / "ledger.copy"
            self.ledger.copy_to(copy)
            self.shelf.save_ledger(copy)


@dataclass(frozen=True, slots=True)
class Compaction:
    """What compacting did."""

    documents: int
    published: int
    ledger_bytes_before: int
    ledger_bytes: int


def compact(output: str) -> Compaction:
    """Publish what waits, sweep part files, and shrink the ledger of an output."""
    with open_shelf(output, to_write=False) as shelf:
        check_has_ledger(shelf)
    with open_shelf(output, to_write=True) as shelf:
        bytes_before = (shelf.state / LEDGER_FILE).stat().st_size
        with _open_on(shelf) as store:
            waiting = sum(store.ledger.waiting().values())
            store.recover()
            store.ledger.shrink()
            documents = store.ledger.committed_count()
        return Compaction(
            documents, waiting, bytes_before, (shelf.state / LEDGER_FILE).stat().st_size
        )


def check_has_ledger(shelf: Shelf) -> None:
    """Raise UsageError for a place that no ingest has written."""
    if not (shelf.state / LEDGER_FILE).exists():
        raise UsageError(
            f"{shelf.address} is no output folder: it has no ledger",
            hint="name a folder that was given to: keikaku ingest PATH --output DIR",
        )


@contextlib.contextmanager
def open_store(output: str) -> Iterator[Store]:
    """Open an output for writing, made when it is missing.

    What an earlier run committed and did not publish is published first. A full disk or a folder
    that cannot be written ends in StoreUnwritable, with the last published state in place.
    """
    with open_shelf(output, to_write=True) as shelf, _open_on(shelf) as store:
        store.recover()
        yield store


@contextlib.contextmanager
def _open_on(shelf: Shelf) -> Iterator[Store]:
    _make_folders(shelf)
    _refuse_strange_tables(shelf)
    with storage_errors(shelf.address):
        ledger = Ledger(shelf.state / LEDGER_FILE)
        try:
            yield Store(shelf, ledger)
        finally:
            ledger.close()


def _refuse_strange_tables(shelf: Shelf) -> None:
    """Tables without their ledger: nothing tells what their rows are of, or whether all are there.

    A ledger is there before the first table, so the tables are looked for first.
    """
    strange = shelf.published() & _ALL_NAMES
    ledger = shelf.state / LEDGER_FILE
    if strange and not (ledger.exists() and ledger.stat().st_size):
        raise UsageError(
            f"{shelf.address} holds tables, but their ledger ({STATE_FOLDER}/{LEDGER_FILE}) is gone",
            hint="give another folder with --output, or remove the tables and ingest all documents"
            " again",
        )


@contextlib.contextmanager
def storage_errors(output: str) -> Iterator[None]:
    """Turn what the disk refuses into one error that says so."""
    try:
        with ledger_errors(output):
            yield
    except sqlite3.Error as error:
        raise StoreUnwritable(
            f"the ledger of {output} cannot be written: {error}", hint=_WHAT_NEXT
        ) from error
    except OSError as error:
        if error.errno not in _DISK_ERRORS:
            raise
        raise StoreUnwritable(
            f"{output} cannot be written: {error.strerror}", hint=_WHAT_NEXT
        ) from error


_DISK_ERRORS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
_WHAT_NEXT = (
    "make room or make it writable, then run the same command again: what was committed is kept"
)
_PUT_IN_ORDER = (*(name for name in TABLES if name != "documents"), "documents")
"""`documents` last: whoever starts from a document's row finds its rows in the other tables."""


@contextlib.contextmanager
def _memory_given_back() -> Iterator[None]:
    """Let Arrow use the system's allocator meanwhile: its own keeps 45 MiB after a publication."""
    import pyarrow as pa

    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


@contextlib.contextmanager
def readable(name: str, shelf: Shelf) -> Iterator[None]:
    """Name the published file that Arrow cannot read."""
    import pyarrow as pa

    try:
        yield
    except pa.ArrowInvalid as error:
        raise _damaged(shelf.address, name, str(error)) from error


def _damaged(address: str, name: str, why: str) -> StoreUnwritable:
    return StoreUnwritable(
        f"{address}/{name} is no readable Parquet file: {why}",
        hint="remove this file and run again: its documents are then read anew",
    )


def _make_folders(shelf: Shelf) -> None:
    tables = TABLES if shelf.keeps_ledger else ()
    folders = [shelf.state / "parts", *(shelf.state.parent / table for table in tables)]
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise UsageError(
            f"the output folder {shelf.address} cannot be written: {error.strerror}",
            hint="give another folder with --output",
        ) from error


def _name(table_name: str, bucket: str) -> str:
    """A published file's path below the output."""
    return f"{table_name}/{file_name(table_name, bucket)}"


def _names(bucket: str) -> tuple[str, ...]:
    """The published files of a bucket, in the order in which they are put in place."""
    return tuple(_name(table_name, bucket) for table_name in _PUT_IN_ORDER)


_ALL_NAMES = frozenset(name for bucket in BUCKETS for name in _names(bucket))


def _row_count(part: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_metadata(part).num_rows)


def _table_schema() -> str:
    """Tells one set of table schemas from another: version, names and types."""
    columns = (
        f"{name}.{field.name}:{field.type}"
        for name, record_type in TABLES.items()
        for field in arrow_schema(record_type)
    )
    return f"{SCHEMA_VERSION} {' '.join(columns)}"
