"""The sidecar ``source.toml``: what is declared about the documents of one folder.

    municipality_code = "132071"
    licence = "…"
    note = "…"

    [documents."000_3fa8d1cbbd840f3a.txt"]
    source_uri = "https://…"
    title = "…"

Its top level speaks of every document of the folder, its table ``[documents."name"]`` of one, where
it may say the same again. The file and every line of it may be absent; a key nobody knows is an
error, since it is most likely a misspelt one. Names in it are only compared with those of files
(in NFC, since some file systems decompose が), never opened.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import Declaration, Source

SIDECAR = "source.toml"
KEYS = frozenset({"municipality_code", "licence", "note", "source_uri", "title"})
_NOTHING = Declaration()


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is declared about a folder's documents: about all of them, and about one by name."""

    of_all: Declaration = _NOTHING
    of_one: Mapping[str, Declaration] = field(default_factory=dict)

    def declaration(self, name: str) -> Declaration:
        """What is declared about one file of the folder."""
        return self.of_one.get(unicodedata.normalize("NFC", name), self.of_all)


def read_source(path: Path) -> Source:
    """A document's bytes with what the sidecar beside it declares."""
    return Source(path.name, path.read_bytes(), read_declaration(path))


def read_declaration(document: Path) -> Declaration:
    """What the sidecar in the document's folder says of it; an empty Declaration without one."""
    return read_sidecar(document.parent).declaration(document.name)


def read_sidecar(folder: Path) -> Sidecar:
    """The folder's sidecar; an empty one when there is none."""
    file = folder / SIDECAR
    if not file.is_file():
        return Sidecar()
    return parse_sidecar(file.read_bytes(), str(file))


def parse_sidecar(data: bytes, place: str) -> Sidecar:
    """Read a sidecar's bytes; `place` is named when they are wrong.

    >>> sidecar = parse_sidecar(b'municipality_code = "132071"', "samples/source.toml")
    >>> sidecar.declaration("a.txt").municipality_code
    '132071'
    """
    try:
        declared = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refusal(place, str(error)) from None
    documents = declared.pop("documents", {})
    if not _is_tables(documents):
        raise _refusal(place, 'documents is not written as [documents."file name"]')
    of_all = _checked(declared, place)
    return Sidecar(
        _declaration(of_all),
        {
            unicodedata.normalize("NFC", name): _declaration(of_all | _checked(table, place))
            for name, table in documents.items()
        },
    )


def _is_tables(documents: object) -> TypeGuard[dict[str, dict[str, object]]]:
    return isinstance(documents, dict) and all(
        isinstance(table, dict) for table in documents.values()
    )


def _declaration(known: dict[str, str]) -> Declaration:
    return Declaration(
        municipality_code=known.get("municipality_code"),
        source_uri=known.get("source_uri"),
        licence=known.get("licence"),
    )


def _checked(declared: dict[str, object], place: str) -> dict[str, str]:
    for key, value in declared.items():
        if key not in KEYS:
            raise _refusal(place, f"unknown key {key!r}")
        if not isinstance(value, str):
            raise _refusal(place, f"{key} is {value!r}, not a text in quotation marks")
    return {key: value for key, value in declared.items() if isinstance(value, str)}


def _refusal(place: str, reason: str) -> UsageError:
    hint = f"correct it; known keys: {', '.join(sorted(KEYS))}, each with a text"
    return UsageError(f"{place}: {reason}", hint=hint)
