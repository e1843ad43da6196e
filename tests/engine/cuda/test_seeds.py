"""Values planted in the native engine's scopes: which are taken, which are not, and that no block can do harm."""

from __future__ import annotations

import random
from array import array
from typing import Any

import pytest

from arcbatt.dsl.values import ordered
from arcbatt.engine import Limits, Outcome
from arcbatt.engine.native import NativeEngine, Seeds
from arcbatt.program.graph import CALL
from arcbatt.program.parse import parse_programs
from support.kernel_calls import pack_as
from support.twins import needs_native, told

pytestmark = needs_native

GRID = ((1, 2), (3, 4))
OBJECTS = frozenset({
    frozenset({(3, (0, 2)), (3, (1, 1)), (5, (5, 5))}), frozenset({(3, (0, 3)), (3, (2, 2))}), frozenset({(4, (1, 0))}),
})  # fmt: skip
"""Three objects, of one color and of several, whose boxes overlap."""
TEXT = "def solve_a(S, I):\n    return (rot90(I), increment(1), size(S), width(first(S)), vmirror(rot90(I)))\n"


def slot(value: Any, form: str, fuel: int = 7) -> bytes:
    """A packed value with the fuel of its call."""
    packed = pack_as(value, form)
    assert packed is not None
    return packed[:24] + fuel.to_bytes(8, "little", signed=True) + packed[32:]


def seeds_of(found: dict[int, bytes]) -> Seeds:
    """Values of nodes, one after the other."""
    offsets, block = array("Q"), b""
    for packed in found.values():
        offsets.append(len(block))
        block += packed
    return Seeds(array("I", found).tobytes(), offsets.tobytes(), block)


class Planted:
    """The program's nodes by the names of their primitives, in a scope with ``S`` and ``I`` bound one in the other."""

    def __init__(self, limits: Limits | None = None, text: str = TEXT) -> None:
        (self.program,) = parse_programs(text)
        self.graph = self.program.graph
        self.outer = NativeEngine(limits).open(self.graph).bind(S=((GRID, GRID),))
        self.scope = self.outer.bind(I=GRID)
        calls = [node for node in range(len(self.graph)) if self.graph.kinds[node] == CALL]
        self.node = {self.graph.values[self.graph.operands[node][0]]: node for node in calls}

    def outcome(self, name: str) -> Outcome:
        return self.scope.run([self.node[name]])[0]

    def plant(self, found: dict[str, bytes]) -> None:
        self.scope.seed([self.program.root], seeds_of({self.node[name]: packed for name, packed in found.items()}))


@pytest.mark.parametrize(("value", "form"), [
    (-(2**63), "N"), (True, "N"), (False, "N"), ((-1, 2**62), "N"), (((0, 255),), "G"), (frozenset(), "M"),
    (frozenset(), "O"), (frozenset({(-5, 3), (58, 66)}), "M"), (frozenset({(0, 0)}), "M"),
    (frozenset({(3, (4, 5))}), "O"), (frozenset({(3, (-4, 5)), (3, (25, 0))}), "O"),
    (frozenset({(3, (4, 5)), (9, (4, 6)), (255, (6, 5))}), "O"), (((7,) * 30,) * 30, "G"), (frozenset(), "S"),
    (frozenset({frozenset({(0, (-7, 2))})}), "S"), (OBJECTS, "S"),
    (frozenset(frozenset({(i % 256, (i // 17, 100 + i % 17))}) for i in range(255)), "S"),
])  # fmt: skip
def test_a_planted_value_is_what_the_node_has(value: Any, form: str) -> None:
    planted = Planted()
    planted.plant({"rot90": slot(value, form)})
    assert told(planted.outcome("rot90")) == told(Outcome(value, None, 7))


@pytest.mark.parametrize("labels", [(9, 2, 200), (3, 1, 2)])
def test_objects_are_put_in_order_whatever_their_numbers(labels: tuple[int, int, int]) -> None:
    packed = bytearray(slot(OBJECTS, "S"))
    body = packed[32 : 32 + 912]
    packed[32 : 32 + 912] = bytes(label and labels[label - 1] for label in body)
    planted = Planted(text="def solve_a(I):\n    return (first(rot90(I)), last(rot90(I)), totuple(rot90(I)))\n")
    planted.plant({"rot90": bytes(packed)})
    inner = Planted(text="def solve_a(I):\n    return totuple(rot90(I))\n")
    inner.plant({"rot90": slot(OBJECTS, "S")})
    assert planted.outcome("rot90").value == OBJECTS
    assert planted.outcome("totuple").value == inner.outcome("totuple").value == tuple(ordered(OBJECTS))
    assert (planted.outcome("first").value, planted.outcome("last").value) == (
        ordered(OBJECTS)[0], ordered(OBJECTS)[-1]
    )  # fmt: skip


def test_others_go_on_with_it_and_pay_for_it() -> None:
    planted = Planted()
    planted.plant({"rot90": slot(((5, 6),), "G")})
    assert planted.outcome("vmirror") == Outcome(((6, 5),), None, 8)


def test_what_is_known_already_stays() -> None:
    planted = Planted()
    before = planted.outcome("rot90")
    planted.plant({"rot90": slot(((5, 6),), "G")})
    assert planted.outcome("rot90") == before
    planted = Planted()
    planted.plant({"rot90": slot(((5, 6),), "G")})
    planted.plant({"rot90": slot(((7, 7),), "G")})
    assert planted.outcome("rot90").value == ((5, 6),)


def test_nodes_at_home_further_out_are_not_taken() -> None:
    planted = Planted()
    plain = {name: planted.outcome(name) for name in ("increment", "size", "width")}
    planted = Planted()
    planted.plant({name: slot(99, "N") for name in plain})
    assert {name: planted.outcome(name) for name in plain} == plain


def test_fuel_beyond_the_limit_is_not_taken() -> None:
    """A node that runs out of fuel has spent one unit more than there was, whatever it would have needed."""
    for fuel, is_taken in ((10, True), (11, False)):
        planted = Planted(Limits(fuel=10))
        planted.plant({"rot90": slot(((5, 6),), "G", fuel)})
        assert (planted.outcome("rot90").value == ((5, 6),)) is is_taken


def test_a_program_may_spend_its_last_unit_on_planted_values() -> None:
    planted = Planted(Limits(fuel=10))
    planted.plant({"rot90": slot(((5, 6),), "G", 10)})
    found = planted.outcome("vmirror")
    assert (str(found.failure), found.fuel) == (
        "limit at x2 = vmirror(...): out of fuel: more than 10 units", 11
    )  # fmt: skip


@pytest.mark.parametrize("change", [
    lambda packed: packed[:31], lambda packed: b"\0" * len(packed), lambda packed: packed[:40],
    lambda packed: b"\x09" + packed[1:], lambda packed: b"\x08" + packed[1:],
    lambda packed: packed[:16] + b"\xff" * 8 + packed[24:],
    lambda packed: packed[:16] + b"\0" * 8 + packed[24:], lambda packed: packed[:24] + b"\0" * 8 + packed[32:],
    lambda packed: packed[:24] + b"\xff" * 8 + packed[32:],
])  # fmt: skip
@pytest.mark.parametrize(("value", "form"), [
    (((0, 9),) * 5, "G"), (frozenset({(0, 0), (5, 5)}), "M"), (frozenset({(1, (0, 0)), (2, (5, 5))}), "O"),
    (OBJECTS, "S"),
])  # fmt: skip
def test_what_is_no_slot_is_passed_over(change: Any, value: Any, form: str) -> None:
    planted, plain = Planted(), Planted().outcome("rot90")
    planted.plant({"rot90": change(slot(value, form))})
    assert planted.outcome("rot90") == plain


def test_no_block_does_harm() -> None:
    """Bytes at random, places that are none, nodes that are none: something comes out, and the engine goes on."""
    rng = random.Random(5)
    plain = Planted().outcome("size")
    for _ in range(300):
        planted = Planted()
        packed = bytearray(rng.choice([slot(frozenset({(1, (0, 0)), (2, (5, 5))}), "O"), slot(OBJECTS, "S")]))
        for _ in range(rng.randint(1, 12)):
            packed[rng.randrange(rng.choice([32, len(packed)]))] = rng.choice([0, 1, 2, 5, 6, 7, 30, 127, 255])
        nodes = [planted.node["rot90"], rng.choice([0, 1, planted.program.root, 2**32 - 1]), planted.node["vmirror"]]
        offsets = [0, rng.choice([0, 2**63, len(packed) - 3]), 0]
        seeds = Seeds(array("I", nodes).tobytes(), array("Q", offsets).tobytes(), bytes(packed))
        planted.scope.seed([planted.program.root], seeds)
        assert planted.outcome("rot90").fuel is not None
        assert len(planted.scope.judge([planted.program.root], GRID)) == 1
        assert planted.outcome("size") == plain


def test_places_without_offsets_are_refused() -> None:
    with pytest.raises(ValueError, match="an offset for each node"):
        Planted().scope.seed([0], Seeds(b"\0\0\0\0", b"", b""))
