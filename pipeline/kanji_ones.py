"""一人 (one person) in a document that writes its figures in kanji: 十九人, 二十八人, 一人.

Elsewhere 一 before a unit may be a dash that was misread. Editions for braille and sound write every
figure but the nought in kanji; there it is the number. 一倍 beside a base of nought stays a dash.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.entries import Entry
from keikaku.normalizers.folding import fold
from keikaku.normalizers.units import find_unit

_IN_KANJI = regex.compile(
    r"(?:[二三四五六七八九十百千]|一(?=[十百千万]))[一二三四五六七八九十百千万]*[^\p{Hiragana}]*"
)
_IN_DIGITS = regex.compile(r"[^0-9]{0,3}[1-9]")
_ENOUGH = 3


def writes_in_kanji(entries: Sequence[Entry]) -> bool:
    """Are three figures of a document or more in kanji, and none but nought in digits?"""
    if any(_IN_DIGITS.match(fold(entry.text)) for entry in entries):
        return False
    return sum(_IN_KANJI.fullmatch(fold(entry.text)) is not None for entry in entries) >= _ENOUGH


def with_one(text: str, at: int) -> str | None:
    """The same text, the 一 at `at` as a digit, every other character in its place; None where no unit
    follows: 一 alone may still be a stroke.

    >>> with_one("一人（一倍）", 0), with_one("一", 0)
    ('１人（一倍）', None)
    """
    has_unit = any(find_unit(text[at + 1 : end]) for end in range(at + 2, at + 5))
    return f"{text[:at]}１{text[at + 1 :]}" if has_unit else None
