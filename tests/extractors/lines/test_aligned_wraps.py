"""Names on the lines above and below their figures, and rows of which it is not told whose they are."""

from __future__ import annotations

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障がい福祉計画　地域生活支援事業の実績\n\n"
_HEADS = "   事業名                    単位      令和６年度   令和７年度\n"


def _read(rows: str) -> DocumentRecords:
    return read_document(Source("plan.txt", (_TITLE + _HEADS + rows).encode()))


def _said(rows: str) -> list[tuple[object, ...]]:
    return [(o.indicator, o.value, o.unit) for o in _read(rows).observations]


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ("精神障害者の地域移行支援を", "担う関係者", "精神障害者の地域移行支援を担う関係者"),
        ("点字・声の広報等発行に係る", "事業", "点字・声の広報等発行に係る事業"),
        ("排せつ管理支援用", "具", "排せつ管理支援用具"),
        ("福祉ホーム運営", "（身体障害者）", "福祉ホーム運営(身体障害者)"),
        ("居宅訪問型児童発達", "支援", "居宅訪問型児童発達支援"),
    ],
)
def test_a_name_around_its_figures_is_one(above: str, below: str, name: str) -> None:
    rows = f"   {above}\n                             人/年         14           15\n   {below}\n"
    last = "   移動支援事業              人/年         21           22\n"
    for after in ("", last):
        said = _said(rows + after)
        assert said[:2] == [(name, 14.0, "人/年"), (name, 15.0, "人/年")]
        assert len(said) == (4 if after else 2)


_UNSURE = (
    "   わくわく交流\n                             人/年         14           15\n"
    "   みんなの集い\n   移動支援事業              人/年         21           22\n"
)


def test_a_line_below_figures_that_may_head_others_leaves_them_unread() -> None:
    assert _said(_UNSURE) == [("移動支援事業", 21.0, "人/年"), ("移動支援事業", 22.0, "人/年")]
    assert {f.rule for f in _read(_UNSURE).findings} >= {"displaced_values"}


def test_what_one_row_tells_is_so_in_the_others() -> None:
    sure = "   成年後見制度に係る\n                             人/年          1            2\n   相談\n"
    names = [name for name, _, _ in _said(sure + _UNSURE)]
    assert names == [
        "成年後見制度に係る相談", "成年後見制度に係る相談", "わくわく交流みんなの集い",
        "わくわく交流みんなの集い", "移動支援事業", "移動支援事業",
    ]  # fmt: skip


def test_names_over_their_rows_stay_over_them() -> None:
    said = _said(
        "   移動支援事業\n                             人/年         21           22\n"
        "                             時間/年      900          950\n"
        "   日中一時支援\n                             人/年          8            9\n"
    )
    assert [name for name, _, _ in said] == ["移動支援事業"] * 4 + ["日中一時支援"] * 2


def test_a_unit_between_two_names_may_be_of_either() -> None:
    said = _said(
        "   移動支援事業              人/年         21           22\n"
        "                             件/年          3            4\n"
        "   日中一時支援\n"
        "                             人/年          8            9\n"
    )
    assert [(name, value) for name, value, _ in said] == [
        ("移動支援事業", 21.0), ("移動支援事業", 22.0), ("日中一時支援", 8.0), ("日中一時支援", 9.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("地域生活への", "移行者数", ""), "地域生活への移行者数"),
        (("福祉施設から", "一般就労への", "移行者数"), "福祉施設から一般就労への移行者数"),
        (("医療的ケア児等", "コーディネーターの配置", ""), "医療的ケア児等コーディネーターの配置"),
    ],
)
def test_a_name_that_begins_above_its_figures(lines: tuple[str, ...], name: str) -> None:
    above, beside, below = lines
    pad = " " * (26 - 2 * len(beside))
    rows = f"   {above}\n   {beside}{pad}人            2            3\n"
    assert {said[0] for said in _said(rows + (f"   {below}\n" if below else ""))} == {name}


def test_two_unknown_lines_over_one_row_are_one_name_or_a_head_and_a_name() -> None:
    rows = "   わくわく交流\n   みんなの集い              人            2            3\n"
    assert _said(rows) == []
    assert {f.rule for f in _read(rows).findings} >= {"unread_figures"}


def test_figures_left_of_where_names_end_move_no_column() -> None:
    said = _said(
        "   移動支援事業              人/年         21           22\n"
        "   成年後見制度に係る\n      人/年    4        5\n   相談\n"
    )
    assert said == [
        ("移動支援事業", 21.0, "人/年"),
        ("移動支援事業", 22.0, "人/年"),
        ("成年後見制度に係る相談", 4.0, "人/年"),
        ("成年後見制度に係る相談", 5.0, "人/年"),
    ]


@pytest.mark.parametrize(
    ("beside", "below"),
    [
        ("医療的ケア児支援のため", "の関係機関の協議の場"),
        ("就労定着支援の利用者", "から見た満足度の平均"),
        ("わくわく交流の", "拠点（圏域設置を含む。）"),
        ("関係機関による評価", "及び検証の回数"),
    ],
)
def test_a_name_goes_on_below_its_figures_as_no_name_begins(beside: str, below: str) -> None:
    pad = " " * (26 - 2 * len(beside))
    row = f"   {beside}{pad}人/年         14           15\n   {below}\n"
    last = "   移動支援事業              人/年         21           22\n"
    for after in ("", last):
        said = _said(row + after)
        name = (beside + below).replace("（", "(").replace("）", ")")
        assert said[:2] == [(name, 14.0, "人/年"), (name, 15.0, "人/年")]


@pytest.mark.parametrize("words", ["未達成", "おおむね達成"])
def test_a_row_that_lost_a_figure_and_moved_up_is_not_read(words: str) -> None:
    heads = (
        "   指標                 目標値      令和３年度    令和４年度    令和５年度    達成状況\n"
    )
    heads += "                     （Ｒ５末）       実績          実績          実績\n"
    whole = (
        f"   施設入所者数          21人           22人          22人          23人       {words}\n"
    )
    short = f"   退院率                １人          ５人          ３人       {words}\n"
    source = Source("plan.txt", (_TITLE + heads + whole + short).encode())
    found = read_document(source)
    assert {o.indicator for o in found.observations} == {"施設入所者数"}
    assert "displaced_values" in {f.rule for f in found.findings}


def test_figures_over_the_rest_of_a_lost_name_are_not_of_the_name_above() -> None:
    rows = """\
   移動支援事業              人/年         21           22
                                           14           15
   就労移行支援事業所の割合
   地域活動支援センター      人/年          7            8
"""
    assert not {14.0, 15.0} & {said[1] for said in _said(rows)}
