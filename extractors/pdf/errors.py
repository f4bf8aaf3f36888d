"""Why a PDF (PDF ファイル) could not be read at all; each says what to do next.

What can be read in part is no error: it is a Document with Notices.
"""

from __future__ import annotations


class PdfError(Exception):
    """A PDF that gives no Document. `message` says what is wrong, `hint` what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}")
        self.message = message
        self.hint = hint


class EncryptedPdf(PdfError):
    """The file asks for a password that was not given, or another one."""


class BrokenPdf(PdfError):
    """Nothing of the file can be read: no PDF, cut before its first page, or damaged."""


class TooLarge(PdfError):
    """The file asks for more time or memory than the limits allow."""
