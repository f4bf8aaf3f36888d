"""Pieces of an aligned line: the words of its cells and where they stand across the page.

Words over a wide gap are letter-spaced (``実　　績``): single letters that are one head word together
are one piece.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import read_head
from keikaku.extractors.lines.printed import Printed, merge_pieces, part_of
from keikaku.extractors.words import is_eraless_year
from keikaku.normalizers.cells import is_value_like

_GAP = regex.compile(
    r"[ \u3000]{2,}|(?<=\u2060)\u3000|(?<=\u2060\S)\u3000(?=[0-9０-９])"
    r"|(?<=[0-9０-９%％人回件所日倍])\u3000(?=[0-9０-９△▲―－◎○])"
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

    @property
    def middle(self) -> float:
        """The display column in the middle of the words."""
        return (self.left + self.right) / 2


Row = tuple[Piece, ...]


def width(text: str) -> int:
    """Display columns of a text: two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


Split = Callable[[Printed], Row]
"""How the cells of a line are parted."""


def pieces(item: Printed) -> Row:
    """The cells of a line, parted at its wide gaps."""
    return _parted(item, _GAP)


def narrow_pieces(item: Printed) -> Row:
    """The cells of a line, parted at every full-width blank too (計画値　実績値　達成率)."""
    return _parted(item, _NARROW_GAP)


def _parted(item: Printed, gap: regex.Pattern[str]) -> Row:
    text, found, start = item.line.text, [], 0
    for match in gap.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return tuple(
        Piece(
            part_of(item.line, a, b),
            item.indent + width(text[:a]),
            item.indent + width(text[:b]),
        )
        for a, b in found
        if text[a:b].strip()
    )


def is_head_piece(piece: Piece) -> bool:
    """Do the words head a column?"""
    text = piece.line.text
    return not is_value_like(text) and (read_head(text).says_something or is_eraless_year(text))


def letters_joined(row: Row, line: Line) -> Row:
    """The row with single letters made into the head words that they spell, where they spell any."""
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


def _end_of_word(row: Sequence[Piece], at: int) -> int:
    """Where the longest head word of single letters from `at` on ends."""
    end = at
    while end < len(row) and end - at < 6 and _is_letter(row[end].line.text):
        end += 1
    for stop in range(end, at + 1, -1):
        if read_head("".join(piece.line.text for piece in row[at:stop])).says_something:
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
