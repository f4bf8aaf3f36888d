"""Names without a mark, each right over its own line of figures: 施設入所者数 over 現状（令和４年度末） 1,318人　目標（令和８年度末） 1,252人.

A line without a mark may name figures or be a title over them. Where every line that says measure and year of its figures, and
no name, stands right below one line of words, and one of these is a known name, the others are names too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from keikaku.extractors.document import Line
from keikaku.extractors.heads import read_head
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.lines.row_marks import unwrapped
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.said.legends import facts_in
from keikaku.extractors.streams.names import is_broken_off
from keikaku.normalizers.labels import split_marks

_LONGEST = 60
_MOST_LINES = 3


@lru_cache(maxsize=16)
def lines_below_names(printed: Sequence[Printed]) -> frozenset[int]:
    """The lines of figures without a name; none where one of them stands below another of them, or below nothing."""
    below = [at for at in range(len(printed)) if _is_nameless(printed, at)]
    opening = {at for at in below if at and not _belong(printed, at - 1, at)}
    if 0 in below or opening or any(at - 1 in below for at in below):
        return frozenset()
    return frozenset(below)


def stands_alone(printed: Sequence[Printed], at: int) -> bool:
    """Is the line the one line of words between figures, or a blank line or a heading (marked, or in brackets: 【本市の目標】),
    and its own figures?"""
    if split_marks(printed[at].line.text).mark is not None:
        return False
    if at == 0 or not _belong(printed, at - 1, at):
        return True
    above = printed[at - 1].line
    if facts_in(printed, at - 1) or split_marks(above.text).mark is not None:
        return True
    return unwrapped(above) is not above


def whole_name(printed: Sequence[Printed], at: int) -> Line | None:
    """The name whose last line this is, where the lines above break off before it: 放課後等デイサービス事業所の / 確保."""
    whole, first = printed[at].line, at
    while first and _goes_on(printed, first - 1, first) and at - first < _MOST_LINES:
        first -= 1
        whole = _with_line_above(printed[first].line, whole)
    return whole if first < at else None


def _goes_on(printed: Sequence[Printed], at: int, below: int) -> bool:
    line = printed[at].line
    return (
        _belong(printed, at, below)
        and is_broken_off([line])
        and len(line.text) <= _LONGEST
        and not facts_in(printed, at)
        and split_marks(printed[below].line.text).mark is None
        and read_head(printed[below].line.text).role is None
    )


def _with_line_above(above: Line, line: Line) -> Line:
    """Both as one; offsets of a text stay those of its source, blanks standing for the line break and the margin."""
    ends, begins = above.span.char_end, line.span.char_start
    if ends is None or begins is None:
        return Line(above.text + line.text, cover((above.span, line.span)))
    gap = "\n" + " " * (begins - ends - 1)
    return Line(above.text + gap + line.text, cover((above.span, line.span)))


def _is_nameless(printed: Sequence[Printed], at: int) -> bool:
    facts = facts_in(printed, at)
    return len(facts) > 1 and all(
        said.name is None and (said.both or (said.measure and said.year)) for said in facts
    )


def _belong(printed: Sequence[Printed], at: int, other: int) -> bool:
    return printed[at].group == printed[other].group
