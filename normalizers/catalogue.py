"""Indicator catalogue (指標): one slug for what municipalities print under many names.

一般就労移行者数, 年間一般就労する人数 and 一般就労に移行する者の数 are one indicator; and
就労定着支援事業の利用者数 is a share in the sixth term, a count in a service table and a ratio in the
seventh. So an indicator is decided by label, goal, unit and term together, never by goal number, and
only by exact words of the catalogue (folded): a label that is not there stays unknown.

Four registries: `catalogue.csv` (the indicators and their printed names), `label_ambiguities.csv`
(labels that mean something only with goal, unit, term or place: exactly one rule must hold),
`indicator_siblings.csv` (the same row in another unit, or for a part of its users), `sources.csv`.

>>> at = {"plan": None, "plan_term": 6, "measure": "target", "section": "target", "item": None}
>>> find_indicator("地域生活移行者数", goal_id="facility_to_community", unit="%", breakdown=None,
...     **at).indicator_id
'community_transition_rate'
>>> find_indicator("コーディネーターの配置", goal_id=None, unit="人", breakdown=None, **at).reason
'ambiguous'
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from keikaku.normalizers.registry import fold_label, read_registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OPEN_GOALS = frozenset(
    {"service_volume", "community_life_support_projects", "developmental_disability_support"}
)
"""Their indicators are printed under any goal (主な活動指標)."""
MENTAL_GOAL = "mental_health_community_care"
MENTAL = "精神障害"
TERMS_BETWEEN_PLANS = 4
"""The child plan's first term is the disability plan's fifth."""
UNIT_FAMILIES = {
    "人": "persons", "人/月": "persons", "人/年": "persons", "人/回": "persons", "人/日": "persons",
    "名": "persons", "%": "share", "%pt": "share", "倍": "ratio", "か所": "places", "所": "places",
    "事業所": "places", "施設": "places", "回": "events", "回/年": "events", "件": "events",
    "件/年": "events", "回/月": "events", "件/月": "events", "人日/月": "days", "日/月": "days",
    "日/年": "days", "人日": "days", "日": "days", "時間": "hours", "時間/月": "hours",
    "時間/年": "hours", "有無": "status", "status text": "status", "部会": "bodies",
}  # fmt: skip
PER_VISIT_UNITS = {
    "人日/月": ("人日/月", "日/月"), "日/月": ("日/月", "人日/月"), "日": ("人日/月", "日/月"),
    "人日": ("人日/月", "日/月"), "時間/月": ("時間/月",), "時間": ("時間/月",),
    "回/月": ("回/月",), "回": ("回/月",),
}  # fmt: skip
"""Units that the catalogue prints in brackets behind a service's name."""
YEAR_BEFORE = re.compile(
    r"^(?:(?:令和|平成|R|H)?(?:元|[0-9]+)年度(?:末|中)?(?:時点|現在)?(?:まで)?(?:における|の|に|で)?)+"
)
QUALIFIER_AFTER = re.compile(
    r"\((?:累計値?|延べ|速報値|見込み?|実績|年度末|末日現在|年間|[人件回日か所箇時間%/月年倍]+"
    r"|R?[0-9]+年度(?:から|~)R?[0-9]+年度の累計)\)$|※.*$|【.*】$"
)
USERS_AFTER = re.compile(r"(?:の?(?:月間|実|年間)?(?:実)?利用(?:者|人|児童)数?|の?支給決定者数)$")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue. Terms are counted in the disability plan's numbering."""

    indicator_id: str
    plan: str
    kind: str
    goal: str
    name_ja: str
    name_en: str
    unit: str
    aggregation: str
    better: str
    first_term: int
    last_term: int | None
    aliases: tuple[str, ...]
    source: str
    verified: bool
    level: str
    note: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a label was found to be. `reason` says how, or why not: `alias`, `rule`, `subset`,
    `unit`; `unknown_label`, `ambiguous`, `other_goal`, `other_unit`, `unknown_subset`."""

    indicator_id: str | None
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Row:
    indicator_id: str
    plan: str
    kind: str
    goal: str
    name_ja: str
    name_en: str
    unit: str
    aggregation: str
    better: str
    first_term: str
    last_term: str
    aliases_ja: str
    source: str
    verified: str
    level: str
    note: str


@dataclass(frozen=True, slots=True)
class _Rule:
    label: str
    indicator_id: str
    goal: str
    unit: str
    term: str
    section: str
    measure: str
    series: str
    comparator: str
    context: str
    source: str
    verified: str
    note: str


@dataclass(frozen=True, slots=True)
class _Sibling:
    indicator_id: str
    by: str
    value: str
    sibling_id: str
    source: str
    verified: str


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
) -> Match:
    """The indicator of a printed row label in its place.

    `breakdown` is the second-level label (保健; 就労移行支援事業所からの移行; 精神障害者 for a [ ]
    subset), `subset_of` the legend that says what a bracket holds, `series` the printed row label
    below the indicator (入所者数, 利用率), `comparator` that of the figure.
    """
    around = fold_label(" ".join(filter(None, (label, item, breakdown, subset_of, series))))
    place = _Place(
        goal_id, _common_term(plan, plan_term), unit, measure, section, fold_label(item or ""),
        fold_label(series) if series else None, comparator, around,
    )  # fmt: skip
    subset = " ".join(filter(None, (breakdown, subset_of)))
    if subset:
        return _find_part(label, subset, breakdown, place)
    if series and (found := _find_label(series, place)).indicator_id:
        return found
    return _widen_to_mental(_find_label(label, place), place)


def indicator_by_id(indicator_id: str) -> Indicator:
    """The catalogue's row; KeyError when there is none."""
    return _by_id()[indicator_id]


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """The catalogue, in its order."""
    return tuple(_read_indicator(row) for row in read_registry("catalogue", _Row))


def indicators_named(label: str) -> tuple[str, ...]:
    """The indicators that a label may name wherever it stands, by the catalogue's names and aliases.

    >>> indicators_named("年間一般就労移行者数"), indicators_named("お城の数")
    (('employment_transitions',), ())
    """
    return _aliases().get(fold_label(label), ())


def unit_family(unit: str | None) -> str | None:
    """persons, share, ratio, places, events, days, hours, status; None without or unknown."""
    return UNIT_FAMILIES.get(unit) if unit else None


def _read_indicator(row: _Row) -> Indicator:
    return Indicator(
        row.indicator_id, row.plan, row.kind, row.goal, row.name_ja, row.name_en, row.unit,
        row.aggregation, row.better, int(row.first_term),
        int(row.last_term) if row.last_term else None,
        tuple(alias for alias in row.aliases_ja.split("|") if alias),
        row.source, row.verified == "yes", row.level, row.note,
    )  # fmt: skip


def _common_term(plan: str | None, plan_term: int | None) -> int | None:
    if plan_term is not None and plan == "child_disability_welfare":
        return plan_term + TERMS_BETWEEN_PLANS
    return plan_term


def _find_part(label: str, subset: str, breakdown: str | None, place: _Place) -> Match:
    """A breakdown: its name joined to the label, a known part of the whole, or its own name."""
    joined = _find_label(f"{label}({breakdown})", place) if breakdown else None
    if joined is not None and joined.indicator_id:
        return _widen_to_mental(joined, place)
    whole = _find_label(label, place)
    part = (
        _sibling(whole.indicator_id, "subset", fold_label(subset)) if whole.indicator_id else None
    )
    if part:
        return Match(part, (part,), "subset")
    if breakdown:
        return _find_breakdown(breakdown, whole, place)
    return Match(None, whole.candidates, "unknown_subset") if whole.indicator_id else whole


def _find_breakdown(breakdown: str, whole: Match, place: _Place) -> Match:
    """A breakdown that is a name by itself, or the total of the whole."""
    if (found := _find_label(breakdown, place)).indicator_id:
        return _widen_to_mental(found, place)
    if fold_label(breakdown) in {"計", "合計", "全体", "総数"}:
        return _widen_to_mental(whole, place)
    return Match(None, whole.candidates, "unknown_subset")


def _widen_to_mental(found: Match, place: _Place) -> Match:
    """Under goal 2, or a heading 精神障害者の…, a service row counts only mental users."""
    if found.indicator_id is None:
        return found
    if place.goal_id != MENTAL_GOAL and MENTAL not in place.item:
        return found
    if _by_id()[found.indicator_id].goal not in OPEN_GOALS:
        return found
    part = _sibling(found.indicator_id, "subset", MENTAL)
    return Match(part, (part or found.indicator_id,), "subset" if part else "unknown_subset")


def _find_label(label: str, place: _Place) -> Match:
    """By rule where the label has rules, else by alias; then the sibling that the unit asks for."""
    missed = Match(None, (), "unknown_label")
    for key in _keys(label, place):
        if key in _rules():
            return _decide_by_rule(_rules()[key], place)
        if key in _aliases():
            return _decide_by_place(_aliases()[key], place)
    return missed


def _keys(label: str, place: _Place) -> Iterator[str]:
    """The label's forms, most specific first."""
    folded = fold_label(label)
    plain = folded
    while (shorter := QUALIFIER_AFTER.sub("", YEAR_BEFORE.sub("", plain))) != plain and shorter:
        plain = shorter
    service = USERS_AFTER.sub("", plain)
    for unit in PER_VISIT_UNITS.get(place.unit or "", ()):
        yield f"{service}({unit})"
    yield folded
    yield plain
    if service and service != plain:
        yield fold_label(f"{service}の利用者数")
        yield service


def _decide_by_rule(rules: tuple[_Rule, ...], place: _Place) -> Match:
    candidates = tuple(dict.fromkeys(rule.indicator_id for rule in rules))
    holding = dict.fromkeys(rule.indicator_id for rule in rules if _rule_holds(rule, place))
    if len(holding) == 1:
        return Match(next(iter(holding)), candidates, "rule")
    return Match(None, candidates, "ambiguous")


def _rule_holds(rule: _Rule, place: _Place) -> bool:
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
    near = tuple(c for c in candidates if _is_at_home(_by_id()[c], place))
    if not near:
        return Match(None, candidates, "other_goal")
    fitting = tuple(dict.fromkeys(filter(None, (_in_unit(c, place.unit) for c in near))))
    if not fitting:
        return Match(None, near, "other_unit")
    if len(fitting) > 1:
        fitting = tuple(c for c in fitting if _in_term(_by_id()[c], place.term)) or fitting
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


def _in_unit(indicator_id: str, unit: str | None) -> str | None:
    """The indicator itself where the unit fits, its sibling in that unit, or None."""
    expected = _by_id()[indicator_id].unit
    for printed in _unit_spellings(unit):
        if sibling := _sibling(indicator_id, "unit", printed):
            return sibling
    if unit is None or unit_family(expected) in {unit_family(unit), "status"}:
        return indicator_id
    return None


def _unit_spellings(unit: str | None) -> tuple[str, ...]:
    """The printed unit, and the plain unit of its family that the siblings are listed by."""
    plain = {"persons": "人", "events": "回", "share": "%"}.get(unit_family(unit) or "")
    return tuple(dict.fromkeys(filter(None, (unit or "-", plain))))


def _in_term(indicator: Indicator, term: int | None) -> bool:
    if term is None:
        return True
    return indicator.first_term <= term <= (indicator.last_term or term)


def _sibling(indicator_id: str, by: str, value: str) -> str | None:
    for row in _siblings_by().get((indicator_id, by), ()):
        if (
            value == row.value
            if by == "unit"
            else any(word in value for word in row.value.split("|"))
        ):
            return row.sibling_id
    return None


@cache
def _siblings_by() -> Mapping[tuple[str, str], tuple[_Sibling, ...]]:
    found: defaultdict[tuple[str, str], list[_Sibling]] = defaultdict(list)
    for row in _siblings():
        found[row.indicator_id, row.by].append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


@cache
def _by_id() -> Mapping[str, Indicator]:
    return MappingProxyType({row.indicator_id: row for row in all_indicators()})


@cache
def _siblings() -> tuple[_Sibling, ...]:
    rows = read_registry("indicator_siblings", _Sibling)
    _check_defined("indicator_siblings", (i for r in rows for i in (r.indicator_id, r.sibling_id)))
    return rows


@cache
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    rows = read_registry("label_ambiguities", _Rule)
    _check_defined("label_ambiguities", (row.indicator_id for row in rows))
    found: defaultdict[str, list[_Rule]] = defaultdict(list)
    for row in rows:
        found[fold_label(row.label)].append(row)
    return MappingProxyType({label: tuple(rules) for label, rules in found.items()})


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in all_indicators():
        for name in (row.name_ja, *row.aliases):
            found[fold_label(name)][row.indicator_id] = None
    return MappingProxyType({label: tuple(ids) for label, ids in found.items()})


def _check_defined(registry: str, indicator_ids: Iterable[str]) -> None:
    unknown = sorted(set(indicator_ids) - set(_by_id()))
    if unknown:
        raise ValueError(f"{registry}.csv names indicators that the catalogue lacks: {unknown}")
