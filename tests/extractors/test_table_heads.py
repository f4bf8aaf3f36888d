"""What heads and labels say of the figures beside and below them, in tables of every origin."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第7期架空市障害福祉計画　進捗状況\n\n"
_GOAL = "成果目標１　施設入所者の地域生活への移行\n\n"


def _read(text: str):
    return read_document(Source("plan.md", text.encode()))


def _said(text: str) -> list[tuple[object, ...]]:
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value)
        for o in _read(_TITLE + text).observations
        if o.value is not None
    ]


def test_two_tables_side_by_side_are_two_tables() -> None:
    said = _said(
        "| サービス名 | 令和6年度計画 | 令和6年度実績 | | サービス名 | 令和6年度計画 | 令和6年度実績 |\n"
        "|---|---|---|---|---|---|---|\n"
        "| 居宅介護 | 33人 | 31人 | | 児童発達支援 | 24人 | 29人 |\n"
    )
    assert said == [
        ("居宅介護", "projected", 2024, 33.0),
        ("居宅介護", "actual", 2024, 31.0),
        ("児童発達支援", "projected", 2024, 24.0),
        ("児童発達支援", "actual", 2024, 29.0),
    ]


def test_a_first_column_that_counts_up_is_no_target() -> None:
    said = _said(
        "| 目標 | 指標 | R6目標 | R6実績 |\n|---|---|---|---|\n"
        "| １ | 地域生活移行者数 | 4人 | 3人 |\n| ２ | 協議の場の開催回数 | 3回 | 2回 |\n"
    )
    assert [figure[1:] for figure in said] == [
        ("target", 2024, 4.0),
        ("actual", 2024, 3.0),
        ("target", 2024, 3.0),
        ("actual", 2024, 2.0),
    ]


_RELATIVE = "| 事業名 | 前年度実績 | 今年度見込量 | 今年度実績 |\n|---|---|---|---|\n| 移動支援事業 | 88人 | 92人 | 95人 |\n"


def test_years_are_told_by_their_distance_where_the_document_says_which_they_are() -> None:
    assert _said("前年度（令和５年度）と今年度の状況です。\n\n" + _RELATIVE) == [
        ("移動支援事業", "actual", 2023, 88.0),
        ("移動支援事業", "projected", 2024, 92.0),
        ("移動支援事業", "actual", 2024, 95.0),
    ]


@pytest.mark.parametrize("said", ["", "前年度（令和５年度）と、今年度（令和７年度）です。\n\n"])
def test_years_that_nobody_tells_are_not_guessed(said: str) -> None:
    assert not [figure for figure in _said(said + _RELATIVE) if figure[2] is not None]


def test_a_caption_in_the_corner_is_the_measure_of_the_years() -> None:
    text = """  【実績】                     2024年度      2025年度
  一般就労への移行者数           12人          16人
    うち就労移行支援              9人          10人
"""
    assert _said(_GOAL + text)[:2] == [
        ("一般就労への移行者数", "actual", 2024, 12.0),
        ("一般就労への移行者数", "actual", 2025, 16.0),
    ]


_CORNER = "| {0} | 令和6年度 | 令和7年度 |\n|---|---|---|\n| 居宅介護 | 30人 | 31人 |\n"


@pytest.mark.parametrize(
    ("corner", "measure"),
    [("実績値", "actual"), ("実績", "actual"), ("見込量", "projected"), ("目標値", "target")],
)
def test_a_measure_in_the_corner_of_a_grid_is_that_of_the_years(corner: str, measure: str) -> None:
    assert _said(_GOAL + "【令和8年度末の目標】\n\n" + _CORNER.format(corner)) == [
        ("居宅介護", measure, 2024, 30.0),
        ("居宅介護", measure, 2025, 31.0),
    ]


def test_goals_in_the_corner_say_nothing_of_the_figures() -> None:
    said = _said(_GOAL + _CORNER.format("目標"))
    assert said == [("居宅介護", "actual", 2024, 30.0), ("居宅介護", "actual", 2025, 31.0)]


_B = "| 就労継続支援B型 | 61人 | 68人 |\n"
_A = "| 就労継続支援A型 | 21人 | 24人 |\n"
_RATES = "| 達成率 | 104.5% | 108.2% |\n"


@pytest.mark.parametrize(("rows", "count"), [(_A + _RATES, 2), (_A + _RATES + _B + _RATES, 4)])
def test_a_row_that_only_compares_is_of_the_one_above_it(rows: str, count: int) -> None:
    said = _said(_CORNER.format("実績値").replace("| 居宅介護 | 30人 | 31人 |\n", rows))
    assert [name for name, measure, *_ in said if measure == "gap"].count("就労継続支援A型") == 2
    assert len([figure for figure in said if figure[1] == "gap"]) == count


@pytest.mark.parametrize("rows", [_A + _B + _RATES, _RATES + _A, _A + "| 就労系 | | |\n" + _RATES])
def test_below_two_rows_it_may_be_of_either(rows: str) -> None:
    said = _said(_CORNER.format("実績値").replace("| 居宅介護 | 30人 | 31人 |\n", rows))
    assert [figure for figure in said if figure[1] == "gap"] == []


_OWN_YEARS = (
    "| 指標 | 単位 | 今年度目標値 | 今年度実績値 |\n|---|---|---|---|\n"
    "| 一般就労移行者数 | 人 | 61<br>〔R6〕 | 58<br>〔R6〕 |\n"
    "| グループホームの定員 | 人 | 140<br>〔R6〕 | 133<br>〔R6〕 |\n"
    "| 地域生活移行者数 | 人 | 12<br>〔R6〕 | 集計中 |\n"
)


def test_a_mark_is_of_the_year_that_the_figures_of_its_column_print() -> None:
    marks = [o for o in _read(_TITLE + _OWN_YEARS).observations if o.value is None]
    assert [(o.measure, o.fiscal_year, o.status) for o in marks] == [
        ("actual", 2024, "not_reported")
    ]


@pytest.mark.parametrize(
    ("printed", "instead"), [("133<br>〔R6〕", "133<br>〔R5〕"), ("133<br>〔R6〕", "133")]
)
def test_it_is_of_none_where_they_print_two_or_none(printed: str, instead: str) -> None:
    rows = _read(_TITLE + _OWN_YEARS.replace(printed, instead)).observations
    assert not [o for o in rows if o.value is None and o.fiscal_year is not None]


@pytest.mark.parametrize(
    "head",
    [
        "| サービス | 令和5年度実績 | 令和6年度 | 令和7年度 |",
        "| サービス | 令和5年度実績 | 令和6年度見込 | 令和7年度 |",
    ],
)
def test_a_year_behind_a_named_result_is_no_result_of_the_title(head: str) -> None:
    said = _said(f"{head}\n|---|---|---|---|\n| 居宅介護 | 30人 | 31人 | 33人 |\n")
    assert ("居宅介護", "actual", 2025, 33.0) not in said
    assert ("居宅介護", "actual", 2023, 30.0) in said


def test_a_measure_among_the_figures_of_a_row_tells_that_it_moved() -> None:
    text = (
        "| 項目 | 区分 | 令和6年度 | 令和7年度 | 令和8年度 |\n|---|---|---|---|---|\n"
        "| 移行者数 | 実績値 | 3人 | 4人 | ― |\n| 移行者数 | 0人 | 1人 | 目標値 | 5人 |\n"
    )
    said = _said(_GOAL + text)
    assert [figure[3] for figure in said] == [3.0, 4.0]
    rules = [f.rule for f in _read(_TITLE + _GOAL + text).findings]
    assert rules.count("shifted_row") >= 2


def test_a_mark_before_a_year_is_no_part_of_it() -> None:
    marked = _CORNER.format("実績値").replace("令和7年度", "＊令和7年度")
    assert _said(_GOAL + marked) == _said(_GOAL + _CORNER.format("実績値"))


def test_labels_may_begin_with_a_measure_or_a_year() -> None:
    said = _said(
        _GOAL + "| 項目 | 数値 |\n|---|---|\n| 【基準】令和４年度末の施設入所者数 | 143人 |\n"
        "| 【目標】地域生活移行者数 | 9人 |\n"
    )
    assert said == [
        ("施設入所者数", "baseline", 2022, 143.0),
        ("地域生活移行者数", "target", 2026, 9.0),
    ]


def test_a_head_may_name_what_stands_in_brackets() -> None:
    text = "※（　）内は令和５年度の実績です。\n\n| サービス名 | 計画値 | 実績値（前年度） | 差 |\n|---|---|---|---|\n"
    said = _said("## 令和６年度の実績\n\n" + text + "| 居宅介護 | 118人 | 121人（115人） | 3人 |\n")
    assert ("居宅介護", "actual", 2024, 121.0) in said
    assert ("居宅介護", "actual", 2023, 115.0) in said


_YEARS = "サービス名        単位    令和６年度              令和７年度\n"
_HEADS = "                          計画値   実績値   達成率  計画値   実績値   達成率\n"


def test_rows_that_are_not_yet_full_stand_under_their_heads() -> None:
    row = "居宅介護          人      112      107      95.5%   115\n"
    said = _said(_YEARS + _HEADS + row + "同行援護          人      6        7        116.7%  6\n")
    assert said[:4] == [
        ("居宅介護", "projected", 2024, 112.0),
        ("居宅介護", "actual", 2024, 107.0),
        ("居宅介護", "gap", 2024, 95.5),
        ("居宅介護", "projected", 2025, 115.0),
    ]


def test_a_cell_between_two_heads_refuses_the_table() -> None:
    row = "居宅介護          人      112      107      95.5%       115\n"
    reading = _read(_TITLE + _GOAL + _YEARS + _HEADS + row)
    assert not [o for o in reading.observations if o.value == 115]
    assert reading.findings


def test_a_last_year_still_blank_takes_no_figure_of_another() -> None:
    said = _said(
        _GOAL + "【主な活動指標】\n区分 単位\nR6年度 R7年度 R8年度\n見込 実績 見込 実績 見込 実績\n"
        "共同生活援助 人/月\n312\n326\n330\n341\n348\n\n自立生活援助 人/月\n6\n4\n7\n5\n8\n"
    )
    assert said[:5] == [
        ("共同生活援助", "projected", 2024, 312.0),
        ("共同生活援助", "actual", 2024, 326.0),
        ("共同生活援助", "projected", 2025, 330.0),
        ("共同生活援助", "actual", 2025, 341.0),
        ("共同生活援助", "projected", 2026, 348.0),
    ]


def test_a_word_set_down_the_margin_is_no_label() -> None:
    text = """  計      【令和８年度末時点の目標】
  画                  区   分                 目標値
（Ｐ）                ①地域生活移行者数       ３人
                      ②施設入所者数           48人以下
"""
    assert _said(_GOAL + text) == [
        ("地域生活移行者数", "target", 2026, 3.0),
        ("施設入所者数", "target", 2026, 48.0),
    ]


def test_a_line_set_bold_heads_what_follows() -> None:
    table = "| 区分 | 令和6年度 |\n|---|---|\n| 一般就労移行者数 | 29人 |\n"
    assert _said(_GOAL + "**目標値【令和8年度】**\n\n**実績値**\n\n" + table) == [
        ("一般就労移行者数", "actual", 2024, 29.0)
    ]


_RATED = (
    "| サービス名 | 単位 | 令和7年度見込み | 令和7年度実績 | {head} |\n|---|---|---|---|---|\n"
    "| 居宅介護 | 人 | 310 | 304 | {first} |\n| 行動援護 | 人 | 21 | 23 | {second} |\n"
)


def test_per_cents_behind_plan_and_actual_are_a_rate_whatever_its_name() -> None:
    said = _said(_RATED.format(head="充足率", first="98.1％", second="109.5％"))
    assert [figure for figure in said if figure[1] == "gap"] == [
        ("居宅介護", "gap", 2025, 98.1),
        ("行動援護", "gap", 2025, 109.5),
    ]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [("登録", "51", "7"), ("うち市外", "12", "1"), ("定着率", "98.1", "109.5")],
)
def test_a_head_without_a_measure_beside_measures_is_not_given_that_of_the_title(
    head: str, first: str, second: str
) -> None:
    records = _read(_TITLE + _RATED.format(head=head, first=first, second=second))
    assert {o.value for o in records.observations} == {310.0, 304.0, 21.0, 23.0}
    assert [f.rule for f in records.findings if f.rule == "unknown_column"] == [
        "unknown_column"
    ] * 2


@pytest.mark.parametrize("label", ["{}の{}", "{}（{}）"])
def test_the_measure_that_ends_a_name_is_the_measure(label: str) -> None:
    rows = "".join(
        f"| {label.format('居宅介護の利用者数', word)} | {n} | {n + 1} |\n"
        for word, n in (("計画", 31), ("実績", 28))
    )
    title = "第7期架空市障害福祉計画　実績\n\n"
    records = _read(f"{title}| 区分 | 令和6年度 | 令和7年度 |\n|---|---|---|\n{rows}")
    said = [(o.indicator, o.measure, o.value) for o in records.observations]
    assert said == [
        ("居宅介護の利用者数", "projected", 31.0),
        ("居宅介護の利用者数", "projected", 32.0),
        ("居宅介護の利用者数", "actual", 28.0),
        ("居宅介護の利用者数", "actual", 29.0),
    ]


@pytest.mark.parametrize(("title", "measure"), [("", "projected"), ("　実績", "actual")])
def test_indicators_of_activity_are_foreseen_where_no_title_says_otherwise(
    title: str, measure: str
) -> None:
    text = "３　活動指標\n（１）事業所への助言\n\n| 項目 | 単位 | 令和6年度 |\n|---|---|---|\n| 専門的な助言 | 件 | 36 |\n"
    records = _read(f"第7期架空市障害福祉計画{title}\n\n{text}")
    assert [(o.measure, o.value) for o in records.observations] == [(measure, 36.0)]


_NAMELESS = "<h2>地域生活支援事業</h2>{first}<table>{rows}</table>{second}<table>{rows}</table>"
_ROWS = (
    "<tr><td></td><th>令和6年度</th></tr><tr><th>計画値</th><td>15</td></tr>"
    "<tr><th>実績値</th><td>6</td></tr>"
)


def _nameless(first: str, second: str) -> list[tuple[object, ...]]:
    body = _NAMELESS.format(first=first, second=second, rows=_ROWS)
    page = f"<html><body><h1>第7期架空市障害福祉計画</h1>{body}</body></html>"
    found = read_document(Source("page.html", page.encode())).observations
    return [(o.indicator, o.measure, o.value, o.unit) for o in found]


def test_rows_of_measures_are_of_the_caption_over_their_table() -> None:
    said = _nameless("<p>要約筆記者の派遣（単位：件）</p>", "<p>移動支援（単位：時間）</p>")
    assert said == [
        ("要約筆記者の派遣", "projected", 15.0, "件"),
        ("要約筆記者の派遣", "actual", 6.0, "件"),
        ("移動支援", "projected", 15.0, "時間"),
        ("移動支援", "actual", 6.0, "時間"),
    ]


def test_a_caption_names_one_table_only() -> None:
    said = _nameless("<p>要約筆記者の派遣（単位：件）</p>", "")
    assert [name for name, *_ in said] == ["要約筆記者の派遣"] * 2
    assert _nameless("<p>実績の表（単位：件）</p>", "") == []


UNDER_HEADINGS = """# 第７期架空町障がい福祉計画の実績

## 表１　利用者数（令和７年度、単位：人）

| サービス名 | 見込量 | 実績 | 見込比 |
|---|---:|---:|---:|
| 居宅介護 | 28 | 1,026 | 93 |

## 表２　延べ利用量

| サービス名 | R6実績 | R7実績 |
|---|---:|---:|
| 居宅介護 | 318 | 334 |
"""


def told(text: str) -> list[tuple[str, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.md", text.encode()))
    return [
        (row.indicator, row.measure, row.fiscal_year, row.value, row.unit)
        for row in records.observations
    ]


def test_a_heading_gives_year_and_unit_to_the_tables_below_it_alone() -> None:
    assert told(UNDER_HEADINGS) == [
        ("居宅介護", "projected", 2025, 28.0, "人"),
        ("居宅介護", "actual", 2025, 1026.0, "人"),
        ("居宅介護", "gap", 2025, 93.0, None),
        ("居宅介護", "actual", 2024, 318.0, None),
        ("居宅介護", "actual", 2025, 334.0, None),
    ]


YEARS_DOWN = """# 第７期架空町障がい福祉計画の実績

## 地域生活支援拠点等の状況

| 年度 | 登録事業所数（か所） | コーディネーター（人） | 運用状況の検証 |
|:-:|---:|---:|:-:|
| 令和６年度 | 2 | 0 | 未実施 |
| 令和７年度 | 3 | － | １回 |
| 令和８年度目標 | 5 | 1 | 年１回以上 |
"""


def test_years_down_the_side_name_no_figure() -> None:
    assert told(YEARS_DOWN) == [
        ("登録事業所数", "actual", 2024, 2.0, "か所"),
        ("コーディネーター", "actual", 2024, 0.0, "人"),
        ("運用状況の検証", "actual", 2024, None, None),
        ("登録事業所数", "actual", 2025, 3.0, "か所"),
        ("コーディネーター", "actual", 2025, None, None),
        ("運用状況の検証", "actual", 2025, 1.0, "回"),
        ("登録事業所数", "target", 2026, 5.0, "か所"),
        ("コーディネーター", "target", 2026, 1.0, "人"),
        ("運用状況の検証", "target", 2026, 1.0, "回/年"),
    ]


def test_a_side_that_is_not_all_years_is_no_side_of_years() -> None:
    spoilt = YEARS_DOWN.replace("令和７年度 |", "目標 |").replace("年度 |", "区分 |", 1)
    assert all(row[2] != 2025 for row in told(spoilt))


WHAT_IS_DONE = """| 活動内容 | 区分 | R3 | R4 |
|---|---|---|---|
| 専門的な相談支援の実施 | 見込 | 有 | 有 |
| | 実績 | 無 | － |
| 指導・助言件数 | 見込 | 10件 | 1,012件 |
| | 実績 | 8件 | － |
"""


@pytest.mark.parametrize("head", ["活動内容", "取組内容", "内容"])
def test_words_that_name_what_is_done_are_names(head: str) -> None:
    rows = told(f"# 第６期架空町障害福祉計画\n\n{WHAT_IS_DONE.replace('活動内容', head)}")
    assert rows[4:6] == [
        ("指導・助言件数", "projected", 2021, 10.0, "件"),
        ("指導・助言件数", "projected", 2022, 1012.0, "件"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        WHAT_IS_DONE.replace("区分", "項目").replace("見込", "件数").replace("実績", "率"),
        WHAT_IS_DONE.replace("専門的な相談支援の実施", "相談に応じた。", 1),
    ],
)
def test_sentences_and_words_beside_names_are_none(text: str) -> None:
    names = {row[0] for row in told(f"# 第６期架空町障害福祉計画\n\n{text}")}
    assert not names & {"専門的な相談支援の実施", "相談に応じた。"}


KINDS = """# 第７期架空町障がい福祉計画の実績

## 利用者数（令和７年度、単位：人）

| サービス名 | 見込量 | 実績 | 身体 | 知的 | 精神 | 見込比 |
|---|---:|---:|---:|---:|---:|---:|
| 居宅介護 | 28 | 1,026 | 1,009 | 5 | 12 | 93％ |
| 生活介護 | 45 | 47 | 14 | 33 | 0 | 104％ |
| 自立生活援助 | 0 | 0 | － | － | － | － |
"""


@pytest.mark.parametrize("kinds", ["身体 知的 精神", "身体障害者 知的障がい者 難病等"])
def test_kinds_of_disability_are_parts_of_the_figure_before_them(kinds: str) -> None:
    text = KINDS
    for kind, other in zip(["身体", "知的", "精神"], kinds.split(), strict=True):
        text = text.replace(f"| {kind} ", f"| {other} ")
    parts = [row for row in _read(text).observations if row.breakdown]
    assert [(o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value) for o in parts[:4]] == [
        ("居宅介護", kinds.split()[0], "actual", 2025, 1009.0),
        ("居宅介護", kinds.split()[1], "actual", 2025, 5.0),
        ("居宅介護", kinds.split()[2], "actual", 2025, 12.0),
        ("生活介護", kinds.split()[0], "actual", 2025, 14.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        KINDS.replace("1,009", "1,010"),
        KINDS.replace("| 身体 ", "| 市外 "),
        KINDS.replace("| 実績 | 身体 |", "| 身体 | 実績 |"),
    ],
)
def test_parts_that_do_not_add_up_to_it_are_not_read(text: str) -> None:
    records = _read(text)
    assert [row for row in records.observations if row.breakdown] == []
    assert "unknown_column" in {finding.rule for finding in records.findings}


def test_a_year_before_the_plan_beside_the_targets_is_what_they_start_from() -> None:
    table = "### 【令和8年度末の目標】\n\n| 項目 | {} | 目標値 |\n|---|---|---|\n| 施設入所者数 | 53人 | 49人 |\n"
    said = _said(_GOAL + table.format("令和4年度末"))
    assert [figure[1:] for figure in said] == [("baseline", 2022, 53.0), ("target", 2026, 49.0)]
    on_the_way = _said(_GOAL + table.format("令和7年度末"))
    assert ("target", 2025, 53.0) not in [figure[1:] for figure in on_the_way]


def test_a_numbered_name_goes_on_in_a_line_that_begins_as_no_name_does() -> None:
    text = (
        "【実績】\n\n項目 令和6年度 令和7年度\n\n①生活介護事業所 \n\nからの移行者数 4人 6人\n\n"
        "②自立訓練事業所 \nからの移行者数 2人 3人\n"
    )
    names = {
        o.indicator
        for o in read_document(Source("a.txt", (_TITLE + _GOAL + text).encode())).observations
    }
    assert names <= {"生活介護事業所からの移行者数", "自立訓練事業所からの移行者数"}


def test_a_difference_is_of_the_one_year_of_what_it_compares() -> None:
    said = _said(
        "## 令和4年度\n\n| サービス名 | 単位 | 計画値 | 実績値 | 差引（実績値－計画値） |\n|---|---|---|---|---|\n"
        "| 同行援護 | 人 | 42 | 37 | -5 |\n"
    )
    assert [figure[1:] for figure in said] == [
        ("projected", 2022, 42.0),
        ("actual", 2022, 37.0),
        ("gap", 2022, -5.0),
    ]


def test_the_title_of_a_section_says_what_the_figures_below_it_are_and_ends_the_goal() -> None:
    table = "    サービス名    単位    令和６年度    令和７年度\n    短期入所      人          31            34\n"
    text = "第７期架空市障害福祉計画\n\n（１）障害児支援の提供体制の整備等\n\n    項目    目標\n    協議の場    1か所\n\n"
    named = text + "第３節　障害福祉サービスの見込量\n\n（１）短期入所\n" + table
    records = read_document(Source("a.txt", named.encode())).observations
    assert [(o.measure, o.value, o.goal_id) for o in records if o.indicator == "短期入所"] == [
        ("projected", 31.0, None),
        ("projected", 34.0, None),
    ]
    unnamed = named.replace("（１）短期入所\n", "第４節　その他のサービス\n\n")
    records = read_document(Source("a.txt", unnamed.encode())).observations
    assert not [o for o in records if o.indicator == "短期入所"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("12月末実績", ["projected", "actual"]),
        ("９月末現在の実績値", ["projected", "actual"]),
        ("令和８年３月末実績", ["projected"]),  # of the year before: not told
    ],
)
def test_results_up_to_the_end_of_a_month_are_results(head: str, said: list[str]) -> None:
    text = (
        "                         令和７年度\n"
        f"   サービス      単位     計画          {head}\n"
        "   短期入所      人/月      31              34\n"
        "   同行援護      人/月       9               7\n"
    )
    records = read_document(Source("a.txt", (_TITLE + text).encode())).observations
    assert [o.measure for o in records] == said * 2
    assert {o.fiscal_year for o in records} == {2025}


def test_a_measure_behind_a_blank_is_no_part_of_the_name() -> None:
    said = _said(
        "| 事業名 | 令和6年度 | 令和7年度 |\n|---|---|---|\n"
        "| 移動支援 計画 | 41 | 43 |\n| 移動支援　実績（人/年） | 38 | 45 |\n"
    )
    assert said == [
        ("移動支援", "projected", 2024, 41.0),
        ("移動支援", "projected", 2025, 43.0),
        ("移動支援", "actual", 2024, 38.0),
        ("移動支援", "actual", 2025, 45.0),
    ]


def test_a_year_printed_once_is_that_of_the_measures_behind_it_that_come_again() -> None:
    heads = "| サービス名 | 令和6年度計画 | 実績 | 達成率 | 令和7年度計画 | 実績 | 達成率 |\n"
    row = "| 居宅介護 | 33人 | 31人 | 93.9% | 35人 | 36人 | 102.9% |\n"
    said = _said(heads + "|---|---|---|---|---|---|---|\n" + row)
    assert [figure[1:3] for figure in said] == [
        (measure, year) for year in (2024, 2025) for measure in ("projected", "actual", "gap")
    ]
    said = _said(
        heads.replace("実績 | 達成率 |\n", "比較 | 達成率 |\n")
        + "|---|---|---|---|---|---|---|\n"
        + row
    )
    assert all(figure[2] is None for figure in said if figure[1] == "gap")


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("令和6年度実績値（令和5年度実績値）", "142人（93人）", [("actual", 2024, 142.0), ("actual", 2023, 93.0)]),
        ("令和6年度実績（前年度）", "142（93）", [("actual", 2024, 142.0), ("actual", 2023, 93.0)]),
        ("令和6年度実績(令和5年度)", "142人(93人)", [("actual", 2024, 142.0), ("actual", 2023, 93.0)]),
        ("令和6年度計画値（実績値）", "142人（93人）", [("projected", 2024, 142.0), ("actual", 2024, 93.0)]),
        ("令和6年度実績（達成率）", "142人（93％）", [("actual", 2024, 142.0), ("gap", 2024, 93.0)]),
        ("令和5年度実績値（令和4年度実績値）", "集計中（93人）", [("actual", 2022, 93.0)]),
        ("令和6年度実績", "142人（93人）", [("actual", 2024, 142.0)]),
    ],
)  # fmt: skip
def test_a_head_may_be_of_two_figures_the_second_in_brackets(
    head: str, cell: str, expected: list[tuple[str, int, float]]
) -> None:
    rows = f"| 項目 | 目標値 | {head} |\n|---|---|---|\n| 地域生活移行者数 | 301人 | {cell} |\n"
    said = [figure[1:] for figure in _said(_GOAL + rows)]
    assert said[1:] == expected


def test_what_a_legend_says_otherwise_of_brackets_keeps_them_unread() -> None:
    legend = "※実績の（　）内は令和4年度の実績です。\n\n"
    rows = "| 項目 | 令和6年度実績（前年度） |\n|---|---|\n| 地域生活移行者数 | 142人（93人） |\n"
    assert [figure[1:] for figure in _said(_GOAL + legend + rows)] == [("actual", 2024, 142.0)]


def test_a_count_below_a_year_is_no_year() -> None:
    said = _said(
        "| サービス名 | 単位 | 令和6年度見込量 | 令和7年度見込量 |\n|---|---|---|---|\n"
        "| 協議の場の開催回数 | 回/年 | 6 | 7 |\n| 居宅介護 | 人/月 | 52 | 61 |\n"
    )
    assert [figure[1:] for figure in said] == [
        ("projected", 2024, 6.0),
        ("projected", 2025, 7.0),
        ("projected", 2024, 52.0),
        ("projected", 2025, 61.0),
    ]


_NUMBERED_GOAL = (
    "{0}\n|---|---|---|---|\n| 指標 | 現状(令和4年度末) | 令和6年度目標 | 令和6年度実績 |\n"
    "| 施設入所者数 | 164人 | 162人 | 161人 |\n"
)


@pytest.mark.parametrize(
    "goal",
    [
        "| 成果目標１ | 施設入所者の地域生活への移行 | | |",
        "| 成果目標(1) | 施設入所者の地域生活への移行 | | |",
        "| 基本目標１ | 福祉施設の入所者の地域生活への移行 | | |",
    ],
)
def test_a_goal_beside_its_number_is_the_title_of_the_rows_below(goal: str) -> None:
    found = _read(_TITLE + _NUMBERED_GOAL.format(goal)).observations
    assert {(o.goal_number, o.goal_id) for o in found} == {(1, "facility_to_community")}
    assert [(o.measure, o.value) for o in found] == [
        ("baseline", 164),
        ("target", 162),
        ("actual", 161),
    ]


@pytest.mark.parametrize("words", ["成果目標に係る指標", "目標に関する指標"])
@pytest.mark.parametrize("grade", ["達成見込み", "達成の見込み"])
def test_the_value_of_a_year_between_start_and_target(words: str, grade: str) -> None:
    found = _read(
        "第7期架空市障害福祉計画　進捗状況（令和6年度）\n\n"
        f"| | {words} | 計画策定時の値 | 令和6年度の値 | 目標値 | {grade} |\n|---|---|---|---|---|---|\n"
        "| 入所者の移行 | 施設入所者数 | 307人 （令和4年度末） | 304人 | 291人 （令和8年度末） | △ |\n"
    ).observations
    assert [(o.measure, o.fiscal_year, o.value) for o in found] == [
        ("baseline", 2022, 307),
        ("actual", 2024, 304),
        ("target", 2026, 291),
        ("gap", None, None),
    ]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("令和6年度、令和7年度の見込量を次のとおり設定します。", "projected"),
        ("令和6年度と令和7年度の実績は、以下のとおりです。", "actual"),
        ("各年度の利用実績は次の表のとおりです。", "actual"),
    ],
)
def test_a_sentence_right_over_a_table_says_what_it_is_of(sentence: str, measure: str) -> None:
    table = "| サービス名 | 令和6年度 | 令和7年度 |\n|---|---|---|\n| 居宅介護 | 132人 | 136人 |\n"
    title = "第7期架空市障害福祉計画\n\n利用の動き\n\n"
    assert [o.measure for o in _read(f"{title}{sentence}\n\n{table}").observations] == [measure] * 2
    both = sentence.replace("見込量", "見込量と実績").replace("実績は", "見込量と実績は")
    if both != sentence:
        assert _read(f"{title}{both}\n\n{table}").observations == ()


def test_a_report_on_one_year_has_no_results_of_a_later_one() -> None:
    titled = "架空市障害福祉計画 令和6年度の実績\n\n"
    rows = "| 項目 | 令和8年度 | 令和6年度 |\n|---|---|---|\n| 施設入所者数 | 12人 | 14人 |\n"
    read = read_document(Source("a.md", (titled + rows).encode()))
    assert [(o.measure, o.fiscal_year, o.value) for o in read.observations] == [
        ("actual", 2024, 14)
    ]
    assert [f.rule for f in read.findings if "「12人」" in f.message] == ["unknown_measure"]


def test_the_results_of_the_targets_are_actuals() -> None:
    text = """\
成果目標　１　施設入所者の地域生活への移行

【成果目標の実績】
| 項目 | 令和元年度 | 令和2年度 |
|---|---|---|
| 地域生活移行者数 | 1人 | 2人 |
"""
    read = read_document(Source("a.md", text.encode()))
    assert {o.measure for o in read.observations} == {"actual"}


def test_numbered_goals_left_of_the_names_are_no_names() -> None:
    text = """\
# 架空県障がい福祉計画の進捗

| 施策区分 | 項　　目 | 単位 | 令和6年度目標値 | 令和6年度実績値 |
|---|---|---|---|---|
| 1 地域生活への移行 | 施設入所者数 | 人 | 120 | 118 |
| 2 福祉施設から一般就労への移行等 | 一般就労移行者数 | 人 | 30 | 28 |
| 3 障がい児支援の提供体制の整備等 | 児童発達支援センターの設置数 | か所 | 2 | 1 |
"""
    read = read_document(Source("a.md", text.encode())).observations
    assert [(o.indicator, o.breakdown, o.goal_id) for o in read[2:5:2]] == [
        ("一般就労移行者数", None, "employment_transition"),
        ("児童発達支援センターの設置数", None, "child_support_system"),
    ]


def test_a_subset_of_a_part_is_named_by_both() -> None:
    text = """\
# 架空市障害福祉計画の進捗

| 区分 | 単位 | 令和6年度見込 | 令和6年度実績 |
|---|---|---|---|
| 共同生活援助 | 人/月 | 263<br>[121] | 271<br>[130] |
| うち日中サービス支援型 | 人/月 | 10<br>[2] | 9<br>[1] |

※[ ]内は精神障害者の内数
"""
    read = read_document(Source("a.md", text.encode())).observations
    assert [o.breakdown for o in read if o.value in (2, 10)] == [
        "うち日中サービス支援型",
        "うち日中サービス支援型・精神障害者",
    ]


_COUNTS = "| 居宅介護 | 人/月 | 4 | 5 |\n| | 時間/月 | 38 | 51 |\n"


@pytest.mark.parametrize(
    "heads",
    [
        "| サービス名 | 単位 | 令和４年度 | |\n|---|---|---|---|\n| | | 見込量 | 実績 |\n",
        "令和４年度\n\n| サービス名 | 単位 | 見込量 | 実績 |\n|---|---|---|---|\n",
        "| サービス名 | 単位 | 第６期 | |\n|---|---|---|---|\n| | | 令和４年度 | |\n| | | 見込量 | 実績 |\n",
    ],
)
def test_a_count_beside_a_name_and_below_a_measure_is_no_year(heads: str) -> None:
    assert _said("活動指標\n\n" + heads + _COUNTS) == [
        ("居宅介護", "projected", 2022, 4.0),
        ("居宅介護", "actual", 2022, 5.0),
        ("居宅介護", "projected", 2022, 38.0),
        ("居宅介護", "actual", 2022, 51.0),
    ]
