"""Ingest: documents under some paths become rows in an output folder.

The top of the batch, read from above: find the sources, hash them, compare with the ledger, read
what is new or changed, commit each document, withdraw what is gone, publish.
"""

from __future__ import annotations

import contextlib
import datetime
import signal
import threading
import time
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from keikaku.pipeline.batch.jobs import Outcome, Reader
from keikaku.pipeline.batch.plan import HashedFile, Plan, Task, Wish, find_gone, make_plan
from keikaku.pipeline.batch.report import DocumentReport, PassedOverReport, RunReport, to_json
from keikaku.pipeline.batch.workers import Limits, Unread, default_workers, read_all
from keikaku.pipeline.columns import SCHEMA_VERSION
from keikaku.pipeline.journey import read_document
from keikaku.pipeline.remote import hash_remote
from keikaku.pipeline.sources import (
    FoundFile,
    Selection,
    declare_municipality,
    find_sources,
    hash_file,
    is_remote,
    key_of,
)
from keikaku.pipeline.store.durable import write_whole
from keikaku.pipeline.store.ledger import Entry, Place
from keikaku.pipeline.store.publication import Store, open_store
from keikaku.pipeline.version import software_version

if TYPE_CHECKING:
    from keikaku.pipeline.sources import FoundSources

PUBLISH_AT_LEAST = 512
"""A long run publishes when this many documents wait, then at every doubling: constant cost each."""
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to ingest. `workers` None takes the machine's; `shard` is (i, n), i from 1."""

    output: str = "output"
    municipality_code: str | None = None
    formats: frozenset[str] = frozenset()
    workers: int | None = None
    refresh: bool = False
    password: str | None = None
    shard: tuple[int, int] = (1, 1)
    follow_symlinks: bool = False
    limits: Limits = _DEFAULT_LIMITS
    report: Path | None = None
    scheduler: str | None = None


class Progress(Protocol):
    """Who is told what happens."""

    def planned(self, total: int, unchanged: int) -> None:
        """So many documents are to be read."""

    def read(self, document: DocumentReport) -> None:
        """One document was read and committed."""


class Silent:
    """Nobody."""

    def planned(self, total: int, unchanged: int) -> None:
        """Say nothing."""

    def read(self, document: DocumentReport) -> None:
        """Say nothing."""


def ingest(
    paths: Iterable[str],
    options: IngestOptions,
    *,
    reader: Reader = read_document,
    progress: Progress | None = None,
) -> RunReport:
    """Ingest all documents under `paths`; raises UsageError before anything is written."""
    sources = _find(paths, options)
    with open_store(options.output) as store:
        run = _Run(store, options, progress or Silent())
        plan = run.plan(sources)
        with run.stoppable(), contextlib.closing(_read(plan, reader, options)) as outcomes:
            for outcome in outcomes:
                run.take(outcome)
            run.tidy(plan)
        if store.ledger.waiting():
            store.publish()
        report = run.report(plan, sources)
        if report.changed:
            store.put_report(to_json(report).encode())
    if options.report is not None:
        write_whole(options.report, to_json(report).encode())
    return report


def _find(paths: Iterable[str], options: IngestOptions) -> FoundSources:
    keep_out = None if is_remote(options.output) else Path(options.output)
    selection = Selection(options.formats, options.follow_symlinks, keep_out)
    sources = find_sources(paths, selection)
    return replace(sources, files=declare_municipality(sources.files, options.municipality_code))


def _read(
    plan: Plan, reader: Reader, options: IngestOptions
) -> Generator[Outcome | Unread, None, None]:
    jobs = [task.job for task in plan.tasks]
    if not jobs:
        return
    if options.scheduler is not None:
        from keikaku.pipeline.batch.scheduler_dask import read_on_dask

        yield from read_on_dask(options.scheduler, jobs, reader, options.limits)
    else:
        workers = min(options.workers or default_workers(), len(jobs))
        yield from read_all(jobs, reader, workers=workers, limits=options.limits)


def is_in_shard(file: FoundFile, shard: tuple[int, int]) -> bool:
    """Whether a file belongs to shard i of n; its name alone decides, on every machine alike."""
    index, count = shard
    return zlib.crc32(file.name.encode()) % count == index - 1


class _Run:
    """A run on its way: what was planned, and what it gathers for the report."""

    def __init__(self, store: Store, options: IngestOptions, progress: Progress) -> None:
        self._store, self._options, self._progress = store, options, progress
        self._started = time.monotonic()
        self._started_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self._tasks: dict[str, Task] = {}
        self._documents: list[DocumentReport] = []
        self._unread: list[PassedOverReport] = []
        self._withdrawn: list[str] = []
        self._interrupted = False
        self._publish_at = max(PUBLISH_AT_LEAST, store.ledger.committed_count())

    def plan(self, sources: FoundSources) -> Plan:
        """Hash what was found and compare it with the ledger."""
        ledger, options = self._store.ledger, self._options
        entries, places = ledger.entries(), ledger.places()
        wish = Wish(options.limits, options.refresh, options.password)
        mine = (file for file in sources.files if is_in_shard(file, options.shard))
        hashed = [found for file in mine if (found := self._hash(file, places)) is not None]
        plan = make_plan(hashed, find_gone(sources, places.values()), entries, places, wish)
        self._tasks = {task.job.document_id: task for task in plan.tasks}
        self._progress.planned(len(plan.tasks), len(plan.unchanged))
        return plan

    def _hash(self, file: FoundFile, places: Mapping[str, Place]) -> HashedFile | None:
        """A file's hash; a remote one with the mark that the ledger holds is not downloaded."""
        place = places.get(key_of(file.location))
        try:
            if not is_remote(file.location):
                return HashedFile(file, *hash_file(file.location))
            if place is not None and place.fingerprint == file.fingerprint:
                return HashedFile(file, place.document_id, file.remote_size)
            return HashedFile(file, *hash_remote(file.location))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._unread.append(PassedOverReport(key_of(file.location), reason))
            return None

    def take(self, outcome: Outcome | Unread) -> None:
        """Commit what was read of one document; publish when much is waiting."""
        if isinstance(outcome, Unread):
            self._unread.append(PassedOverReport(key_of(outcome.job.location), outcome.reason))
            return
        entry = _entry(outcome, self._options.limits)
        task = self._tasks[entry.document_id]
        self._withdrawn.extend(
            self._store.ledger.commit(entry, outcome.rows, task.places, task.gone)
        )
        document = _document_report(outcome)
        self._documents.append(document)
        self._progress.read(document)
        if len(self._documents) >= self._publish_at:
            self._store.publish()
            self._publish_at *= 2

    def tidy(self, plan: Plan) -> None:
        """Note where unchanged documents lie now, and withdraw those that are gone."""
        if plan.moved or plan.gone:
            self._withdrawn.extend(self._store.ledger.update_places(plan.moved, plan.gone))

    @contextlib.contextmanager
    def stoppable(self) -> Iterator[None]:
        """Let Ctrl-C and SIGTERM end the reading; what was committed is still published."""
        in_main = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGTERM, signal.default_int_handler) if in_main else None
        try:
            yield
        except KeyboardInterrupt:
            self._interrupted = True
        finally:
            if in_main:
                signal.signal(signal.SIGTERM, before)

    def report(self, plan: Plan, sources: FoundSources) -> RunReport:
        """What the run did."""
        version = software_version()
        return RunReport(
            output=self._options.output,
            started_at=self._started_at,
            seconds=round(time.monotonic() - self._started, 3),
            software_version=version,
            schema_version=SCHEMA_VERSION,
            interrupted=self._interrupted,
            unchanged=len(plan.unchanged),
            quarantined_before=sum(entry.status == "quarantined" for entry in plan.unchanged),
            read_by_other_version=sum(
                (entry.software_version, entry.schema_version) != (version, SCHEMA_VERSION)
                for entry in plan.unchanged
            ),
            documents=tuple(sorted(self._documents, key=lambda document: document.document_id)),
            unread=tuple(self._unread),
            withdrawn=tuple(self._withdrawn),
            passed_over=tuple(
                PassedOverReport(other.location, other.reason) for other in sources.passed_over
            ),
        )


def _entry(outcome: Outcome, limits: Limits) -> Entry:
    return Entry(
        document_id=outcome.job.document_id,
        identity=outcome.job.identity,
        status=outcome.status,
        error_class=outcome.refusal.error_class if outcome.refusal else None,
        software_version=software_version(),
        schema_version=SCHEMA_VERSION,
        max_seconds=limits.max_seconds,
        max_memory=limits.max_memory,
        rows_digest=outcome.rows.digest,
    )


def _document_report(outcome: Outcome) -> DocumentReport:
    refusal = outcome.refusal
    errors, warnings, infos = outcome.severities
    return DocumentReport(
        document_id=outcome.job.document_id,
        location=key_of(outcome.job.location),
        status=outcome.status,
        error_class=refusal.error_class if refusal else None,
        message=refusal.message if refusal else None,
        observations=outcome.observation_count,
        narratives=outcome.narrative_count,
        errors=errors,
        warnings=warnings,
        infos=infos,
    )
