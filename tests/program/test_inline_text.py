from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.program.graph import Graph
from arcbatt.program.inline_text import CUT, MAX_NESTING, inlined_text
from arcbatt.program.parse import parse_programs


def doubled(times: int) -> tuple[Graph, int]:
    graph = Graph()
    node = graph.variable("I")
    for _ in range(times):
        node = graph.call(graph.primitive("hconcat"), node, node)
    return graph, node


@given(data=st.data())
def test_an_uncut_text_reads_back_to_the_same_node(data, programs):
    program = data.draw(programs)
    graph = program.graph
    text = inlined_text(graph, program.root)
    assert len(text) <= 10_000
    if not text.endswith(CUT):
        assert parse_programs(f"def differ(S, I, C):\n    return {text}\n", graph=graph)[0].root == program.root


@given(data=st.data(), limit=st.integers(3, 300))
def test_a_cut_text_is_the_beginning_and_a_mark(data, limit, programs):
    program = data.draw(programs)
    whole = inlined_text(program.graph, program.root, 10**6)
    text = inlined_text(program.graph, program.root, limit)
    if len(whole) <= limit and not whole.endswith(CUT):
        assert text == whole
    else:
        assert len(text) <= limit
        assert text.endswith(CUT)
        assert whole.startswith(text.removesuffix(CUT))


def test_text():
    graph = Graph()
    inner = graph.call(graph.primitive("rbind"), graph.primitive("shift"), graph.constant((3, True)))
    root = graph.call(graph.call(graph.primitive("compose"), graph.primitive("first"), inner), graph.variable("S"))
    assert inlined_text(graph, root) == "compose(first, rbind(shift, (3, True)))(S)"
    assert inlined_text(graph, root, 42) == "compose(first, rbind(shift, (3, True)))(S)"
    assert inlined_text(graph, root, 41) == "compose(first, rbind(shift, (3, True))..."
    assert inlined_text(graph, graph.call(root)) == "compose(first, rbind(shift, (3, True)))(S)()"
    assert inlined_text(graph, graph.constant(True)) == "T"


@pytest.mark.parametrize("times", [40, 10_000])
def test_an_exponentially_long_text_is_never_built(times):
    graph, node = doubled(times)
    text = inlined_text(graph, node)
    assert text.endswith(CUT)
    assert len(text) <= 10_000


@pytest.mark.parametrize("levels", [MAX_NESTING, MAX_NESTING + 1, 50_000])
def test_what_python_could_not_read_is_cut(levels):
    for callee in (False, True):
        graph = Graph()
        node = graph.call(graph.primitive("trim"), graph.variable("I"))
        for _ in range(levels - 1):
            node = graph.call(node) if callee else graph.call(graph.primitive("trim"), node)
        text = inlined_text(graph, node, 10**6)
        assert text.endswith(CUT) == (levels > MAX_NESTING)
        if levels == MAX_NESTING:
            assert parse_programs(f"def solve(I):\n  return {text}\n", graph=graph)[0].root == node
