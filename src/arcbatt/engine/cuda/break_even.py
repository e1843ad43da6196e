"""From which size of a battery on a device is expected to be faster than the native engine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from arcbatt.engine.cuda.costs import Costs
from arcbatt.engine.cuda.layout import SLOT_BYTES
from arcbatt.engine.cuda.plan import Plan

__all__ = ["CHAINED", "MOST", "SAMPLES", "break_even", "worst"]

CHAINED: Final = 4
"""Calls of a program of the battery that is asked for, each from a grid to a grid."""
SAMPLES: Final = 4
"""Its samples."""
MOST: Final = 1_000_000
"""Most calls times samples that are looked at: no battery at hand is larger."""


def break_even(costs: Costs, samples: int = SAMPLES) -> int | None:
    """The least calls times samples for which a device is faster, for programs that are chains of four cheap calls.

    Args:
        costs: those of the device.
        samples: samples of a task, at least 1.

    Returns:
        None where it is never faster, up to :data:`MOST`.
    """
    most = MOST // (CHAINED * samples)
    # Both sides grow in proportion to the programs but for a start: once it pays, it pays for more of them.
    found = bisect_left(range(1, most + 1), True, key=lambda programs: costs.pays(_chains(programs), samples))
    return None if found == most else (found + 1) * CHAINED * samples


def worst(costs: Sequence[Costs]) -> Costs:
    """Of the costs of devices that share the work, at least one, those that pay last."""
    return max(costs, key=lambda one: break_even(one) or MOST + 1)


def _chains(programs: int) -> Plan:
    """As much of a plan as costs look at: so many programs that have no call in common."""
    calls = CHAINED * programs
    return Plan(
        calls=b"", levels=(programs,) * CHAINED, block_bytes=SLOT_BYTES["G"] * (1 + calls), shared=b"", nodes=b"",
        offsets=b"", native_calls={"G": float(calls)},
    )  # fmt: skip
