"""Rules (罫線) out of the segments that a page draws.

Word and LibreOffice stroke lines, Excel fills thin bars piece by piece and cell by cell, browsers
draw each side of each cell as a rectangle, dashed rules come as many short pieces. Pieces that lie
on one line and touch are one rule again. What slants is kept apart: a diagonal stroke through a
cell (斜線) says that nothing is to be entered there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from keikaku.extractors.document import Box
from keikaku.extractors.pdf.compiled import compiled
from keikaku.extractors.pdf.engine import Floats, Integers
from keikaku.normalizers.quickly_made import quickly_made

SAME_RULE = 0.8
"""Pieces whose lines are not farther apart than this (points) may be one rule."""
JOIN = 2.5
"""Pieces of one line are joined over gaps up to this: the blanks of a dashed rule."""
SHORTEST = 4.0
"""A joined rule shorter than this is a tick or a dot, not a border."""
FAR = 1.0e5
"""Lines are moved apart by this many points each, so that one pass joins the pieces of all."""


@quickly_made
@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules of one direction: where each lies, from where to where, how thick its pen is.

    A dashed rule may end in a blank of its own, so its pen counts as twice its widest blank.
    """

    at: Floats
    start: Floats
    end: Floats
    pen: Floats

    def __len__(self) -> int:
        return len(self.at)

    def chosen(self, which: Integers) -> RuleSet:
        """The rules at these indices."""
        return RuleSet(self.at[which], self.start[which], self.end[which], self.pen[which])


@quickly_made
@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a page in its reading frame, and the boxes of its slanted strokes."""

    lying: RuleSet
    standing: RuleSet
    diagonals: tuple[Box, ...]


def segments_to_rules(segments: Floats) -> Rules:
    """Rules and diagonals from x0, y0, x1, y1, pen of the reading frame, an array of five rows."""
    lying, standing, diagonals = _rules(segments)
    return Rules(RuleSet(*lying), RuleSet(*standing), tuple(diagonals))


Stretches = tuple[Floats, Floats, Floats, Floats]
"""What a RuleSet is made of: at, start, end, pen."""


@compiled
def _rules(segments: Floats) -> tuple[Stretches, Stretches, list[Box]]:
    """What lies, what stands, and the boxes of what is slanted."""
    x0, y0, x1, y1, pen = segments
    wide, high = np.abs(x1 - x0), np.abs(y1 - y0)
    flat = high <= 0.5 + 0.01 * wide
    upright = (wide <= 0.5 + 0.01 * high) & ~flat
    slanted = ~flat & ~upright & (wide > SHORTEST) & (high > SHORTEST)
    low, left = np.minimum(y0, y1), np.minimum(x0, x1)
    boxes = np.array((left, low, left + wide, low + high))[:, slanted].T
    return (
        _joined((y0 + y1)[flat] / 2, left[flat], (left + wide)[flat], pen[flat]),
        _joined((x0 + x1)[upright] / 2, low[upright], (low + high)[upright], pen[upright]),
        [(x0, top, x1, bottom) for x0, top, x1, bottom in boxes.tolist()],
    )


def _joined(at: Floats, start: Floats, end: Floats, pen: Floats) -> Stretches:
    """Pieces on one line that touch or nearly touch become one rule."""
    if not len(at):
        return at, start, end, pen
    order = np.argsort(at, kind="stable")
    line = np.zeros(len(at))
    ordered = at[order]
    line[order[1:]] = (ordered[1:] - ordered[:-1] > SAME_RULE).cumsum()
    shift = line * FAR
    order = np.lexsort((start, line))
    reach = np.maximum.accumulate((end + shift)[order])
    gap = np.zeros(len(at))
    gap[1:] = (start + shift)[order][1:] - reach[:-1]
    gap[0] = FAR
    begins = (gap > JOIN).nonzero()[0]
    length = np.maximum((end - start)[order], 0.01)
    blank = np.maximum(gap, 0)
    blank[begins] = 0
    rule = (gap > JOIN).cumsum() - 1  # bincount adds one after the other, add.reduceat does not
    joined = np.array(
        (
            np.bincount(rule, at[order] * length) / np.bincount(rule, length),
            start[order][begins],
            np.maximum.reduceat(end[order], begins),
            np.maximum.reduceat(np.maximum(pen[order], 2 * blank), begins),
        )
    )
    at, start, end, pen = joined[:, joined[2] - joined[1] >= SHORTEST]
    return at, start, end, pen
