"""Filtering: candidates that are one program become one, before anything expensive happens to them."""

from __future__ import annotations

from collections.abc import Iterable

from arcbatt.pipeline.score import Candidate

__all__ = ["distinct_bodies", "outcome_classes"]


def distinct_bodies(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those whose body an earlier one has; order is kept.

    Equal bodies are one root in the battery's graph, so this costs one look-up a candidate.
    """
    first: dict[int, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.root, candidate)
    return list(first.values())


def outcome_classes(candidates: Iterable[Candidate]) -> int:
    """How many of the candidates differ in what they give on some sample; failures of any kind count as equal.

    Candidates of one class are equivalent as far as the task can tell; they stay apart, as they may differ elsewhere.
    """
    return len({candidate.outcome_class for candidate in candidates})
