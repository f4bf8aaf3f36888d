"""Whatever stands on a page, the rules end without an error of their own, twice with the same words."""

from __future__ import annotations

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keikaku.normalizers.catalogue import all_indicators
from keikaku.normalizers.goals import all_goals
from keikaku.pipeline.checks import check_document
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import (
    MEASURES,
    NARRATIVE_SECTIONS,
    SECTIONS,
    Narrative,
    Observation,
    SourceDocument,
)

IDS = [None, *(i.indicator_id for i in all_indicators())]
GOALS = [None, *(g.goal_id for g in all_goals())]
LABELS = [
    "施設入所者数",
    "地域生活移行者数(累計値)",
    "就労定着率",
    "共同生活援助",
    "施設入所者の削減数",
    "計",
]
UNITS = [None, "人", "人/月", "日/月", "%", "倍", "か所", "回", "回/年", "時間/月"]
TEXTS = [
    "施設入所者数は275人となり、目標を達成した。", "令和5年1月末時点で58人と増加している。",
    "計画通りに展開した。", "協議の場として、連絡会6回、検討会6回を開催した。", "目標は未達成であった。",
    "①2名の地域移行が実現した。", "1か所以上確保する。", "", "。",
]  # fmt: skip
places = st.fixed_dictionaries(
    {
        "plan": st.sampled_from([None, "disability_welfare", "child_disability_welfare"]),
        "plan_term": st.sampled_from([None, 2, 6, 7]),
        "goal_number": st.sampled_from([None, 1, 2]),
        "goal_id": st.sampled_from(GOALS),
        "item": st.sampled_from([None, "①施設入所者数", "重症心身障害児の支援体制の整備"]),
        "fiscal_year": st.sampled_from([None, 2021, 2022, 2023, 2030]),
        "page": st.sampled_from([None, 1, 2]),
    }
)
figures = st.fixed_dictionaries(
    {
        "section": st.sampled_from(SECTIONS),
        "indicator": st.sampled_from(LABELS),
        "indicator_id": st.sampled_from(IDS),
        "breakdown": st.sampled_from([None, "精神障害者", "うち重度障害者", "保健"]),
        "measure": st.sampled_from(MEASURES),
        "series": st.sampled_from([None, "入所者数", "比較", "利用率"]),
        "value": st.sampled_from([None, 0.0, 1.0, 72.0, -4.0, 37.5, 126.0, 1e9]),
        "unit": st.sampled_from(UNITS),
        "comparator": st.sampled_from([None, "eq", "ge", "le"]),
        "status": st.sampled_from(["reported", "not_reported", "qualitative", "missing"]),
        "text": st.sampled_from([None, "設置", "検討"]),
        "aggregation": st.sampled_from([None, "cumulative", "stock"]),
        "as_of": st.sampled_from([None, datetime.date(2024, 1, 31)]),
        "raw": st.sampled_from(["274人", "1.26倍以上（1人）", "", "▲ 4人"]),
        "flags": st.sampled_from([(), ("kanji_one_or_dash",)]),
    }
)
paragraphs = st.fixed_dictionaries(
    {
        "section": st.sampled_from(NARRATIVE_SECTIONS),
        "text": st.sampled_from([None, *TEXTS]),
        "raw": st.sampled_from(TEXTS),
    }
)
SAME = {
    "document_id": "d", "municipality_code": None, "municipality": None, "prefecture": None,
    "goal_title": None, "bbox": None, "char_start": None, "char_end": None,
}  # fmt: skip
DOCUMENT = SourceDocument(
    **dict.fromkeys(SourceDocument.__dataclass_fields__)  # type: ignore[arg-type]
    | {"document_id": "d", "source_name": "any"}
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(places, figures), max_size=12),
    st.lists(st.tuples(places, paragraphs), max_size=4),
)
def test_any_page(
    printed: list[tuple[dict[str, object], dict[str, object]]],
    prose: list[tuple[dict[str, object], dict[str, object]]],
) -> None:
    observations = tuple(
        Observation(
            **SAME | place | figure,  # type: ignore[arg-type]
            observation_id=f"o{n}", provisional=False, certainty="printed", value_high=None,
        )
        for n, (place, figure) in enumerate(printed)
    )  # fmt: skip
    narratives = tuple(
        Narrative(**SAME | place | text, narrative_id=f"n{n}", position=n, status="reported")  # type: ignore[arg-type]
        for n, (place, text) in enumerate(prose)
    )
    page = DocumentRecords(DOCUMENT, observations, narratives)
    found = check_document(page)
    assert found == check_document(page)
    known = {o.observation_id for o in observations} | {n.narrative_id for n in narratives}
    for finding in found:
        assert {*finding.observation_ids, *finding.narrative_ids} <= known
        assert finding.message
        assert finding.message_ja
