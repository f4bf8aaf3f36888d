"""What a printed head says: the word over a column, beside a row, over a box.

The words live in `vocabulary/heads.toml`; a head is compared after folding, its list and footnote
marks taken off. A head may say more than one thing at once (``令和5年度実績`` is a year and a
measure), so reading one gives a `Head` with all that its words say.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

import regex
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import FiscalYear, YearContext, find_fiscal_year
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.units import find_unit


class Role(StrEnum):
    """What a head word makes of its column, row or box."""

    LABEL = "label"
    UNIT = "unit"
    BASELINE = "baseline"
    TARGET = "target"
    PROJECTED = "projected"
    ACTUAL = "actual"
    SECURED = "secured"
    GAP = "gap"
    RATE = "rate"
    RATIONALE = "rationale"
    CONTENT = "content"
    GRADE = "grade"
    EVALUATION = "evaluation"
    OPINION = "opinion"
    IMPROVEMENT = "improvement"
    EVALUATION_IMPROVEMENT = "evaluation_improvement"
    TERM = "term"
    GOAL = "goal"
    PLAN_DO = "plan_do"
    ASIDE = "aside"


MEASURES = frozenset(
    (Role.BASELINE, Role.TARGET, Role.PROJECTED, Role.SECURED, Role.ACTUAL, Role.GAP, Role.RATE)
)
"""Roles under which figures stand."""
REVIEWS = frozenset((Role.EVALUATION, Role.OPINION, Role.IMPROVEMENT, Role.EVALUATION_IMPROVEMENT))
"""Roles of the boxes in which a municipality reviews a year."""
TEXTS = frozenset((Role.RATIONALE, Role.CONTENT)) | REVIEWS
"""Roles under which prose stands."""


OF_A_PLAN = YearContext(of_a_plan=True)


@quickly_made
@dataclass(frozen=True, slots=True)
class Head:
    """What a head says. `printed` as printed; every field but that may be empty."""

    printed: str
    role: Role | None = None
    year: FiscalYear | None = None
    unit: str | None = None

    @property
    def says_something(self) -> bool:
        """Is any word of the head understood?"""
        return self.role is not None or self.year is not None or self.unit is not None


class VocabularyError(ValueError):
    """A vocabulary file contradicts itself."""


@cache
def _vocabulary() -> dict[str, dict[str, dict[str, list[str]]]]:
    raw = files("keikaku.extractors.vocabulary").joinpath("heads.toml").read_text("utf-8")
    return tomllib.loads(raw)


@cache
def _words(section: str) -> dict[str, str]:
    """Folded word to its role; one word under two roles is an error."""
    found: dict[str, str] = {}
    for name, entry in _vocabulary()[section].items():
        for word in entry.get("words", ()):
            folded = fold(word).lower()
            if found.setdefault(folded, name) != name:
                raise VocabularyError(f"heads.toml: {word} stands under {found[folded]} and {name}")
    return found


@cache
def _patterns(section: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple(
        (name, regex.compile(pattern))
        for name, entry in _vocabulary()[section].items()
        for pattern in entry.get("patterns", ())
    )


@cache
def _any_pattern(section: str) -> regex.Pattern[str]:
    """The patterns of a section as one: most labels match none, and one question is cheaper than thirty."""
    return regex.compile("|".join(f"(?:{p.pattern})" for _, p in _patterns(section)))


def _find(section: str, folded: str) -> str | None:
    if (name := _words(section).get(folded)) is not None:
        return name
    if _any_pattern(section).fullmatch(folded) is None:
        return None
    return next((name for name, p in _patterns(section) if p.fullmatch(folded)), None)


@lru_cache(maxsize=8192)
def find_role(printed: str) -> Role | None:
    """The role of a head that is one known word, else None; a measure may stand in brackets
    ([実績値]), while 【評価(C)】 is a caption."""
    label = clean_label(_MONTH.sub(r"\1", printed)).lower()
    name = _find("roles", label) or _measure_in_brackets(label)
    return Role(name) if name else None


_MONTH = regex.compile(r"\A([0-9０-９]{1,2})[\s　]+(?=月)")
"""9 月実績: the number is no list mark."""
_WRAPPED = regex.compile(
    r"[\[〔【「『《〈<≪](?P<words>[^\[\]〔〕【】「」『』《》〈〉<>≪≫]+)[\]〕】」』》〉>≫]"
)
"""Round brackets are none of these: (見込み) below a year is a remark."""


def _measure_in_brackets(label: str) -> str | None:
    match = _WRAPPED.fullmatch(label)
    name = _find("roles", match["words"]) if match is not None else None
    return name if name in MEASURES else None


@lru_cache(maxsize=8192)
def find_box(printed: str) -> str | None:
    """The kind of box (target, result) that these words head, else None."""
    return _find("boxes", clean_label(printed).lower())


@lru_cache(maxsize=8192)
def find_caption(printed: str) -> str | None:
    """What a caption in 【 】 announces (target, actual, activity, subset), else None."""
    return _find("captions", fold(printed).strip("【】[]〔〕()").lower())


@lru_cache(maxsize=8192)
def read_head(printed: str, context: YearContext = OF_A_PLAN) -> Head:
    """All that a head says; `says_something` is false when some of its words are not understood."""
    if (role := find_role(printed)) is not None:
        return Head(printed, role)
    label = clean_label(printed).lstrip("*※")
    if not label or len(label) > 40:
        return Head(printed)
    if (year := find_fiscal_year(label, context)) is not None:
        return Head(printed, None, year)
    if (unit := _bare_unit(label)) is not None:
        return Head(printed) if is_value_like(printed) else Head(printed, None, None, unit)
    return _compound_head(printed, label, context)


_UNIT_TAIL = regex.compile(
    r"(.*?)[(\[〔【](?:単位[::]?)?(?:(?:実|延べ?)?利用(?:者|量|人|日|時間)数?[・、:])?([^()\[\]〔〕【】]{1,12})[)\]〕】]"
)
_JOINTS = "()[]〔〕【】・:;,/、。の"
_YEAR_PART = regex.compile(
    r"(?:令和|平成|昭和|[RH令平])?\s*(?:元|[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*年度?"
    r"(?:\([^()]{2,10}\))?(?:(?:末|まつ)(?:時点)?|中)?"
    r"|(?:19|20)[0-9]{2}\s*(?:\([^()]{2,8}\))?\s*年度?(?:(?:末|まつ)(?:時点)?)?"
    r"|(?:令和|平成|R|H)(?:元|[0-9]{1,2})(?:\([0-9]{4}\))?年?度?末?"
    r"|前々年度|[前昨今本当次翌来]年度|当該年度"
)


_OF_MONTH = regex.compile(r"[0-9]{1,2}月")
_SO_FAR = regex.compile(r"\A[0-9]{1,2}月(?:末日?|[0-9]{1,2}日|分)?まで\)?の?(?=.)")
"""令和７年度７月末までの実績: of the part of the year that has gone by."""
_VALUE = regex.compile(r"\A数?値\Z")
"""令和６年度の値: no more than the year says."""
_TERM_MEASURE = regex.compile(
    r"第[0-9一二三四五六七八九十]+期[^()]{0,8}\((?P<behind>[^()]{2,8})\)"
    r"|(?P<before>[^()]{2,8})\(第[0-9一二三四五六七八九十]+期[^()]{0,8}\)"
    r"|第[0-9一二三四五六七八九十]+期(?:計画)?の?(?P<behind>[^()]{2,8})"
)
"""第2期（実績）, 第６期の実績, 第８期見込量: a term and the measure of what stands under it."""
_TERM_BEHIND = regex.compile(r"(?<=.)\(第[0-9一二三四五六七八九十]+期(?:計画)?\)\Z")
"""令和5年度目標（第6期）: the term of the plan behind a year and a measure adds nothing to them."""


_RELATIVE_YEAR = regex.compile(r"\A(?:[今本当]年度|当該年度)の?(?=.)")
"""今年度目標値（令和4年度）: the year that is named besides says which 今年度 is."""
_ANY_YEAR = YearContext(current=2000)


def may_head(printed: str) -> bool:
    """Do the words head something, be it a year that only the document tells (前年度実績)?"""
    return read_head(printed).says_something or read_head(printed, _ANY_YEAR).says_something


def _compound_head(printed: str, label: str, context: YearContext) -> Head:
    """A head of two parts: year and measure, measure and unit, year and unit."""
    term = _TERM_MEASURE.fullmatch(label)
    if term is not None and (role := find_role(term["before"] or term["behind"])) in MEASURES:
        return Head(printed, role)
    unit = None
    label = _FIRST_REMARK.sub("", label)
    if (head := _simple_head(printed, label, None, context)) is not None:
        return head
    remark = _REMARK.fullmatch(label)
    if remark is not None and remark[1]:
        label = remark[1]
        if (head := _simple_head(printed, label, None, context)) is not None:
            is_actual = head.role is None and remark[2] == "実績"
            return replace(head, role=Role.ACTUAL) if is_actual else head
    split = split_unit(label)
    if split is not None:
        label, unit = split
        if (head := _simple_head(printed, label, unit, context)) is not None:
            return head
    rate = _RATE_REMARK.fullmatch(label)
    if rate is not None and find_role(rate[1]) is Role.RATE:
        return Head(printed, Role.RATE)
    label = _TERM_BEHIND.sub("", label)
    head = _head_with_year(printed, label, unit, context)
    if head is None and (words := _RELATIVE_YEAR.sub("", label)) != label:
        head = _simple_head(printed, words, unit, context)
    return head or Head(printed)


def is_of_this_year(printed: str) -> bool:
    """今年度目標値: of a year that other words have to name."""
    return _RELATIVE_YEAR.match(clean_label(printed)) is not None


def _simple_head(printed: str, label: str, unit: str | None, context: YearContext) -> Head | None:
    if (role := find_role(label)) is not None:
        return Head(printed, role, None, unit)
    year = find_fiscal_year(label, context)
    return Head(printed, None, year, unit) if year is not None else None


def _head_with_year(
    printed: str, label: str, unit: str | None, context: YearContext
) -> Head | None:
    """A year, and what is left of the head beside it as a measure."""
    for match in _YEAR_PART.finditer(label):
        words = match[0]
        year = find_fiscal_year(words, context)
        if year is None and "(" in words and "(" not in label[: match.start()]:
            words = words[: words.index("(")]
            year = find_fiscal_year(words, context)
        if year is None:
            continue
        left = (label[: match.start()] + label[match.start() + len(words) :]).strip(_JOINTS)
        left = _RELATIVE_YEAR.sub("", left).replace("()", "")
        left = left.removeprefix("までに").removeprefix("まで").strip(_JOINTS)
        if _OF_MONTH.match(left) and "年度" not in words:
            continue  # 令和８年３月末実績 is of the year before
        left = _VALUE.sub("", _SO_FAR.sub("", left))
        role = find_role(left) if left else None
        if role is Role.RATE and _AGAINST.match(left):
            return Head(printed, role, None, unit)
        if not left or role is not None or _YEAR_REMARK.fullmatch(left):
            return Head(printed, role, year, unit)
    return _year_with_measure_behind(printed, label, unit, context)


_AGAINST = regex.compile(r"[^()]{0,2}目標[値量数]?(?:の?達成)?(?:に対する|への|からみた)")
"""令和５年度目標に対する進捗率: the year is that of the target, whatever year's result is compared with it."""
_BEHIND = regex.compile(r"(?P<year>[^()]+)\((?P<measure>[^()]+)\)")


def _year_with_measure_behind(
    printed: str, label: str, unit: str | None, context: YearContext
) -> Head | None:
    """``令和8年度（目標）``: the measure in brackets behind the year."""
    match = _BEHIND.fullmatch(label)
    if match is not None:
        year, role = find_fiscal_year(match["year"], context), find_role(match["measure"])
        if year is not None and role in MEASURES:
            return Head(printed, role, year, unit)
    return None


_PROJECTED_WORDS = regex.compile(
    r"見込み?量|見込み?値|量の見込み?|見込み|必要(な)?量|計画値|計画量"
)
_ACTUAL_WORDS = regex.compile(r"PDCA|点検|検証|実績|利用状況|進捗|達成状況|実施状況|提供状況|推移")
_STATE_OF_TARGETS = regex.compile(
    r"目標値?(?:の|に対する)(?:(?:達成|進捗|実績|取組)?状況|実績(?!と|及|・|、|/))"
)
"""成果目標の状況: where things stand, not what is aimed at."""
_NOTE_MARK = regex.compile(r"\((?:注|※|\*)[0-9]{0,2}\)|[※*][0-9]{0,2}")
_COMPARED = regex.compile(
    r"(?:見込み?量?|計画[値量]?|目標値?)(?:に対する|に対しての|との)(?:実績値?の)?(?:割合|比率|比較|比)"
    r"|(?:対(?:計画|見込|目標|前年度?)比?|達成|進捗|執行|伸び|増減)率|対(?:計画|見込|目標)比|対?前年度?比"
)
"""見込量に対する割合, 達成率: figures that compare others."""
_ON_BRACKETS = regex.compile(r"\([^()]*(?:内は|書きは)[^()]*\)")
"""(カッコ内は前年度比): what brackets hold is no measure of the others."""
_OF_SOME_FIGURES = regex.compile(r"[上下左右]段|[上下]の欄|内は|書きは")
"""上段：計画　下段：実績, ( )内は実績: words that speak of some of the figures."""
_TARGET_WORDS = regex.compile(r"目標(?!\(?[0-9①-⑳])")


_OF_ONE_TERM = regex.compile(r"期(?:計画)?\([^()]*\)\s*第[0-9一二三四五六七八九十]+期")
"""第２期(実績) 第３期(…): heads of two terms, and what the first says is not of all."""


def measure_in(text: str) -> Role | None:
    """The one measure that the words of a heading or title name, else None.

    >>> measure_in("圏域ごとの指定障害福祉サービス等の見込量"), measure_in("見込量と実績")
    (<Role.PROJECTED: 'projected'>, None)
    >>> measure_in("令和２年度の見込量に対する割合"), measure_in("成果目標の実績")
    (<Role.RATE: 'rate'>, <Role.ACTUAL: 'actual'>)
    """
    if _ORDER.search(text) and _names_columns(text):
        return None
    text = _STATE_OF_TARGETS.sub("実績", _NOTE_MARK.sub("", fold(text)))
    text = _ON_BRACKETS.sub("", text)
    if _OF_SOME_FIGURES.search(text) or _OF_ONE_TERM.search(text):
        return None
    if _COMPARED.search(text) and not _names_measure(_COMPARED.sub("", text)):
        return Role.RATE
    words = {
        Role.PROJECTED: _PROJECTED_WORDS.search(text),
        Role.ACTUAL: _ACTUAL_WORDS.search(text),
        Role.TARGET: _TARGET_WORDS.search(text),
    }
    named = [role for role, match in words.items() if match is not None]
    return named[0] if len(named) == 1 else None


_ORDER = regex.compile(r"の(?:並び)?順(?:番|序)?(?:に|で|。|[)）」』\]］】]|(?=[(（])|\Z)")
_HEAD_OF_ORDER = regex.compile(r"[^、，,・／/|｜\s　「」『』()（）\[\]［］【】]+")


def is_order(text: str) -> bool:
    """圏域名、見込量、実績の順（単位：人）: which columns follow each other in the rows below."""
    return _ORDER.search(text) is not None and any(role in MEASURES for role in _roles(text))


def _names_columns(order: str) -> bool:
    """項目、目標、令和３年度、達成率の順: the order of the columns of a table, one of them that of the measure; the others are not."""
    roles = _roles(order)
    behind = roles[roles.index(Role.LABEL) :] if Role.LABEL in roles else []
    return any(role in MEASURES for role in behind)


def _names_measure(text: str) -> bool:
    return any(words.search(text) for words in (_PROJECTED_WORDS, _ACTUAL_WORDS, _TARGET_WORDS))


def _roles(order: str) -> list[Role | None]:
    return [find_role(_ORDER.sub("", piece)) for piece in _HEAD_OF_ORDER.findall(order)]


_FISCAL_YEAR = r"(?:令和|平成|R|H)\s*(?:元|[0-9]{1,2})年度|20[0-9]{2}年度"
_REPORTED = regex.compile(
    rf"(?P<year>{_FISCAL_YEAR})(?:末?(?:に|の|における)|\)の?)?"
    r"(?:計画の)?(?:実績|実施状況|取組実績|進捗状況|達成状況|取組状況|状況)"
    rf"|(?:進捗|状況|実績|点検|評価)[^()]{{0,12}}\((?P<year>{_FISCAL_YEAR})末?(?:現在|時点|分)?\)"
    rf"|(?:進捗|状況|実績|点検|評価)(?:報告書?|一覧)?(?P<year>{_FISCAL_YEAR})(?:末|末?(?:現在|時点)|分)?(?:\([^()0-9]*\))?\Z"
)


def reported_year_in(title: str) -> FiscalYear | None:
    """The one year whose results a title announces, else None.

    >>> reported_year_in("令和４年度実績報告書").year, reported_year_in("令和3～5年度の実績")
    (2022, None)
    >>> reported_year_in("計画の進捗について（令和６年度末現在）").year
    2024
    """
    folded = fold(title)
    years = {match["year"] for match in _REPORTED.finditer(folded)}
    if len(years) != 1 or len(set(regex.findall(r"[0-9元]+(?=年度)", folded))) != 1:
        return None
    if regex.search(r"[~～〜・-](?=[0-9元]+年度)", folded):
        return None
    return find_fiscal_year(years.pop())


_AIMED = regex.compile(
    r"(?P<year>(?:令和|平成|R|H)\s*(?:元|[0-9]{1,2})年度|20[0-9]{2}年度)末?"
    r"(?:(?:時点)?(?:の|における|までの)|を(?:目標年度|目途)とする)(?:成果|数値|達成)?目標"
    rf"|目標値?(?:の?一覧|等)?表?\((?P<year>{_FISCAL_YEAR})末?(?:まで|時点)?(?:[、,・][^()0-9]{{1,12}})?\)"
)


def aimed_year_in(title: str) -> FiscalYear | None:
    """The one year for which a title announces targets, else None.

    >>> aimed_year_in("第３章　令和８年度の成果目標").year, aimed_year_in("令和6～8年度の目標")
    (2026, None)
    >>> aimed_year_in("成果目標一覧（令和５年度末、町村合計）").year
    2023
    """
    folded = fold(title)
    years = {match["year"] for match in _AIMED.finditer(folded)}
    if len(years) != 1 or regex.search(r"[0-9元]年?度?[~～〜・-](?=[令和平成RH]*[0-9元])", folded):
        return None
    return find_fiscal_year(years.pop())


def split_unit(label: str) -> tuple[str, str] | None:
    """``利用者数（人/月）`` as its words and the unit in brackets behind them, else None."""
    tail = _UNIT_TAIL.fullmatch(label.translate(_BRACKETS)) if label[-1:] in _CLOSING else None
    if tail is None or not tail[1].strip() or (unit := find_unit(tail[2])) is None:
        return None
    return label[: len(tail[1])].strip(), unit


_RATE_REMARK = regex.compile(r"([^()]+)\([^()]*\)")
"""伸び率(7年度/3年度): how the rate is computed."""
_FIRST_REMARK = regex.compile(
    r"\A(?:[(〔\[](?:参考|再掲|速報|確定|見直し後)[)〕\]]|[※*]{1,2})(?=.)"
)
"""（参考）令和5年度, ※Ｒ５: a remark or the mark of a note before the words."""
_YEAR_REMARK = regex.compile(
    r"第[0-9一二三四五六七八九十]+期.{0,6}|[0-9一二三]+年目|.{0,8}(?:時点|現在)|初年度|最終年度|実施年度|(?:累計|累積)[値数]?"
)
"""Words behind a year that only say more of the year: R3（第8期1年目）."""
_REMARK = regex.compile(
    r"(.*?)\(([A-Za-z]|参考|速報|速報値|確定|確定値|見込|見込み|見込値|最新|再掲|累計|累計値|年度末|年間|暫定|参考値|実績|※"
    r"|(?:基準|目標|達成|実績|調査|対象)?年度?|(?:基準|調査|直近)?時点|年度・時点|年度等"
    r"|[0-9]{1,2}月(?:末日?|[0-9]{1,2}日|分)?(?:時点|現在|まで)?"
    r"|[0-9]{1,2}月?(?:[~〜-]|から)[0-9]{1,2}月(?:末|分)?(?:まで)?の?(?:月?平均値?|実績値?|累計|合計)?"
    r"|[上下]半期(?:分|まで|の?(?:平均|実績))?"
    r"|(?:[0-9一]?(?:か|カ|ヶ|ヵ|ケ|箇)?月(?:間)?の?)(?:平均|(?:当|あ)?たり|当り)(?:の(?:値|量|数)|の?平均値?)?)\)"
)
"""A remark behind a head's words that changes nothing of what they head."""
_BRACKETS = str.maketrans("（）［］", "()[]")
_CLOSING = frozenset(")）]］〕】")


def _bare_unit(label: str) -> str | None:
    """A unit that stands alone or after 単位: (人), 単位:か所, 人/月."""
    bare = label.strip("()[]")
    if bare.startswith("単位"):
        bare = bare[2:].lstrip(":は")
    return find_unit(bare)
