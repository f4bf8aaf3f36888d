"""Whose document it is: declared, or named with its prefecture; a name that several places have is
never resolved by guessing, and a finding says which places have it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Declaration, Source, read_document

SHEET = """{name} 第6期障害福祉計画 目標等管理シート

成果目標1 施設入所者の地域生活への移行

実績値

| 区分 | 令和3年度 |
|---|---|
| 施設入所者数 | 74人 |
"""


@pytest.mark.parametrize(
    ("name", "declared", "code", "candidates"),
    [
        ("府中市", None, None, ("東京都府中市 132063", "広島県府中市 342084")),
        ("伊達市", None, None, ("北海道伊達市 012335", "福島県伊達市 072133")),
        ("東京都府中市", None, "132063", ()),
        ("府中市", "342084", "342084", ()),
        ("昭島市", None, "132071", ()),
        ("", None, None, ()),
    ],
)
def test_a_shared_name(
    name: str, declared: str | None, code: str | None, candidates: tuple[str, ...]
) -> None:
    data = SHEET.format(name=name).encode()
    read = read_document(Source("sheet.md", data, Declaration(municipality_code=declared)))
    assert {o.municipality_code for o in read.observations} == {code}
    found = [f for f in read.findings if f.rule == "ambiguous_municipality"]
    assert len(found) == bool(candidates)
    assert all(candidate in found[0].message for candidate in candidates)
