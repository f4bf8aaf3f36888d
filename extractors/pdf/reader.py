"""PDF files as municipalities publish them: bytes to a Document with page and box of every line.

Word, Excel, browsers and scanners make them; PDFium reads characters and strokes, our own lattice
finder the ruled forms. What a page cannot give is said in a Notice, never passed over.
"""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
from keikaku.extractors.document import Block, Document, Notice, Span
from keikaku.extractors.pdf.engine import Strokes, TextLayer, address_of, count_characters
from keikaku.extractors.pdf.errors import BrokenPdf, EncryptedPdf, TooLarge
from keikaku.extractors.pdf.frame import Frame
from keikaku.extractors.pdf.limits import PdfLimits, Watch
from keikaku.extractors.pdf.page import PageReading, read_page
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.version import PYPDFIUM_INFO

EXTRACTOR = f"pypdfium2 {PYPDFIUM_INFO}"


def read_pdf(
    data: bytes,
    *,
    name: str,
    document_id: str,
    password: str | None = None,
    limits: PdfLimits = PdfLimits(),  # noqa: B008 - frozen
) -> Document:
    """Read a PDF. Raises EncryptedPdf, BrokenPdf or TooLarge when nothing of it can be given."""
    watch = Watch(limits)
    notices: list[Notice] = []
    pdf = _open(data, password)
    try:
        page_count = len(pdf)
        pages = _read_pages(pdf, watch, notices)
    finally:
        pdf.close()
    blocks: list[Block] = [block for page in pages for block in page.blocks]
    return Document(
        document_id=document_id,
        source_name=name,
        media_type="application/pdf",
        byte_size=len(data),
        page_count=page_count,
        text=None,
        blocks=tuple(blocks),
        extractor=EXTRACTOR,
        notices=tuple(notices),
    )


def _open(data: bytes, password: str | None) -> PdfDocument:
    try:
        pdf = PdfDocument(data, password=password)
    except PdfiumError as error:
        raise _open_error(data, password, str(error)) from error
    if not len(pdf):
        pdf.close()
        raise BrokenPdf("The PDF has no page.", "Fetch the file again; it may have been cut off.")
    return pdf


def _open_error(data: bytes, password: str | None, reason: str) -> EncryptedPdf | BrokenPdf:
    if "assword" in reason:
        if password is None:
            return EncryptedPdf(
                "The PDF is encrypted and asks for a password.", "Give it with --password."
            )
        return EncryptedPdf(
            "The password does not open the PDF.", "Check the password given with --password."
        )
    if not data[:1024].lstrip().startswith(b"%PDF"):
        return BrokenPdf("This is no PDF: it does not begin with %PDF.", "Check the file's type.")
    return BrokenPdf(
        f"The PDF is damaged: {reason}", "Fetch the file again; it may have been cut off."
    )


def _read_pages(pdf: PdfDocument, watch: Watch, notices: list[Notice]) -> list[PageReading]:
    limits = watch.limits
    if len(pdf) > limits.max_pages:
        raise TooLarge(
            f"The PDF has {len(pdf)} pages; the limit is {limits.max_pages}.",
            "Split the file, or raise max_pages if it is to be trusted.",
        )
    return [
        reading
        for number in range(1, len(pdf) + 1)
        if (reading := _read_one(pdf, number, watch, notices)) is not None
    ]


def _read_one(
    pdf: PdfDocument, number: int, watch: Watch, notices: list[Notice]
) -> PageReading | None:
    watch.check(number)
    try:
        page = pdf[number - 1]
    except PdfiumError:
        notices.append(_notice("page_unreadable", "error", number, "the page cannot be loaded"))
        return None
    try:
        return _read_loaded(page, number, watch, notices)
    finally:
        page.close()


def _read_loaded(
    page: pypdfium2.PdfPage, number: int, watch: Watch, notices: list[Notice]
) -> PageReading | None:
    text_page = page.get_textpage()
    try:
        handle = address_of(text_page.raw)
        count = count_characters(handle)
        if count > watch.limits.max_characters:
            notices.append(
                _notice("page_too_large", "error", number, f"{count} characters on one page")
            )
            return None
        strokes = Strokes(address_of(page.raw), watch.limits.max_objects)
        layer = TextLayer(handle)
        return read_page(number, _frame(page), layer, strokes.segments)
    finally:
        text_page.close()


def _frame(page: pypdfium2.PdfPage) -> Frame:
    left, bottom, right, top = page.get_bbox()
    turns = pdfium.FPDFPage_GetRotation(page.raw) % 4
    return Frame(left, bottom, right - left, top - bottom, turns, turns)


def _notice(rule: str, severity: str, page: int, detail: str) -> Notice:
    return Notice(rule, severity, detail, Span(page=page))
