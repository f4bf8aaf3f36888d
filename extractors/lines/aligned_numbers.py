"""A first column of an aligned table that only numbers its rows: 番号 指標 現状値 目標値 over 13 福祉施設から一般就労への年間移行者数 286人 367人.

The number under 番号 or No. is no figure, and the name is the cell beside it. The numbers count on from row to row; where
one does not, they may be figures, and stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex
from keikaku.extractors.heads import Role, read_head
from keikaku.extractors.lines.aligned_pieces import Piece, Row

_NUMBER = regex.compile(r"[(（]?(?P<number>[0-9０-９]{1,3})[)）.．]?")


def numbers_apart(
    heads: Sequence[Row], rows: Sequence[Row]
) -> tuple[list[Row], list[Row], list[Piece]]:
    """The heads and rows without the column of numbers, and the words of that column; as they were where there is none."""
    as_they_were = (list(heads), list(rows), list[Piece]())
    over = [(n, line) for n, line in enumerate(heads) if _heads_numbers(line)]
    if len(over) != 1:
        return as_they_were
    number, line = over[0]
    edge = line[1].left
    numbered = [row for row in rows if len(row) > 1 and row[0].left < line[0].right]
    counted = [_number(row[0]) for row in numbered]
    if not counted or any(a is None or b != a + 1 for a, b in pairwise(counted)) or None in counted:
        return as_they_were
    if any(row[0].right > edge or row[1].left < line[0].right for row in numbered):
        return as_they_were
    others = [row for row in rows if row not in numbered]
    if any(row[0].left < line[0].right and len(row) > 1 for row in others):
        return as_they_were
    apart = [line[0], *(row[0] for row in numbered)]
    kept = [row[1:] if row in numbered else row for row in rows]
    return [*heads[:number], line[1:], *heads[number + 1 :]], kept, apart


def _heads_numbers(line: Row) -> bool:
    if len(line) < 2 or read_head(line[0].line.text).role is not Role.ASIDE:
        return False
    return read_head(line[1].line.text).role in (Role.LABEL, Role.GOAL)


def _number(piece: Piece) -> int | None:
    match = _NUMBER.fullmatch(piece.line.text)
    return int(match["number"]) if match is not None else None
