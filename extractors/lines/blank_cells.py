"""The cells of a row that only blanks part: ``共同生活援助　人／月　1,310　1,352``, ``・移行者数 20 人 4人 7人``.

A number and the unit behind it are one value, and so are a figure and the bracket behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import merge_pieces, part_of, tokens_of
from keikaku.normalizers.units import find_unit

_NUMBER = regex.compile(r"[△▲+＋-]?[0-9０-９][0-9０-９,，.．]*")
_BEFORE_NUMBER = frozenset(("年", "月", "週", "約", "延べ", "年間", "月間", "延"))
_BRACKETED = regex.compile(r"[(（\[［〔][^()（）\[\]［］〔〕]*[)）\]］〕]")
_WIDE = regex.compile(r"(?:(?! {1}\S)[ \u3000])+|\t+")
"""A full-width blank, or two and more: surely between two cells."""


def cells_at_wide_blanks(line: Line) -> list[Line]:
    """The pieces of a line between wide blanks."""
    cells: list[Line] = []
    start = 0
    for match in _WIDE.finditer(line.text):
        cells.append(part_of(line, start, match.start()))
        start = match.end()
    return [cell for cell in (*cells, part_of(line, start, len(line.text))) if cell.text]


def cells_at_blanks(line: Line) -> list[Line]:
    """The pieces of a line between blanks, 97 人 and 年 ２ 回 as one piece each."""
    return with_their_units(tokens_of(line), line)


def with_their_units(tokens: Sequence[Line], line: Line) -> list[Line]:
    """97 人 and 年 ２ 回 as one piece each, and a figure with the bracket behind it."""
    result: list[Line] = []
    for token in tokens:
        if result and _belong_together(result, token.text):
            before = [result.pop()]
            if result and result[-1].text in _BEFORE_NUMBER:
                before.insert(0, result.pop())
            result.append(merge_pieces([*before, token], line))
        else:
            result.append(token)
    return result


def _belong_together(before: Sequence[Line], text: str) -> bool:
    last = before[-1].text
    if last in _BEFORE_NUMBER and _NUMBER.match(text) and is_known_value(last + text):
        return True
    if _BRACKETED.fullmatch(text) and regex.search(r"\d", text) and _NUMBER.match(last):
        return is_known_value(last + text)
    is_number = _NUMBER.fullmatch(last) is not None
    return is_number and find_unit(text) is not None and is_known_value(last + text)
