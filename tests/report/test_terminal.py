"""Lines for terminals, and commands that can be typed as they stand."""

from __future__ import annotations

import io
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.report.terminal import command_lines, is_live, next_lines, write_line

words = st.lists(st.text("abc -'\"$*\\ü", min_size=1, max_size=12), min_size=1, max_size=8)


@given(words, st.integers(20, 100))
def test_a_broken_command_is_read_by_a_shell_as_it_was(typed: list[str], width: int) -> None:
    command = shlex.join(["arcbatt", *typed])
    lines = command_lines(command, width, "next: ")
    assert lines[0].startswith("next: arcbatt")
    text = "\n".join(lines).removeprefix("next: ")
    assert shlex.split(text.replace(" \\\n", " ")) == ["arcbatt", *typed]


def test_a_command_is_broken_before_an_option_and_fits() -> None:
    lines = command_lines("arcbatt evolve --tasks 82819916 --time 60 --set arc1-eval", 40, "next: ")
    assert lines == ["next: arcbatt evolve --tasks 82819916 \\", "          --time 60 --set arc1-eval"]


def test_in_a_pipe_nothing_is_broken() -> None:
    stream = io.StringIO()
    commands = ["arcbatt " + "x " * 100 + "y", "arcbatt list"]
    assert next_lines(commands, stream) == [f"next: {commands[0]}", "      arcbatt list"]
    write_line("word " * 60, stream)
    assert stream.getvalue().count("\n") == 1


def test_a_strangers_text_sends_the_terminal_nothing() -> None:
    stream = io.StringIO()
    write_line("solve_\x1b[31m", stream)
    assert stream.getvalue() == "solve_?[31m\n"


@pytest.mark.parametrize(
    ("variables", "live"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "CI": "true"}, False),
     ({"TERM": "xterm", "CI": "false"}, True)],
)  # fmt: skip
def test_what_is_live(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], live: bool) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("CI", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert is_live(Terminal()) is live
    assert not is_live(io.StringIO())
