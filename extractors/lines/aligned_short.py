"""Rows whose last cells are blank, beside whole ones: 実績 and 計画比 of years that are still to come.

    計画値          25         26        27        28      30
           実績値          24         27        29        30
    計画比       96.0% 103.8% 107.4% 107.1%

However askew a line stands, its figures keep their distances from each other; and a share is that of the figures it
was computed from.
"""

from __future__ import annotations

from keikaku.extractors.lines.aligned_pieces import Row
from keikaku.extractors.shares import says_share

_SLACK = 1
"""Display columns by which a value may stand beside its place."""
_LEAST_SHARES = 2


def keeps_distances(own: Row, whole: Row) -> bool:
    """Do the values stand as far from each other as the first ones of a whole row, be it askew, and not as
    others do?"""
    fits = [
        shifts
        for first in range(len(whole) - len(own) + 1)
        if max(shifts := _shifts(own, whole[first:])) - min(shifts) <= _SLACK
    ]
    if not fits or fits[0] != _shifts(own, whole):
        return False
    return len(fits) == 1 or max(map(abs, fits[0])) <= _SLACK


def _shifts(own: Row, beside: Row) -> list[int]:
    return [one.right - other.right for one, other in zip(own, beside, strict=False)]


def are_shares(shares: Row, actual: Row, planned: Row) -> bool:
    """Is each share that of the actual figure in the first planned ones (24 of 25: 96.0%), and not of others?"""
    return _fit(shares, actual, planned) and not any(
        _fit(shares, actual, planned[first:]) for first in range(1, len(planned) - len(actual) + 1)
    )


def _fit(shares: Row, actual: Row, planned: Row) -> bool:
    told = [
        says_share(*(piece.line.text for piece in three))
        for three in zip(shares, actual, planned, strict=False)
    ]
    return False not in told and told.count(True) >= _LEAST_SHARES
