"""Goal heads (成果目標): a number and the title of a national goal, in a form or as a heading.

``1 施設入所者の地域生活への移行``, ``成果目標(4) 福祉施設から一般就労への移行等``, ``（２）精神障害にも…``.
A line counts as a goal's heading only when it is short, numbered and no sentence, and its words are
those of one national goal; an indicator of a goal (…移行者数) is no goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.entries import GoalHead
from keikaku.extractors.headings import heads_part_of_plan
from keikaku.extractors.heads import Role, find_box, find_role, read_head
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.unread import runs_on
from keikaku.extractors.words import is_category, joined
from keikaku.normalizers.folding import fold
from keikaku.normalizers.goals import GOALS_OF_SERVICES, Goal, find_goal
from keikaku.normalizers.labels import clean_label, split_marks

_NUMBER = regex.compile(
    r"[\s　]*(?:[○◯●◎■□◆◇▶・][\s　]*(?=(?:国の)?(?:成果|基本)目標))?(?:国の)?(?:基本指針の)?(?:成果目標|基本目標|目標|第)?[\s　]*(?:の|その)?[\s　]*(?:[(（【\[]|かっこ|カッコ|まる|マル)?[\s　]*"
    r"(?:[0-9０-９]{1,2}の(?=[0-9０-９]))?(?P<number>[0-9０-９]{1,2}+|[一二三四五六七八九十]|[①-⑳])(?![部編期]|[かカヶヵケ箇][月所年国]|[年月日人回件割％%]|時間)[\s　]*(?:[)）】\]]|節|の)?"
    r"[\s　]*[.．、,:：]?[\s　]*(?=\S)(?P<title>.*)",
    regex.DOTALL,
)
_NAMED_GOAL = regex.compile(r"(?:国の)?(?:成果|基本)目標[\s　]*[0-9０-９一二三四五六七八九十①-⑳]")
"""（１）　成果目標２ …: the number of the goal stands behind that of the heading."""
_GOAL_NUMBER = regex.compile(
    r"(?:国の)?(?:基本指針の)?(?:成果|基本|数値)目標[\s　]*[(（【]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]|[①-⑳])[)）】]?"
)
_OPENS_AS_GOAL = regex.compile(
    r"[\s　【]*(?:成果|基本)目標[\s　]*(?:[(（]|かっこ|カッコ|まる)?[\s　]*[0-9０-９一二三四五六七八九十①-⑳]"
)
_OPENS_FORM = regex.compile(
    r"(?:成果目標|基本目標|(?:国の)?基本指針の(?:成果)?目標)[\s　]*[(（]?(?:[0-9０-９]|[①-⑳])"
)
_SAID = regex.compile(
    r"[\s　]*(?:(?:計画|[PＰ]|ピー)[\s　]*[、。][\s　]*)*(?P<named>(?:国の)?(?:成果|基本)目標)[\s　]*[、。]?[\s　]*"
    r"(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十])[\s　]*[、。][\s　]*(?P<title>[^、。][^。]*)。?[\s　]*"
)
"""P。成果目標、1。施設入所しゃの地域生活への移行。: a heading as it is read aloud."""
_KANJI_DIGITS = {mark: number for number, mark in enumerate("一二三四五六七八九十", 1)}
_INDICATOR = regex.compile(r"(?:数|率|割合|量|件数|回数|日数)(?:[(（][^()（）]*[)）])?\Z")
_SENTENCE = regex.compile(
    r"。|については|に伴[いう]|により、|ため、|おり、|ました|である|ている|された|する者|とする|となった"
)
_INVISIBLE = regex.compile(r"[\u200b\u2060\ufeff]")
_REMARK = regex.compile(r"[\s　]*[(（][^()（）]*[)）]\Z")
_OF_USE = regex.compile(
    r"通所支援|系サービス|(?:サービス|支援)の?(?:利用|提供)?の?(?:実績|状況|見込み?量?|利用者数)"
)
_AIM = regex.compile(r"体制|整備|移行|充実|構築|強化|確保|推進|向上|定着|包括|拠点")
_CHILD = regex.compile(r"障(?:害|がい|碍)児")
_DIVISION = regex.compile(r"[章部編回次期]")
"""第5章 …: a division of the document, not a goal."""
_LEADERS = regex.compile(
    r"(?:(?:[・･…‥.．･_＿]\s?){3,}|…\s?…)[\s　]*[(（\-－]?[0-9０-９]{1,3}(?:ページ|頁)?[)）\-－]?\s*\Z"
)
_LONGEST = 70


def parse_goal(text: str, span: Span) -> GoalHead:
    """Number and title of a goal's words; the number may be missing."""
    number, title = _number_and_title(text)
    return GoalHead(number, title, span)


def _number_and_title(text: str) -> tuple[int | None, str]:
    stripped = _without_brackets(_INVISIBLE.sub("", text).strip())
    mark = split_marks(stripped)
    named = stripped if mark.number is None or not _NAMED_GOAL.match(mark.body) else mark.body
    match = _NUMBER.fullmatch(named)
    if match is None or not fold(match["title"]):
        return (None, stripped) if mark.number is None else (mark.number, mark.body.strip())
    return number_of(match["number"]), match["title"].strip()


_IN_BRACKETS = regex.compile(
    r"[【〔［《＜「『](?P<inside>[\s　]*(?:国の)?(?:成果|基本|数値)?目標[\s　]*[0-9０-９一二三四五六七八九十①-⑳]{1,2}"
    r"[^【】〔〕［］《》＜＞「」『』]*)[】〕］》＞」』](?P<behind>.*)",
    regex.DOTALL,
)


_ITS_WORD = regex.compile(
    r"[【〔［《＜「『][\s　]*(?P<word>(?:国の)?(?:成果目標|基本目標|基本指針の目標))[\s　]*[】〕］》＞」』][\s　]*(?=[0-9０-９一二三四五六七八九十①-⑳])"
)
_ITS_OFFICE = regex.compile(
    r"(?:[ 　]{2,}|　|\t)[\s　]*[(（【]?(?:担当|所管|主管)(?:課|部署?|係|所属)?(?:名)?[\s　]*[:：】].*\Z"
)


def _without_brackets(text: str) -> str:
    """【目標５】障害児支援の…, 【目標５　障害児支援の…】: the number of a goal in brackets, or all of its heading, or the word
    for it alone: 【基本指針の目標】　４　福祉施設から…."""
    match = _IN_BRACKETS.fullmatch(text)
    if match is not None:
        return f"{match['inside']} {match['behind']}".strip()
    return _ITS_WORD.sub(r"\g<word> ", text, count=1)


def number_of(digits: str) -> int:
    """３, 三 or ③ as 3."""
    if digits in _KANJI_DIGITS:
        return _KANJI_DIGITS[digits]
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    return int(digits)


def mark_style(text: str, goal: GoalHead) -> str:
    """How a goal's number is printed: ``N`` for 1, ``(N)`` for (1), ``成果目標N`` for 成果目標1.

    >>> mark_style("（２）相談支援体制", GoalHead(2, "相談支援体制", Span()))
    '(N)'
    >>> mark_style("②相談支援体制", GoalHead(2, "相談支援体制", Span()))
    '○'
    """
    printed = text.strip()[: max(len(text.strip()) - len(goal.title), 0)]
    prefix = fold(regex.sub("[①-⑳]", "○", printed))
    return regex.sub(r"[0-9]+|[一二三四五六七八九十]", "N", prefix).rstrip(".:、,")


def goes_on_behind(text: str, goal: GoalHead | None, style: str | None) -> bool:
    """３　相談支援 behind ２　障害児通所支援: what is numbered as the goals are, and next, is no part of the goal.

    >>> goes_on_behind("３　相談支援", GoalHead(2, "障害児通所支援", Span()), "N")
    True
    """
    marked = split_marks(text)
    if goal is None or goal.number is None or marked.number != goal.number + 1:
        return False
    return mark_style(text, GoalHead(marked.number, marked.body, goal.span)) == style


def as_printed_heading(text: str) -> str:
    """The heading of a goal that is read aloud, as it would be printed, and one without the office behind it; any other
    text as it is.

    >>> as_printed_heading("P。成果目標、1。相談支援体制の充実とう。"), as_printed_heading("成果目標は、2つです。")
    ('成果目標1 相談支援体制の充実とう', '成果目標は、2つです。')
    >>> as_printed_heading("成果目標１　相談支援体制の充実　　　担当：福祉課")
    '成果目標１　相談支援体制の充実'
    """
    if "目標" not in text:
        return text
    text = _ITS_OFFICE.sub("", text)
    said = _SAID.fullmatch(text)
    return f"{said['named']}{said['number']} {said['title']}" if said is not None else text


def is_in_contents(text: str) -> bool:
    """第３　サービス見込量と実績 ・・・・・ ６: a line of the table of contents, and no heading."""
    return _LEADERS.search(text) is not None


def is_goal_number(text: str) -> bool:
    """成果目標４ alone: the words of the goal stand elsewhere."""
    return _GOAL_NUMBER.fullmatch(text) is not None


def names_goal(text: str) -> bool:
    """Does a line open as a goal named as such: 成果目標4 …?"""
    return _OPENS_AS_GOAL.match(as_printed_heading(text)) is not None


def find_goal_head(text: str, span: Span) -> GoalHead | None:
    """The goal that a short numbered line names, or None."""
    text = as_printed_heading(text)
    named = _named_goal(text) if len(text) <= _LONGEST else None
    return GoalHead(*named, span) if named is not None else None


@lru_cache(maxsize=4_096)
def _named_goal(text: str) -> tuple[int, str] | None:
    """Number and title of the national goal that a line names."""
    if _SENTENCE.search(text) or is_in_contents(text) or runs_on(text):
        return None
    number, printed = _number_and_title(text)
    title = clean_label(printed)
    if number is None or _DIVISION.match(title) or _INDICATOR.search(title):
        return None
    if "サービス" in title and heads_part_of_plan(_REMARK.sub("", title)):
        return None  # ②障害福祉サービスの利用状況（令和６年度）
    known = national_goal(title)
    if known is None or (_CHILD.search(title) and known.plan != "child_disability_welfare"):
        return None
    return number, printed


def national_goal(title: str) -> Goal | None:
    """The goal that a heading's words name; 障害児通所支援 is a class of services, and no goal.

    >>> national_goal("障害児通所支援") is None, national_goal("地域生活支援事業").goal_id
    (True, 'community_life_support_projects')
    """
    known = find_goal(title)
    if known is None or known.goal_id in GOALS_OF_SERVICES:
        return known
    return None if is_of_services(title) else known


def is_of_services(title: str) -> bool:
    """Classes of services or their use, and nothing that is aimed at.

    >>> is_of_services("障がい児通所支援（１か月当たり）"), is_of_services("障害児支援の利用実績")
    (True, True)
    >>> is_of_services("障害児通所支援の提供体制の整備"), is_of_services("施設入所者の地域生活への移行の実績")
    (False, False)
    """
    bare = _REMARK.sub("", title)
    return is_category(bare) or (_OF_USE.search(bare) is not None and not _AIM.search(bare))


def title_goes_on(lines: Sequence[Line]) -> int:
    """How many of the lines below a goal's first line still belong to its title: short ones without
    a mark or a head of their own, at most two."""
    count = 0
    for line in lines[:2]:
        if not _is_of_title(line.text):
            break
        count += 1
    return count if len(lines) <= 2 else 0


def goal_in_lines(lines: Sequence[Line]) -> tuple[GoalHead, int] | None:
    """成果目標 １ …: the goal and how many lines it takes. Its title may stand in, or go on in, the lines below."""
    words = lines[0].text.split(maxsplit=1)
    if not words or find_role(words[0]) is not Role.GOAL or len(lines[0].text) > 80:
        return None
    if len(words) == 1 and split_marks(words[0]).number is not None:
        return None  # （１）成果目標: the heading over the goals
    count = 1 + title_goes_on(lines[1:])
    pieces = [*words[1:], *(line.text for line in lines[1:count])]
    title = joined([Line(piece, Span()) for piece in pieces]).rstrip("。")
    if not title or len(title) > 90 or "。" in title:
        return None
    goal = parse_goal(title, cover([line.span for line in lines[:count]]))
    return (goal, count) if goal.number is not None else None


def opens_form(text: str) -> bool:
    """基本指針の目標4 福祉施設から…: does a line begin with the words that head a goal's form, and its number?"""
    return _OPENS_FORM.match(text) is not None


def goal_of_form(line: Line) -> tuple[GoalHead, int] | None:
    """The goal of a form whose number stands right behind the words that head it, and one line."""
    goal = find_goal_head(line.text, line.span) if opens_form(line.text) else None
    return (goal, 1) if goal is not None else None


class GoalBelow(NamedTuple):
    """The words of a goal whose number stands above them, and how many lines both take."""

    text: str
    line_count: int
    is_said: bool
    """Do the words 成果目標 stand alone over them?"""


_BARE_NUMBER = regex.compile(r"[0-9０-９]{1,2}")


def goal_below(lines: Sequence[Line]) -> GoalBelow | None:
    """成果目標４ over the words of the goal; 成果目標 over ４ 福祉施設から…, or over ７ over words on three lines at most."""
    if len(lines) < 2:
        return None
    if is_goal_number(lines[0].text):
        return GoalBelow(f"{lines[0].text} {lines[1].text}", 2, is_said=False)
    if _is_goal_word(lines[0]) and find_goal_head(lines[1].text, lines[1].span) is not None:
        return GoalBelow(lines[1].text, 2, is_said=True)
    is_number = _BARE_NUMBER.fullmatch(lines[1].text) is not None
    count = _words_of_title(lines[2:5]) if is_number and _is_goal_word(lines[0]) else 0
    text = " ".join(line.text for line in lines[1 : 2 + count])
    return GoalBelow(text, 2 + count, is_said=True) if count else None


def _is_goal_word(line: Line) -> bool:
    """成果目標 alone; ２　成果目標 heads the part of all goals."""
    return find_role(line.text) is Role.GOAL and split_marks(line.text).number is None


def _words_of_title(lines: Sequence[Line]) -> int:
    """How many lines from the first on are words; a letter alone is of a word set down the side (計 over 画)."""
    count = 0
    for line in lines:
        if len(line.text) < 2 or not _is_of_title(line.text):
            break
        count += 1
    return count


def _is_of_title(text: str) -> bool:
    if len(text) > 60 or "。" in text or split_marks(text).mark is not None:
        return False
    return not (read_head(text).says_something or find_box(text) or text[0] in "【（(*※")


def same_goal(one: GoalHead | None, other: GoalHead) -> bool:
    """Do two heads give the same number and words?"""
    if one is None:
        return False
    return one.number == other.number and fold(one.title) == fold(other.title)
