from __future__ import annotations

import pickle
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.errors import InputError
from arcbatt.program.graph import CALL, CONSTANT, MAX_ARGUMENTS, PRIMITIVE, VARIABLE, Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program


def test_every_expression_is_one_node():
    graph = Graph()
    grid = graph.variable("I")
    once = graph.call(graph.primitive("fill"), grid, graph.constant(3), graph.call(graph.primitive("asindices"), grid))
    size = len(graph)
    again = graph.call(graph.primitive("fill"), grid, graph.constant(3), graph.call(graph.primitive("asindices"), grid))
    assert (again, len(graph)) == (once, size)


@pytest.mark.parametrize(
    ("one", "another"),
    [(1, True), (0, False), ((1, 0), (True, 0)), ((1, 0), (True, False)), ((), ((),)), (((1,), 2), ((True,), 2))],
)
def test_constants_that_python_calls_equal_are_told_apart(one, another):
    graph = Graph()
    a, b = graph.constant(one), graph.constant(another)
    assert a != b
    assert repr(graph.value(a)) == repr(one)
    assert repr(graph.value(b)) == repr(another)


@pytest.mark.parametrize(
    "value",
    [2**63, -(2**63) - 1, None, "3", 1.0, (1, "2"), [1], frozenset(), (None,), 16**5000],
    ids=lambda _: "",
)
def test_what_no_program_can_say_is_no_constant(value):
    with pytest.raises(InputError, match="constant"):
        Graph().constant(value)


def test_constants_are_bounded_in_depth_and_size():
    deep = 1
    for _ in range(5000):
        deep = (deep,)
    wide = (0,)
    for _ in range(40):
        wide = (wide, wide)
    for value in (deep, wide, (0,) * 600_000):
        with pytest.raises(InputError, match="constant: value of more than"):
            Graph().constant(value)


def test_kinds_values_and_operands():
    graph = Graph()
    grid, three, fill = graph.variable("I"), graph.constant((3, 1)), graph.primitive("rot90")
    call = graph.call(fill, grid)
    assert [graph.kind(node) for node in (grid, three, fill, call)] == [VARIABLE, CONSTANT, PRIMITIVE, CALL]
    assert [graph.value(node) for node in (grid, three, fill, call)] == ["I", (3, 1), "rot90", None]
    assert [graph.args(node) for node in (grid, three, fill, call)] == [(), (), (), (fill, grid)]


def test_level_says_what_a_node_depends_on():
    graph = Graph()
    s, i, c, two = graph.variable("S"), graph.variable("I"), graph.variable("C"), graph.constant(2)
    first, pair = graph.primitive("first"), graph.primitive("pair")
    on_s, on_i = graph.call(first, s), graph.call(first, i)
    both = graph.call(pair, on_s, on_i)
    assert [graph.level(n) for n in (first, two, s, i, c, on_s, on_i, both)] == [0, 0, 1, 2, 4, 1, 2, 3]
    assert graph.level(graph.call(pair, both, c)) == 7


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_primitive_takes_its_number_of_arguments(count):
    graph = Graph()
    with pytest.raises(InputError, match="add takes 2 arguments, not"):
        graph.call(graph.primitive("add"), *[graph.constant(1)] * count)


def test_what_is_no_function_cannot_be_called():
    graph = Graph()
    for leaf in (graph.variable("I"), graph.constant(2)):
        with pytest.raises(InputError, match="is no function"):
            graph.call(leaf, leaf)


def test_a_computed_function_takes_any_reasonable_number_of_arguments():
    graph = Graph()
    function = graph.call(graph.primitive("first"), graph.variable("S"))
    graph.call(function)
    graph.call(function, *[function] * MAX_ARGUMENTS)
    with pytest.raises(InputError, match="at most"):
        graph.call(function, *[function] * (MAX_ARGUMENTS + 1))


def test_operands_must_be_nodes():
    graph = Graph()
    rot = graph.primitive("rot90")
    for missing in (7, -1):
        with pytest.raises(IndexError):
            graph.call(rot, missing)
    assert len(graph) == 1


def test_unknown_names_are_refused():
    with pytest.raises(InputError, match="no primitive named 'nonsense'"):
        Graph().primitive("nonsense")
    with pytest.raises(InputError, match="a variable is I, S or C"):
        Graph().variable("X")


def test_order_is_depth_first_with_the_callee_first():
    text = "def solve(S, I):\n    return chain(rot90, rot180, trim)(fill(I, 3, asindices(I)))\n"
    program = parse_programs(text)[0]
    words = [program.graph.value(node) or "call" for node in program.graph.order(program.root)]
    assert words == ["chain", "rot90", "rot180", "trim", "call", "fill", "I", 3, "asindices", "call", "call", "call"]


def test_order_of_several_roots_has_each_node_once():
    graph = Graph()
    grid = graph.variable("I")
    a, b = graph.call(graph.primitive("rot90"), grid), graph.call(graph.primitive("trim"), grid)
    assert graph.order(b, a, b) == [graph.primitive("trim"), grid, b, graph.primitive("rot90"), a]
    assert graph.calls(b, a) == [b, a]
    assert graph.order() == []


@given(data=st.data())
def test_order_is_complete_and_has_operands_first(data, programs):
    program = data.draw(programs)
    graph = program.graph
    order = graph.order(program.root)
    place = {node: position for position, node in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] == program.root
    for node in order:
        assert all(place[part] < place[node] for part in graph.args(node))
    reached, todo = {program.root}, [program.root]
    while todo:
        for part in graph.args(todo.pop()):
            todo += [part] if part not in reached else []
            reached.add(part)
    assert reached == set(order)


@given(data=st.data())
def test_order_does_not_depend_on_when_nodes_were_added(data, programs):
    program = data.draw(programs)
    graph, other = program.graph, Graph()
    leaves = [node for node in range(len(graph)) if not graph.args(node)]
    Random(data.draw(st.integers(0, 99))).shuffle(leaves)
    known: dict[int, int] = {}
    for node in leaves:
        graph.copy(node, other, known)
    root = graph.copy(program.root, other, known)
    expected = [graph.value(node) for node in graph.order(program.root)]
    assert [other.value(node) for node in other.order(root)] == expected


@given(data=st.data())
def test_copy_adds_exactly_what_the_root_reaches(data, programs):
    program = data.draw(programs)
    other = Graph()
    root = program.graph.copy(program.root, other)
    assert sorted(other.order(root)) == list(range(len(other)))
    assert len(other) == len(program.graph.order(program.root))
    assert program.graph.copy(program.root, other) == root
    assert other.level(root) == program.graph.level(program.root)


def test_copy_with_a_shared_mapping_visits_nodes_once():
    graph = Graph()
    node = graph.variable("I")
    roots = []
    for _ in range(3000):
        node = graph.call(graph.primitive("trim"), node)
        roots.append(node)
    known: dict[int, int] = {}
    other = Graph()
    assert len({graph.copy(root, other, known) for root in roots}) == 3000
    assert len(other) == len(known) == len(graph)


@given(data=st.data())
def test_alone_is_a_copy_in_canonical_order_that_goes_on_growing(data, programs):
    program = data.draw(programs)
    alone, root = program.graph.alone(program.root)
    assert alone.order(root) == list(range(len(alone)))
    assert (root, alone.level(root)) == (len(alone) - 1, program.graph.level(program.root))
    assert Program(alone, root, program.kind, program.direction).text == program.text
    size = len(alone)
    assert program.graph.copy(program.root, alone) == root
    assert len(alone) == size


def test_nothing_recurses_however_deep_a_program_is():
    graph = Graph()
    node = graph.variable("I")
    for _ in range(50_000):
        node = graph.call(graph.primitive("hconcat"), node, node)
    assert len(graph.calls(node)) == 50_000
    assert graph.copy(node, Graph()) is not None
    assert graph.alone(node)[1] == graph.copy(node, Graph())


def test_a_graph_can_be_pickled():
    program = parse_programs("def solve(S, I):\n    return fill(I, (True, 1), first(S))\n")[0]
    copy = pickle.loads(pickle.dumps(program))
    assert copy.text == program.text
    assert copy.graph.constant((True, 1)) == program.graph.constant((True, 1))
    assert len(copy.graph) == len(program.graph)
