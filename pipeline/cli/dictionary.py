"""`keikaku dictionary`: what every column means."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown, both languages.")] = (
        False
    ),
) -> None:
    """Print the data dictionary: every table, every column, its type and its meaning.

    Example: keikaku dictionary
    """
    from keikaku.pipeline.columns import columns_of
    from keikaku.pipeline.dictionary import dictionary_markdown
    from keikaku.pipeline.listing import Listing, print_listing
    from keikaku.pipeline.records import TABLES

    if markdown:
        print(dictionary_markdown(), end="")
        return
    rows = (
        (table, name, column.kind, column.english, column.japanese)
        for table, record_type in TABLES.items()
        for name, column in columns_of(record_type).items()
    )
    heads = ("table", "column", "type", "meaning", "意味")
    print_listing(Listing("Data dictionary", heads, tuple(rows)))
