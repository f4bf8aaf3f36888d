"""Rows aligned by blanks whose heads stand once, far above: 現状（基準値） … 目標値 over several goals.

A list of goals prints the heads of its columns once, then under each goal's heading the indicators with
as many figures as there are heads. An indicator too long for its column stands on a line of its own
over its figures. Goals, page numbers and short headings may stand between; a sentence ends the table.
Sources: 神奈川県 別表, 内閣府, 千代田区.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, blank_cell, cell_of, part_of
from keikaku.extractors.words import is_caption, is_legend
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks

_WIDE = regex.compile(r"[ \u3000]{2,}")
_ANY_WIDE = regex.compile(r"[ \u3000]{2,}|\u3000")
_REMARK = regex.compile(r"(?P<value>.+?)[\s　]*[（(〔][^（）()〔〕]{2,16}[)）〕]", regex.DOTALL)
_LEADING = frozenset((Role.LABEL, Role.GOAL, Role.TERM))
_FARTHEST = 120
_LONGEST = 60
_SHORT = 10


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """Complete rows from `at` on, under the nearest heads above them."""
    first = next(_rows(printed, at, None), None)
    if first is None:
        return None
    heads = _heads_above(printed, at)
    if heads is None:
        return None
    labelled, pieces = heads
    rows, end = [], at
    for row, after in _rows(printed, at, len(pieces) - labelled):
        rows.append(row)
        end = after
    if not rows:
        return None
    head = [cell_of([piece]) for piece in pieces]
    if not labelled:
        head.insert(0, blank_cell(pieces[0]))
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    return Found(lay_out([head, *rows], "under_heads", span), end)


LAYOUTS = (find_rows,)


# -- heads -------------------------------------------------------------------------------------


def _heads_above(printed: Sequence[Printed], at: int) -> tuple[bool, list[Line]] | None:
    """The heads, and whether the first of them is that of the labels."""
    for back in range(at - 1, max(-1, at - _FARTHEST), -1):
        line = printed[back].line
        if (heads := _heads(line)) is not None:
            return None if _is_lower_line(printed, back) else heads
        if _are_heads_in_part(line):
            return None
        if "。" in line.text or len(line.text) > 100 or is_legend(line.text):
            return None
        if is_caption(line.text):
            return None
    return None


def _are_heads_in_part(line: Line) -> bool:
    """項目 基準（令和３年度） and words that are not understood: heads of rows below, as far as known."""
    pieces = _split(line, _WIDE)
    heads = [read_head(piece.text) for piece in pieces]
    known = [head for head in heads if head.role in MEASURES or head.year is not None]
    return bool(known) and heads[0].role in _LEADING and not any(map(_is_figure, pieces))


def _is_lower_line(printed: Sequence[Printed], at: int) -> bool:
    """策定時 実績値 目標値 right above the years: what stands in the lower line says half of it."""
    if at == 0 or printed[at - 1].group != printed[at].group:
        return False
    pieces = _split(printed[at - 1].line, _WIDE)
    heads = [read_head(piece.text) for piece in pieces]
    return len(pieces) > 1 and any(h.role in MEASURES or h.year is not None for h in heads)


def _heads(line: Line) -> tuple[bool, list[Line]] | None:
    pieces = _split(line, _WIDE)
    read = [read_head(piece.text) for piece in pieces]
    if len(pieces) < 2 or not all(head.says_something for head in read):
        return None
    labelled = read[0].role in _LEADING
    figures = read[1:] if labelled else read
    known = [h for h in figures if h.role in MEASURES or h.year is not None]
    others = [h for h in figures if h not in known and h.role is not Role.ASIDE]
    return (labelled, pieces) if len(known) >= 2 and not others else None


# -- rows --------------------------------------------------------------------------------------


def _rows(
    printed: Sequence[Printed], at: int, figures: int | None
) -> Iterator[tuple[list[PrintedCell], int]]:
    """Rows that follow each other, each of a label and so many figures; any number for None."""
    while at < len(printed):
        row = _whole_row(printed[at].line, figures)
        after = at + 1
        if row is None and at + 1 < len(printed) and printed[at + 1].group == printed[at].group:
            row = _row_of_two_lines(printed[at].line, printed[at + 1].line, figures)
            after = at + 2
        if row is None:
            return
        yield [cell_of([piece]) for piece in row], after
        at = after


def _whole_row(line: Line, figures: int | None) -> list[Line] | None:
    for gap in (_WIDE, _ANY_WIDE):
        pieces = _split(line, gap)
        if _fits(len(pieces) - 1, figures) and _is_label(pieces[0]) and _are_figures(pieces[1:]):
            return pieces
    return None


def _row_of_two_lines(label: Line, values: Line, figures: int | None) -> list[Line] | None:
    pieces = _split(values, _WIDE)
    if len(_split(label, _WIDE)) != 1 or not _is_label(label) or not _fits(len(pieces), figures):
        return None
    if split_marks(label.text).number is not None or is_caption(label.text):
        return None
    return [label, *pieces] if _are_figures(pieces) else None


def _fits(count: int, figures: int | None) -> bool:
    return count == figures if figures is not None else count >= 2


def _is_label(piece: Line) -> bool:
    text = piece.text
    if len(text) > _LONGEST or "。" in text or is_legend(text) or _is_figure(piece):
        return False
    return not read_head(text).says_something


def _are_figures(pieces: Sequence[Line]) -> bool:
    """Figures, marks, or short words; a row of nothing but words is one where each is a status."""
    if not all(_is_figure(piece) or _is_short(piece) for piece in pieces):
        return False
    return any(_is_figure(piece) for piece in pieces) or all(
        is_known_value(_without_remark(piece.text)) for piece in pieces
    )


def _is_figure(piece: Line) -> bool:
    return is_value_like(piece.text) or is_value_like(_without_remark(piece.text))


def _is_short(piece: Line) -> bool:
    text = _without_remark(piece.text)
    short = len(text) <= _SHORT and "、" not in text and not read_head(text).says_something
    return short or _RULE.search(text) is not None


_RULE = regex.compile(r"(?:の[0-9０-９.．]+倍|各(?:市町村|圏域).{0,6}[0-9０-９]|[0-9０-９]割)")


def _without_remark(text: str) -> str:
    """``1,533人（令和元年度）``: the figure without what is printed in brackets behind it."""
    match = _REMARK.fullmatch(text)
    return match["value"] if match else text


def _split(line: Line, gap: regex.Pattern[str]) -> list[Line]:
    pieces, start = [], 0
    for match in gap.finditer(line.text):
        pieces.append(part_of(line, start, match.start()))
        start = match.end()
    pieces.append(part_of(line, start, len(line.text)))
    return [piece for piece in pieces if piece.text]
