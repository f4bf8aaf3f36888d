"""The judge is judged: each kind of misreading of a sheet must cost what README.md says."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from keikaku.pipeline.records import Observation
from made_records import FINDING, OBSERVATION


def _load(name: str) -> ModuleType:
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


judge = _load("score")
LINE = "地域生活移行者数 12人 (5.6%) ― □3人"


def truth(**typed: str | int) -> Any:
    """A truth row: 12人 at its place in LINE, but for what is typed."""
    row = {
        "plan": "disability_welfare",
        "plan_term": "6",
        "goal_number": "1",
        "goal_id": "facility_to_community",
        "section": "actual",
        "item": "",
        "indicator": "地域生活移行者数",
        "breakdown": "",
        "measure": "actual",
        "series": "",
        "fiscal_year": "2023",
        "value": "12",
        "unit": "人",
        "comparator": "eq",
        "status": "reported",
        "text": "",
        "raw": "12人 (5.6%)",
        "refuse": "",
        "note": "",
        "aliases": "",
        "char_start": 9,
    }
    return judge.TruthRow(**{**row, **typed})


PERSONS = truth()
SHARE = truth(value="5.6", unit="%")
DASH = truth(value="", unit="", comparator="", status="not_reported", raw="―", char_start=19)
TRAP = truth(value="", unit="", comparator="", status="", raw="□3人", refuse="yes", char_start=21)
TRUTH = (PERSONS, SHARE, DASH, TRAP)


READ = replace(
    OBSERVATION,
    goal_id="facility_to_community",
    section="actual",
    indicator="地域生活移行者数",
    breakdown=None,
    fiscal_year=2023,
    value=12.0,
    unit="人",
    raw="12人 (5.6%)",
    char_start=9,
    char_end=18,
)
"""The record that answers PERSONS."""


def record(**read: Any) -> Observation:
    """READ, but for what is read otherwise."""
    return replace(READ, **read)


SHARE_RECORD = record(value=5.6, unit="%")
DASH_RECORD = record(
    value=None,
    unit=None,
    comparator=None,
    status="not_reported",
    raw="―",
    char_start=19,
    char_end=20,
)
RIGHT = (record(), SHARE_RECORD, DASH_RECORD)


def test_every_figure_read() -> None:
    result = judge.score(RIGHT, TRUTH)
    assert (result.figures, result.read, result.refused, result.silently_wrong) == (3, 3, 0, 0)
    assert (result.traps, result.differing, result.details) == (1, 0, ())


def test_no_record_is_a_refusal_and_no_error() -> None:
    result = judge.score((), TRUTH)
    assert (result.read, result.refused, result.silently_wrong) == (0, 3, 0)


@pytest.mark.parametrize(
    "misread",
    [
        {"value": 1.0},
        {"value": 120.0},
        {"fiscal_year": 2022},
        {"measure": "target"},
        {"unit": "か所"},
        {"indicator": "施設入所者数"},
        {"breakdown": "精神障害者"},
        {"status": "not_reported", "value": None, "unit": None, "comparator": None},
        {"raw": "3人", "value": 3.0, "char_start": 21, "char_end": 24},
        {"raw": "65歳", "value": 65.0, "char_start": 40, "char_end": 43},
    ],
    ids=lambda misread: "-".join(misread),
)
def test_a_contradiction_is_silently_wrong(misread: dict[str, Any]) -> None:
    result = judge.score((record(**misread), SHARE_RECORD, DASH_RECORD), TRUTH)
    assert (result.read, result.silently_wrong) == (2, 1)


def test_a_dash_read_as_a_figure_is_silently_wrong() -> None:
    one = record(value=1.0, raw="―", char_start=19, char_end=20)
    assert judge.score((*RIGHT[:2], one), TRUTH).silently_wrong == 1


def test_the_same_figure_twice_is_silently_wrong() -> None:
    assert judge.score((*RIGHT, record(observation_id="again")), TRUTH).silently_wrong == 1


@pytest.mark.parametrize("left_out", [{"unit": None}, {"fiscal_year": None}])
def test_a_figure_without_unit_or_year_is_incomplete(left_out: dict[str, Any]) -> None:
    result = judge.score((record(**left_out), *RIGHT[1:]), TRUTH)
    assert (result.read, result.incomplete, result.silently_wrong) == (2, 1, 0)


def test_the_place_decides_between_equal_figures() -> None:
    later = truth(indicator="施設入所者数", raw="12人", char_start=50)
    swapped = (
        record(indicator="施設入所者数"),
        record(raw="12人", char_start=50, char_end=53),
    )
    result = judge.score(swapped, (PERSONS, later))
    assert (result.read, result.silently_wrong) == (0, 2)


def test_alternatives_aliases_and_unjudged_columns() -> None:
    row = truth(unit="人|人/月", breakdown="?", aliases="施設入所者の地域生活への移行>移行者数")
    assert judge.score((record(unit="人/月", breakdown="累計"),), (row,)).read == 1
    alias = record(indicator="施設入所者の地域生活への移行", breakdown="移行者数")
    assert judge.score((alias,), (truth(aliases=row.aliases),)).read == 1


def test_an_optional_figure_counts_neither_way_unless_wrong() -> None:
    row = truth(refuse="may")
    assert judge.score((), (row,)) == judge.Score()
    assert judge.score((record(),), (row,)) == judge.Score()
    assert judge.score((record(value=3.0),), (row,)).silently_wrong == 1


def test_other_columns_differ_without_being_wrong() -> None:
    result = judge.score((record(comparator="ge"), *RIGHT[1:]), TRUTH)
    assert (result.read, result.differing, result.silently_wrong) == (3, 1, 0)


def test_a_finding_at_the_place_explains_a_refusal() -> None:
    finding = replace(FINDING, raw="12人 (5.6%)", char_start=9, char_end=18)
    unplaced = replace(finding, char_start=None, char_end=None)
    assert judge.score((), TRUTH, (finding,)).explained == 2
    assert judge.score((), TRUTH, (unplaced,)).explained == 2


def test_scores_add_up() -> None:
    result = judge.score(RIGHT, TRUTH) + judge.score((), TRUTH)
    assert (result.figures, result.read, result.refused, result.share) == (6, 3, 3, 50.0)


def answer(row: Any) -> Observation:
    """What a perfect reader publishes for a truth row: the first of each column's alternatives."""

    def first(column: str) -> str | None:
        typed: str = getattr(row, column).split("|")[0]
        return None if typed in ("", "?", "~") else typed

    year, value = first("fiscal_year"), first("value")
    return record(
        indicator=first("indicator"),
        breakdown=first("breakdown"),
        measure=first("measure"),
        fiscal_year=year and int(year),
        value=value and float(value),
        unit=first("unit"),
        status=first("status"),
        text=first("text"),
        raw=row.raw,
        char_start=row.char_start,
        char_end=row.char_end,
    )


@pytest.mark.parametrize("document", judge.documents(), ids=lambda document: document.stem)
def test_a_perfect_reader_is_found_perfect(document: Path) -> None:
    rows = judge.read_truth(judge.truth_of(document))
    result = judge.score([answer(row) for row in rows if row.refuse != "yes"], rows)
    assert (result.read, result.silently_wrong, result.incomplete) == (result.figures, 0, 0)
    assert result.figures > 0


def test_the_table_names_every_family() -> None:
    lines = judge.table(judge.by_family((d, judge.Score()) for d in judge.documents()).items())
    assert [line.split(" | ")[0] for line in lines.splitlines()[2:]] == [
        *(f"| {family}" for family in "0ABCDEFGHIJKLM"),
        "| all",
    ]
