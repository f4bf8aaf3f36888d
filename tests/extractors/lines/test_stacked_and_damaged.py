"""Tables that lost their shape: a cell a line, key and value, glued, label last, damaged print."""

from __future__ import annotations

import pytest
from keikaku.extractors.repairs import JOINER, as_printed, repair_print
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

Figure = tuple[str, str, int | None, float | None, str | None]


def figures(text: str) -> set[Figure]:
    rows = read_document(Source("sheet.txt", text.encode())).observations
    return {(r.indicator, r.measure, r.fiscal_year, r.value, r.unit) for r in rows}


def rules(text: str) -> list[str]:
    return [row.rule for row in read_document(Source("sheet.txt", text.encode())).findings]


TITLE = "第６期架空市障害福祉計画の実績\n\n"

SLIDE = TITLE + (
    "指標\n目標値\n（令和5\n年度）\n実績値\n（令和5年度）\n"
    "生活介護の\n利用者数\n120人\n以上\n118人\n短期入所\n40人\n39人\n"
)


def test_heads_and_labels_over_several_lines() -> None:
    assert figures(SLIDE) == {
        ("生活介護の利用者数", "target", 2023, 120.0, "人"),
        ("生活介護の利用者数", "actual", 2023, 118.0, "人"),
        ("短期入所", "target", 2023, 40.0, "人"),
        ("短期入所", "actual", 2023, 39.0, "人"),
    }


def test_a_page_number_between_rows_is_no_value() -> None:
    paged = SLIDE.replace("短期入所\n", "\n12\n\n短期入所\n")
    assert figures(paged) == figures(SLIDE)


def test_a_row_that_lost_a_value_is_refused() -> None:
    short = SLIDE.replace("40人\n39人\n", "39人\n")
    assert {figure[0] for figure in figures(short)} == {"生活介護の利用者数"}
    assert "uneven_cells" in rules(short)


MEASURES_OVER_YEARS = "サービス\n単位\n実績\n見込量\n令和2年度\n令和3年度\n令和4年度\n令和5年度\n居宅介護\n人\n1\n2\n3\n4\n"


def test_two_measures_over_one_row_of_years_need_the_plan() -> None:
    read = figures(TITLE + MEASURES_OVER_YEARS)
    assert ("居宅介護", "actual", 2020, 1.0, "人") in read
    assert ("居宅介護", "projected", 2021, 2.0, "人") in read
    with pytest.raises(NoSheet) as refusal:
        figures("架空市\n\n" + MEASURES_OVER_YEARS)
    assert "unread_figures" in [row.rule for row in refusal.value.findings]


COLUMNS = "項目\n生活介護\n短期入所\n令和4年度\n10人\n11人\n令和5年度\n（見込）\n13人\n14人\n"


def test_columns_in_turn() -> None:
    assert figures(TITLE + COLUMNS) == {
        ("生活介護", "actual", 2022, 10.0, "人"),
        ("短期入所", "actual", 2022, 11.0, "人"),
        ("生活介護", "actual", 2023, 13.0, "人"),
        ("短期入所", "actual", 2023, 14.0, "人"),
    }


def test_a_column_that_lost_a_value_is_refused() -> None:
    short = TITLE + COLUMNS + "令和6年度\n15人\n"
    assert not any(figure[2] == 2024 for figure in figures(short))
    assert "uneven_cells" in rules(short)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("4回\n5回\n60人\n70人\n", {(2022, 4.0), (2023, 5.0), (2022, 60.0), (2023, 70.0)}),
        ("4回\n60人\n5回\n70人\n", {(2022, 4.0), (2023, 5.0), (2022, 60.0), (2023, 70.0)}),
        ("4\n5\n60\n70\n", set()),
        ("4人\n5人\n60人\n70人\n", set()),
    ],
)
def test_units_tell_rows_from_columns(values: str, expected: set[tuple[int, float]]) -> None:
    goal = "成果目標３　地域生活支援拠点等が有する機能の充実\n\n"
    text = TITLE + goal + "開催回数\n参加者数\n令和4年度\n令和5年度\n" + values
    assert {(figure[2], figure[3]) for figure in figures(text)} == expected
    assert ("undecided_order" in rules(text)) is not bool(expected)


BLOCK = (
    "事業名：相談支援の充実\n所管課：福祉課\n成果指標：相談の件数\n目標値（令和５年度）：100件\n"
    "実績：\n令和３年度：80件\n令和４年度：90件\n評価：Ｂ\n"
)


def test_keys_and_values_with_colons_and_years_below() -> None:
    assert figures(TITLE + BLOCK) == {
        ("相談の件数", "target", 2023, 100.0, "件"),
        ("相談の件数", "actual", 2021, 80.0, "件"),
        ("相談の件数", "actual", 2022, 90.0, "件"),
        ("相談の件数", "actual", None, None, None),
    }


def test_a_free_line_under_a_figure_is_not_added_to_it() -> None:
    odd = BLOCK.replace("実績：\n", "（うち新規 5件\n実績：\n")
    assert not any(figure[3] == 5.0 for figure in figures(TITLE + odd))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("居宅介護時間1,0001,200", {(2018, 1000.0), (2019, 1200.0)}),
        ("居宅介護時間1,00020", set()),
        ("居宅介護時間1220", set()),
        ("居宅介護時間12", set()),
        ("居宅介護時間1,0001,2001,300", set()),
    ],
)
def test_glued_figures_are_cut_in_one_way_only(row: str, expected: set[tuple[int, float]]) -> None:
    sure = "生活介護時間9,0009,001"
    text = "第5期架空市障害福祉計画の検証\nサービス名単位平成30年度令和元年度\n利用実績\n" + sure
    read = figures(f"{text}\n{row}\n")
    assert {figure[2:4] for figure in read if figure[0] == "居宅介護"} == expected
    assert {figure[2:4] for figure in read if figure[0] == "生活介護"} == {
        (2018, 9000.0),
        (2019, 9001.0),
    }


def test_the_label_after_its_values() -> None:
    text = TITLE + "目標(R5) R4実績 R5実績 項目\n16人 2人 5人 移行者数\n9人 8人 施設入所者数\n"
    assert figures(text) == {
        ("移行者数", "target", 2023, 16.0, "人"),
        ("移行者数", "actual", 2022, 2.0, "人"),
        ("移行者数", "actual", 2023, 5.0, "人"),
    }
    assert "uneven_cells" in rules(text)


WIDE = "サービス名  単位  計画  実績\n"


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("⽬標値　⾒込", "目標値　見込"),
        ("生生活活介介護護  1122  3344", "生活介護  12  34"),
        ("合合合計計計  111333  222", "合計  13  2"),
        ("合計  1122  3344", "合計  1122  3344"),
        ("生生活活介介護護  34  31", "生活介護  34  31"),
        ("移 行 者 数　　1 2 人　　3 4", "移行者数　　12人　　3 4"),
        ("医療 福祉 ○ × ○", "医療 福祉 ○ × ○"),
        ("訪  入所者数   2 7 8 人   3 人   達成", "訪  入所者数   278人   3人   達成"),
        ("定着率    4 8 . 2 ％   5 5 ％   ―", "定着率    48.2％   55％   ―"),
        ("設置数    3 か 所   1 か 所", "設置数    3か所   1か所"),
        ("入所者数   2 7 8 人   12人", "入所者数   2 7 8 人   12人"),
        (f"{WIDE}児童発達支援  人  6 2 0  1 , 0 1 3", f"{WIDE}児童発達支援  人  620  1,013"),
        (f"{WIDE}児  児童発達支援  人  6 2  ▲ 1 3", f"{WIDE}児  児童発達支援  人  62  ▲13"),
        (f"{WIDE}児童発達支援  人  6 2 0  1 3  4", f"{WIDE}児童発達支援  人  6 2 0  1 3  4"),
        (f"{WIDE}児童発達支援  人  6 2 0  13", f"{WIDE}児童発達支援  人  6 2 0  13"),
        (f"{WIDE}R3 R4  R3 R4\nA型  人  6 2  1 3", f"{WIDE}R3 R4  R3 R4\nA型  人  6 2  1 3"),
        ("ははは と わらう", "ははは と わらう"),
        ("移 行 支 援 の 数  5 8 人  5(cid:21)人  4 7 人", "移行支援の数  58人  5(cid:21)人  47人"),
        ("入 所 者 の 数  1 6 2 人  1 7 1 人  1 6   人", "入所者の数  162人  171人  16\ufffd人"),
        ("入 所 者 の 数  1 6 2 人  1 6   人", "入所者の数  162人  1 6   人"),
    ],
)
def test_damaged_print(printed: str, read: str) -> None:
    repaired = repair_print(printed)
    assert repaired.replace(JOINER, "") == read
    assert len(repaired) == len(printed)
    assert as_printed(repaired, repaired, printed, 0) == printed


def test_a_figure_that_may_be_bold_or_plain_is_not_published() -> None:
    text = (
        TITLE + "サービス  令和4年度  令和5年度\n合合合合計計計計  1111  2222\n生活介護  12  13\n"
    )
    assert {figure[0] for figure in figures(text)} == {"生活介護"}


def test_raw_is_the_print() -> None:
    text = TITLE + "サービス 令和3年度 令和4年度\n⽣活介護 12⼈ 13⼈\n"
    rows = read_document(Source("sheet.txt", text.encode())).observations
    assert [row.raw for row in rows] == ["12⼈", "13⼈"]
    assert all(text[row.char_start : row.char_end] == row.raw for row in rows)


@pytest.mark.parametrize(
    ("line", "published"), [("短期入所  4□8人  12 人", False), ("■1 短期入所  48人  12 人", True)]
)
def test_a_blank_before_a_unit_is_a_lost_digit_only_where_digits_were_lost(
    line: str, published: bool
) -> None:
    text = TITLE + f"サービス  令和4年度  令和5年度\n生活介護  18人  13人\n{line}\n"
    assert any(figure[3] == 12.0 for figure in figures(text)) is published


def test_figures_set_wide_in_a_text_that_shows_its_lost_digits() -> None:
    text = (
        TITLE
        + "サービス    令和4年度    令和5年度\n生活介護    1 8 人    2 3 人\n短期入所    3■人    4 人\n"
    )
    assert {figure[3] for figure in figures(text)} == {18.0, 23.0}


def test_two_figures_with_lost_digits_are_two_cells() -> None:
    text = (
        TITLE + "サービス        令和3年度  令和4年度  令和5年度\n"
        "生活介護        27,400     28,611     28,400\n"
        "短期入所        27,900     31,■62     2,■62\n"
        "療養介護        27,900     31,■62 2,■62\n"
        "同行援護        28,000     31,1(cid:18)2 2,9(cid:7)2\n"
    )
    assert {figure[3] for figure in figures(text)} == {
        *(27400.0, 28611.0, 28400.0, 27900.0),
        28000.0,
    }


UNITS = (
    "サービス\n生活介護\n生活介護\n短期入所\n単位\n人\n人日\n人\n令和４年度\n実績\n512\n9,728\n118\n"
    "令和５年度\n実績\n519\n9,809\n131\n令和５年度\n見込量\n530\n9,900\n140\n"
)
OF_UNITS = {
    ("生活介護", "actual", 2022, 512.0, "人"),
    ("生活介護", "actual", 2022, 9728.0, "人日"),
    ("短期入所", "actual", 2022, 118.0, "人"),
    ("生活介護", "actual", 2023, 519.0, "人"),
    ("生活介護", "actual", 2023, 9809.0, "人日"),
    ("短期入所", "actual", 2023, 131.0, "人"),
    ("生活介護", "projected", 2023, 530.0, "人"),
    ("生活介護", "projected", 2023, 9900.0, "人日"),
    ("短期入所", "projected", 2023, 140.0, "人"),
}


@pytest.mark.parametrize(
    "text",
    [
        UNITS,
        UNITS.replace("令和５年度\n見込量\n", "見込量\n"),
        UNITS.replace("令和４年度\n実績", "令和４年度実績"),
    ],
)
def test_columns_in_turn_with_units_and_a_year_over_each_measure(text: str) -> None:
    assert figures(TITLE + text) == OF_UNITS


@pytest.mark.parametrize(
    "text",
    [
        UNITS.replace("人\n人日\n人\n", "人\n人日\n"),
        UNITS.replace("単位\n人\n人日\n人\n", ""),
        UNITS.replace("519\n", ""),
    ],
)
def test_a_column_too_short_is_not_read(text: str) -> None:
    assert {figure for figure in figures_or_none(TITLE + text) if figure[2] == 2023} == set()


def figures_or_none(text: str) -> set[Figure]:
    try:
        return figures(text)
    except NoSheet:
        return set()
