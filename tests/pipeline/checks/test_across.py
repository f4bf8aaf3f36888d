"""Between documents: an edition that changed a figure, a term whose baseline is another figure.

The other document is the sample with the words of one place altered, as a city would republish it.
"""

from __future__ import annotations

from pathlib import Path

import keikaku
import pytest
from keikaku.pipeline.cli import build_app
from keikaku.pipeline.records import Finding
from keikaku.pipeline.store.rows import table_to_records
from typer.testing import CliRunner

ROOT = Path(__file__).parents[3]
SHEET = ROOT / "samples/131091_shinagawa/004_4cdc448c7186999f.txt"
NEXT_TERM = """品川区 第7期障害福祉計画 目標等管理シート

成果目標1 施設入所者の地域生活への移行

| 区分 | 基準値（{year}） | 目標値 |
|---|---|---|
| 施設入所者数 | {base} | 260人以下 |
"""


def ingested(folder: Path, **texts: str) -> Path:
    """An output folder over these documents of 品川区."""
    source = folder / "sources"
    source.mkdir()
    for name, text in texts.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    arguments = [
        "ingest",
        str(source),
        "--output",
        str(folder / "output"),
        "--municipality",
        "131091",
    ]
    result = CliRunner().invoke(build_app(), arguments)
    assert result.exit_code == 0, result.output
    return folder / "output"


def across(output: Path) -> tuple[Finding, ...]:
    return table_to_records(Finding, keikaku.open(output).across.arrow())


def test_an_edition_that_changed_a_figure(tmp_path: Path) -> None:
    text = SHEET.read_text(encoding="utf-8")
    assert text.count("277人") >= 1
    output = ingested(tmp_path, january=text, march=text.replace("277人", "279人", 1))
    (finding,) = across(output)
    assert (finding.rule, finding.severity) == ("value_changed_between_editions", "warning")
    assert {finding.expected, finding.found} == {"277人", "279人"}
    assert "「277人」" in finding.message
    assert "「279人」" in finding.message_ja
    result = CliRunner().invoke(build_app(), ["check", "--data", str(output)])
    assert "[value_changed_between_editions]" in result.stdout


def test_a_later_date_explains_a_change(tmp_path: Path) -> None:
    text = SHEET.read_text(encoding="utf-8")
    later = text.replace("277人", "279人", 1).replace(
        "令和５年度は 1月末時点", "令和５年度は 3月末時点"
    )
    assert later.count("3月末時点") > text.count("3月末時点")
    (finding,) = across(ingested(tmp_path, january=text, march=later))
    assert finding.severity == "info"
    assert (finding.expected, finding.found) == ("277人", "279人")


@pytest.mark.parametrize(
    ("year", "base", "severity"),
    [
        ("令和4年度末", "274人", None),
        ("令和4年度末", "270人", "error"),
        ("令和5年度末", "280人", "warning"),
    ],
)
def test_a_baseline_beside_the_term_before(
    year: str, base: str, severity: str | None, tmp_path: Path
) -> None:
    sixth = SHEET.read_text(encoding="utf-8")
    seventh = NEXT_TERM.format(year=year, base=base)
    found = across(ingested(tmp_path, sixth=sixth, seventh=seventh))
    assert [f.severity for f in found] == ([] if severity is None else [severity])
    for finding in found:
        assert finding.rule == "baseline_is_not_the_last_actual"
        assert f"「{base}」" in finding.message
        assert "sixth.md" in finding.message


def test_text_and_pdf_of_one_sheet_change_nothing(tmp_path: Path) -> None:
    text = SHEET.read_text(encoding="utf-8")
    assert across(ingested(tmp_path, one=text, other=text + "\n")) == ()
