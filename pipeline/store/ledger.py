"""The ledger: which documents are committed, from which place, and what happened to each.

One SQLite file in WAL mode. A document is committed by one transaction that holds its entry, its
rows, the places where it lies, and the withdrawal of the document whose place it took. The rows
wait here (`change`) until they are folded into the published files; whoever wants the committed
state reads the files and lays the waiting changes over them.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keikaku.pipeline.errors import KeikakuError
from keikaku.pipeline.journey import Declaration
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.buckets import bucket_of
from keikaku.pipeline.store.rows import PackedRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LEDGER_VERSION = 1
_SCHEMA = """
CREATE TABLE document (
    document_id TEXT PRIMARY KEY,
    identity TEXT NOT NULL,
    status TEXT NOT NULL,
    error_class TEXT,
    software_version TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    max_seconds REAL NOT NULL,
    max_memory INTEGER NOT NULL,
    rows_digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE place (
    location TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    fingerprint TEXT
) WITHOUT ROWID;
CREATE INDEX place_document ON place (document_id);
CREATE TABLE change (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL UNIQUE,
    bucket TEXT NOT NULL,
    documents BLOB, observations BLOB, narratives BLOB, findings BLOB
);
CREATE TABLE history (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    document_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    software_version TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    detail TEXT
);
CREATE TABLE published (table_schema TEXT NOT NULL);
"""


class LedgerUnreadable(KeikakuError):
    """The ledger is from another version, damaged, or no ledger at all."""

    exit_code = 3


_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})


@contextmanager
def ledger_errors(address: str) -> Iterator[None]:
    """Tell a damaged ledger from a disk that refuses it, which goes up as it is."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) not in _DAMAGED:
            raise
        raise LedgerUnreadable(
            f"the ledger of {address} is damaged: {error}",
            hint="bring the folder back from a copy, or remove it and ingest all documents again",
        ) from error


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """What beside its bytes decides a document's rows: its file name and what is declared of it.

    The same bytes may lie in two places under two names; the smallest identity then gives the rows.
    """

    source_name: str
    municipality_code: str = ""
    source_uri: str = ""
    licence: str = ""

    @classmethod
    def of(cls, source_name: str, declaration: Declaration) -> Identity:
        """The identity of a document called `source_name`."""
        return cls(
            source_name,
            declaration.municipality_code or "",
            declaration.source_uri or "",
            declaration.licence or "",
        )

    @property
    def declaration(self) -> Declaration:
        """What is declared."""
        return Declaration(
            self.municipality_code or None, self.source_uri or None, self.licence or None
        )

    def to_text(self) -> str:
        """As the ledger writes it."""
        return json.dumps(
            [self.source_name, self.municipality_code, self.source_uri, self.licence],
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> Identity:
        """As the ledger wrote it."""
        return cls(*json.loads(text))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies: a path or URL, and for remote ones what tells that it is unchanged."""

    location: str
    document_id: str
    identity: Identity
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger holds of a committed document."""

    document_id: str
    identity: Identity
    status: str
    error_class: str | None
    software_version: str
    schema_version: str
    max_seconds: float
    max_memory: int
    rows_digest: str

    @property
    def is_lost(self) -> bool:
        """Whether its published files were removed from outside."""
        return self.rows_digest == ""


@dataclass(frozen=True, slots=True)
class Change:
    """A committed change that the published files do not show yet: rows to put, or a withdrawal."""

    revision: int
    document_id: str
    rows: PackedRows | None


class Ledger:
    """The open ledger of one output folder."""

    def __init__(self, path: Path) -> None:
        self._connection = _connect(path)

    def close(self) -> None:
        """Close the ledger."""
        self._connection.close()

    def entries(self) -> dict[str, Entry]:
        """All committed documents by id."""
        rows = self._connection.execute("SELECT * FROM document")
        return {row[0]: Entry(row[0], Identity.from_text(row[1]), *row[2:]) for row in rows}

    def places(self) -> dict[str, Place]:
        """All places by location."""
        rows = self._connection.execute("SELECT * FROM place")
        return {row[0]: Place(row[0], row[1], Identity.from_text(row[2]), row[3]) for row in rows}

    def commit(
        self, entry: Entry, rows: PackedRows, places: Sequence[Place], gone: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Commit a document: its entry, its rows and its places, and withdraw whom it replaces.

        `gone` are places that it left. Gives the documents withdrawn. A copy that another shard
        committed under a smaller identity keeps its rows.
        """
        with self._transaction():
            suspects = self._move(places, gone)
            before = self._entry(entry.document_id)
            if before is None or not self._is_better(before, entry):
                self._write_entry(entry)
                if before is None or before.rows_digest != entry.rows_digest:
                    self._write_change(entry.document_id, rows)
                self._note("committed" if before is None else "read_again", entry)
            return self._withdraw_homeless(suspects)

    def update_places(self, places: Sequence[Place], gone: Sequence[str]) -> tuple[str, ...]:
        """Note where documents lie now; withdraw those that lie nowhere. Gives the withdrawn."""
        with self._transaction():
            return self._withdraw_homeless(self._move(places, gone))

    def changes(self, bucket: str) -> Iterator[Change]:
        """The waiting changes of a bucket, by document id."""
        rows = self._connection.execute(
            f"SELECT revision, document_id, {', '.join(TABLES)} FROM change"
            " WHERE bucket = ? ORDER BY document_id",
            (bucket,),
        )
        for revision, document_id, *packed in rows:
            yield Change(revision, document_id, None if packed[0] is None else PackedRows(*packed))

    def changed_rows(self, bucket: str, table_name: str) -> dict[str, bytes | None]:
        """The waiting rows of one table of a bucket, by document id; None for a withdrawal."""
        return dict(
            self._connection.execute(
                f"SELECT document_id, {table_name} FROM change WHERE bucket = ?", (bucket,)
            )
        )

    def revisions(self, bucket: str) -> tuple[int, ...]:
        """The revisions of a bucket's waiting changes."""
        rows = self._connection.execute("SELECT revision FROM change WHERE bucket = ?", (bucket,))
        return tuple(row[0] for row in rows)

    def waiting(self) -> dict[str, int]:
        """Number of waiting changes by bucket."""
        return dict(
            self._connection.execute(
                "SELECT bucket, count(*) FROM change GROUP BY bucket ORDER BY bucket"
            )
        )

    def mark_lost(self, bucket: str) -> None:
        """Note that a bucket's files are gone: its documents are to be read again."""
        with self._transaction():
            self._connection.execute(
                "UPDATE document SET rows_digest = '' WHERE substr(document_id, 1, 1) = ?"
                " AND document_id NOT IN (SELECT document_id FROM change)",
                (bucket,),
            )

    def buckets(self) -> tuple[str, ...]:
        """The buckets that have a committed document whose rows are not lost."""
        rows = self._connection.execute(
            "SELECT DISTINCT substr(document_id, 1, 1) FROM document"
            " WHERE rows_digest <> '' ORDER BY 1"
        )
        return tuple(row[0] for row in rows)

    def committed_count(self) -> int:
        """Number of committed documents."""
        (count,) = self._connection.execute("SELECT count(*) FROM document").fetchone()
        return int(count)

    def settle(self, revisions: Iterable[int]) -> None:
        """Forget changes that the published files show now."""
        with self._transaction():
            self._connection.executemany(
                "DELETE FROM change WHERE revision = ?", ((revision,) for revision in revisions)
            )

    def published_schema(self) -> str | None:
        """The table schema that the published files have."""
        row = self._connection.execute("SELECT table_schema FROM published").fetchone()
        return None if row is None else str(row[0])

    def note_published_schema(self, table_schema: str) -> None:
        """Note the table schema that the published files have."""
        with self._transaction():
            self._connection.execute("DELETE FROM published")
            self._connection.execute("INSERT INTO published VALUES (?)", (table_schema,))

    def shrink(self) -> None:
        """Give the space of settled changes back to the disk."""
        self._connection.executescript("PRAGMA incremental_vacuum")  # execute frees one page
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_to(self, path: Path) -> None:
        """Write a whole copy of the ledger to a new file."""
        path.unlink(missing_ok=True)
        self._connection.execute("VACUUM INTO ?", (str(path),))

    def history(self, document_id: str) -> tuple[tuple[str, str], ...]:
        """What happened to a document: time and event, oldest first."""
        rows = self._connection.execute(
            "SELECT at, event FROM history WHERE document_id = ? ORDER BY sequence",
            (document_id,),
        )
        return tuple((str(at), str(event)) for at, event in rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _entry(self, document_id: str) -> Entry | None:
        row = self._connection.execute(
            "SELECT * FROM document WHERE document_id = ?", (document_id,)
        ).fetchone()
        return None if row is None else Entry(row[0], Identity.from_text(row[1]), *row[2:])

    def _is_better(self, before: Entry, entry: Entry) -> bool:
        """Whether what is committed has a smaller identity that a file still bears."""
        borne = self._connection.execute(
            "SELECT 1 FROM place WHERE document_id = ? AND identity = ?",
            (before.document_id, before.identity.to_text()),
        ).fetchone()
        return before.identity < entry.identity and borne is not None and not before.is_lost

    def _write_entry(self, entry: Entry) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.document_id,
                entry.identity.to_text(),
                entry.status,
                entry.error_class,
                entry.software_version,
                entry.schema_version,
                entry.max_seconds,
                entry.max_memory,
                entry.rows_digest,
            ),
        )

    def _write_change(self, document_id: str, rows: PackedRows | None) -> None:
        packed = (
            (None,) * len(TABLES)
            if rows is None
            else (rows.documents, rows.observations, rows.narratives, rows.findings)
        )
        self._connection.execute(
            f"INSERT OR REPLACE INTO change (document_id, bucket, {', '.join(TABLES)})"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (document_id, bucket_of(document_id), *packed),
        )

    def _move(self, places: Sequence[Place], gone: Sequence[str]) -> set[str]:
        """Note new and left places; gives the documents that lay there before."""
        suspects = self._documents_at([*gone, *(place.location for place in places)])
        self._connection.executemany(
            "DELETE FROM place WHERE location = ?", ((location,) for location in gone)
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)",
            (
                (place.location, place.document_id, place.identity.to_text(), place.fingerprint)
                for place in places
            ),
        )
        return suspects

    def _documents_at(self, locations: Iterable[str]) -> set[str]:
        """The documents that lie at some locations."""
        rows = (
            self._connection.execute(
                "SELECT document_id FROM place WHERE location = ?", (location,)
            ).fetchone()
            for location in locations
        )
        return {row[0] for row in rows if row is not None}

    def _withdraw_homeless(self, suspects: Iterable[str]) -> tuple[str, ...]:
        """Withdraw those of `suspects` that lie nowhere any more; their history stays."""
        withdrawn = []
        for document_id in sorted(suspects):
            row = self._connection.execute(
                "SELECT * FROM document WHERE document_id = ?1 AND NOT EXISTS"
                " (SELECT 1 FROM place WHERE place.document_id = ?1)",
                (document_id,),
            ).fetchone()
            if row is not None:
                self._withdraw(Entry(row[0], Identity.from_text(row[1]), *row[2:]))
                withdrawn.append(document_id)
        return tuple(withdrawn)

    def _withdraw(self, entry: Entry) -> None:
        self._connection.execute("DELETE FROM document WHERE document_id = ?", (entry.document_id,))
        self._write_change(entry.document_id, None)
        self._note("withdrawn", entry)

    def _note(self, event: str, entry: Entry) -> None:
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self._connection.execute(
            "INSERT INTO history (at, event, document_id, identity, software_version,"
            " schema_version, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                now,
                event,
                entry.document_id,
                entry.identity.to_text(),
                entry.software_version,
                entry.schema_version,
                entry.error_class,
            ),
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, LEDGER_VERSION):
        connection.close()
        raise LedgerUnreadable(
            f"the ledger {path} has version {version}; this program reads {LEDGER_VERSION}",
            hint="use the keikaku that wrote it, or ingest into a new output folder",
        )
    if version == 0:
        _create(connection)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables; two processes may come here at once, the second finds them made."""
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {LEDGER_VERSION}")
    connection.execute("COMMIT")
