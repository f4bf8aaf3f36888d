"""Bad input, as the shell sees it: a clear message, a documented exit code, nothing half-written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from keikaku.pipeline.cli import main

SAMPLE = next((Path(__file__).parents[1] / "samples").rglob("*.txt"))
SAMPLE_PDF = next((Path(__file__).parents[1] / "samples").rglob("*.pdf"))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int | str | None
    output: str
    errors: str


Keikaku = Callable[..., Ended]


@pytest.fixture
def keikaku(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Keikaku:
    """The command line, called in `folder`; in this process, since starting one takes its time."""

    def run(*arguments: str) -> Ended:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["keikaku", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Ended(ended.value.code, shown.out, shown.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "empty folder").mkdir()
    (tmp_path / "a file").touch()
    (tmp_path / "sheet.txt").write_bytes(SAMPLE.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ingest", "no/such/path"), "no/such/path"),
        (("ingest", "empty folder"), "holds no document"),
        (("ingest", "sheet.txt", "--municipality", "132070"), "132070"),
        (("ingest", "sheet.txt", "--municipality", "akishima"), "akishima"),
        (("show", "sheet.txt", "--municipality", "132070"), "132070"),
        (("ingest", "sheet.txt", "--format", "xlsx"), "xlsx"),
        (("ingest", "sheet.txt", "--output", "a file"), "cannot be written"),
        (("ingest", "sheet.txt", "--output", "a file/below"), "cannot be written"),
        (("show", "no/such/path"), "no/such/path"),
        (("show", "empty folder"), "empty folder"),
        (("show", "sheet.txt", "--evidence", "crops"), "is no PDF"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_writes_nothing(
    keikaku: Keikaku, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(folder.rglob("*"))
    result = keikaku(*arguments)
    assert result.code == 2, result.errors
    assert said in result.errors
    assert "\n  next: " in result.errors
    assert sorted(folder.rglob("*")) == before


PDF_SHAPES = Path(__file__).parent / "extractors" / "pdf" / "files"
UNREADABLE = {
    "scan.pdf": ((PDF_SHAPES / "scan.pdf").read_bytes(), "no_text_layer"),
    "locked.pdf": ((PDF_SHAPES / "encrypted.pdf").read_bytes(), "encrypted"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (" \n\t\n　\n".encode(), "empty"),
    "rubbish.txt": (b"\x00\x01\x02\xff" * 500, "unknown_encoding"),
    "latin.txt": ("Données à caractère général, élevé".encode("latin-1"), "unknown_encoding"),
    "cut.txt": (SAMPLE.read_bytes()[:5000] + b"\xe5", "unknown_encoding"),
    "cut.pdf": (SAMPLE_PDF.read_bytes()[:5000], "damaged"),
    "letter.txt": ("本日は晴天です。\n明日は雨でしょう。\n".encode(), "no_sheet"),
}


def test_unreadable_documents_are_quarantined_beside_a_good_one(
    keikaku: Keikaku, folder: Path
) -> None:
    for name, (data, _) in UNREADABLE.items():
        (folder / name).write_bytes(data)
    names = ["sheet.txt", *UNREADABLE]
    result = keikaku("ingest", *names, "--output", "tables")
    assert result.code == 1, result.errors
    rows = pl.read_parquet(folder / "tables" / "documents").rows_by_key("source_name", named=True)
    assert rows["sheet.txt"][0]["status"] == "ingested"
    found = {name: rows[name][0]["error_class"] for name in UNREADABLE}
    assert found == {name: error_class for name, (_, error_class) in UNREADABLE.items()}
    messages = [rows[name][0]["error_message"] for name in UNREADABLE]
    assert all(messages)


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_document_is_shown_as_an_error(
    keikaku: Keikaku, folder: Path, name: str
) -> None:
    (folder / name).write_bytes(UNREADABLE[name][0])
    result = keikaku("show", name)
    assert result.code == 1
    assert name in result.errors
    assert "\n  next: " in result.errors


def test_a_scan_is_told_page_by_page(keikaku: Keikaku, folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(UNREADABLE["scan.pdf"][0])
    result = keikaku("show", "scan.pdf")
    assert "of 2 page(s) these are pictures without text: 1" in result.errors


def test_a_password_opens_a_locked_sheet(keikaku: Keikaku, folder: Path) -> None:
    (folder / "sheet.pdf").write_bytes((PDF_SHAPES / "locked_sheet.pdf").read_bytes())
    without = keikaku("show", "sheet.pdf")
    assert without.code == 1
    assert "asks for a password.\n  next: Give it with --password." in without.errors
    assert "does not open" in keikaku("show", "sheet.pdf", "--password", "chigau").errors
    crops = keikaku("show", "sheet.pdf", "--password", "himitsu", "--evidence", "crops")
    assert crops.code == 0
    assert len(list((folder / "crops").glob("*.png"))) == 2
    done = keikaku("ingest", "sheet.pdf", "--password", "himitsu", "--output", "tables")
    assert done.code == 0, done.errors
    rows = pl.read_parquet(folder / "tables" / "observations")
    assert rows["value"].to_list() == [2.0, 3.0]


def test_a_page_of_prose_in_one_cell_gives_no_figure(keikaku: Keikaku, folder: Path) -> None:
    (folder / "sheet.pdf").write_bytes((PDF_SHAPES / "page_of_prose.pdf").read_bytes())
    assert keikaku("ingest", "sheet.pdf", "--output", "tables").code == 0
    assert pl.read_parquet(folder / "tables" / "observations").is_empty()
    told = pl.read_parquet(folder / "tables" / "narratives")
    assert told["fiscal_year"].to_list() == [2021, 2021]
    assert [len(text) for text in told["text"]] == [40 * 43, 8 * 43]
