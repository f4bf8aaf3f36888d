"""The types that flow out of a reader: a Document of Blocks in reading order.

A Block is a Heading, a Prose or a Grid. A Grid's Cell holds Blocks again (its own words as Prose,
nested tables as Grids), so a table inside a cell keeps its place between the words around it.
Every string is as printed. Row and column spans are resolved by the reader that makes the Grid
and nowhere else; what is wrong with a grid's shape is said in its `faults`, never padded silently.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from keikaku.normalizers.quickly_made import quickly_made

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points, origin at the top left of the page as shown (after /Rotate)."""


@quickly_made
class Span(NamedTuple):
    """Where text is printed: characters of the decoded source, or page (from 1) and box of a PDF.

    A tuple, as Line is: a document has thousands, and the ledger looks each up by its span.
    """

    char_start: int | None = None
    char_end: int | None = None
    page: int | None = None
    bbox: Box | None = None


@quickly_made
class Line(NamedTuple):
    """One printed line, without its line break and outer blanks; for text ``source[start:end]``."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that the source itself marks as heading (markdown #, HTML h1 to h6); level from 1."""

    level: int
    lines: tuple[Line, ...]


@quickly_made
class Prose(NamedTuple):
    """Lines that the source holds together: a paragraph, a list item, or one bare printed line.

    `is_item` is true for an element of a list (HTML li). `is_paragraph` is true where the source
    itself ends the paragraph (HTML p, a PDF paragraph by indent), false where lines simply follow
    each other and the reader of the sheet must find the paragraphs.
    """

    lines: tuple[Line, ...]
    is_item: bool = False
    is_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a grid's shape: `rule` is a slug (short_row, rowspan_too_small …)."""

    rule: str
    row: int
    detail: str
    span: Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place in the grid (from 0), its extent, what it holds. `struck`: crossed out."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]
    span: Span
    struck: bool = False
    lines: tuple[Line, ...] = field(init=False, repr=False, compare=False)
    """The cell's own lines; those of nested tables are not among them."""

    def __post_init__(self) -> None:
        """Gather the lines once: every stage asks for them."""
        lines: tuple[Line, ...] = ()
        for block in self.blocks:
            if not isinstance(block, Grid):
                lines += block.lines
        object.__setattr__(self, "lines", lines)

    @property
    def text(self) -> str:
        """The cell's own words, lines joined by a line break."""
        lines = self.lines
        return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


@quickly_made
@dataclass(frozen=True, slots=True)
class Grid:
    """A table of any source. `origin` names what drew it: html, tab, pipe, lines, ruled, stream."""

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    span: Span
    origin: str
    faults: tuple[Fault, ...] = ()
    echoes: tuple[Cell, ...] = ()
    """Cells of the source that only repeat a nested table of this grid: kept for the ledger."""

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells that start in each row, left to right."""
        by_row: list[list[Cell]] = [[] for _ in range(self.row_count)]
        for cell in sorted(self.cells, key=attrgetter("column")):
            by_row[cell.row].append(cell)
        return (tuple(row) for row in by_row)


Block = Heading | Prose | Grid


@quickly_made
@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader could not read or had to repair: becomes a finding. `severity` as published."""

    rule: str
    severity: str
    detail: str
    span: Span = field(default_factory=Span)


class PrintedPiece(NamedTuple):
    """Characters `start` to `end` of a print-out: a line on its page, and the edges of each character."""

    start: int
    end: int
    page: int
    box: Box
    edges: tuple[tuple[float, float], ...]

    def box_of(self, start: int, end: int) -> Box:
        """The box of these of its characters; without any, the edge that they would follow."""
        _, top, _, bottom = self.box
        mine = self.edges[max(start - self.start, 0) : max(end - self.start, 0)]
        if not mine:
            x = self.edges[0][0] if start <= self.start else self.edges[-1][1]
            return (x, top, x, bottom)
        return (round(mine[0][0], 2), top, round(mine[-1][1], 2), bottom)


@dataclass(frozen=True)
class PrintOut:
    """The lines of a PDF's free pages laid out as text, of which the char offsets of its spans speak
    until the sheets are read; the pieces of which it is made, in their order; the document's blocks with
    the free lines as that text has them."""

    text: str
    pieces: tuple[PrintedPiece, ...]
    blocks: tuple[Block, ...]

    def place(self, span: Span) -> Span:
        """Page and box of characters of the text: of the first page where they are on two."""
        if span.char_start is None or span.char_end is None:
            return span
        at = max(bisect_right(self.pieces, span.char_start, key=lambda one: one.start) - 1, 0)
        end = bisect_left(self.pieces, span.char_end, at + 1, key=lambda one: one.start)
        touched = [one for one in self.pieces[at:end] if one.end > span.char_start]
        first = (touched or self.pieces[at : at + 1])[0]
        boxes = [
            one.box_of(span.char_start, span.char_end)
            for one in touched or (first,)
            if one.page == first.page
        ]
        left, top, right, bottom = zip(*boxes, strict=True)
        return Span(None, None, first.page, (min(left), min(top), max(right), max(bottom)))

    def find_start(self, page: int | None, box: tuple[float, ...] | None) -> int | None:
        """Which character of the text begins where this box does."""
        if page is None or box is None:
            return None
        for piece in self._by_line.get((page, box[1]), ()):
            begins = (n for n, edge in enumerate(piece.edges) if round(edge[0], 2) == box[0])
            if (at := next(begins, None)) is not None:
                return piece.start + at
        return None

    @cached_property
    def _by_line(self) -> dict[tuple[int, float], list[PrintedPiece]]:
        """The pieces by page and upper edge."""
        lines: dict[tuple[int, float], list[PrintedPiece]] = {}
        for piece in self.pieces:
            lines.setdefault((piece.page, piece.box[1]), []).append(piece)
        return lines


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as printed: identity, blocks in reading order, and what went wrong."""

    document_id: str
    source_name: str
    media_type: str
    byte_size: int
    page_count: int | None
    text: str | None
    """The decoded source, of which char offsets speak; None for a PDF."""
    blocks: tuple[Block, ...]
    extractor: str
    notices: tuple[Notice, ...] = ()
    print_out: PrintOut | None = None
    """Of a PDF whose free lines may hold tables."""

    @property
    def words(self) -> str | None:
        """The text of which char offsets of the blocks speak, as printed."""
        return self.text if self.print_out is None else self.print_out.text
