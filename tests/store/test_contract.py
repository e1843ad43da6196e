"""What every store promises: one suite for all backends (see ``make_store``)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from store_samples import (
    begin,
    check_files,
    differ,
    digest,
    failed,
    key,
    md5_of,
    result,
    solver,
    start,
    task_record,
    verdict,
)

from arcbatt.engine.outcome import FailureKind
from arcbatt.errors import InputError, StoreError, UnknownProgramError
from arcbatt.results import ProgramResult
from arcbatt.store import DifferScoreRecord, LineageRecord, PhaseSeconds, RunTotals, ScoreRecord, Store, TaskRecord

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
        assert [program.md5 for program in store.find_programs("solve_c")] == [solver(1).md5]
        assert store.names("0" * 32) == []

    def test_found_by_md5_and_prefix(self, store: Store) -> None:
        store.add_programs(ALL)
        for program in ALL:
            assert store.find_programs(program.md5) == [program]
            assert store.find_programs(program.md5[:10].upper()) == [program]

    def test_unknown_words_are_named(self, store: Store) -> None:
        store.add_programs([solver(1), solver(2)])
        for word in ("0" * 32, solver(1).md5[:3], "", "nobody", "%", "x" * 500, "\0"):
            with pytest.raises(UnknownProgramError, match="none in"):
                store.find_programs(word)

    def test_of_programs_with_one_name_the_best_comes_first(self, store: Store) -> None:
        """Tasks solved, then demo samples, then right cells, then size, then md5."""
        unscored = sorted([solver(1, name="same"), solver(2, name="same")], key=lambda program: program.md5)
        by_size = [solver(3, name="same", size=0), *unscored]
        near, right, solving = (solver(number, name="same", size=9) for number in (4, 5, 6))
        store.add_programs([*by_size, near, right, solving])
        run = begin(store)
        results = (result(near, 0, cells=9), result(right, 1), result(solving, 3))
        store.save_task(run, TaskRecord(key("t"), (near, right, solving), results, (), "{}"))
        assert store.find_programs("same") == [solving, right, near, *by_size]

    def test_ambiguous_prefix(self, store: Store) -> None:
        by_prefix: dict[str, list[int]] = {}
        for number in range(2000):
            by_prefix.setdefault(solver(number).md5[:4], []).append(number)
        prefix, numbers = next((prefix, found) for prefix, found in by_prefix.items() if len(found) > 1)
        store.add_programs([solver(number) for number in numbers])
        with pytest.raises(InputError, match=f"digits of {len(numbers)} MD5s .*{prefix}"):
            store.find_programs(prefix)


class TestScores:
    def test_a_saved_task_comes_back(self, store: Store) -> None:
        record = task_record("t", ALL[:3], DIFFERS)
        kept = store.save_task(begin(store), record)
        assert kept == {program.md5 for program in ALL[:3]}
        assert [found.result for found in store.scores()] == list(record.results)
        assert set(store.differ_scores()) == set(record.differ_scores)
        assert set(store.programs()) == set(record.programs)
        check_files(store)

    def test_every_field_survives(self, store: Store) -> None:
        demo = (failed(FailureKind.LIMIT, 2**62, "out of fuel"), verdict(False, 7, right_cells=9), verdict(True))
        test = (verdict(None), failed(FailureKind.TIMEOUT))
        odd = ProgramResult(ALL[0].md5, "another name", 2**40, demo, test, (900, 10, 10), 1e-9)
        task = key("t", test_count=2)
        differ_score = DifferScoreRecord(task.digest, ALL[0].md5, DIFFERS[0].md5, None, 2**40, None)
        store.save_task(begin(store), TaskRecord(task, (ALL[0], DIFFERS[0]), (odd,), (differ_score,), "{}"))
        (found,) = store.scores()
        assert found == ScoreRecord(task, odd)
        assert found.result.seconds == odd.seconds  # takes no part in the comparison
        assert store.differ_scores() == [differ_score]

    def test_of_a_message_300_printable_characters_are_stored(self, store: Store) -> None:
        long = replace(result(ALL[0]), test=(failed(message="\x1b[2J" + "n" * 1000),))
        store.save_task(begin(store), TaskRecord(key("t"), (ALL[0],), (long,), (), "{}"))
        (found,) = store.scores()
        assert found.result == replace(long, test=(failed(message="\ufffd[2J" + "n" * 296),))

    def test_order_is_best_first(self, store: Store) -> None:
        """Demo samples, right cells, size, fuel, md5."""
        equal = sorted([solver(12, size=2), solver(13, size=2)], key=lambda program: program.md5)
        ranked = [
            result(ALL[0], 3, 900), result(ALL[1], 2, 900, cells=9), result(solver(10), 2, 10, cells=8),
            result(equal[0], 2, 50, cells=8), result(equal[1], 2, 50, cells=8),
            result(solver(14, size=2), 2, 51, cells=8), result(solver(11, size=5), 2, 5, cells=8),
        ]  # fmt: skip
        programs = (*ALL[:2], solver(10), *equal, solver(14, size=2), solver(11, size=5))
        run = begin(store)
        store.save_task(run, TaskRecord(key("t"), programs, tuple(reversed(ranked)), (), "{}"))
        store.save_task(run, task_record("a", [ALL[5]]))
        assert [found.result.md5 for found in store.scores()] == [ALL[5].md5] + [found.md5 for found in ranked]

    def test_filters(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:2], DIFFERS))
        store.save_task(run, task_record("b", ALL[1:3], DIFFERS))
        assert {found.task for found in store.scores(digest("a"))} == {key("a")}
        assert [found.task.id for found in store.scores(md5=ALL[1].md5)] == ["a", "b"]
        assert len(store.scores(digest("b"), ALL[1].md5)) == 1
        assert store.scores(digest("c")) == []
        assert len(store.differ_scores(digest=digest("a"), differ_md5=DIFFERS[0].md5)) == 2
        assert len(store.differ_scores(solver_md5=ALL[1].md5)) == 4

    def test_a_rerun_replaces(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("t", ALL[:2], DIFFERS))
        store.save_task(run, task_record("t", ALL[:1], DIFFERS[:1], right=2))
        assert [found.result.demo_right for found in store.scores(md5=ALL[0].md5)] == [2]
        assert [found.result.demo_right for found in store.scores(md5=ALL[1].md5)] == [1]
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


class TestTasks:
    def test_two_sets_with_one_id_are_two_tasks(self, store: Store) -> None:
        first, second = key("1", samples="A"), key("1", samples="B", demo_count=2)
        run = begin(store)
        store.save_task(run, task_record(first, ALL[:1]), keep=1)
        other = ProgramResult(ALL[1].md5, "v", 1, (verdict(True), verdict(False)), (verdict(True),), (10, 10))
        assert store.save_task(run, TaskRecord(second, ALL[1:2], (other,), (), "{}"), keep=1) == {ALL[1].md5}
        assert store.task_keys("1") == sorted([first, second], key=lambda task: task.digest)
        assert [found.result.md5 for found in store.scores(first.digest)] == [ALL[0].md5]
        assert [found.result.md5 for found in store.scores(second.digest)] == [ALL[1].md5]
        assert store.done_tasks("key").keys() == {first.digest, second.digest}

    def test_samples_with_two_ids_are_one_task(self, store: Store) -> None:
        first, other = key("b", samples="same"), key("a", samples="same")
        store.name_tasks([first, other, first])
        store.save_task(begin(store), task_record(other, ALL[:1]))
        store.name_tasks([other, key("c")])
        assert store.tasks() == [first, key("c")]
        assert (store.task_keys("a"), store.task_keys("b"), store.task_keys("z")) == ([other], [first], [])
        assert [found.task for found in store.scores()] == [first]


    def test_the_ids_of_a_task_are_the_first_and_the_others_sorted(self, store: Store) -> None:
        store.name_tasks([key(task_id, samples="same") for task_id in ("m", "z", "a")])
        assert store.task_ids(key("m", samples="same").digest) == ["m", "a", "z"]
        assert store.task_ids(digest("unknown")) == []


class TestAddedScores:
    def test_they_stand_beside_those_of_runs(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("t", ALL[:1], DIFFERS[:1]))
        store.add_programs([*ALL[:3], *DIFFERS])
        added = [ScoreRecord(key(task), result(program, 2, 7)) for task in "tu" for program in ALL[:3]]
        more = [DifferScoreRecord(digest("t"), p.md5, d.md5, 1, 2) for p in ALL[:2] for d in DIFFERS]
        assert store.add_scores(added, more) == 5
        assert store.add_scores(added, more) == 0
        assert [(s.task.id, s.result.md5, s.result.fuel) for s in store.scores() if s.result.md5 == ALL[0].md5] == [
            ("t", ALL[0].md5, 100), ("u", ALL[0].md5, 7),
        ]  # fmt: skip
        assert [s.iz for s in store.differ_scores(digest("t"), ALL[0].md5, DIFFERS[0].md5)] == [3]
        assert len(store.differ_scores(digest("t"))) == 4
        assert store.tasks() == [key("t"), key("u")]
        assert store.done_tasks("key").keys() == {digest("t")}

    def test_no_keep_limits_them_until_a_run_saves_the_task(self, store: Store) -> None:
        store.add_programs(ALL)
        store.add_scores([ScoreRecord(key("t"), result(program, fuel=fuel)) for fuel, program in enumerate(ALL)])
        store.save_task(begin(store), task_record("t", [solver(9)], right=3), keep=3)
        assert [s.result.md5 for s in store.scores()] == [solver(9).md5, ALL[0].md5, ALL[1].md5]
        assert set(ALL) <= set(store.programs())

    def test_what_does_not_fit_is_refused_as_a_whole(self, store: Store) -> None:
        store.add_programs([*ALL[:2], *DIFFERS])
        good = ScoreRecord(key("t"), result(ALL[0]))
        known, unscored = (DifferScoreRecord(digest("t"), p.md5, DIFFERS[0].md5, 1, 1) for p in ALL[:2])
        wrong = [
            ([good, ScoreRecord(key("t"), result(ALL[3]))], [], "no solver of that MD5"),
            ([good, ScoreRecord(key("t"), result(DIFFERS[0]))], [], "no solver of that MD5"),
            ([good, good], [], "given twice"), ([good], [known, known], "given twice"),
            ([good], [known, unscored], "has no score on task"),
            ([good], [replace(known, differ_md5=ALL[0].md5)], "no differ of that MD5"),
        ]  # fmt: skip
        for scores, differ_scores, message in wrong:
            with pytest.raises(InputError, match=message):
                store.add_scores(scores, differ_scores)
        assert (store.scores(), store.differ_scores(), store.tasks()) == ([], [], [])


class TestEviction:
    def test_the_last_by_rank_go_first(self, store: Store) -> None:
        small = sorted([solver(20, size=1), solver(21, size=1)], key=lambda program: program.md5)
        ranked = [
            (ALL[0], result(ALL[0], 2, 900)), (ALL[1], result(ALL[1], 1, 900, cells=9)),
            (ALL[2], result(ALL[2], 1, 10, cells=3)), *((p, result(p, 1, 50)) for p in small),
            (solver(22, size=9), result(solver(22, size=9), 1, 5)), (ALL[3], result(ALL[3], 0, 1)),
        ]  # fmt: skip
        record = TaskRecord(key("t"), tuple(p for p, _ in ranked), tuple(r for _, r in ranked), (), "{}")
        run = begin(store)
        for keep in range(len(ranked), 0, -1):
            kept = store.save_task(run, record, keep=keep)
            assert kept == {program.md5 for program, _ in ranked[:keep]}
            assert [found.result.md5 for found in store.scores()] == [program.md5 for program, _ in ranked[:keep]]
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
        worse = (result(ALL[0], 0), result(ALL[5], 1))
        store.save_task(run, TaskRecord(key("t"), (ALL[0], ALL[5]), worse, (), "{}"), keep=2)
        assert {found.result.md5 for found in store.scores()} == {ALL[1].md5, ALL[5].md5}

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
        results = (result(low, test_right=False, seconds=9.0), result(high, test_right=True, seconds=0.1))
        assert store.save_task(begin(store), TaskRecord(key("t"), (low, high), results, (), "{}"), keep=1) == {low.md5}


class TestRuns:
    def test_a_run_from_begin_to_end(self, store: Store) -> None:
        run = begin(store)
        (record,) = store.runs()
        assert (record.id, record.series, record.status, record.finished) == (run, run, "running", None)
        assert (record.totals, record.phases) == (None, {})
        begun = start()
        for name in begun.__slots__:
            assert getattr(record, name) == getattr(begun, name)
        totals = RunTotals(400, 399, 1, None, 20, 1000, 640)
        phases = {"main.run_batt": PhaseSeconds(1.5, None), "run_batt.phase1_filter": PhaseSeconds(None, 0.25)}
        store.finish_run(run, "finished", totals, phases)
        (record,) = store.runs()
        assert (record.status, record.totals, record.phases) == ("finished", totals, phases)
        assert record.finished is not None
        assert record.finished >= record.started
        for wrong, status in ((run, "finished"), (run + 1, "finished"), (run, "running"), (run, "")):
            with pytest.raises(InputError, match="run"):
                store.finish_run(wrong, status, None, {})

    def test_resuming_goes_on_with_the_newest_series_of_the_key(self, store: Store) -> None:
        assert store.done_tasks("key") == {}
        store.save_task(begin(store), task_record("b", ALL[:1]))
        store.save_task(begin(store, "other"), task_record("z", ALL[:1]))
        store.save_task(begin(store, resume=True), task_record("a", ALL[:2]))
        expected = {digest("a"): '{"candidates": 2}', digest("b"): '{"candidates": 1}'}
        assert store.done_tasks("key") == expected
        assert list(store.done_tasks("key")) == sorted(expected)
        begin(store, resume=True)
        assert store.done_tasks("key") == expected
        assert [run.series for run in store.runs("key")] == [1, 1, 1]

    def test_a_run_without_resume_starts_anew(self, store: Store) -> None:
        store.save_task(begin(store), task_record("a", ALL[:1]))
        run = begin(store)
        assert store.done_tasks("key") == {}
        store.save_task(run, task_record("c", ALL[:1]))
        begin(store, resume=True)
        assert list(store.done_tasks("key")) == [digest("c")]

    def test_resuming_what_never_ran_starts_anew(self, store: Store) -> None:
        run = begin(store, resume=True)
        assert store.runs()[0].series == run

    def test_saving_a_task_twice_keeps_the_later_summary(self, store: Store) -> None:
        run = begin(store)
        store.save_task(run, task_record("a", ALL[:1]))
        store.save_task(run, task_record("a", ALL[:2]))
        assert store.done_tasks("key") == {digest("a"): '{"candidates": 2}'}


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
        assert store.programs() == []
        assert store.done_tasks("key") == {}
        check_files(store)

    def test_it_survives_closing(self, make_store: Callable[[], Store]) -> None:
        with make_store() as first:
            run = begin(first)
            first.save_task(run, task_record("t", ALL, DIFFERS))
            first.finish_run(run, "finished", None, {})
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
