"""Blocks of keys and values, a project each."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

BLOCK = """架空区障害者計画　重点事業の取組状況（令和６年度）

整理番号　1-1
事業名　　住まいの整備
指標名　　入居者の定員
基準値　　令和４年度　40人
実績値　　令和５年度　44人／令和６年度　51人
"""


def read(text: str) -> list[tuple[str, str | None, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", text.encode()))
    return [(o.measure, o.series, o.fiscal_year, o.value, o.text) for o in records.observations]


@pytest.mark.parametrize("step", ["順調", "やや遅れ", "おおむね達成", "○"])
def test_a_step_of_a_scale_of_progress_is_a_grade(step: str) -> None:
    assert read(f"{BLOCK}進捗状況　{step}\n")[-1] == ("gap", "進捗状況", 2024, None, step)


def test_other_words_about_progress_are_prose() -> None:
    rows = read(f"{BLOCK}進捗状況　入居者の募集が順調に進んだ。\n")
    assert [row[0] for row in rows] == ["baseline", "actual", "actual"]


@pytest.mark.parametrize(
    "values", ["44人／51人", "令和５年度　44人　51人／令和６年度　51人", "44人／令和６年度　51人"]
)
def test_figures_that_no_year_tells_apart_are_not_published(values: str) -> None:
    rows = read(BLOCK.replace("令和５年度　44人／令和６年度　51人", values))
    assert [row[0] for row in rows] == ["baseline"]


COUNTED = """架空区障害者計画　重点事業の取組状況（令和５年度）

事業番号　１－１－３
事業名　　手話通訳者の派遣
計画目標　派遣件数 1,150件
令和５年度実績　派遣件数 1,204件
"""


@pytest.mark.parametrize("number", ["１－１－３", "101", "1-1"])
def test_words_before_a_figure_say_what_it_counts(number: str) -> None:
    rows = read(COUNTED.replace("１－１－３", number) + "評価　　　Ａ\n")
    assert sorted(rows, key=str) == [
        ("actual", "派遣件数", 2023, 1204.0, None),
        ("actual", "評価", 2023, None, "A"),
        ("target", "派遣件数", 2023, 1150.0, None),
    ]


def test_a_second_thing_counted_belongs_to_the_same_key() -> None:
    text = COUNTED.replace("1,150件", "1,150件\n派遣人数 20人").replace(
        "1,204件", "90件\n派遣人数 18人"
    )
    assert read(text) == [
        ("target", "派遣件数", 2023, 1150.0, None),
        ("target", "派遣人数", 2023, 20.0, None),
        ("actual", "派遣件数", 2023, 90.0, None),
        ("actual", "派遣人数", 2023, 18.0, None),
    ]


def test_each_count_of_a_list_has_words_of_its_own() -> None:
    assert sorted(read(COUNTED.replace("1,150件", "1,150件、派遣人数 20人")), key=str) == [
        ("actual", "派遣件数", 2023, 1204.0, None),
        ("target", "派遣人数", 2023, 20.0, None),
        ("target", "派遣件数", 2023, 1150.0, None),
    ]


def test_a_second_count_of_which_nothing_says_what_it_counts_is_refused() -> None:
    records = read_document(
        Source("sheet.txt", COUNTED.replace("1,150件", "1,150件、20人").encode())
    )
    assert [(o.measure, o.value) for o in records.observations] == [("actual", 1204.0)]
    assert any("20人" in finding.message for finding in records.findings)


BY_YEAR = """架空区障害福祉計画　推進状況報告（令和６年度）

事業番号　　１０１
事業名　　　基幹相談支援センター事業
計画目標
（令和８年度）　充実
実績
（令和５年度）　相談件数　4,218件、研修回数　６回
（令和６年度）　相談件数　4,655件、研修回数　８回
"""


@pytest.mark.parametrize("brackets", ["（）", "〔〕", "[]"])
def test_a_key_alone_over_years_in_brackets_with_several_counts(brackets: str) -> None:
    text = BY_YEAR.replace("（令", brackets[0] + "令").replace("度）　", f"度{brackets[1]}　")
    assert {(measure, year, value or words) for measure, _, year, value, words in read(text)} == {
        ("target", 2026, "充実"),
        ("actual", 2023, 4218.0),
        ("actual", 2024, 4655.0),
        ("actual", 2023, 6.0),
        ("actual", 2024, 8.0),
    }


WRAPPED = """架空区障がい福祉計画　事業別調書

【整理番号】１－２
【事業名】手話通訳者の派遣
【所管課】福祉課
【指標】派遣回数（回）
【計画値】R6：120　R7：1,130
【実績値】R6：111　R7：－
【達成率】R6：92.5％
【事業費】R6決算 3,012千円
【コメント】医療機関での利用が23件増えた。
"""
OF_WRAPPED = [
    ("projected", "派遣回数", 2024, 120.0, None),
    ("projected", "派遣回数", 2025, 1130.0, None),
    ("actual", "派遣回数", 2024, 111.0, None),
    ("actual", "派遣回数", 2025, None, None),
    ("gap", "達成率", 2024, 92.5, None),
]


@pytest.mark.parametrize(
    ("opening", "closing"), [("【", "】"), ("＜", "＞"), ("［", "］"), ("■", "："), ("■", "　")]
)
def test_keys_in_brackets_or_behind_a_square(opening: str, closing: str) -> None:
    assert read(WRAPPED.replace("【", opening).replace("】", closing)) == OF_WRAPPED


def test_values_may_stand_below_their_key() -> None:
    below = WRAPPED.replace("R6：120　R7：1,130", "\nR6：120\nR7：1,130")
    assert read(below) == OF_WRAPPED


def test_a_year_that_lost_its_figure_leaves_the_line_unread() -> None:
    assert read(WRAPPED.replace("R7：－", "R7：")) == [*OF_WRAPPED[:2], OF_WRAPPED[4]]


@pytest.mark.parametrize("asked", ["実施状況", "取組状況"])
def test_how_things_stand_is_no_name(asked: str) -> None:
    words = WRAPPED.replace("派遣回数（回）", asked).replace("R6：120", "R6：実施")
    records = read_document(Source("sheet.txt", words.encode()))
    assert {row.indicator for row in records.observations} == {"手話通訳者の派遣"}


ALOUD = """第６期架空市障害福祉計画　進捗状況

成果目標の１　福祉施設の入所者の地域生活への移行
項目　施設入所者数
目標　令和5年度末　61人以下
実績　令和4年度　64人　令和5年度　集計中
評価　ほぼ横ばいです。
項目　地域生活移行者数
目標　令和5年度末　4人
実績　令和4年度　0人　令和5年度　2人
"""


def named(text: str) -> list[tuple[str, str | None, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", text.encode()))
    return [
        (o.indicator, o.series, o.measure, o.fiscal_year, o.value, o.unit)
        for o in records.observations
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("　施設", "：施設"),
        ("項目　", "【項目】"),
        ("項目　施設", "項目1　施設"),
        ("64人　", "64人、"),
        ("ほぼ横ばいです。", "ほぼ横ばいで、\n3人の減です。"),
        ("項目　地域", "（1ページ）\n項目　地域"),
        ("目標　令和5年度末　4人", "- 2 -\n目標　令和5年度末　4人"),
    ],
)
def test_an_item_heads_its_target_and_results(one: str, other: str) -> None:
    assert named(ALOUD.replace(one, other)) == [
        ("施設入所者数", None, "target", 2023, 61.0, "人"),
        ("施設入所者数", None, "actual", 2022, 64.0, "人"),
        ("施設入所者数", None, "actual", 2023, None, None),
        ("地域生活移行者数", None, "target", 2023, 4.0, "人"),
        ("地域生活移行者数", None, "actual", 2022, 0.0, "人"),
        ("地域生活移行者数", None, "actual", 2023, 2.0, "人"),
    ]


def test_keys_that_come_again_are_of_an_item_whose_name_is_lost() -> None:
    lost = ALOUD.replace("評価　ほぼ横ばいです。\n項目　地域生活移行者数\n", "")
    assert {row[4] for row in named(lost)} == {61.0, 64.0, None}


@pytest.mark.parametrize("name", ["内容", "目標、実績", "利用者数"])
def test_a_head_or_a_bare_quantity_names_no_item(name: str) -> None:
    assert not named(f"第６期架空市障害福祉計画\n\n項目　{name}\n目標　9人\n実績　令和4年度　8人\n")


SERVICE = """第６期架空市障害福祉計画　進捗状況

サービス名　短期入所
項目　利用日数
単位　人日/月
見込量　令和4年度　300　令和5年度　310
実績　令和4年度　288　令和5年度　333
"""
PERSONS = "項目　利用者数\n単位　人/月\n実績　令和4年度　28　令和5年度　30\n"


def test_a_service_may_be_counted_in_several_ways() -> None:
    days = [("利用日数", "projected", 300.0), ("利用日数", "projected", 310.0)]
    days += [("利用日数", "actual", 288.0), ("利用日数", "actual", 333.0)]
    persons = [(None, "actual", 28.0), (None, "actual", 30.0)]
    read_both = named(SERVICE + PERSONS)
    assert [(row[1], row[2], row[4]) for row in read_both] == days + persons
    assert {(row[0], row[1], row[5]) for row in read_both} == {
        ("短期入所", "利用日数", "人日/月"),
        ("短期入所", None, "人/月"),
    }
    assert len(named(SERVICE + PERSONS.replace("利用者数", "利用日数"))) == len(days)


def test_a_service_without_figures_leaves_its_name_to_no_other() -> None:
    rows = named(SERVICE.replace("サービス名　短", "サービス名　居宅介護\nサービス名　短"))
    assert {row[0] for row in rows} == {"短期入所"}


ALONE = """架空区障害者計画（令和３年度～令和５年度）　実績と評価

事業番号
１０２
事業名
{}
所管課
障害福祉推進課
事業内容
研修の費用を助成します。
計画目標（令和５年度末）
推進
実績
令和３年度　検討
令和４年度　５２人
評価
Ｂ
取組の状況
３年間で１４人が修了しました。
"""


def test_every_key_alone_on_a_line_over_its_value() -> None:
    records = read_document(Source("sheet.txt", ALONE.format("相談支援専門員の確保").encode()))
    assert {o.indicator for o in records.observations} == {"相談支援専門員の確保"}
    assert {(o.measure, o.fiscal_year, o.value or o.text) for o in records.observations} == {
        ("target", 2023, "推進"),
        ("actual", 2021, "検討"),
        ("actual", 2022, 52.0),
        ("actual", None, "B"),
    }


def test_a_key_alone_over_another_head_is_none_of_a_project() -> None:
    text = ALONE.format("実績")
    records = read_document(Source("sheet.txt", text.encode()))
    assert not any(o.indicator == "実績" for o in records.observations)


LISTED = """架空市障害者プラン　進捗状況報告書

事業番号
１－３
事業名
後見的支援制度の推進
計画目標（令和２年度末）
①実施区　18区
②新規設置数　20か所
③職場定着率（１年後）　80％以上
令和元年度実績
①実施区　17区
②新規設置数　16か所
③職場定着率（１年後）　集計中
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("　", "："),
        *(("①②③", marks) for marks in ("・・・", ("(1)", "(2)", "(3)"), ("ア　", "イ　", "ウ　"))),
    ],
)
def test_marked_lines_of_a_key_each_say_what_they_count(old: str, new: str | tuple) -> None:
    title, body = LISTED.split("\n", 1)
    if len(old) > 1:
        for one, other in zip(old, new, strict=True):
            body = body.replace(one, other)
    else:
        body = body.replace(old, str(new)) if old else body
    records = read_document(Source("sheet.txt", f"{title}\n{body}".encode()))
    found = {(o.breakdown, o.measure, o.fiscal_year, o.value) for o in records.observations}
    assert {
        ("実施区", "target", 2020, 18.0),
        ("職場定着率(1年後)", "target", 2020, 80.0),
        ("実施区", "actual", 2019, 17.0),
        ("職場定着率(1年後)", "actual", 2019, None),
    } <= found
    assert {("target", 20.0), ("actual", 16.0)} <= {(row[1], row[3]) for row in found}
    assert len(found) == 6


APART = """架空区第６期障害福祉計画　事業評価調書（令和４年度）

事業番号　１－１
事 業 名　相談支援事業
計画目標（相談件数）　令和３年度 480件　令和４年度 490件
実　　績（相談件数）　令和３年度 512件　令和４年度 547件
計画目標（相談員数）　令和３年度 ３人　令和４年度 ４人
実　　績（相談員数）　令和３年度 ３人　令和４年度 ３人
評　　価　Ａ
"""


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("", ""),
        ("事 業 名　", "事業名："),
        ("実　　績（", "実績（"),
        ("（相談件数）", "【相談件数】"),
        ("計画目標（相談件数）", "相談件数（計画目標）"),
        ("）　令和", "）：令和"),
        ("実　　績（相談件数）　", "【実績（相談件数）】"),
    ],
)
def test_a_key_may_say_what_its_figures_count(printed: str, instead: str) -> None:
    text = APART.replace(printed, instead) if printed else APART
    records = read_document(Source("sheet.txt", text.encode()))
    rows = [
        (o.series or o.indicator, o.measure, o.fiscal_year, o.value)
        for o in records.observations
        if o.status != "qualitative"
    ]
    assert sorted(rows) == [
        ("相談件数", "actual", 2021, 512.0),
        ("相談件数", "actual", 2022, 547.0),
        ("相談件数", "target", 2021, 480.0),
        ("相談件数", "target", 2022, 490.0),
        ("相談員数", "actual", 2021, 3.0),
        ("相談員数", "actual", 2022, 3.0),
        ("相談員数", "target", 2021, 3.0),
        ("相談員数", "target", 2022, 4.0),
    ]
