"""Measures in turn beside each name of a stream, with figures of the whole name: 基準値 before them, 対目標比 behind them.

``項 目 基準値 区 分 第７期 対目標比`` / ``（Ｒ４末） Ｒ６ Ｒ７ Ｒ８`` over ``地域生活移行者数 88人 目標値 ２人 ４人 ６人`` / ``実績値 ０人 ２人 － 33.3％``: each
line says its measure and as many values as there are years. The first of a name holds the name and the one figure
before the measures, one of them a rate more. Every name has the same measures in the same order, or nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.blank_cells import with_their_units
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    cell_of,
    merge_pieces,
    with_aside,
)
from keikaku.extractors.streams.glued import words_spelled
from keikaku.extractors.streams.row_lines import counts_values
from keikaku.extractors.words import is_in_brackets

_LONGEST = 80
_COMPARED = (Role.RATE, Role.GAP)


@dataclass(frozen=True, slots=True)
class _Heads:
    """`before`: 基準値 and its year below it; `behind`: 対目標比; `aside`: the plan over the years."""

    label: Line
    before: tuple[Line, ...]
    turn: Line
    years: tuple[Line, ...]
    behind: tuple[Line, ...]
    aside: tuple[Line, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    name: Line | None
    before: tuple[Line, ...]
    measure: Line
    values: tuple[Line, ...]
    behind: tuple[Line, ...]


def figures_of_names(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose heads begin with the line at `at`."""
    heads = _heads(printed, at)
    if heads is None:
        return None
    rows: list[_Row] = []
    end = heads.end
    while end < len(printed) and (row := _row(printed[end].line, heads)) is not None:
        rows.append(row)
        end += 1
    names = list(_by_name(rows))
    if not _fit(names, heads) or (end < len(printed) and _goes_on(printed[end].line)):
        return None
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    years = ((year,) for year in heads.years)
    top = ((heads.label,), heads.before, (heads.turn,), *years, heads.behind)
    cells = [[cell_of(lines) for lines in top if lines]]
    cells += [row for name in names for row in _cells(name)]
    return Found(with_aside(lay_out(cells, "lines", span), heads.aside), end)


def _words(line: Line) -> list[Line]:
    return words_spelled(line) if len(line.text) <= _LONGEST else []


# -- heads -------------------------------------------------------------------------------------


def _heads(printed: Sequence[Printed], at: int) -> _Heads | None:
    words = _words(printed[at].line)
    labels = [n for n, word in enumerate(words) if find_role(word.text) is Role.LABEL]
    if len(labels) != 2 or labels[0] != 0 or labels[1] > 2:
        return None
    before = tuple(words[1 : labels[1]])
    beside, years, end = words[labels[1] + 1 :], list[Line](), at + 1
    behind = tuple(beside[-1:]) if beside and find_role(beside[-1].text) in _COMPARED else ()
    beside = beside[: len(beside) - len(behind)]
    aside: tuple[Line, ...] = ()
    if len(beside) < 2 and end < len(printed):
        aside, years, end = tuple(beside), _words(printed[end].line), end + 1
        if before and years and is_in_brackets(years[0].text):
            before, years = (*before, years[0]), years[1:]
    else:
        years = beside
    told = [read_head(year.text) for year in years]
    is_sound = len(told) > 1 and all(head.role is None and head.year for head in told)
    if not is_sound or len({year.text for year in years}) < len(years):
        return None
    if not (before or behind) or any(find_role(word.text) is not Role.TERM for word in aside):
        return None
    if before and read_head("".join(word.text for word in before)).role is not Role.BASELINE:
        return None
    return _Heads(words[0], before, words[labels[1]], tuple(years), behind, aside, end)


# -- rows --------------------------------------------------------------------------------------


def _row(line: Line, heads: _Heads) -> _Row | None:
    """Perhaps a name with its figure, a measure, a value for each year, perhaps the rate of the name."""
    words = with_their_units(_words(line), line)
    places = [n for n, word in enumerate(words) if _is_measure(word.text)]
    if len(places) != 1:
        return None
    at, count = places[0], len(heads.years)
    name, values = words[:at], words[at + 1 :]
    if not count <= len(values) <= count + len(heads.behind):
        return None
    if not all(is_known_value(value.text) for value in values):
        return None
    before = tuple(name[-1:]) if name and heads.before else ()
    name = name[: len(name) - len(before)]
    if any(is_known_value(word.text) for word in name) or (before and not name):
        return None
    if not all(is_known_value(figure.text) for figure in before):
        return None
    label = merge_pieces(name, line) if name else None
    return _Row(label, before, words[at], tuple(values[:count]), tuple(values[count:]))


def _is_measure(text: str) -> bool:
    role = find_role("".join(text.split()))
    return role in MEASURES or role in _COMPARED


def _by_name(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    name: list[_Row] = []
    for row in rows:
        if row.name is not None and name:
            yield name
            name = []
        name.append(row)
    if name:
        yield name


def _fit(names: Sequence[Sequence[_Row]], heads: _Heads) -> bool:
    """Has every name the same measures, the figure before them, and the one behind them?"""
    if not names or any(name[0].name is None for name in names):
        return False
    cycle = [row.measure.text for row in names[0]]
    return 1 < len(cycle) == len(set(cycle)) and all(
        [row.measure.text for row in name] == cycle
        and sum(len(row.behind) for row in name) == len(heads.behind)
        and all(_is_rate(row) for row in name if row.behind)
        for name in names
    )


def _is_rate(row: _Row) -> bool:
    """33.3％ behind figures that are none."""
    shares = [value.text.endswith(("%", "％")) for value in (*row.values, *row.behind)]
    return shares[-1] and not any(shares[:-1])


def _goes_on(line: Line) -> bool:
    """A line with a measure and figures that is no row: one of the table that is not understood."""
    return any(_is_measure(word.text) for word in _words(line)) and counts_values(line) > 0


def _cells(name: Sequence[_Row]) -> Iterator[list[PrintedCell]]:
    first, count = name[0], len(name)
    assert first.name is not None
    behind = [line for row in name for line in row.behind]
    for row in name:
        cells = [cell_of([row.measure]), *(cell_of([value]) for value in row.values)]
        if row is first:
            over = [cell_of([line], count) for line in (first.name, *first.before)]
            cells = [*over, *cells, *(cell_of([line], count) for line in behind)]
        yield cells
