"""Indicators whose figures stand behind their measures in the line of the name, or below a target.

``児童発達支援：計画 310人、実績 334人（令和５年度 301人）``,
``・就労移行支援の利用者数　令和６年度実績　38人／月（計画 45人／月、達成率 84.4％）``, and
``[目標値]　令和５年度の一般就労移行者数　240人`` over ``[実績値]　令和３年度　187人、令和４年度　211人``: the target's line
names what the lines below it count. Narrative reports and review sheets print so.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Line
from keikaku.extractors.lines.figure_rows import FigureRow, unread_line
from keikaku.extractors.lines.listed_values import LAYOUTS as LISTED_VALUES
from keikaku.extractors.lines.measured import (
    MeasuredLine,
    found_rows,
    is_torn,
    measured_rows,
    read_measured,
    read_named,
    repeats,
)
from keikaku.extractors.lines.named_values import LAYOUTS as NAMED_VALUES
from keikaku.extractors.lines.printed import Found, Printed
from keikaku.extractors.lines.read_aloud import LAYOUTS as READ_ALOUD


def find_measured(printed: Sequence[Printed], at: int) -> Found | None:
    """The lines from `at` on that name an indicator and give its figures."""
    if any(layout(printed, at) for layout in (*READ_ALOUD, *NAMED_VALUES, *LISTED_VALUES)):
        return None
    rows: list[FigureRow] = []
    unread: list[Line] = []
    label: Line | None = None
    end = at
    while end < len(printed):
        measured = read_named(printed, end) or _without_name(printed, end, rows, label)
        if measured is None:
            break
        label = measured.name or label
        rows += measured_rows(measured, label)
        unread += measured.unread
        end += 1
    if not rows and is_torn(printed[at].line):
        return Found(unread_line(printed[at].line), at + 1)
    return found_rows(rows, printed[at:end], end, unread) if rows else None


LAYOUTS = (find_measured,)


def _without_name(
    printed: Sequence[Printed], at: int, rows: Sequence[FigureRow], label: Line | None
) -> MeasuredLine | None:
    """A line that goes on with the name in the line right above it."""
    if label is None or printed[at].group != printed[at - 1].group:
        return None
    measured = read_measured(printed[at].line)
    if measured is None or measured.name is not None or repeats(measured, rows, label):
        return None
    return measured
