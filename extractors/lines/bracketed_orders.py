"""Rows whose columns a bracket names above them: 「【実績】　〔項目：令和８年度目標／令和６年度／令和７年度／進捗率〕」.

Narrative reports print below it ``・地域生活移行者数：19人／5人／９人／47.4％``, the name before a colon, the figures between
the marks that part the heads. The caption beside the bracket (【実績】) is the measure of years that stand in
it alone. A row that has not as many values as the bracket has heads is reported, not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Head, Role, find_role, read_head
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, blank_cell, cell_of, part_of
from keikaku.extractors.lines.statements import is_name
from keikaku.extractors.words import is_grade

_ORDER = regex.compile(
    r"(?P<title>[^。]{0,40}?)[\s　]*(?:〔(?P<inside>[^〔〕]+)〕|［(?P<inside>[^［］]+)］|\[(?P<inside>[^\[\]]+)\]"
    r"|（(?P<inside>(?:[^（）]|（[^（）]*）)+)）|\((?P<inside>(?:[^()]|\([^()]*\))+)\))"
)
_ASIDE = regex.compile(r"※?(?:左から|順に|各行は|数値は|以下)?[\s　、]*")
_LABEL = regex.compile(r"(?P<label>[^：:／/｜|]{2,12})[\s　]*[：:][\s　]*")
_WORDS = regex.compile(r"[\[【［〈《＜<]?(?P<words>[^\[\]【】［］〈〉《》＜＞<>]+)[\]】］〉》＞>]?")
_DELIMITERS = "／/｜|、"
_ROW = regex.compile(
    r"[\s　]*[・･○◯●◎◆◇■□▪•▶‣\-－]?[\s　]*(?P<name>[^：:。]{2,60}?)[\s　]*[：:][\s　]*(?P<values>[^：:。]+)"
)
_GRADES = frozenset((Role.GRADE, Role.EVALUATION))


@dataclass(frozen=True, slots=True)
class _Order:
    """The heads in order, what parts them, the head of the names, and the measure of bare years."""

    heads: tuple[Line, ...]
    read: tuple[Head, ...]
    delimiter: str
    label: Line | None
    measure: Line | None

    @property
    def bare(self) -> list[int]:
        """The places of years that stand alone."""
        return [n for n, head in enumerate(self.read) if head.role is None]


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """The rows right below the bracket that ends the line at `at`."""
    order = _order(printed[at].line)
    if order is None:
        return None
    rows: list[list[PrintedCell]] = []
    notices: list[Notice] = []
    end = at + 1
    while end < len(printed) and (row := _row(printed[end].line, order)) is not None:
        cells, notice = row
        if cells:
            rows.append(cells)
        if notice is not None:
            notices.append(notice)
        end += 1
    if not rows:
        return None
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    return Found(lay_out([*_head_rows(order), *rows], "ordered", span), end, tuple(notices))


LAYOUTS = (find_rows,)


# -- the bracket -------------------------------------------------------------------------------


def _order(line: Line) -> _Order | None:
    """The order that a bracket at the end of the line names, every word of it known."""
    match = _ORDER.fullmatch(line.text)
    if match is None:
        return None
    inside = part_of(line, *match.span("inside"))
    aside = _ASIDE.match(inside.text)
    inside = part_of(inside, aside.end() if aside else 0, len(inside.text))
    named = _LABEL.match(inside.text)
    label = part_of(inside, *named.span("label")) if named else None
    if label is not None and find_role(label.text) is not Role.LABEL:
        return None
    rest = part_of(inside, named.end() if named else 0, len(inside.text))
    used = [mark for mark in _DELIMITERS if mark in rest.text]
    if len(used) != 1:
        return None
    heads = tuple(_split(rest, used[0]))
    read = tuple(read_head(head.text) for head in heads)
    if len(heads) < 2 or not all(_holds_figures(head) for head in read) or _says_twice(read):
        return None
    title = part_of(line, *match.span("title"))
    return _Order(heads, read, used[0], label, _measure(title))


def _measure(title: Line) -> Line | None:
    """【実績】, 実績値: the measure that the words before the bracket are."""
    words = _WORDS.fullmatch(title.text) if title.text else None
    if words is None or find_role(words["words"]) not in MEASURES:
        return None
    return part_of(title, *words.span("words"))


def _holds_figures(head: Head) -> bool:
    return head.role in MEASURES | _GRADES or (head.role is None and head.year is not None)


def _says_twice(heads: Sequence[Head]) -> bool:
    said = [(head.role, head.year.year if head.year else None) for head in heads]
    return len(set(said)) < len(said)


def _head_rows(order: _Order) -> list[list[PrintedCell]]:
    """The heads; the caption's measure stands over years alone where they are neighbours."""
    corner = cell_of([order.label]) if order.label else blank_cell(order.heads[0])
    bare = order.bare
    if order.measure is None or not bare or bare != list(range(bare[0], bare[-1] + 1)):
        return [[corner, *(cell_of([head]) for head in order.heads)]]
    tall = [cell_of([head], 2, 1) for head in order.heads]
    over = cell_of([order.measure], 1, len(bare))
    label = (
        cell_of([order.label], 2, 1)
        if order.label
        else replace(blank_cell(order.heads[0]), row_span=2)
    )
    top = [label, *tall[: bare[0]], over, *tall[bare[-1] + 1 :]]
    return [top, [cell_of([order.heads[n]]) for n in bare]]


# -- rows --------------------------------------------------------------------------------------


def _row(line: Line, order: _Order) -> tuple[list[PrintedCell], Notice | None] | None:
    """The cells of a row, or why it has none; None where the line is no row."""
    match = _ROW.fullmatch(line.text)
    if match is None or order.delimiter not in match["values"]:
        return None
    name = part_of(line, *match.span("name"))
    if not is_name(name) or read_head(name.text).says_something:
        return None
    values = _split(part_of(line, *match.span("values")), order.delimiter)
    if len(values) != len(order.heads) or not all(map(_is_value, values, order.read)):
        return [], _uneven(line, order)
    cells = [cell_of([value]) if value.text else blank_cell(name) for value in values]
    return [cell_of([name]), *cells], None


def _is_value(value: Line, head: Head) -> bool:
    if head.role in _GRADES and is_grade(value.text):
        return True
    return not value.text or is_known_value(value.text)


def _uneven(line: Line, order: _Order) -> Notice:
    detail = (
        f"「{line.text[:60]}」 has not the {len(order.heads)} values that the bracket above names"
    )
    return Notice("uneven_cells", "warning", detail, line.span)


def _split(line: Line, mark: str) -> list[Line]:
    """The pieces between the marks; what stands in brackets holds together."""
    pieces: list[Line] = []
    start = depth = 0
    for at, character in enumerate(line.text):
        depth += (character in "（([〔") - (character in "）)]〕")
        if character == mark and depth == 0:
            pieces.append(part_of(line, start, at))
            start = at + 1
    return [*pieces, part_of(line, start, len(line.text))]
