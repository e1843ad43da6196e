from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.dsl import types as dsl_types
from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.type_terms import ANY, INTEGER, Type, element_of, join
from arcbatt.program.types import call_type, fits, infer, infer_types


def type_of(expression: str) -> Type:
    program = parse_programs(f"def differ(S, I, C):\n    return {expression}\n")[0]
    return infer_types(program.graph, program.root)[program.root]


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("I", "Grid"), ("C", "Grid"), ("S", "TupleTuple"), ("first(S)", "TupleTuple"), ("last(first(S))", "Grid"),
        ("3", "Integer"), ("T", "Boolean"), ("DOWN", "IntegerTuple"), ("(1, 2, 3)", "Tuple"), ("()", "Tuple"),
        ("(1, (2, 3))", "Tuple"), ("((1, 2), (3, 4))", "TupleTuple"), ("((1, 2, 3), (4, 5, 6))", "Grid"),
        ("fill", "Callable"), ("fill(I, 3, asindices(I))", "Grid"), ("identity(I)", "Grid"),
        ("identity(fill)", "Callable"),
        ("first(objects(I, T, F, T))", "Object"), ("argmax(objects(I, T, F, T), size)", "Object"),
        ("first(I)", "Tuple"),
        ("first(first(I))", "Integer"), ("first(asindices(I))", "IntegerTuple"),
        ("extract(palette(I), even)", "Integer"),
        ("merge(objects(I, T, F, T))", "Object"), ("merge(apply(toindices, objects(I, T, F, T)))", "Indices"),
        ("apply(toindices, partition(I))", "IndicesSet"), ("apply(normalize, partition(I))", "Objects"),
        ("apply(color, partition(I))", "IntegerSet"), ("mapply(backdrop, partition(I))", "Indices"),
        ("apply(rbind(shift, UNITY), partition(I))", "FrozenSet"), ("apply(first, I)", "Tuple"),
        ("sfilter(partition(I), square)", "Objects"), ("mfilter(partition(I), square)", "Object"),
        ("order(partition(I), size)", "Tuple"), ("first(order(partition(I), size))", "Object"),
        ("hsplit(I, 3)", "TupleTuple"), ("first(vsplit(I, 3))", "Grid"), ("repeat(I, 2)", "TupleTuple"),
        ("add(1, 2)", "Integer"), ("add(DOWN, 2)", "IntegerTuple"), ("increment(T)", "Integer"),
        ("add(first(()), 1)", "Numerical"),
        ("astuple(1, 2)", "IntegerTuple"), ("astuple(1, DOWN)", "Cell"), ("astuple(I, I)", "Tuple"),
        ("initset(DOWN)", "Indices"), ("initset(initset(DOWN))", "IndicesSet"), ("initset(3)", "IntegerSet"),
        ("insert(DOWN, asindices(I))", "Indices"), ("insert(3, asindices(I))", "FrozenSet"),
        ("product(palette(I), palette(I))", "Indices"),
        ("combine(partition(I), fgpartition(I))", "Objects"), ("combine(I, C)", "Grid"),
        ("combine(DOWN, UP)", "Tuple"),
        ("combine(asobject(I), asobject(C))", "Object"), ("difference(asindices(I), asindices(C))", "Indices"),
        ("remove(3, palette(I))", "IntegerSet"), ("sizefilter(partition(I), 1)", "Objects"),
        ("totuple(palette(I))", "Tuple"),
        ("branch(T, I, C)", "Grid"), ("branch(T, I, asobject(I))", "Element"), ("branch(T, 3, I)", "Any"),
        ("either(T, 1)", "Integer"),
        ("hmirror(I)", "Grid"), ("hmirror(asobject(I))", "Object"), ("hmirror(first(partition(I)))", "Object"),
        ("shift(asindices(I), UP)", "Indices"), ("upscale(I, 2)", "Grid"), ("shift(first(()), UP)", "Patch"),
        ("numcolors(I)", "Integer"), ("maximum(palette(I))", "Integer"), ("valmax(partition(I), size)", "Integer"),
        ("valmax(partition(I), ulcorner)", "IntegerTuple"), ("valrank(partition(I), ulcorner, 1)", "IntegerTuple"),
        ("interval(0, 3, 1)", "Tuple"),
        ("pair(I, C)", "TupleTuple"),
        ("compose(first, identity)", "Callable"), ("compose(size, partition)(I)", "Integer"),
        ("compose(first, identity)(I)", "Any"),
        ("matcher(size, 3)(I)", "Boolean"), ("rbind(fill, I)(I, 3)", "Grid"), ("power(trim, 2)(I)", "Grid"),
        ("papply(astuple, (1, 2, 3), (4, 5, 6))", "TupleTuple"), ("mpapply(astuple, (1, 2, 3), (4, 5, 6))", "Tuple"),
        ("prapply(astuple, palette(I), palette(I))", "Indices"), ("rapply((), I)", "Tuple"), ("first(())", "Any"),
        ("first(S)(I)", "Any"), ("fork(astuple, height, width)(I)", "IntegerTuple"),
    ],
)  # fmt: skip
def test_inferred_name(expression, name):
    assert type_of(expression).name == name


@pytest.mark.parametrize(
    ("expression", "arity", "result"),
    [
        ("fill", 3, "Grid"), ("rbind(fill, I)", 2, "Grid"), ("lbind(rbind(fill, I), I)", 1, "Grid"),
        ("lbind(trim, I)", 3, "Grid"),
        ("rbind(objects, T)", 3, "Objects"), ("compose(size, trim)", 1, "Integer"),
        ("fork(add, size, size)", 1, "Numerical"),
        ("matcher(size, 3)", 1, "Boolean"), ("power(rbind(upscale, 2), 3)", 1, "Element"), ("mapply", 2, "Container"),
    ],
)  # fmt: skip
def test_what_is_known_of_functions(expression, arity, result):
    function = type_of(expression)
    assert (function.name, function.arity, function.result) == ("Callable", arity, Type(result))


@given(data=st.data())
def test_every_node_of_any_program_has_a_known_type_name(data, programs):
    program = data.draw(programs)
    types = infer(program.graph, program.root)
    assert list(types) == program.graph.order(program.root)
    assert set(types.values()) <= set(dsl_types.__all__)


def test_signatures_use_known_type_names():
    for item in REGISTRY:
        assert {*item.types, item.result} <= set(dsl_types.__all__), item.name


def test_fits():
    names = dsl_types.__all__
    for a in names:
        assert fits(a, a)
        assert fits(a, "Any")
        for b in names:
            assert not (fits(a, b) and fits(b, a)) or a == b
            for c in names:
                assert not (fits(a, b) and fits(b, c)) or fits(a, c), (a, b, c)
    assert not fits("Any", "Grid")


def test_join_holds_both():
    for a in dsl_types.__all__:
        for b in dsl_types.__all__:
            joined = join(Type(a), Type(b)).name
            assert fits(a, joined)
            assert fits(b, joined)
            assert joined == join(Type(b), Type(a)).name


def test_join_of_containers_joins_their_elements():
    grids, rows = Type("TupleTuple", Type("Grid")), Type("Tuple", Type("Tuple", INTEGER))
    for a, b, joined in [
        (grids, Type("Grid"), Type("TupleTuple", Type("Tuple"))),
        (grids, rows, Type("Tuple", Type("Tuple"))),
        (rows, Type("Grid"), rows),
        (Type("FrozenSet", Type("Grid")), Type("Objects"), Type("FrozenSet", Type("Element"))),
        (Type("Callable", arity=1), Type("Callable", arity=2), Type("Callable")),
        (Type("Tuple", INTEGER), Type("Any"), ANY),
    ]:
        assert join(a, b) == join(b, a) == joined


def test_types_of_constants_are_those_of_their_values():
    graph = Graph()
    for value in CONSTANTS.values():
        node = graph.constant(value)
        expected = {bool: "Boolean", int: "Integer", tuple: "IntegerTuple"}[type(value)]
        assert infer(graph, node)[node] == expected


def test_deep_programs_have_small_types():
    graph = Graph()
    node = graph.variable("I")
    for _ in range(5000):
        node = graph.call(graph.primitive("repeat"), node, graph.constant(2))
    found = infer_types(graph, node)[node]
    for _ in range(10):
        found = element_of(found)
    assert found.name == "Any"


def test_the_type_of_a_call_is_told_without_a_program() -> None:
    assert call_type("first", [Type("Objects")]) == Type("Object")
    assert call_type("vmirror", [Type("Grid")]) == Type("Grid")
    assert call_type("size", [Type("Grid")]) == INTEGER
