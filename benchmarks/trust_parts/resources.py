"""Commands that lack something: each ends with right answers, or with one clear line and status 2 and no harm done.

Then the cause is gone, the job goes on with --resume, and must end with the bytes of one that lacked nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from contextlib import nullcontext, suppress
from pathlib import Path

from trust_parts.counted import Counted, Options, Part
from trust_parts.hardships import Clock, Hardship, grow, hardships, shrink, small_disk
from trust_parts.jobs import JOBS, Job, lay_out, results_of, words_of
from trust_parts.outcomes import LossError, Whole, check_same, missing, raise_if, whole_of
from trust_parts.places import Place
from trust_parts.processes import command, ended, kill_all, start, wait_until_gone

__all__ = ["resources"]

_MOST_S = 120.0
_QUICK = 4


def resources(options: Options) -> Part:
    """Tries every hardship on every job."""
    folder = options.folder / "sound"
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(folder)
    wholes = {job.name: whole_of(job, folder) for job in JOBS}
    every = max(1, round(1 / options.scale)) if options.scale < 1 else 1
    rows, left_out = [], []
    chosen = [hardship for number, hardship in enumerate(hardships()) if number % min(every, _QUICK) == 0]
    for hardship in chosen:
        if hardship.lack:
            left_out.append(f"{hardship.name}: {hardship.lack}")
            continue
        counted = Counted(hardship.name)
        ends: Counter[str] = Counter()
        for job in JOBS if every == 1 else JOBS[:: len(JOBS) - 1]:
            trial = _Trial(hardship, job, options.folder / "trial", wholes[job.name])
            try:
                ends[trial.go()] += 1
                counted.add(None)
            except LossError as loss:
                counted.add(f"{hardship.name}, {job.name}: {loss}")
        counted.notes += [f"{count} {end}" for end, count in sorted(ends.items())]
        if hardship.clock_s:
            counted.notes.append("time.time of Python")
        print(f"  {counted.line()}", flush=True)
        for loss in counted.lost:
            print(f"    {loss}", flush=True)
        rows.append(counted)
    return Part("resources", rows, left_out)


class _Trial:
    """A job under a hardship, and after it."""

    def __init__(self, hardship: Hardship, job: Job, folder: Path, whole: Whole) -> None:
        self.hardship = hardship
        self.job = job
        self.folder = folder
        self.whole = whole
        self.place = Place(folder / "workspace")

    def go(self) -> str:
        """Does it; how the command ended under the hardship, in words.

        Raises:
            LossError: it did not survive.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        with small_disk(self.folder) if self.hardship.is_small else nullcontext():
            lay_out(self.folder)
            if self.hardship.is_late:
                self._begin()
            if self.hardship.is_small:
                shrink(self.folder, self.hardship)
            end = self._suffer()
            if self.hardship.is_small:
                grow(self.folder)
            raise_if(ended(start(words_of(self.job, self.place, 2, resume=True), self.folder), self.folder))
            check_same(self.job, self.place, self.folder, self.whole)
        return end

    def _begin(self) -> None:
        process = start(words_of(self.job, self.place, 2, resume=False), self.folder)
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.whole.seconds * 0.7)
        kill_all(process.pid)
        process.wait()
        wait_until_gone(process.pid, 30.0)

    def _suffer(self) -> str:
        """Runs the command under the hardship and checks how it ends."""
        process, told = self._started()
        try:
            if self.hardship.clock_s:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(self.whole.seconds * 0.6)
                self.clock.jump(self.hardship.clock_s)
            status = process.wait(_MOST_S)
        except subprocess.TimeoutExpired:
            kill_all(process.pid)
            process.wait()
            raise LossError(f"did not end within {_MOST_S:g} s") from None
        text = told.read_text(errors="replace")
        left = wait_until_gone(process.pid, 30.0)
        if left:
            kill_all(process.pid)
            raise LossError(f"{len(left)} processes are left")
        if "Traceback" in text:
            raise LossError(f"a traceback: {text[-400:]!r}")
        if status == 0:
            if self._is_cut_off():
                return "cut off, marked and mended"
            check_same(self.job, self.place, self.folder, self.whole)
            return "right at once"
        lines = text.strip().splitlines()
        if status != 2 or not lines or not lines[-1].startswith("arcbatt: "):
            raise LossError(f"ended with status {status}: {text[-400:]!r}")
        if len(lines) > 1:
            raise LossError(f"more than a line: {lines!r:.600}")
        return "told and mended"

    def _is_cut_off(self) -> bool:
        """Whether the results say that time or memory ran out for something; --resume does that again."""
        found = results_of(self.job, self.folder, missing)["results.json"]
        return re.search(rb'"cut_off": ?(true|[1-9])|"given_up": ?[1-9]|"(timeout|memory)": ?[1-9]', found) is not None

    def _started(self) -> tuple[subprocess.Popen[bytes], Path]:
        """Starts the command; what it says on standard error goes beside the folder, where there is room."""
        hardship = self.hardship
        environment: dict[str, str] = dict(os.environ)
        self.clock = Clock(self.folder.parent)
        changes = {**hardship.environment, **(self.clock.environment if hardship.clock_s else {})}
        for name, value in changes.items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = value
        wrapper = [word.replace("FOLDER", str(self.folder)) for word in hardship.wrapper]
        words = [*wrapper, *command(*words_of(self.job, self.place, 2, resume=hardship.is_late))]
        told = self.folder.with_name("told.err")
        with told.open("w") as error:
            output, limit = _output(hardship)
            process = subprocess.Popen(
                words, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=error,
                preexec_fn=limit, start_new_session=True,
            )  # fmt: skip
        os.close(output)
        return process, told


def _output(hardship: Hardship) -> tuple[int, object]:
    """Standard output for the command, and what is to be called before it begins."""

    def limit() -> None:
        if hardship.output == "closed":
            os.close(1)
        if hardship.limit is not None:
            hardship.limit()

    if hardship.output == "deaf":
        reader, writer = os.pipe()
        os.close(reader)
        return writer, limit
    return os.open("/dev/full" if hardship.output == "full" else os.devnull, os.O_WRONLY), limit



