"""Areas, cities or services as columns, aligned by blanks: 区分 over names, 北部圏域 中央圏域 県計 over figures.

No year or measure stands over such a column: what the figures are is told by the title above the table. A
head line opens with a word for names (区分, 指標) and goes on in words that head nothing else; every row below
it has as many figures as there are words. A row of more or fewer leaves all of them unread.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex
from keikaku.extractors.document import Span
from keikaku.extractors.grids import lay_out
from keikaku.extractors.heads import Role, may_head, read_head
from keikaku.extractors.lines.aligned_pieces import Row, letters_joined, pieces, unsure_notices
from keikaku.extractors.lines.printed import Found, Printed, cell_of
from keikaku.extractors.words import is_eraless_year, is_legend, is_unspecific
from keikaku.normalizers.cells import is_value_like

_AREA = regex.compile(
    r".{1,8}(?:圏域|[市町村区郡部県]|地区|地域|エリア|ブロック|保健所|支所|方面)"
    r"|(?:[都道府県市町村区]|圏域|地区|全)?(?:全体|計|合計|総計)|[都道府県]計|計|平均"
)
_LONGEST_HEAD = 12
_LONGEST_NAME = 44
_LEAST = 2


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose line of heads is the one at `at`."""
    heads = letters_joined(pieces(printed[at]), printed[at].line)
    if not _are_heads(heads):
        return None
    rows, end = _rows(printed, at + 1)
    if not rows:
        return None
    if any(len(row) != len(heads) for row in rows) or not _stand_under(heads, rows):
        return Found(None, end, unsure_notices("heads_not_understood", rows))
    cells = [[cell_of([piece.line]) for piece in row] for row in (heads, *rows)]
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    return Found(lay_out(cells, "aligned", span), end)


LAYOUTS = (find_table,)


def _are_heads(row: Row) -> bool:
    """区分, then names of areas."""
    if len(row) <= _LEAST or read_head(row[0].line.text).role is not Role.LABEL:
        return False
    texts = [piece.line.text for piece in row[1:]]
    if any(is_value_like(t) or may_head(t) or is_eraless_year(t) for t in texts):
        return False
    return len(set(texts)) == len(texts) and all(
        len(text) <= _LONGEST_HEAD and _AREA.fullmatch(text) for text in texts
    )


def _rows(printed: Sequence[Printed], start: int) -> tuple[list[Row], int]:
    """The lines below the heads in their group: a name and figures."""
    rows: list[Row] = []
    end = start
    while end < len(printed) and printed[end].group == printed[start - 1].group:
        row = pieces(printed[end])
        text = printed[end].line.text
        if len(row) < 2 or is_legend(text) or "。" in text or not _is_row(row):
            break
        rows.append(row)
        end += 1
    return rows, end


def _is_row(row: Row) -> bool:
    name, *figures = (piece.line.text for piece in row)
    if is_value_like(name) or len(name) > _LONGEST_NAME or is_unspecific(name):
        return False
    return all(map(is_value_like, figures))


def _stand_under(heads: Row, rows: Sequence[Row]) -> bool:
    """Is each figure nearer to its own head than to the next one?"""
    middles = [piece.middle for piece in heads]
    return all(
        min(range(1, len(heads)), key=lambda n: abs(middles[n] - piece.middle)) == number
        for row in rows
        for number, piece in itertools.islice(enumerate(row), 1, None)
    )
