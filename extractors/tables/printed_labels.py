"""The words of a label cell (項目名): comments, units in brackets and 内訳 told apart from the name.

``利用者数（人/月）`` names 利用者数 and its unit; ``参加者数（内訳）`` names 参加者数, whose parts
follow; lines that begin with ※ are a comment and no part of the name.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Cell
from keikaku.extractors.entries import Label
from keikaku.extractors.heads import MEASURES, Head, Role, read_head, split_unit
from keikaku.extractors.words import is_legend, is_quantity, joined, without_comment
from keikaku.normalizers.folding import drop_blanks, fold
from keikaku.normalizers.units import find_unit

_PARTS = regex.compile(r"[\s　]*[（(](?:内訳|うち内訳)[)）]\Z")


_SAID_BEHIND = frozenset((Role.TARGET, Role.PROJECTED, Role.ACTUAL))
_SAID_APART = _SAID_BEHIND | {Role.RATE, Role.GAP}
"""利用者数　達成率 behind a blank; 削減数（A－C） is a name."""


def label_text(cell: Cell) -> str:
    """A cell's words as one folded string."""
    return fold(joined(cell.lines))


def label_of(cell: Cell) -> Label:
    """The words of a label cell, a comment (※…) left out."""
    lines = list(cell.lines)
    while len(lines) > 1 and is_legend(lines[-1].text):
        lines.pop()
    texts = tuple(without_comment(line.text) for line in lines)
    return Label(without_comment(joined(lines)), texts, cell.span)


def label_and_unit(cell: Cell) -> tuple[Label, str | None]:
    """``利用者数（人/月）``: the label, and the unit in brackets behind it."""
    label = label_of(cell)
    split = split_unit(label.text)
    if split is None:
        return label, None
    text, unit = split
    return Label(text, label.lines if len(label.lines) > 1 else (text,), label.span), unit


_COUNTED_BEHIND = regex.compile(
    r"(?P<name>.*[^\s　])[\s　]*[(（\[［](?P<quantity>[^()（）\[\]［］・:：、,，]{2,16})[・:：、,，]"
    r"(?:単位[:：は]?)?(?P<unit>[^()（）\[\]［］・:：、,，]{1,8})[)）\]］]"
)


_COUNTED_BEHIND_COLON = regex.compile(
    r"(?P<name>[^:：]*[^\s　:：])[\s　]*[:：][\s　]*(?P<quantity>[^:：]{2,16})"
)


_SETS_APART = regex.compile("[・:：、,，]")


def counted_behind(label: Label) -> tuple[Label, str, str] | None:
    """``移動支援事業（実利用者数・人）``, ``共同生活援助：月間利用者数``: the name, what is counted of it, and in which unit."""
    if _SETS_APART.search(label.text) is None:
        return None
    match = _COUNTED_BEHIND.fullmatch(label.text)
    unit = find_unit(match["unit"]) if match is not None else None
    if match is None and (match := _COUNTED_BEHIND_COLON.fullmatch(label.text)) is not None:
        unit = find_unit(match["quantity"])
    if match is None or unit is None or not is_quantity(match["quantity"]):
        return None
    name = match["name"]
    return Label(name, (name,), label.span), match["quantity"], unit


_MEASURE_FIRST = regex.compile(
    r"[【〔\[［(（](?P<measure>[^【】〔〕\[\]［］()（）]{2,8})[】〕\]］)）][\s　]*(?P<name>.{2,})"
    r"|(?P<measure>[^\s　]{1,8}|[^\s　][\s　]+[^\s　])(?: {2,}|　)[\s　]*(?P<name>[^\s　].+)"
)
"""【目標】地域生活移行者数, 計画目標　　相談件数, 実　　績　　相談件数."""
_ONE_YEAR = (
    r"(?:(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)年度|(?:20|２０)[0-9０-９]{2}年度)"
)
_YEAR_FIRST = regex.compile(
    rf"(?P<year>{_ONE_YEAR}(?:[（(]{_ONE_YEAR}[)）])?末?(?:時点|現在)?"
    r"|[RHＲＨ][0-9０-９]{1,2}(?:末(?:時点|現在)?)?)(?:の|における)"
    r"(?P<name>[^のうち]{2,24}数(?:[（(][A-ZＡ-Ｚ][)）])?)"
)
"""令和４年度末時点の施設入所者数, 令和４年度（2022年度）末時点の…"""


_OPENING = frozenset("【〔[［(（")


def may_begin_in_measure(cell: Cell) -> bool:
    """【目標】地域生活移行者数, 計画目標　　相談件数: may the label print its measure before the name?"""
    return _opens_or_parts(joined(cell.lines))


def _opens_or_parts(text: str) -> bool:
    return text[:1] in _OPENING or "  " in text or "\u3000" in text


def measure_before(label: Label) -> tuple[Head, Label] | None:
    """``【目標】地域生活移行者数``: the measure before the name, in brackets or set apart from it, and the name."""
    match = _MEASURE_FIRST.fullmatch(label.text) if _opens_or_parts(label.text) else None
    head = read_head(drop_blanks(match["measure"])) if match is not None else None
    if match is None or head is None or head.role not in MEASURES:
        return None
    return head, Label(match["name"], (match["name"],), label.span)


_MEASURE_LAST = regex.compile(
    r"(?P<name>.{2,}[^\s　])(?:の[\s　]*(?P<measure>[^の\s　()（）]{2,8})|(?P<apart>[\s　]+)(?P<measure>[^の\s　()（）]{2,8})"
    r"|[\s　]*[（(](?P<measure>[^()（）]{2,8})[)）])"
)


def measure_behind(label: Label) -> tuple[Head, Label] | None:
    """``利用者数の計画``, ``利用者数（計画）``, ``生活介護　計画``: the measure behind the name, and the name."""
    text = label.text
    may_be = "の" in text or text[-1:] in (")", "）") or len(text.split()) > 1
    match = _MEASURE_LAST.fullmatch(text) if may_be else None
    head = read_head(match["measure"]) if match is not None else None
    if match is None or head is None or head.unit is not None:
        return None
    is_apart = match["apart"] is not None
    if head.role not in (_SAID_APART if is_apart else _SAID_BEHIND):
        return None
    return head, Label(match["name"], (match["name"],), label.span)


def year_before(label: Label) -> tuple[Head, Label] | None:
    """``令和４年度末時点の施設入所者数``: the year before the name, and the name."""
    match = _YEAR_FIRST.fullmatch(label.text)
    head = read_head(match["year"]) if match is not None else None
    if match is None or head is None or head.year is None:
        return None
    return head, Label(match["name"], (match["name"],), label.span)


def without_parts_word(label: Label) -> Label:
    """``参加者数（内訳）`` over the rows of its parts: 参加者数."""
    text = _PARTS.sub("", label.text)
    return Label(text, (text,), label.span) if text and text != label.text else label


def deepest_words(cells: Sequence[Cell]) -> str:
    """The second printed label of a row, or its only one."""
    plain = [cell for cell in cells if cell.lines]
    return joined(plain[1].lines) if len(plain) > 1 else joined(plain[0].lines)
