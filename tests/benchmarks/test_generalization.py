"""The yardstick: sums that add up, results that can be compared, and names that are told only where they may be."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from arcbatt.arc import Sample, Task, load_set, task_to_json
from arcbatt.errors import InputError
from arcbatt.search.solving import Solution, SolvedTask
from arcbatt.search.solving.solved_task import Attempt, SolvingProgram
from support.tasks import mirror_task

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
INPUTS = (((0, 1), (2, 0)), ((3, 0, 0), (0, 4, 0)), ((5, 6, 0), (1, 1, 2), (0, 0, 3)), ((7, 0, 2), (0, 9, 0)))
MODULES = ("generalization", "generalization_results", "generalization_sets", "generalization_tables")


@pytest.fixture(scope="module", autouse=True)
def on_path() -> Iterator[None]:
    """The benchmarks import each other as scripts do."""
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def tool() -> SimpleNamespace:
    """What the modules of the benchmark have, together."""
    modules = [import_module(name) for name in MODULES]
    return SimpleNamespace(**{name: value for module in reversed(modules) for name, value in vars(module).items()})


def task_of(task_id: str, change: Any, demos: int = 2) -> Task:
    samples = [Sample(grid, change(grid)) for grid in INPUTS]
    return Task(task_id, tuple(samples[:demos]), tuple(samples[demos:]))


def nonsense(grid: Any) -> Any:
    """No small program gives this."""
    return tuple(tuple((cell * 7 + row * 3 + column * 5) % 10 for column, cell in enumerate(cells) for _ in range(3))
                 for row, cells in enumerate((*grid, grid[0])))  # fmt: skip


TRAIN = load_set("arc1-train")["67a3c6ac"]  # the library has its program: the input mirrored
TASKS = (mirror_task("mirrored"), task_of("unsolved", nonsense, demos=3), TRAIN)


def write(path: Path, tasks: Sequence[Task]) -> Path:
    path.write_text(json.dumps({task.id: task_to_json(task) for task in tasks}))
    return path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, tool: SimpleNamespace) -> dict[str, Any]:
    """Results on three small tasks: of the searches, and with the tasks' own programs left out."""
    folder = tmp_path_factory.mktemp("runs")
    data = str(write(folder / "tasks.json", TASKS))
    for name, more in {"plain": ["--jobs", "2"], "left": ["--leave-out", "--jobs", "1"]}.items():
        path = str(folder / f"{name}.json")
        tool.main(["--data", data, "--names", "--budgets", "0.1,0", *more, "-o", path])
    return {name: tool.read_results(folder / f"{name}.json") for name in ("plain", "left")}


def lines(found: Iterator[str]) -> str:
    return "\n".join(found)


class TestRuns:
    def test_tasks_are_held_against_their_outputs(self, runs: dict[str, Any]) -> None:
        results = runs["plain"]
        assert [budget.seconds for budget in results.budgets] == [0.0, 0.1]
        for budget in results.budgets:
            assert [task.key for task in budget.tasks] == ["67a3c6ac", "mirrored", "unsolved"]
            assert [task.is_wholly_right for task in budget.tasks] == [True, True, False]
            assert [task.is_own for task in budget.tasks] == [True, False, False]
            assert all(task.cpu_s is not None and task.cpu_s >= 0 for task in budget.tasks)
            own = budget.tasks[0]
            assert own.outputs[0].attempts[0].source == own.outputs[0].attempts[0].family == "given"
            assert ("given", (True,)) in {(group.source, group.right) for group in own.groups}
            assert budget.tasks[2].groups == ()

    def test_leaving_out_is_known_from_the_file(self, runs: dict[str, Any]) -> None:
        assert (runs["plain"].leaves_out, runs["left"].leaves_out) == (False, True)
        given, fewer = (
            sum(group.programs for group in runs[name].budgets[0].tasks[0].groups) for name in ("plain", "left")
        )
        assert given == fewer + 1
        for name in ("mirrored", "unsolved"):
            plain, left = (
                [replace(task, cpu_s=None) for budget in runs[run].budgets for task in budget.tasks if task.key == name]
                for run in ("plain", "left")
            )
            assert plain == left

    def test_totals_add_up(self, runs: dict[str, Any], tool: SimpleNamespace) -> None:
        for budget in runs["plain"].budgets:
            whole = tool.totals_of(budget.tasks)
            parts = [tool.totals_of([task]) for task in budget.tasks]
            for name in ("tasks", "fitted", "whole", "outputs", "one", "two", "found", "fitted_outputs", "fitted_two"):
                assert getattr(whole, name) == sum(getattr(part, name) for part in parts), name
            assert whole.cpu_sum_s == pytest.approx(sum(part.cpu_sum_s for part in parts))
            assert (whole.tasks, whole.fitted, whole.whole, whole.outputs) == (3, 2, 2, 3)
            assert whole.one <= whole.two
            assert whole.precision == 1.0
            assert min(task.cpu_s for task in budget.tasks) <= whole.cpu_median_s <= whole.cpu_90_s
        assert tool.totals_of([]).precision is None

    def test_the_report_has_each_table(self, runs: dict[str, Any], tool: SimpleNamespace) -> None:
        text = lines(tool.report(runs["plain"]))
        assert "0.1 s       3       2      2        3" in text
        assert "library program's own task: 1 (67a3c6ac)" in text
        assert "wholly right: 2 (67a3c6ac mirrored)" in text
        assert "given" in text
        assert "probability  attempts  expected  right" in text
        demos = [line.split() for line in text.split("at 0 s a task")[1].splitlines() if line.split()[:1] == ["3"]]
        assert demos[0][:2] == ["3", "1" if len(TRAIN.demo) != 3 else "2"]


class TestTaskResult:
    """A task of two outputs, and programs that give both, one, or neither of them."""

    TASK = task_of("task", lambda grid: tuple(row[::-1] for row in grid))
    RIGHT = tuple(sample.output for sample in TASK.test)

    def result(self, tool: SimpleNamespace) -> Any:
        first, second = self.RIGHT
        programs = tuple(
            SolvingProgram(md5, "solve", source, 1, 1, 2, None, family)
            for md5, source, family in (
                ("a", "enumeration", "table"), ("b", "enumeration", "exact"), ("c", "store", "store"),
            )
        )  # fmt: skip
        outputs = {"a": (first, None), "b": (((1,),), ((1,),)), "c": (((2,),), second)}
        attempts = (
            (Attempt(((1,),), "right", ("b",)), Attempt(first, "right", ("a",))),
            (Attempt(((1,),), "right", ("b",)), Attempt(((3,),), "near", ("d",))),
        )
        solved = SolvedTask("task", "", 2, 2, programs, attempts)
        return tool.task_result(self.TASK, Solution(solved, outputs, None, 0.25), "key", is_own=False)

    def test_what_was_chosen_and_what_could_have_been(self, tool: SimpleNamespace) -> None:
        result = self.result(tool)
        assert [output.programs for output in result.outputs] == [3, 2]
        assert [output.is_found for output in result.outputs] == [True, True]
        assert [[output.is_right(1), output.is_right()] for output in result.outputs] == [[False, True], [False, False]]
        near = result.outputs[1].attempts[1]
        assert (near.basis, near.source, near.family) == ("near", "", "")
        groups = [(group.source, group.family, group.programs, group.right) for group in result.groups]
        assert groups == [
            ("enumeration", "exact", 1, (False, False)), ("enumeration", "table", 1, (True, False)),
            ("store", "store", 1, (False, True)),
        ]  # fmt: skip
        total = tool.totals_of([result])
        assert (total.one, total.two, total.found, total.whole, total.precision) == (0, 1, 2, 0, 0.5)

    def test_a_family_has_the_tasks_it_fits_and_the_attempts_that_rest_on_it(self, tool: SimpleNamespace) -> None:
        text = lines(tool._by_group([self.result(tool)]))
        rows = {line.split()[0]: line.split()[1:] for line in text.splitlines()[1:]}
        assert rows["enumeration"] == ["1", "0", "2", "1", "3", "1"]
        assert rows["exact"] == ["1", "0", "1", "0", "2", "0"]
        assert rows["table"] == ["1", "0", "1", "1", "1", "1"]
        assert rows["store"] == ["1", "0", "1", "1", "0", "0"]

    def test_calibration(self, tool: SimpleNamespace) -> None:
        result = self.result(tool)
        first, second = result.outputs[0].attempts
        attempts = (replace(first, probability=0.15), replace(second, probability=1.0))
        task = replace(result, outputs=(replace(result.outputs[0], attempts=attempts), result.outputs[1]))
        _, low, high = tool._calibration([task, task])
        assert low.split() == ["0.1", "to", "0.2", "2", "0.3", "0", "0.150", "0.000"]
        assert high.split() == ["0.9", "to", "1.0", "2", "2.0", "2", "1.000", "1.000"]


class TestCompare:
    def test_finds_won_and_lost(self, runs: dict[str, Any], tool: SimpleNamespace, tmp_path: Path,
                                capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
        first = runs["plain"]
        assert lines(tool.comparison(first, first)).count("tasks won: 0\ntasks lost: 0") == 2
        (zero, tenth) = first.budgets
        mirrored = tenth.tasks[1]
        wrong = tuple(
            replace(output, attempts=tuple(replace(one, is_right=False) for one in output.attempts))
            for output in mirrored.outputs
        )
        worse = replace(tenth, tasks=(tenth.tasks[0], replace(mirrored, outputs=wrong), tenth.tasks[2]))
        second = replace(first, seed=5, budgets=(zero, worse))
        tool.write_results(first, tmp_path / "first.json")
        tool.write_results(second, tmp_path / "second.json")
        assert tool.read_results(tmp_path / "second.json") == second
        tool.main(["compare", str(tmp_path / "first.json"), str(tmp_path / "second.json")])
        text = capsys.readouterr().out
        assert "seed: 0 in the first, 5 in the second" in text
        at_zero, at_tenth = text.split("0.1 s: 3 tasks")
        assert "tasks won: 0\ntasks lost: 0" in at_zero
        assert "outputs won 0, lost 1\ntasks won: 0\ntasks lost: 1 (mirrored)" in at_tenth
        assert "tasks won: 1 (mirrored)\ntasks lost: 0" in lines(tool.comparison(second, first))

    def test_names_are_withheld(self, runs: dict[str, Any], tool: SimpleNamespace) -> None:
        first = replace(runs["plain"], has_names=False)
        text = lines(tool.comparison(first, first)) + lines(tool.report(first))
        assert not any(task.id in text for task in TASKS)

    def test_tasks_of_one_alone_are_told(self, runs: dict[str, Any], tool: SimpleNamespace) -> None:
        first = runs["plain"]
        part = replace(first, part="every 2", budgets=(replace(first.budgets[0], tasks=first.budgets[0].tasks[:2]),))
        text = lines(tool.comparison(first, part))
        assert "part: all in the first, every 2 in the second" in text
        assert "0 s: 2 tasks, and 1 that only one of the results has" in text
        assert "0.1 s" not in text

    def test_what_cannot_be_compared_is_refused(self, runs: dict[str, Any], tool: SimpleNamespace) -> None:
        first = runs["plain"]
        for second, told in [
            (replace(first, set="loo"), "two sets"), (replace(first, has_names=False), "two sets"),
            (replace(first, budgets=(replace(first.budgets[0], seconds=7.0),)), "no budget"),
            (replace(first, budgets=(replace(first.budgets[0], tasks=()),)), "no task"),
        ]:  # fmt: skip
            with pytest.raises(InputError, match=told):
                list(tool.comparison(first, second))


class TestFiles:
    def test_another_version_is_refused_with_a_reason(self, runs: dict[str, Any], tool: SimpleNamespace,
                                                      tmp_path: Path) -> None:  # fmt: skip
        path = tmp_path / "results.json"
        tool.write_results(replace(runs["plain"], format=2), path)
        with pytest.raises(InputError, match="format 2, but this benchmark reads format 1"):
            tool.read_results(path)

    @pytest.mark.parametrize("text", ["", "[]", '{"format": "1"}', '{"format": 1}', '{"arcbatt": 1}'])
    def test_other_files_are_refused(self, tool: SimpleNamespace, tmp_path: Path, text: str) -> None:
        path = tmp_path / "results.json"
        path.write_text(text)
        with pytest.raises(InputError, match=r"no results of this benchmark|cannot be read"):
            tool.read_results(path)

    def test_files_that_are_not_there(self, tool: SimpleNamespace, tmp_path: Path, runs: dict[str, Any]) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            tool.read_results(tmp_path / "missing.json")
        with pytest.raises(InputError, match="cannot be written"):
            tool.write_results(runs["plain"], tmp_path / "missing" / "results.json")


class TestSets:
    def test_no_name_of_a_held_out_set_gets_out(self, tool: SimpleNamespace, tmp_path: Path,
                                                capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
        path = tmp_path / "results.json"
        for name in ("arc1-eval", "arc2-eval"):
            tool.main(["--set", name, "--count", "3", "--budgets", "0", "--jobs", "1", "-o", str(path)])
            text = capsys.readouterr().out + path.read_text()
            assert not [task_id for task_id in load_set(name).ids if task_id in text]
            results = tool.read_results(path)
            assert not results.has_names
            assert len({task.key for task in results.budgets[0].tasks}) == 3

    def test_names_of_a_file_are_told_when_asked_for_but_not_those_of_held_out_tasks(
        self, tool: SimpleNamespace, tmp_path: Path
    ) -> None:
        held_out = load_set("arc2-eval")
        task = held_out[held_out.ids[0]]
        for number, (tasks, expected) in enumerate([
            (TASKS, True), ((*TASKS, task), False), ((*TASKS, replace(task, id="other")), False),
            ((*TASKS, replace(TASKS[0], id=task.id)), False),
        ]):  # fmt: skip
            data = write(tmp_path / f"{number}.json", tasks)
            assert not tool.choose(None, data, None).has_names
            assert tool.choose(None, data, None, has_names=True).has_names is expected
            assert tool.choose("variants", data, None).has_names is expected

    def test_solutions_are_filled_in_and_needed(self, tool: SimpleNamespace, tmp_path: Path) -> None:
        task = TASKS[0]
        data = write(tmp_path / "tasks.json", [replace(task, test=(Sample(task.test[0].input),))])
        with pytest.raises(InputError, match="unknown; name a file of them with --solutions"):
            tool.selected(tool.choose(None, data, None).tasks, tool.Selection())
        solutions = tmp_path / "outputs.json"
        solutions.write_text(json.dumps({task.id: [sample.output for sample in task.test]}))
        chosen = tool.choose("variants", data, solutions, leaves_out=True)
        assert chosen.tasks[task.id] == task
        assert (chosen.name, chosen.leaves_out, chosen.malformed) == ("variants", True, 0)

    def test_malformed_tasks_are_left_out_and_counted(self, tool: SimpleNamespace, tmp_path: Path) -> None:
        data = write(tmp_path / "tasks.json", TASKS[:2])
        tasks = json.loads(data.read_text())
        tasks["unsolved"]["train"][0]["input"] = [[0]] * 31
        data.write_text(json.dumps(tasks))
        chosen = tool.choose("variants", data, None)
        assert (chosen.tasks.ids, chosen.malformed) == (("mirrored",), 1)

    @pytest.mark.parametrize(("name", "has_data"), [(None, False), ("variants", False), ("loo", True)])
    def test_a_file_goes_with_some_sets_only(self, tool: SimpleNamespace, tmp_path: Path, name: str | None,
                                             has_data: bool) -> None:  # fmt: skip
        with pytest.raises(InputError, match="--data FILE goes with"):
            tool.choose(name, tmp_path / "tasks.json" if has_data else None, None)

    def test_a_part_of_a_set(self, tool: SimpleNamespace) -> None:
        tasks = tool.choose("loo", None, None).tasks
        assert tool.selected(tasks, tool.Selection(every=8)).ids == tasks.ids[::8]
        assert len(tool.selected(tasks, tool.Selection(count=7))) == 7
        for whole in (tool.Selection(count=1000), tool.Selection()):
            assert tool.selected(tasks, whole).ids == tasks.ids
        parts = (tool.Selection(), tool.Selection(every=8), tool.Selection(count=40))
        assert list(map(str, parts)) == ["all", "every 8", "40 tasks"]

    def test_what_is_left_of_arc2_train_is_in_no_set_of_arc1(self, tool: SimpleNamespace) -> None:
        chosen = tool.choose("arc2-rest", None, None)
        assert (len(chosen.tasks), chosen.leaves_out, chosen.has_names) == (233, True, True)
        for name in ("arc1-train", "arc1-eval"):
            assert not set(load_set(name).ids) & set(chosen.tasks.ids)
