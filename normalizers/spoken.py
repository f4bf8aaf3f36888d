"""Spoken spellings (音声コード用の書き方): words written as a screen reader shall say them.

Editions for text-to-speech write out what the voice would misread: 障害しゃ for 障害者, 年度まつ for 年度末,
令和がん年度 for 令和元年度, とう for 等 at the end of a name. `restore` gives the usual
spelling, for comparing and for looking up; what is published stays as printed. Source: 品川区.

>>> restore("施設入所しゃの地域生活への移行"), restore("令和5年度まつ"), restore("移行とう")
('施設入所者の地域生活への移行', '令和5年度末', '移行等')
>>> restore("会しゃとの連携"), restore("ほんとう")
('会しゃとの連携', 'ほんとう')
"""

from __future__ import annotations

import re

_SPELLINGS = (
    ("しゃ", re.compile(r"(?<=[一-鿿々])(?<!会)・?しゃ(?![ぁ-ん]ょ)"), "者"),
    ("まつ", re.compile(r"(?<=年度)まつ|(?<=年)まつ"), "末"),
    ("がん", re.compile(r"(?<=令和)がん(?=年)|(?<=平成)がん(?=年)"), "元"),
    ("と", re.compile(r"(?<=[一-鿿々ァ-ヺー])(?:とう|とー)(?=$|[のへにをはが、。)）])"), "等"),
)


def restore(text: str) -> str:
    """`text` with spoken spellings of words as they are usually written."""
    for always, spelling, meant in _SPELLINGS:
        if always in text:
            text = spelling.sub(meant, text)
    return text
