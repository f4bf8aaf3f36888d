"""Small questions about printed words: is this a sentence, a participant, a counted quantity?

>>> is_quantity("利用人数"), is_quantity("就労移行支援"), is_participant("医療：精神科")
(True, False, True)
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_letters

import regex
from keikaku.extractors.document import Line
from keikaku.normalizers.labels import clean_label, split_marks
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.spoken import restore
from keikaku.normalizers.values import Status

_NOTHING = "(?!)"
"""The pattern of a class that has none: no label matches it."""


@cache
def _classes() -> dict[str, tuple[frozenset[str], regex.Pattern[str]]]:
    """By name, the words of each class, and its patterns as one."""
    raw = files("keikaku.extractors.vocabulary").joinpath("words.toml").read_text("utf-8")
    return {
        name: (
            frozenset(clean_label(word) for word in entry.get("words", ())),
            regex.compile("|".join(f"(?:{p})" for p in entry.get("patterns", (_NOTHING,)))),
        )
        for name, entry in tomllib.loads(raw).items()
    }


@lru_cache(maxsize=8192)
def _is(name: str, printed: str) -> bool:
    words, pattern = _classes()[name]
    label = restore(clean_label(printed))
    return label in words or pattern.fullmatch(label) is not None


def is_participant(printed: str) -> bool:
    """A sector or group of people that takes part (保健, 医療：精神科, 当事者)."""
    return _is("participants", printed)


def is_kind(printed: str) -> bool:
    """A kind of disability (身体, 精神障害者): those who are counted so are a part of all."""
    return _is("kinds", printed)


def is_category(printed: str) -> bool:
    """A class of services (訪問系サービス, 【必須事業】), under which indicators stand."""
    return _is(
        "categories", printed.strip("【】〈〉＜＞<>《》［］[]") if is_caption(printed) else printed
    )


def is_grade_word(printed: str) -> bool:
    """A step of a scale of progress in words (順調, やや遅れ, 達成): a grade, not prose."""
    return _is("grades", printed)


_GRADE = regex.compile(
    r"[A-ESＡ-ＥＳa-eａ-ｅ◎○〇◯△▲×✕]|(?:二重|にじゅう|ニジュウ)?(?:マル|まる|丸)|サンカク|三角|バツ|ばつ|エー|ビー|シー|ディー|エス"
)
"""A mark or a letter, also as it is read aloud (シー is C)."""


def is_grade(printed: str) -> bool:
    """A step of a scale, be it a letter or a mark (Ａ, ◎, 未達成)."""
    return _GRADE.fullmatch(printed) is not None or is_grade_word(printed)


_SPOKEN_MARK = r"(?:二重|にじゅう|ニジュウ)?(?:マル|まる|丸)|サンカク|三角|バツ|ばつ"
_STEP = regex.compile(rf"[A-ESＡ-ＥＳa-eａ-ｅ◎○〇●△▲×✕―－\-—‐]|{_SPOKEN_MARK}|空欄|[1-5１-５]")
_TICK = regex.compile(rf"[A-ESＡ-ＥＳa-eａ-ｅ◎○〇●△▲×]|{_SPOKEN_MARK}")
"""A grade that is surely one: a dash or a digit may be a figure as well."""
_NO_GRADE = regex.compile(r"[―－—‐–ー-]|評価(?:の)?対象外|対象外|未評価")


def is_sure_grade(printed: str) -> bool:
    """△, Ａ, おおむね順調: a grade that is no figure and no dash.

    >>> is_sure_grade("△"), is_sure_grade("－"), is_sure_grade("3")
    (True, False, False)
    """
    return _TICK.fullmatch(printed) is not None or is_grade_word(printed)


def are_grades(texts: Sequence[str]) -> bool:
    """Steps of a scale and nothing else, one of them surely so: Ａ, Ｂ, ―."""
    return any(_TICK.search(text) or is_grade_word(text) for text in texts) and all(
        _STEP.fullmatch(text) or is_grade_word(text) or _reports_no_grade(text) for text in texts
    )


def _reports_no_grade(text: str) -> bool:
    """A dash, also as it is read aloud (ハイフン), or words that say that nothing was graded."""
    mark = find_mark(text)
    is_dash = mark is not None and mark.status is Status.NOT_REPORTED
    return is_dash or _NO_GRADE.fullmatch(text) is not None


def is_quantity(printed: str) -> bool:
    """A bare counted quantity (利用人数, 利用率): it says what is counted, not of what."""
    return _is("quantities", without_measure(without_comment(printed)).strip("()（）"))


def is_total(printed: str) -> bool:
    """The sum of what stands beside it (合計, ３年間の計): the name of nothing by itself."""
    return _is("totals", printed)


def is_place(printed: str) -> bool:
    """A municipality, an area, or all of them (架空市, 東部圏域, 県全体): where, and never what, is counted."""
    return _is("places", printed)


def is_plain_value(printed: str) -> bool:
    """The head of a column of figures that says no more than that: 数値."""
    return _is("plain_values", printed)


def is_whether(printed: str) -> bool:
    """Words in the place of a unit that say that the row is told in words: 実施の有無."""
    return _is("whether", printed)


def is_unspecific(printed: str) -> bool:
    """A quantity of which no one can say what it counts unless a name stands over it (利用者数)."""
    return _is("unspecific", without_measure(printed))


_MEASURED_BY = regex.compile(r"(?P<words>.*[^\s　(（])[\s　]*[(（](?P<by>[^()（）]+)[)）][\s　]*")


def without_measure(label: str) -> str:
    """A label without the bracket that only says how it is counted: 利用者数（1か月当たりの実人数）."""
    match = _MEASURED_BY.fullmatch(label) if ")" in label or "）" in label else None
    return match["words"] if match is not None and _is("quantities", match["by"]) else label


_LEGEND = regex.compile(
    r"[\s　]*(?:[（(]?[※*＊](?!\*)|[（(]?注[)）:：0-9１２３]|備考[:：]|資料[:：])"
)


_COMMENT = regex.compile(
    r"(?<=\S)[\s　]*(?:[（(]?※(?![0-9０-９①-⑳一二三四五][）)]?)[^※]{2,}"
    r"|[※*＊][\s　]*(?:[0-9０-９一](?:か|カ|ヶ|ヵ|箇)?)?[月年日](?:間|平均|当たり|あたり|当り)[^※*＊]{0,12})\Z"
)


_SYMBOL = regex.compile(r"(?<=\S)(?<!継続支援(?:事業)?)[\s　]*[(（][A-EＡ-Ｅ][)）]\Z")
"""施設入所者数（Ａ）: what other rows call the figure by (Ａの６％); 就労継続支援（Ａ） is another service."""


def without_comment(label: str) -> str:
    """A label without the comment printed behind it: ``施設入所支援の利用者数 ※施設入所者数の削減``,
    ``生活介護の利用者数（グラフの説明）``."""
    return _remembered(label) if len(label) <= _LONGEST_REMEMBERED else _without_comment(label)


@lru_cache(maxsize=8_192)
def _remembered(label: str) -> str:
    return _without_comment(label)


_LONGEST_REMEMBERED = 60
"""Characters; longer texts are sentences, which come but once."""


def _without_comment(label: str) -> str:
    label = _SYMBOL.sub("", _COMMENT.sub("", label))
    match = _BRACKET_BEHIND.fullmatch(label)
    return match["words"] if match is not None and explains(match["inside"]) else label


_BRACKET_BEHIND = regex.compile(
    r"(?P<words>.*[^\s　])[\s　]*[(（\[［〔【<＜](?P<inside>[^()（）\[\]［］〔〕【】<>＜＞]+)[)）\]］〕】>＞]"
)


def explains(printed: str) -> bool:
    """Words that only say that a chart is put into words (グラフの説明): the name of nothing."""
    return _is("explanations", printed)


def is_legend(printed: str) -> bool:
    """A line that begins as a legend or footnote does (※, *, 注)."""
    return _LEGEND.match(printed) is not None


_TREND = regex.compile(r"の?(?:年次|経年)?(?:推移|動向)(?:[(（][^()（）]*[)）])?$")


def is_trend(printed: str) -> bool:
    """A title of figures that were counted year by year: …の推移."""
    may_be = "推移" in printed or "動向" in printed
    return may_be and len(printed) <= 60 and _TREND.search(printed) is not None


_PAST = regex.compile(
    r"(?:現状(?:と課題)?|取り巻く(?:状況|環境)|推移|動向)(?:[\s　]*[(（【][^()（）【】]*[)）】])?$"
)
_FUTURE = regex.compile("見込|計画|目標|推計|将来|必要量|予測")


def heads_past(printed: str) -> bool | None:
    """Does a heading say that what follows was counted (現状と課題), or (False) is to come (見込み)?
    None when it says neither."""
    if len(printed) > 60 or "。" in printed:
        return None
    if _PAST.search(printed.rstrip()):
        return True
    return False if _FUTURE.search(printed) else None


_SPOKEN_LEGEND = regex.compile(
    r"(?:カッコ|かっこ|括弧|\A[\s　]*[(（\[［〔【][\s　]*[)）\]］〕】])内.{0,25}(?:内数|うち数|再掲)"
)


def is_spoken_legend(printed: str) -> bool:
    """A line that says what brackets hold: カッコ内は精神障害しゃの内数, （　）内は、市外の利用者で、内数です。"""
    return len(printed) <= 100 and _SPOKEN_LEGEND.search(printed) is not None


_PART = regex.compile(r"[\s　]*[(（【\[［]?[\s　]*(?:うち|再掲|内訳|内数|内、|内書)(?!容)")


@lru_cache(maxsize=8192)
def is_part(printed: str) -> bool:
    """A row that counts a part of the row above it: うち…, （再掲）…, ・うち…."""
    return _PART.match(split_marks(printed).body) is not None


_RUNNING = regex.compile(
    r"第[0-9０-９一二三四五六七八九十]{1,3}[章部編節](?:[\s　]*[^0-9０-９\s　].*)?"
    r"|(?:参考|巻末|付属|附属|関連)?資料[\s　]*[編集]?[\s　]*(?:No\.?)?[\s　]*"
    r"[0-9０-９一二三四五六七八九十]{0,3}(?:[-－‐―の][0-9０-９]{1,2})?"
)
_BEGINS_RUNNING = frozenset("第参巻付附関資")


def is_running_head(printed: str) -> bool:
    """What is printed at the top of every page: 第５章　サービスの提供体制, 資料編, 資料３. It names no row."""
    words = printed.strip()
    return words[:1] in _BEGINS_RUNNING and _RUNNING.fullmatch(words) is not None


_PAGE = regex.compile(
    r"(?P<dash>[-－‐–—―])[\s　]*[0-9０-９]{1,3}[\s　]*(?P=dash)"
    r"|(?:[PpＰｐ][.．]?[\s　]*)[0-9０-９]{1,3}|[0-9０-９]{1,3}[\s　]*(?:ページ|頁)"
)


def is_page_mark(printed: str) -> bool:
    """The number of a page, marked as such: － 12 －, P.12, 12ページ. A bare number may be a figure."""
    return _PAGE.fullmatch(printed.strip()) is not None


_ERALESS = regex.compile(
    r"[\s　]*(?:[0-9０-９]{1,2}|元)[\s　]*年度?(?:末|[^0-9０-９]{0,8})?[\s　]*"
)


def is_eraless_year(printed: str) -> bool:
    """A year without its era (２年度, 元年度): never a label, read only beside a year that has one."""
    return "年" in printed and _ERALESS.fullmatch(printed) is not None


_CAPTION = regex.compile(r"[\s　]*[【〔《＜<][^【】〔〕《》＜＞<>]{1,60}[】〕》＞>][\s　]*")
_OPENS_CAPTION = frozenset("【〔《＜<")


def is_caption(printed: str) -> bool:
    """Words alone in heavy brackets: 【実績】, 【次年度における取組等】."""
    return printed.lstrip()[:1] in _OPENS_CAPTION and _CAPTION.fullmatch(printed) is not None


_IN_BRACKETS = regex.compile(r"[\s　]*[(（][^()（）]*[)）][\s　]*")


def is_in_brackets(printed: str) -> bool:
    """Words that stand whole in round brackets, （グラフの説明）: a remark, never a name."""
    return _IN_BRACKETS.fullmatch(printed) is not None


def is_sentence(printed: str) -> bool:
    """A sentence: it holds a full stop, or goes on so long that no figure stands for it."""
    return "。" in printed or len(printed) > 60


_LATIN = frozenset(ascii_letters)


def joined(lines: Sequence[Line]) -> str:
    """Lines of one cell as one string: Japanese words go on over a line break without a blank."""
    if len(lines) == 1:
        return lines[0].text
    text = ""
    for line in lines:
        words = line.text
        text += f" {words}" if text[-1:] in _LATIN and words[:1] in _LATIN else words
    return text


_SUM = regex.compile(r"[(（]?(?:期間)?(?:累計|延べ|通算)(?:値|数)?[)）]?")


def says_sum(printed: str) -> bool:
    """累計, （累計）: how a figure was added up, and not of what it is.

    >>> says_sum("累計"), says_sum("延べ人数")
    (True, False)
    """
    return _SUM.fullmatch(printed) is not None
