"""Which reader reads these bytes: PDF by its signature, else text in any of the known encodings.

A new container (xlsx, docx) is one more reader here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from keikaku.extractors.decoding import UndecodableText, decode
from keikaku.extractors.document import Block, Document, Grid
from keikaku.extractors.gathering import gather_tables
from keikaku.extractors.repairs import repair_print
from keikaku.extractors.stacked_tables import tables_apart
from keikaku.extractors.text import is_html_page, read_text

PDF_SIGNATURE = b"%PDF-"
_SIGNATURE_WITHIN = 1024
"""The PDF specification lets other bytes stand before the signature, up to here."""


class EmptySource(ValueError):
    """No bytes, or nothing but blanks."""


class UnknownContainer(ValueError):
    """Neither PDF nor text."""


def read_source(data: bytes, name: str, password: str | None = None) -> Document:
    """Bytes as a Document. Raises EmptySource, UnknownContainer, UndecodableText, or the PDF
    reader's own errors."""
    if not data.strip():
        raise EmptySource("the file is empty")
    document_id = hashlib.sha256(data).hexdigest()
    if PDF_SIGNATURE in data[:_SIGNATURE_WITHIN]:
        from keikaku.extractors.pdf import read_pdf

        drawn = read_pdf(data, name=name, document_id=document_id, password=password)
        found = _with_free_tables(drawn)
        return replace(found, blocks=tables_apart(found.blocks))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise UnknownContainer("the file is a container of another kind (Office, ZIP or image)")
    return _read_text(data, name, document_id)


def _with_free_tables(document: Document) -> Document:
    """A PDF with the tables that no rule shows, if there are any; else as its pages are drawn."""
    if document.print_out is None:
        return document
    from keikaku.extractors.pdf.print_out import gather_printed

    gathered = gather_printed(document.print_out)
    if _count_grids(gathered.blocks) == _count_grids(document.blocks):
        return replace(document, print_out=None)
    notices = (*document.notices, *gathered.notices)
    return replace(document, blocks=gathered.blocks, notices=notices)


def _count_grids(blocks: Iterable[Block]) -> int:
    return sum(isinstance(block, Grid) for block in blocks)


def _read_text(data: bytes, name: str, document_id: str) -> Document:
    text = decode(data).text
    if not text.strip():
        raise EmptySource("the file holds nothing but blanks")
    is_page = is_html_page(text)
    repaired = repair_print(text)
    gathered = gather_tables(read_text(repaired), repaired)
    return Document(
        document_id=document_id,
        source_name=name,
        media_type="text/html" if is_page else "text/plain",
        byte_size=len(data),
        page_count=None,
        text=text,
        blocks=gathered.blocks,
        extractor="html" if is_page else "text",
        notices=gathered.notices,
    )


__all__ = ["EmptySource", "UndecodableText", "UnknownContainer", "read_source"]
