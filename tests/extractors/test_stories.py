"""Two figures over each other, told apart by a legend: 上段：計画　下段：実績."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_HEAD = "第３期架空町障害児福祉計画　サービスの利用\n\n"
_LEGEND = "上段：計画　下段：実績\n\n"
_ALIGNED = """サービス種別            単位    R6       R7

児童発達支援            人      28       30
                                27       33
保育所等訪問支援        回      4        5
                                2        3
"""
_HTML = """<table><tr><th>サービス種別</th><th>単位</th><th>R6</th><th>R7</th></tr>
<tr><td>児童発達支援</td><td>人</td><td>28<br>27</td><td>30<br>33</td></tr></table>
"""


def _said(text: str) -> list[tuple[object, ...]]:
    reading = read_document(Source("plan.txt", text.encode()))
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in reading.observations]


@pytest.mark.parametrize("table", [_ALIGNED, _HTML], ids=["rows", "cells of two lines"])
def test_the_legend_names_the_upper_and_the_lower_figure(table: str) -> None:
    said = set(_said(_HEAD + _LEGEND + table))
    assert {
        ("児童発達支援", "projected", 2024, 28.0),
        ("児童発達支援", "projected", 2025, 30.0),
        ("児童発達支援", "actual", 2024, 27.0),
        ("児童発達支援", "actual", 2025, 33.0),
    } <= said


@pytest.mark.parametrize("table", [_ALIGNED, _HTML], ids=["rows", "cells of two lines"])
def test_without_a_legend_they_stay_unread(table: str) -> None:
    assert not [said for said in _said(_HEAD + table) if said[1] == "actual"]


def test_two_legends_that_differ_are_none() -> None:
    text = _HEAD + _LEGEND + "上段：実績　下段：計画\n\n" + _ALIGNED
    assert not [said for said in _said(text) if said[1] == "actual"]


_OF_ONE = """<table><tr><th>サービス種別</th><th>単位</th><th>R5</th><th>R6</th></tr>
<tr><td>児童発達支援</td><td>人</td><td>19</td><td>28<br>27</td></tr></table>
"""


@pytest.mark.parametrize(
    ("only", "first"),
    [
        ("令和5年度は実績値のみです。", [("児童発達支援", "actual", 2023, 19.0)]),
        ("令和4年度は実績値のみです。", []),
        ("", []),
    ],
)
def test_a_year_may_have_one_of_the_two_alone(only: str, first: list[tuple[object, ...]]) -> None:
    said = _said(_HEAD + _LEGEND.rstrip() + "。" + only + "\n\n" + _OF_ONE)
    assert said == [
        *first,
        ("児童発達支援", "projected", 2024, 28.0),
        ("児童発達支援", "actual", 2024, 27.0),
    ]


@pytest.mark.parametrize(
    "table", [_HTML, _HTML.replace("<br>27", "<br>－").replace("<br>33", "<br>－")]
)
def test_two_figures_in_one_cell_without_a_legend_are_not_published(table: str) -> None:
    reading = read_document(
        Source("plan.txt", ("第３期架空町障害児福祉計画　実績\n\n" + table).encode())
    )
    assert not reading.observations
    assert "unsure_cell" in {finding.rule for finding in reading.findings}
