"""What a page shows of a run and of a workspace."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from arcbatt.arc import Sample, Task
from arcbatt.errors import InputError, StoreError
from arcbatt.report.html.gathering import gather_report, gather_workspace
from arcbatt.report.html.page_data import ReportData, TaskData
from arcbatt.report.run_rows import failure_rows, run_scores
from arcbatt.results.json_form import from_json, to_json
from arcbatt.store import LineageRecord, ListQuery, RunStart, Store, open_store

OLD = Path(__file__).parents[3] / "store" / "data"


def by_id(report: ReportData) -> dict[str, TaskData]:
    return {task.id: task for task in report.tasks}


class TestRun:
    def test_tasks_stand_as_their_programs_do(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks)
        assert [(task.id, task.standing, task.near) for task in report.tasks] == [
            ("aa", "solved", 1.0), ("ab", "demo", 1.0), ("far", "near", 0.5),
        ]  # fmt: skip
        totals = report.totals
        assert (totals.tasks, totals.demo_solved, totals.near, totals.failed, totals.programs) == (3, 2, 1, 0, 8)
        assert totals.solved is None, "a test output of ab is unknown"
        assert report.title == "run 1: arcbatt run"
        assert report.run is not None
        assert (report.run.id, report.run.command, report.run.status) == (1, "run", "finished")
        assert report.notes == ()

    def test_programs_are_those_of_the_run_best_first(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks, best=0)
        expected = [row for row in run_scores(store, 1, ListQuery(task="aa")) if row.near > 0]
        found = by_id(report)["aa"].programs
        assert [(item.md5, item.demo_right, item.near, item.test_right, item.fuel) for item in found] == [
            (row.md5, row.demo_right, row.near, row.test_right, row.fuel) for row in expected
        ]
        assert by_id(report)["aa"].program_count == 8

    def test_sums_of_a_program_are_over_all_tasks(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks)
        rows = run_scores(store, 1, ListQuery(name="solve_nearly"))
        (program,) = [item for item in report.programs if item.name == "solve_nearly"]
        assert (program.tasks, program.solved, program.fuel) == (3, 0, sum(row.fuel for row in rows))
        assert program.near == pytest.approx(max(row.near for row in rows))
        assert "vmirror(I)" in program.text
        names = [item.name for item in report.programs]
        assert names[:2] == ["solve_mirror", "solve_turn"]
        assert len(names) == 8

    def test_the_best_are_run_again_with_their_outputs(self, store: Store, tasks: dict[str, Task]) -> None:
        task = by_id(gather_report(store, tasks, best=3, stepped=1))["aa"]
        assert task.set == "three"
        assert [sample.name for sample in task.samples] == ["demo 1", "demo 2", "test 1"]
        assert task.samples[0].input == "01/20"
        mirror, turn = task.programs[:2]
        for sample, run in zip(task.samples, mirror.samples, strict=True):
            assert (run.output, run.is_right) == (sample.output, True)
        assert [step.text for step in mirror.samples[0].steps] == ["x1 = vmirror(I)"]
        assert mirror.samples[0].steps[0].grid == "10/02"
        assert turn.samples[0].steps == ()
        assert [item.note[:13] for item in task.programs[3:]] == ["not run again"] * len(task.programs[3:])
        assert all(not item.samples for item in task.programs[3:])

    def test_a_wrong_output_is_shown_as_it_is(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks, best=8, stepped=8)
        names = {program.md5: program.name for program in report.programs}
        found = {names[item.md5]: item for item in by_id(report)["aa"].programs}
        nearly = found["solve_nearly"]
        assert nearly.samples[0].output == "50/02"
        assert [run.is_right for run in nearly.samples] == [False] * 3
        patch = nearly.samples[0].steps[1]
        assert (patch.text, patch.words) == ("x2 = initset(ORIGIN)", "patch of 1 cell")
        assert patch.objects == (((0, 0, None),),)
        assert nearly.fuel == sum(run.fuel for run in nearly.samples)

    def test_an_unknown_output_is_neither_right_nor_wrong(self, store: Store, tasks: dict[str, Task]) -> None:
        task = by_id(gather_report(store, tasks))["ab"]
        assert task.samples[2].output is None
        assert [run.is_right for run in task.programs[0].samples] == [True, True, None]
        assert task.programs[0].test_right is None

    def test_failures_are_those_of_the_run(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks)
        expected = failure_rows(store, 1, ListQuery())
        assert [(item.kind, item.call, item.count) for item in report.failures] == [
            (str(group.kind), group.call, group.count) for group in expected
        ]
        (fails,) = [item for item in report.programs if item.name == "solve_fails"]
        assert {item.program for item in by_id(report)["aa"].failures} == {fails.md5}

    def test_phases_are_those_that_took_time(self, store: Store, tasks: dict[str, Task]) -> None:
        phases = {phase.name: phase for phase in gather_report(store, tasks).work.phases}
        assert phases["main.run_batt"].wall_s is not None
        assert all(phase.wall_s is not None or phase.cpu_s is not None for phase in phases.values())

    def test_spans_are_those_of_the_tasks(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks)
        assert sorted(span.task for span in report.work.spans) == ["aa", "ab", "far"]
        seconds = {span.task: span.cpu_s for span in report.work.spans}
        assert {task.id: task.seconds for task in report.tasks} == seconds
        assert [point.count for point in report.solved_over_time] == [1, 2]
        assert [point.count for point in report.right_against_cpu][-1] == 1

    def test_is_the_same_each_time_and_goes_through_json(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, tasks)
        assert gather_report(store, [tasks]) == report
        assert from_json(ReportData, to_json(report), "report") == report

    def test_progress_is_told_of_each_task_in_both_stages(self, store: Store, tasks: dict[str, Task]) -> None:
        told: list[tuple[int, int]] = []
        gather_report(store, tasks, on_progress=lambda done, count: told.append((done, count)))
        assert told == [(1, 3), (2, 3), (3, 3)] * 2

    def test_engines_give_the_same(self, store: Store, tasks: dict[str, Task]) -> None:
        assert gather_report(store, tasks, engine="python") == gather_report(store, tasks)

    def test_a_run_that_is_not_there_is_told(self, store: Store, tasks: dict[str, Task]) -> None:
        with pytest.raises(InputError, match="run 7: no such run"):
            gather_report(store, tasks, run_id=7)


class TestGrids:
    def test_missing_ones_leave_the_results(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_report(store, {"aa": tasks["aa"]})
        found = by_id(report)
        assert (found["ab"].samples, found["ab"].set, found["ab"].standing) == ((), "", "demo")
        assert found["ab"].programs[0].demo_right == 2
        assert any("grids of 2 tasks" in note for note in report.notes)

    def test_other_samples_under_the_id_are_not_taken(self, store: Store, tasks: dict[str, Task]) -> None:
        other = replace(tasks["aa"], test=(Sample(((9,),), ((9,),)),))
        assert by_id(gather_report(store, {"aa": other}))["aa"].samples == ()
        assert by_id(gather_report(store, [{"aa": other}, tasks]))["aa"].samples != ()

    def test_a_malformed_task_counts_as_missing(self, store: Store, tasks: dict[str, Task]) -> None:
        class Broken(dict[str, Task]):
            def get(self, key: str, default: object = None) -> Task:  # type: ignore[override]
                raise InputError("row 3 is no row")

        assert by_id(gather_report(store, Broken(tasks)))["aa"].samples == ()


class TestWorkspace:
    def test_shows_what_is_kept(self, store: Store, tasks: dict[str, Task]) -> None:
        report = gather_workspace(store, tasks)
        assert (report.run, report.title) == (None, "workspace")
        assert [(task.id, task.standing) for task in report.tasks][:2] == [("aa", "solved"), ("ab", "demo")]
        kept = store.scores(tasks["aa"].digest)
        assert by_id(report)["aa"].program_count == len(kept)
        assert by_id(report)["aa"].programs[0].samples[0].output == "10/02"

    def test_without_anything_it_is_empty(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "new", create=True) as store:
            report = gather_report(store, {})
        assert (report.tasks, report.programs, report.run) == ((), (), None)

    @pytest.mark.parametrize("name", ["schema_1.db", "schema_2.db"])
    def test_of_an_old_version_shows_its_scores(self, name: str, tmp_path: Path) -> None:
        shutil.copy(OLD / name, tmp_path / "arcbatt.db")
        with open_store(tmp_path, create=False, read_only=True) as store:
            whole, run = gather_report(store, {}, run_id=None), gather_report(store, {}, run_id=1)
        for report in (whole, run):
            task = by_id(report)["007bbfb7"]
            assert [(item.demo_right, item.fuel) for item in task.programs] == [(1, 100), (1, 101)]
        assert run.run is not None
        assert any("kept no results" in note for note in run.notes)

    def test_an_old_run_with_summaries_is_shown(self, tmp_path: Path) -> None:
        shutil.copy(OLD / "schema_2_run.db", tmp_path / "arcbatt.db")
        with open_store(tmp_path, create=False, read_only=True) as store:
            for run in store.runs():
                gather_report(store, {}, run_id=run.id)

    def test_a_damaged_table_is_told(self, workspace: Path, tasks: dict[str, Task], tmp_path: Path) -> None:
        shutil.copytree(workspace, tmp_path / "copy")
        with closing(sqlite3.connect(tmp_path / "copy" / "arcbatt.db")) as database, database:
            (table,) = [name for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%verdicts%'"
            )][:1]  # fmt: skip
            assert database.execute(f"UPDATE {table} SET verdicts = x'00'").rowcount == 3
        with (
            open_store(tmp_path / "copy", create=False, read_only=True) as store,
            pytest.raises((InputError, StoreError)) as caught,
        ):
            gather_report(store, tasks)
        assert "\n" not in str(caught.value)

    def test_a_damaged_summary_takes_nothing_away(
        self, workspace: Path, tasks: dict[str, Task], tmp_path: Path
    ) -> None:
        shutil.copytree(workspace, tmp_path / "copy")
        with closing(sqlite3.connect(tmp_path / "copy" / "arcbatt.db")) as database, database:
            database.execute("UPDATE done_tasks SET summary = '{\"task\": 5}'")
        with open_store(tmp_path / "copy", create=False, read_only=True) as store:
            report = gather_report(store, tasks)
        assert [task.standing for task in report.tasks] == ["solved", "demo", "near"]
        assert report.failures


class TestWhileItGoesOn:
    def test_a_run_without_a_task_yet_is_empty(self, workspace: Path, tasks: dict[str, Task], tmp_path: Path) -> None:
        shutil.copytree(workspace, tmp_path / "copy")
        with open_store(tmp_path / "copy", create=False) as store:
            programs = store.run_programs(1)
            run = store.begin_run(RunStart("new", "run", (), "three", "", "auto", {}))
            store.save_run_programs(run, programs)
            report = gather_report(store, tasks)
        assert report.run is not None
        assert (report.run.id, report.tasks) == (run, ())
        assert report.notes == (f"run {run} is not whole: running",)


class TestLineage:
    def test_parents_and_their_parents_are_on_the_page(
        self, workspace: Path, tasks: dict[str, Task], tmp_path: Path
    ) -> None:
        shutil.copytree(workspace, tmp_path / "copy")
        gone = "0" * 32
        with open_store(tmp_path / "copy", create=False) as store:
            programs = {program.name: program.md5 for program in store.programs()}
            mirror, turn = programs["solve_mirror"], programs["solve_turn"]
            store.add_lineage([LineageRecord(mirror, turn, "swap"), LineageRecord(turn, gone, "graft"),
                               LineageRecord(gone, mirror, "loop")])  # fmt: skip
            report = gather_report(store, tasks)
        found = {program.md5: program for program in report.programs}
        assert [(parent.md5, parent.mutation) for parent in found[mirror].parents] == [(turn, "swap")]
        assert found[gone].text == ""
        assert [parent.md5 for parent in found[gone].parents] == [mirror]
        assert by_id(report)["aa"].families == ("evolution",)
