"""Which heads stand over which columns, where a stream of words lost their places.

``令和６年度 令和７年度 令和８年度`` / ``見込 実績 達成率 見込 実績 見込``, ``目標値 実績値 評価`` / ``令和５年度末 令和３年度 …``: what
repeats under each year, and which years follow each other, tell it in one way only; or the heads are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, pairwise

from keikaku.extractors.document import Line, Span
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import Role
from keikaku.extractors.lines.printed import cell_of
from keikaku.extractors.streams.head_pairs import pairs_of_lines
from keikaku.extractors.streams.heads import HeadPiece, Heads
from keikaku.extractors.words import is_in_brackets, joined
from keikaku.normalizers.plan_terms import named_term, terms_of_years

_PLANS = frozenset((Role.PROJECTED, Role.TARGET))
_COMPARED = frozenset((Role.RATE, Role.GAP, Role.GRADE, Role.EVALUATION))
_STILL_TO_COME = _COMPARED | {Role.ACTUAL}
_OF_ONE_YEAR = frozenset((Role.TARGET, Role.BASELINE))
_MOST_VALUES = 24
_MOST_YEARS = 7
_MOST_MEASURES = 5
"""More than any table prints; the ways to share them out grow with their number."""


@dataclass(frozen=True, slots=True)
class Group:
    """A head over one leaf or more; a leaf without a head over it stands alone, under no head."""

    over: HeadPiece | None
    leaves: tuple[HeadPiece, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns left to right: labels, perhaps a unit, perhaps the measure that each row is of (区分: 計画 and
    実績 in turn), values, perhaps a column of text."""

    labels: tuple[HeadPiece, ...]
    unit: HeadPiece | None
    turn: HeadPiece | None
    groups: tuple[Group, ...]
    text: HeadPiece | None
    depth: int = 1
    """Figures over each other in each place: 上段は見込量、下段は実績."""

    @property
    def leaves(self) -> tuple[HeadPiece, ...]:
        """The heads right over the values."""
        return tuple(leaf for group in self.groups for leaf in group.leaves)

    @property
    def names_years(self) -> bool:
        """Are the rows years: 年度 over 令和３年度, 令和４年度?"""
        return len(self.labels) == 1 and self.labels[0].head.role is Role.TERM

    @property
    def label_width(self) -> int:
        """Columns of labels: one where no head names them."""
        return max(1, len(self.labels))

    @property
    def figure_width(self) -> int:
        """Columns of labels, unit and values."""
        beside = (self.unit is not None) + (self.turn is not None)
        return self.label_width + beside + len(self.leaves)

    def head_rows(self) -> list[list[PrintedCell]]:
        """The heads as rows of cells."""
        depth = 2 if any(group.over is not None for group in self.groups) else 1
        first = (self.unit or self.groups[0].leaves[0]).lines[0]
        top = [_cell(piece, depth) for piece in self.labels] or [_corner(first, depth)]
        top += [_cell(piece, depth) for piece in (self.unit, self.turn) if piece is not None]
        under: list[PrintedCell] = []
        for group in self.groups:
            if group.over is None:
                top += [_cell(leaf, depth) for leaf in group.leaves]
                continue
            top.append(_cell(group.over, 1, len(group.leaves)))
            under += [_cell(leaf) for leaf in group.leaves]
        top += [_cell(self.text, depth)] if self.text is not None else []
        return [top, under] if under else [top]


def _cell(piece: HeadPiece, rows: int = 1, columns: int = 1) -> PrintedCell:
    return cell_of(piece.lines, rows, columns)


def _corner(beside: Line, depth: int) -> PrintedCell:
    start = beside.span.char_start
    return PrintedCell((), Span(start, start), depth, 1)


def columns_under(heads: Heads) -> Iterator[Columns]:
    """Every way in which the heads may stand over columns."""
    pieces = list(heads.pieces)
    labels: list[HeadPiece] = []
    while pieces and (pieces[0].kind == "label" or _heads_goals(pieces)):
        labels.append(pieces.pop(0))
    unit = pieces.pop(0) if pieces and pieces[0].kind == "unit" else None
    turn = pieces.pop(0) if unit is not None and pieces and pieces[0].kind == "label" else None
    texts = [n for n, piece in enumerate(pieces) if piece.kind == "text"]
    core = [piece for piece in pieces if piece.kind != "text"]
    if len(labels) > 2 or len(texts) > 1 or any(p.kind in ("label", "unit") for p in core):
        return
    if texts and any(not _may_stand_left_of_text(p, pieces[texts[0]]) for p in pieces[texts[0] :]):
        return
    text = pieces[texts[0]] if texts else None
    for groups in _groupings(core, heads):
        if sum(len(group.leaves) for group in groups) <= _MOST_VALUES:
            yield Columns(tuple(labels), unit, turn, groups, text)


def _heads_goals(pieces: Sequence[HeadPiece]) -> bool:
    """目標 left of 項目 heads the goals that the names belong to."""
    is_left = len(pieces) > 1 and pieces[1].kind == "label" and pieces[1].row == pieces[0].row
    return is_left and pieces[0].kind == "measure"


def _may_stand_left_of_text(piece: HeadPiece, text: HeadPiece) -> bool:
    """Heads behind 備考 belong to the left of it where they stand on a line below."""
    return piece is text or piece.row > text.row


def _groupings(core: Sequence[HeadPiece], heads: Heads) -> Iterator[tuple[Group, ...]]:
    if not core:
        return
    kinds = {piece.kind for piece in core}
    is_one_line = len({piece.row for piece in core}) == 1
    paired = _pairs(core)
    for flat in (core, paired) if len(paired) < len(core) else (core,):
        if "counted" in kinds:
            break
        if _all_differ(flat) and (is_one_line or not {"year", "measure"} <= {p.kind for p in flat}):
            yield _alone(flat)
    if is_one_line or not (
        kinds & {"year", "counted"} and kinds & {"measure", "compared", "grade"}
    ):
        return
    if (pairs := pairs_of_lines(core)) is not None:
        yield _alone(pairs)
        return
    before, middle, behind = _own_leaves_apart(core)
    ways = [
        _counts_over_measures(middle),
        _counts_each_over_measures(middle),
        _each_year_over_its_own(middle),
        _years_over_measures(middle),
        _measures_over_years(middle, {"measure"}),
        _measures_over_years(middle, {"measure", "compared"}),
        _years_each_over_measures(middle),
        _measures_each_over_years(middle),
        _measures_over_years_of_terms(middle),
    ]
    given = list(dict.fromkeys(way for way in ways if way is not None))
    if heads.is_stacked and _may_be_flat(middle):
        given.append(tuple(Group(None, (piece,)) for piece in middle))
    if heads.is_stacked and not given and (each := _each_year_with_its_measure(middle)):
        given.append(_alone(each))
    for way in given:
        yield (*_alone(before), *way, *_alone(behind))


def _alone(pieces: Sequence[HeadPiece]) -> tuple[Group, ...]:
    return tuple(Group(None, (piece,)) for piece in pieces)


def _pairs(core: Sequence[HeadPiece]) -> list[HeadPiece]:
    """R6 実績 on one line: a year and the measure right behind it are one head."""
    result: list[HeadPiece] = []
    for piece in core:
        on_one_line = bool(result) and result[-1].row == piece.row
        if on_one_line and result[-1].kind == "year" and piece.kind == "measure":
            result[-1] = result[-1].with_more(piece)
        else:
            result.append(piece)
    return result


def _all_differ(core: Sequence[HeadPiece]) -> bool:
    told = [_told(piece) for piece in core]
    return len(set(told)) == len(told)


def _told(piece: HeadPiece) -> tuple[str, int | None, int | None]:
    year = piece.head.year
    words = "" if piece.kind == "year" else "".join(line.text for line in piece.lines)
    return words, year.year if year else None, year.last if year else None


def _each_year_with_its_measure(core: Sequence[HeadPiece]) -> list[HeadPiece]:
    """R6年度 / 実績 / 目標値 （R8年度末） / 進捗: among heads that say year and measure themselves, a year and the one measure below
    it are a head as well; none where a year or a measure is left alone."""
    result: list[HeadPiece] = []
    for piece in core:
        if piece.kind == "measure" and result and result[-1].kind == "year":
            result[-1] = result[-1].with_more(piece)
        else:
            result.append(piece)
    told = [piece for piece in result if piece.kind not in ("compared", "grade")]
    is_sure = any(piece.kind == "both" for piece in core) and _all_differ(result)
    return result if is_sure and all(piece.kind == "both" for piece in told) else []


def _may_be_flat(core: Sequence[HeadPiece]) -> bool:
    """目標値 / 令和６年度 / 令和７年度, each a column: no measure and no year comes twice."""
    measures = [piece for piece in core if piece.kind == "measure"]
    return len(measures) == 1 and core[0] is measures[0] and _all_differ(core)


def _own_leaves_apart(
    core: Sequence[HeadPiece],
) -> tuple[Sequence[HeadPiece], Sequence[HeadPiece], Sequence[HeadPiece]]:
    """Heads at both ends that say measure and year themselves are columns of their own."""
    start, end = 0, len(core)
    while start < end and core[start].kind == "both":
        start += 1
    while end > start and core[end - 1].kind == "both":
        end -= 1
    return core[:start], core[start:end], core[end:]


# -- the four ways -----------------------------------------------------------------------------


def _years_over_measures(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """令和６年度 令和７年度 / 見込 実績 見込 実績, perhaps a grade of all behind them."""
    count = next((n for n, piece in enumerate(core) if piece.kind != "year"), len(core))
    years, leaves = core[:count], list(core[count:])
    if not years or not leaves or any(p.kind in ("year", "both") for p in leaves):
        return None
    if len({_told(year) for year in years}) < len(years):
        return None
    behind: list[HeadPiece] = []
    early = [leaf for leaf in leaves if leaf.row == years[-1].row and leaf.kind == "grade"]
    if len(early) == 1 and leaves[0] is early[0]:
        behind, leaves = early, leaves[1:]
    widths = share(leaves, len(years))
    if widths is None and leaves and leaves[-1].kind == "grade" and not behind:
        behind, leaves = [leaves[-1]], leaves[:-1]
        widths = share(leaves, len(years))
    if widths is None:
        return None
    return (*_grouped(years, leaves, widths), *_alone(behind))


def _counts_over_measures(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """利用者数（人） 利用量（人日） / 計画値 実績値 計画値 実績値: the same measures of each, in the table of one service."""
    count = next((n for n, piece in enumerate(core) if piece.kind != "counted"), len(core))
    over, leaves = core[:count], core[count:]
    if not over or not leaves or any(p.kind not in ("measure", "compared") for p in leaves):
        return None
    each, rest = divmod(len(leaves), len(over))
    words = [_told(leaf) for leaf in leaves]
    if rest or words != words[:each] * len(over) or len(set(words[:each])) < each:
        return None
    return tuple(_grouped(over, leaves, [each] * len(over)))


def _counts_each_over_measures(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """利用者数 / 計画値（人） / 実績値（人） / 利用量 / 計画値（時間） / 実績値（時間）: each quantity right over the same measures."""
    starts = [n for n, piece in enumerate(core) if piece.kind == "counted"]
    if len(starts) < 2 or starts[0] != 0 or starts[-1] == len(core) - 1:
        return None
    parts = [core[a:b] for a, b in pairwise((*starts, len(core)))]
    roles = [[piece.head.role for piece in part[1:]] for part in parts]
    is_plain = all(p.kind in ("measure", "compared") for part in parts for p in part[1:])
    words = {_told(part[0]) for part in parts}
    if not is_plain or len(words) < len(parts) or len(set(roles[0])) < len(roles[0]):
        return None
    if not roles[0] or any(other != roles[0] for other in roles):
        return None
    return tuple(Group(part[0], tuple(part[1:])) for part in parts)


def _each_year_over_its_own(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """令和６年度 令和７年度 令和７年度 / 実績値 計画値 進捗率: as many years as measures, one of them more than once."""
    half, rest = divmod(len(core), 2)
    years, leaves = core[:half], core[half:]
    if rest or any(piece.kind != "year" for piece in years):
        return None
    if any(piece.kind not in ("measure", "compared", "grade") for piece in leaves):
        return None
    told = [_told(year) for year in years]
    pairs = list(zip(told, map(_told, leaves), strict=True))
    if len(set(told)) == len(told) or len(set(pairs)) < len(pairs):
        return None
    return tuple(_grouped(years, leaves, [1] * half))


def _grouped(
    over: Sequence[HeadPiece], leaves: Sequence[HeadPiece], widths: Sequence[int]
) -> Iterator[Group]:
    start = 0
    for piece, width in zip(over, widths, strict=True):
        yield Group(piece, tuple(leaves[start : start + width]))
        start += width


def share(leaves: Sequence[HeadPiece], years: int) -> list[int] | None:
    """How many of the measures stand under each year, where one way alone makes sense."""
    count = len(leaves)
    if not years <= count <= _MOST_VALUES or years > _MOST_YEARS:
        return None
    sound, loose = [], []
    for cuts in combinations(range(1, count), years - 1):
        groups = [leaves[a:b] for a, b in pairwise((0, *cuts, count))]
        widths = [len(group) for group in groups]
        sound += [widths] if _make_sense(groups) else []
        loose += [widths] if _may_be_cut_short(groups) else []
    return sound[0] if len(sound) == 1 and loose in ([], sound) else None


def _may_be_cut_short(groups: Sequence[Sequence[HeadPiece]]) -> bool:
    """The same measures under each year, the last without some: 実績 見込 実績 見込 実績 under three years."""
    *before, last = [[piece.head.role for piece in group] for group in groups]
    cycle = before[0] if before else last
    same = all(roles == cycle for roles in before) and len(set(cycle)) == len(cycle)
    return same and last == cycle[: len(last)]


def _make_sense(groups: Sequence[Sequence[HeadPiece]]) -> bool:
    """The same measures in the same order under each year; the first may have its 実績 alone, the last lack
    what is still to come; a comparison stands behind what it compares."""
    told = [[piece.head.role for piece in group] for group in groups]
    if not all(map(_is_sound, groups)):
        return False
    if all(roles == told[0] for roles in told):
        return True
    full = max(told, key=len)
    if Role.ACTUAL not in full or not _PLANS & set(full) or full.index(Role.ACTUAL) == 0:
        return False
    following = told[1:] if told[0] == [Role.ACTUAL] else told
    return following[0] == full and all(
        _lacks_what_is_to_come(a, b) for a, b in pairwise(following)
    )


def _lacks_what_is_to_come(before: Sequence[Role | None], roles: Sequence[Role | None]) -> bool:
    """見込 実績 達成率, then 見込 実績, then 見込 alone: a later year may lack what is not known yet."""
    kept = [role for role in before if role in roles]
    return kept == list(roles) and _STILL_TO_COME.issuperset(set(before) - set(roles))


def _is_sound(group: Sequence[HeadPiece]) -> bool:
    words = ["".join(line.text for line in piece.lines) for piece in group]
    roles = [piece.head.role for piece in group]
    if len(set(words)) < len(words):
        return False
    compared = [n for n, role in enumerate(roles) if role in (Role.RATE, Role.GAP)]
    return all(_PLANS & set(roles[:n]) and Role.ACTUAL in roles[:n] for n in compared)


def _measures_over_years(core: Sequence[HeadPiece], kinds: Set[str]) -> tuple[Group, ...] | None:
    """目標値 実績値 評価 / 令和５年度末 令和３年度 令和４年度 令和５年度: years that follow each other are of one measure.
    `kinds`: which heads have years of their own."""
    count = next((n for n, piece in enumerate(core) if piece.kind == "year"), len(core))
    over, years = core[:count], core[count:]
    if not years or any(piece.kind != "year" for piece in years):
        return None
    measures = [piece for piece in over if piece.kind in kinds]
    if (
        not measures
        or {piece.kind for piece in measures} != kinds
        or over[0] is not measures[0]
        or any(p.kind == "both" for p in over)
    ):
        return None
    widths = _runs(years, measures)
    if widths is None:
        return None
    shares = dict(zip(map(id, measures), _parts(years, widths), strict=True))
    return tuple(
        Group(piece, shares[id(piece)]) if id(piece) in shares else Group(None, (piece,))
        for piece in over
    )


def _measures_over_years_of_terms(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """第７期実績 第８期見込量 / 令和６年度 … 令和１１年度: each year is of the one term that holds it."""
    count = next((n for n, piece in enumerate(core) if piece.kind == "year"), len(core))
    over, years = core[:count], core[count:]
    if len(over) < 2 or any(p.kind != "measure" for p in over):
        return None
    if any(piece.kind != "year" for piece in years) or not _all_differ(years):
        return None
    terms = [named_term(joined(piece.lines)) for piece in over]
    owners = [[n for n, term in enumerate(terms) if _holds(term, year)] for year in years]
    owner = [own[0] for own in owners if len(own) == 1]
    if len(owner) < len(years) or owner != sorted(owner) or set(owner) != set(range(len(over))):
        return None
    return tuple(_grouped(over, years, [owner.count(n) for n in range(len(over))]))


def _holds(term: int | None, piece: HeadPiece) -> bool:
    year = piece.head.year
    if term is None or year is None:
        return False
    return any(known.term == term for known in terms_of_years(year.year, year.last or year.year))


def _parts(years: Sequence[HeadPiece], widths: Sequence[int]) -> Iterator[tuple[HeadPiece, ...]]:
    start = 0
    for width in widths:
        yield tuple(years[start : start + width])
        start += width


def _runs(pieces: Sequence[HeadPiece], measures: Sequence[HeadPiece]) -> list[int] | None:
    """How many years each measure has, where one way alone lets those of each follow each other. Years in brackets beside
    others without are each the one year of a measure: （令和４年度末） 令和６年度 令和７年度 （令和８年度末）."""
    ways = []
    years = [p.head.year.year for p in pieces if p.head.year]
    bracketed = [n for n, p in enumerate(pieces) if is_in_brackets(joined(p.lines))]
    alone = set(bracketed) if len(bracketed) < len(pieces) else set[int]()
    if len(years) > _MOST_VALUES or len(measures) > _MOST_MEASURES:
        return None
    for cuts in combinations(range(1, len(years)), len(measures) - 1):
        ends = (0, *cuts, len(years))
        parts = [years[a:b] for a, b in pairwise(ends)]
        if any(b - a > 1 and alone & set(range(a, b)) for a, b in pairwise(ends)):
            continue
        pairs = enumerate(pairwise(zip(parts, measures, strict=True)), start=1)
        shown = all(bool(alone & {ends[n] - 1, ends[n]}) or _shows_end(pair) for n, pair in pairs)
        if shown and all(b == a + 1 for part in parts for a, b in pairwise(part)):
            ways.append([len(part) for part in parts])
    return ways[0] if len(ways) == 1 else None


def _shows_end(parts: tuple[tuple[Sequence[int], HeadPiece], ...]) -> bool:
    """Do the years of a measure begin again behind those of the one before? The one year of a target, or of
    what it starts from, need only be away from the others."""
    (before, one), (behind, other) = parts
    if behind[0] <= before[-1]:
        return True
    lone = ((before, one), (behind, other)) if behind[0] != before[-1] + 1 else ()
    return any(len(years) == 1 and piece.head.role in _OF_ONE_YEAR for years, piece in lone)


def _years_each_over_measures(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """令和８年度 / 目標値 / 令和６年度 / 実績 / 進捗率: each year right over what is of it."""
    starts = [n for n, piece in enumerate(core) if piece.kind == "year"]
    if len(starts) < 2 or starts[0] != 0 or starts[-1] == len(core) - 1:
        return None
    parts = [core[a:b] for a, b in pairwise((*starts, len(core)))]
    if any(len(part) < 2 or any(p.kind == "both" for p in part[1:]) for part in parts):
        return None
    behind: list[HeadPiece] = []
    widest = max(len(part) for part in parts[:-1])
    last = list(parts[-1])
    while len(last) > widest and last[-1].kind in ("compared", "grade"):
        behind.insert(0, last.pop())
    groups = [Group(part[0], tuple(part[1:])) for part in (*parts[:-1], last)]
    named = [(_told(g.over), _told(leaf)) for g in groups if g.over for leaf in g.leaves]
    if len(set(named)) < len(named):
        return None
    return (*groups, *_alone(behind))


def _measures_each_over_years(core: Sequence[HeadPiece]) -> tuple[Group, ...] | None:
    """目標値 / 令和８年度 / 実績値 / 令和６年度 / 令和７年度: each measure right over its years."""
    starts = [n for n, piece in enumerate(core) if piece.kind == "measure"]
    if len(starts) < 2 or starts[0] != 0:
        return None
    behind: list[HeadPiece] = []
    rest = list(core)
    while rest and rest[-1].kind in ("compared", "grade"):
        behind.insert(0, rest.pop())
    parts = [rest[a:b] for a, b in pairwise((*starts, len(rest)))]
    if any(len(part) < 2 or any(p.kind != "year" for p in part[1:]) for part in parts):
        return None
    return (*(Group(part[0], tuple(part[1:])) for part in parts), *_alone(behind))
