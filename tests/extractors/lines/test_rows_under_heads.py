"""Aligned rows whose heads stand once, over several goals."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document

PAGE = """第８期架空市障害福祉計画　成果目標

　　　　　　　　　　　　　　　　　基準値　　　　　　　　　　目標値（令和11年度）

目標1　福祉施設の入所者の地域生活への移行
　施設入所者数　　　　　　　　　　204人（R8/03/31）　　　　　196人以下

- 6 -

目標3　福祉施設から一般就労への移行等
　一般就労への移行者数　　　　　　33人（令和6年度）　　　　　43人
　就労移行支援事業所を利用して一般就労に移行した者の数
　　　　　　　　　　　　　　　　　20人（令和6年度）　　　　　26人
"""


def read(page: str) -> list[tuple[int | None, str, str, int | None, float | None]]:
    records = read_document(Source("plan.txt", page.encode()))
    return [
        (o.goal_number, o.indicator, o.measure, o.fiscal_year, o.value)
        for o in records.observations
    ]


def test_heads_reach_over_goals_and_pages() -> None:
    long = "就労移行支援事業所を利用して一般就労に移行した者の数"
    assert read(PAGE) == [
        (1, "施設入所者数", "baseline", 2025, 204.0),
        (1, "施設入所者数", "target", 2029, 196.0),
        (3, "一般就労への移行者数", "baseline", 2024, 33.0),
        (3, "一般就労への移行者数", "target", 2029, 43.0),
        (3, long, "baseline", 2024, 20.0),
        (3, long, "target", 2029, 26.0),
    ]


def test_a_sentence_ends_the_reach_of_heads() -> None:
    page = PAGE.replace("- 6 -", "以上の目標のほか、次の項目を定める。")
    assert [row[1] for row in read(page)] == ["施設入所者数", "施設入所者数"]


def test_a_head_may_say_that_each_cell_prints_its_year() -> None:
    text = (
        "別表１　第７期架空県障害福祉計画　指標一覧\n\n"
        "番号  指　標                    基準値（年度）         目標値（年度）        掲載頁\n"
        "1-1   地域生活への移行者数      38人（令和４年度）     57人（令和８年度）     21\n"
        "1-2   一般就労への移行者数      211人（令和３年度）    271人（令和８年度）    35\n"
    )
    records = read_document(Source("plan.txt", text.encode()))
    assert [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations] == [
        ("地域生活への移行者数", "baseline", 2022, 38.0),
        ("地域生活への移行者数", "target", 2026, 57.0),
        ("一般就労への移行者数", "baseline", 2021, 211.0),
        ("一般就労への移行者数", "target", 2026, 271.0),
    ]
