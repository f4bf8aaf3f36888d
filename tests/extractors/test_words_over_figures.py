"""What stands over figures, and how far it reaches: orders, titles of parts, captions, names broken over lines."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第５期架空市障がい福祉計画\n\n"


def _said(text: str) -> list[tuple[object, ...]]:
    found = read_document(Source("plan.txt", (_TITLE + text).encode())).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found if o.value is not None]


_ORDERED = """\
「以下は、平成30年度 令和元年度の順」 各年度3月の利用分

{one} 日中活動系サービス
短期入所 利用日数(人日/月)
見込量 3,640 3,820
実績値 3,512 3,096
短期入所は、受入れを控えた事業所があったため、利用日数が減少した。

{two} 相談支援
地域移行支援 利用者数(人/年)
見込量 30 35
実績値 13 18
"""


@pytest.mark.parametrize(("one", "two"), [("1", "2"), ("（１）", "（２）"), ("２．", "３．")])
def test_an_order_over_numbered_headings_reaches_over_sentences(one: str, two: str) -> None:
    values = [told[3] for told in _said(_ORDERED.format(one=one, two=two))]
    assert values == [3640, 3820, 3512, 3096, 30, 35, 13, 18]


@pytest.mark.parametrize(("one", "two"), [("1", "1"), ("1", "第2部")])
def test_an_order_ends_where_the_headings_begin_anew(one: str, two: str) -> None:
    values = [told[3] for told in _said(_ORDERED.format(one=one, two=two))]
    assert values == [3640, 3820, 3512, 3096]


_SERVICES = """\
第５章　{part}

１　居住系サービス

共同生活援助
　（平成30年度）8,210人 （平成31年度）8,560人

２　県が行う地域生活支援事業

発達障害者支援センター運営事業　平成30年度3か所　平成31年度4か所
"""


@pytest.mark.parametrize(
    ("part", "measure"),
    [
        ("サービスの必要な量の見込み", "projected"),
        ("サービスの見込量", "projected"),
        ("サービスの利用実績", "actual"),
    ],
)
def test_the_title_of_a_part_says_what_its_services_count(part: str, measure: str) -> None:
    found = _said(_SERVICES.format(part=part))
    assert [told[3] for told in found] == [8210, 8560, 3, 4]
    assert {told[1] for told in found} == {measure}


def test_the_title_of_a_part_says_nothing_of_outcomes() -> None:
    text = _SERVICES.format(part="サービスの必要な量の見込み")
    text = text.replace("県が行う地域生活支援事業", "福祉施設の入所者の地域生活への移行")
    assert [told[3] for told in _said(text)][:2] == [8210, 8560]
    assert 3 not in [told[3] for told in _said(text)]


_PAST = """\
1　福祉施設の入所者の地域生活への移行

【{caption}】
〈1〉地域生活へ移行した者の数（累計）
　（平成27年度）988人 （平成28年度）1,143人
"""


@pytest.mark.parametrize(
    "caption", ["第４期計画の実績", "第四期計画における実績値", "これまでの実績"]
)
def test_captions_of_a_past_term_are_of_actuals(caption: str) -> None:
    assert [told[1:] for told in _said(_PAST.format(caption=caption))] == [
        ("actual", 2015, 988),
        ("actual", 2016, 1143),
    ]


_PLACES = """\
第５章　サービスの必要な量の見込み

１　居住系サービス

共同生活援助
　（平成30年度）8,210人 （平成31年度）8,560人

　{sentence}

中央圏域　平成30年度3,104人　平成31年度3,241人
東部圏域　平成30年度597人　平成31年度618人
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "共同生活援助の圏域別の見込みは次のとおりです。",
        "共同生活援助の圏域ごとの見込みは、以下のとおりです（主な圏域のみ）。",
    ],
)
def test_a_sentence_says_what_places_are_counted_for(sentence: str) -> None:
    assert [told[3] for told in _said(_PLACES.format(sentence=sentence))][2:] == [
        3104,
        3241,
        597,
        618,
    ]


def test_places_of_nothing_are_not_read() -> None:
    sentence = "圏域別の見込みは次のとおりです。"
    assert [told[3] for told in _said(_PLACES.format(sentence=sentence))] == [8210, 8560]


_BROKEN = """\
（５）障害児支援の提供体制の整備等

　　【本市の目標】
　　児童発達支援センターの設置
　　　現状（平成28年度末）　１か所　　目標（平成32年度末）　１か所
　　主に重症心身障害児を支援する放課後等デイサービス事業所{break_at}
　　　確保
　　　現状（平成28年度末）　０か所　　目標（平成32年度末）　２か所
"""


def test_a_name_that_breaks_off_goes_on_below() -> None:
    names = {told[0] for told in _said(_BROKEN.format(break_at="の"))}
    assert names == {
        "児童発達支援センターの設置",
        "主に重症心身障害児を支援する放課後等デイサービス事業所の確保",
    }


def test_lost_circled_digits_name_nothing() -> None:
    text = """\
成果目標１　施設入所者の地域生活への移行
目標値
@地域生活移行者数　目標値：16人
A施設入所者数　目標値：256人
"""
    assert [told[0] for told in _said(text)] == ["地域生活移行者数", "施設入所者数"]
