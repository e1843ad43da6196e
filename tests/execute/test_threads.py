"""What only threads promise: states of their own, an end within moments, nothing left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from arcbatt.engine import FailureKind
from arcbatt.execute import Item, ThreadExecutor


class State:
    """Notes the thread that made it; work with it can be stopped."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.stopped = threading.Event()


def works_in(state: State, number: int) -> tuple[int, bool]:
    time.sleep(0.001)
    return number, state.thread == threading.get_ident()


def waits_for_the_end(state: State) -> bool:
    return state.stopped.wait(60)


def runs_out_of_memory(state: State) -> None:
    raise MemoryError


def has_a_bug(state: State) -> None:
    raise RuntimeError("a bug")


def executor(jobs: int = 2) -> ThreadExecutor:
    return ThreadExecutor(State, lambda state: state.stopped.set(), jobs)


def own_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("arcbatt")]


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    yield
    assert not own_threads()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_thread_has_a_state_of_its_own(jobs: int) -> None:
    with executor(jobs) as workers:
        found = [result.value for result in workers.run(Item(n, works_in, (n,)) for n in range(60))]
        assert sorted(found) == [(n, True) for n in range(60)]
        assert len(own_threads()) <= jobs


def test_items_are_drawn_as_they_are_needed() -> None:
    drawn = 0

    def items() -> Iterator[Item]:
        nonlocal drawn
        for number in range(1_000):
            drawn += 1
            yield Item(number, works_in, (number,))

    with executor() as workers:
        results = workers.run(items())
        next(results)
        assert drawn <= 8
        results.close()  # type: ignore[attr-defined]


def test_closing_the_iterator_stops_what_runs() -> None:
    with executor() as workers:
        results = workers.run([Item(0, works_in, (0,)), *(Item(n, waits_for_the_end, ()) for n in range(1, 9))])
        start = time.monotonic()
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert time.monotonic() - start < 5


def test_an_interrupt_between_results_stops_what_runs() -> None:
    def consume(results: Iterator[Any]) -> None:
        next(results)
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), executor() as workers:
        consume(workers.run([Item(0, works_in, (0,)), *(Item(n, waits_for_the_end, ()) for n in range(1, 9))]))
    assert time.monotonic() - start < 5


def test_memory_that_ran_out_fails_the_item_and_nothing_else() -> None:
    with executor() as workers:
        items = [Item("bad", runs_out_of_memory, ()), *(Item(n, works_in, (n,)) for n in range(5))]
        results = {result.key: result for result in workers.run(items)}
    assert results["bad"].failure is not None
    assert results["bad"].failure.kind is FailureKind.MEMORY
    assert all(results[n].failure is None for n in range(5))


def test_a_bug_comes_out_as_it_is_and_ends_the_rest() -> None:
    with executor() as workers, pytest.raises(RuntimeError, match="a bug"):
        list(workers.run([Item(0, has_a_bug, ()), *(Item(n, waits_for_the_end, ()) for n in range(1, 5))]))


def test_it_works_again_after_it_was_closed() -> None:
    workers = executor()
    for _ in range(3):
        assert len(list(workers.run(Item(n, works_in, (n,)) for n in range(5)))) == 5
        workers.close()
        workers.close()
