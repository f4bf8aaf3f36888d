"""Makes the PDFs of one shape each with reportlab: python reportlab_shapes.py

The tests read the files that are checked in under ../files; this script says how they were made.
The font is one of PDF's predefined Japanese fonts and is not embedded, so the files are small.
"""

from __future__ import annotations

import itertools
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FILES = Path(__file__).parent.parent / "files"
FONT = "HeiseiMin-W3"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Paper:
    """A canvas that counts from the top left, in points."""

    def __init__(
        self,
        name: str,
        size: tuple[float, float] = (400.0, 300.0),
        lock: StandardEncryption | None = None,
    ) -> None:
        self.height = size[1]
        path = str(FILES / f"{name}.pdf")
        self.canvas = Canvas(path, pagesize=size, invariant=1, encrypt=lock)
        self.canvas.setFont(FONT, 10)
        self.canvas.setLineWidth(0.5)

    def text(self, x: float, y: float, words: str, size: float = 10) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, words)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)

    def grid(self, xs: list[float], ys: list[float]) -> None:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    def cells(self, xs: list[float], ys: list[float], rows: list[list[str]]) -> None:
        self.grid(xs, ys)
        for top, row in zip(ys, rows, strict=False):
            for left, words in zip(xs, row, strict=False):
                if words:
                    self.text(left + 4, top + 14, words)

    def page(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(FONT, 10)
        self.canvas.setLineWidth(0.5)

    def save(self) -> None:
        self.canvas.save()


ACTUALS = [
    ["区分", "令和3年度", "令和4年度"],
    ["移行者数", "2人", "３人"],
    ["入所者数", "269人", "274人"],
]


def spans() -> None:
    """Merged cells: a head over two columns, a label over two rows."""
    p = Paper("spans")
    p.line(40, 40, 340, 40)
    p.line(140, 60, 340, 60)
    for y in (80, 100, 120):
        p.line(40 if y != 100 else 90, y, 340, y)
    for x in (40, 340):
        p.line(x, 40, x, 120)
    p.line(90, 80, 90, 120)
    p.line(140, 40, 140, 120)
    p.line(240, 60, 240, 120)
    for x, y, words in [
        (60, 64, "区分"), (220, 54, "第6期"), (180, 74, "R3"), (280, 74, "R4"),
        (44, 104, "移行者"), (94, 94, "目標値"), (94, 114, "実績値"),
        (180, 94, "―"), (280, 94, "4人"), (180, 114, "0人"), (280, 114, "▲4人"),
    ]:  # fmt: skip
        p.text(x, y, words)
    p.save()


def nested() -> None:
    """A table in a cell, with a caption before it and a note after it."""
    p = Paper("nested")
    p.grid([40, 100, 360], [40, 60, 200])
    p.text(44, 54, "成果目標")
    p.text(104, 54, "1 施設入所者の地域生活への移行")
    for y, label in zip((100, 112, 124, 136, 148), "計画↓実施", strict=True):
        p.text(60, y, label)
    p.text(104, 74, "【実績】")
    p.cells([110, 190, 270, 350], [80, 100, 120, 140], ACTUALS)
    p.text(104, 154, "※[ ]内は内数")
    p.text(104, 184, "【活動指標】")
    p.save()


def nested_close() -> None:
    """The inner table's rules end 2 points short of the outer ones on three sides."""
    p = Paper("nested_close")
    p.grid([40, 100, 360], [40, 60, 200])
    p.text(44, 54, "成果目標")
    p.text(44, 130, "実績")
    p.cells([102.5, 190, 270, 357.5], [62.5, 82, 102, 122], ACTUALS)
    p.text(104, 154, "注記")
    p.save()


def rectangles() -> None:
    """Rules as thin filled rectangles, one for each side of each cell, as browsers draw them."""
    p = Paper("rectangles")
    xs, ys = [40, 140, 240, 340], [40, 60, 80, 100]
    for top, bottom in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            p.bar(left, top, right - left, 0.75)
            p.bar(left, bottom - 0.1, right - left, 0.75)
            p.bar(left, top, 0.75, bottom - top)
            p.bar(right - 0.1, top, 0.75, bottom - top)
    for top, row in zip(ys, ACTUALS, strict=False):
        for left, words in zip(xs, row, strict=False):
            p.text(left + 4, top + 14, words)
    p.save()


def one_path() -> None:
    """All rules as the rectangles of one path, as some printer drivers do, inside a form."""
    p = Paper("one_path")
    p.canvas.beginForm("rules")
    path = p.canvas.beginPath()
    for y in (40, 60, 80, 100):
        path.rect(40, p.height - y, 300, 0.6)
    for x in (40, 140, 240, 340):
        path.rect(x, p.height - 100, 0.6, 60)
    p.canvas.drawPath(path, stroke=0, fill=1)
    p.canvas.endForm()
    p.canvas.doForm("rules")
    for top, row in zip((40, 60, 80), ACTUALS, strict=True):
        for left, words in zip((40, 140, 240), row, strict=True):
            p.text(left + 4, top + 14, words)
    p.save()


def dashed() -> None:
    """Rules of dashes, each dash a stroke of its own, and a double rule under the head."""
    p = Paper("dashed")
    for y in (40, 58.5, 60.5, 80, 100):
        for x in range(40, 340, 5):
            p.line(x, y, x + 3, y)
    for x in (40, 140, 240, 340):
        for y in range(40, 100, 5):
            p.line(x, y, x, y + 3)
    for top, row in zip((40, 60, 80), ACTUALS, strict=True):
        for left, words in zip((40, 140, 240), row, strict=True):
            p.text(left + 4, top + 14, words)
    p.save()


def diagonals() -> None:
    """Three ways of crossing a cell out: a stroke, a thin filled strip, one stroke over two."""
    p = Paper("diagonals")
    xs, ys = [40, 100, 200, 300], [40, 60, 110, 160]
    p.cells(
        xs, ys, [["区分", "評価", "改善"], ["令和4年度", "", "続ける。"], ["令和5年度", "", ""]]
    )
    p.line(100, 110, 200, 60)
    path = p.canvas.beginPath()
    path.moveTo(100, p.height - 160)
    path.lineTo(100.7, p.height - 160)
    path.lineTo(300, p.height - 110)
    path.lineTo(299.3, p.height - 110)
    path.close()
    p.canvas.drawPath(path, stroke=0, fill=1)
    p.save()


def fake_bold() -> None:
    """The same words printed twice and four times a hair apart."""
    p = Paper("fake_bold")
    p.cells([40, 160, 280], [40, 60, 80], [["", ""], ["11", "ーー"]])
    for shift in (0, 0.3):
        p.text(44 + shift, 54, "目標値110人")
    for dx, dy in ((0, 0), (0.25, 0), (0, 0.25), (0.25, 0.25)):
        p.text(164 + dx, 54 + dy, "事業所数")
    p.save()


def radicals() -> None:
    """A text layer of Kangxi and CJK radicals without /ActualText: given as printed."""
    p = Paper("radicals")
    p.cells([40, 200, 340], [40, 60], [["利⽤者数（⼈⼝）", "⻑期 ⺠間 12⼈"]])
    p.save()


def rotated(turn: int) -> None:
    """A landscape table on a page with /Rotate."""
    wide, high = landscape((300, 400))
    canvas = Canvas(str(FILES / f"rotate_{turn}.pdf"), pagesize=(wide, high), invariant=1)
    canvas.setPageRotation(turn)
    canvas.saveState()
    if turn == 90:
        canvas.translate(high, 0)
        canvas.rotate(90)
    else:
        canvas.translate(0, wide)
        canvas.rotate(-90)
    _upright_table(canvas, high)
    canvas.restoreState()
    canvas.save()


def sideways() -> None:
    """A table set sideways on an upright page: no /Rotate, every character turned."""
    canvas = Canvas(str(FILES / "sideways.pdf"), pagesize=(300, 400), invariant=1)
    canvas.translate(300, 0)
    canvas.rotate(90)
    _upright_table(canvas, 300)
    canvas.save()


def _upright_table(canvas: Canvas, height: float) -> None:
    paper = Paper.__new__(Paper)
    paper.canvas, paper.height = canvas, height
    canvas.setLineWidth(0.5)
    paper.text(40, 30, "実績")
    paper.cells([40, 140, 240, 340], [40, 60, 80, 100], ACTUALS)


def turned_label() -> None:
    """A label turned by a quarter beside an upright table."""
    p = Paper("turned_label")
    p.grid([40, 60, 160], [40, 120])
    p.text(64, 54, "上向きの名は左に")
    p.canvas.saveState()
    p.canvas.translate(54, p.height - 110)
    p.canvas.rotate(90)
    p.canvas.drawString(0, 0, "目標値")
    p.canvas.restoreState()
    p.save()


def columns() -> None:
    """A label in two columns, read down the right one first, beside a stacked label of one."""
    p = Paper("columns")
    p.grid([40, 80, 100, 200], [40, 140])
    for x, words in ((62, "主な活動指標"), (48, "サービス利用")):
        for n, character in enumerate(words):
            p.text(x, 56 + 13 * n, character)
    for n, character in enumerate("目標値"):
        p.text(85, 70 + 13 * n, character)
    p.text(104, 54, "12人")
    p.save()


def borderless() -> None:
    """A table that no rule shows."""
    p = Paper("borderless")
    p.text(40, 40, "サービスの利用者数は次のとおりである。")
    rows = [
        ["区分", "令和3年度", "令和4年度", "令和5年度"],
        ["就労移行支援", "149人", "169人", "191人"],
        ["就労定着支援", "54人", "56人", "1,058人"],
        ["共同生活援助", "208人", "―", "228人"],
    ]
    for y, row in zip((70, 88, 106, 124), rows, strict=True):
        for x, words in zip((40, 160, 230, 300), row, strict=True):
            p.text(x, y, words)
    p.text(40, 160, "以上のとおり利用は増えている。")
    p.save()


def lying_rules() -> None:
    """Only lying rules: over and under the head and at the foot (三線表), inside a ruled cell."""
    p = Paper("lying_rules")
    p.grid([30, 90, 380], [30, 200])
    p.text(40, 110, "実績")
    p.text(100, 48, "【実績】")
    for y in (56, 76, 136):
        p.line(110, y, 360, y)
    for y, row in zip((70, 90, 108, 126), [*ACTUALS, ["達成率", "50%", "75.5%"]], strict=True):
        for x, words in zip((114, 220, 300), row, strict=True):
            p.text(x, y, words)
    p.text(100, 160, "※各年度3月末時点")
    p.save()


def text_box() -> None:
    """A note in a text box over the top edge of an inner table, across its columns."""
    p = Paper("text_box")
    p.grid([40, 100, 360], [40, 200])
    p.text(50, 120, "内容")
    p.text(104, 56, "【活動指標】")
    p.cells([110, 190, 270, 350], [80, 100, 120, 140], ACTUALS)
    p.text(230, 82, "*各年度3月末時点、令和4年度は1月末", 7)
    p.save()


def overflow() -> None:
    """A long label runs over its cell's border into an empty cell, as Excel lets it."""
    p = Paper("overflow")
    p.cells(
        [40, 90, 160, 230],
        [40, 60, 80],
        [["名称", "", "人数"], ["就労継続支援A型事業所", "", "12人"]],
    )
    p.save()


def torn_figure() -> None:
    """A figure printed across a border: no reader can be sure whose it is."""
    p = Paper("torn_figure")
    p.cells([40, 90, 160, 230], [40, 60, 80], [["名称", "", "人数"], ["計画", "", "12人"]])
    p.text(81, 74, "2024年")
    p.save()


def open_corners() -> None:
    """Rules that stop 3 points short of each other at every corner."""
    p = Paper("open_corners")
    xs, ys = [40, 140, 240], [40, 60, 80]
    for y in ys:
        for left, right in itertools.pairwise(xs):
            p.line(left + 3, y, right - 3, y)
    for x in xs:
        for top, bottom in itertools.pairwise(ys):
            p.line(x, top + 3, x, bottom - 3)
    for top, row in zip(ys, [["区分", "人数"], ["移行者", "12人"]], strict=False):
        for left, words in zip(xs, row, strict=False):
            p.text(left + 8, top + 14, words)
    p.save()


def joined() -> None:
    """A table over two pages, its head printed again, a page number at each foot."""
    p = Paper("joined")
    xs = [40, 140, 240, 340]
    p.text(40, 30, "サービスの見込みと実績")
    first = [["区分", "見込量", "実績値"]] + [
        [f"事業{n}", f"{n}0人", f"{n}1人"] for n in range(1, 11)
    ]
    p.cells(xs, [40.0 + 20 * n for n in range(12)], first)
    p.text(195, 290, "1")
    p.page()
    second = [["区分", "見込量", "実績値"]] + [
        [f"事業{n}", f"{n}0人", f"{n}1人"] for n in range(11, 14)
    ]
    p.cells(xs, [40.0 + 20 * n for n in range(5)], second)
    p.text(195, 290, "2")
    p.save()


def split_row() -> None:
    """An evaluation box cut by the page end: the sentence goes on, the label is not repeated."""
    p = Paper("split_row")
    xs = [40, 120, 340]
    p.grid(xs, [40, 60, 260])
    p.text(44, 54, "区分")
    p.text(124, 54, "評価（C）")
    p.text(44, 150, "令和3年度")
    for n in range(13):
        p.text(
            124,
            76 + 14 * n,
            "地域生活への移行に向けて関係機関と連携し、"
            if n
            else "　目標を達成できなかった。引き続き、事業所と",
        )
    p.page()
    p.grid(xs, [40, 80, 120])
    p.text(124, 54, "取組を進めていく。")
    p.text(124, 68, "　また、体験の場を確保する。")
    p.text(44, 96, "令和4年度")
    p.text(124, 96, "目標を達成した。")
    p.save()


def two_forms() -> None:
    """Two forms of one shape on two full pages: never joined, for the second begins anew."""
    p = Paper("two_forms")
    xs = [40, 120, 340]
    for goal in ("1 移行", "2 支援体制"):
        p.cells(xs, [40, 60, 160, 260], [["成果目標", goal], ["目標値", "4人"], ["実績", "5人"]])
        p.page()
    p.save()


def split_label() -> None:
    """A label over two rows whose second row is on the next page."""
    p = Paper("split_label")
    xs = [40, 120, 200, 340]
    p.grid(xs, [40, 60, 240, 260])
    for y, row in ((54, ["区分", "", "R3"]), (150, ["共同生活援助", "上段", "1人"])):
        for x, words in zip(xs, row, strict=False):
            p.text(x + 4, y, words)
    for x, words in zip(xs, ["地域移行支援", "見込量", "27人"], strict=False):
        p.text(x + 4, 254, words)
    p.page()
    p.grid(xs, [40, 60, 80])
    for y, row in ((54, ["", "実績値", "30人"]), (74, ["自立生活援助", "見込量", "2人"])):
        for x, words in zip(xs, row, strict=False):
            p.text(x + 4, y, words)
    p.save()


def scan() -> None:
    """A page that is a picture, then a page with text."""
    from PIL import Image, ImageDraw

    image = Image.new("1", (200, 150), 1)
    ImageDraw.Draw(image).rectangle((20, 20, 180, 130), outline=0)
    p = Paper("scan")
    p.canvas.drawImage(ImageReader(image), 0, 0, 400, 300)
    p.page()
    p.text(40, 40, "2ページ目には文字がある。")
    p.save()


def recognised() -> None:
    """A scanned page with a text layer from recognition under its picture."""
    from PIL import Image

    p = Paper("recognised")
    p.cells([40, 140, 240, 340], [40, 60, 80, 100], ACTUALS)
    p.canvas.drawImage(ImageReader(Image.new("1", (200, 150), 1)), 0, 0, 400, 300)
    p.save()


def prose_only() -> None:
    """Zero tables: paragraphs of prose with an indent, a list, a page number."""
    p = Paper("prose_only", (A4[0] / 2, 300))
    lines = [
        "　地域生活への移行については、関係機関と連携",
        "して取組を進めており、令和３年度は２人が移行し",
        "た。",
        "　今後も支援を続ける。",
        "①相談支援の体制を整え、障害者の地域生活を支え",
        "　る。",
        "・研修を年1回以上行う。",
    ]
    for n, words in enumerate(lines):
        p.text(36, 40 + 15 * n, words)
    p.text(140, 285, "- 3 -")
    p.save()


def encrypted() -> None:
    """Opens with the password 'himitsu' only."""
    canvas = Canvas(
        str(FILES / "encrypted.pdf"),
        pagesize=(200, 100),
        encrypt=StandardEncryption("himitsu", ownerPassword="owner", strength=128),
        invariant=1,
    )
    canvas.setFont(FONT, 10)
    canvas.drawString(20, 60, "秘密の実績")
    canvas.save()


def locked_sheet() -> None:
    """A small sheet that opens with the password 'himitsu' only."""
    p = Paper(
        "locked_sheet", lock=StandardEncryption("himitsu", ownerPassword="owner", strength=128)
    )
    p.text(40, 40, "第6期障害福祉計画の実績")
    p.text(40, 60, "1　施設入所者の地域生活への移行")
    rows = [["区分", "令和3年度実績", "令和4年度実績"], ["地域生活移行者数", "2人", "3人"]]
    p.cells([40, 160, 260, 360], [80, 100, 120], rows)
    p.save()


def page_of_prose() -> None:
    """An evaluation that fills a page in one cell: two paragraphs with figures in them."""
    p = Paper("page_of_prose", A4)
    p.text(40, 30, "第6期障害福祉計画　成果目標1　施設入所者の地域生活への移行")
    p.grid([40, 90, 556], [40, 60, 800])
    p.text(44, 54, "区分")
    p.text(94, 54, "評価（C）")
    p.text(44, 76, "令和3年度")
    sentence = (
        "関係機関と連携して地域生活への移行を進め、研修を年１２回行い、延べ３４５人が参加した"
    )
    paragraphs = [f"　{'、'.join([sentence] * count)}。" for count in (40, 8)]
    lines = [
        line for words in paragraphs for line in textwrap.wrap(words, 46, drop_whitespace=False)
    ]
    for n, line in enumerate(lines):
        p.text(92, 76 + 15 * n, line)
    p.save()


SHAPES: list[Callable[[], None]] = [
    spans, nested, nested_close, rectangles, one_path, dashed, diagonals, fake_bold, radicals,
    sideways, turned_label, columns, borderless, lying_rules, text_box, overflow, torn_figure, open_corners, joined,
    split_row, two_forms, split_label, scan, recognised, prose_only, encrypted, locked_sheet,
    page_of_prose,
]  # fmt: skip

if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for shape in SHAPES:
        shape()
    rotated(90)
    rotated(270)
    # the same pages with their objects packed into object streams, as Word and Excel write them
    subprocess.run(
        ["qpdf", "--object-streams=generate", "--deterministic-id"]
        + [str(FILES / name) for name in ("joined.pdf", "joined_packed.pdf")],
        check=True,
    )
