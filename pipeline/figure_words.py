"""What a cell says of its figure beside value and unit: the day it stands at, its words, how it was added up."""

from __future__ import annotations

import datetime

from keikaku.extractors.entries import Entry
from keikaku.extractors.heads import Role, find_role
from keikaku.normalizers.fiscal_years import FiscalYear, parse_as_of, search_fiscal_years
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import clean_prose
from keikaku.normalizers.values import Comparator, Status, Value
from keikaku.pipeline.labelling import Naming


def as_of(entry: Entry, measure: str, year: int | None) -> datetime.date | None:
    """The day of an actual, where a note that governs it names one (９月末時点)."""
    if measure != "actual" or year is None:
        return None
    for note in entry.notes:
        if "平均" in note.text or ("時点" not in note.text and "現在" not in note.text):
            continue
        try:
            return parse_as_of(note.text, year)
        except ValueError:
            continue
    return None


def words_of(value: Value) -> str | None:
    """The words of a qualitative value, a year before them kept (令和6年度設置予定); those beside a
    figure stay in `raw`."""
    if value.status is not Status.QUALITATIVE or not value.words:
        return None
    when = value.when if value.when and fold(value.printed).startswith(value.when) else ""
    return clean_prose(f"{when}{value.words}")


def year_said(value: Value) -> FiscalYear | None:
    """The year that a cell prints with one of its figures: R4：100人 R5：120人; of words it is a part."""
    if value.status is Status.QUALITATIVE or value.base:
        return None
    years = search_fiscal_years(value.when or value.label or "")
    return years[0] if len(years) == 1 else None


def aggregation_of(entry: Entry, value: Value, naming: Naming) -> str | None:
    """cumulative (累計) or monthly_average, where the cell, its names or its notes say so."""
    if value.aggregation is not None:
        return value.aggregation
    names = (naming.indicator, naming.breakdown, entry.series)
    if any("累計" in (name or "") for name in names):
        return "cumulative"
    if entry.measure is Role.ACTUAL and any("平均" in note.text for note in entry.notes):
        return "monthly_average"
    return None


def comparator_of(value: Value) -> str | None:
    """ge, le, eq … of a figure; None of words and marks."""
    if value.amount is None:
        return None
    return str(value.comparator or Comparator.EQ)


_SAID = frozenset((Role.TARGET, Role.PROJECTED, Role.ACTUAL, Role.BASELINE, Role.RATE, Role.GAP))
_RATES = frozenset((Role.RATE, Role.GAP))


def label_says_other(entry: Entry) -> bool:
    """計画目標　相談件数, 利用者数　達成率 read as an actual by the title of the paper alone: a word of the label is another
    measure, and no head says that of the figure."""
    if entry.measure is None or entry.measure_beside is not None:
        return False
    words = (word for label in entry.labels for word in _apart(label.text))
    said = {role for word in words if (role := find_role(word)) in _SAID}
    return bool(said) and not said <= (_RATES if entry.measure in _RATES else {entry.measure})


def _apart(label: str) -> list[str]:
    """The words of a label that blanks set apart; of a word alone nothing is set apart."""
    words = label.split()
    return words if len(words) > 1 else []
