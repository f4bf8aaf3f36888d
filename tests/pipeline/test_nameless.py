"""Names that name nothing are refused, whatever layout made them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import DocumentRecords, Source, read_document
from keikaku.pipeline.nameless import (
    holds_figure,
    joins_quantity,
    with_unit_behind,
)

_TITLE = "第７期架空市障害福祉計画　実績報告\n\n"


def _read(text: str) -> DocumentRecords:
    return read_document(Source("sheet.md", (_TITLE + text).encode()))


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("居宅介護(時間/月):6,180", holds_figure),
        ("共同生活援助:月間利用者数", joins_quantity),
        ("生活介護人/月", with_unit_behind),
        ("就労継続支援(A型)人日", with_unit_behind),
    ],
)
def test_words_that_ran_into_each_other(name: str, check: object) -> None:
    checks = (holds_figure, joins_quantity, with_unit_behind)
    assert [c for c in checks if c(name)] == [check]


@pytest.mark.parametrize(
    "name", ["居宅介護(人/月)", "医療:精神科", "自立訓練(機能訓練)", "利用者数", "再掲:医療型"]
)
def test_names_as_they_are_printed(name: str) -> None:
    checks = (holds_figure, joins_quantity, with_unit_behind)
    assert not any(check(name) for check in checks)


_ROWS = "| 区分 | 令和６年度実績 | 令和７年度実績 |\n|---|---|---|\n"


@pytest.mark.parametrize(
    "name",
    [
        "浪野市",
        "（時間）（％）",
        "居宅介護（人／月）：",
        "居宅介護（人／月）：４１２",
        "生活介護 人/月",
        "主な　見込量",
        "年度末時点の施設入所者数（86人）のうち",
        "身体障がい者",
        "障害福祉サービスの利用状況",
        "移行者前年度",
        "単位：時間（1か月当たり）",
        "度度",
    ],
)
def test_their_figures_are_refused_with_a_reason(name: str) -> None:
    text = f"{_ROWS}| 生活介護 | 300人 | 310人 |\n| {name} | 12人 | 14人 |\n"
    records = _read(text)
    assert {o.indicator for o in records.observations} == {"生活介護"}
    assert "no_indicator" in {finding.rule for finding in records.findings}


def test_a_goal_is_no_indicator_where_a_name_stands_below_it() -> None:
    heads = "<tr><th colspan='2'>区分</th><th>令和６年度実績</th><th>令和７年度実績</th></tr>"
    goal = "<tr><td>施設入所者の地域生活への移行</td><td>地域生活移行者数</td><td>3人</td><td>4人</td></tr>"
    text = f"<h1>{_TITLE}</h1><table>{heads}{goal}</table>"
    records = read_document(Source("sheet.html", text.encode()))
    assert "施設入所者の地域生活への移行" not in {o.indicator for o in records.observations}
