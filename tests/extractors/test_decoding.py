"""Files as offices save them, in every encoding we read, and rubbish that must be refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.extractors.decoding import Decoded, UndecodableText, decode, japanese_share

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.txt"))
SHEET = (
    "第６期障害福祉計画 PDCAサイクル管理シート\r\n"
    "成果目標 1 施設入所者の地域生活への移行\r\n"
    "区分\tR3年度\tR4年度\tR5年度\r\n"
    "施設入所者数\t２６９人\t274人\t277人\r\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_sheet_in_each_encoding(encoding: str) -> None:
    assert decode(SHEET.encode(encoding)) == Decoded(SHEET, encoding)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_byte_orders_of_utf16(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + SHEET.encode(encoding)) == Decoded(SHEET, "utf-16")


@pytest.mark.parametrize("encoding", ["cp932", "euc_jis_2004", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_the_samples_saved_in_other_encodings(sample: Path, encoding: str) -> None:
    """What the encoding cannot hold (¹ in CP932) is dropped, as a person's editor would ask to."""
    data = sample.read_bytes().decode("utf-8").encode(encoding, "ignore")
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == (encoding, data.decode(encoding))


@pytest.mark.parametrize(
    ("printed", "encoding"),
    [
        ("①地域生活移行者数　Ⅱ　㈱", "cp932"),
        ("①地域生活移行者数　Ⅱ　㈱", "euc_jis_2004"),
        ("▲４人　〔67〕　〜", "euc_jp"),
        ("見込", "cp932"),
        ("見込", "euc_jp"),
        ("ｻｰﾋﾞｽ利用実績（人／月）を計画の見込量と比べて評価する", "cp932"),
        ("ｻｰﾋﾞｽ利用実績（人／月）を計画の見込量と比べて評価する", "euc_jp"),
        ("R5,10\n", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_short_and_odd_texts(printed: str, encoding: str) -> None:
    assert decode(printed.encode(encoding)) == Decoded(printed, encoding)


def test_line_ends_and_form_feeds_stay() -> None:
    printed = "成果目標\r\n実績\r評価\n改善\f次頁\v"
    assert decode(printed.encode("cp932")).text == printed


def test_a_stray_control_character_is_no_binary_data() -> None:
    printed = "評価" * 1000 + "\x07" + "改善\x1b"
    assert decode((printed * 2).encode("utf-8")).text == printed * 2


REFUSED = {
    "NUL bytes": (b"abc\0def", "NUL byte at offset 3"),
    "UTF-16 without mark": ("成果目標 1".encode("utf-16-le"), "NUL byte"),
    "UTF-16 cut in a character": (b"\xff\xfe\x42\x30\x44", "byte order mark says utf-16"),
    "UTF-16 mark, then rubbish": (b"\xff\xfe" + bytes(range(1, 255)) * 4, "utf-16"),
    "a NUL in UTF-16": ("\ufeff計画\0計画".encode("utf-16-le"), "control characters"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 8, "no text in"),
    "Latin-1": ("Données à caractère général, élevé".encode("latin-1"), "no text in"),
    "half-width katakana only": (bytes(range(0xA6, 0xE0)) * 3, "no text in"),
    "control characters": (b"\x01\x02\x03 plan \x04", "4 of 10 characters"),
    "UTF-8 broken in the middle": (
        "令和５年度\n実績値".encode() + b"\xe5\xae" + "人".encode(),
        "UTF-8 text with a broken place: byte 0xe5 at offset 25 (line 2)",
    ),
    "UTF-8 cut at the end": (SHEET.encode()[:-3], "UTF-8 text with a broken place"),
    "CP932 broken": (SHEET.encode("cp932") + b"\x81\x20\xff", "no text in"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_rubbish_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UndecodableText) as refused:
        decode(data)
    assert reason in str(refused.value)


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_as_said_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UndecodableText:
        return
    assert data.decode(decoded.encoding) == decoded.text
    assert "\0" not in decoded.text


@given(
    st.text(
        alphabet="成果目標実績値見込量人月年度令和０１２ー・（）あいうのをはﾎﾑ 0123\n", min_size=12
    )
)
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_no_reading_in_a_wrong_encoding(encoding: str, text: str) -> None:
    """Told apart or refused, but never taken for the other one."""
    try:
        decoded = decode(text.encode(encoding))
    except UndecodableText:
        return
    assert decoded.text == text


def test_everyday_share_of_mojibake_is_low() -> None:
    mojibake = SHEET.encode("utf-8").decode("cp932", "ignore")
    assert japanese_share(mojibake) < 0.5 < 0.99 < japanese_share(SHEET)
