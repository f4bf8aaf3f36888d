"""The last column of an aligned table where it holds prose: 目標値設定の考え方 beside 目標値.

Its sentences go on over lines, beside the rest of a long name or beside nothing. They end no table, and
a line without a figure that holds the rest of one is no row of its own:

    ①精神病床における１年以上        118人以下       令和４年度末の131人から１割を削減する。
      長期入院患者数                                 （65歳以上74人、65歳未満57人）
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.normalizers.cells import is_value_like

_SLACK = 4
"""Display columns by which text may begin left of its head."""


def before_text(row: Row, head: Piece | None) -> Row:
    """The cells of a line left of its text."""
    return row[:-1] if _ends_in_text(row, head) else row


def goes_on_in_text(row: Row, head: Piece | None) -> bool:
    """Is a line the rest of a text, with nothing or the rest of a name before it?"""
    before = before_text(row, head)
    if len(before) == len(row) or len(before) > 1:
        return False
    return not before or not is_value_like(before[0].line.text)


def with_text_below(rows: Sequence[Row], head: Piece) -> list[Row]:
    """The rows, the rest of a text joined to the text above it."""
    result: list[Row] = []
    for row in rows:
        above = next((n for n in range(len(result) - 1, -1, -1) if len(result[n]) > 1), None)
        if (
            above is None
            or not goes_on_in_text(row, head)
            or not _ends_in_text(result[above], head)
        ):
            result.append(row)
            continue
        text = result[above][-1]
        whole = replace(text, more=(*text.more, row[-1].line, *row[-1].more))
        result[above] = (*result[above][:-1], whole)
        if len(row) > 1:
            result.append(row[:-1])
    return result


def _ends_in_text(row: Row, head: Piece | None) -> bool:
    if head is None or not row:
        return False
    last = row[-1]
    return last.left >= head.left - _SLACK or (len(row) > 2 and last.right > head.left)
