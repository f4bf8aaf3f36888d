"""One document's reading as a job: what goes to a worker and what comes back.

A job names a place, never carries bytes, so that a file of any size costs the parent nothing. What
comes back is small: rows packed to bytes, counts, and the reason when the document is quarantined.
"""

from __future__ import annotations

import errno
import hashlib
import mimetypes
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from keikaku.pipeline.columns import SCHEMA_VERSION
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.errors import DocumentError, TooLargeDocument
from keikaku.pipeline.journey import Source
from keikaku.pipeline.records import SEVERITIES, Finding, SourceDocument
from keikaku.pipeline.sources import is_remote
from keikaku.pipeline.store.ledger import Identity
from keikaku.pipeline.store.rows import PackedRows, pack
from keikaku.pipeline.version import software_version

MAX_TEXT_BYTES = 8 << 20
"""The longest plan with all its annexes is a tenth of this as text; a PDF may hold pictures."""
_PDF_OPENING = b"%PDF-"


class FileChanged(OSError):
    """The file that a job speaks of has other bytes by now: the next run reads it."""


Reader = Callable[[Source], DocumentRecords]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read: where it lies, its hash and size when it was found, who it is."""

    location: str
    document_id: str
    byte_size: int
    identity: Identity
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is quarantined: a slug and a sentence."""

    error_class: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job gave. `severities` counts findings as error, warning, info."""

    job: Job
    rows: PackedRows
    refusal: Refusal | None = None
    observation_count: int = 0
    narrative_count: int = 0
    severities: tuple[int, int, int] = (0, 0, 0)

    @property
    def status(self) -> str:
        """As published in `documents`."""
        return "ingested" if self.refusal is None else "quarantined"


def read_job(job: Job, reader: Reader) -> Outcome:
    """Read one document in this process.

    Raises OSError when the file cannot be read now; a defect of the reader goes up as it is.
    """
    data = _read_bytes(job.location)
    if hashlib.sha256(data).hexdigest() != job.document_id:
        raise FileChanged(errno.ESTALE, "it was changed while the batch was running")
    source = Source(job.identity.source_name, data, job.identity.declaration, job.password)
    try:
        _check_size(data)
        records = reader(source)
    except DocumentError as error:
        refusal = Refusal(error.error_class, error.message)
        return quarantined(job, refusal, error.findings)
    return _ingested(job, records)


def _check_size(data: bytes) -> None:
    if len(data) > MAX_TEXT_BYTES and _PDF_OPENING not in data[:1024]:
        raise TooLargeDocument(
            f"{len(data)} bytes of text; no more than {MAX_TEXT_BYTES} are read",
            hint="split it into its documents",
        )


def _read_bytes(location: str) -> bytes:
    if not is_remote(location):
        return Path(location).read_bytes()
    from keikaku.pipeline.remote import read_remote

    return read_remote(location)


def quarantined(job: Job, refusal: Refusal, findings: tuple[Finding, ...] = ()) -> Outcome:
    """The outcome of a document that could not be read: its own row, and what was seen in it."""
    row = replace(_quarantined_row(job, refusal), finding_count=len(findings))
    records = DocumentRecords(row, findings=findings)
    return Outcome(job, pack(records), refusal, severities=_severities(findings))


def _ingested(job: Job, records: DocumentRecords) -> Outcome:
    return Outcome(
        job,
        pack(records),
        observation_count=len(records.observations),
        narrative_count=len(records.narratives),
        severities=_severities(records.findings),
    )


def _severities(findings: Sequence[Finding]) -> tuple[int, int, int]:
    counts = Counter(finding.severity for finding in findings)
    errors, warnings, infos = (counts[severity] for severity in SEVERITIES)
    return errors, warnings, infos


def _quarantined_row(job: Job, refusal: Refusal) -> SourceDocument:
    declaration = job.identity.declaration
    return SourceDocument(
        document_id=job.document_id,
        source_name=job.identity.source_name,
        source_uri=declaration.source_uri,
        media_type=mimetypes.guess_type(job.identity.source_name)[0],
        byte_size=job.byte_size,
        page_count=None,
        municipality_code=declaration.municipality_code,
        municipality=None,
        prefecture=None,
        municipality_basis="declared" if declaration.municipality_code else None,
        title=None,
        plans=(),
        plan_terms=(),
        first_fiscal_year=None,
        last_fiscal_year=None,
        reported_through=None,
        extractor=None,
        software_version=software_version(),
        schema_version=SCHEMA_VERSION,
        observation_count=0,
        narrative_count=0,
        finding_count=0,
        status="quarantined",
        error_class=refusal.error_class,
        error_message=refusal.message,
    )
