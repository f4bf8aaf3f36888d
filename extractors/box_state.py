"""What the captions, headings and lines of a box, read so far, say of the tables and words below them."""

from __future__ import annotations

from dataclasses import dataclass, field

from keikaku.extractors.document import Block
from keikaku.extractors.entries import Evidence
from keikaku.extractors.headings import units_in
from keikaku.extractors.heads import Role
from keikaku.normalizers.fiscal_years import FiscalYear


@dataclass(slots=True)
class BoxState:
    """What the lines of a box so far say about what follows."""

    section: str
    measure: Role | None
    title_measure: Role | None = None
    """What the title right over a table says; the next title may say nothing."""
    caption: str | None = None
    item: str | None = None
    item_number: int | None = None
    year: FiscalYear | None = None
    year_source: Evidence | None = None
    units: tuple[str, ...] = ()
    unit_level: int | None = None
    """Level of the heading that gave the units; None where something else did."""
    is_review: bool = False
    """Below a caption such as 【評価(C)】: a year alone is that of the words below it."""
    heading: str | None = None
    """The heading or title right above: the name of a table whose rows have none."""
    is_past: bool = False
    """Under a heading such as 現状と課題."""
    outer: tuple[str, Role | None] | None = None
    """Section and measure to go back to when the point that a nested caption belongs to ends."""
    prose: list[Block] = field(default_factory=list)

    def take_heading_units(self, text: str, level: int) -> None:
        """## 表１　利用者数（令和７年度、単位：人）: a unit for the tables below, up to the next such heading."""
        if units := units_in(text):
            self.units, self.unit_level = units, level
        elif self.unit_level is not None and level <= self.unit_level:
            self.units, self.unit_level = (), None
