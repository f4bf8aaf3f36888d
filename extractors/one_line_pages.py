"""A whole page that a web copy or a reader put on one line: the lines it had are found again.

``… 成果目標1 施設入所者の地域生活への移行 項目 目標値(令和5年度末) 令和3年度実績 … 地域生活移行者数 18人 2人 …``: a run of
head words (a label's head, then years and measures) surely begins a table, and each label with as many
values behind it as there are heads is a row of it. There, and where a goal or caption stands before
the heads, the line is cut. What is cut keeps its place; a line without such a run stays whole.

Behind 項目 may stand 単位, and 評価 among the heads of figures: each row has a unit and a grade there. A column
whose head is not understood takes the first word of every name with it (``B 地域生活移行者数`` below ``記号``); such a
table is not cut.

Cells may have run into one another (``サービス名単位令和3年度令和4年度 居宅介護時間8,1028,344生活介護人日14,33014,512``): glued heads
say what a row is, and where the next begins. Names with figures of several years behind them need no heads
(``療育手帳令和3年度2,240人令和4年度2,318人``), and are lines as well. A number alone that counts on is that of a title (``4 障害者手帳所持者数``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.glued_cells import glued_kinds, glued_rows
from keikaku.extractors.lines.stacked import is_value
from keikaku.extractors.words import is_grade
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.units import find_unit

_SHORTEST_PAGE = 240
_FEWEST_TOKENS = 24
_FEWEST_GLUED = 8
"""Words of a page whose cells ran into one another."""
_MOST_LABEL_TOKENS = 4
_FURTHEST_TITLE = 6
_FEWEST_VALUES = 2
_GRADES = frozenset((Role.GRADE, Role.EVALUATION))
_DIGIT = regex.compile(r"\p{Nd}")
_TOKEN = regex.compile(r"[^\s\u3000]+")
_TITLE = regex.compile(
    r"(?:成果目標|基本目標|活動指標|第[0-9０-９]+期|[0-9０-９]{1,2}[.．]|[(（][0-9０-９]{1,2}[)）]|【)"
)

_ERA_YEAR = r"(?:令和|平成)(?:元|[0-9０-９]{1,2})年度?末?"
_COUNTED = r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?[^\s　0-9０-９、。]{1,4}?"
_SERIES = regex.compile(
    rf"(?P<name>[^\s　0-9０-９。、：:]{{2,40}})(?:[\s　]?{_ERA_YEAR}[\s　]?(?P<value>{_COUNTED})(?=[\s　]|令和|平成|\Z)){{2,}}"
)
_OF_FIGURES = "0123456789０１２３４５６７８９,，.．"
_BARE = regex.compile(r"[0-9０-９,，.．]+")
_PAGE_NUMBER = regex.compile(r"[-－–]?[0-9０-９]{1,3}[-－–]?")
_MOST_RUNNING = 3
_NUMBER = regex.compile("[1-9][0-9]?|[１-９][０-９]?")

_Token = tuple[int, int]


def unfold_page(line: Line) -> tuple[Line | None, ...]:
    """The lines of a page printed as one, None between its parts; the line itself when it is none."""
    if len(line.text) < _SHORTEST_PAGE or "\t" in line.text:
        return (line,)
    tokens = _tokens(line.text)
    is_glued = any(glued_kinds(line.text[start:end]) for start, end in tokens)
    if len(tokens) < (_FEWEST_GLUED if is_glued else _FEWEST_TOKENS):
        return (line,)
    parts = list(_Page(line.text, tokens).parts())
    if len(parts) < 2:
        return (line,)
    return tuple(_cut(line, tokens, part) for part in parts)


def _tokens(text: str) -> list[_Token]:
    """The words between blanks; below glued heads, each row that ran into the next."""
    tokens: list[_Token] = []
    kinds: list[str] = []
    for match in _TOKEN.finditer(text):
        rows = glued_rows(match[0], kinds) if kinds else []
        tokens += [(match.start() + a, match.start() + b) for a, b in rows] or [match.span()]
        kinds = kinds if rows else glued_kinds(match[0])
    return tokens


def _cut(line: Line, tokens: Sequence[_Token], part: tuple[int, int] | None) -> Line | None:
    if part is None:
        return None
    start, end = tokens[part[0]][0], tokens[part[1] - 1][1]
    offset = line.span.char_start or 0
    return Line(line.text[start:end], Span(offset + start, offset + end))


class _Page:
    """The tokens of the line, and what each may be."""

    def __init__(self, text: str, tokens: Sequence[_Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.words = [text[start:end] for start, end in tokens]
        self.numbers = self._numbers()

    def _numbers(self) -> frozenset[int]:
        """Where the numbers of titles stand: 1 before 成果目標, then 2 before 障害福祉サービスの利用状況; a page may open with
        any."""
        found: set[int] = set()
        told = {0}
        for at, (word, following) in enumerate(pairwise(self.words)):
            is_alone = is_value(following, words=True) or find_unit(following) is not None
            if _NUMBER.fullmatch(word) and (at == 0 or int(word) - 1 in told) and not is_alone:
                found.add(at)
                told.add(int(word))
        return frozenset(found)

    def parts(self) -> Iterator[tuple[int, int] | None]:
        """From token to token: texts, titles, heads, rows; None where a blank line is due."""
        at = kept = 0
        while at < len(self.words):
            heads, rows = self._table(at)
            if not rows:
                at += 1
                continue
            yield from self._before(kept, at)
            yield from heads
            yield from rows
            yield None
            at = kept = rows[-1][1]
        if kept and kept < len(self.words):
            yield (kept, len(self.words))

    def _table(self, at: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Its lines of heads and its rows; no row where none begins here."""
        if kinds := self._heads(at):
            below = at + len(kinds)
            glued = glued_kinds(self.words[below]) if below < len(self.words) else []
            if glued and (rows := self._glued_rows(below + 1, glued)):
                return [(at, below), (below, below + 1)], rows
            return [(at, below)], self._rows(below, kinds[1:])
        if kinds := glued_kinds(self.words[at]):
            rows = self._glued_rows(at + 1, kinds) or self._rows(at + 1, kinds[1:])
            return [(at, at + 1)], rows
        return [], self._series(at)

    def _glued_rows(self, at: int, kinds: Sequence[str]) -> list[tuple[int, int]]:
        end = at
        while end < len(self.words) and glued_rows(self.words[end], kinds):
            end += 1
        return [(n, n + 1) for n in range(at, end)]

    def _series(self, at: int) -> list[tuple[int, int]]:
        """Names that follow each other, each with figures of the same number of years behind it."""
        ends = {end: n + 1 for n, (_, end) in enumerate(self.tokens)}
        rows: list[tuple[int, int]] = []
        counts: set[int] = set()
        while at < len(self.words):
            match = _SERIES.match(self.text, self.tokens[at][0])
            if match is None or match.end() not in ends or find_role(match["name"]) is not None:
                break
            if any(
                find_unit(value.lstrip(_OF_FIGURES)) is None for value in match.captures("value")
            ):
                break
            rows.append((at, ends[match.end()]))
            counts.add(len(match.captures("value")))
            at = ends[match.end()]
        return rows if len(counts) == 1 else []

    def _before(self, start: int, end: int) -> Iterator[tuple[int, int] | None]:
        """Words before a table: its title, where one begins near the heads, apart from the rest."""
        nearest = range(end - 1, max(start, end - _FURTHEST_TITLE) - 1, -1)
        title = next((n for n in nearest if _TITLE.match(self.words[n]) or n in self.numbers), None)
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
        starts = [start for start, _ in rows]
        if at < len(self.words) and at not in self.numbers and not self._ends_page(at):
            starts.append(at)
        if any(self._is_cell(n) for n in starts):
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
        if not all(fit):
            return None
        is_over = end == len(self.words) or not is_value(self.words[end], words=True)
        is_counted = not any(_BARE.fullmatch(word) for word in self.words[first:end])
        is_title = end in self.numbers or self._ends_page(end)
        return end if is_over or (is_counted and is_title) else None

    def _ends_page(self, at: int) -> bool:
        """61 しらはぎ市障害者プラン（素案）, and nothing behind it: the number of the page and its running words."""
        behind = self.words[at + 1 :]
        is_running = 0 < len(behind) <= _MOST_RUNNING and not any(map(_DIGIT.search, behind))
        is_text = is_running and not any(is_value(w, words=True) or "。" in w for w in behind)
        return is_text and _PAGE_NUMBER.fullmatch(self.words[at]) is not None


def _fits(word: str, kind: str) -> bool:
    """May the word stand in a column of this kind? A grade is no figure, a figure no grade."""
    if kind == "grade":
        return is_grade(word) or (is_value(word) and not _DIGIT.search(word))
    return is_value(word) or (is_value(word, words=True) and not is_grade(word))


def _is_known(label: Sequence[str]) -> bool:
    return bool(indicators_named("".join(label)))
