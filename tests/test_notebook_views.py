"""What a notebook shows: every class draws itself, bounded, and with every text escaped."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import arcbatt
from arcbatt.arc import Sample, Task, TaskSet
from arcbatt.arc.pictures import MOST_TASKS
from arcbatt.engine import Failure, FailureKind, Outcome
from arcbatt.execute import ItemFailure
from arcbatt.results import TaskKey
from arcbatt.search.evolution.ending import EndReason
from arcbatt.search.evolution.evolution_state import EvolutionState
from arcbatt.search.evolution.evolve import EvolutionReport
from arcbatt.search.ranking.candidates import Candidate
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving import SolvedTask, SolveReport
from arcbatt.search.solving.solved_task import Attempt
from support.tasks import PROGRAMS, mirror_task, shifted

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>\u202e"
VOID = {"br", "hr", "img", "meta"}


class Elements(HTMLParser):
    """The elements and texts of a piece of HTML, which has to be well-formed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def shown(value: Any) -> Elements:
    """What a value shows, checked for what must never be in it."""
    elements = Elements(str(value._repr_html_()))
    assert not {"script", "iframe", "object", "link"} & {tag for tag, _ in elements.found}
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
    assert not [tag for tag, attributes in elements.found if tag == "img" or {"src", "href"} & set(attributes)]
    return elements


def count(elements: Elements, tag: str) -> int:
    return sum(found == tag for found, _ in elements.found)


@pytest.fixture(scope="module")
def found() -> arcbatt.Evaluation:
    return arcbatt.evaluate(arcbatt.parse_programs(PROGRAMS), [mirror_task("a"), shifted(mirror_task("b"), 1)])


class TestTasks:
    def test_a_task_shows_every_sample_with_its_grids(self) -> None:
        task = mirror_task("a")
        elements = shown(task)
        assert count(elements, "svg") == len(task.samples)
        assert {"demo 1", "test 1", "task a"} <= set(elements.texts)
        assert task._repr_svg_().startswith("<svg")

    def test_a_challenge_says_that_its_outputs_are_unknown(self) -> None:
        assert "unknown" in shown(mirror_task("a").challenge).texts

    def test_a_sample_shows_both_grids(self) -> None:
        text = Sample(((1, 2),), ((2, 1),))._repr_html_()
        assert "grid of 1 x 2: 12; grid of 1 x 2: 21" in text

    def test_a_large_set_shows_the_first_few_and_says_so(self) -> None:
        tasks = arcbatt.load_set("arc1-train")
        elements = shown(tasks)
        assert count(elements, "svg") == MOST_TASKS
        assert any("The first 8 of 400 tasks" in text for text in elements.texts)
        assert len(tasks._repr_html_()) < 100_000

    def test_a_set_of_a_thousand_reads_a_few_tasks(self) -> None:
        read = []

        def read_task(task_id: str) -> Task:
            read.append(task_id)
            return mirror_task(task_id)

        tasks = TaskSet(HOSTILE, [f"t{i}" for i in range(1000)], read_task, lambda: "")
        elements = shown(tasks)
        assert len(read) == MOST_TASKS
        assert any("of 1,000 tasks" in text for text in elements.texts)

    def test_a_malformed_task_shows_its_fault(self) -> None:
        def refuse(task_id: str) -> Task:
            raise arcbatt.InputError(f"{task_id}: {HOSTILE}")

        assert any("alert('x')" in text for text in shown(TaskSet("bad", ["a"], refuse, lambda: "")).texts)


class TestPrograms:
    def test_a_program_shows_its_text_with_the_primitives_in_bold(self) -> None:
        (program,) = arcbatt.parse_programs("def solve_a(I): return fill(vmirror(I), FIVE, initset(ORIGIN))")
        elements = shown(program)
        assert count(elements, "b") == 3
        assert program.text in "".join(elements.texts)

    @pytest.mark.parametrize(("value", "word"), [
        (((1, 2), (3, 4)), "grid of 2 x 2"), (frozenset({(1, (0, 0))}), "1 patch"), (5, "5"), (None, "None"),
        (frozenset(), "{}"),
    ])  # fmt: skip
    def test_an_outcome_shows_its_value(self, value: Any, word: str) -> None:
        assert word in "".join(shown(Outcome(value, None, 7)).texts)

    def test_an_outcome_shows_its_failure(self) -> None:
        elements = shown(Outcome(None, Failure(FailureKind.ERROR, 1, "first", HOSTILE), 7))
        assert any("alert('x')" in text for text in elements.texts)

    def test_a_huge_value_is_cut(self) -> None:
        assert len(Outcome(tuple(range(100_000)), None, 1)._repr_html_()) < 3000
        assert len(Outcome(((1,) * 1000,) * 1000, None, 1)._repr_html_()) < 100_000


class TestResults:
    def test_an_evaluation_shows_each_task_with_its_best_program(self, found: arcbatt.Evaluation) -> None:
        elements = shown(found)
        assert count(elements, "svg") == 2
        assert elements.texts.count("solve_mirror") == 2
        assert [item.result.name for item in found.best()] == ["solve_mirror", "solve_mirror"]
        assert found.best(1) == found.solved[:1]

    def test_a_result_shows_each_sample(self, found: arcbatt.Evaluation) -> None:
        item = found.solved[0]
        samples = [name for name in ("demo 1", "demo 2", "test 1") if name in shown(item).texts]
        assert samples == ["demo 1", "demo 2", "test 1"]
        assert "solve_mirror on a" in shown(item).texts
        assert "solve_mirror" in shown(item.result).texts

    def test_a_failure_is_among_it(self, found: arcbatt.Evaluation) -> None:
        assert any("= first(...): " in text for text in shown(found.result("solve_fails", "a")).texts)

    def test_a_run_shows_its_tasks(self, tmp_path: Path) -> None:
        battery = arcbatt.Battery.of(arcbatt.parse_programs(PROGRAMS))
        tasks = arcbatt.load_set("arc1-train").select(["67a3c6ac", "007bbfb7"])
        options = arcbatt.RunOptions(engine="python", jobs=1)
        with arcbatt.open_store(tmp_path / "w", create=True) as store:
            report = arcbatt.run_battery(battery, tasks, options, store)
        elements = shown(report)
        assert {"67a3c6ac", "007bbfb7", "solve_mirror", "run 1"} <= set(elements.texts)


class TestSearches:
    def test_a_candidate_shows_its_answers_and_voices(self) -> None:
        (program,) = arcbatt.parse_programs("def solve_a(I): return vmirror(I)")
        lead = Lead(program, "given", (2, 0), 1, (((1, 2),), None))
        elements = shown(Candidate((((1, 2),), None), [lead], 3, {HOSTILE}))
        assert count(elements, "svg") == 1
        assert "no grid" in elements.texts
        assert any("solve_a" in text for text in elements.texts)

    def test_solving_shows_attempts_with_their_probability(self) -> None:
        pair = (Attempt(((1, 2),), "right", ("0" * 32,), probability=0.75, count=2), Attempt(((3,),), HOSTILE))
        solved = SolvedTask(HOSTILE, "", 2, 1, (), (pair,), right=(True,), bugs=(HOSTILE,))
        elements = shown(solved)
        assert count(elements, "svg") == 2
        assert any("75% probable, 2 programs" in text for text in elements.texts)
        failed = SolvedTask("b", "", 2, 1, (), (pair,), failure=ItemFailure(FailureKind.TIMEOUT, HOSTILE))
        report = SolveReport({HOSTILE: (), "b": (), "c": ()}, {HOSTILE: solved, "b": failed}, is_interrupted=True)
        assert count(shown(report), "svg") == 4
        assert any("interrupted" in text for text in shown(report).texts)
        assert any("guesses alone" in text for text in shown(failed).texts)

    def test_a_long_report_is_cut_and_says_so(self) -> None:
        report = SolveReport({f"t{i}": () for i in range(1000)})
        assert any("The first 10 of 1,000 tasks" in text for text in shown(report).texts)

    def test_an_evolution_shows_how_near_each_task_is(self) -> None:
        keys = tuple(TaskKey(f"{i:032x}", f"t{i}", 2, 1) for i in range(1000))
        state = EvolutionState(2, 1, 1, 500, 1, {keys[0].digest: (2, 200_000_000)}, {keys[0].digest: 1})
        report = EvolutionReport(EndReason.GENERATIONS, 3, state, keys, 1, 0, (HOSTILE,), (), 1.0)
        elements = shown(report)
        assert "2/2" in elements.texts
        assert any("The first 20 of 1,000 tasks" in text for text in elements.texts)
        assert any("1 of 1,000 tasks with all demo samples solved" in text for text in elements.texts)
