"""`keikaku ingest`: documents become rows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders or URLs.")],
    output: Annotated[
        str, typer.Option(metavar="DIR", help="Folder or URL of the tables.")
    ] = "output",
    municipality: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Six-digit code (全国地方公共団体コード) of them all."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        list[str] | None, typer.Option(help="Read only text, html or pdf; may be repeated.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read; all processors but one.")
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Read unchanged ones again.")] = False,
    password: Annotated[str | None, typer.Option(help="Password of protected PDFs.")] = None,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Read the I-th of N parts of the documents.")
    ] = "1/1",
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://…", help="Read on a Dask cluster.")
    ] = None,
    follow_symlinks: Annotated[
        bool, typer.Option("--follow-symlinks", help="Follow links in folders.")
    ] = False,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Time for one document.")] = 60,
    max_memory: Annotated[int, typer.Option(min=256, help="Memory for one document, MiB.")] = 1024,
    report: Annotated[Path | None, typer.Option(help="Write the run report (JSON) here.")] = None,
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
    from keikaku.pipeline.batch.options import read_options
    from keikaku.pipeline.batch.terminal import shown_progress
    from keikaku.pipeline.ingest import ingest

    options = read_options(
        output=output,
        municipality_code=municipality,
        formats=format or (),
        workers=workers,
        refresh=refresh,
        password=password,
        shard=shard,
        scheduler=scheduler,
        follow_symlinks=follow_symlinks,
        max_seconds=max_seconds,
        max_memory_mib=max_memory,
        report=report,
    )
    with shown_progress() as progress:
        done = ingest(paths, options, progress=progress)
    progress.say_summary(done)
    raise typer.Exit(done.exit_code)
