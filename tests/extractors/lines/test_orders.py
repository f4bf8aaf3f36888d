"""Sentences that name the order of the years for the lines of several measures."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障害福祉計画 テキスト版\n\n成果目標1 施設入所者の地域生活への移行\n【主な活動指標】\n"
ROWS = "<3>共同生活援助の利用者数\n見込量 1,020人 1,085人\n実績値 1,044人 (記載なし)\n"
READ = [
    ("共同生活援助の利用者数", "projected", 2024, 1020.0),
    ("共同生活援助の利用者数", "projected", 2025, 1085.0),
    ("共同生活援助の利用者数", "actual", 2024, 1044.0),
    ("共同生活援助の利用者数", "actual", 2025, None),
]


def read(text: str) -> tuple[list[tuple[str, str, int | None, float | None]], str]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]
    return rows, " ".join(f.message for f in records.findings)


@pytest.mark.parametrize(
    "sentence",
    [
        "「以下は、サービス名の次の行から、見込量、実績値それぞれ令和6年度、令和7年度の順に記載しています。」",
        "以下は、見込量、実績値をそれぞれ左から2024年度、2025年度の順に記載しています。",
        "以下は、見込量と実績値それぞれR6、R7の順に記載しています。",
        "以下は、サービス名の次の行に、見込量・実績値の順に、令和6年度、令和7年度の順で記載しています。",
    ],
)
def test_words_may_lead_to_the_first_year(sentence: str) -> None:
    assert read(f"{sentence}\n{ROWS}")[0] == READ


@pytest.mark.parametrize(
    "sentence",
    [
        "以下は、見込量、実績値令和6年度、令和7年度、令和8年度の順に記載しています。",
        "以下は、見込量、実績値R6、R7、R8の順に記載しています。",
        "以下は、見込量、実績値それぞれ令和6年度、令和7年度、令和8年度の順に記載しています。",
    ],
)
def test_an_order_of_more_years_than_figures_is_refused(sentence: str) -> None:
    rows, findings = read(f"{sentence}\n{ROWS}")
    assert rows == []
    assert "見込量 1,020人 1,085人" in findings
    assert "実績値 1,044人 (記載なし)" in findings


@pytest.mark.parametrize(
    "sentence",
    [
        "以下は、見込量、実績値それぞれ令和6年度、令和7年度の順に記載しています。",
        "以下は、令和6年度、令和7年度の順に、見込量、実績値の順に記載しています。",
        "以下は、令和6年度、令和7年度の順に記載しています。",
    ],
)
def test_a_row_that_names_no_measure_below_rows_that_do_is_refused(sentence: str) -> None:
    rows, findings = read(f"{sentence}\n{ROWS}<4>自立生活援助の利用者数 12人 14人\n")
    assert rows == READ
    assert "自立生活援助の利用者数 12人 14人" in findings


@pytest.mark.parametrize(("opening", "closing"), ["（）", "［］", "【】", "()"])
def test_the_order_may_stand_in_brackets(opening: str, closing: str) -> None:
    text = f"（2）実績値\n{opening}区分、令和6年度、令和7年度の順{closing}\n＜1＞協議の場の開催回数、3回、未記入\n"
    assert read(text)[0] == [
        ("協議の場の開催回数", "actual", 2024, 3.0),
        ("協議の場の開催回数", "actual", 2025, None),
    ]


def test_the_reason_of_a_target_may_stand_behind_it() -> None:
    text = (
        "【令和8年度末までの目標】\n"
        "＜1＞協議の場の開催回数　目標値：4回　目標値設定の考え方：全体会を年2回、実務者会議を年2回開催する。\n"
        "＜2＞協議の場の参加者数　目標値：20人、30人　目標値設定の考え方：令和5年度の18人を踏まえる。\n"
    )
    rows, findings = read(text)
    assert rows == [("協議の場の開催回数", "target", 2026, 4.0)]
    assert "＜2＞協議の場の参加者数" in findings


def test_an_order_with_a_column_beside_the_years_is_none_of_years() -> None:
    text = (
        "※各目標の実績は、区分、目標値、令和３年度、令和４年度、令和５年度の順に記載しています。\n\n"
        "・利用者の割合　70％　48.5％　51.8％\n"
    )
    source = Source("sheet.txt", ("第６期架空市障害福祉計画\n\n" + text).encode())
    assert not [o for o in read_document(source).observations if o.fiscal_year is not None]


@pytest.mark.parametrize(
    "sentence",
    [
        "以下の表は、項目、目標、実績の順です。実績は令和5年度末の見込みです。",
        "※項目／目標／実績の順に記載。実績は、令和5年度の数値。",
        "項目・目標・実績の順。目標は令和8年度末、実績は令和5年度末時点の推計値とする。",
    ],
)
def test_what_a_sentence_says_of_the_years_of_its_columns_is_theirs(sentence: str) -> None:
    mark = "／" if "／" in sentence else "、"
    rows = mark.join(["地域生活移行者数", "21人", "13人"])
    text = f"第７期架空市障害福祉計画\n\n{sentence}\n{rows}\n"
    records = read_document(Source("sheet.txt", text.encode()))
    actuals = [o for o in records.observations if o.measure == "actual"]
    assert [(o.value, o.fiscal_year) for o in actuals] == [(13.0, 2023)]


@pytest.mark.parametrize("over", ["【{}】 「{}」", "〔{}〕{}", "【{}】　※{}"])
def test_a_caption_and_the_order_of_its_rows_on_one_line(over: str) -> None:
    line = over.format("主な活動指標", "以下は、区分 令和6年度 令和7年度の順")
    text = (
        "第7期架空市障害福祉計画 テキスト版\n\n成果目標1 施設入所者の地域生活への移行\n"
        f"{line}\n<3>共同生活援助の利用者数\n見込量 1,020人 1,085人\n実績値 1,044人 （記載なし）\n"
    )
    records = read_document(Source("sheet.txt", text.encode()))
    rows = [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]
    assert rows == READ


def test_an_order_over_places_names_nothing_but_the_sentence_over_it_does() -> None:
    text = """\
架空県障害福祉計画 令和7年度の取組状況

４　圏域別の状況
　{sentence}

圏域名、見込量、実績の順（単位：人）
北部圏域、318、331
中部圏域、1,096、1,142
"""

    def names(sentence: str) -> set[str]:
        source = Source("a.txt", text.format(sentence=sentence).encode())
        return {o.indicator for o in read_document(source).observations}

    for sentence in (
        "共同生活援助の利用者数（令和７年度）について、圏域別の状況は次のとおりです。",
        "共同生活援助の利用者数の圏域別の状況は次のとおりです。",
    ):
        assert names(sentence) == {"共同生活援助の利用者数"}
    assert not any("順" in name for name in names("状況は次のとおりです。"))


def test_a_full_stop_in_brackets_ends_no_name() -> None:
    text = """\
架空県障害福祉計画 令和7年度の取組状況

サービス名、令和７年度見込量、令和７年度実績の順
居宅介護、41,200時間、40,638時間
共同生活援助（日中サービス支援型を含む。）、2,240人、2,318人
生活介護、78,600人日、77,421人日
"""
    found = read_document(Source("a.txt", text.encode())).observations
    assert [o.value for o in found if o.unit == "人"] == [2240, 2318]
