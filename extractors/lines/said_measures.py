"""A name and its measures said one after the other, each with its year: read-aloud text of a small table.

``施設入所者数の基準値は、令和４年度末、45人。目標値は、令和８年度末、43人以下。実績は、令和６年度末、46人。``, the clauses on one line or
on one each. The first clause names what is counted; every clause must be a measure, a year and a
value and nothing else, and there must be two at least: 「目標値は43人で、達成した。」 is prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_role
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.quantities import bare_quantity
from keikaku.extractors.lines.statements import YEAR, is_name
from keikaku.extractors.words import is_unspecific
from keikaku.normalizers.labels import split_marks

_CLAUSE = regex.compile(
    r"[\s　]*(?:(?P<name>[^。、，は]{2,40})の)?(?P<measure>[^。、，はの\s　]{2,10})は[、，]?[\s　]*"
    rf"(?P<year>{YEAR})[の、，\s　]+(?P<value>[^。、，\s　]{{1,16}})(?:[。、，]|\Z)"
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Clause:
    name: Line | None
    measure: Line
    year: Line
    value: Line


def find_clauses(printed: Sequence[Printed], at: int) -> Found | None:
    """The clauses from the line at `at` on; the first one says what is counted, others may say it anew."""
    rows: list[FigureRow] = []
    name: Line | None = None
    end = at
    while end < len(printed) and printed[end].group == printed[at].group:
        clauses = _clauses(printed[end].line)
        if not clauses or any(c.name is not None and not _names(c.name) for c in clauses):
            break
        for clause in clauses:
            name = clause.name or name
            rows.append(FigureRow(clause.value, name, measure=clause.measure, year=clause.year))
        end += 1
    if len(rows) < 2 or any(row.label is None for row in rows) or _repeats(rows):
        return None
    return Found(lay_figures(rows, (), printed[at:end]), end)


LAYOUTS = (find_clauses,)


def _repeats(rows: Sequence[FigureRow]) -> bool:
    """A measure said twice for one year of the same thing: one of them is of another, whose name is lost."""
    said = [tuple(line.text for line in row.lines[1:]) for row in rows]
    return len(set(said)) < len(said)


def _names(name: Line) -> bool:
    return is_name(name) and not is_unspecific(bare_quantity(name.text))


def _clauses(line: Line) -> list[_Clause]:
    """The clauses that a line is made of; none where it holds anything else."""
    if len(line.text) > _LONGEST:
        return []
    found: list[_Clause] = []
    start = split_marks(line.text).body_start
    while start < len(line.text.rstrip()):
        match = _CLAUSE.match(line.text, start)
        clause = _clause(line, match) if match is not None else None
        if match is None or clause is None:
            return []
        found.append(clause)
        start = match.end()
    return found


def _clause(line: Line, match: regex.Match[str]) -> _Clause | None:
    measure, year, value = (
        part_of(line, *match.span(group)) for group in ("measure", "year", "value")
    )
    if find_role(measure.text) not in MEASURES or not is_known_value(value.text):
        return None
    name = part_of(line, *match.span("name")) if match["name"] else None
    return _Clause(name, measure, year, value)
