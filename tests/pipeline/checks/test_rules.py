"""Each rule beside figures and words as sheets print them: one page that contradicts itself, and
one that does not."""

from __future__ import annotations

import datetime

import pytest
from keikaku.pipeline.checks import RULES, check_document
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Finding, Narrative, Observation, SourceDocument

DOCUMENT = SourceDocument(
    document_id="d" * 64, source_name="sheet.txt", source_uri=None, media_type="text/plain",
    byte_size=1, page_count=None, municipality_code=None, municipality=None, prefecture=None,
    municipality_basis=None, title=None, plans=(), plan_terms=(), first_fiscal_year=None,
    last_fiscal_year=None, reported_through=None, extractor=None, software_version="0",
    schema_version="0", observation_count=0, narrative_count=0, finding_count=0, status="ingested",
    error_class=None, error_message=None,
)  # fmt: skip
EMPLOYMENT = {"goal_id": "employment_transition", "goal_number": 4}
RESIDENTS = {"goal_id": "facility_to_community", "goal_number": 1}
CHILDREN = {
    "goal_id": "child_support_system", "goal_number": 5, "plan": "child_disability_welfare",
    "plan_term": 2,
}  # fmt: skip
TRANSITIONS = {
    "indicator": "一般就労移行者数",
    "indicator_id": "employment_transitions",
    **EMPLOYMENT,
}
FROM_SUPPORT = {
    "indicator": "一般就労移行者数", "breakdown": "就労移行支援事業所からの移行",
    "indicator_id": "employment_transitions_from_transition_support", **EMPLOYMENT,
}  # fmt: skip
FROM_B = {
    "indicator": "一般就労移行者数", "breakdown": "就労継続支援B型事業所からの移行",
    "indicator_id": "employment_transitions_from_b_type", **EMPLOYMENT,
}  # fmt: skip
USE_RATE = {
    "indicator": "就労定着支援事業の利用割合", "indicator_id": "settlement_support_use_rate",
    "unit": "%", **EMPLOYMENT,
}  # fmt: skip
STOCK = {"indicator": "施設入所者数", "indicator_id": "facility_residents", **RESIDENTS}
VISITS = {
    "indicator": "保育所等訪問支援", "indicator_id": "nursery_visit_support_users",
    "section": "activity", "unit": "人/月", **CHILDREN,
}  # fmt: skip


def figure(value: float | None, **place: object) -> Observation:
    """One printed figure; what is not said is 実績値 of 令和4年度 in persons."""
    plain: dict[str, object] = {
        "observation_id": "", "document_id": DOCUMENT.document_id, "municipality_code": None,
        "municipality": None, "prefecture": None, "plan": "disability_welfare", "plan_term": 6,
        "goal_number": None, "goal_title": None, "goal_id": None, "section": "actual", "item": None,
        "indicator": "?", "indicator_id": None, "breakdown": None, "measure": "actual",
        "series": None, "fiscal_year": 2022, "as_of": None, "value": value, "unit": "人",
        "comparator": "eq" if value is not None else None,
        "status": "reported" if value is not None else "not_reported", "text": None,
        "aggregation": None, "provisional": False, "raw": None, "page": 1, "bbox": None,
        "char_start": None, "char_end": None, "certainty": "printed", "flags": (),
        "value_high": None,
    }  # fmt: skip
    row = plain | place
    row["raw"] = row["raw"] or f"{value}{row['unit']}"
    names = ("section", "item", "indicator", "breakdown", "measure", "series", "fiscal_year")
    row["observation_id"] = "/".join(str(row[name]) for name in (*names, "goal_number", "raw"))
    return Observation(**row)  # type: ignore[arg-type]


def prose(text: str, year: int = 2022, **place: object) -> Narrative:
    """One paragraph of an evaluation, of goal 1 unless said."""
    plain: dict[str, object] = {
        "narrative_id": f"{year}/{text[:20]}", "document_id": DOCUMENT.document_id,
        "municipality_code": None, "municipality": None, "prefecture": None,
        "plan": "disability_welfare", "plan_term": 6, "goal_title": None, "item": None,
        "fiscal_year": year, "section": "evaluation", "position": 1, "text": text,
        "status": "reported", "raw": text, "page": 2, "bbox": None, "char_start": None,
        "char_end": None, **RESIDENTS,
    }  # fmt: skip
    return Narrative(**(plain | place))  # type: ignore[arg-type]


def target(value: float, **place: object) -> Observation:
    """目標値 of 令和5年度."""
    return figure(
        value, **({"section": "target", "measure": "target", "fiscal_year": 2023} | place)
    )


def found(*records: Observation | Narrative) -> tuple[Finding, ...]:
    """What the rules say about a page of these records."""
    return check_document(
        DocumentRecords(
            DOCUMENT,
            tuple(r for r in records if isinstance(r, Observation)),
            tuple(r for r in records if isinstance(r, Narrative)),
        )
    )


def summary_row(*gap: float, actuals: tuple[float, ...] = (8, 14)) -> list[Observation]:
    """目標値 8人, 実績値 8人 14人, 比較."""
    return [
        target(8, **(TRANSITIONS | {"section": "summary"})),
        *(
            figure(value, **(TRANSITIONS | {"section": "summary", "fiscal_year": 2021 + n}))
            for n, value in enumerate(actuals)
        ),
        *(
            figure(
                value,
                **(TRANSITIONS | {"section": "summary", "measure": "gap", "fiscal_year": None}),
            )
            for value in gap
        ),
    ]


def ratio_cell(persons: float, ratio: float, comparator: str = "ge") -> list[Observation]:
    """令和元年度の1.26倍以上（1人）: two figures of one cell."""
    at = {"section": "target", "measure": "target", "fiscal_year": 2023, "raw": f"{ratio}倍{'以上' if comparator == 'ge' else ''}（{persons}人）",
          "comparator": comparator, "indicator": "就労継続支援A型利用者数", **EMPLOYMENT}  # fmt: skip
    return [
        figure(persons, **at, indicator_id="employment_transitions_from_a_type"),
        figure(ratio, **at, unit="倍", indicator_id="employment_transitions_ratio_a_type"),
    ]


def parts(total: float, support: float, b_type: float, **place: object) -> list[Observation]:
    return [
        figure(total, **(TRANSITIONS | place)),
        figure(support, **(FROM_SUPPORT | place)),
        figure(b_type, **(FROM_B | place)),
    ]


TARGET_PARTS = {"section": "target", "measure": "target", "fiscal_year": 2023}
MENTAL = {"indicator": "自立生活援助", "indicator_id": "mental_independent_living_assistance_users",
          "section": "activity", "unit": "人/月"}  # fmt: skip
REDUCTION = {"indicator": "施設入所者の削減数", "section": "summary", **RESIDENTS}
WHOLE = {"indicator": "共同生活援助", "section": "activity", "unit": "人/月", **RESIDENTS}
TRANSITED = {"indicator": "地域生活移行者数(累計値)", "indicator_id": "community_transition_persons",
             "aggregation": "cumulative", **RESIDENTS}  # fmt: skip
SURVEY = "「地域自立支援協議会相談支援部会」で施設入所者に対して、地域生活移行に関するアンケート調査を実施し、"
MENTAL_GOAL = {"goal_id": "mental_health_community_care", "goal_number": 2}
COUNCIL = {"indicator": "協議の場への参加人数", **MENTAL_GOAL}
SHARING = {
    "indicator": "支払システム等による審査結果の共有回数",
    "unit": "回",
    "section": "activity",
    **RESIDENTS,
}
SEVERE = {"indicator": "重症心身障害児の支援体制の整備", "unit": "か所", **CHILDREN}
BASE = {"measure": "baseline", "section": "target", "plan_term": 7}

CONTRADICTIONS = [
    ("gap_is_not_the_difference", "error", summary_row(14)),
    ("gap_is_not_the_difference", "warning", summary_row(-6)),
    ("rate_is_not_part_of_whole", "error", [
        figure(50, **USE_RATE),
        figure(7, indicator_id="settlement_support_new_users", **EMPLOYMENT),
        figure(17, **FROM_SUPPORT),
    ]),
    ("rate_fits_no_whole_number", "warning", [figure(18, **USE_RATE), figure(63, **TRANSITIONS)]),
    ("target_is_not_its_ratio", "warning", ratio_cell(1, 1.26)),
    ("target_is_not_its_ratio", "error", ratio_cell(2, 3.5)),
    ("total_is_not_the_sum", "error", [*parts(126, 90, 1, **TARGET_PARTS), *parts(53, 52, 1)]),
    ("total_is_not_the_sum", "error", parts(50, 52, 1)),
    ("subset_exceeds_whole", "error", [
        figure(10, **WHOLE), figure(12, **WHOLE, breakdown="精神障害者"),
    ]),
    ("one_figure_printed_twice_differs", "error", [
        figure(0, **MENTAL, breakdown="精神障害者", **RESIDENTS),
        figure(1, **MENTAL, goal_id="mental_health_community_care", goal_number=2),
    ]),
    ("cumulative_figure_falls", "error", [
        figure(3, **TRANSITED, fiscal_year=2021), figure(2, **TRANSITED),
    ]),
    ("figure_out_of_range", "error", [figure(-3, indicator="開催回数", unit="回")]),
    ("figure_out_of_range", "error", [figure(138, indicator="就労定着支援事業の利用割合", unit="%")]),
    ("count_is_not_whole", "error", [figure(2.5, indicator="開催回数", unit="回")]),
    ("count_is_not_whole", "warning", [figure(2.5, indicator="参加人数", section="activity")]),
    ("days_do_not_fit_users", "error", [
        figure(2, **VISITS), figure(0, **(VISITS | {"unit": "日/月"})),
    ]),
    ("days_do_not_fit_users", "error", [
        figure(2, **VISITS), figure(105, **(VISITS | {"unit": "日/月"})),
    ]),
    ("words_contradict_target", "error", [
        figure(277, **STOCK), target(271, **STOCK, comparator="le"),
        prose("施設入所者数は277人となっており、目標を達成した。"),
    ]),
    ("words_contradict_target", "error", [
        figure(40, **USE_RATE), target(70, **USE_RATE),
        prose("就労定着支援事業の利用割合は40%で、計画通りに展開している。", **EMPLOYMENT),
    ]),
    ("words_contradict_target", "warning", [
        figure(36, **USE_RATE), target(70, **USE_RATE),
        prose("就労定着支援事業の利用割合は36%となっており、やや目標値を下回っている。", **EMPLOYMENT),
    ]),
    ("words_contradict_target", "error", [
        figure(9, **TRANSITIONS), target(8, **TRANSITIONS),
        prose("一般就労移行者数は、目標を達成することができなかった。", **EMPLOYMENT),
    ]),
    ("words_contradict_trend", "error", [
        figure(30, **WHOLE | {"indicator_id": "group_home_users"}, fiscal_year=2021),
        figure(23, **WHOLE | {"indicator_id": "group_home_users"}),
        prose("前年度と比較して共同生活援助の利用者数が増加した。"),
    ]),
    ("prose_figure_differs", "error", [
        figure(274, **STOCK), prose("令和5年3月末で施設入所者数は275人と現時点では多い。"),
    ]),
    ("prose_figure_differs", "warning", [
        figure(274, **STOCK, as_of=datetime.date(2023, 1, 31)),
        prose("令和5年3月末で施設入所者数は275人である。"),
    ]),
    ("prose_figure_differs", "error", [
        figure(43, **VISITS), figure(58, **VISITS, fiscal_year=2023),
        prose("保育所等訪問支援の利用者数は、令和5年1月末時点で58人と増えた。", 2023, **CHILDREN),
    ]),
    ("meetings_do_not_add_up", "error", [
        figure(12, indicator="保健、医療及び福祉関係者による協議の場の開催回数", unit="回", **RESIDENTS),
        prose("保健・医療・福祉関係者による協議の場として、事務連絡会6回、事例検討会6回、学習会1回を開催した。"),
    ]),
    ("one_survey_two_results", "warning", [
        prose(f"{SURVEY}2名の地域移行対象者を把握できている。"),
        prose(f"{SURVEY}19名の地域移行対象者を把握した。", 2023),
    ]),
    ("series_changes_who_is_counted", "warning", [
        figure(21, **COUNCIL, fiscal_year=2021), figure(25, **COUNCIL, fiscal_year=2023),
        prose("保健、医療、当事者・家族等の参加人数", 2023, section="rationale", **MENTAL_GOAL),
        prose("令和5年度から「地域連絡会」に当事者・家族が参加した。", 2023, **MENTAL_GOAL),
    ]),
    ("counted_but_still_to_come", "warning", [
        figure(1, **SHARING), prose("今後、審査結果の情報共有等についても検討を進める。"),
    ]),
    ("frequency_differs_from_count", "warning", [
        figure(1, **SHARING, measure="projected"),
        prose("毎月の審査結果の情報共有に努める。", section="rationale"),
    ]),
    ("places_told_in_two_ways", "warning", [
        figure(1, **SEVERE), prose("重症心身障害児の支援については、1か所設置をしており、増やす。", **CHILDREN),
        prose("重症心身障害児の受入れ施設は市内に2か所あると考える。", section="opinion", **CHILDREN),
    ]),
    ("places_told_in_two_ways", "warning", [
        figure(1, **SEVERE), prose("重症心身障害児の支援について1か所設置している。", **CHILDREN),
        prose("重症心身障害児を支援する児童発達支援事業所及び放課後等デイサービス事業所について各1か所開設している。",
              section="activity", **CHILDREN),
    ]),
    ("cumulative_misses_an_event", "warning", [
        figure(3, **TRANSITED), figure(3, **TRANSITED, fiscal_year=2023),
        prose("令和6年3月時点で2名の地域移行が実現した。", 2023),
    ]),
    ("stock_does_not_follow_flows", "error", [
        figure(74, **STOCK, fiscal_year=2021), figure(74, **STOCK),
        prose("死亡等による退所者が4名あったが、入所希望者5名が入所できた。"),
    ]),
    ("stock_does_not_follow_flows", "warning", [
        figure(74, **STOCK, fiscal_year=2021), figure(74, **STOCK, as_of=datetime.date(2023, 1, 31)),
        prose("新たに5名が入所し、2名が退所した。"),
    ]),
    ("words_contradict_target", "error", [
        figure(20, **VISITS), figure(25, **VISITS, measure="projected"),
        prose("保育所等訪問支援の利用者数は、見込量を上回っている。", **CHILDREN),
    ]),
    ("summary_differs_from_sheet", "error", [
        figure(14, **(TRANSITIONS | {"section": "summary"})), figure(17, **TRANSITIONS),
    ]),
    ("outcome_differs_from_activity", "warning", [
        figure(74, **STOCK),
        figure(75, section="activity", indicator_id="facility_admission_support_users"),
    ]),
    ("actual_far_from_projected", "info", [
        figure(4, **WHOLE), figure(10, **WHOLE, measure="projected"),
    ]),
    ("summary_differs_from_sheet", "error", [
        figure(3, indicator="健康診査の受診者数", section="summary"),
        figure(4, indicator="健康診査の受診者数"),
    ]),
    ("year_outside_plan_term", "warning", [target(8, **TRANSITIONS | {"fiscal_year": 2024})]),
    ("year_outside_plan_term", "warning", [target(8, **TRANSITIONS | {"fiscal_year": 2020})]),
    ("year_outside_plan_term", "warning", [figure(8, **TRANSITIONS, fiscal_year=2024)]),
    ("year_outside_plan_term", "warning", [
        figure(8, **TRANSITIONS, measure="baseline", fiscal_year=2021),
    ]),
    ("target_differs_from_its_rationale", "warning", [
        target(3, item="③重症心身障害児", unit="か所", **CHILDREN),
        prose("放課後等デイサービスを1か所以上確保する。", section="rationale", item="③重症心身障害児",
              **CHILDREN),
    ]),
    ("label_holds_another_quantity", "warning", [
        target(72, indicator="削減見込者数", indicator_id="facility_residents_reduction", comparator="le",
               **RESIDENTS),
    ]),
    ("target_below_guideline", "info", [
        target(3.7, indicator_id="community_transition_rate", unit="%", **RESIDENTS),
    ]),
    ("baseline_is_not_the_last_actual", "error", [
        figure(274, **STOCK), figure(270, **STOCK, **BASE, fiscal_year=2022),
    ]),
    ("baseline_is_not_the_last_actual", "warning", [
        figure(274, **STOCK), figure(270, **STOCK, **BASE, fiscal_year=None),
    ]),
    ("baseline_is_not_the_last_actual", "warning", [
        figure(277, **STOCK, fiscal_year=2023, as_of=datetime.date(2024, 1, 31)),
        figure(280, **STOCK, **BASE, fiscal_year=2023),
    ]),
    ("figure_lost_in_source", "warning", [figure(None, status="missing", raw="福祉")]),
    ("kanji_one_beside_zero", "warning", [
        figure(None, flags=("kanji_one_or_dash",), raw="1人 (一倍)", unit="倍"),
    ]),
    ("indicator_unknown", "info", [figure(3, indicator="健康診査の受診者数")]),
]  # fmt: skip

CONSISTENT = [
    summary_row(6),
    [*summary_row(-1, actuals=(3, 7))],
    [figure(38, **USE_RATE), figure(3, indicator_id="settlement_support_new_users", **EMPLOYMENT),
     figure(8, **FROM_SUPPORT)],
    [figure(40, **USE_RATE), figure(60, **TRANSITIONS)],
    ratio_cell(90, 1.3),
    [figure(40, **USE_RATE, raw="四割"), figure(19, **TRANSITIONS)],
    ratio_cell(8, 1.6, "eq"),
    [*parts(126, 90, 1, **TARGET_PARTS)],
    [figure(10, **WHOLE), figure(10, **WHOLE, breakdown="精神障害者")],
    [figure(2, **TRANSITED, fiscal_year=2021), figure(2, **TRANSITED)],
    [figure(-4, indicator="地域生活移行者数", measure="gap", fiscal_year=None)],
    [figure(138, indicator="対前年度の増加率", unit="%")],
    [figure(138, indicator="目標の達成率", unit="%")],
    [figure(-1, indicator="施設入所者数の削減(累計)", aggregation="cumulative"),
     figure(0, indicator="施設入所者数の削減(累計)", aggregation="cumulative", fiscal_year=2021)],
    [figure(88, **REDUCTION, measure="baseline", fiscal_year=None), target(2, **REDUCTION),
     figure(89, **REDUCTION, series="入所者数"),
     figure(3, **REDUCTION, series="比較", measure="gap", fiscal_year=None)],
    [figure(1611, indicator="生活介護", unit="人/月", item="東部圏域"),
     figure(31006, indicator="生活介護", unit="人日/月", item="東部圏域"),
     figure(668, indicator="生活介護", unit="人/月", item="西部圏域"),
     figure(12877, indicator="生活介護", unit="人日/月", item="西部圏域")],
    [figure(50, indicator="移行者数", unit="%", breakdown="うちA型"), figure(40, indicator="移行者数", unit="%")],
    ratio_cell(19, 1.27, "eq"),
    [figure(58, **VISITS), figure(105, **(VISITS | {"unit": "日/月"}))],
    [figure(269, **STOCK), target(271, **STOCK, comparator="le"),
     prose("施設入所者数は、269人となっており、目標を達成した。")],
    [figure(74, **STOCK), target(72, **STOCK, comparator="le"),
     prose("入所希望者4名が入所できたことから、施設入所者数が目標値を上回った。")],
    [figure(58, **FROM_SUPPORT), target(90, **FROM_SUPPORT),
     prose("就労移行支援事業所からの移行者は58人となり、目標値90人を達成できる可能性は低い。", **EMPLOYMENT)],
    [figure(3, **TRANSITIONS), target(6, **TRANSITIONS),
     prose("一般就労移行者数は3人で、令和5年度末までの目標達成に向け、取り組む。", **EMPLOYMENT)],
    [figure(66, **USE_RATE), target(70, **USE_RATE),
     prose("就労定着支援事業の利用割合は66%で、目標に近い割合となっている。", **EMPLOYMENT)],
    [figure(274, **STOCK), prose("施設入所者数は274人である。")],
    [figure(274, **STOCK), figure(269, **STOCK, fiscal_year=2021),
     prose("令和4年3月末の施設入所者数は269人であった。")],
    [figure(12, indicator="保健、医療及び福祉関係者による協議の場の開催回数", unit="回", **RESIDENTS),
     prose("保健・医療・福祉関係者による協議の場として、事務連絡会6回、事例検討会6回を開催した。")],
    [figure(7, indicator="医療的ケア児等コーディネーターの配置", **CHILDREN),
     prose("医療的ケア児等コーディネーターは新規で2名配置し、延べ7名となった。", **CHILDREN)],
    [figure(2, indicator="児童発達支援センターの設置", unit="か所", **CHILDREN),
     prose("児童発達支援センターの2か所目を開設する。", **CHILDREN)],
    [figure(14, **(TRANSITIONS | {"section": "summary"})), figure(14, **TRANSITIONS)],
    [figure(5, **WHOLE), figure(10, **WHOLE, measure="projected")],
    [figure(1, **WHOLE), figure(0, **WHOLE, measure="projected")],
    [target(6, indicator_id="community_transition_rate", unit="%", **RESIDENTS)],
    [figure(74, **STOCK, fiscal_year=2021), figure(74, **STOCK),
     prose("死亡等による退所者が4名あったが、入所希望者4名が入所できた。")],
    [figure(74, **STOCK, fiscal_year=2021), figure(75, **STOCK),
     prose("退所者が4名あった。入所希望者は20名である。")],
    [figure(58, **VISITS), figure(25, **VISITS, measure="projected"),
     prose("保育所等訪問支援の利用者数は、見込量を大きく上回っている。", **CHILDREN)],
    [figure(20, **VISITS), figure(25, **VISITS, measure="projected"), target(15, **VISITS),
     prose("保育所等訪問支援の利用者数は、見込量を下回った。", **CHILDREN)],
    [target(8, **TRANSITIONS | {"fiscal_year": 2020}), target(9, **TRANSITIONS)],
    [figure(8, **TRANSITIONS, fiscal_year=2020)],
    [figure(8, **TRANSITIONS, measure="baseline", fiscal_year=2019)],
    [figure(2.5, indicator="月平均の開催回数", unit="回"), figure(58.4, **VISITS)],
    [figure(3, indicator="健康診査の受診者数", section="summary"),
     figure(4, indicator="健康診査の受診者数", goal_number=2)],
    [figure(21, **COUNCIL, fiscal_year=2021), figure(25, **COUNCIL, fiscal_year=2023),
     prose("保健、医療、学識経験者の参加人数", 2023, section="rationale", **MENTAL_GOAL),
     prose("令和5年度から「地域連絡会」に当事者・家族が参加した。", 2023, **MENTAL_GOAL)],
    [figure(0, **SHARING), prose("今後、審査結果の情報共有等についても検討を進める。")],
    [figure(1, **SHARING), prose("審査結果の情報共有を行った。改善についても検討を進める。")],
    [figure(12, **SHARING, measure="projected"),
     prose("毎月の審査結果の情報共有に努める。", section="rationale")],
    [figure(1, **SHARING, measure="projected"),
     prose("審査結果の情報共有に努める。研修は毎月行う。", section="rationale")],
    [figure(1, **SEVERE), prose("重症心身障害児向けの児童発達支援事業所を2か所開設した。", **CHILDREN),
     prose("重症心身障害児向けの放課後等デイサービスを1か所開設した。", section="activity", **CHILDREN),
     prose("重症心身障害児の支援体制は、3か所以上の確保を目指す。", **CHILDREN),
     prose("保育所等訪問支援事業及び重症心身障害児の支援について各2か所設置している。", **CHILDREN)],
    [figure(274, **STOCK), figure(277, **STOCK, fiscal_year=2023),
     figure(274, **STOCK, **BASE, fiscal_year=None)],
    [figure(274, **STOCK), figure(3, **TRANSITED),
     figure(72, **(TRANSITED | {"indicator": "地域生活移行者数"}), **BASE, fiscal_year=2022)],
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "page"), CONTRADICTIONS)
def test_a_page_that_contradicts_itself(
    rule: str, severity: str, page: list[Observation | Narrative]
) -> None:
    (finding,) = [f for f in found(*page) if f.rule == rule]
    assert finding.severity == severity
    assert set(finding.observation_ids) <= {
        r.observation_id for r in page if isinstance(r, Observation)
    }
    assert finding.observation_ids or finding.narrative_ids
    assert finding.message.endswith((".", "。"))
    assert finding.message_ja.endswith("。")


@pytest.mark.parametrize("page", CONSISTENT)
def test_a_page_that_does_not(page: list[Observation | Narrative]) -> None:
    assert [f.message for f in found(*page) if f.severity != "info"] == []


def test_every_rule_has_an_example() -> None:
    covered = {rule for rule, _, _ in CONTRADICTIONS}
    elsewhere = {
        "target_is_not_its_share", "target_worded_in_two_ways", "marks_do_not_follow_targets",
        "residents_target_below_guideline", "value_changed_between_editions",
    }  # fmt: skip
    assert {rule.slug for rule in RULES} == covered | elsewhere


def test_a_share_of_the_baseline() -> None:
    at = {**RESIDENTS, "indicator": "地域生活移行者数", "raw": "4人（5.6%）"}
    persons = target(4, **at, indicator_id="community_transition_persons")
    share = target(5.6, **at, unit="%", indicator_id="community_transition_rate")

    def base(residents: float) -> Observation:
        return figure(residents, **STOCK, measure="baseline", fiscal_year=None)

    def said(residents: float) -> list[str]:
        return [f.severity for f in found(persons, share, base(residents)) if "share" in f.rule]

    assert said(72) == []
    assert said(90) == ["error"]


def test_a_target_worded_in_two_ways() -> None:
    at = {"status": "qualitative", "measure": "target", "unit": None, "fiscal_year": 2023,
          "indicator_id": "medical_care_child_council", **CHILDREN}  # fmt: skip
    summary = figure(None, **at, section="summary", text="設置に向けた検討", raw="設置に向けた検討")
    same = figure(None, **at, section="target", text="設置に向けた検討", raw="設置に向けた 検討")
    other = figure(None, **at, section="target", text="設置する", raw="設置する")
    assert [f.rule for f in found(summary, same)] == []
    (finding,) = found(summary, other)
    assert (finding.rule, finding.expected, finding.found) == (
        "target_worded_in_two_ways", "設置する", "設置に向けた検討",
    )  # fmt: skip


def test_marks_that_do_not_follow_the_targets() -> None:
    boxes = [
        target(n, item=item, indicator=item, **CHILDREN)
        for n, item in enumerate(
            (
                "児童発達支援センターの設置",
                "保育所等訪問支援の体制整備",
                "重症心身障害児の支援体制の整備",
            )
        )
    ]
    first = prose(
        "児童発達支援センターの改修設計を行った。", 2023, raw="①児童発達支援センターの…", **CHILDREN
    )
    second = prose(
        "保育所等訪問支援事業所を新規開設した。", 2023, raw="③保育所等訪問支援…", **CHILDREN
    )
    right = prose(
        "保育所等訪問支援事業所を新規開設した。", 2023, raw="②保育所等訪問支援…", **CHILDREN
    )
    assert [f.found for f in found(*boxes, first, second) if f.rule.startswith("marks")] == ["①③"]
    assert [f.rule for f in found(*boxes, first, right) if f.rule.startswith("marks")] == []


def test_a_finding_keeps_its_id_and_points_at_the_page() -> None:
    page = [figure(274, **STOCK), prose("施設入所者数は275人である。")]
    first, second = found(*page), found(*reversed(page))
    assert [f.finding_id for f in first] == [f.finding_id for f in second]
    assert (first[0].page, first[0].raw, first[0].expected, first[0].found) == (
        1, "274人", "274人", "275人",
    )  # fmt: skip
    assert "「施設入所者数は275人である。」" in first[0].message
    assert "2頁" in first[0].message_ja
