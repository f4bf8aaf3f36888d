"""Names of a numbered run that break over two lines: ① … 1か所 / ② 主に重症心身障害児を支援する放課 / 後等デイサービス事業所の確保 2か所 / ③ … 3人.

Where the numbered lines print figures themselves, one that prints none, with one row and no more before the next
number, is the beginning of that row's name. Two rows below it are its parts, and so is what cannot be a name's end.

A name beside two rows of one service breaks likewise: 自立訓練（機能訓練・ 人 14 12 / 生活訓練） 人日 210 168.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from keikaku.extractors.document import Line, Prose
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.lines.aligned_labels import all_go_on
from keikaku.extractors.lines.printed import cell_of
from keikaku.extractors.lines.quantities import are_of_one_service, says_quantity
from keikaku.extractors.words import is_category, is_in_brackets, is_part, is_participant, joined
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.labels import list_number, split_marks

Row = list[PrintedCell]


def names_whole(rows: Sequence[Row]) -> list[Row]:
    """The rows, each numbered name that breaks over two of them in one cell."""
    result: list[Row] = []
    for at, row in enumerate(rows):
        if result and len(result[-1]) == 1 and _is_rest(rows, at):
            lines = [*_lines(result.pop()[0]), *_lines(row[0])]
            result.append([cell_of(lines, row[0].row_span, row[0].column_span), *row[1:]])
        else:
            result.append(row)
    return result


def names_over_units(rows: Sequence[Row]) -> list[Row]:
    """The rows of names and units, each name that breaks beside two units of one service in one cell over both."""
    result = [list(row) for row in rows]
    for above, row in pairwise(result):
        if len(above) == len(row) > 2 and _are_halves(above, row):
            above[0] = cell_of([*_lines(above[0]), *_lines(row[0])])
            row[0] = PrintedCell((), row[1].span, 1, row[0].column_span)
    return result


def _are_halves(above: Row, row: Row) -> bool:
    """Do the names of two rows, of two units of one service, make sense but together?"""
    first, second = _lines(above[0]), _lines(row[0])
    if not first or not second or not are_of_one_service(_words(above[1:]), _words(row[1:])):
        return False
    begin, end = _words(above), _words(row)
    if _opened(begin) or _opened(end):
        return _opened(begin) > 0 and _opened(begin) + _opened(end) == 0
    is_remark = is_in_brackets(end) and not is_part(end[1:-1]) and not begin.endswith((")", "）"))
    return is_remark or all_go_on((first[-1], second[0]))


def _opened(words: str) -> int:
    return sum(map(words.count, "(（")) - sum(map(words.count, ")）"))


def _is_rest(rows: Sequence[Row], at: int) -> bool:
    """Does this row end the name that the line above it begins?"""
    number, row = _number(rows[at - 1]), rows[at]
    if number is None or len(row) == 1 or _number(row) is not None or not _lines(row[0]):
        return False
    beside = [rows[n] for n in (at - 2, at + 1) if 0 <= n < len(rows)]
    if at + 1 < len(rows) and _number(rows[at + 1]) != number + 1:
        return False
    if not any(len(other) > 1 and _number(other) in (number - 1, number + 1) for other in beside):
        return False
    return _may_be_one(_words(rows[at - 1]), _words(row))


def _may_be_one(begin: str, end: str) -> bool:
    if is_category(begin) or is_part(end) or is_participant(end) or says_quantity(end):
        return False
    return not indicators_named(end) or bool(indicators_named(split_marks(begin + end).body))


def _number(row: Row) -> int | None:
    return list_number(_words(row))


def _words(row: Row) -> str:
    return joined(_lines(row[0]))


def _lines(cell: PrintedCell) -> list[Line]:
    return [line for block in cell.blocks if isinstance(block, Prose) for line in block.lines]
