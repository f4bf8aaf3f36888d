"""A whole page that a web copy or a reader put on one line: the lines it had are found again.

``… 成果目標1 施設入所者の地域生活への移行 項目 目標値(令和5年度末) 令和3年度実績 … 地域生活移行者数 18人 2人 …``: a run of
head words (a label's head, then years and measures) surely begins a table, and each label with as many
values behind it as there are heads is a row of it. There, and where a goal or caption stands before
the heads, the line is cut. What is cut keeps its place; a line without such a run stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, Role, read_head
from keikaku.normalizers.cells import is_value_like

_SHORTEST_PAGE = 240
_FEWEST_TOKENS = 40
_MOST_LABEL_TOKENS = 4
_FURTHEST_TITLE = 6
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
            heads_end = self._heads_end(at)
            rows = self._rows(heads_end, heads_end - at - 1) if heads_end else []
            if not heads_end or not rows:
                at += 1
                continue
            yield from self._before(kept, at)
            yield (at, heads_end)
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

    def _heads_end(self, at: int) -> int:
        """Where a run of heads that begins here ends: a label's head, two or more of figures."""
        if read_head(self.words[at]).role is not Role.LABEL:
            return 0
        end = at + 1
        while end < len(self.words) and self._heads_values(end):
            end += 1
        return end if end - at > 2 else 0

    def _heads_values(self, at: int) -> bool:
        head = read_head(self.words[at])
        return head.role in MEASURES or (head.role is None and head.year is not None)

    def _rows(self, at: int, count: int) -> list[tuple[int, int]]:
        rows: list[tuple[int, int]] = []
        while (end := self._row_end(at, count)) is not None:
            rows.append((at, end))
            at = end
        return rows

    def _row_end(self, at: int, count: int) -> int | None:
        """A few words, then exactly as many values as there are heads, then words again."""
        first = next((n for n in range(at, len(self.words)) if is_value_like(self.words[n])), None)
        if first is None or not 0 < first - at <= _MOST_LABEL_TOKENS:
            return None
        if any("。" in word for word in self.words[at:first]):
            return None
        end = first
        while end < len(self.words) and is_value_like(self.words[end]):
            end += 1
        return end if end - first == count else None
