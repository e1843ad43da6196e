from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt import dsl
from arcbatt.dsl.values import MAX_INT, LimitError

PLACES = st.tuples(st.integers(-6, 6), st.integers(-6, 6))
PATCHES = st.frozensets(PLACES, min_size=1, max_size=6) | st.frozensets(
    st.tuples(st.integers(0, 9), PLACES), min_size=1, max_size=6
)


def fs(*items):
    return frozenset(items)


def edge(places):
    """Those of a full box that lie in its outermost rows and columns."""
    rows, columns = {i for i, _ in places}, {j for _, j in places}
    return frozenset(
        (i, j) for i, j in places if i in (min(rows), max(rows)) or j in (min(columns), max(columns))
    )


@given(PATCHES)
def test_boxes_follow_from_the_extent(patch):
    top, left = dsl.ulcorner(patch)
    bottom, right = dsl.lrcorner(patch)
    full = frozenset((i, j) for i in range(top, bottom + 1) for j in range(left, right + 1))
    wider = frozenset((i, j) for i in range(top - 1, bottom + 2) for j in range(left - 1, right + 2))
    assert dsl.backdrop(patch) == full
    assert dsl.delta(patch) == full - dsl.toindices(patch)
    assert dsl.box(patch) == edge(full)
    assert dsl.outbox(patch) == edge(wider)
    assert dsl.inbox(dsl.outbox(patch)) == dsl.box(patch)


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: dsl.backdrop(()), fs()),
    (lambda: dsl.delta(()), fs()),
    (lambda: dsl.box(()), ()),
    (lambda: dsl.box(fs()), fs()),
    (lambda: dsl.delta(((2, (0, 0)), (2, (0, 2)))), fs((0, 1))),
    (lambda: dsl.inbox(fs((3, 3))), dsl.neighbors((3, 3))),
    (lambda: dsl.inbox(fs((0, 0), (1, 1))), fs((0, 0), (0, 1), (1, 0), (1, 1))),
    (lambda: dsl.inbox(fs((0, 0), (2, 2))), fs((1, 1))),
])  # fmt: skip
def test_by_example(call, expected):
    assert call() == expected
    assert type(call()) is type(expected)


@pytest.mark.parametrize("call", [
    lambda: dsl.inbox(fs()),
    lambda: dsl.outbox(()),
    lambda: dsl.delta(((0, 0), (2, 2))),
    *[lambda f=f: f(fs(5)) for f in (dsl.backdrop, dsl.delta, dsl.box, dsl.inbox, dsl.outbox)],
    *[lambda f=f: f(None) for f in (dsl.backdrop, dsl.delta, dsl.box, dsl.inbox, dsl.outbox)],
    *[lambda f=f: f((1, 2)) for f in (dsl.backdrop, dsl.delta, dsl.box, dsl.inbox, dsl.outbox)],
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


@pytest.mark.parametrize("call", [
    lambda: dsl.backdrop(fs((0, 0), (10**9, 10**9))),
    lambda: dsl.delta(fs((0, 0), (1000, 1000))),
    lambda: dsl.box(fs((0, 0), (10**9, 0))),
    lambda: dsl.inbox(fs((0, 0), (10**9, 0))),
    lambda: dsl.outbox(fs((0, 0), (0, 10**9))),
    lambda: dsl.outbox(fs((MAX_INT, 0))),
    lambda: dsl.inbox(fs((-(2**63), 0))),
])  # fmt: skip
def test_bounds_are_checked(call):
    with pytest.raises(LimitError):
        call()


def test_a_long_thin_box_is_allowed():
    assert len(dsl.box(fs((0, 0), (50_000, 0)))) == 50_001
