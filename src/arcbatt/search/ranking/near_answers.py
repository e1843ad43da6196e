"""Near answers: outputs of programs that are not right on all demo samples, the likeliest first.

What a rule of the demo samples says of an output counts for more than how near its program comes: of many near misses
the one that breaks no likely invariant is right most often.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arcbatt.arc import Grid
from arcbatt.results import FULL_SHARE
from arcbatt.search.evidence.invariants import HeldInvariant
from arcbatt.search.ranking.features import LOG, MOST_BITS, MOST_BROKEN, SHARE
from arcbatt.search.ranking.leads import Lead

__all__ = ["NearAnswer", "near_answers", "near_features"]

_LEAST_MISS = 0.004


@dataclass(frozen=True, slots=True)
class NearAnswer:
    """An output for a test input.

    Attributes:
        output: the output.
        leads: the programs that give it, the nearer first.
    """

    output: Grid
    leads: tuple[Lead, ...]


def near_answers(leads: Sequence[Lead], index: int) -> list[NearAnswer]:
    """The outputs that programs give for a test input; the order depends on the programs alone, not on theirs.

    Args:
        leads: programs that are not right on all demo samples, each once.
        index: number of the test input, from 0.
    """
    groups: dict[Grid, list[Lead]] = {}
    for lead in sorted(leads, key=_order):
        output = lead.outputs[index]
        if output is not None:
            groups.setdefault(output, []).append(lead)
    return [NearAnswer(output, tuple(group)) for output, group in groups.items()]


def near_features(answer: NearAnswer, broken: Sequence[HeldInvariant], bits: int, demos: int) -> Mapping[str, int]:
    """The features of an answer.

    Args:
        answer: the answer.
        broken: the likely invariants that it breaks.
        bits: of its nearest program's prior.
        demos: number of demo samples.
    """
    right, share = answer.leads[0].nearness
    miss = max(_LEAST_MISS, 1 - share / (FULL_SHARE * demos))
    return {
        "near-demos": SHARE * right // demos,
        "near-cells": round(-LOG * math.log2(miss)),
        "near-broken": min(len(broken), MOST_BROKEN),
        "near-any-broken": int(bool(broken)),
        "near-bits": min(bits, MOST_BITS),
        "near-log-count": round(LOG * math.log2(len(answer.leads))),
    }


def _order(lead: Lead) -> tuple[int, int, int, str]:
    right, share = lead.nearness
    return -right, -share, lead.program.size, lead.program.md5
