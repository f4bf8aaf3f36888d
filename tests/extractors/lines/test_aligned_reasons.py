"""Rows of a name, a figure and its reason, each set in the middle of its lines; what does not come out even is not read."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　目標等管理シート\n\n１　福祉施設の入所者の地域生活への移行\n【令和８年度末までの目標】\n"
_HEADS = "    区　分                    目標値                目標値設定の考え方\n"


def _said(text: str) -> list[tuple[object, ...]]:
    found = read_document(Source("sheet.txt", (_TITLE + _HEADS + text).encode()))
    return [(o.indicator, o.value, o.unit) for o in found.observations]


def test_a_name_between_the_two_lines_of_its_figure() -> None:
    text = """\
                                ９人     令和４年度末の施設入所者数（148人）のうち、６％以
    地域生活移行者数
                           （6.1％）     上が移行することを目標とします。
"""
    assert _said(text) == [("地域生活移行者数", 9, "人"), ("地域生活移行者数", 6.1, "%")]


def test_one_blank_before_the_figure() -> None:
    text = """\
    就労定着支援利用者の割合 ７割以上     一般就労に移行する方のうち、７割以上が就労定着支援事
                                          業を利用することを目標とします。
"""
    assert _said(text) == [("就労定着支援利用者の割合", 70, "%")]


_TWO = """\
                                ９人     令和４年度末の施設入所者数（148人）のうち、６％以
    地域生活移行者数
                           （6.1％）     上が移行することを目標とします。
                                ３人     令和４年度末の施設入所者数（148人）から、1.6％以上
    削減見込者数
                           （2.0％）     を削減することを目標とします。
{more}"""


def test_rows_that_follow_each_other_without_a_gap() -> None:
    assert _said(_TWO.format(more="")) == [
        ("地域生活移行者数", 9, "人"),
        ("地域生活移行者数", 6.1, "%"),
        ("削減見込者数", 3, "人"),
        ("削減見込者数", 2.0, "%"),
    ]


def test_rows_that_leave_a_line_over_are_not_read() -> None:
    assert _said(_TWO.format(more=" " * 41 + "５人が見込まれるが\n")) == []


def test_a_bracket_in_the_same_unit_is_another_figure() -> None:
    text = """\
                                ９人     令和４年度末の施設入所者数のうち、６％以
    地域生活移行者数
                            （11人）     上が移行することを目標とします。
"""
    assert _said(text) == []
