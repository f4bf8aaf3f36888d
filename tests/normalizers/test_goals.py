"""Goal titles as municipalities print them."""

import pytest
from keikaku.normalizers.goals import all_goals, find_goal, goal_by_id


@pytest.mark.parametrize(
    ("title", "goal_id"),
    [
        ("1 施設入所者の地域生活への移行", "facility_to_community"),
        ("福祉施設の入所者の地域生活への移行", "facility_to_community"),
        ("施設入所者数の削減", "facility_to_community"),
        ("2 精神障害者が地域で安心して暮らせる支援体制（地域包括ケアシステム）の構築", "mental_health_community_care"),
        ("精神障がいにも対応した地域包括ケアシステムの構築", "mental_health_community_care"),
        ("入院中の精神障害者の地域生活への移行", "mental_health_community_care"),
        ("地域生活支援拠点等が有する機能の充実", "community_living_support"),
        ("３ 地域生活支援拠点等の整備", "community_living_support"),
        ("地域生活支援の充実", "community_living_support"),
        ("福祉施設から一般就労への移行等", "employment_transition"),
        ("福祉施設利用者の一般就労への移行", "employment_transition"),
        ("５ 障がい児支援の提供体制の整備等", "child_support_system"),
        ("障害のある子どもへの支援体制", "child_support_system"),
        ("相談支援体制の充実・強化等", "consultation_support"),
        ("障害福祉サービス等の質を向上させるための取り組みに係る体\n制の構築", "service_quality"),
        ("障害福祉サービスの質の向上", "service_quality"),
        ("地域生活支援事業の充実", "community_life_support_projects"),
        ("発達障害者等に対する支援", "developmental_disability_support"),
        ("第6期障害福祉計画における成果目標の評価等について", None),
        ("就労支援の強化", None),
        ("", None),
    ],
)  # fmt: skip
def test_title(title: str, goal_id: str | None) -> None:
    found = find_goal(title)
    assert (found.goal_id if found else None) == goal_id


def test_a_title_that_fits_two_goals_stays_unknown() -> None:
    assert find_goal("相談支援体制の充実及び一般就労への移行") is None


def test_the_plan_decides_between_goals_that_fit_equally() -> None:
    title = "医療的ケア児を含む相談支援体制の充実"
    assert find_goal(title) is None
    found = find_goal(title, "child_disability_welfare")
    assert found == goal_by_id("child_support_system")


def test_every_name_of_the_registry_finds_its_goal() -> None:
    for goal in all_goals():
        assert find_goal(goal.name_ja) == goal
