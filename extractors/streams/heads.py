"""The heads of a table in a stream of words: which of them there are, wherever lines break.

``成果目標 項目 R4 年度末`` / ``（基準）`` / ``R8 年度末`` / ``（目標） R6 実績 備考``: every word up to the first row belongs to a
head that is understood; only the first, over the names of the rows, may be one that is not known (成果目標・指標).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import (
    MEASURES,
    TEXTS,
    Head,
    Role,
    find_role,
    measure_in,
    read_head,
    split_unit,
)
from keikaku.extractors.lines.printed import Printed, merge_pieces, tokens_of
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.units_below import units_of_line
from keikaku.extractors.streams.glued import heads_apart, heads_below, words_spelled
from keikaku.extractors.words import is_in_brackets, is_legend, is_plain_value, joined
from keikaku.normalizers.cells import is_value_like

_OPENING = ("(", "（", "[", "［", "〔")
_CLOSING = (")", "）")
_PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("［", "］"))
_LONGEST_PIECE = 12
_MOST_LINES = 40
_MOST_GLUED = 9
_GLUED_LINES = 2
_LONGEST_LINE = 120
_MOST_BOX_LINES = 3
_WIDEST = 6
"""Words of one head: 令和 ６ 年度 末 実績 値."""
_BESIDE = ("label", "unit")
_LEAVES = ("year", "measure", "compared", "grade")
_BLANK = regex.compile(r"[\s　]+")
_PLANS = regex.compile(
    r"(?:第[0-9０-９一二三四五六七八九十]+期[^\s　0-9０-９]{0,12}[・、／/及び]*)+"
)
_TAIL = regex.compile(r"年度?末?|末|月末")
"""What goes on with the year before it: R6 年度."""
_UNKNOWN_LABEL = regex.compile(r"[^\s　0-9０-９。、，：:（）()【】]{2,10}(?:[（(]単位[）)])?")
_KINDS = {
    Role.LABEL: "label",
    Role.GOAL: "label",
    Role.UNIT: "unit",
    Role.GRADE: "grade",
    Role.EVALUATION: "grade",
    Role.RATE: "compared",
    Role.GAP: "compared",
    Role.ASIDE: "text",
}


@dataclass(frozen=True, slots=True)
class HeadPiece:
    """One head, the pieces of lines that print it, and the number of the line it begins on."""

    head: Head
    lines: tuple[Line, ...]
    row: int

    @property
    def kind(self) -> str:
        """label, unit, year, measure, both (a measure of a year), compared, grade, counted, plain or text."""
        role, year = self.head.role, self.head.year
        if role in _KINDS:
            return "both" if year is not None and role in MEASURES else _KINDS[role]
        if role in TEXTS:
            return "text"
        if role in MEASURES:
            return "both" if year is not None else "measure"
        if year is None and is_plain_value(self.head.printed):
            return "plain"
        if year is None and (_counts(self.head.printed) or _is_bare_quantity(self.head)):
            return "counted"
        return "year" if year is not None else "label"

    def with_more(self, piece: HeadPiece) -> HeadPiece:
        """This head and the one behind it as one: 令和８年度 / 目標値."""
        lines = (*self.lines, *piece.lines)
        return HeadPiece(_read(joined(lines)), lines, self.row)


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads in reading order and the line behind them. `is_stacked`: each on lines of its own;
    `are_paragraphs`: with a blank line before and behind each. `aside`: the plan that they are all of."""

    pieces: tuple[HeadPiece, ...]
    end: int
    is_stacked: bool
    are_paragraphs: bool
    aside: tuple[Line, ...] = ()


def read_heads(printed: Sequence[Printed], at: int) -> Heads | None:
    """The heads that begin with the line at `at`; None where its words are none, or too few."""
    pieces = _glued_pairs(printed, at)
    aside: list[Line] = []
    end = at + _GLUED_LINES if pieces else at
    while end < min(len(printed), at + _MOST_LINES) and not (pieces and _opens_box(printed, end)):
        line = printed[end].line
        if pieces and (longer := _with_whole_line(pieces, line)) is not None:
            pieces = longer
            end += 1
            continue
        found, taken = _heads_at(printed, end, is_first=end == at)
        if found is None and pieces and _is_of_all(line):
            aside.append(line)
            end += 1
            continue
        if found is None or _are_rows(pieces, found):
            break
        if pieces and _goes_on(pieces[-1], found[0]) and not _begin_below(pieces, found):
            pieces[-1] = pieces[-1].with_more(found[0])
            found = found[1:]
        elif found[0].lines[0].text.startswith(_OPENING) and not _heads_column(found[0].head):
            break
        pieces += found
        end += taken
    paragraphs = _by_paragraph(pieces, printed)
    pieces = paragraphs or pieces
    if _are_units_left(printed[end : end + 1]) or not _head_a_table(pieces):
        return None
    if _begin_above(printed, at, pieces[0]) or _lost_their_order(pieces):
        return None
    pieces, corner = _without_corner(_with_sides_first(pieces))
    aside += corner
    alone = {piece.row for piece in pieces}
    return Heads(tuple(pieces), end, len(alone) == len(pieces), bool(paragraphs), tuple(aside))


def _with_sides_first(pieces: list[HeadPiece]) -> list[HeadPiece]:
    """令和３年度 令和４年度, and below them サービス名 単位 見込量 実績 見込量 実績: the heads of names and units first, then
    the years, then what is repeated under each. So with 見込量 実績 over サービス名 単位 令和３年度 令和４年度 and the same years again."""
    over = list(takewhile(lambda piece: _is_year(piece) is _is_year(pieces[0]), pieces))
    over = [piece for piece in over if piece.kind in _LEAVES]
    sides = list(takewhile(lambda piece: piece.kind in _BESIDE, pieces[len(over) :]))
    leaves = pieces[len(over) + len(sides) :]
    if len(over) < 2 or not sides or any(piece.kind not in _LEAVES for piece in leaves):
        return pieces
    if any(_is_year(piece) is _is_year(over[0]) for piece in leaves):
        return pieces
    count, rest = divmod(len(leaves), len(over))
    words = [joined(piece.lines) for piece in leaves]
    is_cycle = words == words[:count] * len(over) and len(set(words)) == count
    return pieces if rest or count < 2 or not is_cycle else [*sides, *over, *leaves]


def _lost_their_order(pieces: Sequence[HeadPiece]) -> bool:
    """項目 単位 達成率 over 見込 実績: the heads beside two lines stood half-way between them, and where among the others
    達成率 stood nobody can tell."""
    labels = [piece.row for piece in pieces if piece.kind == "label"]
    row = labels[0] if labels else -1
    beside = {piece.kind for piece in pieces if piece.row == row} - set(_BESIDE)
    below = {piece.kind for piece in pieces if piece.row > row}
    return beside <= {"compared", "grade"} and bool(beside) and "measure" in below


def _is_year(piece: HeadPiece) -> bool:
    return piece.kind == "year"


def _without_corner(pieces: list[HeadPiece]) -> tuple[list[HeadPiece], tuple[Line, ...]]:
    """区分 left of 第７期実績 and 第８期見込量, and below them サービス名 and 単位 left of the years: the head of the names is
    the one right over them, and the other says no more than it."""
    below = next((n for n, piece in enumerate(pieces) if piece.row > pieces[0].row), 0)
    first, over, under = pieces[0], pieces[1:below], pieces[below:]
    is_corner = first.kind == "label" and find_role(joined(first.lines)) is Role.LABEL
    if not (is_corner and over and under and under[0].kind == "label"):
        return pieces, ()
    if any(piece.kind != "measure" or piece.row != first.row for piece in over):
        return pieces, ()
    sides = 2 if len(under) > 1 and under[1].kind == "unit" else 1
    if any(piece.kind != "year" for piece in under[sides:]):
        return pieces, ()
    return [*under[:sides], *over, *under[sides:]], first.lines


def _begin_above(printed: Sequence[Printed], at: int, first: HeadPiece) -> bool:
    """Is the line over the first head one of the heads: 区分 over 指標, 基準値 目標値 over 区分?"""
    if not at:
        return False
    above = printed[at - 1]
    if first.kind != "label":
        return _is_head_line(above.line)
    if above.group != printed[at].group:
        return False
    over = heads_of_line(above.line, at - 1, is_first=False) or []
    if len(over) > 1 and all(piece.kind in _LEAVES for piece in over):
        return True
    return is_head(first.lines) and find_role(above.line.text) is Role.LABEL


def lines_of_box(lines: Sequence[Line]) -> int:
    """How many of the lines are the box of a sheet (計画 / （Ｐ）) that stands over the rows of a table; 0 for none."""
    counts = range(min(_MOST_BOX_LINES, len(lines)), 0, -1)
    return next((n for n in counts if find_role(joined(lines[:n])) is Role.PLAN_DO), 0)


def _opens_box(printed: Sequence[Printed], at: int) -> bool:
    return lines_of_box([item.line for item in printed[at : at + _MOST_BOX_LINES]]) > 0


def _glued_pairs(printed: Sequence[Printed], at: int) -> list[HeadPiece]:
    """令和３年度令和４年度目標値 over 実績実績（令和５年度末）: the heads of two lines, where one number of them alone makes sense."""
    lines = [item.line for item in printed[at : at + _GLUED_LINES]]
    if len(lines) < _GLUED_LINES or any(len(tokens_of(line)) > 1 for line in lines):
        return []
    found = []
    for count in range(2, _MOST_GLUED + 1):
        parts = [heads_below(line, count) for line in lines]
        pairs = zip(*(part for part in parts if part), strict=True) if all(parts) else ()
        pieces = [HeadPiece(_read(joined(pair)), pair, at) for pair in pairs]
        if pieces and all(piece.kind == "both" for piece in pieces):
            found.append(pieces)
    return found[0] if len(found) == 1 else []


def _with_line_below(pieces: Sequence[HeadPiece], line: Line) -> list[HeadPiece] | None:
    """The years and measures of one line, each with what stands below it: 令和３年度 令和４年度 目標値 and below them 実績 実績
    （令和４年度末）. Only brackets, or words that ran into each other, show that the line below says more of each."""
    own = [n for n, piece in enumerate(pieces) if piece.kind not in ("label", "unit")]
    while own and pieces[own[-1]].kind in ("compared", "grade"):
        own.pop()
    is_one_line = len({piece.row for piece in pieces}) == 1
    if len(own) < 2 or not is_one_line or any(pieces[n].kind == "both" for n in own):
        return None
    below = heads_below(line, len(own))
    if below is None or (len(tokens_of(line)) > 1 and not line.text.endswith(_CLOSING)):
        return None
    result = list(pieces)
    for n, part in zip(own, below, strict=True):
        result[n] = pieces[n].with_more(HeadPiece(Head(part.text), (part,), pieces[n].row))
    return result if all(result[n].kind == "both" for n in own) else None


def end_of_heads_again(printed: Sequence[Printed], at: int, heads: Sequence[str]) -> int:
    """Behind the heads of these words, where the line at `at` prints them again (on the next page); else `at`."""
    again = read_heads(printed, at) if at < len(printed) else None
    is_same = again is not None and [joined(piece.lines) for piece in again.pieces] == list(heads)
    return again.end if again is not None and is_same else at


def _are_rows(pieces: Sequence[HeadPiece], found: Sequence[HeadPiece]) -> bool:
    """Names behind the heads, or the years that 年度 heads, below what is counted in each."""
    if len(pieces) > 1 and pieces[0].head.role is Role.TERM and found[0].kind == "year":
        return True
    is_below = bool(pieces) and all(piece.kind in _LEAVES for piece in pieces)
    if is_below and found[0].kind == "label":
        return False  # the heads of the names beside what stands under each of these
    return bool(pieces) and any(piece.kind == "label" for piece in found[1:])


def _head_a_table(pieces: Sequence[HeadPiece]) -> bool:
    """Are they heads enough, the first of them over names or figures, and no title?"""
    told = [piece for piece in pieces if piece.kind not in ("label", "unit", "text")]
    if not told or len(pieces) < 3 or pieces[0].kind not in ("label", "year", "measure", "both"):
        return False
    return not _is_title(pieces)


def _with_whole_line(pieces: Sequence[HeadPiece], line: Line) -> list[HeadPiece] | None:
    """The heads with a line that says more of them: the rest of a broken one, the units or measures of all."""
    if (paired := _with_line_below(pieces, line)) is not None:
        return paired
    if _breaks_off(pieces[-1], line):
        rest = HeadPiece(Head(line.text), (line,), pieces[-1].row)
        return [*pieces[:-1], pieces[-1].with_more(rest)]
    units = units_of_line(line)
    return _with_units(pieces, units) if units else None


def _are_units_left(following: Sequence[Printed]) -> bool:
    """Units below the heads, more or fewer than they are: of which heads, is not told."""
    return any(units_of_line(item.line) for item in following)


def _with_units(pieces: Sequence[HeadPiece], units: Sequence[Line]) -> list[HeadPiece] | None:
    """見込量 実績 進捗 and below them （時間） （時間） （％): each head of figures on the line above with its own; None
    where they are not as many."""
    of_figures = [
        n
        for n, piece in enumerate(pieces)
        if piece.row == pieces[-1].row and piece.kind not in ("label", "unit", "text")
    ]
    of_figures = [n for n in of_figures if pieces[n].head.role is not Role.TERM]
    if len(of_figures) != len(units):
        return None
    result = list(pieces)
    for n, unit in zip(of_figures, units, strict=True):
        result[n] = result[n].with_more(HeadPiece(Head(unit.text), (unit,), result[n].row))
    return result


def _breaks_off(piece: HeadPiece, line: Line) -> bool:
    """Does the head go on with the whole line: （令和４ / 年度末）, 令和７年 / ９月末, 見込量 / との差?"""
    text = joined(piece.lines)
    if any(text.count(a) > text.count(b) for a, b in _PAIRS):
        return len(line.text) <= _LONGEST_PIECE
    if piece.kind == "label" and find_role(line.text) is None:
        return find_role(joined((*piece.lines, line))) is Role.LABEL  # サービ / ス種別
    if piece.head.role in MEASURES and not _read(line.text).says_something:
        return len(tokens_of(line)) == 1 and find_role(joined((*piece.lines, line))) is not None
    if piece.kind != "year" or len(tokens_of(line)) > 1 or _heads_column(_read(line.text)):
        return False
    return _read(joined((*piece.lines, line))).year is not None


def _heads_at(
    printed: Sequence[Printed], at: int, *, is_first: bool
) -> tuple[list[HeadPiece] | None, int]:
    """The heads that begin with a line, and how many lines they take; some only the line below shows to be one."""
    line = printed[at].line
    found = heads_of_line(line, at, is_first=is_first)
    if found is not None or is_first:
        return found, 1
    if _counts_over(printed, at):
        return [HeadPiece(Head(line.text), (line,), at)], 1
    cut = _cut_in_two(printed[at : at + 2])
    return ([HeadPiece(_read(joined(cut)), cut, at)], 2) if cut is not None else (None, 1)


def _cut_in_two(items: Sequence[Printed]) -> tuple[Line, ...] | None:
    """対計 / 画比, 見込量と / の差: two lines that head a column together, and neither by itself."""
    lines = tuple(item.line for item in items)
    if len(lines) < 2 or len({item.group for item in items}) > 1:
        return None
    if any(len(tokens_of(line)) > 1 or _read(line.text).says_something for line in lines):
        return None
    return lines if find_role(joined(lines)) is not None else None


def _is_title(pieces: Sequence[HeadPiece]) -> bool:
    """地域生活支援の充実 over 項目: words that nobody knows, over the head of the names, head no column."""
    first, second = pieces[:2]
    is_over = second.kind == "label" and second.row > first.row
    return is_over and not is_head(first.lines)


def _is_of_all(line: Line) -> bool:
    """第７期計画・第３期計画: the plan that all the columns are of."""
    return _PLANS.fullmatch(line.text) is not None


def _is_head_line(line: Line) -> bool:
    """A line of heads, or one among whose words some are: 区分 and 単位 beside a word that is not known."""
    found = heads_of_line(line, 0, is_first=False)
    if found is not None and _heads_column(found[0].head):
        return True
    is_short = len(line.text) <= _LONGEST_LINE and "。" not in line.text
    words = words_spelled(line) if is_short else []
    return len(words) > 1 and any(find_role(w.text) in (Role.LABEL, Role.UNIT) for w in words)


def _by_paragraph(
    pieces: Sequence[HeadPiece], printed: Sequence[Printed]
) -> list[HeadPiece] | None:
    """The heads between blank lines, each whole in its own: 令和８年度 / 目標値 is one; None where a paragraph
    holds more than one."""
    found: list[HeadPiece] = []
    for piece in pieces:
        if not found or printed[found[-1].row].group != printed[piece.row].group:
            found.append(piece)
            continue
        found[-1] = found[-1].with_more(piece)
        if found[-1].kind != "both":
            return None
    return found if len(found) > 2 else None


def heads_of_line(line: Line, row: int, *, is_first: bool) -> list[HeadPiece] | None:
    """The line cut into as many heads as it holds; the first word of the table's first line may be
    the name of a column that nobody knows."""
    if len(line.text) > _LONGEST_LINE or "。" in line.text or is_legend(line.text):
        return None
    tokens = heads_apart(line)
    if is_first and find_role(_BLANK.sub("", line.text)) is Role.TERM:
        return [HeadPiece(Head(line.text, Role.TERM), (line,), row)]
    heads = _most_heads(tokens, line, row)
    is_title = len(tokens) == 1 and measure_in(line.text) is not None
    if heads is None and is_first and not is_title and _UNKNOWN_LABEL.fullmatch(tokens[0].text):
        rest = _most_heads(tokens[1:], line, row)
        opening = HeadPiece(Head(tokens[0].text, Role.LABEL), (tokens[0],), row)
        heads = [opening, *rest] if rest is not None else None
    return heads


def _most_heads(tokens: Sequence[Line], line: Line, row: int) -> list[HeadPiece] | None:
    best: list[list[HeadPiece] | None] = [None] * (len(tokens) + 1)
    best[0] = []
    for end in range(1, len(tokens) + 1):
        for start in range(max(0, end - _WIDEST), end):
            before, known = best[start], best[end]
            if before is None or (known is not None and len(known) > len(before)):
                continue
            if before and _TAIL.fullmatch(tokens[start].text):
                continue
            piece = merge_pieces(tokens[start:end], line)
            if before and piece.text.startswith(_OPENING) and _goes_on_with(before[-1], piece):
                merged = before[-1].with_more(HeadPiece(Head(piece.text), (piece,), row))
                best[end] = [*before[:-1], merged]
                continue
            head = _read(piece.text)
            heads = _heads_column(head) or is_plain_value(piece.text) or _counts(piece.text)
            if heads and not is_value_like(piece.text):
                best[end] = [*before, HeadPiece(head, (piece,), row)]
            elif not before and end == 1 and piece.text.startswith(_OPENING):
                best[end] = [HeadPiece(Head(piece.text), (piece,), row)]
    return best[-1]


def is_head(lines: Sequence[Line]) -> bool:
    """Do the lines together head a column?"""
    return _heads_column(_read(joined(lines)))


def _read(text: str) -> Head:
    """The words as a head; blanks may stand inside them (9 月実績)."""
    head = read_head(text)
    bare = _BLANK.sub("", text)
    return head if _heads_column(head) or bare == text else read_head(bare)


def _counts(text: str) -> bool:
    """利用者数（人） over its own 計画値 and 実績値."""
    return split_unit(text) is not None and says_quantity(text)


def _is_bare_quantity(head: Head) -> bool:
    return head.role is None and says_quantity(head.printed)


def _counts_over(printed: Sequence[Printed], at: int) -> bool:
    """利用者数 on a line of its own, right over 計画値（人）."""
    below = printed[at + 1 : at + 2]
    if not below or not says_quantity(printed[at].line.text):
        return False
    return _read(below[0].line.text).role in MEASURES


def _heads_column(head: Head) -> bool:
    """Is it the head of a column? A box (計画（Ｐ）) and a term of the plan are none."""
    if head.role in (Role.PLAN_DO, Role.TERM):
        return False
    return head.role is not None or head.year is not None


def _goes_on(before: HeadPiece, piece: HeadPiece) -> bool:
    """（基準） on the line below R4 年度末 says more of it."""
    return piece.lines[0].text.startswith(_OPENING) and _goes_on_with(before, piece.lines[0])


def _begin_below(pieces: Sequence[HeadPiece], found: Sequence[HeadPiece]) -> bool:
    """（令和４年度末） （令和８年度末） 実績 below 基準値 目標値 令和６年度 達成率: the years and measures of each head above, the first
    no more of the last than of the others."""
    if len(found) < 2 or not {piece.kind for piece in found} <= {"year", "measure"}:
        return False
    above = [piece for piece in pieces if piece.row == pieces[-1].row]
    halves = [piece for piece in above if piece.kind in ("year", "measure")]
    if sum(is_in_brackets(joined(piece.lines)) for piece in found) > 1:
        return True
    return above[-1].kind in ("compared", "grade") or len(halves) == len(found)


def _goes_on_with(before: HeadPiece, line: Line) -> bool:
    return _heads_column(_read(joined((*before.lines, line))))
