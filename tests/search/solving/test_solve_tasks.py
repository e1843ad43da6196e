"""One task and many: what is found, what is kept, and that no test output has a say in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import Challenge, Sample, Task
from arcbatt.arc.submission import submission_text
from arcbatt.battery.battery import Battery
from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import InputError
from arcbatt.execute import Executor, Item, ItemFailure, Result
from arcbatt.execute.inline import InlineExecutor
from arcbatt.program.parse import parse_programs
from arcbatt.results.json_form import from_json, to_json
from arcbatt.runs import RunOptions
from arcbatt.runs.recorded import RecordedRun
from arcbatt.search.solving import Allowance, Budget, Solution, SolvedTask, SolveSettings, solve_task, solve_tasks
from arcbatt.search.solving.resumption import found_by, taken_over
from arcbatt.search.solving.solve_task import guessed
from arcbatt.search.solving.solved_task import EnumerationOfTask, EvolutionOfTask, SearchReports
from arcbatt.search.solving.solving_battery import SolvingBattery
from arcbatt.search.solving.worth import compared_record, right_programs
from arcbatt.store import RunStart, open_store
from support.tasks import PROGRAMS, mirror_task
from support.twins import ENGINES, needs_native

NEAR = "def solve_near(I):\n    return hmirror(I)\n\n\ndef solve_nearer(I):\n    return rot180(I)\n"
MIRRORED = mirror_task()
CHALLENGE = MIRRORED.challenge
ALLOWANCE = Allowance.of(0.4)


def opened(text: str, engine: str = "native") -> SolvingBattery:
    return SolvingBattery(Battery.of(parse_programs(text)), RunOptions(engine))


def solve(text: str, engine: str = "python", allowance: Allowance = ALLOWANCE, **changes: Any) -> Solution:
    made = opened(text, engine)
    return solve_task(made, CHALLENGE, SolveSettings(len(made.battery.solvers), **changes), allowance)


def settled(solution: Solution) -> Solution:
    """A solution without what was measured in seconds."""
    record = solution.record
    assert record is not None
    results = tuple(replace(result, seconds=None) for result in record.results)
    return replace(solution, record=replace(record, results=results))


def test_known_programs_need_no_search() -> None:
    solution = solve(PROGRAMS)
    solved, record = solution.solved, solution.record
    assert solved.searches == SearchReports()
    assert solution.attempts[0][0] == MIRRORED.test[0].output
    assert [program.name for program in solved.programs][:1] == ["solve_mirror"]
    assert record is not None
    assert {result.md5 for result in record.results} == {program.md5 for program in solved.programs}
    assert all(result.test_right is None for result in record.results)


@needs_native
def test_enumeration_finds_what_the_battery_lacks() -> None:
    solution = solve(NEAR, "native")
    best = solution.solved.programs[0]
    assert best.source == "enumeration"
    assert best.text is not None
    assert parse_programs(best.text)[0].md5 == best.md5
    assert best.name == f"solve_mirrored_{best.md5[:8]}"
    assert len({program.name for program in solution.solved.programs}) == len(solution.solved.programs)
    assert solution.attempts[0][0] == MIRRORED.test[0].output


@pytest.mark.parametrize("engine", ENGINES)
def test_evolution_finds_it_from_near_misses(engine: str) -> None:
    solution = solve(NEAR, engine, searches=("evolution",))
    assert solution.solved.programs[0].source == "evolution"
    assert solution.solved.searches.enumeration is None
    assert solution.solved.searches.evolution is not None
    assert solution.attempts[0][0] == MIRRORED.test[0].output
    assert not solution.solved.cut_off


def test_a_search_gets_no_task_with_test_outputs() -> None:
    with pytest.raises(ValueError, match="a challenge has no test outputs"):
        Challenge(MIRRORED.id, MIRRORED.demo, MIRRORED.test)


def test_how_near_the_near_misses_are_is_kept() -> None:
    solved = solve(NEAR, allowance=Allowance.of(0.0)).solved
    attempts = [attempt for attempt in solved.attempts[0] if attempt.basis == "near"]
    assert attempts
    assert all(attempt.nearness is not None for attempt in attempts)
    assert solved.nearest is not None
    right, near = solved.nearest
    assert 0 <= right < solved.demo_count
    assert 0 <= near < 1


def test_the_seed_is_the_only_chance() -> None:
    spend = Allowance(99.0, 0, 0, 100)
    first, again, other = (settled(solve(NEAR, seed=seed, allowance=spend)) for seed in (1, 1, 2))
    assert first == again
    assert first.solved != other.solved


def test_nothing_known_and_nothing_to_spend_still_gives_attempts() -> None:
    for text in (NEAR, "def differ_none(S, I, C):\n    return astuple(ZERO, I)\n"):
        solution = solve(text, allowance=Allowance.of(0.0))
        assert solution.record is None
        assert not solution.solved.cut_off
        submission_text({MIRRORED.id: solution.attempts}, {MIRRORED.id: MIRRORED})


class TestWorth:
    """What is stored is compared with the test outputs only after all is decided."""

    @pytest.mark.parametrize(("output", "right"), [
        (MIRRORED.test[0].output, 1), (((9,),), 0), (None, None),
    ])  # fmt: skip
    def test_test_results_are_filled_in(self, output: Any, right: int | None) -> None:
        task = replace(MIRRORED, test=(Sample(MIRRORED.test[0].input, output),))
        solution = solve("def solve_v(I):\n    return vmirror(I)\n")
        record = compared_record(solution.record, task, solution.outputs, "{}")
        assert record.task.digest == task.digest
        assert [result.test_right for result in record.results] == [right]
        assert {score.digest for score in record.differ_scores} <= {task.digest}
        verdict = record.results[0].test[0]
        assert verdict.right_cells == (0 if right != 1 else len(output) * len(output[0]))

    def test_without_programs_the_summary_alone_is_kept(self) -> None:
        record = compared_record(None, MIRRORED, {}, '{"a":1}')
        assert (record.programs, record.results, record.summary) == ((), (), '{"a":1}')


@needs_native
def test_programs_name_their_family() -> None:
    """The goal of an enumeration, elsewhere the source."""
    assert {program.family for program in solve(PROGRAMS).solved.programs} == {"given"}
    enumerated = solve(NEAR, "native").solved.programs
    assert {program.source for program in enumerated} == {"enumeration"}
    assert not {program.family for program in enumerated} & {"", "enumeration", "given"}
    evolved = solve(NEAR, "native", searches=("evolution",)).solved.programs
    assert {program.family for program in evolved} == {"evolution"}


class Broken(Executor):
    """Gives up some tasks, and may be interrupted after some."""

    jobs = 1

    def __init__(self, inner: Executor, given_up: Iterable[str] = (), most: int = 99) -> None:
        self.inner, self.given_up, self.most = inner, set(given_up), most

    def run(self, items: Iterable[Item]) -> Iterator[Result]:
        for number, result in enumerate(self.inner.run(items)):
            if number == self.most:
                raise KeyboardInterrupt
            failure = ItemFailure(FailureKind.ERROR, "the worker was killed by SIGKILL")
            yield Result(result.key, None, failure) if result.key in self.given_up else result

    def close(self) -> None:
        self.inner.close()


class TestMany:
    TASKS = tuple(
        replace(mirror_task(f"task{number}"), test=(Sample(((number, 1),), ((1, number),)),)) for number in range(4)
    )

    def run(self, executor: Executor, **changes: Any) -> Any:
        return solve_tasks(self.TASKS, executor, SolveSettings(7), Budget(0.0), **changes)

    def whole(self) -> Executor:
        return InlineExecutor(opened(PROGRAMS, "python"))

    def test_whatever_happens_every_task_is_answered(self) -> None:
        tasks = {task.id: task for task in self.TASKS}
        whole = self.run(self.whole())
        assert list(whole.submission) == list(whole.solved) == list(tasks)
        broken = self.run(Broken(self.whole(), ["task1"]))
        assert broken.solved["task1"].failure.kind == "error"
        assert broken.solved["task1"].cut_off
        stopped = self.run(Broken(self.whole(), most=2))
        assert stopped.is_interrupted
        assert list(stopped.solved) == ["task0", "task1"]
        for report in (whole, broken, stopped):
            submission_text(report.submission, tasks)
        assert broken.submission["task0"] == stopped.submission["task0"] == whole.submission["task0"]
        assert broken.submission["task1"] == guessed(self.TASKS[1].challenge).attempts
        assert stopped.submission["task3"] == guessed(self.TASKS[3].challenge).attempts

    def test_workers_get_no_test_output(self) -> None:
        seen = []

        class Watching(Broken):
            def run(self, items: Iterable[Item]) -> Iterator[Result]:
                items = list(items)
                seen.extend(argument for item in items for argument in item.arguments)
                return super().run(items)

        self.run(Watching(self.whole()))
        assert [type(given) for given in seen if isinstance(given, (Task, Challenge))] == [Challenge] * 4

    def test_no_test_output_has_a_say(self) -> None:
        false = tuple(replace(task, test=(Sample(task.test[0].input, ((9,),)),)) for task in self.TASKS)
        unknown = tuple(replace(task, test=(Sample(task.test[0].input),)) for task in self.TASKS)
        for text in (PROGRAMS, NEAR):
            reports = [
                solve_tasks(tasks, InlineExecutor(opened(text, "python")), SolveSettings(7), Budget(0.2))
                for tasks in (self.TASKS, false, unknown)
            ]
            first, *others = (
                (report.submission, {key: replace(solved, digest="") for key, solved in report.solved.items()})
                for report in reports
            )
            assert others == [first, first]

    def test_solutions_are_handed_on_with_their_cpu_seconds(self) -> None:
        found: list[Solution] = []
        report = self.run(self.whole(), on_solution=found.append)
        assert [solution.solved for solution in found] == [
            replace(solved, digest="") for solved in report.solved.values()
        ]
        assert all(solution.cpu_s is not None and solution.cpu_s >= 0 for solution in found)
        for task, solution in zip(self.TASKS, found, strict=True):
            right = right_programs(task, solution.outputs)
            assert list(right) == list(solution.outputs)
            for md5, grids in solution.outputs.items():
                assert right[md5] == tuple(grid == task.test[0].output for grid in grids)
            unknown = replace(task, test=(Sample(task.test[0].input),))
            assert set(right_programs(unknown, solution.outputs).values()) <= {(None,)}

    def test_what_the_searches_tried_is_kept_with_the_time(self, tmp_path: Path) -> None:
        with open_store(tmp_path, create=True) as store:
            run_id = store.begin_run(RunStart("key", "solve", (), "data", "-", "python", {}))
            report = solve_tasks(
                self.TASKS[:1], InlineExecutor(opened(NEAR, "python")), SolveSettings(7), Budget(0.2),
                run=RecordedRun(store, run_id),
            )  # fmt: skip
            (time,) = store.task_times(run_id)
        searches = report.solved["task0"].searches
        assert searches.evolution is not None
        assert time.programs == searches.tried >= searches.evolution.programs > 0

    def test_what_is_found_is_saved_and_taken_over(self, tmp_path: Path) -> None:
        with open_store(tmp_path, create=True) as store:
            run_id = store.begin_run(RunStart("key", "solve", (), "data", "-", "python", {}))
            first = self.run(Broken(self.whole(), ["task2"], most=3), run=RecordedRun(store, run_id))
            assert {score.task.id for score in store.scores()} == {"task0", "task1"}
            assert {score.result.test_right for score in store.scores()} == {1}
            assert first.stored == len(store.scores())
            done = store.done_tasks("key")
            assert set(done) == {task.digest for task in self.TASKS[:3]}
            times = store.task_times(run_id)
            assert [time.digest for time in times] == [task.digest for task in self.TASKS[:2]]  # task2 was given up
            assert [(time.run_id, time.worker, time.programs) for time in times] == [(run_id, 1, 0)] * 2
            assert times[0].end_s <= times[1].start_s + 1e-5
            assert all(time.cpu_s is not None and 0 < time.cpu_s < time.wall_s + 0.1 for time in times)
            resumed = self.run(Broken(self.whole(), ["task0", "task1"]), done=done)
        assert resumed.resumed == ["task0", "task1"]  # task2 was given up, so it is done again
        assert resumed.submission == self.run(self.whole()).submission
        assert resumed.solved["task0"] == first.solved["task0"]


def test_what_searches_tried_is_summed() -> None:
    enumeration = EnumerationOfTask(90, 40, 5, 6, 7, 0, 9, None)
    assert SearchReports().tried == 0
    assert SearchReports(enumeration, EvolutionOfTask(3, 17, 0)).tried == 57


class TestResume:
    SOLVED = replace(solve(PROGRAMS, allowance=Allowance.of(0.0)).solved, digest=MIRRORED.digest)

    def text(self, **changes: Any) -> str:
        """The summary as it is stored, with changes."""
        return json.dumps({**json.loads(to_json(self.SOLVED)), **changes})

    def test_takes_over_what_does_not_depend_on_the_machine(self) -> None:
        assert taken_over(self.text(), MIRRORED) == self.SOLVED
        for key in ("cut_off", "shortened"):
            assert taken_over(self.text(**{key: True}), MIRRORED) is None
        assert taken_over(None, MIRRORED) is None

    def test_takes_over_what_older_versions_stored(self) -> None:
        """Such a text lacks the fields that came with the probabilities."""
        old = json.loads(self.text())
        for field in ("others", "found"):
            del old[field]
        for attempt in old["attempts"][0]:
            for field in ("probability", "features", "broken", "count", "families"):
                del attempt[field]
        for program in old["programs"]:
            del program["family"]
        found = taken_over(json.dumps(old), MIRRORED)
        assert found is not None
        assert [attempt.grid for attempt in found.attempts[0]] == [item.grid for item in self.SOLVED.attempts[0]]
        assert found.attempts[0][0].probability is None

    @pytest.mark.parametrize("others", [
        [[{"grid": [[10]], "basis": "right"}]], [[{"grid": [], "basis": "right"}]], [[], []], [[{"basis": "right"}]], 3,
    ])  # fmt: skip
    def test_does_again_what_has_other_answers_that_are_none(self, others: Any) -> None:
        assert taken_over(self.text(others=others), MIRRORED) is None

    def test_takes_over_other_answers(self) -> None:
        found = taken_over(self.text(others=[[{"grid": [[1]], "basis": "right", "probability": 0.25}]]), MIRRORED)
        assert found is not None
        assert [(answer.grid, answer.probability) for answer in found.answers(0)[2:]] == [(((1,),), 0.25)]

    def test_an_id_is_a_name_for_the_samples(self) -> None:
        found = taken_over(self.text(), replace(MIRRORED, id="other"))
        assert found == replace(self.SOLVED, task="other")
        others = replace(MIRRORED, test=(Sample(((0,),)),))
        assert taken_over(self.text(), others) is None

    @pytest.mark.parametrize("attempts", [
        None, 3, [], [[]], [[{"grid": [[1]]}]], [[{"grid": [[1]]}, {"grid": [[10]]}]], [[{"grid": [[1]]}, {}]],
        [[{"grid": [[1]], "basis": "near"}, {"grid": [[10]], "basis": "near"}]],
        [[{"grid": [[1]], "basis": "near"}, {"grid": [[1], [1, 2]], "basis": "near"}]],
        [[{"grid": [[1]], "basis": "near"}, {"grid": [[2]], "basis": "near"}]] * 2, [{"grid": [[1]]}],
        [[{"grid": [[1]], "basis": "near"}] * 3], "ab",
    ])  # fmt: skip
    def test_does_again_what_is_not_whole(self, attempts: Any) -> None:
        assert taken_over(self.text(attempts=attempts), MIRRORED) is None

    @pytest.mark.parametrize(("name", "value"), [
        ("programs", 5), ("programs", [5]), ("programs", [{"md5": 5}]), ("programs", None), ("bugs", 5), ("bugs", None),
        ("digest", "other"), ("test_count", "1"), ("test_count", 2), ("failure", {}), ("right", [True]),
        ("failure", {"kind": "error", "message": "killed"}), ("attempts", [[{"grid": [[1]]}, {"grid": [[2]]}]]),
    ])  # fmt: skip
    def test_does_again_what_no_report_could_have(self, name: str, value: Any) -> None:
        assert taken_over(self.text(**{name: value}), MIRRORED) is None

    def test_programs_of_searches_are_told_apart(self) -> None:
        program = self.SOLVED.programs[0]
        found = replace(program, md5="b" * 32, text="...")
        text = to_json(replace(self.SOLVED, programs=(program, found)))
        assert found_by([text, "{}", "3", "x"]) == {"b" * 32}

    def test_what_is_written_is_read(self) -> None:
        assert from_json(SolvedTask, to_json(self.SOLVED), "summary") == self.SOLVED
        with pytest.raises(InputError, match="summary"):
            from_json(SolvedTask, "{}", "summary")
