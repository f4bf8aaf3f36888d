"""Cells (表の欄): everything that one box of a table says, read whole or refused.

One box may hold two figures (``4人 (5.6%)``), a figure and a part of it on the next line (``246`` over
``[94]``), labelled figures (``児発：2か所 放デイ：3か所``), a status word over a figure, a mark, or nothing.
Nothing is left over: what is not understood refuses the whole cell, and prose is refused, not mined.

Source: 昭島市 and 品川区 sheets, and the layouts of some forty others (docs/normalizers.md).

>>> [(v.amount, v.unit, v.standing.value) for v in parse_cell("4人 (5.6%)")]
[(4.0, '人', 'main'), (5.6, '%', 'parenthesis')]
>>> [(v.amount, v.comparator.value, v.words) for v in parse_cell("1か所以上の設置")]
[(1.0, 'ge', '設置')]
>>> parse_cell("—")[0].status.value, parse_cell("／")[0].status.value, parse_cell("")[0].flags
('not_reported', 'not_applicable', ('blank',))
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from keikaku.normalizers.errors import Reason, UnreadCell
from keikaku.normalizers.folding import Traced, drop_blanks, fold, joined, trace
from keikaku.normalizers.marks import BLANK_MARK, SOME_MARK
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.segments import read_line, with_spoken_brackets
from keikaku.normalizers.values import Comparator, Standing, Status, Value

LONGEST_CELL = 300
"""Folded characters; nothing longer was ever a figure."""
_LONGEST_PRINTED = 2_000
_SHORT = 20
_MOST_BREAKS = 5
_PROSE = re.compile(r"[。、].*[。、]|。.", re.DOTALL)
_MAY_SPEAK_BRACKETS = re.compile(r"[ッっｯ]\s*[コこｺ]")
"""カッコ: its commas go with it."""
_MAY_REPORT = re.compile(rf"[0-9一二三四五六七八九十百千万億兆京零]|ゼロ|{SOME_MARK}")
"""What every cell with a figure or mark holds; most labels hold none of it."""
_BREAK = re.compile("\n")
_BREAK_BEFORE_BRACKET = re.compile(r"\n(?=[(\[〔【])")


@quickly_made
class CellContext(NamedTuple):
    """What the table says of a cell.

    `unit` is the canonical unit of its row or column: it decides whether a dot can be a decimal point
    and is not put on values that print none. `gap` is true in a 比較 or 増減 column, where a dash
    before a figure is a minus.
    """

    unit: str | None = None
    gap: bool = False


_NO_CONTEXT = CellContext()


def parse_cell(text: str, context: CellContext = _NO_CONTEXT) -> tuple[Value, ...]:
    """Every value that the cell prints, in printed order, or UnreadCell."""
    found = _remembered(text, context)
    if isinstance(found, UnreadCell):
        raise UnreadCell(found.text, found.start, found.end, found.reason)
    return found


def read_cell(text: str, context: CellContext) -> tuple[Value, ...]:
    """`parse_cell` without its memory of repeated cells."""
    if len(text) > _LONGEST_PRINTED or _is_plain_prose(text):
        raise UnreadCell(text, 0, len(text), Reason.PROSE)
    traced = with_spoken_brackets(trace(text))
    folded = traced.text
    if not folded:
        return (Value(BLANK_MARK.status, text, 0, len(text), flags=BLANK_MARK.flags),)
    if len(folded) > LONGEST_CELL or (len(folded) > _SHORT and _PROSE.search(folded)):
        raise UnreadCell(text, 0, len(text), Reason.PROSE)
    if "\n" in folded:
        return _parse_lines(traced, context)
    return read_line(traced, gap=context.gap, column_unit=context.unit)


def _is_plain_prose(text: str) -> bool:
    """Prose that is known without folding it, which takes long; two characters fold to one at most."""
    return (
        len(drop_blanks(text)) > 2 * _SHORT + 1
        and _PROSE.search(text) is not None
        and not _MAY_SPEAK_BRACKETS.search(text)
    )


@lru_cache(maxsize=50_000)
def _remembered(text: str, context: CellContext) -> tuple[Value, ...] | UnreadCell:
    try:
        return read_cell(text, context)
    except UnreadCell as error:
        return error.with_traceback(None)


def is_value_like(text: str) -> bool:
    """Does the whole string read as figures or marks (not as words, not as prose)?"""
    return len(text) <= LONGEST_CELL and _looks_like_value(text)


@lru_cache(maxsize=8_192)
def _looks_like_value(text: str) -> bool:
    if not _MAY_REPORT.search(fold(text)):
        return False
    values = _remembered(text, _NO_CONTEXT)
    if isinstance(values, UnreadCell) or "blank" in values[0].flags:
        return False
    return all(value.status is not Status.QUALITATIVE or "tick" in value.flags for value in values)


def _parse_lines(traced: Traced, context: CellContext) -> tuple[Value, ...]:
    """The reading in which most lines stand alone; a broken line is joined to the next."""
    breaks = [match.start() for match in _BREAK.finditer(traced.text)]
    fixed = frozenset(match.start() for match in _BREAK_BEFORE_BRACKET.finditer(traced.text))
    refusal: UnreadCell | None = None
    for chosen in _choices([position for position in breaks if position not in fixed]):
        try:
            values = _parse_partition(traced, breaks, chosen | fixed, context)
        except UnreadCell as error:
            refusal = refusal or error
        else:
            return tuple(_with_line(value, traced) for value in values)
    raise refusal or UnreadCell(traced.source, 0, len(traced.source), Reason.NOT_UNDERSTOOD)


def _choices(breaks: list[int]) -> Iterator[frozenset[int]]:
    """The line breaks to join, few before many; long lists only as they stand."""
    most = len(breaks) if len(breaks) <= _MOST_BREAKS else 0
    for count in range(most + 1):
        yield from map(frozenset, combinations(breaks, count))


def _parse_partition(
    traced: Traced, breaks: list[int], chosen: frozenset[int], context: CellContext
) -> tuple[Value, ...]:
    edges = [-1, *(position for position in breaks if position not in chosen), len(traced.text)]
    lines = [
        read_line(joined(traced, start + 1, end, chosen), gap=context.gap, column_unit=context.unit)
        for start, end in pairwise(edges)
    ]
    if len(lines) > 1 and not _are_lines(lines):
        raise UnreadCell(traced.source, 0, len(traced.source), Reason.AMBIGUOUS_LINES)
    return tuple(value for line in lines for value in line)


def _are_lines(lines: list[tuple[Value, ...]]) -> bool:
    """Lines that stand for themselves: all figures print a unit or none does, words are known ones.

    ``10`` over ``0人`` may be a broken 100人, ``1か所以上`` over ``設置`` is one phrase.
    """
    bare = [v for line in lines for v in line if v.standing is Standing.MAIN and v.label is None]
    units = {value.unit is None for value in bare if value.amount is not None}
    has_free_words = any("free_words" in value.flags for line in lines for value in line)
    return len(units) < 2 and not has_free_words and not any(map(_runs_on, *_neighbours(lines)))


def _neighbours(lines: list[tuple[Value, ...]]) -> tuple[list[Value], list[Value]]:
    return [line[-1] for line in lines[:-1]], [line[0] for line in lines[1:]]


def _runs_on(before: Value, after: Value) -> bool:
    is_bounded = before.comparator not in (None, Comparator.EQ)
    return is_bounded and after.status is Status.QUALITATIVE and after.label is None


def _with_line(value: Value, traced: Traced) -> Value:
    position = traced.starts.index(value.start)  # of its line break, where one stands before it
    line = traced.text.count("\n", 0, position + 1)
    return replace(value, line=line) if line else value
