"""Notices become findings: what was not understood or had to be repaired, with quote and place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from keikaku.extractors.document import Notice, Span
from keikaku.pipeline.identity import Identity
from keikaku.pipeline.records import Finding, Observation

_SENTENCES_JA = {
    "short_row": "行のセルが見出しより少ないため、値を年度に当て直しました",
    "shifted_row": "行見出しが値の欄に入り込んでいるため、値を年度に当て直しました",
    "rowspan_too_small": "結合セルの範囲が足りないため、上位の見出しを補いました",
    "lost_column": "見出しの最後の年度の列が失われています",
    "unknown_column": "列の意味を示す見出しがありません",
    "unread_cell": "セルを読み取れませんでした",
    "unknown_unit": "単位を読み取れませんでした",
    "unknown_year": "年度を特定できませんでした",
    "unknown_measure": "目標・見込・実績の別を特定できませんでした",
    "unknown_goal": "成果目標を特定できませんでした",
    "unknown_indicator": "指標を国の一覧に対応付けられませんでした",
    "bracket_without_legend": "括弧内の数値の意味を示す凡例がありません",
    "note_governs_nothing": "注記がどの表に係るか特定できませんでした",
    "conflicting_years": "一つの列に異なる年度が示されています",
    "mixed_columns": "複数の欄が一続きに印字されています",
    "table_too_large": "表が大きすぎるため読み取りませんでした",
    "no_indicator": "指標名が見当たりません",
    "no_text_layer": "文字情報のないページ（画像）です",
    "undecided_columns": "同じ年度・同じ種類の数値が二つあるため、読み取りませんでした",
    "sign_apart": "数値の前の符号が離れているため、読み取りませんでした",
    "unknown_plan": "計画の種類を特定できませんでした",
    "ambiguous_municipality": "同名の自治体があり、都道府県名がないため特定できません",
    "unread_figures": "数値の並びを表として読み取れませんでした",
    "figures_in_prose": "表の外の文章にある数値は、記録として採っていません",
    "displaced_values": "値が別の行から紛れ込んだおそれがあるため、読み取りませんでした",
    "uneven_cells": "値の数が見出しの数と合わないため、読み取りませんでした",
    "undecided_order": "値の並び順を特定できないため、読み取りませんでした",
    "glued_figures": "続けて印字された数値の切れ目を一つに決められません",
    "ambiguous_layout": "表の形が二通りに読めるため、読み取りませんでした",
    "erratum": "印字の誤りを正誤表により読み替えました",
    "erratum_without_match": "正誤表の項目が印字と一致しないため、用いませんでした",
    "heads_not_understood": "表の見出しの一部が読み取れないため、数値を採っていません",
    "figure_lost_in_source": "原文でセルが失われています",
    "readers_disagree": "二つの読み取り方式の結果が異なります",
    "recognised_text": "画像から認識された文字です",
    "repeated_head": "ページをまたいで繰り返された見出しです",
    "truncated_file": "ファイルが途中で切れています",
    "page_unreadable": "ページを読み取れませんでした",
    "unclaimed": "どの欄にも属さない行です",
}

_QUOTE = re.compile("「[^「」]*」")

READER_RULES = tuple(_SENTENCES_JA)
"""What the reader may notice while it reads."""


def findings_of(
    notices: Iterable[Notice],
    observations: Iterable[Observation],
    identity: Identity,
    document_id: str,
) -> tuple[Finding, ...]:
    """One finding a notice, in page order as given; equal notices once."""
    by_span: dict[tuple[object, ...], list[str]] = {}
    for row in observations:
        by_span.setdefault(_key(row), []).append(row.observation_id)
    return tuple(
        _finding(notice, by_span, identity, document_id) for notice in dict.fromkeys(notices)
    )


def _key(row: Observation) -> tuple[object, ...]:
    return (row.page, tuple(row.bbox or ()), row.char_start, row.char_end)


def _span_key(span: Span) -> tuple[object, ...]:
    return (span.page, tuple(span.bbox or ()), span.char_start, span.char_end)


def _finding(
    notice: Notice,
    by_span: dict[tuple[object, ...], list[str]],
    identity: Identity,
    document_id: str,
) -> Finding:
    span = notice.span
    parts = (document_id, notice.rule, notice.detail, *_span_key(span))
    sentence = _SENTENCES_JA.get(notice.rule, "読み取りに疑義があります")
    return Finding(
        finding_id=hashlib.sha256(repr(parts).encode()).hexdigest()[:24],
        document_id=document_id,
        municipality_code=identity.municipality.code if identity.municipality else None,
        rule=notice.rule,
        severity=notice.severity,
        message=f"{notice.detail} ({place_in_words(span)})",
        message_ja=f"{sentence}{_quotes(notice.detail)}（{place_in_japanese(span)}）。",
        observation_ids=tuple(by_span.get(_span_key(span), ())),
        narrative_ids=(),
        expected=None,
        found=None,
        page=span.page,
        raw=None,
        bbox=span.bbox,
        char_start=span.char_start,
        char_end=span.char_end,
    )


def _quotes(detail: str) -> str:
    """What the detail quotes from the page: ：「７」「８」, or nothing.

    >>> _quotes("nothing says whether 「７」 is a target, a projection or an actual")
    '：「７」'
    """
    quotes = _QUOTE.findall(detail)
    return f"：{''.join(quotes)}" if quotes else ""


def place_in_words(span: Span) -> str:
    """page 3, or characters 120 to 134."""
    if span.page is not None:
        return f"page {span.page}"
    if span.char_start is None:
        return "the whole document"
    return f"characters {span.char_start} to {span.char_end}"


def place_in_japanese(span: Span) -> str:
    """3ページ, or 120～134文字目."""
    if span.page is not None:
        return f"{span.page}ページ"
    if span.char_start is None:
        return "文書全体"
    return f"{span.char_start}～{span.char_end}文字目"
