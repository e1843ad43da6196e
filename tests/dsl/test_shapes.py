from __future__ import annotations

import pytest

from arcbatt import dsl
from arcbatt.dsl.values import LimitError


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("piece", "shape"), [
    ((), (0, 0)),
    (((),), (1, 0)),
    (((1, 2), (3,)), (2, 2)),
    (fs(), (0, 0)),
    (fs((-1, 4)), (1, 1)),
    (fs((2, 5), (3, 9)), (2, 5)),
    (fs((7, (0, 0)), (7, (4, 1)), (8, (4, 1))), (5, 2)),
    (((7, (0, 0)), (7, (4, 1)), (8, (9, 9))), (3, 2)),
])  # fmt: skip
def test_shape_height_and_width_agree(piece, shape):
    assert dsl.shape(piece) == (dsl.height(piece), dsl.width(piece)) == shape
    assert dsl.portrait(piece) is (shape[0] > shape[1])


@pytest.mark.parametrize(("piece", "square"), [
    (((1, 2), (3,)), True),
    (((1, 2),), False),
    (((),), False),
    (fs(), True),
    (fs((3, 3)), True),
    (fs((0, 0), (0, 1), (1, 0), (1, 1)), True),
    (fs((0, 0), (0, 1), (1, 0)), False),
    (fs((1, (0, 0)), (2, (0, 0))), False),
])  # fmt: skip
def test_square(piece, square):
    assert dsl.square(piece) is square


@pytest.mark.parametrize("call", [
    lambda: dsl.height(3),
    lambda: dsl.height(fs(5)),
    lambda: dsl.height(fs((1, 2), (1, (2, 3)))),
    lambda: dsl.width((1, 2)),
    lambda: dsl.width(fs((1, 2, 3))),
    lambda: dsl.width(fs((1, fs(2, 3)))),
    lambda: dsl.shape(fs((None, 2))),
    lambda: dsl.square(()),
    lambda: dsl.square(None),
    lambda: dsl.portrait(dsl.first),
])  # fmt: skip
def test_fails(call):
    with pytest.raises((TypeError, ValueError, IndexError)):
        call()


def test_extents_beyond_64_bits_are_refused():
    far = fs((-(2**62) - 1, 0), (2**62, 0))
    for primitive in (dsl.height, dsl.shape, dsl.portrait, dsl.square):
        with pytest.raises(LimitError):
            primitive(far)
    assert dsl.width(far) == 1
