"""Delimited rows under a sentence that names their columns."""

from __future__ import annotations

import re

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第６期架空市障害福祉計画\n\n１　福祉施設の入所者の地域生活への移行\n"


def read(text: str) -> list[tuple[str, str | None, str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit)
        for o in records.observations
        if o.status == "reported"
    ]


def findings(text: str, rule: str) -> list[str]:
    """What the findings of one rule quote."""
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return [re.findall("「(.*)」", f.message)[0] for f in records.findings if f.rule == rule]


@pytest.mark.parametrize(
    "text",
    [
        "「項目、令和３年度目標、令和３年度実績の順」\n地域生活移行者数、8人、3人\n",
        "以下、項目、令和３年度目標、令和３年度実績の順に記載しています。\n地域生活移行者数、8人、3人\n",
        "以下の表は、項目／令和３年度目標／令和３年度実績の順です。\n地域生活移行者数／8人／3人\n",
        "以下、項目、令和３年度目標、令和３年度実績の順番です。\n地域生活移行者数\t8人\t3人\n",
        "項目／令和３年度目標／令和３年度実績\n地域生活移行者数／8人／3人\n",
        "各行は、項目、令和３年度目標、令和３年度実績の順に書いています。\n\n（3ページ）\n\n地域生活移行者数、8人、3人\n",
        "以下、項目、令和３年度目標、令和３年度実績の順に記載\n地域生活移行者数、8\n人、3人\n",
    ],
)
def test_a_sentence_heads_the_rows_below_it(text: str) -> None:
    assert read(text) == [
        ("地域生活移行者数", None, "target", 2021, 8.0, "人"),
        ("地域生活移行者数", None, "actual", 2021, 3.0, "人"),
    ]


def test_two_delimiters_are_an_empty_cell() -> None:
    text = (
        "以下、項目、単位、令和３年度見込、令和３年度実績の順に記載\n"
        "居宅介護、人、6,820、\n重度訪問介護、人、、12\n"
    )
    assert read(text) == [
        ("居宅介護", None, "projected", 2021, 6820.0, "人"),
        ("重度訪問介護", None, "actual", 2021, 12.0, "人"),
    ]


def test_a_label_may_hold_the_delimiter() -> None:
    text = (
        "「項目、令和５年度目標、令和３年度実績の順」\n"
        "事業所のうち、移行率が５割以上の事業所、50％以上、46.4％\n"
    )
    assert [row[0] for row in read(text)] == ["事業所のうち、移行率が5割以上の事業所"] * 2


@pytest.mark.parametrize(
    "row",
    [
        "地域生活移行者数、8人",
        "地域生活移行者数、8人、3人、4人、5人、6人",
        "移行先は、グループホームが2人、家庭が1人でした。",
        "施設から、地域へ、移行する人",
    ],
)
def test_a_row_of_another_length_and_a_sentence_are_not_taken(row: str) -> None:
    assert read(f"「項目、令和５年度目標、令和３年度実績の順」\n{row}\n") == []


def test_thousands_in_rows_are_no_comma_table() -> None:
    text = (
        "以下、項目、令和３年度見込、令和３年度実績の順に記載\n"
        "居宅介護、96,100、94,455\n生活介護、21,004、20,118\n"
    )
    assert [row[4] for row in read(text)] == [96100.0, 94455.0, 21004.0, 20118.0]


@pytest.mark.parametrize(
    ("legend", "brackets"),
    [
        ("実績欄の（　）内は令和２年度の実績です。", [(2020, 48.0)]),
        ("（　）内は前年度の実績です。", [(2020, 48.0)]),
        ("目標欄の（　）内は令和２年度の目標です。", []),
        ("（　）内は参考です。", []),
    ],
)
def test_brackets_hold_the_year_that_a_legend_names(
    legend: str, brackets: list[tuple[int, float]]
) -> None:
    text = f"{legend}\n\n「項目、令和５年度目標、令和３年度実績の順」\n地域生活移行者数、290人、97人（48人）\n"
    found = [(year, value) for _, _, measure, year, value, _ in read(text) if measure == "actual"]
    assert found == [(2021, 97.0), *brackets]


@pytest.mark.parametrize(
    "announced",
    ["記載順　", "【記載順】 ", "記載順：", "表示順は、", "※掲載順 "],
)
def test_the_words_that_announce_an_order_may_stand_before_it(announced: str) -> None:
    text = (
        f"{announced}区分／令和５年度目標（第６期）／令和５年度実績\n\n"
        "地域生活移行者数／54人／空欄\n相談支援の件数／4件／3件／2件\n"
    )
    assert read(text) == [("地域生活移行者数", None, "target", 2023, 54.0, "人")]
    assert findings(text, "unread_figures") == ["相談支援の件数／4件／3件／2件"]


ORDER_WITH_REMARKS = (
    "以下、番号、項目、令和５年度末目標、令和５年度末実績、自己評価、主な理由の順に記載\n"
)


def test_an_empty_last_cell_may_be_closed_by_a_delimiter() -> None:
    assert read(f"{ORDER_WITH_REMARKS}1、地域生活移行者数、4人、1人、△、、\n") == [
        ("地域生活移行者数", None, "target", 2023, 4.0, "人"),
        ("地域生活移行者数", None, "actual", 2023, 1.0, "人"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "2、施設入所者の削減数、、2人、0人、△、、",
        "2、就労、移行者数、4人、3人、○、、",
        "2、定着者数、4人、3人、○、、、、",
        "2、地域、移行者数、4人、△、",
        "2、移行者数、4人、△、、",
    ],
)
def test_a_row_that_does_not_fit_its_order_is_reported(row: str) -> None:
    text = f"{ORDER_WITH_REMARKS}1、地域生活移行者数、4人、1人、△、理由\n{row}\n"
    assert len(read(text)) == 2
    assert findings(text, "unread_figures") == [row] or findings(text, "figures_in_prose") == [row]


def test_targets_of_two_terms_need_a_year_each() -> None:
    text = "項目／目標（第６期）／目標（第７期）\n地域生活移行者数／54人／62人\n"
    assert read(text) == []
    assert findings(text, "unknown_column") == ["54人", "62人"]


@pytest.mark.parametrize(
    "sentence", ["（項目、目標、実績、達成率の順）", "［項目、目標、実績、達成率の順に記載］"]
)
def test_the_sentence_may_stand_in_brackets(sentence: str) -> None:
    text = f"令和５年度実績報告書\n\n１　地域生活への移行\nア　実績\n{sentence}\n移行者数、302人、187人、61.9％\n入所者数、4人、5人\n"
    records = read_document(Source("sheet.txt", text.encode()))
    rows = [(o.indicator, o.measure, o.value) for o in records.observations]
    assert rows == [
        ("移行者数", "target", 302.0),
        ("移行者数", "actual", 187.0),
        ("移行者数", "gap", 61.9),
    ]
    assert "入所者数、4人、5人" in " ".join(f.message for f in records.findings)


def test_a_colon_may_stand_behind_the_name() -> None:
    rows = read(
        "以下、事業：令和４年度計画／令和４年度実績／差引の順です。\n"
        "相談支援事業：2か所／3か所／1か所\n就労：定着の支援：20人／18人／△2人\n"
    )
    assert rows == [
        ("相談支援事業", None, "projected", 2022, 2.0, "か所"),
        ("相談支援事業", None, "actual", 2022, 3.0, "か所"),
        ("相談支援事業", None, "gap", None, 1.0, "か所"),
        ("就労:定着の支援", None, "projected", 2022, 20.0, "人"),
        ("就労:定着の支援", None, "actual", 2022, 18.0, "人"),
        ("就労:定着の支援", None, "gap", None, -2.0, "人"),
    ]


PLAIN = (
    "第５章　令和８年度における目標の設定\n\n１　福祉施設の入所者の地域生活への移行\n\n"
    "　項目、数値、考え方の順に記載しています。\n"
    "　令和４年度末時点の施設入所者数（Ａ）、１５４人、基準となる数値\n"
    "　令和８年度末の施設入所者数（Ｂ）、１４６人、見込み\n"
    "　【目標値】地域生活移行者数、９人、国の指針どおり\n"
)


def read_bare(text: str) -> list[tuple[str, str, int | None, float | None]]:
    rows = read_document(Source("chapter.txt", text.encode())).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in rows]


def test_rows_say_themselves_what_a_plain_figure_is() -> None:
    assert read_bare(PLAIN) == [
        ("施設入所者数", "baseline", 2022, 154.0),
        ("施設入所者数", "target", 2026, 146.0),
        ("地域生活移行者数", "target", 2026, 9.0),
    ]


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("令和４年度末", "令和６年度末"),
        ("令和８年度における目標の設定", "目標の設定"),
        ("１５４人、", "１５４人、１５２人、"),
    ],
)
def test_a_figure_on_the_way_to_the_target_is_of_no_measure(printed: str, instead: str) -> None:
    figures = read_bare(PLAIN.replace(printed, instead))
    assert all(value not in (154.0, 152.0) for *_, value in figures)


def test_what_stands_beside_measures_under_no_known_head_is_not_what_the_title_says() -> None:
    text = PLAIN[: PLAIN.index("　項目")] + (
        "項目、令和３年度実績、令和８年度目標、倍率の順に記載しています。\n"
        "一般就労への移行者数、４２人、５４人、１．２８倍\n"
    )
    assert read_bare(text) == [
        ("一般就労への移行者数", "actual", 2021, 42.0),
        ("一般就労への移行者数", "target", 2026, 54.0),
    ]


def test_an_empty_last_figure_may_be_closed_by_a_delimiter() -> None:
    order = "以下、サービス名、単位、令和３年度計画、令和３年度実績、令和４年度計画、令和４年度実績の順\n"
    figures = read(order + "自立生活援助、人、110、28、140、、\n")
    assert [(row[2], row[3], row[4]) for row in figures] == [
        ("projected", 2021, 110.0),
        ("actual", 2021, 28.0),
        ("projected", 2022, 140.0),
    ]
    assert read(order + "自立生活援助、人、110、、140、、\n") == []


def test_a_unit_in_the_name_is_a_cell_of_another_order() -> None:
    order = "以下、項目、令和５年度目標、令和３年度実績、令和４年度実績、達成率の順に記載\n"
    row = "一般就労移行者数、30人、21人、24人、80.0%\n"
    figures = read(order + row + "同行援護、時間、1,880、1,204、1,405、1,118\n")
    assert {figure[0] for figure in figures} == {"一般就労移行者数"}


def test_an_order_that_is_not_understood_ends_the_one_above_it() -> None:
    order = "以下は、サービス名、単位、令和３年度計画、令和３年度実績、令和４年度計画の順に記載しています。\n"
    other = (
        "\n以下は、サービス名、単位、（令和３年度、令和４年度、令和５年度）の{}で記載しています。\n"
    )
    figures = read(
        order + "居宅介護、人、31、28、33\n" + other.format("順") + "短期入所、人、4、5、6\n"
    )
    assert {figure[0] for figure in figures} == {"居宅介護"}


GROUPS = "以下、サービス名、単位、{}、実績（令和３年度、令和４年度）の順です。\n"


def test_years_in_a_bracket_behind_their_measure_are_columns_of_their_own() -> None:
    order = GROUPS.format("計画（令和３年度、令和４年度、令和５年度）")
    assert [figure[2:5] for figure in read(order + "短期入所、人、11、12、13、9、8\n")] == [
        ("projected", 2021, 11.0),
        ("projected", 2022, 12.0),
        ("projected", 2023, 13.0),
        ("actual", 2021, 9.0),
        ("actual", 2022, 8.0),
    ]
    assert read(order + "短期入所、人、11、12、13、9\n") == []
    assert read(order + "短期入所、人、11、12、13、9、8、7\n") == []


@pytest.mark.parametrize(
    "words",
    [
        "実績（令和３年度、令和４年度）",
        "計画（令和３年度、暫定）",
        "計画（令和３年度、令和３年度）",
    ],
)
def test_a_bracket_that_does_not_tell_its_columns_gives_none(words: str) -> None:
    assert read(GROUPS.format(words) + "短期入所、人、11、12、9、8\n") == []


def test_grades_of_two_years_may_be_words() -> None:
    text = "以下、項目、評価（令和３年度）、評価（令和４年度）の順です。\n移動支援事業、やや遅れ、順調\n"
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    assert [(o.fiscal_year, o.text) for o in records.observations] == [
        (2021, "やや遅れ"),
        (2022, "順調"),
    ]


NUMBERED = """表はじめ
1行目　見出し　サービス名、単位、令和４年度計画、令和４年度実績
2行目　居宅介護、人/月、41、38
3行目　短期入所、人日/月、120、空欄
表おわり
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2行目　", "２行目、"),
        ("2行目　", "第2行目："),
        ("3行目　", "三行目。"),
        ("3行目　", "（3ページ）\n3行目　"),
        ("1行目　見出し　", "見出し行、"),
        ("1行目　見出し　サービス名、単位、令和４年度計画、令和４年度実績", "列見出しは、サービス名、単位、令和４年度計画、令和４年度実績です。"),
        ("表はじめ", "【表１の始まり】"),
    ],
)  # fmt: skip
def test_a_row_may_open_with_its_number(one: str, other: str) -> None:
    assert read(NUMBERED.replace(one, other)) == [
        ("居宅介護", None, "projected", 2022, 41.0, "人/月"),
        ("居宅介護", None, "actual", 2022, 38.0, "人/月"),
        ("短期入所", None, "projected", 2022, 120.0, "人日/月"),
    ]


def test_heads_hold_to_the_end_of_their_table() -> None:
    text = NUMBERED + "生活介護、人/月、17、19\n"
    assert read(text) == read(NUMBERED)
    assert findings(text, "unread_figures") == ["生活介護、人/月、17、19"]


def test_an_order_said_before_the_tables_holds_for_the_next_one() -> None:
    order = "以下の表は、サービス名、単位、令和４年度計画、令和４年度実績の順です。\n"
    tables = "表はじめ\n居宅介護、人/月、41、38\n表おわり\n\n表はじめ\n生活介護、人/月、17、19\n表おわり\n"
    assert [row[4] for row in read(order + tables)] == [41.0, 38.0, 17.0, 19.0]


def test_a_part_goes_with_the_row_above_it() -> None:
    text = (
        "（項目、令和３年度目標、令和３年度実績の順）\n"
        "・一般就労への移行者数、31人、29人\n・うち就労移行支援から、20人、21人\n"
    )
    assert [row[:2] for row in read(text)] == [
        ("一般就労への移行者数", None),
        ("一般就労への移行者数", None),
        ("一般就労への移行者数", "うち就労移行支援から"),
        ("一般就労への移行者数", "うち就労移行支援から"),
    ]


PLAN_AND_ACTUAL = [
    ("居宅介護", None, "projected", 2024, 412.0, "人/月"),
    ("居宅介護", None, "actual", 2024, 405.0, "人/月"),
    ("居宅介護", None, "projected", 2025, 1420.0, "人/月"),
    ("居宅介護", None, "actual", 2025, 1418.0, "人/月"),
]


@pytest.mark.parametrize(
    "text",
    [
        "見方　サービス名（単位）：令和６年度計画値、実績値、令和７年度計画値、実績値\n"
        "居宅介護（人／月）：４１２、４０５、１，４２０、１，４１８\n",
        "【読み方】サービス名｜単位｜令和６年度計画値｜実績値｜令和７年度計画値｜実績値\n"
        "居宅介護｜人／月｜412｜405｜1,420｜1,418\n",
        "列は「サービス名／単位／令和６年度計画値／実績値／令和７年度計画値／実績値」です。\n"
        "居宅介護／人/月／412／405／1,420／1,418\n",
        "凡例：サービス名（単位）　令和６年度（計画値、実績値）、令和７年度（計画値、実績値）\n"
        "居宅介護（人/月）、412、405、1,420、1,418\n",
        "サービス名、単位、令和６年度計画値、実績値、令和７年度計画値、実績値の順番で記載しています。\n"
        "居宅介護、人/月、412、405、1,420、1,418\n",
    ],
)
def test_an_order_may_be_shown_and_print_a_year_once_for_its_measures(text: str) -> None:
    assert read(text) == PLAN_AND_ACTUAL


def test_a_name_holds_no_value() -> None:
    order = "サービス名、令和６年度計画値、令和６年度実績値の順に記載\n"
    assert read(order + "居宅介護（人／月）：４１２、４０５、１０\n") == []


def test_a_thousands_mark_parts_no_cells() -> None:
    order = "以下，サービス名，令和６年度計画値，令和６年度実績値の順に記載\n"
    assert read(order + "居宅介護，６，１８０，６，１２０\n")[0][4] == 6180.0
    assert read(order + "居宅介護，６，１８０\n") == []


def test_a_value_may_say_its_year_and_a_ratio_or_what_is_counted_with_it() -> None:
    text = (
        "以下、番号、指標名、計画策定時の値、直近の値、目標値、評価、担当課の順に記載しています。\n"
        "1-1、移行者数、873人（令和３年度）、9基（令和５年度）、1,126人（令和８年度、1.29倍）、三角、障害福祉課\n"
        "1-2、設置市町村数、12市町（令和４年度末）、ハイフン、31市町（令和８年度末、圏域での設置を含む。）、丸、広報課\n"
    )
    assert [row[2:] for row in read(text)] == [
        ("baseline", 2021, 873.0, "人"),
        ("actual", 2023, 9.0, "基"),
        ("target", 2026, 1126.0, "人"),
        ("target", 2026, 1.29, "倍"),
        ("baseline", 2022, 12.0, "市町"),
        ("target", 2026, 31.0, "市町"),
    ]
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    assert [o.text for o in records.observations if o.text] == ["三角", "丸"]


SERVICES = [
    ("居宅介護", None, "projected", 2024, 6.0, "人/月"),
    ("居宅介護", None, "actual", 2024, 7.0, "人/月"),
    ("生活介護", None, "projected", 2024, 1310.0, "人日/月"),
    ("生活介護", None, "actual", 2024, 1352.0, "人日/月"),
]


@pytest.mark.parametrize(
    "text",
    [
        "「以下は、サービス名　単位　令和6年度見込量　令和6年度実績値の順」\n"
        "居宅介護　人／月　6　7\n生活介護　人日／月　1,310　1,352\n",
        "以下、サービス名、単位、令和6年度見込量、令和6年度実績値の順に記載\n"
        "居宅介護 人/月 6 7\n生活介護 人日/月 1,310 1,352\n",
        "見方：サービス名　単位　令和6年度見込量　令和6年度実績値\n"
        "　・居宅介護　　人/月　　6　　7\n　・生活介護　　人日/月　　1,310　　1,352\n",
    ],
)
def test_blanks_may_part_the_rows(text: str) -> None:
    assert read(text) == SERVICES


def test_what_the_sentence_speaks_of_is_the_measure_of_its_years() -> None:
    text = (
        "※　各目標の実績は、区分、目標値、令和３年度、令和４年度の順に記載しています。\n\n"
        "〔目標と実績〕\n・地域生活移行者数（累計）　20 人　4人　▲1人\n〔評価〕\n移行者数は伸びました。\n"
    )
    assert [row[2:5] for row in read(text)] == [
        ("target", 2023, 20.0),
        ("actual", 2021, 4.0),
        ("actual", 2022, -1.0),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "居宅介護　人／月　6",
        "居宅介護　人／月　6　7　8",
        "居宅介護　3　6　7",
        "居宅介護　令和6年度　6　7",
        "身体　居宅介護　20　人／月　6　7",
    ],
)
def test_a_row_between_blanks_of_another_length_is_not_read(row: str) -> None:
    order = "「以下は、サービス名　単位　令和6年度見込量　令和6年度実績値の順」\n"
    assert read(order + row + "\n") == []


@pytest.mark.parametrize("heads", [("第１部", "第２部"), ("別表１", "別表２"), ("第２", "第３")])
def test_an_order_ends_with_its_part_of_the_document(heads: tuple[str, str]) -> None:
    order = "以下、項目、令和６年度目標、令和６年度実績の順に記載\n移行者数、8人、3人\n"
    text = f"{heads[0]}　成果目標\n{order}\n{heads[1]}　圏域の状況\n生活介護、9人、4人\n"
    assert [row[4] for row in read(text)] == [8.0, 3.0]
    general = order.replace("以下、", "※各行は、", 1)
    text = f"{general}\n{heads[0]}　成果目標\n{heads[1]}　圏域の状況\n生活介護、9人、4人\n"
    assert [row[4] for row in read(text)] == [8.0, 3.0, 9.0, 4.0]


@pytest.mark.parametrize(
    ("mark", "empty"),
    [("、", "－"), ("　", "－"), ("／", ""), ("，", "なし"), ("、", "")],
)
def test_numbered_groups_of_rows_are_no_list_of_names_and_figures(mark: str, empty: str) -> None:
    heads = ["サービス名", "単位", "令和３年度見込", "令和３年度実績"]
    rows = [["居宅介護", "時間", "6,480", "6,712"], ["同行援護", "時間", "1,120", "1,087"]]
    more = [["生活介護", "人", "455", "449"], ["就労定着支援", "人", "3", empty]]
    table = [mark.join(row) for row in (*rows, *more)]
    table[2:2] = ["（２）日中活動系サービス"]
    last = "（３）住まいの支援\n" + mark.join(["共同生活援助", "人", "298", "311"])
    order = f"以下、{'、'.join(heads)}の順に記載\n\n（１）訪問系サービス\n"
    said = [row[4] for row in read(order + "\n".join(table) + "\n" + last + "\n")]
    assert said == [6480, 6712, 1120, 1087, 455, 449, 3, 298, 311]


@pytest.mark.parametrize(
    "brackets",
    ["〔{}〕", "［{}］", "（{}）", "【実施状況（{}）】"],
)
def test_the_order_in_brackets_may_hold_others(brackets: str) -> None:
    heads = "項目，目標量（令和８年度末），令和６年度末の状況，令和７年度末の状況，進捗率の順"
    text = brackets.format(heads) + "\n・移行者数，81人以上，17人，39人，48.1％\n"
    assert [row[2:5] for row in read(text)] == [
        ("target", 2026, 81.0),
        ("actual", 2024, 17.0),
        ("actual", 2025, 39.0),
        ("gap", None, 48.1),
    ]


def test_the_state_of_one_year_beside_a_target_is_where_it_starts() -> None:
    heads = "〔項目、令和４年度末の状況、目標量（令和８年度末）、令和７年度実績の順〕\n"
    said = read(heads + "・移行者数、17人、81人、39人\n")
    assert [row[2] for row in said] == ["baseline", "target", "actual"]


@pytest.mark.parametrize("everywhere", ["全圏域で整備", "全ての圏域で整備", "各圏域で整備"])
def test_a_count_in_words_that_say_how_far_is_not_read(everywhere: str) -> None:
    heads = "以下、項目、令和８年度目標、令和６年度実績、令和７年度実績の順\n"
    assert read(f"{heads}支援体制、{everywhere}、未整備、1圏域で整備\n") == []
    assert findings(f"{heads}支援体制、{everywhere}、未整備、1圏域で整備\n", "unread_figures")
    assert len(read(f"{heads}支援体制、3圏域で整備、未整備、1圏域で整備\n")) == 2


_RUNS = "サービス名 単位 見込量 令和3年度 令和4年度 実績値 令和3年度 令和4年度"


@pytest.mark.parametrize(
    "row",
    [
        "居宅介護 時間 見込量 6,120 6,290 実績値 6,038 (記載なし)",
        "居宅介護　時間　見込量　6,120　6,290　実績値　6,038　－",
        "居宅介護、時間、見込量、6,120、6,290、実績値、6,038、",
        "居宅介護 時間 6,120 6,290 6,038 －",
    ],
)
@pytest.mark.parametrize("mark", [" ", "、"])
def test_years_said_again_behind_each_measure_are_its_own(row: str, mark: str) -> None:
    order = f"「以下は、{_RUNS.replace(' ', mark)}の順」\n"
    assert [row[2:5] for row in read(f"{order}訪問系サービス\n{row}\n")] == [
        ("projected", 2021, 6120.0),
        ("projected", 2022, 6290.0),
        ("actual", 2021, 6038.0),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "居宅介護 時間 見込量 6,120 6,290 6,038 6,100",
        "居宅介護 時間 実績値 6,120 6,290 見込量 6,038 6,100",
        "居宅介護 時間 見込量 6,120 実績値 6,290 6,038 6,100",
        "居宅介護 時間 6,000 6,120 6,290 5,000 6,038 6,100",
    ],
)
def test_a_row_that_says_the_measures_elsewhere_is_not_read(row: str) -> None:
    assert read(f"「以下は、{_RUNS}の順」\n{row}\n") == []


@pytest.mark.parametrize("part", ["第2部 サービスの見込量", "第２章　サービスの量", "第二編　実績"])
def test_the_heading_of_a_part_ends_the_words_of_the_last_review(part: str) -> None:
    review = "評価(C)及び改善(A)\n【令和３年度】\n3か所に配置し、進んだ。\n【令和４年度】\n(記載なし)\n\n"
    row = "居宅介護 時間 見込量 6,120 6,290 実績値 6,038 (記載なし)\n"
    said = read(f"{review}{part}\n「以下は、{_RUNS}の順」\n{row}")
    assert [row[4] for row in said] == [6120.0, 6290.0, 6038.0]


@pytest.mark.parametrize(
    "head",
    [
        "令和７年度７月末までの実績",
        "令和７年度実績（７月末まで）",
        "令和７年度（７月末まで）の実績",
        "令和７年度９月分までの実績",
        "令和７年度９月３０日までの実績",
    ],
)
def test_the_part_of_a_year_that_has_gone_by_is_of_the_year(head: str) -> None:
    order = f"以下、事業名、単位、令和７年度見込み、{head}の順に並べています。\n"
    said = read(order + "移動支援事業　人　170　141\n")
    assert [row[2:5] for row in said] == [("projected", 2025, 170.0), ("actual", 2025, 141.0)]


@pytest.mark.parametrize(
    "unit", ["（単位は１か月当たりの利用者数・人）", "（１か月当たりの利用量・人）"]
)
def test_a_group_of_rows_says_what_is_counted_and_its_unit(unit: str) -> None:
    order = "以下、サービス名、令和６年度見込量、令和６年度実績の順に記載\n\n"
    rows = "（１）訪問系サービス（時間）\n居宅介護、6,480、6,712\n"
    said = read(f"{order}{rows}（２）通所系サービス{unit}\n生活介護、455、449\n")
    assert [row[4:] for row in said[2:]] == [(455.0, "人/月"), (449.0, "人/月")]
