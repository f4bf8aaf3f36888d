"""Labels that stack what is counted, line over line, as the cells beside them stack the figures.

``児童発達支援 / 利用者数（人） / 利用日数（日）`` beside ``50 / 400``; ``（人/月） / （日/月）`` below a name. The
last lines go with the lines of each cell, in order; what stands above them is the name. A cell with another
number of lines is not told which of them it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Cell, Line
from keikaku.extractors.entries import Label
from keikaku.extractors.heads import split_unit
from keikaku.extractors.words import is_quantity, is_unspecific, joined
from keikaku.normalizers.folding import fold
from keikaku.normalizers.units import find_unit

_IN_BRACKETS = regex.compile(
    r"[(（\[［〔][\s　]*(?:単位[:：]?)?(?P<unit>[^()（）\[\]［］〔〕]+)[)）\]］〕]"
)


@dataclass(frozen=True, slots=True)
class StackedLabel:
    """`name` over the lines, and a unit for each line; `counts` where the lines say more than a unit."""

    name: Label | None
    counts: Label | None
    units: tuple[str, ...]
    size: int
    """How many lines go with the lines of a cell; 1 for a name over its unit."""


def read_stacked(cell: Cell) -> StackedLabel | None:
    """The label of a cell whose last lines are counts or units, else None.

    None where its lines are one name, or names of their own.
    """
    lines = cell.lines
    if len(lines) < 2:
        return None
    units = _tail(lines, _unit_of_line)
    if units and len(units) < len(lines):
        return StackedLabel(_name(lines, len(units), cell), None, units, len(units))
    counts = _tail(lines, _count_of_line)
    if len(counts) < 2:
        return None
    printed = tuple(line.text for line in lines[-len(counts) :])
    told = [split[1] for text in printed if (split := split_unit(text)) is not None]
    own = tuple(told) if len(told) == len(counts) else ()
    label = Label("・".join(counts), counts, cell.span)
    return StackedLabel(_name(lines, len(counts), cell), label, own, len(counts))


def _tail(lines: Sequence[Line], read: Callable[[str], str | None]) -> tuple[str, ...]:
    """What is read of the last lines, up to the first from below that is not such."""
    found: list[str] = []
    for line in reversed(lines):
        if (said := read(line.text)) is None:
            break
        found.insert(0, said)
    return tuple(found)


def _unit_of_line(text: str) -> str | None:
    """（人/月）, 人日/月; 人 alone may be the end of a name."""
    match = _IN_BRACKETS.fullmatch(text.strip())
    unit = match["unit"] if match is not None else text.strip()
    is_one = match is not None or "/" in fold(unit)
    return unit if is_one and find_unit(unit) is not None else None


def _count_of_line(text: str) -> str | None:
    """利用者数（人）: 利用者数; 延べ利用日数."""
    split = split_unit(text)
    words = split[0] if split is not None else text.strip()
    return words if is_quantity(words) or is_unspecific(words) else None


def _name(lines: Sequence[Line], size: int, cell: Cell) -> Label | None:
    above = lines[: len(lines) - size]
    words = joined(above)
    return Label(words, (words,), cell.span) if above else None
