"""One output beside those of the demos."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation

__all__ = ["AMONG_SAMPLES"]


def _equal(pairs: Pairs) -> Relation | None:
    outputs = {pair.output.grid for pair in pairs}
    if len(pairs) < 2 or len(outputs) > 1:
        return None
    return Relation(
        "all outputs are the same", "the output is another than that of the demos",
        lambda pair: pair.output.grid in outputs,
    )  # fmt: skip


def _different(pairs: Pairs) -> Relation | None:
    known = {pair.output.grid: pair.input.grid for pair in pairs}
    if len(pairs) < 2 or len(known) < len(pairs):
        return None
    return Relation(
        "every output is another", "the output is that of a demo with another input",
        lambda pair: known.get(pair.output.grid, pair.input.grid) == pair.input.grid,
    )  # fmt: skip


AMONG_SAMPLES = (Invariant("outputs-equal", _equal), Invariant("outputs-different", _different))
"""The invariants of this theme."""
