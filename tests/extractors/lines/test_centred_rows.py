"""Names set in the middle of their rows: what reads the same from above and from below, in one way only."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　目標等管理シート\n\n{goal}\n"


def _said(
    text: str, goal: str = "１　福祉施設の入所者の地域生活への移行"
) -> list[tuple[object, ...]]:
    source = Source("sheet.txt", (_TITLE.format(goal=goal) + text).encode())
    found = read_document(source).observations
    return [(o.indicator, o.breakdown, o.measure, o.value) for o in found if o.value is not None]


_HEADS = "    区　分                                  令和６年度    令和７年度\n"

_IN_THE_MIDDLE = """\
                                  見込量          4回           5回
    協議の場の開催回数
                                  実績値          3回           5回
                          保健    見込量         16人          17人
                                  実績値         12人          18人
    協議の場への参        医療    見込量          8人           9人
    加者数                        実績値          6人          10人
                          福祉    見込量         40人          41人
                                  実績値         29人          42人
"""
_BETWEEN = """\
                                  見込量          4回           5回
    協議の場の開催回数
                                  実績値          3回           5回
                                  見込量         16人          17人
                          保健
                                  実績値         12人          18人
    協議の場への参                見込量          8人           9人
                          医療
    加者数                        実績値          6人          10人
                                  見込量         40人          41人
                          福祉
                                  実績値         29人          42人
"""
_ONE_LINE = """\
    協議の場の                    見込量          4回           5回
    開催回数                      実績値          3回           5回
                          保健    見込量         16人          17人
                                  実績値         12人          18人
                          医療    見込量          8人           9人
    協議の場への参加者数          実績値          6人          10人
                          福祉    見込量         40人          41人
                                  実績値         29人          42人
"""


@pytest.mark.parametrize("rows", [_IN_THE_MIDDLE, _BETWEEN, _ONE_LINE])
def test_a_name_in_the_middle_of_names_of_their_own(rows: str) -> None:
    found = _said(_HEADS + rows, "２　精神障害にも対応した地域包括ケアシステムの構築")
    assert [value for *_, value in found] == [
        4,
        5,
        3,
        5,
        16,
        17,
        12,
        18,
        8,
        9,
        6,
        10,
        40,
        41,
        29,
        42,
    ]
    assert {said[:2] for said in found[:4]} == {("協議の場の開催回数", None)}
    assert [said[:2] for said in found[4::4]] == [
        ("協議の場への参加者数", "保健"),
        ("協議の場への参加者数", "医療"),
        ("協議の場への参加者数", "福祉"),
    ]


def test_two_counts_of_one_name() -> None:
    rows = """\
    ①年間一般就労移行者数                           11人          15人
                                  利用人数           5人           9人
    ②就労定着支援事業の利用者数
                                  利用率            45%           60%
"""
    found = _said("【実績値】\n" + _HEADS + rows, "３　福祉施設から一般就労への移行等")
    assert [said[0] for said in found] == ["年間一般就労移行者数"] * 2 + [
        "就労定着支援事業の利用者数"
    ] * 4


def test_a_remark_under_a_name_is_of_its_rows() -> None:
    rows = """\
                                  見込量          2人           3人
    自立生活援助の利用者数
                                  実績値          0人           1人
    施設入所支援の利用者数        見込量         96人          95人
    ※施設入所者数の削減          実績値         97人          94人
"""
    found = _said(_HEADS + rows)
    assert [said[3] for said in found] == [2, 3, 0, 1, 96, 95, 97, 94]
    assert all(str(said[0]).startswith("施設入所支援の利用者数") for said in found[4:])


_SUMMARY = """\
                                                           第 ７ 期
    項　目                      基準値     区分                               比較
                                                      Ｒ６         Ｒ７
                                           目標値       —           6人        —
    地域生活移行者数             96人
                                           実績値      1人          4人      ▲ 2人
    福祉施設から一般                       目標値       —          13人        —
                                 10人
    就労への移行者数                       実績値      9人          12人      ▲ 1人
"""


def test_heads_half_way_beside_each_other() -> None:
    found = _said(_SUMMARY)
    assert [said[3] for said in found] == [96, 6, 1, 4, -2, 10, 13, 9, 12, -1]
    assert [said[2] for said in found[:5]] == ["baseline", "target", "actual", "actual", "gap"]


def test_values_in_brackets_on_lines_of_their_own() -> None:
    rows = """\
                                          令和６年度          令和７年度
    区分              単位
                                        見込     実績       見込     実績
                                         208      246        218      258
    共同生活援助      人/月
                                         [67]     [94]       [70]     [108]
                                          10       ４         12        1
    地域移行支援      人/月
                                         [7]      [４]       [9]       [1]
    ※[ ]内は精神障害者の内数
"""
    found = _said(rows)
    assert [said[3] for said in found] == [
        208,
        67,
        246,
        94,
        218,
        70,
        258,
        108,
        10,
        7,
        4,
        4,
        12,
        9,
        1,
        1,
    ]
    assert [said[1] for said in found[:2]] == [None, "精神障害者"]


def test_rows_whose_name_is_lost_are_given_none_above_or_below() -> None:
    rows = """\
    訪問件数
                                  見込量          4回           5回
                                  実績値          3回           5回
                                  見込量          6回           7回
                                  実績値          6回           8回
    相談件数
"""
    assert all(said[0] == "訪問件数" and said[3] in (4, 5, 3) for said in _said(_HEADS + rows))


_TORN = """\
    訪問件数            見込量          4回           5回{behind}
                        見込量          4回           5回{behind}
                        実績値          3回           5回{behind}
    協議の場への        見込量          6回           7回{behind}
    参加者数            実績値          6回           8回{behind}
"""


@pytest.mark.parametrize("behind", ["", "        窓口集計"])
def test_a_name_torn_over_measures_that_do_not_take_turns_names_no_row(behind: str) -> None:
    heads = "    区　分                        令和６年度    令和７年度"
    found = _said(heads + ("    出典\n" if behind else "\n") + _TORN.format(behind=behind))
    assert not any("参加者数" in str(said[0]) or said[3] in (6, 7, 8) for said in found)


def test_a_quantity_over_a_name_and_another_quantity_may_be_of_that_name() -> None:
    rows = """\
    一般就労への移行者数              11人          15人
    利用人数                           5人           9人
    就労定着支援事業
    利用率                            45%           60%
"""
    found = _said(_HEADS + rows, "３　福祉施設から一般就労への移行等")
    assert not any(said[3] in (5, 9) for said in found)


def test_names_on_the_first_of_their_rows_are_not_in_the_middle_of_more() -> None:
    text = """\
第５期架空町障がい福祉計画　進捗管理シート

  サービス・事業名                        単位                平成30年度    令和元年度    令和２年度
  就労継続支援（Ａ型）                    人/月      計画            5             5             6
                                                     実績            6             4             4
  就労継続支援（Ｂ型）                    人/月      計画           28            30            32
                                                     実績           29            33            35
                                          人日/月    計画          504           540           576
                                                     実績          511           587           602
  就労定着支援                            人/月      計画            0             1             1
                                                     実績            0             0             1
"""
    found = read_document(Source("a.txt", text.encode())).observations
    assert not {504, 587} & {o.value for o in found if o.indicator == "就労定着支援"}


_MEETINGS = """\
    指標                                          単位       令和６年度    令和７年度
    協議の場の開催回数                            回／年          3             4
                             保健                 人／年          9            10
    協議の場への参加者数     医療                 人／年          6             7
                             福祉                 人／年         15            16
    地域移行支援             利用者数             人／月          2             3
"""


def test_a_name_beside_the_second_of_three_rows_of_their_own() -> None:
    found = _said("【見込量】\n" + _MEETINGS, "２　精神障害にも対応した地域包括ケアシステムの構築")
    assert [said[:2] for said in found[2:8:2]] == [
        ("協議の場への参加者数", "保健"),
        ("協議の場への参加者数", "医療"),
        ("協議の場への参加者数", "福祉"),
    ]


@pytest.mark.parametrize("lost", ["保健", "医療", "福祉"])
def test_rows_of_another_unit_are_no_parts_of_the_name_above(lost: str) -> None:
    rows = "".join(line for line in _MEETINGS.splitlines(keepends=True) if lost not in line)
    found = _said("【見込量】\n" + rows, "２　精神障害にも対応した地域包括ケアシステムの構築")
    assert not any(said[0] == "協議の場の開催回数" and said[1] for said in found)
    assert {3, 4} <= {said[3] for said in found}
