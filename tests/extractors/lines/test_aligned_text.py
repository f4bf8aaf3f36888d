"""The last column of aligned tables where it holds prose, and figures set in the middle of it."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障がい福祉計画\n\n成果目標１　施設入所者の地域生活への移行\n\n"
_AROUND = """
   項目                           数値                     考え方
   令和４年度末時点の入所者数     203人      令和５年３月31日の数。
                                             令和４年度末の入所者の６％以上が地域での生活へ
   【目標値】地域生活移行者数      13人
                                             移ることを基本とする。
"""
_BESIDE = """
   事業名             単位     計画     実績     課題
   手話奉仕員養成     人／年     20       14     受講者の高齢化により修了者が
                                                 減っている。
   移動支援           人／年     41       45     委託先を増やす。
"""


def _read(text: str):
    return read_document(Source("plan.txt", text.encode()))


def test_figures_in_the_middle_of_their_text() -> None:
    records = _read(_TITLE + _AROUND)
    assert [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations] == [
        ("入所者数", "baseline", 2022, 203.0),
        ("地域生活移行者数", "target", 2026, 13.0),
    ]
    assert [n.text for n in records.narratives] == [
        "令和5年3月31日の数。",
        "令和4年度末の入所者の6%以上が地域での生活へ移ることを基本とする。",
    ]


def test_a_text_goes_on_below_its_row() -> None:
    records = _read("第７期架空市障がい福祉計画　令和６年度の実績\n" + _BESIDE)
    assert [o.value for o in records.observations] == [20.0, 14.0, 41.0, 45.0]
    assert [n.text for n in records.narratives] == [
        "受講者の高齢化により修了者が減っている。",
        "委託先を増やす。",
    ]
