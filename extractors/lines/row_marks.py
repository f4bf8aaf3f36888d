"""Marks that only read-aloud editions print before a name: @, A for ②, まる1; 図1 before a title; ［ ］ around it."""

from __future__ import annotations

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.lines.printed import part_of

_MARK = regex.compile(
    r"(?:[@＠](?![A-ZＡ-Ｚ])|(?<=^)[A-ZＡ-Ｚ](?=[\s　]+[^\s　A-Za-z])|(?:まる|マル|丸)[0-9０-９一二三四五六七八九十]{1,2}(?:\s?の\s?[0-9０-９]{1,2})*[、,，.．\s　]?)[\s　]*"
)
_CHART = regex.compile(
    r"[【〔\[(（]?(?P<mark>(?:図表?|表|グラフ)[\s　]?[0-9０-９]{1,2}(?:[-－‐―ー.．][0-9０-９]{1,2}){0,2})[】〕\])）]?[\s　.．:：、。]+"
)
_IN_BRACKETS = regex.compile(
    r"[\[［〔「『【《≪〈＜](?P<words>[^\[\]［］〔〕「」『』【】《》≪≫〈〉＜＞]+)[\]］〕」』】》≫〉＞]"
)


def without_mark(line: Line, *, letters: bool) -> Line:
    """The line behind a list mark that only read-aloud editions print (@, A for ②, まる1)."""
    match = _MARK.match(line.text)
    if match is None or (
        match[0].strip()[:1].isalpha() and match[0].strip().isascii() and not letters
    ):
        return line
    return part_of(line, match.end(), len(line.text))


def bare_name(line: Line, *, letters: bool) -> Line:
    """The name of rows without its list mark, and without brackets around the whole: ［生活介護］."""
    return unwrapped(without_mark(line, letters=letters))


def unwrapped(name: Line) -> Line:
    """A name without brackets around the whole of it."""
    match = _IN_BRACKETS.fullmatch(name.text)
    return part_of(name, *match.span("words")) if match is not None else name


def chart_mark(line: Line) -> tuple[Line | None, Line]:
    """図1, 表2-3, グラフ4 before a title, and the line behind it."""
    match = _CHART.match(line.text)
    if match is None:
        return None, line
    return part_of(line, *match.span("mark")), part_of(line, match.end(), len(line.text))
