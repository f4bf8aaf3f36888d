"""An indicator on a line of its own, its figures below it behind the words that name them.

``○施設入所者数`` over ``現状（令和４年度末） 171人　　目標（令和８年度末） 162人以下``; ``①　地域生活移行者数`` over
``◇目標（令和２年度末）　35人（９％）`` and ``◆実績　３人　11人　14人`` where a sentence said 「実績は左から平成30年度、
令和元年度、令和２年度」; and ``【平成32年度末までの累計 19人 (9.1%)】`` where a sentence said what the heavy brackets
hold. Plans print so: 三田市, 島根県, 青森市.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.goals import find_goal_head, mark_style
from keikaku.extractors.heads import MEASURES, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.measured import (
    found_rows,
    measured_rows,
    read_measured,
    repeats,
)
from keikaku.extractors.lines.printed import Found, Printed, merge_pieces, part_of
from keikaku.extractors.lines.read_aloud import LAYOUTS as READ_ALOUD
from keikaku.extractors.lines.statements import is_name
from keikaku.extractors.words import is_caption, is_legend, is_unspecific
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.labels import split_marks

_TOKEN = regex.compile(r"[^\s　:：→⇒]+(?:[\s　]*[（(][^（）()]*[)）])*")
_BULLET = regex.compile(r"[◇◆○●◎□■・▪•◦▶▷►※]?[\s　]*")
_HEAVY = regex.compile(r"【(?P<words>[^【】]+)】")
_BESIDE = regex.compile(
    r"(?P<name>[^【】〔〕［］。]{2,40}?)[\s　]*[【〔［](?P<words>[^【】〔〕［］]+)[】〕］]"
)
_FROM = regex.compile(r".*(?:から|～|〜|~)(?=.*[年度末])")
_HEAVY_LEGEND = regex.compile(
    r"【[\s　]*】(?:内)?(?:の数値|の数字)?(?:が|は)[^。]*?(?P<measure>目標値?|実績値?|見込量)"
)
_LEFT_TO_RIGHT = regex.compile(
    r"(?P<measure>[^\s　、。（(]{2,8}?)(?:欄|の数値)?は、?左から(?:順に)?、?(?P<years>[^。]+?)(?:の順)?(?:です|である|。|$)"
)
_CUMULATIVE = regex.compile(
    r"(?P<year>.*?[年度末])(?:まで)?の?(?:３年間の|3年間の)?(?P<quantity>累計|合計)"
)
_YEAR_WORDS = regex.compile(r"(?P<year>.*?(?:年度末?|年))(?:まで|時点|中)?")
_LONGEST_LABEL = 60
_FARTHEST = 400


@dataclass(frozen=True, slots=True)
class _Named:
    """One figure of a line and the words before it."""

    value: Line
    measure: Line | None = None
    year: Line | None = None
    quantity: Line | None = None


@lru_cache(maxsize=32)
def find_values(printed: Sequence[Printed], at: int) -> Found | None:
    """An indicator's line and the named figures right below it."""
    label = printed[at].line
    if (
        not _is_label(label)
        or _heads_goal(printed, at)
        or any(layout(printed, at) for layout in READ_ALOUD)
    ):
        return None
    rows: list[FigureRow] = []
    unread: list[Line] = []
    end = at + 1
    while end < len(printed) and printed[end].group == printed[at].group:
        measured = read_measured(printed[end].line)
        if measured is not None and measured.name is None:
            if repeats(measured, rows, label):
                break
            rows += measured_rows(measured, label)
            unread += measured.unread
        elif named := _named_values(printed, end):
            rows += [FigureRow(n.value, label, n.quantity, n.measure, n.year) for n in named]
        else:
            break
        end += 1
    if not rows:
        return None
    return found_rows(rows, printed[at:end], end, unread)


def find_beside(printed: Sequence[Printed], at: int) -> Found | None:
    """地域生活への移行者数　【令和６年度から令和８年度までの累計　９人（６．１％）】: name and figures on one line."""
    line = printed[at].line
    beside = _BESIDE.fullmatch(line.text)
    if beside is None or len(line.text) > 120:
        return None
    name = part_of(line, *beside.span("name"))
    named = _heavy_values(printed, at, beside)
    if not named or not is_name(name) or is_unspecific(name.text):
        return None
    rows = [FigureRow(n.value, name, n.quantity, n.measure, n.year) for n in named]
    return found_rows(rows, printed[at : at + 1], at + 1, ())


LAYOUTS = (find_values, find_beside)


def _is_label(line: Line) -> bool:
    """A short line with a mark that names something: no sentence, no head, no goal."""
    text = line.text
    marks = split_marks(text)
    if marks.mark is None or not marks.body or len(text) > _LONGEST_LABEL:
        return False
    if "。" in text or is_caption(text) or is_legend(text) or is_value_like(marks.body):
        return False
    return not any(
        read_head(token.text).role in MEASURES for token in _tokens(line, marks.body_start)
    )


def _heads_goal(printed: Sequence[Printed], at: int) -> bool:
    """A goal's words: its heading, unless goals above are numbered in another style."""
    line = printed[at].line
    goal = find_goal_head(line.text, line.span)
    if goal is None:
        return False
    for item in printed[max(0, at - _FARTHEST) : at]:
        first = find_goal_head(item.line.text, item.line.span)
        if first is not None:
            return mark_style(item.line.text, first) == mark_style(line.text, goal)
    return True


def _named_values(printed: Sequence[Printed], at: int) -> list[_Named]:
    line = printed[at].line
    if "。" in line.text or len(line.text) > 120:
        return []
    heavy = _HEAVY.fullmatch(line.text.strip())
    if heavy is not None:
        return _heavy_values(printed, at, heavy)
    return _measured_values(printed, at)


# -- 現状（令和４年度） 3人　目標（令和８年度） 11人 ---------------------------------------------------


def _measured_values(printed: Sequence[Printed], at: int) -> list[_Named]:
    line = printed[at].line
    bullet = _BULLET.match(line.text)
    tokens = _tokens(line, bullet.end() if bullet else 0)
    result: list[_Named] = []
    for head, values in _groups(tokens):
        if not values or not all(_is_value(value) for value in values):
            return []
        if any(read_head(value.text).role is not None for value in values):
            return []
        if len(values) == 1:
            result.append(_Named(values[0], head))
            continue
        years = _years_of(printed, at, head)
        if len(years) != len(values) or read_head(head.text).year is not None:
            return []
        result += [_Named(v, head, year) for v, year in zip(values, years, strict=True)]
    return result


def _groups(tokens: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """Each measure's words with the tokens behind them; nothing when the line opens otherwise."""
    if not tokens or read_head(tokens[0].text).role not in MEASURES:
        return
    head, values = tokens[0], list[Line]()
    for token in tokens[1:]:
        if read_head(token.text).role in MEASURES:
            yield head, values
            head, values = token, []
        else:
            values.append(token)
    yield head, values


def _years_of(printed: Sequence[Printed], at: int, head: Line) -> tuple[Line, ...]:
    """The years that a sentence above gives the figures of a measure, from left to right."""
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        match = _LEFT_TO_RIGHT.search(item.line.text)
        if match is None or find_role(match["measure"]) is not find_role(head.text):
            continue
        years = _split(part_of(item.line, *match.span("years")), "、，,・")
        return tuple(years) if all(find_fiscal_year(year.text) for year in years) else ()
    return ()


# -- 【平成32年度末までの累計 19人 (9.1%)】 ------------------------------------------------------------


def _heavy_values(printed: Sequence[Printed], at: int, heavy: regex.Match[str]) -> list[_Named]:
    line = printed[at].line
    measure = _heavy_measure(printed, at)
    result: list[_Named] = []
    for segment in _split(part_of(line, *heavy.span("words")), "、"):
        named = _year_and_value(segment, measure)
        if named is None:
            return []
        result.append(named)
    return result


def _year_and_value(segment: Line, measure: Line | None) -> _Named | None:
    tokens = _tokens(segment, 0)
    if len(tokens) < 2:
        return None
    value = merge_pieces(tokens[1:], segment)
    if not _is_value(value) or not is_year_like(tokens[0].text):
        return None
    pieces = _year_pieces(tokens[0])
    return _Named(value, measure, *pieces) if pieces is not None else None


def is_year_like(text: str) -> bool:
    """``平成32年度末までの累計``, ``31年度末``: a year, whether its era is printed or not."""
    return (
        regex.match(r"(?:(?:令和|平成|[RHＲＨ])?[\s　]*(?:[0-9０-９]{1,4}|元)年)", text) is not None
    )


def _year_pieces(head: Line) -> tuple[Line, Line | None] | None:
    """The year, and the word that says that figures are added up; of several years the last."""
    cumulative = _CUMULATIVE.fullmatch(head.text)
    if cumulative is not None:
        year = part_of(head, *cumulative.span("year"))
        first = _FROM.match(year.text)
        last = part_of(year, first.end(), len(year.text)) if first is not None else year
        return last, part_of(head, *cumulative.span("quantity"))
    words = _YEAR_WORDS.fullmatch(head.text)
    if words is None or _FROM.match(head.text):
        return None
    return part_of(head, *words.span("year")), None


def _heavy_measure(printed: Sequence[Printed], at: int) -> Line | None:
    """What a sentence above says the figures in 【 】 are."""
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        match = _HEAVY_LEGEND.search(item.line.text)
        if match is not None:
            return part_of(item.line, *match.span("measure"))
    return None


# -- words -------------------------------------------------------------------------------------


def _is_value(value: Line) -> bool:
    return is_known_value(value.text) and not read_head(value.text).says_something


def _tokens(line: Line, start: int) -> list[Line]:
    """The words between blanks and colons; what is in brackets stays with the word before it."""
    return [part_of(line, *match.span()) for match in _TOKEN.finditer(line.text, start)]


def _split(line: Line, marks: str) -> list[Line]:
    pieces = regex.finditer(rf"(?:[^{marks}（(]|[（(][^（）()]*[)）])+", line.text)
    return [part_of(line, *match.span()) for match in pieces]
