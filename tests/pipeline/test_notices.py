"""What the reader says of a doubt, in both languages: a Japanese sentence holds no English one."""

from __future__ import annotations

import re

from keikaku.pipeline.journey import Source, read_document

DOUBTED = """\
第7期架空市障害福祉計画 令和6年度の実績

| 項目 | 令和8年度 | 令和6年度 |
|---|---|---|
| 施設入所者数 | 12人 | 14人 |
"""


def test_the_japanese_sentence_quotes_the_page_and_holds_no_english() -> None:
    findings = read_document(Source("a.md", DOUBTED.encode())).findings
    said = [finding.message_ja for finding in findings if finding.rule == "unknown_measure"]
    assert any("「12人」" in words for words in said)
    for words in (finding.message_ja for finding in findings):
        assert not re.search("[a-z]{3}", words), words
