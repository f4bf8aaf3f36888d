"""Areas as columns: what the figures are is told by the headings above the table."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第6期架空県障害福祉計画\n数値目標一覧\n\n"
TABLE = """Ⅲ　圏域別の{heading}

　表　地域生活への移行等（令和5年度、単位：人）

　　区　分                 山側圏域    海側圏域      県計
　　地域生活移行者数             41         103       144
　　一般就労への移行者数         {short}         198       251
"""


def read(heading: str = "目標", short: str = "53"):
    text = TITLE + TABLE.format(heading=heading, short=short)
    return read_document(Source("plan.txt", text.encode()))


def test_each_figure_is_of_its_area() -> None:
    said = [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit)
        for o in read().observations
    ]
    assert said == [
        ("地域生活移行者数", "山側圏域", "target", 2023, 41.0, "人"),
        ("地域生活移行者数", "海側圏域", "target", 2023, 103.0, "人"),
        ("地域生活移行者数", "県計", "target", 2023, 144.0, "人"),
        ("一般就労への移行者数", "山側圏域", "target", 2023, 53.0, "人"),
        ("一般就労への移行者数", "海側圏域", "target", 2023, 198.0, "人"),
        ("一般就労への移行者数", "県計", "target", 2023, 251.0, "人"),
    ]


def test_a_row_that_lacks_a_figure_leaves_the_table_unread() -> None:
    records = read(short="  ")
    assert not records.observations
    assert "heads_not_understood" in {f.rule for f in records.findings}


@pytest.mark.parametrize("heading", ["状況", "現状"])
def test_a_heading_of_how_things_stand_is_no_target_whatever_the_title_says(heading: str) -> None:
    records = read(heading)
    assert not records.observations
    assert {f.rule for f in records.findings} == {"unknown_measure"}


def test_the_title_of_a_forecast_tells_its_year_and_unit() -> None:
    text = (
        "第７期架空県障害福祉計画\n\n　同行援護の必要見込量（令和８年度）　　単位：人／月\n\n"
        "    区　分            山側圏域      海側圏域        県計\n"
        "    同行援護                28            95         123\n"
    )
    records = read_document(Source("plan.txt", text.encode())).observations
    assert [(o.measure, o.fiscal_year, o.value, o.unit) for o in records] == [
        ("projected", 2026, 28.0, "人/月"),
        ("projected", 2026, 95.0, "人/月"),
        ("projected", 2026, 123.0, "人/月"),
    ]
