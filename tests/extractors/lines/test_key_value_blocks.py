"""Blocks of keys and values, a project each."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

BLOCK = """架空区障害者計画　重点事業の取組状況（令和６年度）

整理番号　1-1
事業名　　住まいの整備
指標名　　入居者の定員
基準値　　令和４年度　40人
実績値　　令和５年度　44人／令和６年度　51人
"""


def read(text: str) -> list[tuple[str, str | None, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", text.encode()))
    return [(o.measure, o.series, o.fiscal_year, o.value, o.text) for o in records.observations]


@pytest.mark.parametrize("step", ["順調", "やや遅れ", "おおむね達成", "○"])
def test_a_step_of_a_scale_of_progress_is_a_grade(step: str) -> None:
    assert read(f"{BLOCK}進捗状況　{step}\n")[-1] == ("gap", "進捗状況", 2024, None, step)


def test_other_words_about_progress_are_prose() -> None:
    rows = read(f"{BLOCK}進捗状況　入居者の募集が順調に進んだ。\n")
    assert [row[0] for row in rows] == ["baseline", "actual", "actual"]


@pytest.mark.parametrize(
    "values", ["44人／51人", "令和５年度　44人　51人／令和６年度　51人", "44人／令和６年度　51人"]
)
def test_figures_that_no_year_tells_apart_are_not_published(values: str) -> None:
    rows = read(BLOCK.replace("令和５年度　44人／令和６年度　51人", values))
    assert [row[0] for row in rows] == ["baseline"]


COUNTED = """架空区障害者計画　重点事業の取組状況（令和５年度）

事業番号　１－１－３
事業名　　手話通訳者の派遣
計画目標　派遣件数 1,150件
令和５年度実績　派遣件数 1,204件
"""


@pytest.mark.parametrize("number", ["１－１－３", "101", "1-1"])
def test_words_before_a_figure_say_what_it_counts(number: str) -> None:
    rows = read(COUNTED.replace("１－１－３", number) + "評価　　　Ａ\n")
    assert sorted(rows, key=str) == [
        ("actual", "派遣件数", 2023, 1204.0, None),
        ("actual", "評価", 2023, None, "A"),
        ("target", "派遣件数", 2023, 1150.0, None),
    ]


def test_a_second_thing_counted_belongs_to_the_same_key() -> None:
    text = COUNTED.replace("1,150件", "1,150件\n派遣人数 20人").replace(
        "1,204件", "90件\n派遣人数 18人"
    )
    assert read(text) == [
        ("target", "派遣件数", 2023, 1150.0, None),
        ("target", "派遣人数", 2023, 20.0, None),
        ("actual", "派遣件数", 2023, 90.0, None),
        ("actual", "派遣人数", 2023, 18.0, None),
    ]


def test_words_are_not_taken_off_where_two_figures_stand_behind_them() -> None:
    text = COUNTED.replace("1,150件", "1,150件、派遣人数 20人")
    assert read(text) == [("actual", "派遣件数", 2023, 1204.0, None)]


WRAPPED = """架空区障がい福祉計画　事業別調書

【整理番号】１－２
【事業名】手話通訳者の派遣
【所管課】福祉課
【指標】派遣回数（回）
【計画値】R6：120　R7：1,130
【実績値】R6：111　R7：－
【達成率】R6：92.5％
【事業費】R6決算 3,012千円
【コメント】医療機関での利用が23件増えた。
"""
OF_WRAPPED = [
    ("projected", "派遣回数", 2024, 120.0, None),
    ("projected", "派遣回数", 2025, 1130.0, None),
    ("actual", "派遣回数", 2024, 111.0, None),
    ("actual", "派遣回数", 2025, None, None),
    ("gap", "達成率", 2024, 92.5, None),
]


@pytest.mark.parametrize(
    ("opening", "closing"), [("【", "】"), ("＜", "＞"), ("［", "］"), ("■", "："), ("■", "　")]
)
def test_keys_in_brackets_or_behind_a_square(opening: str, closing: str) -> None:
    assert read(WRAPPED.replace("【", opening).replace("】", closing)) == OF_WRAPPED


def test_values_may_stand_below_their_key() -> None:
    below = WRAPPED.replace("R6：120　R7：1,130", "\nR6：120\nR7：1,130")
    assert read(below) == OF_WRAPPED


def test_a_year_that_lost_its_figure_leaves_the_line_unread() -> None:
    assert read(WRAPPED.replace("R7：－", "R7：")) == [*OF_WRAPPED[:2], OF_WRAPPED[4]]


@pytest.mark.parametrize("asked", ["実施状況", "取組状況"])
def test_how_things_stand_is_no_name(asked: str) -> None:
    words = WRAPPED.replace("派遣回数（回）", asked).replace("R6：120", "R6：実施")
    records = read_document(Source("sheet.txt", words.encode()))
    assert {row.indicator for row in records.observations} == {"手話通訳者の派遣"}
