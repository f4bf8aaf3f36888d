"""Columns of figures that no row fills, 実績 of the year still to come; and names in the middle of rows of their own."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TOP = """\
第７期架空市障害福祉計画　進捗管理シート

成果目標２　精神障害にも対応した地域包括ケアシステムの構築

【活動指標】
        指標                            単位          令和６年度               令和７年度
                                                 見込        実績        見込        実績
"""
_ROWS = (
    "  協議の場の開催回数                           回／年          3         2         4\n",
    "                         保健           人／年          9         8        10\n",
    "  協議の場への関係者の参加者数         医療（精神科）      人／年          6         5         7\n",
    "                         福祉           人／年         15        18        16\n",
    "  目標設定及び評価の実施回数                       回／年          1         0         1\n",
    "  精神障害者の地域移行支援           利用者数         人／月          2         1         3\n",
)
_SHARED = "協議の場への関係者の参加者数"
_Said = tuple[str | None, str | None, str, int | None, float | None]


def _read(rows: str) -> list[_Said]:
    found = read_document(Source("a.txt", (_TOP + rows).encode())).observations
    said = [o for o in found if o.value is not None]
    return [(o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value) for o in said]


def test_the_last_actual_is_still_to_come() -> None:
    found = _read("".join(_ROWS))
    assert [said[4] for said in found] == [3, 2, 4, 9, 8, 10, 6, 5, 7, 15, 18, 16, 1, 0, 1, 2, 1, 3]
    assert {said[2:4] for said in found[2::3]} == {("projected", 2025)}
    assert [said[:2] for said in found[3:12:3]] == [
        (_SHARED, "保健"),
        (_SHARED, "医療(精神科)"),
        (_SHARED, "福祉"),
    ]
    assert found[15][0] == "精神障害者の地域移行支援"


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("lost", range(len(_ROWS)))
def test_a_lost_row_gives_no_part_to_another_name(lost: int, blank: bool) -> None:
    rows = [row if blank else row[:-1] + "         9\n" for row in _ROWS]
    del rows[lost]
    parts = {(said[0], said[1]) for said in _read("".join(rows)) if said[1] or said[4] in (9, 15)}
    named = {name for name, part in parts if part}
    assert named <= {_SHARED}


def test_a_figure_between_two_heads_leaves_all_unread() -> None:
    moved = _ROWS[0].replace("         2         4", "             2     4")
    assert not _read(moved + "".join(_ROWS[4:]))


def test_a_middle_column_that_is_blank() -> None:
    rows = "".join(row.replace(row[-22:-11], " " * 11) for row in (_ROWS[0], _ROWS[4]))
    assert all(said[2] == "projected" for said in _read(rows))
