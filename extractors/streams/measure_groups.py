"""Rows that name their measure, group after group (見込量 / 実績 / 達成率 of each service), the name where the page had it.

    サービス名 区分 R3 R4 R5        サービス名 区分 R3 R4 R5        サービス名
    居宅介護 見込量 112 121 129     見込量 112 121 129              R3
    実績 118 125 133                居宅介護                        R4
    重度訪問介護 見込量 6 7 8       実績 118 125 133                居宅介護
    実績 7 8 9                      見込量 6 7 8                    見込量
                                    重度訪問介護                    112

The cell of a name is as high as its rows, so its words stand before the first of them, between two, or in pieces
beside each. The measures tell where a group begins, for they come in one order, again and again; each is followed by as
many values as there are years. So the words among the rows of a group are its name. All names stand at one place of
their groups; a group without one counts the service above in another unit. Anything else, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from keikaku.extractors.document import Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, find_role
from keikaku.extractors.lines.blank_cells import with_their_units
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    cell_of,
    merge_pieces,
    tokens_of,
    with_aside,
)
from keikaku.extractors.lines.quantities import are_of_one_service
from keikaku.extractors.streams.heads import HeadPiece, end_of_heads_again, read_heads
from keikaku.extractors.streams.names import is_class, is_one_name
from keikaku.extractors.streams.row_lines import is_unit
from keikaku.extractors.words import is_legend, is_page_mark, joined

_LONGEST = 60
_FEWEST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class _Heads:
    """The heads: of the names, of the unit and of the measures where they have one, and the years."""

    name: HeadPiece | None
    unit: HeadPiece | None
    turn: HeadPiece | None
    years: tuple[HeadPiece, ...]
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, and the printed line that it stands in."""

    piece: Line
    line: Line


@dataclass(slots=True)
class _Row:
    """A measure, its values, and the words before it."""

    measure: Line
    values: list[Line]
    words: list[_Word]


@dataclass(slots=True)
class _Group:
    """The rows of one name and unit. `classes`: the lines over it (訪問系サービス)."""

    rows: list[_Row]
    classes: list[Line] = field(default_factory=list)
    name: tuple[Line, ...] = ()
    unit: Line | None = None
    places: tuple[int, ...] = ()
    """Before which of its rows the pieces of its name stand."""


@dataclass(slots=True)
class _Body:
    rows: list[_Row] = field(default_factory=list)
    classes: dict[int, list[Line]] = field(default_factory=dict)
    """By the number of the row below."""
    aside: list[Line] = field(default_factory=list)
    end: int = 0


def find_groups(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose heads begin with the line at `at`, measures in turn down its rows."""
    heads = _heads(printed, at)
    if heads is None:
        return None
    body = _body(printed, heads)
    groups = _groups(body)
    if groups is None or not _name(groups, heads) or _goes_on(printed, body.end):
        return None
    if any(item.margin for item in printed[at : body.end]):
        return None
    span = Span(printed[at].line.span.char_start, printed[body.end - 1].line.span.char_end)
    grid = lay_out([_head_row(heads), *_rows(groups, heads)], "lines", span)
    return Found(with_aside(grid, body.aside), body.end)


def _heads(printed: Sequence[Printed], at: int) -> _Heads | None:
    found = read_heads(printed, at)
    if found is None or found.aside:
        return None
    kinds = [piece.kind for piece in found.pieces]
    first = kinds.index("year") if "year" in kinds else len(kinds)
    beside, years = list(found.pieces[:first]), found.pieces[first:]
    if len(years) < 2 or any(piece.kind != "year" for piece in years):
        return None
    units = [piece for piece in beside if piece.kind == "unit"]
    labels = [piece for piece in beside if piece.kind == "label"]
    if len(units) + len(labels) < len(beside) or len(units) > 1 or len(labels) > 2:
        return None
    if units and beside[0] is units[0]:
        return None
    words = tuple(joined(piece.lines) for piece in found.pieces)
    return _Heads(
        labels[0] if labels else None,
        units[0] if units else None,
        labels[1] if len(labels) > 1 else None,
        years,
        found.end,
        words,
    )


# -- reading ---------------------------------------------------------------------------------------


def _body(printed: Sequence[Printed], heads: _Heads) -> _Body:
    """The rows below the heads, as far as every word of every line is a part of one."""
    body = _Body(end=heads.end)
    words: list[_Word] = []
    at = heads.end
    while at < len(printed):
        line = printed[at].line
        behind = _behind_page_end(printed, at, heads)
        if behind > at and not words:
            body.aside += [item.line for item in printed[at:behind]]
            at = behind
            continue
        if is_class(line) and end_of_heads_again(printed, at + 1, heads.words) > at + 1:
            break  # （２） and the heads once more: a table of its own
        if is_class(line) and not words:
            body.classes.setdefault(len(body.rows), []).append(line)
            at += 1
            continue
        taken = _take(printed, at, len(heads.years), words)
        if taken is None:
            break
        rows, words, at = taken
        body.rows += rows
        body.end = at if rows and not words else body.end
    return body


def _behind_page_end(printed: Sequence[Printed], at: int, heads: _Heads) -> int:
    """Behind － 12 － and the heads printed again; `at` where none stand here."""
    end = at + 1 if is_page_mark(printed[at].line.text) else at
    return end_of_heads_again(printed, end, heads.words)


def _take(
    printed: Sequence[Printed], at: int, count: int, before: Sequence[_Word]
) -> tuple[list[_Row], list[_Word], int] | None:
    """The rows that a line holds, words of the next one behind them, and the line behind; None where it is no line
    of rows. A measure alone on its line has its values below it, one a line."""
    line = printed[at].line
    if len(line.text) > _LONGEST or "。" in line.text or is_legend(line.text):
        return None
    tokens = with_their_units(tokens_of(line), line)
    if len(tokens) == 1 and find_role(tokens[0].text) in MEASURES:
        values = [item.line for item in printed[at + 1 : at + 1 + count]]
        if len(values) < count or not all(is_known_value(value.text) for value in values):
            return None
        return [_Row(tokens[0], values, list(before))], [], at + 1 + count
    rows: list[_Row] = []
    words = list(before)
    own: list[_Word] = []
    while tokens:
        token = tokens.pop(0)
        if find_role(token.text) not in MEASURES:
            if is_known_value(token.text):
                return None
            own.append(_Word(token, line))
            continue
        values, tokens = tokens[:count], tokens[count:]
        if len(values) < count or not all(is_known_value(value.text) for value in values):
            return None
        rows.append(_Row(token, values, [*words, *own]))
        words, own = [], []
    if rows and own:
        return None
    return rows, [*words, *own], at + 1


def _groups(body: _Body) -> list[_Group] | None:
    """The rows group by group: the same measures in the same order in each; None where they are not."""
    measures = [row.measure.text for row in body.rows]
    size = next((n for n in range(1, len(measures)) if measures[n] == measures[0]), 0)
    if size < 2 or len(measures) % size or len(measures) < size * _FEWEST_GROUPS:
        return None
    if measures != measures[:size] * (len(measures) // size):
        return None
    if any(number % size for number in body.classes if number < len(measures)):
        return None
    return [
        _Group(body.rows[n : n + size], body.classes.get(n, []))
        for n in range(0, len(measures), size)
    ]


def _name(groups: Sequence[_Group], heads: _Heads) -> bool:
    """Give each group its name and its unit; False where one of them is not told."""
    for group in groups:
        words = [(n, word) for n, row in enumerate(group.rows) for word in row.words]
        if heads.unit is not None:
            units = [each for each in words if is_unit(each[1].piece.text)]
            if len(units) != 1:
                return False
            group.unit = units[0][1].piece
            words = [each for each in words if each is not units[0]]
        group.name = tuple(_by_line([word for _, word in words]))
        group.places = tuple(dict.fromkeys(n for n, _ in words))
        if len(group.name) > 1 and not is_one_name(group.name):
            return False
    if not groups[0].name or len({g.places for g in groups if len(g.places) == 1}) > 1:
        return False
    return all(bool(group.name) or _counts_anew(group, above) for above, group in pairwise(groups))


def _by_line(words: Sequence[_Word]) -> Iterator[Line]:
    for _, same in groupby(words, lambda word: word.line.span):
        found = list(same)
        yield merge_pieces([word.piece for word in found], found[0].line)


def _counts_anew(group: _Group, above: _Group) -> bool:
    """Does a group without a name count the service above in another unit?"""
    if group.classes or group.unit is None or above.unit is None:
        return False
    return are_of_one_service(above.unit.text, group.unit.text)


def _goes_on(printed: Sequence[Printed], at: int) -> bool:
    """Is the next line, or the one behind it, a measure with figures: rows of the table that are not understood?"""
    for item in printed[at : at + 2]:
        tokens = tokens_of(item.line)
        has_measure = any(find_role(token.text) in MEASURES for token in tokens)
        if has_measure and any(is_known_value(token.text) for token in tokens):
            return True
    return False


# -- grid ------------------------------------------------------------------------------------------


def _head_row(heads: _Heads) -> list[PrintedCell]:
    first = heads.years[0].lines[0]
    cells = [_head(heads.name, first)]
    cells += [_head(heads.unit, first)] if heads.unit is not None else []
    cells += [_head(heads.turn, first)]
    return [*cells, *(cell_of(year.lines) for year in heads.years)]


def _head(piece: HeadPiece | None, beside: Line) -> PrintedCell:
    if piece is not None:
        return cell_of(piece.lines)
    return PrintedCell((), Span(beside.span.char_start, beside.span.char_start))


def _rows(groups: Sequence[_Group], heads: _Heads) -> Iterator[list[PrintedCell]]:
    width = 2 + (heads.unit is not None) + len(heads.years)
    numbers: list[int] = []
    for group in groups:
        numbers.append(len(numbers) and numbers[-1] + bool(group.name))
    heights = {n: sum(1 for _ in same) for n, same in groupby(numbers)}
    for number, group in zip(numbers, groups, strict=True):
        yield from ([cell_of([line], 1, width)] for line in group.classes)
        size = len(group.rows)
        for n, row in enumerate(group.rows):
            cells = [cell_of(group.name, size * heights[number])] if group.name and not n else []
            if group.unit is not None and not n:
                cells.append(cell_of([group.unit], size))
            values = [cell_of([value]) for value in row.values]
            yield [*cells, cell_of([row.measure]), *values]
