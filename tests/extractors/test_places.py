"""Municipalities and areas down the side of a table: where, and never what, is counted."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TABLE = "\n\n| 区分 | 令和６年度 | 令和７年度 |\n|---|---|---|\n| {0} | 12人 | 14人 |\n| {1} | 8人 | 9人 |\n"


def _named(heading: str, places: tuple[str, str]) -> set[tuple[str, str | None]]:
    text = (
        "# 第７期見本県障害福祉計画の進捗状況\n\n## 見込量\n\n" + heading + _TABLE.format(*places)
    )
    found = read_document(Source("plan.md", text.encode())).observations
    return {(o.indicator, o.breakdown) for o in found}


@pytest.mark.parametrize(
    "heading",
    [
        "(1) 生活介護の見込量",
        "① 圏域別の見込量（生活介護、単位：人）",
        "1　市町村別の状況（生活介護）",
    ],
)
@pytest.mark.parametrize(
    "places", [("東部圏域", "西部圏域"), ("架空市", "仮想町"), ("北部地区", "県全体")]
)
def test_the_heading_over_places_names_what_is_counted(
    heading: str, places: tuple[str, str]
) -> None:
    assert _named(heading, places) == {("生活介護", place) for place in places}


def test_places_under_no_name_are_not_published() -> None:
    assert _named("(1) 圏域別の見込量", ("東部圏域", "西部圏域")) == set()


def test_a_service_before_its_places_keeps_its_name() -> None:
    rows = "| 生活介護 | 東部圏域 | 12人 |\n|  | 西部圏域 | 8人 |\n"
    text = (
        f"# 第７期見本県障害福祉計画\n\n| サービス | 圏域 | 令和６年度実績 |\n|---|---|---|\n{rows}"
    )
    found = read_document(Source("plan.md", text.encode())).observations
    assert [(o.indicator, o.breakdown) for o in found] == [
        ("生活介護", "東部圏域"),
        ("生活介護", "西部圏域"),
    ]
