"""Cards of a slide: a name, below it its figures, each behind the word or year that says what it is."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document
from keikaku.pipeline.records import Finding

TITLE = "第６期架空区障害福祉計画の実績報告\n令和６年７月３日\n1\n"
Row = tuple[str, str, int | None, float | None, str | None]


def look(text: str) -> tuple[list[Row], tuple[Finding, ...]]:
    try:
        records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    except NoSheet as error:
        return [], error.findings
    rows = [
        (row.indicator, row.measure, row.fiscal_year, row.value, row.unit)
        for row in records.observations
    ]
    return rows, records.findings


def read(text: str) -> list[Row]:
    return look(text)[0]


def are_told(text: str, *figures: str) -> bool:
    """Does a finding stand at each of these figures?"""
    whole = TITLE + text
    found = look(text)[1]
    return all(
        any((f.char_start or 0) <= whole.index(figure) < (f.char_end or 0) for f in found)
        for figure in figures
    )


CARDS = """就労に関する実績（令和５年度）
就労定着支援の利用者数
目標
1,048人
実績
51人
福祉施設から就労した人の数
目標
70人以上
実績
66人
2
"""
OF_CARDS = [
    ("就労定着支援の利用者数", "target", 2023, 1048.0, "人"),
    ("就労定着支援の利用者数", "actual", 2023, 51.0, "人"),
    ("福祉施設から就労した人の数", "target", 2023, 70.0, "人"),
    ("福祉施設から就労した人の数", "actual", 2023, 66.0, "人"),
]


@pytest.mark.parametrize(
    "text",
    [
        CARDS,
        CARDS.replace("目標\n", "目標値\n").replace("実績\n", "実績値\n"),
        CARDS.replace("（令和５年度）", "")
        .replace("目標\n", "令和５年度目標\n")
        .replace("実績\n", "令和５年度実績\n"),
        CARDS.replace("\n福祉", "\n\n福祉"),
        CARDS.replace("\n福祉", "\n■ 福祉").replace("\n就労定着", "\n■ 就労定着"),
        CARDS.replace("\n福祉", "\n◆福祉").replace("\n就労定着", "\n◆就労定着"),
    ],
)
def test_each_figure_stands_behind_its_measure(text: str) -> None:
    assert read(text) == OF_CARDS


def test_a_card_that_lost_a_figure_ends_what_is_read() -> None:
    short = CARDS.replace("目標\n70人以上\n", "")
    assert read(short) == OF_CARDS[:2]
    assert are_told(short, "66人")


@pytest.mark.parametrize("name", ["福祉施設から\n就労した人の数", "福祉施設からの\n就労者数"])
def test_half_a_name_is_no_name(name: str) -> None:
    text = CARDS.replace("福祉施設から就労した人の数", name)
    assert read(text) == OF_CARDS[:2]
    text = CARDS.replace(
        "（令和５年度）\n就労定着支援の", f"（令和５年度）\n{name}\n就労定着支援の"
    )
    assert read(text)[:2] != OF_CARDS[:2]


YEARLY = """訪問系サービスの利用実績
延べ利用時間（月平均）
居宅介護
R3　8,214時間
R4　8,390時間
行動援護
R3　6,105時間
R4　6,320時間
・求人倍率は15倍を超えています。
"""


def test_a_year_before_each_figure() -> None:
    assert read(YEARLY) == [
        ("居宅介護", "actual", 2021, 8214.0, "時間"),
        ("居宅介護", "actual", 2022, 8390.0, "時間"),
        ("行動援護", "actual", 2021, 6105.0, "時間"),
        ("行動援護", "actual", 2022, 6320.0, "時間"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        YEARLY.replace("利用実績", "見込量と実績"),
        YEARLY.replace("R4　8,390時間", "R2　8,390時間"),
        YEARLY.replace("R4　8,390時間\n行動援護\n", "行動援護\nR4　8,390時間\n"),
    ],
)
def test_without_measure_or_with_years_out_of_order_nothing_is_read(text: str) -> None:
    assert all(row[0] != "居宅介護" for row in read(text))
    assert are_told(text, "8,214", "8,390")


def test_the_day_of_the_paper_is_no_year_of_a_table() -> None:
    assert {row[2] for row in read(CARDS.replace("（令和５年度）", ""))} <= {None, 2023}


ABOVE = """数字で見る令和５年度の実績
6人
施設から地域生活へ移行した人
1,042人
施設に入所している人（年度末）
2か所
地域生活支援拠点等

"""
OF_ABOVE = [
    ("施設から地域生活へ移行した人", "actual", 2023, 6.0, "人"),
    ("施設に入所している人(年度末)", "actual", 2023, 1042.0, "人"),
    ("地域生活支援拠点等", "actual", 2023, 2.0, "か所"),
]


@pytest.mark.parametrize(
    "text", [ABOVE, ABOVE.replace("実績\n", "実績\n\n"), ABOVE + "説明の文。\n"]
)
def test_figures_may_stand_over_what_they_count(text: str) -> None:
    assert read("\n" + text) == OF_ABOVE


@pytest.mark.parametrize(
    "text",
    [
        ABOVE.replace("1,042人\n", ""),
        ABOVE.replace("\n地域生活支援拠点等", ""),
        ABOVE.replace("1,042人", "1,042"),
        ABOVE.replace("数字で見る令和５年度の実績", "数字で見る障害福祉"),
        ABOVE.replace("数字で見る令和５年度の実績\n", "施設から就労した人\n\n"),
        ABOVE + "7人\n",
    ],
)
def test_where_figures_may_belong_to_the_name_above_none_is_read(text: str) -> None:
    assert read("\n" + text) == []
    assert are_told("\n" + text, "6人\n施設", "2か所")
