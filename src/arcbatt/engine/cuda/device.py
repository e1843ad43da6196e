"""What a device has to do. One class talks to GPUs (:mod:`arcbatt.engine.cuda.cupy_device`); tests have one that runs
the same kernels on the host, and one that breaks when told to.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from arcbatt.errors import EngineError

__all__ = ["Device", "DeviceLostError", "DeviceMemoryError", "Memory", "NoDeviceError"]

Memory: TypeAlias = Any
"""A stretch of a device's memory, as the device names it."""


class DeviceMemoryError(Exception):
    """A device has not so much memory left."""


class DeviceLostError(EngineError):
    """A device does not answer, or answers nonsense: nothing more can be had from it."""


class NoDeviceError(EngineError):
    """There is nothing to evaluate on: no CuPy, no GPU, or none that is new enough. Nothing is broken."""


class Device(Protocol):
    """A device that runs the kernels. Used by one thread at a time; every method may raise :class:`DeviceLostError`."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def another(self) -> Device:
        """Another handle on the same device, with memory and an order of work of its own, for another thread."""
        ...

    def free_bytes(self) -> int:
        """Bytes of memory that are free now."""
        ...

    def allocate(self, size: int) -> Memory:
        """Memory of so many bytes, at least 1, of any content.

        Raises:
            DeviceMemoryError: there is not so much.
        """
        ...

    def release(self, memory: Memory) -> None:
        """Gives memory back; it is not used any more."""
        ...

    def upload(self, memory: Memory, rows: list[bytes], stride: int) -> None:
        """Writes bytes into memory: each row at its number times the stride."""
        ...

    def launch(self, calls: Memory, first: int, count: int, blocks: Memory, block_bytes: int, shared: Memory,
               samples: int) -> None:  # fmt: skip
        """Evaluates calls for all samples of a batch, after what was launched before.

        Args:
            calls: packed calls, ``struct Call`` of ``kernels/evaluate.cuh``.
            first: number of the first of them that is wanted.
            count: how many are wanted, none of which uses the result of another.
            blocks: a block of slots for each sample.
            block_bytes: bytes of a block.
            shared: the block of what is the same for all samples.
            samples: how many there are.
        """
        ...

    def download(self, memory: Memory, size: int, count: int) -> list[bytes]:
        """The first `count` stretches of `size` bytes, once everything that was launched is done."""
        ...

    def address(self, memory: Memory) -> int:
        """Where memory begins, as kernels see it: not 0, a multiple of 8."""
        ...

    def fill(self, memory: Memory, size: int, byte: int) -> None:
        """Sets the first `size` bytes of memory."""
        ...

    def run(self, step: str, round_: Memory, warps: int) -> None:
        """Carries out a step of searches, after what was launched before.

        Args:
            step: its name, see ``kernels/search.cuh``.
            round_: memory that begins with a packed ``struct Round``.
            warps: how many share the work, at least 1; rounded up to a multiple of 4.
        """
        ...

    def read(self, memory: Memory, offset: int, size: int) -> bytes:
        """A stretch of memory, once everything that was launched is done."""
        ...
