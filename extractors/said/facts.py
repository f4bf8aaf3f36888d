"""What a line says of each of its figures: the name, year, measure and unit that stand with it.

The first figure of a line shows in which order they are said; a later one may leave out what it shares with the one
before it, from the outside in: ``令和6年度、見込量:331人、実績:338人`` says the year once, ``計画 3年度 4,300、4年度 4,420`` the measure.
``41人（R2） → 47人（R3）`` says each year behind. A line in which one figure says more or other things than the others is
not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.headings import named_years
from keikaku.extractors.heads import MEASURES, find_box, find_role, read_head
from keikaku.extractors.lines.printed import part_of
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.row_marks import without_mark
from keikaku.extractors.lines.statements import is_name
from keikaku.extractors.said.pieces import GRADES, Piece, pieces_of
from keikaku.extractors.words import is_category
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.values import Standing

_LONGEST_WORDS = 20
_LONGEST_GRADE = 4
_PLAIN = regex.compile(
    r"(?:約|概ね|およそ)?[\s　]*[-－−△▲＋+]?[0-9０-９][0-9０-９,，.．]*[^\s　の0-9０-９]{1,8}(?:[(（][^()（）]*[)）])?"
)
"""58,700時間（98.7％), and no rule (令和３年度実績の1.28倍以上)."""
_SUM = regex.compile(r"[(（][^()（）]*(?:累計|累積|合計|通算)[^()（）]*[0-9０-９]")
"""24人（３年間の累計 61人）: of several years, and not of its own alone."""
_ARROW = regex.compile("[→⇒➡]")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure and what its line says of it. `both`: year and measure in one piece (令和6年度実績)."""

    value: Line
    name: Line | None = None
    quantity: Line | None = None
    year: Line | None = None
    measure: Line | None = None
    both: Line | None = None
    unit: Line | None = None
    is_led_to: bool = False
    """Behind an arrow."""
    is_year_behind: bool = False
    apart_from: Line | None = None
    """The measure of the figures before the arrow, where those behind it are of another: 目標 19人 → 令和3年度 2人."""
    is_in_order: bool = False
    """Heads over the line say by their order what it is."""


@dataclass(slots=True)
class _Item:
    before: list[Piece] = field(default_factory=list)
    value: Piece | None = None
    behind: list[Piece] = field(default_factory=list)
    is_in_other_unit: bool = False
    """3,980人 58,700時間: the figure before it once more, counted otherwise."""

    @property
    def order(self) -> tuple[str, ...]:
        """The kinds of words before the figure, in their order."""
        return tuple(kind_of(piece) for piece in self.before)


def kind_of(piece: Piece) -> str:
    """name, year, measure, both or unit."""
    if piece.kind != "head":
        return "name"
    head = piece.head
    is_measure = head.role in MEASURES or head.role in GRADES
    if is_measure:
        return "both" if head.year is not None else "measure"
    return "unit" if head.unit is not None else "year"


@lru_cache(maxsize=4_096)
def facts_of(line: Line) -> tuple[Said, ...]:
    """The figures of a line with what it says of them; none where it does not say it in one way."""
    return facts_of_pieces(pieces_of(line))


@lru_cache(maxsize=4_096)
def facts_of_pieces(pieces: tuple[Piece, ...]) -> tuple[Said, ...]:
    """The figures of a line that is cut into pieces already."""
    items = _items(pieces)
    if not items or any(item.value is None for item in items):
        return ()
    first = items[0]
    if len(set(first.order)) < len(first.order) and not _names_a_quantity(first.before):
        return ()
    items = _parted_by_unit(items)
    said_behind = [item for item in items if not item.is_in_other_unit]
    behind = {tuple(sorted(_plain_kind(p) for p in item.behind)) for item in said_behind}
    if len(behind) > 1 or any(set(item.order) & set(map(kind_of, item.behind)) for item in items):
        return ()
    found = _in_one_order(items)
    if any(item.value is not None and _SUM.search(item.value.line.text) for item in items):
        return ()
    named = {item.value.after == "は" for item in items if "name" in item.order and item.value}
    if len(named) > 1:
        return ()  # 事業所割合　２割５分以上　対象となる事業所は３か所: a remark behind
    return found if _ascend(found) and all(map(_is_named_by_words, found)) else ()


def _in_one_order(items: Sequence[_Item]) -> tuple[Said, ...]:
    """Each figure with what is said of it, or was said before it; none where one of them breaks the order."""
    base, told, apart = items[0], dict[str, list[Piece]](), None
    found: list[Said] = []
    for item in items:
        order = item.order
        names = {"name": told["name"]} if "name" in told else {}
        if item.is_in_other_unit:
            found.append(_said(item, told))
            continue
        if item is items[-1] and names and _is_grade(item):
            found.append(_said(item, {**names, **_by_kind(item.before)}))
            continue
        if _opens_series(item, told):
            base, told, apart = item, names, told["measure"][-1].line
        elif item is not base and order != base.order[len(base.order) - len(order) :]:
            return ()
        if not order and not item.behind:
            return ()  # a figure of which nothing is said, or two of the same words
        told = {**told, **_by_kind(item.before), **_counted_anew(item, told)}
        found.append(replace(_said(item, told), apart_from=apart))
    return tuple(found)


def _counted_anew(item: _Item, told: Mapping[str, list[Piece]]) -> dict[str, list[Piece]]:
    """…:月間利用者数、…。月間利用日数、…: the name of the first, counted otherwise."""
    names, own = told.get("name", []), [piece for piece in item.before if kind_of(piece) == "name"]
    is_other = len(names) == 2 and len(own) == 1 and says_quantity(own[0].line.text)
    return {"name": [names[0], own[0]]} if is_other else {}


def _is_grade(item: _Item) -> bool:
    """評価 Ａ behind the figures of a name."""
    return item.order == ("measure",) and item.before[0].head.role in GRADES


def _opens_series(item: _Item, told: Mapping[str, Sequence[Piece]]) -> bool:
    """→ 令和3年度 2人 behind 目標 19人: figures of other years, and of another measure than the one before the arrow."""
    is_led_to = any(_ARROW.search(piece.after) for piece in item.before)
    return item.order == ("year",) and is_led_to and "measure" in told and "year" not in told


def _ascend(facts: Sequence[Said]) -> bool:
    """Do years of the same words follow each other?"""
    series: dict[tuple[str | None, ...], list[int]] = {}
    for said in facts:
        words = (said.name, said.quantity, said.measure, said.unit)
        key = (unit_of(said.value.text), *(w.text if w is not None else None for w in words))
        year = read_head(said.year.text).year if said.year is not None else None
        if year is not None:
            series.setdefault(key, []).append(year.year)
    return all(a <= b for years in series.values() for a, b in pairwise(years))


_ENDS_IN_PARTICLE = regex.compile("[はがをにでもと]\\Z")


def _is_named_by_words(said: Said) -> bool:
    """A name holds no figure (現状は171人で), no year (令和５年度の施設入所者数) and ends in no particle."""
    if said.name is None:
        return True
    text = said.name.text
    holds_year = bool(named_years(text)) and not indicators_named(text)
    return is_name(said.name) and _ENDS_IN_PARTICLE.search(text) is None and not holds_year


def _parted_by_unit(items: Sequence[_Item]) -> list[_Item]:
    """Figures right behind others of which nothing is said but that they are in another unit."""
    units: set[str | None] = set()
    for item in items:
        assert item.value is not None
        unit = unit_of(item.value.line.text)
        bare = not item.order and not item.behind and _PLAIN.fullmatch(item.value.line.text)
        if bare and unit is not None and units and None not in units and unit not in units:
            item.is_in_other_unit = True
            units.add(unit)
        else:
            units = {unit} if not item.behind else set()
    return list(items)


def unit_of(text: str) -> str | None:
    """The one unit of a figure's main value."""
    try:
        values = parse_cell(text)
    except UnreadText:
        return None
    main = {value.unit for value in values if value.standing is Standing.MAIN}
    return next(iter(main)) if len(main) == 1 else None


def _plain_kind(piece: Piece) -> str:
    kind = kind_of(piece)
    return "year" if kind == "both" else kind


def _by_kind(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(kind_of(piece), []).append(piece)
    return found


def _said(item: _Item, told: dict[str, list[Piece]]) -> Said:
    words = {**told, **_by_kind(item.behind)}
    names = [without_mark(piece.line, letters=True) for piece in words.get("name", ())]
    one = {kind: pieces[-1].line for kind, pieces in words.items()}
    assert item.value is not None
    return Said(
        item.value.line,
        names[0] if names else None,
        names[1] if len(names) > 1 else None,
        _bare_year(one.get("year")),
        one.get("measure"),
        one.get("both"),
        one.get("unit"),
        any(_ARROW.search(piece.after) for piece in (*item.before, item.value)),
        bool(item.behind),
    )


_ADDED_UP = regex.compile(r"(?P<year>.+?)の?(?:累計|累積|合計)")


def _bare_year(year: Line | None) -> Line | None:
    """令和6～8年度の累計: the years, where the word behind them hides that they are some; 3年間の累計 names none."""
    match = _ADDED_UP.fullmatch(year.text) if year is not None else None
    if year is None or match is None or read_head(year.text).year is not None:
        return year
    bare = part_of(year, *match.span("year"))
    return bare if named_years(bare.text) else year


def _names_a_quantity(pieces: Sequence[Piece]) -> bool:
    """共同生活援助:月間利用者数, and nothing else twice."""
    names = [piece for piece in pieces if piece.kind != "head"]
    heads = [kind_of(piece) for piece in pieces if piece.kind == "head"]
    return len(heads) == len(set(heads)) and len(names) == 2 and says_quantity(names[1].line.text)


def _items(pieces: Sequence[Piece]) -> list[_Item]:
    """The figures, each with the words before it and the brackets right behind it."""
    items = [_Item()]
    for at, piece in enumerate(pieces):
        if piece.is_behind and items[-1].value is not None:
            items[-1].behind.append(piece)
            continue
        if items[-1].value is not None:
            items.append(_Item())
        if piece.kind == "value" or _is_told_in_words(pieces, at):
            items[-1].value = piece
        else:
            items[-1].before.append(piece)
    return items if items[-1].value is not None or items[-1].before else items[:-1]


def _is_told_in_words(pieces: Sequence[Piece], at: int) -> bool:
    """設置 behind 目標値 or a year, and no value behind it: it is the value."""
    piece = pieces[at]
    if piece.kind == "head" or at == 0 or pieces[at - 1].kind != "head":
        return False
    if find_role(piece.line.text) is not None or find_box(piece.line.text) is not None:
        return False
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if following is not None and following.is_behind:
        return piece.kind == "words"
    if following is not None and following.kind != "head":
        return False
    if kind_of(pieces[at - 1]) == "unit":
        return False
    text = piece.line.text
    graded = any(p.head.role in GRADES for p in pieces[:at])
    if piece.kind == "words" or (graded and len(text) <= _LONGEST_GRADE):
        return True
    measured = any(kind_of(p) in ("measure", "both") for p in pieces[:at])
    is_name = is_category(text) or bool(indicators_named(text)) or len(text) > _LONGEST_WORDS
    return measured and not is_name and following is None
