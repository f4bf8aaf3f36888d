"""Makes the PDFs that Chromium prints: python chromium_shapes.py (needs chromium and CJK fonts).

Skia draws each rule as a rectangle, each character as an object of its own, and writes /ActualText
where a glyph is shared with a radical (月 and ⽉).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

FILES = Path(__file__).parent.parent / "files"
STYLE = """<style>@page{size:105mm 148mm;margin:10mm}body{font:8pt "Noto Serif CJK JP",serif;margin:0}
table{border-collapse:collapse;width:100%}td,th{border:.5pt solid #000;padding:1pt 2pt}
.outer{border:1.5pt solid #000}th{background:#eee;font-weight:normal}td.v{vertical-align:top}
.x{background:linear-gradient(to top right,transparent 49.5%,#000 49.5%,#000 50.5%,transparent 50.5%)}
</style>"""

FORM = """<table class=outer><tr><td colspan=2>成果目標<td>1 入所者の地域生活への移行
<tr><td rowspan=2 style="width:1.2em;text-align:center">計画<br>(P)<br>↓<br>実施<br>(D)<td>目標値<td class=v>
【令和5年度末までの目標】<br>①移行者数<table><tr><th>区分<th>目標値<th>考え方<tr><td>移行者数<td>4人<br>(5.6%)
<td>令和元年度末時点の入所者数(72人)のうち、4人が移行することを基本とする。</table>
<tr><td>主な<br>活動指標<td class=v>【活動指標等の一覧】<table><tr><th colspan=2>区分<th>令和3年度<th>令和4年度
<tr><td rowspan=2>入所者の月間の人数<td>見込量<td>120人<td>一<tr><td>実績値<td>141人<td>―</table></table>"""

LONG = (
    "<table><thead><tr><th>区分<th>見込量<th>実績値</thead>"
    + "".join(f"<tr><td>事業{n}<td>{n}0人<td>{n}1人" for n in range(1, 40))
    + "</table>"
)


def print_page(name: str, body: str) -> None:
    """One HTML page to files/name.pdf."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f"<!doctype html><meta charset=utf-8>{STYLE}{body}", encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer",
             f"--print-to-pdf={FILES / f'{name}.pdf'}", page.as_uri()],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    print_page("chromium_form", FORM)
    print_page("chromium_long", LONG)
