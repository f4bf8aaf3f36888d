"""Numbered headings above the goals' own: ``1　成果目標`` over 成果目標1 to 5, then ``2　サービスの利用状況``.

The goals of a part are numbered in a style of their own; a heading that counts on from the one over
the first goal ends them, and what stands below it belongs to none of them.
"""

from __future__ import annotations

import regex
from keikaku.extractors.goals import is_in_contents, number_of
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks

_ROMAN = regex.compile(r"\A[\s　]*[Ⅰ-Ⅻ]")
_COUNTED = regex.compile(r"(?:数|率|割合|量|日|時間)(?:[(（][^()（）]*[)）])?\Z")
_PART = regex.compile(
    r"[\s　]*第(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十])(?P<kind>[章部編節]?)[\s　]+(?P<body>[^\s　].*)"
)
"""第３　サービス見込量と実績, 第２章　成果目標: parts of a document."""
_LONGEST = 40


class GoalSections:
    """The numbers of the headings seen so far, one for each style of numbering."""

    def __init__(self) -> None:
        self._above: dict[str, int] = {}

    def see(self, text: str, *, in_goal: bool) -> None:
        """A line that may be a heading. Below a goal's heading a list that starts anew uses its style
        for itself."""
        style, number = style_and_number(text)
        if number is not None and not in_goal:
            self._above[style] = number
        elif number == 1:
            self._above.pop(style, None)

    def is_next(self, text: str) -> bool:
        """Does a line count on from a heading over the goals?

        >>> sections = GoalSections()
        >>> sections.see("１、成果目標の達成状況", in_goal=False)
        >>> sections.is_next("２、サービスの実績"), sections.is_next("（２）居宅介護"), sections.is_next("２、利用者数")
        (True, False, False)
        """
        style, number = style_and_number(text)
        return number is not None and self._above.get(style) == number - 1


def style_and_number(text: str) -> tuple[str, int | None]:
    """``２、サービスの実績`` → ``N、``, 2; a sentence or what is counted has no number."""
    if is_in_contents(text):
        return "", None
    if (part := _PART.fullmatch(text)) is not None and len(part["body"]) <= _LONGEST:
        named = "。" in part["body"] or _COUNTED.search(part["body"])
        return ("", None) if named else (f"第N{part['kind']}", number_of(part["number"]))
    marks = split_marks(text)
    body = marks.body.strip()
    if marks.mark is None or marks.number is None or not 2 < len(body) <= _LONGEST:
        return "", None
    if "。" in body or _COUNTED.search(body):
        return "", None
    if _ROMAN.match(text):
        return "R", marks.number
    style = regex.sub(r"[0-9]+|[一二三四五六七八九十]+", "N", fold(marks.mark))
    return style.rstrip(".、,"), marks.number
