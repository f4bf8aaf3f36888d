"""What is counted of a service (利用者数) is a series of it, and never an indicator alone."""

from __future__ import annotations

import pytest
from keikaku.extractors.lines.quantities import bare_quantity, says_quantity
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

TITLE = (
    "第7期架空市障害福祉計画 PDCA管理シート テキスト版\n\n成果目標1 施設入所者の地域生活への移行\n"
)

Row = tuple[str, str, int | None, float | str | None]


def read(body: str) -> DocumentRecords:
    return read_document(Source("edition.txt", (TITLE + body).encode()))


def rows(records: DocumentRecords) -> list[Row]:
    return [
        (row.indicator, row.measure, row.fiscal_year, row.value if row.value is not None else row.status)
        for row in records.observations
    ]  # fmt: skip


HOME: list[Row] = [
    ("居宅介護", "projected", 2024, 3870),
    ("居宅介護", "projected", 2025, 3940),
    ("居宅介護", "actual", 2024, 3902),
    ("居宅介護", "actual", 2025, "not_reported"),
]
DAYS: list[Row] = [
    ("生活介護", "projected", 2024, 612),
    ("生活介護", "actual", 2024, 588),
    ("生活介護", "projected", 2024, 11320),
    ("生活介護", "actual", 2024, "not_reported"),
]
READ: dict[str, tuple[str, list[Row]]] = {
    "rows under the name, the second without its quantity": (
        "居宅介護\n　利用者数（人／月）　見込量　令和6年度 3,870　令和7年度 3,940\n"
        "　　　　　　実績　　令和6年度 3,902　令和7年度 ―\n",
        HOME,
    ),
    "the quantity on a line of its own": (
        "居宅介護\n利用者数（人／月）\n見込量 令和6年度 3,870 令和7年度 3,940\n"
        "実績 令和6年度 3,902 令和7年度 ―\n",
        HOME,
    ),
    "two quantities on a line": (
        "令和6年度 生活介護:月間利用者数、見込量:612人、実績:588人。月間利用日数、見込量:11,320日、実績:集計中。\n",
        DAYS,
    ),
    "full-width colons, no counters": (
        "令和６年度　生活介護：月間利用者数、見込量：６１２、実績：５８８。月間利用日数、見込量：１１，３２０、実績：未定。\n",
        DAYS,
    ),
    "broken after a comma": (
        "令和6年度 生活介護:月間利用者数、見込量:612人、\n実績:588人。月間利用日数、見込量:11,320日、実績:なし。\n",
        DAYS,
    ),
    "targets and actuals under a word alone": (
        "目標値\nまる1の1　地域生活移行者数:14人。\n実績\n令和6年度　地域生活移行者数:3人。\n",
        [("地域生活移行者数", "target", 2026, 14), ("地域生活移行者数", "actual", 2024, 3)],
    ),
    "the quantity and a remark behind the name": (
        "「以下は、区分 令和6年度 令和7年度の順」\n居宅介護（実利用人数）＊１月当たり\n"
        "見込量 3,870人 3,940人\n実績値 3,902人 無し\n",
        HOME,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_quantities_of_a_service(name: str) -> None:
    body, expected = READ[name]
    assert rows(read(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "利用者数（人／月）　見込量　令和6年度 3,870　令和7年度 3,940\n",
        "居宅介護\n\n　利用者数　実績　令和6年度 3,870　令和7年度 3,940\n",
        "令和6年度 月間利用者数、見込量:612人、実績:588人。\n",
        "生活介護:月間利用者数、見込量:612人、実績:588人。\n",
        "実績\nまる1　施設入所者数:3人。\n",
    ],
)
def test_figures_of_nothing_or_of_no_year_are_reported(body: str) -> None:
    records = read(body)
    assert not records.observations
    assert "unknown_column" in {finding.rule for finding in records.findings}


@pytest.mark.parametrize(
    ("printed", "bare"),
    [("利用者数（人／月）", "利用者数"), ("（実利用人数）※1か月当たり", "実利用人数"), ("派遣件数（件／年）", "派遣件数")],
)  # fmt: skip
def test_a_quantity_without_unit_and_remark(printed: str, bare: str) -> None:
    assert (bare_quantity(printed), says_quantity(printed)) == (bare, True)


def test_a_service_is_no_quantity() -> None:
    assert not any(map(says_quantity, ("居宅介護", "短期入所（福祉型）", "地域移行支援")))
