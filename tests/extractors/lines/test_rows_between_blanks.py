"""Rows whose cells are parted by single blanks, under heads of which the order alone tells the years."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "２　地域生活支援事業の状況（第７期架空町障がい福祉計画）\n\n"
_YEARS = "事業名 単位 Ｒ６年度 Ｒ７年度 Ｒ８年度\n"
_MEASURES = "見込量 実績値 見込量 実績値 見込量\n"
_ROWS = (
    "（１）専門性の高い意思疎通支援 設置の有無 有 無 有 有 有\n"
    "（２）移動支援事業 時間/年 1,240 1,198 1,260 640 1,280\n"
    "（３）巡回支援専門員整備 実施の有無 実施 未実施 実施 未実施 実施\n"
)


def _read(text: str) -> list[tuple[object, ...]]:
    records = read_document(Source("sheet.txt", (_TITLE + text).encode()))
    return [(o.indicator, o.measure, o.fiscal_year, o.value, o.text) for o in records.observations]


def _findings(text: str) -> str:
    rows = "居宅介護 人 1 2\n"
    heads = "\n\nサービス名 単位 令和６年度計画 令和６年度実績\n"
    records = read_document(Source("sheet.txt", (_TITLE + text + heads + rows).encode()))
    assert {o.indicator for o in records.observations} == {"居宅介護"}
    return " ".join(finding.message for finding in records.findings)


def test_the_last_year_has_no_actual_yet() -> None:
    said = _read(_YEARS + _MEASURES + _ROWS)
    assert said[5:10] == [
        ("移動支援事業", "projected", 2024, 1240.0, None),
        ("移動支援事業", "actual", 2024, 1198.0, None),
        ("移動支援事業", "projected", 2025, 1260.0, None),
        ("移動支援事業", "actual", 2025, 640.0, None),
        ("移動支援事業", "projected", 2026, 1280.0, None),
    ]


def test_words_are_the_values_of_a_row_that_is_told_in_words() -> None:
    said = _read(_YEARS + _MEASURES + _ROWS)
    assert [figure[4] for figure in said[:5]] == ["有", "無", "有", "有", "有"]
    assert said[11] == ("巡回支援専門員整備", "actual", 2024, None, "未実施")


def test_a_first_year_for_reference_has_its_actual_alone() -> None:
    years = "サービス名 単位 （参考）令和５年度 令和６年度 令和７年度\n"
    said = _read(years + "実績 計画 実績 比率 計画\n短期入所 人/月 31 30 27 90.0% 32\n")
    assert [(measure, year, value) for _, measure, year, value, _ in said] == [
        ("actual", 2023, 31.0),
        ("projected", 2024, 30.0),
        ("actual", 2024, 27.0),
        ("gap", 2024, 90.0),
        ("projected", 2025, 32.0),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        _YEARS.replace("Ｒ７年度 ", "") + _MEASURES,
        _YEARS + "見込量 実績値 実績値 見込量 見込量\n",
        _YEARS + "実績値 見込量 実績値 見込量 実績値\n",
        "事業名 令和６年度 令和７年度\n実績 計画 実績 計画比\n",
    ],
)
def test_heads_that_leave_the_years_open_refuse_every_row(heads: str) -> None:
    findings = _findings(heads + _ROWS)
    assert all(name in findings for name in ("意思疎通支援", "移動支援事業", "巡回支援専門員"))


def test_the_number_of_a_page_stands_between_rows() -> None:
    paged = _ROWS.replace("（３）", "\n- 8 -\n\n（３）")
    assert _read(_YEARS + _MEASURES + paged) == _read(_YEARS + _MEASURES + _ROWS)


@pytest.mark.parametrize("group", ["必須事業", "【必須事業】", "＜任意事業＞"])
def test_a_class_of_services_is_no_part_of_the_name_below_it(group: str) -> None:
    grouped = f"{group}\n" + _ROWS.replace("（３）", f"{group}\n（３）")
    assert _read(_YEARS + _MEASURES + grouped) == _read(_YEARS + _MEASURES + _ROWS)


def test_a_row_of_words_in_no_known_table_is_reported() -> None:
    findings = _findings("設置の状況\n基幹相談支援センター 未設置 設置済\n協議会 ○ ○ ×\n")
    assert "基幹相談支援センター" in findings
    assert "協議会" in findings


def test_a_caption_over_the_whole_table_names_no_column() -> None:
    text = (
        "<table><tr><th>事業名</th><th>令和６年度計画</th><th>令和６年度実績</th></tr>"
        "<tr><td colspan='3'>【そのほか】</td></tr>"
        "<tr><td>日中一時支援</td><td>14人</td><td>9人</td></tr></table>"
    )
    records = read_document(Source("page.html", f"<html><p>{_TITLE}</p>{text}</html>".encode()))
    assert [(o.breakdown, o.value) for o in records.observations] == [(None, 14.0), (None, 9.0)]
