"""What a heading or title over a table names: 表３　居宅介護（単位：人） is the name of rows that have none.

A title that says what the figures are (…の利用状況), a year, a unit or a class of services names nothing that is
counted.
"""

from __future__ import annotations

import regex
from keikaku.extractors.headings import UNIT_REMARK
from keikaku.extractors.heads import MEASURES, find_role, read_head
from keikaku.extractors.words import is_category, is_legend
from keikaku.normalizers.fiscal_years import search_fiscal_years
from keikaku.normalizers.labels import split_marks

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


_BRACKET_BEHIND = regex.compile(r"(?P<words>[^()（）]*)[(（](?P<inside>[^()（）]*)[)）][\s　]*")
YEAR_BEFORE = regex.compile(
    r"[\s　]*(?P<year>(?:(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)|(?:20|２０)[0-9０-９]{2})年度?"
    r"(?:[(（][^()（）]*[)）])?末?)(?:まで|時点|現在)?(?:[※*＊][0-9０-９]{0,2}|[(（]?[※注][0-9０-９]{0,2}[)）])?(?:の|における|に)"
)
"""令和８年度末までの…"""
MEASURE_BEHIND = regex.compile(r"(?P<words>.{2,}[^の])の(?P<measure>[^の]{2,8})")
"""…の目標値"""
_OF_EACH_PLACE = regex.compile(
    r"[^()（）]{0,16}(?:市町村|圏域|地域|地区|区市町村|市区町村|ブロック)(?:別|ごと|毎)(?:に見た)?の?[^()（）]{0,8}"
)
_BETWEEN = regex.compile(r"[、，,・]")


def counted_in(heading: str) -> str | None:
    """What a heading over rows of places says is counted in each of them, else None.

    >>> counted_in("令和8年度末までの地域生活移行者数の目標値"), counted_in("圏域別の状況（生活介護、令和5年度）")
    ('地域生活移行者数', '生活介護')
    >>> counted_in("圏域別の状況"), counted_in("整備状況（令和６年度末、単位：か所）")
    (None, '整備状況')
    """
    words = split_marks(heading).body
    bracket = _BRACKET_BEHIND.fullmatch(words)
    inside = _BETWEEN.split(bracket["inside"]) if bracket is not None else []
    words = (bracket["words"] if bracket is not None else words).strip()
    words = YEAR_BEFORE.sub("", words, count=1)
    measured = MEASURE_BEHIND.fullmatch(words)
    if measured is not None and find_role(measured["measure"]) in MEASURES:
        words = measured["words"]
    if _OF_EACH_PLACE.fullmatch(words) is None:
        return _name(words)
    named = [name for piece in inside if (name := _name(piece)) is not None]
    return named[0] if len(named) == 1 else None


def _name(words: str) -> str | None:
    words = words.strip()
    is_head = read_head(words).says_something or words.startswith("単位")
    long = len(words) > _LONGEST_NAME
    if not words or is_head or long or is_category(words) or search_fiscal_years(words):
        return None  # of a year that was not told apart it is no name
    return words
