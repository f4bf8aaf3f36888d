"""Opening a source: the reader's errors become errors for people, with what to do next."""

from __future__ import annotations

from keikaku.extractors.document import Document
from keikaku.extractors.pdf.errors import BrokenPdf, EncryptedPdf, PdfError, TooLarge
from keikaku.extractors.readers import (
    EmptySource,
    UndecodableText,
    UnknownContainer,
    read_source,
)
from keikaku.pipeline.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    EncryptedDocument,
    TooLargeDocument,
    UnknownEncoding,
    UnknownFormat,
)

OF_PDF: dict[type[PdfError], type[DocumentError]] = {
    EncryptedPdf: EncryptedDocument,
    BrokenPdf: DamagedDocument,
    TooLarge: TooLargeDocument,
}


def open_source(data: bytes, name: str, password: str | None = None) -> Document:
    """The Document of a source. Raises DocumentError."""
    try:
        return read_source(data, name, password)
    except EmptySource as error:
        raise EmptyDocument(f"{name}: {error}", hint="fetch the file again") from error
    except UndecodableText as error:
        raise UnknownEncoding(
            f"{name}: {error}",
            hint="save it as UTF-8, CP932, EUC-JP or UTF-16 with a byte order mark, or as PDF",
        ) from error
    except UnknownContainer as error:
        raise UnknownFormat(f"{name}: {error}", hint="save it as PDF, HTML or text") from error
    except PdfError as error:
        raise OF_PDF[type(error)](f"{name}: {error.message}", hint=error.hint) from error
