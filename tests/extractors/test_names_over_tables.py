"""What a table is about, said alone on the line over it or by the heading that encloses it."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document

TABLE = """
| 区分 | 単位 | 令和3年度 | 令和4年度 |
|---|---|---:|---:|
| 計画値 | 人 | 12 | 15 |
| 実績値 | 人 | 9 | 14 |
"""


def read(text: str) -> list[tuple[int | None, str | None, float | None]]:
    """Goal, name and value of each record."""
    found = read_document(Source("sheet.md", text.encode())).observations
    return [(row.goal_number, row.indicator, row.value) for row in found]


def test_a_service_alone_over_its_table_is_nearer_than_the_heading() -> None:
    text = f"# 第6期架空市障害福祉計画の実績\n\n### (3) 居住系サービス\n\n自立生活援助\n{TABLE}"
    assert {name for _, name, _ in read(text)} == {"自立生活援助"}


def test_a_line_that_gives_a_unit_is_no_name() -> None:
    text = (
        "# 第6期架空市障害福祉計画\n\n## (1) 居宅介護\n\n単位：時間（1か月当たり）\n"
        "      計画 3年度 4,300、4年度 4,420、5年度 4,540\n      実績 3年度 4,518、4年度 4,467、5年度 4,692\n"
    )
    assert {name for _, name, _ in read(text)} == {"居宅介護"}


def test_a_goal_in_a_line_ends_with_the_heading_over_it() -> None:
    text = (
        "# 第6期架空市障害福祉計画の実績\n\n## 1 成果目標の進捗状況\n\n"
        f"成果目標３　地域生活支援拠点等の整備\n{TABLE}\n## 2 サービスの実績\n\n自立生活援助\n{TABLE}"
    )
    goals = [goal for goal, name, _ in read(text) if name == "自立生活援助"]
    assert goals == [None] * 4
