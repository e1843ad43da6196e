"""The data of the charts are the figures of docs/numbers.md."""

from __future__ import annotations

import json

import pytest

from support.documentation import ROOT, TEXTS

NUMBERS = TEXTS["docs/numbers.md"]
JOURNEY, SECONDS = (json.loads((ROOT / "docs/data" / f"{name}.json").read_text()) for name in ("journey", "seconds"))
TABLE = [words for line in NUMBERS.splitlines() if len(words := line.split()) >= 13 and words[1] == "s"]
"""Rows of the table of budgets: seconds, ``s``, tasks, fitted, whole, outputs, one, two, ..."""


@pytest.mark.parametrize("data", [JOURNEY, SECONDS], ids=["journey", "seconds"])
def test_the_command_is_that_of_the_page(data: dict) -> None:
    assert data["command"].split(" --every")[0].split(" --budgets")[0] in NUMBERS


@pytest.mark.parametrize("step", JOURNEY["steps"], ids=lambda step: step["name"])
def test_steps_of_the_journey(step: dict) -> None:
    (row,) = [line for line in NUMBERS.splitlines() if line.startswith(f"{step['name']}  ")]
    figures = row[len(step["name"]) :].split()
    assert (step["wall_s"], step["cpu_s"]) == (float(figures[0]), float(figures[3]))
    assert step["taught"]


def test_points_of_the_curves() -> None:
    measured = {(float(row[0]), int(row[7]), int(row[5])) for row in TABLE}
    assert {tuple(point) for item in SECONDS["curves"] for point in item["points"]} <= measured


def test_answers_step_by_step() -> None:
    measured = {(int(row[7]), int(row[5])) for row in TABLE if row[0] == "2"}
    assert {tuple(step["loo"]) for step in SECONDS["steps"]} <= measured
    for step in SECONDS["steps"]:
        if step["arc1-eval"]:
            right, of = step["arc1-eval"]
            assert f"{right} of {of} outputs" in NUMBERS or f" and {right} before" in NUMBERS
