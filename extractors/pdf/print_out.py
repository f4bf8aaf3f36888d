"""The free page as text (文字だけの版): lines that no rule encloses, as a text edition prints them.

Reports without ruled tables (read-aloud editions, lists, columns held by blanks alone) say in a PDF what
they say in a text file. So the lines outside all tables are laid out as text that keeps its places, a
blank for each half em of free paper, and the readers of text look for tables in it. Each character knows
where it stands on its page: what is read of the text has its box again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
from keikaku.extractors.document import (
    Block,
    Box,
    Grid,
    Line,
    PrintedPiece,
    PrintOut,
    Prose,
    Span,
)
from keikaku.extractors.gathering import Gathered, gather_tables
from keikaku.extractors.lines.widths import width
from keikaku.extractors.pdf.glyphs import BLANKS, FULL_WIDTH, SAME_LINE, Glyphs
from keikaku.extractors.repairs import repair_print
from keikaku.extractors.text import read_text

Letters = tuple[tuple[float, float], ...]
"""Where each character of a line begins and ends, from left to right."""
ROOM = 0.8
"""Points by which a letter may stand out of the box of its line, which is rounded."""
WIDE = 1.45
"""Rows this many times as far apart as most have a blank line between them."""
PROSE = 1.6
"""Heights of a letter from one line of prose to the next, at most."""
LEAST_STEP = 0.5
"""Points of a half em, at least: letters as narrow as that come from damaged files."""
WIDEST = 500
"""Half ems of free paper, at most, however far out a damaged file sets its letters."""
_NO_FIGURE = re.compile(
    r"(?:資料|別紙|様式|参考|図|表|No\.?|№)[ 　]*[0-9０-９]+(?:[-－―‐の][0-9０-９]+)*|第[ 　]*[0-9０-９]+|[0-9０-９]+[ 　]*(?:年|月|日|期|ページ|頁|章|条|項|号)"
    r"|^[ 　(（]*[0-9０-９]{1,2}[ 　)）.．、-]+(?![0-9０-９])|^[-－―—‐ ]*[0-9０-９]{1,4}[-－―—‐ ]*$"
    r"|[^0-9０-９(（\s]{2,}[1-9１-９]$"
)
_FIGURE = re.compile(r"[0-9０-９]")


def may_hold_figures(lines: Iterable[Line]) -> bool:
    """Is there a digit that is no year, no number of a page, a heading or a list?"""
    return any(_FIGURE.search(_NO_FIGURE.sub("", line.text)) for line in lines)


def find_letters(glyphs: Glyphs, lines: Sequence[Line]) -> dict[Span, Letters]:
    """The places of the letters of these lines of one upright page; a line whose letters are not found in
    its own box has none."""
    found: dict[Span, Letters] = {}
    for line in lines:
        x0, top, x1, bottom = line.span.bbox or (0.0, 0.0, 0.0, 0.0)
        inside = (
            (glyphs.baseline > (top + bottom) / 2)
            & (glyphs.baseline <= bottom + ROOM)
            & (glyphs.x0 >= x0 - ROOM)
            & (glyphs.x1 <= x1 + ROOM)
        ).nonzero()[0]
        inside = inside[np.argsort(glyphs.x0[inside], kind="stable")]
        edges = zip(glyphs.x0[inside].tolist(), glyphs.x1[inside].tolist(), strict=True)
        letters = _matched(line.text, list(zip(map(chr, glyphs.codes[inside]), edges, strict=True)))
        if letters is not None:
            found[line.span] = letters
    return found


def _matched(text: str, glyphs: list[tuple[str, tuple[float, float]]]) -> Letters | None:
    """The edges of each character; a blank has those of the paper between its neighbours. A character
    printed again in its own place (疑似ボールド) counts once."""
    edges: list[tuple[float, float] | None] = []
    rest = iter(glyphs)
    last = ""
    for character in text:
        if character in BLANKS:
            edges.append(None)
            continue
        for code, edge in rest:
            if code == character:
                edges.append(edge)
                last = code
                break
            if code not in BLANKS and code != last:
                return None
        else:
            return None
    filled = [
        edge or ((edges[n - 1] or (0.0, 0.0))[1], (edges[n + 1] or (0.0, 0.0))[0])
        for n, edge in enumerate(edges)
    ]
    return tuple(filled)


def print_out(blocks: Sequence[Block], letters: Mapping[Span, Letters]) -> PrintOut | None:
    """The lines of the free page as text; None where none of them may hold a figure. Lines whose letters
    nobody knows (those of turned pages) stay as they are."""
    free = [line for block in blocks if isinstance(block, Prose) for line in block.lines]
    if not may_hold_figures(line for line in free if line.span in letters):
        return None
    return _Printer(free, letters).printed(blocks)


def gather_printed(printed: PrintOut) -> Gathered:
    """The blocks of a print-out with the tables found among its lines."""
    return gather_tables(printed.blocks, repair_print(printed.text))


def is_read_as_text(box: Box, blocks: Sequence[Block], letters: Mapping[Span, Letters]) -> bool:
    """Do the readers of text make tables of most lines with a figure in this place of a page?"""
    printed = print_out(blocks, letters)
    if printed is None:
        return False
    figures = [
        piece
        for piece in printed.pieces
        if _is_within(piece.box, box) and _FIGURE.search(printed.text, piece.start, piece.end)
    ]
    grids = (block for block in gather_printed(printed).blocks if isinstance(block, Grid))
    spans = [line.span for grid in grids for cell in grid.cells for line in cell.lines]
    return 2 * sum(_meets(piece, spans) for piece in figures) > len(figures)


def _is_within(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _meets(piece: PrintedPiece, spans: Sequence[Span]) -> bool:
    return any(
        (span.char_start or 0) < piece.end and piece.start < (span.char_end or 0) for span in spans
    )


class _Row(NamedTuple):
    """Lines that stand side by side, from left to right."""

    lines: tuple[Line, ...]

    @property
    def middle(self) -> float:
        return _middle(self.lines[0])


class _Printer:
    """Lays rows out as text, with one measure for the whole document."""

    def __init__(self, free: Sequence[Line], letters: Mapping[Span, Letters]) -> None:
        self.letters = letters
        known = [line for line in free if line.span in letters]
        self.unit = _half_em(known, letters)
        self.left = min(_box(line)[0] for line in known)
        self.usual = _usual_step(known)
        self.parts: list[str] = []
        self.length = 0
        self.column = 0
        """How far the words of the current row reach."""
        self.pieces: list[PrintedPiece] = []

    def printed(self, blocks: Sequence[Block]) -> PrintOut:
        """The text and its blocks; what is no line of the text stands where it stood."""
        others: list[tuple[int, Block]] = []
        run: list[Line] = []
        for block in blocks:
            if not isinstance(block, Prose) or any(
                line.span not in self.letters for line in block.lines
            ):
                self._print(run)
                run = []
                others.append((self.length, block))
            else:
                run += block.lines
        self._print(run)
        text = "".join(self.parts)
        merged = tuple(_merged(read_text(repair_print(text)), others))
        return PrintOut(text, tuple(self.pieces), merged)

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)
        self.column += width(words)

    def _end_row(self, mark: str = "\n") -> None:
        self._add(mark)
        self.column = 0

    def _print(self, lines: Sequence[Line]) -> None:
        """A run of lines that no table interrupts, page by page."""
        before: _Row | None = None
        for row in _rows(lines):
            if before is not None and before.lines[0].span.page != row.lines[0].span.page:
                self._end_row("\f")
            elif before is not None and row.middle - before.middle > WIDE * self.usual:
                self._end_row()
            for line in row.lines:
                self._place(line, is_first=line is row.lines[0])
            self._end_row()
            before = row
        if before is not None:
            self._end_row()

    def _place(self, line: Line, *, is_first: bool) -> None:
        box, letters = _box(line), self.letters[line.span]
        free = min(round((box[0] - self.left) / self.unit), WIDEST) - self.column
        self._add(" " * max(free, 0 if is_first else 2))
        start = self.length
        edges: list[tuple[float, float]] = []
        for character, edge in zip(line.text, letters, strict=True):
            words = character if character not in BLANKS else self._blanks(character, edge)
            self._add(words)
            edges += [edge] * len(words)
        assert line.span.page is not None
        self.pieces.append(PrintedPiece(start, self.length, line.span.page, box, tuple(edges)))

    def _blanks(self, printed: str, edge: tuple[float, float]) -> str:
        """A blank for each half em of free paper; a full-width one stays where it alone was printed."""
        count = min(round((edge[1] - edge[0]) / self.unit), WIDEST)
        return printed if count < 2 or (printed == "\u3000" and count < 4) else " " * count


def _half_em(lines: Sequence[Line], letters: Mapping[Span, Letters]) -> float:
    """Half the way from one full-width letter to the next, or as wide as the words are set without any.
    Letters drawn one on the other (a damaged file) say nothing."""
    steps = [
        step
        for line in lines
        for (one, above), (other, below) in pairwise(
            zip(line.text, letters[line.span], strict=True)
        )
        if ord(one) >= FULL_WIDTH and ord(other) >= FULL_WIDTH and (step := below[0] - above[0]) > 0
    ]
    if steps:
        return max(median(steps) / 2, LEAST_STEP)
    wide = median([(_box(line)[2] - _box(line)[0]) / max(width(line.text), 1) for line in lines])
    return max(wide, LEAST_STEP)


def _box(line: Line) -> Box:
    assert line.span.bbox is not None
    return line.span.bbox


def _middle(line: Line) -> float:
    _, top, _, bottom = _box(line)
    return (top + bottom) / 2


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    """The lines of a run from top to bottom, those of one height together."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.span.page, _middle(one))):
        _, top, _, bottom = _box(line)
        is_beside = (
            bool(row)
            and row[0].span.page == line.span.page
            and _middle(line) - _middle(row[0]) < SAME_LINE * (bottom - top)
        )
        if row and not is_beside:
            yield _from_left(row)
            row = []
        row.append(line)
    if row:
        yield _from_left(row)


def _from_left(row: Sequence[Line]) -> _Row:
    return _Row(tuple(sorted(row, key=lambda line: _box(line)[0])))


def _usual_step(lines: Sequence[Line]) -> float:
    """How far most rows stand below the one above; set wider than prose is, each stands alone."""
    steps = [
        below.middle - above.middle
        for above, below in pairwise(_rows(lines))
        if above.lines[0].span.page == below.lines[0].span.page
    ]
    height = median([_box(line)[3] - _box(line)[1] for line in lines])
    return min([PROSE * height, *([median(steps)] if steps else [])])


def _merged(printed: Sequence[Block], others: Sequence[tuple[int, Block]]) -> Iterator[Block]:
    """The blocks of the text, and at their places those that were not printed out."""
    waiting = list(others)
    for block in printed:
        start = block.span.char_start if isinstance(block, Grid) else block.lines[0].span.char_start
        while waiting and waiting[0][0] <= (start or 0):
            yield waiting.pop(0)[1]
        yield block
    yield from (block for _, block in waiting)
