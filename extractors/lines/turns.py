"""Names printed beside measures that take turns: 自立訓練（機能訓練・生活 見込量 12人 over 訓練）の利用者数 実績値 9人.

A cell over two rows stands beside both of its lines, so a name that breaks has its first half before the first measure
and the rest before the second. Where the halves may be two names (生活介護 見込量, 短期入所 実績値), none is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, Role, find_role
from keikaku.extractors.lines.printed import merge_pieces, tokens_of
from keikaku.extractors.words import is_legend, joined
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.labels import list_number, split_marks

_PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("［", "］"), ("「", "」"), ("〔", "〕"))
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """The words beside a row of figures: a name or a piece of one, and the measure right before the figures."""

    name: Line | None
    measure: Line
    role: Role


def turn_of(words: Line) -> Turn | None:
    """``生活介護の利用者数 見込量``: name and measure; None where no measure stands last."""
    *name, last = tokens_of(words)
    role = find_role(last.text)
    if role is None or role not in MEASURES:
        return None
    return Turn(merge_pieces(name, words) if name else None, last, role)


def breaks_over_turns(rows: Sequence[Line]) -> bool:
    """Do rows end in measures that take turns, names or pieces of names not beside each of them alike?"""
    turns = [turn_of(words) for words in rows]
    told = [turn for turn in turns if turn is not None]
    if len(told) < len(rows) or len({turn.role for turn in told}) < 2:
        return False
    if all(turn.name is None for turn in told):
        return False
    groups = in_turn(told)
    return groups is None or any(not _is_named_alike(group) for group in groups)


def _is_named_alike(group: Sequence[Turn]) -> bool:
    """居宅介護 計画, 居宅介護 実績: the same name beside each row."""
    return len({turn.name.text if turn.name is not None else None for turn in group}) == 1


def in_turn(turns: Sequence[Turn]) -> list[Sequence[Turn]] | None:
    """The rows name by name: the same measures in the same order for each; None where they are not."""
    roles = [turn.role for turn in turns]
    size = next((n for n in range(1, len(roles)) if roles[n] is roles[0]), len(roles))
    if size < 2 or len(roles) % size or roles != roles[:size] * (len(roles) // size):
        return None
    return [turns[n : n + size] for n in range(0, len(turns), size)]


def name_of(group: Sequence[Turn], width: int) -> tuple[Line, ...] | None:
    """The pieces of the name that stands beside the rows, a remark (※…) last; None where they may be more than
    one. `width`: characters of the longest first piece of the table, at which a name breaks."""
    if group[0].name is None:
        return None
    pieces = _different(group)
    remarks = [piece for piece in pieces if is_legend(piece.text)]
    name = [piece for piece in pieces if not is_legend(piece.text)]
    if not name or [*name, *remarks] != pieces or not _is_one(name, width):
        return None
    return tuple(pieces)


def _different(group: Sequence[Turn]) -> list[Line]:
    """The pieces beside the rows; a name that is printed beside each row is one."""
    pieces = [turn.name for turn in group if turn.name is not None]
    is_same = len(pieces) == len(group) and len({piece.text for piece in pieces}) == 1
    return pieces[:1] if is_same else pieces


def _is_one(name: Sequence[Line], width: int) -> bool:
    whole = joined(name)
    if len(whole) > _LONGEST_NAME or _is_open(whole):
        return False
    if any(list_number(piece.text) is not None for piece in name[1:]):
        return False
    if len(name) == 1 or _is_known(whole):
        return True
    if any(map(_is_known, (piece.text for piece in name[1:]))):
        return False
    return all(_is_open(piece.text) or len(piece.text) >= width for piece in name[:-1])


def _is_open(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in _PAIRS)


def _is_known(words: str) -> bool:
    return bool(indicators_named(split_marks(words).body))
