"""Numbered names in a row, each with its figure glued to it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空町　第６期障害福祉計画　実績一覧\n\n令和２年度実績\n①甲1人②乙2人③丙3人\n\n"


def read(text: str) -> list[tuple[str, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in records.observations]
    return rows[3:]


def rules(text: str) -> set[str]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return {finding.rule for finding in records.findings}


@pytest.mark.parametrize(
    "text",
    [
        "令和５年度の計画値（１か月当たり）\n①居宅介護27人②同行援護－③Ａ型1,014人\n",
        "計画値（令和５年度）\n(1)居宅介護27人(2)同行援護－(3)Ａ型1,014人\n",
        "令和５年度の計画値は次のとおり。\n①居宅介護：27人、②同行援護：－、③Ａ型：1,014人\n",
        "令和５年度計画値\n①居宅介\n護27人②同行援護－\n③Ａ型1,014人\n",
    ],
)
def test_each_name_ends_in_its_figure(text: str) -> None:
    assert read(text) == [
        ("居宅介護", "projected", 2023, 27.0, "人"),
        ("同行援護", "projected", 2023, None, None),
        ("A型", "projected", 2023, 1014.0, "人"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "令和５年度実績\n①居宅介護24人②同行援護③生活介護3人\n",
        "令和５年度実績\n①居宅介護24人②同行援護1人④生活介護53人\n",
        "令和５年度実績\n①居宅介護24人②同行援護1人2人③生活介護53人\n",
        "令和５年度実績\n①居宅介護 計画24人 実績22人②同行援護1人③生活介護53人\n",
        "令和５年度実績\n①居宅介護24人②同行援護1\n5人③生活介護53人\n",
        "令和４年度実績　令和５年度実績\n①居宅介護24人28人②同行援護1人2人③生活介護53人55人\n",
        "参考（国の値）\n①居宅介護24人②同行援護1人③生活介護53人\n",
    ],
)
def test_a_list_that_lost_or_doubled_a_figure_is_refused_whole(text: str) -> None:
    assert read(text) == []
    assert rules(text) & {"uneven_cells", "unread_figures", "figures_in_prose"}
