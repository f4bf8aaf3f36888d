"""The typed truth of the layout documents is sound: every quote stands where it says."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from keikaku.extractors.decoding import decode
from keikaku.pipeline.records import COMPARATORS, MEASURES, PLANS, SECTIONS, STATUSES

HERE = Path(__file__).parent
TRUTHS = sorted(HERE.glob("*.truth.tsv"))
NAMES = [path.name.removesuffix(".truth.tsv") for path in TRUTHS]
AT_LEAST = {"0": 3, "A": 3, "B": 3, "C": 3, "D": 3, "G": 3, "H": 3}
AT_LEAST |= dict.fromkeys("EFIJKLM", 1)


def rows_of(truth: Path) -> list[dict[str, str]]:
    with truth.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def text_of(truth: Path) -> str:
    name = truth.name.removesuffix(".truth.tsv")
    (document,) = (path for path in HERE.glob(f"{name}.*") if path.suffix != ".tsv")
    return decode(document.read_bytes()).text


def test_every_family_is_there() -> None:
    families = Counter(name.split("_", 1)[0] for name in NAMES)
    assert {family: n for family, n in AT_LEAST.items() if families[family] < n} == {}
    assert len(NAMES) >= 36


def test_every_document_has_its_truth() -> None:
    documents = {p.stem for p in HERE.iterdir() if p.name[1:2] == "_" and p.suffix != ".tsv"}
    assert documents == set(NAMES)


@pytest.mark.parametrize("truth", TRUTHS, ids=NAMES)
def test_quotes_stand_at_their_place(truth: Path) -> None:
    text = text_of(truth)
    for row in rows_of(truth):
        start, raw = int(row["char_start"]), row["raw"].replace("\\n", "\n")
        assert raw
        assert text[start : start + len(raw)] == raw, row


@pytest.mark.parametrize("truth", TRUTHS, ids=NAMES)
def test_columns_hold_only_words_of_the_contract(truth: Path) -> None:
    allowed = {
        "plan": PLANS,
        "section": SECTIONS,
        "measure": MEASURES,
        "comparator": COMPARATORS,
        "status": STATUSES,
        "refuse": ("yes", "may"),
    }
    for row in rows_of(truth):
        for column, words in allowed.items():
            assert set(filter(None, row[column].split("|"))) <= set(words), (column, row)
        assert row["indicator"], row
        assert (row["refuse"] == "yes") == (row["status"] == ""), row
        assert (row["status"] == "reported") <= (row["value"] != ""), row
        assert (row["status"] == "qualitative") <= (row["text"] != ""), row


@pytest.mark.parametrize("truth", TRUTHS, ids=NAMES)
def test_no_figure_is_typed_twice(truth: Path) -> None:
    typed = [
        tuple(
            row[c] for c in ("char_start", "indicator", "breakdown", "fiscal_year", "value", "unit")
        )
        for row in rows_of(truth)
    ]
    assert [row for row, times in Counter(typed).items() if times > 1] == []
