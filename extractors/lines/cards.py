"""Cards of a slide: a name, below it each of its figures behind the word or the year that says what it is.

``就労定着支援の利用者数`` / ``目標`` / ``48人`` / ``実績`` / ``51人``, and ``居宅介護`` / ``R3　8,214時間`` / ``R4　8,390時間``: one card
after the other, all of one make. Where a card has other words than the first, a figure is lost and the
card ends what is read. What nothing on the card says (the year, or the measure) the title above does.
Large figures of an e-book stand over what they count: ``6人`` / ``施設から移行した人`` / ``142人`` / ``施設に入所している人``,
which a group of lines shows that begins with a figure and ends with a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import MEASURES, measure_in, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, merge_pieces, part_of, tokens_of
from keikaku.extractors.lines.stacked import is_value, may_be_label
from keikaku.extractors.lines.statements import YEAR, is_name
from keikaku.extractors.words import is_category, is_quantity, is_unspecific
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.fiscal_years import search_fiscal_years

_FEWEST = 2
_TITLES = 3
"""Lines over a card that may be its titles."""
_TWO_MEASURES = regex.compile(r"(?:見込|計画値|目標).*実績|実績.*(?:見込|計画値|目標)")
_BRACKET_BEHIND = regex.compile(r"[(（][^()（）]*[)）]\Z")
_MARK = regex.compile(r"[■□◆◇▼▽▶▷●][\s　]*(?=[^\s　])")
_JOINING = ("の", "・", "、", "（", "(")
_OPENING = ("の", "・", "、", "（", "(", "）", ")")


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Line
    measure: Line | None
    year: Line | None

    @property
    def said(self) -> tuple[object, ...]:
        """What the card says of the figure."""
        role = read_head(self.measure.text).role if self.measure is not None else None
        year = read_head((self.year or self.measure or self.value).text).year
        return role, year.year if year is not None else None


_Figures = tuple[tuple[_Figure, ...], int]


_YEAR_BELOW = regex.compile(rf"[(（〔\[［][\s　]*{YEAR}[^()（）]*[)）〕\]］]")


def find_measured_cards(printed: Sequence[Printed], at: int) -> Found | None:
    """Cards of ``目標`` / ``48人`` / ``実績`` / ``51人`` under a name each; one with years below its figures
    (``（令和３年度）``) is of another shape."""
    found = _cards(printed, at, _measured)
    if found is None or (
        found.end < len(printed) and _YEAR_BELOW.fullmatch(printed[found.end].line.text)
    ):
        return None
    return found


def find_yearly_cards(printed: Sequence[Printed], at: int) -> Found | None:
    """Cards of ``R3　8,214時間`` / ``R4　8,390時間`` under a name each."""
    if any(_TWO_MEASURES.search(item.line.text) for item in printed[max(0, at - _TITLES) : at]):
        return None
    return _cards(printed, at, _yearly)


def find_figures_above(printed: Sequence[Printed], at: int) -> Found | None:
    """A group of lines, a figure and the name below it by turns; a title may stand over the first."""
    group = printed[at].group
    if at and not _may_stand_over(printed, at - 1, group):
        return None
    end = at
    while end < len(printed) and printed[end].group == group:
        end += 1
    if end < len(printed) and _has_unit(printed[end].line.text):
        return None
    figures, names = printed[at:end:2], printed[at + 1 : end : 2]
    if len(figures) < _FEWEST or len(figures) != len(names):
        return None
    if not all(_has_unit(item.line.text) for item in figures) or not all(map(_names, names)):
        return None
    rows = [FigureRow(value.line, name.line) for value, name in zip(figures, names, strict=True)]
    return Found(lay_figures(rows, (), printed[at:end]), end)


LAYOUTS = (find_measured_cards, find_yearly_cards, find_figures_above)


def _may_stand_over(printed: Sequence[Printed], at: int, group: int) -> bool:
    """Is the line no name, so that the figure below it is not its own? In the group it must be the title,
    and the first line."""
    item = printed[at]
    if item.group != group:
        return _measure_and_year(item.line) is not None or not _names(item)
    is_first = at == 0 or printed[at - 1].group != group
    return is_first and _measure_and_year(item.line) is not None


def _measure_and_year(line: Line) -> int | None:
    """The one year of a title that also says what the figures below it are."""
    years = {year.year for year in search_fiscal_years(line.text)}
    return years.pop() if len(years) == 1 and measure_in(line.text) is not None else None


def _has_unit(text: str) -> bool:
    """A figure that says what it counts: 142人, 2か所, 年1回以上."""
    if not is_value(text):
        return False
    try:
        return all(value.unit is not None for value in parse_cell(text))
    except UnreadText:
        return False


def _names(item: Printed) -> bool:
    line = item.line
    return may_be_label(line) and is_name(line) and not is_unspecific(line.text)


def _cards(
    printed: Sequence[Printed],
    at: int,
    figures_at: Callable[[Sequence[Printed], int], _Figures],
) -> Found | None:
    rows: list[FigureRow] = []
    said: list[tuple[object, ...]] = []
    end = at
    while end < len(printed) and _is_title(printed, end):
        figures, after = figures_at(printed, end + 1)
        now = [figure.said for figure in figures]
        if len(figures) < _FEWEST or len(set(now)) < len(now):
            break
        if said and now != said:
            notices = _uneven(figures, len(said))
            return (
                Found(None, after, notices)
                if not rows
                else _found(rows, printed[at:end], end, notices)
            )
        name, said = _name_of(printed[end].line), now
        rows += [FigureRow(f.value, name, measure=f.measure, year=f.year) for f in figures]
        end = after
    return _found(rows, printed[at:end], end, ()) if rows else None


def _found(
    rows: Sequence[FigureRow], printed: Sequence[Printed], end: int, notices: tuple[Notice, ...]
) -> Found:
    return Found(lay_figures(rows, (), printed), end, notices)


def _is_title(printed: Sequence[Printed], at: int) -> bool:
    """A name on one line, and no half of one."""
    line = _name_of(printed[at].line)
    if not _names(replace(printed[at], line=line)):
        return False
    if line is not printed[at].line:
        return True
    if line.text.startswith(_OPENING) or is_known_value(line.text):
        return False
    if not at or printed[at - 1].group != printed[at].group:
        return True
    return not _may_go_on(printed[at - 1].line)


def _name_of(line: Line) -> Line:
    """The name behind the mark of a card (■ 一般就労への移行者数)."""
    mark = _MARK.match(line.text)
    return part_of(line, mark.end(), len(line.text)) if mark is not None else line


def _may_go_on(above: Line) -> bool:
    """Could the line over a name be its first half? A title is none: it says a measure, a year, what is
    counted, or a class of services."""
    words = _BRACKET_BEHIND.sub("", above.text)
    if above.text.endswith(_JOINING):
        return True
    if not may_be_label(above) or measure_in(above.text) is not None or is_category(words):
        return False
    return not (is_quantity(words) or search_fiscal_years(above.text))


# -- what stands on a card ----------------------------------------------------------------------


def _measured(printed: Sequence[Printed], at: int) -> _Figures:
    """A measure alone on its line and its figure alone on the next, by turns."""
    figures: list[_Figure] = []
    while at + 1 < len(printed):
        head, value = printed[at].line, printed[at + 1].line
        if read_head(head.text).role not in MEASURES or not is_value(value.text, words=True):
            break
        figures.append(_Figure(value, head, None))
        at += 2
    return tuple(figures), at


def _yearly(printed: Sequence[Printed], at: int) -> _Figures:
    """A year and its figure on one line; the years count on."""
    figures: list[_Figure] = []
    while at < len(printed):
        tokens = tokens_of(printed[at].line)
        if len(tokens) < 2 or not _is_year(tokens[0]):
            break
        value = merge_pieces(tokens[1:], printed[at].line)
        if not is_value(value.text):
            break
        figures.append(_Figure(value, None, tokens[0]))
        at += 1
    years = [figure.said[1] for figure in figures]
    counts_on = all(one < other for one, other in pairwise(years))  # type: ignore[operator]
    return (tuple(figures), at) if counts_on else ((), at)


def _is_year(token: Line) -> bool:
    head = read_head(token.text)
    return head.year is not None and head.role is None and head.unit is None


def _uneven(figures: Sequence[_Figure], expected: int) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "uneven_cells",
            "warning",
            f"「{figure.value.text}」 is of a card that has not the {expected} figures of the others",
            figure.value.span,
        )
        for figure in figures
    )
