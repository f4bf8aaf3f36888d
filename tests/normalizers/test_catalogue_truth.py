"""Every indicator that careful readers typed from the samples is found from its printed labels."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from keikaku.normalizers.indicators import find_indicator

TRUTH = sorted((Path(__file__).parents[1] / "truth").glob("*/*.observations.tsv"))


@pytest.mark.parametrize("path", TRUTH, ids=lambda path: path.name)
def test_typed_indicators(path: Path) -> None:
    wrong = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            match = find_indicator(
                row["indicator"], goal_id=row["goal_id"] or None, plan=row["plan"] or None,
                plan_term=int(row["plan_term"]) if row["plan_term"] else None,
                unit=row["unit"] or None, measure=row["measure"], section=row["section"],
                item=row["item"] or None, breakdown=row["breakdown"] or None,
                series=row["series"] or None, comparator=row["comparator"] or None,
            )  # fmt: skip
            if (match.indicator_id or "") != row["indicator_id"]:
                wrong.append((row["indicator"], row["breakdown"], row["unit"], match))
    assert wrong == []


def test_there_is_truth() -> None:
    assert len(TRUTH) >= 4
