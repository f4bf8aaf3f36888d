"""未 alone (not yet): the whole column of a year that is not over, beside years that are reported.

Under 設置 the word may be short for 未設置 (not set up), and stays a word. Where every cell of a year's
results is 未 or a dash, and a row of them holds a figure for an earlier year, it says that nothing is
reported yet, as 未集計 does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex
from keikaku.extractors.document import Notice
from keikaku.extractors.entries import Entry, TextBox
from keikaku.extractors.heads import Role
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.folding import fold
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.values import Status

Given = Entry | TextBox | Notice
_NOT_YET = "未"
_NO_ZERO = regex.compile(r"[1-9]")


def mark_pending(given: Sequence[Given]) -> tuple[Given, ...]:
    """The same, each 未 of a column that reports nothing yet marked as pending."""
    entries = [item for item in given if isinstance(item, Entry) and item.year is not None]
    actuals = [entry for entry in entries if entry.measure is Role.ACTUAL]
    due = {year for year in map(_year, filter(_is_not_yet, actuals)) if _is_due(year, actuals)}
    return tuple(
        replace(item, pending=True)
        if isinstance(item, Entry)
        and item.measure is Role.ACTUAL
        and _is_not_yet(item)
        and _year(item) in due
        else item
        for item in given
    )


def _year(entry: Entry) -> int | None:
    return entry.year.year if entry.year is not None else None


def as_dashes(text: str) -> str:
    """The cell with a dash for each 未, every character in its place.

    >>> as_dashes("未\\n未")
    '－\\n－'
    """
    return text.replace(_NOT_YET, "－")


def _is_not_yet(entry: Entry) -> bool:
    if _NOT_YET not in entry.text:
        return False
    return {fold(line) for line in entry.text.split("\n")} == {_NOT_YET}


def _is_due(year: int | None, actuals: Sequence[Entry]) -> bool:
    """Two cells or more of the year, none that reports, and a figure of a year before in their rows."""
    column = [entry for entry in actuals if _year(entry) == year]
    rows = {_row(entry) for entry in column}
    return (
        year is not None
        and len(column) > 1
        and all(map(_reports_nothing, column))
        and any(
            _row(entry) in rows and _is_figure(entry) and entry.year.year < year
            for entry in actuals
            if entry.year is not None
        )
    )


def _row(entry: Entry) -> tuple[object, ...]:
    return (tuple(label.span for label in entry.labels), entry.series, entry.units)


def _reports_nothing(entry: Entry) -> bool:
    if _is_not_yet(entry):
        return True
    marks = [find_mark(fold(line)) for line in entry.text.split("\n")]
    return all(mark is not None and mark.status is not Status.QUALITATIVE for mark in marks)


def _is_figure(entry: Entry) -> bool:
    return _NO_ZERO.search(fold(entry.text)) is not None and is_value_like(entry.text)
