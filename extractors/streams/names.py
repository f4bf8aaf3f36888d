"""Whose name is a line of words: that of the row below it, of the row above it, or both rows' in part?

A narrow column breaks the name of a row over two or three lines; the figures stand beside the last of them, the
middle, or the first. Marks (①, 1-2), brackets and words that cannot end a name (…による, …の) tell; where they do
not, the names the catalogue knows do. Where nothing tells, no row is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.goals import find_goal_head
from keikaku.extractors.heads import find_caption, split_unit
from keikaku.extractors.lines.aligned_labels import names_indicators
from keikaku.extractors.lines.torn_names import goes_on
from keikaku.extractors.unread import holds_figure_of_table
from keikaku.extractors.words import is_category, joined
from keikaku.normalizers.labels import split_marks

_OPENS = regex.compile(
    r"[①-⑳㉑-㉟]|[(（][0-9０-９一二三四五六七八九十ア-ン][)）]|[0-9０-９]{1,2}[.．、　 ]|[0-9]{1,2}[-－‐][0-9]{1,2}[ 　]"
    r"|[ア-カ][ 　.．、]|[(（]?うち|(?:再掲|内訳)|[【〔]|[・○◯◎●■□◆◇▪]"
)
_JOINS = ("の", "・", "、", "及び", "および", "又は", "による", "に関す", "に関する", "に対する", "を", "に", "した", "する", "等の", "が", "ための", "における", "として", "通じた", "係る", "を行う", "を受ける", "を担う")  # fmt: skip
_CANNOT_BEGIN = regex.compile(
    r"[)）、。・ーぁぃぅぇぉっゃゅょァィゥェォッャュョのをはがにへと」】〕]|[(（](?!うち|[0-9０-９一二三四五六七八九十ア-ン][)）])"
)
_OF_TIME = regex.compile(r"[（(][^（）()]*(?:年度|月|平均)[^（）()]*[)）]\Z")
_LONGEST_NAME = 70
_LONGEST_CLASS = 12
_MOST_LINES = 4
_PAIRS = (("(", ")"), ("（", "）"), ("「", "」"), ("[", "]"))


@dataclass(frozen=True, slots=True)
class Named:
    """A row as its name sees it. `words`: what stands on the line of its figures; `goes_on`: a row without
    words that may go on with the name of the row above it (人/月, then 時間/月)."""

    words: Line | None
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Names:
    """The lines of each row's name, none where it goes on; `left`: lines behind the last that are none's."""

    of_rows: tuple[tuple[Line, ...], ...]
    left: int


def share_lines(rows: Sequence[Named], gaps: Sequence[Sequence[Line]]) -> Names | None:
    """The lines before the first row, between any two, and behind the last, given to the rows; None where
    more than one way makes sense."""
    if any(len(gap) > 2 * _MOST_LINES for gap in gaps[:-1]):
        return None
    found: list[Names] = []
    for style in (_above, _around, _below, _under):
        names = style(rows, gaps)
        if names is not None and all(names.of_rows != other.of_rows for other in found):
            found.append(names)
    if len(found) < 2:
        return found[0] if found else None
    known = [sum(map(is_known_name, names.of_rows)) for names in found]
    best = max(known)
    return found[known.index(best)] if known.count(best) == 1 else None


def opens(line: Line) -> bool:
    """Does a name begin here: ①, 1-2, うち?"""
    return _OPENS.match(line.text) is not None or split_marks(line.text).number is not None


def is_class(line: Line) -> bool:
    """A class of services or a goal, over the rows that belong to it: 訪問系サービス（各年度の月平均）."""
    if holds_figure_of_table(line.text):
        return False  # 地域生活移行者数　【令和８年度末までの累計　198人】: a row
    if is_category(line.text) or is_category(_OF_TIME.sub("", line.text)):
        return True
    return ends_a_name([line]) and find_goal_head(line.text, line.span) is not None


def is_over_rows(line: Line) -> bool:
    """A class of services, or 【内訳】?"""
    return is_class(line) or is_subset(line)


def is_subset(line: Line) -> bool:
    """【内訳】 over the rows of the parts."""
    return find_caption(line.text) == "subset" and len(line.text) < _LONGEST_CLASS


def ends_a_name(name: Sequence[Line]) -> bool:
    """May a name end with these lines (no …による, no open bracket)?"""
    return not is_broken_off(name)


def may_begin(line: Line) -> bool:
    """May a name begin with the line (no closing bracket, no の)?"""
    return _CANNOT_BEGIN.match(line.text) is None


def is_one_name(lines: Sequence[Line]) -> bool:
    """Do the words themselves show that the lines are one name: known as a whole, or each broken off before the
    next (一般就労 / への移行者数)?"""
    return is_known_name(lines) or all(
        is_broken_off([above]) or _CANNOT_BEGIN.match(below.text) is not None
        for above, below in pairwise(lines)
    )


def is_known_name(name: Sequence[Line]) -> bool:
    """Does the catalogue know the name?"""
    return bool(name) and bool(names_indicators(split_marks(joined(name)).body))


def _above(rows: Sequence[Named], gaps: Sequence[Sequence[Line]]) -> Names | None:
    """All lines stand over the figures of their row, or on their line."""
    if all(row.words is None for row in rows) and _is_named(gaps[-1]) and not _is_named(gaps[0]):
        return None  # the names may stand below
    names = [
        (*gap, *([row.words] if row.words else []))
        for row, gap in zip(rows, gaps[:-1], strict=True)
    ]
    if not all(_is_name(name, row) for name, row in zip(names, rows, strict=True)):
        return None
    return Names(tuple(names), len(gaps[-1]))


def _below(rows: Sequence[Named], gaps: Sequence[Sequence[Line]]) -> Names | None:
    """The first line of each name stands beside the figures, the others below."""
    if gaps[0] or any(row.words is None and not row.goes_on for row in rows):
        return None
    if not any(gaps[1:-1]):
        return None  # nothing shows that names go on below
    names = [
        (*([row.words] if row.words else []), *gap)
        for row, gap in zip(rows[:-1], gaps[1:-1], strict=True)
    ]
    last = _whole_below(rows[-1], gaps[-1])
    names.append(last)
    if not all(_is_name(name, row) for name, row in zip(names, rows, strict=True)):
        return None
    taken = len(last) - (rows[-1].words is not None)
    return Names(tuple(names), len(gaps[-1]) - taken)


def _under(rows: Sequence[Named], gaps: Sequence[Sequence[Line]]) -> Names | None:
    """The figures stand alone on their line, and the whole name of each below it (48 51 57 / 共同生活援助): the page was
    read from the right, or from below. The first stand right under the heads."""
    if gaps[0] or any(row.words is not None or row.goes_on for row in rows):
        return None
    names = [tuple(gap) for gap in gaps[1:-1]]
    last = _whole_below(rows[-1], gaps[-1])
    names.append(last)
    if not all(_is_name(name, row) for name, row in zip(names, rows, strict=True)):
        return None
    if not all(is_known_name(name) or split_unit(joined(name)) for name in names):
        return None  # the first name may be lost, and the words below the last row a title
    return Names(tuple(names), len(gaps[-1]) - len(last))


def _is_named(gap: Sequence[Line]) -> bool:
    """Do the lines begin with what is surely a name?"""
    first = gap[:1]
    return bool(first) and (is_known_name(first) or split_unit(first[0].text) is not None)


def _whole_below(row: Named, gap: Sequence[Line]) -> tuple[Line, ...]:
    """The last name with the lines below it that it cannot do without."""
    name = [row.words] if row.words else []
    for line in gap:
        is_rest = is_broken_off(name) or _CANNOT_BEGIN.match(line.text) is not None
        if not is_rest and not goes_on(name, line):
            break
        name.append(line)
    return tuple(name)


def _around(rows: Sequence[Named], gaps: Sequence[Sequence[Line]]) -> Names | None:
    """The figures stand beside the middle of their row's name: as many lines over them as below."""
    for slack in (0, 1):
        ways = [
            names
            for names in _ways_around(rows, gaps, slack)
            if all(_is_name(name, row) for name, row in zip(names.of_rows, rows, strict=True))
        ]
        if ways:
            return ways[0] if len(ways) == 1 else None
    return None


def _ways_around(
    rows: Sequence[Named], gaps: Sequence[Sequence[Line]], slack: int
) -> Iterator[Names]:
    """Row by row: the lines over the first row are its own, so as many below it are; what is left between
    is the next one's. With `slack`, a row whose figures stand alone may have one more line below."""
    alone = [n for n, row in enumerate(rows) if row.words is None and not row.goes_on]
    for extra in product((0, 1), repeat=len(alone)) if slack and len(alone) <= 6 else [()]:
        more = dict(zip(alone, extra, strict=False))
        names: list[tuple[Line, ...]] = []
        over: Sequence[Line] = gaps[0]
        for number, row in enumerate(rows):
            below = len(over) + more.get(number, 0) if over else 0
            gap = gaps[number + 1]
            if below > len(gap):
                break
            own = [row.words] if row.words else []
            names.append((*over, *own, *gap[:below]))
            over = gap[below:]
        else:
            yield Names(tuple(names), len(over))


def _is_name(name: Sequence[Line], row: Named) -> bool:
    """Whole in itself: begins where a name may, does not break off, and holds no second one."""
    if not name:
        return row.goes_on
    if any(opens(line) for line in name[1:]) or _CANNOT_BEGIN.match(name[0].text):
        return False
    text = joined(name)
    if len(text) > _LONGEST_NAME or len(name) > 2 * _MOST_LINES or is_broken_off(name):
        return False
    if sum(is_known_name([line]) for line in name) > 1 and not is_known_name(name):
        return False
    return all(text.count(a) == text.count(b) for a, b in _PAIRS)


def is_broken_off(name: Sequence[Line]) -> bool:
    """Does a name go on in the next line: does it end in a particle, or within brackets?"""
    text = joined(name)
    if not text:
        return True
    return text.endswith(_JOINS) or any(text.count(a) > text.count(b) for a, b in _PAIRS)
