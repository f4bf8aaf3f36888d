"""Numbered names in a row, each with its figure glued to it: ``①居宅介護27人②重度訪問介護2人③同行援護3人``.

Text that lost its table prints so, a list for each measure and year, under a heading that says which:
``令和５年度の計画値（１か月当たり）``, ``令和５年度の達成率``, ``２ 実績（令和４年度）``. The marks (①, (1)) must count on
from 1, and every name must end in one figure; a list in which one does not is refused whole, since
nobody can say which figure was lost. A list may be broken over lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.unread import holds_quantity
from keikaku.extractors.words import is_caption
from keikaku.normalizers.labels import split_marks

_CIRCLED = regex.compile("[①-⑳]")
_BRACKETED = regex.compile(r"[⑴-⒇]|[(（][0-9０-９]{1,2}[)）]")
_FIRST = regex.compile(r"[\s　]*(?:(?P<circled>①)|⑴|[(（][1１][)）])")
_BETWEEN = " \u3000、，,；;・／/"
_FIGURE_START = regex.compile(r"(?<![0-9０-９.．,，])(?:約?[0-9０-９]|[年月][0-9０-９])|[-－―—‐]\Z")
_NAME = regex.compile(r"[^。、:：0-9０-９][^。:：]{0,39}?(?<![0-9０-９.．,，])")
_LEAD_OUT = regex.compile(
    r"(?:[\s　]*[はを]?、?(?:次|以下|下記)の(?:とおり|通り)(?:です|である)?|[\s　]*は)?[。:：]?\Z"
)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines of one list read on as one string; `places` the offset of each character in the source."""

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


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """A heading that tells the measure, and right below it the list."""
    if at + 1 >= len(printed) or _FIRST.match(printed[at + 1].line.text) is None:
        return None
    heading = printed[at].line
    if len(_parts(_joined(printed[at : at + 1]))) > 1:
        return None
    end = _end_of_list(printed, at + 1)
    text = _joined(printed[at + 1 : end])
    parts = _parts(text)
    figured = [part for part in parts if _has_figure(text.text[part[0] : part[1]])]
    if len(parts) < _FEWEST or len(figured) * 2 < len(parts):
        return None
    pairs = [pair for start, stop in parts if (pair := _pair(text, start, stop)) is not None]
    measure = _measure(heading)
    if len(pairs) < len(parts) or measure is None or not _counts_on(text):
        return Found(None, end, (_refusal(printed[at + 1 : end], measure is None),))
    rows = [FigureRow(value, label, measure=measure) for label, value in pairs]
    return Found(lay_figures(rows, (), printed[at:end]), end)


LAYOUTS = (find_list,)


def _refusal(items: Sequence[Printed], without_measure: bool) -> Notice:
    text = items[0].line.text[:60]
    why = "nothing says what its figures are" if without_measure else "a name or a figure is lost"
    span = cover([item.line.span for item in items])
    return Notice("uneven_cells", "warning", f"the list 「{text}」 is not read: {why}", span)


# -- the heading -------------------------------------------------------------------------------


def _measure(heading: Line) -> Line | None:
    """The words of the heading that tell measure and year."""
    marks = split_marks(heading.text)
    words = part_of(heading, marks.body_start if marks.number is not None else 0, len(heading.text))
    lead_out = _LEAD_OUT.search(words.text)
    words = part_of(words, 0, lead_out.start() if lead_out else len(words.text))
    return words if read_head(words.text).role in MEASURES else None


# -- the list ----------------------------------------------------------------------------------


def _end_of_list(printed: Sequence[Printed], at: int) -> int:
    """The lines of the group, up to one that opens another list."""
    end = at + 1
    while end < len(printed) and printed[end].group == printed[at].group:
        if _FIRST.match(printed[end].line.text) or is_caption(printed[end].line.text):
            break
        end += 1
    return end


def _joined(items: Sequence[Printed]) -> _Text:
    text, places = "", list[int]()
    for item in items:
        start = item.line.span.char_start or 0
        text += item.line.text
        places += range(start, start + len(item.line.text))
    return _Text(text, tuple(places))


def _marks(text: _Text) -> list[regex.Match[str]]:
    """The marks of the kind that opens the text."""
    first = _FIRST.match(text.text)
    if first is None:
        return []
    return list((_CIRCLED if first["circled"] else _BRACKETED).finditer(text.text))


def _counts_on(text: _Text) -> bool:
    marks = _marks(text)
    numbers = [split_marks(f"{mark[0]}名").number for mark in marks]
    return numbers == list(range(1, len(marks) + 1))


def _parts(text: _Text) -> list[tuple[int, int]]:
    """The extents between the marks, without them."""
    if not (marks := _marks(text)):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text.text)]
    return [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _has_figure(words: str) -> bool:
    return _FIGURE_START.search(words.strip(_BETWEEN)) is not None


def _pair(text: _Text, start: int, end: int) -> tuple[Line, Line] | None:
    """The name and its figure, where only one end of the words reads as a figure."""
    while end > start and text.text[end - 1] in _BETWEEN + "。":
        end -= 1
    while start < end and text.text[start] in _BETWEEN:
        start += 1
    cuts = [start + match.start() for match in _FIGURE_START.finditer(text.text[start:end])]
    found = [
        (text.words(start, stop), value)
        for cut in cuts
        if (stop := _end_of_name(text, start, cut)) is not None
        and (value := text.piece(cut, end)) is not None
        and is_known_value(value.text)
    ]
    return found[0] if len(found) == 1 else None


def _end_of_name(text: _Text, start: int, end: int) -> int | None:
    """Where the words before the figure end, if they are a name that holds no figure of its own."""
    while end > start and text.text[end - 1] in _BETWEEN + ":：…":
        end -= 1
    name = text.text[start:end]
    return end if _NAME.fullmatch(name) and not holds_quantity(name) else None
