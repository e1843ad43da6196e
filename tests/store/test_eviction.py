from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import begin, check_files, md5_of, score, solver

from arcbatt.errors import InputError
from arcbatt.store import TaskRecord, open_store
from arcbatt.store.eviction import Standing, best

SIZES = {number: number % 3 for number in range(8)}

solvers_of_a_save = st.dictionaries(st.integers(0, 7), st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=6)
saves = st.lists(st.tuples(st.sampled_from("ab"), solvers_of_a_save, st.integers(1, 4)), max_size=6)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=8), st.integers(1, 9))
def test_the_best_do_not_depend_on_the_order(numbers: list[tuple[int, int, int]], keep: int) -> None:
    standings = [Standing(md5_of(str(index)), *values) for index, values in enumerate(numbers)]
    kept = best(standings, keep)
    assert kept == best(random.Random(0).sample(standings, len(standings)), keep)
    assert len(kept) == min(keep, len(standings))
    lost = [standing for standing in standings if standing.md5 not in kept]
    assert all(loser.rank() > standing.rank() for loser in lost for standing in standings if standing.md5 in kept)


def test_a_standing_of_a_stranger_is_refused() -> None:
    for wrong in (("../x", 1, 1, 1), (md5_of("a"), "1", 1, 1), (md5_of("a"), 1, None, 1), (None, 1, 1, 1)):
        with pytest.raises(InputError):
            Standing(*wrong)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(saves)
def test_a_store_evicts_like_a_simple_model(saves: list[tuple[str, dict[int, tuple[int, int]], int]]) -> None:
    programs = {number: solver(number, size=SIZES[number]) for number in SIZES}
    model: dict[str, dict[int, tuple[int, int]]] = {"a": {}, "b": {}}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), create=True) as store:
        run = begin(store)
        for task, solvers, keep in saves:
            scores = tuple(score(task, programs[n], right, fuel) for n, (right, fuel) in solvers.items())
            store.save_task(run, TaskRecord(task, tuple(programs[n] for n in solvers), scores, (), {}), keep=keep)
            merged = {**model[task], **solvers}
            ranked = sorted(merged, key=lambda n: (-merged[n][0], merged[n][1], SIZES[n], programs[n].md5))
            model[task] = {n: merged[n] for n in ranked[:keep]}
            expected = [(t, programs[n].md5, *model[t][n]) for t in "ab" for n in model[t]]
            assert [(s.task, s.md5, s.demo_right, s.fuel) for s in store.scores()] == expected
            assert {p.md5 for p in store.programs()} == {md5 for _, md5, _, _ in expected}
            check_files(store)
