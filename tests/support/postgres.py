"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket in it, gone with its process."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

__all__ = ["PostgresServer", "database_of", "missing_postgres", "postgres_server", "programs_folder"]

_NAMES: Final = ("initdb", "postgres")
_START_S: Final = 60.0
_SETTINGS: Final = {
    "listen_addresses": "", "fsync": "off", "full_page_writes": "off", "shared_buffers": "32MB",
    "max_connections": "40", "max_wal_senders": "0", "wal_level": "minimal", "autovacuum": "off",
    "log_min_messages": "fatal", "log_timezone": "UTC", "timezone": "UTC", "restart_after_crash": "on",
}  # fmt: skip

# `postgres` may not run as root; and it has to end when the tests do, however they do
_GUARD: Final = """
folder=$1; shift
"$@" >>"$folder/log" 2>&1 &
server=$!
read -r word
case $word in
  gone) ;;
  stop) kill -INT $server; wait $server ;;
  *) kill -QUIT $server; wait $server; rm -rf "$folder" ;;
esac
"""


def programs_folder() -> Path | None:
    """The folder of PostgreSQL's server programs: that of ARCBATT_POSTGRES, if it is set; None where there is none."""
    if "ARCBATT_POSTGRES" in os.environ:
        named = Path(os.environ["ARCBATT_POSTGRES"])
        return named if all(os.access(named / name, os.X_OK) for name in _NAMES) else None
    found = [Path(path).parent for name in _NAMES[1:] if (path := shutil.which(name))]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    with contextlib.suppress(OSError):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        found += [Path(asked.stdout.strip())] if asked.stdout.strip() else []
    return next((path for path in found if all(os.access(path / name, os.X_OK) for name in _NAMES)), None)


def missing_postgres() -> str | None:
    """Why tests cannot have a server; None where they can."""
    if programs_folder() is None:
        return "no PostgreSQL server: neither initdb nor postgres found; .ci/run installs them"
    if os.geteuid() == 0 and _unprivileged() is None:
        return "no PostgreSQL server: it does not run as root, and there is no user `postgres` or `nobody`"
    return None


class PostgresServer:
    """A server with its folder; the user ``tests`` is its superuser and needs no password.

    A user whose name begins with ``locked`` needs one.

    Attributes:
        folder: of its files, its socket and its log.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self.folder = folder
        self._settings = [*(f"{name}={value}" for name, value in _SETTINGS.items()), *settings]
        programs = programs_folder()
        assert programs is not None, missing_postgres()
        self._programs = programs
        self._guard: subprocess.Popen[bytes] | None = None
        self._made = 0
        if os.geteuid() == 0:
            user = _unprivileged()
            assert user is not None, missing_postgres()
            os.chown(folder, user.pw_uid, user.pw_gid)
            self._as_user: dict[str, object] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        else:
            self._as_user = {}
        done = subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "tests", "-A", "trust", "--no-sync", "--no-locale",
             "-E", "UTF8", "--no-instructions"],
            cwd=folder, env=self._environment(), capture_output=True, text=True, check=False, **self._as_user,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        access = folder / "data" / "pg_hba.conf"
        access.write_text(
            'local all /^locked scram-sha-256\nlocal all "locked" scram-sha-256\nlocal all all trust\n'
            "host all locked all scram-sha-256\nhost all all all trust\n"
        )

    def start(self) -> None:
        """Starts it, and returns once it takes connections."""
        words = [str(self._programs / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        for setting in self._settings:
            words += ["-c", setting]
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", str(self.folder), *words],
            stdin=subprocess.PIPE, cwd=self.folder, env=self._environment(), start_new_session=True, **self._as_user,
        )  # fmt: skip
        deadline = time.monotonic() + _START_S
        while not self._is_ready():
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.02)

    def stop(self) -> None:
        """Stops it as an administrator does: sessions are ended, what was committed is on disk."""
        self._tell(b"stop\n")

    def kill(self) -> None:
        """Kills it with all its processes, as a power cut of the server does."""
        file = self.folder / "data" / "postmaster.pid"
        main = int(file.read_text().split()[0])
        children = [int(word) for word in Path(f"/proc/{main}/task/{main}/children").read_text().split()]
        for process in (main, *children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}/cmdline").exists() for process in children):
            time.sleep(0.01)
        file.unlink()
        self._tell(b"gone\n")

    def remove(self) -> None:
        """Stops it and removes its folder."""
        if self._guard is not None:
            self._tell(b"remove\n")
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str = "postgres", user: str = "tests", password: str = "") -> str:
        """The address of a database."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Executes statements as the superuser, each for itself; the rows of the last."""
        import psycopg

        rows: list[tuple[object, ...]] = []
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def new_database(self, options: str = "") -> str:
        """Makes an empty database and returns its name."""
        self._made += 1
        name = f"t{self._made}"
        self.execute(f"CREATE DATABASE {name} {options}")
        return name

    def drop(self, database: str) -> None:
        """Drops a database, whoever uses it."""
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _is_ready(self) -> bool:
        try:
            return (self.folder / "data" / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
        except (OSError, IndexError):
            return False

    def _tell(self, word: bytes) -> None:
        guard, self._guard = self._guard, None
        assert guard is not None
        guard.communicate(word)

    @staticmethod
    def _environment() -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        return kept | {"LC_ALL": "C"}


def postgres_server(settings: Sequence[str] = ()) -> Iterator[PostgresServer]:
    """A running server, for a fixture."""
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="pg", dir="/tmp")), settings)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextlib.contextmanager
def database_of(server: PostgresServer, options: str = "") -> Iterator[str]:
    """The address of a new, empty database, dropped afterwards."""
    name = server.new_database(options)
    try:
        yield server.address(name)
    finally:
        server.drop(name)


def _unprivileged() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return None
