"""Fiscal years, reporting dates and plan terms as they are printed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.normalizers.eras import era_year, western_year
from keikaku.normalizers.errors import UnreadYear
from keikaku.normalizers.fiscal_years import (
    YearContext,
    find_fiscal_year,
    fiscal_year_of,
    parse_as_of,
    parse_fiscal_year,
    search_fiscal_years,
)
from keikaku.normalizers.plan_terms import (
    PLAN_TERMS,
    find_plan_terms,
    term_years,
    terms_of_years,
)
from keikaku.normalizers.reporting_dates import find_reporting_dates
from keikaku.normalizers.values import Comparator

SINGLE = [
    ("令和3年度", 2021),
    ("令和３年度", 2021),
    ("令和 3 年度", 2021),
    ("令\n和\n3\n年\n度", 2021),
    ("R3", 2021),
    ("R 3", 2021),
    ("Ｒ３", 2021),
    ("R3年度", 2021),
    ("R３", 2021),
    ("R3年度*¹", 2021),
    ("R3年度（※1）", 2021),
    ("令3", 2021),
    ("㋿3年度", 2021),
    ("令和五年度", 2023),
    ("令和十二年度", 2030),
    ("令和元年度", 2019),
    ("令和1年度", 2019),
    ("R元", 2019),
    ("R1", 2019),
    ("令和元（2019）年度", 2019),
    ("令和元年度末", 2019),
    ("令和がん年度", 2019),
    ("平成31年度", 2019),
    ("H31", 2019),
    ("平成31・令和元年度", 2019),
    ("平成31年度(令和元年度)", 2019),
    ("平成31（令和元）年度", 2019),
    ("平成30年度", 2018),
    ("H30", 2018),
    ("H30年度", 2018),
    ("Ｈ30年度", 2018),
    ("平成32年度", 2020),
    ("平成35年度", 2023),
    ("昭和63年度", 1988),
    ("2023年度", 2023),
    ("２０２３年度", 2023),
    ("FY2023", 2023),
    ("2023(令和5)年度", 2023),
    ("令和5（2023）年度", 2023),
    ("令和5年度（2023年度）", 2023),
    ("令和8,かっこ,2026年度", 2026),
    ("令和5年度末", 2023),
    ("令和5年度中", 2023),
    ("令和5年", 2023),
    ("令和6年3月", 2023),
    ("令和6年3月末", 2023),
    ("令和6年1月", 2023),
    ("令和6年4月", 2024),
    ("平成20年7月末", 2008),
    ("2017年2月", 2016),
    ("R4/03/31", 2021),
    ("R6.3.31", 2023),
    ("R6.3月末", 2023),
    ("2024/3/31", 2023),
    ("令和5年度3月末", 2023),
]


@pytest.mark.parametrize(("printed", "year"), SINGLE)
def test_one_year(printed: str, year: int) -> None:
    found = parse_fiscal_year(printed)
    assert (found.year, found.last) == (year, None)
    assert printed[found.start : found.end] == found.printed


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("令和3～5年度", 2021, 2023),
        ("令和3~5年度", 2021, 2023),
        ("R3～R5", 2021, 2023),
        ("R3-R5", 2021, 2023),
        ("H29-R1", 2017, 2019),
        ("令和3年度から令和5年度まで", 2021, 2023),
        ("令和3年度～5年度", 2021, 2023),
        ("令和3・4年度", 2021, 2022),
        ("2021～2023年度", 2021, 2023),
        ("平成30年度～令和2年度", 2018, 2020),
    ],
)
def test_ranges(printed: str, first: int, last: int) -> None:
    found = parse_fiscal_year(printed)
    assert (found.year, found.last) == (first, last)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("2017(平成30)年度", "contradiction"),
        ("令和5（2022）年度", "contradiction"),
        ("平成31・令和3年度", "contradiction"),
        ("令和5～3年度", "descending"),
        ("平成50年度", "no_such_year"),
        ("令和0年度", "no_such_year"),
        ("令和6年13月", "no_such_year"),
        ("令和6年2月30日", "no_such_year"),
        ("3年度", "no_era"),
        ("27~29年度", "no_era"),
        ("2023～5年度", "no_era"),
        ("前年度", "no_era"),
        ("2025年問題", "no_year"),
        ("第6期", "no_year"),
        ("令和5年度実績", "no_year"),
        ("区分", "no_year"),
        ("", "no_year"),
        ("令和" * 4_000, "no_year"),
    ],
)
def test_refused_years(printed: str, reason: str) -> None:
    with pytest.raises(UnreadYear) as caught:
        parse_fiscal_year(printed)
    assert caught.value.reason == reason
    assert find_fiscal_year(printed) is None


@pytest.mark.parametrize(
    ("printed", "context", "year"),
    [
        ("3年度", YearContext(era="令和"), 2021),
        ("30年度", YearContext(era="平成"), 2018),
        ("32年度", YearContext(era="平成"), 2020),
        ("5", YearContext(era="令和"), 2023),
        ("1年度", YearContext(previous=2018), 2019),
        ("元年度", YearContext(previous=2018), 2019),
        ("4年度末", YearContext(previous=2017), 2022),
        ("30年度", YearContext(previous=2017), 2018),
        ("5年度", YearContext(plan_years=(2021, 2022, 2023)), 2023),
        ("前年度", YearContext(current=2023), 2022),
        ("次年度", YearContext(current=2023), 2024),
        ("今年度", YearContext(current=2023), 2023),
    ],
)
def test_years_without_an_era_need_their_context(
    printed: str, context: YearContext, year: int
) -> None:
    assert parse_fiscal_year(printed, context).year == year


@pytest.mark.parametrize(
    ("printed", "context"),
    [
        ("3年度", YearContext()),
        ("3年度", YearContext(previous=2030)),
        ("9年度", YearContext(plan_years=(2021, 2022, 2023))),
        ("50年度", YearContext(era="令和")),
    ],
)
def test_a_context_that_does_not_decide_refuses(printed: str, context: YearContext) -> None:
    with pytest.raises(UnreadYear):
        parse_fiscal_year(printed, context)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("令和5年度末", date(2024, 3, 31)),
        ("令和6年1月末", date(2024, 1, 31)),
        ("令和6年2月", date(2024, 2, 29)),
        ("R4/03/31", date(2022, 3, 31)),
        ("令和5年度3月末", date(2024, 3, 31)),
        ("令和5年度", None),
        ("令和5年", None),
    ],
)
def test_the_last_day_that_is_named(printed: str, day: date | None) -> None:
    assert parse_fiscal_year(printed).month_end == day


def test_bounds() -> None:
    assert parse_fiscal_year("令和5年度以降").bound is Comparator.GE
    assert parse_fiscal_year("令和5年度末までに").bound is Comparator.LE
    assert parse_fiscal_year("令和5年度").bound is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("【令和5年度末までの目標】", [(2023, "令和5年度末まで")]),
        ("【令和 5年度末までの目標】", [(2023, "令和 5年度末まで")]),
        ("令和5年度(実績)", [(2023, "令和5年度")]),
        ("R3年度 見込", [(2021, "R3年度")]),
        ("H30 R1 R2", [(2018, "H30"), (2019, "R1"), (2020, "R2")]),
        ("令和３年度　令和４年度", [(2021, "令和３年度"), (2022, "令和４年度")]),
        ("第6期（令和3年度～令和5年度）", [(2021, "令和3年度～令和5年度")]),
        ("令和 4年 3月末で地域生活移行者数は２人", [(2021, "令和 4年 3月末")]),
        ("2023年度 実績", [(2023, "2023年度")]),
        ("2025年問題", []),
        ("2017(平成30)年度", []),
        ("A型 B型 3年度", []),
        ("SR3x", []),
        ("R12345", []),
    ],
)
def test_years_inside_a_heading(text: str, years: list[tuple[int, str]]) -> None:
    found = search_fiscal_years(text)
    assert [(year.year, year.printed) for year in found] == years
    assert all(text[year.start : year.end] == year.printed for year in found)


NOTE = "*各年度３月末時点、ただし令和５年度は 1月末時点"


@pytest.mark.parametrize(
    ("text", "fiscal_year", "day"),
    [
        ("各年度3月末時点", 2021, date(2022, 3, 31)),
        ("各年度３月末時点", 2023, date(2024, 3, 31)),
        ("1月末時点", 2023, date(2024, 1, 31)),
        ("12月末", 2023, date(2023, 12, 31)),
        ("12月末時点", 2023, date(2023, 12, 31)),
        ("2月末時点", 2023, date(2024, 2, 29)),
        ("年度末時点", 2022, date(2023, 3, 31)),
        ("4月1日現在", 2022, date(2022, 4, 1)),
        ("3月31日現在", 2022, date(2023, 3, 31)),
        ("令和6年1月末時点", 2023, date(2024, 1, 31)),
        ("R6.1月末", 2023, date(2024, 1, 31)),
        ("（1月末時点）", 2023, date(2024, 1, 31)),
        (NOTE, 2021, date(2022, 3, 31)),
        (NOTE, 2022, date(2023, 3, 31)),
        (NOTE, 2023, date(2024, 1, 31)),
    ],
)
def test_reporting_dates(text: str, fiscal_year: int, day: date) -> None:
    assert parse_as_of(text, fiscal_year) == day


@pytest.mark.parametrize(
    ("text", "fiscal_year", "reason"),
    [
        ("令和6年1月末時点", 2021, "contradiction"),
        ("4月〜12月の平均値", 2023, "no_year"),
        ("13月末時点", 2023, "no_year"),
        ("2月30日現在", 2023, "no_year"),
        ("精神障害者の内数", 2023, "no_year"),
        ("", 2023, "no_year"),
    ],
)
def test_refused_reporting_dates(text: str, fiscal_year: int, reason: str) -> None:
    with pytest.raises(UnreadYear) as caught:
        parse_as_of(text, fiscal_year)
    assert caught.value.reason == reason


def test_reporting_dates_of_long_text_are_not_looked_for() -> None:
    assert find_reporting_dates("3月末時点、" * 4_000) == ()


CHILD, WELFARE = "child_disability_welfare", "disability_welfare"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("第6期障害福祉計画", [(WELFARE, 6)]),
        ("第 6 期障がい福祉計画", [(WELFARE, 6)]),
        ("第七期障碍福祉計画", [(WELFARE, 7)]),
        ("第３期障害児福祉計画", [(CHILD, 3)]),
        ("第3期障がい児福祉計画", [(CHILD, 3)]),
        ("第3期障害福祉計画", [(WELFARE, 3)]),
        ("障害福祉計画（第7期）", [(WELFARE, 7)]),
        ("第6期品川区障害福祉計画・第2期品川区障害児福祉計画", [(WELFARE, 6), (CHILD, 2)]),
        ("第６期障害福祉計画及び第２期障害児福祉計画", [(WELFARE, 6), (CHILD, 2)]),
        ("第5期障害者計画・第6期障害福祉計画", [(WELFARE, 6)]),
        ("第６期計画", []),
        ("第99期障害福祉計画", []),
        ("障害福祉計画", []),
    ],
)
def test_plan_terms(text: str, terms: list[tuple[str, int]]) -> None:
    assert [(term.plan, term.term) for term in find_plan_terms(text)] == terms


def test_years_of_terms() -> None:
    assert term_years(WELFARE, 6) == (2021, 2022, 2023)
    assert term_years(CHILD, 2) == (2021, 2022, 2023)
    assert term_years(WELFARE, 99) == ()
    assert {term.term for term in terms_of_years(2021, 2023)} == {6, 2}
    assert terms_of_years(2020, 2021) == ()


def test_terms_follow_each_other_without_a_gap() -> None:
    for plan in (WELFARE, CHILD):
        terms = [term for term in PLAN_TERMS if term.plan == plan]
        for before, after in pairwise(terms):
            assert after.first_year == before.last_year + 1
            assert after.term == before.term + 1


FIRST_DAYS = [
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
]


@pytest.mark.parametrize(("day", "era"), FIRST_DAYS)
def test_the_first_and_last_day_of_an_era(day: date, era: str) -> None:
    assert era_year(day) == (era, 1)
    before = era_year(day - timedelta(days=1))
    assert before is None or before[0] != era


@given(st.dates(date(1912, 7, 30), date(2060, 12, 31)))
def test_era_years_and_western_years_agree(day: date) -> None:
    named = era_year(day)
    assert named is not None
    era, number = named
    assert western_year(era, number) == day.year


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)), st.sampled_from(["年{}月{}日", ".{}.{}"]))
def test_a_day_of_an_era_lies_in_its_fiscal_year(day: date, form: str) -> None:
    named = era_year(day)
    assert named is not None
    printed = f"{named[0]}{named[1]}" + form.format(day.month, day.day)
    found = parse_fiscal_year(printed)
    assert found.month_end == day
    assert found.year == fiscal_year_of(day) == (day.year if day.month >= 4 else day.year - 1)
