"""The cells of a line that keeps its places, and the display columns that they take."""

from __future__ import annotations

from dataclasses import dataclass

import regex
from keikaku.extractors.lines.widths import width

_CELL = regex.compile(r"\S+(?:[ \u3000]\S+)*")


@dataclass(frozen=True, slots=True)
class SideLine:
    """A line's text, the display column where it begins, how many characters of it are known to be no part of a
    table, and its group."""

    text: str
    indent: int
    margin: int
    group: int


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """Words set apart by wide gaps, from one display column to another."""

    text: str
    left: int
    right: int
    end: int
    """Characters of the line up to its end."""


def placed_cells(line: SideLine, start: int = 0) -> list[PlacedCell]:
    """The cells of a line from a character on, parted by wide gaps."""
    return [
        PlacedCell(
            m[0],
            line.indent + width(line.text[: m.start()]),
            line.indent + width(line.text[: m.end()]),
            m.end(),
        )
        for m in _CELL.finditer(line.text, start)
    ]
