"""Live pages over a PostgreSQL database: news come by asking it, and it may go away for a while."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from arcbatt.store import PostgresAddress, RunStart, open_store
from arcbatt.web.at_hand import TaskSources
from arcbatt.web.stored_pages import StoredPages
from arcbatt.web.watching import Watcher
from support.postgres import PostgresServer, database_of, postgres_server

START = RunStart("k", "run", (), "arc1-train", "", "python", {})


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def ended(watcher: Watcher) -> Iterator[Watcher]:
    """A watcher that looks; afterwards its thread is over."""
    watcher.start()
    try:
        yield watcher
    finally:
        watcher.close()
        watcher._thread.join()


def test_an_overview_follows_a_database(postgres: PostgresServer) -> None:
    told: list[Any] = []
    with database_of(postgres) as url:
        address = PostgresAddress(url)
        with ended(Watcher(address, TaskSources(), 0.05)) as watcher:
            watcher.listen(lambda text: told.append(json.loads(text)))
            wait_for(lambda: bool(told))
            assert told[-1]["state"] == "waiting"
            with open_store(address, create=True) as store:
                store.begin_run(START)
                wait_for(lambda: "command" in json.dumps(told[-1]))
                assert '"running"' in json.dumps(told[-1])
                pages = StoredPages(address, TaskSources())
                first = pages.run(1)
                assert pages.run(1) is first  # nothing was stored since
                store.finish_run(1, "finished", None, {})
                assert pages.run(1) is not first
                wait_for(lambda: '"finished"' in json.dumps(told[-1]))


def test_a_server_that_goes_away_is_told_and_comes_back(postgres: PostgresServer) -> None:
    running = postgres_server()
    server = next(running)
    told: list[Any] = []
    try:
        address = PostgresAddress(server.address())
        with open_store(address, create=True) as store:
            store.begin_run(START)
        with ended(Watcher(address, TaskSources(), 0.05)) as watcher:
            watcher.listen(lambda text: told.append(json.loads(text)))
            wait_for(lambda: bool(told))
            server.kill()
            wait_for(lambda: told[-1]["state"] == "unreadable")
            assert "no connection" in json.dumps(told[-1])
            server.start()
            wait_for(lambda: told[-1]["state"] != "unreadable")
            assert '"runs"' in json.dumps(told[-1])
    finally:
        running.close()
