"""Notes that say of which year the figures of a table are: ※目標値は令和５年度末の数値、実績値は令和４年度末の数値.

Such a note governs the table it stands under, where its heads name no year for that measure.

>>> [(role.name, year.year) for role, year in years_of_note("※ 実績値は、令和４年度末時点の数値です。").items()]
[('ACTUAL', 2022)]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import regex
from keikaku.extractors.entries import Entry, Evidence, Note
from keikaku.extractors.heads import MEASURES, Role, find_role
from keikaku.normalizers.fiscal_years import FiscalYear, find_fiscal_year

_CLAUSE = regex.compile(
    r"(?P<measure>[^\s　、。，,はが※＊*]{2,8})は[、，]?[\s　]*"
    r"(?P<year>(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)[\s　]*年度末?)"
    r"(?:[\s　]*(?:時点|現在))?の?(?:数値|値|数|人数|実績(?:値|見込み?)?|目標値?|計画値?|見込(?:み|値|量)?|推計値?|速報値?|もの)?"
    r"(?:です|である|とする|となります|を示す)?(?=[、。，,）)\s　]|\Z)"
)


class SaidYear(NamedTuple):
    """The year of one measure, and where in the text it stands."""

    year: FiscalYear
    start: int
    end: int


def years_of_note(text: str) -> Mapping[Role, FiscalYear]:
    """The year of each measure that the note names; none where it names one twice."""
    return {role: said.year for role, said in said_years(text).items()}


def said_years(text: str) -> Mapping[Role, SaidYear]:
    """The year of each measure that a sentence names, with its place; none where it names one twice."""
    found: dict[Role, SaidYear] = {}
    for match in _CLAUSE.finditer(text):
        role, year = find_role(match["measure"]), find_fiscal_year(match["year"])
        if role not in MEASURES or role is None or year is None:
            continue
        if role in found and found[role].year.year != year.year:
            return {}
        found[role] = SaidYear(year, *match.span("year"))
    return found


def with_years(entries: Sequence[Entry], note: Note | None) -> tuple[Entry, ...]:
    """The entries, those that have no year of their own with the one that the note gives their measure."""
    years = years_of_note(note.text) if note is not None else {}
    if note is None or not years:
        return tuple(entries)
    return tuple(_with_year(entry, years, note) for entry in entries)


def _with_year(entry: Entry, years: Mapping[Role, FiscalYear], note: Note) -> Entry:
    year = years.get(entry.measure) if entry.measure is not None else None
    if year is None or entry.year is not None:
        return entry
    evidence = Evidence("year", "note", note.text, note.span)
    return replace(entry, year=year, evidence=(*entry.evidence, evidence))
