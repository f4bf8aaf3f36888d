"""The national frame (D): municipal targets beside the guideline of their term, and figures that
no indicator of the catalogue could be found for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keikaku.normalizers.indicators import find_indicator
from keikaku.normalizers.national import NationalValue, guideline
from keikaku.normalizers.registry import fold_label
from keikaku.pipeline.checks.figures import (
    counts_residents,
    printed_numbers,
    same_family,
    value_of,
)
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja, number
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Narrative, Observation

TERMS_BETWEEN_PLANS = 4
RESIDENTS_IN_PROSE = re.compile(r"施設入所者数\(?([0-9,]+)人")
RESIDENTS = frozenset({"facility_residents", "facility_residents_reduction"})
"""Beside both stands the number of residents at the base year's end as 基準値."""
REASONS = {
    "unknown_label": "the catalogue has no such name",
    "ambiguous": "goal, unit and term leave more than one indicator",
    "other_goal": "the name belongs to an indicator of another goal",
    "other_unit": "the name is known, but not with this unit",
    "unknown_subset": "the catalogue has no indicator for this part of the users",
}
REASONS_JA = {
    "unknown_label": "指標一覧に該当する名称がない",
    "ambiguous": "目標・単位・期によっても一つに決まらない",
    "other_goal": "名称は別の成果目標の指標である",
    "other_unit": "名称は一致するが単位が異なる",
    "unknown_subset": "この内訳に当たる指標がない",
}


@rule("target_below_guideline", family="D1", severity="info")
def check_guideline(records: DocumentRecords) -> Iterator[Doubt]:
    """The municipal target against the national guideline of its term."""
    for target in printed_numbers(records.observations):
        if target.measure != "target" or target.indicator_id is None:
            continue
        asked = guideline(target.indicator_id, _common_term(target))
        if asked and asked.value is not None and same_family(asked.unit, target.unit):
            low = value_of(target) < asked.value and asked.comparator == "ge"
            high = value_of(target) > asked.value and asked.comparator == "le"
            if low or high:
                yield _guideline_doubt(target, amount(target), asked)


@rule("residents_target_below_guideline", family="D1", severity="info")
def check_residents(records: DocumentRecords) -> Iterator[Doubt]:
    """A bound on residents against the reduction that the guideline asks for."""
    numbers = printed_numbers(records.observations)
    for target in numbers:
        if not _bounds_residents(target):
            continue
        asked = guideline("facility_residents_reduction_rate", _common_term(target))
        base = _residents_at_base(target, numbers, records.narratives)
        if asked is None or asked.value is None or not base:
            continue
        reduction = 100 * (base - value_of(target)) / base
        if reduction < asked.value:
            yield _guideline_doubt(
                target, f"{reduction:.1f}% ({number(base)}→{amount(target)})", asked
            )


def _bounds_residents(target: Observation) -> bool:
    """施設入所者数 271人を超えない; also under the name 削減見込者数 (72人を超えない)."""
    if counts_residents(target):
        return True
    return target.measure == "target" and target.indicator_id == "facility_residents"


def _common_term(target: Observation) -> int:
    child = target.plan == "child_disability_welfare"
    return (target.plan_term or 0) + (TERMS_BETWEEN_PLANS if child else 0)


def _residents_at_base(
    target: Observation, numbers: tuple[Observation, ...], narratives: tuple[Narrative, ...]
) -> float | None:
    for base in numbers:
        if base.indicator_id in RESIDENTS and base.measure == "baseline" and base.unit == "人":
            return value_of(base)
    for narrative in narratives:
        near = narrative.section == "rationale" and narrative.goal_number == target.goal_number
        if near and (found := RESIDENTS_IN_PROSE.search(fold_label(narrative.text or ""))):
            return float(found.group(1).replace(",", ""))
    return None


def _guideline_doubt(target: Observation, promised: str, asked: NationalValue) -> Doubt:
    wanted = f"{number(asked.value or 0)}{asked.unit or ''}"
    checked = "" if asked.verified else " (not verified)"
    return Doubt(
        (target,),
        (),
        f"The target {cite(target)} is {promised}; the guideline of term {asked.term} asks for "
        f"{asked.name_ja} {wanted} ({asked.source}){checked}.",
        f"目標値{cite_ja(target)}は{promised}であり、第{asked.term}期の国の基本指針は"
        f"{asked.name_ja}{wanted}を求めている。",
        wanted,
        promised,
    )


@rule("indicator_unknown", family="D0", severity="info")
def check_unknown(records: DocumentRecords) -> Iterator[Doubt]:
    """A row whose indicator stays null, with the reason."""
    seen: set[tuple[object, ...]] = set()
    for figure in records.observations:
        key = (figure.plan, figure.goal_number, figure.indicator, figure.breakdown, figure.unit)
        if figure.indicator_id is not None or key in seen:
            continue
        seen.add(key)
        match = find_indicator(
            figure.indicator, goal_id=figure.goal_id, plan=figure.plan, plan_term=figure.plan_term,
            unit=figure.unit, measure=figure.measure, section=figure.section, item=figure.item,
            breakdown=figure.breakdown, series=figure.series, comparator=figure.comparator,
        )  # fmt: skip
        reason = match.reason if match.indicator_id is None else "ambiguous"
        yield Doubt(
            (figure,),
            (),
            f"No indicator for {cite(figure)}: {REASONS[reason]}.",
            f"{cite_ja(figure)}に対応する指標がない：{REASONS_JA[reason]}。",
            ", ".join(match.candidates) or None,
            figure.indicator,
        )
