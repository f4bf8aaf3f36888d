"""Rows that lost a cell, a name or a head, or were shifted: what moved is refused, each figure with a finding."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空町障害福祉計画　実績\n\n"
_HEADS = (
    "<tr><th rowspan='2'>区分</th><th rowspan='2'>サービス</th><th rowspan='2'>単位</th>"
    "<th>（参考）令和５年度</th><th colspan='2'>令和６年度</th></tr>"
    "<tr><th>実績</th><th>計画値</th><th>実績値</th></tr>"
)
_FIRST = (
    "<tr><th rowspan='2'>訪問系</th><th rowspan='2'>同行援護</th><td>人/月</td>"
    "<td>11</td><td>12</td><td>13</td></tr>"
)
_SECOND = "<tr><td>時間/月</td><td>121</td><td>122</td><td>123</td></tr>"
_LAST = "<tr><th>居住系</th><th>自立生活援助</th><td>人/月</td><td>1</td><td>2</td><td>3</td></tr>"


def _page(*rows: str, heads: str = _HEADS):
    table = f"<table>{heads}{''.join(rows)}</table>"
    return read_document(Source("page.html", f"<html><h1>{_TITLE}</h1>{table}</html>".encode()))


def _text(text: str):
    return read_document(Source("plan.txt", (_TITLE + text).encode()))


def _values(reading, name: str) -> list[float | None]:
    return [o.value for o in reading.observations if o.indicator == name]


@pytest.mark.parametrize("doubled", [_FIRST, _SECOND])
def test_a_row_that_spans_moved_is_refused(doubled: str) -> None:
    rows = [_FIRST, _SECOND, _LAST]
    rows.insert(rows.index(doubled), doubled)
    reading = _page(*rows)
    assert set(_values(reading, "同行援護")) <= {11.0, 12.0, 13.0, 121.0, 122.0, 123.0}
    said = {(o.value, o.measure, o.fiscal_year) for o in reading.observations}
    sound = _page(_FIRST, _SECOND, _LAST)
    assert said <= {(o.value, o.measure, o.fiscal_year) for o in sound.observations}
    assert {f.rule for f in reading.findings} & {"shifted_row", "displaced_values"}


def test_a_remark_left_of_a_head_names_no_column() -> None:
    reading = _page(_FIRST, _SECOND, _LAST, heads=_HEADS.replace("（参考）令和５年度", "（参考）"))
    assert {o.fiscal_year for o in reading.observations} == {2024}
    assert not [o for o in reading.observations if o.breakdown]
    assert "unknown_column" in {finding.rule for finding in reading.findings}


def test_years_whose_measures_are_lost_are_refused() -> None:
    reading = _text(
        "サービス名,単位,令和６年度,,令和７年度,\n居宅介護,人/月,31,33,34,36\n同行援護,人/月,5,4,6,6\n\n"
        "| サービス名 | 令和６年度実績 |\n|---|---|\n| 短期入所 | 9人 |\n"
    )
    assert [o.indicator for o in reading.observations] == ["短期入所"]
    assert "unknown_column" in {finding.rule for finding in reading.findings}


_PARTS = (
    "サービス名,内訳,単位,令和６年度計画,令和６年度実績\n児童発達支援,,人/月,24,25\n"
    ",うち医療的ケア児,人/月,2,1\n{},,人/月,61,66\n,うち医療的ケア児,人/月,3,4\n"
)


def test_parts_of_a_row_that_lost_its_name_are_of_no_other() -> None:
    sound = _text(_PARTS.format("放課後等デイサービス"))
    assert _values(sound, "放課後等デイサービス") == [61.0, 66.0, 3.0, 4.0]
    lost = _text(_PARTS.format(""))
    assert not set(_values(lost, "児童発達支援")) & {61.0, 66.0, 3.0, 4.0}


_ROWS = (
    "事業名 単位 令和６年度 令和７年度\n計画 実績 計画 実績\n"
    "コミュニケーション支援 か所 2 2 3 3\n手話通訳者派遣事業 件/年 210 198 215 97\n{} 人/年 11 12 13 14\n移動支援事業 人/月 51 53 52 55\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("手話奉仕員養成 人/年 11", "人/年 11"),
        ("97\n手話奉仕員養成 人/年", "97 手話奉仕員養成 人/年"),
        ("11 12 13 14\n", "11 12 13 14 15\n"),
    ],
)
def test_a_row_between_blanks_that_lost_or_took_words_is_refused(before: str, after: str) -> None:
    text = _ROWS.format("手話奉仕員養成")
    assert before in text
    reading = _text(text.replace(before, after))
    said = {(o.indicator, o.value, o.fiscal_year) for o in reading.observations}
    sound = {(o.indicator, o.value, o.fiscal_year) for o in _text(text).observations}
    assert said < sound
    assert not [figure for figure in said if figure[1] in (11.0, 12.0, 13.0, 14.0)]
    assert "unread_figures" in {finding.rule for finding in reading.findings}


_ALIGNED = """
                          令和６年度          令和７年度      対計画比
 サービス名     単位    計画値   実績値    計画値   実績値   （令和７年度）
 居宅介護       人         21       19        22       24       109.1%
                時間      315      288       330      351       106.4%
 行動援護       人          4        3         4        4       100.0%
 生活介護       人        102      105       104      108       103.8%
"""


@pytest.mark.parametrize(
    "gone",
    [
        "                          令和６年度          令和７年度      対計画比\n",
        " 居宅介護 ",
        "19        ",
    ],
)
def test_an_aligned_row_that_lost_a_piece_says_nothing_new(gone: str) -> None:
    said = {(o.indicator, o.measure, o.value) for o in _text(_ALIGNED).observations}
    blanks = "" if "\n" in gone or gone[0].isdigit() else " " * 10
    altered = (
        _ALIGNED.replace(gone, blanks, 1)
        + "\n| サービス名 | 令和６年度実績 |\n|---|---|\n| 短期入所 | 9人 |\n"
    )
    reading = _text(altered)
    left = {(o.indicator, o.measure, o.value) for o in reading.observations}
    assert left - {("短期入所", "actual", 9.0)} < said
    assert reading.findings


def test_a_list_below_a_note_is_no_note() -> None:
    reading = _text(
        "| サービス名 | 令和６年度実績 |\n|---|---|\n| 短期入所 | 9人 |\n\n※実績は年度末の値。\n\n"
        "○専門的な助言\n　・6年度実績　　19件\n　・7年度実績　　11件\n"
    )
    listed = [(o.fiscal_year, o.value) for o in reading.observations if o.unit == "件"]
    assert listed == [(2024, 19.0), (2025, 11.0)]


def test_a_class_of_services_alone_names_no_figure() -> None:
    reading = _page(_FIRST.replace("同行援護", ""), _SECOND, _LAST)
    assert {o.indicator for o in reading.observations} == {"自立生活援助"}
    assert "no_indicator" in {finding.rule for finding in reading.findings}
