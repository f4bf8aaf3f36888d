"""Names and codes as sheets print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keikaku.normalizers.municipalities import (
    UnknownMunicipality,
    all_municipalities,
    by_code,
    check_digit,
    find_by_name,
    search_names,
)


def test_the_table_holds_every_municipality() -> None:
    kinds = [m.kind for m in all_municipalities()]
    assert len(kinds) == 1959
    assert kinds.count("prefecture") == 47
    assert sum(kind not in {"prefecture", "ward"} for kind in kinds) == 1741


@pytest.mark.parametrize(
    ("code", "name"),
    [("132071", "昭島市"), ("131091", "品川区"), ("１３２０７１", "昭島市"), ("01100", "札幌市")],
)
def test_code(code: str, name: str) -> None:
    assert by_code(code).name == name


@pytest.mark.parametrize("code", ["132072", "999999", "13207", "1320", "", "昭島市", "99999"])
def test_code_that_is_none(code: str) -> None:
    if code == "13207":
        assert by_code(code).code == "132071"
        return
    with pytest.raises(UnknownMunicipality):
        by_code(code)


@given(st.sampled_from(all_municipalities()), st.integers(0, 9))
def test_only_one_check_digit_is_right(municipality, digit) -> None:  # type: ignore[no-untyped-def]
    code = municipality.code[:5] + str(digit)
    if str(digit) == check_digit(code[:5]):
        assert by_code(code) == municipality
    else:
        with pytest.raises(UnknownMunicipality, match="check digit"):
            by_code(code)


@pytest.mark.parametrize(
    ("name", "prefecture", "codes"),
    [
        ("昭島市", None, ["132071"]),
        ("府中市", None, ["132063", "342084"]),
        ("府中市", "広島県", ["342084"]),
        ("東京都府中市", None, ["132063"]),
        ("虻田郡ニセコ町", None, ["013951"]),
        ("龍ヶ崎市", None, ["082082"]),
        ("竜ケ崎市", None, ["082082"]),
        ("檮原町", None, ["394050"]),
        ("大阪市西区", None, ["271063"]),
        ("品 川 区", None, ["131091"]),
        ("無い市", None, []),
        ("府中市", "北海道", []),
    ],
)
def test_find_by_name(name: str, prefecture: str | None, codes: list[str]) -> None:
    assert [m.code for m in find_by_name(name, prefecture)] == codes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("第 6期品川区障害福祉計画", ["品川区"]),
        ("第6期津市障害福祉計画", ["津市"]),
        ("昭島市における地域生活支援拠点等", ["昭島市"]),
        ("品 川 区", ["品川区"]),
        ("広島県府中市の計画", ["府中市"]),
        ("府中市", ["府中市", "府中市"]),
        ("札幌市中央区の計画", ["札幌市中央区"]),
        ("泉大津市", ["泉大津市"]),
        ("東京都が実施する研修", ["東京都"]),
        ("東京都昭島市", ["昭島市"]),
        ("北海道虻田郡ニセコ町", ["ニセコ町"]),
        ("ふれあいの町づくり", []),
        ("東品川区民集会所", []),
        ("大神町4丁目の市有地", []),
        ("市町村", []),
        ("西区", []),
        ("境町3丁目", []),
    ],
)
def test_search_names(text: str, names: list[str]) -> None:
    assert [m.municipality.name for m in search_names(text)] == names


def test_bare_ward_name_is_never_resolved() -> None:
    found = {m.municipality.prefecture for m in search_names("中央区障害福祉計画")}
    assert {"東京都", "北海道", "大阪府"} <= found


def test_a_mention_counts_and_points_at_the_first() -> None:
    text = "計画。昭島市と昭島市"
    (mention,) = search_names(text)
    assert (text[mention.start : mention.end], mention.count) == ("昭島市", 2)


@given(st.text(alphabet="東京都府中市品川区 0町村あ。", max_size=40))
def test_mentions_lie_in_the_text(text: str) -> None:
    for mention in search_names(text):
        printed = "".join(text[mention.start : mention.end].split())
        assert mention.municipality.name.endswith(printed)
        assert mention.count > 0
