"""Rows a line that say what they count, the name printed once: 居宅介護 利用者数（人/月）, then 利用時間（時間/月） alone.

    居宅介護      利用者数（人/月）     112  118
                  利用時間（時間/月）  1,790 1,864
    重度訪問介護  利用者数（人/月）       6    7
                  利用時間（時間/月）    720  811

A row that says a quantity and no name goes on with the name above it, where that counts something else. Where the name
stands between the two rows (its cell is as high as both), each two of them with one name between make a group.
Anything else is not told: 利用時間 names nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Line
from keikaku.extractors.heads import split_unit
from keikaku.extractors.lines.printed import merge_pieces, tokens_of
from keikaku.extractors.streams.names import is_known_name
from keikaku.extractors.streams.row_lines import RowLine
from keikaku.extractors.streams.rows import Row
from keikaku.extractors.words import is_quantity

_MOST_LINES = 2
"""Lines of a name between two rows."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row's words: what it counts, and the name before it where there is one."""

    name: Line | None
    quantity: Line


def lack_names(rows: Sequence[RowLine], gaps: Sequence[Sequence[Line]]) -> bool:
    """Do some rows say a quantity and no name, no words of one (福祉施設から一般就労への / 移行者数) right above them but a whole
    one; or is the first nothing but a unit?"""
    if rows and not gaps[0] and rows[0].words is None and rows[0].unit is not None:
        return True
    told = (
        (_counted(row), gap)
        for row, gap in zip(rows, gaps, strict=False)
        if row.values and row.words is not None
    )
    return any(
        each is not None and each.name is None and (not gap or is_known_name(gap))
        for each, gap in told
    )


def rows_below_names(
    rows: Sequence[RowLine], gaps: Sequence[Sequence[Line]], texts: Sequence[tuple[Line, ...]]
) -> list[Row] | None:
    """The rows of one part of a table under their names; None where one is not told. `gaps`: the lines of words
    before, between and behind the rows."""
    counted = [_counted(row) for row in rows]
    if not any(gaps):
        names = _names_before(rows, counted)
    elif gaps[0]:
        names = _names_over(counted, gaps)
    else:
        names = _names_between(counted, gaps)
    if names is None:
        return None
    found: list[Row] = []
    above: tuple[Line, ...] = ()
    for row, each, name, text in zip(rows, counted, names, texts, strict=True):
        if each is None or not name:
            found.append(Row(_words(row), row.unit, row.values, text))
        elif row.words is None:
            found.append(Row(() if name == above else name, row.unit, row.values, text))
        else:
            found.append(Row((each.quantity,), row.unit, row.values, text, (name,)))
        above = name
    return found


def _counted(row: RowLine) -> _Counted | None:
    if row.words is None:
        return _Counted(None, row.unit) if row.unit is not None else None
    *name, last = tokens_of(row.words)
    parted = split_unit(last.text)
    if not is_quantity(parted[0] if parted is not None else last.text):
        return None
    return _Counted(merge_pieces(name, row.words) if name else None, last)


def _words(row: RowLine) -> tuple[Line, ...]:
    return (row.words,) if row.words is not None else ()


def _names_before(
    rows: Sequence[RowLine], counted: Sequence[_Counted | None]
) -> list[tuple[Line, ...]] | None:
    """A row with a name begins a group; one without goes on with what the group does not count yet."""
    found: list[tuple[Line, ...]] = []
    group: list[str] = []
    for row, each in zip(rows, counted, strict=True):
        if each is None and row.words is not None:
            found.append(())
            group = []
            continue
        if each is None:
            return None
        if each.name is not None:
            found.append((each.name,))
            group = [each.quantity.text]
            continue
        if not group or each.quantity.text in group:
            return None
        found.append(found[-1])
        group.append(each.quantity.text)
    return found


def _names_over(
    counted: Sequence[_Counted | None], gaps: Sequence[Sequence[Line]]
) -> list[tuple[Line, ...]] | None:
    """A name over rows that count it in as many ways, and in the same first one, as those of all others."""
    groups: list[tuple[tuple[Line, ...], list[str]]] = []
    for each, gap in zip(counted, gaps, strict=False):
        if each is None or each.name is not None or len(gap) > _MOST_LINES:
            return None
        if gap:
            groups.append((tuple(gap), []))
        groups[-1][1].append(each.quantity.text)
    ways = [quantities for _, quantities in groups]
    sizes, first = {len(set(way)) for way in ways}, {way[0] for way in ways}
    if gaps[-1] or len(sizes) > 1 or len(first) > 1 or sizes == {1}:
        return None
    return [name for name, way in groups for _ in way]


def _names_between(
    counted: Sequence[_Counted | None], gaps: Sequence[Sequence[Line]]
) -> list[tuple[Line, ...]] | None:
    """Two rows, and the one name between them, again and again."""
    told = [each for each in counted if each is not None and each.name is None]
    if len(told) < len(counted) or len(told) % 2 or any(gaps[::2]):
        return None
    between = [tuple(gap) for gap in gaps[1::2]]
    if not all(1 <= len(gap) <= _MOST_LINES for gap in between):
        return None
    pairs = list(zip(told[::2], told[1::2], strict=True))
    if any(one.quantity.text == other.quantity.text for one, other in pairs):
        return None
    if len({one.quantity.text for one, _ in pairs}) > 1:
        return None
    return [name for name in between for _ in range(2)]
