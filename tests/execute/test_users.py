"""Workers that do not survive a user's primitive: the parent knows which, and items get their results without it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import FailureKind, Limits, Outcome, hangs, select_engine
from arcbatt.execute import Item, PoolExecutor
from arcbatt.program.parse import parse_programs
from support.hanging import write_hanging

GRID = ((1, 2),)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = write_hanging(tmp_path_factory.mktemp("users"))
    names = load_primitives(path)
    yield path
    for name in names:
        REGISTRY.remove(name)
    hangs.accept_again()


def load(path: str) -> None:
    load_primitives(path)


def run(state: Any, name: str) -> list[Outcome]:
    """The outcomes of a program that calls a primitive, and of one that does not."""
    text = f"def solve_a(I):\n    return {name}(I)\ndef solve_b(I):\n    return vmirror(I)\n"
    engine = select_engine("auto", Limits(timeout_s=0.3))
    outcomes = []
    for program in parse_programs(text):
        outcomes += engine.open(program.graph).bind(I=GRID).run([program.root])
    return outcomes


def pool(file: Path, jobs: int = 1) -> PoolExecutor:
    return PoolExecutor(partial(load, str(file)), jobs, 512 * 1024**2)


@pytest.mark.parametrize(("name", "told"), [
    ("blocks", "did not return within 0.3 s"),
    ("swallows", "did not return within 0.3 s"),
    ("exits", "did not return within 0.3 s"),
    ("crashes", "brought its worker down: the worker was killed by SIGSEGV"),
    ("loops", "did not return within 0.3 s"),
    ("keeps", ""),
])  # fmt: skip
def test_the_primitive_is_named_and_the_rest_has_its_results(file: Path, name: str, told: str) -> None:
    with pool(file) as executor:
        results = {result.key: result for result in executor.run([Item(n, run, (name,), 60.0) for n in range(3)])}
    assert len(results) == 3
    for result in results.values():
        assert result.failure is None
        bad, good = result.value
        assert good.value == ((2, 1),)
        assert bad.failure.kind is FailureKind.TIMEOUT
        assert bad.failure.call == name
        assert bad.failure.message.startswith(f"{name} {told}".strip())
    assert list(executor.refused) == [name]
    assert name in hangs.noted()


def test_what_spawns_threads_is_no_failure(file: Path) -> None:
    with pool(file) as executor:
        (result,) = executor.run([Item(0, run, ("spawns",), 60.0)])
    assert result.value[0].value == GRID
    assert executor.refused == {}


def test_a_pool_that_starts_again_still_refuses(file: Path) -> None:
    executor = pool(file)
    with executor:
        list(executor.run([Item(0, run, ("crashes",), 60.0)]))
    with executor:
        (result,) = executor.run([Item(0, run, ("crashes",), 60.0)])
    assert result.value[0].failure.message.startswith("crashes brought its worker down")


def test_runs_that_overlap_do_without_slots(file: Path) -> None:
    with pool(file) as executor:
        runs = [executor.run([Item(n, run, ("fine",), 60.0) for n in range(4)]) for _ in range(3)]
        firsts = [next(results) for results in runs]
        rest = [result for results in runs for result in results]
    assert len(firsts) + len(rest) == 12
    assert all(result.value[0].value == GRID for result in (*firsts, *rest))
