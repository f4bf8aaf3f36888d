"""The run report: what a run did, for people (a summary) and for machines (JSON)."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document that the run read."""

    document_id: str
    location: str
    status: str
    error_class: str | None
    message: str | None
    observations: int
    narratives: int
    errors: int
    warnings: int
    infos: int


@dataclass(frozen=True, slots=True)
class PassedOverReport:
    """A file that was not read, and why."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """All of a run. `quarantined_before` counts unchanged documents that are quarantined."""

    output: str
    started_at: str
    seconds: float
    software_version: str
    schema_version: str
    interrupted: bool
    unchanged: int
    quarantined_before: int
    read_by_other_version: int
    documents: tuple[DocumentReport, ...]
    unread: tuple[PassedOverReport, ...]
    withdrawn: tuple[str, ...]
    passed_over: tuple[PassedOverReport, ...]

    @property
    def ingested(self) -> int:
        """Documents that were read in this run."""
        return sum(document.status == "ingested" for document in self.documents)

    @property
    def quarantined(self) -> tuple[DocumentReport, ...]:
        """Documents that this run could not read."""
        return tuple(doc for doc in self.documents if doc.status == "quarantined")

    @property
    def changed(self) -> bool:
        """Whether the run did anything."""
        return bool(self.documents or self.withdrawn)

    @property
    def exit_code(self) -> int:
        """0 all ingested, 1 some quarantined or unread, 130 interrupted."""
        if self.interrupted:
            return 130
        return 1 if self.quarantined or self.quarantined_before or self.unread else 0


def to_json(report: RunReport) -> str:
    """The report for machines."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n"


def summary_lines(report: RunReport) -> Iterator[str]:
    """The report for people."""
    rate = len(report.documents) / report.seconds if report.seconds else 0.0
    yield f"{report.ingested} ingested, {report.unchanged} unchanged, {len(report.withdrawn)} withdrawn"
    if report.documents:
        yield f"{report.seconds:.1f} s, {rate:.1f} documents a second"
    yield from _quarantine_lines(report)
    yield from _figureless_lines(report)
    for other in report.unread:
        yield f"not readable now: {other.location}: {other.reason}"
    reasons = Counter(other.reason for other in report.passed_over)
    if reasons:
        yield "passed over: " + _counts(reasons)
    if report.documents:
        yield from _row_lines(report.documents)
    if report.read_by_other_version:
        yield (
            f"{report.read_by_other_version} unchanged documents were read by another version of"
            " keikaku: --refresh reads them again"
        )
    if report.interrupted:
        yield "interrupted: what was read is kept, the same command goes on from here"


def _row_lines(documents: Sequence[DocumentReport]) -> Iterator[str]:
    observations = sum(document.observations for document in documents)
    narratives = sum(document.narratives for document in documents)
    errors = sum(document.errors for document in documents)
    warnings = sum(document.warnings for document in documents)
    infos = sum(document.infos for document in documents)
    yield f"rows: {observations} observations, {narratives} narratives"
    yield f"findings: {errors} error, {warnings} warning, {infos} info"


def _quarantine_lines(report: RunReport) -> Iterator[str]:
    reasons = Counter(document.error_class or "" for document in report.quarantined)
    if reasons:
        yield "quarantined: " + _counts(reasons)
    for document in report.quarantined:
        yield f"  {document.location}: {document.message}"
    if report.quarantined_before:
        yield f"{report.quarantined_before} unchanged documents are quarantined since an earlier run"


def _figureless_lines(report: RunReport) -> Iterator[str]:
    """Documents that are no failure and yet gave no figure: whoever runs the batch should know."""
    bare = [doc for doc in report.documents if doc.status == "ingested" and not doc.observations]
    if bare:
        yield f"without a figure: {len(bare)}; what was refused: keikaku review {report.output}"
    for document in bare:
        yield f"  {document.location}"


def _counts(reasons: Counter[str]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
