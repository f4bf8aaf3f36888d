"""The last column of an aligned table where it holds prose: 目標値設定の考え方 beside 目標値.

Its sentences go on over lines, beside the rest of a long name or beside nothing. They end no table, and
a line without a figure that holds the rest of one is no row of its own:

    ①精神病床における１年以上        118人以下       令和４年度末の131人から１割を削減する。
      長期入院患者数                                 （65歳以上74人、65歳未満57人）
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keikaku.extractors.heads import TEXTS, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.normalizers.cells import is_value_like

TEXT_SLACK = 4
"""Display columns by which text may begin left of its head."""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Where the head of the text begins, and where the head before it ends."""

    head_left: int
    before: int


def text_column(heads: Sequence[Row]) -> TextColumn | None:
    """The last column, where its head is one of text."""
    pieces = sorted((piece for row in heads for piece in row), key=lambda piece: piece.left)
    if read_head(pieces[-1].line.text).role not in TEXTS:
        return None
    before = max((piece.right for piece in pieces[:-1]), default=0)
    return TextColumn(pieces[-1].left, before)


def before_text(row: Row, column: TextColumn | None) -> Row:
    """The cells of a line left of its text."""
    return row[:-1] if _ends_in_text(row, column) else row


def goes_on_in_text(row: Row, column: TextColumn | None) -> bool:
    """Is a line the rest of a text, with nothing or the rest of a name before it?"""
    before = before_text(row, column)
    if len(before) == len(row) or len(before) > 1:
        return False
    return not before or not is_value_like(before[0].line.text)


def with_text_below(rows: Sequence[Row], column: TextColumn) -> list[Row]:
    """The rows, the rest of a text joined to the text above it, or to the row above or below that has none:
    behind a full stop the text of the next row may begin above its figures."""
    result: list[Row] = []
    waiting: list[Piece] = []
    for n, row in enumerate(rows):
        above = next((m for m in range(len(result) - 1, -1, -1) if len(result[m]) > 1), None)
        if above is None or not goes_on_in_text(row, column):
            if len(row) > 1 and waiting:
                row = _with_waiting(result, above, row, waiting, column)
                waiting = []
            result.append(row)
            continue
        is_below = _is_whole(result[above], column) or _stands_around(rows[n + 1 : n + 3], column)
        if len(row) == 1 and (waiting or is_below):
            waiting.append(row[-1])
            continue
        result[above] = _with_text(result[above], [row[-1]], column)
        if len(row) > 1:
            result.append(row[:-1])
    if waiting:
        last = max(n for n, row in enumerate(result) if len(row) > 1)
        result[last] = _with_text(result[last], waiting, column)
    return result


def _stands_around(below: Sequence[Row], column: TextColumn) -> bool:
    """Is the next line a row without a text of its own, and the one below it text alone: is the row set in
    the middle of its text?"""
    if len(below) < 2 or len(below[0]) < 2 or len(below[1]) > 1:
        return False
    return not _ends_in_text(below[0], column) and _ends_in_text(below[1], column)


def _with_waiting(
    result: list[Row], above: int | None, row: Row, waiting: Sequence[Piece], column: TextColumn
) -> Row:
    """The row with the text that stands above it, where it has none of its own; else the row above gets it."""
    if not _ends_in_text(row, column):
        return _with_text(row, waiting, column)
    if above is not None:
        result[above] = _with_text(result[above], waiting, column)
    return row


def _with_text(row: Row, text: Sequence[Piece], column: TextColumn) -> Row:
    lines = [line for piece in text for line in (piece.line, *piece.more)]
    if _ends_in_text(row, column):
        last = row[-1]
        return (*row[:-1], replace(last, more=(*last.more, *lines)))
    return (*row, replace(text[0], more=tuple(lines[1:])))


def _is_whole(row: Row, column: TextColumn) -> bool:
    """Does the text of a row end as sentences do?"""
    return _ends_in_text(row, column) and row[-1].words.endswith(("。", "）", ")"))


def _ends_in_text(row: Row, column: TextColumn | None) -> bool:
    if column is None or not row:
        return False
    last = row[-1]
    if last.left >= column.head_left - TEXT_SLACK:
        return True
    reaches_under = last.right > column.head_left
    return reaches_under and (len(row) > 2 or last.left >= column.before)
