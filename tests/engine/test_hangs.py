"""A user's primitive that does not return: interrupted, named, refused; other programs keep their results."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from arcbatt.arc import Sample
from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import Engine, FailureKind, Limits, available_engines, hangs, select_engine
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from support.hanging import write_hanging

GRID = ((1, 2),)
TEXT = """
def solve_direct(I):
    x1 = vmirror(I)
    return loops(x1)

def solve_handed(I):
    return apply(loops, initset(I))

def solve_mirror(I):
    return vmirror(I)

def solve_sleeps(I):
    return sleeps(I)

def solve_fine(I):
    return fine(vmirror(I))
"""


@pytest.fixture(scope="module", autouse=True)
def _users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    names = load_primitives(write_hanging(tmp_path_factory.mktemp("users")))
    yield
    for name in names:
        REGISTRY.remove(name)


@pytest.fixture(autouse=True)
def _accept_again() -> Iterator[None]:
    hangs.accept_again()
    yield
    hangs.accept_again()


@pytest.fixture(params=available_engines())
def engine(request: pytest.FixtureRequest) -> Engine:
    return select_engine(request.param, Limits(timeout_s=0.2))


def graph_of(text: str = TEXT) -> tuple[Graph, list[int]]:
    graph = Graph()
    return graph, [program.graph.copy(program.root, graph) for program in parse_programs(text)]


def test_those_that_hang_are_named_and_the_others_have_their_values(engine: Engine) -> None:
    graph, roots = graph_of()
    direct, handed, mirror, sleeps, fine = engine.open(graph).bind(I=GRID).run(roots)
    assert mirror.value == fine.value == ((2, 1),)
    for outcome, step, call, name in ((direct, 2, "loops", "loops"), (handed, 2, "apply", "loops"),
                                      (sleeps, 1, "sleeps", "sleeps")):  # fmt: skip
        assert outcome.failure is not None
        assert outcome.failure.kind is FailureKind.TIMEOUT
        assert (outcome.failure.step, outcome.failure.call) == (step, call)
        assert outcome.failure.message == f"{name} did not return within {hangs.noted()[name].limit_s:g} s"
    assert sorted(hangs.noted()) == ["loops", "sleeps"]


def test_verdicts_and_measures_leave_them_out_too(engine: Engine) -> None:
    graph, roots = graph_of()
    scope = engine.open(graph).bind(S=())
    samples = [Sample(GRID, ((2, 1),)), Sample(((3,),), None)]
    rows = [verdicts for verdicts, _ in scope.judge_samples(roots, samples)]
    assert [row[2].is_right for row in rows] == [True, None]
    assert [row[0].is_right for row in rows] == [False, None]
    tally = rows[0].tally(rows, 1)
    assert list(tally.demo_right) == [0, 0, 1, 0, 1]
    assert list(tally.is_cut_off) == [True, True, False, True, False]
    inner = scope.bind(I=GRID)
    assert inner.judge(roots, ((2, 1),))[4].is_right is True
    verdict, grid = inner.judge_one(roots[0], None)
    assert grid is None
    assert verdict.failure is not None
    assert inner.judge_one(roots[2], None)[1] == ((2, 1),)
    assert inner.measure(roots) == [None] * 5


def test_a_longer_limit_is_a_new_try(engine: Engine) -> None:
    graph, roots = graph_of("def solve_a(I):\n    return loops(I)\n")
    engine.open(graph).bind(I=GRID).run(roots)
    assert hangs.noted()["loops"].limit_s == 0.2
    with hangs.limited(0.2):
        assert list(hangs.refusals()) == ["loops"]
    with hangs.limited(0.3):
        assert hangs.refusals() == {}


def test_a_call_inside_another_is_part_of_that_one(engine: Engine) -> None:
    graph, roots = graph_of("def solve_a(I):\n    return calls(loops, I)\n")
    (outcome,) = engine.open(graph).bind(I=GRID).run(roots)
    assert outcome.failure is not None
    assert list(hangs.noted()) == ["calls"]


def test_without_a_limit_nothing_is_interrupted(engine: Engine) -> None:
    graph, roots = graph_of("def solve_a(I):\n    return fine(I)\n")
    (outcome,) = select_engine(engine.name).open(graph).bind(I=GRID).run(roots)
    assert outcome.value == GRID


def test_a_program_around_that_uses_the_alarm_keeps_it(engine: Engine) -> None:
    before = signal.signal(signal.SIGALRM, mine := lambda number, frame: None)
    try:
        graph, roots = graph_of("def solve_a(I):\n    return fine(I)\n")
        assert engine.open(graph).bind(I=GRID).run(roots)[0].value == GRID
        assert signal.getsignal(signal.SIGALRM) is mine
    finally:
        signal.signal(signal.SIGALRM, before)


def test_other_threads_call_without_an_alarm(engine: Engine) -> None:
    graph, roots = graph_of("def solve_a(I):\n    return fine(I)\n")
    found = []
    thread = threading.Thread(target=lambda: found.extend(engine.open(graph).bind(I=GRID).run(roots)))
    thread.start()
    thread.join()
    assert found[0].value == GRID


def test_the_alarm_is_off_after_a_call(engine: Engine) -> None:
    graph, roots = graph_of("def solve_a(I):\n    return fine(I)\n")
    engine.open(graph).bind(I=GRID).run(roots)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize(("seconds", "told"), [(0.25, "0.25"), (0.9996, "1"), (60.0, "60"), (86_400.0, "86,400")])
def test_seconds_are_told_as_people_write_them(seconds: float, told: str) -> None:
    assert hangs.overdue_reason("slow", seconds) == f"slow did not return within {told} s"
