"""Slide tables with each head and each cell on a line of its own."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = (
    "第７期架空市障害福祉計画の実績報告\n\n項目／令和２年度実績／令和３年度実績\n研修／1件／2件\n\n"
)
HEADS = "サービス名 単位 令和６年度 見込量 令和６年度 実績 見込比"
ROWS = "居宅介護 人 １９ １８ ９４．７％ 時間 ２２８ ２４１ １０５．７％"


def lines(*texts: str) -> str:
    return TITLE + "\n\n".join(text.replace(" ", "\n") for text in texts)


def read(text: str) -> list[tuple[str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", text.encode()))
    rows = [o for o in records.observations if o.indicator != "研修"]
    return [(o.measure, o.fiscal_year, o.value, o.unit) for o in rows]


def findings(text: str) -> str:
    records = read_document(Source("sheet.txt", text.encode()))
    return " ".join(f.message for f in records.findings)


def test_a_year_may_stand_over_each_measure() -> None:
    assert read(lines(HEADS, ROWS)) == [
        ("projected", 2024, 19.0, "人"),
        ("actual", 2024, 18.0, "人"),
        ("gap", None, 94.7, "%"),
        ("projected", 2024, 228.0, "時間"),
        ("actual", 2024, 241.0, "時間"),
        ("gap", None, 105.7, "%"),
    ]


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (HEADS, ROWS.replace("１８ ", "", 1)),
        (HEADS, ROWS.replace("１８ ", "１８ １７ ", 1)),
        (HEADS.replace("実績", "見込量"), ROWS),
        (HEADS.replace("令和６年度 見込量", "見込量"), ROWS),
    ],
)
def test_cells_that_the_heads_do_not_place_are_reported(heads: str, rows: str) -> None:
    text = lines(heads, rows)
    assert read(text) == []
    assert all(figure in findings(text) for figure in ("１９", "２２８", "２４１"))


SHORT = "サービス名 単位 令和６年度 令和７年度 見込量 実績値 見込量"


def test_the_last_year_may_lack_the_measure_that_is_still_to_come() -> None:
    assert read(lines(SHORT + " 生活介護 人／月 184 181 187 人日／月 3,588 3,511 3,647")) == [
        ("projected", 2024, 184.0, "人/月"),
        ("actual", 2024, 181.0, "人/月"),
        ("projected", 2025, 187.0, "人/月"),
        ("projected", 2024, 3588.0, "人日/月"),
        ("actual", 2024, 3511.0, "人日/月"),
        ("projected", 2025, 3647.0, "人日/月"),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "サービス名 単位 令和５年度 令和６年度 令和７年度 実績値 見込量 実績値 見込量",
        "サービス名 単位 令和５年度 令和６年度 令和７年度 見込量 実績値 見込量 見込量",
        "サービス名 単位 令和６年度 令和７年度 見込量 見込量 実績値",
        "サービス名 単位 令和６年度 令和７年度 見込量 実績値 実績値",
    ],
)
def test_measures_that_may_stand_under_several_years_are_not_read(heads: str) -> None:
    count = len(heads.split()) - 2 - heads.count("年度")
    figures = ["184", "181", "187", "190"][:count]
    rows = " 生活介護 人／月 " + " ".join(figures)
    assert read(lines(heads + rows + rows)) == []


def test_a_row_with_a_figure_too_few_under_uneven_heads_is_reported() -> None:
    text = lines(SHORT + " 生活介護 人／月 184 181 短期入所 人／月 36 31 37")
    assert read(text) == []
    assert "184" in findings(text)


@pytest.mark.parametrize("box", ["評価（Ｃ）", "改善（Ａ）", "今後の課題", "活動指標"])
def test_the_head_of_the_box_below_is_no_value_of_the_last_row(box: str) -> None:
    row = " 就労選択支援 人／月 14 12 17"
    text = f"{TITLE}{SHORT}{row}{row.replace('選択', '定着')} {box}".replace(" ", "\n")
    assert [value for _, _, value, _ in read(text)] == [14.0, 12.0, 17.0] * 2
