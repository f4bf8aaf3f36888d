"""Sources: the published files that a run is asked to read, found under the paths it is given.

Published sheets lie in folders as somebody saved them: PDF beside text, a README, names in any
encoding and length, links that lead elsewhere. A document is recognised by its extension, or by
opening as PDF does. Everything else found is passed over with a reason, and the run report says so.
No name of a file ever becomes part of a path that is written.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import Declaration
from keikaku.pipeline.sidecar import SIDECAR, Sidecar, read_sidecar

FORMATS = {
    ".txt": "text",
    ".md": "text",
    ".csv": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}
_PDF_OPENING = b"%PDF-"
PIECE = 1 << 20
"""Bytes read at a time when a file is hashed."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A document file: where it lies, how it is called, and what is declared about it.

    `name` is NFC and whole Unicode, so that the same file gives the same name on every machine.
    `fingerprint` and `remote_size` are what a remote store says of the content (ETag, bytes).
    """

    location: str
    name: str
    declaration: Declaration
    fingerprint: str | None = None
    remote_size: int = 0


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that is no document, or may not be read, with the reason as a slug."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class FoundSources:
    """What lies under the given paths. `folders` are the folders that were walked whole."""

    files: tuple[FoundFile, ...]
    passed_over: tuple[PassedOver, ...]
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """How to look: formats wanted (all when empty), links, and a folder to keep out of."""

    formats: frozenset[str] = frozenset()
    follow_symlinks: bool = False
    keep_out: Path | None = None


def find_sources(paths: Iterable[str], selection: Selection = Selection()) -> FoundSources:
    """All documents under `paths`, ordered by location; a path that gives none is a UsageError."""
    files: dict[str, FoundFile] = {}
    passed_over: dict[str, PassedOver] = {}
    folders: list[str] = []
    for path in paths:
        found = _find_under(path, selection)
        files.update((file.location, file) for file in found.files)
        passed_over.update((other.location, other) for other in found.passed_over)
        folders.extend(found.folders)
    return FoundSources(
        tuple(files[location] for location in sorted(files)),
        tuple(passed_over[location] for location in sorted(passed_over) if location not in files),
        tuple(sorted(set(folders))),
    )


def is_remote(location: str) -> bool:
    """Whether a location is a URL.

    >>> is_remote("s3://bucket/a.pdf"), is_remote("/data/a.pdf")
    (True, False)
    """
    return "://" in location


def _find_under(path: str, selection: Selection) -> FoundSources:
    if is_remote(path):
        from keikaku.pipeline.remote import find_remote

        return find_remote(path, selection)
    given = Path(path)
    if not path or not given.exists():
        raise UsageError(f"there is no {path!r}", hint="check the path; quote names with spaces")
    if given.is_dir():
        return _find_in_folder(given.resolve(), path, selection)
    if not given.is_file():
        raise UsageError(f"{path!r} is no regular file", hint="give a file or a folder")
    file = given.parent.resolve() / given.name
    return FoundSources((_found(file, read_sidecar(file.parent)),), (), ())


def _find_in_folder(folder: Path, path: str, selection: Selection) -> FoundSources:
    files: list[FoundFile] = []
    passed_over: list[PassedOver] = []
    for current, names in _walk(folder, selection):
        sidecar = read_sidecar(current)
        for name in names:
            file = current / name
            reason = _reason_to_pass_over(file, folder, selection)
            if reason is None:
                files.append(_found(file, sidecar))
            else:
                passed_over.append(PassedOver(key_of(file), reason))
    if not files:
        raise UsageError(
            f"the folder {path!r} holds no document",
            hint=f"documents end in {', '.join(FORMATS)}; {len(passed_over)} other files are there",
        )
    return FoundSources(tuple(files), tuple(passed_over), (key_of(folder),))


def _walk(folder: Path, selection: Selection) -> Iterator[tuple[Path, list[str]]]:
    """Each folder with its file names (links among them), every real folder once."""
    keep_out = selection.keep_out.resolve() if selection.keep_out else None
    seen: set[str] = set()
    for current, folder_names, file_names in os.walk(
        folder, followlinks=selection.follow_symlinks, onerror=_refuse_unreadable
    ):
        real = os.path.realpath(current)
        if real in seen or Path(real) == keep_out:
            folder_names.clear()
            continue
        seen.add(real)
        linked = [name for name in folder_names if (Path(current) / name).is_symlink()]
        folder_names[:] = sorted(name for name in folder_names if not name.startswith("."))
        yield Path(current), sorted([*file_names, *linked])


def _refuse_unreadable(error: OSError) -> None:
    raise UsageError(
        f"the folder {error.filename!r} cannot be read: {error.strerror}",
        hint="make it readable, or give the folders beside it",
    ) from error


def _reason_to_pass_over(file: Path, folder: Path, selection: Selection) -> str | None:
    """Why a file in a folder is not read; None for a document."""
    if file.is_symlink() and (reason := _reason_against_link(file, folder, selection)):
        return reason
    if not stat.S_ISREG(file.stat().st_mode):
        return "no_regular_file"
    return reason_by_name(file.name, selection) or _reason_by_content(file, selection)


def _reason_against_link(file: Path, folder: Path, selection: Selection) -> str | None:
    """A link inside the folder leads to a file that is found under its own name."""
    if not file.exists():
        return "broken_link"
    if file.is_dir():
        return "linked_folder"
    if selection.follow_symlinks:
        return None
    return "link" if file.resolve().is_relative_to(folder) else "link_leads_out"


def reason_by_name(name: str, selection: Selection) -> str | None:
    """Why a name in a folder is no document's; None when it may be one.

    >>> reason_by_name("README.md", Selection())
    'readme'
    """
    suffix = Path(name).suffix.lower()
    if name.startswith("."):
        return "hidden"
    if name == SIDECAR:
        return "sidecar"
    if name.upper().startswith("README"):
        return "readme"
    if suffix in FORMATS and selection.formats and FORMATS[suffix] not in selection.formats:
        return "other_format"
    return None


def _reason_by_content(file: Path, selection: Selection) -> str | None:
    """A file of another extension is a document only when it opens as a PDF."""
    if file.suffix.lower() in FORMATS:
        return None
    if selection.formats and "pdf" not in selection.formats:
        return "other_format"
    try:
        with file.open("rb") as opened:
            opening = opened.read(len(_PDF_OPENING))
    except OSError:
        return "unreadable"
    return None if opening == _PDF_OPENING else "other_extension"


def _found(file: Path, sidecar: Sidecar) -> FoundFile:
    name = clean_name(file.name)
    return FoundFile(str(file), name, sidecar.declaration(name))


def clean_name(name: str) -> str:
    """A file name as published: NFC, with bytes that are no Unicode shown as a replacement mark.

    >>> clean_name("か\u3099.txt")
    'が.txt'
    """
    whole = os.fsencode(name).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", whole)


def key_of(location: str | Path) -> str:
    """A location as the ledger and the report write it: itself, or percent-escaped bytes."""
    text = str(location)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "file://" + urllib.parse.quote(os.fsencode(text))
    return text


def declare_municipality(files: Iterable[FoundFile], code: str | None) -> tuple[FoundFile, ...]:
    """The files with the code of the command line, which may not contradict a sidecar."""
    if code is None:
        return tuple(files)
    return tuple(_with_code(file, code) for file in files)


def _with_code(file: FoundFile, code: str) -> FoundFile:
    declared = file.declaration.municipality_code
    if declared not in (None, code):
        raise UsageError(
            f"--municipality {code} contradicts {SIDECAR}, which says {declared}"
            f" for {key_of(file.location)}",
            hint=f"drop --municipality, or correct the {SIDECAR}",
        )
    return replace(file, declaration=replace(file.declaration, municipality_code=code))


def hash_file(location: str) -> tuple[str, int]:
    """SHA-256 and size of a local file, read piece by piece."""
    digest, size = hashlib.sha256(), 0
    with Path(location).open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
