"""What we publish: one frozen dataclass a table, one field a column, in the contract's order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from keikaku.normalizers.quickly_made import quickly_made
from keikaku.pipeline.columns import column

PLANS = (
    "disability_welfare",
    "child_disability_welfare",
    "long_term_care_insurance",
    "child_rearing_support",
    "health_promotion",
    "community_welfare",
    "persons_with_disabilities",
    "general",
)
SECTIONS = ("summary", "target", "actual", "activity")
NARRATIVE_SECTIONS = (
    "rationale",
    "target",
    "activity",
    "evaluation",
    "opinion",
    "improvement",
    "evaluation_improvement",
)
MEASURES = ("baseline", "target", "projected", "actual", "gap")
COMPARATORS = ("eq", "ge", "le", "gt", "lt", "approx")
STATUSES = ("reported", "not_reported", "not_applicable", "qualitative", "missing")
CERTAINTIES = ("printed", "repaired", "inferred")
SEVERITIES = ("error", "warning", "info")


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One printed figure or reported status (実績値, 目標値, 見込量 …)."""

    observation_id: str = column(
        "string",
        "Stable identifier: the same source bytes give the same id on any machine.",
        "行の識別子。同じ原資料からは常に同じ値になる。",
        key=True,
    )
    document_id: str = column(
        "string", "SHA-256 of the source document's bytes.", "原資料のSHA-256。"
    )
    municipality_code: str | None = column(
        "string",
        "Local government code, six characters with check digit; null when unknown.",
        "全国地方公共団体コード（検査数字付き6桁）。不明なら空。",
    )
    municipality: str | None = column(
        "string", "Municipality, in the code table's spelling.", "市区町村名。"
    )
    prefecture: str | None = column("string", "Prefecture.", "都道府県名。")
    plan: str | None = column(
        "string",
        "Plan that the goal, or outside the goals the indicator, belongs to.",
        "計画の種類（障害福祉計画・障害児福祉計画）。目標の外では指標による。",
        enum=PLANS,
    )
    plan_term: int | None = column(
        "int", "Term number (第N期) of that plan.", "計画の期（第N期）。"
    )
    goal_number: int | None = column(
        "int", "Goal number as printed.", "成果目標の番号（印字どおり）。"
    )
    goal_title: str | None = column(
        "string", "Goal title as printed, without its number.", "成果目標の名称（印字どおり）。"
    )
    goal_id: str | None = column(
        "string",
        "National goal over the figure, else the one that asks for its indicator; null when unknown.",
        "国の成果目標に対応する識別子。目標の外では指標による。",
    )
    section: str = column(
        "string", "Part of the sheet that the figure stands in.", "掲載箇所。", enum=SECTIONS
    )
    item: str | None = column(
        "string",
        "Numbered heading over the table, its mark removed.",
        "表の上の番号付き見出し（番号を除く）。",
    )
    indicator: str = column(
        "string",
        "Row label; else the item; else the goal title. NFKC, no white space, marks removed.",
        "指標名（行見出し。無ければ項目名、目標名）。",
    )
    indicator_id: str | None = column(
        "string",
        "Indicator of the national catalogue; null when unknown or ambiguous.",
        "全国共通の指標識別子。",
    )
    breakdown: str | None = column(
        "string", "Second-level label (内訳, 内数); null when none.", "内訳・内数の名称。"
    )
    measure: str = column("string", "What the figure is.", "数値の種類。", enum=MEASURES)
    series: str | None = column(
        "string",
        "Printed row label where it is not simply 目標値, 見込量 or 実績値.",
        "行見出し（目標値・見込量・実績値以外のとき）。",
    )
    fiscal_year: int | None = column(
        "int",
        "Gregorian year in which the fiscal year starts (令和5年度 is 2023).",
        "年度（西暦）。",
    )
    as_of: datetime.date | None = column(
        "date", "Date that the figure stands at, when printed.", "時点（記載がある場合）。"
    )
    value: float | None = column("double", "The number; null when none.", "数値。")
    unit: str | None = column("string", "Canonical unit; null when none.", "単位（統一表記）。")
    comparator: str | None = column(
        "string", "How the number bounds the quantity.", "以上・以下などの別。", enum=COMPARATORS
    )
    status: str = column(
        "string",
        "Whether and how the cell reports.",
        "記載の状態。",
        enum=STATUSES,
    )
    text: str | None = column(
        "string", "Words of a qualitative value or beside a figure.", "文言（数値でない値など）。"
    )
    aggregation: str | None = column(
        "string",
        "How the figure is aggregated, when printed or known.",
        "集計方法（累計・平均など）。",
    )
    provisional: bool = column(
        "bool", "Printed as preliminary (速報値, 見込み).", "速報値・見込み。"
    )
    raw: str = column("string", "The cell's text exactly as printed.", "セルの印字そのまま。")
    page: int | None = column("int", "PDF page, from 1.", "ページ番号。")
    bbox: tuple[float, ...] | None = column(
        "list<double>",
        "Box on the page in points: x0, top, x1, bottom; origin at the top left.",
        "ページ上の位置（ポイント、左上原点）。",
    )
    char_start: int | None = column(
        "int", "Start of the quote in the decoded source text.", "原文での開始位置（文字）。"
    )
    char_end: int | None = column(
        "int", "End of the quote in the decoded source text.", "原文での終了位置（文字）。"
    )
    certainty: str = column(
        "string", "How sure the reading is.", "読み取りの確かさ。", enum=CERTAINTIES
    )
    flags: tuple[str, ...] = column(
        "list<string>", "Slugs that say what was done or doubtful.", "処理・疑義の印。"
    )
    value_high: float | None = column(
        "double", "Upper end of a printed range (1～3回); null otherwise.", "範囲の上限。"
    )


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """One paragraph or list item of a prose box (評価, 改善, 取組内容 …)."""

    narrative_id: str = column("string", "Stable identifier.", "行の識別子。", key=True)
    document_id: str = column(
        "string", "SHA-256 of the source document's bytes.", "原資料のSHA-256。"
    )
    municipality_code: str | None = column(
        "string", "Local government code; null when unknown.", "全国地方公共団体コード。"
    )
    municipality: str | None = column("string", "Municipality.", "市区町村名。")
    prefecture: str | None = column("string", "Prefecture.", "都道府県名。")
    plan: str | None = column(
        "string", "Plan that the goal belongs to.", "計画の種類。", enum=PLANS
    )
    plan_term: int | None = column("int", "Term number (第N期).", "計画の期（第N期）。")
    goal_number: int | None = column("int", "Goal number as printed.", "成果目標の番号。")
    goal_title: str | None = column("string", "Goal title as printed.", "成果目標の名称。")
    goal_id: str | None = column("string", "National goal; null when unknown.", "国の成果目標。")
    item: str | None = column(
        "string", "Numbered heading over the box, its mark removed.", "番号付き見出し。"
    )
    fiscal_year: int | None = column(
        "int", "Fiscal year that the prose speaks of.", "年度（西暦）。"
    )
    section: str = column(
        "string", "Kind of box that the prose stands in.", "欄の種類。", enum=NARRATIVE_SECTIONS
    )
    position: int = column("int", "1, 2, 3 … within its box.", "欄の中での順番。")
    text: str | None = column(
        "string",
        "NFKC, line breaks inside a sentence and white space dropped, list mark removed.",
        "本文（NFKC、改行・空白・行頭記号を除く）。",
    )
    status: str = column("string", "Whether the box reports.", "記載の状態。", enum=STATUSES)
    raw: str = column("string", "The text exactly as printed.", "印字そのまま。")
    page: int | None = column("int", "PDF page, from 1.", "ページ番号。")
    bbox: tuple[float, ...] | None = column(
        "list<double>", "Box on the page in points.", "ページ上の位置。"
    )
    char_start: int | None = column(
        "int", "Start of the quote in the source.", "原文での開始位置。"
    )
    char_end: int | None = column("int", "End of the quote in the source.", "原文での終了位置。")


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One contradiction or doubt. A finding never changes a value."""

    finding_id: str = column("string", "Stable identifier.", "行の識別子。", key=True)
    document_id: str = column(
        "string", "SHA-256 of the source document's bytes.", "原資料のSHA-256。"
    )
    municipality_code: str | None = column(
        "string", "Local government code; null when unknown.", "全国地方公共団体コード。"
    )
    rule: str = column("string", "Rule that found it (slug).", "検査規則。")
    severity: str = column("string", "How grave it is.", "重大さ。", enum=SEVERITIES)
    message: str = column("string", "One sentence in English, with the quotes.", "説明（英語）。")
    message_ja: str = column(
        "string", "One sentence in Japanese, with the quotes.", "説明（日本語）。"
    )
    observation_ids: tuple[str, ...] = column(
        "list<string>", "Observations concerned.", "関係する数値の識別子。"
    )
    narrative_ids: tuple[str, ...] = column(
        "list<string>", "Narratives concerned.", "関係する本文の識別子。"
    )
    expected: str | None = column("string", "What the rule expects.", "期待される値。")
    found: str | None = column("string", "What is printed.", "記載の値。")
    page: int | None = column("int", "PDF page, from 1.", "ページ番号。")
    raw: str | None = column("string", "Quote that the finding is about.", "該当箇所の印字。")
    bbox: tuple[float, ...] | None = column(
        "list<double>", "Box on the page in points.", "ページ上の位置。"
    )
    char_start: int | None = column(
        "int", "Start of the quote in the source.", "原文での開始位置。"
    )
    char_end: int | None = column("int", "End of the quote in the source.", "原文での終了位置。")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One source file, ingested or quarantined."""

    document_id: str = column("string", "SHA-256 of the bytes.", "原資料のSHA-256。", key=True)
    source_name: str = column("string", "File name.", "ファイル名。")
    source_uri: str | None = column(
        "string", "Where it was published, when declared.", "公表元のURL。"
    )
    media_type: str | None = column("string", "Media type.", "メディアタイプ。")
    byte_size: int = column("int", "Size in bytes.", "バイト数。")
    page_count: int | None = column("int", "Pages of a PDF.", "ページ数。")
    municipality_code: str | None = column(
        "string", "Local government code; null when unknown.", "全国地方公共団体コード。"
    )
    municipality: str | None = column("string", "Municipality.", "市区町村名。")
    prefecture: str | None = column("string", "Prefecture.", "都道府県名。")
    municipality_basis: str | None = column(
        "string",
        "How the municipality is known: declared, or inferred with the evidence.",
        "自治体名の根拠。",
    )
    title: str | None = column("string", "Title as printed.", "題名。")
    plans: tuple[str, ...] = column("list<string>", "Plans reported on.", "計画の種類。")
    plan_terms: tuple[str, ...] = column(
        "list<string>", "Plan and term, as slug:term.", "計画と期。"
    )
    first_fiscal_year: int | None = column("int", "First year with a figure.", "最初の年度。")
    last_fiscal_year: int | None = column("int", "Last year with a figure.", "最後の年度。")
    reported_through: int | None = column(
        "int", "Last year with an actual.", "実績のある最後の年度。"
    )
    extractor: str | None = column("string", "Reader that read it.", "読み取り方式。")
    software_version: str = column("string", "Version of keikaku.", "ソフトウェアの版。")
    schema_version: str = column("string", "Version of these tables.", "表の版。")
    observation_count: int = column("int", "Rows in observations.", "数値の行数。")
    narrative_count: int = column("int", "Rows in narratives.", "本文の行数。")
    finding_count: int = column("int", "Rows in findings.", "指摘の行数。")
    status: str = column(
        "string", "ingested or quarantined.", "取り込みの状態。", enum=("ingested", "quarantined")
    )
    error_class: str | None = column(
        "string", "Why it is quarantined: class.", "隔離の理由（分類）。"
    )
    error_message: str | None = column(
        "string", "Why it is quarantined: sentence.", "隔離の理由（説明）。"
    )


TABLES: dict[str, type] = {
    "documents": SourceDocument,
    "observations": Observation,
    "narratives": Narrative,
    "findings": Finding,
}
"""Folder name to record type, in the order they are written."""
