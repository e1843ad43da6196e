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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arcbatt.errors import ArcbattError
from trust_parts.counted import Counted, Options, Part
from trust_parts.jobs import JOBS, Job, lay_out, results_of, words_of
from trust_parts.places import Place, contents_of, fresh_place
from trust_parts.processes import busy, ended, kill_all, others_of, start, wait_until_gone

__all__ = ["kills"]

FULL = 200
"""Kills for each kind of store."""
_KINDS = ("session", "driver", "worker")
_ORPHANS_S = 30.0
"""Within so many seconds the workers of a driver that was killed must have ended."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """What an undisturbed job gives."""

    results: dict[str, bytes]
    contents: dict[str, Any]
    seconds: float


def kills(options: Options) -> Part:
    """Tries the jobs with each kind of store."""
    rows, left_out = [], []
    with busy(options.load):
        for store in options.stores:
            kind = store.partition(":")[0]
            try:
                shutil.rmtree(options.folder / kind, ignore_errors=True)
                rows += list(_with_store(options, store, options.folder / kind))
            except (OSError, ImportError) as error:
                left_out.append(f"{kind}: {error}")
    return Part("kills", rows, left_out)


def _with_store(options: Options, store: str, folder: Path) -> Iterator[Counted]:
    lay_out(folder)
    for number, job in enumerate(JOBS):
        rng = random.Random(f"{options.seed} {job.name} {store.partition(':')[0]}")
        counted = Counted(f"kill -9, {job.name}, {store.partition(':')[0]}")
        wanted = options.share(FULL // len(JOBS) + (number < FULL % len(JOBS)))
        try:
            whole = _whole(job, store, folder)
        except _LossError as loss:
            counted.add(f"undisturbed: {loss}")
            yield counted
            continue
        kinds: Counter[str] = Counter()
        resumed = 0
        while kinds.total() < wanted and len(counted.lost) < 10:
            trial = _Trial(job, folder, fresh_place(folder / "workspace", store), whole, rng, wanted - kinds.total())
            try:
                trial.go()
            except _LossError as loss:
                counted.lost.append(f"{job.name}, {trial.story()}: {loss}")
                shutil.move(folder / "workspace", options.folder / f"lost-{job.name}-{time.monotonic_ns()}")
            kinds.update(trial.killed)
            resumed += trial.resumed
            shutil.rmtree(folder / "workspace", ignore_errors=True)
            trial.place.drop()
        counted.tried = kinds.total()
        counted.notes = [", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())), f"resumed {resumed}"]
        print(f"  {counted.line()}", flush=True)
        yield counted


class _LossError(Exception):
    """Something did not survive."""


def _whole(job: Job, store: str, folder: Path) -> _Whole:
    place = fresh_place(folder / "whole", store)
    try:
        began = time.monotonic()
        process = start(words_of(job, place, 2, resume=False), folder)
        _raise(ended(process, folder))
        seconds = time.monotonic() - began
        found = _Whole(results_of(job, folder, _missing), contents_of(place), seconds)
        shutil.rmtree(folder / "whole")
        place.drop()
        place = fresh_place(folder / "whole", store)
        _raise(ended(start(words_of(job, place, 1, resume=False), folder), folder))
        _raise(_difference(_Whole(results_of(job, folder, _missing), contents_of(place), 0.0), found))
        return found
    finally:
        shutil.rmtree(folder / "whole", ignore_errors=True)
        place.drop()


class _Trial:
    """One job, killed up to three times, and brought to its end."""

    def __init__(
        self, job: Job, folder: Path, place: Place, whole: _Whole, rng: random.Random, most: int
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
        for name in job.results:
            (folder / name).unlink(missing_ok=True)

    def story(self) -> str:
        """What was done to it."""
        return ", ".join(f"{kind} killed after {s:.3f} s" for kind, s in zip(self.killed, self.moments, strict=True))

    def go(self) -> None:
        """Does the whole trial.

        Raises:
            _LossError: it did not survive.
        """
        is_done = False
        tries = 0
        while not is_done:
            tries += 1
            process = start(self._words(is_first=tries == 1), self.folder)
            if len(self.killed) < self.most and tries < 10:
                is_done = self._disturbed(process)
            else:
                _raise(ended(process, self.folder))
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
            _raise(ended(process, self.folder))
            return True
        others = others_of(process.pid)
        if kind == "worker" and others:
            victim = self.rng.choice(others)
            self._kill(victim, kind, moment)
            why = ended(process, self.folder)
            if why is not None and "status 2: arcbatt: " not in why:
                raise _LossError(why)
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
            raise _LossError(f"{len(left)} workers outlived it by {_ORPHANS_S:g} s")

    def _check(self) -> None:
        try:
            contents = contents_of(self.place)
        except ArcbattError as error:
            raise _LossError(f"the store cannot be read: {error}") from None
        found = _Whole(results_of(self.job, self.folder, _missing), contents, 0.0)
        why = _difference(found, self.whole)
        if why is not None:
            for name in self.job.results:
                shutil.copy(self.folder / name, self.folder / "workspace" / f"found-{name}")
                (self.folder / "workspace" / f"whole-{name}").write_bytes(self.whole.results[name])
            raise _LossError(why)


def _difference(found: _Whole, whole: _Whole) -> str | None:
    """The first place where two ends of a job differ, in words."""
    for name, expected in whole.results.items():
        got = found.results[name]
        if got != expected:
            place = next((i for i, (a, b) in enumerate(zip(got, expected, strict=False)) if a != b), len(expected))
            return (
                f"{name} differs at byte {place}: {got[max(0, place - 60):place + 60]!r}, "
                f"undisturbed {expected[max(0, place - 60):place + 60]!r}"
            )
    for name, held in whole.contents.items():
        if found.contents[name] != held:
            return f"the store differs in {name}: {_first_difference(found.contents[name], held)}"
    return None


def _first_difference(found: Any, expected: Any) -> str:
    if isinstance(found, dict) and isinstance(expected, dict):
        pairs = [(key, found.get(key), expected.get(key)) for key in sorted({*found, *expected})]
        return next(f"{key}: {_first_difference(a, b)}" for key, a, b in pairs if a != b)
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return next(f"{a!r:.400}, undisturbed {b!r:.400}" for a, b in zip(found, expected, strict=True) if a != b)
    return f"{found!r:.400}, undisturbed {expected!r:.400}"


def _missing(name: str) -> None:
    raise _LossError(f"{name} was not written")


def _raise(why: str | None) -> None:
    if why is not None:
        raise _LossError(why)
