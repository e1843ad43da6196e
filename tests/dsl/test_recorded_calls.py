"""Recorded calls of the primitives that rules are written with: result or failure, and fuel, in both engines."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from arcbatt.engine import select_engine
from support.twins import ENGINES

TOOL = Path(__file__).parents[2] / "tools" / "record_calls.py"
FILES = sorted(Path(__file__).with_name("recorded_calls").glob("*.jsonl"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_record_calls", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_are_recorded(tool: ModuleType) -> None:
    assert {path.stem for path in FILES} == set(tool.SHAPES)


@pytest.mark.parametrize("engine_name", ENGINES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_recorded_calls(path: Path, engine_name: str, tool: ModuleType) -> None:
    engine = select_engine(engine_name)
    calls = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(calls) >= 40
    for call in calls:
        found = {"name": call["name"], "arguments": call["arguments"]}
        assert {**found, **tool.told(engine, call["name"], call["arguments"])} == call


def test_they_can_be_made_again(tool: ModuleType) -> None:
    engine = select_engine("python")
    for name in tool.SHAPES:
        assert tool.recorded(engine, name, 1, 2) == [
            json.loads(line) for line in FILES[0].with_name(f"{name}.jsonl").read_text().splitlines()[:2]
        ]
