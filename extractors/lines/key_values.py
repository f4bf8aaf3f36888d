"""The values of a block of keys and values, as columns of figures with the years and the words that they print.

``実績 令和３年度 84人 令和４年度 91人`` is two columns, ``派遣件数 1,150件、派遣人数 200人`` a row for each count. The blocks themselves are
found in `key_value_blocks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.headings import named_years
from keikaku.extractors.heads import MEASURES, Head, read_head
from keikaku.extractors.lines.figure_rows import FigureRow
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import blank_cell, cell_of, part_of
from keikaku.extractors.lines.quantities import may_name_figures
from keikaku.extractors.lines.statements import is_name, says_count
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks

_YEAR_FIRST = regex.compile(
    r"(?P<year>(?:(?:令和|平成|[RHＲＨ])[\s　]*(?:元|[0-9０-９]{1,2})|(?:19|20)[0-9]{2})"
    r"[\s　]*(?:年度?)?(?:末|末?時点|中)?)(?:[\s　]*[:：][\s　]*|[\s　]+)"
    r"(?!(?:令和|平成|[RHＲＨ])[\s　]*(?:元|[0-9０-９]))(?P<value>[^\s　、，,;；][^　、;；]*?)"
    r"(?=[\s　、，,;；／/]*(?:$|(?:令和|平成|[RHＲＨ])[\s　]*(?:元|[0-9０-９]{1,2})|(?:19|20)[0-9]{2}[\s　]*年))"
)
_YEAR_IN_BRACKETS = regex.compile(
    r"[(（〔\[［](?P<year>[^()（）〔〕\[\]［］]{2,12})[)）〕\]］][\s　:：]*(?P<value>[^\s　:：(（].*)"
)
"""（令和６年度）　相談件数　4,655件、研修回数　８回."""
_BETWEEN = regex.compile(r"[\s　、，,;；／/]*")
_COUNTED = regex.compile(
    r"(?P<words>[^\s　0-9０-９、。:：()（）]{2,20}(?:[(（][^()（）]{1,12}[)）])?)(?:(?P<colon>[\s　]*[:：][\s　]*)|[\s　]+)(?P<value>[^\s　].*)"
)
"""職場定着率（１年後）　80％以上"""
_ANOTHER_COUNT = regex.compile(r"[^\s、，][、，][\s　]*(?![0-9０-９]{3}(?![0-9０-９]))[0-9０-９]")
_OPEN, _CLOSE = "（(〔［\\[【<＜〈", "）)〕］\\]】>＞〉"
_BRACKETED = regex.compile(
    rf"(?P<core>[^{_OPEN}{_CLOSE}]+)[{_OPEN}](?P<inside>[^{_OPEN}{_CLOSE}]+)[{_CLOSE}]"
)
_PADDED = regex.compile(r"\p{Han}(?:[\s　]+\p{Han})+")
_BLANKS = regex.compile(r"[\s　]+")
_BETWEEN_COMMAS = regex.compile("[^、，]+")


@dataclass(slots=True)
class Key:
    """A key with its value: a piece of a line, and the lines that go on with it."""

    head: Head
    line: Line
    values: list[Line] = field(default_factory=list)
    counted: Line | None = None
    """What the key says is counted, beside its measure: 計画目標（相談件数）."""
    year: Line | None = None
    """Of which year the paper says before its blocks that the key is."""


@dataclass(slots=True)
class Block:
    name: Line | None = None
    name_key: Line | None = None
    is_indicator: bool = False
    quantity: Line | None = None
    unit: Line | None = None
    keys: list[Key] = field(default_factory=list)
    unknown: list[Key] = field(default_factory=list)
    aside: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Column:
    key: Line
    year: Line | None
    values: tuple[Line, ...]
    counted: Line | None = None
    """What the figure counts, printed before it: 派遣件数 1,150件."""


def key_of(line: Line, *values: Line) -> Key:
    """実績; 計画目標（相談件数）, 相談件数（計画目標）: a measure, and what is counted if the bracket or the words before
    it say so."""
    head = read_head(word_of(line.text))
    match = _BRACKETED.fullmatch(line.text)
    if head.says_something or match is None:
        return Key(head, line, list(values))
    core, inside = (part_of(line, *match.span(name)) for name in ("core", "inside"))
    for measure, name in ((core, inside), (inside, core)):
        said = read_head(word_of(measure.text))
        if said.role in MEASURES and may_name_figures(name.text) and is_name(name):
            return Key(said, measure, list(values), name)
    return Key(head, line, list(values))


def word_of(key: str) -> str:
    """A key as a word, without the blanks that make it as wide as its neighbours: 事 業 名, 実　　績."""
    return fold(_BLANKS.sub("", key) if _PADDED.fullmatch(key) else key)


def counts_in_words(block: Block) -> bool:
    """Do its figures print what they count, and no key says it: 派遣件数 1,150件?"""
    columns = [column for key in block.keys for column in columns_of(key)]
    parted = [part for column in columns for part in _counted_apart(column)]
    return block.quantity is None and any(part.counted is not None for part in parted)


def rows_of_block(block: Block) -> list[FigureRow]:
    """A row for each figure: those that say nothing of their own come first."""
    assert block.name is not None
    columns = [column for key in block.keys for column in columns_of(key)]
    if block.quantity is None:
        columns = [part for column in columns for part in _counted_apart(column)]
        columns.sort(key=lambda column: column.counted is not None)
    else:
        columns = [replace(column, counted=block.quantity) for column in columns]
    rows = [row for column in columns for row in _figure_rows(block.name, column)]
    unit = [FigureRow(block.unit, is_group=True)] if block.unit is not None else []
    return [*unit, *rows]


def _counted_apart(column: Column) -> list[Column]:
    """派遣件数 1,150件, and perhaps 派遣人数 200人 below it: the words, which are no part of the figure, and the
    figure, of each line."""
    if column.counted is not None:
        return [column]
    values = [piece for value in column.values for piece in _listed(value)]
    pairs = [counted(value) for value in values]
    told = [pair for pair in pairs if pair is not None]
    if not told or len(told) < len(pairs) or read_head(column.key.text).role not in MEASURES:
        return [column]
    return [replace(column, values=(value,), counted=words) for words, value in told]


def _listed(value: Line) -> list[Line]:
    """相談件数　4,218件、研修回数　６回: each count by itself, where each says what it counts."""
    pieces = [part_of(value, *match.span()) for match in _BETWEEN_COMMAS.finditer(value.text)]
    return pieces if len(pieces) > 1 and all(map(counted, pieces)) else [value]


def counted(value: Line) -> tuple[Line, Line] | None:
    """What a figure counts, behind its list mark, and the figure; None where the whole reads as a figure or is none."""
    marks = split_marks(value.text)
    value = part_of(value, marks.body_start, len(value.text))
    match = _COUNTED.fullmatch(value.text)
    if match is None or not is_known_value(match["value"]):
        return None
    is_sure = marks.number is not None or match["colon"] or says_count(match["words"])
    if is_known_value(value.text) and not is_sure:
        return None
    if _ANOTHER_COUNT.search(match["value"]):
        return None  # 派遣件数 1,150件、20人: what the second counts, nothing says
    words = part_of(value, *match.span("words"))
    says_other = read_head(words.text).says_something or is_known_value(words.text)
    if not is_name(words) or (says_other and not says_count(words.text)):
        return None
    return words, part_of(value, *match.span("value"))


def columns_of(key: Key) -> list[Column]:
    """A column for each year that the value names, or one for the whole value."""
    if key.head.role in MEASURES and key.head.year is None:
        by_year = [pair for line in key.values for pair in years_of(line)]
        if by_year and all(list(years_of(line)) for line in key.values):
            return [Column(key.line, year, (value,), key.counted) for year, value in by_year]
    says_year = any(named_years(line.text) for line in key.values)
    year = key.year if not says_year else None
    return [Column(key.line, year, tuple(key.values), key.counted)]


def years_of(line: Line) -> list[tuple[Line, Line]]:
    """``令和３年度 84人 令和４年度 91人``: years and values, the whole line understood; else none."""
    bracketed = _YEAR_IN_BRACKETS.fullmatch(line.text)
    if bracketed is not None and find_fiscal_year(bracketed["year"]) is not None:
        return [(part_of(line, *bracketed.span("year")), part_of(line, *bracketed.span("value")))]
    pairs: list[tuple[Line, Line]] = []
    end = 0
    for match in _YEAR_FIRST.finditer(line.text):
        if _BETWEEN.fullmatch(line.text, end, match.start()) is None:
            return []
        if find_fiscal_year(match["year"]) is None:
            return []
        pairs.append((part_of(line, *match.span("year")), part_of(line, *match.span("value"))))
        end = match.end()
    return pairs if _BETWEEN.fullmatch(line.text, end) is not None else []


def _figure_rows(name: Line, column: Column) -> list[FigureRow]:
    """A value with the words that it prints before its figure, in a row of its own."""
    if not column.values:
        return []
    value, *more = column.values
    return [FigureRow(value, name, column.counted, column.key, column.year, more=tuple(more))]


def rows_of_grid(block: Block, columns: Sequence[Column]) -> list[list[PrintedCell]]:
    has_years = any(column.year is not None for column in columns)
    height = 2 if has_years else 1
    labels = [line for line in (block.name, block.quantity, block.unit) if line is not None]
    top: list[PrintedCell] = [replace(blank_cell(label), row_span=height) for label in labels]
    below: list[PrintedCell] = []
    at = 0
    while at < len(columns):
        column, width = columns[at], 1
        while at + width < len(columns) and columns[at + width].key is column.key:
            width += 1
        top.append(cell_of([column.key], 1 if column.year else height, width))
        years = [c.year for c in columns[at : at + width] if c.year is not None]
        below += [cell_of([year]) for year in years]
        at += width
    values = [
        cell_of(column.values) if column.values else blank_cell(column.key) for column in columns
    ]
    return [
        top,
        *([below] if has_years else []),
        [*(cell_of([label]) for label in labels), *values],
    ]
