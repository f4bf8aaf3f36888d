"""Sidecar: the file `source.toml` that says where the documents beside it come from.

    municipality_code = "132071"
    licence = "…"
    note = "…"

    [documents."000_3fa8d1cbbd840f3a.txt"]
    source_uri = "https://…"
    title = "…"
    municipality_code = "132071"    # only when it differs from the folder's

It may be absent. Names in it are only compared with the names of files, never opened.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import Declaration

if TYPE_CHECKING:
    from collections.abc import Iterable

SIDECAR_NAME = "source.toml"
_FOLDER_KEYS = frozenset({"municipality_code", "licence", "note", "documents"})
_DOCUMENT_KEYS = frozenset({"municipality_code", "licence", "note", "source_uri", "title"})
_NOTHING = Declaration()


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is declared about a folder's documents, and by whom (for messages)."""

    declared_by: str
    for_all: Declaration = _NOTHING
    for_one: tuple[tuple[str, Declaration], ...] = ()

    def declaration(self, file_name: str) -> Declaration:
        """What is declared about one file of the folder."""
        return dict(self.for_one).get(unicodedata.normalize("NFC", file_name), self.for_all)


def parse_sidecar(text: str, declared_by: str) -> Sidecar:
    """Read a sidecar's text.

    >>> sidecar = parse_sidecar('municipality_code = "132071"', "samples/source.toml")
    >>> sidecar.declaration("a.txt").municipality_code
    '132071'
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unusable(declared_by, f"it is not valid TOML: {error}") from error
    _check_keys(content, _FOLDER_KEYS, declared_by)
    folder = _declaration(content, _NOTHING, declared_by)
    documents = content.get("documents", {})
    if not isinstance(documents, dict):
        raise _unusable(declared_by, "`documents` must be tables by file name")
    return Sidecar(
        declared_by,
        folder,
        tuple(_one_document(name, table, folder, declared_by) for name, table in documents.items()),
    )


def _one_document(
    name: str, table: Any, folder: Declaration, declared_by: str
) -> tuple[str, Declaration]:
    if not isinstance(table, dict):
        raise _unusable(declared_by, f"`documents.{name!r}` must be a table")
    _check_keys(table, _DOCUMENT_KEYS, declared_by)
    return unicodedata.normalize("NFC", name), _declaration(table, folder, declared_by)


def _declaration(table: dict[str, Any], folder: Declaration, declared_by: str) -> Declaration:
    return Declaration(
        municipality_code=_text(table, "municipality_code", declared_by)
        or folder.municipality_code,
        source_uri=_text(table, "source_uri", declared_by),
        licence=_text(table, "licence", declared_by) or folder.licence,
    )


def _text(table: dict[str, Any], key: str, declared_by: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise _unusable(declared_by, f'`{key}` must be text in quotes, such as "132071"')
    return value or None


def _check_keys(table: dict[str, Any], known: Iterable[str], declared_by: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise _unusable(declared_by, f"unknown key `{unknown[0]}`")


def _unusable(declared_by: str, why: str) -> UsageError:
    return UsageError(f"{declared_by}: {why}", hint="correct the sidecar, or remove it")
