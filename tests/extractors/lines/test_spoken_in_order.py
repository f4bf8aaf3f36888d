"""Rows spoken as sentences under an order that was said once above them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障害福祉計画　実績報告\n令和8年9月\n成果目標1 施設入所者の地域生活への移行\n\n"
BY_YEAR = "表は、サービスごとに読みます。数値は、年度ごとに、計画、実績、達成率の順です。\n"
WITH_YEARS = "数値は、令和8年度末の目標、令和6年度末の実績、令和7年度末の実績の順です。\n"


def read(text: str):
    return read_document(Source("edition.txt", (TITLE + text).encode()))


def said(text: str) -> list[tuple[object, ...]]:
    return [
        (
            o.indicator,
            o.measure,
            o.fiscal_year,
            o.value if o.value is not None else o.status,
            o.unit,
        )
        for o in read(text).observations
    ]


def is_refused(text: str) -> bool:
    document = read(text)
    rules = {finding.rule for finding in document.findings}
    return not document.observations and bool(rules & {"unread_figures", "figures_in_prose"})


def test_each_year_is_a_sentence_of_the_measures_in_their_order() -> None:
    rows = (
        "短期入所、かっこ、人日、かっことじる。2024年度は1,305、1,244、95.3パーセント。2025年度は315、298.5、94.8パーセント。\n"
        "移動支援（時間）。令和6年度は0、0、なし。\n"
    )
    assert said(BY_YEAR + rows) == [
        ("短期入所", "projected", 2024, 1305.0, "人日"),
        ("短期入所", "actual", 2024, 1244.0, "人日"),
        ("短期入所", "gap", 2024, 95.3, "%"),
        ("短期入所", "projected", 2025, 315.0, "人日"),
        ("短期入所", "actual", 2025, 298.5, "人日"),
        ("短期入所", "gap", 2025, 94.8, "%"),
        ("移動支援", "projected", 2024, 0.0, "時間"),
        ("移動支援", "actual", 2024, 0.0, "時間"),
        ("移動支援", "gap", 2024, "not_reported", None),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "入所している人の数。目標 91人、令和6年度 97人、令和7年度 集計中。",
        "入所している人の数。目標は91人。令和6年度は97人。令和7年度は集計中。",
        "入所している人の数。91人、97人、集計中。",
    ],
)
def test_each_figure_is_of_the_measure_and_year_it_falls_to(row: str) -> None:
    assert [figure[:4] for figure in said(WITH_YEARS + row + "\n")] == [
        ("入所している人の数", "target", 2026, 91.0),
        ("入所している人の数", "actual", 2024, 97.0),
        ("入所している人の数", "actual", 2025, "not_reported"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        WITH_YEARS + "移行した人の数。目標 9人、令和7年度 2人、令和6年度 5人。\n",
        WITH_YEARS + "移行した人の数。令和6年度9人、令和7年度2人、令和6年度5人。\n",
        WITH_YEARS + "移行した人の数。9人、2人。\n",
        BY_YEAR + "短期入所（人日）。令和6年度は305、80.0パーセント、244。\n",
        BY_YEAR + "短期入所（人日）。令和6年度は305、244、80。\n",
        BY_YEAR + "短期入所（人日）。令和6年度は305、244、80.0%。令和6年度は315、298、94.6%。\n",
        BY_YEAR + "短期入所（人日）。令和6年度上半期は305、244、80.0パーセント。\n",
        BY_YEAR + "表1はここまでです。\n短期入所（人日）。令和6年度は305、244、80.0パーセント。\n",
    ],
)
def test_what_does_not_agree_with_the_order_is_refused(text: str) -> None:
    assert is_refused(text)


def test_a_figure_behind_a_full_stop_is_no_part_of_a_name() -> None:
    assert not said("移行した人の数。14人、令和7年度3人、令和6年度8人。\n")


def test_what_is_counted_may_be_said_behind_the_name() -> None:
    order = "左から、令和6年度見込み、令和6年度実績の順に読み上げます。\n"
    rows = "短期入所。利用日数。150人日。133.5人日。\n移動支援。利用者数。62人。60人。\n"
    assert said(order + rows) == [
        ("短期入所", "projected", 2024, 150.0, "人日"),
        ("短期入所", "actual", 2024, 133.5, "人日"),
        ("移動支援", "projected", 2024, 62.0, "人"),
        ("移動支援", "actual", 2024, 60.0, "人"),
    ]
    assert not said(order + "利用者数。62人。60人。\n")
