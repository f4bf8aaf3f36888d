"""Tables of e-book texts whose labels come after their values."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空町 第6期障害福祉計画のまとめ\n\n項目 単位 令和5年度実績\nx 件 1\n\n"


def read(text: str) -> list[tuple[str, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in records.observations]
    return [row for row in rows if row[0] != "x"]


@pytest.mark.parametrize("head", ["R3 R4 実績（1か月平均）", "実績 R3 R4", "R3 R4 実績"])
def test_one_measure_beside_the_years_is_that_of_all(head: str) -> None:
    text = f"{head} 単位 サービス\n20 23 人 居宅介護\n246 270 時間 居宅介護\n"
    assert read(text) == [
        ("居宅介護", "actual", 2021, 20.0, "人"),
        ("居宅介護", "actual", 2022, 23.0, "人"),
        ("居宅介護", "actual", 2021, 246.0, "時間"),
        ("居宅介護", "actual", 2022, 270.0, "時間"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "R3 R4 R5 目標 単位 サービス\n20 23 22 人 居宅介護\n",
        "R3 R4 R5 実績 見込量 単位 サービス\n20 23 22 人 居宅介護\n",
        "R3 R4 R5 実績 単位 サービス\n20 23 人 居宅介護\n",
        "R3 R4 R5 実績 単位 サービス\n20 23 22 居宅介護\n",
    ],
)
def test_values_that_are_not_as_many_as_their_heads_are_not_read(text: str) -> None:
    assert [row for row in read(text) if row[2] is not None] == []


ONE = "令和５年度の目標\n目標 項目\n9人以上 地域生活へ移行する人（3年間の累計）\n設置 基幹相談支援センター\n年1回以上 運用状況の検証\n"


def test_one_measure_before_the_names() -> None:
    assert read(ONE) == [
        ("地域生活へ移行する人(3年間の累計)", "target", 2023, 9.0, "人"),
        ("基幹相談支援センター", "target", 2023, None, None),
        ("運用状況の検証", "target", 2023, 1.0, "回/年"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        ONE.replace("9人以上 ", ""),
        ONE.replace("9人以上 ", "9人以上 8人 "),
        ONE.replace("設置 基幹相談支援センター", "基幹相談支援センター 設置"),
        ONE.replace("\n年1回以上", " 年1回以上"),
    ],
)
def test_rows_of_another_make_leave_the_list_unread(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("head", ["目標の名前", "取組の名称", "項目"])
def test_a_row_of_words_in_all_its_columns_is_a_row(head: str) -> None:
    records = read_document(
        Source(
            "sheet.txt",
            (
                f"第7期架空村障害福祉計画のまとめ\n\nR8目標 R6実績 R4実績 {head}\n"
                "2人 1人 0人 一般就労に移る人\n設置 設置 未設置 協議の場\n"
            ).encode(),
        )
    )
    rows = [(o.indicator, o.fiscal_year, o.raw) for o in records.observations]
    assert rows == [
        ("一般就労に移る人", 2026, "2人"),
        ("一般就労に移る人", 2024, "1人"),
        ("一般就労に移る人", 2022, "0人"),
        ("協議の場", 2026, "設置"),
        ("協議の場", 2024, "設置"),
        ("協議の場", 2022, "未設置"),
    ]
