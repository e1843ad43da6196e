from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from arcbatt.arc import Sample
from arcbatt.battery.files import battery_text, parse_battery_file
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import InputError
from arcbatt.library import starter_differs, starter_solvers
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.results import ProgramResult, TaskKey
from arcbatt.search.build import BuildSettings, Built, build, differ_weights, o_scores, solver_weights
from arcbatt.search.mutation import MutationSettings, misfits
from arcbatt.store import DifferScoreRecord, ProgramRecord, RunStart, Store, TaskRecord, open_store
from support.command import arcbatt, tree
from support.mutations import only
from support.tasks import PROGRAMS, mirror_task, write_task

SOLVERS = starter_solvers()[:12]
DIFFERS = starter_differs()[:4]


def record(program: Program) -> ProgramRecord:
    return ProgramRecord(program.md5, program.text, program.kind, program.direction, program.name, program.size)


TASKS = {name: replace(mirror_task(name), test=(Sample(((number,),)),)) for number, name in enumerate("abc")}


def result(program: Program, right: int) -> ProgramResult:
    """The result of a program that is right on so many of nine demo samples."""
    verdicts = tuple(Verdict("0" * 32, True, number < right, 11, None, int(number < right)) for number in range(9))
    unknown = Verdict("0" * 32, True, None, 1, None)
    return ProgramResult(program.md5, program.name, program.size, verdicts, (unknown,), (1,) * 9, 0.001)


def scored(task: str, right: dict[int, int], s_scores: dict[tuple[int, int], int] | None = None) -> TaskRecord:
    """A task's record: demo samples solved by number of the solver, s_scores by numbers of solver and differ."""
    s_scores = s_scores or {}
    differs = sorted({number for _, number in s_scores})
    digest = TASKS[task].digest
    return TaskRecord(
        TaskKey(digest, task, 9, 1),
        tuple(record(program) for program in [*(SOLVERS[n] for n in right), *(DIFFERS[n] for n in differs)]),
        tuple(result(SOLVERS[n], count) for n, count in right.items()),
        tuple(
            DifferScoreRecord(digest, SOLVERS[a].md5, DIFFERS[b].md5, s_score, None) if b % 2 == 0
            else DifferScoreRecord(digest, SOLVERS[a].md5, DIFFERS[b].md5, None, s_score)
            for (a, b), s_score in s_scores.items()
        ),
        "{}",
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "w", create=True) as opened:
        opened.add_programs([record(program) for program in SOLVERS])
        yield opened


def save(store: Store, *records: TaskRecord) -> None:
    run = store.begin_run(RunStart("key", "run", (), "data", "revision", "python", {}))
    for task in records:
        store.save_task(run, task)


def md5s(built: Built, kind: str = "solver") -> list[str]:
    return [program.md5 for program in built.battery.programs() if program.kind == kind]


FROZEN = BuildSettings(freeze_solvers=True, freeze_differs=True)


def weights(store: Store, task: str | None = None) -> dict[str, float]:
    digest = None if task is None else TASKS[task].digest
    return solver_weights(o_scores(store, digest), store.differ_scores(digest))


class TestWeights:
    def test_o_score_comes_first_and_differ_scores_decide_between_equals(self, store: Store) -> None:
        save(store, scored("a", {0: 2, 1: 2, 2: 3}, {(1, 0): 900, (1, 1): 100}), scored("b", {0: 1}))
        assert [weights(store)[SOLVERS[number].md5] for number in range(3)] == [4.0, 3 + 1000 / 1001, 4.0]
        assert set(weights(store)) <= {program.md5 for program in SOLVERS}

    def test_one_task_alone(self, store: Store) -> None:
        save(store, scored("a", {0: 2}, {(0, 0): 1}), scored("b", {0: 1, 1: 3}))
        assert weights(store, "a") == {SOLVERS[0].md5: 3.5}
        assert weights(store, "b") == {SOLVERS[0].md5: 2.0, SOLVERS[1].md5: 4.0}

    def test_a_differ_weighs_what_it_tells_best_on_each_task(self, store: Store) -> None:
        save(
            store,
            scored("a", {0: 2, 1: 2}, {(0, 0): 2, (1, 0): 3, (0, 1): 1}),
            scored("b", {0: 1}, {(0, 0): 1}),
        )
        assert differ_weights(store.differ_scores()) == {DIFFERS[0].md5: 5, DIFFERS[1].md5: 2}
        assert differ_weights(store.differ_scores(TASKS["b"].digest)) == {DIFFERS[0].md5: 2}

    def test_what_solves_more_is_drawn_more_often(self, store: Store) -> None:
        save(store, scored("a", {3: 9}), scored("b", {3: 9, 4: 4}), scored("c", {3: 9}))
        settings = replace(FROZEN, solvers=1)
        drawn = Counter(md5s(build(store, settings, seed))[0] for seed in range(60))
        assert [md5 for md5, _ in drawn.most_common(2)] == [SOLVERS[3].md5, SOLVERS[4].md5]
        on_task = Counter(md5s(build(store, settings, seed, TASKS["b"]))[0] for seed in range(60))
        assert on_task[SOLVERS[3].md5] > on_task[SOLVERS[4].md5] > 60 / len(SOLVERS)
        assert on_task[SOLVERS[3].md5] < drawn[SOLVERS[3].md5]


class TestBuild:
    def test_frozen_programs_stay_as_they_are(self, store: Store) -> None:
        save(store, scored("a", {0: 1}, {(0, 0): 1, (0, 1): 1}))
        built = build(store, FROZEN, 1)
        assert sorted(md5s(built)) == sorted(program.md5 for program in SOLVERS)
        assert sorted(md5s(built, "differ")) == sorted(program.md5 for program in DIFFERS[:2])
        assert set(built.battery.names) == {program.name for program in [*SOLVERS, *DIFFERS[:2]]}
        assert built.lineage == ()
        assert len(md5s(build(store, replace(FROZEN, solvers=5, differs=1), 1))) == 5

    def test_children_are_new_and_their_parents_are_told(self, store: Store) -> None:
        built = build(store, BuildSettings(solvers=50), 1)
        stored = {program.md5 for program in SOLVERS}
        made = md5s(built)
        assert len(made) == 50
        assert not stored & set(made)
        parents = {line.child: line.parent for line in reversed(built.lineage)}  # the first is the parent itself
        assert {parents[md5] for md5 in made} <= stored
        for program in built.battery.programs():
            assert program.name == f"{program.name.partition('_mut_')[0]}_mut_{program.md5[:12]}"
            if program.kind == "solver":
                parent = next(solver for solver in SOLVERS if solver.md5 == parents[program.md5])
                assert misfits(program.graph, program.root) <= misfits(parent.graph, parent.root)

    @pytest.mark.parametrize("frozen", ["solvers", "differs"])
    def test_one_kind_may_be_frozen(self, store: Store, frozen: str) -> None:
        built = build(store, BuildSettings(solvers=20, **{f"freeze_{frozen}": True}), 1)
        is_new = {program.kind: "_mut_" in program.name for program in built.battery.programs()}
        assert is_new == {"solver": frozen != "solvers", "differ": frozen != "differs"}

    def test_differs_keep_their_direction(self, store: Store) -> None:
        differs = starter_differs()
        built = build(store, BuildSettings(solvers=1), 1)
        found = [program for program in built.battery.programs() if program.kind == "differ"]
        assert len(found) == len(differs)
        by_md5 = {program.md5: program for program in differs}
        parents = {line.child: line.parent for line in reversed(built.lineage)}
        for program in found:
            assert program.direction == by_md5[parents[program.md5]].direction
            assert program.name.startswith(f"differ_{program.direction}_mut_")

    def test_the_same_seed_gives_the_same_battery_and_another_seed_another(self, store: Store) -> None:
        texts = [battery_text(build(store, BuildSettings(), seed).battery) for seed in (1, 1, 2)]
        assert texts[0] == texts[1] != texts[2]

    def test_a_task_gives_hints_and_its_test_outputs_make_no_difference(self, store: Store) -> None:
        settings = BuildSettings(solvers=60, mutation=MutationSettings({"constant": 50.0}, hinted=1.0))
        task = mirror_task("a")
        false = replace(task, test=tuple(replace(sample, output=((9, 9), (9, 9))) for sample in task.test))
        texts = [
            battery_text(build(store, settings, 1, given).battery)
            for given in (task, false, None)
        ]
        assert texts[0] == texts[1] != texts[2]

    def test_where_mutation_finds_nothing_the_programs_stay(self, store: Store) -> None:
        (plain,) = parse_programs("def solve_plain(I):\n    return rot90(I)\n")
        store.add_programs([record(plain)])
        settings = BuildSettings(solvers=100, differs=0, mutation=MutationSettings(only("constant")))
        names = build(store, settings, 1).battery.names
        assert "solve_plain" in names
        assert any("_mut_" in name for name in names)

    def test_a_battery_that_no_file_holds_is_refused(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("arcbatt.search.build.MAX_STATEMENTS", 60)
        assert build(store, replace(FROZEN, solvers=1, differs=0), 1)
        with pytest.raises(InputError, match="more than a file may hold; build fewer"):
            build(store, BuildSettings(solvers=30), 1)

    def test_without_a_solver_there_is_nothing_to_build(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "empty", create=True) as empty:
            empty.add_programs([record(DIFFERS[0])])
            with pytest.raises(InputError, match="no solver is stored yet"):
                build(empty, BuildSettings(), 1)

    @pytest.mark.parametrize("wrong", [{"solvers": 0}, {"differs": -1}, {"solvers": 1.5}, {"differs": 100_001}])
    def test_wrong_numbers_are_refused(self, wrong: dict[str, int]) -> None:
        with pytest.raises(InputError, match="expected an integer from"):
            BuildSettings(**wrong)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a task, programs, and a workspace in which they ran."""
    made = tmp_path_factory.mktemp("build")
    write_task(made / "tasks", mirror_task("mirror"))
    (made / "programs.py").write_text(PROGRAMS)
    done = arcbatt("run", "mirror", "--data", "tasks", "-b", "programs.py", "--min-score", "0", cwd=made)
    assert done.returncode == 0, done.stderr
    return made


class TestCommand:
    def test_writes_a_battery_that_runs_and_keeps_its_lineage(self, folder: Path) -> None:
        done = arcbatt("build", "-c", "20", "-o", "next.py", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout == "20 solvers, 2 differs in next.py, 22 of them new\n"
        battery = parse_battery_file(folder / "next.py")
        again = arcbatt("build", "-c", "20", "-o", "-", cwd=folder)
        assert again.stdout == (folder / "next.py").read_text()
        data = ["--data", "tasks"]
        run = arcbatt("run", "mirror", *data, "-b", "next.py", "--min-score", "0", "--json", "-", cwd=folder)
        kept = [row["name"] for row in json.loads(run.stdout)["tasks"][0]["kept"]]
        child = next(battery.program(name) for name in battery.solvers if name in kept)
        parent = json.loads(arcbatt("show", child.md5, *data, "--json", cwd=folder).stdout)["parents"][0]
        assert f"from {parent['md5']} by {parent['mutation']}" in arcbatt("show", child.md5, *data, cwd=folder).stdout
        above = json.loads(arcbatt("show", parent["md5"], *data, "--json", cwd=folder).stdout)
        assert above["children"] > 0
        assert above["parents"] == []

    def test_no_lineage_and_frozen_programs_leave_the_store_untouched(self, folder: Path) -> None:
        before = tree(folder / ".arcbatt")
        done = arcbatt("build", "--no-lineage", "--seed", "7", "-o", "-", cwd=folder)
        assert "solve_mut_" in done.stdout
        assert arcbatt("build", "--freeze-solvers", "--freeze-differs", "-o", "-", cwd=folder).returncode == 0
        assert tree(folder / ".arcbatt") == before

    def test_builds_for_a_task_with_weights_of_ones_own(self, folder: Path) -> None:
        common = ["build", "--task", "mirror", "--data", "tasks", "-o", "-", "--no-lineage"]
        texts = [arcbatt(*common, *more, cwd=folder).stdout for more in ([], ["--mutation", "wrap=50,mean_steps=3"])]
        assert all("def battery" in text for text in texts)
        assert texts[0] != texts[1]

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--mutation", "warp=1"], "'warp' is neither an operator"),
            (["--task", "nothing", "--data", "tasks"], "unknown task"),
            (["--data", "tasks"], "give --task TASK too"),
            (["--workspace", "nowhere"], "nowhere"),
        ],
    )
    def test_wrong_input_is_told_in_a_line(self, folder: Path, arguments: list[str], told: str) -> None:
        done = arcbatt("build", "-o", "wrong.py", *arguments, cwd=folder)
        assert done.returncode == 2
        assert told in done.stderr
        assert "Traceback" not in done.stderr
        assert not (folder / "wrong.py").exists()
