"""Indicator catalogue (指標): one slug for what municipalities print under many names.

Three registries: `catalogue.csv` (the indicators and their printed names), `label_ambiguities.csv` (labels that mean
something only with goal, unit, term or place), `indicator_siblings.csv` (the same row in another unit, or for a part
of its users). Which of them a label names is asked of `indicators`.

>>> indicator_by_id("home_care_hours").unit, indicators_named("年間一般就労移行者数")
('時間/月', ('employment_transitions',))
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from keikaku.normalizers.label_forms import core_of
from keikaku.normalizers.registry import fold_label, read_registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPEN_GOALS = frozenset(
    {"service_volume", "community_life_support_projects", "developmental_disability_support"}
)
"""Their indicators are printed under any goal (主な活動指標)."""
MENTAL_GOAL = "mental_health_community_care"
MENTAL = "精神障害"
_DONE_BY_PLACES = re.compile(
    r"[をがの]?(?P<done>整備|設置|配置)(?:した|する|して(?:い|あ)る|され(?:た|ている)|済みの)?(?:市区?町村?|区市町村|町村)の?(?:数|割合)$"
)
"""児童発達支援センターを設置した市町村数: how many have what the catalogue names (児童発達支援センターの設置)."""
_COUNTED = ("数", "率", "割合")
UNIT_FAMILIES = {
    "人": "persons", "人分": "persons", "人/月": "persons", "人/年": "persons", "人/回": "persons", "人/日": "persons",
    "名": "persons", "%": "share", "%pt": "share", "倍": "ratio", "か所": "places", "所": "places",
    "事業所": "places", "施設": "places", "回": "events", "回/年": "events", "件": "events",
    "件/年": "events", "回/月": "events", "件/月": "events", "人日/月": "days", "日/月": "days",
    "日/年": "days", "人日": "days", "日": "days", "時間": "hours", "時間/月": "hours",
    "時間/年": "hours", "有無": "status", "status text": "status", "部会": "bodies",
}  # fmt: skip


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
class Rule:
    """When a label that may name several indicators names this one; an empty condition allows all, `-` that nothing
    is printed."""

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
    return named_by_label().get(fold_label(label), ())


def is_of_all_users(label: str) -> bool:
    """Does the label name a service that the catalogue does not count for mental disability?

    >>> is_of_all_users("居宅介護"), is_of_all_users("共同生活援助")
    (True, False)
    """
    named = [_by_id()[i] for i in indicators_named(label)]
    return bool(named) and all(
        i.goal == "service_volume" and sibling_of(i.indicator_id, "subset", MENTAL) is None
        for i in named
    )


def unit_family(unit: str | None) -> str | None:
    """persons, share, ratio, places, events, days, hours, status; None without or unknown."""
    return UNIT_FAMILIES.get(unit) if unit else None


def sibling_of(indicator_id: str, by: str, value: str) -> str | None:
    """The sibling in a unit, or for a part; None for a part that names two (A型及びB型)."""
    rows = _siblings_by().get((indicator_id, by), ())
    if by == "unit":
        return next((row.sibling_id for row in rows if row.value == value), None)
    named = {w: row.sibling_id for row in rows for w in row.value.split("|") if w in value}
    whole = {s for w, s in named.items() if not any(w != o and w in o for o in named)}
    return whole.pop() if len(whole) == 1 else None


def goal_of_name(label: str, *, is_aim: bool = False) -> str | None:
    """The one goal that asks for what a label names, whatever the figure counts of it; None for a service, unless goals
    are told (`is_aim`) and one of them asks for its users too.

    >>> goal_of_name("地域生活支援拠点等の整備"), goal_of_name("基幹相談支援センターを設置した市町村数")
    ('community_living_support', 'consultation_support')
    >>> goal_of_name("就労定着支援事業の利用者数"), goal_of_name("就労定着支援事業の利用者数", is_aim=True)
    (None, 'employment_transition')
    """
    done = _DONE_BY_PLACES.sub(r"の\g<done>", fold_label(label))
    ids = labels_by_core().get(core_of(done), ())
    goals = {_by_id()[i].goal for i in ids if not is_counted_within_service(i)}
    if is_aim and done.endswith(_COUNTED):
        goals -= OPEN_GOALS
    return goals.pop() if len(goals) == 1 and goals.isdisjoint(OPEN_GOALS) else None


def is_counted_within_service(indicator_id: str) -> bool:
    """Is it a service's users with one disability, which a goal asks for and every table of services may print?

    >>> is_counted_within_service("mental_group_home_users"), is_counted_within_service("facility_residents")
    (True, False)
    """
    wholes = (_by_id()[row.indicator_id] for row in _siblings() if row.sibling_id == indicator_id)
    return any(whole.goal in OPEN_GOALS for whole in wholes)


def _read_indicator(row: _Row) -> Indicator:
    return Indicator(
        row.indicator_id, row.plan, row.kind, row.goal, row.name_ja, row.name_en, row.unit,
        row.aggregation, row.better, int(row.first_term),
        int(row.last_term) if row.last_term else None,
        tuple(alias for alias in row.aliases_ja.split("|") if alias),
        row.source, row.verified == "yes", row.level, row.note,
    )  # fmt: skip


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
def rules_by_label() -> Mapping[str, tuple[Rule, ...]]:
    """The rules of the labels that may name several indicators, by folded label."""
    rows = read_registry("label_ambiguities", Rule)
    _check_defined("label_ambiguities", (row.indicator_id for row in rows))
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for row in rows:
        found[fold_label(row.label)].append(row)
    return MappingProxyType({label: tuple(rules) for label, rules in found.items()})


@cache
def named_by_label() -> Mapping[str, tuple[str, ...]]:
    """Folded label to the indicators that it may name."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in all_indicators():
        for name in (row.name_ja, *row.aliases):
            found[fold_label(name)][row.indicator_id] = None
    return MappingProxyType({label: tuple(ids) for label, ids in found.items()})


@cache
def rules_by_core() -> Mapping[str, tuple[Rule, ...]]:
    """`rules_by_label` with other wordings of a label beside it: by the form that they share."""
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for label, rules in rules_by_label().items():
        found[core_of(label)].extend(rules)
    return MappingProxyType({core: tuple(rules) for core, rules in found.items()})


@cache
def labels_by_core() -> Mapping[str, tuple[str, ...]]:
    """`named_by_label` with other wordings of a label beside it: by the form that they share."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for label, ids in named_by_label().items():
        found[core_of(label)].update(dict.fromkeys(ids))
    return MappingProxyType({core: tuple(ids) for core, ids in found.items()})


def _check_defined(registry: str, indicator_ids: Iterable[str]) -> None:
    unknown = sorted(set(indicator_ids) - set(_by_id()))
    if unknown:
        raise ValueError(f"{registry}.csv names indicators that the catalogue lacks: {unknown}")
