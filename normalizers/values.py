"""Value: what one printed figure, mark or status word says.

A cell such as ``4人 (5.6%)`` holds two values; ``—`` holds one, whose status is `not_reported`;
``設置`` holds one that is `qualitative`. A value never loses the text that it was read from:
`printed` is the slice ``cell_text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keikaku.normalizers.quickly_made import quickly_made


class Status(StrEnum):
    """How a cell reports (contract column `status`)."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    QUALITATIVE = "qualitative"
    MISSING = "missing"


class Comparator(StrEnum):
    """How the printed number bounds the quantity (contract column `comparator`)."""

    EQ = "eq"
    GE = "ge"
    LE = "le"
    GT = "gt"
    LT = "lt"
    APPROX = "approx"


class Standing(StrEnum):
    """Where in its cell a value stands."""

    MAIN = "main"
    PARENTHESIS = "parenthesis"
    """Inside ( ) or （ ）: another unit, last year, a subset: the unit or a legend decides."""
    BRACKET = "bracket"
    """Inside [ ], 〔 〕 or 【 】: mostly a subset (内数) that a legend names."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Value:
    """One reading of a printed cell, or of a part of it.

    `amount` is the number (percent as 0 to 100, 割 already turned into percent, ▲ as minus), None
    without one. `high` is the upper end of a printed range (``1～3回``: amount 1, high 3).
    `unit` is canonical (か所, 人/月, % …), None when the cell prints none. `words` are the words of a
    qualitative value, or the words kept beside a figure in a short phrase (``3人配置``: 配置).
    `label` is a label printed inside the cell (``児発：2か所``: 児発). `base` is the printed base of
    a ratio (``令和元年度の1.27倍以上``: 令和元年度). `when` is the year or date
    printed beside the figure (``12人（2017年度）``: 2017年度), for `fiscal_years` to read. `line` counts
    the cell's printed lines from 0, blank lines left out.
    `flags` are slugs such as `kanji_one_or_dash`, `range`, `not_yet_available`, `no_target`.
    """

    status: Status
    printed: str
    start: int
    end: int
    amount: float | None = None
    high: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    words: str | None = None
    label: str | None = None
    base: str | None = None
    when: str | None = None
    standing: Standing = Standing.MAIN
    line: int = 0
    aggregation: str | None = None
    provisional: bool = False
    flags: tuple[str, ...] = ()
