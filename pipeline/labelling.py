"""Indicator and breakdown: which of a row's labels names what is counted, which names a part of it.

The outermost label of a row is the indicator, the next one its breakdown; a table without row labels
is named by the numbered heading over it, else by the goal. Where a label prints two names on two
lines and its cells two figures on two lines (協議の場の設置 / 年間開催回数), line goes with line.
"""

from __future__ import annotations

from dataclasses import dataclass

from keikaku.extractors.entries import Entry
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.values import Standing, Value


@dataclass(frozen=True, slots=True)
class Naming:
    """How one value of a cell is named."""

    indicator: str
    breakdown: str | None


def name_value(entry: Entry, value: Value, values: tuple[Value, ...], fallback: str) -> Naming:
    """Indicator and breakdown of one value of an entry; `fallback` is the goal's title."""
    labels = [clean_label(label.text) for label in entry.labels]
    labels = [label for label in labels if label]
    paired = _paired_label(entry, value, values)
    if paired is not None:
        labels = [*labels[:-1], paired]
    if not labels:
        item = clean_label(entry.place.item) if entry.place.item else ""
        return Naming(item or clean_label(fallback), value.label)
    breakdown = "・".join(labels[1:]) or None
    return Naming(labels[0], value.label or breakdown)


def pairs_lines(lines: tuple[str, ...], values: tuple[Value, ...]) -> bool:
    """Do as many main values stand on as many lines of the cell as there are lines here?"""
    mains = [value for value in values if value.standing is Standing.MAIN]
    if len(lines) < 2 or len(mains) != len(lines):
        return False
    return len({value.line for value in mains}) == len(mains)


def _paired_label(entry: Entry, value: Value, values: tuple[Value, ...]) -> str | None:
    if not entry.labels or any(v.label for v in values):
        return None
    lines = entry.labels[-1].lines
    if not pairs_lines(lines, values):
        return None
    return clean_label(lines[_rank(value, values)])


def rank_of(value: Value, values: tuple[Value, ...]) -> int:
    """Which of the cell's lines with a main value this value stands on, from 0."""
    return _rank(value, values)


def _rank(value: Value, values: tuple[Value, ...]) -> int:
    lines = sorted({v.line for v in values if v.standing is Standing.MAIN})
    return max((n for n, line in enumerate(lines) if line <= value.line), default=0)
