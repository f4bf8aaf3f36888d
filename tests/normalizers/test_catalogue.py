"""Row labels as printed in the two samples and in other cities' sheets, and what they are."""

import pytest
from keikaku.normalizers.catalogue import (
    all_indicators,
    indicator_by_id,
    named_by_label,
    rules_by_label,
    unit_family,
)
from keikaku.normalizers.goals import all_goals
from keikaku.normalizers.indicators import find_indicator
from keikaku.normalizers.national import all_national_values, all_plan_terms
from keikaku.normalizers.registry import fold_label

F, M, B = "facility_to_community", "mental_health_community_care", "community_living_support"
E, C, K = "employment_transition", "child_support_system", "consultation_support"
Q, V = "service_quality", "service_volume"
REDUCTION = "施設入所者の削減見込者数"
SETTLEMENT = "就労移行支援事業により一般就労に移行する者のうち、就労定着支援事業の利用者数"


def find(label: str, goal: str | None, unit: str | None, **place: object) -> str | None:
    child = goal == C
    at = {
        "plan": "child_disability_welfare" if child else "disability_welfare",
        "plan_term": 2 if child else 6,
        "measure": "actual",
        "section": "actual",
        "item": None,
        "breakdown": None,
    }
    return find_indicator(label, goal_id=goal, unit=unit, **{**at, **place}).indicator_id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "goal", "unit", "indicator_id"),
    [
        ("①地域生活移行者数(累計値)", F, "人", "community_transition_persons"),
        ("地域生活移行者数", F, "%", "community_transition_rate"),
        ("令和元年度末の施設入所者のうち、地域生活への移行者数", F, "人", "community_transition_persons"),
        ("② 施設入所者数", F, "人", "facility_residents"),
        ("就労移行支援の利用者数", F, "人", "employment_transition_support_users"),
        ("共同生活援助（グループホーム）の利用者数", F, "人", "group_home_users"),
        ("施設入所支援の利用者数 ※施設入所者数の削減", F, "人", "facility_admission_support_users"),
        ("共同生活援助", F, "人/月", "group_home_users"),
        ("共同生活援助", M, "人/月", "mental_group_home_users"),
        ("地域定着支援", M, "人/月", "mental_community_settlement_support_users"),
        ("保健、医療及び福祉関係者による協議の場の開催回数", M, "回", "mental_council_meetings"),
        ("協議の場への参加人数", M, "人/回", "mental_council_participants"),
        ("地域生活支援拠点等の整備", B, None, "community_support_base_status"),
        ("地域生活支援拠点等の整備", B, "か所", "community_support_base_count"),
        ("地域生活支援拠点等設置数（※１）", B, "か所", "community_support_base_count"),
        ("運用状況の検証・検討の実施回数", B, "回", "community_support_base_reviews"),
        ("年間一般就労する人数", E, "人", "employment_transitions"),
        ("年間一般就労移行者数", E, "倍", "employment_transitions_ratio"),
        ("就労継続支援Ｂ型利用者数", E, "倍", "employment_transitions_ratio_b_type"),
        ("就労継続支援Ｂ型利用者数", E, "人", "employment_transitions_from_b_type"),
        ("就労定着支援事業の利用者数", E, "%", "settlement_support_use_rate"),
        ("就労定着支援事業の利用者数", E, "人/月", "employment_settlement_support_users"),
        (SETTLEMENT, E, "%", "settlement_support_use_rate"),
        ("就労定着率 80％以上の事業所の割合", E, "%", "retention80_provider_share"),
        ("児童発達支援", C, "か所", "severe_child_dev_support_providers"),
        ("児童発達支援", C, "人/月", "child_development_support_users"),
        ("保育所等訪問支援", C, "人/月", "nursery_visit_support_users"),
        ("保育所等訪問支援", C, "日/月", "nursery_visit_support_visits"),
        ("コーディネーターの配置", C, "人", "medical_care_child_coordinators"),
        ("コーディネーターの配置", B, "人", "community_support_base_coordinators"),
        ("研修参加人数", Q, "人", "training_participants_staff"),
        ("居宅介護", V, "時間/月", "home_care_hours"),
        ("居宅介護", V, "人/月", "home_care_users"),
        ("生活介護", V, "人日/月", "daily_life_care_days"),
        ("施設入所者の地域生活への移行者数", F, "人", "community_transition_persons"),
        ("就労継続支援(A型)の利用者数", E, "人", "employment_a_type_users"),
        ("移動支援事業", V, "時間/月", "mobility_support_hours"),
        ("移動支援事業", V, "人/月", "mobility_support_users"),
        ("就労定着率が7割以上となる就労定着支援事業所の割合", E, "%", "retention70_provider_share"),
        ("児童発達支援センターの利用者数", C, "人", None),
        ("福祉", K, "人", None),
        ("移行者数", K, "人", None),
        ("保健", None, "人", None),
        ("コーディネーターの配置", None, "人", None),
        ("協議の場の設置", None, None, None),
        ("児童発達支援", C, None, None),
        ("利用者数", F, "人", None),
        ("移行率", F, "人", None),
        ("地域生活移行者数", F, "時間/月", None),
        ("健康診査の受診者数", F, "人", None),
    ],
)  # fmt: skip
def test_label(label: str, goal: str | None, unit: str | None, indicator_id: str | None) -> None:
    assert find(label, goal, unit) == indicator_id


@pytest.mark.parametrize(
    ("place", "indicator_id"),
    [
        ({"measure": "baseline"}, "facility_residents_reduction"),
        ({"measure": "target", "comparator": "eq"}, "facility_residents_reduction"),
        ({"measure": "target", "comparator": "le"}, "facility_residents_reduction"),
        ({"measure": "actual", "series": "入所者数"}, "facility_residents"),
        ({"measure": "gap", "series": "比 較"}, "facility_residents_reduction"),
    ],
)
def test_one_row_that_holds_residents_and_a_reduction(
    place: dict[str, str], indicator_id: str
) -> None:
    """昭島市: 入所者数 74人 are residents by their own name; the rest goes by the row's."""
    assert find(REDUCTION, F, "人", **place) == indicator_id


@pytest.mark.parametrize(
    ("label", "goal", "unit", "breakdown", "indicator_id"),
    [
        ("協議の場への参加者数", M, "人", "医療：精神科", "mental_council_participants_medical_psychiatry"),
        ("一般就労移行者数", E, "人", "就労移行支援事業所からの移行", "employment_transitions_from_transition_support"),
        ("重症心身障害児の支援体制の整備", C, "か所", "放デイ", "severe_after_school_providers"),
        ("重症心身障害児の支援体制の整備", C, "か所", "児 発", "severe_child_dev_support_providers"),
        ("共同生活援助", F, "人/月", "精神障害者", "mental_group_home_users"),
        ("共同生活援助", F, "人/月", "うち重度障がい者", "group_home_severe_users"),
        ("一般就労移行者数", E, "人", "うち、A型", "employment_transitions_from_a_type"),
        ("一般就労移行者数", E, "人", "就労継続支援A型", "employment_transitions_from_a_type"),
        ("一般就労移行者数", E, "倍", "就労移行支援", "employment_transitions_ratio_transition_support"),
        ("日中活動系サービス", V, "人/月", "就労継続支援A型", "employment_a_type_users"),
        ("一般就労移行者数", E, "倍", "うち就労移行支援", "employment_transitions_ratio_transition_support"),
        ("協議の場への参加者数", M, "人", "医療(精神科以外)", "mental_council_participants_medical_other"),
        ("短期入所", V, "人/月", "再掲:医療型", "short_stay_medical_users"),
        ("就労継続支援B型", F, "人/月", "精神障害者", None),
        ("共同生活援助", F, "人/月", "65歳以上", None),
    ],
)  # fmt: skip
def test_breakdown(
    label: str, goal: str, unit: str, breakdown: str, indicator_id: str | None
) -> None:
    assert find(label, goal, unit, breakdown=breakdown) == indicator_id


@pytest.mark.parametrize(
    ("series", "unit", "indicator_id"),
    [
        ("移行者数", "人", "employment_transitions_from_transition_support"),
        ("利用人数", "人", "settlement_support_new_users"),
        ("利用人数", None, "settlement_support_new_users"),
        ("利用率", "%", "settlement_support_use_rate"),
        ("実績値", "%", "settlement_support_use_rate"),
    ],
)
def test_series(series: str, unit: str | None, indicator_id: str) -> None:
    assert find(SETTLEMENT, E, unit, series=series) == indicator_id


def test_the_goal_number_and_other_goals_decide_nothing() -> None:
    match = find_indicator(
        "地域生活移行者数", goal_id=Q, plan=None, plan_term=6, unit="人", measure="actual",
        section="actual", item=None, breakdown=None,
    )  # fmt: skip
    assert (match.indicator_id, match.reason) == (None, "other_goal")


def test_registry_is_sound() -> None:
    goals = {goal.goal_id for goal in all_goals()}
    assert len(all_indicators()) == 189
    assert {indicator.goal for indicator in all_indicators()} <= goals
    assert len(all_plan_terms()) == 5
    for value in all_national_values():
        assert value.goal in goals
        assert indicator_by_id(value.indicator_id).plan == value.plan


def test_an_alias_of_several_indicators_has_rules_by_label() -> None:
    """What rules do not settle, the unit or the part of a whole must."""
    for label, ids in named_by_label().items():
        if len(ids) > 1 and label not in rules_by_label():
            families = {unit_family(indicator_by_id(i).unit) for i in ids}
            by_part = "精神障害" in label or "重度" in label or "強度行動" in label
            assert by_part or len(families) == len(ids), (label, ids)


def test_verified_flags_are_kept() -> None:
    assert not indicator_by_id("home_visit_child_development_visits").verified
    assert indicator_by_id("group_home_users").verified


def test_fold_label_is_stable() -> None:
    for indicator in all_indicators():
        for alias in indicator.aliases:
            assert fold_label(fold_label(alias)) == fold_label(alias)
