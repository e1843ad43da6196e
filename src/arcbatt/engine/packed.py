"""The packed form of verdicts: those on some programs on the samples of a task, in as few bytes as is quick.

On one sample most programs give what another gives, or fail as another does. So a sample has a table of the different
outcomes, grids first and then the others, each in the order in which they first come, and a program has a number in it,
and its fuel. All numbers are little-endian::

    b"ABT1", programs: u32, samples: u32
    for each sample:
        cells of the expected output: u32 (0: unknown), grids: u32, others: u32
        for each grid of ARC
            right cells: u16, is right: u8 (2: unknown), 0: u8, digest: 8 bytes
        for each other outcome one of
            1: u8, is right: u8                                                     another value
            2: u8, is right: u8, kind: u8, step: u32, call, message                 a failure; texts: u16 and UTF-8
        outcome of each program: u32 each
        fuel of each program: u64 each

This module is the specification; the native engine packs its verdicts itself, to the same bytes.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Any, Final

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.verdict import Verdict

__all__ = ["DIGEST_DIGITS", "MAX_MESSAGE", "PackedSample", "little_endian", "pack", "unpack"]

_MAGIC: Final = b"ABT1"
MAX_MESSAGE: Final = 300
"""Characters of a failure's message that are kept."""
DIGEST_DIGITS: Final = 16
"""Hexadecimal digits of a digest that are kept."""

_KINDS: Final = tuple(FailureKind)
_RIGHT: Final = (False, True, None)
_UNKNOWN: Final = 2
"""The place of None."""
_HEAD, _COUNTS = Struct("<4sII"), Struct("<III")
_GRID, _VALUE, _FAILURE, _U16 = Struct("<HBB8s"), Struct("<BB"), Struct("<BBBI"), Struct("<H")


@dataclass(frozen=True, slots=True)
class PackedSample:
    """The verdicts on one sample, in columns.

    Attributes:
        cells: of the expected output; 0 where it is unknown.
        grids: number of different grids; these outcomes come first.
        numbers: for each program the number of its outcome.
        fuel: for each program its units.
    """

    cells: int
    grids: int
    numbers: Sequence[int]
    fuel: Sequence[int]
    _grids: bytes
    _others: tuple[tuple[int, Failure | None], ...]

    def outcome(self, number: int) -> Verdict:
        """The outcome of a number, with fuel 0, and with as much of its digest and message as is kept."""
        if number >= self.grids:
            right, failure = self._others[number - self.grids]
            return Verdict("", False, _RIGHT[right], 0, failure)
        cells, right, _, digest = _GRID.unpack_from(self._grids, number * _GRID.size)
        return Verdict(digest.hex(), True, _RIGHT[right], 0, None, cells)

    def right_cells(self) -> list[int]:
        """The right cells of each program."""
        cells = [right for right, *_ in _GRID.iter_unpack(self._grids)] + [0] * len(self._others)
        return [cells[number] for number in self.numbers]

    def rights(self) -> list[bool | None]:
        """Whether each program is right; None where the expected output is unknown."""
        rights = [_RIGHT[right] for _, right, *_ in _GRID.iter_unpack(self._grids)]
        rights += [_RIGHT[right] for right, _ in self._others]
        return [rights[number] for number in self.numbers]

    def is_consistent(self) -> bool:
        """Whether what counts as right has all cells right, and nothing more is right than there is.

        So it is with what an engine packed; bytes may come from elsewhere.
        """
        known = self.cells > 0
        return all(
            right == (right_cells == self.cells if known else _UNKNOWN) and right_cells <= self.cells
            for right_cells, right, *_ in _GRID.iter_unpack(self._grids)
        ) and all(right == (0 if known else _UNKNOWN) for right, _ in self._others)

    def failures(self) -> Iterator[tuple[int, Failure]]:
        """Number and failure of each outcome that is one."""
        for number, (_, failure) in enumerate(self._others, self.grids):
            if failure is not None:
                yield number, failure


def pack(rows: Sequence[Sequence[Verdict]], cells: Sequence[int]) -> bytes:
    """The packed form.

    Args:
        rows: for each sample one verdict for each program.
        cells: for each sample the cells of its expected output; 0 where it is unknown.
    """
    parts = [_HEAD.pack(_MAGIC, len(rows[0]) if rows else 0, len(rows))]
    for row, expected in zip(rows, cells, strict=True):
        grids: dict[bytes, int] = {}
        others: dict[bytes, int] = {}
        numbers = []
        for verdict in row:
            table = grids if verdict.is_grid else others
            numbers.append(table.setdefault(_outcome(verdict), len(table)))
        placed = [
            number if verdict.is_grid else len(grids) + number for number, verdict in zip(numbers, row, strict=True)
        ]
        parts += [_COUNTS.pack(expected, len(grids), len(others)), *grids, *others]
        parts += [little_endian("I", placed), little_endian("Q", [verdict.fuel for verdict in row])]
    return b"".join(parts)


def unpack(data: bytes) -> list[PackedSample]:
    """For each sample what :func:`pack` was given; digests and messages as far as they are kept.

    Raises:
        ValueError: the bytes are no packed verdicts.
    """
    reader = _Reader(data)
    magic, programs, samples = reader.take(_HEAD)
    if magic != _MAGIC:
        raise ValueError("no packed verdicts of this version")
    found = [reader.sample(programs) for _ in range(samples)]
    reader.end()
    return found


def _outcome(verdict: Verdict) -> bytes:
    right = _RIGHT.index(verdict.is_right)
    if verdict.failure is not None:
        failure = verdict.failure
        head = _FAILURE.pack(2, right, _KINDS.index(failure.kind), failure.step)
        return head + _text(failure.call) + _text(failure.message)
    if not verdict.is_grid:
        return _VALUE.pack(1, right)
    return _GRID.pack(verdict.right_cells, right, 0, bytes.fromhex(verdict.digest[:DIGEST_DIGITS]))


def _text(text: str) -> bytes:
    content = text[:MAX_MESSAGE].encode("utf-8", "replace")
    return _U16.pack(len(content)) + content


def little_endian(code: str, numbers: Sequence[int]) -> bytes:
    """Numbers as bytes; ``code`` is ``I`` for four bytes each, ``Q`` for eight."""
    values = array(code, numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _text_at(data: bytes, at: int) -> tuple[str, int]:
    """The text at a place, and the place behind it."""
    start = at + 2
    end = start + data[at] + (data[at + 1] << 8)
    if end > len(data):
        raise IndexError(end)
    return data[start:end].decode("utf-8"), end


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def bytes(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._data):
            raise ValueError("cut short")
        found, self._at = self._data[self._at : end], end
        return found

    def take(self, layout: Struct) -> tuple[Any, ...]:
        return layout.unpack(self.bytes(layout.size))

    def array(self, code: str, count: int) -> array[int]:
        values: array[int] = array(code)
        values.frombytes(self.bytes(count * values.itemsize))
        if sys.byteorder == "big":
            values.byteswap()
        return values

    def sample(self, programs: int) -> PackedSample:
        cells, grids, others = self.take(_COUNTS)
        if grids + others > programs:
            raise ValueError(f"{grids + others} different outcomes of {programs} programs")
        table = self.bytes(grids * _GRID.size)
        if any(right >= len(_RIGHT) for _, right, _, _ in _GRID.iter_unpack(table)):
            raise ValueError("a grid that is neither right nor wrong")
        rest = tuple([self._other() for _ in range(others)])
        numbers = self.array("I", programs)
        if programs and max(numbers) >= grids + others:
            raise ValueError("an outcome that is not in the table")
        return PackedSample(cells, grids, numbers, self.array("Q", programs), table, rest)

    def _other(self) -> tuple[int, Failure | None]:
        """Right or wrong, and the failure, of an outcome that is no grid."""
        data, at = self._data, self._at
        try:
            tag, right = data[at], data[at + 1]
            if right >= len(_RIGHT):
                raise ValueError(f"right or wrong: expected 0 to 2, got {right}")
            if tag == 1:
                self._at = at + _VALUE.size
                return right, None
            if tag != 2:
                raise ValueError(f"an outcome of the unknown kind {tag}")
            kind, step = data[at + 2], int.from_bytes(data[at + 3 : at + 7], "little")
            call, at = _text_at(data, at + _FAILURE.size)
            message, self._at = _text_at(data, at)
            return right, Failure(_KINDS[kind], step, call, message)
        except IndexError:
            raise ValueError("cut short, or a failure of an unknown kind") from None

    def end(self) -> None:
        if self._at != len(self._data):
            raise ValueError(f"{len(self._data) - self._at} bytes too many")
