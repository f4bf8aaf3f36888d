"""`keikaku show`: one document at one stage of its journey."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from keikaku.pipeline.journey import Source, Stages
    from keikaku.pipeline.listing import Listing


class Stage(StrEnum):
    """The stations of the journey, in order; the ledger tells what became of every line."""

    DOCUMENT = "document"
    SHEET = "sheet"
    ENTRY = "entry"
    RECORD = "record"
    LEDGER = "ledger"


def command(
    file: Annotated[Path, typer.Argument(help="A document: PDF, text or HTML.")],
    stage: Annotated[Stage, typer.Option(help="What to look at.")] = Stage.RECORD,
    why: Annotated[
        bool, typer.Option("--why", help="Say which words gave each figure its meaning.")
    ] = False,
    evidence: Annotated[
        Path | None, typer.Option(help="Folder for a picture of each figure (PDF, stage record).")
    ] = None,
    municipality: Annotated[
        str | None, typer.Option(help="Declare the municipality: six-digit code.")
    ] = None,
    password: Annotated[str | None, typer.Option(help="Password of an encrypted PDF.")] = None,
) -> None:
    """Show how a document is read, at the stage you want to see.

    Example: keikaku show --stage ledger samples/131091_shinagawa/shinagawa_sheet.pdf
    """
    from keikaku.pipeline.journey import stages
    from keikaku.pipeline.listing import print_listing

    source = _source(file, municipality, password)
    seen = stages(source)
    if evidence is not None:
        _write_evidence(source, seen, evidence)
        return
    print_listing(_listing(seen, stage, why=why))


def _source(file: Path, municipality: str | None, password: str | None) -> Source:
    from dataclasses import replace

    from keikaku.pipeline.batch.options import read_code
    from keikaku.pipeline.errors import UsageError
    from keikaku.pipeline.sidecar import read_source

    if not file.is_file():
        raise UsageError(f"there is no document {str(file)!r}", hint="give the path of one file")
    source = read_source(file)
    if municipality is not None:
        declared = replace(source.declaration, municipality_code=read_code(municipality))
        source = replace(source, declaration=declared)
    return replace(source, password=password)


def _listing(seen: Stages, stage: Stage, *, why: bool) -> Listing:
    from keikaku.pipeline import stages as listings

    match stage:
        case Stage.DOCUMENT:
            return listings.document_listing(seen.document)
        case Stage.SHEET:
            return listings.sheet_listing(seen.reading.sheets)
        case Stage.ENTRY:
            return listings.entry_listing(seen.reading.entries, seen.reading.texts, why=why)
        case Stage.RECORD if why:
            return listings.why_listing(seen.records, seen.reading.entries)
        case Stage.RECORD:
            return listings.record_listing(seen.records)
        case Stage.LEDGER:
            return listings.ledger_listing(seen.reading.ledger)


def _write_evidence(source: Source, seen: Stages, folder: Path) -> None:
    from keikaku.pipeline.errors import UsageError
    from keikaku.pipeline.evidence import write_crops

    if seen.document.page_count is None:
        hint = "a text has no page to cut from: its places are characters of the decoded text"
        raise UsageError(f"{source.name} is no PDF", hint=hint)
    crops = write_crops(source.data, seen.records.observations, folder, password=source.password)
    for crop in crops:
        print(f"{crop.path}\t{crop.observation.indicator}\t{crop.observation.raw!r}")
