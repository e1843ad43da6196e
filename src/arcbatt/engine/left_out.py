"""Programs that call a refused primitive are left out of an evaluation, so that the others get their results.

A primitive that hangs uses up the time of its sample. So the evaluation is repeated without it: what calls it
has the outcome ``timeout``, which names it, and everything else has its own. Both engines do this in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import arcbatt.dsl  # noqa: F401 - fills the registry
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine import hangs
from arcbatt.engine.outcome import Failure, FailureKind, Outcome
from arcbatt.program.graph import PRIMITIVE, Graph

__all__ = ["outcome_of", "settled", "spread"]

T = TypeVar("T")
E = TypeVar("E")

_BUILT_IN = sum(primitive.theme != "user" for primitive in REGISTRY)
"""Primitives of the DSL; there are more when a user's own were loaded."""


def settled(
    graph: Graph,
    roots: Sequence[int],
    limit_s: float | None,
    evaluate: Callable[[Sequence[int]], T],
    fill: Callable[[T, Mapping[int, Failure]], T],
) -> T:
    """Evaluates programs, again and again as long as a primitive is found to hang on the way.

    Args:
        graph: the programs' graph.
        roots: the programs.
        limit_s: the time limit of a sample; None for none.
        evaluate: evaluates those of the roots that it is given, in their order.
        fill: makes the result for all roots out of that for those evaluated and the failures of those left out, by
            root. Not called when none is left out.
    """
    if len(REGISTRY) == _BUILT_IN:  # nothing to watch, and most evaluations take microseconds
        return evaluate(roots)
    while True:
        with hangs.limited(limit_s):
            before = hangs.refusals()
            failures = _left_out(graph, roots, before) if before else {}
            found = evaluate([root for root in roots if root not in failures] if failures else roots)
            if hangs.refusals().keys() == before.keys():
                return fill(found, failures) if failures else found


def spread(
    roots: Iterable[int], found: Iterable[E], failures: Mapping[int, Failure], make: Callable[[Failure], E]
) -> Iterator[E]:
    """The result of each root, in order: those evaluated, and what is made of the failures of those left out."""
    rest = iter(found)
    for root in roots:
        yield make(failures[root]) if root in failures else next(rest)


def outcome_of(failure: Failure) -> Outcome:
    """The outcome of a program that was left out."""
    return Outcome(None, failure, 0)


def _left_out(graph: Graph, roots: Sequence[int], refused: Mapping[str, hangs.Refusal]) -> dict[int, Failure]:
    """The failures of those programs that call a refused primitive or hand it to another, by root."""
    reasons = {
        node: refused[value].reason
        for node, (kind, value) in enumerate(zip(graph.kinds, graph.values, strict=True))
        if kind == PRIMITIVE and value in refused
    }
    failures = {}
    for root in roots if reasons else ():
        failure = _failure(graph, root, reasons)
        if failure is not None:
            failures[root] = failure
    return failures


def _failure(graph: Graph, root: int, reasons: Mapping[int, str]) -> Failure | None:
    """The failure at the first statement of a program that mentions one of these nodes; None when none does."""
    for step, node in enumerate(graph.calls(root), 1):
        callee, *arguments = graph.args(node)
        blamed = next((reasons[item] for item in (callee, *arguments) if item in reasons), None)
        if blamed is not None:
            call = str(graph.value(callee)) if graph.kind(callee) == PRIMITIVE else "()"
            return Failure(FailureKind.TIMEOUT, step, call, blamed)
    return None
