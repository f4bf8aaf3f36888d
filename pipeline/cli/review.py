"""`keikaku review`: what was refused or doubtful, worst first, and what would settle it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from keikaku.pipeline.export import Format

if TYPE_CHECKING:
    from keikaku.pipeline.export import Rows
    from keikaku.pipeline.listing import Listing
    from keikaku.pipeline.review import Matter

COLUMNS = (
    "hides", "cause", "documents", "cases", "quote", "source_name", "document_id", "place",
    "detail", "settle",
)  # fmt: skip
MOST_SHOWN = 40
SHORTENED_ID = 12
LONGEST_QUOTE = 40


def command(
    output: Annotated[Path, typer.Argument(help="Folder of the tables.")] = Path("output"),
    document: Annotated[
        list[str] | None,
        typer.Option(help="Only this document: id, its beginning, or source name; repeatable."),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Most lines shown; 0 shows all.")] = MOST_SHOWN,
    form: Annotated[Format | None, typer.Option("--format", help="Form of the rows.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write into a file instead.")] = None,
) -> None:
    """List what was refused or doubtful, worst first, with the line that would settle it.

    First what hides documents, then figures, then their year, unit or certainty, then their
    names; within these, what settles the most documents. The contradictions on the paper
    itself are listed by keikaku check.

    Exit code 0: listed; 2: wrong usage.

    Examples:

      keikaku review output

      keikaku review output --document shinagawa_sheet.pdf --limit 0

      keikaku review output --format json --out doubts.json
    """
    from keikaku.pipeline.editions import find_document
    from keikaku.pipeline.listing import print_listing
    from keikaku.pipeline.query import open_tables
    from keikaku.pipeline.review import review
    from keikaku.pipeline.screen import show

    tables = open_tables(output)
    matters = review(tables, tuple(find_document(tables, name) for name in document or ()))
    shown = matters[: limit or None]
    if out is not None or form is not None:
        show(_rows(shown), form, out)
    else:
        print_listing(_listing(shown))
    left_off = len(matters) - len(shown)
    if left_off:
        print(f"{left_off} more: --limit 0 shows all", file=sys.stderr)


def _rows(matters: tuple[Matter, ...]) -> Rows:
    from keikaku.pipeline.export import Rows

    return Rows(
        COLUMNS,
        tuple(
            (m.hides, m.rule, m.documents, m.cases, m.first.quote, m.first.place.source_name,
             m.first.place.document_id, str(m.first.place), m.first.detail, m.settle)
            for m in matters
        ),
    )  # fmt: skip


def _listing(matters: tuple[Matter, ...]) -> Listing:
    """In a pipe every column; for the eye the ones that fit, quotes cut short."""
    from keikaku.pipeline.listing import Listing

    if not sys.stdout.isatty():
        rows = tuple(tuple(str(value) for value in row) for row in _rows(matters).rows)
        return Listing("", COLUMNS, rows)
    columns = ("hides", "cause", "documents", "cases", "quote", "where", "settled by")
    title = "refused or doubtful, worst first" if matters else "nothing was refused or doubtful"
    return Listing(title, columns, tuple(_for_the_eye(matter) for matter in matters))


def _for_the_eye(matter: Matter) -> tuple[str, ...]:
    place, quote = matter.first.place, " ".join(matter.first.quote.split())
    cut = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"
    where = f"{place.source_name} ({place.document_id[:SHORTENED_ID]}) {place}"
    counts = (str(matter.documents), str(matter.cases))
    return (matter.hides, matter.rule, *counts, cut, where, matter.settle_in_short)
