"""A line whose figures stand behind the words that say what they are: 「計画 310人、実績 334人」.

``[実績値]　令和３年度　21人、令和４年度　30人``, ``実績：令和6年度　1回``, ``計画：１か所　　実績：１か所　　評価：達成``,
``令和６年度実績　38人／月（計画 45人／月、達成率 84.4％）``, ``計画 310人、実績 334人（令和５年度 301人）``. A bracket behind a
figure may name another measure of the same year, or another year of the same measure. Each measure
has one figure, or a year before each; a line with one word that has no place is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import MEASURES, TEXTS, Role, find_role, read_head, reported_year_in
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, merge_pieces, part_of, with_aside
from keikaku.extractors.lines.quantities import bare_quantity, says_quantity
from keikaku.extractors.lines.statements import YEAR, cut, glued_measure, is_name, is_year
from keikaku.extractors.words import is_caption, is_grade, is_legend, is_unspecific
from keikaku.normalizers.labels import split_marks

_BULLET = regex.compile(r"[○◯〇●◎・◆◇■□▪•▶‣][\s　]*")
_YEAR = regex.compile(
    rf"{YEAR}|(?:令和|平成|[RHＲＨ])[\s　]?(?:元|[0-9０-９]{{1,2}})(?![0-9０-９])"
)
_BRACKETED = regex.compile(r"(?P<core>[^()（）]+)[(（](?P<inside>[^()（）]+)[)）]")
_YEAR_OF_NAME = regex.compile(
    rf"(?P<year>{YEAR}|(?:令和|平成|[RHＲＨ])[\s　]?(?:元|[0-9０-９]{{1,2}})末?)(?:まで|時点|中|現在)?(?:の|における|に)(?P<name>.{{2,}})"
)
_DIGIT_IN_BRACKET = regex.compile("[(（][^()（）]*[0-9０-９][^()（）]*[)）]")
_SUM = regex.compile(
    r"(?:(?P<years>[0-9０-９]{1,2})[かカヶヵ箇]?年(?:間|度)?の|期間中?の|通算の?)?(?:累計|合計)値?"
)
_GRADES = frozenset((Role.GRADE, Role.EVALUATION))
_OF_THE_YEAR = frozenset((Role.ACTUAL, Role.PROJECTED, Role.GAP, Role.RATE))
"""Measures that a bracket may give for the year of the figure before it; a target may be of another."""
_LONGEST = 200
_FARTHEST = 400


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with the words that say its measure and its year."""

    value: Line
    measure: Line
    year: Line | None = None
    quantity: Line | None = None
    """３か年の累計 in the bracket of a figure: what it adds up."""


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """The name that opens the line, if any, its figures, and brackets that are not understood."""

    name: Line | None
    figures: tuple[Measured, ...]
    year: Line | None = None
    """A year printed with the name: 令和５年度の一般就労移行者数."""
    unread: tuple[Line, ...] = ()
    quantity: Line | None = None
    """What is counted, where the line says so behind the name: 生活介護　利用者数（人／月）."""


def read_measured(line: Line) -> MeasuredLine | None:
    """The line, every word of it in its place; else None."""
    if len(line.text) > _LONGEST or is_caption(line.text) or is_legend(line.text):
        return None
    pieces = _pieces(line)
    if pieces is None:
        return None
    first = next((n for n, piece in enumerate(pieces) if _is_head(piece)), len(pieces))
    named, rest = pieces[:first], pieces[first:]
    if not named and len(rest) > 2 and _may_name(rest):
        named, rest = [rest[1]], [rest[0], *rest[2:]]
    quantity = named.pop() if len(named) > 1 and says_quantity(named[-1].text) else None
    name = merge_pieces(named, line) if named else None
    if not rest or (name is not None and not _names(name)):
        return None
    read = _with_name(name, rest)
    return replace(read, quantity=quantity) if read is not None else None


def read_named(printed: Sequence[Printed], at: int) -> MeasuredLine | None:
    """A line that also says what its figures count, where something tells their year."""
    measured = read_measured(printed[at].line)
    if measured is None or measured.name is None:
        return None
    roles = {find_role(f.measure.text) for f in measured.figures if f.year is None}
    if measured.year is None and roles & {Role.ACTUAL, Role.PROJECTED}:
        return measured if _year_is_told(printed, at) else None
    return measured


def _year_is_told(printed: Sequence[Printed], at: int) -> bool:
    """Does a line above give a year, be it the title of the report?"""
    return any(
        is_year(item.line) or reported_year_in(item.line.text) is not None
        for item in printed[max(0, at - _FARTHEST) : at]
    )


def is_torn(line: Line) -> bool:
    """A line that opens with a measure and goes on in years and figures, but not one to one: a
    figure of it was lost, or a delimiter."""
    pieces = _pieces(line)
    if pieces is None or len(pieces) < 3 or not _is_head(pieces[0]) or read_measured(line):
        return False
    has_figure = any(regex.search("[0-9０-９]", p.text) and _is_figure(p) for p in pieces[1:])
    return has_figure and any(is_year(piece) for piece in pieces[1:])


def _is_figure(piece: Line) -> bool:
    return is_known_value(piece.text) and not is_year(piece)


def _pieces(line: Line) -> list[Line] | None:
    """The pieces of a line behind its bullet; a bracket goes with the figure before it."""
    text = line.text.rstrip("。")
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else split_marks(text).body_start
    pieces: list[Line] = []
    for piece in cut(part_of(line, start, len(text))):
        if piece.text[0] in "(（" and pieces and is_known_value(pieces[-1].text):
            pieces[-1] = merge_pieces([pieces[-1], piece], line)
        elif (glued := glued_measure(piece.text)) is not None:
            pieces.append(part_of(piece, 0, glued))
            pieces.append(part_of(piece, glued, len(piece.text)))
        else:
            pieces.append(piece)
    return pieces if pieces and "。" not in text else None


def _is_head(piece: Line) -> bool:
    head = read_head(piece.text)
    return head.role in MEASURES or head.role in _GRADES


def _may_name(rest: Sequence[Line]) -> bool:
    """[目標値]　令和５年度の一般就労移行者数　240人: the target's word before the name."""
    opens = read_head(rest[0].text)
    if opens.role is not Role.TARGET or opens.year is not None:
        return False
    return not is_year(rest[1]) and not _is_head(rest[1]) and not is_known_value(rest[1].text)


def _names(name: Line) -> bool:
    year = _YEAR_OF_NAME.fullmatch(name.text)
    words = part_of(name, *year.span("name")) if year is not None else name
    if find_role(words.text) in TEXTS or _opens_bracket(words.text):
        return False
    if is_unspecific(bare_quantity(words.text)):
        return False
    return is_name(words) and "。" not in words.text


def _opens_bracket(name: str) -> bool:
    """A line that begins with what was said behind the figure above it (（令和５年度 301人）), or with
    a caption over other lines (【指標の動き】)."""
    return (
        name.startswith(("【", "〔", "［", "[", "《", "＜", "<"))
        or _DIGIT_IN_BRACKET.match(name) is not None
    )


def _with_name(name: Line | None, rest: Sequence[Line]) -> MeasuredLine | None:
    unread: list[Line] = []
    figures = _figures(rest, unread)
    if figures is None or not _tells_apart(figures):
        return None
    told = _YEAR_OF_NAME.fullmatch(name.text) if name is not None else None
    if name is None or told is None:
        return MeasuredLine(name, tuple(figures), None, tuple(unread))
    if any(figure.year is not None for figure in figures[1:]):
        return None
    year, words = part_of(name, *told.span("year")), part_of(name, *told.span("name"))
    return MeasuredLine(words, tuple(figures), year, tuple(unread))


def _tells_apart(figures: Sequence[Measured]) -> bool:
    """No measure twice for one year."""
    keys = [
        (find_role(f.measure.text), f.year.text if f.year else None, f.quantity is None)
        for f in figures
    ]
    return len(set(keys)) == len(keys)


# -- figures -----------------------------------------------------------------------------------


def _figures(rest: Sequence[Line], unread: list[Line]) -> list[Measured] | None:
    """Head, then one value, or year and value by turns; head, …"""
    found: list[Measured] = []
    for head, values in _groups(rest):
        measure, year = _parted(head)
        if measure is None or not values:
            return None
        pairs = [(year, values[0])] if len(values) == 1 else _pairs(values)
        if pairs is None or (year is not None and len(values) > 1):
            return None
        for number, (own, value) in enumerate(pairs, 1):
            read = _read_value(value, Measured(value, measure, own), number, unread)
            if read is None:
                return None
            found += read
    return found


def _groups(rest: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    head, values = rest[0], list[Line]()
    for piece in rest[1:]:
        if _is_head(piece):
            yield head, values
            head, values = piece, []
        else:
            values.append(piece)
    yield head, values


def _parted(head: Line) -> tuple[Line | None, Line | None]:
    """令和６年度実績, 目標（令和8年度）: the measure and the year of a head that says both."""
    if find_role(head.text) is not None:
        return head, None
    year = _YEAR.search(head.text)
    if year is None:
        return None, None
    before, behind = head.text[: year.start()], head.text[year.end() :]
    start, end = (0, len(before)) if before.strip("(（ 　") else (year.end(), len(head.text))
    words = head.text[start:end]
    start += len(words) - len(words.lstrip("の末 　)）:：(（"))
    end -= len(words) - len(words.rstrip("の (（　)）"))
    measure = part_of(head, start, end)
    if find_role(measure.text) is None or (start == 0 and behind.strip("末時点現在()（）")):
        return None, None
    return measure, part_of(head, *year.span())


def _pairs(values: Sequence[Line]) -> list[tuple[Line | None, Line]] | None:
    years, figures = values[::2], values[1::2]
    if len(years) != len(figures) or not all(is_year(year) for year in years):
        return None
    return list(zip(years, figures, strict=True))


def _read_value(
    value: Line, figure: Measured, number: int, unread: list[Line]
) -> list[Measured] | None:
    """The figure, and what a bracket behind it gives for another measure or year, or adds up;
    `number` counts the figures of the measure."""
    role = find_role(figure.measure.text)
    if role in _GRADES:
        return [figure] if is_grade(value.text) else None
    bracketed = _BRACKETED.fullmatch(value.text)
    if bracketed is None:
        return [figure] if _is_figure(value) else None
    core = part_of(value, *bracketed.span("core"))
    inside = part_of(value, *bracketed.span("inside"))
    if not is_known_value(core.text) or is_year(inside) or find_role(inside.text) is not None:
        return None
    others = _sum(inside, figure, number) or _others(inside, figure)
    if others is not None:
        return [replace(figure, value=core), *others]
    if is_known_value(value.text) and not _says_more(inside):
        return [figure]
    unread += [part_of(value, bracketed.end("core"), len(value.text))]
    return [replace(figure, value=core)]


def _says_more(inside: Line) -> bool:
    """Does a bracket speak of a measure or a year that is not the figure's?"""
    return any(_is_head(piece) or is_year(piece) for piece in cut(inside))


def _sum(inside: Line, figure: Measured, number: int) -> list[Measured] | None:
    """３か年の累計　77人 behind the last of three figures, or 累計　77人: the figures before it added up."""
    pieces = cut(inside)
    match = _SUM.fullmatch(pieces[0].text) if len(pieces) == 2 and figure.year else None
    if match is None or not _is_figure(pieces[1]):
        return None
    if match["years"] and int(match["years"]) != number:
        return None
    return [replace(figure, value=pieces[1], quantity=pieces[0])]


def _others(inside: Line, figure: Measured) -> list[Measured] | None:
    """計画 45人／月、達成率 84.4％ of the same year; 令和５年度 301人 of the same measure."""
    pieces = cut(inside)
    if len(pieces) % 2 or not all(is_known_value(value.text) for value in pieces[1::2]):
        return None
    heads = pieces[::2]
    pairs = list(zip(heads, pieces[1::2], strict=True))
    if all(is_year(head) for head in heads):
        return [Measured(value, figure.measure, year) for year, value in pairs]
    if all(find_role(head.text) in _OF_THE_YEAR for head in heads):
        return [Measured(value, head, figure.year) for head, value in pairs]
    return None


# -- rows --------------------------------------------------------------------------------------


def measured_rows(line: MeasuredLine, label: Line | None) -> list[FigureRow]:
    """The figures of a line under a name, each beside its year."""
    return [
        FigureRow(
            figure.value,
            label=label,
            quantity=figure.quantity or line.quantity,
            measure=figure.measure,
            year=figure.year or line.year,
        )
        for figure in line.figures
    ]


def repeats(line: MeasuredLine, rows: Sequence[FigureRow], label: Line) -> bool:
    """Does a line without a name give again what the name above already has? Then it is of another
    indicator, whose name was lost."""
    known = {
        (find_role(row.measure.text), row.year.text if row.year else None, row.quantity)
        for row in rows
        if row.label is label and row.measure is not None
    }
    return any(
        (find_role(row.measure.text), row.year.text if row.year else None, row.quantity) in known
        for row in measured_rows(line, label)
        if row.measure is not None
    )


def found_rows(
    rows: Sequence[FigureRow], printed: Sequence[Printed], end: int, unread: Sequence[Line]
) -> Found:
    """The rows as a Grid, and a notice for each bracket that is not understood."""
    grid = with_aside(lay_figures(rows, (), printed), unread)
    return Found(grid, end, tuple(_notice(piece) for piece in unread))


def _notice(piece: Line) -> Notice:
    detail = f"nothing says what 「{piece.text[:80]}」 means: it is not published"
    return Notice("unread_figures", "warning", detail, piece.span)
