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


_COLUMNS = """サービス名

令和５年度計画 令和５年度実績 計画比

居宅介護（時間）

生活介護（人日）

共同生活援助（人）

6,350

8,200

205

6,427

101.2%

8,065

98.4%

219

106.8%
"""


def _by_name(text: str) -> list[tuple[str, float | None]]:
    return [(o.indicator.split("(")[0], o.value) for o in read(text).observations]


_TOLD = [
    ("居宅介護", 6350),
    ("居宅介護", 6427),
    ("居宅介護", 101.2),
    ("生活介護", 8200),
    ("生活介護", 8065),
    ("生活介護", 98.4),
    ("共同生活援助", 205),
    ("共同生活援助", 219),
    ("共同生活援助", 106.8),
]


def test_columns_one_after_the_other_of_which_shares_tell_which_are_whose() -> None:
    assert _by_name(_COLUMNS) == _TOLD
    in_turn = "6,350\n8,200\n205\n6,427\n8,065\n219\n101.2%\n98.4%\n106.8%\n"
    names = _COLUMNS.split("6,350")[0]
    assert sorted(_by_name(names + in_turn)) == sorted(_TOLD)
    assert sorted(_by_name(names.replace("\n\n", "\n") + in_turn)) == sorted(_TOLD)


@pytest.mark.parametrize(
    ("old", "new"),
    [("101.2%", "103.2%"), ("205\n\n", ""), ("8,200", "8,200\n\n96.0%"), ("計画比", "備考")],
)
def test_columns_whose_shares_or_number_do_not_agree_are_not_read(old: str, new: str) -> None:
    assert not _by_name(_COLUMNS.replace(old, new))


def test_rows_in_paragraphs_below_heads_that_share_a_line() -> None:
    text = (
        "項目\n\n令和４年度目標値 令和４年度実績値 達成率\n\n地域生活移行者数\n\n20人\n\n7人\n\n35.0%\n\n"
        "施設入所者数\n\n58人\n\n51人 87.9%\n"
    )
    assert _by_name(text) == [
        ("地域生活移行者数", 20),
        ("地域生活移行者数", 7),
        ("地域生活移行者数", 35),
        ("施設入所者数", 58),
        ("施設入所者数", 51),
        ("施設入所者数", 87.9),
    ]


_GOALS_BESIDE = """目標 項目
令和８年度目標値
令和６年度実績
備考
１ 施設入所者の地
域生活への移行
地域生活へ移行した人数 ３人 １人 前年度なみ
施設入所者数 51人 53人
４ 福祉施設から一
般就労への移行等
一般就労へ移行した人数（年
間）
11人 ９人
{last}
児童発達支援センターの設置 設置 未設置
"""


@pytest.mark.parametrize(
    "last", ["５ 障がい児支援の\n提供体制の整備", "５ 障がい児支援の提供体制の整備"]
)
def test_goals_broken_over_lines_before_names_that_are_broken_too(last: str) -> None:
    found = rows(_GOALS_BESIDE.format(last=last))
    assert [told[:3] for told in found[::2]] == [
        ("地域生活へ移行した人数", "target", 2026),
        ("施設入所者数", "target", 2026),
        ("一般就労へ移行した人数(年間)", "target", 2026),
        ("児童発達支援センターの設置", "target", 2026),
    ]


@pytest.mark.parametrize("mark", ["－ 3 －", "- 3 -", "3ページ"])
def test_the_number_of_a_page_right_below_a_whole_row_is_none_of_its_values(mark: str) -> None:
    text = "サービス名 計画値 実績値 計画比\n居宅介護 2 1 50.0%\n短期入所 3 1 33.3%\n" + mark + "\n"
    assert figures(text, "短期入所") == [3.0, 1.0, 33.3]


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


_IN_TURN = """サービス種別 単位 区分 令和６年度 令和７年度
居宅介護 {unit} {plan} 186 190
{actual} 183 －
{further} {plan} 2,604 2,660
{actual} 2,477 2,705
同行援護 {unit} {plan} 31 32
{actual} 29 29
"""
_WORDS = {"unit": "人／月", "further": "時間／月", "plan": "見込", "actual": "実績"}


@pytest.mark.parametrize(
    "words",
    [
        _WORDS,
        _WORDS | {"plan": "計画値", "actual": "実績値"},
        _WORDS | {"unit": "人", "further": "時間"},
    ],
)
def test_names_and_units_printed_once_beside_measures_in_turn(words: dict[str, str]) -> None:
    text = _IN_TURN.format(**words)
    assert figures(text, "居宅介護") == [186, 190, 183, None, 2604, 2660, 2477, 2705]
    assert figures(text, "同行援護") == [31, 32, 29, 29]


@pytest.mark.parametrize(
    "lost",
    [
        "居宅介護 人／月 見込 186 190\n",
        "実績 183 －\n",
        "時間／月 見込 2,604 2,660\n",
        "実績 29 29\n",
    ],
)
def test_measures_in_turn_of_which_a_line_is_lost_are_not_read(lost: str) -> None:
    text = _IN_TURN.format(**_WORDS)
    assert lost in text
    assert rows(text.replace(lost, "", 1)) == []


_BROKEN_HEADS = """サービス
単位
令和６年
度見込量
令和６年
度実績
令和７年
度見込量
令和７年
度実績（
{0}
居宅介護
時間/月
5,120
4,986
5,200
5,033
自立訓練（機能訓練
）
人日/月
60
44
－
51
"""


@pytest.mark.parametrize(
    "months", ["４～８月\n平均）", "４月から\n９月まで）", "４月～９月）", "上半期）", "９月末）"]
)
def test_heads_broken_mid_word_with_the_months_that_have_gone_by(months: str) -> None:
    text = _BROKEN_HEADS.format(months)
    assert figures(text, "居宅介護") == [5120, 4986, 5200, 5033]
    told = [(o.measure, o.fiscal_year) for o in read(text).observations][4:]
    assert told == [
        ("projected", 2024),
        ("actual", 2024),
        ("projected", 2025),
        ("actual", 2025),
    ]


_MEASURE_BEFORE_UNIT = """サービス名
区分
単位
Ｒ６年度
Ｒ７年度
重度訪問介護
見込量
時間
1,180
1,220
実績値
時間
1,046
1,198
自立訓練
（機能訓練）
見込量
人日
48
52
実績値
人日
31
－
１
サービス名
区分
単位
Ｒ６年度
Ｒ７年度
地域移行支援
見込量
人
3
4
実績値
人
1
2
"""


def _without_units(text: str) -> str:
    for unit in ("単位", "時間", "人日", "人"):
        text = text.replace(f"\n{unit}\n", "\n")
    return text


def _in_paragraphs(text: str) -> str:
    return text.replace("\n", "\n\n").replace("自立訓練\n\n", "自立訓練\n")


@pytest.mark.parametrize(
    "text",
    [
        _MEASURE_BEFORE_UNIT,
        _without_units(_MEASURE_BEFORE_UNIT),
        _in_paragraphs(_MEASURE_BEFORE_UNIT),
        _MEASURE_BEFORE_UNIT.replace("見込量", "計画").replace("実績値", "実績"),
    ],
)
def test_measures_in_turn_beside_names_a_cell_a_line(text: str) -> None:
    assert figures(text, "重度訪問介護") == [1180, 1220, 1046, 1198]
    assert figures(text, "自立訓練(機能訓練)") == [48, 52, 31, None]
    assert figures(text, "地域移行支援") == [3, 4, 1, 2]
    assert {o.measure for o in read(text).observations[2:4]} == {"actual"}


@pytest.mark.parametrize(
    "lost", ["重度訪問介護\n", "自立訓練\n（機能訓練）\n", "実績値\n時間\n1,046\n1,198\n"]
)
def test_measures_in_turn_with_a_cell_lost_are_not_read(lost: str) -> None:
    text = _MEASURE_BEFORE_UNIT.replace(lost, "", 1)
    assert {o.indicator for o in read(text).observations} == {"地域移行支援"}


_STATUS_IN_NAME = """指標
目標値
（Ｒ５年度末）
実績値
Ｒ４年度
Ｒ５年度
地域生活支援拠点等の
整備
{0}
"""


def test_a_status_behind_a_line_that_breaks_off_is_of_the_name() -> None:
    text = _STATUS_IN_NAME.format("１か所以上\n０か所\n１か所")
    assert figures(text, "地域生活支援拠点等の整備") == [1, 0, 1]
    assert rows(_STATUS_IN_NAME.format("１か所以上\n０か所")) == []


_CUT_HEADS = """{0}
単位
Ｒ５
実績
Ｒ６
見込量
Ｒ６
実績
{1}
Ｒ７
見込量
居宅介護
時間
2,118
2,190
2,233
{2}
2,260
自立訓練（
機能訓練）
人日
31
44
27
{2}
44
"""


@pytest.mark.parametrize(
    ("names", "compared", "value"),
    [
        ("サービ\nス名", "見込量\nとの差", "▲17"),
        ("サービス\n名", "見込量\nとの比較", "17"),
        ("サービス名", "見込量と\nの差", "43"),
    ],
)
def test_heads_cut_within_a_word_and_a_year_over_each(
    names: str, compared: str, value: str
) -> None:
    found = read(_CUT_HEADS.format(names, compared, value)).observations
    assert [(o.measure, o.fiscal_year) for o in found if o.indicator == "居宅介護"] == [
        ("actual", 2023),
        ("projected", 2024),
        ("actual", 2024),
        ("gap", 2024),
        ("projected", 2025),
    ]
    assert len(found) == 10


_MEASURES_OVER_ROWS = """区分
指標
令和６年度
令和７年度
{0}
{1}
①一般就労への移行者数
40 人
43 人
②就労移行支援からの
一般就労への移行者数
25 人
26 人
③保育所等訪問支援を行う
事業所の数
３か所
４か所
{2}
{3}
①一般就労への移行者数
44 人
41 人
②就労移行支援からの
一般就労への移行者数
24 人
－
③保育所等訪問支援を行う
事業所の数
３か所
実施
評価
（Ｃ）
①の達成率
110.0％
95.3％
"""


@pytest.mark.parametrize(
    "words",
    [
        ("計画\n（Ｐ）", "目標値", "実施\n（Ｄ）", "実績値"),
        ("計画（Plan）", "計画値", "実施（Do）", "実績"),
        ("Ｐ\n計画", "目標", "Ｄ\n実施", "実績"),
    ],
)
def test_a_measure_in_the_first_column_is_that_of_the_rows_below(words: tuple[str, ...]) -> None:
    found = read(_MEASURES_OVER_ROWS.format(*words)).observations
    told = [(o.indicator, o.measure, o.fiscal_year, o.value) for o in found]
    plan = "projected" if words[1] == "計画値" else "target"
    assert told[:2] == [
        ("一般就労への移行者数", plan, 2024, 40),
        ("一般就労への移行者数", plan, 2025, 43),
    ]
    assert told[8:10] == [
        ("就労移行支援からの一般就労への移行者数", "actual", 2024, 24),
        ("就労移行支援からの一般就労への移行者数", "actual", 2025, None),
    ]
    assert len(told) == 12


@pytest.mark.parametrize(
    "lost",
    ["実績値\n", "目標値\n", "①一般就労への移行者数\n44 人\n41 人\n②"],
)
def test_rows_whose_measure_or_mark_is_lost_are_under_no_other(lost: str) -> None:
    text = _MEASURES_OVER_ROWS.format("計画\n（Ｐ）", "目標値", "実施\n（Ｄ）", "実績値")
    told = set(rows(text))
    assert lost in text
    assert set(rows(text.replace(lost, "", 1))) <= told


_SHEETS = """第７期架空区障害福祉計画
成果目標３　地域生活支援の充実
改善
令和６年度
協議を進める。
令和７年度
部会を設置し、検討を続ける。
6
【令和８年度末までの目標】
項目
{0}
{1}
１）児童発達支援センター
の設置数
２か所
現在の１か所に加え、令和８年度
に１か所を開設する。
２）医療的ケア児等に関す
るコーディネーターの配
置人数
12人
専門員を中心に養成する。
取組
"""


@pytest.mark.parametrize(
    ("target", "reason"),
    [("目標量", "目標量の考え方"), ("目標値", "目標値の根拠"), ("目標", "目標設定理由")],
)
def test_a_table_behind_the_review_of_the_sheet_before_it(target: str, reason: str) -> None:
    found = read(_SHEETS.format(target, reason), "").observations
    assert [(o.indicator, o.measure, o.value, o.unit) for o in found] == [
        ("児童発達支援センターの設置数", "target", 2, "か所"),
        ("医療的ケア児等に関するコーディネーターの配置人数", "target", 12, "人"),
    ]


GRADED = """項目 現状（R4年度末） 目標（R8年度末） R6年度実績 {}
地域生活移行者数 8 人 13 人 4 人 {}
{}
施設入所者数 203 人 193 人 201 人 {}
"""


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [("進捗", "おおむね順調", "遅れ"), ("達成状況", "達成", "未達成"), ("評価", "A", "C")],
)
def test_grades_in_words_and_heads_printed_again_below_the_next_goal(
    head: str, first: str, second: str
) -> None:
    again = GRADED.split("\n")[0].format(head)
    text = GRADED.format(head, first, f"（２）地域生活支援の充実\n{again}", second)
    assert figures(text, "地域生活移行者数") == [8.0, 13.0, 4.0, None]
    assert figures(text, "施設入所者数") == [203.0, 193.0, 201.0, None]
    assert [o.text for o in read(text).observations if o.value is None] == [first, second]


NAMES_BELOW = """サービスの利用実績
令和３年度 令和４年度 令和５年度
48 51 57
{0}
66 66 64
{1}
－ － 1
{2}
"""


@pytest.mark.parametrize(
    "names",
    [
        ("共同生活援助（人）", "施設入所支援（人）", "自立生活援助（人）"),
        ("共同生活援助", "施設入所支援", "自立生活援助"),
        ("グループホーム\n（共同生活援助）（人）", "入所の支援（人）", "暮らしの支援（人）"),
    ],
)
def test_names_on_the_lines_below_their_figures(names: tuple[str, str, str]) -> None:
    found = rows(NAMES_BELOW.format(*names))
    assert [year for _, _, year, _ in found] == [2021, 2022, 2023] * 3
    first, last = found[0], found[-1]
    assert first[1:] == ("actual", 2021, 48.0)
    assert first[0] == "".join(names[0].split("\n")).removesuffix("（人）").translate(NARROW)
    assert last == (names[2].removesuffix("（人）"), "actual", 2023, 1.0)


NARROW = str.maketrans("（）", "()")


def test_figures_over_names_that_may_be_those_of_the_rows_below() -> None:
    names = ("居宅の支援", "入所の支援", "暮らしの支援")
    assert rows(NAMES_BELOW.format(*names)) == []
    assert rows(NAMES_BELOW.format("共同生活援助", "施設入所支援", "そのほかの状況")) == []


GLUED = """サービスの利用実績
令和３年度令和４年度令和５年度
訪問系サービス（各年度の月平均）
1,2141,1871,302
居宅介護（時間）
726881
同行援護（時間）
日中活動系サービス（各年度の月平均）
2,4162,4382,405
生活介護（人日）
"""


def test_years_and_thousands_that_ran_into_one_another() -> None:
    found = rows(GLUED)
    assert [(name, value) for name, _, _, value in found] == [
        ("居宅介護", 1214.0),
        ("居宅介護", 1187.0),
        ("居宅介護", 1302.0),
        ("生活介護", 2416.0),
        ("生活介護", 2438.0),
        ("生活介護", 2405.0),
    ]
    assert "glued_figures" in {finding.rule for finding in read(GLUED).findings}


def test_a_class_that_is_not_known_gives_the_first_figures_no_name() -> None:
    for over in ("そのほかの暮らし", "１ 通いの場"):
        found = rows(GLUED.replace("訪問系サービス（各年度の月平均）", over))
        assert {name for name, *_ in found} <= {"居宅介護", "生活介護"}
        assert ("居宅介護", "actual", 2021, 2416.0) not in found


PAIRED = """{heads}
{values}
施設入所者数
{other}
地域生活への移行者数
"""


@pytest.mark.parametrize(
    ("heads", "values", "other"),
    [
        (
            "令和元年度末令和３年度令和４年度目標値\n実績実績実績（令和５年度末）",
            "67人66人64人65人",
            "－1人3人4人",
        ),
        (
            "令和元年度末 令和３年度 令和４年度 目標値\n実績 実績 実績 （令和５年度末）",
            "67人 66人 64人 65人",
            "－ 1人 3人 4人",
        ),
        (
            "Ｒ元年度末Ｒ３年度Ｒ４年度目標\n実績実績実績(Ｒ５年度末)",
            "６７人６６人６４人６５人",
            "―１人３人４人",
        ),
    ],
)
def test_heads_each_with_what_stands_below_it(heads: str, values: str, other: str) -> None:
    found = rows(PAIRED.format(heads=heads, values=values, other=other))
    assert found[1:4] == [
        ("施設入所者数", "actual", 2021, 66.0),
        ("施設入所者数", "actual", 2022, 64.0),
        ("施設入所者数", "target", 2023, 65.0),
    ]
    assert found[-1] == ("地域生活への移行者数", "target", 2023, 4.0)
    assert len(found) == 8


@pytest.mark.parametrize("values", ["67人66人64人", "67人66か所64人65人"])
def test_figures_that_cannot_be_cut_in_one_way_are_refused(values: str) -> None:
    heads = "令和元年度末令和３年度令和４年度目標値\n実績実績実績（令和５年度末）"
    text = PAIRED.format(heads=heads, values=values, other="－1人3人4人")
    assert all(name == "地域生活への移行者数" for name, *_ in rows(text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("自立訓練（機能訓練・", "生活訓練）"),
        ("就労継続支援", "（Ｂ型）"),
        ("短期入所（福祉", "型）"),
        ("居宅における", "自立生活の援助"),
    ],
)
def test_a_name_torn_beside_its_two_units_is_of_both_rows(first: str, second: str) -> None:
    text = (
        "サービス名 単位 令和６年度 令和７年度\n見込量 実績量 比率 見込量 実績量 比率\n"
        "居宅介護 人 176 181 102.8% 179 188 105.0%\n時間 2,552 2,498 97.9% 2,596 2,613 100.7%\n"
        f"{first} 人 14 10 71.4% 14 12 85.7%\n{second} 人日 210 131 62.4% 210 168 80.0%\n"
        "計画相談支援 人 92 101 109.8% 96 112 116.7%\n"
    )
    found = [o.indicator for o in read(text).observations]
    name = (first + second).translate(str.maketrans("（）Ｂ", "()B"))
    assert found == ["居宅介護"] * 12 + [name] * 12 + ["計画相談支援"] * 6


def test_two_names_of_two_units_are_not_one() -> None:
    text = (
        "サービス名 単位 令和６年度 令和７年度\n見込量 実績量 見込量 実績量\n"
        "生活介護 人 176 181 179 188\n短期入所 人日 210 131 210 168\n"
    )
    assert {o.indicator for o in read(text).observations} == {"生活介護", "短期入所"}


@pytest.mark.parametrize(
    "heads",
    [
        "区分 第６期実績 第７期見込量\nサービス名 単位 令和４年度 令和５年度 令和６年度 令和７年度",
        "サービス名 単位 第６期の実績 第７期の見込量\n令和４年度 令和５年度 令和６年度 令和７年度",
        "サービス名 単位\n実績（第６期） 見込量（第７期）\n令和４年度 令和５年度 令和６年度 令和７年度",
    ],
)
def test_years_stand_under_the_measure_of_their_term(heads: str) -> None:
    found = rows(f"{heads}\n居宅介護 時間 2,914 2,987 3,050 3,110\n短期入所 人日 98 107 115 123\n")
    assert [(measure, year) for name, measure, year, _ in found if name == "短期入所"] == [
        ("actual", 2022),
        ("actual", 2023),
        ("projected", 2024),
        ("projected", 2025),
    ]


@pytest.mark.parametrize(
    "over", ["実績 見込量", "第５期実績 第７期見込量", "第７期見込量 第６期実績"]
)
def test_years_of_no_term_or_of_another_stand_under_no_measure(over: str) -> None:
    heads = f"区分 {over}\nサービス名 単位 令和４年度 令和５年度 令和６年度 令和７年度"
    assert rows(f"{heads}\n居宅介護 時間 2,914 2,987 3,050 3,110\n") == []


@pytest.mark.parametrize(
    "over",
    [
        "区分 実績 見込量",
        "（実績） （見込量）",
        "＜実績＞　＜見込量＞",
        "実績（４～５年度） 見込量（６～７年度）",
        "項目\n実績\n見込量",
        "実績、見込量\n",
    ],
)
@pytest.mark.parametrize("unit", [" 時間", ""])
def test_measures_over_years_of_which_nobody_knows_whose_they_are(over: str, unit: str) -> None:
    head = " 単位" if unit else ""
    heads = f"{over}\nサービス名{head} 令和４年度 令和５年度 令和６年度 令和７年度"
    text = f"{heads}\n居宅介護{unit} 2,914 2,987 3,050 3,110\n短期入所{unit} 98 107 115 123\n"
    assert rows(text) == []
    assert "heads_not_understood" in {finding.rule for finding in read(text).findings}


def test_a_line_that_holds_a_figure_of_its_own_heads_no_rows() -> None:
    text = (
        "項目　基準値　目標値\n１　福祉施設の入所者の地域生活への移行\n施設入所者数　3,286人　3,141人\n"
        "地域生活移行者数　【令和８年度末までの累計　198人（6.0％）】\n２　地域生活支援の充実\n"
        "コーディネーターの配置人数　８人　33人\n"
    )
    found = read(text)
    told = [o.raw for o in found.observations] + [f.message for f in found.findings]
    assert any("198人" in words for words in told)


_PARTS = """区分
目標値
目標値設定の考え方
一般就労移行者数
{base}
1.27倍以上
（61人）
福祉施設を退所して一般
就労する人数
【内訳】
就労移行支援事業所
利用者数
{base}
1.3倍以上
（47人）
就労移行支援事業所の利
用者で一般就労した人数
就労継続支援B型
利用者数
{base}
1.23倍以上
（8人）
就労継続支援B型事業所
の利用者で一般就労した
人数
②一般就労移行者のうち就労定着支援事業の利用割合
区分
目標値
目標値設定の考え方
就労定着支援事業の
利用割合
7割
利用した人数の割合
"""


@pytest.mark.parametrize(
    "base", ["令和元年度の", "平成28年度の", "Ｒ３年度末の", "令和３年度末時点の"]
)
def test_what_a_figure_is_reckoned_from_stands_on_the_line_above_it(base: str) -> None:
    found = read(
        _PARTS.format(base=base),
        "第６期架空区障害福祉計画\n成果目標４　福祉施設から一般就労への移行等\n\n",
    )
    assert [(o.breakdown, o.value) for o in found.observations] == [
        (None, 1.27),
        (None, 61.0),
        ("就労移行支援事業所利用者数", 1.3),
        ("就労移行支援事業所利用者数", 47.0),
        ("就労継続支援B型利用者数", 1.23),
        ("就労継続支援B型利用者数", 8.0),
        (None, 70.0),
    ]


def test_a_text_before_a_name_that_nobody_knows_is_not_the_names_beginning() -> None:
    text = _PARTS.format(base="令和元年度の").replace(
        "就労継続支援B型\n利用者数", "架空支援\n架空数"
    )
    found = read(text, "第６期架空区障害福祉計画\n成果目標４　福祉施設から一般就労への移行等\n\n")
    assert not {8.0, 1.23} & {o.value for o in found.observations}


BRACKETED_HEADS = """成果目標１　福祉施設の入所者の地域生活への移行
項目
基準値
（R4年度末）
R6年度
実績
目標値
（R8年度末）
{head}
施設入所者数
412人
408人
391人
{grade}
地域生活移行者数
－
7人
25人
{grade}
"""


@pytest.mark.parametrize(("head", "grade"), [("進捗", "△"), ("評価", "◎"), ("達成度", "104.3％")])
def test_a_year_over_its_measure_is_a_head_among_those_that_say_both(head: str, grade: str) -> None:
    found = rows(BRACKETED_HEADS.format(head=head, grade=grade))
    assert [row for row in found if row[0] == "施設入所者数"][:3] == [
        ("施設入所者数", "baseline", 2022, 412.0),
        ("施設入所者数", "actual", 2024, 408.0),
        ("施設入所者数", "target", 2026, 391.0),
    ]
    assert len(found) == 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("実績\n", "見込\n実績\n"),  # a year over two measures
        ("391人\n", ""),  # a value lost
    ],
)
def test_a_year_without_its_one_measure_is_no_head(old: str, new: str) -> None:
    text = BRACKETED_HEADS.format(head="進捗", grade="△").replace(old, new, 1)
    assert "施設入所者数" not in {row[0] for row in rows(text)}
