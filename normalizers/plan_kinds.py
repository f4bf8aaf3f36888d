"""Other plans (介護保険事業計画, 総合計画 …) whose progress is printed on the same kind of sheet.

The two welfare plans are `plan_terms`' business: they have terms with known years. Of the others only
the name and, where printed, the number of the term are known (第9期介護保険事業計画).

>>> find_other_plan("第９期架空市介護保険事業計画の進捗状況")
OtherPlan(plan='long_term_care_insurance', term=9)
>>> find_other_plan("第7期障害福祉計画") is None
True
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from keikaku.normalizers.folding import fold
from keikaku.normalizers.lexicon import read_vocabulary
from keikaku.normalizers.numerals import parse_number

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
    """The one other plan that a title names; None when it names none or several."""
    folded = fold(text)
    named = {
        slug: at
        for slug, names in other_plans().items()
        for at in (folded.find(name) for name in names)
        if at >= 0
    }
    if len(named) != 1:
        return None
    slug, at = next(iter(named.items()))
    terms = _TERM.findall(folded[:at])
    return OtherPlan(slug, int(parse_number(terms[-1])) if terms else None)
