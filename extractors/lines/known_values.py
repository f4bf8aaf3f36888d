"""What a layout may take for the value of a cell: figures, marks, and the status words of the genre.

>>> is_known_value("97人（48人）"), is_known_value("設置済み"), is_known_value("全市町村")
(True, True, True)
>>> is_known_value("目標値設定の考え方"), is_known_value("について")
(False, False)
"""

from __future__ import annotations

from functools import lru_cache

import regex
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.values import Status

_EVERYWHERE = regex.compile(r"全(?:ての)?(?:市町村|市町|圏域|地区|区|域|事業所|施設)")
_LONGEST = 40


def is_known_value(text: str) -> bool:
    """Does the whole string read as figures, marks or status words that are known as such?"""
    return 0 < len(text) <= _LONGEST and _reads_as_known(text)


@lru_cache(maxsize=8_192)
def _reads_as_known(text: str) -> bool:
    if _EVERYWHERE.fullmatch(text):
        return True
    try:
        values = parse_cell(text)
    except UnreadText:
        return False
    return not any(
        value.status is Status.QUALITATIVE and "free_words" in value.flags for value in values
    )


def reads_without_free_words(text: str) -> bool:
    """Does the whole string, however long, read as figures, marks or status words of ours?"""
    try:
        values = parse_cell(text)
    except UnreadText:
        return False
    return all("free_words" not in value.flags for value in values)
