"""The README says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arcbatt.cli.group import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_is_left_open() -> None:
    assert "@@" not in README
    assert "TODO" not in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_its_table(command: str) -> None:
    assert f"| `arcbatt {command}" in README


def test_every_benchmark_that_it_quotes_is_there_and_in_make_bench() -> None:
    quoted = set(re.findall(r"benchmarks/\w+\.py", README))
    assert quoted
    for path in quoted:
        assert (ROOT / path).is_file()
        assert path in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_its_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"## As a library\n\n```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    lines = capsys.readouterr().out.split("\n")[:-1]
    assert len(lines) == 4
    assert all(line.startswith("True ") for line in lines)
