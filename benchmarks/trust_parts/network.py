"""A cluster whose hosts are network namespaces, disturbed while it works: what comes out must be what one job gives.

Packets are lost and delayed by a bound on what a host gets: a short queue loses what does not fit, a long one holds it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from trust_parts.counted import Counted, Options, Part
from trust_parts.jobs import JOBS, Job, lay_out, words_of
from trust_parts.outcomes import LossError, Whole, check_same, raise_if, whole_of
from trust_parts.places import Place
from trust_parts.processes import command, ended

__all__ = ["network"]

_PORT = 8786
_TIMES = 3
"""Each fault on each job."""
_FEW = 0.1
"""With a smaller share than this, one job does."""
_START_S = 120.0
_MOST_S = 600.0
_QUIET = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s"}
"""A host that is cut off is given up after so long; by default Dask waits longer."""


def network(options: Options) -> Part:
    """Tries every fault on `run`, `evolve` and `solve` over three hosts."""
    sys.path.append(str(Path(__file__).parents[2] / "tests"))
    try:
        import distributed  # noqa: F401

        from support.network import Hosts, why_no_hosts
    except ImportError as error:
        return Part("network", left_out=[f"no cluster here: {error}"])
    why = why_no_hosts()
    if why is not None:
        return Part("network", left_out=[why])
    folder = options.folder / "network"
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(folder)
    rng = random.Random(options.seed)
    rows = {name: Counted(f"cluster of 3 hosts, {name}") for name in _FAULTS}
    jobs = [job for job in JOBS if "," not in job.name]
    for job in jobs if options.scale >= _FEW else jobs[:1]:
        whole = whole_of(job, folder)
        for name, fault in _FAULTS.items():
            for _ in range(options.share(_TIMES)):
                with Hosts(3) as hosts:
                    rows[name].add(_Cluster(hosts, folder, job, whole, rng).tried(fault))
            print(f"  {job.name}: {rows[name].line()}", flush=True)
    return Part("network", list(rows.values()))


class _Cluster:
    """A scheduler and the driver on host 0, a worker on each of the others."""

    def __init__(self, hosts: Any, folder: Path, job: Job, whole: Whole, rng: random.Random) -> None:
        self.hosts = hosts
        self.folder = folder
        self.job = job
        self.whole = whole
        self.rng = rng
        self.scheduler: subprocess.Popen[Any]
        self.log = folder / "cluster.log"

    def tried(self, fault: Callable[[_Cluster], None]) -> str | None:
        """Does the job with a fault in the middle; why it is lost."""
        place = Place(self.folder / "workspace")
        shutil.rmtree(place.folder, ignore_errors=True)
        self.log.write_text("")
        self.start_scheduler()
        for host in (1, 2):
            self.start_worker(host)
        try:
            self._wait_for_workers(2)
            words = [*words_of(self.job, place, 2, resume=False)[:-2], "--cluster", self.address()]
            with (self.folder / "said.out").open("w") as out, (self.folder / "said.err").open("w") as err:
                driver = self.hosts.run(
                    0, command(*words), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                    env={**os.environ, **_QUIET}, text=True,
                )  # fmt: skip
            with suppress(subprocess.TimeoutExpired):
                driver.wait(self.rng.uniform(0.5, 1.0 + 1.5 * self.whole.seconds))
            fault(self)
            raise_if(ended(driver, self.folder, _MOST_S))
            if "Traceback" in (self.folder / "said.err").read_text():
                raise LossError("a traceback")
            check_same(self.job, place, self.folder, self.whole)
        except LossError as loss:
            return f"{self.job.name}: {loss}"
        return None

    def address(self) -> str:
        """Of the scheduler."""
        return f"tcp://{self.hosts.address(0)}:{_PORT}"

    def start_scheduler(self) -> None:
        """Starts the scheduler, at first or again."""
        self.scheduler = self._dask(0, "dask_scheduler", "--port", str(_PORT))

    def start_worker(self, host: int) -> None:
        """Starts a worker that comes to the scheduler by itself."""
        self._dask(host, "dask_worker", self.address(), "--nthreads", "1", "--memory-limit", "0", "--local-directory",
                   str(self.folder / f"host{host}"))  # fmt: skip

    def kill(self, host: int) -> None:
        """Kills all that runs on a host."""
        for pid in self.hosts.processes(host):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _dask(self, host: int, module: str, *words: str) -> subprocess.Popen[Any]:
        argv = [sys.executable, "-m", f"distributed.cli.{module}", "--host", self.hosts.address(host), "--no-dashboard"]
        with self.log.open("ab") as log:
            found: subprocess.Popen[Any] = self.hosts.run(
                host, [*argv, *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **_QUIET},
            )  # fmt: skip
        return found

    def _wait_for_workers(self, count: int) -> None:
        end = time.monotonic() + _START_S
        while self.log.read_text(errors="replace").count("Registered to:") < count:
            if time.monotonic() > end:
                raise LossError("the workers did not come")
            time.sleep(0.2)


def _nothing(cluster: _Cluster) -> None:
    pass


def _worker_killed(cluster: _Cluster) -> None:
    cluster.kill(cluster.rng.choice([1, 2]))


def _cut_and_back(cluster: _Cluster) -> None:
    host = cluster.rng.choice([1, 2])
    cluster.hosts.cut(host)
    time.sleep(cluster.rng.uniform(1, 20))
    cluster.hosts.join(host)


def _scheduler_restarted(cluster: _Cluster) -> None:
    """Workers end with their scheduler, as Dask has it without a nanny; new ones come to the new one."""
    os.killpg(cluster.scheduler.pid, signal.SIGKILL)
    cluster.scheduler.wait()
    time.sleep(cluster.rng.uniform(0, 5))
    cluster.start_scheduler()
    for host in (1, 2):
        cluster.kill(host)
        cluster.start_worker(host)


def _lost(cluster: _Cluster) -> None:
    """What goes to the workers' hosts hardly fits, and is lost; after a while all is well again."""
    for host in (1, 2):
        cluster.hosts.slow(host, 2000, queue_ms=10)
    time.sleep(5)
    for host in (1, 2):
        cluster.hosts.slow(host, 0)


def _delayed(cluster: _Cluster) -> None:
    for host in (1, 2):
        cluster.hosts.slow(host, 1000, queue_ms=3000)
    time.sleep(5)
    for host in (1, 2):
        cluster.hosts.slow(host, 0)


_FAULTS: dict[str, Callable[[_Cluster], None]] = {
    "undisturbed": _nothing,
    "worker killed": _worker_killed,
    "host cut off and back": _cut_and_back,
    "scheduler restarted": _scheduler_restarted,
    "packets lost": _lost,
    "packets delayed": _delayed,
}
