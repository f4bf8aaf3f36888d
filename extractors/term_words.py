"""Headings that name a term without the plan's name: （１）第６期計画の実績, 第２章　前計画の評価.

A plan's book looks back on the term before its own. What stands below such a heading is of the term that it
names, up to the next heading of the same kind; which term of which plan that is, the title of the paper tells.

>>> looks_back = TermWords().below("（１）第６期計画の実績")
>>> looks_back.words, looks_back.below("居宅介護").words, looks_back.below("（２）目標の設定").words
('（１）第６期計画の実績', '（１）第６期計画の実績', None)
"""

from __future__ import annotations

from dataclasses import dataclass

import regex
from keikaku.extractors.headings import heads_part, heads_section
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.quickly_made import quickly_made

_BARE = regex.compile(
    r"第(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})期(?=計画|の|に(?!向)|[(（)）・】]|\Z)|前期?計画"
)
_TOWARDS = regex.compile("に向け|へ向け|を見据え|[。※＊*]")
_LONGEST = 50


def names_bare_term(text: str) -> bool:
    """Does a heading name one term, and no plan?

    >>> names_bare_term("第６期計画の実績"), names_bare_term("第６期計画の実績と第７期計画の目標"), names_bare_term("第８期計画に向けて")
    (True, False, False)
    """
    folded = fold(text)
    if len(folded) > _LONGEST or _TOWARDS.search(folded):
        return False
    return len({match[0] for match in _BARE.finditer(folded)}) == 1


@quickly_made
@dataclass(frozen=True, slots=True)
class TermWords:
    """The headings over a place that name a term, outermost first, each with its kind of numbering."""

    over: tuple[tuple[str, str], ...] = ()
    inner: tuple[str, ...] = ()
    """The kinds of numbering that began below them."""

    @property
    def words(self) -> str | None:
        """The nearest heading that names a term; empty where it is open whether that still holds."""
        return self.over[-1][1] if self.over else None

    @classmethod
    def of(cls, words: str | None) -> TermWords:
        """What a sheet's heading says to its boxes: nothing in them ends it, but another such heading."""
        return cls((("over", words),)) if words is not None else cls()

    def below(self, text: str, level: int | None = None) -> TermWords:
        """What holds below a line; `level` where the source marks it as a heading."""
        names = names_bare_term(text)
        kind = f"#{level}" if level is not None else _kind(text)
        if not names and not (kind and self.over):
            return self
        at = next((n for n, (other, _) in enumerate(self.over) if _ends(kind, other)), None)
        kept = self.over[:at]
        if names:
            return TermWords((*kept, (kind, text)))
        if at is not None or kind in self.inner or self.over[-1][0] == "over":
            return self if at is None else TermWords(kept)
        if level is None and (split_marks(text).number or 1) > 1:
            return TermWords((*kept, ("", "")))
        return TermWords(kept, (*self.inner, kind))


def _ends(kind: str, other: str) -> bool:
    return kind == other or (kind[:1] == "#" == other[:1] and kind <= other)


def _kind(text: str) -> str:
    """（１） as (0), 第２章 as part; empty for a line without a number."""
    if heads_part(text) or heads_section(text):
        return "part"
    mark = split_marks(text).mark if len(text) <= _LONGEST else None
    return "".join("0" if each.isalnum() else each for each in fold(mark)) if mark else ""
