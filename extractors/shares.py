"""Shares that a table prints beside the figures they were computed from: 24 of 25 is 96.0%.

They tell which figures belong together where places do not.

>>> says_share("96.0%", "24 人", "25 人"), says_share("96.0%", "25", "24"), says_share("－", "0", "0")
(True, False, None)
"""

from __future__ import annotations

from decimal import Decimal

from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.folding import fold
from keikaku.normalizers.numerals import parse_number

_UNITS = "%人件回日時間か所箇月/ 　"


def says_share(share: str, actual: str, planned: str) -> bool | None:
    """Is the share that of the actual figure in the planned one, as rounded as it is printed? None where one of
    them is no number."""
    printed, value, base = (_number(text) for text in (share, actual, planned))
    if printed is None or value is None or not base:
        return None
    return abs(value / base * 100 - printed) <= _rounding(printed)


def _rounding(printed: Decimal) -> Decimal:
    """Half of the last printed digit, and a little: 96.0 is 95.95 to 96.05."""
    exponent = printed.as_tuple().exponent
    return Decimal("0.6").scaleb(exponent if isinstance(exponent, int) else 0)


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(fold(text).strip().rstrip(_UNITS))
    except UnreadText:
        return None
