"""Rows whose columns are told in a sentence: 「以下、項目、目標、実績、達成率の順に記載」.

Editions for read-aloud and narrative reports print a table as rows of values between delimiters
(、 ／ or tabs) and name the columns once, in a sentence or in a row of heads. The sentence governs
rows far below it, over goals and headings, until the next one; two delimiters with nothing between
them are an empty cell. Sources: 神奈川県, 高知県, 平塚市, 川越市.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import regex
from keikaku.extractors.document import Grid, Line, Prose, Span
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Head, Role, find_caption, read_head
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, blank_cell, cell_of, part_of
from keikaku.extractors.words import is_caption, is_grade, is_legend, is_plain_value
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_DELIMITERS = "\t／、，/"
_STRICT_DELIMITERS = "\t／"
_OPENING, _CLOSING = "（(〔［[「", "）)〕］]」"
_ORDER_FIRST = regex.compile(
    r"[\s　※【〔（(「]*(?:記載|表示|並び|掲載|項目|読み上げ|列)の?順(?:序|番)?[】〕）)」]?"
    r"(?:[\s　]*[:：][\s　]*|は[、，\s　]*|[、，\s　]+)"
)
"""記載順　区分／令和５年度目標／…: the words that announce the order stand before it."""
_ORDER = regex.compile(r"[、，／/・\s」]*の順(?!位)")
_COLUMNS = regex.compile(
    r"(?:\A|。)[^。、]{0,12}?(?:列|欄|見出し)(?:の並び)?は、?(?:左から(?:順に)?、?)?(?P<heads>[^。]+?)"
    r"(?:です|である|となって(?:います|いる)|とする|とします)。?\Z"
)
"""列は、左から年度、見込量、実績です。"""
_ANNOUNCED = regex.compile(
    r"(?:以下|次)?の?[、，].*の順に?[^。]{0,20}(?:記載|表示|掲載)"
    r"|[^。]*[、，／・].*の順(?:に|で|です|。|\Z)"
)
"""以下、サービス名、…の順に記載, 見込（令和６年度、…）の順: an order, be it one whose words are not understood."""
_PREAMBLE = regex.compile(
    r"(?:以下|次|下記?|上記?)(?:の(?:表|一覧|とおり|実績))?(?:に|は|では)?|左から(?:順に)?"
)
_COLON = regex.compile(r"(?<=\S)[\s　]*[:：][\s　]*(?=\S)")
_GROUP = regex.compile(
    r"(?P<word>[^（(]{1,12})[（(](?P<inside>[^（）()]*?(?P<mark>[、，／・])[^（）()]*)[)）]"
)
"""見込（令和６年度、令和７年度）."""
_LEAD_IN = regex.compile(r".*(?:は|に|では|とおり|以下|次)")
_GRADE = regex.compile(r"[A-ESＡ-ＥＳa-eａ-ｅ◎○〇△▲×✕☓]|マル|サンカク|バツ|二重マル")
_MARK = regex.compile(r"[◎○〇●△▲×✕☓]")
_COUNTED = regex.compile(r"[0-9０-９]{2}|[0-9０-９][^0-9０-９]")
"""A number that is no mark from 1 to 5."""
_AMOUNT = regex.compile(r"[0-9０-９,，]+(?:人|回|件|か所|箇所|日|時間)")
_FIGURES = MEASURES | {Role.GRADE, Role.EVALUATION}
_FARTHEST = 400
_SHORT = 12
_NAME_ENDS = ("数", "率", "割合", "事業", "支援", "サービス")
_MOST_LINES = 3

_Cells = list[tuple[Line, ...]]
"""A row: each cell with its pieces, none where nothing stands between two delimiters."""


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """The heads in order, and which of the columns hold figures."""

    heads: tuple[Line, ...]
    read: tuple[Head, ...]
    has_colon: bool = False
    """事業名：令和5年度計画値／実績値: a colon stands behind the first cell of each row."""
    over: tuple[Line | None, ...] = ()
    """Over each column the word that several share: 見込（令和６年度、令和７年度）."""

    @property
    def head_rows(self) -> list[list[PrintedCell]]:
        """The heads as cells, those that share a word below it."""
        if not any(self.over):
            return [[cell_of([head]) for head in self.heads]]
        top, under = [], []
        for word, group in groupby(zip(self.over, self.heads, strict=True), key=itemgetter(0)):
            heads = [head for _, head in group]
            if word is None:
                top += [cell_of([head], 2, 1) for head in heads]
                continue
            top.append(cell_of([word], 1, len(heads)))
            under += [cell_of([head]) for head in heads]
        return [top, under]

    @property
    def figures(self) -> tuple[int, ...]:
        return tuple(
            n for n, head in enumerate(self.read) if _holds_figures(head) or self._is_plain(n)
        )

    @property
    def is_by_year(self) -> bool:
        """年度、見込量、実績: a row for each year, and nothing but its title names what is counted."""
        first = self.read[0]
        named = first.role is Role.TERM and "年" in self.heads[0].text
        return named and self.figures == tuple(range(1, len(self.heads)))

    @property
    def delimiters(self) -> str:
        """Rows under years alone are a read-aloud layout of their own unless strictly delimited."""
        measured = any(self.read[n].role is not None or self._is_plain(n) for n in self.figures)
        return _DELIMITERS if measured else _STRICT_DELIMITERS

    def _is_plain(self, number: int) -> bool:
        """項目、数値、考え方: a column of figures of which each row says what its own is."""
        return number > 0 and is_plain_value(self.heads[number].text)


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """Delimited rows from `at` on, under the nearest order of columns above them."""
    own = _head_row(printed[at].line)
    order = own or _order_above(printed, at)
    if order is None or order.is_by_year:
        return None
    start = at + 1 if own else at
    rows, end = _rows(printed, start, order)
    if not rows:
        return None
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    return Found(lay_out([*order.head_rows, *rows], "ordered", span), end)


LAYOUTS = (find_rows,)


def names_columns_of(run: Sequence[Prose], grid: Grid) -> bool:
    """Does the last order of columns in a run of lines name as many as this grid has?"""
    lines = [line for prose in run for line in prose.lines][-_FARTHEST:]
    for line in reversed(lines):
        if (order := _sentence(line)) is not None:
            return len(order.heads) == grid.column_count
    return False


# -- heads -------------------------------------------------------------------------------------


def order_of_columns(line: Line) -> ColumnOrder | None:
    """The order of columns that a line says, in a sentence or as a row of heads."""
    return _sentence(line) or _head_row(line)


def _order_above(printed: Sequence[Printed], at: int) -> ColumnOrder | None:
    if not any(mark in printed[at].line.text for mark in _DELIMITERS):
        return None
    orders = _orders(printed)
    number = bisect_left(orders, at, key=itemgetter(0)) - 1
    return orders[number][1] if number >= 0 and orders[number][0] >= at - _FARTHEST else None


@lru_cache(maxsize=2)
def _orders(printed: Sequence[Printed]) -> list[tuple[int, ColumnOrder | None]]:
    """The lines that name an order of columns; None at those that announce one without saying it."""
    read = ((n, item.line, order_of_columns(item.line)) for n, item in enumerate(printed))
    return [(n, order) for n, line, order in read if order or _ends_orders(line)]


def _ends_orders(line: Line) -> bool:
    """An order whose words are not understood, or the caption of another kind of figures."""
    return _ANNOUNCED.match(line.text) is not None or find_caption(line.text) == "activity"


@lru_cache(maxsize=2_048)
def _sentence(line: Line) -> ColumnOrder | None:
    """The heads that a sentence names: 以下、項目、目標、実績の順に記載しています。"""
    if (announced := _ORDER_FIRST.match(line.text)) is not None:
        return _order_of(part_of(line, announced.end(), len(line.text.rstrip("。」"))))
    match = _ORDER.search(line.text)
    if match is None:
        return _order_of_columns(line)
    start = max(line.text.rfind(mark, 0, match.start()) for mark in "。「")
    if start >= 0 and line.text[start] == "「" and line.text.find("」", start, match.start()) >= 0:
        start = line.text.rfind("。", 0, match.start())
    start = max(start, _open_bracket(line.text, match.start()))
    return _order_of(part_of(line, start + 1, match.start()))


def _order_of_columns(line: Line) -> ColumnOrder | None:
    """The columns that a sentence names without saying their order, every one of them understood."""
    match = _COLUMNS.search(line.text)
    order = _order_of(part_of(line, *match.span("heads"))) if match is not None else None
    return order if order is not None and all(h.says_something for h in order.read) else None


def _open_bracket(text: str, end: int) -> int:
    """Where the bracket begins in which the words up to `end` stand, -1 for none: （項目、目標、実績の順）."""
    at = max(text.rfind(mark, 0, end) for mark in "（(【〔［[")
    return at if at >= 0 and not any(mark in text[at:end] for mark in "）)】〕］]") else -1


def _order_of(named: Line) -> ColumnOrder | None:
    """The heads among the words of an order, parted at the delimiter that parts them most often."""
    counts = {mark: len(_split(named, mark)) for mark in _DELIMITERS}
    mark = max(_DELIMITERS, key=lambda mark: counts[mark])
    pieces = _split(named, mark)
    while pieces and _LEAD_IN.fullmatch(pieces[0].text):
        pieces = pieces[1:]
    if not pieces:
        return None
    first = _colon_apart(_without_preamble(pieces[0]))
    order = _order_of_groups((*first, *pieces[1:])) or _order((*first, *pieces[1:]), 2)
    return replace(order, has_colon=len(first) > 1) if order is not None else None


def _order_of_groups(pieces: Sequence[Line]) -> ColumnOrder | None:
    """サービス名、単位、見込（令和６年度、令和７年度）、実績（令和６年度）: each year of a bracket is a column of its own."""
    heads: list[Line] = []
    over: list[Line | None] = []
    for piece in pieces:
        match = _GROUP.fullmatch(piece.text)
        inside = _split(part_of(piece, *match.span("inside")), match["mark"]) if match else []
        word = part_of(piece, *match.span("word")) if match else None
        if word is None or not _share(word, inside):
            heads.append(piece)
            over.append(None)
            continue
        heads += inside
        over += [word] * len(inside)
    words = [
        (word.text if word else "") + head.text for word, head in zip(over, heads, strict=True)
    ]
    read = tuple(map(read_head, words))
    if not any(over) or not all(0 < len(text) <= 40 for text in words):
        return None
    said = [(head.role, head.year.year if head.year else None) for head in read]
    order = ColumnOrder(tuple(heads), read, over=tuple(over))
    is_sure = len(set(said)) == len(said) and all(head.says_something for head in read)
    return order if is_sure and order.figures and 0 not in order.figures else None


def _share(word: Line, inside: Sequence[Line]) -> bool:
    """A measure over years alone, or a year over measures alone, two or more of them."""
    head, below = read_head(word.text), [read_head(piece.text) for piece in inside]
    if head.role in MEASURES and head.year is None:
        return len(below) > 1 and all(h.year is not None and h.role is None for h in below)
    years = head.year is not None and head.role is None
    return years and len(below) > 1 and all(h.role in MEASURES and h.year is None for h in below)


def _colon_apart(piece: Line) -> list[Line]:
    """The piece parted at its last colon, where it has one in the middle: a name may hold others."""
    colons = list(_COLON.finditer(piece.text))
    if not colons:
        return [piece]
    match = colons[-1]
    return [part_of(piece, 0, match.start()), part_of(piece, match.end(), len(piece.text))]


def _without_preamble(piece: Line) -> Line:
    """``各行は、サービス名``, ``左から区分``: the head without the words before it."""
    cut = max(piece.text.rfind(mark) for mark in "、，") + 1
    rest = part_of(piece, cut, len(piece.text))
    match = _PREAMBLE.match(rest.text)
    return part_of(rest, match.end(), len(rest.text)) if match else rest


@lru_cache(maxsize=2_048)
def _head_row(line: Line) -> ColumnOrder | None:
    """A row of heads between delimiters, printed over the rows."""
    if "。" in line.text or _ORDER.search(line.text):
        return None
    for mark in _DELIMITERS:
        if line.text.count(mark) < 2:
            continue
        pieces = _split(line, mark)
        if len(pieces) < 3 or any(is_value_like(piece.text) for piece in pieces):
            continue
        order = _order(tuple(pieces), 3)
        if order is not None and _is_mostly_known(order):
            return order
    return None


def _is_mostly_known(order: ColumnOrder) -> bool:
    known = sum(head.says_something for head in order.read)
    return len(order.figures) >= 2 and known * 3 >= len(order.read) * 2


def _order(pieces: tuple[Line, ...], least: int) -> ColumnOrder | None:
    if len(pieces) < least or not all(0 < len(piece.text) <= 40 for piece in pieces):
        return None
    order = ColumnOrder(pieces, tuple(read_head(piece.text) for piece in pieces))
    return order if order.figures and 0 not in order.figures else None


def _holds_figures(head: Head) -> bool:
    return head.year is not None or head.role in _FIGURES


# -- rows --------------------------------------------------------------------------------------


def _rows(
    printed: Sequence[Printed], start: int, order: ColumnOrder
) -> tuple[list[list[PrintedCell]], int]:
    rows: list[list[PrintedCell]] = []
    at = start
    while at < len(printed):
        row = _row_at(printed, at, order)
        if row is not None:
            cells, at = row
            rows.append(_printed_cells(cells))
        elif rows and _is_group(printed, at, order):
            rows.append([cell_of([printed[at].line], 1, len(order.heads))])
            at += 1
        else:
            break
    return rows, at


def _is_group(printed: Sequence[Printed], at: int, order: ColumnOrder) -> bool:
    """A short line right between two rows that heads those below it."""
    text = printed[at].line.text
    if len(text) > 40 or at + 1 >= len(printed) or any(mark in text for mark in "。、，／\t"):
        return False
    if split_marks(text).number is not None or is_caption(text) or is_legend(text):
        return False
    if is_value_like(text) or find_goal_head(text, printed[at].line.span) is not None:
        return False
    near = printed[at - 1].group == printed[at].group == printed[at + 1].group
    return near and _row_at(printed, at + 1, order) is not None


def _row_at(printed: Sequence[Printed], at: int, order: ColumnOrder) -> tuple[_Cells, int] | None:
    """The row that begins with a line, and where the next one begins; a row may be wrapped."""
    for mark in order.delimiters:
        cells: _Cells = []
        for end in range(at + 1, min(at + _MOST_LINES, len(printed)) + 1):
            if end - at > 1 and printed[end - 1].group != printed[at].group:
                break
            line = printed[end - 1].line
            cells = _add_line(cells, part_of(line, 0, len(line.text.rstrip("。"))), mark)
            if order.has_colon and end - at == 1 and cells[0]:
                cells = [*((part,) for part in _colon_apart(cells[0][0])), *cells[1:]]
            whole = _with_whole_label(cells, order)
            if whole is not None and _is_row(whole, order, wrapped=end - at > 1):
                return whole, end
            if len(cells) >= len(order.heads) or len(cells) < 2:
                break
    return None


def _add_line(cells: _Cells, line: Line, mark: str) -> _Cells:
    """The cells so far, the last one going on in the next line."""
    pieces: _Cells = [(piece,) if piece.text else () for piece in _split(line, mark)]
    if not cells:
        return pieces
    return [*cells[:-1], (*cells[-1], *pieces[0]), *pieces[1:]]


def _with_whole_label(cells: _Cells, order: ColumnOrder) -> _Cells | None:
    """As many cells as heads; a label that holds the delimiter itself is put together again."""
    extra = len(cells) - len(order.heads)
    if extra == 0:
        return cells
    if (closed := _without_closing_mark(cells, order)) is not None:
        return closed
    if extra < 0 or order.figures != tuple(range(1, len(order.heads))):
        return None
    figures = cells[extra + 1 :]
    if any(find_unit(_text(cell)) is not None for cell in cells[1 : extra + 1]):
        return None
    if not all(_is_sure(cell) for cell in figures) or any(_is_sure(c) for c in cells[: extra + 1]):
        return None
    pieces = [piece for cell in cells[: extra + 1] for piece in cell]
    if any(find_unit(piece.text) is not None for piece in pieces):
        return None  # 居宅介護、時間 under heads without 単位: the row is another order's
    start, end = pieces[0].span.char_start or 0, pieces[-1].span.char_end
    return [(Line("、".join(piece.text for piece in pieces), Span(start, end)),), *figures]


def _without_closing_mark(cells: _Cells, order: ColumnOrder) -> _Cells | None:
    """``…、3人、○、、``: the last column is empty and a delimiter closes the row; nothing else is."""
    if len(cells) != len(order.heads) + 1 or cells[-1] or cells[-2]:
        return None
    whole = cells[:-1]
    labels = [cell for n, cell in enumerate(whole[:-1]) if n not in order.figures]
    figures = [whole[n] for n in order.figures]
    full = figures if order.figures[-1] < len(order.heads) - 1 else figures[:-1]
    return whole if all(labels) and all(full) and all(map(_is_sure, figures)) else None


def _is_row(cells: _Cells, order: ColumnOrder, *, wrapped: bool) -> bool:
    """Words in front, figures or short words under the heads of figures."""
    if not cells[0] or any("。" in piece.text for cell in cells for piece in cell):
        return False
    if _repeats_heads(cells) or _has_slipped_grade(cells, order) or _is_of_other(cells, order):
        return False
    labels = [cell for n, cell in enumerate(cells) if n not in order.figures and cell]
    if all(is_value_like(_text(cell)) for cell in labels):
        return False
    inked = [cells[n] for n in order.figures if cells[n]]
    graded = [n for n in order.figures if order.read[n].role in (Role.GRADE, Role.EVALUATION)]
    grades = [cells[n] for n in graded if is_grade(_text(cells[n]))]
    sure = [cell for cell in inked if _is_sure(cell) or cell in grades]
    if wrapped:
        return bool(inked) and len(sure) == len(inked)
    return bool(sure) and all(_may_be_status(_text(cell)) for cell in inked if cell not in sure)


def _may_be_status(text: str) -> bool:
    """Short words may be a status; what ends as a name does (…者数) is a piece of a label."""
    return len(text) <= _SHORT and not text.endswith(_NAME_ENDS)


def _repeats_heads(cells: _Cells) -> bool:
    known = [cell for cell in cells[1:] if cell and read_head(_text(cell)).says_something]
    return len(known) * 2 > len(cells) and not any(_is_sure(cell) for cell in cells)


def _has_slipped_grade(cells: _Cells, order: ColumnOrder) -> bool:
    """A grade (△) left of its empty column: the row lost a cell before it."""
    grades = [n for n, head in enumerate(order.read) if head.role is Role.GRADE]
    if not grades or any(cells[n] for n in grades):
        return False
    measured = [cells[n] for n in order.figures if n not in grades and cells[n]]
    return any(_MARK.fullmatch(_text(cell)) for cell in measured)


def _is_of_other(cells: _Cells, order: ColumnOrder) -> bool:
    """398人 under 評価, 19回 under 達成率, 人 under 基準値: the row follows an order that was lost."""
    for number in order.figures:
        text = _text(cells[number])
        is_grade = order.read[number].role in (Role.GRADE, Role.EVALUATION)
        if is_grade and _COUNTED.search(text) and is_value_like(text):
            return True
        if not is_grade and find_unit(text) is not None:
            return True
        if order.read[number].role is Role.RATE and _AMOUNT.fullmatch(text):
            return True
    return False


def _is_sure(cell: Sequence[Line]) -> bool:
    """A figure, a mark, a status word or a grade; an empty cell is as sure as any."""
    text = _text(cell)
    return not text or is_known_value(text) or _GRADE.fullmatch(text) is not None


def _text(cell: Sequence[Line]) -> str:
    return "".join(piece.text for piece in cell)


def _printed_cells(cells: _Cells) -> list[PrintedCell]:
    result: list[PrintedCell] = []
    last = cells[0][0]
    for cell in cells:
        if cell:
            last = cell[-1]
            result.append(cell_of(cell))
        else:
            result.append(blank_cell(last))
    return result


def _split(line: Line, mark: str) -> list[Line]:
    return [part_of(line, start, end) for start, end in _extents(line.text, mark)]


def _extents(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """Between the delimiters that do not stand in brackets."""
    start = depth = 0
    for at, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character == mark and depth == 0:
            yield start, at
            start = at + 1
    yield start, len(text)
