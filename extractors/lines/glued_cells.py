"""Tables of which the text lost every blank: heads, label, unit and figures run into one another.

``サービス名単位平成30年度令和元年度令和2年度`` over ``居宅介護時間4,4144,4634,435``. The heads are told apart by what
they say, where one cut alone makes the fewest of them. Figures are told apart by the unit behind
each, or where every one has its commas of thousands and only one cut gives as many figures as years:
``612568509507`` and ``1,0989871,120`` stay uncut and are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Grid, Line, Notice, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import MEASURES, Head, Role, find_role, read_head
from keikaku.extractors.lines.printed import Found, Printed, cell_of, part_of, with_aside
from keikaku.normalizers.units import find_unit

_LONGEST_HEAD = 18
_LONGEST_LINE = 90
_BLANK = regex.compile(r"[\s\u3000]")
_GROUPED = regex.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_DIGITS = regex.compile(r"(?P<words>.*?[^0-9,.])(?P<figures>[0-9][0-9,.]*)")
_BRACKET = regex.compile(r"(?P<words>[^()（）]+)(?P<rest>[(（].*)?")


@dataclass(frozen=True, slots=True)
class _Row:
    label: Line
    unit: Line | None
    values: tuple[Line, ...]


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose line of glued heads is the line at `at`."""
    heads = _heads(printed[at].line)
    if heads is None:
        return None
    has_unit = heads[1][0].role is Role.UNIT
    count = len(heads) - 1 - has_unit
    measure = _measure_line(printed, at + 1)
    start = at + 1 + (measure is not None)
    rows, notices, end = _rows(printed, start, count, has_unit)
    if not rows:
        return None
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    lines = [line for _, line in heads]
    grid = _grid(lines, measure, rows, has_unit, span)
    return Found(with_aside(grid, _uncut(printed[start:end], count, has_unit)), end, notices)


def find_rows_under(
    printed: Sequence[Printed],
    at: int,
    columns: Sequence[Sequence[PrintedCell]],
    count: int,
    *,
    has_unit: bool,
) -> Found | None:
    """The rows from the line at `at` on, below these rows of heads, two lines of which glued ones are the last."""
    rows, notices, end = _rows(printed, at, count, has_unit)
    if not rows:
        return None
    span = Span(printed[at - 2].line.span.char_start, printed[end - 1].line.span.char_end)
    grid = lay_out([*map(list, columns), *_body(rows)], "glued", span)
    return Found(with_aside(grid, _uncut(printed[at:end], count, has_unit)), end, notices)


def _uncut(items: Sequence[Printed], count: int, has_unit: bool) -> list[Line]:
    """Rows of figures that nothing parts."""
    return [item.line for item in items if _row(item.line, count, has_unit) is None]


LAYOUTS = (find_table,)


# -- heads -------------------------------------------------------------------------------------


def glued_kinds(text: str) -> list[str]:
    """What each of the glued heads is over, as サービス名単位令和3年度令和4年度: label, unit, value, value; none of other words."""
    heads = _heads(Line(text, Span(0, len(text))))
    if heads is None:
        return []
    kinds = {Role.LABEL: "label", Role.UNIT: "unit"}
    return [kinds.get(head.role, "value") if head.role else "value" for head, _ in heads]


def _heads(line: Line) -> tuple[tuple[Head, Line], ...] | None:
    """Label, perhaps unit, then two or more heads of figures, without a blank between them."""
    text = line.text
    if len(text) > _LONGEST_LINE or "。" in text or _BLANK.search(text):
        return None
    opens = any(find_role(text[:n]) is Role.LABEL for n in range(1, 13))
    cut = fewest_heads(text) if opens and len(_YEAR_SIGN.findall(text)) > 1 else None
    if cut is None or len(cut) < 3:
        return None
    heads = tuple((read_head(text[a:b]), part_of(line, a, b)) for a, b in cut)
    if heads[0][0].role is not Role.LABEL:
        return None
    figures = heads[2:] if heads[1][0].role is Role.UNIT else heads[1:]
    return heads if len(figures) > 1 and all(_heads_values(head) for head, _ in figures) else None


def _heads_values(head: Head) -> bool:
    return head.year is not None and (head.role is None or head.role in MEASURES)


def fewest_heads(text: str) -> list[tuple[int, int]] | None:
    """The one cut into the fewest heads, or None where there is none or more than one."""
    best: list[tuple[int, int, list[tuple[int, int]]] | None] = [None] * (len(text) + 1)
    best[0] = (0, 1, [])
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST_HEAD), end):
            before = best[start]
            if before is None or not may_be_head(text[start:end]):
                continue
            known = best[end]
            count = before[0] + 1
            if known is None or count < known[0]:
                best[end] = (count, before[1], [*before[2], (start, end)])
            elif count == known[0]:
                best[end] = (count, known[1] + before[1], known[2])
    found = best[-1]
    return found[2] if found is not None and found[1] == 1 else None


_YEAR_SIGN = regex.compile(r"令和|平成|[RHＲＨ][0-9０-９元]|20[0-9]{2}")
_YEAR_OPENS = regex.compile(r"令和|平成|昭和|[RHＲＨ]|20|[^(（]+[(（]")


def may_be_head(piece: str) -> bool:
    """A head whole in itself: it begins with its year (令和2年度実績) or has it in brackets, and does not
    begin inside the name of one (年度令和元年度)."""
    if piece[0] in "年度末)）" or piece[0] in "(（" or _is_open(piece):
        return False
    head = read_head(piece)
    return head.says_something and (head.year is None or _YEAR_OPENS.match(piece) is not None)


def _is_open(piece: str) -> bool:
    return any(piece.count(a) != piece.count(b) for a, b in ("()", "（）"))


def _measure_line(printed: Sequence[Printed], at: int) -> Line | None:
    """``利用実績(各年度3月)`` between the heads and the rows: what all the figures are."""
    if at >= len(printed):
        return None
    match = _BRACKET.fullmatch(printed[at].line.text)
    if match is None or find_role(match["words"]) not in MEASURES:
        return None
    return printed[at].line


# -- rows --------------------------------------------------------------------------------------


def glued_rows(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Rows below glued heads that ran into one another: 居宅介護時間8,1028,344 / 生活介護人日14,33014,512, or with a unit behind
    each figure 居宅介護22人30人 / 生活介護3人8人. None where a piece of them may be no row."""
    count = kinds.count("value")
    behind = "" if "unit" in kinds else r"(?P<unit>[^0-9,.]{1,4}?)"
    more = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?(?P=unit)){{{count - 1}}}" if behind else ""
    row = regex.compile(rf"(?P<words>[^0-9,.]+)[0-9][0-9,]*(?:\.[0-9]+)?{behind}{more}")
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text) and (match := row.match(text, at)) is not None:
        unit = match["unit"] if behind else None
        if (find_unit(unit) if unit else _unit_start(match["words"])) is None:
            return []
        found.append(match.span())
        at = match.end()
    return found if at == len(text) and "。" not in text else []


def _rows(
    printed: Sequence[Printed], at: int, count: int, has_unit: bool
) -> tuple[list[_Row], tuple[Notice, ...], int]:
    rows: list[_Row] = []
    notices: list[Notice] = []
    end = at
    while at < len(printed) and len(printed[at].line.text) <= _LONGEST_LINE:
        line = printed[at].line
        row = _row(line, count, has_unit)
        if row is not None:
            rows.append(row)
        elif _DIGITS.fullmatch(line.text) is not None and rows and not _heads(line):
            detail = f"「{line.text}」 cannot be cut into {count} figures in one way only"
            notices.append(Notice("glued_figures", "warning", detail, line.span))
        else:
            break
        at += 1
        end = at if row is not None else end
    return rows, tuple(notices), end


def _row(line: Line, count: int, has_unit: bool) -> _Row | None:
    if "。" in line.text or _BLANK.search(line.text):
        return None
    return _row_of_units(line, count) if not has_unit else _row_of_thousands(line, count)


def _row_of_units(line: Line, count: int) -> _Row | None:
    """``地域生活移行者数22人3人8人11人``: a unit behind every figure, the same one."""
    match = regex.fullmatch(
        r"(?P<label>.*?[^0-9,.])(?P<value>[0-9][0-9,]*(?:\.[0-9]+)?[^0-9,.]{1,4})"
        rf"{{{count}}}",
        line.text,
    )
    if match is None:
        return None
    values = tuple(part_of(line, *span) for span in match.spans("value"))
    units = {find_unit(regex.sub(r"^[0-9,.]+", "", value.text)) for value in values}
    if len(units) != 1 or None in units:
        return None
    return _Row(part_of(line, *match.span("label")), None, values)


def _row_of_thousands(line: Line, count: int) -> _Row | None:
    """``居宅介護時間4,4144,4634,435``: label, unit, figures that their commas tell apart."""
    match = _DIGITS.fullmatch(line.text)
    if match is None:
        return None
    cuts = cuts_of_thousands(match["figures"], count)
    unit_start = _unit_start(match["words"])
    if len(cuts) != 1 or unit_start is None:
        return None
    offset = match.start("figures")
    values = tuple(part_of(line, offset + a, offset + b) for a, b in cuts[0])
    return _Row(part_of(line, 0, unit_start), part_of(line, unit_start, match.end("words")), values)


def cuts_of_thousands(
    figures: str, count: int, start: int = 0
) -> list[tuple[tuple[int, int], ...]]:
    """Every way to cut the figures into `count` numbers with or without commas; none without."""
    ways = _all_cuts(figures, count, start)
    return ways if all(_GROUPED.fullmatch(figures[a:b]) for way in ways for a, b in way) else []


def _all_cuts(figures: str, count: int, start: int) -> list[tuple[tuple[int, int], ...]]:
    if count == 0:
        return [()] if start == len(figures) else []
    ways = []
    for end in range(start + 1, min(len(figures), start + 11) + 1):
        number = figures[start:end]
        if _GROUPED.fullmatch(number) or regex.fullmatch(r"[0-9]{1,3}", number):
            ways += [((start, end), *rest) for rest in _all_cuts(figures, count - 1, end)]
    return ways


def _unit_start(words: str) -> int | None:
    """Where the unit at the end of label and unit begins; the longest one that leaves a label."""
    return next((n for n in range(1, len(words)) if find_unit(words[n:]) is not None), None)


def _grid(
    heads: Sequence[Line],
    measure: Line | None,
    rows: Sequence[_Row],
    has_unit: bool,
    span: Span,
) -> Grid:
    top: list[list[PrintedCell]] = [[cell_of([line]) for line in heads]]
    aside: list[Line] = []
    if measure is not None:
        match = _BRACKET.fullmatch(measure.text)
        assert match is not None
        sides = 1 + has_unit
        over = cell_of([part_of(measure, *match.span("words"))], 1, len(heads) - sides)
        aside = [part_of(measure, *match.span("rest"))] if match["rest"] else []
        labels = [cell_of([line], 2, 1) for line in heads[:sides]]
        top = [[*labels, over], [cell_of([line]) for line in heads[sides:]]]
    return with_aside(lay_out([*top, *_body(rows)], "glued", span), aside)


def _body(rows: Sequence[_Row]) -> list[list[PrintedCell]]:
    return [
        [
            cell_of([row.label]),
            *([cell_of([row.unit])] if row.unit else []),
            *(cell_of([value]) for value in row.values),
        ]
        for row in rows
    ]
