"""What finds or installs a PostgreSQL server for CI: it says what came of it in a line, and never fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.postgres import postgres_server

ROOT = Path(__file__).parents[2]
REFUSING = "#!/bin/sh\necho 'E: no network' >&2\nexit 100\n"
INSTALLING = "#!/bin/sh\nfor name in initdb postgres; do echo '#!/bin/sh' > {0}/$name; /bin/chmod +x {0}/$name; done\n"


def looked(folder: Path, apt: str) -> str:
    (folder / "apt-get").write_text(apt)
    (folder / "apt-get").chmod(0o755)
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/postgres.py")], capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PATH": str(folder), "ARCBATT_POSTGRES": str(folder)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    return done.stdout


def test_without_network_it_says_why_there_is_none(tmp_path: Path) -> None:
    told = looked(tmp_path, REFUSING)
    assert told.startswith("no PostgreSQL, so the tests of shared stores are skipped (no PostgreSQL server: neither")
    assert ("apt: E: no network" in told) == (os.geteuid() == 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="apt-get needs root")
def test_the_systems_package_is_installed(tmp_path: Path) -> None:
    assert looked(tmp_path, INSTALLING.format(tmp_path)) == (
        f"PostgreSQL for the tests of shared stores: {tmp_path}\n"
    )


@pytest.mark.usefixtures("postgres")
def test_a_server_does_not_outlive_the_process_that_started_it() -> None:
    program = (
        "import os, sys; sys.path.insert(0, 'tests'); from support.postgres import postgres_server; "
        "server = next(postgres_server()); print(server.folder, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("pg"), done.stderr
    for _ in range(600):
        if not folder.exists():
            break
        subprocess.run(["sleep", "0.1"], check=True)
    assert not folder.exists()


@pytest.mark.usefixtures("postgres")
def test_a_server_comes_back_after_a_kill_with_what_was_committed() -> None:
    running = postgres_server()
    server = next(running)
    server.execute("CREATE TABLE t (x int)", "INSERT INTO t VALUES (1)")
    for end in (server.kill, server.stop):
        end()
        server.start()
        assert server.execute("SELECT x FROM t") == [(1,)]
    running.close()
    assert not server.folder.exists()
