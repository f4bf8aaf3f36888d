"""What headings, titles and sentences over a table say of its figures: their units, their years.

>>> units_in("２ 日中活動系サービス（単位：人/月）"), unit_of_sentence("いずれも月平均、単位は人です。")
(('人/月',), ('人',))
"""

from __future__ import annotations

import regex
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.fiscal_years import FiscalYear, search_fiscal_years
from keikaku.normalizers.folding import fold
from keikaku.normalizers.units import find_unit

_UNIT_WORDS = regex.compile(
    r"単位\s*(?P<named>[:：／/])?\s*(?P<unit>[^()（）\[\]［］〔〕、。，\s]{1,14})"
)
UNIT_REMARK = regex.compile(r"[(（\[［〔【][\s　]*単位[^()（）\[\]［］〔〕【】]*[)）\]］〕】]")
"""（単位：人）behind a heading's words."""
CAPTION = regex.compile(
    r"[ 　]*[【〔《＜<](?P<words>[^【】〔〕《》＜＞<>]{1,60})[】〕》＞>][ 　]*(?P<legend>[※＊*][^。]{4,60})?"
)
"""【活動指標】, perhaps with what brackets hold behind it: ※[ ]内は精神障害者の内数."""
UNIT_LINE = regex.compile(r"[\s　]*[(（\[［〔【]?[\s　]*単位")


_SECTION = regex.compile(r"第[0-9０-９一二三四五六七八九十]{1,3}[節項][\s　]+[^。、0-9０-９]{2,40}")


def heads_section(text: str) -> bool:
    """第２節　サービスの見込量: the title of a part of the plan, alone on its line."""
    return _SECTION.fullmatch(text) is not None


_PART = regex.compile(
    r"[【(（]?第[0-9０-９一二三四五六七八九十]{1,2}[部編章][ 　:：]+[^、。]{2,40}[】)）]?"
)


def heads_part(text: str) -> bool:
    """第２部　サービスの見込量: the title of a part of the paper, alone on its line."""
    return _PART.fullmatch(text) is not None


_TOWARDS = regex.compile(
    r"(?P<head>[^\s　:：、]{2,8})[\s　:：、]+[^\s　。]{2,12}年度?(?:以降)?(?:に向け(?:て|た.{1,8})|へ向けて|へ)"
)


def head_towards(text: str) -> str | None:
    """改善 of 改善　令和7年度に向けて: the head of what is to come."""
    match = _TOWARDS.fullmatch(text)
    return match["head"] if match is not None else None


_PART_OF_PLAN = regex.compile(
    r"地域生活支援事業.{0,8}"
    r"|(?:(?:指定)?障(?:害|がい|碍)(?:者|児)?(?:福祉|通所)?)?サービス(?:等|量)?の(?:利用|見込|提供|実績|量).{0,8}"
)


def heads_part_of_plan(words: str) -> bool:
    """The title of a part of a plan that belongs to no goal.

    >>> heads_part_of_plan("地域生活支援事業"), heads_part_of_plan("障害福祉サービスの利用実績"), heads_part_of_plan("実績")
    (True, True, False)
    """
    return _PART_OF_PLAN.fullmatch(fold(words)) is not None


def units_in(text: str) -> tuple[str, ...]:
    """The unit that a heading gives for what stands under it: ２ 日中活動系サービス（単位：人/月）. One that is
    named as such and that the vocabulary does not hold stays as printed: it is not lost in silence."""
    match = _UNIT_WORDS.search(text)
    if match is None:
        return ()
    unit = find_unit(match["unit"]) or (match["unit"] if match["named"] else None)
    return (unit,) if unit is not None else ()


def named_years(text: str) -> list[FiscalYear]:
    """The different fiscal years that a heading names as such (dates of meetings are none); a range
    counts as two."""
    found: dict[int, FiscalYear] = {}
    for year in search_fiscal_years(text):
        if "年度" in year.printed or year.month_end is None:
            found.setdefault(year.year, year)
            if year.last is not None:
                found.setdefault(year.last, year)
    return list(found.values())


_DATE = regex.compile(
    r"[\s　(（]*[^\s　()（）]{2,8}年[\s　]*[0-9０-９]{1,2}[\s　]*月(?:[\s　]*[0-9０-９]{1,2}[\s　]*日)?[\s　)）]*"
)


def is_bare_date(text: str) -> bool:
    """The day or month that a paper is of, alone on its line, is no year of the figures below it.

    >>> is_bare_date("令和8年9月30日"), is_bare_date("令和６年３月末"), is_bare_date("令和6年度")
    (True, False, False)
    """
    return _DATE.fullmatch(text) is not None


_BRACKETS = regex.compile(r"[(（\[［〔](?P<words>[^()（）\[\]［］〔〕]{1,30})[)）\]］〕]\s*\Z")


def unit_in_brackets(text: str) -> tuple[str, ...]:
    """The unit among the words in brackets behind a table's title: （令和５年度・人/月）."""
    match = _BRACKETS.search(text)
    words = regex.split(r"[・、,，\s]+", match["words"]) if match is not None else []
    units = [unit for word in words if (unit := find_unit(word)) is not None]
    return tuple(units[:1]) if len(units) == 1 else ()


def name_and_unit(text: str) -> tuple[str, tuple[str, ...]]:
    """A numbered heading without the unit in brackets that closes it, and the unit, named as such or not.

    >>> name_and_unit("１　居宅介護（時間／月）"), name_and_unit("３　短期入所（福祉型）")
    (('１　居宅介護', ('時間/月',)), ('３　短期入所（福祉型）', ()))
    """
    named = units_in(text)
    match = _BRACKETS.search(text) if not named else None
    unit = _unit_of_quantity(match["words"]) if match is not None else None
    if match is None or unit is None:
        return UNIT_REMARK.sub("", text).rstrip(), named
    return text[: match.start()].rstrip(), (unit,)


_QUANTITY = regex.compile(r"(?P<per>[^・]*の)?[^・の]{1,8}[数量]・(?P<unit>[^・]{1,6})")


def _unit_of_quantity(words: str) -> str | None:
    """What is counted, and the unit behind it.

    >>> _unit_of_quantity("単位は１か月当たりの利用者数・人"), _unit_of_quantity("延べ人数・人"), _unit_of_quantity("人数・割合")
    ('人/月', '人', None)
    """
    match = _QUANTITY.fullmatch(words)
    return find_unit(words if match is None else (match["per"] or "") + match["unit"])


_UNIT_SENTENCE = regex.compile(
    r"単位は、?(?P<unit>[^\s　、。，,（()）]{1,14}?)(?:です|である|とする|とします|。|$)"
)


def unit_of_sentence(text: str) -> tuple[str, ...]:
    """The unit that a sentence gives the tables below it: いずれも月平均、単位は人です。"""
    match = _UNIT_SENTENCE.search(text)
    unit = find_unit(match["unit"]) if match is not None else None
    return (unit,) if unit is not None else ()


_FOR_PLACES = regex.compile(
    r"[\s　]*(?P<name>[^。、\s　（(]{2,40}?)(?:[（(][^（）()]{1,12}[)）])?(?:について|に関し(?:て|まして)?|につきまして)?(?:[をの、は]|は、)?(?:の)?(?:障.{0,8}?)?(?:圏域|地域|地区|区|市町村|市町|ブロック|施設|事業所)(?:別|ごと)[^。]*(?:次|以下|下記|下表|右)の(?:とおり|通り)[^。]{0,30}。.{0,20}"
)


def named_for_places(text: str) -> str | None:
    """What a sentence says that the places below it are counted for; None where the catalogue has no such name.

    >>> named_for_places("共同生活援助の圏域別の見込みは次のとおりです（主な圏域のみ）。"), named_for_places("圏域別の見込みは次のとおりです。")
    ('共同生活援助', None)
    """
    match = _FOR_PLACES.fullmatch(text)
    return match["name"] if match is not None and indicators_named(match["name"]) else None
