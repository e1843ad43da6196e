"""The packed form of verdicts: what goes in comes out, both engines give the same, and strangers' bytes are refused."""

from __future__ import annotations

from array import array
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import Battery, Limits, load_set, select_engine
from arcbatt.engine.digest import grid_digest
from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.packed import DIGEST_DIGITS, MAX_MESSAGE, pack, unpack
from arcbatt.engine.select import available_engines
from arcbatt.engine.verdict import Verdict
from arcbatt.library import starter_solvers

texts = st.text(max_size=20)
rights = st.sampled_from([True, False, None])
fuels = st.integers(0, 2**62)
failures = st.builds(Failure, st.sampled_from(list(FailureKind)), st.integers(0, 2**32 - 1), texts, texts)
verdicts = st.one_of(
    st.builds(Verdict, st.text("0123456789abcdef", min_size=32, max_size=32), st.just(True), rights, fuels, st.none(),
              st.integers(0, 900)),
    st.builds(Verdict, st.just(""), st.just(False), rights, fuels, st.none()),
    st.builds(Verdict, st.just(""), st.just(False), rights, fuels, failures),
)  # fmt: skip
tables = st.integers(0, 5).flatmap(
    lambda count: st.lists(st.lists(verdicts, min_size=count, max_size=count), min_size=1, max_size=4)
)


def kept(verdict: Verdict) -> Verdict:
    return Verdict(verdict.digest[:DIGEST_DIGITS], verdict.is_grid, verdict.is_right, verdict.fuel, verdict.failure,
                   verdict.right_cells)  # fmt: skip


def unpacked(data: bytes) -> list[list[Verdict]]:
    return [
        [replace(sample.outcome(number), fuel=fuel) for number, fuel in zip(sample.numbers, sample.fuel, strict=True)]
        for sample in unpack(data)
    ]


@given(tables)
def test_what_is_packed_comes_out_again(rows: list[list[Verdict]]) -> None:
    data = pack(rows, [7] * len(rows))
    assert unpacked(data) == [[kept(verdict) for verdict in row] for row in rows]
    for sample, row in zip(unpack(data), rows, strict=True):
        assert sample.cells == 7
        assert sample.right_cells() == [verdict.right_cells for verdict in row]
        assert {failure for _, failure in sample.failures()} == {v.failure for v in row if v.failure is not None}


@given(tables, st.data())
def test_damaged_bytes_are_refused_or_read_and_nothing_else(rows: list[list[Verdict]], data: st.DataObject) -> None:
    packed = bytearray(pack(rows, [7] * len(rows)))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with suppress(ValueError):  # any other error fails the test
        unpack(bytes(packed))
    with pytest.raises(ValueError, match=r"cut short|unknown kind"):
        unpack(pack(rows, [7] * len(rows))[:-1])


def test_long_messages_are_cut() -> None:
    failure = Failure(FailureKind.ERROR, 1, "f", "é" * 1000)
    ((_, kept_failure),) = unpack(pack([[Verdict("", False, False, 1, failure)]], [1]))[0].failures()
    assert kept_failure.message == "é" * MAX_MESSAGE


@pytest.mark.skipif("native" not in available_engines(), reason="the native engine is not installed")
def test_both_engines_pack_the_same_but_for_messages() -> None:
    task = load_set()["007bbfb7"]
    battery = Battery.of(starter_solvers())
    cells = [len(sample.output or ()) * len((sample.output or ((),))[0]) for sample in task.samples]
    tables = []
    for name in ("python", "native"):
        scope = select_engine(name, Limits(fuel=100_000)).open(battery.graph).bind(S=task.pairs)
        rows = [row for row, _ in scope.judge_samples(list(battery.solvers.values()), task.samples)]
        packed, nanoseconds = rows[0].pack(rows, cells)
        numbers = array("Q", nanoseconds)
        assert len(numbers) == len(battery.solvers)
        assert sum(numbers) > 0
        assert packed == pack(rows, cells)
        tables.append([[without_message(verdict) for verdict in row] for row in unpacked(packed)])
    assert tables[0] == tables[1]


def without_message(verdict: Verdict) -> tuple[object, ...]:
    failure = verdict.failure and (verdict.failure.kind, verdict.failure.step, verdict.failure.call)
    return verdict.digest, verdict.is_grid, verdict.is_right, verdict.fuel, failure, verdict.right_cells


@given(st.integers(1, 30), st.integers(1, 30), st.randoms())
def test_digests_tell_grids_apart(height: int, width: int, rng: object) -> None:
    cells = bytes(rng.randrange(10) for _ in range(height * width))  # type: ignore[attr-defined]
    other = bytes([(cells[0] + 1) % 10]) + cells[1:]
    assert grid_digest(height, cells) == grid_digest(height, bytes(cells))
    assert grid_digest(height, cells) != grid_digest(height, other)
    assert grid_digest(height, cells) != grid_digest(height + 1, cells)
