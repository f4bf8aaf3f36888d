"""Heads of boxes printed in the margin, on the line where the box begins: ``Ｐ 計画   目標値   項目   令和２年度末``.

A sheet whose left columns hold ``Ｐ 計画`` and ``目標値`` is printed by PDF-to-text tools with these words before the
heads of the table, or before the first words of the review (``Ｃ 評価   【平成30年度】 …``). They are lines of their own.
"""

from __future__ import annotations

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, REVIEWS, Role, find_box, find_role
from keikaku.extractors.lines.widths import width

_GAP = regex.compile(r"[ \u3000]{2,}")
_STEP = regex.compile(r"[PDCAＰＤＣＡ]")
_FORM = regex.compile(
    r"(?:計画|実施|[（(][PDCAＰＤＣＡ][)）]|[↓⇩⬇▼])[ \u3000]{2,}"
    r"(?=[【〔《][^【】〔〕《》]+[】〕》]|[①-⑳][ \u3000]?\S+(?:[ \u3000]\S+)*\Z)"
)
"""A word of the form's first column left of a caption or a numbered heading: ↓           【実績値】."""


def margins_apart(line: Line) -> list[tuple[Line, int]]:
    """The line as the heads in its margin and the rest, each with its distance from the line's beginning in
    display columns; a line without such heads whole."""
    parts: list[tuple[Line, int]] = []
    form = _FORM.match(line.text)
    start = form.end() if form is not None else _end_of_step(line.text)
    if start:
        parts.append((_part(line, 0, start), 0))
    end = _end_of_box(line.text, start)
    if end > start:
        parts.append((_part(line, start, end), width(line.text[:start])))
    rest = max(start, end)
    return [*parts, (_part(line, rest, len(line.text)), width(line.text[:rest]))]


def _end_of_step(text: str) -> int:
    """Where Ｐ 計画, or Ｃ 評価, and the gap behind it end; 0 where no such words open the line."""
    gap = _GAP.search(text)
    if gap is None or gap.start() > 12 or _STEP.search(text, 0, gap.start()) is None:
        return 0
    role = find_role(text[: gap.start()])
    return gap.end() if role is Role.PLAN_DO or role in REVIEWS else 0


def _end_of_box(text: str, start: int) -> int:
    """Where 目標値 or 実績値, left of the head of the names, and the gap behind it end."""
    gap = _GAP.search(text, start)
    if gap is None:
        return start
    words = text[start : gap.start()]
    if find_role(words) not in MEASURES or find_box(words) is None:
        return start
    return gap.end() if _heads_names(text[gap.end() :]) else start


def _heads_names(text: str) -> bool:
    """Do the words begin with 項目 or 年度, be they spaced out (年    度), and go on?"""
    pieces = [piece for piece in _GAP.split(text) if piece]
    for count in (1, 2, 3):
        words = "".join(pieces[:count])
        spelt = count == 1 or all(len(piece) == 1 for piece in pieces[:count])
        if spelt and find_role(words) in (Role.LABEL, Role.TERM) and len(pieces) > count:
            return True
    return False


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end].rstrip(" \u3000")
    offset = line.span.char_start
    if offset is None:
        return Line(text, line.span)
    return Line(text, Span(offset + start, offset + start + len(text)))
