"""Calls of built functions that come again: nothing but speed may tell whether an engine remembers them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Grid
from arcbatt.dsl.registry import REGISTRY, primitive
from arcbatt.engine import Limits, Outcome
from arcbatt.engine.call_memo import NO_CALL_MEMO, CallCounts, CallMemoOptions
from arcbatt.program import Program
from arcbatt.program.graph import CALL, Graph
from arcbatt.program.parse import parse_programs
from support.programs import random_arc_grid, random_grid, random_pairs, random_program
from support.twins import needs_native, program_text, typed

pytestmark = needs_native

EAGER = CallMemoOptions(is_eager=True)
TIGHT = CallMemoOptions(most_bytes=6_000, is_eager=True)
WAYS = {"usual": CallMemoOptions(), "eager": EAGER, "tight": TIGHT}

PROGRAMS = {
    # For each object over all cells: the object that is nearest.
    "territories": """
def solve(I):
    x1 = objects(I, T, F, T)
    x2 = compose(lbind(argmin, x1), compose(lbind(rbind, manhattan), initset))
    x3 = compose(lbind(sfilter, asindices(I)), lbind(matcher, x2))
    return paint(I, mapply(fork(recolor, color, x3), x1))
""",
    # Each cell through its neighbours, and those through theirs.
    "rounds": """
def solve(I):
    x1 = chain(totuple, lbind(intersection, asindices(I)), neighbors)
    x2 = chain(leastcommon, lbind(apply, lbind(index, I)), x1)
    x3 = chain(mostcommon, lbind(apply, x2), x1)
    return fill(I, ZERO, sfilter(asindices(I), fork(equality, x2, x3)))
""",
    # Half of the calls fail, in a set and in a tuple; then one that is a limit.
    "failures": """
def solve(I):
    x1 = compose(first, lbind(sfilter, I))
    x2 = lbind(lbind, contained)
    x3 = compose(x1, x2)
    x4 = prapply(lbind(add, ONE), asindices(I), asindices(I))
    return apply(compose(x3, last), product(asindices(I), x4))
""",
    "limits": """
def solve(I):
    x1 = power(compose(double, double), 20)
    return apply(compose(x1, size), combine(I, I))
""",
    # Bools among ints, in whatever order.
    "bools": """
def solve(I):
    x1 = compose(identity, compose(identity, identity))
    x2 = combine(apply(even, interval(ZERO, FIVE, ONE)), interval(ZERO, THREE, ONE))
    x3 = compose(totuple, compose(initset, x1))
    return combine(apply(x3, x2), apply(x3, combine(interval(ZERO, THREE, ONE), x2)))
""",
    # Functions that are built anew for each element.
    "anew": """
def solve(I):
    x1 = objects(I, T, T, F)
    x2 = fork(argmin, rbind(remove, x1), lbind(lbind, manhattan))
    x3 = fork(combine, identity, power(x2, THREE))
    return paint(I, mapply(x3, x1))
""",
}


SPOTS = tuple(tuple((i * 7 + j * 5) % 11 // 9 * (1 + i * j % 3) for j in range(11)) for i in range(11))
"""A grid of some twenty objects."""


def engine_with(limits: Limits, options: CallMemoOptions) -> Any:
    from arcbatt.engine.native import NativeEngine

    return NativeEngine(limits, options)


def exactly(outcome: Outcome) -> Any:
    """All that an outcome says, with the type of every part."""
    return (typed(outcome.value), outcome.failure, outcome.fuel)


def ran(program: Program, grid: Grid, limits: Limits, options: CallMemoOptions) -> tuple[Any, CallCounts]:
    """The outcome at each call of a program, and how its built functions were called."""
    roots = [node for node in range(len(program.graph)) if program.graph.kinds[node] == CALL]
    scope = engine_with(limits, options).open(program.graph)
    outcomes = scope.bind(I=grid, S=()).run(roots)
    return [exactly(outcome) for outcome in outcomes], scope.remembered()


def parsed(text: str) -> Program:
    (program,) = parse_programs(text)
    return program


@pytest.mark.parametrize("seed", range(25))
def test_random_programs_give_the_same(seed: int) -> None:
    rng = random.Random(f"calls {seed}")
    for _ in range(20):
        limits = Limits(fuel=rng.choice([3, 10, 30, 100, 1_000, 20_000, 1_000_000]))
        graph = Graph()
        for _ in range(12):
            random_program(rng, graph, rng.randint(1, 9), "ISC")
        roots = [node for node in range(len(graph)) if graph.kinds[node] == CALL]
        grid = random_arc_grid(rng, 10) if rng.random() < 0.3 else random_grid(rng, 6)
        variables = {"I": grid, "S": random_pairs(rng, lambda rng: random_grid(rng, 4)), "C": grid}
        wanted = engine_with(limits, NO_CALL_MEMO).open(graph).bind(**variables).run(roots)
        for way, options in WAYS.items():
            found = engine_with(limits, options).open(graph).bind(**variables).run(roots)
            for root, mine, theirs in zip(roots, found, wanted, strict=True):
                assert exactly(mine) == exactly(theirs), f"{way}\n{program_text(graph, root)}\n{variables!r:.1500}"


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("way", WAYS)
def test_every_limit_of_fuel_gives_the_same(name: str, way: str) -> None:
    """All limits where little is left to the end, and some of the others."""
    program = parsed(PROGRAMS[name])
    rng = random.Random(name)
    grid = random_grid(rng, 5)
    (*_, (_, _, total)), _ = ran(program, grid, Limits(), NO_CALL_MEMO)
    limits = {*range(max(1, total - 60), total + 3), *range(1, 40), *(rng.randint(1, total + 1) for _ in range(60))}
    for fuel in sorted(limits):
        wanted, _ = ran(program, grid, Limits(fuel=fuel), NO_CALL_MEMO)
        found, _ = ran(program, grid, Limits(fuel=fuel), WAYS[way])
        assert found == wanted, f"{fuel} of {total} units"


def test_a_light_tier_before_gives_the_same() -> None:
    """With a time limit programs run within a thousandth of the fuel first; what was remembered then is used."""
    program = parsed(PROGRAMS["territories"])
    wanted, _ = ran(program, SPOTS, Limits(), NO_CALL_MEMO)
    found, counts = ran(program, SPOTS, Limits(timeout_s=60.0), EAGER)
    assert found == wanted
    assert counts.found > 0


def test_the_bound_on_levels_of_calls_holds_at_the_same_place() -> None:
    """A call known from further up fails where it would be too deep, and succeeds where it was too deep before."""
    graph = Graph()
    apply, repeat = graph.primitive("apply"), graph.primitive("repeat")
    lbind, one = graph.primitive("lbind"), graph.constant(1)
    function = graph.call(graph.primitive("compose"), graph.primitive("increment"), graph.primitive("increment"))
    value = graph.call(repeat, one, one)
    roots = []
    for _ in range(24):
        roots.append(graph.call(apply, function, value))
        function, value = graph.call(lbind, apply, function), graph.call(repeat, value, one)
    for order in (roots, roots[::-1], random.Random(1).sample(roots, len(roots))):
        outcomes = {}
        for way, options in {"off": NO_CALL_MEMO, **WAYS}.items():
            scope = engine_with(Limits(), options).open(graph).bind(I=((1,),), S=())
            outcomes[way] = [exactly(outcome) for outcome in scope.run(order)]
        assert len({str(kinds) for kinds in outcomes.values()}) == 1
        failed = [failure for _, failure, _ in outcomes["off"]]
        assert any(failed)
        assert not all(failed)


def test_each_call_is_evaluated_once() -> None:
    """Of 9 x 9 cells and 5 objects: the nearest object of a cell is found out 81 times, not 405 times."""
    grid = tuple(tuple(int(i % 4 == 0 and j % 4 == 0 and (i + j) % 8 == 0) for j in range(9)) for i in range(9))
    program = parsed("""
def solve(I):
    x1 = objects(I, T, F, T)
    x2 = compose(lbind(argmin, x1), compose(lbind(rbind, manhattan), initset))
    x3 = lbind(matcher, x2)
    return apply(compose(lbind(sfilter, asindices(I)), x3), x1)
""")
    wanted, without = ran(program, grid, Limits(), NO_CALL_MEMO)
    found, counts = ran(program, grid, Limits(), EAGER)
    assert found == wanted
    assert (without.found, without.kept) == (0, 0)
    assert counts.found == 4 * 81
    usual, counts = ran(program, grid, Limits(), CallMemoOptions())
    assert usual == wanted
    assert counts.found > 2 * 81


def test_it_stays_within_its_bytes_and_what_does_not_fit_is_evaluated_again() -> None:
    program = parsed(PROGRAMS["territories"])
    wanted, _ = ran(program, SPOTS, Limits(), NO_CALL_MEMO)
    for most in (1, 1_000, 20_000, 100_000):
        found, counts = ran(program, SPOTS, Limits(), CallMemoOptions(most, is_eager=True))
        assert found == wanted
        assert counts.most_bytes <= most
        assert (counts.emptied > 0) == (most in (20_000, 100_000))
    _, counts = ran(program, SPOTS, Limits(memory_bytes=2**20), EAGER)
    assert 0 < counts.most_bytes <= 2**16


def test_too_little_memory_fails_alike() -> None:
    """Where memory runs out, the second try is one without remembered calls."""
    program = parsed("""
def solve(I):
    x1 = compose(rbind(repeat, 20000), identity)
    return apply(x1, interval(ZERO, 20, ONE))
""")
    kinds = {}
    for memory in (2**16, 2**20, 2**22, 2**26):
        for way, options in {"off": NO_CALL_MEMO, "eager": EAGER}.items():
            outcomes, _ = ran(program, ((0,),), Limits(memory_bytes=memory), options)
            kinds[memory, way] = [failure and str(failure.kind) for _, failure, _ in outcomes]
        assert kinds[memory, "off"] == kinds[memory, "eager"]
    assert "memory" in kinds[2**16, "off"]
    assert "memory" not in kinds[2**26, "off"]


@pytest.fixture
def ticking() -> Iterator[list[int]]:
    """A user's primitive that gives another number each time, which it must not."""
    ticks: list[int] = []

    def ticked(x: Any) -> Any:
        ticks.append(len(ticks))
        return len(ticks)

    primitive(ticked)
    yield ticks
    REGISTRY.remove("ticked")


def test_calls_through_a_users_primitive_are_made_each_time(ticking: list[int]) -> None:
    program = parsed("def solve(I): return apply(compose(identity, compose(ticked, identity)), repeat(ONE, SIX))\n")
    for options in (EAGER, NO_CALL_MEMO):
        ticking.clear()
        (*_, (value, _, _)), counts = ran(program, ((1,),), Limits(), options)
        assert len(ticking) == 6
        assert value == typed((1, 2, 3, 4, 5, 6))
        assert counts.found == 0


def test_recorded_calls_pass_as_before(tmp_path: Path) -> None:
    """One that fails and one that gives a bool, through functions that are built."""
    from arcbatt.engine.recorded import run_recorded

    calls = """[
        {"args": [{"f": ["compose", {"p": "even"}, {"p": "increment"}]}, {"t": [1, 2, true]}],
         "result": {"t": [true, false, true]}},
        {"args": [{"f": ["compose", {"p": "first"}, {"p": "identity"}]}, {"t": [{"t": []}]}], "fails": 1}
    ]"""
    (tmp_path / "apply.json").write_text(calls)
    report = run_recorded(engine_with(Limits(), EAGER), tmp_path)
    assert (report.passed, report.failures) == (2, [])
