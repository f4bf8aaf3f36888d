"""A line of figures for each measure below a name, the years in a line over all names."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

SHEET = """第７期架空市障害福祉計画 令和７年度進捗状況
１ 地域生活支援事業の進捗状況
事業名 令和６年度 令和７年度
① 理解促進研修事業（回）
計画 2 3
実績 1 －
② 意思疎通支援事業（件/年）
ア 手話通訳者派遣事業
計画 640 650
実績 1,017 603
イ 要約筆記者派遣事業
計画 24 25
実績 9 18
③ 移動支援事業
実利用者数（人）
計画 168 172
実績 131 149
"""


def said(text: str) -> list[tuple[str, str | None, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", text.encode()))
    return [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit)
        for o in records.observations
    ]


def findings(text: str) -> str:
    return " ".join(f.message for f in read_document(Source("a.txt", text.encode())).findings)


RESEARCH, SIGN, WRITTEN, WALKS = (
    said(SHEET)[:4],
    said(SHEET)[4:8],
    said(SHEET)[8:12],
    said(SHEET)[12:],
)


def test_names_stand_over_their_measures() -> None:
    research, users = ("理解促進研修事業", None), ("移動支援事業", "実利用者数")
    assert [
        (*research, "projected", 2024, 2.0, "回"),
        (*research, "projected", 2025, 3.0, "回"),
        (*research, "actual", 2024, 1.0, "回"),
        (*research, "actual", 2025, None, None),
    ] == RESEARCH
    assert WALKS[-1] == (*users, "actual", 2025, 149.0, "人")


def test_the_unit_of_a_name_is_that_of_its_parts() -> None:
    sign, written = (
        ("意思疎通支援事業", "手話通訳者派遣事業"),
        ("意思疎通支援事業", "要約筆記者派遣事業"),
    )
    assert SIGN[2] == (*sign, "actual", 2024, 1017.0, "件/年")
    assert WRITTEN[0] == (*written, "projected", 2024, 24.0, "件/年")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("令和６年度 令和７年度", "R6 R7"),
        ("計画 ", "計画値　"),
        ("実績 1 －\n", "実績 1 －\n12\n"),
        ("事業名 ", "事業名 区分 "),
    ],
)
def test_other_spellings(one: str, other: str) -> None:
    assert said(SHEET.replace(one, other)) == said(SHEET)


def test_a_line_with_a_figure_too_few_is_reported() -> None:
    assert said(SHEET.replace("実績 9 18", "実績 9")) == [*RESEARCH, *SIGN, *WRITTEN[:2], *WALKS]
    assert "「実績 9」" in findings(SHEET.replace("実績 9 18", "実績 9"))


def test_a_lost_name_takes_its_parts_with_it() -> None:
    """What stands below it may be of it, not of the number before."""
    lost = SHEET.replace("② 意思疎通支援事業（件/年）\nア 手話通訳者派遣事業\n", "")
    assert said(lost) == [*RESEARCH, *WALKS]
    assert "「計画 24 25」" in findings(lost)
    assert said(SHEET.replace("③ 移動支援事業\n実利用者数（人）\n", "")) == [
        *RESEARCH,
        *SIGN,
        *WRITTEN,
    ]


def test_two_names_of_which_nobody_knows_whether_they_are_one() -> None:
    torn = SHEET.replace("① 理解促進研修事業（回）", "① 理解促進\n研修事業（回）")
    assert said(torn) == [*SIGN, *WRITTEN, *WALKS]


def test_a_part_with_a_unit_of_its_own_under_another_unit() -> None:
    mixed = SHEET.replace("イ 要約筆記者派遣事業", "イ 要約筆記者派遣事業（人）")
    assert said(mixed) == [*RESEARCH, *SIGN, *WALKS]
