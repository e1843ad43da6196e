"""What holds for all tests."""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from support.postgres import PostgresServer


# No test asserts times, and machines are shared: an example that takes long is no failure.
settings.register_profile("arcbatt", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("arcbatt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that the others go on beside it."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.fixture(scope="module", autouse=True)
def _users_files_forgotten() -> Iterator[None]:
    """Workers load the files with primitives that their process has loaded: those of one module are not another's."""
    from arcbatt.dsl import user

    before = dict(user._loaded)
    yield
    user._loaded.clear()
    user._loaded.update(before)


@pytest.fixture(scope="module", autouse=True)
def _dasks_sockets_collected() -> Iterator[None]:
    """Dask leaves broken connections to Python's collector; the test during which it comes would be blamed for them."""
    yield
    if "distributed" in sys.modules:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium for the tests of a process."""
    from support.browser import NAMES, browser_program, opened_browser

    program = browser_program()
    if program is None:
        pytest.skip(f"no browser: neither Playwright's Chromium nor {', '.join(NAMES)}; .ci/run installs one")
    with opened_browser(program) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the tests of a process."""
    from support.postgres import missing_postgres, postgres_server

    reason = missing_postgres()
    if reason is not None:
        pytest.skip(reason)
    yield from postgres_server()


@pytest.fixture(scope="module")
def documented_address(postgres: PostgresServer) -> Iterator[str]:
    """A database with a store, in the place of the one that the pages speak of."""
    from arcbatt.store import open_store
    from support.postgres import database_of

    with database_of(postgres) as address:
        open_store(address, create=True).close()
        yield address
