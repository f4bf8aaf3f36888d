"""The errors that a person meets: what happened, where, and what to do next; never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keikaku.pipeline.records import Finding


class KeikakuError(Exception):
    """Base of all errors shown to people. `hint` says what to do next."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders: workers send them to the parent."""
        return (_rebuild, (type(self), self.message, self.hint))


class UsageError(KeikakuError):
    """The command was called with something that cannot be used: a missing path, a bad code."""


class DocumentError(KeikakuError):
    """One document cannot be read: it is quarantined and the batch goes on.

    `error_class` (a class attribute of each subclass) is the slug published in `documents`, `findings`
    what was seen in it all the same: figures that no table took.
    """

    exit_code = 1
    error_class = "unreadable"
    findings: tuple[Finding, ...] = ()


class EmptyDocument(DocumentError):
    """No bytes, or nothing but blanks."""

    error_class = "empty"


class UnknownEncoding(DocumentError):
    """The bytes are no text in any encoding that we read."""

    error_class = "unknown_encoding"


class UnknownFormat(DocumentError):
    """The bytes are neither text, HTML nor PDF."""

    error_class = "unknown_format"


class NoSheet(DocumentError):
    """Readable, but without any table or goal."""

    error_class = "no_sheet"

    def __init__(self, message: str, *, hint: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.findings = findings


class NoTextLayer(DocumentError):
    """A PDF of pictures: pages that were scanned, without a word of text to read."""

    error_class = "no_text_layer"


class EncryptedDocument(DocumentError):
    """A PDF that asks for a password that was not given, or another one."""

    error_class = "encrypted"


class DamagedDocument(DocumentError):
    """A PDF of which nothing can be read: cut off or broken."""

    error_class = "damaged"


class TooLargeDocument(DocumentError):
    """A document that asks for more time or memory than the limits allow."""

    error_class = "too_large"


def _rebuild(error_type: type[KeikakuError], message: str, hint: str) -> KeikakuError:
    return error_type(message, hint=hint)
