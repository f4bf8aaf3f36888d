"""Forms of a label (行見出し): the same name in other words, and what is said behind it.

福祉施設から一般就労への年間移行者数 and 福祉施設から一般就労に移行する人の数 differ in form only; 居宅介護(1か月当たりの利用時間) is
居宅介護, counted in hours. `core_of` brings what is printed and what the catalogue prints to one form, by the
table `vocabulary/label_forms.toml`; `split_quantity` takes off the words that say how much. Neither gives a
name another meaning: whatever they give must be a name of the catalogue, whole.

>>> core_of("施設に入所している人の数") == core_of("施設入所者数")
True
>>> core_of("就労移行支援事業等を通じた一般就労への移行者数") == core_of("一般就労への移行者数")
True
>>> split_quantity("居宅介護(1か月当たりの利用時間)"), split_quantity("共同生活援助の月平均利用者数")
(('居宅介護', 'hours'), ('共同生活援助', 'persons'))
>>> quantity_of("延べ利用日数"), quantity_of("利用量"), quantity_of("精神障害者")
('days', 'any', None)
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import NamedTuple

from keikaku.normalizers.lexicon import read_vocabulary
from keikaku.normalizers.registry import fold_label


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    form: str


@lru_cache(maxsize=8_192)
def core_of(label: str) -> str:
    """The form on which wordings of one name are equal."""
    core = fold_label(label)
    for form in _forms():
        core = form.pattern.sub(form.form, core)
    return core


def without_brackets(folded: str) -> str:
    """A folded label without the brackets behind it that say how or when it is counted."""
    return _brackets().sub("", folded)


@lru_cache(maxsize=8_192)
def split_quantity(folded: str) -> tuple[str, str | None]:
    """A folded label apart from the quantity behind it: the name, and persons, hours, days, visits, cases, places
    or any; the whole label and None where no quantity is printed."""
    match = _quantity_behind().fullmatch(folded)
    if match is None:
        return folded, None
    return match["name"], quantity_of(match["bare"] or match["bracketed"])


@lru_cache(maxsize=2_048)
def quantity_of(words: str) -> str | None:
    """What the whole of `words` says is counted (月間利用者数: persons; 利用量: any); None where it names something."""
    match = _quantity().fullmatch(fold_label(words))
    return match.lastgroup if match is not None else None


def is_whole(breakdown: str) -> bool:
    """合計, 県全体: the sum of the parts or of the places."""
    return _totals().fullmatch(fold_label(breakdown)) is not None


@cache
def _table() -> dict[str, object]:
    return tomllib.loads(read_vocabulary("label_forms.toml"))


@cache
def _forms() -> tuple[_Form, ...]:
    rows: list[dict[str, str]] = _table()["same"]  # type: ignore[assignment]
    return tuple(_Form(re.compile(row["pattern"]), row["form"]) for row in rows)


@cache
def _totals() -> re.Pattern[str]:
    totals: dict[str, str] = _table()["totals"]  # type: ignore[assignment]
    return re.compile(totals["words"])


@cache
def _brackets() -> re.Pattern[str]:
    behind: dict[str, list[str]] = _table()["behind"]  # type: ignore[assignment]
    return re.compile(rf"\((?:{'|'.join(behind['brackets'])})\)$|※.*$|【.*】$")


@cache
def _words_of_quantity() -> tuple[str, dict[str, str]]:
    words: dict[str, str] = dict(_table()["quantities"])  # type: ignore[call-overload]
    return words.pop("how"), words


@cache
def _quantity() -> re.Pattern[str]:
    how, words = _words_of_quantity()
    kinds = "|".join(f"(?P<{kind}>{printed})" for kind, printed in words.items())
    return re.compile(rf"{how}(?:{kinds})")


@cache
def _quantity_behind() -> re.Pattern[str]:
    how, words = _words_of_quantity()
    any_kind = "|".join(words.values())
    quantity = f"{how}(?:{any_kind})"
    return re.compile(
        rf"(?P<name>.+?)(?:(?:の|・)?(?P<bare>{quantity})|\((?P<bracketed>{quantity})\))"
    )
