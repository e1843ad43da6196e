"""What cargo prints while it builds, as progress: crates done, and how long it is going to take."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from step import Step

__all__ = ["CargoProgress", "count_crates"]

_COMPILING = re.compile(r"\s*Compiling (\S+) v")
DEPENDENCIES_SHARE = 0.4
"""The time of a whole build in which its dependencies are compiled; the engine itself is one crate, and the last."""
_EARLIEST = 0.3
"""Nothing is estimated before this share of the dependencies is done."""


class CargoProgress:
    """Follows the lines of a build and notes in a step what they say.

    Args:
        step: the step that shows the build.
        last: the crate that is compiled last.
        count: number of crates, that one included; None where it is not known.
    """

    def __init__(self, step: Step, last: str, count: int | None) -> None:
        self._step = step
        self._last = last
        self._count = count
        self._begun = 0
        self._start_s = 0.0

    def read(self, line: str) -> None:
        """Takes one line of cargo's output."""
        found = _COMPILING.match(line)
        if found is None:
            return
        if self._begun == 0:  # what came before was the download
            self._start_s = self._step.elapsed_s
        self._begun += 1
        if self._count is None or (self._begun == 1 and found[1] == self._last):  # the others are there already
            self._step.detail = found[1]
            return
        self._step.detail = f"{found[1]}, crate {min(self._begun, self._count)} of {self._count}"
        if self._begun > 1:
            done = 1.0 if found[1] == self._last else (self._begun - 1) / self._count
            if done >= _EARLIEST:
                took = self._step.elapsed_s - self._start_s
                self._step.expected_s = self._start_s + took / (done * DEPENDENCIES_SHARE)


def count_crates(folder: Path, env: dict[str, str]) -> int | None:
    """Number of crates that a build compiles where nothing is compiled yet; None where cargo cannot tell."""
    command = ["cargo", "tree", "--locked", "--prefix", "none", "--no-dedupe", "-e", "normal,build", "-f", "{p}"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    crates = {line.strip() for line in done.stdout.splitlines() if line.strip()}
    return len(crates) if done.returncode == 0 and crates else None
