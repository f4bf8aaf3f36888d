"""Marks set apart before a name, as read-aloud editions print them: ① and a blank, @, A for ②, まる1; 2行目 before a row;
図1 before a title; ［ ］ around it."""

from __future__ import annotations

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.lines.printed import part_of

_MARK = regex.compile(
    r"(?:[①-⑳](?=[\s　])|[@＠](?![A-ZＡ-Ｚ])|(?<=^)[A-ZＡ-Ｚ](?=[\s　]+[^\s　A-Za-z])|(?:まる|マル|丸)[0-9０-９一二三四五六七八九十]{1,2}(?:\s?の\s?[0-9０-９]{1,2})*[、,，.．\s　]?)[\s　]*"
)
_CHART_WORD = r"(?:図表?|表|(?:棒|折れ線|円|帯)?グラフ)(?:[\s　]?[0-9０-９]{1,2}(?:[-－‐―ー.．][0-9０-９]{1,2}){0,2})?"
_CHART = regex.compile(
    rf"(?:[【〔\[(（](?P<mark>{_CHART_WORD})[】〕\])）][\s　.．:：、。]*|(?P<mark>{_CHART_WORD})[\s　.．:：、。]+)(?=\S)"
)
NUMBER_OF_ROW = regex.compile(
    r"(?:第?[0-9０-９一二三四五六七八九十]{1,3}|次の|最後の)(?:行目|番目|つ目|件目|段目|行)"
)
"""2行目, 次の行: what a row is called before it is read."""
_ROW_MARK = regex.compile(
    r"[(（〔\[［【]?第?[\s　]*(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[\s　]*行目?[)）〕\]］】]?"
    r"(?:[\s　]*[、,，.．:：。][\s　]*|[\s　]+)"
)
_HEADS_FOLLOW = regex.compile(
    r"[「『（(【〔]?(?:[列欄表]の?)?(?:見出し|項目名|表頭|ヘッダー?)(?:の?行)?[」』）)】〕]?(?:は、?|[\s　]*[、，:：。]|[\s　]+)[\s　]*"
)
_TABLE = "(?:図?表|図|グラフ)"
_TABLE_BEGINS = regex.compile(
    rf"\W*(?:ここから)?{_TABLE}[^。、]{{0,8}}(?:はじめ|始め|始まり|はじまり|開始)\W*|\W*{_TABLE}.{{0,40}}ここから\W*"
)
_TABLE_ENDS = regex.compile(
    rf"\W*(?:ここまで)?{_TABLE}[^。、]{{0,8}}(?:おわり|終わり|終り|終了)\W*|\W*{_TABLE}.{{0,40}}ここまで\W*"
)
_PART = regex.compile(
    r"[\s　]*(?:第[0-9０-９一二三四五六七八九十]{1,3}(?P<kind>[章部編])|(?P<kind>別表|別紙|資料)[\s　]*[0-9０-９一二三四五六七八九十]{1,3}"
    r"|(?P<kind>第)[0-9０-９一二三四五六七八九十]{1,3}(?=[\s　]))[^。、，]{0,40}"
)
_PAGE = regex.compile(r"[-－‐–—(（\s]*[0-9０-９]{1,3}\s*(?:ページ|頁)?[-－‐–—)）\s]*")
_IN_BRACKETS = regex.compile(
    r"[\[［〔「『【《≪〈＜](?P<words>[^\[\]［］〔〕「」『』【】《》≪≫〈〉＜＞]+)[\]］〕」』】》≫〉＞]"
)
_OUTLINE = regex.compile(
    r"(?:[Ⅰ-Ⅻ]|[A-ZＡ-Ｚ]|[0-9０-９]{1,2})(?:[-－‐‑–.．][0-9０-９]{1,2}){1,2}[\s　]+(?=[^\s　0-9０-９])"
)
_OFFICE = regex.compile(r"(?<=.{2})[\s　]*[(（][^()（）]{1,24}課(?:ほか|他|等)?[)）]\Z")


def outline_mark(text: str) -> str | None:
    """Ⅰ－1, 2-3 before a name: its number in the paper."""
    match = _OUTLINE.match(text)
    return match[0].strip() if match is not None else None


def without_outline(line: Line) -> Line:
    """The name behind its number in the paper, and before the office that is in charge: Ⅱ－1 施設入所者数（障害福祉課）."""
    match = _OUTLINE.match(line.text)
    if match is None:
        return line
    office = _OFFICE.search(line.text)
    return part_of(line, match.end(), office.start() if office is not None else len(line.text))


def without_mark(line: Line, *, letters: bool) -> Line:
    """The line behind a list mark set apart from it (① , @, A for ②, まる1)."""
    match = _MARK.match(line.text)
    if match is None or (
        match[0].strip()[:1].isalpha() and match[0].strip().isascii() and not letters
    ):
        return line
    return part_of(line, match.end(), len(line.text))


def without_row_number(line: Line) -> Line:
    """The line behind the number of its row: 2行目　居宅介護、人/月、30 is 居宅介護、人/月、30."""
    match = _ROW_MARK.match(line.text)
    return line if match is None else part_of(line, match.end(), len(line.text))


def without_head_word(line: Line) -> Line:
    """The heads of columns behind the word that says that they follow: 見出し　サービス名、単位、…."""
    match = _HEADS_FOLLOW.match(line.text)
    return line if match is None else part_of(line, match.end(), len(line.text))


def part_kind(text: str) -> str | None:
    """The kind of part that a heading opens: 第２部　施策の評価, 別表１　成果目標, 第３　サービス見込量と実績."""
    match = _PART.fullmatch(text)
    return match["kind"] if match is not None else None


def begins_table(text: str) -> bool:
    """表はじめ, 【表１の始まり】, 【グラフの説明　ここから】 alone on a line."""
    return _TABLE_BEGINS.fullmatch(text) is not None


def ends_table(text: str) -> bool:
    """表おわり, （表の終わり） alone on a line."""
    return _TABLE_ENDS.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """12, - 3 -, （1ページ） alone on a line."""
    return _PAGE.fullmatch(text) is not None


def frames_table(text: str) -> bool:
    """What stands alone between rows and is none: where a table begins or ends, a page number."""
    return begins_table(text) or ends_table(text) or is_page_number(text)


def bare_name(line: Line, *, letters: bool) -> Line:
    """The name of rows without its list mark, and without brackets around the whole: ［生活介護］."""
    return unwrapped(without_mark(line, letters=letters))


def unwrapped(name: Line) -> Line:
    """A name without brackets around the whole of it."""
    match = _IN_BRACKETS.fullmatch(name.text)
    return part_of(name, *match.span("words")) if match is not None else name


def is_chart_mark(text: str) -> bool:
    """表１, 図2-3: the number of a table or chart, and nothing else."""
    return regex.fullmatch(_CHART_WORD, text.strip()) is not None


def chart_mark(line: Line) -> tuple[Line | None, Line]:
    """図1, 表2-3, グラフ4, グラフ without a number before a title, and the line behind it."""
    match = _CHART.match(line.text)
    if match is None:
        return None, line
    return part_of(line, *match.span("mark")), part_of(line, match.end(), len(line.text))
