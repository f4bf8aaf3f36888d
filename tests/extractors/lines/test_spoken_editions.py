"""Ways of saying a sheet's tables that were met in whole editions for screen readers."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画　実績　令和６年度分（読み上げ用）\n\n"
Said = tuple[str, str | None, str, int | None, float | str | None, str | None]


def said(text: str) -> list[Said]:
    try:
        records = read_document(Source("edition.txt", (TITLE + text).encode()))
    except NoSheet:
        return []
    return [
        (
            o.indicator, o.breakdown, o.measure, o.fiscal_year,
            o.value if o.value is not None else o.status, o.unit,
        )
        for o in records.observations
    ]  # fmt: skip


@pytest.mark.parametrize(
    "item",
    [
        "・施設入所者数：令和６年度　９８人",
        "○施設入所者数　令和６年度は９８人",
        "・施設入所者数：令和６年度末時点で９８人",
    ],
)
def test_an_item_of_a_list_says_its_year(item: str) -> None:
    text = f"１　施設入所者の地域生活への移行\n〔実績〕\n{item}\n"
    assert said(text) == [("施設入所者数", None, "actual", 2024, 98.0, "人")]


def test_an_item_of_two_years_is_not_taken_for_one() -> None:
    text = "〔実績〕\n・令和５年度の施設入所者数：令和６年度　９８人\n"
    assert not said("１　施設入所者の地域生活への移行\n" + text)


SERVICE = (
    "居宅介護\n計画：利用者数（人／月）、令和６年度６１、令和７年度６２\n実績：利用者数（人／月）、令和６年度５９\n"
    "計画：利用時間（時間／月）、令和６年度１，８００、令和７年度１，８７５\n"
)


def test_what_is_counted_may_stand_behind_the_measure() -> None:
    care = "居宅介護", None
    assert said(SERVICE) == [
        (*care, "projected", 2024, 61.0, "人/月"),
        (*care, "projected", 2025, 62.0, "人/月"),
        (*care, "actual", 2024, 59.0, "人/月"),
        (*care, "projected", 2024, 1800.0, "時間/月"),
        (*care, "projected", 2025, 1875.0, "時間/月"),
    ]


def test_rows_that_count_again_what_is_counted_are_of_a_lost_name() -> None:
    rows = SERVICE.splitlines(keepends=True)
    assert all(
        row[4] not in (61.0, 77.0)
        for row in said("".join(rows[:2]) + rows[1].replace("６１", "７７"))
    )


@pytest.mark.parametrize(
    "heads",
    [
        "サービス名、単位、区分、令和６年度、令和７年度",
        "サービス名、区分、単位、令和６年度、令和７年度",
    ],
)
def test_a_row_may_say_its_measure_in_a_cell(heads: str) -> None:
    cells = {"サービス名": "短期入所", "単位": "人日", "区分": "{0}"}
    row = "、".join(cells.get(head, "{1}") for head in heads.split("、"))
    text = f"表１　短期入所の利用　ここから\n列見出し　{heads}\n{row.format('計画', 12)}\n{row.format('実績', 9)}\n表１　ここまで\n"
    assert [(r[2], r[3], r[4], r[5]) for r in said(text)] == [
        ("projected", 2024, 12.0, "人日"),
        ("projected", 2025, 12.0, "人日"),
        ("actual", 2024, 9.0, "人日"),
        ("actual", 2025, 9.0, "人日"),
    ]


@pytest.mark.parametrize(
    "heading", ["１　居宅介護（時間／月）", "（１）居宅介護（単位：時間／月）"]
)
def test_a_heading_gives_name_and_unit(heading: str) -> None:
    order = "以下、年度、見込量、実績値、利用率の順に読み上げます。\n\n"
    rows = said(f"{order}{heading}\n令和６年度、３，６００、３，４５１、９５．９％\n")
    assert [(r[0], r[2], r[4], r[5]) for r in rows] == [
        ("居宅介護", "projected", 3600.0, "時間/月"),
        ("居宅介護", "actual", 3451.0, "時間/月"),
        ("居宅介護", "gap", 95.9, "%"),
    ]


def test_a_bracket_may_name_its_part() -> None:
    row = "実績　令和６年度　７２人（うち精神障がい者３０人）　令和７年度　７９人（うち精神障がい者３４人）\n"
    assert [r[1:5] for r in said("共同生活援助\n" + row)] == [
        (None, "actual", 2024, 72.0),
        ("精神障がい者", "actual", 2024, 30.0),
        (None, "actual", 2025, 79.0),
        ("精神障がい者", "actual", 2025, 34.0),
    ]
    assert len(said("共同生活援助\n" + row.replace("うち精神障がい者", ""))) == len([72, 79])


def test_a_target_may_be_said_again_as_a_share() -> None:
    target = "まる１　地域生活移行者数　６人　令和４年度末の施設入所者の６パーセント以上\n"
    rows = said("成果目標１　施設入所者の地域生活への移行\n\n目標値\n" + target)
    assert [(r[2], r[3], r[4], r[5]) for r in rows] == [
        ("target", 2026, 6.0, "人"),
        ("target", 2026, 6.0, "%"),
    ]


LISTED = (
    "○成果目標４　福祉施設から一般就労への移行等\n　一般就労への移行者数：計画３０人、実績２９人\n\n"
    "○日中活動系サービス\n　生活介護：計画３１０人分、実績３０６人分\n"
)


def test_figures_behind_their_measures_are_of_the_year_in_the_title() -> None:
    assert [(r[0], r[2], r[3], r[4]) for r in said(LISTED)] == [
        ("一般就労への移行者数", "projected", 2024, 30.0),
        ("一般就労への移行者数", "actual", 2024, 29.0),
        ("生活介護", "projected", 2024, 310.0),
        ("生活介護", "actual", 2024, 306.0),
    ]


def test_a_class_of_services_ends_the_goals_of_its_bullet() -> None:
    records = read_document(Source("edition.txt", (TITLE + LISTED).encode()))
    goals = [o.goal_id for o in records.observations]
    assert goals == ["employment_transition", "employment_transition", None, None]


SENTENCES = "施設入所者数の実績\n令和５年度は６７人です。\n令和６年度は６５人でした。\n"


def test_a_sentence_for_each_year_below_its_title() -> None:
    residents = "施設入所者数", None, "actual"
    assert said(SENTENCES) == [(*residents, 2023, 67.0, "人"), (*residents, 2024, 65.0, "人")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("施設入所者数の実績", "施設入所者の状況について"),
        ("施設入所者数の実績", "利用者数の実績"),
        ("令和６年度は６５人でした。\n", ""),
        ("令和６年度は６５人でした。", "令和６年度は６５人でしたが、増える見込みです。"),
        ("令和６年度", "令和４年度"),
    ],
)
def test_other_sentences_stay_prose(one: str, other: str) -> None:
    assert not said(SENTENCES.replace(one, other))


def test_a_cell_may_name_the_measure_of_each_figure() -> None:
    text = (
        "居宅介護\n　・令和５年度　計画２０人、実績１９人\n　・令和６年度　計画２１人、実績２２人\n"
    )
    text += text.replace("居宅介護", "短期入所")
    rows = [(r[0], r[1], r[2], r[3], r[4]) for r in said(f"２　サービスの利用状況\n\n{text}")]
    assert rows[:4] == [
        ("居宅介護", None, "projected", 2023, 20.0),
        ("居宅介護", None, "actual", 2023, 19.0),
        ("居宅介護", None, "projected", 2024, 21.0),
        ("居宅介護", None, "actual", 2024, 22.0),
    ]


def test_a_cell_that_contradicts_its_head_is_not_published() -> None:
    table = "項目\t令和６年度実績\n居宅介護\t計画２０人\n短期入所\t１９人\n"
    assert [row[4] for row in said(table)] == [19.0]


def test_the_year_may_open_a_line_of_names_and_figures() -> None:
    text = "　・各年度末の実績\n　　　令和５年度　入所者数　４５人、移行者数　０人\n　　　令和６年度　入所者数　４４人、移行者数　１人\n"
    rows = said("目標１　施設入所者の地域生活への移行\n" + text)
    assert [(r[2], r[3], r[4]) for r in rows] == [
        ("actual", 2023, 45.0),
        ("actual", 2023, 0.0),
        ("actual", 2024, 44.0),
        ("actual", 2024, 1.0),
    ]


def test_a_rate_goes_with_the_rows_above_it() -> None:
    text = "一般就労への移行者数\n目標値、１５人。\n実績値、令和５年度、９人、令和６年度、１３人。\n達成率、８６．７パーセント。\n"
    rows = said("成果目標４　福祉施設から一般就労への移行等\n\n" + text)
    assert rows[-1] == ("一般就労への移行者数", None, "gap", None, 86.7, "%")
    assert len(
        said("成果目標４　一般就労への移行等\n\n" + text + "達成率、９９パーセント。\n")
    ) == len(rows)


@pytest.mark.parametrize(
    "order",
    [
        "左から順に、指標、令和６年度の見込み、令和６年度の実績、差を読みます。",
        "表は、左から、指標、令和６年度の見込み、令和６年度の実績、差を読み上げています。",
        "列は左から順番に、指標、令和６年度の見込み、令和６年度の実績、差が並んでいます。",
    ],
)
def test_an_order_is_said_from_left_to_right(order: str) -> None:
    rows = said(f"{order}\n\n短期入所の利用者数、６０人、５２人、マイナス８人\n")
    assert [(r[2], r[4]) for r in rows] == [("projected", 60.0), ("actual", 52.0), ("gap", -8.0)]


ORDERED = "※数字は、令和５年度、令和６年度の順に読み上げます。\n\n"


@pytest.mark.parametrize(
    "unit", ["　単位は、時間", "、単位は時間", "　（単位：時間）", "　単位　時間"]
)
def test_the_name_over_rows_may_say_their_unit(unit: str) -> None:
    text = f"居宅介護{unit}\n計画値は、５，２００、５，３５０\n実績値は、５，０４４、５，２８９\n生活介護\n計画値は、８０、８５\n"
    assert [(r[0], r[4], r[5]) for r in said(ORDERED + text)] == [
        ("居宅介護", 5200.0, "時間"),
        ("居宅介護", 5350.0, "時間"),
        ("居宅介護", 5044.0, "時間"),
        ("居宅介護", 5289.0, "時間"),
        ("生活介護", 80.0, None),
        ("生活介護", 85.0, None),
    ]


def test_a_line_of_two_measures_is_read_whole_or_not() -> None:
    line = (
        "居宅介護【人】計画：令和５年度１２、令和６年度１３　実績：令和５年度１０、令和６年度１１\n"
    )
    assert [(r[0], r[2], r[4], r[5]) for r in said(line)] == [
        ("居宅介護", "projected", 12.0, "人"),
        ("居宅介護", "projected", 13.0, "人"),
        ("居宅介護", "actual", 10.0, "人"),
        ("居宅介護", "actual", 11.0, "人"),
    ]
    assert not said(line.replace("【人】計画", "の人数の合計"))
