"""Numbered names in a row, each with its figure glued to it: ``①居宅介護27人②重度訪問介護2人③同行援護3人``.

Text that lost its table prints so, a list for each measure and year, under a heading that says which:
``令和５年度の計画値（１か月当たり）``, ``令和５年度の達成率``, ``２ 実績（令和４年度）``. The marks (①, (1)) must count on
from 1, and every name must end in one figure; a list in which one does not is refused whole, since
nobody can say which figure was lost. A list may be broken over lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import MEASURES, TEXTS, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.head_lines import head_pieces
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.measure_lines import find_table
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.read_on import ReadOn, heading_over, read_on
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.unread import holds_quantity
from keikaku.extractors.words import is_caption
from keikaku.normalizers.labels import split_marks

_CIRCLED = regex.compile("[①-⑳]")
_BRACKETED = regex.compile(r"[⑴-⒇]|[(（][0-9０-９]{1,2}[)）]")
_MARKED = regex.compile(f"{_CIRCLED.pattern}|{_BRACKETED.pattern}")
_FIRST = regex.compile(r"[\s　]*(?:(?P<circled>①)|⑴|[(（][1１][)）])")
_BETWEEN = " \u3000、，,；;・／/"
_FIGURE_START = regex.compile(r"(?<![0-9０-９.．,，])(?:約?[0-9０-９]|[年月][0-9０-９])|[-－―—‐]\Z")
_NAME = regex.compile(r"[^。、:：0-9０-９][^。:：]{0,39}?(?<![0-9０-９.．,，])")
_LEAD_OUT = regex.compile(
    r"(?:[\s　]*[はを]?、?(?:次|以下|下記)の(?:とおり|通り)(?:です|である)?|[\s　]*は)?[。:：]?\Z"
)
_COLUMNS = regex.compile(r"\S[ \u3000]{2,}\S.*\S[ \u3000]{2,}\S")
"""Cells set apart by blanks: a row of a table."""
_BLANKS = regex.compile(r"[\s\u3000]+")
_DELIMITER = regex.compile(
    r"、|，(?![0-9０-９]{3}(?![0-9０-９]))|,(?![0-9０-９]{3}(?![0-9０-９]))|[／|｜]"
)
_FEWEST = 3


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """A heading that tells the measure, and right below it the list."""
    if at + 1 >= len(printed) or _FIRST.match(printed[at + 1].line.text) is None:
        return None
    heading = printed[at].line
    if find_table(printed, at) is not None:
        return None
    if len(_parts(read_on(printed[at : at + 1]))) > 1:
        return None
    listed = _read(printed, at + 1)
    measure = _measure(heading)
    if listed is None or (measure is None and heading_over(printed, at + 1, _is_list)):
        return None
    pairs, end = listed
    if not pairs or measure is None:
        return Found(None, end, (_refusal(printed[at + 1 : end], bool(pairs)),))
    rows = [FigureRow(value, label, measure=measure) for label, value in pairs]
    return Found(lay_figures(rows, (), printed[at:end]), end)


def find_list_under_title(printed: Sequence[Printed], at: int) -> Found | None:
    """The list alone, where a title above says what its figures are in words of its own."""
    if _FIRST.match(printed[at].line.text) is None or not at:
        return None
    heading = heading_over(printed, at, _is_list)
    if heading is None or _measure(heading) is not None:
        return None  # that of a list of its own
    listed = _read(printed, at)
    if listed is None:
        return None
    pairs, end = listed
    if not pairs:
        return Found(None, end, (_refusal(printed[at:end], False),))
    rows = [FigureRow(value, label) for label, value in pairs]
    return Found(lay_figures(rows, (), printed[at:end]), end)


LAYOUTS = (find_list, find_list_under_title)


def _read(printed: Sequence[Printed], at: int) -> tuple[list[tuple[Line, Line]], int] | None:
    """The names and figures of the list at `at`, none where one is lost, and its end; None for no list."""
    end = _end_of_list(printed, at)
    if any(_heads_columns(item.line) for item in printed[at + 1 : end]):
        return None
    if any(_is_table_row(item.line.text) for item in printed[at:end]):
        return None
    text = read_on(printed[at:end])
    parts = _parts(text)
    figured = [part for part in parts if _has_figure(text.text[part[0] : part[1]])]
    if len(parts) < _FEWEST or len(figured) * 2 < len(parts):
        return None
    pairs = [pair for start, stop in parts if (pair := _pair(text, start, stop)) is not None]
    return (pairs if len(pairs) == len(parts) and _counts_on(text) else []), end


def _is_table_row(text: str) -> bool:
    """居宅介護、6,480、6,712: figures side by side, no name between, under a numbered group of rows."""
    if _COLUMNS.search(text):
        return True
    for cells in (_BLANKS.split(text), _DELIMITER.split(text)):
        known = [is_known_value(cell.strip()) and not _MARKED.search(cell) for cell in cells]
        if any(pair == (True, True) for pair in pairwise(known)):
            return True
    return False


def _heads_columns(line: Line) -> bool:
    """サービス種別 単位 令和６年度 令和７年度, or 目標値 on a line of its own: the heads of a table below a numbered
    heading, and no item."""
    return len(head_pieces(line)) >= _FEWEST or find_role(line.text) in MEASURES | TEXTS


def _is_list(text: str) -> bool:
    return _FIRST.match(text) is not None


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


def _marks(text: ReadOn) -> list[regex.Match[str]]:
    """The marks of the kind that opens the text."""
    first = _FIRST.match(text.text)
    if first is None:
        return []
    return list((_CIRCLED if first["circled"] else _BRACKETED).finditer(text.text))


def _counts_on(text: ReadOn) -> bool:
    marks = _marks(text)
    numbers = [split_marks(f"{mark[0]}名").number for mark in marks]
    return numbers == list(range(1, len(marks) + 1))


def _parts(text: ReadOn) -> list[tuple[int, int]]:
    """The extents between the marks, without them."""
    if not (marks := _marks(text)):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text.text)]
    return [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _has_figure(words: str) -> bool:
    return _FIGURE_START.search(words.strip(_BETWEEN)) is not None


def _pair(text: ReadOn, start: int, end: int) -> tuple[Line, Line] | None:
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


def _end_of_name(text: ReadOn, start: int, end: int) -> int | None:
    """Where the words before the figure end, if they are a name that holds no figure of its own."""
    while end > start and text.text[end - 1] in _BETWEEN + ":：…":
        end -= 1
    name = text.text[start:end]
    return end if _NAME.fullmatch(name) and not holds_quantity(name) else None
