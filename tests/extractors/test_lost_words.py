"""Words that were lost (a caption, a head, a label): what is left never borrows those of another."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第7期架空市障害福祉計画　進捗状況\n\n"
_GOAL = "１　福祉施設の入所者の地域生活への移行\n\n"
_YEARS = "                令和６年度    令和７年度\n"
_PLAN = f"{_YEARS}計画相談支援    52人          57人\n地域定着支援    6人           8人\n\n"
_DONE = f"{_YEARS}計画相談支援    49人          55人\n地域定着支援    5人           9人\n\n"


def _read(text: str, name: str = "plan.txt"):
    return read_document(Source(name, (_TITLE + text).encode()))


def _said(text: str, name: str = "plan.txt") -> list[tuple[object, ...]]:
    return [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value)
        for o in _read(text, name).observations
        if o.value is not None
    ]


def _rules(text: str, name: str = "plan.txt") -> set[str]:
    return {finding.rule for finding in _read(text, name).findings}


# -- captions ------------------------------------------------------------------------------------


def _measures(text: str) -> list[object]:
    return [measure for _, _, measure, *_ in _said(text)]


def test_a_caption_over_each_table() -> None:
    text = f"１　相談支援\n\n＜計画値＞\n{_PLAN}＜実績値＞\n{_DONE}"
    assert _measures(text) == ["projected"] * 4 + ["actual"] * 4


@pytest.mark.parametrize("between", ["", "12\n\n", "※月平均の人数。\n\n"])
def test_a_second_table_that_says_otherwise_has_lost_its_caption(between: str) -> None:
    text = f"１　相談支援\n\n＜計画値＞\n{_PLAN}{between}{_DONE}"
    assert _measures(text) == ["projected"] * 4
    assert "undecided_columns" in _rules(text)


def test_other_rows_and_other_years_stay_under_the_caption() -> None:
    others = _DONE.replace("計画相談", "地域移行").replace("地域定着", "自立生活")
    later = _DONE.replace("令和６", "令和８").replace("令和７", "令和９")
    for below in (others, later):
        assert _measures(f"１　相談支援\n\n＜計画値＞\n{_PLAN}{below}") == ["projected"] * 8


def test_heads_without_measure_below_heads_that_have_their_own() -> None:
    text = (
        "【目標値】\n項目              令和８年度末の目標    基準（令和４年度末）\n"
        "地域生活移行者数    9人                   －\n施設入所者数        120人以下             127人\n\n"
        "項目              令和６年度    令和７年度（12月末）\n"
        "地域生活移行者数    2人           5人\n施設入所者数        126人         124人\n"
    )
    assert {value for *_, value in _said(text)} == {9.0, 120.0, 127.0}


def test_a_list_of_baselines_that_goes_on_to_the_years_of_the_plan() -> None:
    text = _GOAL + (
        "【基準値】\n○令和４年度末時点の施設入所者数　205人\n○地域生活移行者数　12人\n"
        "○令和８年度末時点の施設入所者数　195人\n"
    )
    assert _said(text) == [("施設入所者数", None, "baseline", 2022, 205.0)]
    assert "undecided_columns" in _rules(text)


# -- heads ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["令和６年度", "令和６年度（12月末）"])
def test_a_year_whose_measure_was_lost_among_others_that_have_theirs(lost: str) -> None:
    text = (
        f"以下、項目、令和５年度実績、{lost}、令和７年度実績、令和８年度目標の順に記載\n"
        "地域生活移行者数、2人、3人、4人、11人\n"
    )
    assert {year for *_, year, _ in _said(text)} == {2023, 2025, 2026}


def test_an_order_that_was_lost_is_not_that_of_another_table() -> None:
    text = (
        "以下、項目、令和４年度末の基準値、令和８年度末の目標値、令和６年度の実績、評価の順に記載\n"
        "施設入所者数、122人、115人、121人、B\n\n１　訪問系サービス\n居宅介護、381人、377人、389人、392人\n"
    )
    assert {name for name, *_ in _said(text)} == {"施設入所者数"}
    assert "unread_figures" in _rules(text)


def test_an_order_that_is_not_understood_ends_the_one_above_it() -> None:
    text = (
        "以下、項目、令和４年度末の基準値、令和８年度末の目標値、令和６年度の実績の順に記載\n"
        "施設入所者数、122人、115人、121人\n\n以下、サービス名、甲、乙、丙の順に記載\n居宅介護、38人、37人、39人\n"
    )
    assert {name for name, *_ in _said(text)} == {"施設入所者数"}


def test_measures_that_change_their_turn_stand_under_other_years() -> None:
    text = (
        "                令和６年度    　令和７年度      令和８年度\n"
        "サービス名      見込    実績    見込    実績    見込\n"
        "居宅介護        295     288     302     297     309\n"
    ).replace("　令和７年度      令和８年度", "令和７年度  令和８年度")
    assert all(year != 2026 or measure == "projected" for _, _, measure, year, _ in _said(text))


def test_a_last_column_that_lost_its_head_leaves_all_in_doubt() -> None:
    text = (
        "                        目標値      実績\n"
        "                        令和８年度  令和６年度    令和７年度\n"
        "コーディネーター配置数  3人         0人           1人           2人\n"
        "協議の場の設置          設置        検討中        設置          設置\n"
    )
    assert {measure for _, _, measure, *_ in _said(text)} <= {"target"}


@pytest.mark.parametrize("numbers", ["１２４", "１"])
def test_numbers_of_goals_are_no_targets(numbers: str) -> None:
    rows = "".join(f"| {n} | 移行者数その{n} | 4人 | 3人 |\n" for n in numbers)
    text = f"| 目標 | 指標 | R6目標 | R6実績 |\n|---|---|---|---|\n{rows}"
    assert [value for *_, value in _said(text, "plan.md")] == [4.0, 3.0] * len(numbers)


# -- labels --------------------------------------------------------------------------------------


_PIPES = "| 区分 | サービス | 単位 | R6計画 | R6実績 | 達成率 |\n|---|---|---|---|---|---|\n"


def test_a_row_without_its_label_takes_no_figure_or_rate_from_the_one_above() -> None:
    rows = (
        "| 日中系 | 生活介護 | 人/月 | 163 | 164 | 100.6% |\n| | | 人/月 | 195 | 210 | 107.7% |\n"
    )
    assert _said(_PIPES + rows, "plan.md") == []
    assert "undecided_columns" in _rules(_PIPES + rows, "plan.md")


def test_a_row_of_another_unit_goes_on_with_the_label_above() -> None:
    rows = (
        "| 訪問系 | 居宅介護 | 人/月 | 12 | 13 | 108.3% |\n| | | 時間/月 | 120 | 150 | 125.0% |\n"
    )
    assert [name for name, *_ in _said(_PIPES + rows, "plan.md")] == ["居宅介護"] * 6


def test_people_are_not_counted_under_the_number_of_meetings() -> None:
    rows = "| | 協議の場の開催回数 | 回 | 3 | 2 | 66.7% |\n| | | 人 | 12 | 14 | 116.7% |\n"
    assert [value for *_, value in _said(_PIPES + rows, "plan.md")] == [3.0, 2.0, 66.7]


def test_a_part_of_a_whole_two_labels_above_is_its_part() -> None:
    rows = "| 日中系 | 就労継続支援Ｂ型 | 人/月 | 20 | 22 | 110% |\n| | うち精神 | 人/月 | 9 | 8 | 88.9% |\n"
    assert [row[:2] for row in _said(_PIPES + rows, "plan.md")][3:] == [
        ("就労継続支援B型", "うち精神")
    ] * 3


def test_a_part_whose_whole_is_not_there_is_refused() -> None:
    heads = "項目／令和８年度目標／令和６年度実績\n"
    text = f"{heads}一般就労移行者数／28人／19人\n12\n　うち就労継続支援Ａ型／7人／5人\n"
    assert {value for *_, value in _said(text)} == {28.0, 19.0}
    assert "no_indicator" in _rules(text)


@pytest.mark.parametrize(
    "head", ["第５章　サービスの提供体制", "資料編", "参考資料２", "第3部 資料"]
)
def test_the_running_head_of_a_page_names_no_row(head: str) -> None:
    text = (
        "［生活介護］\n利用者数（人／月）　計画　Ｒ６＝140、Ｒ７＝144　実績　Ｒ６＝141、Ｒ７＝143\n"
        f"{head}\n利用日数（人日／月）　計画　Ｒ６＝280、Ｒ７＝288　実績　Ｒ６＝276、Ｒ７＝281\n"
    )
    assert {name for name, *_ in _said(text)} <= {"生活介護"}


def test_a_label_that_begins_within_the_span_of_another() -> None:
    row = "<tr><td rowspan='2'>短期入所</td><td>福祉型</td><td>4</td><td>3</td></tr>"
    text = (
        "<table><tr><th>項目</th><th>内訳</th><th>R6見込</th><th>R6実績</th></tr>"
        f"{row}{row}<tr><td>医療型</td><td>8</td><td>9</td></tr></table>"
    )
    assert all(value not in (8.0, 9.0) for *_, value in _said(text, "plan.md"))


def test_the_end_of_a_bracket_is_no_name() -> None:
    rows = "| | ／月） | 人/月 | 3 | 2 | 66.7% |\n"
    assert _said(_PIPES + rows, "plan.md") == []


# -- years in labels -----------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["令和４年度", "令和4年度（2022年度）", "2022年度", "R4年度"])
def test_a_year_before_the_name_with_its_other_name(year: str) -> None:
    text = f"{_GOAL}【基準値】\n○{year}末時点の施設入所者数　205人\n"
    assert _said(text) == [("施設入所者数", None, "baseline", 2022, 205.0)]


def test_a_year_without_era_that_nobody_tells_is_no_name() -> None:
    text = f"{_GOAL}【基準値】\n○5年度末時点の施設入所者数　205人\n"
    reading = read_document(Source("plan.txt", text.encode()))
    assert not reading.observations
    assert "unknown_year" in {finding.rule for finding in reading.findings}


# -- figures -------------------------------------------------------------------------------------


_SET = (
    "                    令和６年度          令和７年度\n"
    "サービス名         計画    実績        計画    実績\n"
    "居宅介護            527     470         561     602\n"
    "行動援護             44      47          46      45\n"
    "同行援護              6       5           8       9\n"
)


def test_a_row_whose_figures_moved_up_is_refused() -> None:
    assert len(_said(_SET + "短期入所             31      33          35      36\n")) == 16
    text = _SET + "短期入所             31      35      36\n"
    assert {name for name, *_ in _said(text)} == {"居宅介護", "行動援護", "同行援護"}


def test_a_row_that_leaves_a_place_blank_is_read() -> None:
    text = _SET + "短期入所             31                  35\n"
    assert [row[2:] for row in _said(text)[12:]] == [
        ("projected", 2024, 31.0),
        ("projected", 2025, 35.0),
    ]


# -- heads and rows that moved -------------------------------------------------------------------


_HEADS = (
    "| サービス | 単位 | R6 | | R7 | |\n|---|---|---|---|---|---|\n"
    "| | | 見込 | 実績 | 見込 | 実績 |\n"
)
_ROWS = "| 居宅介護 | 人/月 | 31 | 28 | 33 | 35 |\n| 行動援護 | 人/月 | 7 | 5 | 9 | 8 |\n"


@pytest.mark.parametrize(
    ("printed", "lost"),
    [
        ("| | | 見込 | 実績 | 見込 | 実績 |\n", ""),
        ("| サービス | 単位 | R6 | | R7 | |", "| サービス | 単位 | | | | |"),
        ("| | | 見込 | 実績 | 見込 | 実績 |", "| | | 見込 | 実績 | 実績 | 見込 |"),
        ("| R6 | | R7 | |", "| R6 | R7 | | |"),
    ],
)
def test_a_line_of_heads_that_lost_what_tells_its_columns_apart(printed: str, lost: str) -> None:
    assert len(_said(_HEADS + _ROWS, "plan.md")) == 8
    assert _said((_HEADS + _ROWS).replace(printed, lost), "plan.md") == []


@pytest.mark.parametrize(
    "row",
    [
        "| 同行援護 | 4 | 3 | 5 | 6 | |\n",
        "| 同行援護 | 人/月 | 見込量 | 4 | 3 | 5 |\n",
        "| 同行援護 | 人/月 | 居宅介護 | 4 | 3 | 5 |\n",
    ],
)
def test_a_row_whose_cells_stand_in_the_places_of_others(row: str) -> None:
    assert {name for name, *_ in _said(_HEADS + _ROWS + row, "plan.md")} == {"居宅介護", "行動援護"}


def test_parts_below_a_row_that_lost_its_name_are_not_those_of_another() -> None:
    rows = "| | 人/月 | 9 | 8 | 7 | 6 |\n| うち精神 | 人/月 | 3 | 2 | 1 | 1 |\n"
    assert all(part is None for _, part, *_ in _said(_HEADS + _ROWS + rows, "plan.md"))


def test_a_column_without_a_year_beside_one_for_the_same_measure() -> None:
    text = "| 指標 | 目標 | R6実績 | R8目標 |\n|---|---|---|---|\n| 移行者数 | 4人 | 3人 | 9人 |\n"
    assert [value for *_, value in _said(text, "plan.md")] == [3.0, 9.0]


def test_the_mark_of_one_cell_and_the_figure_of_the_next_are_no_negative() -> None:
    text = (
        "以下、項目、令和６年度目標、令和６年度実績、達成率の順に記載\n"
        "地域生活移行者数、4人、3人、―    15\n施設入所者数、90人、91人、101.1％\n"
    )
    assert -15.0 not in {value for *_, value in _said(text)}


# -- headings ------------------------------------------------------------------------------------


def _table(first: int) -> str:
    return f"サービス名    見込量    実績\n居宅介護      {first}        {first - 3}\n行動援護      12        1{first % 10}\n\n"


def test_a_table_that_lost_the_heading_of_its_year() -> None:
    both = f"■ 令和６年度の状況\n\n{_table(31)}■ 令和７年度の状況\n\n{_table(34)}"
    assert {year for *_, year, _ in _said(both)} == {2024, 2025}
    lost = both.replace("■ 令和７年度の状況\n\n", "")
    assert 34.0 not in {value for *_, value in _said(lost)}


def test_a_year_in_the_caption_that_the_heads_contradict() -> None:
    text = _GOAL + (
        "【令和８年度末までの目標】\n項目              令和６年度    令和７年度\n"
        "協議の場の開催回数  5回           6回\n検証の実施回数      1回           1回\n"
    )
    assert _said(text) == []


# -- words far above ------------------------------------------------------------------------------

_AIM = "目標値、令和8年度末までの目標。\nまる1、地域生活移行者数。目標値:16人。\n"
_ROW = "まる1、地域生活移行者数。令和6年度:3人。令和7年度:5人。\n"


@pytest.mark.parametrize("over", ["実績。", "主な内容、実績等。", "実績の状況。", ""])
def test_a_target_for_another_year_is_no_word_for_results(over: str) -> None:
    said = _said(f"{_GOAL}{_AIM}{over}\n{_ROW}")
    assert ("地域生活移行者数", None, "target", 2026, 16) in said
    assert "target" not in {measure for _, _, measure, _, value in said if value != 16}


# -- rows that moved ------------------------------------------------------------------------------

_SHEET = "<table><tr><th colspan='2'>指標</th><th>令和６年度目標</th><th>令和６年度実績</th><th>達成状況</th></tr>{}</table>"
_SPANNED = (
    "<tr><th rowspan='3'>一般就労</th><td>移行者数</td><td>8人</td><td>7人</td><td>未達成</td></tr>"
)


def test_a_span_printed_twice_pushes_the_rows_below() -> None:
    below = (
        "<tr><td>（うち）就労移行支援</td><td>4人</td><td>6人</td><td>達成</td></tr>"
        "<tr><td>（うち）Ａ型</td><td>2人</td><td>1人</td><td>未達成</td></tr>"
    )
    assert [v for *_, v in _said(_SHEET.format(_SPANNED + below), "plan.html")] == [
        8,
        7,
        4,
        6,
        2,
        1,
    ]
    assert not {v for *_, v in _said(_SHEET.format(_SPANNED * 2 + below), "plan.html")} & {
        4,
        6,
        2,
        1,
    }


def test_the_name_of_an_indicator_in_the_place_of_a_figure() -> None:
    heads = "| 項目 | 令和６年度実績 | 令和７年度実績 |\n|---|---|---|\n"
    slipped = "| 一般就労への移行 | 一般就労への移行者数 | 33人 |\n"
    text = f"{heads}| 施設入所者数 | 61人 | 60人 |\n{slipped}"
    assert {value for *_, value in _said(text, "plan.md")} == {61, 60}
    assert "shifted_row" in _rules(text, "plan.md")


def test_a_year_alone_beside_heads_that_name_the_measure() -> None:
    rows = "居宅介護、時間、215,400、209,871（201,554）、97.4％\n同行援護、時間、24,800、23,117（22,405）、93.2％\n"
    order = "以下、サービス名、単位、令和６年度{}、令和６年度実績値（令和５年度実績値）、計画比の順に記載。\n\n"
    text = f"２　障害福祉サービスの利用状況\n\n{order}{rows}"
    assert "projected" in _measures(text.format("計画値"))
    said = _said(text.format(""))
    assert 215400 not in {value for _, _, measure, _, value in said if measure == "actual"}


def test_two_rows_on_one_line_are_no_row() -> None:
    row = "令和{}年度 {} 0 0.0% 4 0 0.0%"
    head = "年度 利用者数（人） 利用量（人日）\n計画値 実績値 計画比 計画値 実績値 計画比\n"
    text = f"② 居宅訪問型児童発達支援\n{head}{row.format(6, 1)}\n{row.format(7, 2)}  {row.format(8, 3)}\n"
    assert all(name != "利用者数" for name, *_ in _said(text))


def test_a_row_without_a_name_where_names_are_printed_for_each_unit() -> None:
    heads = "| サービス | 単位 | 令和６年度実績 | 令和７年度実績 |\n|---|---|---|---|\n"
    row = "| {} | {} | 35 | 36 |\n"
    both = row.format("生活介護", "人/月") + row.format("生活介護", "人日/月")
    lost = row.format("療養介護", "人/月") + row.format("", "人日/月")
    names = [name for name, *_ in _said(heads + both + lost, "plan.md")]
    assert names.count("療養介護") == 2
    names = [name for name, *_ in _said(heads + lost, "plan.md")]
    assert names.count("療養介護") == 4


def test_a_caption_that_names_the_year_of_its_targets() -> None:
    heads = "| 区分 | 令和６年度 | 令和７年度 | 令和８年度 |\n|---|---|---|---|\n"
    text = f"【令和８年度末までの目標】\n\n{heads}| 施設入所者数 | 75人 | 72人 | 70人 |\n"
    assert {year for _, _, measure, year, _ in _said(text, "plan.md") if measure == "target"} <= {
        2026
    }
