"""Which requests are answered and what every answer carries, over the application itself."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from arcbatt.store import RunStart, open_store
from arcbatt.web.app import MOST_STREAMS, Streams, application
from arcbatt.web.at_hand import TaskSources
from arcbatt.web.guard import Guard
from arcbatt.web.stored_pages import StoredPages
from arcbatt.web.watching import Watcher

HOME = "http://127.0.0.1:8317"
T = TypeVar("T")
TOKEN = "a-token-of-some-length"
PATHS = ("/", "/runs/1", "/workspace", "/compare?before=1&after=2", "/nowhere", "/runs/0", "/events/")


def finished(work: Coroutine[Any, Any, T]) -> T:
    """What some work comes to, in a thread of its own: the browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


class Web:
    """Asks an application, without a network; keeps cookies."""

    def __init__(self, app: Any) -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=HOME, follow_redirects=False)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return finished(self._client.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)


@contextmanager
def client(workspace: Path, *, host: str = "127.0.0.1", token: str | None = None) -> Iterator[Web]:
    sources = TaskSources()
    streams = Streams(Watcher(workspace, sources))
    yield Web(application(Guard(host, 8317, token), streams, StoredPages(workspace, sources)))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with open_store(tmp_path / "ws", create=True) as store:
        store.begin_run(RunStart("k", "run", (), "arc1-train", "", "python", {}))
    return tmp_path / "ws"


def test_every_answer_forbids_what_pages_need_not(workspace):
    with client(workspace) as web:
        for path in PATHS:
            answer = web.get(path)
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'"), path
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert answer.headers["cache-control"] == "no-store"
            assert "Traceback" not in answer.text
            assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8317", "127.0.0.1.evil.example", "", "localhost@evil",
                                  "127.0.0.1:8317:1", "[::1", "192.168.0.7"])  # fmt: skip
def test_another_name_of_this_server_is_refused(workspace, host):
    with client(workspace) as web:
        assert web.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9000", "127.0.0.1:8317", "[::1]:8317"])
def test_the_names_of_loopback_are_answered(workspace, host):
    with client(workspace) as web:
        assert web.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
])  # fmt: skip
def test_a_request_of_another_site_is_refused(workspace, headers):
    with client(workspace) as web:
        for path in ("/", "/events", "/runs/1"):
            assert web.get(path, headers=headers).status_code == 403
        assert web.get("/", headers={"Origin": HOME, "Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_is_allowed(workspace, method):
    with client(workspace) as web:
        assert web.request(method, "/").status_code == 405
        assert web.request("HEAD", "/").status_code == 200


def test_a_token_is_taken_once_and_then_a_cookie_that_does_not_tell_it(workspace):
    with client(workspace, host="0.0.0.0", token=TOKEN) as web:
        assert web.get("/").status_code == 401
        assert web.get("/events").status_code == 401
        assert web.get("/?token=wrong").status_code == 403
        assert web.get("/?token=\u20ac").status_code == 403
        assert web.get("/", headers={"Cookie": "arcbatt-8317=wrong"}).status_code == 401
        entered = web.get(f"/?token={TOKEN}")
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert TOKEN not in cookie
        assert web.get("/").status_code == 200


def test_where_a_token_sends_a_browser_is_always_here(workspace):
    with client(workspace, token=TOKEN) as web:
        for path in ("//evil.example/", "/%5Cevil.example", "/%2F/evil.example"):
            place = web.get(f"{HOME}{path}?token={TOKEN}").headers["location"]
            assert place.startswith("/")
            assert not place.startswith(("//", "/\\"))


@pytest.mark.parametrize("path", [
    "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/runs/..%2f..%2fetc%2fpasswd", "/styles/live.css", "/arcbatt.db",
    "/runs/%00", "/runs/1e3", "/runs/99999999999999999999", "/runs/\u0661", "/runs/-1", "/compare?before=..&after=1",
    "/compare",
])  # fmt: skip
def test_no_path_leads_to_a_file(workspace, path):
    with client(workspace) as web:
        answer = web.get(path)
        assert answer.status_code == 404
        assert "root:" not in answer.text


def test_what_is_wrong_with_a_store_is_told_in_a_line(workspace):
    with client(workspace) as web:
        assert "run 7: no such run" in web.get("/runs/7").text
        assert web.get("/runs/1").status_code == 200
        (workspace / "arcbatt.db").write_bytes(b"SQLite format 3\0" + b"x" * 4000)
        answer = web.get("/runs/1")
        assert answer.status_code == 503
        assert "arcbatt.db" in answer.text


def test_no_more_streams_than_the_bound(workspace):
    sources = TaskSources()
    streams = Streams(Watcher(workspace, sources))

    async def fill() -> None:
        for _ in range(MOST_STREAMS):
            streams.opened()

    finished(fill())
    app = application(Guard("127.0.0.1", 8317, None), streams, StoredPages(workspace, sources))
    assert Web(app).get("/events").status_code == 503
