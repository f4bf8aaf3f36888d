"""Tables with drawn cells, as city pages and OCR tools print them: heads said anew, names over the table."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "<h1>第7期空想市障害福祉計画の進捗状況</h1>"


def _read(body: str):
    page = f"<html><body>{_TITLE}{body}</body></html>"
    return read_document(Source("page.html", page.encode()))


def _table(*rows: str, caption: str = "") -> str:
    """Rows of cells set apart by bars; a cell `2x:` spans two columns, `2y:` two rows."""
    caption = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{caption}{''.join(f'<tr>{_cells(row)}</tr>' for row in rows)}</table>"


def _cells(row: str) -> str:
    return "".join(map(_cell, row.split("|"))) if row else ""


def _cell(text: str) -> str:
    text = text.strip()
    span = ""
    if text[1:3] in ("x:", "y:"):
        span = f' {"col" if text[1] == "x" else "row"}span="{text[0]}"'
        text = text[3:]
    return f"<td{span}>{text}</td>"


def _said(body: str) -> list[tuple[object, ...]]:
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value)
        for o in _read(body).observations
        if o.value is not None
    ]


# -- rows that compare ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["実績／見込量", "実績値÷計画値", "（実績/計画）", "見込量比", "見込量と実績の割合"]
)
def test_a_row_that_compares_is_no_actual(word: str) -> None:
    said = _said(
        _table(
            "サービス名|区分|令和6年度|令和7年度",
            "3y:短期入所（人）|見込量|40|50",
            "実績|44|40",
            f"{word}|110.0%|80.0%",
        )
    )
    assert [figure[1:] for figure in said] == [
        ("projected", 2024, 40.0),
        ("projected", 2025, 50.0),
        ("actual", 2024, 44.0),
        ("actual", 2025, 40.0),
        ("gap", 2024, 110.0),
        ("gap", 2025, 80.0),
    ]


def test_a_row_of_words_that_are_not_known_is_no_actual() -> None:
    said = _said(
        _table(
            "サービス名|区分|令和6年度|令和7年度",
            "3y:短期入所（人）|見込量|40|50",
            "実績|44|40",
            "消化の度合い|110|80",
        )
    )
    assert {value for *_, value in said} == {40.0, 50.0, 44.0}


# -- heads said anew -----------------------------------------------------------------------------

_FIRST = ("2y:自立訓練|計画|3人|4人", "実績|2人|5人")
_SECOND = ("2y:自立訓練|計画|6人|7人", "実績|8人|9人")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("2x:区分|令和3年度|令和4年度", "2x:区分|令和6年度|令和7年度"),
        ("2x:|令和3年度|令和4年度", "2x:|令和6年度|令和7年度"),
        ("2x:区分|令和3年度|4年度", "2x:事業名|6年度|7年度"),
    ],
)
def test_other_heads_below_the_rows_begin_another_table(above: str, below: str) -> None:
    said = _said(_table(above, *_FIRST, below, *_SECOND))
    assert [figure[1:] for figure in said if figure[2] in (2021, 2022)] == [
        ("projected", 2021, 3.0),
        ("projected", 2022, 4.0),
        ("actual", 2021, 2.0),
        ("actual", 2022, 5.0),
    ]
    assert not {value for *_, year, value in said if year in (2021, 2022)} & {6.0, 7.0, 8.0, 9.0}


@pytest.mark.parametrize("word", ["実施時期", "指定の年"])
def test_below_a_line_of_years_that_may_be_heads_nothing_is_read(word: str) -> None:
    said = _said(
        _table(
            "区分|令和6年度実績|令和7年度実績",
            "移動支援|3人|4人",
            f"{word}|令和4年度|令和5年度",
            "手話通訳|6人|7人",
        )
    )
    assert {value for *_, value in said} == {3.0, 4.0}


# -- forms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "do"),
    [("計画(P)<br>目標値", "実施(D)<br>実績"), ("計画（Plan）目標", "実施（Do）実績値")],
)
def test_a_cell_may_head_its_half_of_the_cycle_and_its_box(plan: str, do: str) -> None:
    said = _said(
        "<h2>成果目標3　地域生活支援の充実</h2>"
        + _table(
            f"2y:{plan}|項目|2x:目標値（令和8年度末）",
            "①拠点等の登録者数|2x:30人",
            f"4y:{do}|区分|令和6年度|令和7年度",
            "①拠点等の登録者数|11人|19人",
            "活動指標|令和6年度|令和7年度",
            "緊急時の受入件数|2件|—",
        )
    )
    assert said == [
        ("拠点等の登録者数", "target", 2026, 30.0),
        ("拠点等の登録者数", "actual", 2024, 11.0),
        ("拠点等の登録者数", "actual", 2025, 19.0),
        ("緊急時の受入件数", "actual", 2024, 2.0),
    ]


# -- names over the table ------------------------------------------------------------------------

_COUNTS = ("&nbsp;|R6見込|R6実績", "利用者数|30人|31人", "利用時間|300時間|311時間")


def _named(body: str) -> list[tuple[object, ...]]:
    return [(o.item, o.indicator, o.measure, o.value) for o in _read(body).observations]


def _of(name: str | None, whole: str | None = None) -> list[tuple[object, ...]]:
    return [
        (whole, name or "利用者数", "projected", 30.0),
        (whole, name or "利用者数", "actual", 31.0),
        (whole, name or "利用時間", "projected", 300.0),
        (whole, name or "利用時間", "actual", 311.0),
    ]


@pytest.mark.parametrize("caption", ["同行援護", "表2-1　同行援護"])
def test_a_caption_names_rows_that_only_count(caption: str) -> None:
    assert _named(_table(*_COUNTS, caption=caption)) == _of(None, "同行援護")


def test_a_title_in_the_table_names_rows_that_only_count() -> None:
    assert _named(_table("3x:同行援護", *_COUNTS)) == _of("同行援護")


@pytest.mark.parametrize("caption", ["訪問系サービス", "利用状況", "令和6年度", "（単位：人）"])
def test_words_that_are_no_name_name_nothing(caption: str) -> None:
    assert _named(_table(*_COUNTS, caption=caption)) == []
    assert _named(_table(f"3x:{caption}", *_COUNTS)) == []


def test_a_second_table_has_not_the_name_of_the_first() -> None:
    first, second = _table(*_COUNTS, caption="同行援護"), _table(*_COUNTS)
    assert _named(first + second) == _of(None, "同行援護")


def test_a_unit_between_a_heading_and_its_table_takes_no_name_away() -> None:
    rows = ("年度|見込量|実績|進捗率", "令和6年度|40|44|110.0%", "令和7年度|50|40|80.0%")
    read = _read("<h3>自立生活援助</h3>" + _table(*rows, caption="（単位：人／月）")).observations
    assert {(o.indicator, o.unit) for o in read} == {
        ("自立生活援助", "人/月"),
        ("自立生活援助", "%"),
    }
    assert [o.fiscal_year for o in read] == [2024, 2024, 2024, 2025, 2025, 2025]


# -- years and measures beside the rows, names over the columns ----------------------------------


@pytest.mark.parametrize("corner", ["", "&nbsp;", "区分"])
def test_names_stand_over_the_columns(corner: str) -> None:
    said = _said(
        _table(
            f"{corner}|地域移行者数|施設入所者数",
            "目標（令和8年度末）|9人|120人以下",
            "実績（令和6年度末）|2人|128人",
            "評価|B|C",
        )
    )
    assert said == [
        ("地域移行者数", "target", 2026, 9.0),
        ("施設入所者数", "target", 2026, 120.0),
        ("地域移行者数", "actual", 2024, 2.0),
        ("施設入所者数", "actual", 2024, 128.0),
    ]


def test_a_row_that_lacks_a_cell_below_names_is_refused() -> None:
    rows = (
        "目標（令和8年度末）|9人|120人以下",
        "実績（令和6年度末）|128人",
        "実績（令和7年度末）|4人|126人",
    )
    said = _said(_table("|地域移行者数|施設入所者数", *rows))
    assert {year for _, _, year, _ in said} == {2026, 2025}


def test_grades_in_a_row_are_grades() -> None:
    read = _read(
        _table(
            "|地域移行者数|施設入所者数", "目標値|9人|120人", "令和6年度実績|2人|128人", "評価|◎|△"
        )
    ).observations
    assert [o.text for o in read if o.series == "評価"] == ["◎", "△"]


def test_a_year_in_the_corner_is_that_of_the_figures() -> None:
    said = _said(
        _table(
            "令和4年度|計画|実績", "移動支援|20人|24人", "令和5年度|計画|実績", "移動支援|21人|25人"
        )
    )
    assert [figure[1:] for figure in said] == [
        ("projected", 2022, 20.0),
        ("actual", 2022, 24.0),
        ("projected", 2023, 21.0),
        ("actual", 2023, 25.0),
    ]


@pytest.mark.parametrize(("values", "read"), [("95.0％|110.0％", True), ("19|22", False)])
def test_a_rate_below_plan_and_actual_is_one_where_it_prints_per_cents(
    values: str, read: bool
) -> None:
    rows = ("2x:|R6|R7", "3y:移動支援|計画|20人|20人", "実績|19人|22人", f"充足率|{values}")
    gaps = [figure for figure in _said(_table(*rows)) if figure[1] == "gap"]
    assert (len(gaps) == 2) is read
    assert len(_said(_table(*rows))) == (6 if read else 4)


# -- goals ---------------------------------------------------------------------------------------


def test_a_heading_above_those_of_the_goals_leaves_them() -> None:
    goal = "<h2>成果目標</h2><h3>1　施設入所者の地域生活への移行</h3>" + _table(
        "項目|令和8年度目標", "地域移行者数|9人"
    )
    below = "<h2>サービスの利用量</h2>" + _table("サービス名|令和6年度実績", "居宅介護|30人")
    assert [o.goal_number for o in _read(goal + below).observations] == [1, None]


def test_a_title_in_the_table_may_be_the_goal_of_its_rows() -> None:
    above = "<h3>1　施設入所者の地域生活への移行</h3>"
    read = _read(
        above + _table("2x:2　地域生活支援の充実", "項目|令和8年度目標", "拠点等の登録者数|9人")
    ).observations
    assert [o.goal_number for o in read] == [2]


# -- labels of several lines ---------------------------------------------------------------------


def _stacked(label: str, plan: str, actual: str) -> list[tuple[object, ...]]:
    read = _read(_table("サービス|R6計画|R6実績", f"{label}|{plan}|{actual}")).observations
    return [(o.indicator, o.breakdown, o.value, o.unit) for o in read]


def test_lines_of_counts_go_with_the_lines_of_the_cells() -> None:
    label = "短期入所<br>実人数（人）<br>延べ日数（日）"
    assert _stacked(label, "5<br>40", "6<br>41") == [
        ("短期入所", "実人数", 5.0, "人"),
        ("短期入所", "延べ日数", 40.0, "日"),
        ("短期入所", "実人数", 6.0, "人"),
        ("短期入所", "延べ日数", 41.0, "日"),
    ]
    assert _stacked("短期入所<br>（人/月）<br>（人日/月）", "5<br>40", "6<br>41") == [
        ("短期入所", None, 5.0, "人/月"),
        ("短期入所", None, 40.0, "人日/月"),
        ("短期入所", None, 6.0, "人/月"),
        ("短期入所", None, 41.0, "人日/月"),
    ]


@pytest.mark.parametrize(
    "label", ["短期入所<br>実人数（人）<br>延べ日数（日）", "短期入所<br>（人/月）<br>（人日/月）"]
)
def test_one_figure_beside_two_counts_is_of_neither(label: str) -> None:
    assert _stacked(label, "5", "－") == [("短期入所", None, None, None)]


def test_a_name_that_its_cell_breaks_is_one_name() -> None:
    assert _stacked("放課後等<br>デイサービス", "5<br>40", "6") == [
        ("放課後等デイサービス", None, 6.0, None)
    ]
    assert [row[0] for row in _stacked("移動支援<br>日中一時支援", "5<br>40", "6<br>41")] == [
        "移動支援",
        "日中一時支援",
    ] * 2


def test_a_name_stands_over_its_unit() -> None:
    assert _stacked("同行援護<br>時間/月", "5", "6") == [
        ("同行援護", None, 5.0, "時間/月"),
        ("同行援護", None, 6.0, "時間/月"),
    ]


@pytest.mark.parametrize("word", ["内訳", "うち", "再掲"])
def test_names_beside_the_word_for_parts_are_parts(word: str) -> None:
    rows = (
        "2x:指標|令和6年度実績",
        "2x:一般就労移行者数|12人",
        f"2y:{word}|移行支援|8人",
        "Ｂ型|4人",
    )
    read = _read(_table(*rows)).observations
    assert [(o.indicator, o.breakdown, o.value) for o in read] == [
        ("一般就労移行者数", None, 12.0),
        ("一般就労移行者数", "移行支援", 8.0),
        ("一般就労移行者数", "B型", 4.0),
    ]


def test_a_title_of_no_goal_beside_those_of_the_goals_leaves_them() -> None:
    goal = "<h2>2　地域生活支援の充実</h2>" + _table("項目|令和8年度目標", "拠点等の登録者数|9人")
    below = "<h2>障がい福祉サービスの利用実績</h2>" + _table(
        "サービス名|令和6年度実績", "居宅介護|30人"
    )
    assert [o.goal_number for o in _read(goal + below).observations] == [2, None]


def test_a_row_as_wide_as_the_form_is_no_more_of_the_box_above_it() -> None:
    said = _said(
        _table(
            "成果目標|2x:2　地域生活支援の充実",
            "目標値|2x:令和8年度末までに拠点を1か所整備する",
            "年度|令和6年度|令和7年度",
            "拠点の整備か所数|0か所|1か所",
        )
    )
    assert [figure[1:] for figure in said] == [("actual", 2024, 0.0), ("actual", 2025, 1.0)]


@pytest.mark.parametrize("head", ["評価(C)<br>改善(A)", "2y:評価(C)改善(A)"])
def test_years_beside_the_head_of_a_review_are_those_of_their_words(head: str) -> None:
    below = "" if head.startswith("2y:") else "|"
    read = _read(
        "<h2>成果目標3　地域生活支援の充実</h2>"
        + _table(
            "2y:計画(P)<br>目標値|項目|目標値（令和8年度末）",
            "拠点等の登録者数|30人",
            f"{head}|令和6年度|登録者を募った。",
            f"{below}令和7年度|受入れの訓練をした。",
        )
    )
    assert [(n.fiscal_year, n.section, n.text) for n in read.narratives] == [
        (2024, "evaluation_improvement", "登録者を募った。"),
        (2025, "evaluation_improvement", "受入れの訓練をした。"),
    ]


def test_what_is_numbered_behind_a_goal_is_no_part_of_it() -> None:
    rows = ("サービス名|令和6年度実績", "計画相談支援|30人")
    above = "<h2>2　障害児支援の提供体制の整備</h2>" + _table(
        "項目|令和8年度目標", "支援拠点|1か所"
    )
    assert [
        o.goal_number for o in _read(above + "<h2>3　相談</h2>" + _table(*rows)).observations
    ] == [
        2,
        None,
    ]
    within = above + "<h2>（3）相談</h2>" + _table(*rows)
    assert [o.goal_number for o in _read(within).observations] == [2, 2]


# -- letters, totals, counts under measures ------------------------------------------------------


def test_letters_behind_heads_say_what_is_computed_of_what() -> None:
    said = _said(
        _table(
            "2y:サービス名|R5|3x:R6",
            "実績|見込量(A)|実績(B)|(B)/(A)",
            "移動支援|20人|25人|20人|80％",
        )
    )
    assert [figure[1:] for figure in said] == [
        ("actual", 2023, 20.0),
        ("projected", 2024, 25.0),
        ("actual", 2024, 20.0),
        ("gap", 2024, 80.0),
    ]


def test_the_sum_of_several_years_is_of_none_of_them() -> None:
    rows = ("令和6年度|2人|1人", "令和7年度|2人|3人", "合計|4人|5人")
    below = _said("<h3>移動支援</h3>" + _table("年度|目標|実績", *rows))
    assert {value for *_, value in below} == {2.0, 1.0, 3.0}
    beside = _said(
        _table("サービス名|令和6年度実績|令和7年度実績|3年間の合計", "移動支援|2人|3人|5人")
    )
    assert {value for *_, value in beside} == {2.0, 3.0}


def test_counts_may_stand_below_measures() -> None:
    read = _read(
        _table(
            "2y:事業名|2x:令和6年度見込|2x:令和6年度実績",
            "実施か所数|登録者数|実施か所数|登録者数",
            "移動支援|3か所|20人|4か所|25人",
        )
    ).observations
    assert [(o.indicator, o.breakdown, o.measure, o.value) for o in read] == [
        ("移動支援", "実施か所数", "projected", 3.0),
        ("移動支援", "登録者数", "projected", 20.0),
        ("移動支援", "実施か所数", "actual", 4.0),
        ("移動支援", "登録者数", "actual", 25.0),
    ]


def test_a_numbered_head_of_indicators_ends_the_point_before_it() -> None:
    rows = ("サービス名|令和6年度実績", "移動支援|30人")
    read = _read("<p>1．啓発事業</p>" + _table(*rows) + "<p>2．活動指標</p>" + _table(*rows))
    assert [o.item for o in read.observations] == ["啓発事業", None]


# -- damaged tables ------------------------------------------------------------------------------


def _values_of(body: str, name: str) -> list[float | None]:
    return [o.value for o in _read(body).observations if o.indicator == name]


def test_a_span_too_long_pushes_the_next_name_aside() -> None:
    body = _table(
        "2x:区分|令和6年度|令和7年度",
        "2y:自立訓練|見込|3|4",
        "2y:生活介護|見込|30|40",
        "実績|31|41",
        "2y:短期入所|見込|5|6",
        "実績|7|8",
    )
    assert _values_of(body, "自立訓練") == [3.0, 4.0]
    assert _values_of(body, "生活介護") == []
    assert _values_of(body, "短期入所") == [5.0, 6.0, 7.0, 8.0]


def test_a_row_outside_its_span_is_refused() -> None:
    rows = ("2x:指標|R4実績|R5実績|R8目標", "2y:移行者数|単年度|1人|2人|5人", "累計|1人|3人|7人")
    assert _values_of(_table(*rows, "累計|－|4人|8人"), "累計") == []


def test_names_beside_a_wide_blank_have_lost_what_they_are_of() -> None:
    rows = ("2x:指標|令和6年度実績", "2x:一般就労移行者数|12人", "2y:|移行支援|8人", "Ｂ型|4人")
    assert [o.value for o in _read(_table(*rows)).observations] == [12.0]


def test_years_of_no_era_are_no_rows_of_the_table_before() -> None:
    first = _table("2x:区分|6年度|7年度", "2y:自立訓練|計画|3|4", "実績|5|6")
    second = _table("2x:|3年度|4年度", "2y:生活介護|計画|30|40", "実績|31|41")
    assert _values_of(first, "自立訓練") == [3.0, 4.0, 5.0, 6.0]
    dated = [(o.fiscal_year, o.value) for o in _read(first + second).observations]
    assert dated[4:] == [(2021, 30.0), (2022, 40.0), (2021, 31.0), (2022, 41.0)]


@pytest.mark.parametrize("plan", ["(P)<br>目標値", "計画(P)<br>目標値"])
def test_the_half_that_does_ends_the_box_of_targets(plan: str) -> None:
    said = _said(
        "<h2>成果目標3　地域生活支援の充実</h2>"
        + _table(
            f"2y:{plan}|項目|2x:目標値（令和8年度末）",
            "拠点等の登録者数|2x:30人",
            "2y:実施(D)|区分|令和6年度|令和7年度",
            "拠点等の登録者数|11人|19人",
        )
    )
    assert [figure[1:] for figure in said if figure[1] == "target"] == [("target", 2026, 30.0)]
    assert {name for name, *_ in said} == {"拠点等の登録者数"}


# -- what spans, and what lies around ------------------------------------------------------------


def test_a_figure_across_years_is_of_none_of_them() -> None:
    read = _read(_table("項目|R6実績|R7実績|R8実績", "相談件数|2x:30件|40件", "開催回数|3x:－"))
    assert [(o.fiscal_year, o.value) for o in read.observations if o.value is not None] == [
        (2026, 40.0)
    ]
    assert "unknown_year" in {finding.rule for finding in read.findings}


def test_a_rate_without_per_cent_has_not_the_unit_of_its_row() -> None:
    read = _read(_table("事業名|R6計画|R6実績|達成率", "移動支援（人）|4|3|75.0")).observations
    assert [(o.measure, o.unit) for o in read] == [
        ("projected", "人"),
        ("actual", "人"),
        ("gap", None),
    ]


def test_words_across_names_and_years_are_prose() -> None:
    read = _read(
        _table(
            "4x:成果目標2　地域生活支援の充実",
            "2y:実績|項目|R6|R7",
            "登録者数|3人|4人",
            "評価|3x:登録が進んだ。",
        )
    )
    assert [(n.section, n.goal_number, n.text) for n in read.narratives] == [
        ("evaluation", 2, "登録が進んだ。")
    ]


def test_measures_stand_under_counts_under_a_year() -> None:
    said = [
        (o.breakdown, o.measure, o.fiscal_year, o.value)
        for o in _read(
            _table(
                "3y:サービス名|4x:令和6年度",
                "2x:利用者数（人）|2x:利用日数（日）",
                "見込|実績|見込|実績",
                "短期入所|3|4|30|40",
            )
        ).observations
    ]
    assert said == [
        ("利用者数", "projected", 2024, 3.0),
        ("利用者数", "actual", 2024, 4.0),
        ("利用日数", "projected", 2024, 30.0),
        ("利用日数", "actual", 2024, 40.0),
    ]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = "<h2>日中の活動</h2>" + _table("サービス名|R6実績", "短期入所|3人")
    page = f"<table><tr><td>{inner}</td></tr><tr><td>{_table('サービス名|R6実績', '同行援護|4人')}</td></tr></table>"
    assert [o.value for o in _read(page).observations] == [3.0, 4.0]
    beside = f"<table><tr><td>お知らせ</td><td>{inner}</td></tr></table>"
    assert [o.value for o in _read(beside).observations] == [3.0]


def test_the_number_of_a_goal_stands_behind_that_of_its_heading() -> None:
    heading = "<h3>（1）成果目標3　地域生活支援の充実</h3>"
    read = _read(heading + _table("項目|令和8年度目標", "登録者数|3人")).observations
    assert [(o.goal_number, o.goal_title) for o in read] == [(3, "地域生活支援の充実")]
