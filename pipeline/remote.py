"""Sources in remote places: documents under a URL that fsspec opens (s3, gcs, abfs, memory …).

An object store says of each object what tells one content from another (ETag): a document whose
mark is the one that the ledger holds is not downloaded again to be hashed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.errors import KeikakuError, UsageError
from keikaku.pipeline.sidecar import SIDECAR, Sidecar, parse_sidecar
from keikaku.pipeline.sources import (
    FORMATS,
    PIECE,
    FoundFile,
    FoundSources,
    PassedOver,
    Selection,
    clean_name,
    reason_by_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_OF_THIS_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})


def find_remote(url: str, selection: Selection) -> FoundSources:
    """All documents under a URL; one that gives none or cannot be reached is a UsageError."""
    filesystem, root = open_filesystem(url)
    try:
        with as_os_errors():
            return _find_below(url, filesystem, root.rstrip("/"), selection)
    except OSError as error:
        raise UsageError(
            f"{url} cannot be read: {error.strerror or error}",
            hint="check the URL, the network and the credentials",
        ) from error


def _find_below(url: str, filesystem: Any, root: str, selection: Selection) -> FoundSources:
    if filesystem.isfile(root):
        sidecar = _read_sidecar(filesystem, root.rpartition("/")[0])
        return FoundSources((_found(filesystem, filesystem.info(root), sidecar),), (), ())
    objects: dict[str, Mapping[str, Any]] = filesystem.find(root, detail=True)
    folders = {path.rpartition("/")[0] for path in objects}
    sidecars = {folder: _read_sidecar(filesystem, folder) for folder in folders}
    files, passed_over = [], []
    for path, details in sorted(objects.items()):
        folder, _, name = path.rpartition("/")
        reason = _reason_to_pass_over(path[len(root) :], name, selection)
        if reason is None:
            files.append(_found(filesystem, details, sidecars[folder]))
        else:
            passed_over.append(PassedOver(filesystem.unstrip_protocol(path), reason))
    if not files:
        raise UsageError(
            f"{url} holds no document, or does not answer",
            hint=f"check the URL; documents end in {', '.join(FORMATS)};"
            " what lies on web pages is brought by: keikaku fetch",
        )
    return FoundSources(tuple(files), tuple(passed_over), (filesystem.unstrip_protocol(root),))


def hash_remote(url: str) -> tuple[str, int]:
    """SHA-256 and size of a remote file, read piece by piece; OSError when it cannot be read."""
    import fsspec

    digest, size = hashlib.sha256(), 0
    with as_os_errors(), fsspec.open(url, "rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def read_remote(url: str) -> bytes:
    """All bytes of a remote file; OSError when it cannot be read."""
    import fsspec

    with as_os_errors(), fsspec.open(url, "rb") as file:
        return bytes(file.read())


@contextlib.contextmanager
def as_os_errors() -> Iterator[None]:
    """Each file system of fsspec has errors of its own (botocore's are no OSError)."""
    try:
        yield
    except (FileNotFoundError, FileExistsError, MemoryError, KeikakuError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THIS_DISK:
            raise
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}") from error


def open_filesystem(url: str) -> tuple[Any, str]:
    """The file system that a URL speaks of, and the path in it; UsageError without its library."""
    try:
        import fsspec

        filesystem, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{url} cannot be opened: {error}",
            hint="pip install 'keikaku[remote]' for s3://, gcsfs for gs://, adlfs for abfs://",
        ) from error
    return filesystem, str(root)


def _reason_to_pass_over(below: str, name: str, selection: Selection) -> str | None:
    """Remote files are known by their extension alone: looking inside would download them."""
    if any(part.startswith(".") for part in below.split("/")[:-1] if part):
        return "hidden"
    reason = reason_by_name(name, selection)
    if reason is None and not name.lower().endswith(tuple(FORMATS)):
        return "other_extension"
    return reason


def _found(filesystem: Any, details: Mapping[str, Any], sidecar: Sidecar) -> FoundFile:
    path = str(details["name"])
    name = clean_name(path.rpartition("/")[2])
    mark = details.get("ETag") or details.get("etag") or filesystem.ukey(path)
    return FoundFile(
        filesystem.unstrip_protocol(path),
        name,
        sidecar.declaration(name),
        f"{mark} {details['size']}",
        int(details["size"]),
    )


def _read_sidecar(filesystem: Any, folder: str) -> Sidecar:
    path = f"{folder}/{SIDECAR}"
    if not filesystem.exists(path):
        return Sidecar()
    return parse_sidecar(filesystem.cat_file(path), filesystem.unstrip_protocol(path))
