"""Which indicator a figure is of: its name in its place, and the unit of its row.

A rate, a grade and a dash print no unit that says what is counted: 達成率 97.1% behind 居宅介護 240人/月 is of the persons, the
next 94.8%, behind 3,360時間/月, of the hours, and a dash in the row of hours of the hours too. So they take the unit
of the figures of their row; 97.1% itself would make a share of 地域生活移行者数.

Services under the goal for mental disability count its persons only, unless there stand others among them that
no catalogue counts for them (居宅介護, 施設入所支援): then the table is that of all users.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from keikaku.extractors.entries import Entry, GoalHead
from keikaku.extractors.heads import Role
from keikaku.extractors.words import is_quantity
from keikaku.normalizers.catalogue import MENTAL, MENTAL_GOAL, is_of_all_users, unit_family
from keikaku.normalizers.cells import CellContext, parse_cell
from keikaku.normalizers.errors import UnknownUnit, UnreadText
from keikaku.normalizers.indicators import Match, find_indicator
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.units import parse_unit
from keikaku.normalizers.values import Standing, Status, Value
from keikaku.pipeline.figure_words import comparator_of
from keikaku.pipeline.frame import Frame

_COMPARES = (Role.GAP, Role.RATE, Role.GRADE)
_SURELY = 2
"""Services that no catalogue counts for mental disability: one alone may be a city's own."""
_Key = tuple[tuple[str, ...], str, GoalHead | None, str | None]


@quickly_made
@dataclass(frozen=True, slots=True)
class Named:
    """What a figure is called: by its labels, its legend and its series."""

    indicator: str
    breakdown: str | None
    subset_of: str | None
    series: str | None
    measure: str


def _only_counts(named: Named) -> bool:
    return named.breakdown is None and is_quantity(named.indicator)


@dataclass(frozen=True, slots=True)
class Matcher:
    """The entries of a document, asked for the indicators of their figures."""

    entries: Sequence[Entry]
    frames: Sequence[Frame]
    """Those of the entries, one each."""
    _of_rows: dict[int, str | None] = field(default_factory=dict)
    _by_name: dict[_Key, list[int]] = field(default_factory=dict)
    _of_all: dict[tuple[GoalHead | None, str | None], set[str]] = field(default_factory=dict)

    def match(
        self, at: int, named: Named, value: Value, values: tuple[Value, ...], unit: str | None
    ) -> Match:
        """The indicator of one value of the entry at `at`; `unit` is the one that its figure is published with."""
        counted = self._counted_in(at, named.measure, value, values, unit)
        if value.status is Status.QUALITATIVE and self.entries[at].measure is not Role.GRADE:
            in_words = self._found(at, named, value, None)
            return in_words if in_words.indicator_id else self._found(at, named, value, counted)
        return self._found(at, named, value, counted)

    def _found(self, at: int, named: Named, value: Value, unit: str | None) -> Match:
        found = self._asked(at, named, value, unit)
        item = self.entries[at].place.item
        if found.indicator_id is None and item and _only_counts(named):
            # 利用者数 under the heading 居宅介護
            whole = replace(named, indicator=clean_label(item), series=named.indicator)
            of_item = self._asked(at, whole, value, unit)
            return of_item if of_item.indicator_id is not None else found
        return found

    def _asked(self, at: int, named: Named, value: Value, unit: str | None) -> Match:
        entry = self.entries[at]
        frame, place = self.frames[at], entry.place
        return find_indicator(
            named.indicator,
            goal_id=frame.goal.goal_id if frame.goal else None,
            plan=frame.plan,
            plan_term=frame.term,
            unit=unit,
            measure=named.measure,
            section=place.section,
            item=" ".join(filter(None, (place.item, place.caption))) or None,
            breakdown=named.breakdown,
            subset_of=named.subset_of,
            series=named.series,
            comparator=comparator_of(value),
            of_all_users=self._is_of_all(entry, frame),
        )

    def _counted_in(
        self, at: int, measure: str, value: Value, values: tuple[Value, ...], unit: str | None
    ) -> str | None:
        """The unit that says what is counted: the figure's own, or that of the figures of its row."""
        entry = self.entries[at]
        if value.standing is not Standing.MAIN and measure == "gap":
            return next((v.unit for v in values if v.standing is Standing.MAIN and v.unit), None)
        if entry.measure in (Role.RATE, Role.GRADE):
            return self._unit_of_row(at)
        if entry.measure is Role.GAP and unit_family(unit) == "share":
            return self._unit_of_row(at) or unit
        return unit or _unit_beside(entry) or self._unit_of_row(at)

    # -- rows ------------------------------------------------------------------------------------

    def _unit_of_row(self, at: int) -> str | None:
        """The one unit of the figures before a rate, of those of the same row, or of those of the same name."""
        if at not in self._of_rows:
            self._of_rows[at] = self._look_up(at)
        return self._of_rows[at]

    def _look_up(self, at: int) -> str | None:
        for beside in self._beside(at):
            units = {unit_family(unit) or unit: unit for unit in self._units(beside)}
            if len(units) == 1:
                return units.popitem()[1]
        return None

    def _beside(self, at: int) -> Iterator[Sequence[int]]:
        """The figures that may tell the unit, from near to far."""
        key = _key(self.entries[at])
        first, last = at, at + 1
        while first > 0 and _key(self.entries[first - 1]) == key:
            first -= 1
        while last < len(self.entries) and _key(self.entries[last]) == key:
            last += 1
        if self._compares(at):
            yield self._stretch_before(at, first)
        yield range(first, last)
        yield self._named_so(key)

    def _compares(self, at: int) -> bool:
        return self.entries[at].measure in _COMPARES

    def _stretch_before(self, at: int, first: int) -> Sequence[int]:
        """The figures of the row that stand before what compares them, back to what compares others."""
        stop = at
        while stop > first and self._compares(stop - 1):
            stop -= 1
        start = stop
        while start > first and not self._compares(start - 1):
            start -= 1
        return range(start, stop)

    def _named_so(self, key: _Key) -> Sequence[int]:
        if not self._by_name:
            for at, entry in enumerate(self.entries):
                self._by_name.setdefault(_key(entry), []).append(at)
        return self._by_name[key]

    def _units(self, places: Sequence[int]) -> list[str]:
        counted = (self.entries[at] for at in places if not self._compares(at))
        return [unit for entry in counted if (unit := _unit_printed(entry)) is not None]

    # -- all users -------------------------------------------------------------------------------

    def _is_of_all(self, entry: Entry, frame: Frame) -> bool:
        if frame.goal is None or frame.goal.goal_id != MENTAL_GOAL:
            return False
        if entry.place.section != "activity" or MENTAL in clean_label(_heads(entry)):
            return False
        if not self._of_all:
            self._of_all.update(_services_of_all(self.entries))
        return len(self._of_all.get((entry.place.goal, entry.place.item), ())) >= _SURELY


def _services_of_all(
    entries: Sequence[Entry],
) -> dict[tuple[GoalHead | None, str | None], set[str]]:
    found: defaultdict[tuple[GoalHead | None, str | None], set[str]] = defaultdict(set)
    for entry in entries:
        names = found[entry.place.goal, entry.place.item]
        names.update(
            label.text for label in entry.labels if is_of_all_users(clean_label(label.text))
        )
    return dict(found)


def _heads(entry: Entry) -> str:
    return " ".join(filter(None, (entry.place.item, entry.place.caption)))


def _key(entry: Entry) -> _Key:
    place = entry.place
    return tuple([label.text for label in entry.labels]), place.section, place.goal, place.item


def _unit_printed(entry: Entry) -> str | None:
    """The unit of an entry's figure: in its cell, else beside it."""
    try:
        values = parse_cell(entry.text, CellContext())
    except UnreadText:
        return _unit_beside(entry)
    in_cell = next((v.unit for v in values if v.standing is Standing.MAIN and v.unit), None)
    return in_cell or _unit_beside(entry)


def _unit_beside(entry: Entry) -> str | None:
    """The unit that is printed beside the cell, also where the cell holds a dash."""
    if not entry.units:
        return None
    try:
        return parse_unit("".join(entry.units))
    except UnknownUnit:
        return None
