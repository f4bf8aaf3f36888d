"""Measures that stand under years of which the last, still to come, may lack some: 計画 実績 計画 実績 計画.

A text that lost its columns prints 令和６年度 令和７年度 令和８年度 over them, and only the order of the measures
tells which stand under which year.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from keikaku.extractors.heads import Role

_COMPARED = frozenset((Role.GAP, Role.RATE, Role.GRADE))
_STILL_TO_COME = _COMPARED | {Role.ACTUAL}


def widths_under_years(
    roles: Sequence[Role | None], years: int, *, has_reference: bool = False
) -> list[int] | None:
    """How many of the measures stand under each year: the same ones in the same order, the last year
    perhaps without what is still to come, the first one, where it is printed for reference (参考), with
    its 実績 alone; None where they do not tell.

    >>> plan, actual = Role.PROJECTED, Role.ACTUAL
    >>> widths_under_years([plan, actual, plan, actual, plan], 3)
    [2, 2, 1]
    >>> widths_under_years([actual, plan, actual, plan, actual], 3) is None
    True
    >>> widths_under_years([actual, plan, actual, plan], 3, has_reference=True)
    [1, 2, 1]
    """
    if has_reference:
        rest = widths_under_years(roles[1:], years - 1) if years > 1 else None
        return [1, *rest] if rest is not None and roles[0] is Role.ACTUAL else None
    starts = [n for n, role in enumerate(roles) if role is roles[0]]
    groups = [roles[a:b] for a, b in pairwise([*starts, len(roles)])]
    if len(groups) != years:
        return None
    cycle, last = groups[0], groups[-1]
    if len(cycle) < 2 or len(set(cycle)) < len(cycle):
        return None
    if any(group != cycle for group in groups[:-1]) or last != cycle[: len(last)]:
        return None
    if not _STILL_TO_COME.issuperset(cycle[len(last) :]):
        return None
    return [len(group) for group in groups]


def may_share_evenly(roles: Sequence[Role | None], years: int) -> bool:
    """May so many years stand over as many of the measures each? 実績 計画 実績 対計画比 is no two years of two:
    what compares stands at the same place under each.

    >>> may_share_evenly([Role.ACTUAL, Role.PROJECTED, Role.ACTUAL, Role.RATE], 2)
    False
    """
    each = len(roles) // years
    compares = [role in _COMPARED for role in roles]
    groups = [compares[n * each : (n + 1) * each] for n in range(years)]
    return all(group == groups[0] for group in groups)
