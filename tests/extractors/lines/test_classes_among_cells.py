"""Cells as lines: the cell of a class or of a goal runs into the first name below it."""

from __future__ import annotations

from keikaku.pipeline.journey import Source, read_document

SHEET = """\
第７期見本町障がい福祉計画　進捗管理シート（令和６年度実績）
１　成果目標
成果目標
項目
単位
基準値
（令和4年度末）
目標値
（令和8年度末）
実績
（令和6年度末）
評価
(1)福祉施設の入
所者の地域生活へ
の移行
施設入所者数
人
21
20
21
Ｃ
地域生活移行者数
人
－
2
1
Ｂ
２　活動指標（障がい福祉サービス等の見込量と実績）
サービス種別
単位
令和6年度
令和7年度
見込量
実績
見込量
実績
訪問系サービス
居宅介護
人／月
18
17
18
19
"""


def test_no_figure_bears_the_name_of_its_class_or_of_its_goal() -> None:
    read = read_document(Source("sheet.txt", SHEET.encode()))
    names = {(o.indicator, o.breakdown) for o in read.observations}
    assert names
    assert names <= {("施設入所者数", None), ("地域生活移行者数", None), ("居宅介護", None)}
