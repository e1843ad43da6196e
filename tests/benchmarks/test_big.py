"""The benchmark of big batteries runs, measures every stage of each size, and takes its programs again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.documentation import ROOT


def test_every_stage_of_each_size_is_measured(tmp_path: Path) -> None:
    tool = ROOT / "benchmarks/big.py"
    command = [sys.executable, tool, "--programs", "80", "40", "--tasks", "2", "--folder", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[1].split() == ["programs", "40", "80", "slope"]
    rows = {line[:38].strip(): line[38:].split() for line in lines[2:] if line[:1].islower()}
    assert {"load, CPU s", "evaluate a task, CPU s", "stored a task, MB", "peak, MB"} <= set(rows)
    assert all(len(row) == 3 for row in rows.values())
    assert rows["tasks done"][:2] == ["2.000", "2.000"]
    assert float(rows["peak, MB"][1]) > 10
    assert "10,000,000 programs on 1,000 tasks" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["programs_40_0", "programs_80_0"]
    assert [path.name for path in (tmp_path / "programs_80_0").iterdir()] == ["part_00000080.py"]
