"""Years down the side of an aligned table, what is counted over its columns: ``年    度   ①移行者数  進捗率   ②入所者数``.

The heads beside 年度 are names, be they of two lines, or compare the figure left of them; ``（累計）`` below one
goes on with it. Every row is a year and as many figures as there are heads, so that their order alone
places them; where one row has another count, none is read. Tables of which every head is known are
`aligned_columns`'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from keikaku.extractors.document import Span
from keikaku.extractors.grids import lay_out
from keikaku.extractors.heads import Role, read_head
from keikaku.extractors.lines.aligned_pieces import (
    Piece,
    Row,
    is_head_piece,
    letters_joined,
    pieces,
    unsure_notices,
)
from keikaku.extractors.lines.printed import Found, Printed, cell_of
from keikaku.extractors.words import is_in_brackets
from keikaku.normalizers.cells import is_value_like

_LONGEST_HEAD = 24


def find_years(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose head line, 年度 its first word, is the line at `at`."""
    heads = letters_joined(pieces(printed[at]), printed[at].line)
    if not names_columns(heads):
        return None
    heads, start = _with_rest_of_names(printed, at + 1, heads)
    heads, start = _with_remarks(printed, start, heads)
    rows: list[Row] = []
    end = start
    while end < len(printed) and _is_year_row(row := pieces(printed[end])):
        rows.append(row)
        end += 1
    if len(rows) < 2:
        return None
    if any(len(row) != len(heads) for row in rows):
        return Found(None, end, unsure_notices("uneven_cells", rows))
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    cells = [[cell_of([piece.line, *piece.more]) for piece in row] for row in (heads, *rows)]
    return Found(lay_out(cells, "aligned", span), end)


LAYOUTS = (find_years,)


def names_columns(heads: Row) -> bool:
    """年度 first, and beside it a name that is no known head."""
    if len(heads) < 2 or read_head(heads[0].line.text).role is not Role.TERM:
        return False
    roles = {read_head(piece.line.text).role for piece in heads[1:]}
    if roles & {Role.LABEL, Role.UNIT} or all(map(is_head_piece, heads)):
        return False
    return all(_may_be_head(piece) for piece in heads[1:])


def _may_be_head(piece: Piece) -> bool:
    text = piece.line.text
    return len(text) <= _LONGEST_HEAD and "。" not in text and not is_value_like(text)


def _with_rest_of_names(printed: Sequence[Printed], at: int, heads: Row) -> tuple[Row, int]:
    """The heads, each but 年度 with its second line: 計画相談 over 支援（人）; and where the next line is."""
    if at >= len(printed) or printed[at].group != printed[at - 1].group:
        return heads, at
    line = pieces(printed[at])
    names = heads[1:]
    if len(line) != len(names) or any(
        is_head_piece(piece) or not _may_be_head(piece) or is_in_brackets(piece.line.text)
        for piece in (*line, *names)
    ):
        return heads, at
    if not all(
        [_reach(name, piece) for name in names] == [name is own for name in names]
        for own, piece in zip(names, line, strict=True)
    ):
        return heads, at
    both = (replace(n, more=(*n.more, p.line)) for n, p in zip(names, line, strict=True))
    return (heads[0], *both), at + 1


def _with_remarks(printed: Sequence[Printed], at: int, heads: Row) -> tuple[Row, int]:
    """The heads, each with the words in brackets that stand below it alone, and where the rows begin."""
    while at < len(printed) and printed[at].group == printed[at - 1].group:
        line = pieces(printed[at])
        if not line or not all(is_in_brackets(piece.line.text) for piece in line):
            break
        for remark in line:
            over = [n for n, head in enumerate(heads) if _reach(head, remark)]
            if len(over) != 1 or is_head_piece(heads[over[0]]):
                return heads, at
            head = heads[over[0]]
            told = replace(head, more=(*head.more, remark.line))
            heads = (*heads[: over[0]], told, *heads[over[0] + 1 :])
        at += 1
    return heads, at


def _reach(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _is_year_row(row: Row) -> bool:
    if len(row) < 2:
        return False
    head = read_head(row[0].line.text)
    is_year = head.year is not None and not is_value_like(row[0].line.text)
    return is_year and all(is_value_like(piece.line.text) for piece in row[1:])
