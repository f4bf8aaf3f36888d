"""National reference values (国の目標値と実績): what the guideline of a term asks, and what came of it.

`target` is the guideline's own figure (6% of the residents of 令和元年度末), `target_aggregate` the sum
of what prefectures promised, `actual` the national result. A value may be a range
(106000-123000) or words (設置), so the printed text is kept beside the number. Rows that were not
checked against their source stay `verified` = False.

>>> guideline("community_transition_rate", 6).value
6.0
>>> guideline("employment_transitions_ratio", 7).value
1.28
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from keikaku.normalizers.registry import read_registry


@dataclass(frozen=True, slots=True)
class NationalValue:
    """One national figure. `term` counts in the disability plan's numbering."""

    term: int
    plan: str
    goal: str
    indicator_id: str
    name_ja: str
    record: str
    value: float | None
    printed: str
    unit: str | None
    comparator: str
    fiscal_year: int
    base: str | None
    source: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class PlanTerm:
    """A term of three years; `child_term` is the child plan's number, None before its first."""

    term: int
    child_term: int | None
    first_year: int
    last_year: int
    base_year_facility: str
    base_year_employment: str
    guideline_notice: str
    verified: bool


@dataclass(frozen=True, slots=True)
class _Row:
    term: str
    plan: str
    goal: str
    indicator_id: str
    name_ja: str
    record: str
    value: str
    unit: str
    comparator: str
    fiscal_year: str
    base: str
    source: str
    verified: str
    note: str


@dataclass(frozen=True, slots=True)
class _TermRow:
    term: str
    disability_plan: str
    child_plan: str
    first_fy: str
    last_fy: str
    first_fy_western: str
    last_fy_western: str
    base_year_facility: str
    base_year_employment: str
    guideline_notice: str
    verified: str
    note: str


def guideline(indicator_id: str, term: int) -> NationalValue | None:
    """What the guideline of a term asks for an indicator; None when it asks nothing."""
    for row in all_national_values():
        if (row.indicator_id, row.term, row.record) == (indicator_id, term, "target"):
            return row
    return None


def national_actuals(indicator_id: str) -> tuple[NationalValue, ...]:
    """National results of an indicator, in year order."""
    found = (r for r in all_national_values() if r.indicator_id == indicator_id)
    return tuple(sorted((r for r in found if r.record == "actual"), key=lambda r: r.fiscal_year))


@cache
def all_national_values() -> tuple[NationalValue, ...]:
    """The registry, in its order."""
    return tuple(
        NationalValue(
            int(row.term), row.plan, row.goal, row.indicator_id, row.name_ja, row.record,
            _number(row.value), row.value, row.unit or None, row.comparator,
            int(row.fiscal_year), row.base or None, row.source, row.verified == "yes", row.note,
        )
        for row in read_registry("national", _Row)
    )  # fmt: skip


@cache
def all_plan_terms() -> tuple[PlanTerm, ...]:
    """The terms, oldest first."""
    return tuple(
        PlanTerm(
            int(row.term), int(row.child_plan[1:-1]) if row.child_plan else None,
            int(row.first_fy_western), int(row.last_fy_western), row.base_year_facility,
            row.base_year_employment, row.guideline_notice, row.verified == "yes",
        )
        for row in read_registry("terms_of_reference", _TermRow)
    )  # fmt: skip


def _number(text: str) -> float | None:
    """None for a range or for words."""
    try:
        return float(text)
    except ValueError:
        return None
