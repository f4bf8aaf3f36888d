"""What a legend says of brackets: another year, another measure; and only of brackets drawn so."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_HEAD = "架空市第7期障害福祉計画\n\n成果目標１　施設入所者の地域生活への移行\n\n"
_TABLE = "サービス\t単位\t令和６年度実績\n居宅介護\t人\t24 {}\n"


def _read(legend: str, bracketed: str):
    return read_document(
        Source("plan.txt", (_HEAD + legend + "\n\n" + _TABLE.format(bracketed)).encode())
    )


@pytest.mark.parametrize(
    ("legend", "bracketed", "measure", "year"),
    [
        ("注１　【　】内は前年度（令和５年度）の数値です。", "【22】", "actual", 2023),
        ("※（　）内は前年度の実績", "（22）", "actual", 2023),
        ("※（　）内は計画値", "（22）", "projected", 2024),
        ("※[ ]内は見込量です。", "[22]", "projected", 2024),
        ("※かっこ内は令和５年度の目標値。", "（22）", "target", 2023),
    ],
)
def test_the_legend_gives_the_bracket_its_year_and_measure(
    legend: str, bracketed: str, measure: str, year: int
) -> None:
    reading = _read(legend, bracketed)
    assert [(o.measure, o.fiscal_year, o.value) for o in reading.observations] == [
        ("actual", 2024, 24.0),
        (measure, year, 22.0),
    ]


@pytest.mark.parametrize(
    ("legend", "bracketed"),
    [
        ("※（　）内は計画値", "【22】"),
        ("※【　】内は前年度の数値", "（22）"),
        ("", "（22）"),
    ],
)
def test_a_bracket_that_no_legend_explains_is_refused(legend: str, bracketed: str) -> None:
    reading = _read(legend, bracketed)
    assert [o.value for o in reading.observations] == [24.0]
    assert "bracket_without_legend" in {finding.rule for finding in reading.findings}


@pytest.mark.parametrize(
    "legend",
    [
        "（　）内は、市外の事業所を利用した人数で、内数です。",
        "(  )内は市外の事業所を利用した人数の内数",
        "カッコ内は市外の事業所を利用した人数であり、内数",
        "※（　）内は、市外の事業所を利用した人数の内数です。",
    ],
)
def test_the_legend_names_the_part_that_brackets_count(legend: str) -> None:
    reading = _read(legend, "（22）")
    assert [(o.breakdown, o.value) for o in reading.observations] == [
        (None, 24.0),
        ("市外の事業所を利用した人数", 22.0),
    ]


def test_a_legend_over_a_second_table_says_nothing_of_the_first() -> None:
    table = "| サービス | 令和6年度実績 |\n|---|---|\n| {} | 24（22） |\n\n"
    text = (
        "# 第７期架空市障害福祉計画の実績\n\n"
        + table.format("生活介護")
        + "（　）内は、市外の利用者で、内数です。\n\n"
        + table.format("短期入所")
    )
    reading = read_document(Source("plan.md", text.encode()))
    parts = [(o.indicator, o.breakdown, o.value) for o in reading.observations if o.breakdown]
    assert parts == [("短期入所", "市外の利用者", 22.0)]


def test_a_dash_in_brackets_is_of_the_year_that_the_legend_names() -> None:
    reading = _read("※（　）内は令和４年度の実績です。", "（－）")
    assert [(o.fiscal_year, o.value, o.status) for o in reading.observations] == [
        (2024, 24.0, "reported"),
        (2022, None, "not_reported"),
    ]


def test_a_dash_in_brackets_that_no_legend_explains_is_refused() -> None:
    reading = _read("", "（－）")
    assert [o.value for o in reading.observations] == [24.0]
    assert "bracket_without_legend" in {finding.rule for finding in reading.findings}


@pytest.mark.parametrize(
    ("legend", "series"),
    [
        ("実績の（　）内は、計画量に対する割合です。", "計画量に対する割合"),
        ("※カッコ内は計画達成率", "計画達成率"),
        ("※（　）内は達成率を示す。", "達成率"),
    ],
)
def test_the_legend_says_that_brackets_compare_with_the_plan(legend: str, series: str) -> None:
    reading = _read(legend, "（96.0％）")
    assert [(o.measure, o.fiscal_year, o.value, o.series) for o in reading.observations] == [
        ("actual", 2024, 24.0, None),
        ("gap", 2024, 96.0, series),
    ]


@pytest.mark.parametrize(
    "legend",
    [
        "",
        "※（　）内は、当初の計画量を100とした場合の割合です。",
        "※（　）内は、前年度の実績に対する割合です。",
        "※（　）内は計画値に対する割合\n\n※（　）内は前年度の数値",
    ],
)
def test_a_share_behind_a_result_that_no_legend_explains_is_no_result(legend: str) -> None:
    table = "| サービス | 令和6年度見込量 | 令和6年度実績 |\n|---|---|---|\n| 短期入所（人） | 25 | 24（96.0％） |\n"
    text = "# 第７期架空市障害福祉計画の実績\n\n" + legend + "\n\n" + table
    reading = read_document(Source("plan.md", text.encode()))
    assert [(o.measure, o.value) for o in reading.observations] == [
        ("projected", 25.0),
        ("actual", 24.0),
    ]
    assert "bracket_without_legend" in {finding.rule for finding in reading.findings}


def test_a_remark_behind_the_year_of_a_legend_that_names_the_same_year() -> None:
    text = """\
架空県障害福祉計画 令和7年度の取組状況

　なお、各項目の実績の（　）内は、令和６年度末（一般就労に関する項目は令和{other}年度）の数値です。

（１）施設入所者の地域生活への移行
項目、目標（令和８年度末）、実績（令和７年度末）、進捗率の順
地域生活移行者数、130人、49人（22人）、37.7％
施設入所者の削減数、108人、61人（27人）、56.5％
"""

    def before(year: str) -> list[float | None]:
        read = read_document(Source("a.txt", text.format(other=year).encode())).observations
        return [o.value for o in read if o.fiscal_year == 2024]

    assert before("６") == [22, 27]
    assert before("５") == []
