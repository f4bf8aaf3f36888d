"""Titles and numbers of the paper itself: 障害福祉計画の進捗状況, 資料３-１, a page's number.

>>> is_title_of_paper("障害福祉計画の進捗（令和３～５年度）"), ends_as_paper("…計画 評価シート")
(True, True)
>>> is_number_of_paper("資料３-１"), is_page_number("- 12 -")
(True, True)
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Block, Prose
from keikaku.extractors.words import joined
from keikaku.normalizers.folding import fold

_PAGE_NUMBER = regex.compile(
    r"[-－‐–—(（\s]*(?:P\.?|p\.?|頁)?\s*[0-9０-９]{1,3}\s*(?:ページ|頁|/\s*[0-9]{1,3})?[-－‐–—)）\s]*"
)
_TITLE = regex.compile(
    r"計画?.{0,14}(?:進捗|実績|達成状況|見込|目標|点検|PDCA)|年度末?の(?:成果|数値)目標"
    r"|年度末?における(?:成果|数値)?目標(?:値|の設定)?\Z"
)
_PAPER = regex.compile(
    r"(?:計画|シート|管理表?|一覧表?|報告書?|評価書?|評価表|状況|実績|結果|について|見込量?|概要|点検|検証|テキスト版|[)）])\Z"
)
"""How the title of a paper ends."""
_PAPER_NUMBER = regex.compile(
    r"[【(（]?(?:参考)?資料\s*(?:No\.?)?\s*[0-9０-９]{1,2}(?:\s*[-－‐―の]\s*[0-9０-９]{1,2})*[】)）]?"
)


def is_title_of_paper(text: str) -> bool:
    """Words that name a plan, with or without its term, and what is told of it."""
    return _TITLE.search(fold(text)) is not None


def ends_as_paper(text: str) -> bool:
    """Words that end as the title of a paper does."""
    return _PAPER.search(fold(text)) is not None


def is_number_of_paper(text: str) -> bool:
    """資料１: the paper's own number among those of a meeting."""
    return _PAPER_NUMBER.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """A number alone, as it stands at the foot of a page."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def stands_among_figures(following: Sequence[Block]) -> bool:
    """Is a lone number followed by more lone numbers (a column of figures, not a page number)?"""
    for block in following[:1]:
        if isinstance(block, Prose) and regex.fullmatch(r"[0-9０-９,，.\s]+", joined(block.lines)):
            return True
    return False
