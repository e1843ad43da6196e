"""Enumeration against the python engine and a plain enumeration; limits, determinism, what it finds."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from arcbatt.arc import Challenge, Task, is_grid, load_set
from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine import select_engine
from arcbatt.errors import EngineError, InputError
from arcbatt.program.program import Program
from arcbatt.search.enumeration import (
    EndReason,
    Enumeration,
    EnumerationLimits,
    Grammar,
    Leaf,
    default_grammar,
    enumeration_available,
    grid_grammar,
)
from support.small_search import SMALL, TASK
from support.twins import needs_native

pytestmark = needs_native

FORMS = {
    "Grid": is_grid,
    "Count": lambda value: type(value) is int and abs(value) <= 1000,
    "Indices": lambda value: bool(value),
    "Color": lambda value: type(value) is int and 0 <= value <= 9,
}


def plainly(task: Task, grammar: Grammar, most_cost: int) -> dict[tuple[str, tuple[Any, ...]], int]:
    """Least costs of all outcomes, by kind and values: every expression, called one by one in Python."""
    inputs = [sample.input for sample in task.samples]
    least: dict[tuple[str, tuple[Any, ...]], int] = {}
    for cost in range(1, most_cost + 1):
        found: list[tuple[str, tuple[Any, ...]]] = []
        for leaf in grammar.leaves:
            if leaf.cost == cost:
                found.append((leaf.kind, tuple(inputs if leaf.what == "variable" else [leaf.value] * len(inputs))))
        known = list(least.items())
        for item in grammar.productions:
            choices = [[(values, c) for (kind, values), c in known if kind == wanted] for wanted in item.arguments]
            for arguments in product(*choices):
                if item.cost + sum(c for _, c in arguments) != cost:
                    continue
                try:
                    function = REGISTRY[item.primitive].function
                    given = tuple(function(*values) for values in zip(*(v for v, _ in arguments), strict=True))
                except Exception:  # whatever a primitive raises is a failure, as for the engines
                    continue
                if all(FORMS[item.result](value) for value in given):
                    found.append((item.result, given))
        for key in found:
            least.setdefault(key, cost)
    return least


def found_by(task: Task, limits: EnumerationLimits, grammar: Grammar | None = None) -> list[tuple[str, int, str]]:
    return [(found.program.text, found.cost, found.goal) for found in Enumeration(task.challenge, limits, grammar)]


def test_all_outcomes_are_found_with_their_least_costs() -> None:
    search = Enumeration(TASK.challenge, EnumerationLimits(cost=9, nodes=None), SMALL)
    list(search)
    assert search.report.end == EndReason.EXHAUSTED
    expected = plainly(TASK, SMALL, 9)
    # What costs most is shown to the goals and not kept, and of kinds that they are not told it is not looked for.
    found = {(entry.kind, entry.values): entry.cost for entry in search.entries() if entry.values is not None}
    assert found == {key: cost for key, cost in expected.items() if cost < 9}
    last = [entry for entry in search.entries() if entry.values is None]
    assert len(last) == sum(cost == 9 and kind == "Grid" for (kind, _), cost in expected.items())
    assert len(expected) > 150


def test_partial_fits_are_the_cheapest_by_the_demo_samples_on_which_they_are_right() -> None:
    def changed(grid: tuple[tuple[int, ...], ...], name: str) -> tuple[tuple[int, ...], ...]:
        return REGISTRY[name].function(grid)  # type: ignore[no-any-return]

    inputs = [sample.input for sample in TASK.samples]
    outputs = (changed(inputs[0], "rot90"), changed(inputs[1], "rot180"), inputs[0])
    task = Challenge.of("mixed", zip([*inputs[:2], inputs[0]], outputs, strict=True), inputs[2:])
    search = Enumeration(task, EnumerationLimits(cost=8, nodes=None), SMALL)
    assert search.partial_fits == ()
    assert list(search) == []
    scope = select_engine("python").open(search.graph)
    entries = [entry for entry in search.entries() if entry.kind == "Grid"]
    roots = [entry.root for entry in entries]
    rows = [scope.bind(I=sample.input).judge(roots, sample.output) for sample in task.demo]
    least: dict[int, int] = {}
    for number, entry in enumerate(entries):
        mask = sum(bool(row[number].is_right) << demo for demo, row in enumerate(rows))
        least[mask] = min(entry.cost, least.get(mask, entry.cost))
    assert search.partial_fits == tuple(sorted((mask, cost) for mask, cost in least.items() if mask))
    assert {mask for mask, _ in search.partial_fits} == {0b001, 0b010, 0b100}
    # Their programs are right on just these.
    near = search.near_misses()
    masks = [mask_of(program, task) for program in near]
    assert set(masks) == {0b001, 0b010, 0b100}
    assert [mask.bit_count() for mask in masks] == sorted((mask.bit_count() for mask in masks), reverse=True)
    assert len({program.md5 for program in near}) == len(near)
    assert [program.md5 for program in search.near_misses(2)] == [program.md5 for program in near[:2]]


def mask_of(program: Program, task: Challenge) -> int:
    """The demo samples on which a program is right, as bits."""
    scope = select_engine("python").open(program.graph).bind(S=task.pairs)
    rights = [scope.bind(I=sample.input).run([program.root])[0].value == sample.output for sample in task.demo]
    return sum(right << demo for demo, right in enumerate(rights))


def test_partial_fits_tell_of_the_first_sixteen_demo_samples() -> None:
    grids = [tuple((cell, *row) for row in TASK.demo[1].input) for cell in range(9)] * 2
    task = Challenge.of("many", [(grid, grid) for grid in grids], grids[:1])
    search = Enumeration(task, EnumerationLimits(cost=3), SMALL)
    list(search)
    assert search.partial_fits[-1] == (0xFFFF, 1)


def test_what_a_box_cuts_out_is_a_partial_fit() -> None:
    grids = (((0, 0, 0), (0, 5, 5), (0, 0, 5)), ((7, 0), (0, 7)))
    task = Challenge.of("cut", [(grids[0], ((5, 5), (0, 5))), (grids[1], ((1, 1), (1, 1)))], grids[:1])
    search = Enumeration(task, EnumerationLimits(nodes=2_000))
    list(search)
    assert 0b01 in dict(search.partial_fits)
    assert 0b01 in {mask_of(program, task) for program in search.near_misses()}


@pytest.mark.parametrize("task_id", ["1190e5a7", "a416b8f3", "d511f180"])
def test_entries_have_the_values_that_the_python_engine_gives(task_id: str) -> None:
    search = Enumeration(load_set()[task_id].challenge, EnumerationLimits(nodes=4_000, answers=None))
    list(search)
    kept = [entry for entry in search.entries() if entry.values is not None and entry.cost > 5]
    entries = [entry for entry in kept if ">" not in entry.kind][::5]  # functions are equal when they are one object
    assert len(entries) > 100
    scope = select_engine("python").open(search.graph).bind(S=search.task.pairs)
    roots = [entry.root for entry in entries]
    for number, sample in enumerate(search.task.samples):
        for entry, outcome in zip(entries, scope.bind(I=sample.input).run(roots), strict=True):
            assert outcome.failure is None
            assert entry.values is not None
            assert outcome.value == entry.values[number]


@pytest.mark.parametrize(
    ("task_id", "most_nodes"),
    [("67a3c6ac", 2_000), ("9172f3a0", 5_000), ("a416b8f3", 5_000), ("be94b721", 60_000), ("b1948b0a", 30_000),
     ("1cf80156", 60_000)],
)  # fmt: skip
def test_real_tasks_are_solved(task_id: str, most_nodes: int) -> None:
    task = load_set()[task_id]
    found = next(Enumeration(task.challenge, EnumerationLimits(nodes=most_nodes)))
    scope = select_engine("python").open(found.program.graph).bind(S=task.pairs)
    assert found.program.name == f"solve_{task_id}_{found.program.md5[:8]}"
    for sample in task.samples:
        [outcome] = scope.bind(I=sample.input).run([found.program.root])
        assert outcome.value == sample.output


def test_programs_do_not_depend_on_test_outputs() -> None:
    task = load_set()["1cf80156"]
    limits = EnumerationLimits(nodes=60_000)
    false = replace(task, test=tuple(replace(sample, output=((3,),)) for sample in task.test))
    expected = found_by(task, limits)
    assert expected
    assert found_by(false, limits) == expected


def test_programs_are_the_same_alone_and_in_threads_and_however_it_rests() -> None:
    task, limits = load_set()["9dfd6313"], EnumerationLimits(nodes=60_000)
    expected = found_by(task, limits)
    assert expected
    results: list[list[tuple[str, int, str]]] = []
    threads = [threading.Thread(target=lambda: results.append(found_by(task, limits))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 3
    search = Enumeration(task.challenge, limits)
    resting = []
    while search.report.end is None:
        resting += [(found.program.text, found.cost, found.goal) for found in search.advance(777)]
    assert resting == expected


def test_costs_of_exact_answers_ascend_and_programs_differ() -> None:
    found = found_by(load_set()["9dfd6313"], EnumerationLimits(nodes=20_000, answers=None))
    costs = [cost for _, cost, goal in found if goal == "exact"]
    assert found
    assert costs == sorted(costs)
    assert len({text for text, _, _ in found}) == len(found)


def limited() -> Iterator[tuple[EnumerationLimits, EndReason]]:
    yield EnumerationLimits(nodes=1), EndReason.NODES
    yield EnumerationLimits(nodes=5_000), EndReason.NODES
    yield EnumerationLimits(nodes=None, fuel=10_000), EndReason.FUEL
    yield EnumerationLimits(nodes=None, seconds=0.05), EndReason.TIME
    yield EnumerationLimits(nodes=None, seconds=1e-9), EndReason.TIME
    yield EnumerationLimits(nodes=None, memory_bytes=10_000_000), EndReason.MEMORY
    yield EnumerationLimits(nodes=None, memory_bytes=1), EndReason.MEMORY
    yield EnumerationLimits(nodes=None, cost=6), EndReason.EXHAUSTED


@pytest.mark.parametrize(("limits", "end"), list(limited()))
def test_each_limit_ends_it_and_is_named(limits: EnumerationLimits, end: EndReason) -> None:
    search = Enumeration(TASK.challenge, limits)
    assert list(search) == []
    report = search.report
    assert report.end == end
    assert report.applied == report.unique + report.duplicates + report.failed
    assert limits.nodes is None or report.applied == limits.nodes
    assert limits.memory_bytes is None or report.memory_bytes < 2 * limits.memory_bytes + 1_000_000
    assert next(search, None) is None


def test_it_ends_with_as_many_answers_as_are_wanted() -> None:
    search = Enumeration(load_set()["9dfd6313"].challenge, EnumerationLimits(answers=1))
    assert len(list(search)) == 1
    assert search.report.end == EndReason.ANSWERS


def test_it_is_stopped_from_another_thread() -> None:
    search = Enumeration(TASK.challenge, EnumerationLimits(nodes=None))
    timer = threading.Timer(0.05, search.stop)
    timer.start()
    assert list(search) == []
    assert search.report.end == EndReason.INTERRUPTED
    timer.join()


def test_ctrl_c_ends_it_soon() -> None:
    code = """if True:
        import os, signal, threading
        from arcbatt.arc import load_set
        from arcbatt.search.enumeration import Enumeration, EnumerationLimits
        search = Enumeration(load_set()["007bbfb7"].challenge, EnumerationLimits(nodes=None))
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            list(search)
        except KeyboardInterrupt:
            print(search.report.end, list(search))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "interrupted []\n"


@pytest.mark.parametrize("name", ["nodes", "fuel", "memory_bytes", "answers", "cost", "node_fuel", "seconds"])
@pytest.mark.parametrize("value", [0, -1, 2**70, float("nan"), "5", True])
def test_hostile_limits_are_refused(name: str, value: Any) -> None:
    if name == "seconds" and value in (2**70, True):
        return
    with pytest.raises(InputError, match=name):
        EnumerationLimits(**{name: value})


def test_a_leaf_of_another_kind_is_refused() -> None:
    grammar = replace(SMALL, leaves=(Leaf("constant", (1, 2), "Count"),))
    with pytest.raises(InputError, match="no value of its kind"):
        Enumeration(TASK.challenge, grammar=grammar)


def test_an_empty_grammar_is_exhausted_at_once() -> None:
    search = Enumeration(TASK.challenge, grammar=replace(SMALL, leaves=()))
    assert list(search) == []
    assert search.report.end == EndReason.EXHAUSTED
    assert search.report.applied == 0


def test_one_function_is_kept_of_those_that_do_the_same() -> None:
    task = load_set()["1190e5a7"]
    search = Enumeration(task.challenge, EnumerationLimits(nodes=3_000), default_grammar(task.challenge))
    list(search)
    turned = [entry for entry in search.entries() if entry.kind == "Grid>Grid"]
    texts = [search.graph.values[entry.root] for entry in turned]
    assert {"rot90", "identity"} <= set(texts)
    assert len({entry.root for entry in turned}) == len(turned)


def test_the_grid_grammar_finds_what_grids_alone_give() -> None:
    task = load_set()["7468f01a"].challenge
    found = next(Enumeration(load_set()["a416b8f3"].challenge, grammar=grid_grammar(load_set()["a416b8f3"].challenge)))
    assert found.program.text == "def solve(S, I):\n    x1 = hconcat(I, I)\n    return x1\n"
    assert grid_grammar(task).primitives


def test_without_the_native_engine_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not enumeration_available()
    with pytest.raises(EngineError, match=r"arcbatt\[native\]"):
        Enumeration(TASK.challenge)


def test_its_report_can_be_asked_for_while_it_runs() -> None:
    search = Enumeration(TASK.challenge, EnumerationLimits(nodes=None))
    thread = threading.Thread(target=lambda: list(search))
    thread.start()
    while thread.is_alive():
        assert search.report.end in (None, EndReason.INTERRUPTED)
        search.stop()
    thread.join()
    assert search.report.end == EndReason.INTERRUPTED
