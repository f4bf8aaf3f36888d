"""What careful readers say that a label names, read from its words, unit, goal and term.

`indicators_of_labels.tsv` was typed from the meaning, not from the program. `-` is a label that names no indicator of the
catalogue, or may name two: a wrong indicator is worse than none.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from keikaku.normalizers.catalogue import indicator_by_id
from keikaku.normalizers.indicators import find_indicator

TYPED = Path(__file__).with_name("indicators_of_labels.tsv")
LEAST = 300


def rows() -> list[dict[str, str]]:
    with TYPED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['label']}{row['breakdown']}")
def test_typed(row: dict[str, str]) -> None:
    match = find_indicator(
        row["label"], goal_id=row["goal_id"] or None, plan=row["plan"] or None,
        plan_term=int(row["plan_term"]), unit=row["unit"] or None, measure=row["measure"],
        section=row["section"], item=row["item"] or None, breakdown=row["breakdown"] or None,
        series=row["series"] or None,
    )  # fmt: skip
    assert (match.indicator_id or "-") == row["indicator_id"]


def test_there_are_enough_and_each_is_known() -> None:
    typed = rows()
    named = {row["indicator_id"] for row in typed} - {"-"}
    assert len(typed) >= LEAST
    assert all(indicator_by_id(indicator_id) for indicator_id in named)
