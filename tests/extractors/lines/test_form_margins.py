"""Words of a form left of its captions name no row, wherever the heads of the tables stand."""

from __future__ import annotations

import pytest
from keikaku.extractors.lines.form_margins import words_left_of_captions
from keikaku.extractors.lines.placed_cells import SideLine
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　目標等管理シート\n\n１　福祉施設の入所者の地域生活への移行\n"

_SHEET = """\
 {0}                【活動指標等の一覧】
 {1}                            区　分                令和６年度    令和７年度
 {2}      主な                                見込量      12人         14人
 {3}    活動指標    自立生活援助の利用者数
 {4}      (内容)                              実績値      10人         13人
"""


@pytest.mark.parametrize(
    "words",
    [
        ("計画", "(P) ", " ↓ ", "実施", "(D) "),
        ("計  ", "画  ", "（P）", "↓ ", "実施"),
        ("    ", "計画", "    ", "実施", "    "),
    ],
)
def test_words_left_of_a_caption_name_no_row(words: tuple[str, ...]) -> None:
    text = _TITLE + _SHEET.format(*words)
    found = read_document(Source("sheet.txt", text.encode())).observations
    assert [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found] == [
        ("自立生活援助の利用者数", "projected", 2024, 12.0),
        ("自立生活援助の利用者数", "projected", 2025, 14.0),
        ("自立生活援助の利用者数", "actual", 2024, 10.0),
        ("自立生活援助の利用者数", "actual", 2025, 13.0),
    ]


def _margins(*lines: str) -> dict[int, int]:
    placed = [(line.lstrip(), len(line) - len(line.lstrip())) for line in lines]
    return words_left_of_captions([SideLine(text, indent, 0, 0) for text, indent in placed])


_CAPTION = "                【実績値】"
_ROW = "                施設入所者数      5人         6人"


def test_only_what_spells_boxes_is_of_the_form() -> None:
    assert _margins(_CAPTION, "  目標値" + _ROW[8:], _ROW) == {1: 3}
    for word in ("身体障害", "市全体  ", "入所施設"):
        assert _margins(_CAPTION, word + _ROW[8:], _ROW) == {}


def test_measures_with_figures_right_behind_them_are_rows() -> None:
    rows = (
        "  目標値                   5人         6人",
        "  実績値                   5人         4人",
    )
    assert _margins(_CAPTION, *rows) == {}


def test_a_line_that_begins_left_of_the_caption_ends_its_form() -> None:
    sentence = "  入所者の高齢化が進み、移行が難しい。"
    assert _margins(_CAPTION, sentence, "  目標値" + _ROW[8:]) == {}


@pytest.mark.parametrize(
    "remark", ["", "          *各年度３月末時点、ただし令和７年度は1月末時点", "    ※各年度末"]
)
@pytest.mark.parametrize("letters", ["    ", " 計 ", " 画 "])
def test_a_caption_between_words_of_a_form_and_a_remark(letters: str, remark: str) -> None:
    text = (
        "                【令和８年度末までの目標】\n"
        "                 区分               目標値        目標値設定の考え方\n"
        "      目標値     施設入所者数       81人以下      ５人を削減する。\n"
        f"{letters}            【実績】{remark}\n"
        "（P）                    区分                  R6年度        R7年度\n"
        " ↓              ①地域生活移行者数(累計値)     2人           ３人\n"
        " 実              ②施設入所者数                269人          274人\n"
        " 施\n"
    )
    if letters == "    ":
        text = text.replace("（P）", "     ").replace(" ↓ ", "    ").replace(" 実 ", "    ")
        text = text.replace(" 施\n", "")
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    assert [(o.measure, o.value) for o in found] == [
        ("target", 81.0),
        ("actual", 2.0),
        ("actual", 3.0),
        ("actual", 269.0),
        ("actual", 274.0),
    ]


def test_a_goal_s_words_in_a_box_do_not_end_its_form() -> None:
    heading = "                ①地域生活支援拠点等の整備"
    assert _margins(_CAPTION, heading, "  目標値" + _ROW[8:]) == {2: 3}
    assert _margins(_CAPTION, " １ 地域生活支援拠点等の整備", "  目標値" + _ROW[8:]) == {}
