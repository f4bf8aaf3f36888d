"""Circled digits (丸数字) that a text layer lost: ① arrives as ``@``, ② as ``A``, ③ as ``B``, since fonts keep them sixty-four
places behind the letters.

An ``@`` before a Japanese word proves the loss: nothing else begins with one. A letter is the next digit where it
stands as ``@`` does, at the head of a line or clause right before a word, and follows the mark before it in order, or where the same
word had that mark before. ``Ａ型``, ``Ｂランク`` and letters without an ``@`` before them stay what they are.

>>> circled_marks_restored("@移行者数、A入所者数、就労継続支援A型、B定着率")
'①移行者数、②入所者数、就労継続支援A型、③定着率'
>>> circled_marks_restored("A地区 12人、B地区 8人")
'A地区 12人、B地区 8人'
"""

from __future__ import annotations

import regex

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LETTERS = "@ABCDEFGHIJKLMNOPQRS"
_WIDE_LETTERS = "＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳ"
_WORD = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
_LOST = regex.compile(
    rf"(?m)(?:^|(?<=[\s　。、，,：:；;|「」『』【】（）()]))[@＠](?=[ 　]?{_WORD})"
)
_MARK = regex.compile(
    rf"(?m)(?:^|(?<=[\s　。、，,：:；;|「」『』【】（）()]))(?P<mark>[@＠A-SＡ-Ｓ])"
    rf"(?=(?P<gap>[ 　]?)(?P<name>(?!型|類|級|判|群|種|列|欄|表|案|票|ランク|クラス|グループ|タイプ|評価){_WORD}{{2,6}}))"
)


def circled_marks_restored(text: str) -> str:
    """`text` with ①, ② … for the letters that stand for them, each in its place."""
    if _LOST.search(text) is None:
        return text
    restored = list(text)
    names: dict[str, int] = {}
    last = -1
    for match in _MARK.finditer(text):
        number = _number(match["mark"])
        name = match["name"]
        if number and number != last + 1 and names.get(name) != number:
            continue
        last = names[name] = number
        restored[match.start("mark")] = _CIRCLED[number]
    return "".join(restored)


def _number(mark: str) -> int:
    """0 for @, 1 for A."""
    return (_LETTERS if mark in _LETTERS else _WIDE_LETTERS).index(mark)
