"""Words of a form left of a table name none of its rows; what is no box of a form stays a name."""

from __future__ import annotations

import pytest
from keikaku.extractors.lines.placed_cells import SideLine
from keikaku.extractors.lines.side_words import words_beside
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　目標等管理シート\n\n１　福祉施設の入所者の地域生活への移行\n"


def _said(text: str) -> list[tuple[object, ...]]:
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found if o.value is not None]


_TARGETS = """\
                    【令和８年度末までの目標】
                      区　分              目標値          目標値設定の考え方
 {plan}      目標値     地域生活移行者数    6人             86人のうち６人が移行する。
 （Ｐ）               施設入所者数        81人以下        ５人を削減する。
  ↓                  就労移行者数        18人            1.28倍以上とする。
 {do}                 定着支援の利用者数  13人            1.3倍以上とする。
 （Ｄ）
"""


@pytest.mark.parametrize(("plan", "do"), [("計画", "実施"), ("計  ", "施  ")])
def test_the_halves_of_the_cycle_name_no_row(plan: str, do: str) -> None:
    found = _said(_TARGETS.format(plan=plan, do=do))
    names = ["地域生活移行者数", "施設入所者数", "就労移行者数", "定着支援の利用者数"]
    assert [told[0] for told in found] == names
    assert {told[1:3] for told in found} == {("target", 2026)}


_ACTIVITY = """\
                    【活動指標等の一覧】
                      区　分                           令和６年度    令和７年度
{one}                  施設入所支援の利用者数  見込量    86人          84人
                                              実績値    85人          83人
{two}            自立生活援助の利用者数  見込量     2人           3人
{three}                                       実績値     1人           4人
"""


@pytest.mark.parametrize(
    "words",
    [
        ("主な", "活動指標", "（内容）"),
        ("活動", "指標    ", "        "),
        ("    ", "活動指標", "        "),
    ],
)
def test_a_box_beside_the_table_names_no_row(words: tuple[str, str, str]) -> None:
    one, two, three = words
    found = _said(_ACTIVITY.format(one=one, two=two.ljust(8 - len(two.strip())), three=three))
    assert [told[0] for told in found] == ["施設入所支援の利用者数"] * 4 + [
        "自立生活援助の利用者数"
    ] * 4
    assert [told[3] for told in found] == [86.0, 84.0, 85.0, 83.0, 2.0, 3.0, 1.0, 4.0]


def _margins(*lines: str) -> dict[int, int]:
    placed = [(line.lstrip(), len(line) - len(line.lstrip())) for line in lines]
    return words_beside([SideLine(text, indent, 0, 0) for text, indent in placed])


def test_classes_and_other_words_left_of_the_names_stay() -> None:
    heads = "                区分          令和６年度  令和７年度"
    row = "                移行者数      5人         6人"
    assert _margins(heads, "活動指標" + row[4:], row) == {1: 4}
    for word in ("身体障害", "入所施設", "市全体  "):
        assert _margins(heads, word + row[4:], row) == {}


def test_names_that_begin_left_of_their_head_are_none_of_a_form() -> None:
    heads = "                区分          令和６年度  令和７年度"
    rows = (
        "    活動指標              5人         6人",
        "    目標値                5人         6人",
    )
    assert _margins(heads, *rows) == {}
