"""The order in which rows name their columns: 「以下、項目、目標、実績の順に記載」, or a row of heads between delimiters.

A sentence may name the columns in many ways (``記載順　区分／目標／実績``, ``列は、左から年度、見込量、実績です。``,
``サービス名、見込（令和６年度、令和７年度）の順``,
``見方　サービス名（単位）：計画値、実績値``), parted by marks or blanks; a row of heads (``項目、目標値、実績値``) counts when most of its words
are known heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

import regex
from keikaku.extractors.counted_heads import find_counted_head
from keikaku.extractors.document import Line
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import MEASURES, Head, Role, find_caption, find_role, read_head
from keikaku.extractors.lines.printed import cell_of, part_of, tokens_of
from keikaku.extractors.lines.row_marks import unwrapped, without_head_word, without_row_number
from keikaku.extractors.words import is_plain_value
from keikaku.extractors.year_notes import said_years
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import FiscalYear

DELIMITERS = "\t／、，/｜|；;,"
_STRICT_DELIMITERS = "\t／"
_BETWEEN_HEADS = (*DELIMITERS, "→", "・")
_OPENING, _CLOSING = "（(〔［[「", "）)〕］]」"
_ORDER_FIRST = regex.compile(
    r"[\s　※【〔（(「]*(?:記載|表示|並び|掲載|項目|読み上げ|列)の?順(?:序|番)?"
    r"(?:[】〕）)」](?=[\s　]*[^\s　:：はで])|[】〕）)」]?(?:[\s　]*[:：][\s　]*|は[、，\s　]*|[、，\s　]+))[\s　]*"
)
"""記載順　区分／令和５年度目標／…: the words that announce the order stand before it."""
_HEADS_SHOWN = regex.compile(
    r"[\s　※【〔（(「]*(?:(?:[表行列]の)?(?:見方|見かた|読み方|凡例|並び)|[列行]の(?:並び|構成))"
    r"(?:[】〕）)」][\s　:：]*|[\s　]*[:：][\s　]*|は、?|[\s　]+)"
)
"""見方　サービス名（単位）：計画値、実績値: words that may announce an order, where every piece behind them is a head."""
_ORDER = regex.compile(r"[、，／/・\s」』]*の順(?!位)")
_COLUMNS = regex.compile(
    r"(?:\A|。)[^。、]{0,12}?(?:列|欄|見出し)(?:の並び)?は、?(?:左から(?:順に)?、?)?(?P<heads>[^。]+?)"
    r"(?:です|である|となって(?:います|いる)|とする|とします)。?\Z"
)
"""列は、左から年度、見込量、実績です。"""
_LEFT_TO_RIGHT = regex.compile(
    r"(?:\A|。)(?:[^。、]{0,12}は、)?[^。、]{0,12}?左から(?:順番?に)?[、，]?(?P<heads>[^。]+?)"
    r"(?:を(?:順に)?(?:読み上?げ?ます|読み上げて|読んで|記載|表示|並べ)|[がと](?:順に)?並)[^。]{0,12}。?\Z"
)
"""左から順に、指標、令和６年度の見込み、令和６年度の実績、差を読みます。"""
_ANNOUNCED = regex.compile(
    r"(?:以下|次)?の?[、，].*の順に?[^。]{0,20}(?:記載|表示|掲載)"
    r"|[^。]*[、，／・].*の順(?:に|で|です|。|\Z)|[^。]*左から[^。]*[、，][^。]*(?:を|が)[^。、，]{2,16}。?\Z"
)
"""以下、サービス名、…の順に記載, 見込（令和６年度、…）の順: an order, be it one whose words are not understood."""
_SUBJECT = regex.compile(r"[\s　※*＊]*(?:.*の)?(?P<measure>[^の]{2,6})は")
"""※各目標の実績は."""
_PREAMBLE = regex.compile(
    r"(?:以下|次|下記?|上記?)(?:の(?:表|一覧|とおり|実績))?(?:に|は|では)?|左から(?:順に)?"
)
_COLON = regex.compile(r"(?<=\S)[\s　]*[:：][\s　]*(?=\S)")
_GROUP = regex.compile(
    r"(?P<word>[^（(]{1,12})[（(](?P<inside>[^（）()]*?(?P<mark>[、，／・])[^（）()]*)[)）]"
)
"""見込（令和６年度、令和７年度）."""
_THOUSANDS = regex.compile(
    r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"
)
"""The mark and the digits of one width: in 1,120，986 the wide one parts two numbers."""
_LEAD_IN = regex.compile(r".*(?:は|に|では|とおり|以下|次)")
_FIGURES = MEASURES | {Role.GRADE, Role.EVALUATION}


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """The heads in order, and which of the columns hold figures."""

    heads: tuple[Line, ...]
    read: tuple[Head, ...]
    has_colon: bool = False
    """事業名：令和5年度計画値／実績値: a colon stands behind the first cell of each row."""
    over: tuple[Line | None, ...] = ()
    """Over each column the word that several share: 見込（令和６年度、令和７年度）."""

    said: tuple[tuple[int, Role], ...] = ()
    """Where, counted from the end of a row, the words stand again that several columns share: 見込量 1,105 1,190 実績値 1,142."""

    @property
    def head_rows(self) -> list[list[PrintedCell]]:
        """The heads as cells, those that share a word below it."""
        if not any(self.over):
            return [[cell_of([head]) for head in self.heads]]
        top, under = [], []
        for word, group in groupby(zip(self.over, self.heads, strict=True), key=itemgetter(0)):
            heads = [head for _, head in group]
            if word is None:
                top += [cell_of([head], 2, 1) for head in heads]
                continue
            top.append(cell_of([word], 1, len(heads)))
            under += [cell_of([head]) for head in heads]
        return [top, under]

    @property
    def figures(self) -> tuple[int, ...]:
        return tuple(
            n for n, head in enumerate(self.read) if _holds_figures(head) or self._is_plain(n)
        )

    @property
    def name(self) -> int:
        """The column of the names: the first that says that it is, else the first of all."""
        named = (n for n, head in enumerate(self.read) if head.role is Role.LABEL)
        return next(named, 0)

    @property
    def is_by_year(self) -> bool:
        """年度、見込量、実績: a row for each year, and nothing but its title names what is counted."""
        first = self.read[0]
        named = first.role is Role.TERM and "年" in self.heads[0].text
        return named and self.figures == tuple(range(1, len(self.heads)))

    @property
    def delimiters(self) -> str:
        """Rows under years alone are a read-aloud layout of their own unless strictly delimited, or with more
        columns than one before the years (サービス名、単位、区分)."""
        measured = any(self.read[n].role is not None or self._is_plain(n) for n in self.figures)
        is_table = len(self.heads) - len(self.figures) > 1
        return DELIMITERS if measured or is_table else _STRICT_DELIMITERS

    def _is_plain(self, number: int) -> bool:
        """項目、数値、考え方: a column of figures of which each row says what its own is."""
        return number > 0 and is_plain_value(self.heads[number].text)


def order_of_columns(line: Line) -> ColumnOrder | None:
    """The order of columns that a line says, in a sentence or as a row of heads."""
    return order_in_sentence(line) or order_in_heads(line)


def announces_order(line: Line) -> bool:
    """A sentence that says an order, be it one whose words are not understood: no row."""
    return _ANNOUNCED.match(line.text) is not None or order_in_sentence(line) is not None


def ends_orders(line: Line) -> bool:
    """An order whose words are not understood, or the caption of another kind of figures."""
    return _ANNOUNCED.match(line.text) is not None or find_caption(line.text) == "activity"


@lru_cache(maxsize=2_048)
def order_in_sentence(line: Line) -> ColumnOrder | None:
    """The heads that a sentence names: 以下、項目、目標、実績の順に記載しています。"""
    order = _order_in_sentence(line)
    return order and _with_years_said(order, line)


def _with_years_said(order: ColumnOrder, line: Line) -> ColumnOrder:
    """…の順です。実績は令和５年度末の見込みです。: the year of a measure of which no head names one."""
    said = said_years(line.text)
    bare = [n for n, h in enumerate(order.read) if h.year is None and h.role in said]
    if not bare or any(order.over):
        return order
    words = {role: part_of(line, year.start, year.end) for role, year in said.items()}
    over = tuple(words[h.role] if n in bare and h.role else None for n, h in enumerate(order.read))
    return replace(order, over=over, read=_read_under(over, order.heads))


def _order_in_sentence(line: Line) -> ColumnOrder | None:
    if (announced := _ORDER_FIRST.match(line.text)) is not None:
        return _order_of(part_of(line, announced.end(), len(line.text.rstrip("。」"))))
    if (shown := _HEADS_SHOWN.match(line.text)) is not None and not _ORDER.search(line.text):
        return _order_shown(part_of(line, shown.end(), len(line.text.rstrip("。」"))))
    match = _ORDER.search(line.text)
    if match is None:
        return _order_of_columns(line)
    start = max(line.text.rfind(mark, 0, match.start()) for mark in "。「")
    if start >= 0 and line.text[start] == "「" and line.text.find("」", start, match.start()) >= 0:
        start = line.text.rfind("。", 0, match.start())
    start = max(start, _open_bracket(line.text, match.start()))
    return _order_of(part_of(line, start + 1, match.start()))


def _order_shown(named: Line) -> ColumnOrder | None:
    """The order behind 見方, every head of it understood but the one over the names."""
    order = _order_of(named)
    if order is None or len(order.figures) < 2:
        return None
    return order if all(head.says_something for head in order.read[1:]) else None


def _order_of_columns(line: Line) -> ColumnOrder | None:
    """The columns that a sentence names without saying their order, every one of them understood."""
    if (match := _LEFT_TO_RIGHT.search(line.text)) is not None:
        order = _order_of(part_of(line, *match.span("heads")))
        return order if order is not None and _is_mostly_known(order) else None
    match = _COLUMNS.search(line.text)
    order = _order_of(part_of(line, *match.span("heads"))) if match is not None else None
    return order if order is not None and all(h.says_something for h in order.read) else None


def _open_bracket(text: str, end: int) -> int:
    """Where the bracket begins in which the words up to `end` stand, -1 for none: （項目、目標（令和８年度）、実績の順）."""
    depth = 0
    for at in range(end - 1, -1, -1):
        if text[at] in "）)】〕］]":
            depth += 1
        elif text[at] in "（(【〔［[":
            if depth == 0:
                return at
            depth -= 1
    return -1


def _order_of(named: Line) -> ColumnOrder | None:
    """The heads among the words of an order, parted at the delimiter that parts them most often."""
    named = unwrapped(named)
    mark = max(_BETWEEN_HEADS, key=lambda mark: len(split_cells(named, mark)))
    pieces = split_cells(named, mark)
    subject: Line | None = None
    while pieces and _LEAD_IN.fullmatch(pieces[0].text):
        subject, pieces = pieces[0], pieces[1:]
    if len(pieces) == 1:
        pieces = tokens_of(pieces[0])
    if not pieces:
        return None
    opening = _without_preamble(pieces[0])
    first = colon_apart(opening)
    heads = (*(first if len(first) > 1 else _blank_apart(opening)), *pieces[1:])
    order = _order_of_groups(heads) or _order_of_runs(heads) or _order(heads, 2)
    if order is None or (mark in "→・" and not all(h.says_something for h in order.read)):
        return None
    order = _with_measure(order, subject) if subject is not None else order
    return replace(order, has_colon=len(first) > 1)


def _with_measure(order: ColumnOrder, subject: Line) -> ColumnOrder:
    """※各目標の実績は、区分、目標値、令和３年度、令和４年度の順: what the sentence speaks of is the measure of years that
    stand alone, side by side, among heads that are measures."""
    bare = [n for n, h in enumerate(order.read) if h.role is None and h.year is not None]
    told = _SUBJECT.fullmatch(subject.text)
    if told is None or not bare or any(order.over) or len(bare) == len(order.figures):
        return order
    word = part_of(subject, *told.span("measure"))
    role = find_role(word.text)
    if role not in MEASURES or bare != list(range(bare[0], bare[-1] + 1)):
        return order
    if any(head.role is role for head in order.read):
        return order
    over = tuple(word if n in bare else None for n in range(len(order.heads)))
    return replace(order, over=over, read=_read_under(over, order.heads))


def _read_under(over: Sequence[Line | None], heads: Sequence[Line]) -> tuple[Head, ...]:
    words = zip(over, heads, strict=True)
    return tuple(read_head((word.text if word else "") + head.text) for word, head in words)


def _says_each_once(order: ColumnOrder) -> bool:
    figures = [order.read[n] for n in order.figures]
    said = [(head.role, head.year.year if head.year else None) for head in figures]
    return len(set(said)) == len(said)


def _order_of_groups(pieces: Sequence[Line]) -> ColumnOrder | None:
    """サービス名、単位、見込（令和６年度、令和７年度）、実績（令和６年度）: each year of a bracket is a column of its own."""
    heads: list[Line] = []
    over: list[Line | None] = []
    for piece in pieces:
        match = _GROUP.fullmatch(piece.text)
        inside = split_cells(part_of(piece, *match.span("inside")), match["mark"]) if match else []
        word = part_of(piece, *match.span("word")) if match else None
        if word is None or not _share(word, inside):
            heads.append(piece)
            over.append(None)
            continue
        heads += inside
        over += [word] * len(inside)
    read = _read_under(over, heads)
    if not any(over) or not all(0 < len(head.printed) <= 40 for head in read):
        return None
    order = ColumnOrder(tuple(heads), read, over=tuple(over))
    is_sure = _says_each_once(order) and all(head.says_something for head in read)
    return order if is_sure and order.figures and 0 not in order.figures else None


def _order_of_runs(pieces: Sequence[Line]) -> ColumnOrder | None:
    """区分 見込量 令和3年度 令和4年度 実績値 令和3年度 令和4年度: years said again behind each measure are its own."""
    said = [read_head(piece.text) for piece in pieces]
    words = [n for n, h in enumerate(said) if h.role in MEASURES and h.year is None]
    if len(words) < 2:
        return None
    runs = [range(n + 1, end) for n, end in pairwise((*words, len(pieces)))]
    years = [[year.year for n in run if (year := _bare_year(said[n]))] for run in runs]
    are_whole = all(len(own) == len(run) > 1 for own, run in zip(years, runs, strict=True))
    if not are_whole or any(own != years[0] for own in years):
        return None
    if any(_holds_figures(head) for head in said[: words[0]]):
        return None
    kept = [n for n in range(len(pieces)) if n not in words]
    word_of = {n: pieces[run.start - 1] for run in runs for n in run}
    over = tuple(word_of.get(n) for n in kept)
    heads = tuple(pieces[n] for n in kept)
    again = tuple((len(pieces) - n, role) for n in words if (role := said[n].role) is not None)
    order = ColumnOrder(heads, _read_under(over, heads), over=over, said=again)
    return order if 0 not in order.figures and _says_each_once(order) else None


def _bare_year(head: Head) -> FiscalYear | None:
    return head.year if head.role is None else None


def _share(word: Line, inside: Sequence[Line]) -> bool:
    """A measure over years alone, or a year over measures alone, two or more of them."""
    head, below = read_head(word.text), [read_head(piece.text) for piece in inside]
    if head.role in MEASURES and head.year is None:
        return len(below) > 1 and all(h.year is not None and h.role is None for h in below)
    years = head.year is not None and head.role is None
    return years and len(below) > 1 and all(h.role in MEASURES and h.year is None for h in below)


def colon_apart(piece: Line) -> list[Line]:
    """The piece parted at its last colon, where it has one in the middle: a name may hold others."""
    colons = list(_COLON.finditer(piece.text))
    if not colons:
        return [piece]
    match = colons[-1]
    return [part_of(piece, 0, match.start()), part_of(piece, match.end(), len(piece.text))]


def _blank_apart(piece: Line) -> list[Line]:
    """サービス名（単位）　令和６年度計画: the head of the names set apart by a blank, the others otherwise."""
    tokens = tokens_of(piece)
    is_apart = len(tokens) == 2 and find_role(tokens[0].text) is Role.LABEL
    return tokens if is_apart else [piece]


def _without_preamble(piece: Line) -> Line:
    """``各行は、サービス名``, ``左から区分``: the head without the words before it."""
    rest = split_cells(split_cells(piece, "、")[-1], "，")[-1]
    match = _PREAMBLE.match(rest.text)
    return part_of(rest, match.end(), len(rest.text)) if match else rest


@lru_cache(maxsize=2_048)
def order_in_heads(line: Line) -> ColumnOrder | None:
    """A row of heads between delimiters, printed over the rows."""
    line = without_head_word(without_row_number(line))
    if "。" in line.text or _ORDER.search(line.text):
        return None
    for mark in DELIMITERS:
        if line.text.count(mark) < 2:
            continue
        pieces = split_cells(line, mark)
        if len(pieces) < 3 or any(is_value_like(piece.text) for piece in pieces):
            continue
        order = _order(tuple(pieces), 3)
        if order is not None and _is_mostly_known(order):
            return order
    return None


def _is_mostly_known(order: ColumnOrder) -> bool:
    known = sum(head.says_something for head in order.read)
    return len(order.figures) >= 2 and known * 3 >= len(order.read) * 2


def _order(pieces: tuple[Line, ...], least: int) -> ColumnOrder | None:
    if len(pieces) < least or not all(0 < len(piece.text) <= 40 for piece in pieces):
        return None
    order = ColumnOrder(pieces, tuple(read_head(piece.text) for piece in pieces))
    return order if order.figures and 0 not in order.figures else None


def _holds_figures(head: Head) -> bool:
    is_told = head.year is not None or head.role in _FIGURES
    return is_told or find_counted_head(head.printed) is not None


def split_cells(line: Line, mark: str) -> list[Line]:
    return [part_of(line, start, end) for start, end in _extents(line.text, mark)]


def _extents(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """Between the delimiters that do not stand in brackets, nor within a number (６，１８０)."""
    start = depth = 0
    within = {match.start() for match in _THOUSANDS.finditer(text)} if mark in "，," else ()
    for at, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character == mark and depth == 0 and at not in within:
            yield start, at
            start = at + 1
    yield start, len(text)
