"""One caption over several tables: whether what it says of the first still holds for the next.

A caption (＜計画値＞, 【目標値】) gives its measure to every table below it. Where the caption of a second
table was lost, that table would borrow the words over the first. It is told by what it says: other
figures of the same rows and years, or heads of its own over rows whose first table named its measures
itself. A list of baselines that goes on to years of the plan has passed into something else. What only
a caption in doubt says is not said at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from keikaku.extractors.entries import Entry
from keikaku.extractors.heads import Role
from keikaku.normalizers.labels import clean_label

Tables = Sequence[Sequence[Entry]]


@dataclass(slots=True)
class TablesBelow:
    """The tables so far below the words that now give a measure."""

    words: tuple[object, ...] = ()
    tables: list[tuple[Entry, ...]] = field(default_factory=list)

    def own(
        self, entries: tuple[Entry, ...], words: tuple[object, ...], first_year: int | None
    ) -> tuple[Entry, ...]:
        """The entries of the next table, below these `words`, as `without_borrowed` leaves them."""
        if words != self.words:
            self.words, self.tables = words, []
        earlier = tuple(self.tables)
        self.tables.append(entries)
        return without_borrowed(entries, earlier, first_year)


def without_borrowed(
    entries: tuple[Entry, ...], earlier: Tables, first_year: int | None
) -> tuple[Entry, ...]:
    """The entries of a table below `earlier` ones of the same caption, without a measure that it
    only borrows. `first_year`: the first that the plan, or a title, sets targets for."""
    if any(map(_borrows, entries)) and (
        _contradicts(entries, earlier) or _has_other_heads(entries, earlier)
    ):
        return tuple(replace(e, measure=None) if _borrows(e) else e for e in entries)
    return _without_late_baselines(entries, first_year)


def _borrows(entry: Entry) -> bool:
    """Do no words beside the figure say its measure?"""
    return entry.measure is not None and all(e.what != "measure" for e in entry.evidence)


def _contradicts(entries: Sequence[Entry], earlier: Tables) -> bool:
    """Would a figure say of its row and year what another table says otherwise?"""
    said = {_key(entry): entry.text for table in earlier for entry in table if _is_told(entry)}
    told = (entry for entry in entries if _borrows(entry) and _is_told(entry))
    return any(said.get(_key(entry), entry.text) != entry.text for entry in told)


def _has_other_heads(entries: Sequence[Entry], earlier: Tables) -> bool:
    """Does the table name the rows of one that needed no caption, its heads saying the same?"""
    names = set(_names(entries))
    lent = {entry.measure for entry in entries if _borrows(entry)}
    return any(
        not any(map(_borrows, table))
        and lent & {entry.measure for entry in table}
        and names & set(_names(table))
        for table in earlier
    )


def _is_told(entry: Entry) -> bool:
    return bool(entry.labels) and entry.year is not None


def _names(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    return [tuple(clean_label(label.text) for label in e.labels) for e in entries if e.labels]


def _key(entry: Entry) -> tuple[object, ...]:
    assert entry.year is not None
    year = (entry.year.year, entry.year.last)
    return (*_names([entry]), entry.measure, entry.series, year, entry.units)


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
    return tuple(replace(e, measure=None) if id(e) in doubtful else e for e in entries)


def _years_of_names_seen_before(entries: Sequence[Entry]) -> set[int]:
    """The years of rows whose name stands above with an earlier year: a baseline is of one year."""
    first: dict[tuple[str, ...], int] = {}
    late: set[int] = set()
    for entry in filter(_is_told, entries):
        (name,), year = _names([entry]), _year(entry)
        if year is not None and year > first.setdefault(name, year):
            late.add(year)
    return late


def _year(entry: Entry) -> int | None:
    return entry.year.year if entry.year is not None else None
