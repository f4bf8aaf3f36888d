"""Entries and values become observations: one row a printed figure or reported status."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex
from keikaku.extractors.document import Notice
from keikaku.extractors.entries import BracketMeaning, Entry
from keikaku.extractors.heads import Role
from keikaku.extractors.repairs import JOINER
from keikaku.extractors.shared_captions import CAPTION_LOST
from keikaku.extractors.tables.cells import LABEL_LOST
from keikaku.extractors.tables.pending import as_dashes
from keikaku.normalizers.cells import CellContext, parse_cell
from keikaku.normalizers.errors import Reason, UnknownUnit, UnreadText
from keikaku.normalizers.fiscal_years import search_fiscal_years
from keikaku.normalizers.labels import clean_label, clean_prose
from keikaku.normalizers.units import parse_unit, unit_in_name
from keikaku.normalizers.values import Standing, Status, Value
from keikaku.pipeline.figure_words import (
    aggregation_of,
    as_of,
    comparator_of,
    label_says_other,
    words_of,
    year_said,
)
from keikaku.pipeline.frame import Frame, frame_of, goal_of, plan_of, term_of_year
from keikaku.pipeline.identity import Identity
from keikaku.pipeline.kanji_ones import with_one, writes_in_kanji
from keikaku.pipeline.labelling import (
    Naming,
    line_for,
    lines_of_names,
    measure_said,
    name_in_legend,
    name_value,
    names_part,
    series_of,
)
from keikaku.pipeline.matching import Matcher, Named
from keikaku.pipeline.nameless import names_nothing
from keikaku.pipeline.records import Observation

_MEASURE_NAMES = {
    Role.BASELINE: "baseline",
    Role.TARGET: "target",
    Role.PROJECTED: "projected",
    Role.ACTUAL: "actual",
    Role.SECURED: "projected",
    Role.GAP: "gap",
    Role.RATE: "gap",
    Role.GRADE: "actual",
}
_COMPARES = regex.compile(r"(?:目標)?(?:達成|進捗)")
_LONGEST_STATUS = 60
_DIGIT = regex.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Published:
    """The observations of a document and what was not understood on the way."""

    observations: tuple[Observation, ...]
    notices: tuple[Notice, ...]


def publish_entries(entries: Sequence[Entry], identity: Identity, document_id: str) -> Published:
    """Every entry as observations; an entry that is not read becomes a notice with its quote."""
    observations: list[Observation] = []
    notices: list[Notice] = []
    in_kanji = writes_in_kanji(entries)
    matcher = Matcher(entries, identity)
    for at in range(len(entries)):
        publisher = _Publisher(matcher, at, document_id, in_kanji=in_kanji)
        observations.extend(publisher.observations())
        notices.extend(publisher.notices)
    return Published(tuple(observations), tuple(dict.fromkeys(notices)))


class _Told(NamedTuple):
    """What the cell or its legend says of one value."""

    measure: str
    year: int | None
    series: str | None
    flags: tuple[str, ...]


class _Row(NamedTuple):
    """A value with its names and its unit, known to count something."""

    naming: Naming
    item: str | None
    breakdown: str | None
    unit: str | None
    indicator_id: str | None
    told: _Told


class _Publisher:
    def __init__(self, matcher: Matcher, at: int, document_id: str, *, in_kanji: bool) -> None:
        self.matcher, self.at, self.document_id = matcher, at, document_id
        self.entry, self.identity = entry, identity = matcher.entries[at], matcher.identity
        self.in_kanji = in_kanji
        self.frame: Frame = frame_of(entry.place, identity)
        self.notices: list[Notice] = []

    def observations(self) -> Iterator[Observation]:
        if LABEL_LOST in self.entry.flags:
            self._doubt("no_indicator", f"the row of 「{self.entry.text}」 has lost its label")
            return
        if CAPTION_LOST in self.entry.flags:
            detail = f"the words over 「{self.entry.text}」 stand over other figures of these rows"
            self._doubt("undecided_columns", detail)
            return
        measure = self._measure()
        if measure is None:
            return
        values = self._values()
        for number, value in enumerate(values):
            said = measure_said(value)
            if (said is not None and self._contradicts(said)) or self._is_under_other_year(value):
                continue
            own = _MEASURE_NAMES[said] if said is not None else measure
            made = self._observation(number, value, values, own)
            if made is not None:
                yield made

    # -- parts -----------------------------------------------------------------------------------

    def _doubt(self, rule: str, detail: str, severity: str = "warning") -> None:
        self.notices.append(Notice(rule, severity, detail, self.entry.span))

    def _measure(self) -> str | None:
        if self._grades_comparison():
            return "gap"
        is_told = not (
            self._is_stray_projection() or self._is_of_other_year() or label_says_other(self.entry)
        )
        if self.entry.measure is not None and is_told:
            return _MEASURE_NAMES[self.entry.measure]
        self._doubt(
            "unknown_measure",
            f"nothing says whether 「{self.entry.text}」 is a target, a projection or an actual",
        )
        return None

    def _is_of_other_year(self) -> bool:
        """令和8年度末までの目標 far above 令和6年度：3人: the words that say the measure name a year, and the
        figure another. What compares may name the year that it compares with."""
        entry = self.entry
        if entry.measure not in (Role.BASELINE, Role.TARGET, Role.PROJECTED, Role.ACTUAL):
            return False
        told = entry.measure_beside
        own = next((e for e in entry.evidence if e.what == "year"), None)
        if own is None or entry.year is None or (told is not None and told.span == own.span):
            return False
        is_aim = entry.measure is Role.TARGET
        over = told.quote if told is not None else (entry.place.caption or "") if is_aim else ""
        named = {year.year for year in search_fiscal_years(over)}
        return len(named) == 1 and entry.year.year not in named

    def _contradicts(self, said: Role) -> bool:
        """計画20人 in a cell that a head makes an actual: it is not published."""
        if self._measure_is_told() and said is not self.entry.measure:
            self._doubt(
                "unknown_measure", f"「{self.entry.text}」 stands under {self.entry.measure}"
            )
            return True
        return False

    def _is_under_other_year(self, value: Value) -> bool:
        """R4：100人 under 令和6年度目標: whose year is which, nobody can say."""
        own, over = year_said(value), self.entry.year
        if own is None or over is None or own.year in (over.year, over.last):
            return False
        detail = f"「{value.printed}」 in 「{self.entry.raw}」 stands under {over.printed}"
        self._doubt("conflicting_years", detail)
        return True

    def _grades_comparison(self) -> bool:
        """達成状況 ○ says how the result compares with the target; 評価 Ｂ is a word on the result."""
        entry = self.entry
        return entry.measure is Role.GRADE and _COMPARES.match(entry.series or "") is not None

    def _is_stray_projection(self) -> bool:
        """A projection that no word beside the figure names, for a year before the plan begins, is
        more likely an actual whose head was lost: it is not published."""
        entry = self.entry
        if entry.measure is not Role.PROJECTED or entry.year is None or self._measure_is_told():
            return False
        first = self.frame.first_year
        return first is not None and entry.year.year < first

    def _measure_is_told(self) -> bool:
        return self.entry.measure_beside is not None

    def _values(self) -> tuple[Value, ...]:
        entry = self.entry
        if entry.missing:
            return (Value(Status.MISSING, "", 0, 0),)
        if entry.struck and not entry.text:
            return (Value(Status.NOT_APPLICABLE, "", 0, 0),)
        context = CellContext(gap=entry.measure in (Role.GAP, Role.RATE))
        if entry.pending:
            return tuple(
                replace(value, flags=(*value.flags, "not_yet_available"))
                for value in parse_cell(as_dashes(entry.text), context)
            )
        try:
            values = self._parsed(entry.text, context)
        except UnreadText as error:
            return self._unwrapped(error, context)
        if self._holds_two_alike(values):
            self._doubt(
                "unsure_cell", f"two figures in 「{entry.text}」, and nothing tells them apart"
            )
            return ()
        return self._known_brackets(values)

    def _holds_two_alike(self, values: tuple[Value, ...]) -> bool:
        """``53`` over ``50``, or over a dash, in one place: of one year, measure, unit and name, unless the lines of the label
        or of the units go with them."""
        if len(values) < 2:
            return False
        entry = self.entry
        figures = [v for v in values if v.amount is not None]
        dashes = [v for v in values if v.status is Status.NOT_REPORTED]
        alike = [v for v in (*figures, *dashes) if v.standing is Standing.MAIN]
        names = [lines_of_names(label) for label in entry.labels]
        is_told = any(len(lines) == len(alike) for lines in (entry.units, *names))
        if is_told or len({v.line for v in alike}) < 2 or any(v.label for v in values):
            return False
        return len({(v.unit, v.comparator) for v in figures}) == 1 and len(alike) == len(values)

    def _parsed(self, text: str, context: CellContext) -> tuple[Value, ...]:
        try:
            return parse_cell(text, context)
        except UnreadText as error:
            is_one = self.in_kanji and error.reason is Reason.AMBIGUOUS_KANJI_ONE
            if not is_one or (read := with_one(text, error.start)) is None:
                raise
            return parse_cell(read, context)

    def _unwrapped(self, error: UnreadText, context: CellContext) -> tuple[Value, ...]:
        """Words without digits that the cell's width broke over lines are read as one line."""
        text = self.entry.text
        if "\n" not in text or _DIGIT.search(text):
            return self._words_of_sentence(error)
        try:
            return parse_cell(text.replace("\n", ""), context)
        except UnreadText as second:
            return self._words_of_sentence(second)

    def _words_of_sentence(self, error: UnreadText) -> tuple[Value, ...]:
        """A short sentence in the place of a target is the target in words."""
        text = self.entry.text
        if (
            error.reason is Reason.PROSE
            and self.entry.measure is Role.TARGET
            and len(text) <= _LONGEST_STATUS
        ):
            flags, words = ("sentence",), clean_prose(text)
            return (Value(Status.QUALITATIVE, text, 0, len(text), words=words, flags=flags),)
        self._doubt("unread_cell", str(error))
        return ()

    def _known_brackets(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """A bracketed figure whose meaning neither a legend nor its unit tells is not published."""
        mains = [v for v in values if v.standing is Standing.MAIN]
        if len(mains) == len(values):
            return values
        kept = []
        main_units = {v.unit for v in mains}
        reports = any(v.status is not Status.NOT_REPORTED for v in mains)
        for value in values:
            if self._meaning_in_bracket(value, values) is not None or names_part(value):
                kept.append(value)
                continue
            if self._may_compare(value):
                self._doubt_bracket(value)
                continue
            second = value.standing is not Standing.MAIN and (
                value.amount is not None or (reports and value.status is Status.NOT_REPORTED)
            )
            tells = value.unit is not None and value.unit not in main_units and reports
            if second and not tells and not value.base and self._subset_name(value) is None:
                if reports and self._is_restated(value, values):
                    kept.append(value)
                    continue
                self._doubt_bracket(value)
            else:
                kept.append(value)
        return tuple(kept)

    def _doubt_bracket(self, value: Value) -> None:
        self._doubt(
            "bracket_without_legend",
            f"nothing says what 「{value.printed}」 in 「{self.entry.text}」 means",
        )

    def _may_compare(self, value: Value) -> bool:
        """``62（96.9%）`` users of a service: a share of the plan, of the year before or of another count,
        and so is every bracket of which a legend says what is not understood."""
        if value.standing is Standing.MAIN or value.amount is None:
            return False
        legend, entry = self.entry.bracket, self.entry
        if legend is not None and legend.measure is None and legend.standing is value.standing:
            return True
        is_result = entry.place.section == "activity" and entry.measure is Role.ACTUAL
        return is_result and value.unit == "%" and self._subset_name(value) is None

    def _meaning_in_bracket(self, value: Value, values: tuple[Value, ...]) -> BracketMeaning | None:
        """``97人（48人）`` where a legend says what brackets hold: 48 in the same unit; ``1人（－）``: none."""
        meaning = self.entry.bracket
        if meaning is None or meaning.measure is None or value.standing is not meaning.standing:
            return None
        figures = [v for v in values if v.standing is Standing.MAIN and v.amount is not None]
        needs_no_unit = meaning.series is not None or value.status is Status.NOT_REPORTED
        return meaning if needs_no_unit or all(v.unit == value.unit for v in figures) else None

    def _is_restated(self, value: Value, values: tuple[Value, ...]) -> bool:
        """``令和元年度の1.27倍以上（126人）``: the same target in another unit."""
        return value.unit is not None and all(
            v.unit != value.unit for v in values if v.standing is Standing.MAIN
        )

    def _subset_name(self, value: Value) -> str | None:
        if value.standing is Standing.MAIN or value.status is Status.QUALITATIVE:
            return None
        if self.entry.bracket is not None and self.entry.bracket.standing is value.standing:
            return None
        for note in self.entry.notes:
            if (name := name_in_legend(note.text, value.standing)) is not None:
                return name
        return None

    # -- rows ------------------------------------------------------------------------------------

    def _observation(
        self, number: int, value: Value, values: tuple[Value, ...], measure: str
    ) -> Observation | None:
        entry = self.entry
        naming = name_value(entry, value, values, self.frame.goal_title or "")
        subset = self._subset_name(value)
        breakdown = "・".join(filter(None, (naming.breakdown, subset))) or None
        if self._has_no_name(naming):
            return None
        unit = self._unit(value, values) or self._unit_of_name(value, naming)
        if unit is None and value.amount is not None and JOINER in entry.raw:
            self._doubt("unsure_cell", f"「{entry.text}」 is damaged, and nothing tells its unit")
            return None
        told = self._told(value, values, measure)
        named = Named(naming.indicator, breakdown, subset, told.series, told.measure)
        match = self.matcher.match(self.at, named, value, values, unit)
        item = clean_label(entry.place.item) if entry.place.item else None
        is_known = match.indicator_id is not None
        if names_nothing(entry, naming.indicator, naming.breakdown, item, is_known=is_known):
            self._doubt("no_indicator", f"「{naming.indicator}」 does not say what is counted")
            return None
        row = _Row(naming, item or None, breakdown, unit, match.indicator_id, told)
        return self._published(number, value, row)

    def _told(self, value: Value, values: tuple[Value, ...], measure: str) -> _Told:
        """Measure, year and series of a value: those of its bracket's legend, else those of its cell."""
        entry = self.entry
        meaning = self._meaning_in_bracket(value, values)
        if meaning is not None and meaning.measure is not None:
            measure = _MEASURE_NAMES[meaning.measure]
        year, flags = (meaning.year, ()) if meaning is not None else self._year(measure, value)
        series = meaning.series if meaning is not None else series_of(entry, value)
        return _Told(
            measure,
            year,
            clean_label(series) if series else None,
            (*entry.flags, *value.flags, *flags, *self._measure_flags(measure)),
        )

    def _published(self, number: int, value: Value, row: _Row) -> Observation:
        entry, frame, place, told = self.entry, self.frame, self.identity.municipality, row.told
        plan, term = plan_of(frame, row.indicator_id, entry.place, self.identity)
        if term is None:
            term = term_of_year(plan, told.year, self.identity)
        is_inferred = row.unit is not None and value.unit is None and not entry.units
        flags = (*told.flags, "unit_inferred") if is_inferred else told.flags
        return Observation(
            observation_id=self._identifier(number, told.measure, told.year, row.breakdown),
            document_id=self.document_id,
            municipality_code=place.code if place else None,
            municipality=place.name if place else None,
            prefecture=place.prefecture if place else None,
            plan=plan,
            plan_term=term,
            goal_number=frame.head.number if frame.head else None,
            goal_title=frame.goal_title,
            goal_id=goal_of(frame, row.indicator_id, row.naming.indicator, entry.place),
            section=entry.place.section,
            item=row.item,
            indicator=row.naming.indicator,
            indicator_id=row.indicator_id,
            breakdown=row.breakdown,
            measure=told.measure,
            series=told.series,
            fiscal_year=told.year,
            as_of=as_of(entry, told.measure, told.year),
            value=value.amount,
            value_high=value.high,
            unit=row.unit,
            comparator=comparator_of(value),
            status=str(value.status),
            text=words_of(value),
            aggregation=aggregation_of(entry, value, row.naming),
            provisional=value.provisional,
            raw=entry.raw,
            page=entry.span.page,
            bbox=entry.span.bbox,
            char_start=entry.span.char_start,
            char_end=entry.span.char_end,
            certainty=entry.certainty,
            flags=tuple(dict.fromkeys(flags)),
        )

    def _has_no_name(self, naming: Naming) -> bool:
        """No label at all, or one with a year whose era is lost: said, and not published."""
        if not naming.indicator:
            self._doubt("no_indicator", f"no label, item or goal names 「{self.entry.text}」")
            return True
        lost = naming.lost_year
        if lost is not None:
            self._doubt("unknown_year", f"nothing says of which era 「{lost}」 is")
        return lost is not None

    def _unit(self, value: Value, values: tuple[Value, ...]) -> str | None:
        if value.unit is not None:
            return value.unit
        units = self.entry.units
        if value.status is not Status.REPORTED or not units:
            return None
        printed = line_for(value, values, units, self.entry.text) or "".join(units)
        try:
            return parse_unit(printed)
        except UnknownUnit as error:
            self._doubt("unknown_unit", str(error))
            return None

    def _unit_of_name(self, value: Value, naming: Naming) -> str | None:
        """A bare whole number of 実施回数 is of 回: its name prints what is counted."""
        entry = self.entry
        is_count = value.amount is not None and value.amount.is_integer()
        if not is_count or value.unit is not None or entry.units or entry.measure is Role.RATE:
            return None
        return unit_in_name(entry.series or naming.breakdown or naming.indicator)

    def _year(self, measure: str, value: Value) -> tuple[int | None, tuple[str, ...]]:
        year = self.entry.year or year_said(value)
        if year is not None:
            if year.last is not None and year.last != year.year:
                return year.last, ("year_range",)
            return year.year, ()
        if measure == "target" and self.frame.last_year is not None:
            return self.frame.last_year, ("year_inferred",)
        if measure not in ("baseline", "gap"):
            self._doubt("unknown_year", f"nothing says which year 「{self.entry.text}」 is of")
        return None, ()

    def _measure_flags(self, measure: str) -> tuple[str, ...]:
        told = self._measure_is_told()
        inferred = measure == "projected" and self.entry.measure is Role.PROJECTED and not told
        return ("measure_inferred",) if inferred else ()

    def _identifier(
        self, number: int, measure: str, year: int | None, breakdown: str | None
    ) -> str:
        span = self.entry.span
        parts = (
            self.document_id, span.page, span.bbox, span.char_start, span.char_end,
            self.entry.place.section, measure, year, breakdown, self.entry.series, number,
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
