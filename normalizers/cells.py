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
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from keikaku.normalizers.errors import Reason, UnreadCell
from keikaku.normalizers.folding import Traced, trace
from keikaku.normalizers.marks import BLANK_MARK
from keikaku.normalizers.segments import read_line
from keikaku.normalizers.values import Standing, Status, Value

LONGEST_CELL = 300
"""Folded characters; nothing longer was ever a figure."""
_MOST_LINES = 6
_PROSE = re.compile(r"[。、].*[。、]|。.", re.DOTALL)
_BREAK = re.compile("\n")
_JOINED_BREAK = re.compile(r"\n(?=[(\[〔【])")
_DIGITS_ACROSS = re.compile(r"(?<=[0-9.,])\n(?=[0-9.,])")


@dataclass(frozen=True, slots=True)
class CellContext:
    """What the table says of a cell: its unit, whether it is a 比較 or 増減 (gap), its year."""

    unit: str | None = None
    gap: bool = False
    year: int | None = None


def parse_cell(text: str, context: CellContext = CellContext()) -> tuple[Value, ...]:
    """Every value that the cell prints, in printed order, or UnreadCell."""
    return _parse(text, context.gap)


def is_value_like(text: str) -> bool:
    """Does the whole string read as figures or marks (not as words, not as prose)?"""
    if len(text) > LONGEST_CELL:
        return False
    try:
        values = _parse(text, False)
    except UnreadCell:
        return False
    return all(
        value.status is not Status.QUALITATIVE or "tick" in value.flags for value in values
    ) and ("blank" not in values[0].flags)


@lru_cache(maxsize=50_000)
def _parse(text: str, gap: bool) -> tuple[Value, ...]:
    traced = trace(text)
    if not traced.text:
        mark = BLANK_MARK
        return (Value(mark.status, text, 0, len(text), flags=mark.flags),)
    if len(traced.text) > LONGEST_CELL or (len(traced.text) > 20 and _PROSE.search(traced.text)):
        raise UnreadCell(text, 0, len(text), Reason.PROSE)
    if "\n" in traced.text:
        return _parse_lines(traced, gap)
    return read_line(traced, gap=gap)


def _parse_lines(traced: Traced, gap: bool) -> tuple[Value, ...]:
    """The reading with the most lines that stand alone; a broken line is joined to the next."""
    breaks = [match.start() for match in _BREAK.finditer(traced.text)]
    fixed = {match.start() for match in _JOINED_BREAK.finditer(traced.text)}
    free = [position for position in breaks if position not in fixed]
    if len(free) > _MOST_LINES:
        raise UnreadCell(traced.source, 0, len(traced.source), Reason.PROSE)
    refusal: UnreadCell | None = None
    for count in range(len(free) + 1):
        for joined in combinations(free, count):
            try:
                values = _parse_partition(traced, frozenset(joined) | fixed, gap)
            except UnreadCell as error:
                refusal = refusal or error
            else:
                return tuple(_with_line(value, traced) for value in values)
    raise refusal or UnreadCell(traced.source, 0, len(traced.source), Reason.NOT_UNDERSTOOD)


def _parse_partition(traced: Traced, joined: frozenset[int], gap: bool) -> tuple[Value, ...]:
    lines = [read_line(line, gap=gap) for line in _lines(traced, joined)]
    if len(lines) > 1:
        _check_lines(traced, lines)
    return tuple(value for line in lines for value in line)


def _check_lines(traced: Traced, lines: list[tuple[Value, ...]]) -> None:
    mains = [v for line in lines for v in line if v.standing is Standing.MAIN and v.label is None]
    figures = [value for value in mains if value.amount is not None]
    units = {value.unit is None for value in figures}
    has_free_words = any("free_words" in value.flags for line in lines for value in line)
    if len(units) > 1 or has_free_words:
        raise UnreadCell(traced.source, 0, len(traced.source), Reason.AMBIGUOUS_LINES)


def _lines(traced: Traced, joined: frozenset[int]) -> Iterator[Traced]:
    start = 0
    for match in _BREAK.finditer(traced.text):
        if match.start() not in joined:
            yield _slice(traced, start, match.start(), joined)
            start = match.end()
    yield _slice(traced, start, len(traced.text), joined)


def _slice(traced: Traced, start: int, end: int, joined: frozenset[int]) -> Traced:
    kept = [i for i in range(start, end) if i not in joined or _DIGITS_ACROSS.match(traced.text, i)]
    characters = "".join(" " if i in joined else traced.text[i] for i in kept)
    starts = tuple(traced.starts[i] for i in kept)
    return Traced(traced.source, characters, starts, tuple(traced.ends[i] for i in kept))


def _with_line(value: Value, traced: Traced) -> Value:
    before = traced.text[: traced.starts.index(value.start)]
    return replace(value, line=before.count("\n"))
