"""Whatever a reader cannot open becomes an error that says what to do next."""

from __future__ import annotations

import io

import pytest
from keikaku.extractors.pdf.errors import PdfError
from keikaku.pipeline.errors import DocumentError, EncryptedDocument
from keikaku.pipeline.opening import OF_PDF, open_source
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("himitsu"))
    canvas.drawString(100, 100, "72")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_every_error_of_the_pdf_reader_is_known() -> None:
    assert set(PdfError.__subclasses__()) == set(OF_PDF)
    classes = {error.error_class for error in OF_PDF.values()}
    assert len(classes | {DocumentError.error_class}) == len(OF_PDF) + 1


@pytest.mark.parametrize("password", [None, "wrong"])
def test_an_encrypted_pdf_is_refused(password: str | None) -> None:
    with pytest.raises(EncryptedDocument) as refused:
        open_source(encrypted_pdf(), "sheet.pdf", password)
    assert refused.value.message.startswith("sheet.pdf: ")
    assert "password" in refused.value.hint


def test_its_password_opens_it() -> None:
    document = open_source(encrypted_pdf(), "sheet.pdf", "himitsu")
    assert document.page_count == 1
