"""One caption over several tables: whether what it says of the first still holds for the next.

A caption (＜計画値＞, 【目標値】) gives its measure to every table below it, and a heading (■ 令和６年度の状況)
its year. Where the caption of a second table was lost, that table would borrow the words over the first.
It is told by what it says: other figures of the same rows and years, or heads of its own over rows whose
first table named its measures itself. A list of baselines that goes on to years of the plan has passed
into something else. And a table that takes its measure from the title of the document alone gives way to
one with a caption. What only words in doubt say is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from keikaku.extractors.entries import Entry
from keikaku.extractors.heads import Role
from keikaku.extractors.notes import Governed
from keikaku.normalizers.labels import clean_label

CAPTION_LOST = "caption_lost"
"""Flag of a figure whose measure or year only the words over another table say."""


@dataclass(frozen=True, slots=True)
class Below:
    """A table's figures and the words that it stands below."""

    entries: tuple[Entry, ...]
    words: tuple[object, ...]
    """Goal, item, caption and what they make of the figures."""
    heading: str | None
    aimed: int | None
    """The one year that the caption names (【令和８年度末までの目標】)."""
    is_bare: bool
    """Do only the titles of the document say what the figures are?"""


@dataclass(slots=True)
class TablesBelow:
    """The tables of a box, each with the words over it."""

    tables: list[Below] = field(default_factory=list)

    def own(self, table: Below, first_year: int | None) -> tuple[Entry, ...]:
        """The entries of the next table, those marked that it only borrows. `first_year`: the first that
        the plan, or a title, sets targets for."""
        earlier = [other for other in self.tables if other.words == table.words]
        self.tables.append(table)
        if (
            _contradicts(table, earlier)
            or _has_other_heads(table, earlier)
            or _has_other_years(table)
        ):
            return _marked(table.entries)
        return _without_late_baselines(table.entries, first_year)

    def settled(self, things: Sequence[Governed]) -> list[Governed]:
        """The tables and notes of the box, the tables marked where one with a caption of its own says
        otherwise."""
        captioned = [table for table in self.tables if not table.is_bare]
        tables = iter(self.tables)
        return [
            thing if thing.note is not None else _settled(thing, next(tables), captioned)
            for thing in things
        ]


def _settled(thing: Governed, table: Below, captioned: Sequence[Below]) -> Governed:
    if table.is_bare and _says_otherwise(table, captioned):
        return replace(thing, entries=_marked(thing.entries))
    return thing


def _marked(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(
        replace(e, flags=(*e.flags, CAPTION_LOST)) if _borrows_any(e) else e for e in entries
    )


def _borrows(entry: Entry) -> bool:
    """Do no words beside the figure say its measure?"""
    return entry.measure is not None and entry.measure_beside is None


def _borrows_year(entry: Entry) -> bool:
    return any(e.what == "year" and e.is_over_table for e in entry.evidence)


def _borrows_any(entry: Entry) -> bool:
    """Is its measure, its year or its name that of the words over the table?"""
    return _borrows(entry) or _borrows_year(entry) or not entry.labels


def _contradicts(table: Below, earlier: Sequence[Below]) -> bool:
    return _says_otherwise(table, [other for other in earlier if other.heading == table.heading])


def _says_otherwise(table: Below, others: Sequence[Below]) -> bool:
    """Would a figure say of its row and year what another table says otherwise?"""
    if not others:
        return False
    said = {_key(e): e.text for other in others for e in other.entries if _is_told(e)}
    told = (e for e in table.entries if _is_told(e) and _borrows_any(e))
    return any(said.get(_key(entry), entry.text) != entry.text for entry in told)


def _has_other_heads(table: Below, earlier: Sequence[Below]) -> bool:
    """Does the table name the rows of one that needed no caption, its heads saying the same; or set years
    over rows that the caption gave one figure each?"""
    if not earlier:
        return False
    names = set(_names(table.entries))
    lent = {entry.measure for entry in table.entries if _borrows(entry)}
    years = {_year(entry) for entry in table.entries if _borrows(entry)} - {None}
    return any(
        (not any(map(_borrows, other.entries)) or (len(years) > 1 and _is_undated(other)))
        and lent & {entry.measure for entry in other.entries}
        and names & set(_names(other.entries))
        for other in earlier
    )


def _has_other_years(table: Below) -> bool:
    """【令和８年度末までの目標】 over heads of 令和６年度, 令和７年度: the caption is none of this table."""
    lent = [entry for entry in table.entries if _borrows(entry) and entry.measure is Role.TARGET]
    years = {_year(entry) for entry in lent if not _borrows_year(entry)} - {None}
    return table.aimed is not None and len(years) > 1


def _is_undated(table: Below) -> bool:
    return all(entry.year is None or _borrows_year(entry) for entry in table.entries)


def _is_told(entry: Entry) -> bool:
    return entry.year is not None


def _names(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    return [_name(entry) for entry in entries if entry.labels]


def _name(entry: Entry) -> tuple[str, ...]:
    return tuple(clean_label(label.text) for label in entry.labels)


def _key(entry: Entry) -> tuple[object, ...]:
    assert entry.year is not None
    year = (entry.year.year, entry.year.last)
    return (_name(entry), entry.measure, entry.series, year, entry.units)


def _without_late_baselines(
    entries: tuple[Entry, ...], first_year: int | None
) -> tuple[Entry, ...]:
    """基準値 over a list that goes on to 令和８年度末の…: only what is of a year before is a baseline."""
    lent = [e for e in entries if e.measure is Role.BASELINE and _borrows(e)]
    late = _years_of_names_seen_before(lent)
    late |= {year for e in lent if (year := _year(e)) and first_year and year >= first_year}
    if not late:
        return entries
    doubtful = {id(e) for e in lent if e.year is None or _year(e) in late}
    return tuple(
        replace(e, flags=(*e.flags, CAPTION_LOST)) if id(e) in doubtful else e for e in entries
    )


def _years_of_names_seen_before(entries: Sequence[Entry]) -> set[int]:
    """The years of rows whose name stands above with an earlier year: a baseline is of one year."""
    first: dict[tuple[str, ...], int] = {}
    late: set[int] = set()
    for entry in filter(_is_told, entries):
        name, year = _name(entry), _year(entry)
        if year is not None and year > first.setdefault(name, year):
            late.add(year)
    return late


def _year(entry: Entry) -> int | None:
    return entry.year.year if entry.year is not None else None
