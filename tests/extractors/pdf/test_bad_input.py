"""Broken, locked and hostile files: read in part and said so, or refused with what to do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keikaku.extractors.document import Document
from keikaku.extractors.pdf import BrokenPdf, EncryptedPdf, PdfError, PdfLimits, TooLarge, read_pdf
from keikaku.extractors.pdf.limits import Watch

from .conftest import FILES, document, grids, outline, rules_of


def read(data: bytes, password: str | None = None, limits: PdfLimits | None = None) -> Document:
    bounds = limits or PdfLimits()
    return read_pdf(data, name="x.pdf", document_id="x", password=password, limits=bounds)


def attempt(data: bytes) -> Document | PdfError:
    try:
        return read(data)
    except PdfError as refusal:
        return refusal


def data_of(name: str) -> bytes:
    return (FILES / f"{name}.pdf").read_bytes()


def test_an_encrypted_file_asks_for_its_password() -> None:
    with pytest.raises(EncryptedPdf, match="password") as caught:
        read(data_of("encrypted"))
    assert "--password" in caught.value.hint
    with pytest.raises(EncryptedPdf, match="does not open"):
        read(data_of("encrypted"), password="chigau")
    assert outline(read(data_of("encrypted"), password="himitsu").blocks) == ["秘密の実績"]


def test_a_picture_without_text_is_reported_page_by_page() -> None:
    scan = document("scan")
    assert [(notice.rule, notice.severity, notice.span.page) for notice in scan.notices] == [
        ("no_text_layer", "error", 1)
    ]
    assert outline(scan.blocks) == ["2ページ目には文字がある。"]
    assert scan.page_count == 2


def test_recognised_text_under_a_picture_is_read_with_a_doubt() -> None:
    assert rules_of("recognised") == ["recognised_text"]
    assert outline(document("recognised").blocks) == ["grid 3x3"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04 not a pdf", b"%PDF-1.4 cut"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenPdf) as caught:
        read(data)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "part", "first"),
    [
        ("joined", 0.95, "サービスの見込みと実績"),
        ("writer_pages", 0.963, "grid 3x2"),
        ("chromium_long", 0.99, "grid 40x3"),
        ("joined_packed", 0.95, "サービスの見込みと実績"),
    ],
)
def test_a_file_cut_off_is_read_as_far_as_it_goes(name: str, part: float, first: str) -> None:
    """The page tree and the cross references are gone, the pages are not."""
    whole = data_of(name)
    cut = read(whole[: int(len(whole) * part)])
    assert next(notice.rule for notice in cut.notices) == "truncated_file"
    assert outline(cut.blocks)[0] == first


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["joined", "nested", "scan", "writer_pages"]), st.floats(0.0, 0.999))
def test_any_cut_gives_a_document_that_says_so_or_a_clear_refusal(name: str, part: float) -> None:
    data = data_of(name)
    outcome = attempt(data[: int((len(data) - 7) * part)])
    assert outcome.hint if isinstance(outcome, PdfError) else outcome.notices


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_flipped_bytes_never_crash(data: st.DataObject) -> None:
    broken = bytearray(data_of("nested"))
    for place in data.draw(st.lists(st.integers(0, len(broken) - 1), max_size=8)):
        broken[place] ^= 0x15
    outcome = attempt(bytes(broken))
    assert outcome.hint if isinstance(outcome, PdfError) else outcome.page_count


@pytest.mark.parametrize(
    ("limits", "words"),
    [(PdfLimits(max_pages=1), "2 pages"), (PdfLimits(max_seconds=0.0), "seconds")],
)
def test_limits_of_the_whole_file(limits: PdfLimits, words: str) -> None:
    with pytest.raises(TooLarge, match=words) as caught:
        read(data_of("joined"), limits=limits)
    assert caught.value.hint


def test_a_file_of_ten_thousand_pages_is_refused_unread() -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 10_003))
    leaf = b"%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>\nendobj\n"
    pages = b"".join(leaf % number for number in range(3, 10_003))
    many = (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n"
        b"<< /Type /Pages /Kids [%s] /Count 10000 >>\nendobj\n%strailer\n<< /Root 1 0 R >>\n%%%%EOF\n"
        % (kids, pages)
    )
    before = time.process_time()
    with pytest.raises(TooLarge, match="10000 pages; the limit is 2000"):
        read(many)
    assert time.process_time() - before < 5
    with pytest.raises(TooLarge, match="seconds"):
        read(many, limits=PdfLimits(max_pages=20_000, max_seconds=0.1))


def test_limits_of_one_page_are_reported_and_the_rest_is_read() -> None:
    limited = read(data_of("joined"), limits=PdfLimits(max_characters=100))
    assert [notice.rule for notice in limited.notices] == ["page_too_large"]
    assert "事業11" in "".join(cell.text for cell in limited.blocks[0].cells)  # type: ignore[union-attr]
    fewer = read(data_of("joined"), limits=PdfLimits(max_objects=10))
    assert [notice.rule for notice in fewer.notices] == ["page_too_large"] * 2


def drawn(content: bytes) -> bytes:
    """A PDF of one page with this content; PDFium finds the objects without a table of them."""
    return (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9000 9000] /Contents 4 0 R"
        b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        b" >>\nendobj\n4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\n0\n%%%%EOF\n" % (len(content), content)
    )


def test_a_page_of_countless_rules_is_bounded() -> None:
    lines = b"".join(
        b"0 %d m 9000 %d l S %d 0 m %d 9000 l S " % (n, n, n, n) for n in range(0, 9000, 2)
    )
    bomb = read(drawn(lines + b"BT /F 10 Tf 100 100 Td (12) Tj ET"))
    assert [notice.rule for notice in bomb.notices] == ["page_too_large"]
    assert outline(bomb.blocks) == ["12"]


def test_forms_that_call_themselves_end() -> None:
    looped = drawn(b"/X Do BT /F 10 Tf 100 100 Td (12) Tj ET").replace(
        b"/Resources <<", b"/Resources << /XObject << /X 5 0 R >>"
    )
    form = b"5 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream\nendobj\ntrailer"
    assert outline(read(looped.replace(b"trailer", form)).blocks) == ["12"]


def test_when_time_is_short_no_other_reader_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "is_late", True)
    hasty = read(data_of("lying_rules"))
    assert [notice.rule for notice in hasty.notices] == ["second_reader_failed"]
    assert "75.5%" in " ".join(
        line.text for grid in grids(hasty.blocks) for line in grid.cells[-1].lines
    )


def test_good_files_have_no_notices() -> None:
    assert rules_of("nested") == []
    assert rules_of("chromium_form") == []
