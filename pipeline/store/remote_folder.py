"""A folder on a file system that fsspec reaches (s3, gcs, abfs, memory …), as a store uses it.

Files are named by their path below the folder. An object is replaced when its upload is complete,
so nobody reads half of one. What goes wrong is an OSError, whatever the file system calls it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keikaku.pipeline.remote import as_os_errors, open_filesystem


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A prefix: its URL as people wrote it, the file system, and the path there."""

    address: str
    filesystem: Any
    root: str

    @classmethod
    def at(cls, address: str) -> RemoteFolder:
        """The folder of a URL; UsageError without the library for it."""
        filesystem, root = open_filesystem(address)
        return cls(address, filesystem, root.rstrip("/"))

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        with as_os_errors():
            return bool(self.filesystem.exists(self._path(name)))

    def names(self, folder: str) -> tuple[str, ...]:
        """The file names in a folder as they are now, in order; none when there is no folder."""
        path = self._path(folder)
        with as_os_errors():
            self.filesystem.invalidate_cache(path)
            found = self.filesystem.find(path, maxdepth=1)
        return tuple(sorted(str(file).rpartition("/")[2] for file in found))

    def read(self, name: str) -> bytes | None:
        """A small file's bytes; None when there is none."""
        try:
            with as_os_errors():
                return bytes(self.filesystem.cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put or replace a small file."""
        with as_os_errors():
            self._make_room_for(name)
            self.filesystem.pipe_file(self._path(name), data)

    def create(self, name: str, data: bytes) -> bool:
        """Put a small file unless it is there; False when it is.

        S3, GCS and memory do this in one step. Elsewhere two may believe at once that they made it,
        and reading it back tells who did.
        """
        try:
            with as_os_errors():
                self._make_room_for(name)
                self.filesystem.pipe_file(self._path(name), data, mode="create")
        except OSError:
            if self.read(name) is None:
                raise
        return self.read(name) == data

    def download(self, name: str, copy: Path) -> bool:
        """Bring a file; False when there is none."""
        try:
            with as_os_errors():
                self.filesystem.get_file(self._path(name), str(copy))
        except FileNotFoundError:
            copy.unlink(missing_ok=True)
            return False
        return True

    def upload(self, file: Path, name: str) -> None:
        """Put or replace a file."""
        with as_os_errors():
            self._make_room_for(name)
            self.filesystem.put_file(str(file), self._path(name))

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        try:
            with as_os_errors():
                self.filesystem.rm_file(self._path(name))
        except FileNotFoundError:
            return

    def _make_room_for(self, name: str) -> None:
        self.filesystem.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"
