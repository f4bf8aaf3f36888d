"""Lines of figures under a name, one a measure, in an order that a sentence tells."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第6期架空市障害福祉計画　実績\n\n"
ORDER = "各サービスは、{lines}、令和4年度、令和5年度の順に「・」で区切っています。\n\n"
LINES = "上段に実績、下段に見込量を"


def read(text: str, lines: str = LINES):
    return read_document(Source("text.txt", (TITLE + ORDER.format(lines=lines) + text).encode()))


def said(text: str, lines: str = LINES) -> list[tuple[object, ...]]:
    found = read(text, lines).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value, o.unit) for o in found]


BLOCK = "短期入所（人／月）\n31　・　4\n6　・　－\n"


@pytest.mark.parametrize(
    ("lines", "first", "second"),
    [
        (LINES, "actual", "projected"),
        ("1行目に計画値、2行目に実績値を", "projected", "actual"),
        ("１行目に計画値、２行目に実績値を", "projected", "actual"),
        ("一行目は計画値、二行目は実績値で", "projected", "actual"),
    ],
)
def test_each_line_is_of_its_measure(lines: str, first: str, second: str) -> None:
    assert said(BLOCK, lines) == [
        ("短期入所", first, 2022, 31.0, "人/月"),
        ("短期入所", first, 2023, 4.0, "人/月"),
        ("短期入所", second, 2022, 6.0, "人/月"),
        ("短期入所", second, 2023, None, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "短期入所（人／月）\n31　・　4\n",
        "短期入所（人／月）\n31　・　4\n6　・　7\n8　・　9\n",
        "短期入所（人／月）\n31　・　4　・　5\n6　・　7　・　8\n",
        "短期入所（人／月）\n31　・　4\n\n6　・　7\n",
        "ここからは、上段が見込量、下段が実績です。\n" + BLOCK,
    ],
)
def test_a_block_that_is_not_as_told_is_left_unread(text: str) -> None:
    assert not said(text)
    assert "unread_figures" in {f.rule for f in read(text).findings}
