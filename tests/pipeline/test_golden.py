"""The golden form: readable, and blind to nothing."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from keikaku.pipeline import golden
from keikaku.pipeline.columns import columns_of
from keikaku.pipeline.dataset import DocumentRecords
from made_records import DOCUMENT, FINDING, NARRATIVE, OBSERVATION, RECORDS

EXPECTED = """
@100-106#ing-0001 ! warning short_row | expected=7 | found=6 | "共同生活援助"
    Row 「共同生活援助」 is one cell short.
    「共同生活援助」の行は1セル足りない。
    about @120-129#ion-0001 @200-212#ive-0001

== disability_welfare 6 · 成果目標 1 施設入所者の地域生活への移行 (residential_to_community)
-- activity · –
@120-129#ion-0001 共同生活援助 › 精神障害者 | actual 2021 | 94 人/月 | "246 \\n[94]"
-- evaluation · –
@200-212#ive-0001 evaluation 2021 (1) | "①利用者は\\n増加した。"
    = 利用者は増加した。
"""

OTHER = {
    "string": "他の値",
    "int": 7,
    "double": 7.5,
    "bool": True,
    "date": datetime.date(2024, 3, 31),
    "list<string>": ("other",),
    "list<double>": (1.0, 2.0, 3.0, 4.0),
}


def test_the_form() -> None:
    text = golden.golden_text(RECORDS)
    head, _, rows = text.partition("status=ingested\n")
    assert head.startswith("# sheet.txt\ndocument_id=0000")
    assert "\n" + rows == EXPECTED


def test_page_order_is_over_all_tables() -> None:
    late = dataclasses.replace(OBSERVATION, char_start=900, char_end=901, observation_id="late")
    text = golden.golden_text(dataclasses.replace(RECORDS, observations=(late, OBSERVATION)))
    assert text.index("@120-129") < text.index("@200-212") < text.index("@900-901")


def replaced(table: str, row: object, name: str, kind: str) -> DocumentRecords:
    """The records with one column of one row changed; keys that refer to it follow."""
    changed = dataclasses.replace(row, **{name: OTHER[kind]})  # type: ignore[type-var]
    records = dataclasses.replace(
        RECORDS, **{table: changed if table == "document" else (changed,)}
    )
    if name in ("observation_id", "narrative_id"):
        finding = dataclasses.replace(FINDING, observation_ids=(), narrative_ids=())
        records = dataclasses.replace(records, findings=(finding,))
    if name in ("observation_ids", "narrative_ids"):
        finding = dataclasses.replace(FINDING, **{name: ()})
        records = dataclasses.replace(records, findings=(finding,))
    return records


COLUMNS = [
    (table, row, name, declared.kind)
    for table, row in (
        ("document", DOCUMENT),
        ("observations", OBSERVATION),
        ("narratives", NARRATIVE),
        ("findings", FINDING),
    )
    for name, declared in columns_of(type(row)).items()
]


@pytest.mark.parametrize(
    ("table", "row", "name", "kind"), COLUMNS, ids=[f"{t}.{n}" for t, _, n, _ in COLUMNS]
)
def test_no_changed_column_can_hide(table: str, row: object, name: str, kind: str) -> None:
    changed = replaced(table, row, name, kind)
    if name in golden.OMITTED:
        assert golden.golden_text(changed) == golden.golden_text(RECORDS)
    elif name in golden.INHERITED:
        with pytest.raises(golden.ForeignRow):
            golden.golden_text(changed)
    else:
        assert golden.golden_text(changed) != golden.golden_text(RECORDS)


def test_minus_is_the_golden_and_plus_the_program(tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt.golden"
    path.write_text("269 人\n", encoding="utf-8")
    (comparison,) = golden.compare({path: "296 人\n"}, tmp_path)
    assert not comparison.is_equal
    assert "-269 人\n+296 人\n" in comparison.diff()


def test_a_missing_golden_and_an_orphan_both_differ(tmp_path: Path) -> None:
    orphan = tmp_path / "gone.txt.golden"
    orphan.write_text("x\n", encoding="utf-8")
    missing = tmp_path / "new.txt.golden"
    comparisons = golden.compare({missing: "y\n"}, tmp_path)
    assert [c.is_equal for c in comparisons] == [False, False]
    assert "no document" in comparisons[0].diff()
    assert "no golden" in comparisons[1].diff()
    golden.update(comparisons)
    assert not orphan.exists()
    assert missing.read_text(encoding="utf-8") == "y\n"
    assert all(c.is_equal for c in golden.compare({missing: "y\n"}, tmp_path))


def test_the_golden_lies_under_the_samples_folders() -> None:
    path = golden.golden_path(Path("samples/a/b.txt"), Path("samples"), Path("tests/golden"))
    assert path == Path("tests/golden/a/b.txt.golden")
