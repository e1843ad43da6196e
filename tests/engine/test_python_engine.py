"""Values, failures, fuel and limits of the python engine."""

from __future__ import annotations

import random
import resource
from collections.abc import Iterator
from typing import Any

import pytest

from arcbatt.dsl.closures import text_of
from arcbatt.dsl.registry import REGISTRY, primitive
from arcbatt.dsl.types import Integer
from arcbatt.engine import FailureKind, Limits, Outcome
from arcbatt.engine.python import PythonEngine
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from support.programs import random_grid, random_pairs, random_program

GRID = ((0, 1, 0), (2, 1, 0))


def run(body: str, limits: Limits | None = None, **variables: Any) -> Outcome:
    """The outcome of a program given as the expression it returns, or as statements that end in a return."""
    text = body if "return" in body else f"return {body}"
    lines = "".join(f"    {line.strip()}\n" for line in text.strip().splitlines())
    (program,) = parse_programs(f"def solve(S, I):\n{lines}")
    scope = PythonEngine(limits).open(program.graph).bind(**{"I": GRID, "S": ((GRID, GRID),), **variables})
    (outcome,) = scope.run([program.root])
    return outcome


class TestValues:
    def test_runs_calls_constants_and_functions_as_values(self) -> None:
        assert run("fill(I, THREE, ofcolor(I, ONE))").value == ((0, 3, 0), (2, 3, 0))
        assert run("apply(rbind(add, TWO), (1, 2, 3))").value == (3, 4, 5)
        assert run("compose(increment, double)(4)").value == 9
        assert run("power(double, 10)(1)").value == 1024

    def test_programs_without_calls_are_programs(self) -> None:
        assert run("I") == Outcome(GRID, None, 0)
        assert run("SEVEN") == Outcome(7, None, 0)

    def test_sees_the_demo_pairs(self) -> None:
        assert run("last(first(S))", S=((GRID, ((9,),)),)).value == ((9,),)

    def test_gives_outcomes_in_the_order_of_the_roots(self) -> None:
        graph = Graph()
        roots = [graph.call(graph.primitive("add"), graph.constant(n), graph.constant(1)) for n in (5, 3, 5)]
        assert [outcome.value for outcome in PythonEngine().open(graph).run(roots)] == [6, 4, 6]

    def test_refuses_to_run_what_is_not_bound(self) -> None:
        graph = Graph()
        with pytest.raises(ValueError, match="not bound"):
            PythonEngine().open(graph).run([graph.variable("I")])
        with pytest.raises(ValueError, match="bound once"):
            PythonEngine().open(graph).bind(I=1).bind(I=2)
        with pytest.raises(ValueError, match="cannot bind"):
            PythonEngine().open(graph).bind(X=1)


class TestFailures:
    def test_says_what_failed_and_where(self) -> None:
        outcome = run("x1 = ofcolor(I, NINE)\nx2 = first(x1)\nreturn fill(I, x2, x1)")
        assert outcome.failure is not None
        assert (outcome.failure.kind, outcome.failure.step, outcome.failure.call) == (FailureKind.ERROR, 2, "first")
        assert outcome.failure.message
        assert "x2 = first" in str(outcome.failure)

    def test_the_first_failure_in_canonical_order_counts(self) -> None:
        outcome = run("astuple(halve(I), first(ofcolor(I, NINE)))")
        assert outcome.failure is not None
        assert (outcome.failure.step, outcome.failure.call) == (1, "halve")

    def test_a_failing_branch_fails_even_when_it_is_not_taken(self) -> None:
        assert run("branch(T, ONE, first(ofcolor(I, NINE)))").failure is not None

    def test_calling_what_is_no_function_is_a_failure(self) -> None:
        outcome = run("first(I)(ONE)")
        assert outcome.failure is not None
        assert (outcome.failure.kind, outcome.failure.call) == (FailureKind.ERROR, "()")

    def test_messages_hold_no_addresses(self) -> None:
        outcome = run("add(rbind(add, ONE), ONE)")
        assert outcome.failure is not None
        assert "0x" not in outcome.failure.message


class TestFuel:
    def test_each_call_costs_one_and_its_work(self) -> None:
        assert run("add(ONE, TWO)").fuel == 1
        grid = ((1,) * 30,) * 30
        assert run("rot90(I)", I=grid).fuel == 1 + REGISTRY["rot90"].work(grid) // 8  # type: ignore[misc]

    def test_calls_inside_functions_are_paid_too(self) -> None:
        outer = run("apply(increment, (1, 2, 3))").fuel
        inner = run("apply(compose(increment, increment), (1, 2, 3))").fuel
        assert inner == outer + 3 + run("compose(increment, increment)").fuel

    def test_shared_nodes_count_once_in_a_program_and_in_full_in_each(self) -> None:
        text = "def solve_a(I):\n    return hconcat(rot90(I), rot90(I))\ndef solve_b(I):\n    return rot90(I)\n"
        a, b = parse_programs(text)
        first, second = PythonEngine().open(a.graph).bind(I=GRID).run([a.root, b.root])
        alone = run("rot90(I)").fuel
        assert second.fuel == alone
        assert first.fuel == alone + run("hconcat(I, I)").fuel + (run("hconcat(rot90(I), I)").fuel - alone
                                                                  - run("hconcat(I, I)").fuel)  # fmt: skip

    def test_running_out_is_a_limit_at_the_statement_that_was_too_much(self) -> None:
        body = "x1 = increment(ONE)\nx2 = increment(x1)\nx3 = increment(x2)\nreturn x3"
        assert run(body, Limits(fuel=3)).value == 4
        outcome = run(body, Limits(fuel=2))
        assert outcome.failure is not None
        assert (outcome.failure.kind, outcome.failure.step) == (FailureKind.LIMIT, 3)

    @pytest.mark.parametrize("fuel", [1, 7, 100, 12_345])
    def test_an_endless_program_stops_at_the_same_fuel(self, fuel: int) -> None:
        outcomes = [run("power(increment, 99)(power(power(increment, 99), 99)(ZERO))", Limits(fuel=fuel)) for _ in "ab"]
        assert outcomes[0] == outcomes[1]
        if outcomes[0].failure is not None:
            assert fuel < outcomes[0].fuel


HOSTILE = {
    "endless power": "power(power(power(power(identity, 90), 90), 90), 90)(ONE)",
    "squaring": "power(fork(multiply, identity, identity), 60)(THREE)",
    "doubling a tuple": "power(fork(combine, identity, identity), 60)((1, 2))",
    "doubling a grid": "power(rbind(upscale, TWO), 60)(I)",
    "pairs of pairs": "power(fork(astuple, identity, identity), 90)(I)",
    "giant repeat": "repeat(I, 1000000000000)",
    "repeats of repeats": "repeat(repeat(repeat(repeat(ONE, 10000), 10000), 10000), 10000)",
    "set of repeats": "initset(repeat(repeat(repeat(ONE, 10000), 10000), 10000))",
    "giant interval": "interval(0, 1000000000000, 1)",
    "giant canvas": "canvas(0, (100000000, 100000000))",
    "giant upscale": "upscale(I, 1000000000)",
    "giant object upscale": "upscale(asobject(I), 1000000000)",
    "giant hupscale": "hupscale(I, 1000000000)",
    "giant vupscale": "vupscale(I, 1000000000)",
    "giant connect": "connect((0, 0), (1000000000, 1000000000))",
    "giant shoot": "shoot((0, 0), (0, 1000000000))",
    "giant backdrop": "backdrop(insert((1000000000, 1000000000), initset((0, 0))))",
    "giant box": "box(insert((1000000000, 1000000000), initset((0, 0))))",
    "giant hsplit": "hsplit(I, 1000000000)",
    "giant product": "product(interval(0, 10000, 1), interval(0, 10000, 1))",
    "giant prapply": "prapply(astuple, interval(0, 10000, 1), interval(0, 10000, 1))",
    "manhattan of many": "manhattan(product(interval(0, 300, 1), interval(0, 300, 1)), "
                         "product(interval(900, 1200, 1), interval(900, 1200, 1)))",
    "huge integers": "power(compose(double, increment), 90)(9223372036854775807)",
    "deep nesting": "power(initset, 90)(power(initset, 90)(power(initset, 90)(ONE)))",
    "deep tuples": "power(rbind(repeat, ONE), 99)(power(rbind(repeat, ONE), 99)(ONE))",
    "objects of tuples of objects": "power(power(compose(totuple, asobject), 90), 90)(I)",
    "functions that build functions":
        "power(rbind(compose, increment), 90)(power(rbind(compose, increment), 90)(double))",
    "apply over builders": "apply(lbind(apply, lbind(lbind, lbind)), repeat(repeat(add, 1000), 1000))",
    "apply in apply": "apply(rbind(lbind(apply, rbind(lbind(apply, increment), interval(0, 1000, 1))), "
                      "interval(0, 1000, 1)), interval(0, 1000, 1))",
    "occurrences of all":
        "apply(lbind(occurrences, canvas(0, (200, 200))), repeat(asobject(canvas(0, (100, 100))), 1000))",
    "gravitate far": "gravitate(product(interval(0, 100, 1), (0,)), product(interval(0, 100, 1), (99999,)))",
    "dedupe of many": "dedupe(repeat(interval(0, 600, 1), 800))",
    "sorting big sets": "order(prapply(astuple, interval(0, 300, 1), interval(0, 300, 1)), identity)",
}  # fmt: skip


class TestHostilePrograms:
    @pytest.mark.parametrize("body", HOSTILE.values(), ids=list(HOSTILE))
    def test_ends_within_fuel_and_memory(self, body: str) -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        outcome = run(body, Limits(fuel=500_000))
        grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        assert outcome.failure is None or outcome.failure.kind in (FailureKind.LIMIT, FailureKind.ERROR)
        assert grown_mb < 300

    def test_a_deadline_ends_what_fuel_does_not(self) -> None:
        outcome = run("power(power(power(power(identity, 90), 90), 90), 90)(ONE)", Limits(fuel=10**12, timeout_s=0.2))
        assert outcome.failure is not None
        assert outcome.failure.kind is FailureKind.TIMEOUT
        assert outcome.failure.kind.is_machine_dependent

    def test_a_heavy_program_does_not_take_the_time_of_light_ones(self) -> None:
        text = (
            "def solve_a(I):\n    return power(power(power(power(identity, 90), 90), 90), 90)(I)\n"
            "def solve_b(I):\n    return rot90(I)\n"
        )
        a, b = parse_programs(text)
        scope = PythonEngine(Limits(timeout_s=1.5)).open(a.graph).bind(I=GRID)
        heavy, light = scope.run([a.root, b.root])
        assert heavy.failure is not None
        assert light.ok


    def test_many_heavy_programs_do_not_take_the_time_of_a_light_one(self) -> None:
        endless = "power(power(power(power(identity, 90), 90), 90), 90)"
        heavy = "".join(f"def solve_h{n}(I):\n    return {endless}(interval(0, {n}, 1))\n" for n in range(300))
        programs = parse_programs(heavy + "def solve_light(I):\n    return rot90(I)\n")
        scope = PythonEngine(Limits(timeout_s=1.5)).open(programs[0].graph).bind(I=GRID)
        outcomes = scope.run([program.root for program in programs])
        assert outcomes[-1].ok
        assert not any(outcome.ok for outcome in outcomes[:-1])

    def test_values_that_depend_on_nothing_are_dropped_too(self) -> None:
        """Constant programs would fill the memory of the scope that all tasks share."""
        text = "".join(f"def solve_c{n}(I):\n    return repeat({n}, 100000)\n" for n in range(200))
        programs = parse_programs(text)
        root = PythonEngine(Limits(fuel=1_000_000)).open(programs[0].graph)
        outcomes = root.bind(S=()).bind(I=GRID).run([program.root for program in programs])
        assert all(outcome.ok for outcome in outcomes)
        assert sum(type(value) is tuple for value in root._values.values()) < 50


class TestSharing:
    @pytest.fixture
    def counted(self) -> Iterator[list[int]]:
        seen: list[int] = []

        @primitive
        def counted(x: Integer) -> Integer:
            seen.append(1)
            return x

        yield seen
        REGISTRY.remove("counted")

    def test_a_node_is_evaluated_once_for_what_it_depends_on(self, counted: list[int]) -> None:
        text = (
            "def solve_a(S, I):\n    return astuple(counted(1), astuple(counted(S), counted(I)))\n"
            "def solve_b(S, I):\n    return combine(repeat(counted(1), 2), combine(counted(S), counted(I)))\n"
        )
        programs = parse_programs(text)
        scope = PythonEngine().open(programs[0].graph)
        for _ in range(2):  # tasks
            task = scope.bind(S=((GRID, GRID),))
            for _ in range(3):  # samples
                task.bind(I=GRID).run([program.root for program in programs])
        assert len(counted) == 1 + 2 + 6

    def test_what_depends_on_c_is_evaluated_once_for_each_grid_compared_with(self, counted: list[int]) -> None:
        (differ,) = parse_programs("def differ_x_iz(S, I, C):\n    return astuple(size(counted(C)), counted(I))\n")
        scope = PythonEngine().open(differ.graph).bind(S=()).bind(C=GRID)
        for _ in range(4):
            scope.bind(I=GRID).run([differ.root])
        assert len(counted) == 1 + 4


class TestUserPrimitives:
    @pytest.fixture(autouse=True)
    def _forget(self) -> Iterator[None]:
        before = {item.name for item in REGISTRY}
        yield
        for name in [item.name for item in REGISTRY if item.name not in before]:
            REGISTRY.remove(name)

    @pytest.mark.parametrize(
        "bad", [[1.0], 1.5, "x", {"a": 1}, {"x"}, (1, ["2"]), frozenset({(1, 2.0)}), 2**70, object(), None]
    )
    def test_nonsense_fails_the_node(self, bad: Any) -> None:
        @primitive
        def nonsense(x: Integer) -> Integer:
            return bad

        outcome = run("nonsense(1)")
        assert outcome.failure is not None
        assert outcome.failure.call == "nonsense"

    @pytest.mark.parametrize(
        "error", [ValueError("no"), SystemExit(3), StopIteration(), RecursionError(), MemoryError()]
    )
    def test_what_it_raises_fails_the_node(self, error: BaseException) -> None:
        @primitive
        def angry(x: Integer) -> Integer:
            raise error

        assert run("angry(1)").failure is not None
        assert run("apply(angry, (1, 2))").failure is not None

    def test_it_works_as_a_function_of_any_arity(self) -> None:
        @primitive
        def five(a: Integer, b: Integer, c: Integer, d: Integer, e: Integer) -> Integer:
            return a + b + c + d + e

        assert run("five(1, 2, 3, 4, 5)").value == 15
        assert run("lbind(five, 1)(2, 3, 4)").failure is not None  # any other arity than 2 or 3 binds to a ternary one


def outcomes_of(graph: Graph, roots: list[int], limits: Limits, **variables: Any) -> list[Outcome]:
    """Outcomes with everything shared, under a scope for each variable."""
    scope: Any = PythonEngine(limits).open(graph)
    for name, value in variables.items():
        scope = scope.bind(**{name: value})
    return scope.run(roots)  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", range(60))
def test_random_programs_give_the_same_alone_and_in_a_battery(seed: int) -> None:
    """Thousands of random programs: none crashes the engine, and sharing changes neither value, failure nor fuel."""
    rng = random.Random(seed)
    graph = Graph()
    roots = [random_program(rng, graph, rng.randint(1, 12)) for _ in range(60)]
    limits = Limits(fuel=rng.choice([20, 200, 20_000]))
    variables = {"S": random_pairs(rng), "I": random_grid(rng)}
    shared = outcomes_of(graph, roots, limits, **variables)
    for root, expected in zip(roots, shared, strict=True):
        lone = Graph()
        (alone,) = outcomes_of(lone, [graph.copy(root, lone)], limits, **variables)
        assert plain(alone) == plain(expected)


def plain(outcome: Outcome) -> tuple[str, Any, int]:
    """An outcome whose functions, which belong to one engine each, are told by their text."""
    return (text_of(outcome.value), outcome.failure, outcome.fuel)
