"""NVRTC compiles the kernels for every kind of GPU that the engine takes, without one."""

from __future__ import annotations

import pytest

from arcbatt.engine.cuda.enumeration.steps import EVALUATING, STEPS
from support.nvrtc import compiled, library_path

LIBRARY = library_path()
pytestmark = pytest.mark.skipif(
    LIBRARY is None, reason="NVRTC is not installed (pip install nvidia-cuda-nvrtc-cu12; the extra cuda-dev)"
)


@pytest.mark.parametrize("capability", ["75", "80", "89", "90"])
def test_it_translates_them_for(capability: str) -> None:
    assert LIBRARY is not None
    code, log = compiled(LIBRARY, f"compute_{capability}")
    assert f".target sm_{capability}".encode() in code
    assert b".entry evaluate(" in code
    assert all(f".entry search_{step}(".encode() in code for step in STEPS if step not in EVALUATING)
    assert "warning" not in log.lower()


@pytest.mark.slow
@pytest.mark.parametrize("capability", ["75", "90"])
def test_it_assembles_them_for(capability: str) -> None:
    """What a device loads, for the oldest and the newest; it takes long."""
    assert LIBRARY is not None
    code, _ = compiled(LIBRARY, f"sm_{capability}")
    assert code.startswith(b"\x7fELF")
    assert b"evaluate" in code
