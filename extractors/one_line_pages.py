"""A whole page that a web copy or a reader put on one line: the lines it had are found again.

``… 成果目標1 施設入所者の地域生活への移行 項目 目標値(令和5年度末) 令和3年度実績 … 地域生活移行者数 18人 2人 …``: a run of
head words (a label's head, then years and measures) surely begins a table, and each label with as many
values behind it as there are heads is a row of it. There, and where a goal or caption stands before
the heads, the line is cut. What is cut keeps its place; a line without such a run stays whole.

Behind 項目 may stand 単位, and 評価 among the heads of figures: each row has a unit and a grade there. A column
whose head is not understood takes the first word of every name with it (``B 地域生活移行者数`` below ``記号``); such a
table is not cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.stacked import is_value
from keikaku.extractors.words import is_grade
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.units import find_unit

_SHORTEST_PAGE = 240
_FEWEST_TOKENS = 24
_MOST_LABEL_TOKENS = 4
_FURTHEST_TITLE = 6
_FEWEST_VALUES = 2
_GRADES = frozenset((Role.GRADE, Role.EVALUATION))
_DIGIT = regex.compile(r"\p{Nd}")
_TOKEN = regex.compile(r"[^\s\u3000]+")
_TITLE = regex.compile(
    r"(?:成果目標|基本目標|活動指標|第[0-9０-９]+期|[0-9０-９]{1,2}[.．]|[(（][0-9０-９]{1,2}[)）]|【)"
)

_Token = tuple[int, int]


def unfold_page(line: Line) -> tuple[Line | None, ...]:
    """The lines of a page printed as one, None between its parts; the line itself when it is none."""
    if len(line.text) < _SHORTEST_PAGE or "\t" in line.text:
        return (line,)
    tokens = [match.span() for match in _TOKEN.finditer(line.text)]
    if len(tokens) < _FEWEST_TOKENS:
        return (line,)
    parts = list(_Page(line.text, tokens).parts())
    if len(parts) < 2:
        return (line,)
    return tuple(_cut(line, tokens, part) for part in parts)


def _cut(line: Line, tokens: Sequence[_Token], part: tuple[int, int] | None) -> Line | None:
    if part is None:
        return None
    start, end = tokens[part[0]][0], tokens[part[1] - 1][1]
    offset = line.span.char_start or 0
    return Line(line.text[start:end], Span(offset + start, offset + end))


class _Page:
    """The tokens of the line, and what each may be."""

    def __init__(self, text: str, tokens: Sequence[_Token]) -> None:
        self.words = [text[start:end] for start, end in tokens]

    def parts(self) -> Iterator[tuple[int, int] | None]:
        """From token to token: texts, titles, heads, rows; None where a blank line is due."""
        at = kept = 0
        while at < len(self.words):
            kinds = self._heads(at)
            rows = self._rows(at + len(kinds), kinds[1:]) if kinds else []
            if not rows:
                at += 1
                continue
            yield from self._before(kept, at)
            yield (at, at + len(kinds))
            yield from rows
            yield None
            at = kept = rows[-1][1]
        if kept and kept < len(self.words):
            yield (kept, len(self.words))

    def _before(self, start: int, end: int) -> Iterator[tuple[int, int] | None]:
        """Words before a table: its title, where one begins near the heads, apart from the rest."""
        nearest = range(end - 1, max(start, end - _FURTHEST_TITLE) - 1, -1)
        title = next((n for n in nearest if _TITLE.match(self.words[n])), None)
        if title is None:
            title = end
        if start == 0 and title > 1:
            yield (0, 1)
            yield None
            start = 1
        if title > start:
            yield (start, title)
            yield None
        if title < end:
            yield (title, end)
            yield None

    def _heads(self, at: int) -> list[str]:
        """What each of a run of heads that begins here is over: label, perhaps unit, then two or more of values and
        grades. None where the head behind them may be one of theirs."""
        if read_head(self.words[at]).role is not Role.LABEL:
            return []
        kinds = ["label"]
        while (end := at + len(kinds)) < len(self.words) and (kind := self._kind(end)):
            if kind == "unit" and len(kinds) > 1:
                return []
            kinds.append(kind)
        is_open = end < len(self.words) and find_role(self.words[end]) is not None
        return [] if is_open or kinds.count("value") < _FEWEST_VALUES else kinds

    def _kind(self, at: int) -> str | None:
        head = read_head(self.words[at])
        if head.role in _GRADES:
            return "grade"
        is_of_values = head.role in MEASURES or (head.role is None and head.year is not None)
        return "unit" if head.role is Role.UNIT else "value" if is_of_values else None

    def _rows(self, at: int, kinds: Sequence[str]) -> list[tuple[int, int]]:
        """The rows that follow each other; none where each may begin with a cell of a column that no head names."""
        rows: list[tuple[int, int]] = []
        while (end := self._row_end(at, kinds)) is not None:
            rows.append((at, end))
            at = end
        has_unit = kinds[:1] == ["unit"]
        if any(
            self._is_cell(n) for n in (at, *(start for start, _ in rows)) if n < len(self.words)
        ):
            return []
        labels = [self.words[a : self._first_value(a) - has_unit] for a, _ in rows]
        if labels and all(len(label) > 1 for label in labels) and not all(map(_is_known, labels)):
            return []
        return rows

    def _is_cell(self, at: int) -> bool:
        """A grade or a mark, where a name should begin."""
        return is_grade(self.words[at]) or is_value(self.words[at])

    def _first_value(self, at: int) -> int:
        last = min(len(self.words), at + _MOST_LABEL_TOKENS + 2)
        return next((n for n in range(at + 1, last) if is_value(self.words[n], words=True)), last)

    def _row_end(self, at: int, kinds: Sequence[str]) -> int | None:
        """A few words, a unit where one is due, then exactly as many values as there are heads, then words again."""
        has_unit = kinds[:1] == ["unit"]
        first = self._first_value(at)
        end = first + len(kinds) - has_unit
        if end > len(self.words) or not has_unit < first - at <= _MOST_LABEL_TOKENS + has_unit:
            return None
        if any("。" in word for word in self.words[at:first]):
            return None
        if has_unit and find_unit(self.words[first - 1]) is None:
            return None
        fit = map(_fits, self.words[first:end], kinds[has_unit:])
        if not all(fit) or (end < len(self.words) and is_value(self.words[end], words=True)):
            return None
        return end


def _fits(word: str, kind: str) -> bool:
    """May the word stand in a column of this kind? A grade is no figure, a figure no grade."""
    if kind == "grade":
        return is_grade(word) or (is_value(word) and not _DIGIT.search(word))
    return is_value(word) or (is_value(word, words=True) and not is_grade(word))


def _is_known(label: Sequence[str]) -> bool:
    return bool(indicators_named("".join(label)))
