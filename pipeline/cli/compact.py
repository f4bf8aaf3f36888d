"""`keikaku compact`: put an output folder in order."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    output: Annotated[
        str, typer.Argument(metavar="DIR", help="Output folder or URL of keikaku ingest.")
    ] = "output",
) -> None:
    """Publish what a stopped run left waiting, sweep part files, and give space back to the disk.

    Ingest does the same by itself; this is for a folder that no run will visit soon. Readers may go
    on meanwhile: each file is replaced in one step, and no document moves from file to file.

    Example: keikaku compact output
    """
    from keikaku.pipeline.store.publication import compact

    done = compact(output)
    print(f"{done.documents} documents, {done.published} changes published")
    print(f"ledger: {done.ledger_bytes_before} bytes before, {done.ledger_bytes} now")
    print(f"tables: {output}")
