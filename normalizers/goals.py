"""Goals (成果目標): what the national guideline (基本指針) asks of every municipality.

The number of a goal is no key: 5 is 相談支援 in 昭島市, 障害児支援 in 品川区, 地域生活支援 in the
draft of the eighth term. A goal is known by the words of its title. The names of all terms are
compared first, then the keywords; a title that fits two goals stays unknown.

>>> find_goal("精神障がい者を支える地域包括ケアシステムの構築").goal_id
'mental_health_community_care'
>>> find_goal("障害福祉サービス等の質を向上させるための取り組みに係る体制の構築").goal_id
'service_quality'
>>> find_goal("第6期障害福祉計画") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from keikaku.normalizers.registry import fold_label, read_registry

_ALTERNATIVE = re.compile(r"\|(?![^(]*\))")
_NUMBER_BEFORE = re.compile(r"^(?:成果目標|基本指針の目標|目標)?[0-9]{0,2}(?=\D)")
_ADDED = re.compile(r"\((?:地域生活支援拠点等|nameinferred)\)|等$|について$")
CHILD_PLAN = "child_disability_welfare"
GOALS_OF_SERVICES = frozenset({"service_volume", "community_life_support_projects"})
"""What the guideline asks of the services themselves (見込量): their classes may stand as its title."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A national goal; `plan` is the plan it belongs to, whatever the document's title says."""

    goal_id: str
    plan: str
    name_ja: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    goal: str
    name_ja: str
    name_en: str
    plan: str
    no_term5: str
    no_term6: str
    no_term7: str
    no_term8_draft: str
    name_term5: str
    name_term6: str
    name_term7: str
    name_term8_draft: str
    printed_term6_first: str
    printed_term6_second: str
    other_municipalities: str
    keywords_for_matching: str
    verified: str
    note: str


@lru_cache(maxsize=1_024)
def find_goal(title: str, plan_hint: str | None = None) -> Goal | None:
    """The goal of a printed title, or None when no goal or more than one fits.

    `plan_hint` (the plan of the document or part that the title stands in) only decides between
    goals that fit equally well.
    """
    folded = _fold_title(title)
    if not folded:
        return None
    named = tuple(goal for goal, names, _ in _matchers() if folded in names)
    fitting = named or tuple(goal for goal, _, keywords in _matchers() if keywords.match(folded))
    if len(fitting) > 1:
        fitting = tuple(goal for goal in fitting if goal.plan == plan_hint)
    return fitting[0] if len(fitting) == 1 else None


def goal_by_id(goal_id: str) -> Goal:
    """The goal of a slug; KeyError for a slug that is not in the registry."""
    for goal in all_goals():
        if goal.goal_id == goal_id:
            return goal
    raise KeyError(goal_id)


@cache
def all_goals() -> tuple[Goal, ...]:
    """The registry, in its order."""
    return tuple(Goal(row.goal, row.plan, row.name_ja, row.name_en) for row in _rows())


@cache
def _rows() -> tuple[_Row, ...]:
    return read_registry("goals", _Row)


@cache
def _matchers() -> tuple[tuple[Goal, frozenset[str], re.Pattern[str]], ...]:
    """Each goal with its names of all terms and the pattern of its keywords, all folded."""
    return tuple(
        (goal, _names(row), _pattern(row.keywords_for_matching))
        for goal, row in zip(all_goals(), _rows(), strict=True)
    )


def _names(row: _Row) -> frozenset[str]:
    printed = (row.name_ja, row.name_term5, row.name_term6, row.name_term7, row.name_term8_draft)
    return frozenset(
        _fold_title(name) for name in printed if name and not name.startswith(("同左", "(", "活動"))
    )


def _fold_title(title: str) -> str:
    """Without list mark, leading number, closing 等 and brackets that only add."""
    folded = fold_label(title)
    return _ADDED.sub("", _NUMBER_BEFORE.sub("", folded))


def _pattern(printed: str) -> re.Pattern[str]:
    """What the folded titles of a goal hold, by its keyword alternatives."""
    alternatives = "|".join(map(_holding, _ALTERNATIVE.split(printed)))
    return re.compile(alternatives, re.DOTALL)


def _holding(keywords: str) -> str:
    """`a+(b|c)+!d`: holds a, holds b or c, and does not hold d."""
    return "".join(
        f"(?{'!' if part.startswith('!') else '='}.*(?:{_any_word(part)}))"
        for part in keywords.split("+")
    )


def _any_word(part: str) -> str:
    return "|".join(re.escape(fold_label(word)) for word in part.lstrip("!").strip("()").split("|"))
