"""One line in its pieces: names, years, measures, units and values, whatever parts them.

``令和6年度、見込量:331人、カッコ152人、実績:斜線。``, ``計画 3年度 4,300、4年度 4,420``, ``実績値：１６人（令和６年度末）→２３人（令和７年９月末）``,
``目標　【令和８年度末までの累計　7人（6.3％）】``: a line is cut at its delimiters, a bracket says more of what stands before it or
holds pieces itself. A line that holds anything else, a sentence, is not cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, TEXTS, Head, Role, find_role, read_head
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import merge_pieces, part_of
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.words import is_eraless_year, is_grade
from keikaku.normalizers.labels import split_marks

_OPENING, _CLOSING = "(（〔[［「『【《＜<〈", ")）〕]］」』】》＞>〉"
_PER = r"(?:人|名|回|日|件|分|間|所|円|％|%|度)[／/](?:月|年|日|回|人|週)"
_DELIMITER = regex.compile(
    r"(?:[、；;：:＝=。\s　｜|→⇒➡]"
    r"|[／/](?=(?:令和|平成|[RHＲＨ])?[\s　]?(?:元|[0-9０-９]{1,4})年)"
    r"|[,，](?!(?<=[0-9０-９].)[0-9０-９]{3}(?![0-9０-９]))"
    r"|(?<!(?:人|名|回|日|件|分|間|所|円|％|%))[／/](?![0-9０-９])|[／/](?!月|年|日|回|人|週|[0-9０-９]))+"
)
_LONGEST = 240
_LONGEST_WORDS = 20
_LONGEST_NAME = 60
_SPOKEN_BRACKETS = ("カッコ", "かっこ", "括弧")
_SPOKEN_BRACKET = regex.compile(r"(?:カッコ|かっこ|括弧)(?:\s?[0-9０-９].*)?")
_YEAR = (
    r"(?:(?:令和|平成|令|平|[RHＲＨ])\s?(?:元|[0-9０-９]{1,2})|(?:19|20)[0-9]{2}|(?:元|[0-9０-９]{1,2})(?=年度))"
    r"(?:年度?)?(?:末|中)?"
)
_GLUED_YEAR = regex.compile(
    rf"(?P<year>{_YEAR})(?<=[度末中]|[RHＲＨ][0-9０-９]{{1,2}})(?P<rest>[^年月度末中].*)"
)
_GLUED_SERIES = regex.compile(
    r"(?P<name>[^0-9０-９]*[^0-9０-９はがをにでもとの(（])(?P<said>(?:令和|平成)(?:元|[0-9０-９]{1,2})年度?末?[0-9０-９].*?(?=令和|平成|\Z))+"
)
_BRACKET_BEHIND = regex.compile(
    r"(?P<words>.*[^\s　(（〔\[［【])[\s　]*(?P<bracket>[(（〔\[［【](?P<inside>[^()（）〔〕\[\]［］【】]+)[)）〕\]］】])"
)
_BRACKET_BEFORE = regex.compile(
    r"(?P<bracket>[(（〔\[［【](?P<inside>[^()（）〔〕\[\]［］【】]+)[)）〕\]］】])[\s　]*(?P<rest>\S.*)"
)
_GRADED = regex.compile(
    r"(?P<value>.*[^\s　(（〔\[［【])[\s　]*[(（〔\[［【](?P<head>[^\s　:：]{2,6})[\s　:：]+(?P<grade>[^\s　]{1,6})[)）〕\]］】]"
)
_HEADED = regex.compile(r"(?P<head>[^()（）]{2,8}[(（][^()（）]+[)）])(?P<value>[^()（）].*)")
"""目標（2023年度末）128人（6.2%）"""
_WRAPPED = regex.compile(r"[(（〔\[［【《＜<〈](?P<inside>.+)[)）〕\]］】》＞>〉]")
_UNTIL = regex.compile(r"(?P<year>.+?)(?:まで)?の?(?:累計|累積|時点|現在|期間|間)?")
_UNTIL_THEN = regex.compile(r"(?:までに?|における|において|に)\Z")
_SENTENCE = regex.compile(
    r"(?:ます|です|せん|した|った|いる|ある|する|れる|なる|図る|める|目指す|[らや]す|行う|ない|いた|とおり|ください)\Z"
)
_ENDS = regex.compile(r"です|でした|となっています|と推移しています|となりました")
"""What a sentence of figures ends with, and says nothing."""
_TOPIC = regex.compile(r"(?P<words>[^は]{2,40})は(?P<value>[^は]{1,24})")
_SAYS_CHART = regex.compile(
    r"(?:[^。、は0-9０-９]{0,30}(?:を示す|を表す|の|た))?(?:積み?上げ|折れ線|集合|横|縦)?(?:棒|折れ線|円|帯)?(?:グラフ|図)(?:です|になります|となっています)"
)
"""折れ線グラフです。: what a chart looks like, and nothing of its figures."""
_COMMENT = regex.compile(r"(?<=[^\s　、])と、?[^0-9０-９、。]*(?:て|で)(?:います|いました)。?\Z")
"""56人と、少しずつ減っています: how the last figure is to be seen."""
_CLOSED = regex.compile(rf"(?P<value>.*[^\s　])(?:{_ENDS.pattern})")
_BOLD = regex.compile(r"(\*\*|__)(?P<words>[^*_]+)\1")
_IS_SUBJECT = regex.compile(r"(?<=[^に、でとのたい][^にでと、はい])は\Z")
"""居宅介護は, and not では or または."""
_FIGURE = regex.compile("[0-9０-９]")
_OPENS_WITH_DIGIT = regex.compile("約?[0-9０-９]")
_ANY = regex.compile("")
GRADES = frozenset((Role.GRADE, Role.EVALUATION))


NO_HEAD = Head("")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line. `kind`: name, head (a year, a measure, a unit, or more of them at once), value, words
    (what may be a name or a value told in words). `is_behind`: a bracket right behind a value."""

    kind: str
    line: Line
    head: Head = NO_HEAD
    is_behind: bool = False
    after: str = ""
    """The delimiter before it."""


@lru_cache(maxsize=4_096)
def pieces_of(line: Line) -> tuple[Piece, ...]:
    """The pieces of a line behind its list mark; none where a piece of it is no such piece."""
    if len(line.text) > _LONGEST:
        return ()
    pieces: list[Piece] = []
    for delimiter, part in _cut(_without_comment(line), split_marks(line.text).body_start):
        if _ENDS.fullmatch(part.text) or (not pieces and _SAYS_CHART.fullmatch(part.text)):
            continue
        found = _read(part)
        if found is None:
            return ()
        first, *rest = found
        if _goes_on(pieces, first, delimiter):
            merged = merge_pieces([pieces[-1].line, first.line], line)
            opens = first.line.text in _SPOKEN_BRACKETS
            pieces[-1] = replace(
                pieces[-1], line=merged, kind=_merged_kind(pieces[-1], opens=opens)
            )
        else:
            pieces.append(replace(first, after=delimiter))
        pieces += rest
    return tuple(pieces)


def _without_comment(line: Line) -> Line:
    """The line up to its last figure, where a comment without a figure closes it."""
    match = _COMMENT.search(line.text)
    return part_of(line, 0, match.start()) if match is not None else line


def _goes_on(pieces: Sequence[Piece], piece: Piece, delimiter: str) -> bool:
    """カッコ152人 behind the value that it is a part of; words of one name between blanks."""
    if not pieces:
        return False
    before = pieces[-1]
    if before.kind == "value" and piece.kind in ("value", "name"):
        return _SPOKEN_BRACKET.match(piece.line.text) is not None
    if before.kind == "bracketed":
        return piece.kind == "value"
    return before.kind == piece.kind == "name" and not delimiter.strip(" 　")


def _merged_kind(before: Piece, *, opens: bool) -> str:
    """402人、かっこ、188人: behind かっこ the next value still belongs to the one before it."""
    if opens:
        return "bracketed"
    return "value" if before.kind == "bracketed" else before.kind


def _cut(line: Line, start: int) -> Iterator[tuple[str, Line]]:
    """The parts between delimiters, each with the delimiter before it; brackets hold together."""
    text, at, depth, delimiter = line.text, start, 0, ""
    while at < len(text):
        depth = max(0, depth + (text[at] in _OPENING) - (text[at] in _CLOSING))
        match = _DELIMITER.match(text, at) if depth == 0 else None
        if match is None:
            at += 1
            continue
        if (part := part_of(line, start, at)).text:
            yield delimiter, part
        delimiter, start = match[0], match.end()
        at = start
    if (part := part_of(line, start, len(text))).text:
        yield delimiter, part


def _read(part: Line) -> list[Piece] | None:
    """A part as one piece or more; None for what is none of them."""
    if (bold := _BOLD.fullmatch(part.text)) is not None:
        part = part_of(part, *bold.span("words"))
    text = part.text
    head = _head(text)
    if head is not None and not (head.unit is not None and _FIGURE.search(text)):
        return [Piece("head", part, head)]
    wrapped = _WRAPPED.fullmatch(text)
    if wrapped is not None and _is_one_bracket(text):
        return _inside(part_of(part, *wrapped.span("inside")))
    before = _BRACKET_BEFORE.fullmatch(text)
    if before is not None and (head := _head(before["inside"])) is not None:
        rest = _read(part_of(part, *before.span("rest")))
        inside = Piece("head", part_of(part, *before.span("inside")), head)
        return [inside, *rest] if rest is not None else None
    behind = _BRACKET_BEHIND.fullmatch(text)
    if behind is not None and (head := _head(behind["inside"])) is not None:
        return _headed_behind(part, behind, head)
    told = (
        _headed(part) or _topic(part) or _glued_year(part, _OPENS_WITH_DIGIT) or _with_grade(part)
    )
    if told is not None:
        return told
    if (value := _value(part)) is not None:
        return [value]
    return _glued_year(part, _ANY) or _glued_measure(part) or _glued_series(part) or _name(part)


def _name(part: Line) -> list[Piece] | None:
    """居宅介護, or 居宅介護は."""
    if _IS_SUBJECT.search(part.text):
        part = part_of(part, 0, len(part.text) - 1)
    return [Piece("name", part)] if _may_name(part.text) else None


def _headed_behind(part: Line, behind: regex.Match[str], head: Head) -> list[Piece] | None:
    """41人（R2）: the bracket that says of which year."""
    words = _read(part_of(part, *behind.span("words")))
    if words is None:
        return None
    is_behind = words[-1].kind in ("value", "words")
    return [*words, Piece("head", part_of(part, *behind.span("inside")), head, is_behind)]


def _headed(part: Line) -> list[Piece] | None:
    """目標（2023年度末）128人（6.2%）: a head with its bracket right before its figure."""
    match = _HEADED.fullmatch(part.text)
    head = _head(match["head"]) if match is not None else None
    value = _value(part_of(part, *match.span("value"))) if match is not None else None
    if match is None or head is None or value is None:
        return None
    return [Piece("head", part_of(part, *match.span("head")), head), value]


def _topic(part: Line) -> list[Piece] | None:
    """利用者数は231人, 令和元年度は171人です, 目標値は: は sets words before their figure."""
    if part.text.endswith("は") and (head := _head(part.text[:-1])) is not None:
        return [Piece("head", part_of(part, 0, len(part.text) - 1), head)]
    closed = _CLOSED.fullmatch(part.text)
    if closed is not None:
        return _read(part_of(part, *closed.span("value")))
    topic = _TOPIC.fullmatch(part.text)
    value = _value(part_of(part, *topic.span("value"))) if topic is not None else None
    if topic is None or value is None or value.kind != "value":
        return None
    words = _read(part_of(part, *topic.span("words")))
    return [*words, replace(value, after="は")] if words is not None and len(words) == 1 else None


def _value(part: Line) -> Piece | None:
    text = part.text
    if (is_known_value(text) and not ends_sentence(text)) or is_grade(text):
        return Piece("value" if _FIGURE.search(text) or is_mark(text) else "words", part)
    return None


def is_mark(text: str) -> bool:
    """―, ◎, 斜線: no words that could name anything."""
    return len(text) <= 2 and not regex.search(r"\p{Han}|\p{Hiragana}|\p{Katakana}", text)


def _inside(line: Line) -> list[Piece] | None:
    pieces = pieces_of(line)
    return list(pieces) or None


def _is_one_bracket(text: str) -> bool:
    """Does the first bracket close with the last character?"""
    depth = 0
    for at, character in enumerate(text):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth == 0:
            return at == len(text) - 1
    return False


def _head(text: str) -> Head | None:
    """The words as a head that says something of figures: a year, a measure, a unit."""
    if says_quantity(text) and find_role(text) is not Role.RATE:
        return None
    head = read_head(text)
    if head.role in TEXTS or head.role in (
        Role.PLAN_DO,
        Role.TERM,
        Role.LABEL,
        Role.GOAL,
        Role.ASIDE,
        Role.UNIT,
    ):
        return None
    if head.says_something:
        return head
    if is_eraless_year(text):
        return head
    bare = _UNTIL_THEN.sub("", text)
    if bare != text and (is_eraless_year(bare) or read_head(bare).year is not None):
        return read_head(bare)
    until = _UNTIL.fullmatch(text)
    if (
        until is not None
        and until["year"] != text
        and (head := read_head(until["year"])).year is not None
    ):
        return head
    return None


def _with_grade(part: Line) -> list[Piece] | None:
    """304人［評価 Ａ］: behind the figure, in brackets, how it is judged."""
    match = _GRADED.fullmatch(part.text)
    if match is None or find_role(match["head"]) not in GRADES or not is_grade(match["grade"]):
        return None
    value = _value(part_of(part, *match.span("value")))
    head = Piece("head", part_of(part, *match.span("head")), read_head(match["head"]))
    return [value, head, Piece("value", part_of(part, *match.span("grade")))] if value else None


def _glued_year(part: Line, opening: regex.Pattern[str]) -> list[Piece] | None:
    """2021年度4,340, 2年度末96人, 令和5年度設置: a year with its value right behind it."""
    match = _GLUED_YEAR.fullmatch(part.text)
    if match is None or not opening.match(match["rest"]) or not is_known_value(match["rest"]):
        return None
    if _GLUED_YEAR.fullmatch(match["rest"]) is not None:
        return None  # 2022年度2023年度2,033: the value of one of them is lost
    year = part_of(part, *match.span("year"))
    return [
        Piece("head", year, _head(year.text) or Head(year.text)),
        Piece("value", part_of(part, *match.span("rest"))),
    ]


def _glued_series(part: Line) -> list[Piece] | None:
    """療育手帳令和3年度2,240人令和4年度2,318人: a name, and years with their values, nothing between them."""
    match = _GLUED_SERIES.fullmatch(part.text)
    if match is None or not _may_name(match["name"]) or find_role(match["name"]) is not None:
        return None
    told = [_glued_year(part_of(part, *span), _OPENS_WITH_DIGIT) for span in match.spans("said")]
    pieces = [piece for said in told if said is not None for piece in said]
    return [Piece("name", part_of(part, *match.span("name"))), *pieces] if all(told) else None


def _glued_measure(part: Line) -> list[Piece] | None:
    """見込み420件: a measure with its value right behind it."""
    for end in range(min(len(part.text) - 1, 8), 1, -1):
        words, rest = part.text[:end], part.text[end:]
        if find_role(words) in MEASURES and _FIGURE.match(rest) and is_known_value(rest):
            return [
                Piece("head", part_of(part, 0, end), read_head(words)),
                Piece("value", part_of(part, end, len(part.text))),
            ]
    return None


def _may_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and "。" not in text and not ends_sentence(text)


def ends_sentence(text: str) -> bool:
    """Do the words end as a sentence does (…ました)?"""
    return _SENTENCE.search(text) is not None
