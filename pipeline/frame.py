"""The frame of a figure: which plan and term its goal belongs to.

The plan follows the goal, not the document's title (障害児支援 belongs to the child plan wherever it
is printed); outside the goals it follows the indicator, by the national catalogue. The term is the one that the nearest heading names for that plan; where only the other
plan is named, the term of the same period (the sixth and the second belong together).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex
from keikaku.extractors.entries import GoalHead, Place
from keikaku.normalizers.catalogue import (
    OPEN_GOALS,
    goal_of_name,
    indicator_by_id,
    is_counted_within_service,
)
from keikaku.normalizers.goals import Goal, find_goal
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.plan_kinds import OtherPlan, find_other_plan
from keikaku.normalizers.plan_terms import (
    PlanTerm,
    adults_number,
    find_plan_terms,
    named_term,
    term_years,
)
from keikaku.pipeline.identity import Identity

_ADULTS, _CHILDREN = "disability_welfare", "child_disability_welfare"
_SERVICES = OPEN_GOALS - {"developmental_disability_support"}
"""What may stand below the last goal without being of it; parents' training is asked for children and adults."""
_OF_SERVICES = regex.compile(r"サービス(?!.{0,4}の質)|地域生活支援事業|見込量|必要な量")
"""What heads a table of services: 障害福祉サービスの利用者数の推移."""
TERMS_BETWEEN_PLANS = 4
"""The disability plan is four terms older than the child plan."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Goal, plan and term of the figures at one place."""

    head: GoalHead | None
    goal: Goal | None
    plan: str | None
    term: int | None

    @property
    def goal_title(self) -> str | None:
        """The goal's title as printed, without its number."""
        return self.head.title if self.head is not None else None

    @property
    def first_year(self) -> int | None:
        """The first fiscal year of the plan term."""
        if self.plan is None or self.term is None:
            return None
        years = term_years(self.plan, self.term)
        return years[0] if years else None

    @property
    def last_year(self) -> int | None:
        """The last fiscal year of the plan term."""
        if self.plan is None or self.term is None:
            return None
        years = term_years(self.plan, self.term)
        return years[-1] if years else None


def frame_of(place: Place, identity: Identity) -> Frame:
    """The frame of a place in a document."""
    return _frame(place.goal, place.heading, place.term_words, identity.terms, identity.title)


def plan_of(
    frame: Frame, indicator_id: str | None, place: Place, identity: Identity
) -> tuple[str | None, int | None]:
    """Plan and term of a figure: those of its goal. Outside the goals, and where a service of adults stands below the
    last of them, the one for children, the catalogue says which plan its indicator belongs to, and the paper
    which term of it."""
    if indicator_id is None:
        return frame.plan, frame.term
    known = indicator_by_id(indicator_id)
    plan = known.plan
    is_free = frame.goal is None or frame.goal.goal_id in OPEN_GOALS
    is_below = plan == _ADULTS and frame.plan == _CHILDREN and known.goal in _SERVICES
    if not (is_free or is_below):
        return frame.plan, frame.term
    term = frame.term if plan == frame.plan else _term_named(plan, place, identity.terms)
    return plan, term


def goal_of(frame: Frame, indicator_id: str | None, name: str, place: Place) -> str | None:
    """The national goal of a figure: the one whose words stand over it; where none does, the one that asks for its
    indicator (施設入所者数), be it counted in another way than the catalogue's (by municipalities). Among services no
    figure has a goal, nor has the part of a service's users that a goal counts."""
    if frame.goal is not None:
        return frame.goal.goal_id
    if any(words and _OF_SERVICES.search(words) for words in (place.item, place.caption)):
        return None
    if indicator_id is None:
        return goal_of_name(name, is_aim=place.section != "activity")
    goal = indicator_by_id(indicator_id).goal
    return None if goal in OPEN_GOALS or is_counted_within_service(indicator_id) else goal


def term_of_year(plan: str | None, year: int | None, identity: Identity) -> int | None:
    """The term of a figure of which no heading names one: that of the only 第N期計画 of the paper, where the figure's year
    lies in it."""
    if plan is None or year is None or identity.bare_term is None:
        return None
    term = adults_number(identity.bare_term, plan)
    return term if term is not None and year in term_years(plan, term) else None


def _term_named(plan: str, place: Place, terms: tuple[PlanTerm, ...]) -> int | None:
    named = find_plan_terms(place.heading) if place.heading else ()
    return _with_bare_term(_term(plan, (named, terms)), plan, place.term_words, terms)


@lru_cache(maxsize=256)
def _frame(
    head: GoalHead | None,
    heading: str | None,
    term_words: str | None,
    terms: tuple[PlanTerm, ...],
    title: str | None,
) -> Frame:
    named = find_plan_terms(heading) if heading else ()
    hint = named[0].plan if len({term.plan for term in named}) == 1 else None
    goal = find_goal(clean_label(head.title), hint) if head is not None else None
    plan = goal.plan if goal is not None else hint or _only_plan(terms)
    if plan is None:
        other = _other_plan(heading, title)
        return Frame(head, goal, other.plan if other else None, other.term if other else None)
    term = _with_bare_term(_term(plan, (named, terms)), plan, term_words, terms)
    return Frame(head, goal, plan, term)


def _with_bare_term(
    term: int | None, plan: str, words: str | None, terms: tuple[PlanTerm, ...]
) -> int | None:
    """The term that a heading names without its plan (第６期計画の実績); else the one of the paper."""
    if words is None:
        return term
    own = {each.term for each in terms if each.plan == plan}
    return _beside(term, plan, named_term(words), own) if words else None


def _other_plan(heading: str | None, title: str | None) -> OtherPlan | None:
    """A plan of the same genre, named by the heading over the sheet or by the document's title."""
    for words in (heading, title):
        if words is not None and (found := find_other_plan(words)) is not None:
            return found
    return None


def _beside(term: int | None, plan: str, number: int | None, own: set[int]) -> int | None:
    """The term that 第６期計画の実績 or 前計画の評価 names in a paper of the seventh: one that the paper names with its
    plan, or the one before or after the paper's own, by the number of either plan (the sixth of the one and
    the second of the other are one period)."""
    if number in own:
        return number
    if term is None and number is not None:
        return adults_number(number, plan)
    if term is None or number is None:
        return term - 1 if term is not None and term > 1 else None
    is_child = plan == _CHILDREN
    twin = term + (TERMS_BETWEEN_PLANS if is_child else -TERMS_BETWEEN_PLANS)
    shifts = [number - other for other in (term, twin) if abs(number - other) <= 1]
    return term + shifts[0] if len(shifts) == 1 else None


def _only_plan(terms: tuple[PlanTerm, ...]) -> str | None:
    plans = {term.plan for term in terms}
    return plans.pop() if len(plans) == 1 else None


def _term(plan: str, sources: tuple[tuple[PlanTerm, ...], ...]) -> int | None:
    """The one term named for the plan, nearest source first; else that of the other plan's period."""
    for source in sources:
        own = {term.term for term in source if term.plan == plan}
        if len(own) == 1:
            return own.pop()
        other = {term.term for term in source if term.plan != plan}
        if not own and len(other) == 1:
            shift = -TERMS_BETWEEN_PLANS if plan == _CHILDREN else 4
            moved = other.pop() + shift
            return moved if moved > 0 else None
    return None
