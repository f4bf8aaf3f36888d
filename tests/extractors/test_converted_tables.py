"""Tables as converters and clerks leave them: placeholders over merged heads, series and measures within a cell or label."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　進捗状況\n\n１　施設入所者の地域生活への移行\n\n"


def _read(text: str, name: str = "sheet.md"):
    return read_document(Source(name, (_TITLE + text).encode())).observations


def _said(text: str, name: str = "sheet.md") -> list[tuple[object, ...]]:
    found = _read(text, name)
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found if o.value is not None]


_MERGED = """\
|項 目|基準値|区分|第７期|{two}|{three}|比較|
|---|---|---|---|---|---|---|
||||R 6|R 7|R 8||
|地域生活移行者数|82人|目標値|—|—|5人|—|
|||実績値|1人|2人|—|▲ 3人|
"""


@pytest.mark.parametrize(("two", "three"), [("Col5", "Col6"), ("Unnamed: 4", "Unnamed: 5")])
def test_placeholders_of_converters_are_merged_heads(two: str, three: str) -> None:
    name = "地域生活移行者数"
    assert _said(_MERGED.format(two=two, three=three)) == [
        (name, "baseline", None, 82),
        (name, "target", 2026, 5),
        (name, "actual", 2024, 1),
        (name, "actual", 2025, 2),
        (name, "gap", None, -3),
    ]


_FORM = """\
|成果目標|Col2|１　施設入所者の地域生活への移行|Col4|Col5|Col6|
|---|---|---|---|---|---|
|計画<br>(P)<br>↓<br>実施<br>(D)|目標値|【令和８年度末までの目標】<br>①地域生活移行者の増加||||
|||区分|目標値|目標値設定の考え方||
|||地域生活移行者数|5人<br>(6.1%)|６％以上が移行することを基本とする。||
|||②施設入所者数の削減||||
|||区分|目標値|目標値設定の考え方||
|||施設入所者数|77人|５人を削減することを基本とする。||
|||【実績値】||||
|||区分|令和６年度|令和７年度|令和８年度|
|||①地域生活移行者数|1人|2人|—|
|||②施設入所者数|81人|80人|—|
"""


def test_sub_tables_of_a_form_in_pipes() -> None:
    assert _said(_FORM) == [
        ("地域生活移行者数", "target", 2026, 5),
        ("地域生活移行者数", "target", 2026, 6.1),
        ("施設入所者数", "target", 2026, 77),
        ("地域生活移行者数", "actual", 2024, 1),
        ("地域生活移行者数", "actual", 2025, 2),
        ("施設入所者数", "actual", 2024, 81),
        ("施設入所者数", "actual", 2025, 80),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "令和6年度：3人<br>令和7年度：5人",
        "令和6年度　3人／令和7年度　5人",
        "R6 3人、R7 5人",
        "3人（R6）、5人（R7）",
        "３人【令和６年度】<br>５人【令和７年度】",
    ],
)
def test_a_series_in_one_cell(printed: str) -> None:
    table = f"<table><tr><th>項目</th><th>目標値（令和8年度末）</th><th>実績</th></tr><tr><td>地域生活移行者数</td><td>16人</td><td>{printed}</td></tr></table>\n"
    assert _said(table)[1:] == [
        ("地域生活移行者数", "actual", 2024, 3),
        ("地域生活移行者数", "actual", 2025, 5),
    ]


_COUNTS = """\
#### 居宅介護

| 区分 | 単位 | 令和6年度 | 令和7年度 |
|---|---|---:|---:|
| 利用者数{gap}計画値 | 人 | 2,140 | 2,180 |
| 利用者数{gap}実績値 | 人 | 2,117 | 2,203 |
| 利用者数{gap}達成率 | % | 98.9 | 101.1 |
| 利用時間{gap}計画値 | 時間 | 36,400 | 37,100 |
"""


@pytest.mark.parametrize("gap", ["　", "  "])
def test_measures_behind_quantities(gap: str) -> None:
    found = _read(_COUNTS.format(gap=gap))
    assert [(o.indicator_id, o.measure, o.value) for o in found][::2] == [
        ("home_care_users", "projected", 2140),
        ("home_care_users", "actual", 2117),
        ("home_care_users", "gap", 98.9),
        ("home_care_hours", "projected", 36400),
    ]


_PROJECT = """\
 事業番号  １    事業名  相談支援事業

                                      令和６年度      令和７年度      令和８年度
 計画目標  相談件数                      9,200件         9,400件         9,600件
 実    績  相談件数                      9,077件         9,853件
 計画目標  相談窓口の数                    5か所           5か所           6か所
 実    績  相談窓口の数                    5か所           5か所

 取組状況  巡回相談を開始し、相談件数が前年度に比べて増加し
           た。
"""


def test_measures_set_apart_before_names() -> None:
    found = _said(_PROJECT, "sheet.txt")
    assert [told[1:] for told in found if told[0] == "相談件数"] == [
        ("target", 2024, 9200),
        ("target", 2025, 9400),
        ("target", 2026, 9600),
        ("actual", 2024, 9077),
        ("actual", 2025, 9853),
    ]


@pytest.mark.parametrize(
    "legend",
    [
        "実績数のあとの、かっこ、の中の人数は、精神障害のある方の内数です。",
        "（注２）（　）内は、精神障害のある方の内数です。",
    ],
)
def test_a_legend_of_the_preface(legend: str) -> None:
    text = f"はじめに。\n{legend}\n\n主な活動指標\n令和6年度。\n共同生活援助。見込量、402人、かっこ、188人。実績、415人、かっこ、196人。\n"
    if "かっこ" not in legend:
        text = (
            text.replace("かっこ、188人", "（188人）")
            .replace("かっこ、196人", "（196人）")
            .replace("人、（", "人（")
        )
    found = [(o.breakdown, o.measure, o.value) for o in _read(text, "sheet.txt")]
    assert found == [
        (None, "projected", 402),
        ("精神障害のある方", "projected", 188),
        (None, "actual", 415),
        ("精神障害のある方", "actual", 196),
    ]


def test_a_goal_in_brackets_ends_the_measure_of_the_goal_before() -> None:
    text = """\
【目標４】福祉施設から一般就労への移行等
・一般就労移行者数の目標（令和８年度）
1楠市214人 2東市96人 3西市121人

【目標５】障害児支援の提供体制の整備等
・児童発達支援センターの設置数（令和６年度末、単位：か所）
1楠市7 2東市2 3西市3
"""
    reading = read_document(Source("list.txt", text.encode()))
    assert {o.indicator for o in reading.observations} == {"一般就労移行者数"}
    doubts = [f.message for f in reading.findings if f.rule == "unknown_measure"]
    assert [quote for quote in "723" if any(f"「{quote}」" in words for words in doubts)] == list(
        "723"
    )


def test_marks_spelt_in_kana_are_no_names() -> None:
    text = """\
まるいち　施設入所者数
目標：令和8年度末 131人以下
実績：令和6年度末 134人、令和7年度末 132人
まるに　地域生活への移行者数
目標：令和8年度末までの累計 8人
実績：令和6年度 1人、令和7年度 1人
"""
    assert {told[0] for told in _said(text, "sheet.txt")} == {
        "施設入所者数",
        "地域生活への移行者数",
    }
