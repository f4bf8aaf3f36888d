"""What the lines above say of figures whose own line leaves it out: the name, the year, the measure.

``１ 令和６年度`` / ``［計画値］`` / ``居宅介護 人／月 4,210``, ``◆施設入所者数`` / ``基準値：1,279人（令和４年度末）``: lines of words stand over the
figures below them, up to the next line of the same kind, which ends all that was said after it. Sentences,
page numbers and units say nothing here; words that are not understood end everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from keikaku.extractors.document import Heading, Line
from keikaku.extractors.headings import UNIT_LINE
from keikaku.extractors.heads import TEXTS, Role, find_box, find_caption, find_role
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.extractors.lines.quantities import (
    may_name_figures,
    quantity_in_brackets,
    says_quantity,
)
from keikaku.extractors.lines.row_marks import (
    begins_table,
    chart_mark,
    ends_table,
    is_page_number,
    outline_mark,
    unwrapped,
    without_mark,
    without_outline,
)
from keikaku.extractors.lines.statements import is_name
from keikaku.extractors.lines.titles import name_and_remark
from keikaku.extractors.said.facts import kind_of
from keikaku.extractors.said.in_order import order_of
from keikaku.extractors.said.names_alone import lines_below_names, stands_alone, whole_name
from keikaku.extractors.said.pieces import Piece, ends_sentence, pieces_of
from keikaku.extractors.words import (
    explains,
    is_caption,
    is_category,
    is_legend,
    is_page_mark,
    is_place,
    is_quantity,
    is_running_head,
)
from keikaku.normalizers.labels import split_marks

_KEY = regex.compile(
    r"(?:[*]{2}|[【〔［\[])?(?P<key>[^\s　:：*【】〔〕［］\[\]]{2,12})(?:[*]{2}|[】〕］\]])?[\s　:：]+(?=\S)"
)
_LONGEST_NAME = 60
_MOST_HEADS = 2
_BOXES = TEXTS | {Role.PLAN_DO}
_KEYS = TEXTS | {Role.LABEL, Role.ASIDE}


@dataclass(frozen=True, slots=True)
class Word:
    """A line, or a piece of one, over figures. `kind`: name, quantity, category, title (of
    what, is not known), year, measure, both, order; `rank`: how
    a name is marked (the next one marked so takes its place)."""

    kind: str
    line: Line
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands over a line, outermost first."""

    words: tuple[Word, ...] = ()

    def with_words(self, words: Sequence[Word]) -> Context:
        """The next line of words below these. The words of one line stand together: 令和元年度　計画 ends neither the
        year nor the measure that it says itself."""
        kept = self.words
        for word in words:
            kept = _above(kept, word)
        return Context((*kept, *words))

    def last(self, kind: str) -> Line | None:
        """The nearest word of a kind."""
        return next((word.line for word in reversed(self.words) if word.kind == kind), None)

    @property
    def measure(self) -> Line | None:
        """The measure that holds here: none below the caption of a text (評価)."""
        said = [word for word in self.words if word.kind in _MEASURED]
        return said[-1].line if said and said[-1].kind != "text" else None

    def is_text(self, line: Line) -> bool:
        """Is it the words of a box (評価, 考え方) that stand here? A line with the mark of its caption (■取組内容,
        ■目標) is none of them."""
        said = [word for word in self.words if word.kind in _MEASURED]
        if not said or said[-1].kind != "text":
            return False
        return not said[-1].rank or said[-1].rank != _rank(line)

    @property
    def name(self) -> Word | None:
        """The nearest name; none where a class of services stands nearer."""
        named = [word for word in self.words if word.kind in _NAMES]
        return named[-1] if named and named[-1].kind == "name" else None

    @property
    def outer_name(self) -> Word | None:
        """The name over the nearest name."""
        named = [word for word in self.words if word.kind in _NAMES]
        return named[-2] if len(named) > 1 and named[-2].kind == "name" else None

    @property
    def names(self) -> tuple[Line, ...]:
        """All names and classes, outermost first."""
        return tuple(word.line for word in self.words if word.kind in _NAMES)


def context_of(heads: Sequence[Heading]) -> Context:
    """What the headings that the source marks say of the lines below them."""
    context = Context()
    for head in heads:
        for line in head.lines[:1]:
            words = words_of(line) or ()
            ranked = [replace(w, rank=f"#{head.level}") if w.kind in _NAMING else w for w in words]
            context = context.with_words(ranked)
    return context


_NAMING = ("name", "title", "category", "quantity")
_NAMES = frozenset(("name", "title", "category"))
_TITLES = frozenset(("name", "title"))
_MEASURED = frozenset(("measure", "both", "text"))
_LEVELS = (_TITLES, _MEASURED, frozenset(("year",)))
_CHAPTER, _CHART = "chapter", "chart"
_TREND = regex.compile(r"の(?:年次|経年)?推移\Z")
_MEASURES_SHOWN = regex.compile(
    r"の(?:実績[値量]?|見込み?[値量]?|計画[値量]?|目標値?)"
    r"(?:(?:と|及び|・|、)(?:実績[値量]?|見込み?[値量]?|計画[値量]?|目標値?))+\Z"
)
_NUMBER = regex.compile("[0-9０-９]")


def _above(words: tuple[Word, ...], word: Word) -> tuple[Word, ...]:
    """What goes on over the lines below a word: all before the last one of its kind and rank."""
    if word.rank == _CHAPTER:
        return ()
    same = next((kinds for kinds in _LEVELS if word.kind in kinds), frozenset((word.kind,)))
    same |= {"both"} if word.kind in ("year", "measure") else set()
    same |= {"year", "measure"} if word.kind == "both" else set()
    for at, other in enumerate(words):
        if other.kind in same and other.rank == word.rank:
            return words[:at]
    if word.kind in _NAMES:
        return tuple(other for other in words if other.kind != "text")
    return words


def words_over(printed: Sequence[Printed], at: int) -> tuple[Word, ...] | None:
    """The words that the line at `at` says of those below it. A name without a mark that a blank line parts from
    them is a title; a line below a key alone (事業名, 担当課) is its value."""
    key = find_role(printed[at - 1].line.text.rstrip(":：")) if at else None
    if key is Role.LABEL and is_name(printed[at].line):
        return (Word("name", printed[at].line, "key"),)
    if key in (Role.LABEL, Role.ASIDE):
        return ()
    words = words_of(whole_name(printed, at) or printed[at].line)
    if words and words[0].kind == "title" and _is_head_of_page(printed, at):
        return ()
    if words and len(words) == 1 and words[0].kind == "title" and not words[0].rank:
        is_name_of_line = at + 1 in _lines_below_names(printed) and stands_alone(printed, at)
        words = (replace(words[0], kind="name"),) if is_name_of_line else words
    if printed[at].is_bold:
        return words and tuple(replace(w, rank="*") if w.kind in _NAMING else w for w in words)
    following = printed[at + 1 : at + 2]
    if words and following and following[0].group != printed[at].group:
        apart = [w.kind == "name" and w.rank == "" for w in words]
        return tuple(
            replace(w, kind="title") if a else w for w, a in zip(words, apart, strict=True)
        )
    return words


def _is_head_of_page(printed: Sequence[Printed], at: int) -> bool:
    """Is a title behind the number of a page that of the paper, or of the page before, once more?"""
    if not at or not is_page_number(printed[at - 1].line.text):
        return False
    pages = (n for n in range(at) if not n or is_page_number(printed[n - 1].line.text))
    return any(printed[n].line.text == printed[at].line.text for n in pages)


@lru_cache(maxsize=16)
def _lines_below_names(printed: Sequence[Printed]) -> frozenset[int]:
    """The lines of figures whose name is the line without a mark above, where one of these is known to be a name."""
    below = lines_below_names(printed)
    said = [words_of(printed[at - 1].line) or () for at in below]
    is_told = any(len(w) == 1 and w[0].kind == "name" and not w[0].rank for w in said)
    return below if is_told else frozenset()


def words_of(line: Line) -> tuple[Word, ...] | None:
    """The words that a line without figures says of those below it; empty where it says nothing of them, None
    where it is not understood."""
    text = line.text
    bare = text.rstrip("。 　")
    if order_of(line):
        return (Word("order", line),)
    if (
        explains(bare)
        or is_page_number(text.strip("【】[]［］〔〕"))
        or is_page_mark(text)
        or begins_table(text)
        or ends_table(text)
        or is_legend(text)
        or UNIT_LINE.match(text)
    ):
        return ()
    start = split_marks(bare).body_start
    first, *more = bare[start:].split("。")
    first = bare[:start] + first
    if len(bare) > _LONGEST_NAME or any(map(ends_sentence, (first, *more))):
        return _first_name(line, first) if more and _is_marked(text) else ()
    pieces = pieces_of(line)
    if find_role(bare.rstrip(":：")) in (Role.LABEL, Role.ASIDE):
        return ()
    if (alone := _chart_in_brackets(line) or _text_or_quantity(line, bare)) is not None:
        return (alone,)
    if not pieces:
        return None
    if (told := _behind_key(line)) is not None:
        return told
    heads = [piece for piece in pieces if piece.kind == "head"]
    names = [piece for piece in pieces if piece.kind != "head"]
    if len(heads) > _MOST_HEADS or any(kind_of(head) == "unit" for head in heads[:-1]):
        return None
    if is_caption(text) and not heads:
        return None if find_caption(text) or not _is_marked(text) else ()
    return _words(line, pieces, names, heads)


def _first_name(line: Line, first: str) -> tuple[Word, ...] | None:
    """ア。地域生活移行者数。累計です。: a marked name and what is said of it; another marked line is not understood."""
    name = part_of(line, split_marks(line.text).body_start, len(first))
    is_sure = not ends_sentence(name.text) and len(first) <= _LONGEST_NAME and is_name(name)
    return (Word("name", name, _rank(line)),) if is_sure else None


def _text_or_quantity(line: Line, bare: str) -> Word | None:
    """評価, 考え方 over a text; 【利用時間（1か月当たり）】, what is counted of the service named above."""
    if find_box(bare) in _BOXES_NAMED or find_role(_unwrapped(bare)) in _BOXES:
        return Word("text", line, _rank(line))
    quantity = quantity_in_brackets(line)
    return Word("quantity", quantity, "[") if quantity is not None else None


def _is_no_year(head: Piece) -> bool:
    """令和6年10月 is the date of the paper, 令和６年度～令和８年度 the years of a plan."""
    year = head.head.year
    if year is None or kind_of(head) != "year":
        return False
    return year.last is not None or ("月" in head.line.text and "年度" not in head.line.text)


def _behind_key(line: Line) -> tuple[Word, ...] | None:
    """指標 利用者数（人／月） names what its figures are of; 担当課 障害福祉課 says nothing of them."""
    match = _KEY.match(line.text)
    key = find_role(match["key"]) if match is not None else None
    if match is None or key not in _KEYS:
        return None
    name = part_of(line, match.end(), len(line.text))
    return (Word("name", name, "key"),) if key is Role.LABEL and is_name(name) else ()


_BOXES_NAMED = frozenset(("review", "review_text", "opinion"))


def _unwrapped(text: str) -> str:
    return text.strip("()（）【】[]［］〔〕《》＜＞<>")


def _is_marked(text: str) -> bool:
    return split_marks(text).mark is not None


def _words(
    line: Line, pieces: Sequence[Piece], names: Sequence[Piece], heads: Sequence[Piece]
) -> tuple[Word, ...] | None:
    said = [head for head in heads if kind_of(head) != "unit" and not _is_no_year(head)]
    if not names:
        return tuple(Word(kind_of(head), head.line) for head in said) or None
    if said and pieces[0] is said[0] and kind_of(said[0]) in ("measure", "both"):
        return tuple(Word(kind_of(head), head.line) for head in said)
    rank, names = _rank(line), [replace(p, line=_bare(p.line)) for p in names]
    if chart_mark(line)[0] is not None:
        rank, names[0] = _CHART, replace(names[0], line=_without_trend(names[0].line))
    before = tuple(Word(kind_of(head), head.line) for head in said if head is pieces[0])
    behind = tuple(Word(kind_of(head), head.line) for head in said if head is not pieces[0])
    name = names[0].line
    if is_category(name.text):
        return (*before, Word("category", name, rank), *behind)
    if len(names) == 1 and not rank and is_quantity(name.text):
        return (*before, Word("quantity", name, rank), *behind)
    quantity: tuple[Word, ...] = ()
    if len(names) > 1 and says_quantity(names[-1].line.text):
        quantity = (Word("quantity", names[-1].line, rank),)
    elif len(names) > 1 or any(kind_of(head) == "unit" for head in heads):
        name = _behind_mark(line)
    if not is_name(name):
        return None
    names_figures = may_name_figures(name.text) or may_name_figures(names[0].line.text)
    kind = "name" if rank or quantity or names_figures else "title"
    kind, rank = ("title", rank) if rank == _CHAPTER else (kind, rank)
    if kind == "title" and is_place(name.text):
        kind, rank = "name", "area"
    return (*before, Word(kind, name, rank), *quantity, *behind)


def _bare(line: Line) -> Line:
    """A name behind the marks that read-aloud texts and charts print before it (@, まる1, 図1)."""
    parts = name_and_remark(chart_mark(without_outline(without_mark(line, letters=True)))[1])
    return parts[0] if parts else line


def _chart_in_brackets(line: Line) -> Word | None:
    """【図５－１　居宅介護の実績と見込量】: what a chart with a number shows, its title set in brackets."""
    if not is_caption(line.text):
        return None
    mark, title = chart_mark(unwrapped(line))
    name = _without_trend((name_and_remark(title) or [title])[0])
    is_sound = mark is not None and _NUMBER.search(mark.text) is not None
    is_sure = is_sound and is_name(name) and may_name_figures(name.text)
    return Word("name", name, _CHART) if is_sure else None


def _without_trend(name: Line) -> Line:
    """身体障害者手帳所持者数の推移, 居宅介護の実績と見込量: what a chart shows, by its title."""
    return part_of(name, 0, len(_MEASURES_SHOWN.sub("", _TREND.sub("", name.text))))


def _behind_mark(line: Line) -> Line:
    marked = split_marks(line.text)
    start = line.span.char_start
    text = line.text[marked.body_start :].rstrip("。 　")
    if start is None:
        return Line(text, line.span)
    begin = start + marked.body_start
    return Line(text, line.span._replace(char_start=begin, char_end=begin + len(text)))


def _rank(line: Line) -> str:
    """How a name is marked: (1), ①, ◆, by its words alone."""
    if is_running_head(line.text):
        return _CHAPTER
    mark = split_marks(line.text).mark or outline_mark(line.text)
    if mark is None:
        return "[" if is_caption(line.text) else ""
    return "".join("0" if character.isalnum() else character for character in mark)
