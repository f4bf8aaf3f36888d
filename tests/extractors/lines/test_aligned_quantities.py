"""Names between rows that count one service in two ways: with blank lines, without, and where a line was lost."""

from __future__ import annotations

import re

import pytest
from keikaku.pipeline.journey import Source, read_document

_TOP = """\
第７期架空市障害福祉計画　進捗状況

１　障害福祉サービスの見込量と実績
                                             令和６年度           令和７年度
     サービス名            単位
                                           見込量      実績      見込量      実績
"""
_CARE = (
    "                       利用者数（人/月）         642      655       660      671\n",
    "   居宅介護\n",
    "                       利用時間（時間/月）     10,914   11,004    11,220   11,340\n",
)
_GUIDE = (
    "                       利用者数（人/月）         154      131       158      142\n",
    "   同行援護\n",
    "                       利用時間（時間/月）      4,158    3,406     4,266    3,763\n",
)
_TRAINING = (
    "   自立訓練            利用者数（人/月）          14       11        15       12\n",
    "   （機能訓練）        利用日数（人日/月）       150      116       165      130\n",
)
_PLANNING = ("   計画相談支援        利用者数（人/月）          70       76        80       95\n",)
_MOVING = ("   地域移行支援        利用件数（件/月）           2        1         3        2\n",)
_CARE_READ = [("居宅介護", 642.0), ("居宅介護", 10914.0)]
_GUIDE_READ = [("同行援護", 154.0), ("同行援護", 4158.0)]
_TRAINING_READ = [("自立訓練(機能訓練)", 14.0), ("自立訓練(機能訓練)", 150.0)]
_ALL_READ = [*_CARE_READ, *_GUIDE_READ, *_TRAINING_READ, ("計画相談支援", 70.0)]


def _read(*groups: tuple[str, ...], between: str = "") -> list[tuple[str | None, float | None]]:
    """Names and values of the first column of figures."""
    text = _TOP + between.join("".join(group) for group in groups)
    found = read_document(Source("a.txt", text.encode())).observations
    first = [o for o in found if (o.fiscal_year, o.measure) == (2024, "projected")]
    return [(o.indicator, o.value) for o in first]


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_a_name_between_the_two_rows_of_its_service(between: str) -> None:
    assert _read(_CARE, _GUIDE, _TRAINING, _PLANNING, between=between) == _ALL_READ
    assert _read(_CARE, _PLANNING, _GUIDE, between=between)[2] == ("計画相談支援", 70.0)
    assert _read(_PLANNING, _CARE, _GUIDE, between=between)[1:] == _CARE_READ + _GUIDE_READ
    assert _read(_TRAINING, _PLANNING, between=between)[:2] == _TRAINING_READ


def test_a_row_that_counts_something_else_begins_a_service_of_its_own() -> None:
    found = _read(_CARE, _MOVING, _GUIDE)
    assert found == [*_CARE_READ, ("地域移行支援", 2.0), *_GUIDE_READ]


def test_blank_lines_between_all_lines_tell_nothing_more() -> None:
    assert _read(*((line,) for line in _CARE + _GUIDE), between="\n") == _CARE_READ + _GUIDE_READ


def test_a_name_of_two_lines_that_goes_on_beside_the_second_row() -> None:
    row, _, below = _CARE
    training = (
        "   就労移行" + row[11:].replace("642", " 24"),
        "   支援    " + below[11:].replace("10,914", "   480"),
    )
    found = _read(_GUIDE, training, between="\n")
    assert found[2:] == [("就労移行支援", 24.0), ("就労移行支援", 480.0)]


def test_two_services_beside_the_two_rows_are_no_name_of_two_lines() -> None:
    two = (
        "   移動支援            利用者数（人/月）          14       11        15       12\n",
        "   日中一時支援        利用日数（人日/月）       150      116       165      130\n",
    )
    assert _read(_CARE, _GUIDE, two) == _CARE_READ + _GUIDE_READ


def _whose(
    found: list[tuple[str | None, float | None]],
) -> list[tuple[str | None, float | None]]:
    """The figures by their service, be what is counted of it a part of the name or not."""
    return [
        (re.sub(r"(?<=.)利用(?:者数|時間|日数)\Z", "", name or ""), value) for name, value in found
    ]


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("lost", range(9))
def test_a_lost_line_gives_no_row_the_name_of_another(lost: int, between: str) -> None:
    three = (
        "                       利用者数（人/月）          36       33        38       35\n",
        "   生活介護\n",
        "                       利用日数（人日/月）       700      640       720      690\n",
    )
    groups = [list(group) for group in (_CARE, _GUIDE, three)]
    del groups[lost // 3][lost % 3]
    found = _whose(_read(*map(tuple, groups), between=between))
    told = {*_CARE_READ, *_GUIDE_READ, ("生活介護", 36.0), ("生活介護", 700.0)}
    assert set(found) <= told
    assert len(found) >= len(("利用者数", "利用日数"))


def test_a_class_of_services_over_the_rows_or_left_of_the_names() -> None:
    over = _read(("   訪問系サービス\n", *_CARE, *_GUIDE))
    left = [(row, f"   訪問系   {name.strip()}\n", below) for row, name, below in (_CARE, _GUIDE)]
    assert over == _read(*left) == _CARE_READ + _GUIDE_READ
    assert _read(left[0], (_GUIDE[0], "            同行援護\n", _GUIDE[2])) == over


@pytest.mark.parametrize("days", [False, True])
def test_days_of_a_lost_name_over_the_next_names_rows_are_given_none(days: bool) -> None:
    guide = (_GUIDE[1], _GUIDE[0], _GUIDE[2])
    last = (
        "   生活介護\n",
        "                       利用者数（人/月）          36       33        38       35\n",
        "                       利用日数（人日/月）       700      640       720      690\n"
        if days
        else "                       利用時間（時間/月）       700      640       720      690\n",
    )
    found = _read(_CARE[2:], guide, last)
    assert ("同行援護", 10914.0) not in found
    assert ("生活介護", 4158.0) not in found


def test_days_over_users_take_turns_too() -> None:
    turned = [(below, name, row) for row, name, below in (_CARE, _GUIDE)]
    assert _read(*turned) == [*reversed(_CARE_READ), *reversed(_GUIDE_READ)]


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_damaged_quantity_gives_no_row_the_name_of_another(between: str) -> None:
    damaged = (_CARE[0].replace("利用者数（人", "            "), *_CARE[1:])
    found = _whose(_read(_GUIDE, damaged, between=between))
    assert set(found) <= {*_GUIDE_READ, *_CARE_READ}
    assert not between or set(_GUIDE_READ) <= set(found)


def test_names_above_their_rows_stay_above_them() -> None:
    found = _read((_CARE[1], _CARE[0], _CARE[2]), (_GUIDE[1], _GUIDE[0], _GUIDE[2]))
    assert found == _CARE_READ + _GUIDE_READ
