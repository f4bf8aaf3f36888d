"""Years in brackets below the heads that they are of, where a narrow column breaks the brackets over two lines:

 基準値      目標値      実績
（令和４    （令和８    （令和６
年度末）    年度末）    年度）
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex
from keikaku.extractors.heads import read_head
from keikaku.extractors.lines.aligned_pieces import (
    Piece,
    Row,
    Split,
    cells_apart,
    is_head_piece,
)
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.extractors.lines.widths import width
from keikaku.extractors.words import is_eraless_year, is_in_brackets

_FEWEST = 2
"""Brackets that break alike: one alone may be the rest of a name."""


def closed_below(row: Row, following: Sequence[Printed], split: Split) -> Row | None:
    """The row, each open bracket with its end on the next line, beside which other heads may stand; None where it has none."""
    opened = [piece for piece in row if _is_open(piece)]
    line = split(following[0]) if following else ()
    below = [piece for piece in line if any(_overlap(piece, over) for over in opened)]
    beside = [piece for piece in line if piece not in below]
    if len(opened) < _FEWEST or len(below) != len(opened) or not all(map(is_head_piece, beside)):
        return None
    whole = {id(a): _together(a, b) for a, b in zip(opened, below, strict=True)}
    if not all(_overlap(a, b) for a, b in zip(opened, below, strict=True)):
        return None
    if not all(says_year_in_brackets(piece) for piece in whole.values()):
        return None
    pieces = [*(whole.get(id(piece), piece) for piece in row), *beside]
    return tuple(sorted(pieces, key=lambda piece: piece.left))


def says_year_in_brackets(piece: Piece) -> bool:
    """（令和４年度末）, （５年度末）: a year and nothing else."""
    if not is_in_brackets(piece.words):
        return False
    inner = piece.words[1:-1]
    head = read_head(inner)
    return is_eraless_year(inner) or (head.year is not None and head.role is None)


def parted_under(line: Row, above: Row) -> Row:
    """The line of heads, （５年度末）実績 below 目標 and 令和３年度 being two: the brackets fill their column, and what stands
    close behind them begins where the next column does."""
    result: list[Piece] = []
    for piece in line:
        match = _BRACKETS_FIRST.match(piece.line.text)
        edge = piece.left + width(match[0]) if match is not None else 0
        over = [p for p in above if _overlap(p, piece)]
        if match is None or [p.left for p in over] != [piece.left, edge]:
            result.append(piece)
            continue
        at = match.end()
        text = piece.line.text
        result.append(Piece(part_of(piece.line, 0, at), piece.left, edge))
        result.append(Piece(part_of(piece.line, at, len(text)), edge, piece.right))
    return tuple(result)


_BRACKETS_FIRST = regex.compile(r"[（(][^（）()]+[）)](?=\S)")


def brackets_apart(row: Row, above: Row) -> Row:
    """The row, （令和４年度末） and 令和６年度 a single blank behind it being two where each stands below a head of its own."""
    parts = cells_apart(row, _are_two_heads)
    over = [[p for p in above if _overlap(p, part)] for part in parts]
    alone = [found[0] for found in over if len(found) == 1]
    is_told = len(alone) == len(parts) and len({id(piece) for piece in alone}) == len(parts)
    return parts if is_told else row


def _are_two_heads(before: str, behind: str) -> bool:
    one, other = (read_head(text.strip("（）()")) for text in (before, behind))
    return one.year is not None and is_in_brackets(before) and other.says_something


def _is_open(piece: Piece) -> bool:
    text = piece.line.text
    return text[0] in "（(" and not set(text) & set("）)")


def _overlap(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _together(upper: Piece, lower: Piece) -> Piece:
    left, right = min(upper.left, lower.left), max(upper.right, lower.right)
    return replace(upper, left=left, right=right, more=(*upper.more, lower.line))
