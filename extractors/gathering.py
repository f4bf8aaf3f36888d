"""Tables among bare lines: which layout, or which stream, gets which lines.

At each line every layout of `lines` is asked. Exactly one may claim it; when two do that make different tables
of it, or none does, the lines are read as a stream (`streams`), where all that they hold fits together; else none gets
them, and a tie is reported. A layout that leaves rows unread gives way to a stream that reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Block, Cell, Grid, Heading, Line, Notice, Prose, Span
from keikaku.extractors.grids import FIGURE_ROWS
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head, split_unit
from keikaku.extractors.lines import all_layouts
from keikaku.extractors.lines.head_places import (
    has_years_of_others,
    says_quantity_under_figures,
    stands_at_other_head,
)
from keikaku.extractors.lines.ordered_rows import names_columns_of
from keikaku.extractors.lines.printed import Found, Printed, print_lines, tokens_of
from keikaku.extractors.lines.term_heads import with_terms_over
from keikaku.extractors.said import find_said, reads_all, says_all
from keikaku.extractors.streams import find_stream
from keikaku.extractors.streams.heads import heads_of_line, is_head, read_heads
from keikaku.extractors.streams.measure_groups import find_groups
from keikaku.extractors.streams.names import is_one_name
from keikaku.extractors.words import is_quantity
from keikaku.normalizers.cells import is_value_like

_WIDE_GAP = regex.compile(r"\S(?: {2,}|[ \u3000]*\u3000[ \u3000]+)\S")
"""Cells set apart by blanks."""
_OF_YEARS = frozenset(("label", "unit", "year", "text"))
_SIDES = frozenset((Role.LABEL, Role.UNIT, Role.CONTENT))
_MOST_HEAD_LINES = 3
_REMARK = regex.compile(r"(?<=[^\s　（(])[（(][^()（）]*[)）]")
_BETWEEN_WORDS = regex.compile(r"[\s　、，,/／・｜|←→↔＜＞<>〈〉《》【】\[\]［］〔〕()（）]+")
_FARTHEST = 100
"""Lines from a refusal to the heads of a stream that it speaks of."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Blocks with line tables as Grids, and what was ambiguous."""

    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...]


def gather_tables(blocks: Sequence[Block], source: str) -> Gathered:
    """The same blocks, with the tables found among bare lines made into Grids."""
    result: list[Block] = []
    notices: list[Notice] = []
    run: list[Prose] = []
    heads: tuple[Heading, ...] = ()
    for block in blocks:
        if isinstance(block, Prose) and not block.is_item and not block.is_paragraph:
            _append_lines(run, block.lines, source)
            continue
        if isinstance(block, Grid) and block.origin == "tab" and names_columns_of(run, block):
            _append_lines(run, _lines_of(block, source), source)
            continue
        result.extend(_gather(run, source, notices, heads))
        run = []
        result.append(block)
        if isinstance(block, Heading):
            heads = (*(head for head in heads if head.level < block.level), block)
    result.extend(_gather(run, source, notices, heads))
    return Gathered(tuple(result), tuple(notices))


def _append_lines(run: list[Prose], lines: tuple[Line, ...], source: str) -> None:
    """Lines without a blank line before them belong to the group above, whatever a reader cut."""
    if run:
        start, end = run[-1].lines[-1].span.char_end, lines[0].span.char_start
        between = source[start:end].replace("\r\n", "\n")
        if not between.strip() and between.count("\n") + between.count("\r") == 1:
            run[-1] = Prose((*run[-1].lines, *lines))
            return
    run.append(Prose(lines))


def _lines_of(grid: Grid, source: str) -> tuple[Line, ...]:
    """The rows of a tab table as the lines that they were printed as."""
    lines = []
    for row in grid.rows():
        start, end = row[0].span.char_start or 0, row[-1].span.char_end or 0
        lines.append(Line(source[start:end], Span(start, end)))
    return tuple(lines)


def _gather(
    run: Sequence[Prose], source: str, notices: list[Notice], heads: tuple[Heading, ...]
) -> Iterator[Block]:
    printed = print_lines(run, source, heads)
    at, kept = 0, 0
    while at < len(printed):
        found = _ask(printed, at, notices)
        if found is None:
            at += 1
            continue
        if at > kept and (below := with_terms_over(found, printed, at)) is not None:
            found, at = below, at - 1
        else:
            found = _without_lost_measures(found, printed, at)
        found = _without_shifted_heads(found, source)
        notices.extend(found.notices)
        if found.grid is not None:
            yield from _regroup(printed[kept:at])
            yield found.grid
            kept = found.end
        at = found.end
    yield from _regroup(printed[kept:])


def _without_lost_measures(found: Found, printed: Sequence[Printed], at: int) -> Found:
    """区分 実績 見込量 right over サービス名 令和４年度 … 令和７年度, and no part of the table: which years stand under which
    measure nobody could tell, and what the title says is not of all of them."""
    if found.grid is None:
        return found
    own = heads_of_line(printed[at].line, at, is_first=True) or ()
    is_bare = sum(p.kind == "year" for p in own) > 1 and {p.kind for p in own} <= _OF_YEARS
    if not is_bare or len(_measures_above(printed, at)) < 2:
        return found
    detail = f"「{printed[at - 1].line.text[:60]}」 stands over the years below it, and over which is not told"
    return Found(
        None, found.end, (Notice("heads_not_understood", "warning", detail, found.grid.span),)
    )


def _without_shifted_heads(found: Found, source: str) -> Found:
    """A table of which a head was lost, so that its figures stand at the heads of others, or that has but the
    years of the row above for heads."""
    if found.grid is None:
        return found
    if has_years_of_others(found.grid):
        cell: Cell | None = found.grid.cells[-1]
    else:
        cell = stands_at_other_head(found.grid, source)
        if found.grid.origin == "aligned":
            cell = cell or says_quantity_under_figures(found.grid)
    if cell is None:
        return found
    detail = f"the head of 「{cell.text[:40]}」 was lost, or is another's: its table is not read"
    return Found(None, found.end, (Notice("heads_not_understood", "warning", detail, cell.span),))


def _measures_above(printed: Sequence[Printed], at: int) -> set[Role]:
    """The measures that the lines above name which say nothing else: 実績 見込量, （実績） （見込量）, 実績 / 見込量."""
    told: set[Role] = set()
    for item in reversed(printed[max(0, at - _MOST_HEAD_LINES) : at]):
        words = [w for w in _BETWEEN_WORDS.split(_REMARK.sub(" ", item.line.text)) if w]
        roles = [find_role(word) or read_head(word).role for word in words]
        if not roles or not all(role in MEASURES | _SIDES for role in roles):
            break
        told |= {role for role in roles if role in MEASURES}
    return told


def _ask(printed: Sequence[Printed], at: int, notices: list[Notice]) -> Found | None:
    """What is made of the lines from `at` on: measures in turn where nothing else reads as many of them. Lines that
    keep their places know more than their order."""
    found = _ask_layouts(printed, at, notices)
    groups = find_groups(printed, at)
    if groups is None or _keeps_places(printed[at : groups.end]):
        return found
    is_more = found is None or found.grid is None or found.end < groups.end
    return groups if is_more else found


def _ask_layouts(printed: Sequence[Printed], at: int, notices: list[Notice]) -> Found | None:
    claims = [claim for layout in all_layouts() if (claim := layout(printed, at)) is not None]
    if not claims:
        return _ask_streams(printed, at) or find_said(printed, at)
    if all(claim == claims[0] for claim in claims[1:]):
        return _whole(claims[0], printed, at)
    if (whole := find_stream(printed, at) or find_said(printed, at)) is not None:
        return whole
    origins = " and ".join(claim.grid.origin if claim.grid else "unread" for claim in claims)
    line = printed[at].line
    detail = f"「{line.text[:60]}」 reads as {origins}: neither was taken"
    notices.append(Notice("ambiguous_layout", "warning", detail, line.span))
    return None


def _whole(claim: Found, printed: Sequence[Printed], at: int) -> Found | None:
    """What a layout made of the lines; where it left rows unread that fit together in a stream, the stream.
    A refusal gives way to a stream that begins among the lines it speaks of, but for lines that keep their
    places: those know more than a stream does."""
    if claim.grid is not None and len(claim.grid.cells) == 1:
        return find_said(printed, at) or claim  # a line that the layout does not read either
    if (
        claim.grid is not None
        and claim.grid.origin == FIGURE_ROWS
        and says_all(printed, at, claim.end)
    ):
        return find_said(printed, at)
    if claim.grid is not None and not claim.notices:
        lines = printed[at : claim.end]
        is_lost = not _keeps_places(lines) and _lacks_names(lines)
        stream = find_stream(printed, at) if is_lost else None
        return stream if stream is not None and stream.end >= claim.end else claim
    stream = find_stream(printed, at)
    if _keeps_places(printed[at : claim.end]) and (
        stream is None or not _is_plain(stream, printed[at : stream.end])
    ):
        return claim
    if claim.grid is not None:
        return stream if stream is not None and stream.end > claim.end else claim
    if stream is not None:
        return stream
    if reads_all(printed, at, claim.end):
        return find_said(printed, at)
    near = range(at + 1, min(claim.end, at + _FARTHEST))
    begins = any(find_stream(printed, n) is not None for n in near)
    return None if begins else claim


def _lacks_names(items: Sequence[Printed]) -> bool:
    """Rows that say no more than what they count (利用時間（時間/月） 1,790): their name is that of another row."""
    rows = (tokens_of(item.line) for item in items)
    return any(
        len(row) > 1
        and is_quantity((split_unit(row[0].text) or (row[0].text,))[0])
        and is_value_like(row[1].text)
        for row in rows
    )


def _keeps_places(items: Sequence[Printed]) -> bool:
    return any(_WIDE_GAP.search(item.line.text) for item in items)


def _is_plain(found: Found, items: Sequence[Printed]) -> bool:
    """Does a stream of lines that keep their places ask nothing of them: no head below another that it may say
    more of, no names of which only the place tells that they are one, no words of a form beside them?"""
    if any(item.margin for item in items):
        return False
    cells = found.grid.cells if found.grid is not None else ()
    parted = [cell.lines for cell in cells if len(cell.lines) > 1]
    return not any(map(is_head, parted)) and all(map(is_one_name, parted))


def _ask_streams(printed: Sequence[Printed], at: int) -> Found | None:
    """A table that no layout knows by its looks, nor any part of it but single rows, of lines that lost their
    places. One that begins among its heads and reads more may know better where they begin; one that reads none of
    its rows knows less."""
    found = find_stream(printed, at)
    if found is None:
        return None
    items = printed[at : found.end]
    if _keeps_places(items) and not _is_plain(found, items):
        return None
    heads = read_heads(printed, at)
    body = heads.end if heads is not None else at + 1
    claims = (
        (n, claim)
        for n in range(at + 1, found.end)
        for layout in all_layouts()
        if (claim := layout(printed, n)) is not None
    )
    reads = ((n, claim) for n, claim in claims if claim.grid is not None)
    known = any(claim.end > found.end or (n >= body and claim.end > n + 1) for n, claim in reads)
    return None if known else found


def _regroup(printed: Sequence[Printed]) -> Iterator[Prose]:
    lines: list[Line] = []
    group = -1
    for item in printed:
        if item.group != group and lines:
            yield Prose(tuple(lines))
            lines = []
        group = item.group
        lines.append(item.line)
    if lines:
        yield Prose(tuple(lines))
