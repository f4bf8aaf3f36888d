"""Rows of read-aloud editions: what is sure is read, what is not is reported, prose gives nothing."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Prose
from keikaku.extractors.lines.printed import print_lines
from keikaku.extractors.lines.read_aloud import find_rows
from keikaku.extractors.text import read_text
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

TITLE = "第6期架空市障害福祉計画 テキスト版\n\n"
GOAL = "成果目標1 施設入所者の地域生活への移行\n"
ORDER = "「以下は、区分 令和3年度 令和4年度 令和5年度の順」\n"

Row = tuple[str, str | None, str, int | None, float | str | None, str | None]


def read(body: str) -> DocumentRecords:
    return read_document(Source("edition.txt", (TITLE + body).encode()))


def rows(records: DocumentRecords) -> list[Row]:
    return [
        (
            row.indicator, row.breakdown, row.measure, row.fiscal_year,
            row.value if row.value is not None else row.text or row.status, row.unit,
        )
        for row in records.observations
    ]  # fmt: skip


READ: dict[str, tuple[str, list[Row]]] = {
    "a year, and measures with their figures glued to them": (
        "実績\n要約筆記者の派遣\n令和4年度、見込み90件、実績88件。\n令和5年度、見込み95件、実績集計中。\n",
        [
            ("要約筆記者の派遣", None, "projected", 2022, 90, "件"),
            ("要約筆記者の派遣", None, "actual", 2022, 88, "件"),
            ("要約筆記者の派遣", None, "projected", 2023, 95, "件"),
            ("要約筆記者の派遣", None, "actual", 2023, "not_reported", None),
        ],
    ),
    "the measure behind what is counted, each year with が": (
        "実績\n短期入所。\n利用しゃ数の見込みは、令和4年度が41人、令和5年度が43人。\n"
        "利用しゃ数の実績は、令和4年度が38人、令和5年度が45人。\n",
        [
            ("短期入所", None, "projected", 2022, 41, "人"),
            ("短期入所", None, "projected", 2023, 43, "人"),
            ("短期入所", None, "actual", 2022, 38, "人"),
            ("短期入所", None, "actual", 2023, 45, "人"),
        ],
    ),
    "an order before rows": (
        GOAL + "【実績値】\n" + ORDER + "<1>移行者数 8人 15人 (記載なし)\n<2>減少数 0人 -3人 1,204人\n",
        [
            ("移行者数", None, "actual", 2021, 8, "人"),
            ("移行者数", None, "actual", 2022, 15, "人"),
            ("移行者数", None, "actual", 2023, "not_reported", None),
            ("減少数", None, "actual", 2021, 0, "人"),
            ("減少数", None, "actual", 2022, -3, "人"),
            ("減少数", None, "actual", 2023, 1204, "人"),
        ],
    ),
    "an order that names the measure, full-width commas": (
        GOAL + "実績。以下、令和４年度、令和５年度の順に記載。\n移行者数，１，２０４人，1,310人。\n",
        [
            ("移行者数", None, "actual", 2022, 1204, "人"),
            ("移行者数", None, "actual", 2023, 1310, "人"),
        ],
    ),
    "a row broken over two lines": (
        GOAL + "【実績値】\n" + ORDER + "移行者数 8人 15人\n19人\n",
        [
            ("移行者数", None, "actual", 2021, 8, "人"),
            ("移行者数", None, "actual", 2022, 15, "人"),
            ("移行者数", None, "actual", 2023, 19, "人"),
        ],
    ),
    "a legend before everything, lost circled digits": (
        "※実績は、令和4年度、令和5年度の順です。\n"
        + GOAL
        + "目標値(令和5年度末)\n@ 移行者数 7人(6.3%)\n 施設入所者のうち7人の移行を目標とする。\n"
        + "A 施設入所者数 109人を超えない\n実績\n@ 移行者数 0人、2人\n",
        [
            ("移行者数", None, "target", 2023, 7, "人"),
            ("移行者数", None, "target", 2023, 6.3, "%"),
            ("施設入所者数", None, "target", 2023, 109, "人"),
            ("移行者数", None, "actual", 2022, 0, "人"),
            ("移行者数", None, "actual", 2023, 2, "人"),
        ],
    ),
    "the unit in the sentence of the order": (
        "「以下は、サービス名、令和3年度、令和4年度の順。単位は人」\n共同生活援助\n見込量 530 560\n実績値 548 ―\n",
        [
            ("共同生活援助", None, "projected", 2021, 530, "人"),
            ("共同生活援助", None, "projected", 2022, 560, "人"),
            ("共同生活援助", None, "actual", 2021, 548, "人"),
            ("共同生活援助", None, "actual", 2022, "not_reported", None),
        ],
    ),
    "years in brackets before the figures, over two lines": (
        GOAL + "ア 移行する者の数\n 目標値 157人\n 実績 (令和3年度)22人 (令和4年度)-3人\n (令和5年度)集計中\n",
        [
            ("移行する者の数", None, "target", 2023, 157, "人"),
            ("移行する者の数", None, "actual", 2021, 22, "人"),
            ("移行する者の数", None, "actual", 2022, -3, "人"),
            ("移行する者の数", None, "actual", 2023, "not_reported", None),
        ],
    ),
    "western years glued to the figures, the unit over them": (
        "1. 訪問系サービス 利用者数 単位 人\n\n(ア)居宅介護\n計画値 2021年度4,340 2022年度4,480\n",
        [
            ("居宅介護", None, "projected", 2021, 4340, "人"),
            ("居宅介護", None, "projected", 2022, 4480, "人"),
        ],
    ),
    "a year over its rows, going on behind a page number": (
        "カッコ内は精神障害しゃの内数。\n令和3年度\n共同生活援助:月間利用者数、見込量:317人、カッコ123人、実績:なし。\n"
        "- 3 -\n短期入所、見込量、31人、実績、30人。\n",
        [
            ("共同生活援助", None, "projected", 2021, 317, "人"),
            ("共同生活援助", "精神障害者", "projected", 2021, 123, "人"),
            ("共同生活援助", None, "actual", 2021, "not_reported", None),
            ("短期入所", None, "projected", 2021, 31, "人"),
            ("短期入所", None, "actual", 2021, 30, "人"),
        ],
    ),
    "parts of a target": (
        GOAL + "【令和5年度末までの目標】\n<1>移行者数\n目標値:480人\n目標値設定の考え方:378人の1.27倍。\n"
        "【内訳】\n就労移行支援 371人\n<2>利用率\n目標値:70%\n",
        [
            ("移行者数", None, "target", 2023, 480, "人"),
            ("移行者数", "就労移行支援", "target", 2023, 371, "人"),
            ("利用率", None, "target", 2023, 70, "%"),
        ],
    ),
    "a chart of two series": (
        "図4 就労系サービスの推移(各年度3月)。A型は、令和元年度 48人、令和2年度 52人。B型は、令和元年度 201人、令和2年度 214人。\n",
        [
            ("A型", None, "actual", 2019, 48, "人"),
            ("A型", None, "actual", 2020, 52, "人"),
            ("B型", None, "actual", 2019, 201, "人"),
            ("B型", None, "actual", 2020, 214, "人"),
        ],
    ),
    "years without era": (
        "現状と課題\n○施設入所者数　29年度末 733人、30年度末 729人、元年度末 721人\n",
        [
            ("施設入所者数", None, "actual", 2017, 733, "人"),
            ("施設入所者数", None, "actual", 2018, 729, "人"),
            ("施設入所者数", None, "actual", 2019, 721, "人"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_rows_are_read(name: str) -> None:
    body, expected = READ[name]
    assert rows(read(body)) == expected


REPORTED = {
    "more figures than years": GOAL + "【実績値】\n" + ORDER + "移行者数 8人 15人 19人 20人\n",
    "fewer figures than years": GOAL + "【実績値】\n" + ORDER + "移行者数 8人 15人\n<2>減少数\n",
    "figures without a name": GOAL + "実績 令和3年度 8人、令和4年度 9人\n",
}


@pytest.mark.parametrize("name", REPORTED)
def test_what_is_not_sure_is_reported(name: str) -> None:
    records = read(REPORTED[name])
    assert not [row for row in records.observations if row.fiscal_year is not None]
    assert {finding.rule for finding in records.findings} & {"unknown_column", "unknown_year"}


PROSE = (
    "令和3年度は22人、令和4年度は41人に増加した。",
    "移行者数は、令和3年度 22人、令和4年度 41人と増えている。",
    "令和3年度。3年間で15人の目標に対し、初年度は2人にとどまった。",
    "地域へ移行する者 22人(令和3年度) 41人(令和4年度)",
    "計画目標(令和5年度末) 年15人",
    "18歳以上の利用者",
    "令和3年度 22人",
)


@pytest.mark.parametrize("line", PROSE)
def test_sentences_and_other_shapes_are_passed_by(line: str) -> None:
    blocks = [block for block in read_text(line) if isinstance(block, Prose)]
    assert find_rows(print_lines(blocks, line), 0) is None


@pytest.mark.parametrize("name", READ)
def test_each_quote_stands_where_it_says(name: str) -> None:
    source = TITLE + READ[name][0]
    for row in read(READ[name][0]).observations:
        assert row.char_start is not None
        assert source[row.char_start : row.char_end] == row.raw


def test_a_year_with_one_measure_goes_on_below_years_with_two() -> None:
    text = (
        "・移動支援\n利用時間\n令和6年度、見込量 1,118時間、実績 1,121時間\n令和7年度、見込量 1,120時間\n"
        "・短期入所\n利用者数\n令和7年度、見込量 18人\n"
    )
    source = Source("edition.txt", ("第7期架空市障害福祉計画　実績報告\n\n" + text).encode())
    assert [
        (o.indicator, o.measure, o.fiscal_year, o.value) for o in read_document(source).observations
    ] == [
        ("移動支援", "projected", 2024, 1118.0),
        ("移動支援", "actual", 2024, 1121.0),
        ("移動支援", "projected", 2025, 1120.0),
        ("短期入所", "projected", 2025, 18.0),
    ]


def test_a_title_of_measures_names_no_row_and_no_figure_is_lost_in_a_heading() -> None:
    text = (
        "サービスの見込量と実績\n令和8年度、見込量 1,830時間\n・移動支援\n令和6年度、見込量 118人\n"
    )
    document = read_document(Source("edition.txt", ("第7期架空市障害福祉計画\n\n" + text).encode()))
    assert [o.value for o in document.observations] == [118.0]
    assert any("1,830時間" in finding.message for finding in document.findings)


LED = """\
第6期架空区障害福祉計画

成果目標1 施設入所者の地域生活への移行

【主な活動指標】
「カッコ内は精神障害者の内数」
令和3年度 共同生活援助:月間利用者数、見込量:271人、カッコ96人、実績:289人、カッコ118人。
地域移行支援:月間利用者数、見込量:9人、カッコ7人、実績:4人、カッコ3人。
令和4年度 共同生活援助:月間利用者数、見込量:284人、カッコ101人、実績:307人、カッコ133人。
地域移行支援:月間利用者数、見込量:10人、カッコ8人、実績:2人、カッコ2人。
"""


def _transitions(text: str) -> list[tuple[str, int | None, float | None]]:
    found = read_document(Source("a.txt", text.encode())).observations
    named = [o for o in found if o.indicator == "地域移行支援" and o.breakdown is None]
    return [(o.measure, o.fiscal_year, o.value) for o in named]


def test_the_year_that_opens_a_line_holds_for_the_lines_right_below() -> None:
    assert _transitions(LED) == [
        ("projected", 2021, 9),
        ("actual", 2021, 4),
        ("projected", 2022, 10),
        ("actual", 2022, 2),
    ]


def test_a_blank_line_ends_the_year_that_opens_a_line() -> None:
    assert _transitions(LED.replace("\n地域移行", "\n\n地域移行")) == []


@pytest.mark.parametrize("counted", ["月間利用日数", "月間延べ利用日数", "延べ利用日数"])
def test_a_second_sentence_counts_the_same_service_otherwise(counted: str) -> None:
    text = f"""\
第6期架空区障害福祉計画・第2期架空区障害児福祉計画

成果目標5 障害児支援の提供体制の整備

【主な活動指標(サービス利用実績)】
令和3年度 放課後等デイサービス:月間利用者数、見込量:742人、実績:769人。{counted}、見込量:7,420日、実績:7,388日。
令和4年度 放課後等デイサービス:月間利用者数、見込量:771人、実績:815人。{counted}、見込量:7,710日、実績:7,902日。
"""
    found = read_document(Source("a.txt", text.encode())).observations
    assert {o.indicator for o in found} == {"放課後等デイサービス"}
    assert [o.value for o in found if o.measure == "actual"] == [769, 7388, 815, 7902]
