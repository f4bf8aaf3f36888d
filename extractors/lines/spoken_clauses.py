"""Rows spoken clause by clause, each figure behind the words of its column's head.

Editions for screen readers say a row as sentences of its own: ``1行目。項目、施設入所者数。基準値（令和4年度末）、267人。
目標値（令和8年度末）、253人以下。令和6年度実績、263人。``, or ``施設入所者の数。目標は、令和5年度末で312人以下。実績は、令和3年度が
318人、令和4年度が316人。評価はマル。``. A line counts when each of its clauses is a name, a unit, or a head that is
understood and nothing but its figures; one clause that is more makes it prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.row_marks import NUMBER_OF_ROW, unwrapped
from keikaku.extractors.lines.said_measures import find_clauses
from keikaku.extractors.lines.statements import YEAR, is_name, is_year, read_statement
from keikaku.extractors.words import is_grade, is_legend, is_unspecific
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_CLAUSE = regex.compile(r"(?:[^。（(]|[（(][^()（）]*[)）]|[（(])+")
_NUMBER_BEHIND = regex.compile(
    r"(?<=[^0-9０-９])[\s　]*(?:[0-9０-９]{1,2}|[①-⑳]|[(（][0-9０-９]{1,2}[)）])\Z"
)
"""指標１、地域生活移行者数."""
_SPLIT = regex.compile(r"(?:は、?|[、：:]|(?<=[^\s　])[\s　]+)")
_PIECE = regex.compile(r"(?:[^、，（(]|[，,](?=[0-9０-９]{3})|[（(][^()（）]*[)）])+")
_OF_YEAR = regex.compile(
    rf"(?P<year>{YEAR})(?:まで)?(?:には?|で|が|は|の|[：:]|[\s　])*(?P<value>[^\s　].*)"
)
_SAID = regex.compile(r"(?<=[^\s　で])(?:です|でした|である)\Z")
_VERB = regex.compile(r"[るたすんいう]\Z")
_GRADES = frozenset((Role.GRADE, Role.EVALUATION))
_LONGEST = 400
_LONGEST_NAME = 50
_MOST_NAMES = 2


@dataclass(slots=True)
class _Row:
    names: list[Line] = field(default_factory=list)
    unit: Line | None = None
    figures: list[FigureRow] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """The lines from `at` on that are such rows; measures said of one name after the other are none."""
    if find_clauses(printed, at) is not None:
        return None
    rows: list[FigureRow] = []
    asides: list[Line] = []
    end = at
    while end < len(printed) and (row := _read(printed[end].line)) is not None:
        rows += _figures_of(row)
        asides += row.aside
        end += 1
    if not rows:
        return None
    return Found(lay_figures(rows, asides, printed[at:end]), end)


LAYOUTS = (find_rows,)


def _figures_of(row: _Row) -> Iterator[FigureRow]:
    item, label = (row.names[0], row.names[1]) if len(row.names) > 1 else (None, row.names[0])
    for figure in row.figures:
        yield FigureRow(figure.value, label, row.unit, figure.measure, figure.year, item=item)


def _read(line: Line) -> _Row | None:
    """The line as a row; None where a clause of it is anything else."""
    if len(line.text) > _LONGEST or line.text.count("。") < 2 or is_legend(line.text):
        return None
    row = _Row()
    for match in _CLAUSE.finditer(line.text):
        clause = part_of(line, match.start(), match.start() + len(_SAID.sub("", match[0])))
        if clause.text and not _take(clause, row):
            return None
    if not row.names or len(row.figures) < 2 or not _tells_apart(row.figures):
        return None
    return row if read_statement(line) is None else None


def _take(clause: Line, row: _Row) -> bool:
    if not row.names and not row.aside and NUMBER_OF_ROW.fullmatch(clause.text):
        row.aside.append(clause)
        return True
    for head, rest in _split(clause):
        role = find_role(_NUMBER_BEHIND.sub("", head.text))
        if role is Role.LABEL and not row.figures and len(row.names) < _MOST_NAMES:
            row.names.append(rest)
            return is_name(rest)
        if role is Role.UNIT and row.unit is None and find_unit(rest.text) is not None:
            row.unit = rest
            return True
        if (figures := _figures(head, rest)) is not None:
            row.figures += figures
            return bool(row.names)
    return _take_bare_name(clause, row)


def _take_bare_name(clause: Line, row: _Row) -> bool:
    """施設入所者の数。 at the beginning of the line, before its figures."""
    name = unwrapped(part_of(clause, split_marks(clause.text).body_start, len(clause.text)))
    if row.names or row.figures or len(name.text) > _LONGEST_NAME or "は" in name.text:
        return False
    if name.text[-1:] in "、：:" or any(find_role(head.text) for head, _ in _split(name)):
        return False
    row.names.append(name)
    return is_name(name) and not is_unspecific(name.text) and _VERB.search(name.text) is None


def _split(clause: Line) -> Iterator[tuple[Line, Line]]:
    """The clause parted at each place that may stand between a head and what it heads."""
    for match in _SPLIT.finditer(clause.text):
        head, rest = (
            part_of(clause, 0, match.start()),
            part_of(clause, match.end(), len(clause.text)),
        )
        if head.text and rest.text:
            yield head, rest


def _figures(head: Line, rest: Line) -> list[FigureRow] | None:
    """The figures behind a head: one, or one of each year; a grade behind 評価."""
    said = read_head(head.text)
    if said.role in _GRADES and said.year is None:
        return [FigureRow(rest, measure=head)] if is_grade(rest.text) else None
    if said.role not in MEASURES:
        return None
    if said.year is None and (pairs := _pairs(rest)):
        return [FigureRow(value, measure=head, year=year) for year, value in pairs]
    return [FigureRow(rest, measure=head)] if _is_value(rest) else None


def _pairs(rest: Line) -> list[tuple[Line, Line]] | None:
    """令和3年度が318人、令和4年度が316人; or a year, 、 and its figure by turns."""
    pieces = [part_of(rest, *match.span()) for match in _PIECE.finditer(rest.text)]
    if len(pieces) % 2 == 0 and all(map(is_year, pieces[::2])):
        return (
            list(zip(pieces[::2], pieces[1::2], strict=True))
            if all(map(_is_value, pieces[1::2]))
            else None
        )
    pairs: list[tuple[Line, Line]] = []
    for piece in pieces:
        match = _OF_YEAR.fullmatch(piece.text)
        if match is None or not _is_value(value := part_of(piece, *match.span("value"))):
            return None
        pairs.append((part_of(piece, *match.span("year")), value))
    return pairs


def _is_value(piece: Line) -> bool:
    known = is_known_value(piece.text) or is_value_like(piece.text)
    return known and not is_year(piece)


def _tells_apart(figures: Sequence[FigureRow]) -> bool:
    """No head twice for one year."""
    said = [
        (figure.measure.text if figure.measure else "", figure.year.text if figure.year else "")
        for figure in figures
    ]
    return len(set(said)) == len(said)
