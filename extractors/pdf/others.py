"""One page handed to the other readers, camelot and pdfplumber.

They get a file of that page alone, written anew by PDFium: it is sound where the source is damaged,
open where the source is locked, and small where the source has a thousand pages. What they still
cannot read raises errors of many kinds, none of which may cost the page that PDFium has read.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib

from pypdfium2 import PdfDocument

logging.getLogger("pdfminer").addHandler(logging.NullHandler())
"""pdfminer warns of odd fonts on standard error; who wants to know asks its logger."""


def single_page(pdf: PdfDocument, number: int) -> bytes:
    """A file that holds this page alone."""
    alone = PdfDocument.new()
    try:
        alone.import_pages(pdf, [number - 1])
        file = io.BytesIO()
        alone.save(file)
        return file.getvalue()
    finally:
        alone.close()


def failures() -> tuple[type[Exception], ...]:
    """What camelot (by playa) and pdfplumber (by pdfminer) raise over content they cannot read.

    Both let the errors of their own parsing through beside their declared ones.
    """
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException
    from playa.exceptions import PDFException

    parsing = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
    unpacking = (struct.error, zlib.error)
    return (PSException, PdfminerException, PDFException, StopIteration, *parsing, *unpacking)
