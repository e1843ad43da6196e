from __future__ import annotations

import pytest

from arcbatt import dsl
from arcbatt.dsl.values import DslError, LimitError

GRID = (
    (0, 0, 0, 0, 0),
    (2, 0, 0, 4, 0),
    (2, 2, 0, 0, 0),
    (0, 0, 0, 0, 0),
)
ANGLE = frozenset({(2, (1, 0)), (2, (2, 0)), (2, (2, 1))})


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("obj", "direction", "steps"), [
    (ANGLE, (0, 1), 2),
    (ANGLE, (1, 0), 1),
    (ANGLE, (-1, 0), 1),
    (ANGLE, (0, -1), 0),
    (ANGLE, (1, 1), 1),
    (ANGLE, (-1, 1), 1),
    (ANGLE, (0, 2), 1),
    (ANGLE, (0, 0), 0),
    (ANGLE, (2**62, 0), 0),
    (dsl.toindices(ANGLE), (0, 1), 2),
    (fs((4, (1, 3))), (0, -1), 2),
    (fs((4, (1, 3))), (1, 0), 2),
    (fs((0, 2)), (1, 0), 3),
    (fs((-1, 2)), (1, 0), 4),
    (fs((-2, 2)), (1, 0), 0),
    (fs((-40, 2)), (40, 0), 1),
    (fs((0, 2), (-1, 2)), (1, 0), 3),
    (fs((1, 1), (1, 4)), (0, -1), 0),
    (fs((0, 0), (0, 3)), (0, 1), 1),
])  # fmt: skip
def test_slide(obj, direction, steps):
    expected = dsl.shift(obj, dsl.multiply(direction, steps))
    assert dsl.slide(GRID, obj, direction, 0) == expected


def test_slide_gives_back_what_does_not_move():
    places = ((2, 0), (2, 1))
    assert dsl.slide(GRID, places, (0, -1), 0) is places
    assert dsl.slide(GRID, (), (0, 1), 0) == ()
    assert dsl.slide(GRID, fs(), (0, 1), 0) == fs()
    assert dsl.slide((), ANGLE, (0, 1), 0) == ANGLE
    assert dsl.slide(GRID, ANGLE, (0, 1), 7) == ANGLE
    assert dsl.slide(GRID, places, (0, 1), 0) == fs((2, 3), (2, 4))


@pytest.mark.parametrize(("patch", "direction", "background", "expected"), [
    (ANGLE, (0, 1), 0, fs((1, 1), (1, 2), (2, 2), (2, 3), (2, 4))),
    (ANGLE, (1, 0), 0, fs((3, 0), (3, 1))),
    (ANGLE, (-1, 0), 0, fs((0, 0), (1, 1), (0, 1))),
    (ANGLE, (0, -1), 0, fs()),
    (ANGLE, (1, 1), 0, fs((3, 1), (3, 2))),
    (ANGLE, (0, 0), 0, fs()),
    (ANGLE, (0, 1), 4, fs()),
    (fs((4, (1, 3))), (0, -1), 0, fs((1, 1), (1, 2))),
    (fs((1, 2)), (0, 1), 4, fs((1, 3))),
    (fs((1, 2)), (0, 2), 0, fs((1, 4))),
    (fs((-1, 2)), (2, 0), 0, fs((1, 2), (3, 2))),
    (fs((0, 0), (0, 2)), (0, 1), 0, fs((0, 1), (0, 3), (0, 4))),
    (fs((9, 9)), (0, 1), 0, fs()),
    (fs(), (0, 1), 0, fs()),
    (((0, 3),), (0, 1), 0, fs((0, 4))),
])  # fmt: skip
def test_trail(patch, direction, background, expected):
    assert dsl.trail(GRID, patch, direction, background) == expected


ROOM = (
    (0, 0, 0, 0, 5),
    (0, 0, 0, 0, 0),
    (5, 0, 0, 0, 0),
    (0, 0, 0, 5, 0),
)


@pytest.mark.parametrize(("start", "direction", "turn", "expected"), [
    ((0, 0), (0, 1), 0, fs((0, 1), (0, 2), (0, 3))),
    ((0, 0), (0, 1), 1, fs((0, 1), (0, 2), (0, 3), (1, 3), (2, 3), (2, 2), (2, 1), (1, 1))),
    ((0, 0), (0, 1), -1, fs((0, 1), (0, 2), (0, 3))),
    ((3, 3), (0, -1), 1, fs((3, 2), (3, 1), (3, 0))),
    ((2, 2), (0, -1), -1, fs((2, 1), (3, 1))),
    ((1, 0), (0, 1), 1, fs((1, 1), (1, 2), (1, 3), (1, 4))),
    ((-1, 3), (1, 0), 1, fs((0, 3), (1, 3), (2, 3), (2, 2), (2, 1), (1, 1), (0, 1))),
    ((-1, 4), (1, 0), 1, fs()),
    ((-2, 0), (1, 0), 0, fs()),
    ((-2, 0), (2, 0), 0, fs((0, 0))),
    ((0, 0), (1, 1), 0, fs((1, 1), (2, 2))),
    ((0, 0), (1, 1), 1, fs((1, 1), (2, 2), (3, 1))),
    ((0, 0), (0, 2), True, fs((0, 2), (2, 2))),
    ((1, 1), (0, 0), 1, fs()),
    ((2, 0), (0, 0), 1, fs()),
    ((9, 9), (0, 1), 1, fs()),
    ((2**63 - 1, 0), (-(2**63) + 1, 0), 1, fs((0, 0))),
    ((2**63 - 1, 0), (-(2**63) + 3, 0), 1, fs()),
])  # fmt: skip
def test_path(start, direction, turn, expected):
    assert dsl.path(ROOM, start, direction, 0, turn) == expected


def test_path_ends_where_it_goes_in_circles():
    ring = ((0, 5, 0, 0), (0, 0, 0, 5), (5, 0, 0, 0), (0, 0, 5, 0))
    round_ = fs((1, 1), (1, 2), (2, 2), (2, 1))
    assert dsl.path(ring, (1, 1), (0, 1), 0, 1) == round_ - {(1, 1)}
    assert dsl.path(ring, (3, 1), (-1, 0), 0, 1) == round_
    assert dsl.path(ring, (1, 0), (0, 1), 0, 1) == round_


def test_path_ends_where_it_is_blocked_after_a_turn():
    corner = ((0, 0, 5), (0, 0, 5))
    assert dsl.path(corner, (0, 0), (0, 1), 0, 1) == fs((0, 1), (1, 1))
    assert dsl.path(((0, 0, 5), (0, 5, 5)), (0, 0), (0, 1), 0, 1) == fs((0, 1))
    assert dsl.path((), (0, 0), (0, 1), 0, 1) == fs()
    assert dsl.path(((), ()), (0, -1), (0, 1), 0, 1) == fs()
    assert dsl.path(((0,) * 70,), (0, 0), (0, 1), 0, 1) == frozenset((0, j) for j in range(1, 70))


@pytest.mark.parametrize(("wrong", "error"), [
    ((5, (0, 0), (0, 1), 0, 1), TypeError),
    ((ROOM, 5, (0, 1), 0, 1), TypeError),
    ((ROOM, (0, 0), (0, 1, 2), 0, 1), ValueError),
    ((ROOM, (0, 0), (0, None), 0, 1), TypeError),
    ((ROOM, (0, 0), (0, 1), None, 1), TypeError),
    ((ROOM, (0, 0), (0, 1), 0, None), TypeError),
    ((ROOM, (0, 0), (0, 1), 0, 2), DslError),
    (((), (0, 0), (0, 1), 0, -2), DslError),
    ((((0,) * 400_000,), (0, 0), (0, 1), 0, 0), LimitError),
])  # fmt: skip
def test_path_fails(wrong, error):
    with pytest.raises(error):
        dsl.path(*wrong)


@pytest.mark.parametrize("motion", [dsl.slide, lambda grid, *rest: dsl.trail(grid, *rest)])
@pytest.mark.parametrize("wrong", [
    (5, ANGLE, (0, 1), 0), (((1,), (1, 2)), ANGLE, (0, 1), 0), (GRID, 5, (0, 1), 0), (GRID, fs(1, 2), (0, 1), 0),
    (GRID, ANGLE, (0, None), 0), (GRID, ANGLE, 1, 0), (GRID, ANGLE, (0, 1), None), (((None,),), ANGLE, (0, 1), 0),
])  # fmt: skip
def test_what_fails(motion, wrong):
    with pytest.raises(TypeError):
        motion(*wrong)
