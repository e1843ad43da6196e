from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.battery.battery import Battery, Differ
from arcbatt.battery.files import battery_text, parse_battery
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program

LEAVES = st.sampled_from(["I", "S", "3", "T", "(True, 0)", "(7, -8)", "trim", "first"])
CALLS = ["trim({0})", "fill({0}, {1}, {2})", "hconcat({0}, {1})", "compose({0}, {1})"]
CALLS += ["first(S)({0})", "rbind(fill, {0})({1})"]
EXPRESSIONS = st.recursive(
    LEAVES, lambda inner: st.builds(str.format, st.sampled_from(CALLS), inner, inner, inner), max_leaves=12
)
NAMES = st.sampled_from(["solve", "solve_a", "solve_b", "solve_a_2", "solve_zo", "differ", "differ_a", "differ_zo_a"])
ENTRIES = st.lists(st.tuples(NAMES, EXPRESSIONS | st.sampled_from(["I", "trim(I)"])), max_size=12)


def made(program, entries):
    return Battery.of([program(name, expression) for name, expression in entries])


def listed(battery):
    return [(p.name, p.kind, p.direction, p.text, battery.names[p.name]) for p in battery.programs()]


def test_programs_share_one_graph(program):
    battery = made(program, [("solve_a", "fill(I, 3, asindices(I))"), ("solve_b", "fill(I, 4, asindices(I))")])
    assert len(battery.graph.calls(*battery.roots())) == 3
    assert list(battery.solvers) == ["solve_a", "solve_b"]
    assert battery.program("solve_b").text == program("solve", "fill(I, 4, asindices(I))").text


def test_the_graph_holds_only_what_is_reached(program):
    graph = Graph()
    program("solve", "trim(trim(rot90(I)))", graph)
    battery = Battery.of([program("solve_a", "trim(I)", graph)])
    assert sorted(battery.graph.order(*battery.roots())) == list(range(len(battery.graph)))


def test_same_body_is_one_program_with_several_names(program):
    battery = made(program, [("solve_a", "trim(I)"), ("solve_b", "trim(I)"), ("solve_a", "trim(I)"), ("solve_c", "I")])
    assert list(battery.solvers) == ["solve_a", "solve_c"]
    assert battery.names == {"solve_a": ["solve_a", "solve_b"], "solve_c": ["solve_c"]}
    assert len(battery) == 2
    assert [p.name for p in battery.programs()] == ["solve_a", "solve_c"]
    assert [p.name for p in battery.programs(all_names=True)] == ["solve_a", "solve_b", "solve_c"]


def test_two_bodies_under_one_name_are_told_apart(program):
    entries = [("solve", "I"), ("solve", "trim(I)"), ("solve_3", "rot90(I)"), ("solve", "rot180(I)"), ("solve", "I")]
    battery = made(program, [*entries, ("solve", "trim(I)")])
    assert list(battery.solvers) == ["solve", "solve_2", "solve_3", "solve_4"]
    assert list(battery.names.values()) == [["solve"], ["solve_2"], ["solve_3"], ["solve_4"]]


def test_kind_and_direction_are_part_of_a_body(program):
    battery = made(program, [("differ_a", "I"), ("solve_a", "I"), ("differ_zo_a", "I"), ("differ_b", "I")])
    assert list(battery.solvers) == ["solve_a"]
    root = battery.solvers["solve_a"]
    assert battery.differs == {"differ_a": Differ(root, "iz"), "differ_zo_a": Differ(root, "zo")}
    assert battery.names["differ_a"] == ["differ_a", "differ_b"]
    assert [p.name for p in battery.programs()] == ["solve_a", "differ_a", "differ_zo_a"]
    assert battery.roots() == [root] * 3


def test_an_unknown_name(program):
    with pytest.raises(InputError, match="no program named 'solve_x'"):
        made(program, [("solve_a", "I")]).program("solve_x")


@given(entries=ENTRIES)
def test_merging_keeps_every_text(entries, program):
    programs = [program(name, expression) for name, expression in entries]
    battery = Battery.of(programs)
    assert {p.md5 for p in battery.programs()} == {p.md5 for p in programs}
    assert len(battery) == len({p.md5 for p in programs})
    names = [name for several in battery.names.values() for name in several]
    assert len(names) == len(set(names))
    assert listed(Battery.of(programs)) == listed(battery)


@given(entries=ENTRIES)
def test_text_reads_back_to_the_same_battery(entries, program):
    battery = made(program, entries)
    text = battery_text(battery)
    again = parse_battery(text)
    assert battery_text(again) == text
    assert listed(again) == listed(battery)
    assert again.names == battery.names


@given(entries=ENTRIES)
def test_merging_again_changes_nothing(entries, program):
    battery = made(program, entries)
    assert battery_text(Battery.of(battery.programs(all_names=True))) == battery_text(battery)


def test_merging_many_programs_of_one_graph_is_linear():
    graph = Graph()
    node = graph.variable("I")
    programs = []
    for number in range(2000):
        node = graph.call(graph.primitive("trim"), node)
        programs.append(Program(graph, node, name=f"solve_{number}"))
    battery = Battery.of(programs)
    assert len(battery) == 2000
    assert len(battery.graph) == len(graph)
    assert len(parse_battery(battery_text(battery))) == 2000


def test_without_some_solvers_the_others_stay_as_they_are(program):
    entries = [("solve_a", "trim(I)"), ("solve_b", "I"), ("solve_c", "trim(I)"), ("differ_zo", "C")]
    battery = made(program, entries)
    before = listed(battery)
    rest = battery.without({"solve_a", "differ_zo", "solve_c"})
    assert listed(rest) == [entry for entry in before if entry[0] != "solve_a"]
    assert rest.program("solve_b") is battery.program("solve_b")
    with pytest.raises(InputError, match="solve_a"):
        battery.without({"solve_a"}).program("solve_a")
    assert listed(battery) == before


def test_a_battery_can_be_pickled(program):
    battery = made(program, [("solve_a", "fill(I, (True, 1), S)"), ("differ_zo", "C")])
    assert listed(pickle.loads(pickle.dumps(battery))) == listed(battery)


def test_a_program_is_made_once_and_survives_the_way_to_another_process():
    battery = Battery.of(parse_programs("def solve_a(I):\n    return rot90(I)\n"))
    program = battery.program("solve_a")
    assert battery.program("solve_a") is program
    assert pickle.loads(pickle.dumps(battery)).program("solve_a").text == program.text
