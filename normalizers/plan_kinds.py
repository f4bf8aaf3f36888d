"""Other plans (介護保険事業計画, 総合計画 …) whose progress is printed on the same kind of sheet.

The two welfare plans are `plan_terms`' business: they have terms with known years. Of the others only
the name and, where printed, the number of the term are known (第9期介護保険事業計画).

>>> find_other_plan("第９期架空市介護保険事業計画の進捗状況")
OtherPlan(plan='long_term_care_insurance', term=9)
>>> find_other_plan("第7期障害福祉計画") is None
True

A title that names one beside them (障害者計画・第7期障害福祉計画) does not say which of them a table is of, and a
committee named after a plan (障害者計画策定委員会 資料2) names none.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from keikaku.normalizers.folding import fold
from keikaku.normalizers.lexicon import read_vocabulary
from keikaku.normalizers.numerals import parse_number

_WELFARE = re.compile(r"障(?:害|がい|碍)(?:児|者)?福祉計画")
_COMMITTEE = re.compile(
    r"等?(?:の|策定|推進|検討|評価|見直し|作成)*(?:委員会|協議会|審議会|部会|懇談会)"
)
_TERM = re.compile(r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})[期次]")


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """A plan's slug, and 第N期 or 第N次 as printed before its name."""

    plan: str
    term: int | None


@cache
def other_plans() -> dict[str, tuple[str, ...]]:
    """Slug to the folded names of the plan."""
    table = tomllib.loads(read_vocabulary("plan_kinds.toml"))["plans"]
    return {slug: tuple(fold(name) for name in names) for slug, names in table.items()}


@lru_cache(maxsize=1_000)
def find_other_plan(text: str) -> OtherPlan | None:
    """The one other plan that a title names; None when it names none or several, the two welfare plans counted."""
    folded = fold(text)
    named = {
        slug: at
        for slug, names in other_plans().items()
        for name in names
        if (at := folded.find(name)) >= 0 and not _COMMITTEE.match(folded, at + len(name))
    }
    if len(named) != 1 or _WELFARE.search(folded):
        return None
    slug, at = next(iter(named.items()))
    terms = _TERM.findall(folded[:at])
    return OtherPlan(slug, int(parse_number(terms[-1])) if terms else None)
