"""`keikaku ingest`: documents become rows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

Paths = Annotated[list[str], Argument(metavar="PATH…", help="Files, folders or URLs.")]
Output = Annotated[str, Option(metavar="DIR", help="Folder or URL of the tables.")]
Code = Annotated[
    str | None, Option(metavar="CODE", help="Six-digit code (全国地方公共団体コード) of them all.")
]
Formats = Annotated[list[str] | None, Option(help="Read only text, html or pdf; may be repeated.")]
Workers = Annotated[int | None, Option(min=1, help="Processes that read; all processors but one.")]
Refresh = Annotated[bool, Option("--refresh", help="Read unchanged ones again.")]
Password = Annotated[str | None, Option(help="Password of protected PDFs.")]
Shard = Annotated[str, Option(metavar="I/N", help="Read the I-th of N parts of the documents.")]
Scheduler = Annotated[str | None, Option(metavar="tcp://…", help="Read on a Dask cluster.")]
Links = Annotated[bool, Option("--follow-symlinks", help="Follow links in folders.")]
Seconds = Annotated[float, Option(min=0.1, help="Processor time for one document.")]
Memory = Annotated[int, Option(min=256, help="Memory for one document, MiB.")]
Report = Annotated[Path | None, Option(metavar="FILE", help="Write the run report (JSON) here.")]


def command(
    paths: Paths,
    output: Output = "output",
    municipality: Code = None,
    format: Formats = None,  # noqa: A002 - the option's name
    workers: Workers = None,
    refresh: Refresh = False,
    password: Password = None,
    shard: Shard = "1/1",
    scheduler: Scheduler = None,
    follow_symlinks: Links = False,
    max_seconds: Seconds = 60,
    max_memory: Memory = 1024,
    report: Report = None,
) -> None:
    """Read documents into the tables of an output folder.

    Unchanged documents are skipped, changed ones replaced, removed ones withdrawn. Exit code: 0 all
    ingested, 1 some quarantined (the rest is written), 2 wrong usage, 3 the output could not be
    written, 130 interrupted.

    Examples:

      keikaku ingest samples

      keikaku ingest downloads --output data --workers 4

      keikaku ingest sheet.pdf --municipality 132071
    """
    from keikaku.pipeline.batch import options
    from keikaku.pipeline.batch.terminal import run_and_tell
    from keikaku.pipeline.ingest import IngestOptions

    wanted = IngestOptions(
        output=output,
        municipality_code=None if municipality is None else options.read_code(municipality),
        formats=options.read_formats(format or ()),
        workers=workers,
        refresh=refresh,
        password=password,
        shard=options.read_shard(shard),
        follow_symlinks=follow_symlinks,
        limits=options.read_limits(max_seconds, max_memory),
        report=options.read_report_file(report),
        scheduler=scheduler,
    )
    raise typer.Exit(run_and_tell(paths, wanted))
