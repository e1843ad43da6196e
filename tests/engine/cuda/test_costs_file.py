"""The file of measured costs: what comes out of it, and what is never believed."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from arcbatt.engine.cuda import costs_file
from arcbatt.engine.cuda.costs import Costs
from support.timed import FAST, SLOW

IDENTITY = {"device": "Card (0)", "driver": "12.9"}
OTHER = {**IDENTITY, "driver": "13.0"}


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file, not written yet."""
    monkeypatch.setenv("ARCBATT_CACHE", str(tmp_path / "deep" / "cache"))
    return tmp_path / "deep" / "cache" / "gpu-costs.json"


def test_what_is_kept_comes_out(path: Path) -> None:
    assert costs_file.load(IDENTITY) is None
    costs_file.save(IDENTITY, FAST)
    costs_file.save(OTHER, SLOW)
    assert costs_file.load(IDENTITY) == FAST
    assert costs_file.load(OTHER) == SLOW
    assert costs_file.load({**IDENTITY, "driver": "12.8"}) is None
    costs_file.save(IDENTITY, SLOW)
    assert costs_file.load(IDENTITY) == SLOW
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o077 == 0


def test_the_oldest_go(path: Path) -> None:
    for number in range(40):
        costs_file.save({"device": str(number)}, FAST)
    assert [number for number in range(40) if costs_file.load({"device": str(number)})] == list(range(24, 40))
    assert path.stat().st_size < 1 << 14


def changed(**values: Any) -> bytes:
    """The file with other costs in it."""
    costs = {
        "start_s": 1e-4, "launch_s": 1e-5, "bytes_per_s": 1e9, "calls_per_s": 1e8, "seed_s": 1e-7,
        "native_s": {"G": 1e-7}, **values,
    }  # fmt: skip
    return json.dumps({"format": 1, "measured": [{"of": IDENTITY, "costs": costs}]}).encode()


HOSTILE = [
    b"", b"{}", b"[]", b"null", b"7", b'"text"', b"\xff\xfe", b"[" * 50_000, b'{"format": 1}',
    b'{"format": 1, "measured": 3}', b'{"format": 1, "measured": {"of": 1}}', b'{"format": 1, "measured": [3]}',
    b'{"format": 1, "measured": [{}]}', b'{"format": 1, "measured": [{"of": [], "costs": {}}]}',
    changed().replace(b'"format": 1', b'"format": 2'), changed()[:-3], changed() + b"x",
    changed(start_s=-1.0), changed(start_s=0), changed(start_s="1"), changed(start_s=True), changed(start_s=None),
    changed(launch_s=1e9), changed(bytes_per_s=0.0), changed(bytes_per_s=float("inf")), changed(seed_s=float("nan")),
    changed(calls_per_s=10**400), changed(more=1.0), changed(native_s=[]), changed(native_s={"Q": 1e-7}),
    changed(native_s={"G": -1e-7}), changed(native_s={"G": {}}), changed(native_s=None),
    changed().replace(b'"Card (0)"', b"[]"), changed().replace(b'"start_s"', b'"begin_s"'), changed(pad=" " * 70_000),
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_odd_is_not_believed_and_replaced(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    path.chmod(0o600)
    assert costs_file.load(IDENTITY) is None
    costs_file.save(IDENTITY, FAST)
    assert costs_file.load(IDENTITY) == FAST


def test_what_is_not_odd_is_believed(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(changed(start_s=1))
    path.chmod(0o600)
    assert costs_file.load(IDENTITY) == Costs(1.0, 1e-5, 1e9, 1e8, 1e-7, {"G": 1e-7})


def test_what_others_can_have_written_is_not_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    costs_file.save(IDENTITY, FAST)
    path.chmod(0o620)
    assert costs_file.load(IDENTITY) is None
    path.chmod(0o600)
    assert costs_file.load(IDENTITY) == FAST
    with monkeypatch.context() as stranger:
        stranger.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
        assert costs_file.load(IDENTITY) is None
    elsewhere = path.with_name("elsewhere.json")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert costs_file.load(IDENTITY) is None
    path.unlink()
    os.mkfifo(path)
    assert costs_file.load(IDENTITY) is None


def test_where_nothing_can_be_written_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "cache", "/proc/nothing/cache", "~nobody-of-this-name/cache"):
        monkeypatch.setenv("ARCBATT_CACHE", str(place))
        costs_file.save(IDENTITY, FAST)
        assert costs_file.load(IDENTITY) is None
    monkeypatch.delenv("ARCBATT_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "no home"))
    costs_file.save(IDENTITY, FAST)
    assert costs_file.load(IDENTITY) is None
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    costs_file.save(IDENTITY, FAST)
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        costs_file.save(OTHER, SLOW)
    assert costs_file.load(IDENTITY) == FAST
    assert costs_file.load(OTHER) is None
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_several_that_write_at_once_leave_it_whole(path: Path) -> None:
    def write(number: int) -> None:
        for _ in range(30):
            costs_file.save({"device": str(number)}, FAST)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if path.exists():
            json.loads(path.read_bytes())
    assert any(costs_file.load({"device": str(number)}) == FAST for number in range(4))
    assert [item.name for item in path.parent.iterdir()] == [path.name]
