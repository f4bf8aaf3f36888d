"""What a name or a head says of the figures under it: the unit in 開催回数, the comparison in 達成状況."""

from __future__ import annotations

import pytest
from keikaku.normalizers.units import unit_in_name
from keikaku.pipeline.journey import Source, read_document
from keikaku.pipeline.records import Observation

_TITLE = "第6期架空市障害福祉計画　成果目標の達成状況\n\n"


def _rows(text: str) -> list[Observation]:
    return list(read_document(Source("plan.md", (_TITLE + text).encode())).observations)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("部会の開催回数", "回"),
        ("検証の実施回数（年間）", "回"),
        ("一般就労移行者数", "人"),
        ("コーディネーターの配置人数", "人"),
        ("設置箇所数", "か所"),
        ("虐待通報の件数", "件"),
        ("事業者数", None),
        ("事業所数", None),
        ("協力法人数", None),
        ("サービス提供者数", None),
        ("人口10万人当たりの利用者数", None),
        ("移行者数の割合", None),
        ("利用者数（%）", None),
        ("回数券", None),
    ],
)
def test_the_unit_that_a_name_ends_in(name: str, unit: str | None) -> None:
    assert unit_in_name(name) == unit


def test_a_bare_figure_takes_it_and_says_so() -> None:
    text = "| 項目 | 令和4年度実績 | 令和5年度実績 |\n|---|---|---|\n| 部会の開催回数 | 3 | 4回 |\n"
    assert [(o.value, o.unit, "unit_inferred" in o.flags) for o in _rows(text)] == [
        (3.0, "回", True),
        (4.0, "回", False),
    ]


def test_a_fraction_is_no_count() -> None:
    text = "| 項目 | 令和4年度実績 |\n|---|---|\n| 一般就労移行者数 | 1.27 |\n"
    assert [(o.value, o.unit) for o in _rows(text)] == [(1.27, None)]


@pytest.mark.parametrize(("head", "measure"), [("達成状況", "gap"), ("判定", "actual")])
def test_how_far_the_target_is_reached_is_a_comparison(head: str, measure: str) -> None:
    text = (
        f"| 項目 | 令和5年度目標 | 令和5年度実績 | {head} |\n|---|---|---|---|\n"
        "| 一般就労移行者数 | 11人 | 9人 | △ |\n| 協議の場の開催回数 | 2回 | 2回 | ○ |\n"
    )
    graded = [(o.text, o.measure) for o in _rows(text) if o.series == head]
    assert graded == [("△", measure), ("○", measure)]


@pytest.mark.parametrize(
    ("printed", "text"),
    [("令和7年度設置予定", "令和7年度設置予定"), ("設置（令和5年度）", "設置"), ("検討中", None)],
)
def test_a_year_before_words_is_kept_with_them(printed: str, text: str | None) -> None:
    table = f"| 項目 | 令和5年度実績 |\n|---|---|\n| 児童発達支援センター | {printed} |\n"
    assert [row.text for row in _rows(table)] == [text]


def test_a_grade_right_behind_a_rate_grades_the_rate() -> None:
    head = "| 項目 | 令和5年度目標 | 令和5年度実績 | {} | 評価 |\n|---|---|---|---|---|\n"
    rows = "| 一般就労移行者数 | 11人 | 9人 | {0} | B |\n| 協議の場の開催回数 | 2回 | 2回 | {0} | A |\n"
    rated = _rows(head.format("達成率") + rows.format("81.8%"))
    assert {(o.measure, o.fiscal_year) for o in rated if o.series == "評価"} == {("gap", None)}
    other = _rows(head.format("令和6年度目標") + rows.format("12"))
    assert {o.measure for o in other if o.series == "評価"} == {"actual"}
