"""Paragraphs of a prose box: points, bullets and closing paragraphs out of printed lines.

A numbered point (①, (1)) with the lines that follow it is one; a bullet is one; a paragraph without
a mark is one. Where the source itself ends paragraphs (HTML p and li, indents of a PDF) that holds;
among bare lines a paragraph ends with a full stop at the end of a line. In an OCR cell a blank after
a full stop is a lost paragraph break. After the last numbered point, a paragraph that looks ahead or
sums up (令和N年度は…, なお、…, 今後…) closes the box: it and what follows stand for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex
from keikaku.extractors.document import Block, Grid, Line, Prose, Span
from keikaku.normalizers.labels import list_number
from keikaku.normalizers.quickly_made import quickly_made

_LOST_BREAK = regex.compile(r"(?<=。)[ 　]+(?=\S)")
_BULLET = regex.compile(r"[・●○◎■□◆◇▪•‣▶►‐–—-][ 　]*\S")
_CLOSING = regex.compile(
    r"[ 　]*(?:(?:令和|平成|R|Ｒ)[ 　]*[0-9０-９元]{1,2}[ 　]*年度(?:以降|から|も|は|の|に|、|について)"
    r"|なお[、，]|今後[、はもの]|今後、|引き続き|次年度)"
)
_SENTENCE_END = ("。", "．", "」", "）", ")", "】", "？", "！")


@quickly_made
@dataclass(frozen=True, slots=True)
class Paragraph:
    """Printed lines of one paragraph or point; a line may be a part of a printed line."""

    lines: tuple[Line, ...]
    number: int | None = None

    @property
    def raw(self) -> str:
        """The lines as printed."""
        return "\n".join([line.text for line in self.lines])

    @property
    def span(self) -> Span:
        """From the first to the last character, or the box around the lines of the first page."""
        return cover([line.span for line in self.lines])


def span_of(block: Block) -> Span:
    """The place of a table, or of all lines of a paragraph."""
    return block.span if isinstance(block, Grid) else cover([line.span for line in block.lines])


def cover(spans: Sequence[Span]) -> Span:
    """One span around several: of characters, or the box on the page of the first."""
    first = spans[0]
    if len(spans) == 1:
        return first
    if first.page is None:
        return Span(first.char_start, spans[-1].char_end)
    boxes = [span.bbox for span in spans if span.page == first.page and span.bbox is not None]
    if not boxes:
        return first
    left, top, right, bottom = zip(*boxes, strict=True)
    box = (min(left), min(top), max(right), max(bottom))
    return Span(None, None, first.page, box)


def split_paragraphs(blocks: Sequence[Block], *, is_ocr: bool) -> tuple[Paragraph, ...]:
    """The paragraphs of a box, points with their follow-on paragraphs together."""
    pieces = [piece for block in blocks for piece in _pieces(block, is_ocr)]
    return tuple(_with_follow_ons(_joined_lines(pieces)))


@quickly_made
class _Piece(NamedTuple):
    line: Line
    starts: bool
    """The source itself starts a paragraph here."""
    goes_on: bool
    """The source itself says that the paragraph before goes on here."""
    is_bullet: bool
    number: int | None


def _pieces(block: Block, is_ocr: bool) -> Iterator[_Piece]:
    if isinstance(block, Grid):
        return
    closed = not isinstance(block, Prose) or block.is_item or block.is_paragraph
    for number, line in enumerate(block.lines):
        parts = _split_lost_breaks(line) if is_ocr else [line]
        for part_number, part in enumerate(parts):
            point = list_number(part.text)
            is_bullet = _BULLET.match(part.text) is not None
            starts = (closed and number == 0) or part_number > 0 or point is not None or is_bullet
            goes_on = closed and number > 0 and not starts
            yield _Piece(part, starts, goes_on, is_bullet or _is_item(block), point)


def _is_item(block: Block) -> bool:
    return isinstance(block, Prose) and block.is_item


def _split_lost_breaks(line: Line) -> list[Line]:
    parts, start = [], 0
    for match in _LOST_BREAK.finditer(line.text):
        parts.append(_part(line, start, match.start()))
        start = match.end()
    return [*parts, _part(line, start, len(line.text))]


def _part(line: Line, start: int, end: int) -> Line:
    if start == 0 and end == len(line.text):
        return line
    offset = line.span.char_start
    exact = offset is not None and (line.span.char_end or 0) - offset == len(line.text)
    if offset is None or not exact:
        return Line(line.text[start:end], line.span)
    return Line(line.text[start:end], Span(offset + start, offset + end))


@quickly_made
@dataclass(slots=True)
class _Open:
    lines: list[Line]
    number: int | None
    is_bullet: bool


def _joined_lines(pieces: Sequence[_Piece]) -> list[_Open]:
    """Lines that belong to one printed paragraph, together."""
    paragraphs: list[_Open] = []
    for piece in pieces:
        ended = not paragraphs or paragraphs[-1].lines[-1].text.endswith(_SENTENCE_END[:2])
        if piece.starts or (ended and not (piece.goes_on and paragraphs)):
            paragraphs.append(_Open([piece.line], piece.number, piece.is_bullet))
        else:
            paragraphs[-1].lines.append(piece.line)
    return paragraphs


def _with_follow_ons(paragraphs: Sequence[_Open]) -> Iterator[Paragraph]:
    """Unmarked paragraphs go with the numbered point before them, until the box closes."""
    points = [n for n, paragraph in enumerate(paragraphs) if paragraph.number is not None]
    last = points[-1] if points else -1
    closed = False
    current: _Open | None = None
    for n, paragraph in enumerate(paragraphs):
        if n > last and points and _CLOSING.match(paragraph.lines[0].text):
            closed = True
        follows = (
            current is not None
            and current.number is not None
            and paragraph.number is None
            and not paragraph.is_bullet
            and not closed
        )
        if follows and current is not None:
            current = _Open([*current.lines, *paragraph.lines], current.number, False)
            continue
        if current is not None:
            yield Paragraph(tuple(current.lines), current.number)
        current = paragraph
    if current is not None:
        yield Paragraph(tuple(current.lines), current.number)


def one_line_each(blocks: Sequence[Block]) -> list[Block]:
    """Lines that merely follow each other are looked at one by one; paragraphs stay whole."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Prose) and not block.is_item and not block.is_paragraph:
            result.extend(Prose((line,)) for line in block.lines)
        else:
            result.append(block)
    return result
