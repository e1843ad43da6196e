"""What every store promises of evolutions."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import pytest
from store_samples import begin, check_files, differ, digest, generation, key, solver, task_record

from arcbatt.errors import InputError
from arcbatt.store import EvolutionRecord, GenerationRecord, LineageRecord, Store, StorePlace, open_store

FORK = multiprocessing.get_context("fork")


def test_what_goes_in_comes_out_of_another_store(make_store: Callable[[], Store]) -> None:
    store = make_store()
    run = begin(store)
    store.begin_evolution(run, '{"seed":1}', [solver(2).text, solver(1).text, differ(1).text])
    lineage = LineageRecord(solver(4).md5, solver(3).md5, "swap")
    kept = store.save_generation(run, generation(0, {"u": [5, 3], "t": [3, 4]}, [lineage]))
    assert kept == {digest("t"): {solver(3).md5}, digest("u"): {solver(5).md5}}
    other = make_store()
    assert other.evolutions() == [EvolutionRecord(run, "key", '{"seed":1}', '{"generation": 0}')]
    assert other.evolution_pool(run) == (solver(2).text, solver(1).text, differ(1).text)
    assert list(other.populations(run).items()) == [
        (digest("t"), (solver(3).text, solver(4).text)), (digest("u"), (solver(5).text, solver(3).text)),
    ]  # fmt: skip
    assert other.generations(run) == ['{"generation": 0, "tasks": ["t", "u"]}']
    assert other.lineage() == [lineage]
    found = {(score.task.id, score.result.md5) for score in other.scores()}
    assert found == {("t", solver(3).md5), ("u", solver(5).md5)}
    assert other.done_tasks("key") == {}


def test_a_population_replaces_the_one_before_and_leaves_other_tasks(store: Store) -> None:
    run = begin(store)
    store.begin_evolution(run, "{}", [])
    store.save_generation(run, generation(0, {"t": [1, 2, 3], "u": [5]}))
    store.save_generation(run, generation(1, {"t": [4]}))
    assert store.populations(run) == {digest("t"): (solver(4).text,), digest("u"): (solver(5).text,)}
    assert [json.loads(line)["generation"] for line in store.generations(run)] == [0, 1]


def test_members_stay_when_their_scores_are_evicted(store: Store) -> None:
    run = begin(store)
    store.begin_evolution(run, "{}", [])
    store.save_generation(run, generation(0, {"t": [1, 2, 3]}), keep=1)
    kept = store.save_generation(run, generation(1, {"u": [4, 9]}, right=2), keep=1)
    store.save_task(run, task_record("t", [solver(7)], right=3), keep=1)
    assert kept == {digest("u"): {solver(4).md5}}
    assert store.populations(run)[digest("t")] == (solver(1).text, solver(2).text, solver(3).text)
    assert {program.md5 for program in store.programs()} == {solver(4).md5, solver(7).md5}
    check_files(store)


def test_evolutions_do_not_mix(store: Store) -> None:
    first, second = begin(store, "a"), begin(store, "b")
    store.begin_evolution(first, '{"n":1}', [solver(1).text])
    store.begin_evolution(second, '{"n":2}', [solver(2).text])
    store.save_generation(second, generation(0, {"t": [2]}))
    store.save_generation(first, generation(0, {"t": [1]}))
    assert [(e.key, e.settings) for e in store.evolutions()] == [("a", '{"n":1}'), ("b", '{"n":2}')]
    assert store.populations(first) == {digest("t"): (solver(1).text,)}
    resumed = begin(store, "a", resume=True)
    store.save_generation(resumed, generation(1, {"t": [3]}))
    assert store.populations(first) == {digest("t"): (solver(3).text,)}
    assert store.populations(second) == {digest("t"): (solver(2).text,)}
    assert (store.populations(99), store.generations(99), store.evolution_pool(99)) == ({}, [], ())


def test_a_generation_out_of_turn_is_refused_and_nothing_of_it_stays(store: Store) -> None:
    run = begin(store)
    with pytest.raises(InputError, match="expected its generation 0 next"):
        store.save_generation(run, generation(0, {"t": [1]}))  # it does not evolve
    store.begin_evolution(run, "{}", [])
    for number in (1, 2):
        with pytest.raises(InputError, match=f"expected its generation 0 next, got {number}"):
            store.save_generation(run, generation(number, {"t": [1, 2]}))
    store.save_generation(run, generation(0, {"t": [1, 2]}))
    with pytest.raises(InputError, match="expected its generation 1 next, got 0"):
        store.save_generation(run, generation(0, {"t": [3, 2]}))
    with pytest.raises(InputError, match="evolves already"):
        store.begin_evolution(run, "{}", [])
    with pytest.raises(InputError, match="no such run"):
        store.begin_evolution(99, "{}", [])
    with pytest.raises(InputError, match="at least 1"):
        store.save_generation(run, generation(1, {"t": [3, 2]}), keep=0)
    assert store.populations(run) == {digest("t"): (solver(1).text, solver(2).text)}
    assert [program.md5 for program in store.programs()] == [solver(1).md5]


@pytest.mark.parametrize("wrong", [
    {"number": -1, "populations": {}}, {"number": 0, "populations": {key("t"): ("",)}},
    {"number": 0, "populations": {key("t"): [solver(1).text]}}, {"number": 0, "populations": {}, "state": {}},
    {"number": 0, "populations": {}, "line": ""},
    {"number": 0, "populations": {key("t"): (), key("other id", samples="t"): ()}},
    {"number": 0, "populations": {}, "tasks": (task_record("t", []), task_record("t", []))},
])  # fmt: skip
def test_a_record_checks_itself(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        GenerationRecord(**wrong)


def evolve_on_and_on(place: StorePlace, said: Connection) -> None:
    with open_store(place, create=True) as store:
        known = store.evolutions()
        run = begin(store, resume=True)
        if not known:
            store.begin_evolution(run, "{}", [solver(0).text])
        number = len(store.generations(1))
        said.send(number)
        while True:
            members = [10 * number, 10 * number + 1, 10 * number + 2]
            parents = [(member, member - 10) for member in members if number]
            lineage = [LineageRecord(solver(child).md5, solver(parent).md5, "swap") for child, parent in parents]
            store.save_generation(run, generation(number, {"t": members, "u": members[1:]}, lineage), keep=4)
            number += 1
            said.send(number)


def test_a_kill_leaves_whole_generations(place: StorePlace) -> None:
    chance = random.Random(0)
    for _ in range(12):
        mine, its = FORK.Pipe(duplex=False)
        process = FORK.Process(target=evolve_on_and_on, args=(place, its))
        process.start()
        its.close()
        for _ in range(1 + chance.randrange(3)):  # it gets further each time, however slow the machine is
            saved = mine.recv()
        time.sleep(chance.uniform(0, 0.03))
        os.kill(process.pid, signal.SIGKILL)
        try:
            while True:
                saved = mine.recv()
        except EOFError:
            process.join()
        with open_store(place, create=False) as store:
            (evolution,) = store.evolutions()
            done = len(store.generations(1))
            assert done in (saved, saved + 1)
            if done:
                last = 10 * (done - 1)
                assert json.loads(evolution.state) == {"generation": done - 1}
                assert store.populations(1)[digest("t")] == tuple(solver(last + number).text for number in range(3))
                assert store.populations(1)[digest("u")] == tuple(solver(last + number).text for number in (1, 2))
                assert len(store.lineage()) == 3 * (done - 1)
            check_files(store)
    assert done > 3
