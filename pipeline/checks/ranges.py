"""What a figure can be (A8): shares within 0 to 100, whole counts, days that fit a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from keikaku.normalizers.catalogue import indicator_by_id
from keikaku.pipeline.checks.figures import is_change, only, printed_numbers, row_of, value_of
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja, number
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Observation

WHOLE_UNITS = frozenset({"人", "か所", "回", "件"})
HOURS_OF_A_MONTH, DAYS_OF_A_MONTH = 744, 31


@rule("figure_out_of_range", family="A8", severity="error")
def check_range(records: DocumentRecords) -> Iterator[Doubt]:
    """A share lies within 0 to 100, a count is not negative, hours of a user fit a month."""
    for figure in printed_numbers(records.observations):
        if is_change(figure):
            continue
        value = value_of(figure)
        too_much = figure.unit == "%" and value > 100 and _is_share(figure)
        if value < 0 or too_much:
            limit = "0–100%" if figure.unit == "%" else ">= 0"
            yield Doubt(
                (figure,),
                (),
                f"{cite(figure)} is out of range: {limit}.",
                f"{cite_ja(figure)}は取り得る範囲（{limit}）の外にある。",
                limit,
                amount(figure),
            )


def _is_share(figure: Observation) -> bool:
    """A share of a whole, by the catalogue or by its name; 達成率 and 進捗率 may exceed 100."""
    if figure.indicator_id is not None:
        return indicator_by_id(figure.indicator_id).aggregation == "share"
    label = f"{figure.indicator}{figure.series or ''}"
    return "割合" in label


@rule("count_is_not_whole", family="A8", severity="error")
def check_wholeness(records: DocumentRecords) -> Iterator[Doubt]:
    """Persons, places and times are whole numbers, but for an average."""
    for figure in printed_numbers(records.observations):
        counted = figure.unit in WHOLE_UNITS and figure.measure != "gap"
        words = (
            f"{figure.indicator}{figure.breakdown or ''}{figure.series or ''}{figure.item or ''}"
        )
        average = "平均" in words + figure.raw or figure.aggregation == "monthly_average"
        if counted and not average and value_of(figure) % 1:
            yield Doubt(
                (figure,),
                (),
                f"{cite(figure)} is no whole number, and no average is spoken of.",
                f"{cite_ja(figure)}は整数でなく、平均である旨の記載もない。",
                "a whole number",
                amount(figure),
                "warning" if figure.section == "activity" else None,
            )


@rule("days_do_not_fit_users", family="A8", severity="error")
def check_days(records: DocumentRecords) -> Iterator[Doubt]:
    """日/月 ÷ 人/月 lies in (0, 31], 時間/月 ÷ 人/月 is at most 744."""
    limits = {"日/月": DAYS_OF_A_MONTH, "人日/月": DAYS_OF_A_MONTH, "時間/月": HOURS_OF_A_MONTH}
    by_row: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for figure in printed_numbers(records.observations):
        if figure.measure != "gap" and figure.unit in {"人/月", *limits}:
            row = (row_of(figure), figure.measure, figure.series, figure.fiscal_year)
            by_row[row].append(figure)
    for figures in by_row.values():
        users = only(o for o in figures if o.unit == "人/月")
        volume = only(o for o in figures if o.unit != "人/月")
        if users is not None and volume is not None:
            yield from _compare_volume(volume, users, limits[volume.unit or ""])


def _compare_volume(volume: Observation, users: Observation, limit: int) -> Iterator[Doubt]:
    none = value_of(volume) == 0 < value_of(users)
    if value_of(volume) <= value_of(users) * limit and not none:
        return
    words, words_ja = (
        ("is nothing", "0であるのに利用者がいる") if none
        else (f"is more than {limit} a user", f"1人当たり{limit}を超える")
    )  # fmt: skip
    yield Doubt(
        (volume, users),
        (),
        f"{cite(volume)} {words} for {cite(users)}.",
        f"{cite_ja(volume)}は{cite_ja(users)}に対して{words_ja}。",
        "> 0" if none else f"<= {number(value_of(users) * limit)}",
        amount(volume),
    )
