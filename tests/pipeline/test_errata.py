"""Errata: exactly what is named is read as it is meant; everything else is said."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from keikaku.extractors.document import Span
from keikaku.extractors.entries import Entry, Place
from keikaku.pipeline import journey
from keikaku.pipeline.errata import (
    Erratum,
    correct,
    errata_files,
    errata_of,
    parse_errata,
    read_errata,
)
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import Declaration, Source, read_document

SHEET = """# 昭島市 第6期障害福祉計画 PDCAサイクル管理シート
成果目標 1 施設入所者の地域生活への移行

| 区分 | 令和3年度実績 | 令和4年度実績 |
|---|---|---|
| 施設入所者数 | 2,74人 | 270人 |
| 地域生活移行者数 | 3人 | 4人 |
"""
DOCUMENT_ID = hashlib.sha256(SHEET.encode()).hexdigest()
AT = SHEET.index("2,74人")
FILE = f"""
[[errata]]
document = "{DOCUMENT_ID}"
char_start = {AT}
char_end = {AT + 5}
printed = "2,74人"
meant = "274人"
reason = "読点の位置"
evidence = "同じシートの3ページ"
"""
(ERRATUM,) = parse_errata(FILE.encode(), "132071_akishima.toml")
ENTRY = Entry(Place(None, None, "actual"), "2,74人", ERRATUM.span, raw="2,74人")


def read(*errata: Erratum, monkeypatch: pytest.MonkeyPatch) -> journey.DocumentRecords:
    monkeypatch.setattr(journey, "errata_of", lambda code: errata if code == "132071" else ())
    return read_document(Source("sheet.md", SHEET.encode(), Declaration("132071")))


def test_without_erratum_the_damaged_figure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    records = read(monkeypatch=monkeypatch)
    assert [row.value for row in records.observations] == [270.0, 3.0, 4.0]
    assert "unread_cell" in {finding.rule for finding in records.findings}


def test_with_erratum_it_is_read_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    records = read(ERRATUM, monkeypatch=monkeypatch)
    first = records.observations[0]
    assert (first.value, first.unit, first.raw) == (274.0, "人", "2,74人")
    assert (first.certainty, first.flags) == ("repaired", ("erratum",))
    assert {row.certainty for row in records.observations[1:]} == {"printed"}
    (said,) = [finding for finding in records.findings if finding.rule == "erratum"]
    assert said.observation_ids == (first.observation_id,)
    assert "読点の位置" in said.message
    assert "正誤表" in said.message_ja


@pytest.mark.parametrize(
    "astray",
    [
        replace(ERRATUM, printed="2,75人"),
        replace(ERRATUM, span=Span(char_start=AT, char_end=AT + 6)),
        replace(ERRATUM, span=Span(page=1, bbox=(0.0, 0.0, 1.0, 1.0))),
        replace(ERRATUM, document="0" * 64),
    ],
    ids=["print", "place", "container", "edition"],
)
def test_an_erratum_that_does_not_match_changes_nothing(
    astray: Erratum, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = read(astray, monkeypatch=monkeypatch)
    assert records.observations == read(monkeypatch=monkeypatch).observations
    (said,) = [f for f in records.findings if f.rule == "erratum_without_match"]
    assert said.severity == "warning"
    assert astray.printed in said.message


def test_an_erratum_of_another_document_and_place_is_silent() -> None:
    other = replace(ERRATUM, document="0" * 64, printed="99人")
    assert correct((ENTRY,), (other,), DOCUMENT_ID).notices == ()


def test_two_figures_of_one_place_are_not_guessed_between() -> None:
    corrected = correct((ENTRY, ENTRY), (ERRATUM,), DOCUMENT_ID)
    assert corrected.entries == (ENTRY, ENTRY)
    assert [notice.rule for notice in corrected.notices] == ["erratum_without_match"]


def test_a_print_twice_in_its_cell_is_not_guessed() -> None:
    twice = replace(ENTRY, text="3人 3人")
    corrected = correct((twice,), (replace(ERRATUM, printed="3人"),), DOCUMENT_ID)
    assert corrected.entries == (twice,)


@pytest.mark.parametrize(("shift", "read_as"), [(0.0, "274人"), (0.4, "274人"), (0.6, "2,74人")])
def test_the_box_of_a_pdf_is_its_place(shift: float, read_as: str) -> None:
    span = Span(page=2, bbox=(10.0, 20.0, 30.0 + shift, 40.0))
    erratum = replace(ERRATUM, span=Span(page=2, bbox=(10.0, 20.0, 30.0, 40.0)))
    corrected = correct((replace(ENTRY, span=span),), (erratum,), DOCUMENT_ID)
    assert corrected.entries[0].text == read_as


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (FILE.replace(DOCUMENT_ID, "sheet.md"), "document is no"),
        (FILE.replace('meant = "274人"', 'meant = "2,74人"'), "what is printed"),
        (FILE.replace("reason = ", "because = "), "unknown: because"),
        (FILE.replace('"読点の位置"', '" "'), "reason is missing"),
        (FILE.replace(f"char_end = {AT + 5}", "page = 2"), "the place is neither"),
        (FILE.replace(f"char_end = {AT + 5}\n", ""), "the place is neither"),
        (FILE + "page = 1\nbbox = [1, 2, 3, 4]\n", "the place is neither"),
        (FILE.replace("[[errata]]", "[[erata]]"), "something else"),
        ("errata = [1]", "no table"),
        ("[[errata]", "131091_shinagawa.toml"),
    ],
)
def test_a_broken_file_says_what_is_wrong(wrong: str, says: str) -> None:
    with pytest.raises(UsageError, match="131091_shinagawa") as raised:
        parse_errata(wrong.encode(), "131091_shinagawa.toml")
    assert says in raised.value.message


def test_a_municipality_is_found_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "132071_akishima.toml").write_text(FILE, encoding="utf-8")
    assert read_errata("132071", tmp_path) == (ERRATUM,)
    assert read_errata("131091", tmp_path) == ()


def test_two_files_of_one_municipality_are_an_error(tmp_path: Path) -> None:
    for name in ("132071_akishima.toml", "132071_akisima.toml"):
        (tmp_path / name).write_text(FILE, encoding="utf-8")
    with pytest.raises(UsageError, match="two files"):
        read_errata("132071", tmp_path)


@pytest.mark.parametrize("name", ["akishima.toml", "13207_akishima.toml", "132071.toml"])
def test_a_misnamed_file_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILE, encoding="utf-8")
    with pytest.raises(UsageError, match=name):
        read_errata("132071", tmp_path)


def test_every_file_of_the_project_can_be_read() -> None:
    from importlib.resources import files

    folder = files("keikaku.pipeline.municipalities")
    for file in errata_files(folder):
        assert errata_of(file.name[:6]) == parse_errata(file.read_bytes(), file.name)
    assert errata_of(None) == ()
