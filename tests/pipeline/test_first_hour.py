"""docs/first_hour.md: the ten questions run as printed, and answer what is printed below them."""

from __future__ import annotations

import pytest
from first_hour import DOCUMENT, answer, snippets
from ingested import ingested_samples

SNIPPETS = snippets(DOCUMENT.read_text(encoding="utf-8"))


def test_all_ten_questions_are_asked() -> None:
    headings = [
        line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line[:3] == "## "
    ]
    assert [heading.split(".")[0] for heading in headings[:10]] == [f"## {n}" for n in range(1, 11)]
    assert len(SNIPPETS) >= 11


@pytest.mark.parametrize(("command", "printed"), SNIPPETS)
def test_a_question_is_answered_as_printed(command: str, printed: str) -> None:
    assert printed
    assert answer(command, ingested_samples()) == printed
