"""Tables set by letters, not by their widths: a full-width character takes the place of one digit."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TOP = "第７期架空市障害福祉計画　進捗管理シート\n\n成果目標１　福祉施設の入所者の地域生活への移行\n\n【実績】\n"
_YEARS = """\
            区分                              令和６年度               令和７年度               令和８年度
"""
_LAST_IS_BLANK = """\
  施設入所者数                                     146人                143人
  削減数（令和４年度末との比較）                          2人（1.4％）            5人（3.4％）
  地域生活移行者数（累計）                             2人（1.4％）            4人（2.7％）
"""
_FIRST_IS_BLANK = """\
  施設入所者数                                                          146人                143人
  地域生活移行者数（累計）                                              2人                  4人
"""


def _read(rows: str) -> list[tuple[str | None, int | None, float | None]]:
    found = read_document(Source("a.txt", (_TOP + _YEARS + rows).encode())).observations
    return [(o.indicator, o.fiscal_year, o.value) for o in found if o.unit == "人"]


def test_a_year_still_to_come_is_blank() -> None:
    found = _read(_LAST_IS_BLANK)
    assert [said[1:] for said in found] == [
        (2024, 146),
        (2025, 143),
        (2024, 2),
        (2025, 5),
        (2024, 2),
        (2025, 4),
    ]


@pytest.mark.parametrize(
    "rows", [_FIRST_IS_BLANK, _FIRST_IS_BLANK.replace("                  4人", "")]
)
def test_figures_stand_under_no_year_but_theirs(rows: str) -> None:
    assert not [said for said in _read(rows) if said[1] == 2024]


def test_a_figure_between_two_years_is_of_neither() -> None:
    rows = _LAST_IS_BLANK.replace("                143人", "      143人")
    assert (2025, 143) not in [said[1:] for said in _read(rows)]
    assert (2024, 143) not in [said[1:] for said in _read(rows)]


_UNDER_MEASURES = """\
        指標                            単位          令和６年度               令和７年度               令和８年度
                                                 見込        実績        見込        実績        見込        実績
  自立生活援助                 利用者数         人／月          3         2         4         3         5
  共同生活援助                 利用者数         人／月        162       168       170       181       178
"""


def test_figures_that_end_in_as_many_places_are_nearer_to_their_heads_by_letter() -> None:
    text = _TOP.replace("実績】", "活動指標】") + _UNDER_MEASURES
    found = read_document(Source("a.txt", text.encode())).observations
    said = [(o.measure, o.fiscal_year, o.value) for o in found if o.indicator == "共同生活援助"]
    assert said[:5] == [
        ("projected", 2024, 162),
        ("actual", 2024, 168),
        ("projected", 2025, 170),
        ("actual", 2025, 181),
        ("projected", 2026, 178),
    ]
