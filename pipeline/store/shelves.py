"""Where published files stand: a local folder, or a place that fsspec reaches (s3, gcs, abfs …).

Both replace a file in one step: a folder by rename, an object store because an object appears when
its upload is complete. A remote shelf has no SQLite: the ledger is worked on in a local folder, and
a copy is uploaded before and after each publication. One run at a time writes there: it holds a
lease from before it fetches the ledger until its end.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.records import TABLES
from keikaku.pipeline.store.durable import locked, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keikaku.pipeline.store.lease import Lease
    from keikaku.pipeline.store.remote_folder import RemoteFolder

STATE_FOLDER = ".keikaku"
"""Ledger, lock or lease, part files and run report; readers of Parquet skip dot folders."""
LEDGER_FILE = "ledger.sqlite"


class Shelf(Protocol):
    """A place of published files, named by their path below the output (documents/…)."""

    @property
    def address(self) -> str:
        """As people wrote it."""

    @property
    def state(self) -> Path:
        """A local folder for ledger and part files."""

    def published(self) -> frozenset[str]:
        """The files of all tables."""

    def has(self, name: str) -> bool:
        """Whether a published file is there."""

    def local(self, name: str) -> Path | None:
        """A local path to read a published file from; None when there is none."""

    def put(self, parts: Iterable[tuple[Path, str]]) -> None:
        """Give finished part files their names, in this order."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove published files, in this order."""

    def save_ledger(self, copy: Path) -> None:
        """Keep a copy of the ledger beside the files, where the ledger itself is not there."""

    @property
    def keeps_ledger(self) -> bool:
        """Whether the ledger itself lies beside the files."""

    def locked(self, *, shared: bool = False) -> contextlib.AbstractContextManager[None]:
        """Keep other runs from publishing at the same time."""


@dataclass(frozen=True, slots=True)
class LocalShelf:
    """A folder."""

    root: Path
    keeps_ledger: bool = True

    @property
    def address(self) -> str:
        """As people wrote it."""
        return str(self.root)

    @property
    def state(self) -> Path:
        """The folder's own dot folder: parts are renamed, so they lie on the same disk."""
        return self.root / STATE_FOLDER

    def published(self) -> frozenset[str]:
        """The files of all tables."""
        return frozenset(f"{table}/{file.name}" for table in TABLES for file in self._files(table))

    def _files(self, table_name: str) -> Iterator[Path]:
        return (self.root / table_name).glob("*.parquet")

    def has(self, name: str) -> bool:
        """Whether a published file is there."""
        return (self.root / name).exists()

    def local(self, name: str) -> Path | None:
        """The file itself."""
        return self.root / name if self.has(name) else None

    def put(self, parts: Iterable[tuple[Path, str]]) -> None:
        """Rename, then force the folders to the disk."""
        finals = [(part, self.root / name) for part, name in parts]
        for part, final in finals:
            part.replace(final)
        for folder in {final.parent for _, final in finals}:
            sync_folder(folder)

    def remove(self, names: Iterable[str]) -> None:
        """Remove, then force the folders to the disk."""
        finals = [self.root / name for name in names]
        for final in finals:
            final.unlink(missing_ok=True)
        for folder in {final.parent for final in finals}:
            sync_folder(folder)

    def save_ledger(self, copy: Path) -> None:
        """Nothing to do: the ledger is here."""

    def locked(self, *, shared: bool = False) -> contextlib.AbstractContextManager[None]:
        """The lock file of the state folder."""
        return locked(self.state / "lock", shared=shared)


@dataclass(frozen=True, slots=True)
class RemoteShelf:
    """A folder that fsspec reaches, with a local folder to work in; `lease` None for a reader."""

    folder: RemoteFolder
    state: Path
    lease: Lease | None = None
    keeps_ledger: bool = False

    @property
    def address(self) -> str:
        """As people wrote it."""
        return self.folder.address

    def published(self) -> frozenset[str]:
        """The files of all tables, one listing for each."""
        return frozenset(f"{table}/{name}" for table in TABLES for name in self.folder.names(table))

    def has(self, name: str) -> bool:
        """Whether a published file is there."""
        return self.folder.has(name)

    def local(self, name: str) -> Path | None:
        """A downloaded copy."""
        copy = self.state / "copies" / Path(name).name
        copy.parent.mkdir(exist_ok=True)
        return copy if self.folder.download(name, copy) else None

    def put(self, parts: Iterable[tuple[Path, str]]) -> None:
        """Upload; an object is replaced when its upload is complete."""
        for part, name in parts:
            self.folder.upload(part, name)
            part.unlink()

    def remove(self, names: Iterable[str]) -> None:
        """Remove those that are there."""
        for name in names:
            self.folder.remove(name)

    def save_ledger(self, copy: Path) -> None:
        """Upload a copy of the ledger."""
        if self.lease is not None:
            self.lease.check()
        self.folder.upload(copy, f"{STATE_FOLDER}/{LEDGER_FILE}")

    @contextlib.contextmanager
    def locked(self, *, shared: bool = False) -> Iterator[None]:
        """The lease is held for the whole run; here it is only looked at."""
        if self.lease is not None and not shared:
            self.lease.check()
        yield

    def fetch_ledger(self) -> None:
        """Bring the ledger that an earlier run left here."""
        self.folder.download(f"{STATE_FOLDER}/{LEDGER_FILE}", self.state / LEDGER_FILE)


@contextlib.contextmanager
def open_shelf(address: str, *, to_write: bool) -> Iterator[Shelf]:
    """The shelf at a path or URL. To write to a remote one is to hold its lease."""
    if "://" not in address:
        yield LocalShelf(Path(address))
        return
    from keikaku.pipeline.store.lease import leased
    from keikaku.pipeline.store.remote_folder import RemoteFolder

    folder = RemoteFolder.at(address)
    with tempfile.TemporaryDirectory(prefix="keikaku-") as scratch, contextlib.ExitStack() as stack:
        try:
            lease = stack.enter_context(leased(folder, STATE_FOLDER)) if to_write else None
            shelf = RemoteShelf(folder, Path(scratch), lease)
            shelf.fetch_ledger()
        except OSError as error:
            raise UsageError(
                f"{address} cannot be {'written' if to_write else 'read'}: {error.strerror or error}",
                hint="check the URL, the network and the credentials",
            ) from error
        yield shelf
