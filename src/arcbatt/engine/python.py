"""The python engine: the specification of what programs mean, and always there.

A :class:`Scope` holds the values of a graph's nodes under a binding of the variables. Scopes nest: nothing bound, then
``S`` (a task), then ``I`` (a sample) or ``C`` (a grid to compare with). A node's value is kept in the outermost scope
that binds everything it depends on, so each node is evaluated once for what it depends on, however many programs of the
battery contain it.

A program is run node by node in its canonical order until its root, its first failure or the end of its fuel. That is
what it would do alone, so its outcome in a battery is its outcome alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import arcbatt
import arcbatt.dsl  # fills the registry
from arcbatt.arc import Grid, Sample
from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.values import FuelError
from arcbatt.engine.base import check_unbound
from arcbatt.engine.guard import guarded
from arcbatt.engine.hangs import DeadlineError
from arcbatt.engine.left_out import outcome_of, settled, spread
from arcbatt.engine.limits import Limits
from arcbatt.engine.meter import ELEMENT_BITS, Meter
from arcbatt.engine.outcome import Failure, FailureKind, Outcome
from arcbatt.engine.raised import failure_of
from arcbatt.engine.tally import VerdictList
from arcbatt.engine.verdict import Verdict, judge, size_of
from arcbatt.program.graph import DEPENDS_C, DEPENDS_I, DEPENDS_S, PRIMITIVE, VARIABLE, Graph

__all__ = ["PythonEngine", "Scope"]

_LEVELS = {"S": DEPENDS_S, "I": DEPENDS_I, "C": DEPENDS_C}
_UNSET: Any = object()
_OUT_OF_TIME = "the sample's time ran out"
_TIERS = (100_000, 10_000, 1_000, 100, 1)
"""Programs that fit into this share of the fuel run first, then those of the next: no heavy one delays a light one."""
_CAUTIOUS_SHARE = 1_000
_MEMO_SHARE = 8
"""Once an eighth of the fuel went into a scope's values they are dropped before the next program."""


class _NodeFailure:
    """A failure kept as the value of the node where it arose."""

    __slots__ = ("kind", "message")

    def __init__(self, kind: FailureKind, message: str) -> None:
        self.kind = kind
        self.message = message


class PythonEngine:
    """Evaluates graphs over plain Python values; one engine serves one thread.

    Args:
        limits: what each program may spend on a sample.

    Example:
        >>> battery = Battery.of(parse_programs("def solve_a(I): return vmirror(I)"))
        >>> scope = PythonEngine().open(battery.graph).bind(S=(), I=((1, 2),))
        >>> scope.run(list(battery.solvers.values()))
        [Outcome(value=((2, 1),), failure=None, fuel=1)]
    """

    name = "python"
    is_threaded = False
    searches = None

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.version = arcbatt.__version__

    def open(self, graph: Graph) -> Scope:
        """A scope for a graph, with no variable bound. The graph may grow meanwhile, nodes never change."""
        return Scope(_Machine(graph, self.limits), None, {})

    def stop(self) -> None:
        """Does nothing: one engine serves one thread, and the process that runs it can be killed."""


class _Machine:
    """A graph made ready to run: per node its function, its work formula and its arguments."""

    def __init__(self, graph: Graph, limits: Limits) -> None:
        self.graph = graph
        self.limits = limits
        self.meter = Meter()
        self._steps: dict[int, tuple[Callable[..., Any] | None, Callable[..., int] | None, tuple[int, ...]]] = {}
        self._calls: dict[int, list[int]] = {}

    def calls(self, root: int) -> list[int]:
        """The CALL nodes of a root in canonical order."""
        found = self._calls.get(root)
        if found is None:
            found = self._calls[root] = self.graph.calls(root)
        return found

    def step(self, node: int) -> tuple[Callable[..., Any] | None, Callable[..., int] | None, tuple[int, ...]]:
        """(function, work, arguments) of a CALL node; the function is None when it is computed, then first argument."""
        found = self._steps.get(node)
        if found is None:
            callee, *arguments = self.graph.args(node)
            if self.graph.kind(callee) == PRIMITIVE:
                primitive = REGISTRY[self.graph.value(callee)]
                found = (guarded(primitive), primitive.work, tuple(arguments))
            else:
                found = (None, None, (callee, *arguments))
            self._steps[node] = found
        return found

    def leaf(self, node: int) -> Any:
        """The value of a CONSTANT or PRIMITIVE node."""
        value = self.graph.value(node)
        return self.meter.metered(REGISTRY[value]) if self.graph.kind(node) == PRIMITIVE else value

    def call_name(self, node: int) -> str:
        """The primitive that a CALL node calls; ``()`` for a computed function."""
        callee = self.graph.args(node)[0]
        return str(self.graph.value(callee)) if self.graph.kind(callee) == PRIMITIVE else "()"


class Scope:
    """The values of a graph's nodes under a binding of some of ``S``, ``I`` and ``C``. Made by the engine."""

    def __init__(self, machine: _Machine, parent: Scope | None, bound: dict[str, Any]) -> None:
        self._machine = machine
        self._parent = parent
        self._bound = bound
        self._level = sum(_LEVELS[name] for name in bound)
        self._values: dict[int, Any] = {} if parent is None else dict(parent._values)
        self._fuel: dict[int, int] = {} if parent is None else dict(parent._fuel)
        self._spent = 0
        self._took: dict[int, int] = {}

    def bind(self, **variables: Any) -> Scope:
        """A scope inside this one with further variables bound: ``S`` to the demo pairs, ``I`` and ``C`` to grids.

        Raises:
            ValueError: a variable has another name or is bound already.
        """
        check_unbound(variables, self._bound)
        return Scope(self._machine, self, {**self._bound, **variables})

    def run(self, roots: Sequence[int], cautious: bool = False) -> list[Outcome]:
        """Evaluates programs, given by their roots, and returns one outcome each, in the same order.

        The time limit counts from here and covers all roots together: those that it cuts off fail with ``timeout``.

        Args:
            roots: nodes of the graph.
            cautious: run only programs that need no more than a thousandth of the fuel; the others fail with
                ``timeout``. For a second try after an evaluation took its process down.
        """
        return settled(
            self._machine.graph, roots, self._machine.limits.timeout_s,
            lambda kept: self._run_all(kept, cautious),
            lambda found, failures: list(spread(roots, found, failures, outcome_of)),
        )  # fmt: skip

    def _run_all(self, roots: Sequence[int], cautious: bool) -> list[Outcome]:
        limits = self._machine.limits
        meter = self._machine.meter
        meter.deadline = None if limits.timeout_s is None else time.monotonic() + limits.timeout_s
        outcomes: dict[int, Outcome] = {}
        self._took = {}
        tiers = sorted({max(1, limits.fuel // share) for share in _TIERS if share >= _CAUTIOUS_SHARE or not cautious})
        for budget in tiers:
            for root in roots:
                if root in outcomes:
                    continue
                if meter.deadline is not None and time.monotonic() > meter.deadline:
                    break
                start = time.perf_counter_ns()
                outcome = self._run_within(root, budget)
                self._took[root] = self._took.get(root, 0) + time.perf_counter_ns() - start
                if outcome is not None:
                    outcomes[root] = outcome
        late = Outcome(None, Failure(FailureKind.TIMEOUT, 0, "", _OUT_OF_TIME), 0)
        return [outcomes.get(root, late) for root in roots]

    def judge(self, roots: Sequence[int], expected: Grid | None, cautious: bool = False) -> VerdictList:
        """See :meth:`arcbatt.engine.base.Scope.judge`."""
        verdicts = [judge(outcome, expected) for outcome in self.run(roots, cautious)]
        return VerdictList(verdicts, [self._took.get(root, 0) for root in roots])

    def judge_samples(
        self, roots: Sequence[int], samples: Sequence[Sample], cautious: bool = False
    ) -> list[tuple[VerdictList, float]]:
        """See :meth:`arcbatt.engine.base.Scope.judge_samples`."""
        found = []
        for sample in samples:
            start = time.monotonic()
            verdicts = self.bind(I=sample.input).judge(roots, sample.output, cautious)
            found.append((verdicts, time.monotonic() - start))
        return found

    def judge_one(self, root: int, expected: Grid | None) -> tuple[Verdict, Grid | None]:
        """See :meth:`arcbatt.engine.base.Scope.judge_one`."""
        (outcome,) = self.run([root])
        verdict = judge(outcome, expected)
        return verdict, outcome.value if verdict.is_grid else None

    def measure(self, roots: Sequence[int]) -> list[int | None]:
        """See :meth:`arcbatt.engine.base.Scope.measure`."""
        return [size_of(outcome) for outcome in self.run(roots)]

    def _run_within(self, root: int, budget: int) -> Outcome | None:
        """The outcome of a program; None when it needs more than this budget and the limit is above it."""
        self._relieve()
        outcome = self._run(root, budget)
        if outcome is not None and outcome.failure is not None and outcome.failure.kind is FailureKind.MEMORY:
            # Other programs' values may have taken the memory: once more with all of it.
            self._forget()
            outcome = self._run(root, budget)
            self._forget()
        return outcome

    def _run(self, root: int, budget: int) -> Outcome | None:
        machine = self._machine
        values, spent = self._values, self._fuel
        total = 0
        for step, node in enumerate(machine.calls(root), 1):
            value = values.get(node, _UNSET)
            if value is _UNSET:
                value = self._evaluate(node, budget)
                if value is _UNSET:
                    return None
            total += spent[node]
            if total > budget:
                if budget < machine.limits.fuel:
                    return None
                return self._failed(step, node, FailureKind.LIMIT, _out_of_fuel(budget), total)
            if value.__class__ is _NodeFailure:
                return self._failed(step, node, value.kind, value.message, total)
        return Outcome(self._value(root), None, total)

    def _failed(self, step: int, node: int, kind: FailureKind, message: str, fuel: int) -> Outcome:
        return Outcome(None, Failure(kind, step, self._machine.call_name(node), message), fuel)

    def _value(self, node: int) -> Any:
        """The value of a node whose calls are all evaluated."""
        value = self._values.get(node, _UNSET)
        if value is _UNSET:
            machine = self._machine
            if machine.graph.kind(node) == VARIABLE:
                name = machine.graph.value(node)
                if name not in self._bound:
                    raise ValueError(f"the program reads {name}, which is not bound in this scope")
                value = self._bound[name]
            else:
                value = machine.leaf(node)
            self._keep(node, value, 0)
        return value

    def _evaluate(self, node: int, budget: int) -> Any:
        """The value of a CALL node whose arguments have values; unset when the budget, below the limit, ran out."""
        machine = self._machine
        function, work, argument_nodes = machine.step(node)
        arguments = [self._value(item) for item in argument_nodes]
        meter = machine.meter
        meter.fill(budget)
        value: Any
        try:
            if function is None:
                value = arguments[0](*arguments[1:])
            else:
                meter.left -= 1 if work is None else 1 + (work(*arguments) >> ELEMENT_BITS)
                if meter.left < meter.stop:
                    meter.look()
                value = function(*arguments)
            if meter.left < 0:  # a user's primitive caught the exception that reports it
                raise FuelError("out of fuel")
        except DeadlineError:
            value = _NodeFailure(FailureKind.TIMEOUT, _OUT_OF_TIME)
        except FuelError:
            if budget < machine.limits.fuel:
                return _UNSET
            value = _NodeFailure(FailureKind.LIMIT, _out_of_fuel(budget))
            meter.left = -1  # how far below it came may hang on the order in which a set iterates
        except Exception as error:
            value = _NodeFailure(*failure_of(error))
        used = budget - meter.left
        if value.__class__ is _NodeFailure and value.kind.is_machine_dependent:
            # Never kept: it says nothing about the node, only about this moment.
            self._fuel[node] = used
            return value
        self._keep(node, value, used)
        return value

    def _keep(self, node: int, value: Any, used: int) -> None:
        """Notes a value here and in every outer scope that binds all the node depends on."""
        level = self._machine.graph.level(node)
        scope: Scope | None = self
        while scope is not None and level & ~scope._level == 0:
            scope._values[node] = value
            scope._fuel[node] = used
            scope._spent += used
            scope = scope._parent

    def _relieve(self) -> None:
        """Drops values where too much fuel, and so too much memory, went into them; inner scopes hold them as well."""
        most = self._machine.limits.fuel // _MEMO_SHARE
        scopes: list[Scope] = [self]
        while (parent := scopes[-1]._parent) is not None:
            scopes.append(parent)
        is_dropping = False
        for scope in reversed(scopes):
            is_dropping = is_dropping or scope._spent > most
            if is_dropping:
                scope._forget()

    def _forget(self) -> None:
        """Drops the values that only this scope holds."""
        self._values = {} if self._parent is None else dict(self._parent._values)
        self._fuel = {} if self._parent is None else dict(self._parent._fuel)
        self._spent = 0


def _out_of_fuel(budget: int) -> str:
    return f"out of fuel: more than {budget:,} units"
