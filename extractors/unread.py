"""Figures that no table took: is a line of words one that somebody should look at?

What is passed over as prose or as text around the sheets may hold the figures of a table that was not
recognised. Such lines are reported, so that nothing disappears silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

import regex
from keikaku.extractors.document import Block, Grid, Line
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_category, joined
from keikaku.normalizers.cells import is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.units import find_unit

_NAMED_FIGURE = regex.compile(
    r"(?:目標値?|見込み?量|計画値?|実績値?|者数|人数|回数|件数|か所数|割合|率)[:：は][\s　]*"
    r"[0-9０-９,，.．]+[^0-9０-９。ぁ-ん]{0,6}(?:[、。]|$)"
)
"""見込量:317人、 – a figure behind the word that names it, as editions for reading aloud print it."""
_LISTED = regex.compile(
    r"[○◯〇●◎・◆◇■□▪•▶(（①-⑳0-9０-９][^。]{3,60}[\s　]+約?[年月]?[0-9０-９][0-9０-９,，.．]*[^\s　0-9０-９]{1,8}"
    r"(?:[\s　]*[(（][^()（）]*[)）].{0,16})?"
)
"""○地域生活移行者数　19人　（Ａ）の６％以上: an item of a list, a figure at its end."""
_OF_YEAR = regex.compile(r"年度末?[はが]?[\s　:：]*[0-9０-９][0-9０-９,，.．]*(?=[\s　、。）)]|\Z)")
"""令和３年度 150、 – a bare figure behind its year, in whatever sentence."""
_YEAR_IN_BRACKETS = r"[(（〔\[](?:[^()（）〔〕\[\]]{0,6}年度|[RHＲＨ][0-9０-９]{1,2})[^()（）〔〕\[\]]{0,6}[)）〕\]]"
_BESIDE_YEAR = regex.compile(
    rf"{_YEAR_IN_BRACKETS}[\s　]*約?[年月]?[0-9０-９]"
    rf"|[0-9０-９](?!年目)[^\s　、。()（）0-9０-９]{{0,4}}[\s　]*{_YEAR_IN_BRACKETS}"
)
"""相談件数（令和6年度）150件, 38人（令和元年度）: a figure beside its year in brackets."""
_IN_BRACKETS_BEHIND = regex.compile(
    r"[^\s　。][\s　]*[【〔［](?P<inside>[^【】〔〕［］。]+)[】〕］]\Z"
)
"""地域生活への移行者数　【累計 9人】: a figure in brackets behind its name."""
_RUN = regex.compile(
    r"[0-9０-９](?:人|件|回|％|%|日|割|時間|(?:か|カ|ヶ|箇)所|市?町村|圏域)(?:以[上下内]|程度)?"
    r"[0-9０-９]{1,2}[.．、]?(?![0-9０-９年月日時人回件割％%か])[^\s　0-9０-９。]{4,}[0-9０-９]"
)
"""57人2施設入所者の削減数49人: items run into one another."""
_APART = regex.compile(r"[ 　]{3,}|　{2,}|\t")
_LONGEST_REMEMBERED = 200
"""Characters; several stages ask for a line, and longer ones come but once."""
_LONGEST_STATUS = 8
_FEWEST = 3
"""Figures that make a row of them, behind its name."""
_NAME_LETTER = regex.compile(r"[\p{Han}\p{Katakana}\p{Hiragana}]{2}")
_TICKS = ("有", "無", "○", "〇", "◯", "×")
_BETWEEN_WORDS = regex.compile(r"[\s　、。，／/:：|｜→⇒➡・]+|,(?![0-9]{3}(?![0-9]))")
_NUMBER = regex.compile(
    r"[△▲+＋-]?[0-9０-９]{1,3}(?:[,，]?[0-9０-９]{3})*(?:[.．][0-9０-９]+)?(?:[%％]|パーセント)?"
)
_BETWEEN = regex.compile(r"[\s　、，,／/:：|｜]+")
_DIGIT = regex.compile(r"\d")
_AMOUNT = regex.compile(r"[0-9０-９][0-9０-９,，.．]*(?P<unit>[^\s　0-9０-９,，.．、。]{1,5})")
_LONGEST_ROW = 120
_SHARE = "割"
"""7割: tenths, a unit of its own to whoever reads it."""

_LAST_AMOUNT = regex.compile(
    r"[\s　][0-9０-９][0-9０-９,，.．]*(?P<unit>[^\s　0-9０-９()（）]{1,4})[)）]?\Z"
)


def holds_figure_of_table(text: str) -> bool:
    """Does a line print figures as a row of a table does, or behind the word that names them?"""
    looked = _holds_figure if len(text) <= _LONGEST_REMEMBERED else _holds_figure.__wrapped__
    return looked(text)


def are_cells_apart(text: str) -> bool:
    """③職場定着率    ８割            支援開始１年後: cells of a row, wide gaps between them, and a figure among them."""
    cells = [words.strip() for words in _APART.split(text) if words.strip()]
    return any(_DIGIT.search(words) and is_value_like(words) for words in cells[1:])


@lru_cache(maxsize=4_096)
def _holds_figure(text: str) -> bool:
    if is_row_of_words(text):
        return True
    if _NAMED_FIGURE.search(text) or _LISTED.fullmatch(text) or runs_on(text):
        return True
    if len(_OF_YEAR.findall(text)) > 1:
        return True
    if len(_BESIDE_YEAR.findall(text)) > ("。" in text):
        return True
    behind = _IN_BRACKETS_BEHIND.search(text)
    if behind is not None and holds_quantity(behind["inside"]):
        return True
    if _holds_cells([word for word in _BETWEEN_WORDS.split(text) if word], "。" in text):
        return True
    if "。" in text or len(text) > 200 or not _DIGIT.search(text):
        return False
    if _opens_with_head(text):
        return True
    words = [word for word in _BETWEEN.split(text) if word]
    figures = [word for word in words if _is_figure(word)]
    marks = [word for word in words if is_value_like(word)]
    if len(figures) >= 2 or (figures and 2 <= len(marks) < len(words)):
        return True
    named = len(words) == 2 or (len(words) == 3 and find_unit(words[1]) is not None)
    return len(figures) == 1 and named and words[-1] is figures[0]


def _opens_with_head(text: str) -> bool:
    """目標（令和８年度末）　…　３人　／　…: a measure and its year, and a quantity behind them."""
    first, *rest = text.split(maxsplit=1)
    head = read_head(first)
    return head.role in MEASURES and head.year is not None and any(map(holds_quantity, rest))


def _holds_cells(words: Sequence[str], is_sentence: bool) -> bool:
    """Are words between delimiters what the cells of a table hold? A year and its status are so only
    outside of a sentence."""
    if _are_bare_numbers(words) or _ends_in_cells(words):
        return True
    return not is_sentence and _status_beside_year(words)


def _are_bare_numbers(words: Sequence[str]) -> bool:
    """令和6年度計画、412。令和6年度実績、398。: numbers that stand alone between delimiters, as the cells of a
    table do in whatever sentence."""
    return sum(_NUMBER.fullmatch(word) is not None for word in words) > 1


def _status_beside_year(words: Sequence[str]) -> bool:
    """H28　未設置　⇒　H32　設置: a status behind a year."""
    return any(find_fiscal_year(a) is not None and is_status(b) for a, b in pairwise(words))


def _ends_in_cells(words: Sequence[str]) -> bool:
    """自発的活動支援事業 実施 未実施 －: words that end in two cells or more, be they of words alone."""
    return len(words) > 1 and is_status(words[-1]) and is_status(words[-2])


def runs_on(text: str) -> bool:
    """57人2施設入所者の削減数49人: do items run into one another?"""
    return _RUN.search(text) is not None


def is_row_of_figures(text: str) -> bool:
    """Is a line of prose a row of a table that was not recognised: a name, then three figures or
    more and nothing else, between blanks or delimiters; or words of status (実施 未実施 実施)?"""
    if "。" in text:
        return False
    words, pieces = text.split(), _BETWEEN.split(text)
    if max(len(words), len(pieces)) <= 2:
        return False
    if len(text) <= _LONGEST_ROW and _are_words_of_row(words, pieces):
        return True
    return _ends_in_figures(words) or _ends_in_figures([piece for piece in pieces if piece])


def is_row_of_words(text: str) -> bool:
    """自発的活動支援事業 実施 未実施 実施: a name, then nothing but words that tell how things stand."""
    if "。" in text or len(text) > _LONGEST_ROW:
        return False
    return _are_words_of_row(text.split(), _BETWEEN.split(text))


def _are_words_of_row(words: Sequence[str], pieces: Sequence[str]) -> bool:
    """Words between blanks, or between delimiters as well."""
    return _ends_in_words(words, 2) or _ends_in_words(pieces, 3)


def _ends_in_words(words: Sequence[str], least: int) -> bool:
    if len(words) <= least:
        return False
    behind = list(takewhile(_tells_status, reversed(words)))
    named = words[: len(words) - len(behind)]
    if not 1 <= len(named) <= 3 or not any(map(_NAME_LETTER.search, named)):
        return False
    told = [word for word in behind if not is_value_like(word) or word in _TICKS]
    return len(told) >= least or len(behind) >= 3


def _tells_status(word: str) -> bool:
    """設置, 未実施, 有, －: a whole cell of a row of words; no head (評価, 予定)."""
    if len(word) > _LONGEST_STATUS or read_head(word).says_something:
        return False
    try:
        values = parse_cell(word)
    except UnreadText:
        return False
    return all("free_words" not in value.flags and value.amount is None for value in values)


def _ends_in_figures(words: Sequence[str]) -> bool:
    if len(words) <= _FEWEST:
        return False
    behind = list(takewhile(is_value_like, reversed(words)))
    is_row = len(behind) >= _FEWEST and len(words) - len(behind) in (1, 2, 3)
    return is_row and any(_is_figure(word) for word in behind)


def is_listed(text: str) -> bool:
    """A row of figures, or a line that opens a list (○…): no more words of the note above it."""
    return is_row_of_figures(text) or holds_figure_of_table(text) or text[0] in "○◯●◎◆◇■□"


def figures_alone(lines: Sequence[Line]) -> Line | None:
    """The lines that are a figure and nothing else, as one, where there are two or more: the cells of
    a table printed one to a line, with the status words among them. One alone may be the number of a
    page."""
    alone = [line for line in lines if _is_figure(line.text) or is_status(line.text)]
    if len(alone) < 2:
        return None
    return Line(" ".join(line.text for line in alone), cover([line.span for line in alone]))


def is_of_list(text: str) -> bool:
    """An item of a list, or a figure alone: no more of a note above it."""
    return is_listed(text) or is_value_like(text)


def holds_quantity(text: str) -> bool:
    """Does a line hold a number with a unit (14人, ６％), be it in a sentence? 日 may be a date's."""
    for match in _AMOUNT.finditer(text):
        words = match["unit"]
        units = {find_unit(words[:length]) for length in range(1, len(words) + 1)}
        if units - {None, "日"} or words.startswith(_SHARE):
            return True
    return False


def ends_in_quantity(text: str) -> bool:
    """令和５年度までの実績 9人: words that end in a number with its unit; that of days may end a date."""
    match = _LAST_AMOUNT.search(text)
    return match is not None and find_unit(match["unit"]) not in (None, "日")


def is_status(word: str) -> bool:
    """A mark or a status word that is known as one: ―, 設置, 集計中."""
    if not 0 < len(word) <= _LONGEST_STATUS:
        return False
    try:
        values = parse_cell(word)
    except UnreadText:
        return False
    return all("free_words" not in value.flags for value in values)


def _is_figure(word: str) -> bool:
    return _DIGIT.search(word) is not None and is_value_like(word)


def table_follows(blocks: Sequence[Block]) -> bool:
    """Does a table follow, be it below sentences, classes of services, or rows of it that were not read as such?"""
    for block in blocks:
        if isinstance(block, Grid):
            return True
        words = joined(block.lines)
        if not (holds_figure_of_table(words) or "。" in words or is_category(words)):
            return False
    return False
