"""The last look: lines that every stage passed over though they hold the figures of a table.

A table whose shape is not known ends as words of a review box, as text around the sheets, as a
heading or as a note. Where such a line prints figures as tables do (``令和６年度、58、55、94.8パーセント。``,
``・居宅介護22人251時間・同行援護3人28時間``, a figure alone on its line among others) and no finding stands at it yet,
it gets one, so that no figure disappears silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.ledger import Fate, LedgerRow
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.unread import holds_figure_of_table, is_row_of_figures
from keikaku.extractors.words import is_grade, is_sure_grade
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_AMOUNT = r"約?[0-9０-９][0-9０-９,，.．]*(?P<unit>[^\s　0-9０-９,，.．、。・･;；(（]{1,5})"
_AMOUNT_FIRST = regex.compile(_AMOUNT)
_DIGIT = regex.compile(r"\d")
_ITEM = regex.compile(
    rf"[^\s　0-9０-９、。・･]{{2,}}?(?:{_AMOUNT})+(?:[(（][^()（）]{{1,12}}[)）])*(?=[\s　、，,・･/／;；(（]|\Z)"
)
"""居宅介護22人251時間・: a name and its figures, and no word behind them."""
_BETWEEN = regex.compile(r"[\s　、，,／/:：|｜]+")
_WIDE_GAP = regex.compile(r"[ \u3000]{3,}")
_WIDE = regex.compile(r"[ \u3000]{2,}")
_RATIO = regex.compile(r"[(（]([0-9０-９.．]+(?:[%％倍割]|パーセント))[)）]")
"""（6.1％）: alone on its line it belongs to the figure above it."""
_REMARK = "figures_in_prose"
_OF_GRADES = (Role.GRADE, Role.EVALUATION)
_FEWEST = 3
_FARTHEST = 4
"""Lines from one figure alone on its line to the next of the same table: a label may take some."""
_LONGEST_CELL = 24
_LONGEST_REMEMBERED = 200
_WORDS = frozenset(
    ("text outside the sheets", "prose", "note", "numbered heading", "heading", "caption", "title")
)
"""What the ledger calls lines that were taken for words."""


def with_passed_over(rows: Sequence[LedgerRow], notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """The notices, and one for each line, or run of lines, of figures that none of them speaks of. A
    remark that a sentence holds a figure gives way to it."""
    told = _Told(notice for notice in notices if notice.rule != _REMARK)
    found = [line for run in _runs(rows) for line in _unread_of(run) if not told.covers(line.span)]
    places = _Told(map(_notice, found))
    kept = [n for n in notices if n.rule != _REMARK or not places.covers(n.span)]
    return (*kept, *map(_notice, found))


def _notice(line: Line) -> Notice:
    detail = f"figures in 「{line.text[:80]}」 were not read: no table was recognised"
    return Notice("unread_figures", "warning", detail, line.span)


def _runs(rows: Sequence[LedgerRow]) -> Iterator[list[LedgerRow]]:
    """The lines taken for words, those together that follow each other."""
    run: list[LedgerRow] = []
    for row in rows:
        if row.text and row.fate is not Fate.FINDING and row.reason in _WORDS:
            run.append(row)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _unread_of(run: Sequence[LedgerRow]) -> Iterator[Line]:
    lines = [Line(row.text, row.span) for row in run]
    clusters = list(_clusters(lines))
    yield from clusters
    for row, line in zip(run, lines, strict=True):
        if _prints_figures(row) and not any(_meet(other.span, line.span) for other in clusters):
            yield line


def _clusters(lines: Sequence[Line]) -> Iterator[Line]:
    """Cells that stand alone on their lines near each other, two figures or more among them; grades that do so
    right below each other, or below the head of their column (評価 / △ / ○)."""
    yield from _grades_below_each_other(lines)
    short = [(n, line.text) for n, line in enumerate(lines) if len(line.text) <= _LONGEST_CELL]
    if sum(_is_cell(text) for _, text in short if _DIGIT.search(text)) < 2:
        return
    places = [n for n, text in short if _is_cell(text)]
    while places:
        count = 1
        while count < len(places) and places[count] - places[count - 1] <= _FARTHEST:
            count += 1
        near = [lines[n] for n in places[:count]]
        if sum(_DIGIT.search(line.text) is not None for line in near) > 1:
            yield Line(" ".join(line.text for line in near), cover([line.span for line in near]))
        places = places[count:]


def _grades_below_each_other(lines: Sequence[Line]) -> Iterator[Line]:
    above = ""
    for is_marks, near in groupby(lines, _is_mark):
        marks = list(near)
        if is_marks and (len(marks) > 1 or find_role(above) in _OF_GRADES):
            yield Line(" ".join(line.text for line in marks), cover([line.span for line in marks]))
        above = marks[-1].text


def _is_mark(line: Line) -> bool:
    return len(line.text) <= _LONGEST_CELL and is_sure_grade(line.text)


def _is_cell(text: str) -> bool:
    return len(text) <= _LONGEST_CELL and (is_known_value(text) or is_grade(text))


def _prints_figures(row: LedgerRow) -> bool:
    looked = _has_figures if len(row.text) <= _LONGEST_REMEMBERED else _has_figures.__wrapped__
    return looked(row.text, row.fate is Fate.PROSE, row.reason == "note")


@lru_cache(maxsize=4_096)
def _has_figures(line: str, is_review: bool, is_note: bool) -> bool:
    """Does a line print figures as a row does? Lists within a review are published with its words,
    and a note may list what it explains."""
    text = line.rstrip("。")
    if is_row_of_figures(text) or _holds_cells(text) or _is_row_of_grades(text):
        return True
    if _DIGIT.search(text) and _reads_as_row(text, is_note=is_note):
        return True
    if is_review or is_note:
        return False
    # with its full stop: a sentence is no row
    return (
        holds_figure_of_table(line)
        or _is_row_of_statuses(line)
        or _opens_with_measure(line)
        or _lists_amounts(line)
    )


def _reads_as_row(text: str, *, is_note: bool) -> bool:
    """Does a line with a digit in it print figures where a row prints them?"""
    if _is_figure_of_year(text) or _begins_in_figures(text):
        return True
    if not is_note and _holds_cell(text):
        return True
    return any(map(_is_row_of_year, text.split("。")))


def _is_figure_of_year(text: str) -> bool:
    """R3　8,214時間: a year, its figure, and nothing else."""
    words = text.split()
    if len(words) != 2 or not _DIGIT.search(words[1]):
        return False
    return read_head(words[0]).year is not None and is_value_like(words[1])


def _is_row_of_year(sentence: str) -> bool:
    """令和６年度、58、55、94.8パーセント: a year and two figures or more, whatever stands before or behind them."""
    words = [word for word in _BETWEEN.split(sentence) if word]
    if len(words) < 3 or not any(map(_DIGIT.search, words[1:])):
        return False
    behind = list(takewhile(is_value_like, words[1:]))
    if len(behind) < 2 or not any(map(_DIGIT.search, behind)):
        return False
    return read_head(words[0]).year is not None


def _begins_in_figures(text: str) -> bool:
    """96 88 91.7% 人 居宅介護: figures, then perhaps a unit and a name."""
    words = text.split()
    if len(words) < 3 or "。" in text:
        return False
    before = list(takewhile(is_value_like, words))
    has_figures = sum(_DIGIT.search(word) is not None for word in before) > 1
    return has_figures and 1 <= len(words) - len(before) <= 3


def _holds_cell(text: str) -> bool:
    """①移行者数      11人      基準時の９％: a figure that wide gaps set apart from the words beside it."""
    pieces = _WIDE_GAP.split(text)
    return any(is_value_like(piece) and _DIGIT.search(piece) for piece in pieces[1:])


def _holds_cells(text: str) -> bool:
    """協議の場   無   有   令和６年度に設ける。, 移行者数 18人 24人: a name and two cells or more right behind it,
    whatever the last column says."""
    if (ratio := _RATIO.fullmatch(text)) is not None and is_known_value(ratio[1]):
        return True
    first, *cells = _WIDE.split(text.strip())
    behind = list(takewhile(is_known_value, cells))
    if len(behind) > 1 and not is_known_value(first):
        return True
    name, *words = text.split() or [""]
    amounts = [word for word in words if _holds_amount(word)]
    return len(words) > 1 and amounts == words and not _holds_amount(name) and "。" not in name


def _holds_amount(word: str) -> bool:
    match = _AMOUNT_FIRST.match(word)
    return match is not None and _has_unit(match) and is_known_value(word)


def _is_row_of_grades(text: str) -> bool:
    """地域生活支援事業、おおむね順調、順調: a name, then nothing but two steps of a scale or more; 評価　Ｂ: the head of
    grades, then a single one."""
    name, *words = [word for word in _BETWEEN.split(text) if word] or [""]
    if len(words) == 1 and find_role(name) in _OF_GRADES:
        return is_sure_grade(words[0])
    return len(words) > 1 and all(map(is_grade, words)) and not is_grade(name) and "「" not in name


def _is_row_of_statuses(text: str) -> bool:
    """理解促進研修　実施　実施　未実施: a name, then three status words or more."""
    words = [word for word in _BETWEEN.split(text) if word]
    if "。" in text or len(words) <= _FEWEST:
        return False
    behind = list(takewhile(is_known_value, reversed(words)))
    return len(behind) >= _FEWEST and 1 <= len(words) - len(behind) <= 3


def _opens_with_measure(text: str) -> bool:
    """現状 設置済み　中間 継続: a measure and how it stands, perhaps others behind them."""
    words = text.split()
    is_row = len(words) > 1 and "。" not in text and len(text) <= _LONGEST_REMEMBERED
    return is_row and find_role(words[0]) in MEASURES and is_known_value(words[1])


def _lists_amounts(text: str) -> bool:
    """Do names follow each other, each with its amounts and nothing behind them?"""
    if "。" in text:
        return False
    items = [match for match in _ITEM.finditer(text) if _has_unit(match)]
    return len(items) >= _FEWEST


def _has_unit(match: regex.Match[str]) -> bool:
    return find_unit(match["unit"]) not in (None, "日")


class _Told:
    """Where findings stand already."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.spans = [notice.span for notice in notices]

    def covers(self, span: Span) -> bool:
        return any(_meet(other, span) for other in self.spans)


def _meet(one: Span, other: Span) -> bool:
    """Do two places share characters, or lie over each other on a page?"""
    if one.char_start is not None and other.char_start is not None:
        ends = (one.char_end or one.char_start, other.char_end or other.char_start)
        return one.char_start < ends[1] and other.char_start < ends[0]
    if one.page is None or one.page != other.page or one.bbox is None or other.bbox is None:
        return False
    return (
        one.bbox[0] < other.bbox[2]
        and other.bbox[0] < one.bbox[2]
        and one.bbox[1] < other.bbox[3]
        and other.bbox[1] < one.bbox[3]
    )
