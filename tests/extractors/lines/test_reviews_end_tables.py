"""A line that opens the evaluation of a sheet is no row of the table over it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TABLE = """\
第７期架空町障害福祉計画　進捗管理シート

  成果目標      １　施設入所者の地域生活への移行

  サービス名          単位           令和６年度    令和７年度
  生活介護            人/月   計画           42            43
                              実績           41            40
  共同生活援助        人/月   計画           15            16
  （グループホーム）          実績           14            17

"""


@pytest.mark.parametrize(
    "review",
    [
        "Ｃ（評価）    達成状況      Ｃ（未達成）",
        "Ｃ：評価    達成状況    Ｂ",
        "Check（評価）   状況   Ａ",
    ],
)
def test_the_evaluation_ends_the_table(review: str) -> None:
    read = read_document(Source("a.txt", f"{TABLE}  {review}\n".encode())).observations
    assert [o.value for o in read if o.value is not None] == [42, 43, 41, 40, 15, 16, 14, 17]
    assert {o.indicator for o in read} >= {"生活介護", "共同生活援助(グループホーム)"}
