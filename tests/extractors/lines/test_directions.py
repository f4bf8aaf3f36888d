"""Values behind all names and all heads: by rows or by columns as they show themselves, else refused."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障がい福祉計画の進捗状況\n(1) 施設入所者の地域生活への移行\n"
NAMES = "項目\n施設入所者数\n地域生活への\n移行者数（累計）\n"
HEADS = "基準値\n（Ｒ４年度\n末）\n令和６年\n度実績\n目標値\n（Ｒ８年度\n末）\n"
BY_ROWS = ["131人", "129人", "124人以下", "－", "１人", "８人以上"]
SERVICES = """(1) 日中活動系サービス（１か月当たり）
サービス名
生活介護
就労継続支援
（Ｂ型）
短期入所（福祉
型・医療型）
単位
人日
人日
人日
令和６年度
見込量
令和６年度
実績
令和７年度
見込量
"""
SIZES = [(5210, 5164, 5300), (1430, 1502, 1470), (410, 368, 425)]


def read(text: str, title: str = TITLE):
    return read_document(Source("slides.txt", (title + text).encode()))


def rows(text: str) -> set[tuple[str, str | None, int | None, float | str]]:
    return {
        (o.indicator, o.measure, o.fiscal_year, o.value if o.value is not None else o.raw)
        for o in read(text).observations
    }


def lines(values: list[str]) -> str:
    return "".join(f"{value}\n" for value in values)


SAID = {
    ("施設入所者数", "baseline", 2022, 131.0),
    ("施設入所者数", "actual", 2024, 129.0),
    ("施設入所者数", "target", 2026, 124.0),
    ("地域生活への移行者数(累計)", "baseline", 2022, "－"),
    ("地域生活への移行者数(累計)", "actual", 2024, 1.0),
    ("地域生活への移行者数(累計)", "target", 2026, 8.0),
}


@pytest.mark.parametrize("order", [BY_ROWS, [BY_ROWS[n] for n in (0, 3, 1, 4, 2, 5)]])
def test_a_bound_stands_under_a_target(order: list[str]) -> None:
    assert rows(NAMES + HEADS + lines(order)) == SAID


def test_the_number_of_a_page_is_none_of_the_values() -> None:
    assert rows(NAMES + HEADS + lines(BY_ROWS) + "4\n(2) 地域生活支援の充実\n") == SAID


@pytest.mark.parametrize(
    "values",
    [
        ["131人", "129人", "124人", "－", "１人", "８人"],
        ["131人", "129人以下", "124人以下", "－", "１人以上", "８人以上"],
        BY_ROWS[:-1],
        [*BY_ROWS, "５人"],
    ],
)
def test_values_that_show_no_way_or_two_are_not_read(values: list[str]) -> None:
    found = read(NAMES + HEADS + lines(values))
    assert not found.observations
    assert found.findings


def test_units_that_change_from_row_to_row() -> None:
    names = "項目\n協議の場の開催回数\n協議の場への参加者\n数\n"
    found = rows(names + HEADS + lines(["２回", "３回", "３回", "34人", "48人", "50人"]))
    assert ("協議の場の開催回数", "target", 2026, 3.0) in found
    assert ("協議の場への参加者数", "baseline", 2022, 34.0) in found
    assert len(found) == 6


@pytest.mark.parametrize("by_rows", [True, False])
def test_figures_of_one_size_are_of_one_service(by_rows: bool) -> None:
    table = SIZES if by_rows else list(zip(*SIZES, strict=True))
    values = lines([f"{value:,}" for row in table for value in row])
    found = rows(SERVICES + values)
    assert ("生活介護", "actual", 2024, 5164.0) in found
    assert ("就労継続支援(B型)", "projected", 2025, 1470.0) in found
    assert ("短期入所(福祉型・医療型)", "projected", 2024, 410.0) in found
    assert len(found) == 9


def test_services_of_one_size_show_no_way() -> None:
    values = lines([str(value) for value in (410, 400, 420, 430, 390, 405, 415, 425, 395)])
    assert rows(SERVICES + values) == set()
    lost = [f"{value:,}" for row in SIZES for value in row][1:]
    assert rows(SERVICES + lines(lost)) == set()
