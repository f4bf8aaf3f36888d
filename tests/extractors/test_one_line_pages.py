"""A whole page on one line: where its tables begin, and what each of their columns holds."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障がい福祉計画の進捗状況(令和6年度)/架空市"
INTRO = (
    "本文へ ホーム > 福祉 > 障がい者福祉 更新日:2025年12月5日 本市では計画の進捗状況について、"
    "協議会で評価を行いましたので、お知らせします。 1.成果目標"
)
HEADS = "令和4年度末(基準) 令和6年度末(実績) 令和8年度末(目標)"
END = (
    "※評価は3段階です。 関連ファイル 進捗状況報告書(PDFファイル:842KB) お問い合わせ先 福祉部障がい者支援課 新館 2階 "
    "電話:079-000-9210 ファクス:079-000-9211 このページは 役に立った どちらともいえない 役に立たなかった"
)


def read(*parts: str) -> list[tuple[str, str | None, int | None, float | str | None]]:
    line = " ".join((TITLE, INTRO, *parts, END))
    try:
        records = read_document(Source("page.txt", (line + "\n").encode()))
    except NoSheet:
        return []
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value if o.value is not None else o.raw)
        for o in records.observations
    ]


ROWS = ("施設入所者数 231人 228人 219人 {}", "地域生活移行者数 - 4人 14人 {}")
FIGURES = [
    ("施設入所者数", "baseline", 2022, 231.0),
    ("施設入所者数", "actual", 2024, 228.0),
    ("施設入所者数", "target", 2026, 219.0),
    ("地域生活移行者数", "actual", 2024, 4.0),
    ("地域生活移行者数", "target", 2026, 14.0),
]


@pytest.mark.parametrize(
    ("head", "grades"),
    [("評価", "BC"), ("判定", "◎△"), ("達成状況", ("達成", "未達成")), ("進捗評価", "Ａ－")],
)
def test_a_grade_stands_behind_the_figures(head: str, grades: str) -> None:
    rows = [row.format(grade) for row, grade in zip(ROWS, grades, strict=True)]
    found = read("(1)施設入所者の地域生活への移行 項目", HEADS, head, *rows)
    assert set(FIGURES) <= set(found)
    assert [name for name, *_ in found].count("施設入所者数") == 4


@pytest.mark.parametrize(("head", "grades"), [("記号", "BC"), ("印", "良可"), ("備考", "ＡＢ")])
def test_a_column_that_is_not_understood_gives_no_name_its_words(head: str, grades: str) -> None:
    rows = [row.format(grade) for row, grade in zip(ROWS, grades, strict=True)]
    for count in (1, 2):
        assert read("(1)施設入所者の地域生活への移行 項目", HEADS, head, *rows[:count]) == []


@pytest.mark.parametrize("blank", [" ", "　"])
def test_a_unit_stands_before_the_figures_of_each_row(blank: str) -> None:
    table = (
        "(1)訪問系サービス サービス名 単位 令和6年度見込量 令和6年度実績 達成率 令和7年度見込量 "
        "居宅介護 時間 9,850 9,412 95.6% 10,010 重度訪問介護(総数) 人 - 12 - 14 (2)就労 サービス名 単位 "
        "令和6年度見込量 令和6年度実績 就労移行支援 人 5 6 計画どおりです。"
    )
    found = read(table.replace(" ", blank))
    assert ("居宅介護", "projected", 2025, 10010.0) in found
    assert ("居宅介護", "actual", 2024, 9412.0) in found
    assert ("重度訪問介護(総数)", "actual", 2024, 12.0) in found
    assert ("就労移行支援", "actual", 2024, 6.0) in found
    assert len(found) == 10


def test_tables_of_the_same_heads_stay_apart() -> None:
    first, second = (row.format("A") for row in ROWS)
    heads = f"項目 {HEADS} 評価"
    found = read("(1)施設入所者の削減", heads, first, "(2)地域生活への移行", heads, second)
    assert {name for name, *_ in found} == {"施設入所者数", "地域生活移行者数"}


GLUED = "サービス名単位令和3年度令和4年度令和5年度"


@pytest.mark.parametrize(
    "table",
    [
        f"{GLUED} 居宅介護時間8,1028,3448,519生活介護人日14,33014,51214,488",
        f"{GLUED} 居宅介護時間8,1028,3448,519 生活介護人日14,33014,51214,488",
        f"{GLUED} 居宅介護 時間 8,102 8,344 8,519 生活介護 人日 14,330 14,512 14,488",
        "サービス名令和3年度令和4年度令和5年度 居宅介護8,102時間8,344時間8,519時間生活介護14,330人日14,512人日14,488人日",
    ],
)
def test_cells_and_rows_may_have_run_into_one_another(table: str) -> None:
    found = read("サービスの利用状況を示します。", table, "利用は増えています。")
    assert ("居宅介護", "actual", 2021, 8102.0) in found
    assert ("生活介護", "actual", 2023, 14488.0) in found
    assert len(found) == 6


def test_figures_that_nothing_parts_stay_unread() -> None:
    found = read(
        "利用状況です。", GLUED, "居宅介護時間8,1028,3448,519就労定着支援人414652", "以上です。"
    )
    assert {name for name, *_ in found} == {"居宅介護"}


@pytest.mark.parametrize("blanks", ["{}{}{}", "{} {}{}", "{} {} {}"])
def test_names_with_figures_of_several_years_need_no_heads(blanks: str) -> None:
    rows = (
        " ".join(
            blanks.format(name if n == 0 else "", f"令和{3 + n}年度", f"{count}人").strip()
            for n, count in enumerate(counts)
        )
        for name, counts in (
            ("療育手帳", ("2,240", "2,318")),
            ("身体障害者手帳", ("8,911", "8,790")),
        )
    )
    found = read("1 手帳 手帳をお持ちの方の数です。 2 障害者手帳所持者数", *rows, "関連資料")
    assert set(found) == {
        ("身体障害者手帳", "actual", 2021, 8911.0),
        ("身体障害者手帳", "actual", 2022, 8790.0),
        ("療育手帳", "actual", 2021, 2240.0),
        ("療育手帳", "actual", 2022, 2318.0),
    }


def test_the_number_of_the_next_title_is_no_value() -> None:
    heads = "事業名 令和5年度見込量 令和5年度実績"
    titles = ("1 地域生活支援事業", heads, "移動支援事業 {} {} 2 手帳の状況 増えています。")
    counted = read(titles[0], titles[1], titles[2].format("29,500時間", "27,318時間"))
    assert [figure[3] for figure in counted] == [29500.0, 27318.0]
    assert read(titles[0], titles[1], titles[2].format("500", "318")) == []


PAGE = (
    "第８期架空市障害福祉計画（素案） 第５章 サービスの見込量 １か月当たりの数値であり、第７期の実績と第８期の見込量を次のとおり示します。なお、"
    "数値は国の基本指針の見直しにより今後変更することがあります。令和８年度の数値は見込みであり、決算の後に改めます。"
    "サービスの利用は、利用者の高齢化や重度化、事業所の開設などにより増える傾向が続いており、本市でも事業所の確保を進めています。 "
    "１ 訪問系サービス {} 62 架空市障害者プラン（素案）"
)


def read_page(table: str) -> list[tuple[str, str | None, int | None, float | str | None]]:
    records = read_document(Source("page.txt", (PAGE.format(table) + "\n").encode()))
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value if o.value is not None else o.raw)
        for o in records.observations
    ]


SIX_YEARS = "".join(f"令和{year}年度" for year in range(6, 12))


@pytest.mark.parametrize(
    "over", ["区分 第７期実績 第８期見込量", "区分 第７期の実績 第８期計画の見込量"]
)
def test_glued_heads_below_the_words_that_they_share(over: str) -> None:
    rows = "居宅介護時間2,9142,9873,0503,1103,1703,230 行動援護人91112131415"
    found = read_page(f"{over} サービス名単位{SIX_YEARS} {rows}")
    assert found == [
        ("居宅介護", "actual", 2024, 2914.0),
        ("居宅介護", "actual", 2025, 2987.0),
        ("居宅介護", "actual", 2026, 3050.0),
        ("居宅介護", "projected", 2027, 3110.0),
        ("居宅介護", "projected", 2028, 3170.0),
        ("居宅介護", "projected", 2029, 3230.0),
    ]


@pytest.mark.parametrize("over", ["区分 実績 見込量", "区分 第６期実績 第８期見込量"])
def test_words_shared_by_nobody_knows_which_heads(over: str) -> None:
    assert (
        read_page(f"{over} サービス名単位{SIX_YEARS} 居宅介護時間2,9142,9873,0503,1103,1703,230")
        == []
    )


def test_the_number_of_a_page_before_its_running_words_is_no_value() -> None:
    heads = (
        "項目 実績（令和7年度末） 目標値（令和11年度末） 移行者の数 5人 6人 協議の場の回数 2回 3回"
    )
    heads = f"{heads} 拠点の数 1か所 2か所 支援員の数 1人 2人"
    assert read_page(f"{heads} 中核機能の確保 未確保 確保")[8:] == [
        ("中核機能の確保", "actual", 2025, "未確保"),
        ("中核機能の確保", "target", 2029, "確保"),
    ]
    assert "定着者の数" not in {name for name, *_ in read_page(f"{heads} 定着者の数 5 6")}
