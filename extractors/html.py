"""HTML, whole pages or fragments inside an OCR cell, as Blocks with exact character offsets.

OCR tools print tables as HTML, nested in the cells of other tables; some municipalities publish
HTML pages. Every Line keeps the offsets of its characters in the source, tags between them or not.
Spans are resolved here: HTML caps colspan at 1000 and rowspan at 65534; a span that reaches below
the last row is cut there. Reading is one pass without recursion: depth and size are only bounded
by the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from keikaku.extractors.document import Block, Grid, Heading, Line, Prose, Span
from keikaku.extractors.grids import PrintedCell, lay_out

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'|[\"'])*)>")
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,9})", re.IGNORECASE)
_SILENT = {"script", "style", "head", "title", "template", "noscript"}
_BREAKING = {
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "header", "hr", "html", "main", "nav", "ol", "p",
    "pre", "section", "tbody", "tfoot", "thead", "ul",
}  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_PARAGRAPHS = {"p", "li", "dd", "dt", *_HEADINGS}
_MAX_COLSPAN, _MAX_ROWSPAN = 1000, 65534

MARKUP = re.compile(r"</?(?:table|tr|td|th|p|ul|ol|li|br|div|h[1-6]|html|body)\b[^<>]*>", re.I)
"""Finds markup worth reading as HTML in a text that is mostly something else."""


@dataclass(slots=True)
class _Holder:
    """What is being filled: the page, or one cell of a table being read."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    paragraph: str | None = None


@dataclass(slots=True)
class _Table:
    """A table being read: finished rows, the row and the cell under way."""

    start: int
    rows: list[list[PrintedCell]] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1
    cell_start: int | None = None


def read_html(source: str, start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """Read `source[start:end]` as HTML; offsets in the result are those of `source`."""
    return _Reader(source).read(start, len(source) if end is None else end)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.holders: list[_Holder] = [_Holder()]
        self.tables: list[_Table] = []
        self.silent: str | None = None

    def read(self, start: int, end: int) -> tuple[Block, ...]:
        position = start
        while position < end:
            opening = self.source.find("<", position, end)
            if opening < 0:
                self._take_text(position, end)
                break
            self._take_text(position, opening)
            position = self._take_markup(opening, end)
        while self.tables:
            self._close_table(end)
        self._end_prose()
        return tuple(self.holders[0].blocks)

    def _take_markup(self, opening: int, end: int) -> int:
        """Read a tag or comment at `opening`; a bare < is text. Gives where to read on."""
        source = self.source
        if source.startswith("<!--", opening):
            closing = source.find("-->", opening + 4, end)
            return end if closing < 0 else closing + 3
        if source.startswith(("<!", "<?"), opening):
            closing = source.find(">", opening, end)
            return end if closing < 0 else closing + 1
        tag = _TAG.match(source, opening, end)
        if tag is None:
            self._take_text(opening, opening + 1)
            return opening + 1
        self._take_tag(tag[1] == "/", tag[2].lower(), tag[3], opening, tag.end())
        return tag.end()

    def _take_text(self, start: int, end: int) -> None:
        if self.silent is None and start < end:
            self.holders[-1].pieces.append((start, end))

    def _take_tag(self, closes: bool, name: str, attributes: str, start: int, end: int) -> None:
        if self.silent is not None:
            if closes and name == self.silent:
                self.silent = None
        elif name in _SILENT:
            self.silent = None if closes else name
        elif name == "table":
            self._close_table(start) if closes else self._open_table(start)
        elif name in ("tr", "td", "th"):
            self._take_table_tag(closes, name, attributes, start, end)
        elif name in _PARAGRAPHS:
            self._end_prose()
            self.holders[-1].paragraph = None if closes else name
        elif name in _BREAKING:
            self._end_line() if name == "br" else self._end_prose()

    def _take_table_tag(
        self, closes: bool, name: str, attributes: str, start: int, end: int
    ) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        self._close_cell(table, start)
        if name == "tr":
            if not closes:
                table.rows.append([])
        elif not closes:
            if not table.rows:
                table.rows.append([])
            spans = {kind.lower(): int(n) for kind, n in _SPAN.findall(attributes)}
            table.row_span = min(max(spans.get("row", 1), 1), _MAX_ROWSPAN)
            table.column_span = min(max(spans.get("col", 1), 1), _MAX_COLSPAN)
            table.cell_start = end
            self.holders.append(_Holder())

    def _open_table(self, start: int) -> None:
        self._end_prose()
        if self.tables and self.tables[-1].cell_start is None:
            # A table straight inside a table: browsers read it as a table of its own.
            self._close_table(start)
        self.tables.append(_Table(start))

    def _close_cell(self, table: _Table, end: int) -> None:
        if table.cell_start is None:
            return
        self._end_prose()
        holder = self.holders.pop()
        table.rows[-1].append(
            PrintedCell(
                blocks=tuple(holder.blocks),
                span=Span(table.cell_start, max(table.cell_start, end)),
                row_span=table.row_span,
                column_span=table.column_span,
            )
        )
        table.cell_start = None

    def _close_table(self, end: int) -> None:
        if not self.tables:
            return
        table = self.tables.pop()
        self._close_cell(table, end)
        rows = [row for row in table.rows if row]
        if _lays_out_page(rows):
            inner = [block for row in rows for cell in row for block in cell.blocks]
            self.holders[-1].blocks.extend(inner)
        elif rows:
            self.holders[-1].blocks.append(lay_out(rows, "html", Span(table.start, end)))

    def _end_line(self) -> None:
        """Close the printed line under way: trim it and drop it when blank."""
        holder = self.holders[-1]
        pieces, holder.pieces = holder.pieces, []
        if not pieces:
            return
        text = "".join(self.source[a:b] for a, b in pieces)
        if not unescape(text).strip():
            return  # &nbsp; alone is a blank
        start = next(a + i for a, b in pieces for i in _inked(self.source, a, b))
        end = next(b - i for a, b in reversed(pieces) for i in _inked_back(self.source, a, b))
        for row in _unwrap(text):
            holder.lines.append(Line(row, Span(start, end)))

    def _end_prose(self) -> None:
        self._end_line()
        holder = self.holders[-1]
        lines, holder.lines = tuple(holder.lines), []
        if not lines:
            return
        name = holder.paragraph
        if name in _HEADINGS:
            holder.blocks.append(Heading(_HEADINGS[name], lines))
        else:
            holder.blocks.append(
                Prose(lines, is_item=name == "li", is_paragraph=name in _PARAGRAPHS)
            )


def _lays_out_page(rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Does a table only hold parts of the page one below the other, or headings with their tables?"""
    held = [cell.blocks for row in rows for cell in row]
    if not any(has_tables(blocks) for blocks in held):
        return False
    is_column = all(len(row) == 1 for row in rows)
    return is_column or any(
        has_tables(blocks) and any(isinstance(block, Heading) for block in blocks)
        for blocks in held
    )


def _inked(source: str, start: int, end: int) -> list[int]:
    """Offset of the first character of `source[start:end]` that is no blank, as a list of 0 or 1."""
    piece = source[start:end]
    return [len(piece) - len(piece.lstrip())] if piece.strip() else []


def _inked_back(source: str, start: int, end: int) -> list[int]:
    piece = source[start:end]
    return [len(piece) - len(piece.rstrip())] if piece.strip() else []


def _unwrap(text: str) -> list[str]:
    """One line of HTML text: line breaks of the source are no line breaks of the page."""
    if "&" in text:
        text = unescape(text)
    return [re.sub(r"\s*[\r\n]+\s*", "", text.strip()) if "\n" in text else text.strip()]


def has_tables(blocks: tuple[Block, ...]) -> bool:
    """Does any block, or any cell in them, hold a Grid?"""
    return any(isinstance(block, Grid) for block in blocks)
