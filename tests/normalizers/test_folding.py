"""Characters: radicals, width, dashes, blanks, and where each is printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.normalizers.errors import Reason, UnreadCell, UnreadText, UnreadYear
from keikaku.normalizers.folding import (
    drop_blanks,
    fold,
    repair_radicals,
    trace,
    without_breaks,
)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("⽬標値", "目標値"),
        ("⼈⼝", "人口"),
        ("河内⻑野市", "河内長野市"),
        ("住⺠", "住民"),
        ("⻭科", "歯科"),
        ("⼾", "戸"),
        ("⿊⽯市", "黒石市"),
        ("⻘森", "青森"),
        ("戶", "戸"),
        ("区 分", "区分"),
        ("\ufeff区\u200b分\u3000", "区分"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("（Ｐ）", "(P)"),
        ("ｸﾞﾙｰﾌﾟﾎｰﾑ", "グループホーム"),
        ("グループホーム", "グループホーム"),
        ("グル－プホ―ム", "グループホーム"),
        ("サ‐ビス", "サービス"),
        ("センター", "センター"),
        ("資料4―3", "資料4-3"),
        ("Ａ－１", "A-1"),
        ("ー", "-"),
        ("—", "-"),
        ("3〜5", "3~5"),
        ("３～５", "3~5"),
    ],
)
def test_comparison_form(printed: str, folded: str) -> None:
    assert fold(printed) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [("⽬標 値①", "目標 値①"), ("⼾", "戸"), ("Ａ１", "Ａ１"), ("⿈", "黄"), ("⾭", "青")],
)
def test_radicals_alone(printed: str, repaired: str) -> None:
    assert repair_radicals(printed) == repaired


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("５ 人", "5人"),
        ("15 24", "15 24"),
        ("１\u3000５", "1 5"),
        ("15 \n24", "15\n24"),
        ("児 発\n\n\n放デイ", "児発\n放デイ"),
        ("①5", "①5"),
        ("5¹", "5¹"),
        ("½", "½"),
        ("㈠㊁", "㈠㊁"),
        ("⼀倍", "一倍"),
        ("ｶ所", "カ所"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("㍻30", "平成30"),
        ("5\u200b人\ufe0f", "5人"),
        ("\n 5 \n", "5"),
    ],
)
def test_reading_form(printed: str, text: str) -> None:
    traced = trace(printed)
    assert traced.text == text
    assert traced.source == printed


def test_lines_are_joined_but_no_number_is_made_of_two() -> None:
    assert without_breaks(trace("72人を\n超えない")).text == "72人を超えない"
    assert without_breaks(trace("1\n5")).text == "1 5"


@given(st.text(max_size=80))
def test_every_character_knows_where_it_is_printed(text: str) -> None:
    traced = trace(text)
    assert len(traced.text) == len(traced.starts) == len(traced.ends)
    assert list(traced.starts) == sorted(traced.starts)
    for character, start, end in zip(traced.text, traced.starts, traced.ends, strict=True):
        assert 0 <= start <= end <= len(text)
        if character.isascii() and character.isdigit():
            assert any(unicodedata.decimal(c, -1) >= 0 for c in text[start:end])


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(drop_blanks(text)) == fold(text)


def test_an_error_says_where_and_why() -> None:
    error = UnreadCell("第3回", 0, 2, Reason.ORDINAL)
    assert (
        str(error) == "'第3回' is not read: it counts a place in an order, not an amount (at '第3')"
    )
    assert isinstance(error, UnreadText)
    assert isinstance(error, ValueError)
    assert len(str(UnreadYear("あ" * 500, 0, 500, Reason.NO_YEAR))) < 120


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_sentence(reason: Reason) -> None:
    assert reason.sentence


def test_an_error_crosses_processes() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(UnreadCell("第3回", 0, 2, Reason.ORDINAL)))
    assert (error.text, error.start, error.end, error.reason) == ("第3回", 0, 2, Reason.ORDINAL)
