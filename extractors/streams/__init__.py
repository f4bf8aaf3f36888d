"""Streams: tables of which a text kept the words and their order, and lost where they stood.

What most tools make of a PDF: a line a row between single blanks, or a line a cell. The layouts of `lines` know
habits by their looks; here a table is what fits together. Its heads say how many values each row has, and every row
has just as many. Heads that may stand over the columns in two ways, names that may be those of two rows, a value
too many: such a table is not read, and its figures are reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.lines.printed import Found, Printed, with_aside
from keikaku.extractors.stories import says_stories
from keikaku.extractors.streams.by_cell import rows_by_cell
from keikaku.extractors.streams.by_column import rows_by_column
from keikaku.extractors.streams.by_line import rows_by_line
from keikaku.extractors.streams.columns import Columns, columns_under
from keikaku.extractors.streams.heads import Heads, read_heads
from keikaku.extractors.streams.rows import Body, make_grid
from keikaku.extractors.streams.turn_lines import rows_in_turn
from keikaku.extractors.streams.whole_figures import figures_of_names
from keikaku.extractors.words import joined

_ENOUGH = 4
"""Lines that show whether blank lines part the cells."""


@lru_cache(maxsize=64)
def find_stream(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose heads begin with the line at `at`, where its rows can be read in one way."""
    if (whole := figures_of_names(printed, at)) is not None:
        return whole
    heads = read_heads(printed, at)
    if heads is None:
        return None
    ways = _ways(printed, heads, 1)
    if not ways and any(says_stories(item.line.text) for item in printed[:at]):
        ways = _ways(printed, heads, 2)
    if len(ways) != 1:
        return None
    columns, body = ways[0]
    span = Span(printed[at].line.span.char_start, printed[body.end - 1].line.span.char_end)
    grid = with_aside(make_grid(columns, body, span), heads.aside)
    return Found(grid, body.end, tuple(_uncut(line, len(columns.leaves)) for line in body.uncut))


def _uncut(line: Line, count: int) -> Notice:
    detail = f"「{line.text}」 cannot be cut into {count} figures in one way only"
    return Notice("glued_figures", "warning", detail, line.span)


def _ways(printed: Sequence[Printed], heads: Heads, depth: int) -> list[tuple[Columns, Body]]:
    """Every way to read columns and rows, with so many figures over each other in each place."""
    laid = (replace(columns, depth=depth) for columns in columns_under(heads))
    return [(c, body) for c in laid if (body := _rows(printed, heads, c)) is not None]


def _rows(printed: Sequence[Printed], heads: Heads, columns: Columns) -> Body | None:
    is_thin = len(columns.leaves) < 2 and columns.text is None
    if is_thin:
        return None
    words = [joined(piece.lines) for piece in heads.pieces]
    stands_apart = heads.are_paragraphs or _are_paragraphs(printed, heads)
    if not heads.is_stacked:
        in_turn = rows_in_turn(printed, heads.end, columns) if columns.turn is not None else None
        found = in_turn or rows_by_line(printed, heads.end, columns, words)
        if found is None and stands_apart:
            found = rows_by_cell(printed, heads.end, columns, words, are_paragraphs=True)
    else:
        found = rows_by_cell(
            printed, heads.end, columns, words, are_paragraphs=heads.are_paragraphs
        )
    return found or rows_by_column(printed, heads.end, columns)


def _are_paragraphs(printed: Sequence[Printed], heads: Heads) -> bool:
    """Do blank lines part the first lines below heads that share a line?"""
    groups = [item.group for item in printed[heads.end - 1 : heads.end + _ENOUGH]]
    return len(set(groups)) == len(groups) > _ENOUGH
