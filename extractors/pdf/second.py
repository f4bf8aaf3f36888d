"""The second reader: pdfplumber on the pages that the first cannot explain.

Such a page draws lying and standing rules that make no table for us (corners left open by more
than a pen), or prints characters across the borders of cells. There pdfplumber's own tables count
(their words are still PDFium's), and where both read a cell its figures must be the same; where
they are not, a Notice says so with both readings.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from keikaku.extractors.document import Block, Box, Cell, Grid, Notice, Span
from keikaku.extractors.pdf.frame import Frame
from keikaku.extractors.pdf.lattice import SAME_EDGE, Extent, Lattice
from keikaku.extractors.pdf.stream import digits_of

CORNERS_OPEN = {"intersection_tolerance": 4, "snap_tolerance": 3, "join_tolerance": 3}


class SecondReader:
    """The one page of a file as pdfplumber sees it; `number` is its place in the source."""

    def __init__(self, alone: bytes, number: int) -> None:
        import pdfplumber

        self.number = number
        self._pdf = pdfplumber.open(io.BytesIO(alone))
        self._page: Any = self._pdf.pages[0]

    def __enter__(self) -> SecondReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def lattices(self, frame: Frame) -> list[Lattice]:
        """Tables whose corners are open; only for pages that are read as they are shown."""
        if frame.turns != frame.shown_turns:
            return []
        tables = self._page.find_tables(CORNERS_OPEN)
        found = [_to_lattice([cell for cell in table.cells if cell]) for table in tables]
        return [lattice for lattice in found if lattice is not None]

    def digits_in(self, box: Box) -> str:
        """The figures printed in a box, in reading order."""
        x0, top, x1, bottom = box
        inside = [
            char
            for char in self._page.chars
            if x0 < (char["x0"] + char["x1"]) / 2 < x1
            and top < (char["top"] + char["bottom"]) / 2 < bottom
        ]
        inside.sort(key=lambda char: (round(char["bottom"] / 4), char["x0"]))
        return digits_of("".join(str(char["text"]) for char in inside))


def _to_lattice(boxes: Sequence[tuple[float, float, float, float]]) -> Lattice | None:
    xs = _edges(value for box in boxes for value in (box[0], box[2]))
    ys = _edges(value for box in boxes for value in (box[1], box[3]))
    if len(boxes) < 2 or len(xs) < 2 or len(ys) < 2:
        return None
    owners = np.full((len(ys) - 1, len(xs) - 1), -1)
    cells: list[Extent] = []
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        left, right = _nearest(xs, x0), _nearest(xs, x1)
        first, last = _nearest(ys, top), _nearest(ys, bottom)
        if right <= left or last <= first or (owners[first:last, left:right] >= 0).any():
            return None
        owners[first:last, left:right] = len(cells)
        cells.append(Extent(first, left, last - first, right - left, False))
    for row, column in np.argwhere(owners < 0).tolist():
        owners[row, column] = len(cells)
        cells.append(Extent(row, column, 1, 1, True))
    return Lattice(tuple(xs), tuple(ys), tuple(cells), owners, "plumber")


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(round(float(value), 2))
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - value))


def disagreeing_cells(second: SecondReader, blocks: Iterable[Block]) -> list[Notice]:
    """A Notice for each cell without inner tables whose figures the second reader reads otherwise."""
    notices = []
    for cell in _leaves(blocks):
        box = cell.span.bbox
        ours = digits_of(cell.text)
        if box is None or not ours:
            continue
        theirs = second.digits_in(box)
        if ours != theirs:
            notices.append(
                Notice(
                    "readers_disagree",
                    "warning",
                    f"we read the figures {ours!r} in {cell.text!r}, pdfplumber {theirs!r}",
                    Span(page=second.number, bbox=box),
                )
            )
    return notices


def _leaves(blocks: Iterable[Block]) -> Iterator[Cell]:
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                inner = [b for b in cell.blocks if isinstance(b, Grid)]
                yield from _leaves(inner) if inner else iter((cell,))
