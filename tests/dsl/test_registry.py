from __future__ import annotations

import inspect
import itertools
from pathlib import Path

import pytest

from arcbatt import dsl
from arcbatt.dsl import constants, types
from arcbatt.dsl.registry import REGISTRY, Primitive, Registry, primitive
from arcbatt.errors import InputError

SIGNATURES = Path(__file__).with_name("signatures.txt").read_text().splitlines()
NAMES = [signature.partition("(")[0] for signature in SIGNATURES]


def test_the_vocabulary_is_complete():
    assert len(NAMES) == 195
    assert {item.name for item in REGISTRY if item.theme != "user"} == set(NAMES)
    assert len(constants.CONSTANTS) == 28


@pytest.mark.parametrize("signature", SIGNATURES)
def test_signature(signature):
    item = REGISTRY[signature.partition("(")[0]]
    assert item.signature == signature


@pytest.mark.parametrize("name", NAMES)
def test_what_is_declared_is_what_is_called(name):
    item = REGISTRY[name]
    function = item.function
    assert getattr(dsl, name) is function
    assert function.__name__ == name
    assert function.__module__ == f"arcbatt.dsl.{item.theme}"
    assert tuple(inspect.signature(function).parameters) == item.parameters
    assert item.arity == function.__code__.co_argcount
    assert {*item.types, item.result} <= set(types.__all__)
    assert inspect.getdoc(function)


def test_everything_is_exposed_by_name():
    assert set(dsl.__all__) == {*NAMES, *constants.CONSTANTS}
    assert all(getattr(dsl, name) == value for name, value in constants.CONSTANTS.items())
    assert type(dsl.T) is type(dsl.F) is bool
    assert {type(value) for value in constants.CONSTANTS.values()} == {bool, int, tuple}


WRONG = [None, 0, -3, True, 2**62, (), (1, None), frozenset(), frozenset({1, (2,)}), ((), 3), dsl.first,
         dsl.rbind(dsl.add, 1), ((1, 2), (3, 4)), frozenset({(1, (0, 0))}), frozenset({frozenset(), None})]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_work_never_fails_and_is_never_negative(name):
    item = REGISTRY[name]
    if item.work is None:
        return
    some = WRONG if item.arity < 3 else WRONG[::2] if item.arity == 3 else WRONG[::3]
    for arguments in itertools.product(some, repeat=item.arity):
        work = item.work(*arguments)
        assert type(work) is int
        assert work >= 0


# --- a registry of one's own ------------------------------------------------------------------------------------------


def declared(name="twice", theme="user"):
    return Primitive(name, lambda n: n, ("n",), ("Integer",), "Integer", None, theme)


def test_a_name_is_given_once():
    registry = Registry()
    item = declared()
    registry.add(item)
    registry.add(item)
    assert "twice" in registry
    assert len(registry) == 1
    assert registry.get("thrice") is None
    with pytest.raises(InputError, match="twice"):
        registry.add(declared())


def test_only_a_users_own_primitives_can_be_removed():
    registry = Registry()
    registry.add(declared())
    registry.add(declared("own", "arithmetic"))
    registry.remove("twice")
    for name in ("own", "twice"):
        with pytest.raises(KeyError):
            registry.remove(name)


def test_primitives_stay_in_the_order_of_their_declaration():
    registry = Registry()
    for name in ("c", "a", "b"):
        registry.add(declared(name))
    assert [item.name for item in registry] == ["c", "a", "b"]


def test_the_decorator_registers_and_gives_the_function_back():
    def thrice_for_test(n: types.Integer) -> types.Integer:
        return 3 * n

    try:
        assert primitive(work=lambda n: 5)(thrice_for_test) is thrice_for_test
        item = REGISTRY["thrice_for_test"]
        assert item.theme == "user"
        assert item.signature == "thrice_for_test(n: Integer) -> Integer"
        assert item.work(1) == 5
    finally:
        REGISTRY.remove("thrice_for_test")


def test_the_decorator_wants_plain_typed_parameters():
    def untyped(n):
        return n

    def optional(n: types.Integer = 1) -> types.Integer:
        return n

    def starred(*n: types.Integer) -> types.Integer:
        return 0

    for function in (untyped, optional, starred):
        with pytest.raises(InputError, match=function.__name__):
            primitive(function)
        assert function.__name__ not in REGISTRY


def test_a_built_in_name_cannot_be_taken():
    def size(container: types.Container) -> types.Integer:
        return 0

    with pytest.raises(InputError, match="size"):
        primitive(size)
    assert REGISTRY["size"].function is dsl.size
