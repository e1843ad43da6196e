from __future__ import annotations

import os
import subprocess
import sys

import pytest

from arcbatt import dsl
from arcbatt.dsl.closures import MAX_TEXT, Function, arity_of, text_of
from arcbatt.dsl.values import MAX_FUNCTION_DEPTH, MAX_POWER, DslError, LimitError, ordered


def fs(*items):
    return frozenset(items)


@pytest.mark.parametrize(("function", "arguments", "expected"), [
    (dsl.compose(dsl.increment, dsl.double), (3,), 7),
    (dsl.chain(dsl.increment, dsl.double, dsl.invert), (3,), -5),
    (dsl.matcher(dsl.size, True), ((7,),), True),
    (dsl.matcher(dsl.identity, dsl.size), (dsl.size,), True),
    (dsl.rbind(dsl.subtract, 1), (5,), 4),
    (dsl.lbind(dsl.subtract, 1), (5,), -4),
    (dsl.rbind(dsl.branch, 9), (0, 1), 9),
    (dsl.lbind(dsl.branch, 0), (1, 9), 9),
    (dsl.lbind(dsl.lbind(dsl.branch, 0), 1), (9,), 9),
    (dsl.rbind(dsl.lbind(dsl.branch, 0), 1), (9,), 1),
    (dsl.fork(dsl.subtract, dsl.double, dsl.identity), (5,), 5),
    (dsl.power(dsl.double, 10), (1,), 1024),
    (dsl.power(dsl.compose(dsl.increment, dsl.double), 3), (1,), 15),
    (dsl.power(dsl.add, 1), (2, 3), 5),
    (dsl.power(dsl.increment, True), (2,), 3),
])  # fmt: skip
def test_built_functions_by_example(function, arguments, expected):
    assert function(*arguments) == expected


def test_matcher_answers_with_a_bool():
    assert dsl.matcher(dsl.identity, 1)(True) is True
    assert dsl.matcher(dsl.identity, ())(fs()) is False


@pytest.mark.parametrize(("function", "arity"), [
    (dsl.size, 1),
    (dsl.add, 2),
    (dsl.compose(dsl.add, dsl.add), 1),
    (dsl.power(dsl.add, 1), 2),
    (dsl.power(dsl.add, 2), 1),
    (dsl.rbind(dsl.add, 1), 1),
    (dsl.lbind(dsl.branch, 1), 2),
    (dsl.rbind(dsl.size, 1), 3),
    (dsl.lbind(dsl.size, 1), 3),
    (dsl.rbind(lambda a, b, c, d: a, 1), 3),
    (dsl.rbind(lambda: 0, 1), 3),
])  # fmt: skip
def test_arities(function, arity):
    assert arity_of(function) == arity
    for wrong in {0, 1, 2, 3, 4} - {arity}:
        with pytest.raises(TypeError):
            function(*range(wrong))


def test_binding_what_fits_no_arity_fails_when_called():
    bound = dsl.rbind(dsl.size, 1)
    with pytest.raises(TypeError):
        bound((1, 2))
    with pytest.raises(TypeError):
        bound(1, 2, 3)


@pytest.mark.parametrize("wrong", [5, None, (), fs(), len])
def test_binding_what_is_no_function_fails_at_once(wrong):
    for bind in (dsl.rbind, dsl.lbind):
        with pytest.raises(TypeError):
            bind(wrong, 1)


@pytest.mark.parametrize("n", [0, -1, False, None, (), (1, 1), MAX_POWER + 1, 2**62])
def test_power_wants_a_number_of_times(n):
    with pytest.raises((DslError, TypeError)):
        dsl.power(dsl.identity, n)


def test_building_calls_nothing():
    for function in (dsl.compose(5, 3), dsl.chain(1, 2, 3), dsl.fork(1, 2, 3), dsl.matcher(3, 3)):
        with pytest.raises(TypeError):
            function(1)


@pytest.mark.parametrize(("function", "text"), [
    (dsl.rbind(dsl.add, 3), "rbind(add, 3)"),
    (dsl.lbind(dsl.add, True), "lbind(add, 1)"),
    (dsl.matcher(dsl.first, None), "matcher(first, None)"),
    (dsl.compose(dsl.rbind(dsl.add, (1,)), dsl.size), "compose(rbind(add, (1,)), size)"),
    (dsl.rbind(dsl.contained, fs(3, 1, (), (2, 1))), "rbind(contained, {1, 3, (), (2, 1)})"),
    (dsl.power(dsl.double, 2), "power(double, 2)"),
    (dsl.chain(dsl.first, dsl.last, dsl.size), "chain(first, last, size)"),
    (dsl.fork(dsl.add, dsl.first, dsl.last), "fork(add, first, last)"),
    (dsl.lbind(dsl.rapply, (dsl.first, dsl.compose(dsl.first, dsl.last))),
     "lbind(rapply, (first, compose(first, last)))"),
])  # fmt: skip
def test_texts(function, text):
    assert function.text == repr(function) == text_of(function) == text


def test_functions_built_alike_are_equal():
    def build(n):
        return dsl.compose(dsl.rbind(dsl.add, n), dsl.matcher(dsl.identity, fs(1, 2)))

    assert build(1) == build(1) == build(True)
    assert hash(build(1)) == hash(build(True))
    assert len({build(1), build(2), build(1)}) == 2
    assert build(1) != dsl.add


def test_long_texts_become_digests_so_shared_towers_stay_small():
    def tower(leaf):
        function = leaf
        for _ in range(60):
            function = dsl.compose(function, function)
        return function

    assert tower(dsl.first) == tower(dsl.first) != tower(dsl.last)
    assert len(tower(dsl.first).text) <= MAX_TEXT
    assert "compose#" in tower(dsl.first).text


def test_texts_do_not_depend_on_the_hash_seed():
    code = """if True:
        from arcbatt import dsl
        from arcbatt.dsl.closures import text_of
        functions = frozenset(dsl.rbind(dsl.add, n) for n in range(20)) | {None, dsl.add, (dsl.add,), dsl.size}
        print(text_of(functions), dsl.rbind(dsl.contained, functions).text)
    """
    outputs = [
        subprocess.check_output([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2", "3")
    ]
    assert outputs[0].startswith(b"{(add,), add, rbind(add, 0), rbind(add, 1), rbind(add, 10)")
    assert len(set(outputs)) == 1


def tower(step, function=dsl.identity):
    """The deepest function that a step can build, with the number of its steps."""
    for steps in range(1000):
        try:
            function = step(function)
        except LimitError:
            return function, steps
    pytest.fail("no bound was met in 1000 steps")


BUILDERS = {
    "outer": lambda f: dsl.compose(f, dsl.identity),
    "inner": lambda f: dsl.compose(dsl.identity, f),
    "chain": lambda f: dsl.chain(dsl.identity, f, dsl.identity),
    "fork": lambda f: dsl.fork(dsl.both, dsl.identity, f),
    "fixed": lambda f: dsl.lbind(dsl.apply, f),
}


@pytest.mark.parametrize("name", BUILDERS)
def test_depth_is_bounded_and_the_deepest_function_can_be_called(name):
    function, steps = tower(BUILDERS[name])
    assert steps == function.depth == MAX_FUNCTION_DEPTH
    if name != "fixed":
        assert function(7) == 7
    assert function == tower(BUILDERS[name])[0]


def test_functions_inside_containers_count():
    function, steps = tower(lambda f: dsl.lbind(dsl.rapply, (f,)))
    assert steps == MAX_FUNCTION_DEPTH // 2
    assert isinstance(function, Function)
    assert function == tower(lambda f: dsl.lbind(dsl.rapply, (f,)))[0]
    assert dsl.lbind(dsl.rapply, ((dsl.first, 1), fs(dsl.last))).depth == 1


def test_power_is_a_loop():
    assert dsl.power(dsl.increment, MAX_POWER)(0) == MAX_POWER
    assert dsl.power(dsl.power(dsl.increment, 10), MAX_POWER)(0) == 10 * MAX_POWER
    assert dsl.power(dsl.increment, MAX_POWER).depth == 1


def test_sets_of_functions_are_walked_by_their_texts():
    functions = frozenset([dsl.rbind(dsl.add, n) for n in (3, 1, 2)] + [dsl.add])
    assert [text_of(function) for function in ordered(functions)] == [
        "add", "rbind(add, 1)", "rbind(add, 2)", "rbind(add, 3)",
    ]  # fmt: skip
