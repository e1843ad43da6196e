from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import begin, check_files, key, result, solver

from arcbatt.store import TaskRecord, open_store

SIZES = {number: number % 3 for number in range(8)}

outcomes = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))
"""Demo samples solved, right cells of another, fuel."""
solvers_of_a_save = st.dictionaries(st.integers(0, 7), outcomes, max_size=6)
saves = st.lists(st.tuples(st.sampled_from("ab"), solvers_of_a_save, st.integers(1, 4)), max_size=6)


@settings(max_examples=40)
@given(saves)
def test_a_store_evicts_like_a_simple_model(saves: list[tuple[str, dict[int, tuple[int, int, int]], int]]) -> None:
    programs = {number: solver(number, size=SIZES[number]) for number in SIZES}
    model: dict[str, dict[int, tuple[int, int, int]]] = {"a": {}, "b": {}}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), create=True) as store:
        run = begin(store)
        for task, solvers, keep in saves:
            results = [result(programs[n], right, fuel, cells=cells) for n, (right, cells, fuel) in solvers.items()]
            record = TaskRecord(key(task), tuple(programs[n] for n in solvers), tuple(results), (), "{}")
            kept = store.save_task(run, record, keep=keep)
            merged = {**model[task], **solvers}

            def rank(number: int, merged: dict[int, tuple[int, int, int]] = merged) -> tuple[int, int, int, int, str]:
                right, cells, fuel = merged[number]
                return (-right, -cells, SIZES[number], fuel, programs[number].md5)

            model[task] = {n: merged[n] for n in sorted(merged, key=rank)[:keep]}
            assert kept == {programs[n].md5 for n in solvers if n in model[task]}
            expected = [(t, programs[n].md5, right, fuel) for t in "ab" for n, (right, _, fuel) in model[t].items()]
            found = [(s.task.id, s.result.md5, s.result.demo_right, s.result.fuel) for s in store.scores()]
            assert found == expected
            assert {p.md5 for p in store.programs()} == {md5 for _, md5, _, _ in expected}
            check_files(store)
