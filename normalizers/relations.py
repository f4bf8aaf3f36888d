"""Relations between indicators: which is a share, a ratio, a sum or another name of which.

就労定着支援事業の利用割合 is 利用人数 ÷ 移行者数; 一般就労移行者数 is the sum over its services;
施設入所者数 stands again in the activity table as 施設入所支援の利用者数.

>>> [r.part for r in relations("same", "facility_residents")]
['facility_admission_support_users']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from keikaku.normalizers.registry import read_registry


@dataclass(frozen=True, slots=True)
class Relation:
    """`share`: rate = part ÷ whole in percent. `ratio`: rate = part ÷ whole of the base year.
    `sum`: whole = Σ parts. `same`: whole and part are one quantity."""

    kind: str
    whole: str
    part: str
    rate: str
    source: str
    note: str


def relations(kind: str, whole: str | None = None) -> tuple[Relation, ...]:
    """All relations of a kind, or those of one whole."""
    return tuple(
        r for r in _all_relations() if r.kind == kind and (whole is None or r.whole == whole)
    )


@cache
def _all_relations() -> tuple[Relation, ...]:
    return read_registry("relations", Relation)
