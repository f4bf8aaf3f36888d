"""Listings: a line a row in a pipe, a table on a terminal, no markup read into printed brackets."""

from __future__ import annotations

import io
import sys

import pytest
from keikaku.pipeline.listing import Listing, plain_lines, print_listing

LISTING = Listing("Figures", ("place", "printed"), (("1-4", "246\n[94]"), ("9-12", "[bold]\t4人")))


def test_a_pipe_gets_one_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    print_listing(LISTING)
    assert capsys.readouterr().out == "place\tprinted\n1-4\t246⏎[94]\n9-12\t[bold]→4人\n"
    assert next(iter(plain_lines(LISTING))) == "place\tprinted"


def test_a_terminal_gets_a_table_with_brackets_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    print_listing(LISTING)
    shown = terminal.getvalue()
    assert "Figures" in shown
    assert "[94]" in shown
    assert "[bold]" in shown
    assert "─" in shown
