"""Progress sheets that print a block of keys and values for each project or indicator.

``事業番号 101`` / ``事業名 …`` / ``指標 …`` / ``計画目標（令和５年度末） 120人`` / ``実績 令和３年度 84人 令和４年度 91人`` /
``評価 Ｃ``, or ``KPI① …`` with ``基準値 1.42（令和2年） ／ 実績値 … ／ 目標値 …`` on one line (目黒区, 横浜市, plans of
the whole city). A block is read as a table of one row: its name, then a column for each key under
which figures, grades or words stand, with the years that the values print as heads over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.grids import lay_out
from keikaku.extractors.headings import named_years
from keikaku.extractors.heads import MEASURES, TEXTS, Head, Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import lay_figures
from keikaku.extractors.lines.head_lines import read_head_line
from keikaku.extractors.lines.key_legends import year_of_key
from keikaku.extractors.lines.key_values import (
    Block,
    Column,
    Key,
    columns_of,
    counted,
    counts_in_words,
    key_of,
    rows_of_block,
    rows_of_grid,
    word_of,
    years_of,
)
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    part_of,
    with_aside,
)
from keikaku.extractors.lines.quantities import says_monthly_quantity
from keikaku.extractors.lines.row_marks import is_page_number
from keikaku.extractors.lines.stacked import hangs_on
from keikaku.extractors.lines.statements import cut
from keikaku.extractors.paragraphs import cover
from keikaku.normalizers.folding import fold
from keikaku.normalizers.units import find_unit

_PADDED_FIRST = "事業名 施策名 取組名 指標名 項目名 事業番号 施策番号"
_PADDED = (
    "事業名 施策名 取組名 指標名 評価 実績 指標 目標 計画 成果 課題 備考 単位 計画目標 達成状況"
)
"""Words that forms print as wide as their neighbours: 事 業 名, 実　　績."""


def _padded(words: str) -> str:
    return "|".join(r"[\s　]+".join(word) for word in words.split())


_FIRST_KEY = (
    r"(?P<key>(?:事業|施策|取組|指標|項目|整理|計画)?(?:番号|No\.?|NO\.?|Ｎｏ\.?)"
    r"|(?:(?:事務)?事業|施策|取組|指標|成果指標|事業の|KPI|サービス)名称?|サービスの?種[類別]|(?:成果|評価|目標)?項目名?|(?:KPI|ＫＰＩ|指標|成果指標|重点指標|項目|目標項目)"
    r"[\s　]*(?:[①-⑳]|[0-9０-９]{1,3}(?![0-9０-９]))"
    rf"|{_padded(_PADDED_FIRST)})"
)
_BEHIND = r"(?P<gap>[\s　]*[:：][\s　]*|[\s　]+)"
_WRAPPED = r"[■◆●○・]?[\s　]*(?:【{}】|［{}］|\[{}\]|〔{}〕|《{}》|〈{}〉|＜{}＞|<{}>)(?P<gap>[\s　]*[:：]?[\s　]*)"


def _key(words: str) -> str:
    """事業名：…, or the key in brackets: 【事業名】…, ＜事業名＞…."""
    wrapped = _WRAPPED.replace("{}", words)
    return rf"(?:[■◆●]?[\s　]*{words}{_BEHIND}|{wrapped})(?P<value>\S.*)"


_OPENING = regex.compile(_key(_FIRST_KEY))
_PROJECT_KEY = (
    r"(?P<key>(?:事業|施策|取組|整理)番号|(?:(?:事務)?事業|施策|取組)名称?"
    rf"|{_padded('事業番号 施策番号 事業名 施策名 取組名')})"
)
_FIRST_ALONE = regex.compile(
    rf"[■◆●○・]?[\s　]*{_PROJECT_KEY}[\s　]*[:：]?|{_WRAPPED.replace('{}', _PROJECT_KEY)}"
)
"""項目 or 指標 alone is the head of a table's names."""
_OFFICE_ALONE = regex.compile(r"(?P<key>(?:担当|所管|主管)(?:課|部署?|係)名?)[\s　]*[:：]?")
_NAMES = regex.compile(
    r"(?:(?:事務)?事業|施策|取組|事業の|サービス)名称?|サービスの?種[類別]"
    r"|(?:成果|重点|評価)?指標名?|KPI.*|指標.*|(?:成果|評価|目標)?項目名?"
)
_INDICATORS = regex.compile(
    r"(?:成果|重点|評価|活動)?指標.*|KPI.*|(?:成果|評価|目標)?項目(?:[①-⑳]|[0-9]{1,3}|名)?"
)
_ASIDE = regex.compile(
    r"(?:担当|所管|主管|関係)(?:課|部署?|部局|局|係)?(?:名)?|実施主体|予算(?:額)?|決算(?:額)?|事業費|対象(?:者)?"
    r"|(?:事業|施策|取組|整理|計画)?(?:番号|No\.?)|根拠(?:法令)?|計画期間|事業期間|実施期間|分野|柱|区分|事業区分"
)
_ANY_KEY = (
    r"(?P<key>(?:[^\s　:：、。【】［］\[\]〔〕《》〈〉＜＞<>（）()]{2,16}"
    rf"|{_padded(_PADDED)})(?:[（(〔［\[【<＜〈][^（）()〔〕［］\[\]【】<>＜＞〈〉]{{1,24}}[)）〕］\]】>＞〉])?)"
)
_KEY = regex.compile(_key(_ANY_KEY))
_KEY_ALONE = regex.compile(
    rf"[■◆●]?[\s　]*{_ANY_KEY}[\s　]*[:：]?|{_WRAPPED.replace('{}', _ANY_KEY)}"
)
_STROKES = regex.compile(r"[\s　]+[／/|｜][\s　]+|[\s　]*[｜|][\s　]*")
_GRADE = regex.compile(r"[A-ES]|[◎○〇△▲×✕☓]|[1-5]|[ⅠⅡⅢⅣⅤ]")


@lru_cache(maxsize=32)
def find_block(printed: Sequence[Printed], at: int) -> Found | None:
    """A block whose first key (事業番号, 事業名, KPI①) is the line at `at`."""
    if not _opens(printed[at].line) and not _opens_alone(printed, at):
        return None
    blocks, end = _blocks(printed, at)
    block = blocks[0]
    if block.name is None or not any(key.head.role in MEASURES for key in block.keys):
        return None
    for key in (key for each in blocks for key in each.keys):
        key.year = year_of_key(printed, at, word_of(key.line.text))
    unknown = [key for each in blocks for key in each.unknown]
    aside = [line for each in blocks for line in each.aside]
    aside += [line for key in unknown for line in (key.line, *key.values)]
    if len(blocks) > 1 or (counts_in_words(block) and not unknown):
        rows = [row for each in blocks for row in rows_of_block(each)]
        return Found(
            with_aside(lay_figures(rows, (), printed[at:end]), aside), end, _notices(unknown)
        )
    columns = [column for key in block.keys for column in columns_of(key)]
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    grid = lay_out(rows_of_grid(block, columns), "key_value", span)
    return Found(with_aside(grid, aside), end, _notices(unknown))


def _notices(unknown: Sequence[Key]) -> tuple[Notice, ...]:
    return tuple(_unknown(key) for key in unknown)


def _unknown(key: Key) -> Notice:
    detail = f"nothing says what 「{key.line.text} {key.values[0].text[:60]}」 means: it is not published"
    return Notice("unread_figures", "warning", detail, cover([key.line.span, key.values[-1].span]))


LAYOUTS = (find_block,)


# -- keys --------------------------------------------------------------------------------------


def _blocks(printed: Sequence[Printed], at: int) -> tuple[list[Block], int]:
    """The block at `at`, and those below it that count something else of the same name."""
    first, end = _block(printed, at, Block())
    blocks = [first]
    while first.quantity is not None and _counts_again(printed, end):
        block, next_end = _block(printed, end, Block(first.name))
        if next_end == end or block.quantity is None or _is_given(block.quantity, blocks):
            break
        if not any(key.head.role in MEASURES for key in block.keys):
            break
        blocks.append(block)
        end = next_end
    return blocks, end


def _counts_again(printed: Sequence[Printed], at: int) -> bool:
    """項目　利用日数 below the block of a service: what else is counted of it."""
    opening = _OPENING.fullmatch(printed[at].line.text) if at < len(printed) else None
    return opening is not None and _INDICATORS.fullmatch(word_of(opening["key"])) is not None


def _is_given(quantity: Line, blocks: Sequence[Block]) -> bool:
    """利用者数 a second time: of another service, whose name was lost."""
    return any(
        block.quantity is not None and block.quantity.text == quantity.text for block in blocks
    )


def _block(printed: Sequence[Printed], at: int, block: Block) -> tuple[Block, int]:
    """The keys of a block; it ends where the next one opens or a line is neither key nor value."""
    end = at
    while end < len(printed):
        line = printed[end].line
        is_new_group = end > at and printed[end].group != printed[end - 1].group
        if is_page_number(line.text) and _goes_over_page(printed, end):
            block.aside.append(line)
            end += 1
            continue
        if end > at and (_opens_next(line, block) or _repeats(line, block)):
            break
        if (key := _key_over_value(printed, end)) is not None:
            _take_name(key, printed[end + 1].line, block)
            end += 2
            continue
        if not _take_line(line, block, may_go_on=not is_new_group):
            break
        end += 1
    return block, end


def _goes_over_page(printed: Sequence[Printed], at: int) -> bool:
    """Does a key of the block stand right below the number of a page?"""
    return at + 1 < len(printed) and any(map(_key_of, _pieces(printed[at + 1].line)))


def _repeats(line: Line, block: Block) -> bool:
    """目標 a second time: of another indicator, whose name was lost."""
    given = {_said(column) for key in block.keys for column in columns_of(key)}
    for piece in _pieces(line):
        key = _key_of(piece)
        if key is None:
            continue
        value = part_of(piece, *key.span("value"))
        read = key_of(part_of(piece, *key.span("key")), value)
        if read.head.role not in MEASURES:
            continue
        columns = columns_of(read)
        if any(_said(column) in given for column in columns) and counted(value) is None:
            return True
    return False


def _said(column: Column) -> tuple[str, ...]:
    """The measure, year and count that a column says."""
    words = (column.key, column.year, column.counted)
    return tuple(fold(word.text) if word is not None else "" for word in words)


def _opens(line: Line) -> bool:
    """事業番号 101, 事業名 相談支援事業; 事業名 単位 令和６年度, 項目 目標、実績 are lines of heads."""
    opening = _OPENING.fullmatch(line.text)
    if opening is None:
        return False
    value = part_of(line, *opening.span("value"))
    if len(read_head_line(value)) > 1:
        return False
    says_head = any(read_head(piece.text).says_something for piece in cut(value))
    return not says_head or _ASIDE.fullmatch(word_of(opening["key"])) is not None


def _opens_next(line: Line, block: Block) -> bool:
    """A first key stands in a block once: a number before the name, a name before the figures."""
    opening = _OPENING.fullmatch(line.text) or _FIRST_ALONE.fullmatch(line.text)
    if opening is None:
        return False
    has_figures = any(key.head.role in MEASURES for key in block.keys)
    is_anew = block.name_key is not None and block.name_key.text == opening["key"]
    return has_figures or is_anew or _ASIDE.fullmatch(word_of(opening["key"])) is not None


def _take_line(line: Line, block: Block, *, may_go_on: bool) -> bool:
    opening = _OPENING.fullmatch(line.text)
    if opening is not None:
        key, value = (part_of(line, *opening.span(name)) for name in ("key", "value"))
        _take_name(key, value, block)
        return True
    taken = False
    if (alone := _key_alone(line)) is not None:
        block.keys.append(alone)
        return True
    for piece in _pieces(line):
        if not _take_piece(piece, block):
            break
        taken = True
    else:
        return True
    return not taken and may_go_on and bool(block.keys) and _go_on(line, block)


def _key_alone(line: Line) -> Key | None:
    """``実績：``, ``【実績】`` with its values on the lines below."""
    match = _KEY_ALONE.fullmatch(line.text)
    if match is None:
        return None
    key = part_of(line, *match.span("key"))
    read = key_of(key)
    known = read.head.role in MEASURES | TEXTS or read.head.role is Role.GRADE
    return read if known else None


def _go_on(line: Line, block: Block) -> bool:
    """A line without a known key: more of the value above, or a key that is no known word."""
    last = block.keys[-1]
    match = _KEY.fullmatch(line.text)
    goes_by_years = bool(years_of(line)) and all(years_of(value) for value in last.values)
    counts_on = last.head.role in MEASURES and all(map(counted, (*last.values, line)))
    if match is not None and last.head.role in TEXTS and _is_key_of_its_own(match, last):
        key, value = (part_of(line, *match.span(name)) for name in ("key", "value"))
        block.unknown.append(Key(Head(key.text), key, [value]))
    elif last.head.role in TEXTS or hangs_on(line.text) or goes_by_years or counts_on:
        last.values.append(line)
    elif match is not None:
        key, value = (part_of(line, *match.span(name)) for name in ("key", "value"))
        block.unknown.append(Key(Head(key.text), key, [value]))
    elif not last.values:
        last.values.append(line)
    else:
        return False
    return True


def _is_key_of_its_own(match: regex.Match[str], last: Key) -> bool:
    """中間期の値（令和５年度末） 30回 below a text, 備考 … below a grade: no more of what stands above it."""
    is_grade = bool(last.values) and _GRADE.fullmatch(fold(last.values[0].text)) is not None
    has_year = bool(named_years(match["key"])) and is_known_value(match["value"])
    return is_grade or has_year


def _take_name(key: Line, value: Line, block: Block) -> None:
    words = word_of(key.text)
    is_indicator = _INDICATORS.fullmatch(words) is not None
    if _ASIDE.fullmatch(words) is not None or (block.name is not None and not is_indicator):
        block.aside += [key, value]
    elif is_indicator:
        _take_indicator(key, value, block)
    else:
        block.name_key, block.name = key, value
        block.aside.append(key)


def _opens_alone(printed: Sequence[Printed], at: int) -> bool:
    is_first = _FIRST_ALONE.fullmatch(printed[at].line.text) is not None
    return is_first and _key_over_value(printed, at) is not None


def _key_over_value(printed: Sequence[Printed], at: int) -> Line | None:
    """事業名 alone on its line, and its value on the one below."""
    text = printed[at].line.text
    match = _FIRST_ALONE.fullmatch(text) or _OFFICE_ALONE.fullmatch(text)
    if match is None or at + 1 >= len(printed) or printed[at + 1].group != printed[at].group:
        return None
    value = printed[at + 1].line
    is_key = _FIRST_ALONE.fullmatch(value.text) or _KEY_ALONE.fullmatch(value.text)
    says_head = read_head(value.text).says_something or len(read_head_line(value)) > 1
    key = part_of(printed[at].line, *match.span("key"))
    return None if (is_key and find_role(value.text) is not None) or says_head else key


def _take_indicator(key: Line, value: Line, block: Block) -> None:
    """The indicator names the figures; a bare quantity (利用者数) only beside the project's name, and one that
    only asks how things stand (実施状況) never."""
    block.aside.append(key)
    block.is_indicator = True
    if block.name is not None and find_role(value.text) in TEXTS:
        block.aside.append(value)
        return
    if block.name is not None and (says_monthly_quantity(value.text) or find_unit(value.text)):
        block.quantity = value
        return
    block.aside += [block.name] if block.name is not None else []
    block.name = value


def _pieces(line: Line) -> Iterator[Line]:
    """``基準値 1.42 ／ 実績値 1.38``: the parts between strokes, where each begins with a key."""
    start, cuts = 0, []
    for stroke in _STROKES.finditer(line.text):
        cuts.append((start, stroke.start()))
        start = stroke.end()
    cuts.append((start, len(line.text)))
    pieces = [part_of(line, a, b) for a, b in cuts if line.text[a:b].strip()]
    yield from pieces if all(_key_of(piece) for piece in pieces) else [line]


def _key_of(piece: Line) -> regex.Match[str] | None:
    match = _KEY.fullmatch(piece.text)
    if match is None:
        return None
    key = word_of(match["key"])
    head = key_of(part_of(piece, *match.span("key"))).head
    known = head.role is not None and head.role not in (Role.GOAL, Role.PLAN_DO, Role.TERM)
    return match if known or _ASIDE.fullmatch(key) or _NAMES.fullmatch(key) else None


def _take_piece(piece: Line, block: Block) -> bool:
    match = _key_of(piece)
    if match is None:
        return False
    key = part_of(piece, *match.span("key"))
    value = part_of(piece, *match.span("value"))
    read = key_of(key, value)
    head = read.head
    if head.role in MEASURES | TEXTS or head.role is Role.GRADE:
        block.keys.append(read)
    elif head.role is Role.UNIT and block.unit is None and find_unit(value.text) is not None:
        block.aside.append(key)
        block.unit = value
    elif _INDICATORS.fullmatch(word_of(key.text)) and not block.is_indicator:
        _take_indicator(key, value, block)
    else:
        block.aside.append(piece)
    return True
