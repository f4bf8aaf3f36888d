"""Whether a document prints what its records quote: the check that nothing was made up.

A text is searched where the record says (`source[char_start:char_end]` is the quote, or holds it
when it was broken over lines). Of a PDF, whose letters have no order, every run of digits in the
quote is searched in what PDFium finds in the box. Where a broken stream draws letters over each
other, the order in which they are joined proves nothing: a page of which a finding says that its
figures are doubtful is no silent mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from keikaku.extractors.decoding import decode
from keikaku.extractors.pdf.fonts import no_fonts_of_the_machine
from keikaku.extractors.pdf.salvage import salvage
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Observation

MARGIN = 2.0
"""Points around the box of a cell: PDFium counts a letter as inside when its centre is."""


def unprinted(file: Path, records: DocumentRecords) -> list[str]:
    """The quotes of figures that are not where the records say."""
    if not records.observations:
        return []
    search = _in_pdf if records.document.media_type == "application/pdf" else _in_text
    with no_fonts_of_the_machine():
        return [row.raw for row in search(file, records) if row.status != "missing"]


def _in_text(file: Path, records: DocumentRecords) -> Iterator[Observation]:
    text = decode(file.read_bytes()).text
    for row in records.observations:
        place = text[row.char_start : row.char_end]
        if not _holds(place, row.raw):
            yield row


def _holds(place: str, quote: str) -> bool:
    """Whether the letters of a quote stand at a place, in their order; blanks apart."""
    letters = iter(_squashed(place))
    return all(letter in letters for letter in _squashed(quote))


def _squashed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _in_pdf(file: Path, records: DocumentRecords) -> Iterator[Observation]:
    pdf = _opened(file.read_bytes())
    texts = {
        page: pdf[page - 1].get_textpage()
        for page in {row.page for row in records.observations if row.page}
    }
    doubted = {found.page for found in records.findings if found.severity != "info"}
    for row in records.observations:
        if row.page in doubted:
            continue
        assert row.page is not None
        assert row.bbox is not None
        height = pdf[row.page - 1].get_height()
        x0, top, x1, bottom = row.bbox
        printed = texts[row.page].get_text_bounded(
            x0 - MARGIN, height - bottom - MARGIN, x1 + MARGIN, height - top + MARGIN
        )
        if any(figure not in _folded(printed) for figure in re.findall("[0-9]+", _folded(row.raw))):
            yield row


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    """The file, or what can be salvaged of it."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return pypdfium2.PdfDocument(salvage(data))


def _folded(text: str) -> str:
    return _squashed(unicodedata.normalize("NFKC", text))
