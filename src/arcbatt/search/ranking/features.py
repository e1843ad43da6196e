"""Features: the whole numbers about an answer that the model weighs.

A feature that is missing counts 0. Names are keys of the file of weights, so they never change their meaning.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from arcbatt.arc import Challenge
from arcbatt.search.evidence.invariants import HeldInvariant, invariant_names
from arcbatt.search.evidence.plausibility import output_plausibility, unanswered
from arcbatt.search.evidence.prequential import demos_needed, pivotal_demos
from arcbatt.search.ranking.answers import Answer
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.program_evidence import ProgramEvidence

__all__ = ["FAMILIES", "FEATURES", "answer_features", "none_features"]

FAMILIES: Final = (
    "exact", "cut", "recoloring", "table", "layers", "wrapped", "joined", "chosen", "recolored", "given", "store",
    "evolution", "cells", "objects", "panels", "mosaics",
)  # fmt: skip
"""Goals and sources that may have a weight."""
RULES: Final = frozenset(("cells", "objects", "panels", "mosaics"))
"""Families of learned rules, whose cost says how much of the demo samples a rule was fitted to."""
LOG: Final = 16
"""Logarithms to the base 2 are in sixteenths."""
SHARE: Final = 16
"""Shares are in sixteenths."""
MOST_BITS: Final = 400
MOST_COST: Final = 200
MOST_BROKEN: Final = 12
MOST_LITERALS: Final = 12
MOST_LOOSE: Final = 3

FEATURES: Final[Mapping[str, str]] = {
    "bits": "bits of its cheapest program's prior",
    "log-count": "how many programs give it, logarithm",
    "log-share": "which share of all programs that fit give it, logarithm, 0 or less",
    "more-families": "how many families of programs agree on it, beyond one; the store is none",
    "unanswered": "test inputs that none of its programs answers",
    **{f"family-{name}": f"whether a program of the family {name} gives it" for name in FAMILIES},
    "rule-cost": "what its cheapest learned rule cost the search",
    "only-rules": "whether learned rules alone give it",
    "symmetries-best": "under how many symmetries of the square its best program is right",
    "symmetries": "under how many its cheapest program is right",
    "symmetric-tests": "under how many the output of its cheapest program follows",
    "exchanges": "share of exchanged colors under which its best program is right",
    "no-exchanges": "whether no colors could be exchanged",
    "held": "share of the demo samples that its cheapest program, learned without them, is right on",
    "determined": "share of the demo samples without which the rest still determines its literals",
    "literals": "literals of its cheapest program",
    "loose": "literals of its cheapest program that could be others and give another output",
    "choices-held": "share of the demo samples that its cheapest program, its flags and functions chosen without them, "
    "is right on",
    "choices-loose": "flags and functions of its cheapest program that could be others and give another output",
    "needed-demos": "share of the demo samples that it took until its cheapest enumerated program was the cheapest fit",
    "pivotal-demos": "share of the demo samples without which a cheaper program would have been taken",
    "is-input": "whether it is the input",
    "is-blank": "whether it has one color",
    "is-demo-output": "whether it is the output of a demo sample",
    "broken": "likely invariants that it breaks",
    "any-broken": "whether it breaks one",
    "none": "1 for the answer that none of these is right",
    "none-demos": "for that answer, number of demo samples beyond three",
    "none-bits": "for that answer, bits of the cheapest program of all",
    "none-broken": "for that answer, likely invariants that the answer which breaks the fewest breaks",
    "near-demos": "of a near miss: share of the demo samples that its best program is right on",
    "near-cells": "of a near miss: share of wrong cells of that program, logarithm, 0 or more where fewer are wrong",
    "near-broken": "of a near miss: likely invariants that it breaks",
    "near-any-broken": "of a near miss: whether it breaks one",
    "near-bits": "of a near miss: bits of that program's prior",
    "near-log-count": "of a near miss: how many programs give it, logarithm",
    "near-none": "1 for the answer that no near miss is right",
    **{f"breaks-{name}": f"whether it breaks the likely invariant {name}" for name in invariant_names()},
}
"""What each feature is, by its name."""


def answer_features(
    answer: Answer, evidence: Mapping[str, ProgramEvidence], broken: Sequence[HeldInvariant],
    candidates: Candidates, task: Challenge, index: int,
) -> dict[str, int]:  # fmt: skip
    """The features of an answer.

    Args:
        answer: the answer.
        evidence: by MD5 of each of its voices.
        broken: the likely invariants that it breaks.
        candidates: all of the task.
        task: the challenge.
        index: number of the test input.
    """
    total = candidates.count
    demos = min(len(task.demo), 16)  # partial fits tell of no more
    cost = min((lead.cost for lead in answer.voices if lead.cost is not None), default=0)
    looks = output_plausibility(task, index, answer.output)
    known = [evidence[lead.program.md5] for lead in answer.voices]
    cheapest = min(known, key=lambda item: item.bits)
    tests = cheapest.symmetric_tests
    refit, choices = cheapest.refit, cheapest.choices
    features = {
        "bits": min(cheapest.bits, MOST_BITS),
        "log-count": _log(answer.count),
        "log-share": _log(answer.count) - _log(max(total, answer.count)),
        # What is in the store may have been found for this very task: it is no second opinion.
        "more-families": max(0, len({*answer.families} - {"store"}) - 1),
        "rule-cost": min((lead.cost or 0 for lead in answer.voices if lead.family in RULES), default=0),
        "only-rules": int(set(answer.families) <= RULES),
        "unanswered": min(unanswered(lead.outputs) for lead in answer.voices),
        "symmetries-best": max(item.symmetries or 0 for item in known),
        "symmetries": cheapest.symmetries or 0,
        "symmetric-tests": (tests[index] or 0) if tests is not None else 0,
        "exchanges": max(_exchanged(item) for item in known),
        "no-exchanges": int(all(item.exchanges is None for item in known)),
        "held": SHARE * refit.held // refit.demos if refit else 0,
        "determined": SHARE * refit.determined // refit.demos if refit else 0,
        "literals": min(refit.literals, MOST_LITERALS) if refit else 0,
        "loose": min(refit.loose_other, MOST_LOOSE) if refit else 0,
        "choices-held": SHARE * choices.held // choices.demos if choices else 0,
        "choices-loose": min(choices.loose_other, MOST_LOOSE) if choices else 0,
        "needed-demos": SHARE * (demos_needed(candidates.partial_fits, cost, demos) or 0) // demos,
        "pivotal-demos": SHARE * pivotal_demos(candidates.partial_fits, cost, demos) // demos,
        "is-input": int(looks.is_input),
        "is-blank": int(looks.is_blank),
        "is-demo-output": int(looks.is_demo_output),
        "broken": min(len(broken), MOST_BROKEN),
        "any-broken": int(bool(broken)),
    }
    features["rule-cost"] = min(features["rule-cost"], MOST_COST)
    features.update((f"family-{name}", 1) for name in answer.families if name in FAMILIES)
    features.update((f"breaks-{held.name}", 1) for held in broken)
    return {name: number for name, number in features.items() if number}


def none_features(demos: int, answers: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The features of the answer that none of the answers is right.

    Args:
        demos: number of demo samples.
        answers: the features of all others, at least one.
    """

    def least(name: str) -> int:
        return min(features.get(name, 0) for features in answers)

    return {"none": 1, "none-demos": demos - 3, "none-bits": least("bits"), "none-broken": least("broken")}


def _exchanged(evidence: ProgramEvidence) -> int:
    exchanges = evidence.exchanges
    return SHARE * exchanges.right // exchanges.tried if exchanges else 0


def _log(count: int) -> int:
    return round(LOG * math.log2(count))
