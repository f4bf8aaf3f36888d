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
    assert read(f"{BLOCK}進捗状況　{step}\n")[-1] == ("actual", "進捗状況", 2024, None, step)


def test_other_words_about_progress_are_prose() -> None:
    rows = read(f"{BLOCK}進捗状況　入居者の募集が順調に進んだ。\n")
    assert [row[0] for row in rows] == ["baseline", "actual", "actual"]


@pytest.mark.parametrize(
    "values", ["44人／51人", "令和５年度　44人　51人／令和６年度　51人", "44人／令和６年度　51人"]
)
def test_figures_that_no_year_tells_apart_are_not_published(values: str) -> None:
    rows = read(BLOCK.replace("令和５年度　44人／令和６年度　51人", values))
    assert [row[0] for row in rows] == ["baseline"]
