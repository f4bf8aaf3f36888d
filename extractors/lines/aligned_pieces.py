"""Pieces of an aligned line: the words of its cells and where they stand across the page.

Words over a wide gap are letter-spaced (``実　　績``): single letters that are one head word together
are one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import MEASURES, Role, find_role, may_head, read_head
from keikaku.extractors.lines.printed import Printed, merge_pieces, part_of
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.widths import width
from keikaku.extractors.words import is_eraless_year, is_grade, is_total
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_GAP = regex.compile(
    r"[ \u3000]{2,}|(?<=\u2060)\u3000|(?<=\u2060\S)\u3000(?=[0-9０-９])"
    r"|(?<=[0-9０-９%％人回件所日倍])\u3000(?=[0-9０-９△▲―－◎○])"
)
_BRACKETED = regex.compile(
    r"[(（\[［〔【][^()（）\[\]［］〔〕【】]*[0-9０-９―－-][^()（）\[\]［］〔〕【】]*[)）\]］〕】]"
)
_YEAR_IN_BRACKETS = regex.compile(
    r"[(（\[［〔【](?:令和|平成|[RHＲＨ]|20[0-9]{2})[^()（）\[\]［］〔〕【】]*[)）\]］〕】]"
)
_SIDE_BY_SIDE = regex.compile(r"[ \u3000]*(?:[(（][^()（）]+[)）][ \u3000]*){2,}")
_BETWEEN_BRACKETS = regex.compile(r"(?<=[)）])[ \u3000]*(?=[(（])")
"""（R4年度末）（R8年度末）（R6年度末）: brackets that fill a line, each below a head of its own."""
_WORD = regex.compile(r"[^ \u3000]+")
_DIGIT = "[0-9０-９□■]"
"""A digit, or the stand-in of one that was not recognised; a glyph without a character is printed (cid:18)."""
_FIGURE = regex.compile(
    rf"[△▲+＋]?{_DIGIT}{{1,3}}(?:[,，]?{_DIGIT}{{3}})*(?:[.．]{_DIGIT}+)?[%％人回件]?"
    r"|[0-9０-９,，.．]*(?:\(cid:[0-9]+\)|\ufffd)[0-9０-９,，.．]*[%％人回件]?"
)
_NARROW_GAP = regex.compile(r"[ \u3000]{2,}|\u3000")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell's words with the display columns that they take."""

    line: Line
    left: int
    right: int
    more: tuple[Line, ...] = ()
    """Lines on which the words go on."""
    is_alone: bool = False
    """A line of its own between blank lines: a running head, the title of a group, no part of a name."""
    height: int = 1
    """Head lines that it takes, the lowest of which it is a piece of (前年度実績 over との差: two)."""

    @property
    def words(self) -> str:
        """The words of all its lines."""
        return "".join(line.text for line in (self.line, *self.more))

    @property
    def middle(self) -> float:
        """The display column in the middle of the words."""
        return (self.left + self.right) / 2


Row = tuple[Piece, ...]


Split = Callable[[Printed], Row]
"""How the cells of a line are parted."""


def pieces(item: Printed) -> Row:
    """The cells of a line, parted at its wide gaps; brackets side by side part themselves."""
    are_brackets = _SIDE_BY_SIDE.fullmatch(item.line.text) is not None
    return _parted(item, _BETWEEN_BRACKETS if are_brackets else _GAP)


def pieces_by_letter(item: Printed) -> Row:
    """The cells of a line, their places counted in letters: a full-width one takes no more than another."""
    return _parted(item, _GAP, len)


def are_set_by_letter(items: Sequence[Printed]) -> bool:
    """Do the figures of the lines end in fewer places across the page where these are counted in letters, or in as many
    that are nearer to their heads?"""
    return _disorder(items, pieces_by_letter) < _disorder(items, pieces)


def _disorder(items: Sequence[Printed], split: Split) -> tuple[int, float]:
    """In how many places the figures end, and how far all of them are from the nearest head."""
    rows = [split(item) for item in items]
    heads = [p for row in takewhile(lambda row: not any(map(_is_value, row)), rows) for p in row]
    figures = [piece for row in rows for piece in row if _is_value(piece)]
    far = sum(min((_beside(piece, head) for head in heads), default=0) for piece in figures)
    return len({piece.right for piece in figures}), far


def _beside(one: Piece, other: Piece) -> float:
    edges = (one.left - other.left, one.right - other.right, one.middle - other.middle)
    return min(map(abs, edges))


def _is_value(piece: Piece) -> bool:
    return is_value_like(piece.line.text)


def narrow_pieces(item: Printed) -> Row:
    """The cells of a line, parted at every full-width blank too (計画値　実績値　達成率)."""
    return _parted(item, _NARROW_GAP)


def _parted(item: Printed, gap: regex.Pattern[str], measure: Callable[[str], int] = width) -> Row:
    text, found, start = item.line.text, [], item.margin
    for match in gap.finditer(text, start):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return tuple(
        Piece(
            part_of(item.line, a, b),
            item.indent + measure(text[:a]),
            item.indent + measure(text[:b]),
        )
        for a, b in found
        if text[a:b].strip()
    )


def cells_apart(row: Row, are_two: Callable[[str, str], bool]) -> Row:
    """The row with pieces cut at single blanks between words that are two cells."""
    return tuple(part for piece in row for part in _cut(piece, are_two))


def _cut(piece: Piece, are_two: Callable[[str, str], bool]) -> Iterator[Piece]:
    text, start = piece.line.text, 0
    words = list(_WORD.finditer(text))
    for before, behind in pairwise(words):
        if are_two(before[0], behind[0]):
            yield _slice(piece, start, before.end())
            start = behind.start()
    yield piece if not start else _slice(piece, start, len(text))


def _slice(piece: Piece, start: int, end: int) -> Piece:
    text = piece.line.text
    return Piece(
        part_of(piece.line, start, end),
        piece.left + width(text[:start]),
        piece.left + width(text[:end]),
    )


def with_brackets_below(rows: Sequence[Row]) -> list[Row]:
    """The rows, a line of nothing but figures or years in brackets joined to the figures it stands under. Words beside
    the years are the rest of the row's name: 人数 （令和４年度） （令和８年度）."""
    result: list[Row] = []
    for row in rows:
        joined = _joined_below(result[-1], row) if result else None
        if joined is None:
            result.append(row)
        else:
            result[-1] = joined
    return result


def _joined_below(above: Row, line: Row) -> Row | None:
    cells = list(above)
    rest = line[:1] if are_years_below(line[1:]) and not _is_below_figures(line[0]) else ()
    for piece in line:
        over = [n for n, p in enumerate(above) if p.left < piece.right and piece.left < p.right]
        figures = [n for n in over if n and is_value_like(above[n].line.text)]
        if piece in rest:
            if over != [0] or is_value_like(piece.line.text) or is_value_like(above[0].line.text):
                return None
        elif not _is_below_figures(piece):
            return None
        elif are_years_below((piece,)):
            over = figures or [n for n in over if n]  # its words may reach under the next column
        if len(over) != 1 or not (piece in rest or figures or are_years_below((piece,))):
            return None
        cells[over[0]] = replace(cells[over[0]], more=(*cells[over[0]].more, piece.line))
    return tuple(cells)


def are_years_below(row: Row) -> bool:
    """（令和４年度末） （令和８年度末）: of the figures above them."""
    return bool(row) and all(_YEAR_IN_BRACKETS.fullmatch(piece.line.text) for piece in row)


def _is_below_figures(piece: Piece) -> bool:
    return _BRACKETED.fullmatch(piece.line.text) is not None or are_years_below((piece,))


def is_unit_beside(before: str, behind: str) -> bool:
    """``時間/月 2,736``, ``うち精神障害者 人``: a unit and the cell beside it."""
    if find_unit(before) is not None or says_quantity(before):
        return is_value_like(behind)
    return find_unit(behind) is not None and not is_value_like(before)


def are_figures(before: str, behind: str) -> bool:
    """``１，６８０ １，５９２``: two figures. Single digits may be one number that was spaced out."""
    if not _FIGURE.fullmatch(before) or not _FIGURE.fullmatch(behind):
        return False
    return len(before) > 1 or len(behind) > 1


def is_head_piece(piece: Piece) -> bool:
    """Do the words head a column?"""
    text = piece.line.text
    return not is_value_like(text) and (may_head(text) or is_eraless_year(text))


def letters_joined(row: Row, line: Line) -> Row:
    """The row with single letters made into the head words (区　　分) and totals (合　　計) that they spell."""
    result: list[Piece] = []
    at = 0
    while at < len(row):
        end = _end_of_word(row, at)
        if end - at > 1:
            words = merge_pieces([piece.line for piece in row[at:end]], line)
            result.append(Piece(words, row[at].left, row[end - 1].right))
        else:
            result.append(row[at])
        at = end
    return tuple(result)


def measure_joined(row: Row, line: Line) -> Row:
    """The row with 実 and 績, set wide before its name, made into one."""
    if len(row) < len(("実", "績", "12")) or not all(
        _is_letter(piece.line.text) for piece in row[:2]
    ):
        return row
    behind = [piece.line.text for piece in row[2:]]
    if not any(is_value_like(text) or is_grade(text) for text in behind):
        return row
    words = merge_pieces([row[0].line, row[1].line], line)
    if find_role(row[0].line.text + row[1].line.text) not in MEASURES | {Role.EVALUATION}:
        return row
    return (Piece(words, row[0].left, row[1].right), *row[2:])


def _end_of_word(row: Sequence[Piece], at: int) -> int:
    """Where the longest head word of single letters from `at` on ends."""
    end = at
    while end < len(row) and end - at < 6 and _is_letter(row[end].line.text):
        end += 1
    for stop in range(end, at + 1, -1):
        word = "".join(piece.line.text for piece in row[at:stop])
        if read_head(word).says_something or is_total(word):
            return stop
    return at + 1


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha() and not is_value_like(text)


def unsure_notices(rule: str, rows: Sequence[Row]) -> tuple[Notice, ...]:
    """Figures of a table whose heads are not told for sure."""
    return tuple(
        Notice(
            rule,
            "warning",
            f"「{piece.line.text}」 stands under heads that are not surely understood",
            piece.line.span,
        )
        for row in rows
        for piece in row[1:]
        if is_value_like(piece.line.text)
    )
