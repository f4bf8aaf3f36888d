"""Figures that every stage took for words are findings, also where nothing at all was read."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第６期架空市障害福祉計画の進捗状況\n\n"


def told(text: str) -> str:
    """What the findings on figures that were not read say."""
    source = Source("words.txt", text.encode())
    try:
        findings = read_document(source).findings
    except NoSheet as error:
        findings = error.findings
    return " ".join(f.message for f in findings if f.severity == "warning")


REVIEW = "成果目標１　施設入所者の地域生活への移行\n評価\n事業所の数が増えた。\n"


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        ("移行者\n17人\n9人\n△\n", "17人 9人 △"),
        ("R2　1,214時間\nR3　1,390時間\n", "R3　1,390時間"),
        ("生活介護 12 14 13\n", "生活介護 12 14 13"),
    ],
)
def test_rows_below_a_head_of_the_review(lines: str, quoted: str) -> None:
    assert quoted in told(TITLE + REVIEW + lines)


@pytest.mark.parametrize(
    "line",
    [
        "令和６年度、58、55、94.8パーセント。",
        "・居宅介護22人251時間・同行援護3人28時間・生活介護43人851人日",
        "生活支援事業　実施　実施　未実施",
        "評価　　　　Ｂ",
    ],
)
def test_a_document_that_gives_nothing_says_which_figures_it_holds(line: str) -> None:
    text = f"架空市の報告\n\n表１の読み上げ\n{line}\n"
    with pytest.raises(NoSheet):
        read_document(Source("words.txt", text.encode()))
    assert line[:12] in told(text)


@pytest.mark.parametrize(
    "line",
    [
        "移行者は３人で、前年度より２人増えた。",
        "協議会を２回、研修会を３回開き、延べ40人が",
        "計画の２年目（令和４年度）の状況",
        "問い合わせ　電話　03　0000　0142",
    ],
)
def test_sentences_and_addresses_are_no_rows(line: str) -> None:
    assert told(TITLE + REVIEW + line + "\n") == ""


@pytest.mark.parametrize(
    "line",
    [
        "移動支援事業、やや遅れ、おおむね順調",
        "利用者数 14人 19人",
        "専門部会の設置      無      有      令和４年度に設ける。",
    ],
)
def test_a_name_with_two_cells_behind_it_is_never_lost(line: str) -> None:
    assert line.split("、")[0].split()[0] in told(TITLE + "【評価（Ｃ）】\n\n" + line + "\n")


def test_a_ratio_alone_in_brackets_is_told() -> None:
    text = TITLE + "【評価（Ｃ）】\n\n施設の退所者を見込みました。\n（7.4％）\n意向を調べます。\n"
    assert "7.4％" in told(text)


@pytest.mark.parametrize("marks", ["△\n○", "順調\nやや遅れ", "Ａ\nＢ\n－\nＣ"])
@pytest.mark.parametrize("head", ["評価", "判定", "市の見方"])
def test_grades_below_each_other_are_a_column_of_a_table(head: str, marks: str) -> None:
    text = f"施設の入所者\n移行した人\n{head}\n{marks}\n\n今後も進めます。\n"
    assert marks.split("\n－")[0].replace("\n", " ") in told(TITLE + text)


@pytest.mark.parametrize("line", ["現状 設置済み　中間 継続　最終 継続", "実績 未実施 検討中"])
def test_a_measure_and_how_it_stands(line: str) -> None:
    assert line in told(TITLE + "医療的ケア児の協議の場\n" + line + "\n")
