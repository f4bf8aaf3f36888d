"""Numerals: the digits of a figure, in every script that sheets print.

Half and full width stand in one number (``5３人``), 万 stands behind digits (``2万497``, ``13.8万``),
kanji are read by place (二〇二三) or by weight (千二百七十四), the decimal point is printed . ． or as
中黒 (``1・28倍``), thousands are grouped by commas. What does not form exactly one number is refused:
``4,4144`` (two glued figures), ``007`` (a code), ``1,25``, ``12.3.4``.

Input is folded (see `folding`). Sources: guideline texts (一・二八倍, 六パーセント), 厚生労働省 papers
(2万497人, 13.8万人), 調布市 (十七ページ).

>>> [str(parse_number(text)) for text in ("1,258", "2万497", "13.8万", "千二百七十四", "二〇二三", "1・28")]
['1258', '20497', '138000', '1274', '2023', '1.28']
>>> to_kanji(10_203)
'一万二百三'
"""

from __future__ import annotations

import re
from decimal import Decimal

from keikaku.normalizers.errors import Reason, UnreadText

KANJI_DIGITS = "〇一二三四五六七八九"
SMALL_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
GREAT_WEIGHTS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}

NUMERAL = (
    r"(?:ゼロ|零|(?:[0-9一二三四五六七八九十百千万億兆京]|〇(?=[・.]?[〇○一二三四五六七八九]))"
    r"[0-9一二三四五六七八九〇○十百千万億兆京,.・]*+)"
)
"""Finds what may be one numeral, whole; `parse_number` decides whether it is one."""

_ARABIC = re.compile(r"(?:(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})++)|[1-9][0-9]*+)(?:[.・][0-9]++)?+")
_POSITIONAL = re.compile(
    "(?:〇|[一二三四五六七八九][〇一二三四五六七八九]*+)(?:[・.][〇一二三四五六七八九]++)?+"
)
_GREAT = re.compile("([^万億兆京]++)([万億兆京])")
_WEIGHTED = re.compile(r"([0-9一二三四五六七八九]?)([千百十])")
_DIGIT_VALUES = str.maketrans(KANJI_DIGITS + "○・", "0123456789" + "0.")
_LONGEST_UNGROUPED = 6
"""Sheets group by thousands: a longer run (11812497) is glued figures sooner than a number."""


def parse_number(text: str) -> Decimal:
    """The number that folded `text` spells, or UnreadText."""
    if text.isascii():
        return _arabic(text, text)
    if text in ("ゼロ", "零"):
        return Decimal(0)
    if text[-1:] in GREAT_WEIGHTS or _GREAT.match(text):
        return _with_great_weights(text)
    return _below_ten_thousand(text, text)


def to_kanji(number: int) -> str:
    """`number` (0 to 10**16) in weighted kanji numerals: 1274 → 千二百七十四."""
    if number == 0:
        return "〇"
    written = ""
    for name, weight in reversed(GREAT_WEIGHTS.items()):
        group, number = divmod(number, weight)
        written += _group_to_kanji(group) + name if group else ""
    return written + _group_to_kanji(number)


def _group_to_kanji(number: int) -> str:
    written = ""
    for name, weight in reversed(SMALL_WEIGHTS.items()):
        digit, number = divmod(number, weight)
        written += ("" if digit == 1 else KANJI_DIGITS[digit]) + name if digit else ""
    return written + (KANJI_DIGITS[number] if number else "")


def _arabic(text: str, whole: str) -> Decimal:
    if not _ARABIC.fullmatch(text):
        glued = text.count(",") and not re.search(r"[,.・]$|[,.・]{2}", text)
        raise _unread(whole, Reason.GLUED_FIGURES if glued else Reason.BROKEN_NUMBER)
    number = Decimal(text.replace(",", "").replace("・", "."))
    if "," not in text and number >= 10**_LONGEST_UNGROUPED:
        raise _unread(whole, Reason.GLUED_FIGURES)
    return number


def _with_great_weights(text: str) -> Decimal:
    """Groups in falling order: 1億2,000万, 2万497, 13.8万 (a decimal only in a lone last group)."""
    total, rest, last = Decimal(0), text, 10**20
    while match := _GREAT.match(rest):
        group, weight = _below_ten_thousand(match[1], text), GREAT_WEIGHTS[match[2]]
        is_whole = group == group.to_integral_value()
        ends = match.end() == len(rest)
        if weight >= last or not 0 < group < 10**4 or not (is_whole or (ends and rest is text)):
            raise _unread(text, Reason.BROKEN_NUMBER)
        total, rest, last = total + group * weight, rest[match.end() :], weight
    total += _last_group(rest, last, text) if rest else 0
    return Decimal(int(total)) if total == total.to_integral_value() else total


def _last_group(rest: str, last: int, whole: str) -> Decimal:
    group = _below_ten_thousand(rest, whole)
    if not 0 < group < min(last, 10**4) or group != group.to_integral_value():
        raise _unread(whole, Reason.BROKEN_NUMBER)
    return group


def _below_ten_thousand(text: str, whole: str) -> Decimal:
    if text.replace("・", ".").isascii():
        return _arabic(text, whole)
    if _POSITIONAL.fullmatch(text.replace("○", "〇")):
        return _arabic(text.translate(_DIGIT_VALUES), whole)
    return _weighted(text, whole)


def _weighted(text: str, whole: str) -> Decimal:
    """千二百七十四, 3千5百: each weight once, in falling order, a single digit before it."""
    total, rest, last = 0, text, 10**4
    while match := _WEIGHTED.match(rest):
        weight = SMALL_WEIGHTS[match[2]]
        digit = int(match[1].translate(_DIGIT_VALUES)) if match[1] else 1
        if weight >= last or digit == 0:
            raise _unread(whole, Reason.BROKEN_NUMBER)
        total, rest, last = total + digit * weight, rest[match.end() :], weight
    if rest and not (last < 10**4 and re.fullmatch("[1-9一二三四五六七八九]", rest)):
        raise _unread(whole, Reason.BROKEN_NUMBER)
    return Decimal(total + (int(rest.translate(_DIGIT_VALUES)) if rest else 0))


def _unread(text: str, reason: Reason) -> UnreadText:
    return UnreadText(text, 0, len(text), reason)
