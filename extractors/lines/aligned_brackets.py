"""Years in brackets below the heads that they are of, where a narrow column breaks the brackets over two lines:

 基準値      目標値      実績
（令和４    （令和８    （令和６
年度末）    年度末）    年度）
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from keikaku.extractors.heads import read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row, Split
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.words import is_eraless_year, is_in_brackets

_FEWEST = 2
"""Brackets that break alike: one alone may be the rest of a name."""


def closed_below(row: Row, following: Sequence[Printed], split: Split) -> Row | None:
    """The row, each open bracket with its end on the next line, which holds nothing else; None where it has none."""
    opened = [piece for piece in row if _is_open(piece)]
    below = split(following[0]) if following else ()
    if len(opened) < _FEWEST or len(below) != len(opened):
        return None
    whole = {id(a): _together(a, b) for a, b in zip(opened, below, strict=True)}
    if not all(_overlap(a, b) for a, b in zip(opened, below, strict=True)):
        return None
    if not all(says_year_in_brackets(piece) for piece in whole.values()):
        return None
    return tuple(whole.get(id(piece), piece) for piece in row)


def says_year_in_brackets(piece: Piece) -> bool:
    """（令和４年度末）, （５年度末）: a year and nothing else."""
    if not is_in_brackets(piece.words):
        return False
    inner = piece.words[1:-1]
    head = read_head(inner)
    return is_eraless_year(inner) or (head.year is not None and head.role is None)


def _is_open(piece: Piece) -> bool:
    text = piece.line.text
    return text[0] in "（(" and not set(text) & set("）)")


def _overlap(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _together(upper: Piece, lower: Piece) -> Piece:
    left, right = min(upper.left, lower.left), max(upper.right, lower.right)
    return replace(upper, left=left, right=right, more=(*upper.more, lower.line))
