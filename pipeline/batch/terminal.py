"""What a person sees of a run: a progress bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.report import DocumentReport, RunReport, summary_lines
from keikaku.pipeline.ingest import IngestOptions, ingest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress as Bar


def run_and_tell(paths: Iterable[str], options: IngestOptions) -> int:
    """Ingest, say what happens, and give the exit code."""
    with shown_progress() as progress:
        report = ingest(paths, options, progress=progress)
    progress.say_summary(report)
    return report.exit_code


class Lines:
    """One line a document, for a log."""

    def planned(self, total: int, unchanged: int) -> None:
        """Say how much there is to do."""
        _say(f"{total} documents to read, {unchanged} unchanged")

    def read(self, document: DocumentReport) -> None:
        """Say what became of a document."""
        _say(_line(document))

    def say_summary(self, report: RunReport) -> None:
        """Say what the run did, and where the result is."""
        for line in summary_lines(report):
            _say(line)
        _say(f"tables: {report.output}")


class LiveBar(Lines):
    """A bar with rate and time left; only quarantined documents get a line."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=None, rate="")

    def planned(self, total: int, unchanged: int) -> None:
        """Give the bar its length."""
        self._bar.update(self._task, total=total, description=f"reading ({unchanged} unchanged)")

    def read(self, document: DocumentReport) -> None:
        """Move the bar."""
        if document.error_class is not None:
            self._bar.console.print(_line(document), markup=False, highlight=False)
        self._bar.advance(self._task)
        speed = self._bar.tasks[0].speed
        self._bar.update(self._task, rate="" if speed is None else f"{speed:.1f}/s")


@contextmanager
def shown_progress() -> Iterator[Lines]:
    """Progress for where standard error leads to."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich import progress as rich_progress
    from rich.console import Console

    with rich_progress.Progress(
        rich_progress.TextColumn("{task.description}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TextColumn("{task.fields[rate]}"),
        rich_progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        yield LiveBar(bar)


def _line(document: DocumentReport) -> str:
    short = document.document_id[:12]
    if document.error_class is not None:
        return (
            f"{short} quarantined {document.location}: {document.error_class}: {document.message}"
        )
    return (
        f"{short} ingested {document.location}: {document.observations} observations,"
        f" {document.narratives} narratives,"
        f" {document.errors + document.warnings + document.infos} findings"
    )


def _say(line: str) -> None:
    print(line.encode("utf-8", "backslashreplace").decode("utf-8"), flush=True)
