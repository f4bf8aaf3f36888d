"""The years of a plan that is over: 計画期間が終了したため、成果目標の実績を取りまとめました.

A report on a whole term says once, in its first sentences, of which years it tells (令和３年度から令和５年度までを計画期間とする,
計画期間の最終年度に当たる令和５年度). A result in it that names no year is of them, as a target that names none is of the
plan's last year. Where the titles name another plan, or the sentences two periods, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

import regex
from keikaku.extractors.document import Block, Grid
from keikaku.extractors.words import joined
from keikaku.normalizers.fiscal_years import FiscalYear, search_fiscal_years
from keikaku.normalizers.folding import fold

_IS_OVER = regex.compile(
    r"(?:計画|期間)[^。]{0,8}?が?(?:終了|満了)(?:しました|した|し、|に(?:当|あ)た|に伴|のため|を(?:迎|受))"
    r"|(?:計画)?期間の満了に|最終年度(?:に(?:当|あ)たる|である|となる|を(?:迎え|終え))"
)
_BRACKETS = regex.compile(r"\([^()]*\)")
_IS_REPORTED = regex.compile(r"実績|結果|達成状況|達成度")
_IS_PLANNED = regex.compile(r"策定|見直し|次期|新たな計画")
_PERIOD = regex.compile(r"計画期間|計画の期間|対象期間")
_LAST_YEAR = regex.compile(r"最終年度(?:に(?:当|あ)たる|である|となる)")


def find_ended_term(blocks: Iterable[Block]) -> FiscalYear | None:
    """The period, or the last year, of the plan whose end the sentences over the first table report; else None."""
    above = list(takewhile(lambda block: not isinstance(block, Grid), blocks))
    text = "".join(joined(block.lines) for block in above if not isinstance(block, Grid))
    sentences = fold(text).split("。")
    if not any(map(_reports_end, sentences)):
        return None
    found = [year for each in sentences for year in _years_in(each)]
    ends = {year.last or year.year for year in found}
    return found[0] if len(ends) == 1 else None


def _reports_end(sentence: str) -> bool:
    """計画期間が終了したため、実績を取りまとめました: a term that is over, and no plan made of what it taught."""
    return bool(
        _IS_OVER.search(_BRACKETS.sub("", sentence))
        and _IS_REPORTED.search(sentence)
        and not _IS_PLANNED.search(sentence)
    )


def is_of_plan(year: FiscalYear, plan_years: Sequence[int]) -> bool:
    """Does the period end with the plan that the titles name, where they name one?"""
    return not plan_years or (year.last or year.year) == plan_years[-1]


def _years_in(sentence: str) -> list[FiscalYear]:
    """The years of the plan: a range beside 計画期間, the one year behind 最終年度に当たる."""
    years = search_fiscal_years(sentence)
    if _PERIOD.search(sentence) and (ranges := [y for y in years if y.last is not None]):
        return ranges
    last = _LAST_YEAR.search(sentence)
    behind = [y for y in years if last is not None and y.start >= last.end()]
    return behind[:1] if behind and behind[0].last is None else []
