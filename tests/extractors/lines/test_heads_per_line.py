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
        ("gap", 2024, 94.7, "%"),
        ("projected", 2024, 228.0, "時間"),
        ("actual", 2024, 241.0, "時間"),
        ("gap", 2024, 105.7, "%"),
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
        "サービス名 単位 令和５年度 令和６年度 令和７年度 実績値 見込量 実績値 見込量 実績値",
        "サービス名 単位 令和６年度 令和７年度 見込量 見込量 実績値",
        "サービス名 単位 令和６年度 令和７年度 見込量 実績値 実績値",
    ],
)
def test_measures_that_may_stand_under_several_years_are_not_read(heads: str) -> None:
    count = len(heads.split()) - 2 - heads.count("年度")
    figures = ["184", "181", "187", "190", "193"][:count]
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


JUDGED = "成果目標 令和５年度末 目標 令和５年度末 実績 達成率 評価"
MOVED = "地域生活移行者数 21人 13人 61.9％ △"
BASE = "基幹相談支援センター の設置 設置 未設置 － ○"


def judged(*texts: str) -> list[tuple[str, str, int | None, float | None, str | None]]:
    text = (
        "第６期架空区障害福祉計画\n実績報告\n\n"
        + "\n".join(texts).replace(" ", "\n")
        + "\n・移行した人は13人でした。\n"
    )
    records = read_document(Source("sheet.txt", text.encode()))
    return [
        (row.indicator, row.measure, row.fiscal_year, row.value, row.text)
        for row in records.observations
    ]


OF_MOVED = [
    ("地域生活移行者数", "target", 2023, 21.0, None),
    ("地域生活移行者数", "actual", 2023, 13.0, None),
    ("地域生活移行者数", "gap", 2023, 61.9, None),
    ("地域生活移行者数", "gap", None, None, "△"),
]


def test_the_last_head_may_judge_the_figures() -> None:
    assert judged(JUDGED, MOVED) == OF_MOVED
    assert judged(JUDGED.replace("成果目標", "指標"), MOVED) == OF_MOVED


def test_status_words_below_a_name_are_its_first_values() -> None:
    rows = judged(JUDGED, MOVED, BASE)
    assert rows[:4] == OF_MOVED
    assert [row[:2] + row[4:] for row in rows[4:]] == [
        ("基幹相談支援センターの設置", "target", "設置"),
        ("基幹相談支援センターの設置", "actual", "未設置"),
        ("基幹相談支援センターの設置", "gap", None),
        ("基幹相談支援センターの設置", "gap", "○"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        MOVED.replace(" 13人", ""),
        MOVED.replace("13人", "13人 14人"),
        BASE.replace("支援センター", "支援センターの"),
    ],
)
def test_a_row_without_its_number_of_values_is_not_read(row: str) -> None:
    short = row.replace(" の設置 設置 未設置", " 設置 設置") if "の " in row else row
    assert judged(JUDGED, MOVED.replace("21人", "22人"), short)[4:] == []


def test_the_number_of_a_goal_may_stand_over_its_words() -> None:
    text = (
        "障害福祉計画　評価シート\n成果目標{}\n地域生活支援の充実\n項目\n基準値\n（令和４年度）\n目標値\n（令和８年度）\n"
        "地域生活支援拠点等の設置数\n１か所\n２か所\n検証の回数\n１回\n２回\n"
    )
    for number in ("３", "（3）"):
        records = read_document(Source("sheet.txt", text.format(number).encode())).observations
        assert {(o.goal_number, o.plan) for o in records} == {(3, "disability_welfare")}
        assert [o.value for o in records] == [1.0, 2.0, 1.0, 2.0]


NUMBERED = "№ 項目 基準値（令和４年度末） 目標値（令和８年度末） 実績値（令和６年度末） 進捗率"
NUMBERED_ROWS = (
    "１ 施設入所者数 52人 48人 51人 25.0％ ２ 相談支援の専門部会の 設置 未設置 設置 設置 －"
)


def numbered(rows: str) -> list[tuple[str, str, float | None]]:
    text = TITLE + (NUMBERED + " " + rows).replace(" ", "\n") + "\n※各年度末\n"
    records = read_document(Source("sheet.txt", text.encode()))
    return [
        (o.indicator, o.measure, o.value) for o in records.observations if o.indicator != "研修"
    ]


def test_a_number_may_stand_over_each_name() -> None:
    read_rows = numbered(NUMBERED_ROWS)
    assert [value for *_, value in read_rows[:4]] == [52.0, 48.0, 51.0, 25.0]
    assert {name for name, *_ in read_rows} == {"施設入所者数", "相談支援の専門部会の設置"}
    assert len(read_rows) == 8


@pytest.mark.parametrize(
    ("printed", "instead"),
    [("52人 ", ""), ("25.0％ ", ""), ("25.0％ ", "25.0％ 3 "), ("２ ", "３ ")],
)
def test_a_numbered_row_that_is_not_whole_is_not_read(printed: str, instead: str) -> None:
    assert "施設入所者数" not in {
        n for n, *_ in numbered(NUMBERED_ROWS.replace(printed, instead, 1))
    }


KINDS = "サービス名 単位 区分 令和５年度 令和６年度 短期入所 人/月 計画 31 33 実績 28 － 短期入所 日/月 計画 124 132 実績 99 －"


def test_kinds_of_figures_may_stand_over_their_values() -> None:
    assert read(lines(KINDS)) == [
        ("projected", 2023, 31.0, "人/月"),
        ("projected", 2024, 33.0, "人/月"),
        ("actual", 2023, 28.0, "人/月"),
        ("actual", 2024, None, None),
        ("projected", 2023, 124.0, "日/月"),
        ("projected", 2024, 132.0, "日/月"),
        ("actual", 2023, 99.0, "日/月"),
        ("actual", 2024, None, None),
    ]


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("31 33", "31"),
        ("31 33", "31 32 33"),
        ("実績 28", "28"),
        ("実績 28", "計画 28"),
        ("計画 31", "31"),
    ],
)
def test_kinds_that_lack_a_value_are_not_read(printed: str, instead: str) -> None:
    assert 28.0 not in [figure[2] for figure in read(lines(KINDS.replace(printed, instead, 1)))]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("目標値", "目標値設定の考え方"),
        ("目標", "考え方"),
        ("数値目標", "設定の根拠"),
    ],
)
def test_a_figure_and_its_reasons_below_their_heads_on_a_line_each(value: str, reason: str) -> None:
    text = (
        "第７期架空区障害福祉計画\n成果目標１　施設入所者の地域生活への移行\n目標値\n【令和８年度末までの目標】\n"
        f"①地域生活移行者数\n{value}\n{reason}\n18人（6.4％）\n令和４年度末の施設入所者数(281人)のうち、6％以\n上が移行することとする。\n"
        f"②施設入所者数\n{value}\n{reason}\n281人を\n超えない\n令和４年度末の数を超えないこととする。\n"
    )
    found = [
        (o.indicator, o.measure, o.fiscal_year, o.value, o.comparator)
        for o in read_document(Source("sheet.txt", text.encode())).observations
    ]
    assert found == [
        ("地域生活移行者数", "target", 2026, 18.0, "eq"),
        ("地域生活移行者数", "target", 2026, 6.4, "eq"),
        ("施設入所者数", "target", 2026, 281.0, "le"),
    ]
