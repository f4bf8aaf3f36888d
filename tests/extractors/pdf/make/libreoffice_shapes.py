"""Makes the PDFs that LibreOffice prints: python libreoffice_shapes.py (needs soffice, CJK fonts).

Calc stands for Excel: many narrow columns, merged ranges, double rules, text that runs over. Writer
stands for Word: rows that break over pages, heads that repeat.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

FILES = Path(__file__).parent.parent / "files"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.%s">"""

CALC_STYLES = """<office:automatic-styles>
<style:style style:name="narrow" style:family="table-column">
<style:table-column-properties style:column-width="0.55cm"/></style:style>
<style:style style:name="b" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/>
<style:text-properties style:font-name-asian="IPAGothic" fo:font-size="8pt" style:font-size-asian="8pt"/></style:style>
<style:style style:name="d" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:border-bottom="1.1pt double #000000" style:border-line-width-bottom="0.018cm 0.035cm 0.018cm"/>
<style:text-properties style:font-name-asian="IPAGothic" fo:font-size="8pt" style:font-size-asian="8pt"/></style:style>
<style:style style:name="n" style:family="table-cell">
<style:text-properties style:font-name-asian="IPAGothic" fo:font-size="8pt" style:font-size-asian="8pt"/></style:style>
</office:automatic-styles>"""

CALC_ROWS = [
    ("n", [("第6期計画 管理シート", 20)]),
    ("d", [("区分", 6), ("単位", 2), ("令和3年度", 6), ("令和4年度", 6)]),
    ("b", [("就労移行支援", 6), ("人/月", 2), ("149", 3), ("122", 3), ("169", 3), ("128", 3)]),
    ("b", [("就労定着支援", 6), ("人/月", 2), ("54", 3), ("1,055", 3), ("56", 3), ("―", 3)]),
]


def calc_row(style: str, cells: list[tuple[str, int]]) -> str:
    """One row of merged narrow columns."""
    return (
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:style-name="{style}" office:value-type="string"'
            f' table:number-columns-spanned="{span}"><text:p>{words}</text:p></table:table-cell>'
            + (
                f'<table:covered-table-cell table:style-name="{style}" table:number-columns-repeated="{span - 1}"/>'
                if span > 1
                else ""
            )
            for words, span in cells
        )
        + "</table:table-row>"
    )


def calc() -> str:
    """A sheet of 20 narrow columns (方眼紙)."""
    rows = "".join(calc_row(style, cells) for style, cells in CALC_ROWS)
    return (
        HEAD % "spreadsheet" + CALC_STYLES + '<office:body><office:spreadsheet><table:table table:name="S">'
        '<table:table-column table:style-name="narrow" table:number-columns-repeated="20"/>'
        + rows + "</table:table></office:spreadsheet></office:body></office:document>"
    )  # fmt: skip


WRITER_STYLES = """<office:automatic-styles>
<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="10cm" fo:page-height="9cm" fo:margin="1cm"/></style:page-layout>
<style:style style:name="c" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.05cm"/></style:style>
<style:style style:name="t" style:family="paragraph"><style:text-properties style:font-name-asian="IPAMincho" fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
<style:style style:name="w1" style:family="table-column"><style:table-column-properties style:column-width="2cm"/></style:style>
<style:style style:name="w2" style:family="table-column"><style:table-column-properties style:column-width="6cm"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="p"/></office:master-styles>"""

SENTENCE = (
    "　地域生活への移行に向けて関係機関と連携し、移行の希望がある人の把握と体験の場の確保に努めた。"
)


def writer_cell(words: list[str]) -> str:
    """A cell of paragraphs."""
    body = "".join(f'<text:p text:style-name="t">{each}</text:p>' for each in words)
    return f'<table:table-cell table:style-name="c" office:value-type="string">{body}</table:table-cell>'


def writer() -> str:
    """A table whose head repeats and whose evaluation row breaks over the page end."""

    def row(*cells: list[str]) -> str:
        return "<table:table-row>" + "".join(map(writer_cell, cells)) + "</table:table-row>"

    head = (
        "<table:table-header-rows>"
        + row(["区分"], ["評価（C）および改善（A）"])
        + "</table:table-header-rows>"
    )
    body = (
        row(["令和3年度"], [SENTENCE] * 2)
        + row(["令和4年度"], [SENTENCE + "令和5年度も続ける。"] * 3)
        + row(["令和5年度"], ["①研修を7回行った。"])
    )
    return (
        HEAD % "text" + WRITER_STYLES + '<office:body><office:text><table:table table:name="T">'
        '<table:table-column table:style-name="w1"/><table:table-column table:style-name="w2"/>'
        + head + body + "</table:table></office:text></office:body></office:document>"
    )  # fmt: skip


def convert(name: str, kind: str, source: str) -> None:
    """Flat ODF to files/name.pdf."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{kind}"
        path.write_text(source, encoding="utf-8")
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(FILES), str(path)],
            check=True,
        )


if __name__ == "__main__":
    convert("calc_narrow", "fods", calc())
    convert("writer_pages", "fodt", writer())
