"""Whole tables on one line: unfolded where one way alone reads all of it."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Line, Span
from keikaku.extractors.one_line_tables import unfold_table
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画　進捗状況\n\n成果目標１　福祉施設の入所者の地域生活への移行\n"


def lines(text: str) -> list[str]:
    return [line.text for line in unfold_table(Line(text, Span(0, len(text)))) if line is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "項目 基準値（令和4年度末） 目標値（令和8年度末） 令和6年度実績 進捗状況 "
            "施設入所者数 74人 70人 73人 やや遅れ 地域生活移行者数（累計） － 5人 1人 順調",
            [
                "項目 基準値（令和4年度末） 目標値（令和8年度末） 令和6年度実績 進捗状況",
                "施設入所者数 74人 70人 73人 やや遅れ",
                "地域生活移行者数（累計） － 5人 1人 順調",
            ],
        ),
        (
            "サービス名 単位 令和6年度見込量 令和6年度実績 達成率 居宅介護 人／月 62 58 93.5％ 時間／月 930 871 93.7％ "
            "同行援護 人／月 8 9 112.5％",
            [
                "サービス名 単位 令和6年度見込量 令和6年度実績 達成率",
                "居宅介護 人／月 62 58 93.5％",
                "時間／月 930 871 93.7％",
                "同行援護 人／月 8 9 112.5％",
            ],
        ),
        (
            "項目 区分 令和6年度 令和7年度 協議の場の開催回数 見込量 3回 3回 実績 3回 －",
            [
                "項目 区分 令和6年度 令和7年度",
                "協議の場の開催回数 見込量 3回 3回",
                "実績 3回 －",
            ],
        ),
    ],
)
def test_a_table_on_one_line_is_unfolded(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # a value lost, a value too many
        "項目 基準値 目標値 実績値 施設入所者数 74人 70人 地域生活移行者数 1人 5人 1人",
        "項目 基準値 目標値 施設入所者数 74人 70人 73人 地域生活移行者数 1人 5人",
        # the name of 同行援護 lost: its unit stands under 居宅介護 once more
        "サービス名 単位 見込量 実績 居宅介護 人／月 62 58 時間／月 930 871 人／月 8 9",
        # 見込量 of a name that is lost
        "項目 区分 令和6年度 令和7年度 協議の場の開催回数 見込量 3回 3回 実績 3回 － 見込量 4回 4回",
        # words behind the last row; a head that is not understood
        "項目 基準値 目標値 施設入所者数 74人 70人 入所者の高齢化",
        "項目 基準値 目標値 備考 施設入所者数 74人 70人 増",
        # kept places, a sentence
        "項目   基準値   目標値   施設入所者数   74人   70人",
        "項目 基準値 目標値 施設入所者数 74人 70人 となりました。",
    ],
)
def test_a_line_that_does_not_fit_together_stays_whole(text: str) -> None:
    assert lines(text) == [text]


def test_an_unfolded_table_is_read() -> None:
    text = (
        "サービス名 単位 令和6年度見込量 令和6年度実績 居宅介護 人／月 62 58 時間／月 930 871 同行援護 人／月 8 9\n"
        "利用は増えています。\n"
    )
    found = read_document(Source("page.txt", (TITLE + text).encode())).observations
    assert [(o.indicator, o.measure, o.value, o.unit) for o in found] == [
        ("居宅介護", "projected", 62.0, "人/月"),
        ("居宅介護", "actual", 58.0, "人/月"),
        ("居宅介護", "projected", 930.0, "時間/月"),
        ("居宅介護", "actual", 871.0, "時間/月"),
        ("同行援護", "projected", 8.0, "人/月"),
        ("同行援護", "actual", 9.0, "人/月"),
    ]
