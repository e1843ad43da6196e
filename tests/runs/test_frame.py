"""The frame of all jobs: fingerprints, the recorded run, batteries with the store's programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from arcbatt.arc import TaskSet
from arcbatt.engine import Limits
from arcbatt.errors import InputError
from arcbatt.pipeline.record import program_record
from arcbatt.program.parse import parse_programs
from arcbatt.runs import Fingerprint, RunOptions, recorded_run
from arcbatt.runs.stored_programs import battery_with_store, stored_programs
from arcbatt.store import RunTotals, Store, open_store
from support.tasks import PROGRAMS, battery, mirror_task, write_task

TOTALS = RunTotals(1, 1, 0, 1, 1, 5, 3)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "work", create=True)


@pytest.fixture
def tasks(tmp_path: Path) -> TaskSet:
    from arcbatt.arc import load_path

    return load_path(write_task(tmp_path / "tasks", mirror_task()))


def fingerprint(**options: object) -> Fingerprint:
    return Fingerprint.of("run", RunOptions(**options), battery().programs())  # type: ignore[arg-type]


class TestFingerprint:
    def test_says_where_two_differ(self, tmp_path: Path) -> None:
        (tmp_path / "mine.py").write_text("x = 1\n")
        one = fingerprint()
        assert one.differences(one) == []
        other = fingerprint(limits=Limits(fuel=7), keep=5, primitive_files=(str(tmp_path / "mine.py"),))
        assert one.differences(other) == ["fuel 7 (now 20000000)", "keep 5 (now 32)", "other primitives"]

    def test_says_that_programs_differ_and_not_which(self) -> None:
        more = Fingerprint.of("run", RunOptions(), parse_programs("def solve_a(I):\n    return I\n"))
        assert fingerprint().differences(more) == ["other programs"]

    def test_a_part_that_one_side_lacks_differs(self) -> None:
        more = Fingerprint.of("run", RunOptions(), battery().programs(), {"seed": 5})
        assert more.differences(fingerprint()) == ["seed - (now 5)"]

    def test_changes_with_the_content_of_a_users_primitives(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.py"
        keys = []
        for text in ("x = 1\n", "x = 2\n"):
            path.write_text(text)
            keys.append(fingerprint(primitive_files=(str(path),)).key)
        assert keys[0] != keys[1]

    def test_comes_back_from_json(self) -> None:
        one = fingerprint()
        assert Fingerprint.of_json(one.to_json()) == one
        assert Fingerprint.of_json(one.to_json()).key == one.key

    @pytest.mark.parametrize("text", ["", "[]", '{"command": 5}', '{"command": null}'])
    def test_what_is_none_is_refused(self, text: str) -> None:
        with pytest.raises(InputError, match="settings of a run"):
            Fingerprint.of_json(text)


class TestRecordedRun:
    def test_finishes_with_what_it_came_to(self, store: Store, tasks: TaskSet) -> None:
        with recorded_run(store, fingerprint(), tasks, RunOptions(arguments=("run", "x"))) as run:
            (begun,) = store.runs()
            assert begun.status == "running"
            run.totals = TOTALS
        (ended,) = store.runs()
        assert (ended.status, ended.totals, ended.arguments) == ("finished", TOTALS, ("run", "x"))
        assert (ended.command, ended.data) == ("run", tasks.name)
        assert set(ended.versions) == {"arcbatt", "engine", "python"}
        assert [key.id for key in store.tasks()] == ["mirrored"]

    def test_says_that_it_was_interrupted(self, store: Store, tasks: TaskSet) -> None:
        with recorded_run(store, fingerprint(), tasks, RunOptions()) as run:
            run.is_interrupted = True
        assert [run.status for run in store.runs()] == ["interrupted"]

    @pytest.mark.parametrize(("error", "status"), [(InputError, "failed"), (KeyboardInterrupt, "interrupted")])
    def test_ends_also_on_an_error(
        self, store: Store, tasks: TaskSet, error: type[BaseException], status: str
    ) -> None:
        def ending() -> None:
            with recorded_run(store, fingerprint(), tasks, RunOptions()) as run:
                run.totals = TOTALS
                raise error

        with pytest.raises(error):
            ending()
        (ended,) = store.runs()
        assert (ended.status, ended.totals) == (status, TOTALS)

    def test_goes_on_with_the_series_of_its_kind(self, store: Store, tasks: TaskSet) -> None:
        for resume in (False, True, False):
            with recorded_run(store, fingerprint(), tasks, RunOptions(resume=resume)):
                pass
        assert [run.series for run in store.runs()] == [1, 1, 3]


class TestStoredPrograms:
    def test_join_behind_those_handed_in_and_once(self, store: Store) -> None:
        programs = parse_programs(PROGRAMS)
        store.add_programs([program_record(program) for program in battery().programs()])
        mine = parse_programs("def solve_mine(I):\n    return rot180(I)\ndef solve_m(I):\n    return vmirror(I)\n")
        found, refusals = battery_with_store(mine, store)
        assert list(found.solvers)[:2] == ["solve_mine", "solve_m"]
        assert len(found.solvers) == 1 + 7  # vmirror is one of the seven bodies that are stored
        assert list(refusals) == []
        assert len(battery_with_store(mine, None)[0].solvers) == 2
        md5 = next(program.md5 for program in programs if program.name == "solve_half")
        assert "solve_half" not in {program.name for program in stored_programs(store, {md5}).programs}


def test_options_compare_by_value_and_are_frozen() -> None:
    assert RunOptions() == RunOptions()
    with pytest.raises(AttributeError):
        RunOptions().keep = 5  # type: ignore[misc]
