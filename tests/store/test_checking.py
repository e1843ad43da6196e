"""What a look through a store finds, and what a vacuum takes away."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import begin, digest, md5_of, solver, table, task_record
from test_copying import content, fill

from arcbatt.errors import StoreError
from arcbatt.results.task_table import RunProgram
from arcbatt.store import Store, StorePlace, open_store
from arcbatt.store.checking import problems
from arcbatt.store.sql.sql_store import SqlStore
from arcbatt.store.vacuuming import vacuum
from support.command import tree

DATA = Path(__file__).parent / "data"


def found(place: StorePlace) -> list[str]:
    with open_store(place, create=False, read_only=True) as store:
        assert isinstance(store, SqlStore)
        return [problem.what for problem in problems(store)]


def change(place: Path, *statements: str) -> None:
    with closing(sqlite3.connect(place / "arcbatt.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_store_has_no_problems(place: StorePlace) -> None:
    with open_store(place, create=True) as store:
        fill(store)
    assert found(place) == []


@pytest.mark.parametrize("sample", sorted(path.name for path in DATA.glob("schema_*.db")))
@pytest.mark.parametrize("is_upgraded", [False, True])
def test_a_store_of_every_earlier_schema_is_sound(tmp_path: Path, sample: str, is_upgraded: bool) -> None:
    shutil.copy(DATA / sample, tmp_path / "arcbatt.db")
    if is_upgraded:
        open_store(tmp_path, create=False).close()
    # its files were left behind
    assert [what for what in found(tmp_path) if "file is missing" not in what] == []


CASES = {
    "UPDATE program_texts SET text = text || ' ' WHERE md5 = (SELECT min(md5) FROM programs)": "its text has the MD5",
    "DELETE FROM program_texts WHERE md5 = (SELECT min(md5) FROM programs)": "a program without its text",
    "DELETE FROM programs WHERE md5 = (SELECT min(md5) FROM scores)": "a score of no stored solver",
    "UPDATE programs SET name = char(10) WHERE md5 = (SELECT min(md5) FROM programs)": "expected 1 to 200 printable",
    "UPDATE programs SET origin = 'x' WHERE md5 = (SELECT min(md5) FROM programs)": "of no known origin",
    "UPDATE program_names SET name = char(7)": "expected 1 to 200 printable",
    "DELETE FROM task_names WHERE is_first = 1": "a task without its first id",
    "UPDATE task_names SET is_first = 1": "a task with several first ids",
    "DELETE FROM tasks WHERE digest IN (SELECT digest FROM scores)": "a score on no known task",
    "UPDATE tasks SET demo_count = -1": "-1",
    "UPDATE scores SET near = near + 1": "does not fit its result",
    "UPDATE scores SET fuel = 'much'": "fuel is 'much'",
    "DELETE FROM score_results": "without its result",
    "DELETE FROM scores WHERE md5 = (SELECT min(solver_md5) FROM differ_scores)": "a differ's score on no solver's",
    "DELETE FROM programs WHERE kind = 'differ'": "a score of no stored differ",
    "UPDATE lineage SET mutation = ''": "lineage",
    "UPDATE runs SET series = 77 WHERE id = 1": "a run that resumes one that is not there",
    "UPDATE runs SET phases = '['": "phases",
    "DELETE FROM runs WHERE id = 1": "a done task of no run",
    "UPDATE done_tasks SET summary = '{'": "no JSON",
    "DELETE FROM run_programs": "no programs that they are of",
    "UPDATE run_programs SET programs = x'00'": "programs of a run",
    "UPDATE run_tables SET verdicts = x'0000'": "run 1, task",
    "UPDATE task_times SET wall_s = -1": "wall_s",
    "DELETE FROM evolutions": "generations of no evolution",
    "DELETE FROM evolution_generations WHERE generation = 0": "generations are missing",
    "UPDATE evolution_pool SET text = ''": "pool",
    "INSERT INTO claims VALUES (9, 'x', 9, NULL)": "a task claimed by no driver",
    "UPDATE drivers SET beat = -1": "driver: beat",
}


def test_each_kind_of_damage_is_found_and_nothing_is_changed(tmp_path: Path) -> None:
    with open_store(tmp_path / "sound", create=True) as store:
        fill(store)
    for number, (statement, words) in enumerate(CASES.items()):
        place = tmp_path / str(number)
        shutil.copytree(tmp_path / "sound", place)
        change(place, statement)
        before = {name: text for name, text in tree(place).items() if not name.endswith(("-shm", "-wal"))}
        told = found(place)
        assert any(words in what for what in told), (statement, told)
        assert all("\n" not in what for what in told)
        assert before.items() <= tree(place).items()


def test_a_table_of_other_programs_is_found(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        run, program = begin(store), solver(1)
        store.save_run_programs(run, [RunProgram(program.md5, program.name, program.size, program.text)])
        store.save_task(run, replace(task_record("a", [program]), table=table(2)))
    assert found(tmp_path) == [f"run 1, task {digest('a')}: results of 2 programs, the run had 1"]


def test_files_that_are_missing_changed_or_more_are_found(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        store.add_programs([solver(number) for number in range(3)])
    missing, changed, more = (tmp_path / "solver_md5" / f"{solver(n).md5}.py" for n in (0, 1, 5))
    missing.unlink()
    changed.write_text("def solve(S, I):\n    return I\n")
    more.write_text(solver(5).text)
    told = found(tmp_path)
    assert len(told) == 3
    assert sum("missing, or another text" in what for what in told) == 2
    assert f"{more}: a file of no stored program; it may be yours" in told


def test_broken_pages_of_the_database_are_found(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        fill(store)
    database = tmp_path / "arcbatt.db"
    damaged = bytearray(database.read_bytes())
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'lineage_by_parent'"
        ((root,),) = connection.execute(query).fetchall()
        ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    damaged[(root - 1) * size + 8 : (root - 1) * size + 12] = b"\xff\xff\xff\xff"
    database.write_bytes(damaged)
    assert any("arcbatt.db" in what for what in found(tmp_path))


class TestVacuum:
    def swept(self, store: Store) -> dict[str, int]:
        assert isinstance(store, SqlStore)
        return vacuum(store, patience_s=0.5).rows

    def test_all_that_a_reader_comes_to_stays(self, place: StorePlace) -> None:
        with open_store(place, create=True) as store:
            fill(store)
            store.finish_run(2, "interrupted", None, {})
        with open_store(place, create=False) as store:
            before = content(store)
            assert self.swept(store) == {}
            assert content(store) == before

    def test_what_newer_runs_replaced_goes(self, place: StorePlace) -> None:
        with open_store(place, create=True) as store:
            for resume in (False, True, False, True):
                run = begin(store, resume=resume)
                for name in "ab":
                    store.save_task(run, replace(task_record(name, [solver(1)]), table=table(1)))
                store.finish_run(run, "finished", None, {})
            begun = begin(store, "other")
            store.save_task(begun, task_record("c", [solver(2)]))
            store.finish_run(begun, "finished", None, {})
            before = content(store)
            assert self.swept(store) == {"done_tasks": 6}
            assert content(store) == before
            assert self.swept(store) == {}

    def test_programs_that_a_killed_session_left_go_and_those_of_others_stay(self, place: StorePlace) -> None:
        with open_store(place, create=True) as store:
            store.add_programs([solver(7)])
            run = begin(store)
            store.claims.join(run)
            store.save_task(run, task_record("a", [solver(1)]), keep=1, claimed=True)
            other = begin(store, "other")
            store.save_task(other, task_record("a", [solver(2)], right=3), keep=1)
            assert {program.md5 for program in store.programs()} == {solver(n).md5 for n in (1, 2, 7)}
            rows = self.swept(store)  # the driver says nothing: it is taken for dead
            assert {program.md5 for program in store.programs()} == {solver(n).md5 for n in (2, 7)}
            assert rows.get("programs", 1) == 1
        assert found(place) == []

    def test_parts_of_what_is_not_there_go(self, tmp_path: Path) -> None:
        with open_store(tmp_path, create=True) as store:
            fill(store)
            store.finish_run(2, "interrupted", None, {})
            expected = content(store)
        change(
            tmp_path, f"INSERT INTO program_texts VALUES ('{md5_of('x')}', 'x')",
            f"INSERT INTO done_tasks VALUES (99, '{md5_of('x')}', '{{}}')",
            f"INSERT INTO claims VALUES (99, '{md5_of('x')}', 99, NULL)",
            "INSERT INTO drivers VALUES (99, 99, 99, 0, 0)",
        )  # fmt: skip
        assert len(found(tmp_path)) == 4
        with open_store(tmp_path, create=False) as store:
            assert self.swept(store) == {"program_texts": 1, "done_tasks": 1, "drivers": 1, "claims": 1}
            assert content(store) == expected
        assert found(tmp_path) == []

    def test_it_gives_space_back(self, place: StorePlace) -> None:
        with open_store(place, create=True) as store:
            for number in range(6):
                record = task_record("a", [solver(n) for n in range(200)])
                run = begin(store)
                store.save_task(run, replace(record, summary='{"x":"' + "y" * 300_000 + '"}'), keep=100)
                store.finish_run(run, "finished", None, {})
                assert number < 6
            assert isinstance(store, SqlStore)
            done = vacuum(store)
            assert done.rows == {"done_tasks": 5}
            assert done.after < done.before

    def test_drivers_at_work_are_left_alone(self, place: StorePlace) -> None:
        import threading

        with open_store(place, create=True) as store, open_store(place, create=False) as other:
            run = begin(store)
            store.claims.join(run)
            over = threading.Event()

            def live() -> None:
                while not over.wait(0.05):
                    store.claims.beat(run)

            thread = threading.Thread(target=live)
            thread.start()
            try:
                assert isinstance(other, SqlStore)
                with pytest.raises(StoreError, match="run 1 is at work"):
                    vacuum(other, patience_s=20)
            finally:
                over.set()
                thread.join()
