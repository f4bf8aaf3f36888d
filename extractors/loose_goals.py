"""Goals outside the forms: which numbered lines are headings of goals, and which only look so.

One document numbers its goals in one style. Where it prints 成果目標 alone over each of them, a numbered line without
these words (４.専門的人材の確保・養成 among 5つの機能) is none, but one that holds them is (基本指針の目標4 …); nor is a
line of the table of contents, which comes again further down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from keikaku.extractors.document import Block, Grid, Line, Span
from keikaku.extractors.entries import GoalHead
from keikaku.extractors.goal_sections import style_and_number
from keikaku.extractors.goals import (
    as_printed_heading,
    find_goal_head,
    goal_below,
    mark_style,
    opens_form,
)
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.unread import is_row_of_figures
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks

_FEWEST = 2
"""Lines that make a table of contents."""
_FEWEST_LISTED = 3
_FEWEST_SAID = 2
"""Over one goal alone, 成果目標 is the title of the part."""


class LooseGoals:
    """What the headings so far say of how the document prints its goals."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.style: str | None = None
        self.contents = frozenset((*_contents(blocks), *_lists(blocks)))
        self.is_said = _count_said(blocks) >= _FEWEST_SAID
        """Do the words 成果目標 stand alone over the goals?"""

    def find(self, text: str, lines: Sequence[Line], *, is_said: bool = False) -> GoalHead | None:
        """The goal that a heading names. `is_said`: the words 成果目標 stand over it."""
        if is_row_of_figures(text) or lines[0].span in self.contents:
            return None
        if self.is_said and not (is_said or opens_form(text)):
            return None
        goal = find_goal_head(text, cover([line.span for line in lines]))
        if goal is None:
            return None
        if self.is_said and opens_form(text):
            return goal
        style = mark_style(as_printed_heading(text), goal)
        if self.style is None:
            self.style = style
        return goal if style == self.style else None


def _count_said(blocks: Sequence[Block]) -> int:
    """Over how many goals the words 成果目標 stand alone."""
    prose = (block.lines for block in blocks if not isinstance(block, Grid))
    belows = (goal_below(lines[at : at + 5]) for lines in prose for at in range(len(lines)))
    return sum(1 for below in belows if below is not None and below.is_said)


def _contents(blocks: Sequence[Block]) -> Iterator[Span]:
    """The places of numbered lines, two or more in a row, that all come again below them."""
    run: list[Line] = []
    printed = [block.lines if not isinstance(block, Grid) else None for block in blocks]
    last = {fold(line.text): line.span for lines in printed if lines is not None for line in lines}
    for lines in (*printed, None):
        for line in lines if lines is not None else (None,):
            if line is not None and _comes_again(line, last):
                run.append(line)
                continue
            if len(run) >= _FEWEST:
                yield from (each.span for each in run)
            run = []


def _lists(blocks: Sequence[Block]) -> Iterator[Span]:
    """The places of numbered lines, three or more, that count up with nothing between them: each would head nothing."""
    run: list[Line] = []
    for line in _each_line(blocks):
        is_next = bool(run) and line is not None and _counts_on(run[-1], line)
        if not is_next:
            if len(run) >= _FEWEST_LISTED:
                yield from (each.span for each in run)
            run = []
        if line is not None:
            run.append(line)


def _each_line(blocks: Sequence[Block]) -> Iterator[Line | None]:
    """The lines in order, None for a table and at the end."""
    for block in blocks:
        yield from (None,) if isinstance(block, Grid) else block.lines
    yield None


def _counts_on(line: Line, following: Line) -> bool:
    (style, number), (next_style, next_number) = _mark_of(line.text), _mark_of(following.text)
    if number is None or next_number is None:
        return False
    return style == next_style and next_number == number + 1


def _mark_of(text: str) -> tuple[str, int | None]:
    """How a line is numbered, and its number: (N) and 2 of （２）…, 第N and 3 of 第３　地域生活支援事業."""
    marked = split_marks(text)
    if marked.number is None:
        return style_and_number(text)
    return mark_style(text, GoalHead(marked.number, marked.body, Span())), marked.number


def _comes_again(line: Line, last: dict[str, Span]) -> bool:
    return _mark_of(line.text)[1] is not None and last[fold(line.text)] != line.span
