"""A line of clauses under a measure alone: ``実績`` over 「令和6年度の設置数は2か所、検証の回数は年1回。」.

Read-aloud editions say a list as one line: each clause a name, は and a figure, the year once before the
first. Every clause must be just that, and the measure must stand alone right above the line, or above
others of its kind: 「施設入所者数は275人で、目標を下回った」 is prose, and so is what counts nothing by its name
(定員は170人).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import Role, find_role
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.measured import read_named
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.statements import YEAR, is_name, is_year, says_count
from keikaku.extractors.words import is_unspecific
from keikaku.normalizers.labels import split_marks

_CLAUSE = regex.compile(
    r"[\s　、，]*(?P<name>[^は、，。\s　]{2,40})(?:は、?|[\s　]+|[:：])(?P<value>[^は、，。\s　]{1,16})(?=[、，。\s　]|\Z)"
)
_YEAR_FIRST = regex.compile(
    rf"(?P<year>{YEAR})(?:まで)?(?:の|における|には?、?|は、|[\s　]+|、)[\s　]*"
)
_MEASURES = frozenset((Role.ACTUAL, Role.TARGET, Role.PROJECTED, Role.BASELINE))
_FARTHEST = 12


@dataclass(frozen=True, slots=True)
class _Topics:
    year: Line | None
    figures: tuple[tuple[Line, Line], ...]


def find_topics(printed: Sequence[Printed], at: int) -> Found | None:
    """The lines from `at` on that are clauses and nothing else."""
    rows: list[FigureRow] = []
    end = at
    while end < len(printed) and reads_as_topics(printed, end):
        topics = _read(printed[end].line)
        assert topics is not None
        rows += [FigureRow(value, name, year=topics.year) for name, value in topics.figures]
        end += 1
    return Found(lay_figures(rows, (), printed[at:end]), end) if rows else None


LAYOUTS = (find_topics,)


def reads_as_topics(printed: Sequence[Printed], at: int) -> bool:
    """Two clauses or more, of a year that they name, under a measure."""
    topics = _read(printed[at].line)
    if topics is None or len(topics.figures) < 2:
        return False
    role = _measure_above(printed, at)
    return role is Role.TARGET or (role is not None and topics.year is not None)


def reads_by_itself(printed: Sequence[Printed], at: int) -> bool:
    """A line that another layout reads, with names and measures of its own."""
    return read_named(printed, at) is not None or reads_as_topics(printed, at)


def _measure_above(printed: Sequence[Printed], at: int) -> Role | None:
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        role = find_role(item.line.text)
        if role is not None:
            return role if role in _MEASURES else None
        if _read(item.line) is None:
            return None
    return None


def _read(line: Line) -> _Topics | None:
    start = split_marks(line.text).body_start
    year = _YEAR_FIRST.match(line.text, start)
    start = year.end() if year is not None else start
    figures: list[tuple[Line, Line]] = []
    while (clause := _CLAUSE.match(line.text, start)) is not None:
        name, value = part_of(line, *clause.span("name")), part_of(line, *clause.span("value"))
        if not _is_topic(name, value):
            return None
        figures.append((name, value))
        start = clause.end()
    if not figures or line.text[start:].strip(" 　。"):
        return None
    return _Topics(part_of(line, *year.span("year")) if year is not None else None, tuple(figures))


def _is_topic(name: Line, value: Line) -> bool:
    names = is_name(name) and says_count(name.text) and not is_unspecific(name.text)
    return names and is_known_value(value.text) and not is_year(value)
