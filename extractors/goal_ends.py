"""Where the goals of a paper end: what stands below 第５章 or ２　障害福祉サービスの見込量 is of none of them.

Inside a goal stand headings of services too (【活動指標】, ３　サービスの利用実績). A numbered one ends the goal where
its number counts on from above it: nothing below the goal's heading began with 1. One without a number does only
behind the last of several goals, where no goal before it had the like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.document import Block, Grid, Line, Span
from keikaku.extractors.entries import GoalHead
from keikaku.extractors.goals import (
    find_goal_head,
    goes_on_behind,
    is_in_contents,
    is_of_services,
    mark_style,
    national_goal,
)
from keikaku.extractors.headings import heads_part_of_plan
from keikaku.extractors.words import is_category
from keikaku.normalizers.folding import fold
from keikaku.normalizers.goals import GOALS_OF_SERVICES
from keikaku.normalizers.labels import clean_label, split_marks

_CHAPTER = regex.compile(
    r"[【(《〈<■◆\s]*第(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[部編章](?:[\s:、]+[^、。\s][^、。]{1,40})?[】)》〉>\s]*"
)
_OPENING = regex.compile(r"\A[\s■◆□◇●○◎▼▶#【《〈<\[(]+")
_CLOSING = regex.compile(r"[】》〉>\]\s]+\Z")
_REMARK = regex.compile(r"[\s　]*(?:\([^()]*\)|[※*].*)\Z")
_SERVICES = regex.compile(
    r"(?:主な|各|活動指標[】:\s]*)*(?:指定)?(?:障(?:害|がい|碍)(?:者|児)?)?(?:総合)?(?:福祉|通所)?(?:サービスに関する各)?"
    r"サービス(?:等|量)?(?:ごと)?の?(?:利用の?|提供の?)?(?:見込み?量?|必要な量|状況|実績|量)[^。、]{0,12}"
    r"|活動指標\((?:指定)?障(?:害|がい|碍)(?:者|児)?(?:福祉|通所)[^()]{2,8}\)[^。、]{0,12}"
)
_ASIDE = regex.compile(r"[(【\[<]参考[)】\]>]")
_LONGEST = 50
_FEWEST = 2
"""Goals of a paper behind which an unnumbered heading ends the last."""


class GoalEnds:
    """The headings of a paper that end its goals."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        lines = list(_lines(blocks))
        goals = {n: goal for n, line in enumerate(lines) if (goal := _goal_of(line)) is not None}
        self._behind = frozenset(line.span for line in lines[max(goals, default=0) + 1 :])
        """The places behind the last heading of a goal."""
        within = lines[min(goals, default=0) : max(goals, default=0)]
        self._are_told = len({fold(goal.title) for goal in goals.values()}) >= _FEWEST and not any(
            _names_part(line.text) for line in within
        )
        self._begun: set[str] = set()
        """How the lists below the goal's heading are numbered."""

    def open_goal(self) -> None:
        """A goal begins: no list does yet."""
        self._begun = set()

    def see(self, text: str) -> None:
        """A line below the goal's heading."""
        marked = split_marks(text)
        if marked.number == 1 and "。" not in text and not is_in_contents(text):
            self._begun.add(_style_of(text))

    def is_end(self, line: Line, goal: GoalHead | None, style: str | None) -> bool:
        """Does a line below `goal`, one of those numbered in `style`, head what is of no goal?"""
        text = fold(line.text)
        if len(text) > _LONGEST or "。" in text or is_in_contents(line.text):
            return False
        if _CHAPTER.fullmatch(text):
            return True
        if goal is not None and names_services(goal.title):
            return False  # the classes of its services are of it
        marked = split_marks(line.text)
        if marked.number is None:
            is_part = names_services(line.text) or _ASIDE.match(text) is not None
            return is_part and self._are_told and line.span in self._behind
        if _style_of(line.text) in self._begun or not names_services(marked.body):
            return False
        is_of_goals = goal is not None and style == _style_of(line.text)
        return marked.number > 1 and (goes_on_behind(line.text, goal, style) or not is_of_goals)


def _style_of(text: str) -> str:
    """N of １　目標値, (N) of （１）居宅介護."""
    marked = split_marks(text)
    return mark_style(text, GoalHead(marked.number, marked.body, Span()))


def heads_class_beside(text: str, goal: GoalHead | None, style: str | None) -> bool:
    """○日中活動系サービス below ○成果目標２ …, （３）障害児通所支援 below （２）…: a heading of the goals' own kind
    over services."""
    bullet = (style or " ")[0]
    is_alike = not bullet.isalnum() and text.strip()[:1] == bullet
    return (is_alike or goes_on_behind(text, goal, style)) and is_category(split_marks(text).body)


def names_services(words: str) -> bool:
    """Words that head services, their plan and use, or projects, and no goal.

    >>> names_services("【活動指標】サービス等の見込量（１か月当たり）"), names_services("■サービス見込量の進捗状況")
    (True, True)
    >>> names_services("サービスの質の向上"), names_services("主な活動指標（サービス利用実績）")
    (False, False)
    """
    bare = _CLOSING.sub("", _OPENING.sub("", fold(words)))
    without = _REMARK.sub("", bare)
    if not (
        heads_part_of_plan(without) or _SERVICES.fullmatch(bare) or _SERVICES.fullmatch(without)
    ):
        return is_of_services(without) and without not in ("活動指標", "成果目標")
    known = national_goal(clean_label(without))
    return known is None or known.goal_id in GOALS_OF_SERVICES


def _names_part(text: str) -> bool:
    """An unnumbered heading of services between the goals."""
    is_short = len(text) <= _LONGEST and "。" not in text
    return is_short and split_marks(text).number is None and names_services(text)


def _goal_of(line: Line) -> GoalHead | None:
    return find_goal_head(line.text, line.span)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if not isinstance(block, Grid):
            yield from block.lines
