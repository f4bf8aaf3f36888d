"""The one error family of the normalizers: what was not read, where in it, and why.

A refusal is a result: a wrong figure is worse than an unread one. `reason` is one of `Reason`
(a slug that a finding can carry; ``reason.sentence`` says it in words), `start` and `end` are the
offsets of the offending part in `text`.

>>> error = UnreadCell("第3回", 0, 1, Reason.ORDINAL)
>>> error.reason == "ordinal", str(error)
(True, "'第3回' is not read: it counts a place in an order, not an amount (at '第')")
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a string was refused."""

    PROSE = "prose"
    NO_WORDS = "no_words"
    NOT_UNDERSTOOD = "not_understood"
    ORDINAL = "ordinal"
    AGE_OR_DURATION = "age_or_duration"
    GLUED_FIGURES = "glued_figures"
    BROKEN_NUMBER = "broken_number"
    AMBIGUOUS_SEPARATOR = "ambiguous_separator"
    AMBIGUOUS_DASH = "ambiguous_dash"
    AMBIGUOUS_POINT = "ambiguous_point"
    AMBIGUOUS_KANJI_ONE = "ambiguous_kanji_one"
    AMBIGUOUS_LINES = "ambiguous_lines"
    YEAR = "year"
    LIST_MARK = "list_mark"
    TOO_LARGE = "too_large"
    UNBALANCED = "unbalanced"
    UNKNOWN_UNIT = "unknown_unit"
    NO_YEAR = "no_year"
    NO_ERA = "no_era"
    NO_SUCH_YEAR = "no_such_year"
    CONTRADICTION = "contradiction"
    DESCENDING = "descending"

    @property
    def sentence(self) -> str:
        """The reason in words, to follow “is not read: ”."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.PROSE: "it is a sentence, and figures are not mined from prose",
    Reason.NO_WORDS: "nothing is left once the marks are taken off",
    Reason.NOT_UNDERSTOOD: "a part of it is neither figure, unit, mark nor known word",
    Reason.ORDINAL: "it counts a place in an order, not an amount",
    Reason.AGE_OR_DURATION: "an age, a duration or a time of day is no reported amount",
    Reason.GLUED_FIGURES: "two figures seem to be glued together",
    Reason.BROKEN_NUMBER: "the digits do not form one number",
    Reason.AMBIGUOUS_SEPARATOR: "the sign between the figures has more than one meaning",
    Reason.AMBIGUOUS_DASH: "a dash before the figure is a minus or a mark",
    Reason.AMBIGUOUS_POINT: "the dot is a decimal point, a thousands comma or a list",
    Reason.AMBIGUOUS_KANJI_ONE: "一 before a unit is the number one or a dash",
    Reason.AMBIGUOUS_LINES: "the lines are two figures or one that was broken",
    Reason.YEAR: "it is a year, and no amount",
    Reason.LIST_MARK: "a number in brackets alone is a list mark or a figure",
    Reason.TOO_LARGE: "no published count has so many digits",
    Reason.UNBALANCED: "a bracket is opened and not closed, or stands inside another",
    Reason.UNKNOWN_UNIT: "the unit is not in the vocabulary",
    Reason.NO_YEAR: "it names no year",
    Reason.NO_ERA: "the year is printed without an era and nothing says which",
    Reason.NO_SUCH_YEAR: "the era has no such year",
    Reason.CONTRADICTION: "its two years contradict each other",
    Reason.DESCENDING: "the range runs backwards",
}


class UnreadText(ValueError):
    """A printed string that was not read; the base of every error of this library."""

    def __init__(self, text: str, start: int, end: int, reason: Reason) -> None:
        super().__init__(text, start, end, reason)
        self.text = text
        self.start = start
        self.end = end
        self.reason = reason

    def __str__(self) -> str:
        """One sentence with the quote."""
        part = self.text[self.start : self.end]
        where = f" (at {_shorten(part)!r})" if part and part != self.text else ""
        return f"{_shorten(self.text)!r} is not read: {self.reason.sentence}{where}"


class UnknownUnit(UnreadText):
    """A unit that the vocabulary does not hold."""


class UnreadCell(UnreadText):
    """A cell that is not wholly understood."""


class UnreadYear(UnreadText):
    """A string that names no fiscal year, or contradicts itself."""


def _shorten(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
