from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arcbatt.store import PostgresAddress, Store, StorePlace, open_store
from support.postgres import PostgresServer, database_of

# the tests' folder is no package; child processes find the helper module beside their script in the same way
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "ws"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, workspace: Path) -> Iterator[StorePlace]:
    """Where a store can be made, of each kind."""
    if request.param == "sqlite":
        yield workspace
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with database_of(server) as address:
        yield PostgresAddress(address)


@pytest.fixture
def make_store(place: StorePlace) -> Iterator[Callable[[], Store]]:
    """Opens a store on one and the same place, once for each call."""
    opened: list[Store] = []

    def make() -> Store:
        opened.append(open_store(place, create=True))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
