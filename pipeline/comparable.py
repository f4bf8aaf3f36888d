"""Which figures may be laid side by side, and why not.

One label means different things in two cities: 協議の場への参加者数 is a yearly total over twelve
meetings in one, persons per meeting in another. Beside the printed unit and value stand the
catalogue's unit and definition, `comparable`, and the reason when it is false. A figure is
comparable only where nothing printed speaks against it; a doubt is a reason.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from keikaku.normalizers.catalogue import Indicator, indicator_by_id
from keikaku.normalizers.registry import fold_label, read_registry

EQUAL_UNITS = (
    frozenset({"人", "人/年", "名"}),
    frozenset({"回", "回/年"}),
    frozenset({"件", "件/年"}),
    frozenset({"日/月", "人日/月"}),
    frozenset({"か所", "事業所"}),
)
"""Printed units of one meaning: 日/月 in a service table is person-days."""
REASONS = {
    "indicator_unknown": ("no indicator of the catalogue", "対応する指標がない"),
    "no_number": ("no number is reported", "数値の記載がない"),
    "difference": (
        "a difference (比較), defined by each sheet",
        "比較欄の定義は自治体ごとに異なる",
    ),
    "unit_differs": (
        "the printed unit is not the catalogue's",
        "単位が指標一覧と異なる",
    ),
    "period_not_printed": (
        "persons without a period: users of a month or of a year",
        "人数の期間（月・年）が記載されていない",
    ),
    "per_meeting": ("persons per meeting, not per year", "1回当たりの人数であり年間の人数でない"),
    "meeting_basis": (
        "a yearly total in some municipalities, persons per meeting in others",
        "年間延べ人数の自治体と1回当たりの人数の自治体がある",
    ),
    "narrower_denominator": (
        "the denominator is only those from 就労移行支援",
        "分母が就労移行支援からの移行者に限られる",
    ),
    "merged_services": ("two services in one figure", "2つのサービスの合計である"),
    "one_course": ("counts one course of training", "特定の研修の回数である"),
    "signing_only": (
        "sign-language interpreters only, without note-takers",
        "手話通訳者の派遣のみで、要約筆記者の派遣を含まない",
    ),
    "who_is_counted": (
        "staff of the municipality only, or of providers too",
        "職員のみか事業所従事者を含むかが自治体により異なる",
    ),
    "base_of_the_row": (
        "the base printed beside a count of movements is the number of residents",
        "基準値は移行者数ではなく基準時点の入所者数である",
    ),
    "residents_under_reduction": (
        "the row is named a reduction, the figure is the number of residents",
        "見出しは削減数だが、数値は入所者数である",
    ),
    "cumulation_not_printed": (
        "it is not printed whether the figure is cumulative",
        "累計か単年度かが記載されていない",
    ),
    "year_not_complete": (
        "stands before the end of its fiscal year",
        "年度途中の数値である",
    ),
    "provisional": ("printed as preliminary", "速報値・見込みである"),
    "doubtful_reading": ("the reading is inferred", "推定による読み取りである"),
}
"""Slug to sentence, English and Japanese."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is judged: the columns of an observation that bear on comparability."""

    indicator_id: str | None
    indicator: str
    measure: str
    section: str
    series: str | None
    plan_term: int | None
    fiscal_year: int | None
    as_of: datetime.date | None
    value: float | None
    unit: str | None
    status: str
    aggregation: str | None
    comparator: str | None
    provisional: bool
    certainty: str


@dataclass(frozen=True, slots=True)
class Comparability:
    """The catalogue's side of a figure, and the verdict."""

    catalogue_unit: str | None
    definition: str | None
    definition_en: str | None
    comparable: bool
    reason: str | None

    @property
    def sentence(self) -> str | None:
        """The reason in English; None when comparable."""
        return REASONS[self.reason][0] if self.reason else None

    @property
    def sentence_ja(self) -> str | None:
        """The reason in Japanese; None when comparable."""
        return REASONS[self.reason][1] if self.reason else None


@dataclass(frozen=True, slots=True)
class _Row:
    indicator_id: str
    label_contains: str
    reason: str
    source: str
    verified: str


def judge(figure: Figure) -> Comparability:
    """The catalogue's unit and definition of a figure, and whether it may be compared."""
    if figure.indicator_id is None:
        return Comparability(None, None, None, False, "indicator_unknown")
    known = indicator_by_id(figure.indicator_id)
    reason = _reason(figure, known)
    return Comparability(known.unit, known.name_ja, known.name_en, reason is None, reason)


def _reason(figure: Figure, known: Indicator) -> str | None:
    """The first reason against, from the definition to the date."""
    if figure.measure == "gap":
        return "difference"
    if figure.status != "reported" or figure.value is None:
        return "no_number"
    return (
        _reason_of_unit(figure.unit, known.unit)
        or _listed_reason(figure)
        or _reason_of_cumulation(figure, known)
        or _reason_of_date(figure)
    )


def _reason_of_unit(printed: str | None, expected: str) -> str | None:
    if printed == expected or any({printed, expected} <= equal for equal in EQUAL_UNITS):
        return None
    if printed == "人" and expected == "人/月":
        return "period_not_printed"
    if printed == "人/回":
        return "per_meeting"
    return "unit_differs"


def _listed_reason(figure: Figure) -> str | None:
    label = fold_label(figure.indicator)
    for row in _listed().get(figure.indicator_id or "", ()):
        if fold_label(row.label_contains) in label:
            return row.reason
    return None


def _reason_of_cumulation(figure: Figure, known: Indicator) -> str | None:
    """地域生活移行者数 counts from the start of the term; some cities print yearly cells."""
    if not known.aggregation.startswith("cumulative"):
        return None
    if figure.measure == "baseline":
        return "base_of_the_row"
    if figure.indicator_id == "facility_residents_reduction" and figure.comparator == "le":
        return "residents_under_reduction"
    if figure.measure != "actual":
        return None
    printed = figure.aggregation == "cumulative" or "累計" in figure.indicator
    return None if printed else "cumulation_not_printed"


def _reason_of_date(figure: Figure) -> str | None:
    if figure.certainty == "inferred":
        return "doubtful_reading"
    if figure.measure != "actual":
        return None
    if figure.fiscal_year and figure.as_of and figure.as_of < _last_day(figure.fiscal_year):
        return "year_not_complete"
    return "provisional" if figure.provisional else None


def _last_day(fiscal_year: int) -> datetime.date:
    return datetime.date(fiscal_year + 1, 3, 31)


@cache
def _listed() -> dict[str, tuple[_Row, ...]]:
    rows = read_registry("comparability", _Row)
    for row in rows:
        indicator_by_id(row.indicator_id)
        if row.reason not in REASONS:
            raise ValueError(f"comparability.csv: no such reason: {row.reason}")
    return {
        row.indicator_id: tuple(r for r in rows if r.indicator_id == row.indicator_id)
        for row in rows
    }
