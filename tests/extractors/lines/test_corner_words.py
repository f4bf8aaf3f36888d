"""A measure printed left of a table's heads is that of all its figures."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期仮空町障がい福祉計画　進行管理表\n\n成果目標１　福祉施設の入所者の地域生活への移行\n\n【令和８年度末の目標】\n\n"
Said = tuple[str, str, int | None, float | None]


def _said(text: str) -> list[Said]:
    rows = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in rows]


TABLE = """\
  実      実 績 値    区   分                 令和６年度      令和７年度
  施                  ①地域生活移行者数       3人             4人
（Ｄ）                ②施設入所者数           61人            60人
"""
READ = [
    ("地域生活移行者数", "actual", 2024, 3.0),
    ("地域生活移行者数", "actual", 2025, 4.0),
    ("施設入所者数", "actual", 2024, 61.0),
    ("施設入所者数", "actual", 2025, 60.0),
]


def test_the_word_in_the_corner_is_the_measure() -> None:
    assert _said(TABLE) == READ


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("実 績 値", "実　績  "),
        ("令和７年度", "Ｒ７年度  "),
        ("  施  ", "      "),
        ("（Ｄ）", "  ↓  "),
    ],
)
def test_other_spellings_say_the_same(printed: str, instead: str) -> None:
    assert _said(TABLE.replace(printed, instead)) == READ


def test_a_head_of_its_own_wins_over_the_corner() -> None:
    text = """\
          実績値      項   目             単位    基準値    令和６年度    令和７年度
                      地域生活移行者数    人      50        3             4
                      施設入所者数        人      66        61            60
"""
    assert _said(text)[:3] == [
        ("地域生活移行者数", "baseline", None, 50.0),
        ("地域生活移行者数", "actual", 2024, 3.0),
        ("地域生活移行者数", "actual", 2025, 4.0),
    ]


def test_no_figure_of_it_is_taken_for_the_target_of_a_caption_above() -> None:
    over_cells = TABLE.replace("  施                  ①", "  施      重度        ①")
    assert {said[1] for said in _said(over_cells)} == {"actual"}
    assert _said(TABLE.replace("区   分", "        ")) == []


def test_rows_of_one_figure_below_heads_of_two_years_are_of_no_caption() -> None:
    sparse = """\
                      区   分                 令和６年度      令和７年度
                      ①地域生活移行者数                         4人
                      ②施設入所者数           61人
"""
    assert all(
        said[1:] in {("actual", 2025, 4.0), ("actual", 2024, 61.0)} for said in _said(sparse)
    )
    assert not [said for said in _said(sparse) if said[2] == 2026]
