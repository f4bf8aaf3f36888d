"""Numerals in every script that sheets print."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.numerals import parse_number, to_kanji


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0", "0"),
        ("60", "60"),
        ("1,258", "1258"),
        ("12,345,678", "12345678"),
        ("1.27", "1.27"),
        ("0.6", "0.6"),
        ("1・28", "1.28"),
        ("一・二八", "1.28"),
        ("〇・五", "0.5"),
        ("1万2千", "12000"),
        ("2万497", "20497"),
        ("8万2000", "82000"),
        ("8万2,000", "82000"),
        ("13.8万", "138000"),
        ("3.9万", "39000"),
        ("1.5億", "150000000"),
        ("1億2,000万", "120000000"),
        ("1億2000万500", "120000500"),
        ("3千5百", "3500"),
        ("3千", "3000"),
        ("十", "10"),
        ("十七", "17"),
        ("二十", "20"),
        ("三十九", "39"),
        ("百二", "102"),
        ("千二百七十四", "1274"),
        ("一万二百三", "10203"),
        ("二〇二三", "2023"),
        ("二○", "20"),
        ("一二", "12"),
    ],
)
def test_numbers(printed: str, number: str) -> None:
    assert parse_number(printed) == Decimal(number)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("4,4144", "glued_figures"),
        ("4,4144,4634,435", "glued_figures"),
        ("1,25", "glued_figures"),
        ("1234,567", "glued_figures"),
        ("612568509507", "glued_figures"),
        ("007", "broken_number"),
        ("00", "broken_number"),
        ("01", "broken_number"),
        ("1.", "broken_number"),
        (".5", "broken_number"),
        ("1..5", "broken_number"),
        ("1.2.3", "broken_number"),
        ("1,,258", "broken_number"),
        ("1,258,", "broken_number"),
        ("二十三十", "broken_number"),
        ("百千", "broken_number"),
        ("十百", "broken_number"),
        ("1万2万", "broken_number"),
        ("1万2億", "broken_number"),
        ("1.5万2千", "broken_number"),
        ("12千", "broken_number"),
        ("万", "broken_number"),
        ("2〇", "broken_number"),
        ("二2", "broken_number"),
        ("1千2,000", "broken_number"),
        ("1万12000", "broken_number"),
        ("", "broken_number"),
        ("人", "broken_number"),
    ],
)
def test_what_is_not_one_number(printed: str, reason: str) -> None:
    with pytest.raises(UnreadText) as caught:
        parse_number(printed)
    assert caught.value.reason == reason


@given(st.integers(0, 10**16))
def test_kanji_and_integer(number: int) -> None:
    assert parse_number(to_kanji(number)) == number


@given(st.integers(0, 10**6 - 1))
def test_grouped_and_plain(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@given(st.text("0123456789一二三四五六七八九〇○十百千万億兆京,.・", max_size=20))
def test_any_run_of_digits_is_read_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except UnreadText:
        return
    assert number >= 0
