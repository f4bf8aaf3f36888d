"""Figures: one number with everything that is printed about it, from the left edge to the last word.

``令和元年度の1.27倍以上``, ``年１回以上開催``, ``約30人減``, ``▲ 4人``, ``5～7人``, ``2割5分``, ``延べ12人日``. The whole is one
regular expression over folded text (see `folding.trace`), put together from the vocabulary; loops
are possessive, so its time is linear. What it matches is then judged: ``4,4144`` is two glued
figures, ``2-3`` without a unit a code, ``一倍`` a dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from keikaku.normalizers.errors import Reason, UnreadCell, UnreadText
from keikaku.normalizers.folding import DASHES, Traced, drop_blanks, fold_character
from keikaku.normalizers.lexicon import Lexicon, alternatives, load_lexicon, load_words
from keikaku.normalizers.numerals import NUMERAL, parse_number
from keikaku.normalizers.units import (
    CONTINUOUS,
    COUNTED,
    PERIOD,
    RATED_UNIT,
    TIMES,
    UNIT,
    canonical_unit,
    period_of,
)
from keikaku.normalizers.values import Comparator, Status, Value
from keikaku.normalizers.year_names import YEAR


def fold_spelling(text: str) -> str:
    """Bring a vocabulary spelling to the form that `folding.trace` gives."""
    return "".join(fold_character(character) for character in drop_blanks(text))


def _load(section: str) -> Lexicon:
    return load_lexicon("qualifiers.toml", section, fold_spelling)


_BEFORE = _load("before")
_AFTER = _load("after")
_BASES = _load("bases")
_RATES = _load("rate_prefixes")
_before_of = _BEFORE.reader()
_after_of = _AFTER.reader()
_rate_of = _RATES.reader()

_STEM, _ENDING, _PARTICLE = (
    alternatives(load_words("words.toml", key, fold_spelling))
    for key in ("stem", "ending", "particle")
)
WORDS = rf"(?>(?:{_PARTICLE})?(?:{_STEM})(?:{_ENDING})?)++"
"""Known words behind a figure or alone in a status cell."""

_MINUS_WORDS = load_words("words.toml", "minus", fold_spelling)
_MINUS = frozenset(("▲", "△", "▼", *_MINUS_WORDS))
"""Signs that are a minus wherever they stand, unlike a dash: ▲ 4人, マイナス４."""
_SIGN = rf"(?:[▲△▼+±−{re.escape(DASHES)}]|{alternatives(_MINUS_WORDS)})"
_TOUCHING_MINUS = "-‐−－"
_DASH_CLASS = f"[{re.escape(DASHES)}]"
WHEN = rf"(?:{YEAR})(?:[0-9]{{1,2}}月)?(?:末|中|当初|時点|現在)*"
RELATIVE = "(?:前年度|基準年度|現状|現在|当初|前年)"
_TENTHS = rf"割(?!合)(?:{NUMERAL}分(?:{NUMERAL}厘)?)?"
_YEARS_OF_LIFE = r"(?:(?<=[0-9]\.[0-9])|(?<=[0-9]\.[0-9]{2}))年(?![度間以後生目])"
"""Years with decimals (健康寿命 72.57年) are an amount; 3年 is a duration or a year's name."""
_BEFORE_LOOP = rf"(?:(?:{_BEFORE.pattern()})(?:で|に|:)?)"

FIGURE = re.compile(
    rf"(?P<when>(?:{WHEN}|{RELATIVE}(?!の|比|より|から|に対|実績))(?:の?実績|の?目標)?(?P<until>までに|迄に|までの|まで|から|以降|において|には|に|は|の|比|:)?)?"
    rf"(?P<base>(?:{_BASES.pattern()})(?:の?実績値?)?(?:の|より|から|と比較して|に対して|に対し|比で?))?"
    rf"(?P<before>{_BEFORE_LOOP}{{0,3}})"
    rf"(?P<rate>{_RATES.pattern()}|(?P<every>{NUMERAL})(?P<period>か月|ヶ月|ヵ月|カ月|年|週間?)に)?"
    rf"(?P<inner>{_BEFORE_LOOP}{{0,2}})"
    rf"(?:(?P<ahead>{RATED_UNIT}):?)?"
    rf"(?P<sign>{_SIGN})?"
    rf"(?P<low>{NUMERAL})"
    rf"(?:(?P<low_unit>{UNIT}|割)?(?P<to>~|から|{_DASH_CLASS})(?P<high>{NUMERAL}))?"
    rf"(?:(?P<tenths>{_TENTHS})|(?P<unit>{UNIT}|{_YEARS_OF_LIFE}))?"
    rf"(?P<after>(?:{_AFTER.pattern()}){{0,3}})"
    rf"(?:/(?P<late>{PERIOD}))?"
    rf"(?P<words>{WORDS})?"
    rf"(?P<stop>。)?"
)


TAIL = re.compile(rf"(?=.)(?P<after>(?:{_AFTER.pattern()}){{0,3}})(?P<words>{WORDS})?。?")
"""What may stand behind a bracket and still belong to the figure before it."""


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What the words around a figure say of it."""

    comparator: Comparator | None = None
    aggregation: str | None = None
    provisional: bool = False
    flags: tuple[str, ...] = ()

    def joined(self, meaning: str) -> Qualifiers:
        """These and one more (`comparator/ge`, `flag/each`, …); the first comparator stays."""
        kind, _, name = meaning.partition("/")
        match kind:
            case "comparator" if self.comparator in (None, Comparator.APPROX):
                return replace(
                    self, comparator=Comparator(name), flags=self._flags_with(self.comparator)
                )
            case "comparator":
                return replace(self, flags=self._flags_with(name))
            case "aggregation":
                return replace(self, aggregation=name)
            case "provisional":
                return replace(self, provisional=True)
        return replace(self, flags=self._flags_with(name))

    def _flags_with(self, flag: str | None) -> tuple[str, ...]:
        return self.flags if flag in (None, "plain", *self.flags) else (*self.flags, str(flag))


def read_figure(
    traced: Traced, match: re.Match[str], *, gap: bool, column_unit: str | None
) -> Value:
    """The Value of one match of FIGURE, or UnreadCell."""
    qualifiers = read_qualifiers(match)
    low = _number(traced, match, "low") or Decimal(0)
    high = _number(traced, match, "high")
    _number(traced, match, "every")
    unit, low, high = _apply_unit(traced, match, low, high)
    _check_point(traced, match, unit or column_unit)
    _check_range(traced, match, low, high, unit)
    start, end = traced.span(match.start(), match.end())
    printed = traced.source[start:end]
    if unit in TIMES and match["words"]:
        raise refuse(traced, match, 0, Reason.AGE_OR_DURATION)
    if match["low"] == "一" and _is_bare(match, qualifiers):
        return _kanji_one(traced, match, unit)
    _check_parts(traced, match, qualifiers)
    is_minus = _is_minus(traced, match, gap=gap)
    return Value(
        status=Status.REPORTED,
        printed=printed,
        start=start,
        end=end,
        amount=_as_float(traced, match, -low if is_minus else low),
        high=None if high is None else _as_float(traced, match, high),
        unit=_with_rate(match, unit),
        comparator=qualifiers.comparator or Comparator.EQ,
        words=_words(match),
        base=_base(match, unit),
        when=_when(match, unit),
        aggregation=qualifiers.aggregation,
        provisional=qualifiers.provisional,
        flags=qualifiers.flags + _shape_flags(match, is_minus=is_minus, gap=gap),
    )


def read_qualifiers(match: re.Match[str]) -> Qualifiers:
    """The qualifying words of a match of FIGURE or TAIL, joined."""
    has_before = match.re is FIGURE and (match["before"] or match["inner"])
    if not has_before and not match["after"]:
        return _PLAIN
    qualifiers = _PLAIN
    if has_before:
        for found in _BEFORE_ONE.finditer(match["before"] + match["inner"]):
            qualifiers = qualifiers.joined(_before_of(found[1]) or "")
    for found in _AFTER_ONE.finditer(match["after"]):
        qualifiers = qualifiers.joined(_after_of(found[0]) or "")
    return qualifiers


def tail_words(match: re.Match[str]) -> str | None:
    """The words of a match of TAIL (or FIGURE) that are kept beside the figure."""
    if not (match["after"] or match["words"]):
        return None
    change = "".join(
        found[0] for found in _AFTER_ONE.finditer(match["after"]) if _is_change(found[0])
    )
    return change.removeprefix("の") + _LEADING_PARTICLE.sub("", match["words"] or "") or None


def refuse(traced: Traced, match: re.Match[str], group: str | int, reason: Reason) -> UnreadCell:
    """The refusal of one group of a match."""
    start, end = traced.span(match.start(group), match.end(group))
    return UnreadCell(traced.source, start, end, reason)


def _number(traced: Traced, match: re.Match[str], group: str) -> Decimal | None:
    token = match[group]
    if token is None:
        return None
    if _yen_scale(match):
        token = token.rstrip("千百万")
    try:
        return parse_number(token)
    except UnreadText as error:
        raise refuse(traced, match, group, error.reason) from None


def _yen_scale(match: re.Match[str]) -> str:
    """千 of ``12,345千円``: there the unit is 千円, as in a column that prints it in its head."""
    scaled = _SCALED_YEN.fullmatch(match["high"] or match["low"])
    return scaled[1] if scaled and match["unit"] == "円" else ""


def _apply_unit(
    traced: Traced, match: re.Match[str], low: Decimal, high: Decimal | None
) -> tuple[str | None, Decimal, Decimal | None]:
    if match["tenths"] is not None:
        return "%", *_from_tenths(traced, match, low, high)
    if match["ahead"] is not None:
        return _unit_ahead(traced, match), low, high
    if match["unit"] is None:
        return None, low, high
    if match["unit"] == "年":
        return "年", low, high
    return canonical_unit(_yen_scale(match) + match["unit"]), low, high


def _unit_ahead(traced: Traced, match: re.Match[str]) -> str | None:
    """``時間/月 44,460``: the unit before its number, and none behind it."""
    if match["unit"] or match["rate"] or match["late"]:
        raise refuse(traced, match, "ahead", Reason.NOT_UNDERSTOOD)
    return canonical_unit(match["ahead"])


def _from_tenths(
    traced: Traced, match: re.Match[str], low: Decimal, high: Decimal | None
) -> tuple[Decimal, Decimal | None]:
    hundredths = _HUNDREDTHS.fullmatch(match["tenths"])
    if hundredths is None or max(low, high or 0) > _MOST_TENTHS:
        raise refuse(traced, match, "tenths", Reason.NOT_UNDERSTOOD)
    extra = Decimal(0)
    for group, weight in (("percent", Decimal(1)), ("permille", Decimal("0.1"))):
        digit = hundredths[group]
        extra += parse_number(digit) * weight if digit else 0
    if high is not None:
        return low * 10, high * 10 + extra
    return low * 10 + extra, None


def _check_parts(traced: Traced, match: re.Match[str], qualifiers: Qualifiers) -> None:
    """A rate needs its unit (年2 is none), a sign stands alone, bounds do not contradict."""
    has_rate = match["rate"] or match["late"]
    if has_rate and match["unit"] is None:
        raise refuse(traced, match, "low", Reason.NOT_UNDERSTOOD)
    if match["sign"] and (has_rate or match["high"]):
        raise refuse(traced, match, "sign", Reason.AMBIGUOUS_DASH)
    if _BOUNDS.intersection(qualifiers.flags):
        raise refuse(traced, match, "after", Reason.NOT_UNDERSTOOD)


def _check_point(traced: Traced, match: re.Match[str], unit: str | None) -> None:
    """A 中黒 is a decimal point before 倍 and % only; 1.258人 may be a thousands comma."""
    for group in ("low", "high"):
        token = match[group] or ""
        is_list = "・" in token and unit not in CONTINUOUS and not _LONG_FRACTION.search(token)
        is_grouping = unit in COUNTED and _THREE_DECIMALS.search(token)
        if is_list or is_grouping:
            raise refuse(traced, match, group, Reason.AMBIGUOUS_POINT)


def _check_range(
    traced: Traced, match: re.Match[str], low: Decimal, high: Decimal | None, unit: str | None
) -> None:
    if high is None:
        return
    if low >= high or (match["to"] != "~" and unit is None):
        raise refuse(traced, match, "to", Reason.AMBIGUOUS_SEPARATOR)
    if unit is None and low in _YEARS and high in _YEARS:
        raise refuse(traced, match, 0, Reason.YEAR)
    low_unit = match["low_unit"]
    if low_unit not in (None, "割") and canonical_unit(low_unit) != unit:
        raise refuse(traced, match, "low_unit", Reason.AMBIGUOUS_SEPARATOR)


def _is_minus(traced: Traced, match: re.Match[str], *, gap: bool) -> bool:
    sign = match["sign"]
    if sign in (None, "+"):
        return False
    if sign == "±":
        if parse_number(match["low"]) == 0:
            return False
        raise refuse(traced, match, "sign", Reason.NOT_UNDERSTOOD)
    if sign in _MINUS and not match["after"].startswith("以"):
        return True
    is_bounded = match["after"] or match["before"] or match["inner"]
    touches = (
        not is_bounded and traced.ends[match.start("sign")] == traced.starts[match.start("low")]
    )
    between = traced.source[traced.ends[match.start("sign")] : traced.starts[match.start("low")]]
    if len(between) > 1:  # ―    15: the mark of one cell and the figure of another
        raise refuse(traced, match, "sign", Reason.AMBIGUOUS_DASH)
    if sign not in _MINUS and (gap or (touches and sign in _TOUCHING_MINUS)):
        return True
    raise refuse(traced, match, "sign", Reason.AMBIGUOUS_DASH)


def _is_bare(match: re.Match[str], qualifiers: Qualifiers) -> bool:
    has_more = match["rate"] or match["high"] or match["when"] or match["sign"]
    return not has_more and qualifiers == Qualifiers()


def _kanji_one(traced: Traced, match: re.Match[str], unit: str | None) -> Value:
    """``一倍`` is a dash misread as 一 (base 0); 一人 may be 1 and may be a dash: refused."""
    if unit not in CONTINUOUS:
        raise refuse(traced, match, "low", Reason.AMBIGUOUS_KANJI_ONE)
    start, end = traced.span(match.start(), match.end())
    flags = ("kanji_one_or_dash",)
    return Value(Status.NOT_REPORTED, traced.source[start:end], start, end, unit=unit, flags=flags)


def _as_float(traced: Traced, match: re.Match[str], number: Decimal) -> float:
    if abs(number) > _EXACT:
        raise refuse(traced, match, "low", Reason.TOO_LARGE)
    return float(number) + 0.0


def _with_rate(match: re.Match[str], unit: str | None) -> str | None:
    period = _period(match)
    if period is None or unit is None:
        return unit
    return unit if "/" in unit else f"{unit}/{period}"


def _period(match: re.Match[str]) -> str | None:
    if match["late"]:
        return period_of(match["late"])
    if match["every"]:
        count = parse_number(match["every"])
        name = {"年": "年", "週": "週", "週間": "週"}.get(match["period"], "か月")
        return f"{count}{name}" if count != 1 else name.removeprefix("か")
    return _rate_of(match["rate"]) if match["rate"] else None


def _words(match: re.Match[str]) -> str | None:
    words = tail_words(match)
    has_own_period = match["rate"] and _period(match) != "年"
    return words or match["rate"] if has_own_period else words


def _is_change(word: str) -> bool:
    return (_after_of(word) or "") in ("flag/increase", "flag/decrease")


def _base(match: re.Match[str], unit: str | None) -> str | None:
    """What a ratio or a change is taken of: 令和元年度の1.27倍, 前年度比2人増."""
    is_ratio = unit in CONTINUOUS
    if match["base"]:
        is_compared = is_ratio or _COMPARED.search(match["base"])
        return _strip_join(match["base"]) if is_compared else None
    return _strip_join(match["when"]) if is_ratio and match["until"] in ("の", "比") else None


def _when(match: re.Match[str], unit: str | None) -> str | None:
    base = _base(match, unit)
    if match["base"] and base is None:
        return _strip_join((match["when"] or "") + match["base"])
    return _strip_join(match["when"]) if match["base"] or not base else None


def _strip_join(text: str | None) -> str | None:
    return _JOINING.sub("", text) if text else None


def _shape_flags(match: re.Match[str], *, is_minus: bool, gap: bool) -> tuple[str, ...]:
    if match["high"] is None and match["sign"] is None:
        return ()
    flags = {
        "range": match["high"] is not None,
        "minus_dash": is_minus and not gap and match["sign"] not in _MINUS,
        "plus_sign": match["sign"] == "+",
    }
    return tuple(flag for flag, holds in flags.items() if holds)


_BEFORE_ONE = re.compile(rf"({_BEFORE.pattern()})(?:で|に|:)?")
_AFTER_ONE = re.compile(_AFTER.pattern())
_SCALED_YEN = re.compile(r"[0-9][0-9,.]*(千|百万)")
_HUNDREDTHS = re.compile(
    "割(?:(?P<percent>[1-9一二三四五六七八九])分(?:(?P<permille>[1-9一二三四五六七八九])厘)?)?"
)
_LONG_FRACTION = re.compile("・..")
_THREE_DECIMALS = re.compile(r"[.・][0-9]{3}$")
_LEADING_PARTICLE = re.compile(rf"^(?:{_PARTICLE})")
_JOINING = re.compile(
    "(?:までに|までの|迄に|まで|から|以降|において|には|に|は|の|より|比で?|と比較して|に対して|に対し|:)$"
)
_BOUNDS = frozenset({"ge", "le", "gt", "lt", "eq"})
_COMPARED = re.compile("比|より|から|対")
_PLAIN = Qualifiers()
_MOST_TENTHS = 20
_EXACT = 2**53
_YEARS = range(1950, 2061)
