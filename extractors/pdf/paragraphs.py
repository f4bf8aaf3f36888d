"""Paragraphs (段落) out of the lines of one cell or of the free page, by where the lines stand.

Japanese prose fills its box: a line that reaches the right edge goes on below, a line that stops
short ends its paragraph. A paragraph opens with an indent of one em (全角一字下げ), a list item
with its mark (①, ・, ※ …) and may hang its further lines under the first letter. Where a box has
no full line (labels, figures, names one under the other) nothing is decided: its lines stay apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from keikaku.extractors.pdf.glyphs import TextLine

FULL = 1.9
"""A line that ends nearer to the right edge than this many ems is full: it may go on below."""
SHORTEST_FULL = 9
"""Characters that a full line has at least; in narrower boxes stand labels and figures."""
INDENT = 0.6
"""Ems to the right of the line above that make an indent."""
LIST_MARK = re.compile(
    r"[①-⑳㉑-㉟❶-❿⓪●○◯◎◇◆□■・･•‣▪▶►※＊*【〔☆★]"
    r"|[\(（][0-9０-９一二三四五六七八九十ア-ンｱ-ﾝa-zA-Z]{1,2}[\)）]"
    r"|[0-9０-９]{1,2}[\.．][ \u3000]?(?![0-9０-９])|第[0-9０-９一二三四五六七八九十]+ ?[章節項]"
)


def group_paragraphs(
    lines: Sequence[TextLine], right: float
) -> list[tuple[tuple[TextLine, ...], bool]]:
    """Lines of one holder, top to bottom, as paragraphs; true where geometry decided.

    `right` is the edge that the lines can reach: the cell's inner side, or the free page's margin.
    """
    if not _has_prose(lines, right):
        return [((line,), False) for line in lines]
    groups: list[list[TextLine]] = []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if groups and _goes_on(groups[-1], line, below, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [(tuple(group), True) for group in groups]


def _is_full(line: TextLine, right: float) -> bool:
    return right - line.x1 < FULL * line.em


def _has_prose(lines: Sequence[TextLine], right: float) -> bool:
    """At least one full line of some length with a line right below it."""
    if len(lines) < 2 or max([len(line.text) for line in lines]) < SHORTEST_FULL:
        return False
    return any(
        _is_full(line, right)
        and len(line.text) >= SHORTEST_FULL
        and below.box[1] - line.box[3] < 0.9 * line.em
        and below.x0 < line.x0 + 2.5 * line.em
        for line, below in itertools.pairwise(lines)
    )


def _goes_on(
    paragraph: list[TextLine], line: TextLine, below: TextLine | None, right: float
) -> bool:
    """Does `line` go on with the paragraph above it?"""
    above = paragraph[-1]
    if not _is_full(above, right) or _is_apart(above, line) or LIST_MARK.match(line.text):
        return False
    indent = line.x0 - _left_edge(paragraph)
    if indent > INDENT * line.em:
        return False
    return not (
        below is not None
        and above.text.endswith(("。", "．"))
        and line.x0 - below.x0 > INDENT * line.em
        and not LIST_MARK.match(below.text)
    )


def _is_apart(above: TextLine, line: TextLine) -> bool:
    """More than a line's height of white between them, or another size of letter, or beside."""
    other_size = abs(above.em - line.em) > 0.3 * max(above.em, line.em)
    return (
        other_size or line.box[1] - above.box[3] > 0.9 * line.em or line.baseline <= above.baseline
    )


def _left_edge(paragraph: list[TextLine]) -> float:
    """Where a further line of the paragraph may stand: at its second line, or up to a hang in."""
    if len(paragraph) > 1:
        return paragraph[1].x0
    first = paragraph[0]
    hang = 2.3 * first.em if LIST_MARK.match(first.text) else 0.0
    return first.x0 + hang
