"""Words that head a text in a read-aloud line, and the text: ``目標値設定の考え方:令和元年度末の…とする。``

The text may stand behind the figures of its row (``開催回数 目標値:4回 目標値設定の考え方:全体会を…``).
"""

from __future__ import annotations

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import TEXTS, Role, find_role
from keikaku.extractors.lines.printed import part_of
from keikaku.extractors.lines.statements import DELIMITER

_HEADED = regex.compile(r"(?<=[\s　。、])(?P<head>[^\s　。、:：]{2,12})[\s　]*[:：]")


def read_text(line: Line) -> tuple[Line, Line] | None:
    """目標値設定の考え方:令和元年度末の…とする。: the word that heads a text, and the text."""
    match = DELIMITER.search(line.text)
    if match is None or find_role(line.text[: match.start()]) not in TEXTS:
        return None
    return part_of(line, 0, match.start()), part_of(line, match.end(), len(line.text))


def parted_at_text(line: Line) -> tuple[Line, Line, Line] | None:
    """開催回数 目標値:4回 目標値設定の考え方:全体会を…: what stands before the word that heads a text, the word, and
    the text. The word must be followed by its own colon."""
    for match in _HEADED.finditer(line.text):
        if find_role(match["head"]) in (Role.RATIONALE, Role.CONTENT):
            before = part_of(line, 0, match.start())
            text = part_of(line, match.end(), len(line.text))
            return (before, part_of(line, *match.span("head")), text) if text.text else None
    return None


def ends_text(line: Line) -> bool:
    """Does a text end with this line?"""
    return line.text.endswith(("。", "。)", "。）"))
