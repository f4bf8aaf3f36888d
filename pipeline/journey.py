"""One document's journey: bytes to Document to Sheets to Entries to records.

`read_document` is the one way in; the batch, the goldens and the command line all call it.
"""

from __future__ import annotations

from dataclasses import dataclass

from keikaku.pipeline.dataset import DocumentRecords


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a sidecar or the command line declares about a document; every field may be absent."""

    municipality_code: str | None = None
    source_uri: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: its file name, its bytes, and what is declared about it."""

    name: str
    data: bytes
    declaration: Declaration = Declaration()
    password: str | None = None


def read_document(source: Source) -> DocumentRecords:
    """Read one document whole. Raises DocumentError when it cannot be read."""
    raise NotImplementedError
