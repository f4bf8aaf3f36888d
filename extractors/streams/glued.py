"""Lines of a stream that lost the blanks between their cells: 令和３年度令和４年度令和５年度, 67人66人66人, 1,2141,1871,302.

Heads are cut where one cut alone makes the fewest of them; below others, where one alone makes as many. Figures are
cut where each has its unit behind it, or its commas of thousands, and one cut alone makes as many as there are columns:
726881 stays one word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import find_role
from keikaku.extractors.lines.glued_cells import cuts_of_thousands, fewest_heads, may_be_head
from keikaku.extractors.lines.printed import merge_pieces, part_of, tokens_of
from keikaku.normalizers.units import find_unit

_NARROW = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_YEAR_SIGN = regex.compile(r"令和|平成|[RHＲＨ][0-9０-９元]|20[0-9]{2}")
_COUNTED = regex.compile(r"[▲△-]?[0-9][0-9,]*(?:\.[0-9]+)?(?P<unit>[^0-9,.▲△―－—–‐-]{1,4})")
_DASH = regex.compile(r"[―－—–‐-]")
_DIGITS = regex.compile(r"[0-9][0-9,.]*")
_BRACKETED = regex.compile(r"[（(][^（）()]+[)）]")
_LONGEST = 90
_MOST_LETTERS = 4
_LONGEST_PART = 18
_FEWEST_DIGITS = 4


def heads_apart(line: Line) -> list[Line]:
    """The words of a line of heads, those that ran into one another parted."""
    tokens = tokens_of(line)
    if len(tokens) > 1 or len(line.text) > _LONGEST or len(_YEAR_SIGN.findall(line.text)) < 2:
        return tokens
    cut = fewest_heads(line.text)
    return [part_of(line, a, b) for a, b in cut] if cut is not None else tokens


def words_spelled(line: Line) -> list[Line]:
    """The words of a line, letters set apart (区 分, 差 引) being one where they spell a head."""
    tokens = tokens_of(line)
    words: list[Line] = []
    at = 0
    while at < len(tokens):
        ends = range(at + _MOST_LETTERS, at + 1, -1)
        end = next((n for n in ends if _spell(tokens[at:n])), at + 1)
        words.append(merge_pieces(tokens[at:end], line))
        at = end
    return words


def _spell(letters: Sequence[Line]) -> bool:
    is_apart = len(letters) > 1 and all(len(letter.text) == 1 for letter in letters)
    return is_apart and find_role("".join(letter.text for letter in letters)) is not None


def heads_below(line: Line, count: int) -> list[Line] | None:
    """A line as so many heads or remarks of heads: 実績実績実績（令和５年度末） below three years and 目標値."""
    tokens = tokens_of(line)
    if len(tokens) == count:
        return tokens
    if len(tokens) > 1 or len(line.text) > _LONGEST:
        return None
    return _cut(line, line.text, count, _ends_of_heads)


def _ends_of_heads(text: str, start: int) -> list[int]:
    if (match := _BRACKETED.match(text, start)) is not None:
        return [match.end()]
    ends = range(start + 1, min(len(text), start + _LONGEST_PART) + 1)
    return [end for end in ends if may_be_head(text[start:end])]


def values_apart(line: Line, count: int) -> list[Line]:
    """The words of a line of figures, those that ran into one another parted where they are so many."""
    tokens = tokens_of(line)
    if len(tokens) > 1 or count < 2 or len(line.text) > _LONGEST:
        return tokens
    text = line.text.translate(_NARROW)
    units = {match["unit"] for match in _COUNTED.finditer(text)}
    if len(units) == 1 and find_unit(units.pop()) is not None:
        return _cut(line, text, count, _ends_of_values) or tokens
    cuts = cuts_of_thousands(text, count) if _DIGITS.fullmatch(text) else []
    return [part_of(line, a, b) for a, b in cuts[0]] if len(cuts) == 1 else tokens


def _ends_of_values(text: str, start: int) -> list[int]:
    ends = [match.end() for match in (_COUNTED.match(text, start),) if match is not None]
    return [*ends, start + 1] if _DASH.match(text, start) else ends


def cannot_be_cut(line: Line, count: int) -> bool:
    """726881 under three heads: figures that nothing parts."""
    text = line.text.translate(_NARROW)
    is_long = sum(map(str.isdecimal, text)) >= max(_FEWEST_DIGITS, count)
    return is_long and count > 1 and _DIGITS.fullmatch(text) is not None


def _cut(
    line: Line, text: str, count: int, ends_of: Callable[[str, int], Sequence[int]]
) -> list[Line] | None:
    """The one way to cut the line into so many parts."""
    ways: list[list[list[int]]] = [[[0]]]
    for _ in range(count):
        ways.append([[*way, end] for way in ways[-1] for end in ends_of(text, way[-1])])
    whole = [way for way in ways[-1] if way[-1] == len(text)]
    if len(whole) != 1:
        return None
    return [part_of(line, a, b) for a, b in zip(whole[0], whole[0][1:], strict=False)]
