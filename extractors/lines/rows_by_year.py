"""Rows that begin with their year, under a title that names the service, its quantity and its unit.

「列は、年度、見込量、実績、達成率の順です。」 once over all tables, then ``居宅介護、利用者数、単位は１か月当たりの人。`` over
``令和６年度、58、55、94.8パーセント。`` and a row for each further year: so read-aloud editions say a table of one
service. The sentence governs the titles below it until another one is said, or the reading ends; a
row with more or fewer figures than columns, or under no title, is reported and not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.heads import find_box, find_role
from keikaku.extractors.lines.column_orders import ColumnOrder, order_of_columns
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, merge_pieces, part_of, with_aside
from keikaku.extractors.lines.quantities import bare_quantity, says_quantity
from keikaku.extractors.lines.stacked import is_lone_number
from keikaku.extractors.lines.statements import cut, is_name, is_year
from keikaku.extractors.words import is_caption, is_eraless_year, is_legend, is_unspecific
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_ENDS_READING = regex.compile(
    r"読み上げ(?:は|を)?(?:以上|終)|表[^。、]{0,8}(?:終わり|おわり|終了)|\A以上"
)
_SPEAKS_OF_ORDER = regex.compile(r"順(?!調)|[列欄]は|並び")
_FARTHEST = 400
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class _Title:
    """居宅介護、利用者数、単位は１か月当たりの人。 Below a name alone: 利用者数、単位は人。"""

    name: Line | None
    quantity: Line | None
    unit: Line | None


@dataclass(slots=True)
class _Rows:
    """The rows below a title as far as they are gathered."""

    rows: list[FigureRow] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    end: int = 0


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """The rows below the title at `at`; a row without a title is reported."""
    if _is_row(printed[at].line):
        order = _order_above(printed, at)
        return _without_title(printed, at, order) if order is not None else None
    title = _title(printed[at].line)
    if title is None or title.name is None:
        return None
    found = _Rows(end=at)
    for quantity, start in _parts(printed, at, title):
        order, first = _order_of(printed, start)
        if order is None or not _is_row_at(printed, first):
            break
        found.aside += [printed[n].line for n in range(start, first)]
        if quantity.unit is not None:
            found.rows.append(FigureRow(quantity.unit, is_group=True))
        _gather(printed, first, order, replace(quantity, name=title.name), found)
    if not any(not row.is_group for row in found.rows):
        return Found(None, found.end, tuple(found.notices)) if found.notices else None
    grid = lay_figures(found.rows, [], printed[at : found.end])
    return Found(with_aside(grid, found.aside), found.end, tuple(found.notices))


LAYOUTS = (find_rows,)


# -- the order ---------------------------------------------------------------------------------


def _parts(printed: Sequence[Printed], at: int, title: _Title) -> Iterator[tuple[_Title, int]]:
    """The title and where its rows begin; under a name alone, each quantity that has rows."""
    if title.quantity is not None or title.unit is not None or not _counts(printed, at + 1):
        yield title, at + 1
        return
    given: set[str] = set()
    at += 1
    while at < len(printed) and (part := _title(printed[at].line)) is not None:
        if part.name is not None or part.quantity is None or part.quantity.text in given:
            return
        given.add(part.quantity.text)
        yield part, at + 1
        at += 1
        while at < len(printed) and (_is_row(printed[at].line) or is_lone_number(printed, at)):
            at += 1


def _counts(printed: Sequence[Printed], at: int) -> bool:
    part = _title(printed[at].line) if at < len(printed) else None
    return part is not None and part.name is None


def _order_of(printed: Sequence[Printed], at: int) -> tuple[ColumnOrder | None, int]:
    """The order of the rows at `at`, be it said above or in the line at `at`, and where they begin."""
    own = order_of_columns(printed[at].line) if at < len(printed) else None
    if own is not None:
        return (own, at + 1) if own.is_by_year else (None, at)
    return _order_above(printed, at), at


def _order_above(printed: Sequence[Printed], at: int) -> ColumnOrder | None:
    """The order by year that the nearest sentence above says; none where another is said since."""
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        order = order_of_columns(item.line)
        if order is not None:
            return order if order.is_by_year else None
        if _ENDS_READING.search(item.line.text) or _SPEAKS_OF_ORDER.search(item.line.text):
            return None
    return None


# -- the title ---------------------------------------------------------------------------------


def _title(line: Line) -> _Title | None:
    """Name, perhaps what is counted, perhaps the unit, and nothing else."""
    text = line.text.rstrip("。")
    if not text or "。" in text or len(text) > _LONGEST_TITLE or _is_other(line):
        return None
    whole = part_of(line, split_marks(text).body_start, len(text))
    named, unit = _unit_apart(cut(whole))
    if not named:
        return None
    quantity = named.pop() if says_quantity(named[-1].text) else None
    name = merge_pieces(named, whole) if named else None
    if name is not None and (not is_name(name) or is_unspecific(bare_quantity(name.text))):
        return None
    return _Title(name, quantity, unit)


def _is_other(line: Line) -> bool:
    """A caption, a legend, a head of a box or the heading of a goal is no title of rows."""
    text = line.text
    if is_caption(text) or is_legend(text) or find_role(text) is not None:
        return True
    return find_box(text) is not None or find_goal_head(text, line.span) is not None


def _unit_apart(pieces: list[Line]) -> tuple[list[Line], Line | None]:
    """The pieces before the unit that closes a title: 単位は１か月当たりの人, 単位 人, 人／月."""
    opens = [n for n, piece in enumerate(pieces) if piece.text.startswith("単位")]
    start = opens[0] if opens else len(pieces) - 1
    if start < 1 or (not opens and says_quantity(pieces[start].text)):
        return pieces, None
    unit = pieces[-1]
    if len(pieces) - start > 2 or find_unit(unit.text) is None:
        return ([], None) if opens else (pieces, None)
    return pieces[:start], unit


# -- rows --------------------------------------------------------------------------------------


def _gather(
    printed: Sequence[Printed], at: int, order: ColumnOrder, title: _Title, found: _Rows
) -> None:
    """The rows from `at` on, no year twice: then the title of the next ones is lost."""
    years: set[str] = set()
    while at < len(printed):
        line = printed[at].line
        if years and is_lone_number(printed, at) and _is_row_at(printed, at + 1):
            found.aside.append(line)
            at += 1
            continue
        if not _is_row(line) or (year := _year(line)).text in years:
            break
        years.add(year.text)
        values = _values(line)
        if len(values) == len(order.figures) and all(is_known_value(v.text) for v in values):
            heads = [order.heads[n] for n in order.figures]
            found.rows += [
                FigureRow(value, title.name, title.quantity, head, year)
                for head, value in zip(heads, values, strict=True)
            ]
        else:
            found.aside.append(line)
            found.notices += _notices([line], order)
        at += 1
        found.end = at


def _is_row_at(printed: Sequence[Printed], at: int) -> bool:
    return at < len(printed) and _is_row(printed[at].line)


def _is_row(line: Line) -> bool:
    """令和６年度、58、55: a year, then nothing but short pieces, the first of them a figure or a mark."""
    text = line.text.rstrip("。")
    if "。" in text or len(text) > 120 or not text[:1].strip():
        return False
    pieces = _pieces(line)
    if len(pieces) < 2 or not (is_year(pieces[0]) or is_eraless_year(pieces[0].text)):
        return False
    return is_known_value(pieces[1].text) and all(find_role(p.text) is None for p in pieces[1:])


def _year(line: Line) -> Line:
    return _pieces(line)[0]


def _values(line: Line) -> list[Line]:
    return _pieces(line)[1:]


def _pieces(line: Line) -> list[Line]:
    """The pieces of a row; 令和６年度は is the year."""
    pieces = cut(part_of(line, 0, len(line.text.rstrip("。"))))
    if not pieces:
        return []
    first = pieces[0]
    return [part_of(first, 0, len(first.text.rstrip("はが"))), *pieces[1:]]


# -- what is not read --------------------------------------------------------------------------


def _without_title(printed: Sequence[Printed], at: int, order: ColumnOrder) -> Found | None:
    """Rows of which nothing says what they count."""
    end = at
    while end < len(printed) and _is_row(printed[end].line):
        end += 1
    lines = [item.line for item in printed[at:end]]
    return Found(None, end, _notices(lines, order))


def _notices(lines: Sequence[Line], order: ColumnOrder) -> tuple[Notice, ...]:
    columns = "、".join(head.text for head in order.heads)
    return tuple(
        Notice(
            "unread_figures",
            "warning",
            f"「{line.text[:80]}」 is not read: its cells are not those of {columns}, or no title names it",
            line.span,
        )
        for line in lines
    )
