"""Names of which a line a row of a table keeps the half beside the figures, and prints the rest below it.

    福祉施設から一般 24 31 27
    就労への移行者数
    うち就労移行支援 15 20 17

Read line by line the rest would begin the name of the next row: a name does not begin with words that have うち behind
them, nor with words that make a known name one that nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from keikaku.extractors.document import Line
from keikaku.extractors.lines.aligned_labels import names_indicators
from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.words import is_part, joined


def hold_rests_of_others(names: Sequence[Sequence[Line]]) -> bool:
    """Does a name of the table begin with the rest of the name above it?"""
    if any(is_part(line.text) for name in names for line in name[1:]):
        return True
    return any(len(name) > 1 and goes_on(above, name[0]) for above, name in pairwise(names))


def goes_on_behind(name: Sequence[Line], printed: Sequence[Printed], end: int) -> bool:
    """Does the last name of a table go on in the line behind it?"""
    if end >= len(printed) or printed[end].group != printed[end - 1].group:
        return False
    return goes_on(name, printed[end].line)


def goes_on(name: Sequence[Line], line: Line) -> bool:
    """Does a name say more with the line behind it, which says nothing by itself: ``就労定着支援``, ``事業の利用者数``?"""
    if not name or names_indicators(line.text):
        return False
    both = names_indicators(joined((*name, line)))
    return bool(both) and both != names_indicators(joined(name))
