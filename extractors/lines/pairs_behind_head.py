"""Indicators in one line behind the head of all: 「目標（令和８年度末）　地域生活移行者数　３人　／　施設入所者数　２７人以下」.

The head says measure and year; what a stroke parts is a name and its figure each. A line with one part
that is not is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.measured_lines import LAYOUTS as MEASURED_LINES
from keikaku.extractors.lines.named_values import LAYOUTS as NAMED_VALUES
from keikaku.extractors.lines.printed import Found, Printed, merge_pieces, part_of
from keikaku.extractors.lines.read_aloud import LAYOUTS as READ_ALOUD
from keikaku.extractors.lines.statements import is_name
from keikaku.extractors.words import is_caption, is_legend, is_unspecific

_TOKEN = regex.compile(r"[^\s　:：]+(?:[\s　]*[（(][^（）()]*[)）])*")
_BULLET = regex.compile(r"[○◯◎・●◆◇■□▪•▶‣][\s　]*")
_STROKE = regex.compile(r"(?<=[\s　])[／/](?=[\s　])|[；;]")
_LONGEST = 160
_COMPARED = (Role.GAP, Role.RATE)


def find_pairs(printed: Sequence[Printed], at: int) -> Found | None:
    """A line of a head and two names or more, each with its figure."""
    line = printed[at].line
    if len(line.text) > _LONGEST or "。" in line.text or is_legend(line.text):
        return None
    parted = _parted(line)
    pairs = [_pair(part) for part in parted[1:]]
    named = [pair for pair in pairs if pair is not None]
    if len(named) < 2 or len(named) != len(pairs) or _names_twice(named):
        return None
    if any(layout(printed, at) for layout in (*READ_ALOUD, *NAMED_VALUES, *MEASURED_LINES)):
        return None
    rows = [FigureRow(value, label=name, heads=(parted[0],)) for name, value in named]
    return Found(lay_figures(rows, (), printed[at : at + 1]), at + 1)


LAYOUTS = (find_pairs,)


def _parted(line: Line) -> list[Line]:
    """The head, then the parts between the strokes; nothing where no head opens the line."""
    bullet = _BULLET.match(line.text)
    first = _TOKEN.search(line.text, bullet.end() if bullet else 0)
    if first is None or is_caption(line.text):
        return []
    head = read_head(first[0])
    told = head.year is not None or head.role is Role.TARGET
    if head.role not in MEASURES or head.role in _COMPARED or not told:
        return []
    cuts = [match.span() for match in _STROKE.finditer(line.text, first.end())]
    edges = [first.end(), *(edge for cut in cuts for edge in cut), len(line.text)]
    parts = [part_of(line, a, b) for a, b in list(pairwise(edges))[::2]]
    return [part_of(line, *first.span()), *parts]


def _pair(part: Line) -> tuple[Line, Line] | None:
    """地域生活移行者数　３人: the name and the figure at its end."""
    tokens = [part_of(part, *match.span()) for match in _TOKEN.finditer(part.text)]
    if len(tokens) < 2:
        return None
    name, value = merge_pieces(tokens[:-1], part), tokens[-1]
    if not is_known_value(value.text) or read_head(value.text).says_something:
        return None
    if not is_name(name) or is_unspecific(name.text) or read_head(name.text).says_something:
        return None
    return name, value


def _names_twice(pairs: Sequence[tuple[Line, Line]]) -> bool:
    return len({name.text for name, _ in pairs}) < len(pairs)
