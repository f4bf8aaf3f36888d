"""Plan terms (第N期): which years a 障害福祉計画 or 障害児福祉計画 covers.

Two plans with numbers of their own: 第6期障害福祉計画 and 第2期障害児福祉計画 are one period (令和3～5年度);
第3期障害福祉計画 (平成24～26年度) and 第3期障害児福祉計画 (令和6～8年度) are not: the plan's name decides.
Printed 障害, 障がい, 障碍; one heading may name both (第6期品川区障害福祉計画・第2期品川区障害児福祉計画).

Source: 基本指針 of each term (``vocabulary/plan_terms.csv``; `verified` says what was checked).

>>> [(t.plan, t.term, t.first_year, t.last_year) for t in find_plan_terms("第 6 期障がい福祉計画")]
[('disability_welfare', 6, 2021, 2023)]
>>> [t.term for t in terms_of_years(2024, 2026)]
[7, 3]
"""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from typing import NamedTuple

from keikaku.normalizers.folding import fold
from keikaku.normalizers.lexicon import BrokenVocabulary, read_vocabulary
from keikaku.normalizers.numerals import parse_number

DISABILITY_WELFARE = "disability_welfare"
CHILD_DISABILITY_WELFARE = "child_disability_welfare"


class PlanTerm(NamedTuple):
    """One term of one plan: `term` as in 第N期, and its first and last fiscal year. A tuple: the frame of every
    figure is looked up by the terms of its document."""

    plan: str
    term: int
    first_year: int
    last_year: int

    @property
    def years(self) -> tuple[int, ...]:
        """Every fiscal year of the term."""
        return tuple(range(self.first_year, self.last_year + 1))


def _load() -> tuple[PlanTerm, ...]:
    rows = csv.DictReader(io.StringIO(read_vocabulary("plan_terms.csv")))
    terms = tuple(
        PlanTerm(
            row["plan"],
            int(row["term"]),
            int(row["first_fiscal_year"]),
            int(row["last_fiscal_year"]),
        )
        for row in rows
    )
    if len({(term.plan, term.term) for term in terms}) != len(terms):
        raise BrokenVocabulary("plan_terms.csv: a term is listed twice")
    return terms


PLAN_TERMS = _load()
_BY_NUMBER = {(term.plan, term.term): term for term in PLAN_TERMS}
_NUMERAL = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_NAMED = re.compile(
    rf"第(?P<term>{_NUMERAL})期(?P<owner>(?:(?!第(?:{_NUMERAL})期|計画)[^、。;・]){{0,20}}?)"
    r"障(?:害|がい|碍)(?P<child>児)?(?:者)?福祉計画"
)
_NUMBERED = re.compile(rf"第(?P<term>{_NUMERAL})期")
_BARE_PLAN = re.compile(rf"第(?P<term>{_NUMERAL})期計画")
_BEHIND = re.compile(rf"障(?:害|がい|碍)(?P<child>児)?福祉計画[(（]?第(?P<term>{_NUMERAL})期")


@lru_cache(maxsize=4_000)
def find_plan_terms(text: str) -> tuple[PlanTerm, ...]:
    """Every plan term that `text` names with its plan, in printed order, each once.

    A 第6期 without the plan's name decides nothing and is not returned.
    """
    folded = fold(text)
    named = list(_NAMED.finditer(folded)) or list(_BEHIND.finditer(folded))
    terms = (term_of(_plan(match), int(parse_number(match["term"]))) for match in named)
    return tuple(dict.fromkeys(term for term in terms if term is not None))


def name_other_plans(above: str | None, below: str | None) -> bool:
    """Do two titles both name plans, and none of them the same?

    >>> name_other_plans("第7期障害福祉計画", "第3期障害児福祉計画"), name_other_plans("第7期障害福祉計画", "目標管理シート")
    (True, False)
    """
    one, other = ({t.plan for t in find_plan_terms(title or "")} for title in (above, below))
    return bool(one and other) and one.isdisjoint(other)


def name_other_periods(above: str | None, below: str | None) -> bool:
    """Do two titles both name terms, and none of the same years?

    >>> name_other_periods("第6期障害福祉計画の実績", "第7期障害福祉計画"), name_other_periods("第7期障害福祉計画", "第3期障害児福祉計画")
    (True, False)
    """
    one, other = ({t.years for t in find_plan_terms(title or "")} for title in (above, below))
    return bool(one and other) and one.isdisjoint(other)


def _plan(match: re.Match[str]) -> str:
    return CHILD_DISABILITY_WELFARE if match["child"] else DISABILITY_WELFARE


def term_of(plan: str, term: int) -> PlanTerm | None:
    """第`term`期 of `plan`, or None when the table does not hold it."""
    return _BY_NUMBER.get((plan, term))


def named_term(text: str) -> int | None:
    """The number of the one term that `text` names, whatever its plan; None for 前計画.

    >>> named_term("（１）第６期計画の実績"), named_term("前計画の評価")
    (6, None)
    """
    numbers = {match["term"] for match in _NUMBERED.finditer(fold(text))}
    return int(parse_number(numbers.pop())) if len(numbers) == 1 else None


def one_bare_term(text: str) -> int | None:
    """The number of the one 第N期計画 that `text` names without its plan; None where it names several.

    >>> one_bare_term("第６期計画の計画値と実績値を比較すると"), one_bare_term("第６期計画から第７期計画へ")
    (6, None)
    """
    numbers = {match["term"] for match in _BARE_PLAN.finditer(fold(text))}
    return int(parse_number(numbers.pop())) if len(numbers) == 1 else None


def adults_number(number: int, plan: str) -> int | None:
    """The term of `plan` in a paper that says only 第`number`期計画: the disability plan's number where the child plan has no
    such term yet; None where it may be either's.

    >>> adults_number(7, CHILD_DISABILITY_WELFARE), adults_number(3, DISABILITY_WELFARE)
    (3, None)
    """
    known = term_of(DISABILITY_WELFARE, number)
    if known is None or term_of(CHILD_DISABILITY_WELFARE, number) is not None:
        return None
    twins = terms_of_years(known.first_year, known.last_year)
    return next((term.term for term in twins if term.plan == plan), None)


def term_years(plan: str, term: int) -> tuple[int, ...]:
    """The fiscal years of 第`term`期 of `plan`; () when unknown."""
    found = term_of(plan, term)
    return found.years if found else ()


def terms_of_years(first_year: int, last_year: int) -> tuple[PlanTerm, ...]:
    """The terms, of both plans, that hold every fiscal year from `first_year` to `last_year`."""
    return tuple(
        term for term in PLAN_TERMS if term.first_year <= first_year and last_year <= term.last_year
    )
