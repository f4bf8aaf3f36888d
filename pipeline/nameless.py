"""Names that name no indicator: a quantity, a place, a unit, a measure, words that a figure ran into.

Whatever layout a figure came from, its name is asked once more before it is published. 利用者数 says how
something is counted, 浪野市 where, (時間)(%) in what, 実績値 that it was counted; 居宅介護（人／月）：４１２ holds the first
figure of its row. None of them says what is counted.

>>> holds_figure("居宅介護(人/月):412"), holds_figure("医療:精神科"), with_unit_behind("生活介護人/月")
(True, False, True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex
from keikaku.extractors.entries import Entry, Label
from keikaku.extractors.goal_ends import names_services
from keikaku.extractors.headings import UNIT_LINE, heads_part_of_plan
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.units_below import are_units
from keikaku.extractors.words import (
    is_category,
    is_kind,
    is_part,
    is_participant,
    is_place,
    is_quantity,
    is_running_head,
    is_unspecific,
    says_sum,
)
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.goals import find_goal
from keikaku.normalizers.labels import clean_label, list_number
from keikaku.normalizers.units import RATED_UNIT, UNIT, find_unit

_BRACKET_ALONE = regex.compile(r"\([^()]+\)")
"""(生活訓練): what stood before it is lost."""
_ENDS_OPEN = regex.compile(
    r"(?:[:=、,]|のうち|に(?:よる|おける|関する|対する|係る|基づく)|のための|を通じた|及び|又は|\A主な)\Z|(?:前々?|今|本|昨|翌|次|当該?)年度末?\Z"
)
"""移行者前年度, 居宅介護、, 関係者による: what goes on behind it is lost."""
_BEHIND_COLON = regex.compile(r"[:=](?P<behind>[^:=]*)")
_LISTED = regex.compile("[0-9]{2,}、")
"""区分1 9、区分2 152、区分3 146、…"""
_COUNTED = regex.compile(r"(?:数|率|割合)(?:\([^()]*\))?\Z")
_AIM = regex.compile(r"(?:への移行|の構築|の充実|の推進|の促進|の整備|の強化|の向上)等?\Z")
_COUNTS = frozenset(("人", "人分", "人日", "時間", "日", "日分", "回", "件"))
"""Units that no name ends in, as it may in 事業 or センター."""
_MEASURE = regex.compile(r"(?:見込み?|計画|目標|実績)[量値]|実績")
_LETTER = regex.compile(r"(?![計男女])\p{Han}")
"""訪 over 居宅介護: a letter of a word set down the side, or of one that was torn."""
_YEAR_REST = regex.compile(r"(?:\A|・)[年度末月日中]+(?:・|\Z)")
"""度度, 度・利用者数: what is left of 令和３年度 and 令和４年度, broken over two lines."""
_OF_HEADS = regex.compile(r"\((?:目標|実績|見込み?|計画|基準)[値量]?\)(?=.)|国の(?:基本)?指針は")
"""(目標)(実績)就労移行支援事業, 国の基本指針は9%以上であ施設入所者の…: heads, or words on the target, that ran into a name."""
_DIGIT = regex.compile(r"[0-9]")
_UNIT_BEHIND = regex.compile(rf".*[^\s(/](?:{RATED_UNIT}|人日)|.*\)(?:{UNIT})")


def names_nothing(
    entry: Entry, indicator: str, breakdown: str | None, item: str | None, *, is_known: bool
) -> bool:
    """A bare quantity (利用者数) names no indicator unless an item or the catalogue does; a measure
    (実績値, 目標), a figure (240人), a place (浪野市), units, the running head of a page, or a part whose whole is not
    there (うちＡ型), or （生活訓練） alone never does; a part with a number of its own stands for itself."""
    labels = entry.labels
    names = (indicator, *(line for label in labels for line in (label.text, *label.lines)))
    if _is_no_name(indicator) or any(map(_is_no_word_of_names, names)):
        return True
    if is_part(indicator) and all(list_number(name) is None for name in names):
        return True
    if is_kind(indicator) or _heads_services(indicator):
        return True
    if is_participant(indicator) and not item:
        return True
    if any(label.is_place and clean_label(label.text) == indicator for label in labels):
        return True
    told = (indicator, breakdown) if breakdown is not None else (indicator,)
    if any(_is_spoilt(name) or _ends_in_row_words(name, labels) for name in told):
        return True
    if breakdown is not None and (
        _LETTER.fullmatch(indicator) or _is_goal_over(indicator, breakdown)
    ):
        return True
    named = is_known or (item and not is_category(item) and not names_services(item))
    return not named and breakdown is None and is_unspecific(indicator)


@lru_cache(maxsize=4_096)
def _is_no_name(indicator: str) -> bool:
    """A figure, a measure, a place, or a bracket alone, whatever stands around it."""
    if is_value_like(indicator) or is_place(indicator) or _BRACKET_ALONE.fullmatch(indicator):
        return True
    if says_sum(indicator):
        return True
    return read_head(indicator.strip("()")).role in MEASURES


@lru_cache(maxsize=4_096)
def _is_no_word_of_names(line: str) -> bool:
    """Units, a line that gives one (単位：人), or the running head of a page: they stand in no name."""
    return are_units(line) or is_running_head(line) or UNIT_LINE.match(line) is not None


def _heads_services(name: str) -> bool:
    """サービスの利用状況: the title of a part of the plan. 地域生活支援事業 may be judged as a whole."""
    return "サービス" in name and heads_part_of_plan(name)


@lru_cache(maxsize=4_096)
def _is_spoilt(name: str) -> bool:
    mixed = holds_figure(name) or with_unit_behind(name) or joins_quantity(name)
    mixed = mixed or _OF_HEADS.match(name) is not None
    return mixed or _YEAR_REST.search(name) is not None or _ENDS_OPEN.search(name) is not None


def _ends_in_row_words(name: str, labels: Sequence[Label]) -> bool:
    """Did the unit or the measure behind one of its labels go into the name?"""
    words = filter(None, [_word_behind(label.lines) for label in labels])
    return any(name.endswith(word) for word in words) and not indicators_named(name)


@lru_cache(maxsize=4_096)
def _word_behind(lines: tuple[str, ...]) -> str | None:
    """人 of 療養介護 人, or of 短期入所 over 人, 見込量 of 主な 見込量: the unit or the measure of the row behind a blank,
    or on a line of its own."""
    *before, last = [word for line in lines for word in line.split()] or [""]
    is_unit = (find_unit(last) or "").partition("/")[0] in _COUNTS and not is_quantity(last)
    is_measure = _MEASURE.fullmatch(last) is not None and read_head(last).role in MEASURES
    return last if before and (is_unit or is_measure) else None


@lru_cache(maxsize=4_096)
def _is_goal_over(indicator: str, breakdown: str) -> bool:
    """施設入所者の地域生活への移行 over 地域生活移行者数: a goal is no indicator where a name of its own stands below it."""
    is_name = _COUNTED.search(breakdown) is not None and not is_quantity(breakdown)
    is_aim = _AIM.search(indicator) is not None and find_goal(indicator) is not None
    return is_name and is_aim and not indicators_named(indicator)


def holds_figure(name: str) -> bool:
    """居宅介護(人/月):412: a figure of the row behind the colon that ends the name; or a list of them."""
    return len(_LISTED.findall(name)) > 1 or any(
        _DIGIT.search(words) and is_value_like(words) for words in _behind_colons(name)
    )


def joins_quantity(name: str) -> bool:
    """共同生活援助:月間利用者数: a name, and how it is counted, that were not told apart."""
    return any(is_quantity(words) for words in _behind_colons(name))


def _behind_colons(name: str) -> Iterator[str]:
    return (match["behind"] for match in _BEHIND_COLON.finditer(name))


def with_unit_behind(name: str) -> bool:
    """生活介護人/月: the unit of the row, printed behind its name, was not told apart from it."""
    return _UNIT_BEHIND.fullmatch(name) is not None
