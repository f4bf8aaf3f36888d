"""The characters of one page where they stand, and the lines they form.

Characters are ordered by their *origin* on the baseline, never by the ink: the ink of 一 and of ー
floats in the middle of the line and would leave it. Bold faked by printing a character twice or
four times a hair apart (疑似ボールド) counts once. Blanks are kept where they show: a printed
blank stays, blanks in a row become one, a visible gap without a blank becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from keikaku.extractors.document import Box
from keikaku.extractors.pdf.compiled import compiled
from keikaku.extractors.pdf.engine import Flags, Floats, Integers, TextLayer
from keikaku.extractors.pdf.frame import Frame

SAME_LINE = 0.42
"""Baselines of one line differ by less than this part of the letter height (超え: 上付き文字)."""
FAKE_BOLD = 0.3
"""The same character again within this part of its width is the same print."""
VISIBLE_GAP = 0.24
"""A gap of this part of an em between characters is a blank."""
WIDE_GAP = 1.5
"""Gaps of this many ems, row under row, are what a table without rules shows."""
FAR_GAP = 2.0
"""Where the paper is free, a gap of this many ems parts two lines of one height."""
FAR_GAP_IN_CELL = 3.0
"""Inside a cell without tables only a wider gap parts, and only beside another baseline."""
BLANKS_IN_A_ROW = re.compile(r"[ \u3000\u00a0]{2,}")
FULL_WIDTH = 0x2E80
"""From here on characters fill one em."""
BLANKS = " \u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters of a page in its reading frame; all arrays are of one length."""

    codes: Integers
    x0: Floats
    x1: Floats
    top: Floats
    bottom: Floats
    baseline: Floats
    index: Integers
    """The character's number in the text layer."""

    def __len__(self) -> int:
        return len(self.codes)

    def chosen(self, which: Integers) -> Glyphs:
        """These characters in this order."""
        return Glyphs(
            self.codes[which],
            self.x0[which],
            self.x1[which],
            self.top[which],
            self.bottom[which],
            self.baseline[which],
            self.index[which],
        )


class TextLine(NamedTuple):
    """One line of one holder; its box covers the letters' full height. `em` is their size."""

    text: str
    box: Box
    """x0, top, x1, bottom in the reading frame."""
    baseline: float
    em: float
    holder: int
    wide_gaps: int
    """Gaps of WIDE_GAP or more in the line, and before it when more print stands to its left."""

    @property
    def x0(self) -> float:
        """Where the first letter begins."""
        return self.box[0]

    @property
    def x1(self) -> float:
        """Where the last letter ends."""
        return self.box[2]

    @property
    def middle(self) -> float:
        """Half the height of a letter over the baseline."""
        return self.baseline - 0.35 * self.em


def place_glyphs(layer: TextLayer, frame: Frame) -> Glyphs:
    """All characters in the reading frame."""
    x0, x1, top, bottom, baseline = _place(layer, frame)
    return Glyphs(layer.codes, x0, x1, top, bottom, baseline, layer.indices)


@compiled
def _place(layer: TextLayer, frame: Frame) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """x0, x1, top, bottom and baseline of each character.

    The origin is asked for at the start of each run of characters that stand side by side, and
    for narrow ones: a box that is the ink's says little of where the character begins.
    """
    left, top, right, bottom = layer.boxes.T
    x0, y0, x1, y1 = frame.boxes(left, top, right, bottom)
    height = y1 - y0
    starts = _run_starts(x0, x1, y0, y1, height)
    narrow = (layer.codes >= FULL_WIDTH) & (x1 - x0 < 0.8 * height)
    is_asked = starts | narrow
    asked = is_asked.nonzero()[0]
    origins = layer.origins(layer.indices[asked])
    begins, base = frame.points(origins[:, 0], origins[:, 1])
    x0[asked] = np.minimum(x0[asked], begins)
    y1[asked] = np.maximum(y1[asked], base)
    last = is_asked.cumsum() - 1
    return x0, x1, y0, y1, base[last]


def _run_starts(x0: Floats, x1: Floats, top: Floats, bottom: Floats, height: Floats) -> Flags:
    """Which characters do not simply stand to the right of the one before."""
    starts = np.ones(len(x0), dtype=bool)
    size = np.maximum(height[1:], height[:-1])
    gap = x0[1:] - x1[:-1]
    starts[1:] = (
        (np.abs(bottom[1:] - bottom[:-1]) > 0.25 * size)
        | (np.abs(top[1:] - top[:-1]) > 0.6 * size)
        | (gap < -0.5 * size)
        | (gap > size)
    )
    return starts


COLUMNS = 4
"""The turn of upright characters that run downward in columns (縦書き), right column first."""


def find_turns(layer: TextLayer, glyphs: Glyphs, frame: Frame) -> Integers | None:
    """By how many quarter turns each character stands off the frame; None when all run across.

    Only where one character follows the other up, down or backward is its angle asked for.
    Upright ones that follow each other downward (縦書き, stacked labels) get COLUMNS.
    """
    at = _off_the_line(glyphs)
    if not len(at):
        return None
    quarter = np.round(layer.angles(glyphs.index[at]) / (np.pi / 2)).astype(np.int64)
    turns = np.zeros(len(glyphs), dtype=np.int64)
    turns[at] = (-quarter - frame.turns) % 4
    turns[at[turns[at] == 0]] = COLUMNS
    return turns


@compiled
def _off_the_line(glyphs: Glyphs) -> Integers:
    """Which characters follow the one before up, down or backward, and those before them."""
    step = glyphs.x0[1:] - glyphs.x0[:-1]
    right, down = np.abs(step), np.abs(glyphs.baseline[1:] - glyphs.baseline[:-1])
    size = np.maximum((glyphs.bottom - glyphs.top)[1:], 2.0)
    is_off = (right < 0.3 * size) & (down > 0.15 * size) & (down < 3 * size)
    is_off |= (down < 0.1 * size) & (step < -0.3 * size) & (right < 3 * size)
    second = is_off.nonzero()[0]
    return np.unique(np.concatenate((second, second + 1)))


def keep_columns(glyphs: Glyphs, turns: Integers, holders: Integers) -> Integers | None:
    """Turns with COLUMNS only for whole cells set in several columns; None when nothing is left.

    A single column is a stacked label: its characters are lines one under the other.
    """
    kept = np.where(turns == COLUMNS, 0, turns)
    for holder in np.unique(holders[turns == COLUMNS]).tolist():
        mine = (holders == holder).nonzero()[0]
        flows_down = np.count_nonzero(turns[mine] == COLUMNS) > 0.7 * len(mine)
        if holder < 0 or not flows_down:
            continue
        middles = np.sort((glyphs.x0[mine] + glyphs.x1[mine]) / 2)
        size = float(np.median((glyphs.bottom - glyphs.top)[mine]))
        column_count = 1 + int(np.count_nonzero(np.diff(middles) > 0.6 * size))
        if 1 < column_count < len(mine) / 2:
            kept[mine] = COLUMNS
    return kept if kept.any() else None


def laid_across(glyphs: Glyphs) -> Glyphs:
    """Columns laid down as lines: down becomes right, and the right column the first line.

    Letters down a column stand farther apart than letters across; the air is counted to them.
    """
    air = 0.15 * (glyphs.bottom - glyphs.top)
    return Glyphs(
        glyphs.codes,
        glyphs.top - air,
        glyphs.bottom + air,
        -glyphs.x1,
        -glyphs.x0,
        -glyphs.x0,
        glyphs.index,
    )


def glyphs_to_lines(glyphs: Glyphs, holders: Integers, roomy: Flags) -> list[TextLine]:
    """Lines of every holder (a cell, or -1 for the free page), top to bottom, left to right.

    `roomy[h]`: the holder is the free page (last entry) or holds tables; far gaps part its lines.
    """
    return _lines(TextLine, glyphs, holders, roomy)


@compiled
def _lines(kind: type[TextLine], glyphs: Glyphs, holders: Integers, roomy: Flags) -> list[TextLine]:
    if not len(glyphs):
        return []
    order, line = _line_order(glyphs, holders)
    order, line = _without_fake_bold(glyphs, order, line)
    ordered, holder = glyphs.chosen(order), holders[order]
    return [kind(*row) for row in _cut_lines(ordered, holder, line, roomy) if row[0]]


def _line_order(glyphs: Glyphs, holders: Integers) -> tuple[Integers, Integers]:
    """Characters by holder, line and x; and the line's number of each."""
    by_height = np.lexsort((glyphs.baseline, holders))
    height = (glyphs.bottom - glyphs.top)[by_height]
    holder, baseline = holders[by_height], glyphs.baseline[by_height]
    taller = np.maximum(height[1:], height[:-1])
    step = baseline[1:] - baseline[:-1]
    new = (holder[1:] != holder[:-1]) | (step > SAME_LINE * np.maximum(taller, 3.0))
    line = np.concatenate(([0], np.cumsum(new)))
    by_x = np.lexsort((glyphs.x0[by_height], line))
    return by_height[by_x], line[by_x]


def _without_fake_bold(
    glyphs: Glyphs, order: Integers, line: Integers
) -> tuple[Integers, Integers]:
    codes, x0, y = glyphs.codes[order], glyphs.x0[order], glyphs.baseline[order]
    width = np.maximum((glyphs.x1 - glyphs.x0)[order], 1.0)
    again = np.zeros(len(order), dtype=bool)
    for back in (1, 2, 3):
        twice = (
            (codes[back:] == codes[:-back])
            & (line[back:] == line[:-back])
            & (x0[back:] - x0[:-back] < FAKE_BOLD * width[back:])
            & (np.abs(y[back:] - y[:-back]) < FAKE_BOLD * width[back:])
        )
        if not twice.any():
            break
        again[back:] |= twice
    return (order[~again], line[~again]) if again.any() else (order, line)


_Row = tuple[str, Box, float, float, int, int]
"""What a TextLine is made of."""


def _cut_lines(glyphs: Glyphs, holder: Integers, line: Integers, roomy: Flags) -> Iterable[_Row]:
    count = len(glyphs)
    blank = _are_blank(glyphs.codes)
    height = glyphs.bottom - glyphs.top
    width = glyphs.x1 - glyphs.x0
    em = np.where(glyphs.codes >= FULL_WIDTH, np.maximum(width, 0.75 * height), 0.75 * height)
    new = np.ones(count, dtype=bool)
    new[1:] = line[1:] != line[:-1]
    em = np.maximum.reduceat(em, new.nonzero()[0])[new.cumsum() - 1]
    gap, step = _gaps(glyphs, blank, line)
    far = (gap > FAR_GAP * em) & roomy[holder]
    far |= (gap > FAR_GAP_IN_CELL * em) & (np.abs(step) > 0.12 * em)
    new |= far
    spaced = (gap > VISIBLE_GAP * em) & ~new
    spaced[1:] &= ~blank[:-1]
    starts = new.nonzero()[0]
    wide = np.add.reduceat(gap > WIDE_GAP * em, starts, dtype=np.int64)
    return _made_lines(glyphs, blank, holder, em, starts, spaced.nonzero()[0], wide)


def _gaps(glyphs: Glyphs, blank: Flags, line: Integers) -> tuple[Floats, Floats]:
    """The free paper before each character and the step of the baseline, blanks counting as free."""
    if not blank.any():
        gap, step = np.zeros(len(line)), np.zeros(len(line))
        same = line[1:] == line[:-1]
        np.subtract(glyphs.x0[1:], glyphs.x1[:-1], out=gap[1:], where=same)
        np.subtract(glyphs.baseline[1:], glyphs.baseline[:-1], out=step[1:], where=same)
        return gap, step
    last = np.maximum.accumulate(np.where(blank, -1, np.arange(len(line))))
    previous = np.concatenate(([-1], last[:-1]))
    same = (previous >= 0) & (line[previous] == line) & ~blank
    gap = np.where(same, glyphs.x0 - glyphs.x1[previous], 0.0)
    step = np.where(same, glyphs.baseline - glyphs.baseline[previous], 0.0)
    return gap, step


def _made_lines(
    glyphs: Glyphs,
    blank: Flags,
    holder: Integers,
    em: Floats,
    starts: Integers,
    spaced: Integers,
    wide: Integers,
) -> Iterable[_Row]:
    moved = np.arange(len(glyphs))
    moved += np.searchsorted(spaced, moved, side="right")
    codes = np.full(len(glyphs) + len(spaced), 0x20, dtype="<u4")
    codes[moved] = glyphs.codes
    text = codes.tobytes().decode("utf-32-le", "replace")
    text_starts = moved[starts]
    baseline = np.maximum.reduceat(np.where(blank, -1e9, glyphs.baseline), starts)
    size = em[starts]
    boxes = (
        np.minimum.reduceat(np.where(blank, 1e9, glyphs.x0), starts),
        np.minimum(np.minimum.reduceat(glyphs.top, starts), baseline - 0.85 * size),
        np.maximum.reduceat(np.where(blank, -1e9, glyphs.x1), starts),
        np.maximum(np.maximum.reduceat(glyphs.bottom, starts), baseline + 0.12 * size),
    )
    words = _sliced(text, text_starts.tolist())
    if blank.any():
        has_blank = np.logical_or.reduceat(blank, starts).tolist()
        words = [_tidy(w) if tidies else w for w, tidies in zip(words, has_blank, strict=True)]
    return zip(
        words,
        zip(*np.array(boxes).round(2).tolist(), strict=True),
        baseline.tolist(),
        size.tolist(),
        holder[starts].tolist(),
        wide.tolist(),
        strict=True,
    )


def _sliced(text: str, starts: list[int]) -> list[str]:
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _are_blank(codes: Integers) -> Flags:
    blank: Flags = (codes == 0x20) | (codes == 0x3000) | (codes == 0xA0)
    return blank


def _tidy(text: str) -> str:
    """Outer blanks off; blanks in a row become one, a single printed blank stays as it is.

    >>> _tidy(" 項\u3000目   名 ")
    '項\u3000目 名'
    """
    return BLANKS_IN_A_ROW.sub(" ", text.strip(BLANKS))
