"""A column that numbers the rows, and years in brackets below the figures of a row."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画の数値目標\n\n１　地域で暮らし続けるための支援\n\n"


def _wide(text: str, columns: int) -> str:
    return text + " " * (columns - sum(2 if ord(c) > 255 else 1 for c in text))


def _line(*cells: str) -> str:
    widths = (6, 40, 22, 22, 14)
    return "".join(_wide(*told) for told in zip(cells, widths, strict=False)).rstrip() + "\n"


def _said(*lines: str) -> list[tuple[object, ...]]:
    try:
        records = read_document(Source("plan.txt", (_TITLE + "".join(lines)).encode()))
    except NoSheet:
        return []
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]


@pytest.mark.parametrize("head", ["番号", "No.", "№"])
@pytest.mark.parametrize("mark", ["{}", "({})", "{}."])
def test_a_number_before_each_name_is_no_figure(head: str, mark: str) -> None:
    said = _said(
        _line(head, "指標", "令和４年度現状値", "令和８年度目標値", "担当課"),
        _line(mark.format(9), "施設入所者数", "2,406人", "2,280人", "障がい福祉課"),
        _line(mark.format(10), "グループホームの利用者数", "3,018人", "3,760人", "障がい福祉課"),
    )
    assert [(told[0], told[3]) for told in said] == [
        ("施設入所者数", 2406.0),
        ("施設入所者数", 2280.0),
        ("グループホームの利用者数", 3018.0),
        ("グループホームの利用者数", 3760.0),
    ]


def test_numbers_that_do_not_count_on_may_be_figures() -> None:
    assert not _said(
        _line("番号", "指標", "令和４年度現状値", "令和８年度目標値"),
        _line("9", "施設入所者数", "2,406人", "2,280人"),
        _line("12", "グループホームの利用者数", "3,018人", "3,760人"),
    )


@pytest.mark.parametrize("number", ["", "番号"])
@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("（令和４年度末）", "（令和８年度末）"),
        ("(R4)", "(R8)"),
        ("［2022年度］", "［2026年度］"),
        ("(令和５年３月31日)", "(令和９年３月31日)"),
    ],
)
def test_years_in_brackets_are_of_the_figures_above_them(
    number: str, early: str, late: str
) -> None:
    def beside(count: int) -> str:
        return str(count) if number else ""

    said = _said(
        _line(number, "指標", "現状値", "目標値"),
        _line(beside(1), "施設入所者数", "2,406人", "2,280人"),
        _line("", "", early, late),
        _line(beside(2), "相談支援事業所における研修の修了", "612人", "760人"),
        _line("", "者数", early, late),
        _line(beside(3), "わくわく教室の参加", "－", "60人"),
        _line("", "", "", late),
    )
    told = [
        ("施設入所者数", 2406.0, 2280.0),
        ("相談支援事業所における研修の修了者数", 612.0, 760.0),
    ]
    found = [
        figure
        for name, now, aim in told
        for figure in ((name, "baseline", 2022, now), (name, "target", 2026, aim))
    ]
    assert said[:4] == found
    assert said[-1] == ("わくわく教室の参加", "target", 2026, 60.0)
