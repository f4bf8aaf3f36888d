"""Measures that a line of heads gives in order: 項目　基準値　目標値 over 施設入所者数　3,286人（令和４年度末）　3,141人（令和８年度末）.

Heads over a list whose figures say their years themselves, or a sentence (現状、目標の順に記載しています。), say which of the figures of
a line is what: a line has as many of them as there are heads. The years must bear it out: what a target starts from is
of an earlier year, all targets are for one year, a plan and its result are of the same. Else the heads are not those of
these lines, and none of them is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.printed import part_of
from keikaku.extractors.said.facts import Said, facts_of, kind_of
from keikaku.extractors.said.pieces import Piece, is_mark, pieces_of
from keikaku.normalizers.labels import split_marks

_SENTENCE = regex.compile(
    r"(?P<words>[^。]*?)の(?:並び)?順(?:番|序)?(?:[にで][^。]{0,12}|です|となっています)?[)）]?。?"
)
_WORDS = regex.compile(r"[^、，,・／/→とは\s　「」『』(（]+")
_SAYS_WHEN = regex.compile(r"[(（](?:時点|年度?|目標年度?|基準年度?|計画年度|末)[)）]")
_LONGEST_VALUE = 20
_FEWEST = 2
_PLANNED = frozenset((Role.PROJECTED, Role.ACTUAL))

Order = tuple[Line, ...]
"""The words for the measures, in order."""


@lru_cache(maxsize=4_096)
def order_of(line: Line) -> Order:
    """The measures that a line of heads, or a sentence on the order, gives the lines below it; else none.

    >>> from keikaku.extractors.document import Span
    >>> [word.text for word in order_of(Line("項目　基準値　目標値", Span(0, 10)))]
    ['基準値', '目標値']
    """
    words = _in_sentence(line) if "順" in line.text else _in_heads(line)
    roles = [find_role(word.text) for word in words]
    sound = len(words) >= _FEWEST and len(set(roles)) == len(roles)
    return words if sound and all(role in MEASURES for role in roles) else ()


def _in_heads(line: Line) -> Order:
    """項目　現状（時点）　目標（年度）: the head of the names, and behind it nothing but measures."""
    parts = [part_of(line, *match.span()) for match in _HEAD.finditer(line.text)]
    if not parts or find_role(parts[0].text) is not Role.LABEL:
        return ()
    return tuple(_without_when(part) for part in parts[1:])


_HEAD = regex.compile(r"(?:[^、，,／/→｜|:：＝\s　(（]|[(（][^()（）]*[)）])+")


def _without_when(word: Line) -> Line:
    match = _SAYS_WHEN.search(word.text)
    return part_of(word, 0, match.start()) if match is not None else word


def _in_sentence(line: Line) -> Order:
    match = _SENTENCE.fullmatch(line.text, split_marks(line.text).body_start)
    if match is None:
        return ()
    start, end = match.span("words")
    parts = [part_of(line, *found.span()) for found in _WORDS.finditer(line.text, start, end)]
    words: list[Line] = []
    while parts and find_role(parts[-1].text) in MEASURES:
        words.insert(0, parts.pop())
    says_more = any(read_head(part.text).says_something for part in parts[1:])
    return () if says_more else tuple(words)


@lru_cache(maxsize=4_096)
def facts_in_order(line: Line, order: Order) -> tuple[Said, ...]:
    """The figures of a line that says their years and not what they are, each with its measure by the order; none
    where they are more or fewer."""
    facts = facts_of(line) or tuple(_cells(pieces_of(line)))
    if len(facts) != len(order) or any(said.measure or said.both for said in facts):
        return ()
    if any(said.year is None and not is_mark(said.value.text) for said in facts):
        return ()
    return tuple(
        replace(s, measure=word, is_in_order=True) for s, word in zip(facts, order, strict=True)
    )


def _cells(pieces: Sequence[Piece]) -> Iterator[Said]:
    """強度行動障害の支援体制　－　全圏域（令和８年度末）: a name, and behind it cells, be they words or a mark, each with its year
    in a bracket."""
    if not pieces or pieces[0].kind != "name" or not any(piece.is_behind for piece in pieces):
        return
    for at, piece in enumerate(pieces[1:], 1):
        if piece.is_behind:
            continue
        is_short = piece.kind != "head" and len(piece.line.text) <= _LONGEST_VALUE
        behind = pieces[at + 1] if at + 1 < len(pieces) else None
        year = behind.line if behind is not None and behind.is_behind else None
        if not is_short or (behind is not None and year and kind_of(behind) != "year"):
            yield Said(piece.line)  # a part that is no cell: of no year, and so of none
            continue
        yield Said(piece.line, pieces[0].line, year=year, is_year_behind=True)


def bear_out(lines: Sequence[Sequence[Said]]) -> bool:
    """Do the years of all lines under an order say the same as it does?"""
    aims = {
        year
        for line in lines
        for said in line
        if _role(said) is Role.TARGET
        for year in _year(said)
    }
    return len(aims) <= 1 and all(
        _agree(one, other) for line in lines for one, other in combinations(line, 2)
    )


def _agree(one: Said, other: Said) -> bool:
    """Are the years of two figures of a line such as their measures call for?"""
    told = {_role(said): year for said in (one, other) for year in _year(said)}
    if len(told) < _FEWEST:
        return True
    if Role.BASELINE in told:
        rest = next(year for role, year in told.items() if role is not Role.BASELINE)
        return told[Role.BASELINE] < rest
    if told.keys() == _PLANNED:
        return len(set(told.values())) == 1
    return Role.TARGET not in told or told[Role.TARGET] == max(told.values())


def _role(said: Said) -> Role | None:
    return find_role(said.measure.text) if said.measure is not None else None


def _year(said: Said) -> tuple[int, ...]:
    """The year that a figure says itself; none for a mark without one."""
    year = read_head(said.year.text).year if said.year is not None else None
    return (year.last or year.year,) if year is not None else ()
