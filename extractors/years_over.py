"""Years of numbered headings within others: ２　サービスの実績（平成29年度） over （１）訪問系サービス and （２）居住系サービス.

The year that a heading names is that of all headings below it whose numbers are of an inner style, up to the next one of
its own style or of an outer one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex
from keikaku.extractors.entries import Evidence
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks

_STYLES = (
    regex.compile(r"[0-9]{1,2}[.、,]?"),
    regex.compile(r"\([0-9]{1,2}\)"),
    regex.compile(r"[①-⑳]"),
    regex.compile(r"[ア-ンa-z][.、,]?"),
    regex.compile(r"\([ア-ンa-z]\)"),
)
"""From the outermost to the innermost."""

Told = tuple[FiscalYear | None, Evidence | None]
_NOTHING: Told = (None, None)


@dataclass(slots=True)
class YearsOver:
    """The years of the numbered headings over a line, with the style of each, and the last number of each style."""

    told: list[tuple[int, Told]] = field(default_factory=list)
    counted: dict[int, int] = field(default_factory=dict)

    def take(self, text: str, own: Told, *, names_several: bool) -> Told:
        """The year that holds below the heading: its own, or that of the nearest over it. Where the numbers begin
        anew, a heading over them is lost, and with it its year."""
        style, number = _style_and_number(text)
        if style is None or number <= self.counted.get(style, 0):
            self.told, self.counted = [], {}
        if style is None:
            return own
        self.counted = {n: last for n, last in self.counted.items() if n < style}
        self.counted[style] = number
        self.told = [(other, year) for other, year in self.told if other < style]
        over = self.told[-1][1] if self.told else _NOTHING
        if own[0] is not None or names_several:
            self.told.append((style, own))
        return own if own[0] is not None or names_several else over


def _style_and_number(text: str) -> tuple[int | None, int]:
    marks = split_marks(text)
    shown = marks.mark.strip() if marks.mark is not None else ""
    shown = shown if _STYLES[2].fullmatch(shown) else fold(shown)
    style = next((n for n, style in enumerate(_STYLES) if style.fullmatch(shown)), None)
    return (style, marks.number) if marks.number is not None else (None, 0)
