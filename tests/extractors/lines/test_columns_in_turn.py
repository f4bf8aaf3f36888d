"""Labels first, then a column after the other, as pdfminer gives a page."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

PAGE = """第７期架空市障がい福祉計画の進捗状況について

１．成果目標の進捗状況

成果目標

施設入所者数
自立訓練の利用者数
一般就労への移行者数

令和４年度
（基準値）

131人
－
22人

令和８年度
（目標値）

124人
８人
29人

1
"""


def said(text: str) -> list[tuple[str, str, int | None, float | None]]:
    try:
        records = read_document(Source("page.txt", text.encode()))
    except NoSheet:
        return []
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("成果目標\n\n施設", "施設"),
        ("成果目標\n\n施設", "区分\n\n施設"),
        ("令和４年度\n（基準値）", "基準値\n（令和４年度）"),
        ("令和８年度\n（目標値）", "令和８年度目標値"),
        ("自立訓練の利用者数", "自立訓練の\n利用者数"),
    ],
)
def test_each_column_has_a_value_for_each_label(one: str, other: str) -> None:
    assert said(PAGE.replace(one, other)) == [
        ("施設入所者数", "baseline", 2022, 131.0),
        ("施設入所者数", "target", 2026, 124.0),
        ("自立訓練の利用者数", "baseline", 2022, None),
        ("自立訓練の利用者数", "target", 2026, 8.0),
        ("一般就労への移行者数", "baseline", 2022, 22.0),
        ("一般就労への移行者数", "target", 2026, 29.0),
    ]


def test_a_name_may_have_its_kind_below_it() -> None:
    page = PAGE.replace("自立訓練の利用者数", "自立訓練利用者数\n（機能訓練）")
    assert said(page)[2][0] == "自立訓練利用者数(機能訓練)"


@pytest.mark.parametrize(
    ("one", "other"),
    [("131人\n", ""), ("施設入所者数\n", ""), ("29人\n", ""), ("8人\n29人", "8人 29人")],
)
def test_columns_that_are_not_even_are_not_read(one: str, other: str) -> None:
    rows = said(PAGE.replace("成果目標\n\n", "").replace("８", "8").replace(one, other))
    assert rows == []


SERVICES = (
    "第7期架空市障害福祉計画　実績報告\n\nサービスの実績\n\nサービス名\n\n短期入所\n移動支援\n\n"
    "単位\n\n人日\n時間\n\n令和6年度\n\n令和7年度\n\n"
)


def _under_years(columns: str) -> list[tuple[object, ...]]:
    text = SERVICES + columns
    document = read_document(Source("report.txt", text.encode()))
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in document.observations]


def test_years_in_turn_stand_over_the_measures_that_come_again() -> None:
    columns = "計画\n410\n52\n\n実績\n397\n49\n\n計画\n420\n54\n\n実績\n431\n58\n"
    assert _under_years(columns) == [
        ("短期入所", "projected", 2024, 410.0),
        ("短期入所", "actual", 2024, 397.0),
        ("短期入所", "projected", 2025, 420.0),
        ("短期入所", "actual", 2025, 431.0),
        ("移動支援", "projected", 2024, 52.0),
        ("移動支援", "actual", 2024, 49.0),
        ("移動支援", "projected", 2025, 54.0),
        ("移動支援", "actual", 2025, 58.0),
    ]


def test_measures_that_do_not_come_again_under_each_year_are_not_read() -> None:
    assert not _under_years("計画\n410\n52\n\n計画\n397\n49\n\n実績\n420\n54\n\n実績\n431\n58\n")
    assert not _under_years("計画\n410\n52\n\n実績\n397\n49\n\n計画\n420\n54\n")
    assert not _under_years("計画\n410\n52\n\n実績\n397\n49\n")


_WITH_GRADES = """第７期架空市障害福祉計画　進捗状況

（１）地域生活支援拠点等の整備

{0}
拠点等の設置数
コーディネーターの配置人数
{1}
1か所
0人
令和６年度実績
1か所
1人
令和８年度目標
2か所
3人
{2}
{3}
"""


@pytest.mark.parametrize(
    "words",
    [
        ("項目", "令和４年度末", "評価", "○\n△"),
        ("指標", "Ｒ４", "判定", "Ａ\nＢ"),
        ("区分", "2022年度", "評価", "順調\n－"),
    ],
)
def test_a_year_before_the_plan_at_the_left_and_grades_at_the_right(words: tuple[str, ...]) -> None:
    found = read_document(Source("a.txt", _WITH_GRADES.format(*words).encode())).observations
    told = [(o.measure, o.fiscal_year) for o in found if o.indicator == "拠点等の設置数"]
    assert told[:3] == [("actual", 2022), ("actual", 2024), ("target", 2026)]
    assert [o.raw for o in found[3::4]] == words[3].split("\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("令和４年度末", "令和７年度"),
        ("令和８年度目標", "令和８年度見込"),
    ],
)
def test_a_year_alone_that_may_be_of_any_measure_is_not_read(old: str, new: str) -> None:
    text = _WITH_GRADES.format("項目", "令和４年度末", "評価", "○\n△")
    source = Source("a.txt", text.replace(old, new).encode())
    years = {o.fiscal_year for o in read_document(source).observations}
    assert not years & {2022, 2025}


_BELOW_A_TITLE = """第７期架空市障害福祉計画　進捗状況

２
障害児通所支援の利用者数（各年度３月）
児童発達支援
放課後等デイサービス
令和５年
度実績
83人
179人
{0}
度見込量
80人
175人
いずれも増えています。
"""


@pytest.mark.parametrize("year", ["令和６年", "Ｒ６年"])
def test_names_right_below_a_title_and_years_cut_in_two(year: str) -> None:
    assert said(_BELOW_A_TITLE.format(year)) == [
        ("児童発達支援", "actual", 2023, 83.0),
        ("児童発達支援", "projected", 2024, 80.0),
        ("放課後等デイサービス", "actual", 2023, 179.0),
        ("放課後等デイサービス", "projected", 2024, 175.0),
    ]


@pytest.mark.parametrize("lost", ["児童発達支援\n", "179人\n", "放課後等"])
def test_names_right_below_a_title_that_do_not_fit_are_not_read(lost: str) -> None:
    assert said(_BELOW_A_TITLE.format("令和６年").replace(lost, "")) == []
