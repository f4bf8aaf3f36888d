"""Names and figures in one line, behind the head of all."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = (
    "葦原村 第７期障害福祉計画 進行管理シート\n\n【成果目標１】 施設入所者の地域生活への移行\n\n"
)
LINE = "  目標（令和８年度末）   地域生活移行者数　２人　／　施設入所者数　３１人以下\n"


def _read(line: str) -> list[tuple[str, str, int | None, float | None]]:
    rows = read_document(Source("sheet.txt", (_TITLE + line).encode())).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in rows]


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        LINE.replace("目標（令和８年度末）", "・目標値（R8年度末）"),
        LINE.replace("　／　", "；"),
        LINE.replace("者数　", "者数："),
    ],
)
def test_each_name_has_its_figure(line: str) -> None:
    assert _read(line) == [
        ("地域生活移行者数", "target", 2026, 2.0),
        ("施設入所者数", "target", 2026, 31.0),
    ]


def test_the_head_says_the_measure() -> None:
    actual = LINE.replace("目標（令和８年度末）", "実績（令和６年度）")
    assert {said[1:3] for said in _read(actual)} == {("actual", 2024)}


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("２人", ""),
        ("２人", "２人　３人"),
        ("地域生活移行者数", "令和６年度"),
        ("地域生活移行者数", "現状"),
        ("地域生活移行者数", "施設入所者数"),
        ("目標（", "達成率（"),
    ],
)
def test_a_part_that_is_no_name_and_figure_refuses_the_line(printed: str, instead: str) -> None:
    text = _TITLE + "| 協議の場 | 令和６年度実績 |\n|---|---|\n| 開催回数 | ２回 |\n\n"
    records = read_document(Source("sheet.md", (text + LINE.replace(printed, instead)).encode()))
    assert [row.raw for row in records.observations] == ["２回"]
    assert any(
        f.severity == "warning" and (f.char_start or 0) >= len(text) for f in records.findings
    )
