"""Publication: the committed changes are folded into the files that everybody reads.

For each bucket that has changes waiting, the four files are written beside the tables, forced to
the disk, and renamed into place, `documents` last; then the ledger forgets the changes. A kill
anywhere in between leaves the changes in the ledger, and folding them in a second time gives the
same files: rows are replaced by document id.
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
from keikaku.pipeline.errors import KeikakuError, UsageError
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.buckets import ALWAYS_THERE, BUCKETS, file_name, write_bucket
from keikaku.pipeline.store.durable import PART_SUFFIX, locked, part_file, put_in_place
from keikaku.pipeline.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

STATE_FOLDER = ".keikaku"
"""Ledger, lock, part files and run report; readers of Parquet skip dot folders."""


class StoreUnwritable(KeikakuError):
    """The disk is full, a limit is reached, or the folder cannot be written any more."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Store:
    """An output folder and its open ledger."""

    output: Path
    ledger: Ledger

    @property
    def state(self) -> Path:
        """The folder of ledger, lock and part files."""
        return self.output / STATE_FOLDER

    def table_file(self, table_name: str, bucket: str) -> Path:
        """The published file of a bucket."""
        return self.output / table_name / file_name(table_name, bucket)

    def recover(self) -> None:
        """Finish what a killed run left, and note whose published files somebody removed."""
        for bucket in self.ledger.buckets():
            if not self._is_published(bucket):
                self.ledger.mark_lost(bucket)
        if self._buckets_to_write() or any(self._stray_parts()):
            self.publish()

    def publish(self) -> None:
        """Fold all committed changes into the published files."""
        with locked(self.state / "lock"):
            self._sweep()
            for bucket in self._buckets_to_write():
                self._publish_bucket(bucket)
            if self.ledger.published_schema() != _table_schema():
                self.ledger.note_published_schema(_table_schema())
        self.ledger.shrink()

    def _buckets_to_write(self) -> tuple[str, ...]:
        """Those with changes waiting; after a change of schema, all that exist."""
        due = set(self.ledger.waiting())
        if self.ledger.published_schema() != _table_schema():
            due |= {bucket for bucket in BUCKETS if self._is_published(bucket)}
        if not self._is_published(ALWAYS_THERE):
            due.add(ALWAYS_THERE)
        return tuple(sorted(due))

    def _is_published(self, bucket: str) -> bool:
        return all(self.table_file(table_name, bucket).exists() for table_name in TABLES)

    def _publish_bucket(self, bucket: str) -> None:
        revisions = self.ledger.revisions(bucket)
        parts = {table_name: self._write_part(table_name, bucket) for table_name in TABLES}
        is_empty = _row_count(parts["documents"]) == 0 and bucket != ALWAYS_THERE
        for table_name in reversed(TABLES):
            final = self.table_file(table_name, bucket)
            if is_empty:
                final.unlink(missing_ok=True)
                parts[table_name].unlink()
            else:
                put_in_place(parts[table_name], final)
        self.ledger.settle(revisions)

    def _write_part(self, table_name: str, bucket: str) -> Path:
        final = self.table_file(table_name, bucket)
        part = self.state / "parts" / (final.name + PART_SUFFIX)
        changes = self.ledger.changed_rows(bucket, table_name)
        with part_file(part) as sink, _readable(final):
            write_bucket(table_name, final if final.exists() else None, changes, sink)
        return part

    def _sweep(self) -> None:
        """Remove part files that a killed run left. Only the holder of the lock writes any."""
        for stray in self._stray_parts():
            stray.unlink()

    def _stray_parts(self) -> Iterator[Path]:
        return (self.state / "parts").glob(f"*{PART_SUFFIX}")


@contextlib.contextmanager
def open_store(output: Path) -> Iterator[Store]:
    """Open an output folder for writing, made when it is missing.

    What an earlier run committed and did not publish is published first. A full disk or a folder
    that cannot be written ends in StoreUnwritable, with the last published state in place.
    """
    _make_folders(output)
    with storage_errors(output):
        ledger = Ledger(output / STATE_FOLDER / "ledger.sqlite")
        try:
            store = Store(output, ledger)
            store.recover()
            yield store
        finally:
            ledger.close()


@contextlib.contextmanager
def storage_errors(output: Path) -> Iterator[None]:
    """Turn what the disk refuses into one error that says so."""
    try:
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


@contextlib.contextmanager
def _readable(published: Path) -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except pa.ArrowInvalid as error:
        raise StoreUnwritable(
            f"{published} is no readable Parquet file: {error}",
            hint="remove this file and run again: its documents are then read anew",
        ) from error


def _make_folders(output: Path) -> None:
    try:
        for folder in (*TABLES, f"{STATE_FOLDER}/parts"):
            (output / folder).mkdir(parents=True, exist_ok=True)
        if not os.access(output / STATE_FOLDER, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise UsageError(
            f"the output folder {output} cannot be written: {error.strerror}",
            hint="give another folder with --output",
        ) from error


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
