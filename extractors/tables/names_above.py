"""What a heading or title over a table names: 表３　居宅介護（単位：人） is the name of rows that have none.

A title that says what the figures are (…の利用状況), a year, a unit or a class of services names nothing that is
counted.
"""

from __future__ import annotations

import regex
from keikaku.extractors.headings import UNIT_REMARK
from keikaku.extractors.heads import read_head
from keikaku.extractors.words import is_category, is_legend

_LONGEST_NAME = 40
_TABLE_NUMBER = regex.compile(
    r"(?:図表|表)[\s　]*[0-9０-９]{1,2}(?:[-－‐−.][0-9０-９]{1,2})*[\s　.:：]+"
)
_POINTS = regex.compile("以下|次の|下記|右記|上記")
_SAYS_NO_NAME = regex.compile(
    r"(?:状況|実績|見込み?量?|推移|一覧表?|の表|図表|まとめ|結果|利用量|提供量|必要量|概要|計画|目標値?|について|等)(?:[(（][^()（）]*[)）])?\Z"
)


def name_in(heading: str) -> str | None:
    """The name that a heading gives the rows below it, else None.

    >>> name_in("表３　居宅介護（単位：人）"), name_in("居宅介護の利用状況"), name_in("訪問系サービス")
    ('居宅介護', None, None)
    """
    name = UNIT_REMARK.sub("", _TABLE_NUMBER.sub("", heading, count=1)).strip()
    if not name or len(name) > _LONGEST_NAME or is_legend(name) or _POINTS.match(name):
        return None
    if read_head(name).says_something or is_category(name) or _SAYS_NO_NAME.search(name):
        return None
    return name
