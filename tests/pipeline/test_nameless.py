"""Names that name nothing are refused, whatever layout made them; places are parts of what a heading counts."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import DocumentRecords, Source, read_document
from keikaku.pipeline.nameless import (
    counted_in_places,
    holds_figure,
    is_place,
    joins_quantity,
    only_units,
    with_unit_behind,
)

_TITLE = "第７期架空市障害福祉計画　実績報告\n\n"


def _read(text: str) -> DocumentRecords:
    return read_document(Source("sheet.md", (_TITLE + text).encode()))


@pytest.mark.parametrize(
    "name", ["浪野市", "千早川村", "中空圏域", "北部地区", "府全体", "管内全域"]
)
def test_places(name: str) -> None:
    assert is_place(name)


@pytest.mark.parametrize(
    "name", ["市町村", "設置市町村", "県計", "相談支援", "地域移行支援", "26市町村"]
)
def test_no_places(name: str) -> None:
    assert not is_place(name)


@pytest.mark.parametrize(
    ("heading", "counted"),
    [
        ("令和8年度末までの地域生活移行者数の目標値", "地域生活移行者数"),
        ("圏域別の状況(共同生活援助、令和5年度)", "共同生活援助"),
        ("居宅介護", "居宅介護"),
        ("市町村別の状況", None),
        ("利用者数", None),
    ],
)
def test_what_is_counted_in_places(heading: str, counted: str | None) -> None:
    assert counted_in_places(heading) == counted


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("(時間)(時間)(%)", only_units),
        ("(人日)(%)", only_units),
        ("居宅介護(時間/月):6,180", holds_figure),
        ("共同生活援助:月間利用者数", joins_quantity),
        ("生活介護人/月", with_unit_behind),
        ("就労継続支援(A型)人日", with_unit_behind),
    ],
)
def test_words_that_ran_into_each_other(name: str, check: object) -> None:
    checks = (only_units, holds_figure, joins_quantity, with_unit_behind)
    assert [c for c in checks if c(name)] == [check]


@pytest.mark.parametrize(
    "name", ["居宅介護(人/月)", "医療:精神科", "自立訓練(機能訓練)", "利用者数", "再掲:医療型"]
)
def test_names_as_they_are_printed(name: str) -> None:
    checks = (only_units, holds_figure, joins_quantity, with_unit_behind)
    assert not any(check(name) for check in checks)


_ROWS = "| 区分 | 令和６年度実績 | 令和７年度実績 |\n|---|---|---|\n"


@pytest.mark.parametrize(
    "name", ["浪野市", "（時間）（％）", "居宅介護（人／月）：４１２", "生活介護 人/月"]
)
def test_their_figures_are_refused_with_a_reason(name: str) -> None:
    text = f"{_ROWS}| 生活介護 | 300人 | 310人 |\n| {name} | 12人 | 14人 |\n"
    records = _read(text)
    assert {o.indicator for o in records.observations} == {"生活介護"}
    assert "no_indicator" in {finding.rule for finding in records.findings}


def test_a_place_is_a_part_of_what_the_heading_counts() -> None:
    records = _read(
        f"① 地域生活移行者数\n\n{_ROWS}| 浪野市 | 12人 | 14人 |\n| 岬町 | 3人 | 5人 |\n"
    )
    assert {(o.indicator, o.breakdown) for o in records.observations} == {
        ("地域生活移行者数", "浪野市"),
        ("地域生活移行者数", "岬町"),
    }
