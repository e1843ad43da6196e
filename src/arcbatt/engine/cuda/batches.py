"""Samples over devices: batches as large as a device's memory, halved where it runs out, given up where it is lost.

What comes back does not depend on devices, batches or faults, only where the work is done: a sample that no device
evaluates has no block, and the native engine does all of it.
"""

from __future__ import annotations

import threading
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from weakref import WeakKeyDictionary

from arcbatt.engine.cuda.device import Device, DeviceLostError, DeviceMemoryError, Memory
from arcbatt.engine.cuda.plan import CALL_BYTES, Plan
from arcbatt.errors import DeviceWarning

__all__ = ["DeviceWarning", "Devices", "Traffic", "evaluate_on"]

_SHARE = 0.8
"""The share of a device's free memory that a batch may take: others use the device too."""
_MOST_BYTES = 1 << 28
"""Bytes of blocks that a batch may have, whatever there is: they come back into the memory of this process."""


class Traffic:
    """What devices did: counts for benchmarks and tests.

    Attributes:
        batches: batches that were evaluated.
        calls: calls of primitives that were evaluated, failing ones included.
        uploaded: bytes to devices.
        downloaded: bytes from devices.
    """

    def __init__(self) -> None:
        self.batches = self.calls = self.uploaded = self.downloaded = 0
        self._lock = threading.Lock()

    def add(self, calls: int, uploaded: int, downloaded: int) -> None:
        """Notes a batch."""
        with self._lock:
            self.batches += 1
            self.calls += calls
            self.uploaded += uploaded
            self.downloaded += downloaded


class _Common:
    """What all that use a device in this process have in common: whose turn it is, and whether it is lost."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_lost = False


_common: WeakKeyDictionary[Device, _Common] = WeakKeyDictionary()
_common_lock = threading.Lock()


def _common_of(device: Device) -> _Common:
    with _common_lock:
        return _common.setdefault(device, _Common())


class Devices:
    """Devices that share batches; may be used by several threads, which wait for each other.

    The engines of several threads have the same devices: each evaluates for one of them at a time, and one that is lost
    is told of by the first that finds out.

    Args:
        devices: in the order in which they are asked; one that is lost is asked no more.
    """

    def __init__(self, devices: Sequence[Device]) -> None:
        self._devices = list(devices)
        self._lock = threading.Lock()
        self._has_warned_of_memory = False
        self.traffic = Traffic()

    def __bool__(self) -> bool:
        """Whether there is a device left."""
        return bool(self._devices)

    @property
    def names(self) -> list[str]:
        """Names of the devices that are left."""
        return [device.name for device in self._devices]

    def evaluate(self, plan: Plan, inputs: Sequence[bytes | None]) -> list[bytes | None]:
        """The block of each input after a plan was carried out, in order.

        Args:
            plan: what is done.
            inputs: slots of inputs, packed; None for one that no device can take.

        Returns:
            a block each; None for an input without a slot, and where there is no device, or no memory, left for it.
        """
        blocks: list[bytes | None] = [None] * len(inputs)
        with self._lock:
            most = max(1, _MOST_BYTES // plan.block_bytes)
            waiting = _Waiting([number for number, slot in enumerate(inputs) if slot is not None], most)
            lost: list[tuple[Device, DeviceLostError]] = []
            too_small: list[Device] = []
            mistakes: list[Exception] = []

            def work(device: Device) -> None:
                common = _common_of(device)
                with common.lock:
                    try:
                        if common.is_lost:
                            self._devices.remove(device)
                        elif not _Session(device, plan, self.traffic).evaluate(waiting, inputs, blocks):
                            too_small.append(device)
                    except DeviceLostError as error:
                        common.is_lost = True
                        self._devices.remove(device)
                        lost.append((device, error))
                    except Exception as error:  # passed on once all threads are done
                        mistakes.append(error)

            self._share(work, waiting)
            if mistakes:
                raise mistakes[0]
        self._tell(lost, too_small)
        return blocks

    def _share(self, work: Callable[[Device], None], waiting: _Waiting) -> None:
        """Calls `work` with each device, at the same time, until nothing waits or no device takes any more."""
        threads = [threading.Thread(target=work, args=(device,), daemon=True) for device in self._devices[1:]]
        for thread in threads:
            thread.start()
        for device in self._devices[:1]:
            work(device)
        for thread in threads:
            thread.join()
        # What a lost device gave back may have come after the others were done.
        for device in self._devices[:]:
            if waiting:
                work(device)

    def _tell(self, lost: Sequence[tuple[Device, DeviceLostError]], too_small: Sequence[Device]) -> None:
        for device, error in lost:
            rest = ", ".join(self.names) or "the CPU"
            reason = " ".join(str(error).split())
            warnings.warn(f"{device.name} is lost ({reason}); the rest is done on {rest}", DeviceWarning, stacklevel=4)
        if too_small and not self._has_warned_of_memory:
            self._has_warned_of_memory = True
            warnings.warn(
                f"{too_small[0].name} has too little memory for one sample of this battery; such samples are evaluated "
                "on the CPU", DeviceWarning, stacklevel=4,
            )  # fmt: skip


def evaluate_on(device: Device, plan: Plan, inputs: Sequence[bytes]) -> list[bytes | None]:
    """The block of each input after a plan was carried out on one device, in order.

    Raises:
        DeviceLostError: it does not answer.
        DeviceMemoryError: it has too little memory for one of them.
    """
    blocks: list[bytes | None] = [None] * len(inputs)
    waiting = _Waiting(range(len(inputs)), len(inputs))
    if not _Session(device, plan, Traffic()).evaluate(waiting, inputs, blocks):
        raise DeviceMemoryError("too little for one sample")
    return blocks


class _Waiting:
    """Numbers of samples that wait for a device."""

    def __init__(self, numbers: Sequence[int], most: int) -> None:
        self._numbers = deque(numbers)
        self._most = most
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def take(self, count: int) -> list[int]:
        """The next ones, so many at most."""
        with self._lock:
            return [self._numbers.popleft() for _ in range(min(count, self._most, len(self._numbers)))]

    def put_back(self, numbers: Sequence[int]) -> None:
        """They wait again, before the others."""
        with self._lock:
            self._numbers.extendleft(reversed(numbers))


class _Session:
    """One device at work on one plan."""

    def __init__(self, device: Device, plan: Plan, traffic: Traffic) -> None:
        self._device = device
        self._plan = plan
        self._traffic = traffic
        self._size = 0
        self._held: list[Memory] = []

    def evaluate(self, waiting: _Waiting, inputs: Sequence[bytes | None], blocks: list[bytes | None]) -> bool:
        """Evaluates samples until none waits; false when there is too little memory for a single one.

        Raises:
            DeviceLostError: the samples of its batch wait again.
        """
        device, plan = self._device, self._plan
        taken: list[int] = []
        try:
            calls = self._filled(plan.calls)
            shared = self._filled(plan.shared)
            self._size = max(1, int(device.free_bytes() * _SHARE) // plan.block_bytes)
            while taken := waiting.take(self._size):
                found = self._batch([inputs[number] or b"" for number in taken], calls, shared)
                for number, block in zip(taken, found, strict=True):
                    blocks[number] = block
            return True
        except DeviceMemoryError:
            waiting.put_back(taken)
            return False
        except DeviceLostError:
            waiting.put_back(taken)
            raise
        finally:
            with suppress(DeviceLostError):
                for memory in self._held:
                    device.release(memory)

    def _batch(self, slots: list[bytes], calls: Memory, shared: Memory) -> list[bytes]:
        """The blocks of some samples; those of both halves where there is not enough memory for all.

        Raises:
            DeviceMemoryError: there is not enough for one.
        """
        try:
            blocks = self._device.allocate(len(slots) * self._plan.block_bytes)
        except DeviceMemoryError:
            if len(slots) == 1:
                raise
            half = (len(slots) + 1) // 2
            self._size = min(self._size, half)  # later batches begin with what there was memory for
            return self._batch(slots[:half], calls, shared) + self._batch(slots[half:], calls, shared)
        try:
            return self._carried_out(slots, calls, shared, blocks)
        finally:
            with suppress(DeviceLostError):
                self._device.release(blocks)

    def _carried_out(self, slots: list[bytes], calls: Memory, shared: Memory, blocks: Memory) -> list[bytes]:
        device, plan, size = self._device, self._plan, self._plan.block_bytes
        device.upload(blocks, slots, size)
        first = 0
        for count in plan.levels:
            device.launch(calls, first, count, blocks, size, shared, len(slots))
            first += count
        found = device.download(blocks, size, len(slots))
        uploaded = sum(map(len, slots)) + len(plan.calls) + len(plan.shared)
        self._traffic.add(plan.call_count * len(slots), uploaded, size * len(slots))
        return found

    def _filled(self, content: bytes) -> Memory:
        """Memory with this content, released in the end."""
        memory = self._device.allocate(max(len(content), CALL_BYTES))
        self._held.append(memory)
        if content:
            self._device.upload(memory, [content], len(content))
        return memory
