"""目標値 and 目標値設定の考え方 without a column of names: a heading names the figure in the middle of its reason."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画　目標等管理シート\n\n１　福祉施設の入所者の地域生活への移行\n"


def _said(text: str) -> list[tuple[object, ...]]:
    found = read_document(Source("sheet.txt", (_TITLE + text).encode())).observations
    return [(o.item, o.measure, o.value or o.text, o.raw) for o in found]


@pytest.mark.parametrize(
    "rows",
    [
        "                       令和元年度末時点の施設入所者数（271人）を\n"
        "          271人以下\n"
        "                       超えないことを基本とする。\n",
        "          271人以下    令和元年度末時点の施設入所者数を超えない。\n",
        "           271人       令和元年度末時点の施設入所者数（271人）を\n"
        "           以下        超えないことを基本とする。\n",
        "                       令和元年度末時点の施設入所者数（271人）を超えない\n"
        "  計画    271人以下    ことを、国の基本指針に基づく市の目標とし、移行を\n"
        " (Ｐ)                  図る。\n",
    ],
)
def test_a_figure_in_the_middle_of_its_reason(rows: str) -> None:
    found = _said(
        "        【令和８年度末までの目標】\n"
        "        ①施設入所者数\n"
        "          目標値              目標値設定の考え方\n" + rows
    )
    assert [said[:3] for said in found] == [("施設入所者数", "target", 271.0)]


def test_each_figure_is_named_by_the_heading_above_it() -> None:
    found = _said(
        "        【令和８年度末までの目標】\n"
        "        ①施設入所者数\n"
        "          目標値              目標値設定の考え方\n"
        "          271人以下    令和元年度末時点の施設入所者数を超えない。\n"
        "        ②地域生活移行者数\n"
        "          目標値              目標値設定の考え方\n"
        "                       令和元年度末時点の６％以上が地域での生活に\n"
        "            ６人       移行し、市内のグループホーム等で暮らすことを\n"
        "                       目指す。\n"
    )
    assert [said[:3] for said in found] == [
        ("施設入所者数", "target", 271.0),
        ("地域生活移行者数", "target", 6.0),
    ]


def test_two_figures_beside_reasons_are_not_one() -> None:
    found = _said(
        "        ①施設入所者数\n"
        "          目標値              目標値設定の考え方\n"
        "                       令和元年度末時点の施設入所者数（271人）を\n"
        "          271人以下\n"
        "                       超えないことを基本とする。\n"
        "             ６人      地域での生活に移行する。\n"
    )
    assert all(said[3] in ("271人以下", "６人") for said in found)
