"""Names with their figures glued to them below a sentence that says their order."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第６期架空市障害福祉計画の実績報告\n\n"
GOAL = "\n目標１　福祉施設の入所者の地域生活への移行\n"
ORDER = "各項目の数値は、令和５年度末の目標値、令和５年度末の実績値の順に記載しています。\n"
YEARS = "数値は、令和３年度、令和４年度、令和５年度の実績、令和５年度の見込量の順です。\n"


def rows(text: str) -> list[tuple[str, str | None, int | None, float | None]]:
    try:
        found = read_document(Source("report.txt", (TITLE + text).encode())).observations
    except NoSheet:
        return []
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found]


@pytest.mark.parametrize("first", ["1", ""])
def test_each_figure_is_what_the_order_says(first: str) -> None:
    text = f"{ORDER}{GOAL}{first}施設入所者数236人234人\n{'2' if first else ''}施設入所者数の削減数5人7人\n"
    assert rows(text) == [
        ("施設入所者数", "target", 2023, 236.0),
        ("施設入所者数", "actual", 2023, 234.0),
        ("施設入所者数の削減数", "target", 2023, 5.0),
        ("施設入所者数の削減数", "actual", 2023, 7.0),
    ]


def test_years_that_stand_alone_share_the_next_measure() -> None:
    text = f"{YEARS}\n（１）訪問系サービス\n1居宅介護の利用時間数4,120時間4,235時間4,302時間4,480時間\n"
    assert [row[1:] for row in rows(text)] == [
        ("actual", 2021, 4120.0),
        ("actual", 2022, 4235.0),
        ("actual", 2023, 4302.0),
        ("projected", 2023, 4480.0),
    ]


def test_a_rate_is_in_percent() -> None:
    text = f"数値は、令和５年度の目標、令和５年度の実績、令和５年度の達成率の順です。\n{GOAL}1施設入所者の削減数5人7人140.0％\n"
    assert [row[1:] for row in rows(text)] == [
        ("target", 2023, 5.0),
        ("actual", 2023, 7.0),
        ("gap", 2023, 140.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{ORDER}{GOAL}1施設入所者数236人234人230人\n2施設入所者数の削減数5人7人\n",  # a figure too many
        f"{ORDER}{GOAL}1施設入所者数236人234人\n3施設入所者数の削減数5人7人\n",  # a row is lost
        f"{ORDER}{GOAL}1施設入所者数236人234人\n2施設入所者数の削減数5人\n",  # a figure is lost
        f"{ORDER}{GOAL}1施設入所者の割合70％12人\n",  # figures that count different things
        f"{ORDER}\n第２　サービスの利用実績\n1居宅介護の利用者数298人305人\n",  # of another part
        "数値は、令和３年度、令和５年度の実績の順です。\n\n1居宅介護の利用者数298人305人\n",  # a year left out
        "数値は、実績、備考の順です。\n\n1居宅介護の利用者数298人305人\n",  # an order not understood
    ],
)
def test_rows_that_do_not_fit_the_order_are_not_read(text: str) -> None:
    assert rows(text) == []
