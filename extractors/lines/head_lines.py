"""Lines of nothing but heads (``区分 単位`` / ``R3年度 R4年度 R5年度`` / ``見込 実績 …``) and the shape they give.

A line counts when every word of it belongs to a head that is understood. Several such lines lie over
each other: measures under years, each year over as many of them, the last perhaps over fewer; or years
in the place of the plan term (第6期) over them. A shape is labels, then perhaps a unit, values and at most one column of text,
in this order; heads that give another are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Line
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import MEASURES, REVIEWS, TEXTS, Head, Role, read_head
from keikaku.extractors.lines.printed import Printed, cell_of, merge_pieces, tokens_of
from keikaku.extractors.lines.year_groups import may_share_evenly, widths_under_years
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.plan_terms import terms_of_years

_LONGEST_HEAD_LINE = 160
_LONGEST_HEAD = 20


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One line of heads: each with the piece of the line that prints it."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


def may_be_head(text: str) -> bool:
    """No sentence, and no longer than a row of heads gets."""
    return len(text) <= _LONGEST_HEAD_LINE and "。" not in text


def read_head_row(line: Line) -> HeadRow | None:
    """The line as a row of heads, every word of it understood; else None."""
    tokens = tokens_of(line)
    pieces = _most_heads(tokens, line)
    if not pieces:
        return None
    return HeadRow(tuple(head for head, _ in pieces), tuple(piece for _, piece in pieces))


def _most_heads(tokens: Sequence[Line], line: Line) -> list[tuple[Head, Line]] | None:
    """The line cut into as many heads as it holds (区分 | R3年度 | R4年度), or None."""
    best: list[list[tuple[Head, Line]] | None] = [None] * (len(tokens) + 1)
    best[0] = []
    for end in range(1, len(tokens) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or (best[end] is not None and len(best[end] or []) > len(before)):
                continue
            piece = merge_pieces(tokens[start:end], line)
            head = read_head(piece.text)
            if head.says_something and not is_value_like(piece.text):
                best[end] = [*before, (head, piece)]
    return best[-1]


def head_pieces(line: Line) -> tuple[tuple[Head, Line], ...]:
    """The heads of a line made of nothing else, each with the words that print it; else none."""
    row = read_head_row(line) if may_be_head(line.text) else None
    return tuple(zip(row.heads, row.lines, strict=True)) if row is not None else ()


def read_head_line(line: Line) -> tuple[Head, ...]:
    """The heads of a line made of nothing else, else none."""
    row = read_head_row(line) if may_be_head(line.text) else None
    return row.heads if row is not None else ()


def read_head_rows(printed: Sequence[Printed], at: int) -> tuple[list[HeadRow], int]:
    """The rows of heads from `at` on, and where they end."""
    rows: list[HeadRow] = []
    if (turned := value_and_reason(printed, at)) is not None:
        return [turned], at + len(turned.lines)
    while at < len(printed) and len(rows) < 4 and may_be_head(printed[at].line.text):
        row = read_head_row(printed[at].line)
        if row is None or (rows and not _continues(rows, row)):
            break
        rows.append(row)
        at += 1
    return rows, at


def value_and_reason(printed: Sequence[Printed], at: int) -> HeadRow | None:
    """目標値 and 目標値設定の考え方 on a line each, right below the other: the heads of one figure and its reasons."""
    rows = [
        read_head_row(p.line) for p in printed[at : at + 2] if len(p.line.text) <= _LONGEST_HEAD
    ]
    heads = [row.heads[0] for row in rows if row is not None and len(row.heads) == 1]
    if len(heads) != len(("value", "reason")):
        return None
    is_pair = heads[0].role in MEASURES and heads[1].role is Role.RATIONALE
    return HeadRow(tuple(heads), tuple(p.line for p in printed[at : at + 2])) if is_pair else None


def _continues(rows: Sequence[HeadRow], row: HeadRow) -> bool:
    """A further head line holds years or measures, as many as the years over it or a multiple."""
    if any(head.role in TEXTS | {Role.LABEL, Role.UNIT} for head in row.heads):
        return len(row.heads) > 1 and not any(h.year for r in rows for h in r.heads)
    years = [head for r in rows for head in r.heads if head.year is not None]
    if any(head.year is not None for head in row.heads):
        return not years and len(row.heads) >= 2
    return bool(years) and len(row.heads) >= 2 and _widths(row, years) is not None


def _widths(row: HeadRow, years: Sequence[Head]) -> list[int] | None:
    """How many measures stand under each year; None where that is not told."""
    roles = [head.role for head in row.heads]
    each, rest = divmod(len(roles), len(years))
    if not rest and may_share_evenly(roles, len(years)):
        return [each] * len(years)
    if any(head.role not in MEASURES or head.year is not None for head in row.heads):
        return None
    return widths_under_years(roles, len(years), has_reference="参考" in years[0].printed)


def is_table_head(rows: Sequence[HeadRow]) -> bool:
    heads = [head for row in rows for head in row.heads]
    roles = {head.role for head in heads}
    if roles & (REVIEWS | {Role.GOAL, Role.PLAN_DO}) and not _ends_in_a_grade(rows):
        return False
    named = sum(1 for h in heads if h.year is not None or h.role in MEASURES | TEXTS | {Role.GRADE})
    if Role.LABEL in roles or Role.UNIT in roles or Role.TERM in roles:
        return named >= 1
    return named >= 2 and len(rows[0].heads) >= 2 and bool(roles & (MEASURES | TEXTS))


def _ends_in_a_grade(rows: Sequence[HeadRow]) -> bool:
    """指標 単位 目標 実績 評価: names, figures, and last how they are judged."""
    heads = rows[0].heads
    roles = [head.role for head in heads]
    measures = [head for head in heads if head.role in MEASURES]
    last = roles.index(Role.EVALUATION) if Role.EVALUATION in roles else -1
    return (
        len(rows) == 1 and roles[0] is Role.LABEL and len(measures) > 1 and last == len(roles) - 1
    )


# -- shapes -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """Leaf columns left to right and how the head rows lie over them."""

    labels: int
    has_unit: bool
    values: int
    has_text: bool
    head_cells: tuple[tuple[PrintedCell, ...], ...]

    @property
    def figure_width(self) -> int:
        """How many columns a row of labels, unit and figures has."""
        return self.labels + self.has_unit + self.values


def shape_under(rows: Sequence[HeadRow]) -> Shape | None:
    """Lay the head rows over each other: the last row's heads are the leaves under the years."""
    first = rows[0]
    roles = [head.role for head in first.heads]
    if len(rows) == 1:
        leaves = list(zip(first.heads, first.lines, strict=True))
        cells = (tuple(cell_of([line]) for _, line in leaves),)
        return _count([head for head, _ in leaves], cells)
    if any(head.year is not None for head in first.heads):
        return _grouped(rows, [], first)
    if all(role in (Role.LABEL, Role.UNIT) for role in roles):
        return _grouped(rows[1:], list(zip(first.heads, first.lines, strict=True)), rows[1])
    return _shape_around_term(rows) or _measures_over_years(rows)


def _measures_over_years(rows: Sequence[HeadRow]) -> Shape | None:
    """サービス名 単位 実績 見込量 over R3 to R8: how many years each measure covers is not printed, and
    must be sure."""
    first, below = rows[0], rows[1]
    sides = [n for n, head in enumerate(first.heads) if head.role in (Role.LABEL, Role.UNIT)]
    measures = first.heads[len(sides) :]
    years = [h.year.year for h in below.heads if h.year is not None and h.role is None]
    if sides != list(range(len(sides))) or len(rows) > 2 or len(years) < len(below.heads):
        return None
    if len(measures) < 2 or any(h.role not in MEASURES or h.year is not None for h in measures):
        return None
    each, rest = divmod(len(years), len(measures))
    if rest or not (_come_again(years, each) or _are_two_terms(measures, years)):
        return None
    top = (
        *(cell_of([line], 2, 1) for line in first.lines[: len(sides)]),
        *(cell_of([line], 1, each) for line in first.lines[len(sides) :]),
    )
    under = tuple(cell_of([line]) for line in below.lines)
    return _count([*first.heads[: len(sides)], *below.heads], (top, under))


def _come_again(years: Sequence[int], each: int) -> bool:
    """R6 R7 R8 R6 R7 R8: the same years under every measure."""
    one = list(years[:each])
    return each > 1 and len(set(one)) == each and list(years) == one * (len(years) // each)


def _are_two_terms(measures: Sequence[Head], years: Sequence[int]) -> bool:
    """What was counted in one term of the plan, and what is expected in the next."""
    if [head.role for head in measures] != [Role.ACTUAL, Role.PROJECTED]:
        return False
    half = len(years) // 2
    if list(years) != list(range(years[0], years[0] + 2 * half)):
        return False
    return bool(
        terms_of_years(years[half], years[-1]) and terms_of_years(years[0], years[half - 1])
    )


def _grouped(
    rows: Sequence[HeadRow], sides: list[tuple[Head, Line]], years: HeadRow
) -> Shape | None:
    """Labels at the left, years beside them, measures under the years."""
    leading = list(zip(years.heads, years.lines, strict=True))
    while leading and leading[0][0].year is None:
        sides.append(leading.pop(0))
    if not leading:
        return None
    below = rows[1] if len(rows) > 1 else None
    if below is None:
        heads = [head for head, _ in (*sides, *leading)]
        cells = (tuple(cell_of([line]) for _, line in (*sides, *leading)),)
        return _count(heads, cells)
    widths = _widths(below, [head for head, _ in leading])
    if widths is None or len(rows) > 2:
        return None
    top = (
        *(cell_of([line], 2, 1) for _, line in sides),
        *(cell_of([line], 1, n) for n, (_, line) in zip(widths, leading, strict=True)),
    )
    under = tuple(cell_of([line]) for line in below.lines)
    is_even = len(set(widths)) == 1
    over = len(leading) if is_even else 0
    return _count([*(h for h, _ in sides), *below.heads], (top, under), years_over=over)


def _shape_around_term(rows: Sequence[HeadRow]) -> Shape | None:
    """項目 基準値 区分 第6期 比較 over R3 R4 R5: the term's place takes the years."""
    first, below = rows[0], rows[1]
    terms = [n for n, head in enumerate(first.heads) if head.role is Role.TERM]
    if len(terms) != 1 or len(rows) > 2 or any(head.year is None for head in below.heads):
        return None
    at = terms[0]
    top = tuple(
        cell_of([line], 1, len(below.heads)) if n == at else cell_of([line], 2, 1)
        for n, line in enumerate(first.lines)
    )
    heads = [*first.heads[:at], *below.heads, *first.heads[at + 1 :]]
    return _count(heads, (top, tuple(cell_of([line]) for line in below.lines)))


def _count(
    heads: Sequence[Head], cells: tuple[tuple[PrintedCell, ...], ...], years_over: int = 0
) -> Shape | None:
    kinds = [_leaf_kind(head) for head in heads]
    labels = kinds.count("label")
    values, texts = kinds.count("value"), kinds.count("text")
    if labels > 2 or texts > 1 or (texts and kinds[-1] != "text") or not (values or texts):
        return None
    if kinds != sorted(kinds, key=["label", "unit", "value", "text"].index):
        return None
    if years_over and values % years_over:
        return None
    return Shape(labels, "unit" in kinds, values, bool(texts), cells)


def _leaf_kind(head: Head) -> str:
    if head.role is Role.UNIT:
        return "unit"
    if head.role in TEXTS:
        return "text"
    if head.year is not None or head.role in MEASURES or head.role is Role.GRADE:
        return "value"
    return "label"
