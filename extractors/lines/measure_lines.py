"""Names on lines of their own over a line of figures for each measure, below a line of years.

``事業名 令和３年度 令和４年度 令和５年度`` over ``① 成年後見制度利用支援事業 （人/年）`` over ``計画 8 9 10`` and ``実績 6 11 －``: raw text
of PDF prints a table so whose names stand over their rows. A name may be broken over two lines, or
head others (⑤ 意思疎通支援事業 over ア 手話通訳者派遣事業); where that is not told apart, or a line has more or fewer
figures than there are years, its figures are reported and not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import (
    MEASURES,
    Head,
    Role,
    find_box,
    find_role,
    read_head,
    split_unit,
)
from keikaku.extractors.lines.aligned_labels import all_go_on
from keikaku.extractors.lines.head_lines import (
    HeadRow,
    may_be_head,
    read_head_line,
    read_head_row,
)
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    blank_cell,
    cell_of,
    tokens_of,
    with_aside,
)
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.row_marks import is_page_number
from keikaku.extractors.lines.statements import cut
from keikaku.extractors.words import is_caption, is_category, is_legend
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import clean_label, split_marks
from keikaku.normalizers.units import find_unit

_MOST_NAME_LINES = 3
_LONGEST_NAME = 50
_NUMERALS = {
    "1": "[0-9０-９]+",
    "①": "[①-⑳]",
    "ア": r"\p{Katakana}",
    "一": "[一二三四五六七八九十]+",
    "⑴": "[⑴-⒇]",
}
_CLOSES_NAME = regex.compile(r".*[(（][^()（）]+[)）][\s　]*")
"""（件/年）, （実施の有無）: what a name says of its figures stands at its end."""


@dataclass(frozen=True, slots=True)
class _Head:
    labels: tuple[Line, ...]
    unit: Line | None
    years: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    measure: Line
    unit: Line | None
    values: tuple[Line, ...]


@dataclass(slots=True)
class _Block:
    """The names over the rows, the rows, and the lines of figures that are not as many as the years."""

    names: list[Line] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    uneven: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Named:
    """A block with the lines that head its own name, and the lines of that name."""

    block: _Block
    over: list[Line]
    own: list[Line]
    shared: Line | None = None
    """The name with the unit of several blocks, ⑥ 用具の給付 （件/年）, in the first of them."""
    sharers: int = 0
    is_shared: bool = False


@lru_cache(maxsize=32)
def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """The table below the line of years at `at`."""
    head = _head(printed[at].line)
    if head is None:
        return None
    blocks, pages, end = _blocks(printed, at + 1, len(head.years))
    if not any(block.rows for block in blocks):
        return None
    named = _with_shared_units(_name_all(blocks))
    rows = [row for each in named for row in _laid(each, head)]
    read = [each.block for each in named]
    unread = [line for block in blocks for line in block.uneven]
    lost = [block for block in blocks if all(block is not known for known in read)]
    unread += [row.line for block in lost for row in block.rows]
    notices = tuple(_notice(line, head) for line in unread)
    if not rows:
        return Found(None, end, notices)
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    aside = [*pages, *unread, *(name for block in lost for name in block.names)]
    return Found(
        with_aside(lay_out([_head_cells(head), *rows], "lines", span), aside), end, notices
    )


LAYOUTS = (find_table,)


# -- the line of years -------------------------------------------------------------------------


def _head(line: Line) -> _Head | None:
    """事業名 令和３年度 令和４年度: labels, perhaps 単位, and years, none of them twice."""
    row = read_head_row(line) if may_be_head(line.text) else None
    if row is None:
        return None
    kinds = [_kind(head) for head in row.heads]
    if "other" in kinds or kinds != sorted(kinds, key=["label", "unit", "year"].index):
        return None
    years = {head.year.year for head in row.heads if head.year is not None}
    if kinds.count("label") > 2 or kinds.count("unit") > 1:
        return None
    if not 1 < len(years) == kinds.count("year"):
        return None
    unit = _lines(row, kinds, "unit")
    return _Head(_lines(row, kinds, "label"), unit[0] if unit else None, _lines(row, kinds, "year"))


def _kind(head: Head) -> str:
    if head.role is None and head.year is not None:
        return "year"
    return {Role.LABEL: "label", Role.UNIT: "unit"}.get(head.role or Role.GOAL, "other")


def _lines(row: HeadRow, kinds: Sequence[str], kind: str) -> tuple[Line, ...]:
    return tuple(line for line, own in zip(row.lines, kinds, strict=True) if own == kind)


# -- its blocks --------------------------------------------------------------------------------


def _blocks(
    printed: Sequence[Printed], at: int, years: int
) -> tuple[list[_Block], list[Line], int]:
    """Names and their rows by turns, the numbers of pages among them, and where the last row ends."""
    blocks: list[_Block] = []
    pages: list[Line] = []
    names: list[Line] = []
    end = here = at
    while here < len(printed):
        line = printed[here].line
        if _is_measured(line):
            if names:
                blocks.append(_Block(names))
                names = []
            if not blocks:
                break
            if _is_given(blocks[-1], line):
                blocks.append(_Block([]))
            _add(blocks[-1], line, years)
            end = here + 1
        elif end == here and is_page_number(line.text) and _goes_on(printed, here + 1):
            pages.append(line)
            end = here + 1
        elif _may_name(line) and len(names) < _MOST_NAME_LINES:
            names.append(line)
        else:
            break
        here += 1
    return blocks, pages, end


def _goes_on(printed: Sequence[Printed], at: int) -> bool:
    """Do names and a row of figures follow, and no line of heads?"""
    for item in printed[at : at + _MOST_NAME_LINES + 1]:
        if _is_measured(item.line):
            return True
        if not _may_name(item.line):
            return False
    return False


def _is_measured(line: Line) -> bool:
    """計画 8 9 10, 実績 人/年 6 11 －: a measure, and nothing but figures behind it."""
    pieces = cut(line)
    if len(pieces) < 2 or not _is_measure(pieces[0]):
        return False
    start = 2 if find_unit(pieces[1].text) is not None else 1
    return all(is_known_value(piece.text) for piece in pieces[start:])


def _is_measure(piece: Line) -> bool:
    head = read_head(piece.text)
    return head.role in MEASURES and head.year is None


def _is_given(block: _Block, line: Line) -> bool:
    """計画 a second time: of another name, which is lost."""
    role = read_head(cut(line)[0].text).role
    given = [row.line for row in block.rows] + block.uneven
    return any(read_head(cut(other)[0].text).role is role for other in given)


def _add(block: _Block, line: Line, years: int) -> None:
    """A row of the block, where it has a figure for each year."""
    measure, *values = cut(line)
    unit = values.pop(0) if find_unit(values[0].text) is not None else None
    if len(values) == years:
        block.rows.append(_Row(line, measure, unit, tuple(values)))
    else:
        block.uneven.append(line)


def _may_name(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_NAME or "。" in text or is_caption(text) or is_legend(text):
        return False
    if sum(is_known_value(token.text) for token in tokens_of(line)) > 1:
        return False  # 生活介護の利用者数 見込量 210人 212人: a row of its own
    if is_value_like(text) or is_page_number(text) or text[0] in "※*＊・●○◎■◆":
        return False
    if find_box(text) is not None or find_role(text) is not None:
        return False
    if any(head.year is not None or head.role in MEASURES for head in read_head_line(line)):
        return False
    return len(clean_label(text)) > 1


# -- names -------------------------------------------------------------------------------------


def _name_all(blocks: Sequence[_Block]) -> list[_Named]:
    """The blocks whose names are told. Where one is not, those below it may be parts of it, up to the next
    that is numbered as the first of all."""
    numbered = next((line for block in blocks for line in block.names if _style(line)), None)
    following = [*blocks[1:], None]
    found: list[_Named] = []
    is_lost = False
    for block, below in zip(blocks, following, strict=True):
        named = _name(block, below) if block.rows else None
        opens = numbered is None or (block.names and _style(block.names[0]) == _style(numbered))
        is_lost = named is None or (is_lost and not opens)
        if named is not None and not is_lost:
            found.append(named)
    return found


def _style(name: Line) -> str:
    """How a name is numbered: ① and ② alike, nothing without a number."""
    mark = split_marks(name.text)
    if mark.mark is None or mark.number is None:
        return ""
    for kind, letters in _NUMERALS.items():
        if (found := regex.search(letters, mark.mark)) is not None:
            return mark.mark.replace(found[0], kind)
    return mark.mark


def _name(block: _Block, following: _Block | None) -> _Named | None:
    if not block.names:
        return None
    over, own = list[Line](), [block.names[0]]
    for line in block.names[1:]:
        if all_go_on([own[-1], line]) or _are_known_together(own[-1], line):
            own.append(line)
            continue
        if not _heads(own[-1], line, following):
            return None
        over += own
        own = [line]
    return _Named(block, over, own)


def _are_known_together(one: Line, other: Line) -> bool:
    """障害者相談支援 over 事業（か所）: only both together are a name that is known."""
    known = [clean_label(text) for text in (one.text, other.text, one.text + other.text)]
    names = [split[0] if (split := split_unit(text)) is not None else text for text in known]
    return [bool(indicators_named(name)) for name in names] == [False, False, True]


def _heads(over: Line, line: Line, following: _Block | None) -> bool:
    """Is the upper line a name of its own over the lower one?"""
    numbered, below = (split_marks(text.text).number is not None for text in (over, line))
    if below or is_category(over.text) or _CLOSES_NAME.fullmatch(over.text):
        return True
    if not numbered:
        return False
    if says_quantity(line.text):
        return True
    if following is None or len(following.names) != 1:
        return False
    return split_marks(following.names[0].text).number is None


def _with_shared_units(named: Sequence[_Named]) -> list[_Named]:
    """A name that says the unit of the blocks below it stands beside them all. One of them that says
    its own, or is not told from what comes behind them, is not read."""
    kept: list[_Named] = []
    first: _Named | None = None
    for each in named:
        if each.over and _unit_in(each.over[-1]):
            first = each
            if not _style(each.own[0]) and not split_marks(each.over[-1].text).mark:
                first = None
                continue
            each.shared = each.over.pop()
        elif first is None or each.over or _style(each.own[0]) != _style(first.own[0]):
            first = None
        if first is not None and any(map(_unit_in, each.own)):
            continue
        each.is_shared = first is not None
        if first is not None:
            first.sharers += len(each.block.rows)
        kept.append(each)
    return kept


def _unit_in(name: Line) -> bool:
    return split_unit(clean_label(name.text)) is not None


# -- cells -------------------------------------------------------------------------------------


def _laid(named: _Named, head: _Head) -> list[list[PrintedCell]]:
    """The rows of a block below the names that head them."""
    width = 3 + (head.unit is not None) + len(head.years)
    rows = [[cell_of([line], 1, width)] for line in named.over]
    height = len(named.block.rows)
    for number, row in enumerate(named.block.rows):
        cells: list[PrintedCell] = []
        if number == 0 and named.shared is not None:
            cells.append(cell_of([named.shared], named.sharers, 1))
        if number == 0:
            cells.append(cell_of(named.own, height, 1 if named.is_shared else 2))
        cells.append(cell_of([row.measure]))
        if head.unit is not None:
            cells.append(cell_of([row.unit]) if row.unit else blank_cell(row.measure))
        rows.append([*cells, *(cell_of([value]) for value in row.values)])
    return rows


def _head_cells(head: _Head) -> list[PrintedCell]:
    if len(head.labels) == 2:
        corner = [cell_of([head.labels[0]], 1, 2), cell_of([head.labels[1]])]
    elif head.labels:
        corner = [cell_of(head.labels, 1, 3)]
    else:
        start = head.years[0].span.char_start
        corner = [PrintedCell((), Span(start, start), 1, 3)]
    unit = [cell_of([head.unit])] if head.unit is not None else []
    return [*corner, *unit, *(cell_of([year]) for year in head.years)]


# -- what is not read --------------------------------------------------------------------------


def _notice(line: Line, head: _Head) -> Notice:
    years = "、".join(year.text for year in head.years)
    detail = f"「{line.text[:80]}」 is not read: not one figure for each of {years}, or no name of its own"
    return Notice("uneven_cells", "warning", detail, line.span)
