"""How far words reach across a page of fixed pitch: a full-width character takes two columns."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Display columns of a text.

    >>> width("令和6年度")
    9
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
