"""Tables of which the text kept the words and their order: read where all fits together, else refused."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画　進捗状況\n\n"


def read(text: str, title: str = TITLE):
    return read_document(Source("report.txt", (title + text).encode()))


def rows(text: str) -> list[tuple[str, str | None, int | None, float | str | None]]:
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value if o.value is not None else o.raw)
        for o in read(text).observations
    ]


def figures(text: str, name: str) -> list[float | None]:
    return [o.value for o in read(text).observations if o.indicator == name]


GOALS = """項目 目標値 実績値 達成状況
令和５年度末 令和３年度 令和４年度 令和５年度
地域生活移行者数（累計） 21人 4人 11人 19人 △
医療的ケア児等に関する
コーディネーターの配置人数 3人 0人 － 4人 ○
"""


def test_years_that_follow_each_other_are_of_one_measure() -> None:
    found = rows(GOALS)
    assert ("地域生活移行者数(累計)", "target", 2023, 21.0) in found
    assert ("地域生活移行者数(累計)", "actual", 2021, 4.0) in found
    assert ("医療的ケア児等に関するコーディネーターの配置人数", "actual", 2023, 4.0) in found
    assert len(found) == 10


def test_years_that_may_be_of_either_measure_are_not_read() -> None:
    text = GOALS.replace("令和５年度末 令和３年度", "令和２年度 令和３年度")
    assert rows(text) == []
    assert any("19人" in finding.message for finding in read(text).findings)


SERVICES = """サービス名 単位 R6 年度 R7 年度 R8 年度
見込量 実績 達成率 見込量 9 月実績 見込量
居宅介護 人/月 61 66 108.2% 63 67 65
時間/月 1,210 1,198 99.0% 1,230 1,204 1,250
重度障害者等
人/月 2 1 50.0% 2 0 2
包括支援
自立訓練
人/月 5 4 80.0% 6 5 7
（機能訓練）
短期入所 人/月 14 13 92.9% 15 12 16
"""


def test_names_stand_around_their_figures() -> None:
    assert figures(SERVICES, "重度障害者等包括支援") == [2, 1, 50.0, 2, 0, 2]
    assert figures(SERVICES, "自立訓練(機能訓練)") == [5, 4, 80.0, 6, 5, 7]
    assert len(figures(SERVICES, "居宅介護")) == 12


def test_a_later_year_may_lack_what_is_still_to_come() -> None:
    told = [
        (o.measure, o.fiscal_year) for o in read(SERVICES).observations if o.indicator == "短期入所"
    ]
    assert told == [
        ("projected", 2024),
        ("actual", 2024),
        ("gap", 2024),
        ("projected", 2025),
        ("actual", 2025),
        ("projected", 2026),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5 4 80.0% 6 5 7", "5 4 80.0% 6 5"),
        ("5 4 80.0% 6 5 7", "5 4 80.0% 6 5 7 8"),
        ("包括支援\n自立訓練\n", "包括支援\n"),
        ("R7 年度 ", ""),
        ("9 月実績 ", ""),
    ],
)
def test_what_does_not_fit_together_moves_no_figure(old: str, new: str) -> None:
    told = {
        (o.indicator, o.measure, o.fiscal_year, o.unit, o.value)
        for o in read(SERVICES).observations
    }
    altered = read(SERVICES.replace(old, new))
    found = {(o.indicator, o.measure, o.fiscal_year, o.unit, o.value) for o in altered.observations}
    assert found <= told
    assert altered.findings


TURNS = """事業名 令和３年度 令和４年度 令和５年度
① 理解促進研修・啓発事業 （実施の有無）
計画 有 有 有
実績 有 無 －
② 日常生活用具給付等事業 （件/年）
介護・訓練支援用具
計画 7 7 8
実績 5 9 －
排泄管理支援用具
計画 1,560 1,600 1,640
実績 1,544 1,587 －
③ 移動支援事業 （人/年）
計画 82 84 86
実績 71 79 －
"""


def test_measures_stand_in_turn_below_each_name() -> None:
    found = read(TURNS).observations
    told = {
        (o.indicator, o.breakdown, o.unit, o.measure, o.value) for o in found if o.value is not None
    }
    assert ("日常生活用具給付等事業", "介護・訓練支援用具", "件/年", "projected", 7) in told
    assert ("日常生活用具給付等事業", "排泄管理支援用具", "件/年", "actual", 1587) in told
    assert ("移動支援事業", None, "人/年", "actual", 79) in told or (
        "移動支援事業",
        "",
        "人/年",
        "actual",
        79,
    ) in told
    assert len(found) == 24


CELLS = """主な活動指標
単位
令和６年度
令和７年度
見込
実績
見込
実績
協議の場への
参加者数
保健
人/年
12
9
12
－
福祉
人/年
20
17
21
－
地域定着支援の
利用者数
人/月
2
1
3
－
"""


def test_a_cell_a_line_with_a_name_over_names() -> None:
    found = read(CELLS).observations
    told = [(o.indicator, o.breakdown, o.value) for o in found if o.value is not None]
    assert told[:3] == [("協議の場への参加者数", "保健", value) for value in (12, 9, 12)]
    assert told[3:6] == [("協議の場への参加者数", "福祉", value) for value in (20, 17, 21)]
    assert [value for name, _, value in told if name == "地域定着支援の利用者数"] == [2, 1, 3]


@pytest.mark.parametrize("lost", ["17\n", "人/月\n", "実績\n見込\n"])
def test_a_lost_cell_ends_the_table(lost: str) -> None:
    whole = {(o.indicator, o.breakdown, o.measure, o.value) for o in read(CELLS).observations}
    altered = read(CELLS.replace(lost, "", 1))
    assert {(o.indicator, o.breakdown, o.measure, o.value) for o in altered.observations} <= whole
    assert altered.findings


PARAGRAPHS = """指標名

令和８年度
目標値

令和７年度
実績値

評価

主な取組と課題

① 施設入所者数

98人

101人

Ｂ

意向調査を行ったが、
移行は１人だった。

② 協議の場の設置

設置

設置

Ａ

年３回開いた。
"""


def test_paragraphs_are_cells() -> None:
    found = rows(PARAGRAPHS)
    assert ("施設入所者数", "target", 2026, 98.0) in found
    assert ("協議の場の設置", "actual", 2025, "設置") in found
    assert len(found) == 6


def test_a_lost_text_ends_the_table() -> None:
    text = PARAGRAPHS.replace("意向調査を行ったが、\n移行は１人だった。\n\n", "")
    assert not {name for name, *_ in rows(text)} - {"施設入所者数", "協議の場の設置"}
    assert any("98人" in finding.message for finding in read(text).findings)


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        ("実績 見込 実績 見込", [("actual", 5), ("projected", 6), ("actual", 6), ("projected", 7)]),
        (
            "見込 実績 見込 見込",
            [("projected", 5), ("actual", 5), ("projected", 6), ("projected", 7)],
        ),
        ("実績 見込 実績 見込 実績", []),
        ("見込 実績 実績 見込", []),
    ],
)
def test_one_way_alone_lays_measures_under_years(
    measures: str, told: list[tuple[str, int]]
) -> None:
    values = ["11", "12", "13", "14", "15"][: len(measures.split())]
    text = f"サービス名 単位 令和５年度 令和６年度 令和７年度\n{measures}\n同行援護 人 {' '.join(values)}\n"
    found = [(o.measure, (o.fiscal_year or 0) - 2018) for o in read(text).observations]
    assert found == told


BESIDE = """区分 事業・サービス名 単位
令和６年度
備考
計画 実績 差 進捗率
必須
事業
移動支援 時間 5,500 4,895 ▲605 89.0％
成年後見制度利用支援事業 人 6 8 2 133.3％
市長申立て３人、報酬
助成５人
任意
事業
訪問入浴サービス 回 360 384 24 106.7％
相談 障害児相談支援 人 47 52 5 110.6％
"""


def test_a_class_beside_names_and_a_text_below_figures_are_no_names() -> None:
    found = read(BESIDE).observations
    assert {(o.indicator, o.breakdown) for o in found} == {
        ("移動支援", None),
        ("成年後見制度利用支援事業", None),
        ("訪問入浴サービス", None),
        ("障害児相談支援", None),
    } or {o.indicator for o in found} == {
        "移動支援",
        "成年後見制度利用支援事業",
        "訪問入浴サービス",
        "障害児相談支援",
    }
    assert len(found) == 16


IN_TURN = """サービス
単位
区分
令和３
年度
令和４
年度
同行援護
時間
計画
44
46
実績
41
49
自立訓練
人日
計画
70
75
実績
66
81
"""


def test_measures_in_turn_beside_the_names() -> None:
    found = [
        (o.indicator, o.unit, o.measure, o.fiscal_year, o.value) for o in read(IN_TURN).observations
    ]
    assert found[:4] == [
        ("同行援護", "時間", "projected", 2021, 44),
        ("同行援護", "時間", "projected", 2022, 46),
        ("同行援護", "時間", "actual", 2021, 41),
        ("同行援護", "時間", "actual", 2022, 49),
    ]
    assert len(found) == 8


@pytest.mark.parametrize("lost", ["実績\n66\n81\n", "46\n", "計画\n44\n46\n", "区分\n"])
def test_a_lost_turn_moves_no_figure(lost: str) -> None:
    def told(text: str) -> set[tuple[str, str | None, int | None, float | None]]:
        return {(o.indicator, o.measure, o.fiscal_year, o.value) for o in read(text).observations}

    assert told(IN_TURN.replace(lost, "", 1)) <= told(IN_TURN)


COMPARED = """成果目標・指標（単位）
第７期計画・第３期計画
計画値 実績値 計画比
R6 R7 R8 R6 R7 R6 R7
１ 福祉施設の入所者の地域生活への移行
地域生活移行者数（人） 3 6 9 2 5 66.7% 83.3%
施設入所者数（人） 88 86 84 89 87 101.1% 101.2%
"""


def test_comparisons_have_years_of_their_own() -> None:
    found = [
        (o.measure, o.fiscal_year, o.value)
        for o in read(COMPARED).observations
        if o.indicator == "地域生活移行者数"
    ]
    assert found[3:] == [
        ("actual", 2024, 2),
        ("actual", 2025, 5),
        ("gap", 2024, 66.7),
        ("gap", 2025, 83.3),
    ]


def test_a_day_within_a_year_is_counted_so_far() -> None:
    text = "項目 R8 年度末（目標） R6 実績 R7.9 末\n地域生活移行者数 6 人 2 人 3 人\n"
    assert [(m, y) for _, m, y, _ in rows(text)] == [
        ("target", 2026),
        ("actual", 2024),
        ("actual", 2025),
    ]


UPPER_AND_LOWER = """各欄の上段は見込量、下段は実績です。
サービス名
単位
令和６年度
令和７年度
行動援護
人
11
10
12
－
時間
140
133
150
－
"""


def test_upper_and_lower_figures_stand_in_one_place() -> None:
    found = [
        (o.unit, o.measure, o.fiscal_year, o.value)
        for o in read(UPPER_AND_LOWER, "第７期架空市障害福祉計画\n\n").observations
        if o.value is not None
    ]
    assert found[:3] == [
        ("人", "projected", 2024, 11),
        ("人", "actual", 2024, 10),
        ("人", "projected", 2025, 12),
    ]
    silent = UPPER_AND_LOWER.partition("\n")[2]
    assert read(silent).observations == ()


YEARS_AS_ROWS = """① 同行援護
年度
利用者数（人） 利用量（時間）
計画値 実績値 計画比 計画値 実績値 計画比
令和３年度 52 49 94.2% 928 946 101.9%
令和４年度 55 57 103.6% 970 981 101.1%
－ 32 －
"""


def test_counts_over_measures_are_of_the_service_in_the_heading() -> None:
    found = [
        (o.indicator, o.unit, o.measure, o.fiscal_year, o.value)
        for o in read(YEARS_AS_ROWS).observations
    ]
    assert found[0] == ("同行援護", "人", "projected", 2021, 52)
    assert found[4] == ("同行援護", "時間", "actual", 2021, 946)
    assert len(found) == 12


ONE_BY_ONE = """区分 サービス名 単位
令和６年度 令和７年度 令和７年度 令和７年度
実績値 計画値 ９月末実績 進捗率
訪問系
同行援護 時間/月 326 380 294 77.4%
生活介護 人日/月 688 710 701 98.7%
"""


def test_as_many_years_as_measures() -> None:
    found = [(m, y, v) for name, m, y, v in rows(ONE_BY_ONE) if name == "同行援護"]
    assert found == [
        ("actual", 2024, 326),
        ("projected", 2025, 380),
        ("actual", 2025, 294),
        ("gap", 2025, 77.4),
    ]
    assert rows(ONE_BY_ONE.replace("令和７年度 ", "", 1)) == []


YEARS_DOWN = """①　居宅介護
自宅で、入浴等の介護を行います。

{0}
利用者数
計画値（人）
実績値（人）
{1}
計画値（時間）
実績値（時間）
{2}
262
255
4,192
3,987
{3}
268
264
4,288
4,110
"""


@pytest.mark.parametrize(
    "words",
    [
        ("年　度", "利用量", "令和３年度", "令和４年度"),
        ("年度", "延べ利用時間数", "R3", "R4"),
        ("年度", "利用量", "2021年度", "2022年度"),
    ],
)
def test_years_down_the_side_under_two_quantities(words: tuple[str, ...]) -> None:
    found = read(YEARS_DOWN.format(*words), TITLE.replace("第７期", "第６期")).observations
    assert [(o.measure, o.fiscal_year, o.value, o.unit) for o in found] == [
        ("projected", 2021, 262.0, "人"),
        ("actual", 2021, 255.0, "人"),
        ("projected", 2021, 4192.0, "時間"),
        ("actual", 2021, 3987.0, "時間"),
        ("projected", 2022, 268.0, "人"),
        ("actual", 2022, 264.0, "人"),
        ("projected", 2022, 4288.0, "時間"),
        ("actual", 2022, 4110.0, "時間"),
    ]
    assert {o.indicator for o in found} == {"居宅介護"}


def test_years_down_the_side_with_a_figure_too_few_are_not_read() -> None:
    text = YEARS_DOWN.format("年度", "利用量", "令和３年度", "令和４年度").replace("255\n", "")
    assert not [o for o in read(text).observations if o.fiscal_year == 2021]
