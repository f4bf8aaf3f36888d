"""PDF files (PDF) to Documents: the reader, its limits and its errors."""

from __future__ import annotations

from keikaku.extractors.pdf.errors import BrokenPdf, EncryptedPdf, PdfError, TooLarge
from keikaku.extractors.pdf.limits import PdfLimits
from keikaku.extractors.pdf.reader import read_pdf

__all__ = ["BrokenPdf", "EncryptedPdf", "PdfError", "PdfLimits", "TooLarge", "read_pdf"]
