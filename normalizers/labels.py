"""Labels (見出し・項目名): the name in a heading, a row or a column head, apart from its marks.

Printed with a list mark before it (①, (1), １．, 1, ・, ○, ア, (ア); @A, <1>, まる1, 2行目 in a read-aloud
edition) and note marks behind or inside it (*¹, （※１）, ※). Marks go off before NFKC, which would turn ② and ¹
into figures: ``②施設入所者数`` → 2施設入所者数. What counts as a mark is decided by what follows: a bare number only
before white space, ．, 、 or ) (``1 施設入所者…``), never before a counter (``5つの機能``, ``2か所目``,
``65歳未満``), and so does its second level (``1の2 ``, ``1-2 ``); （P） and （障害児） are parts of a name.

>>> clean_label("②施設入所者数 *¹"), clean_label("(1)　⽬標値（※１）"), clean_label("5つの機能")
('施設入所者数', '目標値', '5つの機能')
>>> split_marks("１．地域生活への移行")
MarkedText(mark='１．', number=1, body='地域生活への移行', body_start=2, notes=())
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.folding import drop_blanks, repair_radicals
from keikaku.normalizers.numerals import parse_number
from keikaku.normalizers.quickly_made import quickly_made

_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓵-⓾➀-➓⓫-⓴"
_PARENTHESISED = "⑴-⒇"
_DOTTED = "⒈-⒛"
_KANA = "アイウエオカキクケコサシスセソｱ-ｿ"
_NUMBER = r"(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_BULLETS = "・･●○◯〇◎■□◆◇▪▫▶▷►‣•◦∙★☆➢➤✓✔"
_COUNTER = "(?:人|[かカヶヵケ箇](?:所|月|年|国)|所|回|件)(?:[以程未超増減前中月日分]|(?![一-龯]))"
"""A unit behind a placeholder (〇人, ○か所以上), not the first letter of a word (○人材育成, ○件数)."""
_COUNTED = (
    "[ ](?:(?:[日月年回件名]|年度|[かカヶヵケ箇](?:所|月))(?:[とにのがをはでもへ、。,～~・]|から|まで|以[上下降]|末|目|程度|[増減])"
    "|人(?:[がをはも、。]|から|まで|以[上下]|程度|[増減]))"
)
"""A counter behind one blank, in a sentence (``7 月と1月に``, ``3 人が``): the number is counted, no mark."""
_NUMBERED = rf"(?P<of_indicator>[{_CIRCLED}]|[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})"
"""指標①　施設入所者数, 指標２：…"""
_KANA_NUMBERED = (
    ("いち", "イチ"), ("に", "ニ"), ("さん", "サン"), ("し", "シ", "よん", "ヨン"), ("ご", "ゴ"), ("ろく", "ロク"),
    ("なな", "ナナ", "しち", "シチ"), ("はち", "ハチ"), ("きゅう", "キュウ", "く", "ク"), ("じゅう", "ジュウ"),
)  # fmt: skip
_KANA_NUMBERS = "|".join(name for names in _KANA_NUMBERED for name in names)
"""まるいち, まるに: how a read-aloud edition spells ①, ②."""
_GAP = r"[\s\u200b\u200c\u200d\u2060\ufeff]*"
_MARK = re.compile(
    rf"""{_GAP}(?P<mark>
      [{_CIRCLED}{_PARENTHESISED}{_DOTTED}]
    | [(（<＜〈\[［]\s*{_NUMBER.replace("number", "in_brackets")}\s*[)）>＞〉\]］]
    | {_NUMBER.replace("number", "before_point")}(?:\s*[.．､、)）](?![0-9０-９])|(?=\s)(?!\s*[0-9０-９]|{_COUNTED}))
    | [0-9０-９]{{1,2}}(?:\s?の\s?|[-－‐−])(?P<under>[0-9０-９]{{1,2}})(?:[.．](?=\s)|(?=\s))(?!\s*[0-9０-９])
    | [0-9０-９]{{1,2}}\s?[-－‐−]\s?[{_CIRCLED}](?=\s*\S)
    | [Ⅰ-Ⅻ](?:[.．､、)）](?![0-9０-９])|(?=\s))
    | [{_BULLETS}](?!\s*{_COUNTER}|[※*＊¹²³]|\s*$)
    | [@＠][A-ZＡ-Ｚ](?![A-Za-z])
    | [(（]\s*[{_KANA}]\s*[)）]
    | [{_KANA}](?:[.．)）。]\s*|[ 　]+)(?=\S\S)
    | (?:まる|マル)(?P<kana>{_KANA_NUMBERS})(?=[\s　、。:：])[、。:：]?
    | (?:まる|マル)\s*{_NUMBER.replace("number", "spoken")}(?:\s*の\s*[0-9０-９]{{1,2}})*(?:[、,.．]|\s)?
    | 第?(?:[0-9０-９]{{1,3}}|[一二三四五六七八九十]{{1,3}})行目(?:\s*[、,，.．:：](?![0-9０-９])|(?=\s))
    | [-‐－–—](?=\s+\S)
    | (?:活動|成果|評価)?指標\s*{_NUMBERED}(?=[\s:：.．、]+[^\s:：.．、])[.．:：、]?
    ){_GAP}""",
    re.VERBOSE,
)
_MAY_BEGIN = re.compile(
    rf"[\s\u200b\u200c\u200d\u2060\ufeff{_CIRCLED}{_PARENTHESISED}{_DOTTED}(（<＜〈\[［0-9０-９第"
    rf"一二三四五六七八九十Ⅰ-Ⅻ{_BULLETS}@＠{_KANA}まマ‐－–—指活成評-]"
)
"""The first characters of marks: most labels have none, and are known by their first character."""
_NOTE_NUMBER = "[¹²³⁰⁴-⁹]+|[0-9０-９]{1,2}(?![0-9０-９])|[①-⑳]"
_NOTE = re.compile(
    rf"""\s*(?:
      [(（\[［]\s*(?:[※＊*]|注)\s*(?:{_NOTE_NUMBER})?(?:\s*[,、・]\s*[※＊*]?\s*(?:{_NOTE_NUMBER}))*\s*[)）\]］]
    | [※＊*]+\s*(?:(?![0-9０-９](?:か|カ|ヶ|ヵ|箇)?月[当あ]|[0-9０-９][年日人][当あ])(?:{_NOTE_NUMBER})|(?=[)）\]］]|[ \t\u3000]*(?:\n|$)))
    | [¹²³⁰⁴-⁹]+\s*[)）]?
    | 注\s*(?:{_NOTE_NUMBER})[)）]?(?=\s*$)
    | 注\s*[)）](?=\s*$)
    )""",
    re.VERBOSE,
)
"""A note mark with its number, or ※ at the end; ※ before words is part of the label."""
_NUMBERED_NOTE = re.compile(r"(?P<words>[^()（）]*[^\W\d_])\s?(?P<note>[0-9０-９]{1,2}[)）])")
"""実績1): a number and a bracket that none before it opens."""
_MAY_NOTE = re.compile("[※＊*注¹²³⁰⁴-⁹]")
_LONGEST_REMEMBERED = 200
"""Characters; longer texts are prose that comes but once."""
_KANA_ORDER = "アイウエオカキクケコサシスセソ"
_ONE_LETTER = {"@": "A", "＠": "A"}


@quickly_made
class MarkedText(NamedTuple):
    """A printed text apart from its list mark and note marks.

    `body` is printed text from `body_start` on, note marks and outer blanks left out.
    """

    mark: str | None
    number: int | None
    body: str
    body_start: int
    notes: tuple[str, ...]


def split_marks(text: str) -> MarkedText:
    """The list mark before `text`, its number, the rest as printed, and the note marks in it."""
    return _split_before(text) if len(text) <= _LONGEST_REMEMBERED else _split(text)


@lru_cache(maxsize=8_192)
def _split_before(text: str) -> MarkedText:
    return _split(text)


def _split(text: str) -> MarkedText:
    match = _find_mark(text)
    start = match.end() if match else len(text) - len(text.lstrip())
    rest = text[start:]
    notes: tuple[str, ...] = ()
    if not _MAY_NOTE.search(rest):
        body = rest.strip()
    else:
        notes = tuple([found[0].strip() for found in _NOTE.finditer(rest)])
        body = _NOTE.sub("", rest).strip()
    if body[-1:] in (")", "）") and (numbered := _NUMBERED_NOTE.fullmatch(body)) is not None:
        notes, body = (*notes, numbered["note"]), numbered["words"]
    if match is None:
        return MarkedText(None, None, body, start, notes)
    return MarkedText(match["mark"], _mark_number(match), body, start, notes)


def list_number(text: str) -> int | None:
    """The number of the list mark before `text`; None where there is no mark, or one without."""
    match = _find_mark(text)
    return _mark_number(match) if match is not None else None


def clean_label(text: str) -> str:
    """The label as it is published: no marks, repaired radicals, NFKC, no white space."""
    if len(text) > _LONGEST_REMEMBERED:
        return _plain(split_marks(text).body)
    return _remembered(text)


@lru_cache(maxsize=8_192)
def _remembered(text: str) -> str:
    return _plain(split_marks(text).body)


def clean_prose(text: str) -> str:
    """A paragraph as it is published: its list mark off, NFKC, no white space; note marks stay."""
    match = _find_mark(text)
    return _plain(text[match.end() :] if match else text)


def _plain(text: str) -> str:
    return drop_blanks(unicodedata.normalize("NFKC", repair_radicals(text)))


def _find_mark(text: str) -> re.Match[str] | None:
    match = _MARK.match(text) if _MAY_BEGIN.match(text) else None
    refers = match is not None and text.startswith("のうち", match.end())
    return None if refers else match  # ①のうち就労移行支援: ① is another row's


def _mark_number(match: re.Match[str]) -> int | None:
    names = ("in_brackets", "before_point", "under", "spoken", "of_indicator")
    printed = next((match[name] for name in names if match[name]), None)
    if match["kana"]:
        return next(n for n, kana in enumerate(_KANA_NUMBERED, 1) if match["kana"] in kana)
    if printed:
        try:
            return int(parse_number(unicodedata.normalize("NFKC", printed)))
        except UnreadText:
            return None  # (00): a mark of no number
    mark = match["mark"]
    kana = unicodedata.normalize("NFKC", mark).strip("(). 　。")
    if kana and kana in _KANA_ORDER:
        return _KANA_ORDER.index(kana) + 1
    if mark[0] in _ONE_LETTER:
        return ord(unicodedata.normalize("NFKC", mark[1])) - ord("A") + 1
    value = unicodedata.numeric(mark, None) if len(mark) == 1 else None
    return None if value is None or mark in "〇" else int(value)
