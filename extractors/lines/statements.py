"""One line of a read-aloud edition (読み上げ用テキスト) as a statement: a label, then figures.

Editions for screen readers print each row of a table as a line of words: ``共同生活援助:月間利用者数、
見込量:317人、カッコ123人、実績:300人、カッコ117人。``, ``実績 (令和3年度)22人 (令和4年度)41人``,
``計画値 2021年度4,340 2022年度4,480``, ``<1>地域生活移行者数 8人 15人 (記載なし)``. A line is cut at its
delimiters; each piece is a year, a measure word, a figure or other words. Words may stand before the
figures only: a line that goes on in words after a figure is a sentence, and no statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.headings import UNIT_LINE
from keikaku.extractors.heads import MEASURES, TEXTS, Role, find_role, read_head
from keikaku.extractors.lines.known_values import reads_without_free_words
from keikaku.extractors.lines.printed import merge_pieces, part_of
from keikaku.extractors.lines.quantities import name_and_unit, says_quantity
from keikaku.extractors.lines.row_marks import unwrapped, without_mark
from keikaku.extractors.words import is_legend, says_sum
from keikaku.normalizers.cells import is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.units import find_unit

_NUMBER = "(?:元|がん|[0-9０-９]{1,2})"
_ERA = "(?:令和|平成|令|平|[RHＲＨ])"
_ERA_YEAR = rf"{_ERA}\s?{_NUMBER}"
_WESTERN = "(?:19|20)[0-9]{2}|[１２][０９][０-９]{2}"
_BARE_NAME = rf"(?:{_ERA_YEAR}|{_WESTERN}|{_NUMBER})"
_ALSO = rf"(?:\s?[(（](?:{_ERA_YEAR}|{_WESTERN})年?度?[)）])?"
_STANDS = "(?:末|まつ)?(?:時点|現在)?"
YEAR = rf"{_BARE_NAME}{_ALSO}\s?年度{_ALSO}{_STANDS}"
"""A printed fiscal year, the era perhaps left out; 年 alone needs an era or a western year."""
_YEAR = (
    rf"(?:{YEAR}|(?:{_ERA_YEAR}|{_WESTERN}){_ALSO}\s?年{_STANDS}(?![0-9０-９]*月)"
    rf"|{_ERA_YEAR}(?![0-9０-９.]))"
)
_YEAR_FIRST = regex.compile(
    rf"(?:[(（〔\[［](?P<inside>{_YEAR}(?:[^()（）〔〕\[\]［］0-9０-９]|[0-9０-９]{{1,2}}[月日]){{0,12}})[)）〕\]］]|(?P<plain>{_YEAR}))(?:は|が|:|：|[\s　])*"
)
_BRACKETED_YEAR = regex.compile(rf"[(（〔\[［]{_YEAR}(?:[^()（）〔〕\[\]［］]{{0,12}})?[)）〕\]］]")
_ENDS_IN_FIGURE = regex.compile(r"[0-9０-９][^0-9０-９]{0,3}\Z")
DELIMITER = regex.compile(
    r"(?:[、；;：:＝=。\s　]|[,，](?!(?<=[0-9０-９].)[0-9０-９]{3}(?![0-9０-９]))|[→⇒➡](?=[\s　]*(?:令和|平成|[RHＲＨ]|[12][0-9]{3}年)))+"
)
_OPENING, _CLOSING = "(（〔[［「『", ")）〕]］」』"
_SPOKEN_BRACKET = regex.compile(r"(?:カッコ|かっこ|括弧)\s?[0-9０-９]")
_LEGEND = regex.compile(r"の順|の順番|の順序")
_BETWEEN_COMMAS = regex.compile("[^、，]+")
_SENTENCE = regex.compile(
    r"[0-9０-９].{6,}(?:[すたるう]|ます|です)[。)）]?$|[^0-9０-９一二三四五六七八九十]{8,}[0-9０-９]"
)
_SHARE = regex.compile(
    rf"{YEAR}(?:現在)?の[^0-9０-９、。]{{2,20}}の[0-9０-９.．・]+(?:パーセント|[%％]|割|倍)(?:以[上下])?"
)
"""令和元年度末の施設入所者の６パーセント: a share of what was counted in another year."""
_TOPIC = regex.compile(r"(?P<words>[^は]{2,40})は(?P<rest>[^は]{1,20})")
_MEASURE_OF = regex.compile(r"(?P<name>.{2,}[^\s　])の(?P<measure>[^の]{2,8}?)は?")
"""利用者数の計画は、: the name and the measure in one piece."""
_BEHIND_BRACKET = regex.compile(
    r"(?P<name>[^】〕］)）]{2,}[】〕］)）])(?P<measure>[^【〔［(（】〕］)）]{2,8})"
)
"""居宅介護【人】計画."""
_COUNTED = regex.compile(r"(?:数|人数|件数|回数|割合|率|日数|時間)\Z")
_HAS_FIGURE = regex.compile(
    "[0-9０-９一二三四五六七八九十]|[-－―—–ー]|未定|集計中|調査中|な[しい]|無し"
)
_LONGEST_MEASURE = 8
_LONGEST_FIGURE = 40
_LONGEST = 300
_LONGEST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line between delimiters; `kind`: year, measure, text, figure, words."""

    kind: str
    piece: Line


@dataclass(frozen=True, slots=True)
class Figure:
    """A value piece with the pieces that name its measure and its year on the same line."""

    value: Line
    measure: Line | None = None
    year: Line | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of figures: what is counted (label, quantity) and the figures in order."""

    label: Line | None
    quantity: Line | None
    figures: tuple[Figure, ...]
    year: Line | None = None
    """The year that opens the line: 令和6年度 共同生活援助:…."""
    others: tuple[Statement, ...] = ()
    """What the line says of the same thing counted otherwise: 月間利用者数、…。月間利用日数、…."""

    @property
    def measures(self) -> tuple[Line, ...]:
        """The measure words of the line, each once."""
        return tuple(dict.fromkeys(f.measure for f in self.figures if f.measure is not None))

    def of(self, measure: Line | None) -> tuple[Figure, ...]:
        """The figures behind one measure word."""
        return tuple(figure for figure in self.figures if figure.measure == measure)

    @property
    def is_paired(self) -> bool:
        """Does every figure have its year beside it?"""
        return all(figure.year is not None for figure in self.figures)

    @property
    def has_years(self) -> bool:
        """Does any figure have its year beside it?"""
        return any(figure.year is not None for figure in self.figures)


def cut(line: Line) -> list[Line]:
    """The pieces of a line between delimiters; brackets hold together."""
    return list(_cut(line))


@lru_cache(maxsize=2_048)
def _cut(line: Line) -> tuple[Line, ...]:
    pieces: list[Line] = []
    start, at, depth = 0, 0, 0
    text = line.text
    while at < len(text):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        match = DELIMITER.match(text, at) if depth <= 0 else None
        if match is None:
            at += 1
            continue
        _keep(pieces, part_of(line, start, at))
        start = at = match.end()
    _keep(pieces, part_of(line, start, len(text)))
    return tuple(pieces)


def _keep(pieces: list[Line], piece: Line) -> None:
    if piece.text:
        pieces.append(piece)


def is_figure(text: str) -> bool:
    """A figure, a mark (―, 記載なし) or a known status word (設置); not a sentence about a figure."""
    is_sentence = _SENTENCE.search(_REMARK.sub("", text)) and not _SHARE.fullmatch(text)
    if len(text) > _LONGEST_FIGURE or is_sentence:
        return False
    return is_value_like(text) or reads_without_free_words(text)


def tokens_in(line: Line) -> list[Token]:
    """The line as tokens, a year parted from the value glued to it (2021年度4,340)."""
    tokens: list[Token] = []
    for piece in cut(line):
        for part in _parted_at_years(piece):
            _add_tokens(tokens, part, line)
    return tokens


def _parted_at_years(piece: Line) -> list[Line]:
    """相談支援の件数（令和6年度）1,900件（令和7年度）調査中: a year in brackets before each figure. Where a figure
    stands before the first bracket the years may be those of what is before them: not parted."""
    years = list(_BRACKETED_YEAR.finditer(piece.text))
    if not years or (len(years) == 1 and years[0].start() == 0):
        return [piece]
    ends = [*(year.start() for year in years[1:]), len(piece.text)]
    figures = [piece.text[year.end() : end] for year, end in zip(years, ends, strict=True)]
    name = piece.text[: years[0].start()]
    if not all(map(is_figure, figures)) or _ENDS_IN_FIGURE.search(name) or is_value_like(name):
        return [piece]
    cuts = [0, *(year.start() for year in years), len(piece.text)]
    return [part_of(piece, a, b) for a, b in pairwise(cuts) if a < b]


def _add_tokens(tokens: list[Token], piece: Line, line: Line) -> None:
    if _SPOKEN_BRACKET.match(piece.text) and tokens and tokens[-1].kind == "figure":
        tokens[-1] = Token("figure", merge_pieces([tokens[-1].piece, piece], line))
        return
    match = _YEAR_FIRST.match(piece.text)
    if match is not None:
        rest = part_of(piece, match.end(), len(piece.text))
        if not rest.text or (is_figure(rest.text) and _YEAR_FIRST.match(rest.text) is None):
            group = "inside" if match["inside"] else "plain"
            tokens.append(Token("year", part_of(piece, *match.span(group))))
            if rest.text:
                tokens.append(Token("figure", rest))
            return
    topic = _TOPIC.fullmatch(piece.text)
    if topic is not None and _is_topic(topic["words"]) and is_figure(topic["rest"]):
        words = part_of(piece, *topic.span("words"))
        tokens.append(Token(_kind(words.text), words))
        tokens.append(Token("figure", part_of(piece, *topic.span("rest"))))
        return
    if piece.text.endswith("は") and find_role(piece.text[:-1]) in MEASURES:
        piece = part_of(piece, 0, len(piece.text) - 1)
    if (glued := glued_measure(piece.text)) is not None:
        tokens.append(Token("measure", part_of(piece, 0, glued)))
        tokens.append(Token("figure", part_of(piece, glued, len(piece.text))))
        return
    of_name = _MEASURE_OF.fullmatch(piece.text)
    if of_name is not None and find_role(of_name["measure"]) in MEASURES:
        tokens.append(Token("words", part_of(piece, *of_name.span("name"))))
        tokens.append(Token("measure", part_of(piece, *of_name.span("measure"))))
        return
    behind = _BEHIND_BRACKET.fullmatch(piece.text)
    if behind is not None and find_role(behind["measure"]) in MEASURES:
        tokens.append(Token("words", part_of(piece, *behind.span("name"))))
        tokens.append(Token("measure", part_of(piece, *behind.span("measure"))))
        return
    tokens.append(Token(_kind(piece.text), piece))


def glued_measure(text: str) -> int | None:
    """見込み420件, 実績集計中: where the figure begins that is glued to its measure; the longest measure counts."""
    for end in range(min(len(text) - 1, _LONGEST_MEASURE), 1, -1):
        if find_role(text[:end]) in MEASURES:
            return end if is_figure(text[end:]) and _HAS_FIGURE.search(text[end:]) else None
    return None


def _is_topic(words: str) -> bool:
    """Words that は sets before a figure: a measure (実績は300人), or what is counted (開催回数は年1回)."""
    return find_role(words) in MEASURES or says_count(words)


def says_count(words: str) -> bool:
    """Do the words end in what is counted: …数, …率, …割合?"""
    return _COUNTED.search(words) is not None


def _kind(text: str) -> str:
    role = find_role(text)
    if role in MEASURES:
        return "measure"
    if role in TEXTS:
        return "text"
    return "figure" if is_figure(text) else "words"


def sentences_of(line: Line) -> list[Line]:
    """The line parted at its full stops."""
    parts: list[Line] = []
    start = 0
    for match in regex.finditer("。|$", line.text):
        _keep(parts, part_of(line, start, match.start()))
        start = match.end()
    return parts


@lru_cache(maxsize=4_096)
def read_statement(line: Line, *, letters: bool = False) -> Statement | None:
    """The line as label and figures, every word of it in its place; else None."""
    if len(line.text) > _LONGEST or is_legend(line.text) or _LEGEND.search(line.text):
        return None
    line = without_mark(line, letters=letters)
    tokens = tokens_in(line)
    year = _leading_year(tokens)
    parts = _parted_at_quantities(tokens[1:] if year is not None else tokens)
    whole = _read_tokens(parts[0], line)
    if whole is None or (len(parts) == 1 and year is None):
        return whole
    if year is not None and (whole.has_years or (whole.label is None and not _is_told(whole))):
        return None
    others = [_read_tokens(part, line) for part in parts[1:]]
    if others and (whole.quantity is None or whole.label is None):
        return None
    found = tuple(
        Statement(whole.label, other.label, other.figures, year)
        for other in others
        if other is not None and other.quantity is None and other.label is not None
    )
    if len(found) < len(others):
        return None
    return Statement(whole.label, whole.quantity, whole.figures, year, found)


def _leading_year(tokens: Sequence[Token]) -> Line | None:
    """令和6年度 before the name of what its figures are of."""
    if len(tokens) < 3 or tokens[0].kind != "year":
        return None
    words = tokens[1].kind in ("words", "measure") or _is_status_name(tokens[1])
    return tokens[0].piece if words else None


def _is_told(statement: Statement) -> bool:
    """令和6年度、見込み420件、実績388件: figures of one measure or more, one each, below a name."""
    return 0 < len(statement.measures) == len(statement.figures)


def _is_status_name(token: Token) -> bool:
    """A name of a service that could be a status word as well: 地域移行支援."""
    return token.kind == "figure" and _HAS_FIGURE.search(token.piece.text) is None


def _parted_at_quantities(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The tokens parted where, behind a figure, words say what the next figures count."""
    starts = [0]
    for number in range(1, len(tokens)):
        opens = tokens[number].kind == "words" and says_quantity(tokens[number].piece.text)
        named = any(token.kind == "measure" for token in tokens[:number])
        if opens and named and tokens[number - 1].kind == "figure":
            starts.append(number)
    return [tokens[a:b] for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _read_tokens(tokens: Sequence[Token], line: Line) -> Statement | None:
    """Names, then figures."""
    if (told := _quantity_behind(tokens)) is not None:
        figures = _figures([tokens[0], *tokens[2:]], line)
        return Statement(None, told, figures) if figures is not None else None
    first = next((n for n, t in enumerate(tokens) if t.kind in ("measure", "year")), None)
    if first is None:
        first = _tail_of_figures(tokens)
    label, quantity = _names(tokens[:first], line)
    figures = _figures(tokens[first:], line)
    if figures is None or (label is not None and not is_name(label)):
        return None
    return Statement(label, quantity, figures)


def _quantity_behind(tokens: Sequence[Token]) -> Line | None:
    """計画：利用者数（人／月）、令和６年度 120、…: what is counted, said behind the measure."""
    if len(tokens) < 3 or [token.kind for token in tokens[:2]] != ["measure", "words"]:
        return None
    return tokens[1].piece if says_quantity(tokens[1].piece.text) else None


def read_counted(line: Line, count: int) -> Statement | None:
    """A name and exactly `count` values between 、: then any short words may be a value."""
    pieces = [part_of(line, *match.span()) for match in _BETWEEN_COMMAS.finditer(line.text)]
    if len(pieces) != count + 1 or not is_name(pieces[0]) or len(line.text) > _LONGEST:
        return None
    values = [_without_stop(piece) for piece in pieces[1:]]
    kinds = [_kind(value.text) for value in values]
    if "figure" not in kinds or not {"figure", "words"} >= set(kinds):
        return None
    if any("。" in value.text or len(value.text) > _LONGEST_WORDS for value in values):
        return None
    return Statement(pieces[0], None, tuple(Figure(value) for value in values))


def _without_stop(piece: Line) -> Line:
    return part_of(piece, 0, len(piece.text.rstrip("。")))


def _tail_of_figures(tokens: Sequence[Token]) -> int:
    """Where the run of figures at the end of the line begins; the first token is never in it."""
    cut_at = len(tokens)
    while cut_at > 1 and tokens[cut_at - 1].kind == "figure":
        cut_at -= 1
    return cut_at


def _names(tokens: Sequence[Token], line: Line) -> tuple[Line | None, Line | None]:
    pieces = [token.piece for token in tokens]
    if len(pieces) > 1 and find_role(pieces[0].text) is Role.LABEL:
        pieces = pieces[1:]
    quantity = None
    if pieces and (told := name_and_unit(merge_pieces(pieces, line))) and told[1] is not None:
        return unwrapped(told[0]), told[1]
    if len(pieces) > 1 and (find_unit(pieces[-1].text) is not None or _counts(pieces)):
        quantity = pieces.pop()
    if not pieces:
        return None, quantity
    label = unwrapped(merge_pieces(pieces, line))
    if len(label.text) > 2 and label.text[-1] == "は" and not "ぁ" <= label.text[-2] <= "ん":
        label = part_of(label, 0, len(label.text) - 1)
    return label, quantity


def without_label_word(line: Line) -> Line:
    """項目　施設入所者数: the name behind the word that says that it is one."""
    pieces = cut(line)
    if len(pieces) < 2 or find_role(pieces[0].text) is not Role.LABEL:
        return line
    return merge_pieces(pieces[1:], line)


def _counts(pieces: Sequence[Line]) -> bool:
    """共同生活援助:月間利用者数: a name, and behind it what is counted."""
    return says_quantity(pieces[-1].text) and not any(says_quantity(p.text) for p in pieces[:-1])


def _figures(tokens: Sequence[Token], line: Line) -> tuple[Figure, ...] | None:
    found: list[Figure] = []
    measure: Line | None = None
    year: Line | None = None
    for number, token in enumerate(tokens):
        if token.kind == "measure" and year is None:
            measure = token.piece
        elif token.kind == "year" and year is None:
            year = token.piece
        elif token.kind == "figure" or _are_target_words(tokens, number, measure):
            found.append(Figure(token.piece, measure, year))
            year = None
        else:
            return None
    if year is not None or not found or (measure is not None and found[-1].measure != measure):
        return None
    return tuple(_joined_targets(found, line))


def _are_target_words(tokens: Sequence[Token], number: int, measure: Line | None) -> bool:
    """目標値:面的体制整備 - words of any kind, alone behind the word that heads them."""
    if measure is None or find_role(measure.text) is not Role.TARGET or len(tokens) != 2:
        return False
    words = tokens[1].piece.text
    if number != 1 or len(words) > _LONGEST_WORDS or tokens[1].kind != "words":
        return False
    return not read_head(words).says_something


def _joined_targets(figures: Sequence[Figure], line: Line) -> list[Figure]:
    """目標値、15人、6パーセント is one target in two units, not two columns."""
    result: list[Figure] = []
    for figure in figures:
        before = result[-1] if result else None
        if before is not None and _restates(before, figure):
            result[-1] = Figure(
                merge_pieces([before.value, figure.value], line), before.measure, before.year
            )
        else:
            result.append(figure)
    return result


def under_target(statement: Statement, measure: Line, line: Line) -> Statement:
    """A row below 目標値: 151人、令和3年度実績の1.28倍 is one target, as behind the word itself."""
    figures = [Figure(f.value, measure, f.year) for f in statement.figures]
    joined = tuple(Figure(f.value, None, f.year) for f in _joined_targets(figures, line))
    return replace(statement, figures=joined)


def _restates(before: Figure, figure: Figure) -> bool:
    if before.measure is None or figure.measure != before.measure or figure.year is not None:
        return False
    if find_role(before.measure.text) is not Role.TARGET:
        return False
    one, other = _units_of(before.value.text), _units_of(figure.value.text)
    return bool(one) and bool(other) and not one & other


def _units_of(text: str) -> set[str]:
    try:
        return {value.unit for value in parse_cell(text) if value.unit is not None}
    except UnreadText:
        return set()


def is_year(line: Line) -> bool:
    """A line or piece that is a year and nothing else."""
    if find_fiscal_year(line.text) is not None:
        return True
    match = _YEAR_FIRST.match(line.text)
    return match is not None and match.end() == len(line.text)


_NO_NAME = regex.compile(r"[\s　、。:：は][年月約]?[0-9０-９]|グラフ\Z")
_TOPIC_WORD = regex.compile("(?<=の|^)([^のは]{2,8})は")
_REMARK = regex.compile("[(（][^()（）]*[)）]")


def is_name(line: Line) -> bool:
    """Can these words name a row: no measure or year before other words, no figure among them? A
    remark in brackets (（グラフの説明）) names nothing, unless it says what is counted; nor does 棒グラフ."""
    pieces = cut(line)
    if not pieces or _NO_NAME.search(line.text) or UNIT_LINE.match(line.text):
        return False
    if is_value_like(line.text) or is_value_like(pieces[0].text) or says_sum(line.text):
        return False
    if _is_torn(pieces) or (_REMARK.fullmatch(line.text) and not says_quantity(line.text)):
        return False
    head = read_head(pieces[0].text)
    return head.role not in MEASURES | TEXTS and head.year is None


def _opens_clause(piece: Line) -> bool:
    """移行者数の基準値は…: what a sentence says next is no part of a name."""
    return any(find_role(match[1]) in MEASURES for match in _TOPIC_WORD.finditer(piece.text))


def _is_torn(pieces: Sequence[Line]) -> bool:
    """A row that could not be read holds its measures and years still; a name holds none."""
    behind = [read_head(piece.text) for piece in pieces[1:]]
    return any(map(_opens_clause, pieces)) or any(
        head.role in MEASURES or head.year is not None for head in behind
    )
