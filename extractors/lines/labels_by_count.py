"""Names that a narrow column breaks over lines, where the columns beside them say how many they are.

``福祉施設から一般就`` / ``労への移行者数`` / ``就労移行支援事業の`` / ``利用者数`` are two names where each column has two values. A name
goes on below only from a line that fills the column, or where the words show it; no name begins as words do in the middle of a
phrase, none breaks off. Where more than one way is left, none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from keikaku.extractors.document import Line
from keikaku.extractors.lines.aligned_labels import all_go_on, is_rest
from keikaku.extractors.lines.quantities import may_name_figures
from keikaku.extractors.lines.stacked import hangs_on
from keikaku.extractors.streams.names import ends_a_name, is_known_name, may_begin, opens
from keikaku.extractors.words import is_category, joined

_Label = tuple[Line, ...]
_MOST_LINES = 5
_NARROW = 2
"""A line that fills the column may be a character short: the next one, with its mark, did not fit."""


def cut_into(lines: Sequence[Line], count: int) -> list[_Label]:
    """The lines as so many names, where there is one way alone; else none."""
    if not 0 < count < len(lines):
        return []
    width = max(len(line.text) for line in lines)
    ways = list(islice(_ways(tuple(lines), count, width), 2))
    return list(ways[0]) if len(ways) == 1 else []


def _ways(lines: _Label, count: int, width: int) -> Iterator[tuple[_Label, ...]]:
    most = min(_MOST_LINES, len(lines) - count + 1)
    for end in range(1, most + 1):
        name = lines[:end]
        if not _is_name(name, width):
            continue
        if count == 1 and end == len(lines):
            yield (name,)
        elif count > 1:
            yield from ((name, *rest) for rest in _ways(lines[end:], count - 1, width))


def is_whole(name: Sequence[Line]) -> bool:
    """Do the lines name figures, and are they no half of a name: 福祉施設から一般就, 労への移行者数?"""
    text = joined(name)
    return (may_name_figures(text) or is_category(text)) and not is_rest(name[0].text)


def _is_name(name: _Label, width: int) -> bool:
    first, *more = name
    if not is_whole(name) or not may_begin(first) or hangs_on(first.text):
        return False
    if any(opens(line) for line in more) or not ends_a_name(name):
        return False
    if len(name) > 1 and all(is_known_name([line]) for line in name):
        return False
    return all(_goes_on(a, b, width) for a, b in zip(name, more, strict=False))


def _goes_on(line: Line, below: Line, width: int) -> bool:
    return len(line.text) > width - _NARROW or hangs_on(below.text) or all_go_on([line, below])
