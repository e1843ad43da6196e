from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arcbatt.store import Store, open_store

# the tests' folder is no package; child processes find the helper module beside their script in the same way
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "ws"


@pytest.fixture(params=["sqlite"])
def make_store(request: pytest.FixtureRequest, workspace: Path) -> Iterator[Callable[[], Store]]:
    """Opens a store on one and the same workspace, once for each call; every backend has its name in the params."""
    assert request.param == "sqlite"
    opened: list[Store] = []

    def make() -> Store:
        opened.append(open_store(workspace, create=True))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
