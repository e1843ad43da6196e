"""The results of all programs of a run on a task, in columns: small enough to be kept whole.

A table is the packed verdicts of an engine (:mod:`arcbatt.engine.packed`), compressed, and beside them what depends on
the machine: the nanoseconds that each program took. Reading gives back verdicts with digests of 16 digits.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from arcbatt.engine.packed import PackedSample, unpack
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import InputError
from arcbatt.results.nearness import Nearness, nearness_of_each
from arcbatt.results.program_result import ProgramResult
from arcbatt.results.task_key import TaskKey

__all__ = ["MAX_TABLE", "RunProgram", "TaskTable", "least_bytes", "too_large"]

MAX_TABLE: Final = 1024**3
"""Largest table that is read, in bytes before compression."""
_PROGRAM_BYTES: Final = 12
"""Of a program on a sample: the number of its outcome, and its fuel."""
_LEVEL: Final = 1
"""Of compression: a higher one takes three times as long for a tenth less."""


@dataclass(frozen=True, slots=True)
class RunProgram:
    """A solver of a run, as tables name it by its place.

    Attributes:
        md5: of its canonical text.
        name: in the battery.
        size: number of calls.
        text: its canonical text.
    """

    md5: str
    name: str
    size: int
    text: str


@dataclass(frozen=True)
class TaskTable:
    """What the programs of a run gave on the samples of a task.

    Attributes:
        verdicts: packed and compressed; equal bytes for equal outcomes, whatever the engine, jobs or machine.
        nanoseconds: for each program what it took over all samples, nodes that an earlier program had needed not
            counted again; 8 bytes each, little-endian, compressed. Depends on the machine. Empty where not measured.
        demo_count: number of demo samples; they come first.
    """

    verdicts: bytes
    nanoseconds: bytes
    demo_count: int

    @classmethod
    def of(cls, packed: bytes, nanoseconds: bytes, demo_count: int) -> TaskTable:
        """The table of an engine's packed verdicts and nanoseconds.

        Raises:
            InputError: it would be larger than what is read.
        """
        if len(packed) > MAX_TABLE:
            raise too_large(len(packed))
        return cls(zlib.compress(packed, _LEVEL), zlib.compress(nanoseconds, _LEVEL), demo_count)

    def __getstate__(self) -> dict[str, Any]:
        # What was unpacked is twenty times as large, and stays where it is.
        return {name: value for name, value in self.__dict__.items() if name not in ("samples", "seconds")}

    @cached_property
    def samples(self) -> list[PackedSample]:
        """The columns of each sample.

        Raises:
            InputError: the bytes are no table; they may come from a stranger's database.
        """
        try:
            samples = unpack(_expanded(self.verdicts))
        except (ValueError, zlib.error) as error:
            raise InputError(f"table of results: {error!s:.200}") from None
        if not 0 < self.demo_count <= len(samples):
            raise InputError(f"table of results: {len(samples)} samples, {self.demo_count} of them demo samples")
        if any(sample.cells == 0 for sample in samples[: self.demo_count]):
            raise InputError("table of results: a demo sample without an expected output")
        if not all(sample.is_consistent() for sample in samples):
            raise InputError("table of results: right and wrong do not agree with the cells that are right")
        return samples

    def __len__(self) -> int:
        """Number of programs."""
        return len(self.samples[0].numbers)

    @cached_property
    def seconds(self) -> Sequence[float]:
        """Seconds of each program over all samples; empty where not measured.

        Raises:
            InputError: the bytes are no numbers, or not one a program.
        """
        numbers = array("Q")
        try:
            numbers.frombytes(_expanded(self.nanoseconds) if self.nanoseconds else b"")
        except (ValueError, zlib.error) as error:
            raise InputError(f"table of results: nanoseconds: {error!s:.200}") from None
        if numbers and len(numbers) != len(self):
            raise InputError(f"table of results: {len(numbers)} nanoseconds for {len(self)} programs")
        return [number / 1e9 for number in numbers]

    def verdict(self, program: int, sample: int) -> Verdict:
        """The verdict on a program, by its place, on a sample, demo samples first."""
        column = self.samples[sample]
        return replace(column.outcome(column.numbers[program]), fuel=column.fuel[program])

    def nearness(self) -> list[Nearness]:
        """The nearness of each program."""
        demo = self.samples[: self.demo_count]
        right_cells = zip(*[sample.right_cells() for sample in demo], strict=True)
        return nearness_of_each(list(right_cells), [sample.cells for sample in demo])

    def fuel(self) -> list[int]:
        """The units of each program over all samples."""
        return [sum(column) for column in zip(*(sample.fuel for sample in self.samples), strict=True)]

    def test_right(self) -> list[int | None]:
        """The number of test samples that each program solves; None when a test output is unknown."""
        test = [sample.rights() for sample in self.samples[self.demo_count :]]
        if not test:
            return [0] * len(self)
        return [None if None in rights else sum(map(bool, rights)) for rights in zip(*test, strict=True)]

    def failed(self) -> list[int]:
        """On how many samples each program fails."""
        counts = [0] * len(self)
        for sample in self.samples:
            failures = {number for number, _ in sample.failures()}
            for program, number in enumerate(sample.numbers) if failures else ():
                counts[program] += number in failures
        return counts

    def no_grid_count(self) -> int:
        """How many programs fail on no sample and give a value that is no grid on one."""
        failing: set[int] = set()
        without: set[int] = set()
        for sample in self.samples:
            failures = {number for number, _ in sample.failures()}
            odd = [program for program, number in enumerate(sample.numbers) if number >= sample.grids]
            failed = [program for program in odd if sample.numbers[program] in failures]
            failing.update(failed)
            if len(failed) < len(odd):
                without.update(set(odd).difference(failed))
        return len(without - failing)

    def check(self, key: TaskKey, programs: int) -> None:
        """Checks that this is the table of a task and of so many programs.

        Raises:
            InputError: it is another's.
        """
        counts = len(self), self.demo_count, len(self.samples)
        if counts != (programs, key.demo_count, key.demo_count + key.test_count):
            raise InputError(
                f"table of results of task {key.id}: expected {programs} programs, {key.demo_count} demo samples and "
                f"{key.demo_count + key.test_count} samples, got {counts[0]}, {counts[1]} and {counts[2]}"
            )

    def result(self, program: int, of: RunProgram) -> ProgramResult:
        """The result of a program by its place; its digests have 16 digits."""
        found = [self.verdict(program, sample) for sample in range(len(self.samples))]
        cells = tuple([sample.cells for sample in self.samples[: self.demo_count]])
        demo, test = tuple(found[: self.demo_count]), tuple(found[self.demo_count :])
        return ProgramResult(of.md5, of.name, of.size, demo, test, cells)


def least_bytes(programs: int, samples: int) -> int:
    """Bytes that a table of so many programs and samples has at least, before compression."""
    return programs * samples * _PROGRAM_BYTES


def too_large(size: int) -> InputError:
    """Why a table of so many bytes is not made."""
    return InputError(
        f"the results of all programs on a task have {size / 1024**3:.1f} GiB before compression, "
        f"{MAX_TABLE / 1024**3:g} GiB are read: hand in fewer programs at a time (-b with a part of the files, or "
        "--no-store)"
    )


def _expanded(data: bytes) -> bytes:
    """What was compressed, bounded: a few bytes can stand for many.

    Raises:
        ValueError: it is larger than a table can be, or cut short.
        zlib.error: it was not compressed.
    """
    machine = zlib.decompressobj()
    content = machine.decompress(data, MAX_TABLE)
    if not machine.eof:
        raise ValueError("cut short or too large")
    return content
