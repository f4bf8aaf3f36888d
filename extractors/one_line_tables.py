"""A whole table that a web copy put on one line, single blanks between its cells: the rows it had are found again.

``サービス名 単位 令和6年度見込量 令和6年度実績 達成率 居宅介護 人／月 62 58 93.5％ 時間／月 930 871 93.7％ 同行援護 …``: the line begins with its
heads, and behind them stands nothing but rows: a name, a unit or a measure where the heads have a column for it (there
a row may go on with the name above it), and as many cells as there are heads of figures. One way alone must read the
whole line so. A unit or a measure that stands twice under one name shows that a name was lost: the line stays whole,
as does one with a cell too many or too few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.stacked import is_value
from keikaku.extractors.words import is_grade
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.units import find_unit

_TOKEN = regex.compile(r"[^ \u3000]+")
_WIDE = regex.compile(r"[ \u3000]{2,}|\t|。")
_DIGIT = regex.compile(r"\p{Nd}")
_FEWEST_TOKENS = 6
_MOST_TOKENS = 400
_FEWEST_VALUES = 2
_MOST_NAME_TOKENS = 3
_GRADES = frozenset((Role.GRADE, Role.EVALUATION, Role.CONTENT))
_SIDES = ("unit", "side")


@dataclass(frozen=True, slots=True)
class _Row:
    """From token to token; `first` is where its name ends."""

    start: int
    first: int
    end: int


def unfold_table(line: Line) -> tuple[Line | None, ...]:
    """The heads and the rows of the table that the line is, a blank line behind them; else the line itself."""
    if _WIDE.search(line.text):
        return (line,)
    tokens = [match.span() for match in _TOKEN.finditer(line.text)]
    if not _FEWEST_TOKENS <= len(tokens) <= _MOST_TOKENS:
        return (line,)
    words = [line.text[start:end] for start, end in tokens]
    kinds = _heads(words)
    rows = _only(list(islice(_ways(words, len(kinds), kinds[1:], None), 2))) if kinds else ()
    if not rows or not _is_sound(words, rows, kinds):
        return (line,)
    parts = [(0, len(kinds)), *((row.start, row.end) for row in rows)]
    return (*(_part(line, tokens[a][0], tokens[b - 1][1]) for a, b in parts), None)


def _only(ways: Sequence[tuple[_Row, ...]]) -> tuple[_Row, ...]:
    return ways[0] if len(ways) == 1 else ()


def _heads(words: Sequence[str]) -> list[str]:
    """What each of the heads that open the line is over: label, perhaps a unit or a measure, then values and grades; none
    where the word behind them may be a head too."""
    if read_head(words[0]).role is not Role.LABEL:
        return []
    kinds = ["label"]
    while len(kinds) < len(words) and (kind := _kind(words[len(kinds)])):
        if kind in _SIDES and len(kinds) > 1:
            return []
        kinds.append(kind)
    is_open = len(kinds) < len(words) and read_head(words[len(kinds)]).says_something
    return [] if is_open or kinds.count("value") < _FEWEST_VALUES else kinds


def _kind(word: str) -> str | None:
    head = read_head(word)
    if head.role in _GRADES:
        return "grade"
    if head.role is Role.LABEL:
        return "side"
    if head.role is Role.UNIT:
        return "unit"
    of_values = head.role in MEASURES or (head.role is None and head.year is not None)
    return "value" if of_values else None


def _ways(
    words: Sequence[str], at: int, kinds: Sequence[str], side: str | None
) -> Iterator[tuple[_Row, ...]]:
    """Every way to read the words from `at` on as rows; `side`: the unit or measure of the row above, None for none."""
    if at == len(words):
        yield ()
        return
    has_side = kinds[0] in _SIDES
    fewest = 0 if has_side and side is not None else 1
    for count in range(fewest, _MOST_NAME_TOKENS + 1):
        first = at + count
        end = first + len(kinds)
        if end > len(words) or not all(map(_may_name, words[at:first])):
            return
        if not all(map(_fits, words[first:end], kinds)):
            continue
        for rest in _ways(words, end, kinds, words[first] if has_side else None):
            yield (_Row(at, first, end), *rest)


def _may_name(word: str) -> bool:
    """A word of a name: no value, no unit, no head."""
    is_cell = is_value(word) or find_unit(word) is not None or find_role(word) is not None
    return not is_cell and not read_head(word).says_something


def _fits(word: str, kind: str) -> bool:
    """May the word stand in a column of this kind?"""
    if kind == "unit":
        return find_unit(word) is not None and not is_value(word)
    if kind == "side":
        return find_role(word) in MEASURES or says_quantity(word)
    if kind == "grade":
        return is_grade(word) or (is_value(word) and not _DIGIT.search(word))
    return is_value(word) or (is_value(word, words=True) and not is_grade(word))


def _is_sound(words: Sequence[str], rows: Sequence[_Row], kinds: Sequence[str]) -> bool:
    """Does a figure stand among the cells, is each name said in one word or known, and no unit or measure under it twice?"""
    has_side = kinds[1] in _SIDES
    sides: set[str] = set()
    for row in rows:
        name = words[row.start : row.first]
        if len(name) > 1 and not indicators_named("".join(name)):
            return False
        sides = set() if name else sides
        if has_side and words[row.first] in sides:
            return False
        sides.add(words[row.first])
    cells = [word for row in rows for word in words[row.first + has_side : row.end]]
    return any(map(_DIGIT.search, cells))


def _part(line: Line, start: int, end: int) -> Line:
    offset = line.span.char_start or 0
    return Line(line.text[start:end], Span(offset + start, offset + end))
