"""A rate, a grade and a dash are of the indicator of their row: invented pages."""

from __future__ import annotations

from keikaku.pipeline.journey import DocumentRecords, Source, read_document

_TITLE = "第７期架空市障害福祉計画　実績報告\n\n"


def _read(text: str) -> DocumentRecords:
    return read_document(Source("sheet.md", (_TITLE + text).encode()))


def _ids(records: DocumentRecords, measure: str) -> list[tuple[str, str | None]]:
    return [(o.raw, o.indicator_id) for o in records.observations if o.measure == measure]


def test_a_rate_is_of_the_figures_before_it() -> None:
    records = _read(
        "## 障害福祉サービスの実績\n\n"
        "| サービス | 単位 | 令和６年度見込量 | 令和６年度実績 | 達成率 |\n|---|---|---|---|---|\n"
        "| 居宅介護 | 人/月 | 240 | 233 | 97.1% |\n"
        "| 居宅介護 | 時間/月 | 3,360 | 3,184 | 94.8% |\n"
    )
    assert _ids(records, "gap") == [("97.1%", "home_care_users"), ("94.8%", "home_care_hours")]


def test_a_rate_makes_no_share_of_a_count() -> None:
    records = _read(
        "## 成果目標１　福祉施設の入所者の地域生活への移行\n\n"
        "| 項目 | 目標値 | 令和６年度実績 | 達成率 |\n|---|---|---|---|\n"
        "| 地域生活移行者数 | 13人 | 4人 | 30.8% |\n"
        "| 施設入所者の削減数 | 8人 | 2人 | 25.0% |\n"
    )
    assert _ids(records, "gap") == [
        ("30.8%", "community_transition_persons"),
        ("25.0%", "facility_residents_reduction"),
    ]


def test_a_dash_counts_what_its_row_counts() -> None:
    records = _read(
        "## 障害福祉サービスの実績\n\n"
        "| サービス | 単位 | 令和６年度実績 | 令和７年度実績 |\n|---|---|---|---|\n"
        "| 生活介護 | 人/月 | 58 | － |\n"
        "| 生活介護 | 人日/月 | 1,105 | － |\n"
    )
    assert [each for each in _ids(records, "actual") if each[0] == "－"] == [
        ("－", "daily_life_care_users"),
        ("－", "daily_life_care_days"),
    ]


def test_words_are_not_of_the_unit_beside_them() -> None:
    records = _read(
        "## 成果目標３　地域生活支援の充実\n\n"
        "| 項目 | 単位 | 目標値 | 令和６年度実績 |\n|---|---|---|---|\n"
        "| 地域生活支援拠点等の整備 | か所 | 1 | 検討 |\n"
    )
    assert _ids(records, "actual") == [("検討", "community_support_base_status")]


_GOAL_2 = "## 成果目標２　精神障害にも対応した地域包括ケアシステムの構築\n\n"
_HEADS = "| サービス | 令和６年度見込量 | 令和６年度実績 |\n|---|---|---|\n"


def test_services_under_the_goal_for_mental_disability() -> None:
    of_mental = _read(
        f"{_GOAL_2}### 活動指標\n\n{_HEADS}"
        "| 共同生活援助 | 182人 | 188人 |\n| 自立生活援助 | 2人 | 1人 |\n"
    )
    of_all = _read(
        f"{_GOAL_2}### 活動指標\n\n{_HEADS}"
        "| 共同生活援助 | 182人 | 188人 |\n| 施設入所支援 | 207人 | 209人 |\n| 生活介護 | 304人 | 311人 |\n"
    )
    assert {o.indicator_id for o in of_mental.observations} == {
        "mental_group_home_users",
        "mental_independent_living_assistance_users",
    }
    assert {o.indicator_id for o in of_all.observations} == {
        "group_home_users",
        "facility_admission_support_users",
        "daily_life_care_users",
    }


def test_the_term_that_a_paper_names_without_its_plan() -> None:
    text = (
        "障がい福祉サービスの利用状況\n\n第６期計画の計画値と実績値を比べました。\n\n"
        "| サービス | 令和２年度実績 | 令和３年度実績 |\n|---|---|---|\n"
        "| 居宅介護 | 40人 | 45人 |\n| 放課後等デイサービス | 60人 | 62人 |\n"
    )
    records = read_document(Source("sheet.md", text.encode()))
    assert {(o.fiscal_year, o.plan, o.plan_term) for o in records.observations} == {
        (2020, "disability_welfare", None),
        (2020, "child_disability_welfare", None),
        (2021, "disability_welfare", 6),
        (2021, "child_disability_welfare", 2),
    }
