"""Which indicator of the catalogue a printed label names (指標の判定).

一般就労移行者数, 年間一般就労する人数 and 一般就労に移行する者の数 are one indicator; and 就労定着支援事業の利用者数 is a share in the
sixth term, a count in a service table and a ratio in the seventh. So an indicator is decided by label, goal, unit and
term together, never by goal number, and only by exact words of the catalogue (folded, or in another form of them:
`label_forms`): a label that is not there stays unknown, and one that may be two is none.

>>> at = {"plan": None, "plan_term": 6, "measure": "target", "section": "target", "item": None}
>>> find_indicator("地域生活移行者数", goal_id="facility_to_community", unit="%", breakdown=None,
...     **at).indicator_id
'community_transition_rate'
>>> find_indicator("コーディネーターの配置", goal_id=None, unit="人", breakdown=None, **at).reason
'ambiguous'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from keikaku.normalizers.catalogue import (
    MENTAL,
    MENTAL_GOAL,
    OPEN_GOALS,
    Indicator,
    Rule,
    indicator_by_id,
    labels_by_core,
    named_by_label,
    rules_by_core,
    rules_by_label,
    sibling_of,
    unit_family,
)
from keikaku.normalizers.label_forms import (
    core_of,
    is_whole,
    quantity_of,
    split_quantity,
    without_brackets,
)
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.registry import fold_label

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMS_BETWEEN_PLANS = 4
"""The child plan's first term is the disability plan's fifth."""
PER_VISIT_UNITS = {
    "人日/月": ("人日/月", "日/月"), "日/月": ("日/月", "人日/月"), "日": ("人日/月", "日/月"),
    "人日": ("人日/月", "日/月"), "時間/月": ("時間/月",), "時間": ("時間/月",),
    "回/月": ("回/月",), "回": ("回/月",),
}  # fmt: skip
"""Units that the catalogue prints in brackets behind a service's name."""
UNITS_OF_QUANTITIES = {
    "persons": "人", "hours": "時間", "days": "人日", "visits": "回", "cases": "件", "places": "か所",
}  # fmt: skip
"""The unit of a quantity that prints none (延べ利用日数 over a dash)."""
_PART_WITHIN = re.compile(r"(?P<whole>[^()]+?)(?:のうち・?|[(]うち・?)(?P<part>[^()]+)[)]?")
"""共同生活援助の利用者数のうち精神障害者, 共同生活援助(うち重度障害者)."""
_COUNTS = re.compile(r"数(?:\([^()]*\))?$")
_COUNTED = re.compile(r"(?:数|率|割合|比|定員|人員|者|額|工賃|状況)(?:\([^()]*\))?$")
_AIM = re.compile(r"(?:機能)?(?:強化|推進|充実|促進|拡充|整備|運営|助成)(?:事業)?$")
_TWINS = ("人日/月", "日/月", "時間/月", "回/月")
YEAR_BEFORE = re.compile(
    r"^(?:(?:令和|平成|R|H)?(?:元|[0-9]+)年度(?:末|中)?(?:時点|現在)?(?:まで)?(?:における|の|に|で)?)+"
)


@quickly_made
@dataclass(frozen=True, slots=True)
class Match:
    """What a label was found to be. `reason` says how, or why not: `alias`, `rule`, `subset`,
    `unit`; `unknown_label`, `ambiguous`, `other_goal`, `other_unit`, `unknown_subset`."""

    indicator_id: str | None
    candidates: tuple[str, ...]
    reason: str


@quickly_made
@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label is printed: all that may decide between its meanings."""

    goal_id: str | None
    term: int | None
    unit: str | None
    measure: str
    section: str
    item: str
    series: str | None
    comparator: str | None
    around: str
    of_all_users: bool
    counts: bool = False
    """Does the label end in a number (設置数)?"""
    is_quantity: bool = False
    """Is it counted in the quantity behind the label (の件数)?"""


@lru_cache(maxsize=4_096)
def find_indicator(
    label: str,
    *,
    goal_id: str | None,
    plan: str | None,
    plan_term: int | None,
    unit: str | None,
    measure: str,
    section: str,
    item: str | None,
    breakdown: str | None,
    subset_of: str | None = None,
    series: str | None = None,
    comparator: str | None = None,
    of_all_users: bool = False,
) -> Match:
    """The indicator of a printed row label in its place.

    `breakdown` is the second-level label (保健; 就労移行支援事業所からの移行; 精神障害者 for a [ ]
    subset), `subset_of` the legend that says what a bracket holds, `series` the printed row label
    below the indicator (入所者数, 利用率), `comparator` that of the figure; `of_all_users` says that the services
    of its table are those of all users, though it stands under the goal for mental disability.
    """
    around = fold_label(" ".join(filter(None, (label, item, breakdown, subset_of, series))))
    place = _Place(
        goal_id, _common_term(plan, plan_term), unit, measure, section, fold_label(item or ""),
        fold_label(series) if series else None, comparator, around, of_all_users,
    )  # fmt: skip
    if unit is None and (quantity := quantity_of(series or "") or quantity_of(breakdown or "")):
        place = replace(place, unit=UNITS_OF_QUANTITIES.get(quantity))
    subset = " ".join(filter(None, (breakdown, subset_of)))
    if subset:
        return _find_part(label, subset, breakdown, place)
    if series and (found := _find_first((series, f"{label}の{series}"), place)).indicator_id:
        return found
    found = _find_label(label, place)
    if found.reason == "unknown_label" and (parts := _PART_WITHIN.fullmatch(fold_label(label))):
        return _find_part(parts["whole"], parts["part"], parts["part"], place)
    return _widen_to_mental(found, place)


def _common_term(plan: str | None, plan_term: int | None) -> int | None:
    if plan_term is not None and plan == "child_disability_welfare":
        return plan_term + TERMS_BETWEEN_PLANS
    return plan_term


def _find_part(label: str, subset: str, breakdown: str | None, place: _Place) -> Match:
    """A breakdown: its name joined to the label, a known part of the whole, how much of the whole, or its own name."""
    if breakdown:
        joined = _find_first((f"{label}({breakdown})", f"{label}の{breakdown}"), place)
        if joined.indicator_id:
            return _widen_to_mental(joined, place)
    whole = _find_label(label, place)
    part = (
        sibling_of(whole.indicator_id, "subset", fold_label(subset)) if whole.indicator_id else None
    )
    if part:
        return Match(part, (part,), "subset")
    if breakdown:
        return _find_breakdown(label, breakdown, whole, place)
    return Match(None, whole.candidates, "unknown_subset") if whole.indicator_id else whole


def _find_breakdown(label: str, breakdown: str, whole: Match, place: _Place) -> Match:
    """A breakdown that is a name by itself, the total of the whole, or says only how it is counted."""
    if (found := _find_label(breakdown, place)).indicator_id and _may_head(label, whole, found):
        return _widen_to_mental(found, place)
    if is_whole(breakdown) or quantity_of(breakdown) not in (None, "places"):
        return _widen_to_mental(whole, place)
    return Match(None, whole.candidates, "unknown_subset")


def _may_head(label: str, whole: Match, found: Match) -> bool:
    """日中活動系サービス may stand over 生活介護; what counts itself may not: 定員 of 生活介護 is no number of its users, nor are
    those who moved into a 共同生活援助, and a project (…の機能強化) has its own of a service."""
    is_service = indicator_by_id(found.indicator_id or "").goal in OPEN_GOALS
    if whole.indicator_id is not None:
        return not is_service or indicator_by_id(whole.indicator_id).goal in OPEN_GOALS
    if whole.reason != "unknown_label":
        return True
    folded = fold_label(label)
    return not (_COUNTED.search(folded) or (is_service and _AIM.search(folded)))


def _find_first(labels: tuple[str, ...], place: _Place) -> Match:
    """The first of several ways to print a name that is known; else the miss of the last."""
    found = Match(None, (), "unknown_label")
    for label in labels:
        if (found := _find_label(label, place)).indicator_id:
            return found
    return found


def _widen_to_mental(found: Match, place: _Place) -> Match:
    """Under goal 2, or a heading 精神障害者の…, a service row counts only mental users."""
    if found.indicator_id is None or place.of_all_users:
        return found
    if place.goal_id != MENTAL_GOAL and MENTAL not in place.item:
        return found
    if indicator_by_id(found.indicator_id).goal not in OPEN_GOALS:
        return found
    part = sibling_of(found.indicator_id, "subset", MENTAL)
    return Match(part, (part or found.indicator_id,), "subset" if part else "unknown_subset")


def _find_label(label: str, place: _Place) -> Match:
    """By rule where the label has rules, else by alias; then the sibling that the unit asks for. Of each form
    of the label the exact words go before other wordings of them."""
    place = replace(place, counts=_COUNTS.search(label) is not None)
    for key, at in _keys(fold_label(label), place):
        rules, named = rules_by_label().get(key), named_by_label().get(key)
        if not rules and not named:
            rules, named = rules_by_core().get(core_of(key)), labels_by_core().get(core_of(key))
        if rules:
            return _decide_by_rule(rules, at)
        if named:
            if at.unit is None and _has_twin(core_of(key)):
                return Match(None, named, "ambiguous")
            return _decide_by_place(named, at)
    return Match(None, (), "unknown_label")


def _plain(folded: str) -> str:
    """Without the year before it and the brackets behind it that say how or when it is counted."""
    while (shorter := without_brackets(YEAR_BEFORE.sub("", folded))) != folded and shorter:
        folded = shorter
    return folded


def _keys(folded: str, place: _Place) -> Iterator[tuple[str, _Place]]:
    """The label's forms, most specific first, each in its place: without the quantity behind it, its figures are of
    the quantity."""
    plain = _plain(folded)
    name, quantity = split_quantity(plain)
    of_quantity = place
    if quantity is not None:
        unit = place.unit or UNITS_OF_QUANTITIES.get(quantity)
        of_quantity = replace(place, unit=unit, is_quantity=True)
    if quantity != "places":
        units = PER_VISIT_UNITS.get(of_quantity.unit or "", ())
        yield from ((f"{name}({unit})", of_quantity) for unit in units)
    yield folded, place
    yield plain, place
    if quantity is not None and quantity != "places":
        if quantity == "persons":
            yield f"{name}の利用者数", of_quantity
        yield name, of_quantity


@cache
def _has_twin(core: str) -> bool:
    """居宅介護 is counted in persons and in hours: without a unit it may be either."""
    return any(f"{core}({unit})" in labels_by_core() for unit in _TWINS)


def _decide_by_rule(rules: tuple[Rule, ...], place: _Place) -> Match:
    candidates = tuple(dict.fromkeys(rule.indicator_id for rule in rules))
    holding = dict.fromkeys(rule.indicator_id for rule in rules if _rule_holds(rule, place))
    if len(holding) == 1:
        return Match(next(iter(holding)), candidates, "rule")
    return Match(None, candidates, "ambiguous")


def _rule_holds(rule: Rule, place: _Place) -> bool:
    return (
        _allows(rule.goal, place.goal_id)
        and _allows(rule.unit, place.unit)
        and _allows(rule.section, place.section)
        and _allows(rule.measure, place.measure)
        and _allows(rule.series, place.series)
        and _allows(rule.comparator, place.comparator)
        and _term_allows(rule.term, place.term)
        and (not rule.context or any(word in place.around for word in rule.context.split("|")))
    )


def _allows(condition: str, found: str | None) -> bool:
    """An empty condition allows all; `-` allows that nothing is printed."""
    return not condition or (found or "-") in condition.split("|")


def _term_allows(condition: str, term: int | None) -> bool:
    if not condition:
        return True
    first, _, last = condition.partition("-")
    upper = (int(last) if last else 99) if "-" in condition else int(first)
    return term is not None and int(first) <= term <= upper


def _decide_by_place(candidates: tuple[str, ...], place: _Place) -> Match:
    """Goal first, then unit, then term; what is left must be one."""
    near = tuple(c for c in candidates if _is_at_home(indicator_by_id(c), place))
    if not near:
        return Match(None, candidates, "other_goal")
    fitting = tuple(dict.fromkeys(filter(None, (_in_unit(c, place) for c in near))))
    if not fitting:
        return Match(None, near, "other_unit")
    if len(fitting) > 1:
        fitting = tuple(c for c in fitting if _in_term(indicator_by_id(c), place.term)) or fitting
    if len(fitting) > 1:
        return Match(None, fitting, "ambiguous")
    return Match(fitting[0], candidates, "alias" if fitting[0] in candidates else "unit")


def _is_at_home(indicator: Indicator, place: _Place) -> bool:
    return (
        place.goal_id is None
        or place.goal_id in OPEN_GOALS
        or indicator.goal in OPEN_GOALS
        or indicator.goal == place.goal_id
    )


def _in_unit(indicator_id: str, place: _Place) -> str | None:
    """The indicator itself where the unit fits, its sibling in that unit, or None."""
    for printed in _unit_spellings(place):
        if sibling := sibling_of(indicator_id, "unit", printed):
            return sibling
    family = unit_family(indicator_by_id(indicator_id).unit)
    fits_any = place.unit is None or (family == "status" and not place.is_quantity)
    return indicator_id if fits_any or family == unit_family(place.unit) else None


def _unit_spellings(place: _Place) -> tuple[str, ...]:
    """The printed unit, and the plain unit of its family that the siblings are listed by; a number (設置数) that prints
    none is not in words for that."""
    plain = {"persons": "人", "events": "回", "share": "%"}.get(unit_family(place.unit) or "")
    unprinted = None if place.counts else "-"
    return tuple(dict.fromkeys(filter(None, (place.unit or unprinted, plain))))


def _in_term(indicator: Indicator, term: int | None) -> bool:
    if term is None:
        return True
    return indicator.first_term <= term <= (indicator.last_term or term)
