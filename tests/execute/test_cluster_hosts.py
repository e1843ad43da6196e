"""A run over three hosts, which are network namespaces, while a link goes down and a worker is killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.clusters import wait_for
from support.command import arcbatt
from support.network import Hosts, environment, why_no_hosts

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

PORT = 8786
TASKS = ("--set", "arc1-train", "-s", "0", "-c", "120", "--min-score", "0")


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    reason = why_no_hosts()
    if reason is not None:
        pytest.skip(reason)
    with Hosts(3) as made:
        yield made


def dask(hosts: Hosts, host: int, folder: Path, module: str, *words: str) -> subprocess.Popen[bytes]:
    """A process of Dask's on a host; a host that is cut off is given up after 12 seconds, the least that Dask takes."""
    known = environment({"DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s"})
    with (folder / f"log{host}").open("ab") as log:
        return hosts.run(
            host,
            [sys.executable, "-m", f"distributed.cli.{module}", "--host", hosts.address(host), "--no-dashboard",
             *words],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=known,
        )  # fmt: skip


def registered(folder: Path, host: int) -> int:
    """How often workers of a host have come to the scheduler."""
    return (folder / f"log{host}").read_text().count("Registered to:")


@pytest.mark.slow
def test_hosts_that_fail_change_no_byte(hosts: Hosts, tmp_path: Path) -> None:
    expected = arcbatt("run", *TASKS, "-q", "-j", 1, "--json", "-", "--workspace", "alone", cwd=tmp_path).stdout
    scheduler = f"tcp://{hosts.address(0)}:{PORT}"
    dask(hosts, 0, tmp_path, "dask_scheduler", "--port", str(PORT))
    for host in (1, 2):
        words = ("--nthreads", "1", "--memory-limit", "0", "--local-directory", str(tmp_path))
        dask(hosts, host, tmp_path, "dask_worker", scheduler, *words)
    wait_for(lambda: registered(tmp_path, 1) and registered(tmp_path, 2))
    told = tmp_path / "told"
    with told.open("w") as said, (tmp_path / "results.json").open("w") as results:
        driver = hosts.run(
            0, [sys.executable, "-m", "arcbatt", "run", *TASKS, "--cluster", scheduler, "--json", "-"],
            stdin=subprocess.DEVNULL, stdout=results, stderr=said, cwd=tmp_path, env=environment(),
        )  # fmt: skip
    _wait_for_tasks(told, 1)
    hosts.cut(1)
    _kill_worker(hosts, 2)
    wait_for(lambda: f"worker tcp://{hosts.address(1)}" in told.read_text(), 180)  # it is given up
    hosts.join(1)
    wait_for(lambda: registered(tmp_path, 1) > 1 or driver.poll() is not None, 180)
    assert driver.wait(timeout=240) == 0, told.read_text()
    assert (tmp_path / "results.json").read_text() == expected
    assert "is gone; what it had goes to others" in told.read_text()
    assert "Traceback" not in told.read_text()


def _wait_for_tasks(told: Path, count: int) -> None:
    wait_for(lambda: sum(bool(re.match("[0-9a-f]{8} ", line)) for line in told.read_text().splitlines()) >= count)


def _kill_worker(hosts: Hosts, host: int) -> None:
    """Kills the process of a host that does the work, not the nanny that watches over it."""
    for process in hosts.processes(host):
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode()
        if "spawn_main" in words:
            os.kill(process, 9)
