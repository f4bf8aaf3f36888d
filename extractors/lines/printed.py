"""Printed lines as line layouts see them, and what they may make of them.

A layout looks at a run of bare lines from one place on and either makes a Grid of some of them or
passes. `Printed` keeps what a text says about its line breaks: lines without a blank line between
them share a group; a blank before the line break ends a paragraph in texts from word processors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Cell, Grid, Heading, Line, Notice, Prose, Span
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.lines.form_margins import words_left_of_captions
from keikaku.extractors.lines.margin_heads import margins_apart
from keikaku.extractors.lines.placed_cells import SideLine
from keikaku.extractors.lines.side_words import words_beside
from keikaku.extractors.lines.vertical_words import letters_down
from keikaku.extractors.lines.widths import width
from keikaku.extractors.words import is_page_mark
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_TOKEN = regex.compile(r"[^\s　]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line with the number of its group and whether the source ends a paragraph after it."""

    line: Line
    group: int
    ends_paragraph: bool
    indent: int = 0
    """Display columns of the blanks before the line; a full-width character takes two."""
    order_above: int = -1
    """Number of the last line above that may name an order (…の順), -1 for none."""
    is_bold: bool = False
    """Does markdown set the whole line bold?"""
    margin: int = 0
    """Characters at the line's beginning that belong to words of a form beside the table (計画（P）↓実施（D）)."""


class Run(tuple[Printed, ...]):
    """The printed lines that layouts are asked about, known by identity: what one layout made of a
    line can be remembered for those that ask again."""

    heads: tuple[Heading, ...] = ()
    """The headings that the source marks over these lines, outermost first."""
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass(frozen=True, slots=True)
class Found:
    """A Grid made of the lines from where the layout was asked up to, not including, `end`.

    Without a Grid the lines are surely a table of the layout's shape but cannot be read for sure:
    they stay lines, and the notices say why.
    """

    grid: Grid | None
    end: int
    notices: tuple[Notice, ...] = ()


Layout = Callable[[Sequence[Printed], int], Found | None]
"""Asked for each line of a run: the Grid that begins with this line, or None."""


def print_lines(run: Sequence[Prose], source: str, heads: tuple[Heading, ...] = ()) -> Run:
    """The lines of a run of Prose blocks below the headings that the source marks."""
    printed: list[Printed] = []
    order_above = -1
    for number, prose in enumerate(run):
        for whole in prose.lines:
            ends, indent = _ends_with_blank(source, whole), _indent(source, whole)
            for line, left in margins_apart(whole):
                bold = _is_bold(source, line)
                printed.append(Printed(line, number, ends, indent + left, order_above, bold))
            if "順" in whole.text:
                order_above = len(printed) - 1
    found = Run(_with_margins(printed))
    found.heads = heads
    return found


_MARGIN = regex.compile(r"(?:[計画実施↓⇩]|計画|実施|[（(][PDCAＰＤＣＡ][)）])(?=[ \u3000]{2,}|$)")
_SURE_MARGIN = regex.compile(r"[画施↓⇩（(]")
"""計 and 実 alone could head a row; 画, 施 and （P） could not."""
_ROW_OF = regex.compile(r"(?:計画|実施)[ \u3000]+(?P<beside>\S+)")
_NEAREST_MARK = 8
"""Lines from 計画 or 実施 to a mark over or under it (（P）, ↓) that shows it to stand in the margin."""


def _with_margins(printed: list[Printed]) -> list[Printed]:
    """The lines, those that begin with words of a form in their margin knowing where these end."""
    found = {n: m for n, item in enumerate(printed) if (m := _MARGIN.match(item.line.text))}
    sure = [n for n, m in found.items() if _SURE_MARGIN.match(m[0])]
    for number, match in found.items():
        marks = [n for n in sure if abs(printed[n].indent - printed[number].indent) <= 2]
        if _heads_row(printed[number].line.text):
            marks = []
        elif len(match[0]) > 1:
            marks = [n for n in marks if abs(n - number) <= _NEAREST_MARK]
        if marks:
            printed[number] = replace(printed[number], margin=match.end())
    for number, end in letters_down([(item.line.text, item.indent) for item in printed]).items():
        if not printed[number].margin:
            printed[number] = replace(printed[number], margin=end)
    lines = [SideLine(p.line.text, p.indent, p.margin, p.group) for p in printed]
    for number, end in words_beside(lines).items():
        printed[number] = replace(printed[number], margin=end)
    apart = words_left_of_captions(lines)
    parted = [part for n, item in enumerate(printed) for part in _parted(item, apart.get(n, 0))]
    return [part for item in parted for part in _parted(item, _end_of_caption(item.line.text), 0)]


_CAPTION_WITH_REMARK = regex.compile(r"[【〔《][^【】〔〕《》]+[】〕》][ \u3000]{2,}(?=[*＊※])")


def _end_of_caption(text: str) -> int:
    """【実績】      *各年度３月末時点: where the caption and the gap behind it end."""
    match = _CAPTION_WITH_REMARK.match(text)
    return match.end() if match is not None else 0


def _parted(item: Printed, end: int, margin: int | None = None) -> Iterator[Printed]:
    """The line as two, the first up to `end` being no part of a table; whole but where a caption stands between the two."""
    text = item.line.text
    rest = end + len(text[end:]) - len(text[end:].lstrip(" \u3000"))
    is_caption = margin is not None or text.startswith(("【", "〔", "《"), rest)
    if not end or rest == len(text) or not is_caption:
        yield replace(item, margin=end or item.margin)
        return
    first, second = part_of(item.line, 0, end), part_of(item.line, rest, len(text))
    yield replace(item, line=first, margin=len(first.text) if margin is None else margin)
    yield replace(item, line=second, indent=item.indent + width(text[:rest]), margin=0)


def _heads_row(text: str) -> bool:
    """計画 12 15, 計画 人 12: a measure and its figures."""
    match = _ROW_OF.match(text)
    return match is not None and (
        is_value_like(match["beside"]) or find_unit(match["beside"]) is not None
    )


def _ends_with_blank(source: str, line: Line) -> bool:
    end = line.span.char_end or 0
    return source[end : end + 1] in (" ", "　")


def _is_bold(source: str, line: Line) -> bool:
    start = line.span.char_start or 0
    return source[max(0, start - 2) : start] in ("**", "__")


def _indent(source: str, line: Line) -> int:
    start = line.span.char_start or 0
    blank = start
    while blank > 0 and source[blank - 1] in " 　\t":
        blank -= 1
    return sum(2 if character == "　" else 1 for character in source[blank:start])


def part_of(line: Line, start: int, end: int) -> Line:
    """Characters start to end of a line, blanks at both ends left out, as a Line of its own."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    offset = line.span.char_start
    if offset is None:
        return Line(text, line.span)
    return Line(text, Span(offset + start, offset + start + len(text)))


def tokens_of(line: Line) -> list[Line]:
    """The pieces of a line between blanks."""
    return [part_of(line, *match.span()) for match in _TOKEN.finditer(line.text)]


def merge_pieces(pieces: Sequence[Line], line: Line) -> Line:
    """Neighbouring pieces of a line as one, with the blanks between them."""
    start, end = pieces[0].span.char_start or 0, pieces[-1].span.char_end or 0
    offset = line.span.char_start or 0
    return Line(line.text[start - offset : end - offset], Span(start, end))


def cell_of(lines: Sequence[Line], row_span: int = 1, column_span: int = 1) -> PrintedCell:
    """A cell of one or more printed lines; of none with words, a blank one."""
    span = Span(lines[0].span.char_start, lines[-1].span.char_end)
    words = tuple(line for line in lines if line.text)
    return PrintedCell((Prose(words),) if words else (), span, row_span, column_span)


def blank_cell(beside: Line) -> PrintedCell:
    """A cell without words, placed at the end of the piece it stands beside."""
    return PrintedCell((), Span(beside.span.char_end, beside.span.char_end))


def with_aside(grid: Grid, lines: Sequence[Line]) -> Grid:
    """The grid with printed lines that stand among its rows and are none: accounted for, not read."""
    cells = tuple(Cell(0, 0, 1, 1, cell_of([line]).blocks, line.span) for line in lines)
    return replace(grid, echoes=(*grid.echoes, *cells))


def words_aside(items: Sequence[Printed]) -> list[Line]:
    """Words of a form left of the rows of a table, and the numbers of pages among them."""
    margins = [part_of(item.line, 0, item.margin) for item in items if item.margin]
    return [*margins, *(item.line for item in items if is_page_mark(item.line.text))]
