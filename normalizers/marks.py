"""Marks (記号): whole cells that report without a figure.

Nothing, zero, dash and slash are four things. A dash in any of its dozen forms (— ― － - ー ‐ … ・・・)
is `not_reported`; a stroke (/ ＼) is a crossed-out box, `not_applicable`, like an empty one; 未定 and
集計中 are `not_reported` for now; なし is no zero; 同左 and 〃 repeat another cell and leave that to the
caller. ○ and × are ticks: words, not numbers.

>>> find_mark("―").status, find_mark("/").flags, find_mark("集計中").flags
(<Status.NOT_REPORTED: 'not_reported'>, ('slash',), ('not_yet_available',))
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from keikaku.normalizers.folding import DASHES, fold_character
from keikaku.normalizers.lexicon import load_lexicon
from keikaku.normalizers.values import Status


@dataclass(frozen=True, slots=True)
class Mark:
    """What a whole cell without a figure reports."""

    status: Status
    flags: tuple[str, ...] = ()
    has_words: bool = False
    """Its text is said in words (未定, 設定しない, ○), not in a dash or stroke."""


def _fold_mark(text: str) -> str:
    return "".join(fold_character(character) for character in text if not character.isspace())


_STATUSES = load_lexicon("marks.toml", "status", _fold_mark)
_read_status = _STATUSES.reader()
_DASH = re.compile(rf"[{re.escape(DASHES)}]+|…+|‥+|・+|\.{{3,}}|〜|~|_+")
_SLASH = re.compile(r"[/\\╱╲⧸⧹∕⟋⟍＼]+")
_DASH_MARK = Mark(Status.NOT_REPORTED)
_SLASH_MARK = Mark(Status.NOT_APPLICABLE, ("slash",))
SOME_MARK = rf"[{re.escape(DASHES)}…‥・.〜~_/\\╱╲⧸⧹∕⟋⟍＼○〇◯●]|{_STATUSES.pattern()}"
"""Pattern of what every mark holds; a text without it is none."""
BLANK_MARK = Mark(Status.NOT_APPLICABLE, ("blank",))


def find_mark(folded: str) -> Mark | None:
    """What `folded` (see `folding.trace`) reports as a mark, or None when it is none."""
    if _DASH.fullmatch(folded):
        return _DASH_MARK
    if _SLASH.fullmatch(folded):
        return _SLASH_MARK
    meaning = _read_status(folded) or _read_status(folded.removesuffix("。"))
    return None if meaning is None else _mark(meaning)


def _mark(meaning: str) -> Mark:
    status, _, flag = meaning.partition("/")
    return Mark(Status(status), (flag,) if flag else (), has_words=True)
