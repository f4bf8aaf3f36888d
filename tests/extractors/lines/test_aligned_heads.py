"""Aligned tables: heads over groups of years, labels over several lines or half-way, narrow gaps."""

from __future__ import annotations

import re

import pytest
from keikaku.extractors.document import Grid
from keikaku.extractors.gathering import gather_tables
from keikaku.extractors.text import read_text
from keikaku.pipeline.journey import Source, read_document

GROUPS = """
                      {first}                  見　込　量
 サービス名   単位   令和３年度  令和４年度   令和５年度  令和６年度
 居宅介護     人／月    112         118          121         125
              時間／月  1,790       1,864        1,900       1,960
 自立訓練     人／月      1           2            2           2
 （機能訓練）  人日／月   12          30           30          30
"""
HALF_WAY = """
 サービス種別      単位     R3年度     R4年度     R5年度
                  人日/月   1,215      1,402      1,588
 児童発達支援
                  人/月       121        139        156
 相談支援         人/月        66         71         78
"""
REMARK = """
 サービス名   単位   令和３年度  令和４年度  令和５年度
                                              （見込み）
 居宅介護     人      112         118         121
"""
BROKEN = """
                                 令和６年度         令和７年度      前年度        {word}
 サービス名             単位   見込量   実績     見込量   実績     からの増減    （{year}）
 ────────────────────────────────────────────────
 短期入所（福祉型）     人日      41      38        44      46         ▲8         104.5%
 短期入所（医療型）     人日       3       0         3       2           2          66.7%
"""


def gather(source: str) -> tuple[list[list[str]], set[str]]:
    """The printed cells of the one table, row by row, and the rules of the findings."""
    gathered = gather_tables(read_text(source), source)
    grids = [block for block in gathered.blocks if isinstance(block, Grid)]
    rows = [[cell.text for cell in row if cell.lines] for grid in grids for row in grid.rows()]
    return rows, {notice.rule for notice in gathered.notices}


def test_letter_spaced_heads_stand_over_their_years() -> None:
    source = GROUPS.format(first="実　　績")
    grid = next(b for b in gather_tables(read_text(source), source).blocks if isinstance(b, Grid))
    over = {cell.text: (cell.column, cell.column_span) for cell in grid.cells if cell.row == 0}
    assert over["実　　績"] == (2, 2)
    assert over["見　込　量"] == (4, 2)


def test_a_name_that_goes_on_beside_its_second_unit_is_one_label() -> None:
    rows, _ = gather(GROUPS.format(first="実　　績"))
    assert rows[4][0] == "自立訓練\n（機能訓練）"
    assert rows[5][0] == "人日／月"


@pytest.mark.parametrize("word", ["参　　照", "そ　の　他　の　値"])
def test_a_head_that_is_not_understood_refuses_the_table(word: str) -> None:
    rows, rules = gather(GROUPS.format(first=word))
    assert (rows, rules) == ([], {"heads_not_understood"})


def test_names_half_way_between_their_rows() -> None:
    rows, rules = gather(HALF_WAY)
    assert [row[0] for row in rows[1:]] == ["児童発達支援", "人/月", "相談支援"]
    assert not rules


def test_rows_that_begin_without_a_name_are_refused() -> None:
    rows, rules = gather(HALF_WAY.replace(" 児童発達支援\n", ""))
    assert (rows, rules) == ([], {"heads_not_understood"})


def test_a_lone_measure_below_one_year_is_not_understood() -> None:
    rows, rules = gather(REMARK)
    assert (rows, rules) == ([], {"heads_not_understood"})


def test_full_width_blanks_part_cells() -> None:
    rows, _ = gather(
        "サービス名　　単位　　計画値　実績値　達成率\n"
        "居宅介護　　　人　　　245　　251　　102.4%\n"
        "　　　　　　　時間　　3,675　3,514　95.6%\n"
    )
    assert rows[1:] == [
        ["居宅介護", "人", "245", "251", "102.4%"],
        ["時間", "3,675", "3,514", "95.6%"],
    ]


def read(source: str) -> list[tuple[str, str | None, int | None, float | None]]:
    """Measure, series, year and value of each figure of the first row."""
    text = "第７期架空町障害福祉計画　進捗状況\n" + source
    records = read_document(Source("plan.txt", text.encode())).observations
    return [
        (o.measure, o.series, o.fiscal_year, o.value)
        for o in records
        if o.indicator == records[0].indicator and o.breakdown == records[0].breakdown
    ]


def test_heads_of_two_lines_stand_beside_the_years() -> None:
    assert read(BROKEN.format(word="対見込比", year="令和７年度"))[:6] == [
        ("projected", None, 2024, 41.0),
        ("actual", None, 2024, 38.0),
        ("projected", None, 2025, 44.0),
        ("actual", None, 2025, 46.0),
        ("gap", "前年度からの増減", None, -8.0),
        ("gap", "対見込比(令和7年度)", 2025, 104.5),
    ]


def test_a_rate_of_a_year_without_actuals_is_of_no_year() -> None:
    said = read(BROKEN.format(word="目標達成率", year="令和８年度"))
    assert said[5] == ("gap", "目標達成率(令和8年度)", None, 104.5)


def test_a_word_that_is_no_measure_beside_measures_is_refused() -> None:
    text = "第７期架空町障害福祉計画\n" + BROKEN.format(word="照合結果", year="令和７年度")
    reading = read_document(Source("plan.txt", text.encode()))
    assert len(reading.observations) == 10
    assert "unknown_column" in {finding.rule for finding in reading.findings}


@pytest.mark.parametrize("last", ["差　　引", "増　　減"])
def test_what_compares_the_years_is_under_none_of_them(last: str) -> None:
    source = BROKEN.format(word=last, year="人")
    over = {
        cell.text: (cell.column, cell.column_span)
        for block in gather_tables(read_text(source), source).blocks
        if isinstance(block, Grid)
        for cell in block.cells
        if cell.row == 0
    }
    assert over["令和６年度"] == (2, 2)
    assert over["令和７年度"] == (4, 2)


@pytest.mark.parametrize("rule", ["━" * 30, "-" * 60, " =====  ====== " * 3])
def test_a_drawn_line_below_the_heads_is_none_of_the_rows(rule: str) -> None:
    source = BROKEN.format(word="対見込比", year="令和７年度")
    ruled = re.sub("─+", rule, source)
    assert rule in ruled
    assert read(ruled) == read(source) != []


BESIDE_TEXT = """
 指　標                          目標値        目標値設定の考え方
 ①{first}     ４回          部会３回、全体会１回
 {rest}
 ②相談支援専門員の数            11人以上      現在の９人に２人を加える。
                                               （常勤８人、非常勤３人）
"""


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("関係機関による協議の場の", "開催回数"),
        ("関係機関が集まる協議会の", "  開催回数"),
        ("関係機関が集まる協議の場", "開催回数"),
    ],
)
def test_a_name_beside_text_goes_on_in_the_next_line(first: str, rest: str) -> None:
    rows, _ = gather(BESIDE_TEXT.format(first=first, rest=rest))
    assert [row[:2] for row in rows] == [
        ["指　標", "目標値"],
        [f"①{first}\n開催回数", "４回"],
        ["②相談支援専門員の数", "11人以上"],
    ]
    assert rows[-1][2] == "現在の９人に２人を加える。\n（常勤８人、非常勤３人）"


UNEVEN = """
 サービス名             単位            令和３年度                   令和４年度          令和５年度
                                  計画    実績   執行率       計画    実績   執行率      計画
 同行援護               人／月       12      11    91.7%         13      14   107.7%       15
 居宅訪問型児童発達     人／月        4       3    75.0%          4       4   100.0%        5
 {rest}
"""


def test_years_stand_over_groups_that_begin_alike_the_last_cut_short() -> None:
    rows, rules = gather(UNEVEN.format(rest=""))
    years = ["令和３年度"] * 3 + ["令和４年度"] * 3 + ["令和５年度"]
    source = UNEVEN.format(rest="")
    grids = [b for b in gather_tables(read_text(source), source).blocks if isinstance(b, Grid)]
    over = [
        cell.text
        for cell in next(iter(grids[0].rows()))
        for _ in range(cell.column_span)
        if cell.lines
    ]
    assert over == ["サービス名", "単位", *years]
    assert rows[1] == ["計画", "実績", "執行率"] * 2 + ["計画"]
    assert not rules


def test_groups_that_are_not_alike_are_nobodys() -> None:
    other = UNEVEN.replace("計画    実績   執行率      計画", "計画    執行率   実績      計画")
    records = read_document(
        Source("sheet.txt", ("第６期架空市障害福祉計画\n" + other.format(rest="")).encode())
    )
    assert not records.observations
    assert "heads_not_understood" in {finding.rule for finding in records.findings}


def test_only_both_lines_together_are_a_known_name() -> None:
    rows, rules = gather(UNEVEN.format(rest="支援"))
    assert rows[-1][0] == "居宅訪問型児童発達\n支援"
    assert not rules


def test_a_line_that_may_be_the_rest_of_a_name_or_a_heading_leaves_neither() -> None:
    broken = UNEVEN.replace("居宅訪問型児童発達", "つながり応援てだすけ").format(
        rest="見守り\n 移動支援               人／月        4       3    75.0%          4       4   100.0%        5"
    )
    rows, rules = gather(broken)
    assert "つながり応援てだすけ" not in [row[0] for row in rows]
    assert rules == {"displaced_values"}


def test_a_running_head_among_numbered_rows_is_no_rest_of_a_name() -> None:
    text = BESIDE_TEXT.format(first="関係機関が集まる協議の場", rest="開催回数")
    rows, _ = gather(text.replace(" 開催回数", "第５章　サービスの提供"))
    assert ["第５章　サービスの提供"] in rows
    assert not any("第５章" in cell for row in rows if len(row) > 1 for cell in row)


def test_sentences_stay_beside_figures_under_heads_of_two_lines() -> None:
    text = (
        "第１期架空市障害児福祉計画\n\n目標５　障害児支援の提供体制の整備等\n"
        "    項目                  平成28年度末    令和２年度末    目標値の考え方\n"
        "                          （基準値）      （目標値）\n"
        "    保育所等訪問支援          1か所           3か所       町内で実施する。\n"
        "    児童発達支援センター      0か所           2か所       圏域で設ける。\n"
    )
    records = read_document(Source("sheet.txt", text.encode()))
    assert [(o.measure, o.value) for o in records.observations] == [
        ("baseline", 1.0),
        ("target", 3.0),
        ("baseline", 0.0),
        ("target", 2.0),
    ]


_UNEVEN = """
                          令和５年度       令　和　６　年　度
 サービス名     単位         実績        計画      実績    {rate}
 居宅介護       人／月          31          34        30      88.2
 短期入所       人日／月        52          60        66     110.0
"""


@pytest.mark.parametrize("rate", ["計画比(%)", "達成率(%)"])
def test_years_stand_in_the_middle_of_heads_that_do_not_repeat(rate: str) -> None:
    said = [figure[0::2] for figure in read(_UNEVEN.format(rate=rate))]
    assert said == [("actual", 2023), ("projected", 2024), ("actual", 2024), ("gap", 2024)]


def test_years_that_stand_far_from_the_middle_of_their_heads_are_refused() -> None:
    heads = "                                   令和５年度         令和６年度\n"
    lines = _UNEVEN.format(rate="計画比(%)").split("\n")
    rows, rules = gather("\n".join(["", heads.rstrip(), *lines[2:]]))
    assert (rows, rules) == ([], {"heads_not_understood"})


def test_a_title_with_a_remark_far_behind_it_is_no_line_of_heads() -> None:
    title = "２ 在宅サービスの利用状況                 （各年度３月利用分、単位：人／月）\n"
    rows, rules = gather(
        title + "   区分        令和６年度    令和７年度\n   居宅介護       31          34\n"
    )
    assert rows[1:] == [["居宅介護", "31", "34"]]
    assert not rules


_TURNED_BACK = """
                         目標値             実　績　値
 項　　目              令和８年度末   令和６年度   令和７年度   令和８年度
 地域生活移行者数          6人          2人          1人          4人
"""


def test_years_that_turn_back_begin_a_group() -> None:
    assert [figure[0::2] for figure in read(_TURNED_BACK)] == [
        ("target", 2026),
        ("actual", 2024),
        ("actual", 2025),
        ("actual", 2026),
    ]


_BY_INDICATOR = """
指標{0}　基幹相談支援センターの設置数
                                令和６年度      令和７年度      令和８年度
      目標値（累計）                 1か所           2か所           2か所
      実績値（累計）                 1か所           1か所              －
      達成率                      100.0％          50.0％              －
      評価                            Ａ              Ｄ              －

成果目標４　福祉施設から一般就労への移行等　　　　所管：障がい福祉課
    総合評価（令和７年度）　　Ｂ
"""


@pytest.mark.parametrize("number", ["①", "２", "１："])
def test_a_block_for_each_indicator_with_its_grades(number: str) -> None:
    text = "第７期架空町障害福祉計画　評価シート\n" + _BY_INDICATOR.format(number)
    said = [
        (o.indicator, o.measure, o.series, o.fiscal_year, o.value, o.text)
        for o in read_document(Source("plan.txt", text.encode())).observations
        if o.fiscal_year == 2025
    ]
    name = "基幹相談支援センターの設置数"
    assert said[:4] == [
        (name, "target", "目標値(累計)", 2025, 2.0, None),
        (name, "actual", "実績値(累計)", 2025, 1.0, None),
        (name, "gap", "達成率", 2025, 50.0, None),
        (name, said[3][1], "評価", 2025, None, "D"),
    ]
    assert len(said) == 4


@pytest.mark.parametrize("rest", ["率が３割以上の事業所数", "者数（実人数）", "等"])
def test_what_is_no_beginning_is_the_rest_of_the_name_above(rest: str) -> None:
    rows, rules = gather(
        "   項目                   単位    目標値     実績値\n"
        "   就労定着支援の定着     か所       4          3\n"
        f"   {rest}\n"
        "   基幹相談支援センター   か所       1          1\n"
    )
    assert rows[1][0] == f"就労定着支援の定着\n{rest}"
    assert not rules


def test_a_title_and_the_heads_below_a_blank_line_are_two_things() -> None:
    text = (
        "第７期架空町障害福祉計画\n\n令和６年度　成果目標の達成状況\n\n"
        "   指標                   単位       目標値           実績値\n"
        "                                  （令和８年度）   （令和６年度）\n"
        "   施設入所者数           人            81               86\n"
    )
    records = read_document(Source("plan.txt", text.encode())).observations
    assert [(o.measure, o.fiscal_year, o.value) for o in records] == [
        ("target", 2026, 81.0),
        ("actual", 2024, 86.0),
    ]


def test_years_that_begin_over_results_before_plans_are_refused() -> None:
    source = (
        "                      令和５年度（2023年度）      令和６年度（2024年度）\n"
        "   事業名     単位       実績         計画      実績\n"
        "   移動支援   人/年        12           14        11\n"
    )
    rows, rules = gather(source)
    assert (rows, rules) == ([], {"heads_not_understood"})


def test_years_that_turn_back_far_from_their_heads_are_refused() -> None:
    lines = _TURNED_BACK.replace("令和８年度末   令和６年度", "令和６年度   令和８年度末")
    rows, rules = gather(lines)
    assert (rows, rules) == ([], {"heads_not_understood"})


def test_a_name_loses_no_half_with_the_row_that_lost_a_figure() -> None:
    whole = " （機能訓練）  人日／月   12          30           30          30"
    damaged = GROUPS.format(first="実　　績").replace(
        whole, " （機能訓練）  人日／月   12          30           30"
    )
    names = {row[0] for row in gather(damaged)[0]}
    assert "自立訓練" not in names


_HALVES = """
 サービス種別      単位     R3年度     R4年度     R5年度
                  人日/月   1,215      1,402      1,588
 児童発達支援
                  人/月       121        139        156
                  人日/月      11         19         24
 あおぞら教室
                  人/月         8      {lost}     15
                  人日/月       4          5          6
 ひだまり教室
                  人/月         1          1          1
"""


def test_a_row_that_lost_a_figure_takes_its_other_half_with_it() -> None:
    whole, damaged = (gather(_HALVES.format(lost=lost))[0] for lost in ("    12   ", "      "))
    assert [row[0] for row in whole[1::2]] == ["児童発達支援", "あおぞら教室", "ひだまり教室"]
    assert "あおぞら教室" not in {row[0] for row in damaged}


def test_a_number_between_the_halves_of_a_name_leaves_both_unread() -> None:
    below = "\n （機能訓練）"
    damaged = GROUPS.format(first="実　　績").replace(below, "\n   12" + below)
    assert "自立訓練" not in {row[0] for row in gather(damaged)[0]}


_NAMED_GROUPS = """
      指標                            基準値        目標値                    実績値              {last}
                                      R1年度        R5年度        R3年度      R4年度      R5年度
      一般就労への移行者数              18人          24人          15人        19人        26人      {rate}
"""


@pytest.mark.parametrize(("last", "rate"), [("", ""), ("達成率", "108.3％"), ("備考", "概ね順調")])
def test_groups_of_years_beside_the_head_of_the_names(last: str, rate: str) -> None:
    said = [f[0::2] for f in read(_NAMED_GROUPS.format(last=last, rate=rate)) if f[3] != 108.3]
    assert said == [
        ("baseline", 2019),
        ("target", 2023),
        ("actual", 2021),
        ("actual", 2022),
        ("actual", 2023),
    ]


def test_a_head_just_over_one_of_its_years_may_be_of_that_alone() -> None:
    lost = _NAMED_GROUPS.format(last="", rate="").replace("基準値", "　　　")
    rows, rules = gather(lost)
    assert (rows, rules) == ([], {"heads_not_understood"})


@pytest.mark.parametrize("left", [0, 20])
def test_years_between_two_heads_are_the_nearer_ones(left: int) -> None:
    """As many heads as years but one: it is not told whose 令和５年度 is where it stands between."""
    pad = " " * left
    source = (
        f"   項目{pad}              目標値（人）               実績値（人）\n"
        f"   　　{pad}               R8年度         R6年度        R7年度\n"
        f"   移行者数{pad}                 9            2             3\n"
    )
    said = [figure[0::2] for figure in read(source)]
    assert said in ([], [("target", 2026), ("actual", 2024), ("actual", 2025)])


def test_heads_with_one_wide_blank_between_them_where_the_wide_gaps_tell_nothing() -> None:
    """平成30年度　令和元年度 beside 目標値 over 令和２年度: cells all the same, where every row is whole."""
    text = (
        "第５期架空市障害福祉計画の実績\n\n"
        "目標項目　　　　　　　　　　目標値　　　平成30年度　令和元年度　令和２年度\n"
        "　　　　　　　　　　　　　　令和２年度　実績　　　　実績　　　　実績\n"
        "地域生活移行者数（累計）　　　18人　　　4人　　　7人　　　9人\n"
        "施設入所者数　　　192人　　　196人　　　195人　　　191人\n"
    )
    found = read_document(Source("report.txt", text.encode())).observations
    assert [
        (o.measure, o.fiscal_year, o.value) for o in found if o.indicator == "施設入所者数"
    ] == [
        ("target", 2020, 192.0),
        ("actual", 2018, 196.0),
        ("actual", 2019, 195.0),
        ("actual", 2020, 191.0),
    ]


_BRACKETS_SIDE_BY_SIDE = """第７期架空市障害福祉計画　進捗状況

項目                      基準値      目標値      実績値
                          {0}
施設入所者数              158人       150人       156人
地域生活移行者数          -           10人        3人
"""


@pytest.mark.parametrize(
    "years",
    [
        "（R4年度末）（R8年度末）（R6年度末）",
        "(R4年度末) (R8年度末) (R6年度末)",
        "（令和４年度）（令和８年度）（令和６年度）",
    ],
)
def test_brackets_side_by_side_stand_each_below_a_head(years: str) -> None:
    source = Source("a.txt", _BRACKETS_SIDE_BY_SIDE.format(years).encode())
    found = [(o.measure, o.fiscal_year) for o in read_document(source).observations]
    assert found == [("baseline", 2022), ("target", 2026), ("actual", 2024)] * 2


YEAR_BELOW = """
    項目                      目標        令和３年度  令和４年度  達成状況
                              {}実績        実績
    施設入所者数              278人       290人       287人       未達成
    地域移行者数（累計）      26人        3人         9人         達成
"""


def _told(text: str) -> list[tuple[object, ...]]:
    source = Source("plan.txt", f"第６期架空市障害福祉計画の実績\n{text}".encode())
    found = read_document(source).observations
    return [(o.measure, o.fiscal_year, o.value) for o in found if o.value is not None]


@pytest.mark.parametrize("year", ["（５年度末）", "（令和５年）", "（５年度）  "])
def test_a_year_in_brackets_that_fills_its_column(year: str) -> None:
    assert _told(YEAR_BELOW.format(year)) == [
        ("target", 2023, 278.0),
        ("actual", 2021, 290.0),
        ("actual", 2022, 287.0),
        ("target", 2023, 26.0),
        ("actual", 2021, 3.0),
        ("actual", 2022, 9.0),
    ]


def test_rows_that_stand_askew_under_heads_of_two_lines_are_refused() -> None:
    rows = YEAR_BELOW.format("（５年度末）").replace(
        "  278人       290人       287人       ", "278人   290人   287人   "
    )
    rows = rows.replace("  26人        3人         9人         ", "26人    3人     9人     ")
    assert _told(rows) == []


@pytest.mark.parametrize(
    "unit", ["（１月当たり）", "（単位：人）", "（1か月あたり）", "（人/月）", "［月平均］"]
)
def test_a_table_ends_above_the_title_of_the_next_and_its_unit(unit: str) -> None:
    title = "（２）障がい児通所支援" + " " * 40 + unit
    text = (
        "  項目                   目標値    令和３年度    令和４年度\n"
        "                     (令和５年度)      実績          実績\n"
        "  児童発達支援センター    １か所        １か所        ２か所\n"
        f"\n                  - 1 -\n{title}\n\n"
        "  サービス名           単位       令和３年度          令和４年度\n"
        "                               見込量     実績     見込量     実績\n"
        "  児童発達支援         人           120      131      126      148\n"
    )
    rows, rules = gather(text)
    assert ["児童発達支援センター", "１か所", "１か所", "２か所"] in rows
    assert ["児童発達支援", "人", "120", "131", "126", "148"] in rows
    assert not rules
