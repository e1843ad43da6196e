"""Batches: programs of any graphs in one."""

from __future__ import annotations

import pytest

from arcbatt.engine import available_engines, select_engine
from arcbatt.program.graph import Graph
from arcbatt.program.program import Program
from arcbatt.search.evidence.batch import Batch, merge, right_on_all
from support.evidence import batch_of, grid_of, programs_of
from support.tasks import mirror_task

TASK = mirror_task().challenge


def test_merged_programs_are_the_same_and_share_what_they_can() -> None:
    programs = programs_of("vmirror(hmirror(I))", "hmirror(I)", "vmirror(hmirror(I))")
    graph, roots = merge(programs)
    assert [Program(graph, root).text for root in roots] == [program.text for program in programs]
    assert roots[0] == roots[2]
    assert len(graph) == 5


def test_one_number_of_fuel_a_program() -> None:
    with pytest.raises(ValueError, match="2 programs, but the fuel of 1"):
        Batch.of(programs_of("I", "vmirror(I)"), [1])
    with pytest.raises(ValueError, match="1 programs"):
        Batch(Graph(), (0,), ())


@pytest.mark.parametrize("name", available_engines())
def test_measured_is_the_fuel_of_the_demo_samples(name: str) -> None:
    engine = select_engine(name)
    programs = programs_of("vmirror(I)", "vmirror(vmirror(I))", "I")
    expected = [
        sum(engine.open(program.graph).bind(I=sample.input).run([program.root])[0].fuel for sample in TASK.demo)
        for program in programs
    ]
    assert list(Batch.measured(engine, TASK, programs).fuel) == expected
    assert len(Batch.measured(engine, TASK, [])) == 0


@pytest.mark.parametrize("name", available_engines())
def test_a_program_that_fails_the_first_pair_is_not_run_on_the_others(name: str) -> None:
    engine = select_engine(name)
    batch = batch_of(engine, TASK, "vmirror(I)", "hmirror(I)", "first(ofcolor(I, NINE))")
    scope = engine.open(batch.graph)
    assert right_on_all(scope, TASK.pairs, batch.roots)[0] == [True, False, False]
    _, of_right = right_on_all(scope, TASK.pairs, batch.roots[:1])
    _, of_wrong = right_on_all(scope, TASK.pairs, batch.roots[1:2])
    assert of_right == batch.fuel[0]
    assert of_wrong < batch.fuel[1]
    alike = ((grid_of("1"), grid_of("1")), *TASK.pairs)
    assert right_on_all(scope, alike, batch.roots)[0] == [True, False, False]
    assert right_on_all(scope, TASK.pairs, []) == ([], 0)
