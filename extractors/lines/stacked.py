"""What layouts with a cell a line share: heads broken over lines, values with what hangs on them.

Slides and e-books print a narrow column's head over several lines (``基準値`` / ``（令和4`` / ``年度）``) and
a value with its bound below it (``273人`` / ``以下``). Page numbers stand alone between two pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import (
    MEASURES,
    REVIEWS,
    TEXTS,
    Head,
    Role,
    find_box,
    find_role,
    read_head,
)
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.words import is_grade, is_legend, joined
from keikaku.normalizers.cells import is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.values import Status

_MOST_LINES_OF_HEAD = 4
_BARE = regex.compile(r"[0-9０-９]{1,3}")
_LEAST_PAGES = 3
_ENOUGH_TURNS = 2
_BRACKETED_FIGURE = regex.compile(
    r"[\[［〔(（][\s　]*[0-9０-９][0-9０-９,，.．]*[\s　]*[\]］〕)）]"
)
_FIRST_PAGES = (1, 2)
_LONGEST_LABEL_LINE = 40
_HANGING = regex.compile(
    r"(?:以上|以下|未満|以内|超|程度|前後|増|減|を超えない)(?:[（(].*[)）])?|[\[［〔(（][^\[\]［］〔〕()（）]*[\]］〕)）]"
)
_NO_LABEL = tuple("【《〈＜<■●◆○・〇#※*＊→")
_QUANTITIES = ("数", "量", "率")
"""Ends of words that may be a unit or, alone on a line, the end of a label (…の / 利用者数)."""
_BARE_YEAR = regex.compile(
    r"(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)|(?:20|２０)[0-9０-９]{2}"
)
"""令和５ over 年度 over 実績: a year that goes on below."""
_YEAR_CUT = regex.compile(rf"(?:{_BARE_YEAR.pattern})[\s　]*年")
"""令和４年 over 度実績: broken within 年度."""
_OPEN, _CLOSE = "（(〔[［", "）)〕]］"


@dataclass(frozen=True, slots=True)
class StackedHead:
    """A head with the lines that print it."""

    head: Head
    lines: tuple[Line, ...]

    @property
    def is_year(self) -> bool:
        return self.head.year is not None and self.head.role is None

    @property
    def is_measure(self) -> bool:
        return self.head.year is None and self.head.role in MEASURES | {Role.GRADE}


@lru_cache(maxsize=64)
def head_at(printed: Sequence[Printed], at: int) -> StackedHead | None:
    """The head that begins with the line at `at`, as many lines as it surely takes."""
    for count in range(min(_MOST_LINES_OF_HEAD, len(printed) - at), 0, -1):
        lines = tuple(item.line for item in printed[at : at + count])
        text = joined(lines)
        if not _hold_together(printed, at, count, text):
            continue
        head = read_head(text)
        if head.says_something and not is_value_like(text):
            return StackedHead(head, lines)
    return None


def _hold_together(printed: Sequence[Printed], at: int, count: int, text: str) -> bool:
    if any(text.count(a) != text.count(b) for a, b in zip(_OPEN, _CLOSE, strict=True)):
        return False
    if count == 1:
        return True
    items = printed[at : at + count]
    if len({item.group for item in items}) > 1:
        return False
    first, second = (item.line.text for item in items[:2])
    if _BARE_YEAR.fullmatch(first) and second.startswith("年"):
        return True
    if _YEAR_CUT.fullmatch(first) and second.startswith("度"):
        return True
    return second[0] in _OPEN or not read_head(first).says_something


def heads_from(printed: Sequence[Printed], at: int) -> tuple[list[StackedHead], int]:
    """All heads from `at` on, and where they end."""
    heads: list[StackedHead] = []
    while at < len(printed) and (head := head_at(printed, at)) is not None:
        heads.append(head)
        at += len(head.lines)
    return heads, at


def is_value(text: str, *, words: bool = False) -> bool:
    """A figure or a mark; with `words` also a status that is a known word (設置, 検討, やや遅れ). The head of the
    box below the table (評価（Ｃ）, 活動指標) is none."""
    if is_value_like(text):
        return True
    if (
        not words
        or "。" in text
        or find_role(text) in REVIEWS | TEXTS
        or find_box(text) is not None
    ):
        return False
    if is_grade(text):
        return True
    try:
        values = parse_cell(text)
    except UnreadText:
        return False
    return all(v.status is not Status.QUALITATIVE or "free_words" not in v.flags for v in values)


def hangs_on(text: str) -> bool:
    """``以下``, ``（累計）``: goes on with the value on the line above."""
    return _HANGING.fullmatch(text) is not None


def may_be_label(line: Line) -> bool:
    """A line that may name a row, or a piece of such a name."""
    text = line.text
    if len(text) > _LONGEST_LABEL_LINE or "。" in text or text.startswith(_NO_LABEL):
        return False
    if is_legend(text) or is_value_like(text) or find_box(text) is not None:
        return False
    head = read_head(text)
    if head.role is not None or head.year is not None:
        return False
    return head.unit is None or text.endswith(_QUANTITIES)


def is_lone_number(printed: Sequence[Printed], at: int) -> bool:
    """A page number's shape: a number of up to three digits alone between two blank lines, or the last line of
    its page, where it counts on from the pages before it."""
    if at in _counted_pages(printed):
        return True
    if regex.fullmatch(r"[-－–—\s]*[0-9０-９]{1,3}[-－–—\s]*", printed[at].line.text) is None:
        return False
    alone = {item.group for item in (*printed[at - 1 : at], *printed[at + 1 : at + 2])}
    return at > 0 and printed[at].group not in alone


@lru_cache(maxsize=8)
def _counted_pages(printed: Sequence[Printed]) -> frozenset[int]:
    """The lines of bare numbers that end what stands between blank lines and count 1, 2, 3 through the text, to
    its very end; a title page may print no number."""
    ends = [n for n in range(len(printed)) if _ends_group(printed, n)]
    found: list[int] = []
    last = 0
    for n in ends:
        if not _BARE.fullmatch(printed[n].line.text):
            continue
        number = int(printed[n].line.text)
        if number == last + 1 or (not found and number in _FIRST_PAGES):
            found.append(n)
            last = number
    is_whole = len(found) >= _LEAST_PAGES and found[-1] == len(printed) - 1
    return frozenset(found) if is_whole else frozenset()


def _ends_group(printed: Sequence[Printed], at: int) -> bool:
    return at + 1 == len(printed) or printed[at + 1].group != printed[at].group


@dataclass(frozen=True, slots=True)
class Values:
    """Values a line each, with what hangs on them, and where they end."""

    cells: tuple[tuple[Line, ...], ...]
    end: int
    groups: frozenset[int]


def values_from(printed: Sequence[Printed], at: int, most: int, *, words: bool = False) -> Values:
    """Up to `most` values from `at` on."""
    cells: list[list[Line]] = []
    groups: set[int] = set()
    while at < len(printed):
        item = printed[at]
        if cells and hangs_on(item.line.text) and item.group in groups:
            cells[-1].append(item.line)
        elif len(cells) < most and is_value(item.line.text, words=words):
            if is_lone_number(printed, at) and cells and item.group not in groups:
                break
            cells.append([item.line])
            groups.add(item.group)
        else:
            break
        at += 1
    return Values(tuple(tuple(cell) for cell in cells), at, frozenset(groups))


@lru_cache(maxsize=8)
def prints_by_cell(printed: Sequence[Printed]) -> bool:
    """148 / [59] / 151 / [66]: does the text print both lines of a cell before the next, wherever a bracket shows it,
    and never 148 / 151 / [59] / [66]?"""
    kinds = [_kind_of_line(item.line.text) for item in printed]
    if any(kinds[n : n + 2] == ["bracket", "bracket"] for n in range(len(kinds))):
        return False
    turns = sum(kinds[n : n + 4] == ["figure", "bracket"] * 2 for n in range(len(kinds)))
    return turns >= _ENOUGH_TURNS


def _kind_of_line(text: str) -> str:
    if _BRACKETED_FIGURE.fullmatch(text):
        return "bracket"
    return "figure" if is_value_like(text) else "words"


def uneven_notices(cells: Sequence[Sequence[Line]], expected: int) -> tuple[Notice, ...]:
    """One notice for each value of a row or column that has not as many as the table calls for."""
    return tuple(
        Notice(
            "uneven_cells",
            "warning",
            f"「{joined(cell)}」 is one of {len(cells)} values where the table calls for {expected}",
            cell[0].span,
        )
        for cell in cells
    )
