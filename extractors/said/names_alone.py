"""Names without a mark, each right over its own line of figures: 施設入所者数 over 現状（令和４年度末） 1,318人　目標（令和８年度末） 1,252人.

A line without a mark may name figures or be a title over them. Where every line that says measure and year of its figures, and
no name, stands right below one line of words, and one of these is a known name, the others are names too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from keikaku.extractors.lines.printed import Printed
from keikaku.extractors.said.legends import facts_in
from keikaku.normalizers.labels import split_marks


@lru_cache(maxsize=16)
def lines_below_names(printed: Sequence[Printed]) -> frozenset[int]:
    """The lines of figures without a name; none where one of them stands below another of them, or below nothing."""
    below = [at for at in range(len(printed)) if _is_nameless(printed, at)]
    opening = {at for at in below if at and not _belong(printed, at - 1, at)}
    if 0 in below or opening or any(at - 1 in below for at in below):
        return frozenset()
    return frozenset(below)


def stands_alone(printed: Sequence[Printed], at: int) -> bool:
    """Is the line the one line of words between figures, or a blank line or a marked heading, and its own figures?"""
    if split_marks(printed[at].line.text).mark is not None:
        return False
    if at == 0 or not _belong(printed, at - 1, at):
        return True
    above = printed[at - 1].line
    return bool(facts_in(printed, at - 1)) or split_marks(above.text).mark is not None


def _is_nameless(printed: Sequence[Printed], at: int) -> bool:
    facts = facts_in(printed, at)
    return len(facts) > 1 and all(
        said.name is None and (said.both or (said.measure and said.year)) for said in facts
    )


def _belong(printed: Sequence[Printed], at: int, other: int) -> bool:
    return printed[at].group == printed[other].group
