"""Figures said one by one: read where every word of their line is understood, refused where a name is lost."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Line, Span
from keikaku.extractors.said.facts import facts_of
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画　進捗状況\n\n"


def read(text: str, title: str = TITLE):
    return read_document(Source("report.txt", (title + text).encode()))


def rows(text: str) -> set[tuple[str, str | None, int | None, float | str | None]]:
    return {
        (o.indicator, o.measure, o.fiscal_year, o.value if o.value is not None else o.raw)
        for o in read(text).observations
    }


def said(text: str) -> list[tuple[str | None, ...]]:
    """Of each figure of a line: name, year, measure (or both in one), unit, value."""
    return [
        tuple(
            piece.text if piece is not None else None
            for piece in (
                each.name,
                each.year,
                each.measure or each.both,
                each.unit,
                each.value,
            )
        )
        for each in facts_of(Line(text, Span(0, len(text))))
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "令和6年度、見込量:331人、カッコ152人、実績:斜線。",
            [
                (None, "令和6年度", "見込量", None, "331人、カッコ152人"),
                (None, "令和6年度", "実績", None, "斜線"),
            ],
        ),
        (
            "- 計画 3年度 4,300、4年度 4,420",
            [(None, "3年度", "計画", None, "4,300"), (None, "4年度", "計画", None, "4,420")],
        ),
        (
            "実績値：１６人（令和６年度末）→２３人（令和７年９月末）",
            [
                (None, "令和６年度末", "実績値", None, "１６人"),
                (None, "令和７年９月末", "実績値", None, "２３人"),
            ],
        ),
        (
            "居宅介護　人／月　４，２１０　時間／月　６１，２００",
            [
                ("居宅介護", None, None, "人／月", "４，２１０"),
                ("居宅介護", None, None, "時間／月", "６１，２００"),
            ],
        ),
        (
            "目標　【令和８年度末までの累計　7人（6.3％）】",
            [(None, "令和８年度末までの累計", "目標", None, "7人（6.3％）")],
        ),
        ("現状　【令和４年度末　設置済み】", [(None, "令和４年度末", "現状", None, "設置済み")]),
        (
            "目標値：未実施（令和６年度末）→実施（令和７年９月末）",
            [
                (None, "令和６年度末", "目標値", None, "未実施"),
                (None, "令和７年９月末", "目標値", None, "実施"),
            ],
        ),
    ],
)
def test_a_line_says_the_same_things_of_each_figure(
    line: str, expected: list[tuple[str | None, ...]]
) -> None:
    assert said(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "令和6年度 3人 5人",  # two figures of one year
        "目標値 96人、令和6年度 84人",  # the second says a year, the first does not
        "令和6年度 見込量 331人 実績 338人 令和7年度 345人",  # a year without its measure
        "令和6年度は、3人が移行しました。",
        "31",
        "目標 地域生活移行者数 ５人 令和４年度末時点の入所者数の６％（５．１人）",
        "目標 施設入所者の削減数 ３人 入所者数の５％以上",
    ],
)
def test_a_line_that_says_more_of_one_figure_than_of_another_is_not_read(line: str) -> None:
    assert facts_of(Line(line, Span(0, len(line)))) == ()


SERVICES = """共同生活援助:月間利用者数。
令和6年度、計画値:331人、実績値:338人。
令和7年度、計画値:345人、実績値:斜線。
地域移行支援:月間利用者数。
令和6年度、計画値:5人、実績値:2人。
令和7年度、計画値:6人、実績値:斜線。
"""

INDICATORS = """◆施設入所者数
　基準値：１，２７９人（令和４年度末）
　目標値：１，２１５人以下（令和８年度末）
　実績値：１，２６３人（令和６年度末）→１，２５８人（令和７年９月末）
　進捗率：２９．９％
◆地域生活移行者数
　基準値：１３人（令和４年度末）
　目標値：３４人（令和８年度末）
　実績値：１９人（令和６年度末）→２１人（令和７年９月末）
"""

BLOCKS = """１　令和６年度
［計画値］
・訪問系サービス
居宅介護　人／月　４，２１０　時間／月　６１，２００
同行援護　人／月　６９０　時間／月　１１，７３０
［実績値］
・訪問系サービス
居宅介護　人／月　４，２８８　時間／月　６０，８４７
同行援護　人／月　６７１　時間／月　１０，９５４
２　令和７年度
［計画値］
・訪問系サービス
居宅介護　人／月　４，３３０　時間／月　６２，９００
同行援護　人／月　７００　時間／月　１１，９００
"""


def test_year_before_and_behind_measure_above_and_beside() -> None:
    found = rows(INDICATORS)
    assert ("施設入所者数", "baseline", 2022, 1279.0) in found
    assert ("施設入所者数", "actual", 2025, 1258.0) in found
    assert ("地域生活移行者数", "target", 2026, 34.0) in found
    assert len(found) == 9
    found = rows(BLOCKS)
    assert ("居宅介護", "projected", 2024, 4210.0) in found
    assert ("同行援護", "actual", 2024, 10954.0) in found
    assert ("同行援護", "projected", 2025, 11900.0) in found
    assert len(found) == 12


@pytest.mark.parametrize(
    "text",
    [
        INDICATORS.replace("◆地域生活移行者数\n", ""),
        BLOCKS.replace("［実績値］\n", ""),
        BLOCKS.replace("２　令和７年度\n", ""),
    ],
    ids=["name", "measure", "year"],
)
def test_a_lost_line_above_refuses_what_it_would_have_told_apart(text: str) -> None:
    whole = rows(INDICATORS) | rows(BLOCKS)
    found = read(text)
    assert rows(text) <= whole
    assert len(found.observations) < len(read(INDICATORS if "◆" in text else BLOCKS).observations)
    assert any(f.rule == "unread_figures" for f in found.findings)


MARKDOWN = """# 架空市障害福祉計画（第６期）　評価

### (1) 居宅介護

ヘルパーが自宅を訪問し、入浴等の介護を行います。

単位：時間（1か月当たり）

- 計画 3年度 4,300、4年度 4,420、令和5年度 4,540
- 実績 3年度 4,518、4年度 4,467、令和5年度 4,692

### (2) 手話奉仕員養成講座

**指標**　修了者数（人）
**計画**　令和６年度 10　７年度 12
**実績**　令和６年度 7　７年度 －
**進捗区分**　令和６年度 c　７年度 a
"""


def test_headings_and_keys_name_the_figures_below_them() -> None:
    found = {
        (o.indicator, o.measure, o.fiscal_year, o.value) for o in read(MARKDOWN, "").observations
    }
    assert ("手話奉仕員養成講座", "projected", 2025, 12.0) in found
    assert ("手話奉仕員養成講座", "actual", 2024, 7.0) in found
    assert ("居宅介護", "actual", 2023, 4692.0) in found
    grades = [o for o in read(MARKDOWN, "").observations if o.raw in "ac"]
    assert [(o.fiscal_year, o.status, o.series) for o in grades] == [
        (2024, "qualitative", "進捗区分"),
        (2025, "qualitative", "進捗区分"),
    ]


def test_a_page_number_is_no_figure_of_the_name_above_it() -> None:
    assert rows(INDICATORS + "\n12\n") == rows(INDICATORS)


CHARTS = """図2-1　身体障害者手帳所持者数の推移（各年度末現在）
図の説明
平成30年度は3,204人、令和元年度は3,188人、令和2年度は3,151人です。
図2-2　療育手帳所持者数の推移（各年度末現在）
図の説明
平成30年度は688人、令和元年度は705人、令和2年度は719人です。
"""


def test_charts_put_into_sentences_of_years() -> None:
    text = "第６期架空市障害福祉計画\n\n第２章　障害者を取り巻く現状\n\n" + CHARTS
    found = {(o.indicator, o.measure, o.fiscal_year, o.value) for o in read(text, "").observations}
    assert ("身体障害者手帳所持者数", "actual", 2020, 3151.0) in found
    assert ("療育手帳所持者数", "actual", 2018, 688.0) in found
    assert len(found) == 6
    lost = read(text.replace("図2-2　療育手帳所持者数の推移（各年度末現在）\n", ""), "")
    assert not lost.observations


PROJECTS = """事業名
相談支援専門員の確保
所管課
障害福祉推進課
計画目標（令和５年度末）
専門員数　７０人
実績
令和３年度　５２人
令和４年度　５５人
"""


def test_keys_alone_on_a_line_over_their_values() -> None:
    found = {
        (o.indicator, o.measure, o.fiscal_year, o.value)
        for o in read(PROJECTS, "第６期架空区障害福祉計画\n\n").observations
    }
    assert ("相談支援専門員の確保", "actual", 2021, 52.0) in found
    assert ("相談支援専門員の確保", "actual", 2022, 55.0) in found
    assert not any(name == "障害福祉推進課" for name, *_ in found)


@pytest.mark.parametrize(
    "line",
    [
        "現状は171人で、目標は162人です。",
        "令和５年度の施設入所者数：令和６年度　98人",
        "R5　20人　⇒　R3　18人",
        "目標値 目標値設定の考え方",
    ],
)
def test_no_name_holds_a_figure_or_another_year(line: str) -> None:
    assert facts_of(Line(line, Span(0, len(line)))) == ()


SERIES = "- 施設入所者数 目標 307人以下 → 令和3年度 312人、令和4年度 308人{}\n"


@pytest.mark.parametrize("grade", ["［評価 Ｃ］", "（判定：Ｃ）", ""])
def test_a_series_behind_an_arrow_is_of_the_measure_over_it_and_not_of_the_one_before_it(
    grade: str,
) -> None:
    found = rows("【実績】\n" + SERIES.format(grade))
    assert {row for row in found if isinstance(row[3], float)} == {
        ("施設入所者数", "target", 2026, 307.0),
        ("施設入所者数", "actual", 2021, 312.0),
        ("施設入所者数", "actual", 2022, 308.0),
    }
    assert len(found) == 3 + bool(grade)


@pytest.mark.parametrize("over", ["【成果目標】\n", ""])
def test_a_series_behind_an_arrow_of_which_no_other_measure_is_said_is_refused(over: str) -> None:
    assert rows(over + SERIES.format("")) == set()


@pytest.mark.parametrize(
    "line",
    [
        "居宅介護は、令和3年度61人、令和4年度64人と推移しています。",
        "居宅介護：令和3年度61人、4年度64人",
        "居宅介護　令和3年度末61人、4年度末64人です。",
    ],
)
def test_years_with_their_figures_right_behind_them(line: str) -> None:
    values = [(each[0], each[4]) for each in said(line)]
    assert values == [("居宅介護", "61人"), ("居宅介護", "64人")]
    assert len(rows(f"【利用実績】\n{line}\n")) == 2


_ALTERNATING = (
    "（１）地域生活への移行\n\n施設入所者数\n　現状（令和４年度末）　130人　　目標（令和８年度末）　121人\n"
    "{name}\n{figures}\n\n（２）地域生活支援の充実\n\n"
    "拠点等を整備している町村\n　現状（令和４年度末）　５町村　　目標（令和８年度末）　９町村\n"
)


@pytest.mark.parametrize(
    ("figures", "values"),
    [
        ("　【令和８年度末までの累計　８人】", [8.0]),
        ("　（令和６年度から令和８年度までの累計）　８人", [8.0]),
        ("　令和８年度末までに　８人", [8.0]),
        ("　【令和４年度末までの累計　８人】", []),
        ("　【令和８年度末　８人】", []),
    ],
)
def test_a_figure_up_to_the_year_of_all_targets_is_a_target(
    figures: str, values: list[float]
) -> None:
    found = rows(_ALTERNATING.format(name="地域生活への移行者数", figures=figures))
    assert [row for row in found if row[0] == "地域生活への移行者数"] == [
        ("地域生活への移行者数", "target", 2026, value) for value in values
    ]


def test_words_right_over_their_own_figures_name_them_where_known_names_do() -> None:
    text = _ALTERNATING.format(
        name="居住系の定員数", figures="　現状（令和４年度末）　５人　　目標（令和８年度末）　９人"
    )
    assert ("拠点等を整備している町村", "target", 2026, 9.0) in rows(text)
    two_lines = text.replace("拠点等を整備している町村", "拠点等を整備して\nいる町村")
    assert not {row for row in rows(two_lines) if row[3] == 9.0 and "町村" in row[0]}
    lost = text.replace("拠点等を整備している町村\n", "")
    assert not {row for row in rows(lost) if "拠点等を" in row[0]}
    alone = text[text.index("拠点等") :]
    assert rows(alone) == set()


_WORDS_OF_YEARS = "Ⅰ－1 施設入所者数（障害福祉課）\n　　現状 94人　中間 89人以下　最終 80人\nⅠ－2 相談の件数（福祉課）\n　　現状〔令和3年度〕 9件　中間 20件　最終 ―\n"


@pytest.mark.parametrize(
    "legend",
    [
        "「現状」は、特に記載のない限り令和4年度の数値です。\n「中間」は令和8年度、「最終」は令和11年度の目標です。",
        "※「現状」は令和4年度の実績、「中間」は令和8年度の目標、「最終」は令和11年度の目標を示しています。",
        "注）『現状』：R4年度、『中間』：R8年度、『最終』：R11年度の目標値",
    ],
)
def test_a_sentence_says_of_which_year_a_word_is(legend: str) -> None:
    found = rows(f"{legend}\n\n{_WORDS_OF_YEARS}")
    assert found == {
        ("施設入所者数", "baseline", 2022, 94.0),
        ("施設入所者数", "target", 2026, 89.0),
        ("施設入所者数", "target", 2029, 80.0),
        ("相談の件数", "baseline", 2021, 9.0),
        ("相談の件数", "target", 2026, 20.0),
        ("相談の件数", "target", 2029, "―"),
    }


@pytest.mark.parametrize(
    "legend",
    [
        "",
        "「中間」は令和8年度です。「最終」は令和11年度です。",
        "「中間」は令和8年度、「最終」は令和11年度の目標です。\n「中間」は令和7年度の目標です。",
        "「中間」は令和8年度の状況、「最終」は令和11年度の目標です。",
    ],
)
def test_words_that_are_not_explained_or_twice_say_nothing(legend: str) -> None:
    assert not {row for row in rows(f"{legend}\n\n{_WORDS_OF_YEARS}") if row[1] == "target"}


_BY_HEADS = """１　福祉施設の入所者の地域生活への移行
施設入所者数　3,286人（令和４年度末）　3,141人以下（令和８年度末）
地域生活移行者数　【令和８年度末までの累計　198人】

                                   118
{title}
２　地域生活支援の充実
支援体制の整備　－　全圏域（令和８年度末）
コーディネーターの配置人数　８人（令和４年度末）　33人（令和８年度末）
"""
_IN_WORDS = ("全圏域", "全圏域（令和８年度末）")
_BY_HEADS_SAID = {
    ("施設入所者数", "baseline", 2022, 3286.0),
    ("施設入所者数", "target", 2026, 3141.0),
    ("地域生活移行者数", "target", 2026, 198.0),
    ("支援体制の整備", "baseline", None, "－"),
    ("コーディネーターの配置人数", "baseline", 2022, 8.0),
    ("コーディネーターの配置人数", "target", 2026, 33.0),
}


@pytest.mark.parametrize(
    "heads",
    [
        "項目　基準値　目標値",
        "指標／現状値／目標値",
        "指標：現状値→目標値",
        "指標名、現状（時点）、目標（年度）",
        "（現状値、目標値の順）",
        "※　各項目は、現状、目標の順に記載しています。",
    ],
)
def test_heads_say_by_their_order_what_the_figures_of_each_line_are(heads: str) -> None:
    body = _BY_HEADS.replace("{title}", TITLE.strip())
    found = rows(f"別表１　成果目標\n{heads}\n\n{body}")
    assert {row for row in found if row[3] not in _IN_WORDS} == _BY_HEADS_SAID
    assert len(found) == len(_BY_HEADS_SAID) + 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("33人（令和８年度末）", "33人（令和５年度末）"),
        ("8人（令和４年度末）", "８人（令和９年度末）"),
        ("項目　基準値　目標値", "項目　目標値　基準値"),
    ],
)
def test_years_that_speak_against_the_heads_leave_all_lines_unread(old: str, new: str) -> None:
    body = _BY_HEADS.replace("{title}", TITLE.strip()).replace("８人（", "8人（")
    text = f"別表１　成果目標\n項目　基準値　目標値\n\n{body}"
    found = {row for row in rows(text.replace(old, new)) if row[0] == "コーディネーターの配置人数"}
    assert found == set()


def test_figures_of_places_below_what_is_counted_up_to_the_year_of_all_targets() -> None:
    text = (
        "目標値（令和８年度末）\n施設入所者数　目標　3,141人（令和８年度末）\n\n圏域別の成果目標\n"
        "地域生活移行者数（令和８年度末までの累計）\n北部圏域　41人　中央圏域　72人\n県計　113人\n"
    )
    found = [(o.breakdown, o.measure, o.fiscal_year, o.value) for o in read(text).observations]
    assert ("北部圏域", "target", 2026, 41.0) in found
    assert ("中央圏域", "target", 2026, 72.0) in found
    lost = read(text.replace("北部圏域　41人　", "北部圏域　")).observations
    assert not any(o.value == 72 for o in lost)
    none = read(text.replace("までの累計", "")).observations
    assert not any(o.breakdown == "北部圏域" for o in none)


def test_the_title_that_opens_a_part_says_what_its_figures_are() -> None:
    text = (
        "別表２　活動指標（障害福祉サービス等の見込量）\n※　１か月当たりの量です。\n\n（１）訪問系サービス\n"
        "居宅介護　98時間（令和６年度）　101時間（令和７年度）　103時間（令和８年度）\n"
        "重度訪問介護　31時間（令和３年度）　33時間（令和４年度）　36時間（令和５年度）\n"
    )
    assert rows(text) == {
        ("居宅介護", "projected", 2024, 98.0),
        ("居宅介護", "projected", 2025, 101.0),
        ("居宅介護", "projected", 2026, 103.0),
    }


BY_YEAR = """利用者数、利用時間の順に記載しています。

令和6年度　計画
居宅介護　331人　4,200時間
同行援護　76人　1,900時間
令和6年度　実績
居宅介護　338人　4,105時間
同行援護　71人　1,822時間

令和7年度　計画
居宅介護　345人　4,300時間
同行援護　78人　1,950時間
令和7年度　実績
居宅介護　351人　4,288時間
同行援護　80人　1,911時間
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("　計画", "　計画"),
        ("年度　", "年度、"),
        ("年度　", "年度："),
        ("年度　", "年度 "),
        ("　計画", "（計画）"),
    ],
)
def test_year_and_measure_on_one_line_over_the_services_of_the_year(old: str, new: str) -> None:
    found = rows(BY_YEAR.replace(old, new).replace("　実績", new.replace("計画", "実績")))
    assert ("居宅介護", "projected", 2024, 331.0) in found
    assert ("同行援護", "actual", 2024, 1822.0) in found
    assert ("同行援護", "projected", 2025, 78.0) in found
    assert ("居宅介護", "actual", 2025, 4288.0) in found
    assert len(found) == 16


@pytest.mark.parametrize("lost", ["令和6年度　実績\n", "令和7年度　計画\n"])
def test_a_lost_line_of_year_and_measure_refuses_the_figures_on_both_sides(lost: str) -> None:
    assert rows(BY_YEAR.replace(lost, "")) < rows(BY_YEAR)


COUNTED = """（1）　居宅介護
　利用時間は緩やかに増加しています。
【利用時間（1か月当たり）】
実績　令和4年度 6,148時間、令和5年度 6,295時間
見込量　令和6年度 6,590時間、令和7年度 6,760時間
（2）　生活介護
【利用者数】
実績　令和4年度 540人、令和5年度 545人
見込量　令和6年度 561人、令和7年度 566人
"""


@pytest.mark.parametrize(
    "brackets", ["【{}】", "＜{}＞", "［{}］", "《{}》", "〔{}〕", "（{}）", "[{}]"], ids=str
)
def test_what_is_counted_alone_in_brackets_below_the_name(brackets: str) -> None:
    text = COUNTED.replace(
        "【利用時間（1か月当たり）】", brackets.format("利用時間（1か月当たり）")
    )
    found = rows(text.replace("【利用者数】", brackets.format("利用者数")))
    assert ("居宅介護", "actual", 2022, 6148.0) in found
    assert ("居宅介護", "projected", 2025, 6760.0) in found
    assert ("生活介護", "actual", 2023, 545.0) in found
    assert len(found) == 8


def test_a_service_alone_in_its_block_given_twice_of_one_year_and_measure_is_refused() -> None:
    text = """令和6年度　計画
共同生活援助　244人
令和6年度　実績
共同生活援助　257人

令和7年度　計画
共同生活援助　258人
"""
    assert len(rows(text)) == 3
    found = rows(text.replace("令和7年度　計画\n", ""))
    assert found == {("共同生活援助", "projected", 2024, 244.0)}


PLANNED = "令和３年度 4人、令和４年度 5人、令和５年度 6人"
RESULTS_SAID = "令和３年度 3人、令和４年度 6人、令和５年度 7人"


@pytest.mark.parametrize(
    "line",
    [
        f"棒グラフです。計画は、{PLANNED}です。実績は、{RESULTS_SAID}です。",
        f"計画と実績を並べた折れ線グラフです。計画は、{PLANNED}です。実績は、{RESULTS_SAID}と、毎年増えています。",
        f"計画　{PLANNED}\n実績　{RESULTS_SAID}",
    ],
)
@pytest.mark.parametrize(
    "title",
    [
        "【図３－３　生活介護の推移】",
        "【図５－１　生活介護の実績と見込量】",
        "【グラフ２　生活介護の推移（各年度末）】",
    ],
)
def test_a_chart_in_words_is_named_by_its_title_in_brackets(title: str, line: str) -> None:
    told = {("projected", 2021, 4.0), ("projected", 2022, 5.0), ("projected", 2023, 6.0)}
    told |= {("actual", 2021, 3.0), ("actual", 2022, 6.0), ("actual", 2023, 7.0)}
    assert rows(f"{title}\n{line}\n") == {("生活介護", *each) for each in told}


def test_a_chart_that_no_title_names_is_not_read_by_what_it_looks_like() -> None:
    text = (
        f"【表１　成果目標】\n３本の棒グラフ。計画は、{PLANNED}です。実績は、{RESULTS_SAID}です。\n"
    )
    assert rows(text) == set()


def test_a_service_with_its_unit_is_a_name_below_a_line_that_is_none() -> None:
    text = "主な活動指標（サービス利用実績）\n共同生活援助（人／月）\n令和３年度　見込み：118、実績：121。\n"
    assert rows(text) == {
        ("共同生活援助", "projected", 2021, 118.0),
        ("共同生活援助", "actual", 2021, 121.0),
    }


def test_a_sum_of_several_years_keeps_its_name() -> None:
    line = "地域生活移行者数　令和４年度：４人、令和５年度：１人、３年間の累計：７人"
    assert said(line)[-1] == ("地域生活移行者数", "３年間の累計", None, None, "７人")
