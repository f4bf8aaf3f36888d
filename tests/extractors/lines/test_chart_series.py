"""Charts put into words: a title with the unit, series of years and figures below it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画\n\n第３章　サービス利用状況の推移\n\n項目／令和２年度実績／令和３年度実績\n研修／1件／2件\n\n"


def read(text: str) -> list[tuple[str, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [o for o in records.observations if o.indicator != "研修"]
    return [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in rows]


def findings(text: str) -> str:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return " ".join(f.message for f in records.findings)


def test_each_measure_opens_a_series() -> None:
    text = (
        "グラフ３－１　居宅介護の月平均利用時間（単位：時間）\n"
        "計画値は、令和３年度 2,150、４年度 2,210。\n実績値：令和３年度 2,088、４年度 2,195。\n"
    )
    name = "居宅介護の月平均利用時間"
    assert read(text) == [
        (name, "projected", 2021, 2150.0, "時間"),
        (name, "projected", 2022, 2210.0, "時間"),
        (name, "actual", 2021, 2088.0, "時間"),
        (name, "actual", 2022, 2195.0, "時間"),
    ]


def test_a_series_alone_is_of_what_the_chapter_says() -> None:
    text = "図２ グループホームの利用者数（各年度３月末、単位：人）\n平成30年度 52、令和元年度 57、２年度は集計中。\n"
    assert read(text) == [
        ("グループホームの利用者数", "actual", 2018, 52.0, "人"),
        ("グループホームの利用者数", "actual", 2019, 57.0, "人"),
        ("グループホームの利用者数", "actual", 2020, None, None),
    ]


def test_a_remark_in_brackets_between_title_and_series_names_nothing() -> None:
    text = (
        "図表２－１　生活介護の利用者数の推移（各年度３月、人／月）\n（グラフの説明）\n"
        "実績：令和３年度 118人、令和４年度 127人。\n見込量：令和３年度 140人、令和４年度 148人。\n"
    )
    assert read(text) == [
        ("生活介護の利用者数", "actual", 2021, 118.0, "人"),
        ("生活介護の利用者数", "actual", 2022, 127.0, "人"),
        ("生活介護の利用者数", "projected", 2021, 140.0, "人"),
        ("生活介護の利用者数", "projected", 2022, 148.0, "人"),
    ]
    assert read(text.replace("図表２－１　", "")) == []


@pytest.mark.parametrize(
    "series",
    [
        "計画値は、令和３年度 2,150、４年度 2,210。\n令和３年度 2,088、４年度 2,195。",
        "実績は、令和３年度 2,150、４年度 2,210。\n実績は、令和３年度 2,088、４年度 2,195。",
        "実績は、令和３年度 2,150、2,180、５年度 2,210。",
    ],
)
def test_series_that_are_not_told_apart_are_reported(series: str) -> None:
    text = f"図１　居宅介護の利用時間（単位：時間）\n{series}\n"
    assert read(text) == []
    assert "居宅介護" in findings(text) or "2,180" in findings(text)


@pytest.mark.parametrize(
    "remark", ["（グラフの説明）", "（図の説明）", "［グラフの読み上げ］", "（折れ線グラフの概要）"]
)
def test_a_remark_behind_the_title_is_no_part_of_the_name(remark: str) -> None:
    text = f"図２－２　短期入所の利用者数{remark}\n令和元年度 142人、２年度 156人\n"
    assert read("２　利用者数の推移\n" + text) == [
        ("短期入所の利用者数", "actual", 2019, 142.0, "人"),
        ("短期入所の利用者数", "actual", 2020, 156.0, "人"),
    ]
