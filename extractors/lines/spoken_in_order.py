"""Rows spoken as sentences, the order of their figures said once above them.

Editions for screen readers say before a table what its figures are (「数値は、年度ごとに、見込み、実績、見込みに対する実績の割合の順です。」)
and then each row as a name and its figures: ``行動援護、かっこ、時間、かっことじる。令和6年度は264、231、87.5パーセント。令和7年度は…。``, or,
where the order names a year with each measure, ``施設に入所している人の数。目標 197人、令和6年度 204人、令和7年度 201人。``. A row counts
when it has exactly as many figures as the order names, every figure may be of the measure it falls
to, and what the row says before a figure (目標, 令和6年度) is what the order says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Head, Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.row_marks import begins_table, chart_mark, ends_table
from keikaku.extractors.lines.statements import YEAR, is_name, is_year, sentences_of
from keikaku.extractors.words import is_caption, is_unspecific
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_ORDER = regex.compile(r"(?P<heads>[^。]+?)[、，\s]*の順(?:番|序)?(?:に|で|です|。|\Z)")
_LEAD_IN = regex.compile(
    r".*(?:(?:は|に|では|とおり|以下)[、，]|ごとに、?|それぞれ、?|左から(?:順に)?、?)"
)
_PIECE = regex.compile(r"(?:[^、，（(]|[，,](?=[0-9０-９]{3}(?![0-9０-９]))|[(（][^()（）]*[)）])+")
_BETWEEN = regex.compile(r"(?:は|が|で)?(?:[、：:]|[\s　]+)|は|が")
_OF_YEAR = regex.compile(rf"(?P<year>{YEAR})(?:には?|では|は|が|の)?[、，：:\s　]*(?P<values>\S.*)")
_UNIT_SAID = regex.compile(
    r"(?P<name>.+?)[、，\s　]*(?:かっこ|カッコ|括弧)[、，\s　]*(?P<unit>[^、，。]+?)[、，\s　]*"
    r"(?:(?:かっこ|カッコ|括弧)[、，\s　]*(?:とじる|閉じる?|とじ|閉じ)|とじ(?:かっこ|カッコ|括弧))"
)
_UNIT_PRINTED = regex.compile(r"(?P<name>.+?)[\s　]*[(（](?P<unit>[^()（）]+)[)）]")
_ENDS = regex.compile(
    r"(?:表|図)[0-9０-９]*(?:の読み上げ)?(?:は|、)?.{0,10}(?:ここまで|終わり|おわり|以上)"
)
_PERCENT = regex.compile(r"(?:パーセント|[%％]|割)\Z")
_DIGIT = regex.compile("[0-9０-９]")
_NOT_NAMES = regex.compile(r"[たるすんい]\Z")
_YEAR = regex.compile(rf"{YEAR}|[0-9０-９元]年")
_FARTHEST = 200
_LONGEST = 400
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class _Order:
    heads: tuple[Line, ...]
    read: tuple[Head, ...]

    @property
    def has_years(self) -> bool:
        """令和8年度末の目標、令和6年度末の実績: a year with each measure."""
        return self.read[0].year is not None


@dataclass(frozen=True, slots=True)
class _Row:
    item: Line | None
    label: Line
    unit: Line | None
    figures: tuple[FigureRow, ...]


def find_rows(printed: Sequence[Printed], at: int) -> Found | None:
    """The lines from `at` on that are such rows."""
    order = _order_over(printed, at)
    if order is None:
        return None
    rows: list[FigureRow] = []
    end = at
    while end < len(printed) and (row := _read(printed[end].line, order)) is not None:
        rows += (
            replace(figure, item=row.item, label=row.label, quantity=row.unit)
            for figure in row.figures
        )
        end += 1
    return Found(lay_figures(rows, (), printed[at:end]), end) if rows else None


LAYOUTS = (find_rows,)


# -- the order -----------------------------------------------------------------------------------


def _order_over(printed: Sequence[Printed], at: int) -> _Order | None:
    """The last order said above the line, where no other table begins or ends between."""
    if "。" not in printed[at].line.text:
        return None
    for item in reversed(printed[max(0, at - _FARTHEST) : at]):
        if (order := _order_in(item.line)) is not None:
            return order
        if _ends_order(item.line):
            return None
    return None


def _ends_order(line: Line) -> bool:
    """表1はここまでです。, 表2 …, or an order whose words are not understood."""
    text = line.text
    if ends_table(text) or begins_table(text) or "の順" in text or _ENDS.search(text):
        return True
    return chart_mark(line)[0] is not None or is_caption(text)


@lru_cache(maxsize=2_048)
def _order_in(line: Line) -> _Order | None:
    """The measures that a sentence names in order: all of them with a year of their own, or none."""
    pieces = named_in_order(line)
    read = tuple(read_head(piece.text) for piece in pieces)
    said = {(head.role, head.year.year if head.year else None) for head in read}
    if len(read) < 2 or len(said) < len(read) or any(h.role not in MEASURES for h in read):
        return None
    if len({head.year is None for head in read}) > 1:
        return None
    return _Order(tuple(pieces), read)


def named_in_order(line: Line) -> list[Line]:
    """What the one order that a line says names behind the head of the names; nothing where it says none, or two."""
    named = [
        pieces for match in _ORDER.finditer(line.text) if len(pieces := _named(line, match)) > 1
    ]
    pieces = named[0] if len(named) == 1 else []
    while pieces and find_role(pieces[0].text) in (Role.LABEL, Role.UNIT):
        pieces = pieces[1:]
    return pieces


def _named(line: Line, order: regex.Match[str]) -> list[Line]:
    """The pieces of 数値は、年度ごとに、見込み、実績の順 behind what leads to them."""
    named = part_of(line, *order.span("heads"))
    lead_in = _LEAD_IN.match(named.text)
    return _pieces(part_of(named, lead_in.end(), len(named.text)) if lead_in else named)


def _pieces(line: Line) -> list[Line]:
    parts = [part_of(line, *match.span()) for match in _PIECE.finditer(line.text)]
    return [part for part in parts if part.text]


# -- a row ---------------------------------------------------------------------------------------


def _read(line: Line, order: _Order) -> _Row | None:
    """The line as a name and the figures of the order; None where it is anything else."""
    if len(line.text) > _LONGEST or "順" in line.text:
        return None
    first, *sentences = sentences_of(line) or [line]
    named, item = _name(first), None
    if named is not None and named[1] is None and sentences and says_quantity(sentences[0].text):
        item, named = named[0], _name(sentences.pop(0), counts=True)
    figures = _with_years(sentences, order) if order.has_years else _by_year(sentences, order)
    if named is None or not figures:
        return None
    return _Row(item, *named, tuple(figures))


def _name(sentence: Line, *, counts: bool = False) -> tuple[Line, Line | None] | None:
    """行動援護、かっこ、時間、かっことじる: the name of a row and its unit; behind a name what is counted of it."""
    sentence = part_of(sentence, split_marks(sentence.text).body_start, len(sentence.text))
    unit = None
    match = _UNIT_SAID.fullmatch(sentence.text) or _UNIT_PRINTED.fullmatch(sentence.text)
    if match is not None and find_unit(match["unit"]) is not None:
        unit = part_of(sentence, *match.span("unit"))
        sentence = part_of(sentence, *match.span("name"))
    elif match is not None and match.re is _UNIT_SAID:
        return None
    text = sentence.text
    if not 0 < len(text) <= _LONGEST_NAME or "は、" in text or _NOT_NAMES.search(text):
        return None
    if not is_name(sentence) or (is_unspecific(text) and not counts) or find_role(text) is not None:
        return None
    return sentence, unit


def _by_year(sentences: Sequence[Line], order: _Order) -> list[FigureRow]:
    """令和6年度は264、231、87.5パーセント: for each year, once, the measures in their order."""
    found: list[FigureRow] = []
    years: set[int] = set()
    for sentence in sentences:
        match = _OF_YEAR.fullmatch(sentence.text)
        year = part_of(sentence, *match.span("year")) if match is not None else None
        said = read_head(year.text).year if year is not None else None
        if match is None or year is None or said is None or said.year in years:
            return []
        years.add(said.year)
        values = _pieces(part_of(sentence, *match.span("values")))
        if not _fit(values, order):
            return []
        pairs = zip(values, order.heads, strict=True)
        found += (FigureRow(value, measure=head, year=year) for value, head in pairs)
    return found


def _with_years(sentences: Sequence[Line], order: _Order) -> list[FigureRow]:
    """目標 197人、令和6年度 204人、令和7年度 201人: one figure for each head of the order."""
    pieces = [piece for sentence in sentences for piece in _pieces(sentence)]
    if len(pieces) != len(order.heads):
        return []
    parted = [_parted(piece, head) for piece, head in zip(pieces, order.read, strict=True)]
    told = [part for part in parted if part is not None]
    said = {words is None for words, _ in told}
    if len(told) < len(pieces) or len(said) > 1 or not _fit([v for _, v in told], order):
        return []
    return [
        FigureRow(value, measure=head, year=words)
        for (words, value), head in zip(told, order.heads, strict=True)
    ]


def _parted(piece: Line, head: Head) -> tuple[Line | None, Line] | None:
    """The words before a figure, which must say what the order says, and the figure."""
    for match in _BETWEEN.finditer(piece.text):
        words = part_of(piece, 0, match.start())
        value = part_of(piece, match.end(), len(piece.text))
        if words.text and _says_the_same(read_head(words.text), head):
            return (words, value) if _is_value(value) else None
    return (None, piece) if _is_value(piece) else None


def _says_the_same(said: Head, head: Head) -> bool:
    if said.role is None and said.year is None:
        return False
    if said.role is not None and said.role is not head.role:
        return False
    return said.year is None or (head.year is not None and said.year.year == head.year.year)


def _is_value(piece: Line) -> bool:
    """A figure or a mark; a year within (令和6年度14人) is said of another."""
    return is_known_value(piece.text) and not is_year(piece) and not _YEAR.search(piece.text)


def _fit(values: Sequence[Line], order: _Order) -> bool:
    """As many values as the order names, percentages where it names rates and, beside them, nowhere else."""
    if len(values) != len(order.heads) or not all(map(_is_value, values)):
        return False
    rates = [head.role is Role.RATE for head in order.read]
    for value, is_rate in zip(values, rates, strict=True):
        is_share = _PERCENT.search(value.text) is not None
        if is_rate and not is_share and _DIGIT.search(value.text):
            return False
        if is_share and any(rates) and not is_rate:
            return False
    return True
