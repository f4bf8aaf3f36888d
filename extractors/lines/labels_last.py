"""Tables of e-book texts in which the label comes after its values: the page was read from the right.

``目標(R2) H30実績 R元実績 R2実績 項目`` over ``16人 2人 5人 9人 地域生活移行者数``: the label's head is the last of
its line, and so is the label. Only rows with as many values as there are heads are taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Grid, Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Head, Role
from keikaku.extractors.lines.head_lines import head_pieces
from keikaku.extractors.lines.printed import Found, Printed, cell_of, merge_pieces, tokens_of
from keikaku.extractors.lines.stacked import may_be_label, uneven_notices
from keikaku.normalizers.cells import is_value_like


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose line of heads, the label's last, is the line at `at`."""
    pieces = head_pieces(printed[at].line)
    if len(pieces) < 3 or pieces[-1][0].role is not Role.LABEL:
        return None
    if not all(_heads_values(head) for head, _ in pieces[:-1]):
        return None
    count = len(pieces) - 1
    rows: list[list[PrintedCell]] = []
    end = at + 1
    while end < len(printed) and (row := _row(printed[end].line)) is not None:
        values, label = row
        if len(values) != count:
            notices = uneven_notices([[value] for value in values], count)
            return Found(_grid(pieces, rows, printed[at:end]), end, notices) if rows else None
        rows.append([cell_of([label]), *(cell_of([value]) for value in values)])
        end += 1
    return Found(_grid(pieces, rows, printed[at:end]), end) if rows else None


LAYOUTS = (find_table,)


def _heads_values(head: Head) -> bool:
    return head.role in MEASURES or (head.role is None and head.year is not None)


def _row(line: Line) -> tuple[list[Line], Line] | None:
    """Values, then the words of one label."""
    tokens = tokens_of(line)
    count = next((n for n, token in enumerate(tokens) if not is_value_like(token.text)), 0)
    if count < 1 or "。" in line.text:
        return None
    label = merge_pieces(tokens[count:], line)
    return (tokens[:count], label) if may_be_label(label) else None


def _grid(
    pieces: Sequence[tuple[Head, Line]],
    rows: Sequence[Sequence[PrintedCell]],
    printed: Sequence[Printed],
) -> Grid:
    """The label's column first, as every other table has it."""
    lines = [line for _, line in pieces]
    heads = [cell_of([line]) for line in (lines[-1], *lines[:-1])]
    span = Span(printed[0].line.span.char_start, printed[-1].line.span.char_end)
    return lay_out([heads, *rows], "labels_last", span)
