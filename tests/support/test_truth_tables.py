"""The comparison with truth sees every kind of difference."""

from __future__ import annotations

from pathlib import Path

import pytest
import truth

COLUMNS = ("goal_number", "indicator", "measure", "fiscal_year", "value", "raw")
HEAD = "\t".join(COLUMNS)
TYPED = f"""{HEAD}\tnote
1\t施設入所者数\ttarget\t2023\t271\t271人を 超えない\t
1\t施設入所者数\tactual\t2021\t269\t269人\tpage 1
1\t施設入所者数\tactual\t2022\t\t—\t
"""
PAGE = (
    ("1", "施設入所者数", "target", "2023", "271.0", "271人を超えない"),
    ("1", "施設入所者数", "actual", "2021", "269.0", "269人"),
    ("1", "施設入所者数", "actual", "2022", "", "—"),
)


@pytest.fixture
def table(tmp_path: Path) -> truth.TruthTable:
    path = tmp_path / "a.observations.tsv"
    path.write_text(TYPED, encoding="utf-8")
    return truth.read_table(path, COLUMNS)


def with_cell(row: int, cell: int, value: str) -> list[truth.Row]:
    rows = [list(cells) for cells in PAGE]
    rows[row][cell] = value
    return [tuple(cells) for cells in rows]


def test_equal_rows_have_no_difference(table: truth.TruthTable) -> None:
    assert table.rows == PAGE
    assert truth.differences(table, PAGE) == ""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (PAGE[:2], "missed: 1 | 施設入所者数 | actual | 2022 | —"),
        ((*PAGE, ("2", "別", "actual", "2021", "1.0", "1")), "too much: 2 | 別"),
        (with_cell(1, 4, "296.0"), "value: page '269.0', program '296.0'"),
        (with_cell(2, 4, "0.0"), "value: page '', program '0.0'"),
        (with_cell(0, 3, "2022"), "fiscal_year: page '2023', program '2022'"),
        ((PAGE[1], PAGE[0], PAGE[2]), "out of order: 1 | 施設入所者数 | actual"),
        ((PAGE[0], PAGE[0], *PAGE[1:]), "too much: 1 | 施設入所者数 | target"),
    ],
    ids=["missed", "invented", "wrong", "dash as 0", "shifted", "out of order", "twice"],
)
def test_each_kind_of_difference_is_told(
    table: truth.TruthTable, rows: tuple[truth.Row, ...], said: str
) -> None:
    assert said in truth.differences(table, rows)


def test_the_pdf_edition_is_the_text_edition_with_its_changes(
    table: truth.TruthTable, tmp_path: Path
) -> None:
    changes = tmp_path / "a.pdf-only.observations.tsv"
    changes.write_text(
        f"change\t{HEAD}\n"
        "changed\t1\t施設入所者数\tactual\t2022\t274\t274人\n"
        "removed\t1\t施設入所者数\tactual\t2021\t269\t269人\n"
        "added\t1\t施設入所者数\tactual\t2023\t277\t277人\n",
        encoding="utf-8",
    )
    edition = truth.read_edition(table, changes)
    assert [row[3:5] for row in edition.rows] == [
        ("2023", "271.0"),
        ("2022", "274.0"),
        ("2023", "277.0"),
    ]


def test_a_change_that_changes_nothing_typed_is_an_error(
    table: truth.TruthTable, tmp_path: Path
) -> None:
    changes = tmp_path / "a.pdf-only.observations.tsv"
    row = "changed\t9\t施設入所者数\tactual\t2022\t274\t274人"
    changes.write_text(f"change\t{HEAD}\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="0 rows of the text edition"):
        truth.read_edition(table, changes)


def test_a_ragged_line_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.observations.tsv"
    path.write_text(f"{HEAD}\n1\t施設入所者数\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lines \[2\]"):
        truth.read_table(path, COLUMNS)
