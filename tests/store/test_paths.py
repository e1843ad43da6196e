"""A workspace in which SQLite's files are links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arcbatt.errors import StoreError
from arcbatt.store import open_store


@pytest.mark.parametrize("name", ["arcbatt.db", "arcbatt.db-wal", "arcbatt.db-shm", "arcbatt.db-journal"])
@pytest.mark.parametrize("dangling", [True, False])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_link_is_refused_and_named(tmp_path: Path, name: str, dangling: bool, read_only: bool) -> None:
    workspace, target = tmp_path / "w", tmp_path / "elsewhere"
    open_store(workspace, create=True).close()
    (workspace / name).unlink(missing_ok=True)
    if not dangling:
        target.write_bytes(b"")
    (workspace / name).symlink_to(target)
    with pytest.raises(StoreError, match=f"{re.escape(name)}: expected a file, got a link to"):
        open_store(workspace, create=True, read_only=read_only)
    assert target.exists() is not dangling
    assert dangling or target.read_bytes() == b""
