"""The rows of a streamed table, and the Grid that they and their heads make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from keikaku.extractors.document import Grid, Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.lines.printed import blank_cell, cell_of, with_aside
from keikaku.extractors.streams.columns import Columns


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the lines of its name, its unit, its values, its text. `outer`: the names over this row and those
    beside it, outermost first (協議の場への参加者数 over 保健, 福祉). Without values it heads the rows below it
    (訪問系サービス)."""

    name: tuple[Line, ...]
    unit: Line | None = None
    values: tuple[tuple[Line, ...], ...] = ()
    text: tuple[Line, ...] = ()
    outer: tuple[tuple[Line, ...], ...] = ()
    turn: Line | None = None
    """The measure that this row of a name is of (計画, 実績), where they take turns; the rows behind the first
    have neither name nor unit."""


@dataclass(frozen=True, slots=True)
class Body:
    """The rows, the line behind the last of them, lines among them that belong to none (page numbers), and rows of
    figures that nothing parts."""

    rows: tuple[Row, ...]
    end: int
    aside: tuple[Line, ...] = ()
    uncut: tuple[Line, ...] = ()


def make_grid(columns: Columns, body: Body, span: Span) -> Grid:
    """The heads and the rows as one Grid."""
    deepest = 1 + max(len(row.outer) for row in body.rows)
    labels = max(columns.label_width, deepest)
    heads = columns.head_rows()
    heads[0][0] = replace(heads[0][0], column_span=1 + labels - columns.label_width)
    width = columns.figure_width - columns.label_width + labels + (columns.text is not None)
    rows: list[list[PrintedCell]] = []
    for number, row in enumerate(body.rows):
        if not row.values:
            rows.append([cell_of(row.name, 1, width)])
            continue
        following = body.rows[number + 1 :]
        turns = 1 + len(list(takewhile(_goes_on_in_turn, following)))
        names = _names(row, body.rows[max(0, number - 1) : number], body.rows[number:], labels)
        if columns.turn is not None:
            names = [] if _goes_on_in_turn(row) else [replace(n, row_span=turns) for n in names]
        rows.append([*names, *_figures(row, columns, turns)])
    return with_aside(lay_out([*heads, *rows], "lines", span), (*body.aside, *body.uncut))


def _names(
    row: Row, before: Sequence[Row], following: Sequence[Row], labels: int
) -> list[PrintedCell]:
    """The cells of a row's names; the name over several rows stands in the first of them."""
    beside = row.unit or row.values[0][0]
    own = cell_of(row.name) if row.name else blank_cell(beside)
    cells: list[PrintedCell] = []
    for level, name in enumerate(row.outer):
        path = row.outer[: level + 1]
        if before and before[0].outer[: level + 1] == path:
            continue
        count = len(list(takewhile(lambda r, p=path: r.outer[: len(p)] == p, following)))  # type: ignore[misc]
        is_last = level == len(row.outer) - 1
        cells.append(cell_of(name, count, labels - 1 - level if is_last else 1))
    return [*cells, own] if row.outer else [replace(own, column_span=labels)]


def _goes_on_in_turn(row: Row) -> bool:
    return row.turn is not None and not row.name and row.unit is None


def _figures(row: Row, columns: Columns, turns: int) -> list[PrintedCell]:
    cells = []
    if columns.unit is not None and not _goes_on_in_turn(row):
        beside = blank_cell(row.values[0][0])
        cells.append(cell_of([row.unit], turns) if row.unit is not None else beside)
    cells += [cell_of([row.turn])] if row.turn is not None else []
    cells += [cell_of(value) for value in row.values]
    if columns.text is not None:
        cells.append(cell_of(row.text) if row.text else blank_cell(row.values[-1][-1]))
    return cells
