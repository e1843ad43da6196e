"""The chooser between engines, limits, and failures as a table."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from arcbatt.engine import ENGINES, FailureKind, Limits, available_engines, select_engine
from arcbatt.errors import EngineError


def test_python_is_always_there() -> None:
    assert available_engines()[-1] == "python"
    assert select_engine("python").name == "python"
    assert select_engine().name == available_engines()[0]


def test_an_unknown_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(EngineError, match=", ".join(ENGINES)):
        select_engine("quantum")


def test_an_engine_that_is_not_installed_is_told() -> None:
    if "native" in available_engines():
        assert select_engine("native").name == "native"
    else:
        with pytest.raises(EngineError, match="native"):
            select_engine("native")


def test_a_broken_native_engine_is_never_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "arcbatt_native.py").write_text("raise ImportError('broken')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "arcbatt_native", raising=False)
    with pytest.raises((EngineError, ImportError)):
        select_engine("auto")


@pytest.mark.parametrize(("fuel", "timeout_s"), [
    (0, None), (-1, None), (1, 0), (1, -2.0), (1, float("nan")), (1, float("inf")), (1, 1e308),
])  # fmt: skip
def test_limits_refuse_what_limits_nothing(fuel: int, timeout_s: float | None) -> None:
    with pytest.raises(ValueError, match="must be"):
        Limits(fuel, timeout_s)


def test_kinds_of_failure_are_these() -> None:
    kinds = {str(kind): kind.is_machine_dependent for kind in FailureKind}
    assert kinds == {"error": False, "limit": False, "timeout": True, "memory": True}
