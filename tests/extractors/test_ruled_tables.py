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
