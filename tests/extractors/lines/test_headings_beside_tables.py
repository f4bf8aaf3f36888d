"""A heading whose mark stands apart from its words, left of the names of the table above it, is no row of it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TABLE = """\
第３期架空町障がい福祉計画

第２節    障がい福祉サービスの見込量

     サービス名                        単位     平成 22 年度   平成 24 年度   平成 25 年度
                                                 （実績）       （見込み）     （見込み）
     生活介護                          人日        684            980            1,020
     施設入所支援                      人          31             47             46


"""


@pytest.mark.parametrize(
    "heading",
    [
        "第５章    障がい者計画の推進",
        "  ２    日中活動系サービス",
        " （２）  主な指標",
        "第３節   推進体制",
    ],
)
def test_a_heading_left_of_the_names_ends_the_table(heading: str) -> None:
    text = f"{TABLE}{heading}\n\n  １  主な指標\n\n     令和の見直しについて\n"
    read = read_document(Source("a.txt", text.encode())).observations
    assert [o.value for o in read] == [684, 980, 1020, 31, 47, 46]
