"""Registries: CSV tables of facts, one row a fact, read once into frozen records.

A registry's header equals the fields of its record, so a column added to the file and not to the
code (or the other way round) fails on load instead of being lost. All cells are text; the module
that owns a registry gives them their types.

Labels (行見出し) are compared on a folded form only, since no two municipalities spell alike:

>>> fold_label("② 精神障がい者の 地域移行支援")
'精神障害者の地域移行支援'
>>> fold_label("保健、医療及び福祉関係者による協議の場") == fold_label("保健・医療・福祉関係者による協議の場")
True
>>> fold_label("地域生活支援拠点等設置数（※１）")
'地域生活支援拠点等設置数'
"""

from __future__ import annotations

import csv
import dataclasses
import re
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.spoken import restore

T = TypeVar("T")

SPELLINGS = (
    (re.compile("障がい|障碍|しょうがい"), "障害"),
    (re.compile("子ども|こども|子供"), "子ども"),
    (re.compile("取り組み|取組み|とりくみ"), "取組"),
    (re.compile("受け入れ|受入れ"), "受入"),
    (re.compile("及び|および|並びに|ならびに|[、,，･]"), "・"),
    (re.compile("[ヶヵケカか箇]月"), "か月"),
    (re.compile("[〔【［]"), "["),
    (re.compile("[〕】］]"), "]"),
    (re.compile("(?<=[^・])・+(?=等)"), ""),
)

_ANY_SPELLING = re.compile("|".join(spelling.pattern for spelling, _ in SPELLINGS))
"""Most labels hold none: one look instead of nine."""
_LONGEST_REMEMBERED = 60
"""Characters; longer texts are sentences, which come but once."""


def read_registry(name: str, record_type: type[T]) -> tuple[T, ...]:
    """Read `vocabulary/<name>.csv` into records whose fields are the file's columns, all text."""
    text = files(__package__).joinpath("vocabulary", f"{name}.csv").read_text(encoding="utf-8-sig")
    reader = csv.reader(text.splitlines())
    header = tuple(next(reader))
    expected = tuple(field.name for field in dataclasses.fields(record_type))  # type: ignore[arg-type]
    if header != expected:
        raise ValueError(f"{name}.csv: columns {header} are not {expected}")
    return tuple(record_type(*row) for row in reader if row)


def fold_label(text: str) -> str:
    """The form on which labels are compared: no mark, no white space, one spelling a word."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _folded(text)


@lru_cache(maxsize=16_384)
def _remembered(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    folded = restore(fold(clean_label(text)))
    if not _ANY_SPELLING.search(folded):
        return folded
    for spelling, meant in SPELLINGS:
        folded = spelling.sub(meant, folded)
    return folded
