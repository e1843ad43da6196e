from __future__ import annotations

import pytest

from arcbatt import dsl
from arcbatt.dsl.values import MAX_CALL_DEPTH, MAX_SIZE, DslError, FuelError, LimitError


def fs(*items):
    return frozenset(items)


class Counting:
    """A function that counts its calls, and fails as it is told."""

    def __init__(self, failures):
        self.failures, self.calls = failures, 0

    def __call__(self, x, *_):
        self.calls += 1
        if x in self.failures:
            raise self.failures[x]
        return x


@pytest.mark.parametrize("call", [
    lambda f, c: dsl.apply(f, c),
    lambda f, c: dsl.mapply(f, c),
    lambda f, c: dsl.sfilter(c, f),
    lambda f, c: dsl.argmin(c, f),
    lambda f, c: dsl.order(c, f),
    lambda f, c: dsl.valmax(c, f),
    lambda f, c: dsl.valrank(c, f, 0),
    lambda f, c: dsl.prapply(f, c, (1,)),
])  # fmt: skip
def test_over_a_set_a_function_is_called_on_all_elements_whatever_fails(call):
    function = Counting({2: KeyError("b"), 5: IndexError("z"), 7: IndexError("a")})
    with pytest.raises(IndexError, match="a"):
        call(function, frozenset(range(9)))
    assert function.calls == 9


def test_over_a_set_a_limit_stands_for_other_failures():
    function = Counting({1: TypeError(), 3: LimitError("too large"), 4: DslError()})
    with pytest.raises(LimitError, match="too large"):
        dsl.apply(function, frozenset(range(9)))


def test_over_a_tuple_the_first_failure_ends_the_call():
    function = Counting({2: KeyError("b"), 1: IndexError()})
    for call in (lambda: dsl.apply(function, (0, 2, 1)), lambda: dsl.papply(function, (0, 2, 1), (0, 2, 1))):
        function.calls = 0
        with pytest.raises(KeyError):
            call()
        assert function.calls == 2


@pytest.mark.parametrize("failure", [FuelError("spent"), MemoryError(), KeyboardInterrupt()])
def test_what_ends_the_evaluation_is_passed_on_at_once(failure):
    function = Counting(dict.fromkeys(range(9), failure))
    with pytest.raises(type(failure)):
        dsl.apply(function, frozenset(range(9)))
    assert function.calls == 1


def test_stopiteration_never_shortens_a_result():
    function = Counting({3: StopIteration()})
    for container in ((1, 3, 2), fs(1, 3, 2)):
        for call in (dsl.apply, dsl.mapply):
            with pytest.raises(StopIteration):
                call(function, container)
        for call in (dsl.papply, dsl.prapply, dsl.mpapply):
            with pytest.raises(StopIteration):
                call(function, container, container)


def test_prapply_refuses_too_many_pairs_before_the_first_call():
    function = Counting({})
    with pytest.raises(LimitError):
        dsl.prapply(function, dsl.interval(0, MAX_SIZE, 1), (1, 2))
    assert function.calls == 0


@pytest.mark.parametrize("calling", [
    lambda f: dsl.fork(dsl.apply, dsl.identity, dsl.initset),
    lambda f: dsl.fork(dsl.mapply, dsl.identity, dsl.initset),
    lambda f: dsl.fork(dsl.rapply, dsl.initset, dsl.identity),
    lambda f: dsl.fork(dsl.sfilter, dsl.initset, dsl.identity),
    lambda f: dsl.fork(dsl.argmax, dsl.initset, dsl.identity),
    lambda f: dsl.fork(dsl.order, dsl.initset, dsl.identity),
    lambda f: dsl.fork(dsl.extract, dsl.initset, dsl.identity),
    lambda f: dsl.chain(dsl.identity, dsl.fork(dsl.apply, dsl.identity, dsl.initset), dsl.identity),
])  # fmt: skip
def test_a_function_handed_to_itself_ends_at_a_bound(calling):
    function = calling(None)
    with pytest.raises(LimitError, match=str(MAX_CALL_DEPTH)):
        function(function)
    assert dsl.apply(dsl.increment, (1,)) == (2,), "the level is back where it was"


def test_nested_calls_within_bounds():
    function, value = dsl.increment, 1
    for _ in range(10):
        function, value = dsl.lbind(dsl.apply, function), (value,)
    result = function(value)
    for _ in range(10):
        (result,) = result
    assert result == 2
