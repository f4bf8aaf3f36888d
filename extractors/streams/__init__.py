"""Streams: tables of which a text kept the words and their order, and lost where they stood.

What most tools make of a PDF: a line a row between single blanks, or a line a cell. The layouts of `lines` know
habits by their looks; here a table is what fits together. Its heads say how many values each row has, and every row
has just as many. Heads that may stand over the columns in two ways, names that may be those of two rows, a value
too many: such a table is not read, and its figures are reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from keikaku.extractors.document import Span
from keikaku.extractors.lines.printed import Found, Printed, with_aside
from keikaku.extractors.streams.by_cell import rows_by_cell
from keikaku.extractors.streams.by_line import rows_by_line
from keikaku.extractors.streams.columns import Columns, columns_under
from keikaku.extractors.streams.heads import Heads, read_heads
from keikaku.extractors.streams.rows import Body, make_grid
from keikaku.extractors.words import joined


@lru_cache(maxsize=64)
def find_stream(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose heads begin with the line at `at`, where its rows can be read in one way."""
    heads = read_heads(printed, at)
    if heads is None:
        return None
    ways = [
        (columns, body)
        for columns in columns_under(heads)
        if (body := _rows(printed, heads, columns)) is not None
    ]
    if len(ways) != 1:
        return None
    columns, body = ways[0]
    span = Span(printed[at].line.span.char_start, printed[body.end - 1].line.span.char_end)
    return Found(with_aside(make_grid(columns, body, span), heads.aside), body.end)


def _rows(printed: Sequence[Printed], heads: Heads, columns: Columns) -> Body | None:
    is_thin = len(columns.leaves) < 2 and columns.text is None
    if is_thin:
        return None
    words = [joined(piece.lines) for piece in heads.pieces]
    if not heads.is_stacked:
        return rows_by_line(printed, heads.end, columns, words)
    return rows_by_cell(printed, heads.end, columns, are_paragraphs=heads.are_paragraphs)
