"""A listing: what a command shows, as a table on a terminal and as tab-separated lines in a pipe.

In a pipe each row is one line: a line break inside a printed text is shown as ⏎, a tab as →, so
that ``keikaku show … | cut -f3`` and ``| grep`` work on whole rows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """Column heads and rows of text; `title` is shown on a terminal only."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def place_text(
    char_start: int | None, char_end: int | None, page: int | None, bbox: tuple[float, ...] | None
) -> str:
    """Where something is printed, in short.

    >>> place_text(120, 129, None, None)
    '120-129'
    >>> place_text(None, None, 2, (56.7, 100.0, 99.25, 112.5))
    'p2:[56.7 100.0 99.2 112.5]'
    """
    parts = []
    if char_start is not None or char_end is not None:
        parts.append(f"{char_start}-{char_end}")
    if page is not None:
        parts.append(f"p{page}")
    if bbox is not None:
        parts.append("[" + " ".join(f"{edge:.1f}" for edge in bbox) + "]")
    return ":".join(parts)


def plain_lines(listing: Listing) -> Iterable[str]:
    """The listing as a pipe gets it, heads first."""
    for row in (listing.columns, *listing.rows):
        yield "\t".join(cell.replace("\t", "→").replace("\n", "⏎") for cell in row)


def print_listing(listing: Listing) -> None:
    """Print for a person or for a pipe, whichever reads."""
    if sys.stdout.isatty():
        _print_table(listing)
    else:
        for line in plain_lines(listing):
            print(line)


def _print_table(listing: Listing) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=listing.title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False)
    for name in listing.columns:
        table.add_column(name, overflow="fold")
    for row in listing.rows:
        # Text, not str: [94] is a printed figure, not rich markup
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
