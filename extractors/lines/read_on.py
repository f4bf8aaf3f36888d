"""Lines of one list read on as one string, each word keeping its place: a list may be broken anywhere.

``①居宅介`` over ``護27人②同行援護2人`` is one list. Where a heading over it says what its figures are,
be it over a line for the year between them, the list is told; else nobody can say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, measure_in, read_head
from keikaku.extractors.lines.printed import Printed

_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class ReadOn:
    """Lines of one list as one string; `places` the offset of each character in the source."""

    text: str
    places: tuple[int, ...]

    def piece(self, start: int, end: int) -> Line | None:
        """The words from `start` to `end`; None where a line break stands between them."""
        places = self.places[start:end]
        if not places or places[-1] - places[0] != end - start - 1:
            return None
        return Line(self.text[start:end], Span(places[0], places[-1] + 1))

    def words(self, start: int, end: int) -> Line:
        """The words from `start` to `end`, whether a line break stands between them or not."""
        return Line(self.text[start:end], Span(self.places[start], self.places[end - 1] + 1))


def read_on(items: Sequence[Printed]) -> ReadOn:
    """The lines as one string."""
    text, places = "", list[int]()
    for item in items:
        start = item.line.span.char_start or 0
        text += item.line.text
        places += range(start, start + len(item.line.text))
    return ReadOn(text, tuple(places))


def heading_over(
    printed: Sequence[Printed], at: int, is_list: Callable[[str], bool]
) -> Line | None:
    """The heading over the list at `at` that says what its figures are. A year alone and other lists of the
    kind may stand between them."""
    for item in reversed(printed[:at]):
        text = item.line.text
        head = read_head(text)
        if (head.year is not None and head.role is None) or is_list(text):
            continue
        if "。" in text or len(text) > _LONGEST_HEADING:
            return None
        told = head.role in MEASURES or measure_in(text) is not None
        return item.line if told else None
    return None
