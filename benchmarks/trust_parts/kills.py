"""Kills at random moments: whole sessions, the driver alone, one worker; then --resume until the job is done.

What comes out must be, byte for byte, what an undisturbed run with one worker writes, and the store must hold the same.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from trust_parts.counted import Counted, Options, Part
from trust_parts.jobs import JOBS, Job, clear, lay_out, words_of
from trust_parts.outcomes import LossError, Whole, check_same, raise_if, whole_of
from trust_parts.places import Place, store_server
from trust_parts.processes import busy, ended, kill_all, others_of, start, wait_until_gone

__all__ = ["kills"]

FULL = 200
"""Kills for each kind of store."""
_KINDS = ("session", "driver", "worker")
_ORPHANS_S = 30.0
"""Within so many seconds the workers of a driver that was killed must have ended."""


def kills(options: Options) -> Part:
    """Tries the jobs with each kind of store."""
    rows, left_out = [], []
    with busy(options.load):
        for store in options.stores:
            shutil.rmtree(options.folder / store, ignore_errors=True)
            try:
                with store_server(store) as server:
                    rows += list(_with_store(options, store, server, options.folder / store))
            except OSError as error:
                left_out.append(f"{store}: {error}")
    return Part("kills", rows, left_out)


def _with_store(options: Options, store: str, server: Any, folder: Path) -> Iterator[Counted]:
    lay_out(folder)
    for number, job in enumerate(JOBS):
        rng = random.Random(f"{options.seed} {job.name} {store}")
        counted = Counted(f"kill -9, {job.name}, {store}")
        wanted = options.share(FULL // len(JOBS) + (number < FULL % len(JOBS)))
        try:
            whole = whole_of(job, folder, server)
        except LossError as loss:
            counted.add(f"undisturbed: {loss}")
            yield counted
            continue
        kinds: Counter[str] = Counter()
        resumed = 0
        while kinds.total() < wanted and len(counted.lost) < 10:
            trial = _Trial(job, folder, Place(folder / "workspace", server), whole, rng, wanted - kinds.total())
            try:
                trial.go()
            except LossError as loss:
                counted.lost.append(f"{job.name}, {trial.story()}: {loss}")
                if (folder / "workspace").exists():
                    shutil.move(folder / "workspace", options.folder / f"lost-{job.name}-{time.monotonic_ns()}")
            kinds.update(trial.killed)
            resumed += trial.resumed
            shutil.rmtree(folder / "workspace", ignore_errors=True)
            trial.place.drop()
        counted.tried = kinds.total()
        counted.notes = [", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())), f"resumed {resumed}"]
        print(f"  {counted.line()}", flush=True)
        yield counted


class _Trial:
    """One job, killed up to three times, and brought to its end."""

    def __init__(
        self, job: Job, folder: Path, place: Place, whole: Whole, rng: random.Random, most: int
    ) -> None:
        self.job = job
        self.folder = folder
        self.place = place
        self.whole = whole
        self.rng = rng
        self.most = min(most, rng.choice([1, 1, 2, 3]))
        self.killed: list[str] = []
        self.moments: list[float] = []
        self.resumed = 0
        clear(folder)

    def story(self) -> str:
        """What was done to it."""
        return ", ".join(f"{kind} killed after {s:.3f} s" for kind, s in zip(self.killed, self.moments, strict=True))

    def go(self) -> None:
        """Does the whole trial.

        Raises:
            LossError: it did not survive.
        """
        is_done = False
        tries = 0
        while not is_done:
            tries += 1
            process = start(self._words(is_first=tries == 1), self.folder)
            if len(self.killed) < self.most and tries < 10:
                is_done = self._disturbed(process)
            else:
                raise_if(ended(process, self.folder))
                is_done = True
            self.resumed += tries > 1
        self._check()

    def _words(self, is_first: bool) -> list[str]:
        return words_of(self.job, self.place, self.rng.choice([1, 2, 2, 3]), resume=not is_first)

    def _disturbed(self, process: subprocess.Popen[str]) -> bool:
        """Kills at a random moment; whether the job is done all the same."""
        moment = self.rng.uniform(0, 1.1 * self.whole.seconds)
        kind = self.rng.choice(_KINDS)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
            raise_if(ended(process, self.folder))
            return True
        others = others_of(process.pid)
        if kind == "worker" and others:
            victim = self.rng.choice(others)
            self._kill(victim, kind, moment)
            why = ended(process, self.folder)
            if why is not None and "status 2: arcbatt: " not in why:
                raise LossError(why)
            self._look_for_orphans(process.pid)
            return why is None
        if kind == "driver":
            self._kill(process.pid, kind, moment)
            process.wait()
            self._look_for_orphans(process.pid)
        else:
            self.killed.append("session")
            self.moments.append(moment)
            kill_all(process.pid)
            process.wait()
        return False

    def _kill(self, pid: int, kind: str, moment: float) -> None:
        self.killed.append(kind)
        self.moments.append(moment)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _look_for_orphans(self, session: int) -> None:
        left = wait_until_gone(session, _ORPHANS_S)
        if left:
            kill_all(session)
            raise LossError(f"{len(left)} workers outlived it by {_ORPHANS_S:g} s")

    def _check(self) -> None:
        try:
            check_same(self.job, self.place, self.folder, self.whole)
        except LossError:
            (self.folder / "workspace").mkdir(exist_ok=True)
            for name in self.job.results:
                shutil.copy(self.folder / name, self.folder / "workspace" / f"found-{name}")
                (self.folder / "workspace" / f"whole-{name}").write_bytes(self.whole.results[name])
            raise
