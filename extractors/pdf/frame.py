"""Where a page's points lie as the reader of the paper sees them.

PDF counts from the bottom left of an unturned page. A reader sees the page after /Rotate, and
tables set sideways on an upright page (横向きの表) after turning the paper by a quarter. A Frame
carries page space to the *reading* frame (upright text, origin top left) and boxes from there back
to the page as shown, in which every Span is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from keikaku.extractors.document import Box
from keikaku.extractors.pdf.engine import Floats


@dataclass(frozen=True, slots=True)
class Frame:
    """`left`, `bottom`: the corner of the crop box; `turns`: quarter turns clockwise to read.

    `shown_turns` of these come from /Rotate; the rest is what the reader turns the paper by.
    """

    left: float
    bottom: float
    crop_width: float
    crop_height: float
    turns: int
    shown_turns: int

    @property
    def width(self) -> float:
        """Width of the reading frame in points."""
        return self.crop_height if self.turns % 2 else self.crop_width

    @property
    def height(self) -> float:
        """Height of the reading frame in points."""
        return self.crop_width if self.turns % 2 else self.crop_height

    def turned(self, quarter_turns: int) -> Frame:
        """The same page read after turning the paper further."""
        turns = (self.turns + quarter_turns) % 4
        return Frame(
            self.left, self.bottom, self.crop_width, self.crop_height, turns, self.shown_turns
        )

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Page space to reading frame."""
        u, v = x - self.left, y - self.bottom
        if self.turns == 0:
            return u, self.crop_height - v
        if self.turns == 1:
            return v, u
        if self.turns == 2:
            return self.crop_width - u, v
        return self.crop_height - v, self.crop_width - u

    def boxes(self, left: Floats, top: Floats, right: Floats, bottom: Floats) -> Floats:
        """Boxes of page space as rows x0, top, x1, bottom of the reading frame."""
        xa, ya = self.points(left, bottom)
        xb, yb = self.points(right, top)
        return np.array(
            (np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb))
        )

    def shown(self, box: Box) -> Box:
        """A box of the reading frame on the page as shown."""
        return self.turned_back(box, (self.turns - self.shown_turns) % 4)

    def turned_back(self, box: Box, turns: int) -> Box:
        """A box of this frame in the frame before these quarter turns."""
        x0, top, x1, bottom = box
        if turns == 1:
            box = top, self.width - x1, bottom, self.width - x0
        elif turns == 2:
            box = self.width - x1, self.height - bottom, self.width - x0, self.height - top
        elif turns == 3:
            box = self.height - bottom, x0, self.height - top, x1
        return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
