"""A document all of whose figures are refused is in quarantine, and each figure under its finding."""

from __future__ import annotations

import pytest
from keikaku.pipeline.batch.report import DocumentReport, RunReport, summary_lines
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

REFUSED = (
    "町の相談支援のあゆみ\n\n"
    "計画相談支援 令和３年度 令和４年度\n"
    "人　　　　　　41　　　38　　　45\n"
    "基本相談支援 令和３年度 令和４年度\n"
    "件　　　　　　210　　198　　　240\n"
)


def test_refused_figures_are_listed_each_under_its_finding() -> None:
    with pytest.raises(NoSheet) as refusal:
        read_document(Source("walk.txt", REFUSED.encode()))
    doubts = [row for row in refusal.value.findings if row.severity == "warning"]
    for row in REFUSED.splitlines()[3::2]:
        at = REFUSED.index(row)
        assert any(at <= (f.char_start or 0) < at + len(row) for f in doubts), row


@pytest.mark.parametrize(
    "text",
    [
        "会議の次第\n日時　令和６年７月３日　午前10時から\n場所　本庁舎３階\n",
        "本年は相談が45件ありました。来年も続けます。\n",
    ],
)
def test_prose_alone_is_no_sheet(text: str) -> None:
    with pytest.raises(NoSheet):
        read_document(Source("letter.txt", text.encode()))


def test_a_run_says_which_documents_gave_no_figure() -> None:
    counts = {"observations": 0, "narratives": 0, "errors": 0, "warnings": 9, "infos": 0}
    bare = DocumentReport("0" * 64, "walk.txt", "ingested", None, None, **counts)
    report = RunReport(
        "out", "", 1.0, "1", "1", False, 0, 0, 0, documents=(bare,), unread=(), withdrawn=(),
        passed_over=(),
    )  # fmt: skip
    assert "  walk.txt" in list(summary_lines(report))
    assert report.exit_code == 0
