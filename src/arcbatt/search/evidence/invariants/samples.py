"""One output beside those of the demos."""

from __future__ import annotations

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation

__all__ = ["AMONG_SAMPLES"]


def _different(pairs: Pairs) -> Relation | None:
    known = {pair.output.grid: pair.input.grid for pair in pairs}
    if len(pairs) < 2 or len(known) < len(pairs):
        return None
    return Relation(
        "no two outputs are the same", "the output is that of a demo with another input",
        lambda pair: known.get(pair.output.grid, pair.input.grid) == pair.input.grid,
    )  # fmt: skip


AMONG_SAMPLES = (Invariant("outputs-different", _different),)
"""The invariants of this theme."""
