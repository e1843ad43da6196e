"""The tutorial, command by command, as its reader types them."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
MADE = {"task.svg", "steps.svg", "report.html", "changes.html", "submission.json"}


@pytest.mark.slow
def test_every_command_of_the_tutorial_works_in_its_order(tmp_path):
    programs = re.search(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)
    assert programs is not None
    (tmp_path / "mine.py").write_text(programs[1], encoding="utf-8")
    lines = re.findall(r"^arcbatt .*$", TUTORIAL, re.MULTILINE)
    assert len(lines) >= 12
    for line in lines:
        done = subprocess.run(
            [sys.executable, "-m", "arcbatt", *shlex.split(line)[1:]], cwd=tmp_path, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stderr}"
        if "--steps" in line and "-o" not in line:
            assert "cells differ" in done.stdout
        if line.startswith("arcbatt run") and "mine.py" in line:
            assert "20 tasks" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} >= MADE
    assert "attempt" in (tmp_path / "report.html").read_text(encoding="utf-8")
