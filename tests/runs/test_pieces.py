"""Batteries in pieces: every solver once, what is shared side by side, and the same results as in one piece."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from arcbatt.arc import Task, TaskSet, load_set
from arcbatt.battery import Battery
from arcbatt.battery.pieces import cut, sharing_order
from arcbatt.engine import Limits
from arcbatt.engine.gathering import Gathering
from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.tally import VerdictList
from arcbatt.engine.verdict import Verdict
from arcbatt.execute import InlineExecutor
from arcbatt.library import starter_differs, starter_solvers
from arcbatt.pipeline import RunReport, run_battery, run_task
from arcbatt.pipeline.task_phases import task_timeout_s
from arcbatt.program import Program
from arcbatt.program.flat_graph import FlatGraph
from arcbatt.report.run_json import run_json
from arcbatt.results.json_form import to_json
from arcbatt.runs import OpenedBattery, RunOptions
from arcbatt.runs.pieces import MOST_NODES, is_big, most_nodes, piece_count, pieces_of
from arcbatt.search.mutation import Mutator
from arcbatt.store import open_store
from support.tasks import battery, mirror_task, shifted, without
from support.twins import ENGINES

FEW = 40
"""Nodes of a piece so small that a battery of a few hundred programs has dozens."""


def mutants(count: int, seed: int = 0) -> list[Program]:
    """Starter solvers and mutations of them, mixed."""
    rng, pool = Random(seed), starter_solvers()[:40]
    mutator, found = Mutator(pool), list(pool)
    while len(found) < count:
        child = mutator.mutate(rng.choice(pool), None, rng)
        if child is not None:
            found.append(child.program.renamed(f"solve_child_{len(found)}"))
    rng.shuffle(found)
    return found


@pytest.fixture(scope="module")
def mixed() -> Battery:
    return Battery.of([*mutants(200), *starter_differs()])


def for_engine(engine: str, mixed: Battery) -> Battery:
    """Fewer programs for the slower engine."""
    return mixed if engine == "native" else Battery.of([*mutants(60), *starter_differs()[:3]])


@pytest.fixture(scope="module")
def tasks() -> list[Task]:
    found = load_set("arc1-train")
    return [mirror_task(), *(found[task_id] for task_id in found.ids[3:60:14])]


# ---------------------------------------------------------------------- cutting


def test_a_flat_graph_is_what_its_roots_reach(mixed: Battery) -> None:
    names = list(mixed.solvers)[::7]
    flat = FlatGraph(mixed.graph, [mixed.solvers[name] for name in names])
    opened = flat.graph()
    assert [Program(opened, root).text for root in flat.roots] == [mixed.program(name).text for name in names]
    assert len(flat) == len(opened) == len(set(flat.nodes)) < len(mixed.graph)
    for node, there in enumerate(flat.nodes):
        assert opened.kind(node) == mixed.graph.kind(there)
        assert opened.level(node) == mixed.graph.level(there)
    again = pickle.loads(pickle.dumps(flat)).graph()
    assert (again.operands, again.values) == (opened.operands, opened.values)


def test_every_solver_is_in_one_piece_and_no_piece_is_larger_than_allowed(mixed: Battery) -> None:
    pieces = cut(mixed, FEW)
    assert sorted(place for piece in pieces for place in piece.places) == list(range(len(mixed.solvers)))
    assert len(pieces) > 20
    assert all(len(piece.graph) <= FEW or len(piece.places) == 1 for piece in pieces)
    roots = list(mixed.solvers.values())
    for piece in pieces:
        assert [piece.graph.nodes[root] for root in piece.graph.roots] == [roots[place] for place in piece.places]


def test_the_sharing_order_brings_together_what_begins_alike(mixed: Battery) -> None:
    roots = list(mixed.solvers.values())
    order = sharing_order(mixed.graph, roots)
    words = [mixed.graph.calls(roots[place]) for place in order]
    assert all(before <= after for before, after in pairwise(words))
    sizes = {}
    for name, places in {"given": range(len(roots)), "shared": order}.items():
        halves = [list(places)[start::1][:20] for start in range(0, len(roots), 20)]
        sizes[name] = sum(len(FlatGraph(mixed.graph, [roots[place] for place in part])) for part in halves)
    assert sizes["shared"] < 0.8 * sizes["given"]


def test_pieces_do_not_depend_on_the_process_and_are_made_once(mixed: Battery) -> None:
    options = RunOptions(piece_nodes=FEW)
    assert pieces_of(mixed, options) is pieces_of(mixed, options)
    copy = pickle.loads(pickle.dumps(mixed))
    assert [piece.places for piece in pieces_of(copy, options)] == [p.places for p in pieces_of(mixed, options)]


def test_the_size_of_pieces_comes_from_the_memory(mixed: Battery) -> None:
    assert most_nodes(RunOptions()) == most_nodes(RunOptions(memory_bytes=None)) == MOST_NODES
    assert most_nodes(RunOptions(memory_bytes=64 * 1024**2)) == 16_384
    assert most_nodes(RunOptions(memory_bytes=1)) == 4_096
    assert not is_big(mixed, RunOptions())
    assert pieces_of(mixed, RunOptions()) == ()
    few = RunOptions(piece_nodes=FEW, limits=Limits(timeout_s=1.0))
    count = piece_count(mixed, few)
    assert count == len(cut(mixed, FEW))
    assert task_timeout_s(3, few, mixed) == 10 + 4 * 3 * count
    assert task_timeout_s(3, few) == 10 + 4 * 3


# ---------------------------------------------------------------------- the same results


@pytest.mark.parametrize("engine", ENGINES)
def test_a_task_in_pieces_gives_the_bytes_of_the_whole(engine: str, mixed: Battery, tasks: list[Task]) -> None:
    found, programs = {}, for_engine(engine, mixed)
    for nodes in (None, FEW, 300):
        options = RunOptions(engine=engine, piece_nodes=nodes, min_score=0)
        inline = InlineExecutor(OpenedBattery(programs, options))
        found[nodes] = [run_task(programs, task, inline, options) for task in tasks[:3]]
    for whole, *others in zip(*found.values(), strict=True):
        assert whole.summary.candidates > 20
        assert len(whole.summary.kept) > 10
        assert whole.summary.failures
        assert whole.record is not None
        for other in others:
            assert other.record is not None
            assert to_json(other.summary) == to_json(whole.summary)
            assert other.summary.failures[0].message == whole.summary.failures[0].message
            assert other.record.table.verdicts == whole.record.table.verdicts
            assert other.record.programs == whole.record.programs
            assert other.record.differ_scores == whole.record.differ_scores


def stored(folder: Path, mixed: Battery, tasks: list[Task], options: RunOptions) -> tuple[RunReport, Any]:
    """What a run says, and all that its store has but for times."""
    with open_store(folder, create=True) as store:
        by_id = {task.id: task for task in tasks}
        report = run_battery(mixed, TaskSet("some", list(by_id), by_id.__getitem__, lambda: "-"), options, store)
        (run,) = store.runs()
        tables = [(key, table.verdicts, table.demo_count) for key, table in store.tables(run.id)]
        scores = [replace(score, result=replace(score.result, seconds=None)) for score in store.scores()]
        done = {digest: without(json.loads(text), "seconds") for digest, text in store.done_tasks(run.key).items()}
        return report, (run.key, tables, scores, done, store.programs(), store.differ_scores(), store.run_programs(1))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stored_run_in_pieces_is_the_run_of_the_whole(
    engine: str, jobs: int, mixed: Battery, tasks: list[Task], tmp_path: Path
) -> None:
    programs, options = for_engine(engine, mixed), RunOptions(engine=engine, jobs=1)
    whole, there = stored(tmp_path / "whole", programs, tasks, options)
    pieces, here = stored(tmp_path / "pieces", programs, tasks, replace(options, jobs=jobs, piece_nodes=FEW))
    assert json.dumps(run_json(pieces)) == json.dumps(run_json(whole))
    assert here == there
    assert all(seconds > 0 for seconds in pieces.durations.values())


def test_few_tasks_that_are_spread_over_workers_are_the_same_in_pieces(mixed: Battery, tmp_path: Path) -> None:
    tasks = [shifted(mirror_task(), 2)]
    _, there = stored(tmp_path / "whole", mixed, tasks, RunOptions(jobs=1))
    _, here = stored(tmp_path / "pieces", mixed, tasks, RunOptions(jobs=2, piece_nodes=FEW))
    assert here == there


# ---------------------------------------------------------------------- gathering


def test_a_gathering_wants_every_program_told_of() -> None:
    whole = battery()
    failure = Verdict("", False, False, 1, Failure(FailureKind.ERROR, 1, "first", "why"))
    gathering = Gathering(whole.graph, 3)
    gathering.add(VerdictList([failure], [5]), [2], [])
    with pytest.raises(ValueError, match="no verdict on 2 of 3 programs"):
        gathering.verdicts()


@pytest.mark.parametrize("engine", ENGINES)
def test_parts_of_both_forms_go_together(engine: str) -> None:
    whole, task = battery(), mirror_task()
    options = RunOptions(engine=engine, piece_nodes=4)
    opened = OpenedBattery(whole, replace(options, piece_nodes=None))
    ((expected, _),) = opened.judge_samples(task, task.samples[:1])
    gathering = Gathering(whole.graph, len(whole.solvers))
    for number, piece in enumerate(pieces_of(whole, options)):
        scope = opened.engine.open(piece.graph.graph()).bind(S=task.pairs)
        ((part, _),) = scope.judge_samples(piece.graph.roots.tolist(), task.samples[:1])
        if number % 2:
            part = VerdictList(part[index] for index in range(len(part)))
        gathering.add(part, piece.places, piece.graph.nodes)
    found = gathering.verdicts()
    assert isinstance(found, VerdictList)
    assert list(found) == [expected[index] for index in range(len(expected))]
