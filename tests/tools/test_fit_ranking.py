"""Files of examples that the fit of the ranking refuses, in a line; few examples that it takes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from arcbatt.arc import load_set
from arcbatt.errors import InputError
from arcbatt.search.ranking import belief
from support.twins import needs_native

pytest.importorskip("numpy")

TOOL = Path(__file__).parents[2] / "tools" / "fit_ranking.py"
FITS = '{"task":"a","set":"s","is_near":false,"answers":[{"bits":3},{"none":1}],"right":0}\n'
NEAR = '{"task":"b","set":"s","is_near":true,"answers":[{"near-bits":3},{"near-none":1}],"right":1}\n'


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_fit_ranking", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tools_fit_ranking"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("text", "words"), [
    (None, "examples.jsonl: cannot be read: No such file"),
    ("", "expected test inputs with programs that fit, got none"),
    (FITS, "expected test inputs with near misses, got none"),
    ("[]\n", "examples.jsonl:1: "),
    (FITS + NEAR.replace('"right":1', '"right":2'), "examples.jsonl:2: expected the number of an answer, got 2"),
])  # fmt: skip
def test_other_files_are_refused(tool: ModuleType, tmp_path: Path, text: str | None, words: str) -> None:
    path = tmp_path / "examples.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=words):
        tool.fit_files([path], 8.0, is_writing=False)


def test_one_task_of_each_kind_is_enough(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "examples.jsonl"
    path.write_text(FITS + NEAR)
    tool.fit_files([path], 8.0, is_writing=False)
    assert "near misses: 1 test inputs" in capsys.readouterr().out


@needs_native
def test_collecting_needs_no_weights(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of another version are told to be made again by this tool, so it must not need them."""

    def refused() -> None:
        raise InputError("weights of another version")

    monkeypatch.setattr(belief, "load_model", refused)
    (example,) = tool.examples_of("loo", 0.05, load_set("arc1-train")["67a3c6ac"])
    assert (example.task, example.is_near) == ("67a3c6ac", False)


@pytest.mark.parametrize("words", [
    ["collect", "variants", "-o", "x"], ["collect", "loo", "--data", "x", "-o", "x"],
    ["collect", "loo", "--every", "0", "-o", "x"],
])  # fmt: skip
def test_options_that_do_not_go_together_end_with_usage(
    tool: ModuleType, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fit_ranking.py", *words])
    with pytest.raises(SystemExit):
        tool.main()
    assert "error: " in capsys.readouterr().err
