"""Sentences that name the order of the years: 「以下は、区分 平成30年度 令和元年度 令和2年度の順」.

Such a sentence is the head of the rows below it; one that stands as a legend before everything
(※実績は、令和3年度、令和4年度、令和5年度の順です。) is the head of every row of figures after it. A sentence
that names measures for its columns (項目、目標、実績の順) is none of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.headings import heads_part, heads_section
from keikaku.extractors.heads import MEASURES, Role, find_box, find_role
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.extractors.lines.statements import YEAR, Statement, cut, is_year, read_statement
from keikaku.extractors.words import is_caption, is_legend, is_unspecific
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_END = regex.compile(r"(?:の(?:並び)?順(?:番|序)?)")
_BRACKETS = "「」『』【】()（）"
_UNIT = regex.compile(r"単位[\s　:：はが]*[^\s　、。「」()（）]+")
_LEAD_IN = regex.compile(
    r"(?P<words>.*?)(?:を|について|ごとに|の)?(?:それぞれ|各々|おのおの|とも(?:に)?|左から(?:順に)?|順に|は|が|、)+"
    r"(?P<year>(?:令和|平成|[RHＲＨ]|(?:19|20)?[0-9０-９]|元).*)"
)
_YEAR_LAST = regex.compile(rf"(?:{YEAR}|[RHＲＨ][0-9０-９]{{1,2}})\Z")
_SUBJECT_END = regex.compile(r"(?:は|の順(?:に|で))\Z")
_JOINED = regex.compile(r"(?:(?!と|及び|および|並びに|ならびに|・).)+")
_LONGEST = 200
_LONGEST_TABLE = 300


@dataclass(frozen=True, slots=True)
class Order:
    """The years in the order in which a row prints its figures. `titles`: what else the sentence
    says (a unit); `is_general`: a legend over the whole document."""

    years: tuple[Line, ...]
    measure: Line | None
    titles: tuple[Line, ...]
    line_count: int
    is_general: bool
    is_of_several: bool = False
    """見込量、実績値それぞれ令和6年度、…: each row must say which of them it is."""

    def measure_fits(self, statement: Statement) -> bool:
        """A row that names measures of its own takes the years all the same."""
        return bool(statement.figures) and bool(statement.measures or not self.is_of_several)


def read_order(printed: Sequence[Printed], at: int) -> Order | None:
    """The order that the line at `at` names, or the line and the one it is broken into."""
    line = printed[at].line
    if "順" not in line.text or len(line.text) > _LONGEST:
        return None
    ends = _END.finditer(line.text)
    return next((order for end in ends if (order := _order_before(line, end)) is not None), None)


def _order_before(line: Line, end: regex.Match[str]) -> Order | None:
    """The years that the words before の順 name, and what else they say."""
    opening = _opening(line.text, end.start())
    before = part_of(line, opening, end.start())
    bare = [piece for piece in (_bare(p) for p in cut(before)) if piece.text]
    pieces = [part for piece in bare for part in _lead_in_apart(piece) if part.text]
    years = tuple(piece for piece in pieces if is_year(piece))
    last = [is_year(piece) for piece in pieces][-len(years) :] if years else []
    if len(years) < 2 or not all(last) or any(map(_ends_in_year, pieces[: -len(years)])):
        return None
    if _has_other_column(pieces[: -len(years)]):
        return None  # 区分、目標値、令和３年度、令和４年度: a row has a figure more than there are years
    named = [piece for p in pieces for piece in _measures_in(_subject(p))]
    measures = {find_role(piece.text) for piece in named}
    measure = named[0] if len(measures) == 1 else None
    titles = [piece for piece in pieces if not is_year(piece) and piece not in named]
    unit = _UNIT.search(line.text, end.end())
    if unit is not None:
        titles.append(part_of(line, *unit.span()))
    whole = [_bare(piece) for piece in cut(line)]
    anywhere = {find_role(m.text) for p in whole for m in _measures_in(_subject(p))}
    several = len(measures | anywhere) > 1
    return Order(years, measure, tuple(titles), 1, is_legend(line.text), several)


def _has_other_column(pieces: Sequence[Line]) -> bool:
    """Does a measure stand among the heads, behind that of the names, and no は behind it?"""
    roles = [find_role(piece.text) for piece in pieces]
    behind = roles[roles.index(Role.LABEL) :] if Role.LABEL in roles else []
    return any(role in MEASURES for role in behind)


def _opening(text: str, end: int) -> int:
    """Where the words begin behind the brackets in which the whole order stands."""
    start = 0
    while start < end and text[start] in "「『【（(〔［[":
        if any(mark in text[start:end] for mark in "）)〕］]"):
            break
        start += 1
    return start


def _lead_in_apart(piece: Line) -> list[Line]:
    """実績値それぞれ令和6年度: the words that lead to the first year, and the year."""
    match = None if is_year(piece) else _LEAD_IN.fullmatch(piece.text)
    if match is None or not is_year(year := part_of(piece, *match.span("year"))):
        return [piece]
    return [part_of(piece, *match.span("words")), year]


def _ends_in_year(piece: Line) -> bool:
    """Words that run into a year: the order may begin with it, or not."""
    return _YEAR_LAST.search(piece.text) is not None


def _measures_in(piece: Line) -> list[Line]:
    """見込量, or 見込量と実績値: the measures that a piece of the order names, and nothing else."""
    parts = [part_of(piece, *match.span()) for match in _JOINED.finditer(piece.text)]
    return parts if parts and all(find_role(part.text) in MEASURES for part in parts) else []


def _bare(piece: Line) -> Line:
    """A piece without the quotation mark it begins or ends with."""
    start, end = 0, len(piece.text)
    while start < end and piece.text[start] in _BRACKETS and piece.text[start] not in "(（":
        start += 1
    while end > start and piece.text[end - 1] in _BRACKETS and piece.text[end - 1] not in ")）":
        end -= 1
    return part_of(piece, start, end)


def _subject(piece: Line) -> Line:
    """※実績は → 実績."""
    text = piece.text
    start = len(text) - len(text.lstrip("※*＊・"))
    end = len(_SUBJECT_END.sub("", text))
    return part_of(piece, start, end)


def order_over(printed: Sequence[Printed], at: int) -> Order | None:
    """The order that governs this line; rows above that name their measures make others need one."""
    order = _governing_order(printed, at)
    if order is None or order.is_general:
        return order
    above = printed[printed[at].order_above + 1 : at]
    named = any(s.measures for item in above if (s := read_statement(item.line)) is not None)
    return replace(order, is_of_several=True) if named else order


def _governing_order(printed: Sequence[Printed], at: int) -> Order | None:
    """The nearest order above this line that governs it: one right over rows that reach down to
    here, else a general one."""
    back = printed[at].order_above
    while back >= 0:
        order = read_order(printed, back)
        if order is not None and (order.is_general or _reaches(printed, back + 1, at)):
            return order
        back = printed[back].order_above
    return None


def _reaches(printed: Sequence[Printed], start: int, at: int) -> bool:
    """Do nothing but rows stand between, or sentences too where the order stands over numbered headings that go on?"""
    if at - start > _LONGEST_TABLE:
        return False
    between = [item.line for item in printed[start:at]]
    if all(map(_is_among_rows, between)):
        return True
    others = [line for line in between if not _is_among_rows(line)]
    return all(map(_is_sentence_line, others)) and _are_headings_of_one_run(between)


def _is_sentence_line(line: Line) -> bool:
    """A whole sentence alone on its line."""
    return line.text.endswith("。") and not is_caption(line.text)


def _are_headings_of_one_run(lines: Sequence[Line]) -> bool:
    """Does a numbered heading begin the lines, and do its numbers go on without a part of another kind?"""
    first = split_marks(lines[0].text) if lines else None
    if first is None or first.number is None or first.mark is None:
        return False
    last = first.number - 1
    for line in lines:
        if heads_part(line.text) or heads_section(line.text):
            return False
        marks = split_marks(line.text)
        if marks.number is None or marks.mark is None or _kind(marks.mark) != _kind(first.mark):
            continue
        if marks.number != last + 1:
            return False
        last = marks.number
    return True


def _kind(mark: str) -> str:
    """（１） as (0), １． as 0."""
    return regex.sub(r"[0-9]+", "0", fold(mark))


def _is_among_rows(line: Line) -> bool:
    """Names, figures and page numbers may stand between an order and its rows; nothing else."""
    if is_legend(line.text):
        return True
    if "。" in line.text or is_caption(line.text) or len(line.text) > 100:
        return False
    unit = find_unit(line.text) is not None and not is_unspecific(line.text)
    return find_box(line.text) is None and not unit
