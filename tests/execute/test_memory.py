"""The share of memory that each thread gets."""

from __future__ import annotations

import subprocess
import sys

import pytest

from arcbatt.execute import memory, memory_share

MB = 1024**2


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine of which nothing is known."""
    for name in ("_address_space_left", "_container_left", "_machine_left"):
        monkeypatch.setattr(memory, name, lambda: iter(()))
    return monkeypatch


def test_what_is_asked_for_where_nothing_bounds_it(roomy: pytest.MonkeyPatch) -> None:
    assert memory_share(None, 2) is None
    assert memory_share(5 * MB, 2) == 5 * MB


@pytest.mark.parametrize("name", ["_address_space_left", "_container_left", "_machine_left"])
def test_a_fair_share_of_what_is_left(name: str, roomy: pytest.MonkeyPatch) -> None:
    roomy.setattr(memory, name, lambda: iter([800 * MB]))
    assert memory_share(None, 2) == 300 * MB
    assert memory_share(4096 * MB, 2) == 300 * MB
    assert memory_share(100 * MB, 2) == 100 * MB
    assert memory_share(None, 1000) == 32 * MB


def test_a_real_limit_counts() -> None:
    code = (
        "import resource\nfrom arcbatt.execute import memory_share\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, resource.RLIM_INFINITY))\n"
        "print(memory_share(4 * 1024**3, 2))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 1024**3
