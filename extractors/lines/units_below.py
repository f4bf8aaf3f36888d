"""A line of units below the heads that they are of: 見込量 実績 進捗 over （時間） （時間） （％）.

As many units as there are heads of figures on the line above them: each is of the head it comes after. Units that are
more or fewer belong to heads that are not told.
"""

from __future__ import annotations

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.lines.printed import part_of
from keikaku.normalizers.units import find_unit

_IN_BRACKETS = regex.compile(r"[(（\[［〔][^()（）\[\]［］〔〕]+[)）\]］〕]")
_BETWEEN = regex.compile(r"[\s　]*")
_FEWEST = 2


def units_of_line(line: Line) -> tuple[Line, ...]:
    """The units of a line that holds nothing but units in brackets, two or more; none of another line.

    >>> from keikaku.extractors.document import Span
    >>> [len(units_of_line(Line(text, Span(0, 12)))) for text in ("（時間）（時間）（％）", "（人） （％）", "（人）")]
    [3, 2, 0]
    """
    text = line.text
    found = [match.span() for match in _IN_BRACKETS.finditer(text)]
    rest = _IN_BRACKETS.sub("", text)
    if len(found) < _FEWEST or _BETWEEN.fullmatch(rest) is None:
        return ()
    if any(find_unit(text[start + 1 : end - 1]) is None for start, end in found):
        return ()
    return tuple(part_of(line, start, end) for start, end in found)


def are_units(words: str) -> bool:
    """（時間）（時間）（％）: units side by side, the name of nothing."""
    return bool(units_of_line(Line(words, Span())))
