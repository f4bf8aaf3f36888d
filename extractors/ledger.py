"""The ledger: every line and every empty cell of a document ends as exactly one thing.

label (a head, a label, a legend), entry (a figure or status), prose, ignored with a reason (page
number, echo of a nested table), or finding (not understood, and reported). `units_of` lists what
must be accounted for; what no stage has claimed is a finding by itself, so nothing disappears.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from keikaku.extractors.document import Block, Cell, Grid, Line, Span
from keikaku.normalizers.quickly_made import quickly_made


class Fate(StrEnum):
    """What became of a printed line or an empty cell."""

    LABEL = "label"
    ENTRY = "entry"
    PROSE = "prose"
    IGNORED = "ignored"
    FINDING = "finding"


@quickly_made
class LedgerRow(NamedTuple):
    """One printed line, or one empty cell (text ""), and what became of it."""

    text: str
    span: Span
    fate: Fate
    reason: str


_UNCLAIMED = (Fate.FINDING, "unclaimed")
_BLANK = (Fate.IGNORED, "blank")


class Ledger:
    """Collects fates while a document is read; the first claim on a unit stands."""

    def __init__(self) -> None:
        self._fates: dict[Span, tuple[Fate, str]] = {}

    def claim(self, lines: Iterable[Line | Cell], fate: Fate, reason: str) -> None:
        """Lines, or cells with all their own lines (an empty cell counts itself)."""
        fates, claimed = self._fates, (fate, reason)
        for thing in lines:
            if isinstance(thing, Line) or not thing.lines:
                fates.setdefault(thing.span, claimed)
                continue
            for line in thing.lines:
                fates.setdefault(line.span, claimed)

    def claim_again(self, span: Span, fate: Fate, reason: str) -> None:
        """Change what became of a line or cell after a closer look; its lines lie within `span`."""
        if span in self._fates:
            self._fates[span] = (fate, reason)

    def has(self, line: Line) -> bool:
        """Is this line already accounted for?"""
        return line.span in self._fates

    def close(self, blocks: Iterable[Block]) -> tuple[LedgerRow, ...]:
        """A row for every unit of the document; an unclaimed line is a finding."""
        fates = self._fates
        return tuple(
            [
                LedgerRow(text, span, *fates.get(span, _UNCLAIMED if text else _BLANK))
                for text, span in units_of(blocks)
            ]
        )


def units_of(blocks: Iterable[Block]) -> list[tuple[str, Span]]:
    """Every printed line and every empty cell of these blocks, in order, nested ones included."""
    units: list[tuple[str, Span]] = []
    _add_units(blocks, units)
    return units


def _add_units(blocks: Iterable[Block], units: list[tuple[str, Span]]) -> None:
    for block in blocks:
        if not isinstance(block, Grid):
            units += block.lines
            continue
        for cell in (*block.cells, *block.echoes):
            if cell.blocks:
                _add_units(cell.blocks, units)
            else:
                units.append(("", cell.span))
