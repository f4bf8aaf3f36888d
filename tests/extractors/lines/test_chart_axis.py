"""Charts put into words: the axis once, then a line of figures a series; or a year and its shares."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第6期架空市障害福祉計画　進捗報告書\n\n"
AXIS = "横軸は、左から、令和元年度、令和２年度です。\n"


def read(text: str):
    return read_document(Source("charts.txt", (TITLE + text).encode()))


def said(text: str) -> list[tuple[object, ...]]:
    found = read(text).observations
    return [(o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value) for o in found]


CHART = "図２－４　短期入所の月平均利用者数（棒は実績、折れ線は計画。単位は人）\n"


@pytest.mark.parametrize(
    ("one", "other"), [("棒", "折れ線"), ("棒（実績）", "折れ線（計画）"), ("実績", "計画値")]
)
def test_a_series_is_of_the_measure_that_it_or_the_title_names(one: str, other: str) -> None:
    name = "短期入所の月平均利用者数"
    assert said(f"{CHART}{AXIS}{one}　31、1,033\n{other}　40、－\n") == [
        (name, None, "actual", 2019, 31.0),
        (name, None, "actual", 2020, 1033.0),
        (name, None, "projected", 2019, 40.0),
        (name, None, "projected", 2020, None),
    ]


def test_a_series_may_be_a_part_of_what_was_counted() -> None:
    text = f"図３　療育手帳所持者数の推移（縦棒グラフ。単位は人）\n{AXIS}判定Ａ　312、318\n判定Ｂ　604、622\n"
    assert [row[1:] for row in said(text)] == [
        ("判定A", "actual", 2019, 312.0),
        ("判定A", "actual", 2020, 318.0),
        ("判定B", "actual", 2019, 604.0),
        ("判定B", "actual", 2020, 622.0),
    ]


def test_a_pie_gives_each_part_of_its_year() -> None:
    text = "図４　区分の認定を受けている人（円グラフ。単位は人）\n令和３年度　区分１ 9、区分２ 1,152、合計 1,161\n"
    assert [row[1:] for row in said(text)] == [
        ("区分1", "actual", 2021, 9.0),
        ("区分2", "actual", 2021, 1152.0),
        ("合計", "actual", 2021, 1161.0),
    ]


def test_years_may_lead_to_one_another_by_arrows() -> None:
    text = "図５　入所している人の数（各年度３月末）\n2019年度 141人 → 2020年度 138人 → 2021年度 139人\n"
    name = "入所している人の数"
    assert [(row[0], *row[3:]) for row in said(text)] == [
        (name, 2019, 141.0),
        (name, 2020, 138.0),
        (name, 2021, 139.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{CHART}{AXIS}実績　31、33、35\n計画　40、41\n",
        f"{CHART}{AXIS}実績　31、33\n実績　40、41\n",
        f"図６　短期入所の利用者数（単位は人）\n{AXIS}棒　31、33\n折れ線　40、41\n",
        "図６　短期入所の利用者数（単位は人）\n横軸は、左から、北部、南部です。\n実績　31、33\n",
        "図４　区分の認定を受けている人\n令和３年度　区分１ 9、区分２ 1,152、区分１ 1,161\n",
    ],
)
def test_a_chart_that_is_not_told_apart_is_left_unread(text: str) -> None:
    assert not said(text)
    assert {f.rule for f in read(text).findings} & {"uneven_cells", "unread_figures"}


def test_a_year_without_its_era_is_of_the_era_that_the_paper_names() -> None:
    text = "図４　区分の認定を受けている人（単位は人）\n３年度　区分１ 9、区分２ 1,152\n"
    assert [row[3:] for row in said(text)] == [(2021, 9.0), (2021, 1152.0)]
    nowhere = read_document(Source("charts.txt", f"障害福祉計画　進捗報告書\n\n{text}".encode()))
    assert not nowhere.observations
    assert "unknown_year" in {finding.rule for finding in nowhere.findings}
    assert not said(f"{CHART}{AXIS.replace('令和元年度', '元年度')}実績　31、33\n計画　4、5\n")
