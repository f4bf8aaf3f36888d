"""Figures side by side: the rows of a sheet's tables, and the same quantity in several places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from keikaku.normalizers.catalogue import indicator_by_id, unit_family
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.registry import fold_label
from keikaku.pipeline.records import Observation

SUBSET_LABEL = re.compile("精神障害|再掲|内数|^うち|のうち|重度")
CHANGE_LABEL = re.compile("削減|減少|増減|増加|伸び|差")
CUMULATIVE_LABEL = re.compile("累計|延べ(?:設置|配置|整備|か所|箇所|開設)")


@quickly_made
class RowKey(NamedTuple):
    """One printed row: what stands in it over years and measures."""

    plan: str | None
    goal_number: int | None
    goal_title: str | None
    section: str
    item: str | None
    indicator: str
    breakdown: str | None


@quickly_made
class Quantity(NamedTuple):
    """One quantity of the sheet, wherever it is printed."""

    plan_term: int | None
    indicator_id: str
    measure: str
    fiscal_year: int | None
    unit: str | None


def row_of(observation: Observation) -> RowKey:
    """The row that a figure stands in."""
    return RowKey(
        observation.plan, observation.goal_number, observation.goal_title, observation.section,
        observation.item, observation.indicator, observation.breakdown,
    )  # fmt: skip


Row = TypeVar("Row")


@quickly_made
@dataclass(frozen=True, slots=True)
class SameRows(Generic[Row]):
    """Rows that are the same only when they are the very same tuple: comparing each would cost
    more than what is remembered of them."""

    rows: tuple[Row, ...]

    def __hash__(self) -> int:
        return id(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameRows) and self.rows is other.rows


def printed_numbers(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Those that report a number."""
    if isinstance(observations, tuple):
        return _printed_numbers(SameRows(observations))
    return tuple([o for o in observations if o.status == "reported" and o.value is not None])


@lru_cache(maxsize=1)
def _printed_numbers(observations: SameRows[Observation]) -> tuple[Observation, ...]:
    return printed_numbers(iter(observations.rows))


def value_of(observation: Observation) -> float:
    """The number of a figure that reports one."""
    if observation.value is None:
        raise ValueError(f"{observation.observation_id} reports no number")
    return observation.value


def rows(observations: tuple[Observation, ...]) -> tuple[tuple[Observation, ...], ...]:
    """The figures of each row, in page order."""
    return _rows(SameRows(observations))


@lru_cache(maxsize=1)
def _rows(observations: SameRows[Observation]) -> tuple[tuple[Observation, ...], ...]:
    found: defaultdict[RowKey, list[Observation]] = defaultdict(list)
    for observation in observations.rows:
        found[row_of(observation)].append(observation)
    return tuple(map(tuple, found.values()))


def quantities(observations: tuple[Observation, ...]) -> dict[Quantity, tuple[Observation, ...]]:
    """Where each known quantity is printed; one that a table prints twice in one place is left
    out of that place, since it cannot be told which is meant."""
    return _quantities(SameRows(observations))


@lru_cache(maxsize=1)
def _quantities(
    observations: SameRows[Observation],
) -> dict[Quantity, tuple[Observation, ...]]:
    found: defaultdict[Quantity, list[Observation]] = defaultdict(list)
    for observation in printed_numbers(observations.rows):
        if observation.indicator_id:
            found[quantity_of(observation, observation.indicator_id)].append(observation)
    return {quantity: single_in_place(places) for quantity, places in found.items()}


def quantity_of(observation: Observation, indicator_id: str) -> Quantity:
    """The quantity that a figure states."""
    return Quantity(
        observation.plan_term, indicator_id, observation.measure, observation.fiscal_year,
        common_unit(observation.unit),
    )  # fmt: skip


_COUNTED_IN = {"回/年": "回", "件/年": "件", "人/年": "人", "名": "人"}


def common_unit(unit: str | None) -> str | None:
    """回 and 回/年, 人 and 人/年 count one quantity; 人/月 and 人/回 do not."""
    return _COUNTED_IN.get(unit, unit) if unit is not None else None


def single_in_place(places: Sequence[Observation]) -> tuple[Observation, ...]:
    """One figure for each part of each goal's sheet; none where a part prints two values."""
    if len(places) == 1:
        return (places[0],)
    by_place: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in places:
        key = (observation.plan, observation.goal_number, observation.section)
        by_place[key].append(observation)
    return tuple(
        found[0]
        for found in by_place.values()
        if len({(o.value, o.comparator) for o in found}) == 1
    )


def by_year(observations: Iterable[Observation]) -> dict[int, Observation]:
    """Year to figure; a year for which two different figures are printed is left out."""
    found: defaultdict[int, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.fiscal_year is not None:
            found[observation.fiscal_year].append(observation)
    return {
        year: figures[0]
        for year, figures in sorted(found.items())
        if len({figure.value for figure in figures}) == 1
    }


def only(observations: Iterable[Observation]) -> Observation | None:
    """The one figure there is; None where there is none, or more than one."""
    found = tuple(observations)
    return found[0] if len(found) == 1 else None


def is_cumulative(observation: Observation) -> bool:
    """Printed as a running total, or known to be one."""
    if observation.aggregation == "cumulative":
        return True
    label = fold_label(observation.indicator)
    return bool(CUMULATIVE_LABEL.search(label + (observation.item or "")))


def is_subset(observation: Observation) -> bool:
    """A part that is not one of exclusive parts: [ ], 再掲, うち."""
    return bool(observation.breakdown and SUBSET_LABEL.search(fold_label(observation.breakdown)))


def same_family(one: str | None, other: str | None) -> bool:
    """Units of one kind (人, 人/月), or the same unit."""
    return one == other or (unit_family(one) is not None and unit_family(one) == unit_family(other))


def better_is(observation: Observation) -> str:
    """higher, lower or none: what the guideline asks for."""
    if observation.indicator_id is None:
        return "none"
    return indicator_by_id(observation.indicator_id).better


def is_level(observation: Observation) -> bool:
    """A stock or a running total: what counts is where it stands, not what a year adds."""
    if is_cumulative(observation) or observation.aggregation == "stock":
        return True
    if observation.indicator_id is None:
        return False
    known = indicator_by_id(observation.indicator_id).aggregation
    return known.startswith(("stock", "cumulative"))


def is_change(observation: Observation) -> bool:
    """A figure that may fall below zero: 削減数, 増減, 伸び率, or a 比較 itself."""
    label = fold_label(
        f"{observation.indicator}{observation.series or ''}{observation.breakdown or ''}"
    )
    return observation.measure == "gap" or bool(CHANGE_LABEL.search(label))


def counts_residents(figure: Observation) -> bool:
    """A row named 削減見込者数 whose target 72人を超えない is the number of residents."""
    return (
        figure.indicator_id == "facility_residents_reduction"
        and figure.measure == "target"
        and figure.comparator in {"le", "lt"}
    )
