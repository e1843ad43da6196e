"""Every kernel on the host: what it gives is the python primitive's value and fuel, and it gives most that it could."""

from __future__ import annotations

import ast
import json
import os
import random
import subprocess
from pathlib import Path
from struct import pack
from typing import Any

import pytest

import arcbatt.dsl
from arcbatt.dsl.closures import Function
from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.values import ordered
from arcbatt.engine.cuda.coverage import Kernel, functions, kernels, kernels_by_call
from arcbatt.engine.cuda.layout import fuel_of
from arcbatt.engine.recorded import Plumbing
from arcbatt.program.graph import Graph
from support.host_device import COMPILER, LANES_SOURCE, HostDevice, build_program
from support.kernel_calls import pack_as, packed_calls, results, unpack_as
from support.native_cases import Cases, python_result
from support.programs import random_arc_grid, random_grid
from support.twins import typed

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")

ROOT = Path(__file__).parents[3]
RECORDED = sorted((ROOT / "tests" / "dsl" / "recorded_calls").glob("*.jsonl"))
VECTORS = ROOT.parent / "shared" / "dsl" / "vectors"
"""More recorded calls, on some machines."""
NAMES = sorted({kernel.primitive for kernel in kernels()})
SHARES = {
    "cellwise": 0.6, "fill": 0.7, "nearestcolors": 0.7, "replace": 0.7, "switch": 0.5, "underfill": 0.7,
    "upscale": 0.65,
}  # fmt: skip
"""The least share of calls whose arguments and result have a form that a kernel gives a value for; of others 0.9.

Cells that are no bytes, factors below 1 and far places are left to the native engine, though little comes of some.
"""


@pytest.fixture(scope="module")
def device() -> HostDevice:
    return HostDevice()


def objects_in(rng: random.Random) -> Any:
    """The objects of a grid, at times moved far from it."""
    grid = random_grid(rng, 8) if rng.random() < 0.4 else random_arc_grid(rng, rng.choice([12, 30]))
    found = arcbatt.dsl.objects(grid, *rng.choices([True, False], k=3))
    down, right = rng.choice([(0, 0), (-40, 7), (5, 1_000)])
    return frozenset(frozenset((color, (i + down, j + right)) for color, (i, j) in cells) for cells in found)


AROUND = ["neighbors", "dneighbors", "ineighbors", "hfrontier", "vfrontier"]
GIVING = ["backdrop", "delta", "box", "outbox", "corners", "toindices"]
MEASURES = list(functions())[:9]
SIZES = [arcbatt.dsl.compose(arcbatt.dsl.size, other) for other in (arcbatt.dsl.delta, arcbatt.dsl.backdrop)]
ALIKE = [
    arcbatt.dsl.fork(arcbatt.dsl.equality, arcbatt.dsl.toindices, other)
    for other in (arcbatt.dsl.box, arcbatt.dsl.backdrop)
]


def function_for(kernel: Kernel, place: int, rng: random.Random) -> Any:
    """A function that a kernel knows what to do with, as the argument at that place."""
    names = {"O": ["first"], "M": ["first", "last"]}.get(kernel.takes[0], MEASURES)
    condition = arcbatt.dsl.matcher(REGISTRY[rng.choice(names)].function, rng.choice([*range(-1, 10), True, False]))
    shots = arcbatt.dsl.rbind(arcbatt.dsl.shoot, (rng.randint(-1, 1), rng.randint(-1, 1)))
    opposite = arcbatt.dsl.compose(arcbatt.dsl.flip, condition)
    either = rng.choice([condition, opposite])
    if kernel.takes[0] == "S":
        shapes = [REGISTRY[name].function for name in ("square", "hline", "vline", rng.choice(MEASURES))]
        either = rng.choice([either, rng.choice(shapes), rng.choice([*SIZES, *ALIKE])])
    return {
        "mapply": rng.choice([REGISTRY[rng.choice(AROUND if kernel.takes == "PM" else GIVING)].function, shots]),
        "sfilter": either, "mfilter": either, "extract": either,
        "compose": rng.choice([opposite, *SIZES]).parts[place % 2], "fork": rng.choice(ALIKE).parts[place % 3],
        "rbind": arcbatt.dsl.shoot, "lbind": arcbatt.dsl.shift,
        "matcher": REGISTRY[rng.choice(list(functions()))].function,
    }.get(kernel.primitive, rng.choice([REGISTRY[rng.choice(MEASURES)].function, rng.choice(SIZES)]))  # fmt: skip


def like_earlier(rng: random.Random, found: list[Any], form: str, made: Any) -> Any:
    """An object of an earlier set, some of its objects, or an object with some; what was made when there is none."""
    sets = [value for value in found if type(value) is frozenset and pack_as(value, "S") is not None and value]
    if sets:
        items = sorted(sets[0], key=sorted)
        if form == "O":
            return rng.choice(items)
        kept = rng.sample(items, rng.randint(0, len(items)))
        cut = [frozenset(sorted(item)[rng.randint(0, 1) :]) for item in kept]
        joined = [frozenset().union(*kept[:2]), *kept[2:]]
        return frozenset(filter(None, rng.choice([kept, cut, joined])))
    if form == "S" and found and pack_as(found[0], "O") is not None and found[0] and pack_as(made, "S") is not None:
        places = {place for _, place in found[0]}
        return frozenset([found[0], *[item for item in made if all(place not in places for _, place in item)]])
    return made


def arguments_of(kernel: Kernel, cases: Cases) -> list[Any]:
    """Arguments in the forms that a kernel takes, patches often within the grid beside them."""
    rng, grid, found = cases.rng, cases.grid(), []
    makers = {
        "G": lambda: grid,
        "M": lambda: rng.choice([cases.indices, lambda: cases.patch_of(grid, "Indices")])(),
        "O": lambda: rng.choice([cases.object, lambda: cases.patch_of(grid, "Object")])(),
        "S": lambda: rng.choice([cases.objects, lambda: objects_in(rng)])(),
        "P": lambda: function_for(kernel, len(found), rng),
        "F": lambda: arcbatt.dsl.lbind(arcbatt.dsl.shift, cases.object()),
    }  # fmt: skip
    for form, type_ in zip(kernel.takes, REGISTRY[kernel.primitive].types, strict=True):
        numbers = {"Numerical": "Numerical", "IntegerTuple": "IntegerTuple", "Boolean": "Boolean", "Integer": "Integer"}
        made = makers[form]() if form != "N" else cases.of_type(numbers.get(type_, rng.choice(list(numbers))))
        if form in "SO" and rng.random() < 0.5:
            made = like_earlier(rng, found, form, made)
        found.append(rng.choice(found) if found and rng.random() < 0.1 else made)
        grid = grid if rng.random() < 0.7 else cases.grid()
    return found


def slots_of(kernel: Kernel, arguments: Any) -> list[bytes] | None:
    """The slots of some arguments; None when one has no such form."""
    if len(arguments) != len(kernel.takes):
        return None
    slots = [pack_as(value, form) for value, form in zip(arguments, kernel.takes, strict=True)]
    return None if None in slots else [slot for slot in slots if slot is not None]


def check(device: HostDevice, calls: list[tuple[Kernel, Any, list[bytes]]]) -> tuple[int, int]:
    """Compares calls with the python primitives; how many could have a value, and how many have one."""
    could = have = 0
    found = results(device, [(kernel, slots) for kernel, _, slots in calls])
    for (kernel, arguments, _), (value, fuel) in zip(calls, found, strict=True):
        primitive = REGISTRY[kernel.primitive]
        kind, expected = python_result(primitive, tuple(arguments))
        has_form = kind == "ok" and pack_as(expected, kernel.gives) is not None
        could += has_form
        if value is not None:
            assert has_form, (kernel, arguments, value)
            assert (typed(value[0]), fuel) == (typed(expected), expected_fuel(kernel, arguments)), (kernel, arguments)
            have += 1
    return could, have


def expected_fuel(kernel: Kernel, arguments: Any) -> int:
    """What a call costs, with the calls of the function that it is handed."""
    fuel = call_fuel(REGISTRY[kernel.primitive].function, *arguments)
    if not set("PF").intersection(kernel.takes) or kernel.gives in "PF":
        return fuel
    function, container = sorted(arguments, key=lambda value: type(value) is frozenset)
    for item in ordered(container):
        fuel += call_fuel(function, item)
        if kernel.primitive == "extract" and function(item):
            break
    return fuel


def call_fuel(function: Any, *arguments: Any) -> int:
    """A unit and an eighth of its work for each primitive that is called."""
    if not isinstance(function, Function):
        work = REGISTRY[function.__name__].work
        return 1 + ((0 if work is None else work(*arguments)) >> 3)
    first, *others = function.parts
    if function.name == "fork":
        fuel = sum(call_fuel(other, *arguments) for other in others)
        return fuel + call_fuel(first, *[other(*arguments) for other in others])
    if function.name == "compose":
        return call_fuel(others[0], *arguments) + call_fuel(first, others[0](*arguments))
    bound = (*others, *arguments) if function.name == "lbind" else (*arguments, *others)
    return call_fuel(first, *(arguments if function.name == "matcher" else bound))


@pytest.mark.parametrize("name", NAMES)
def test_random_calls(name: str, device: HostDevice) -> None:
    """200 drawn by the primitive's types and 100 by the forms of each of its kernels."""
    primitive, cases = REGISTRY[name], Cases(random.Random(name))
    mine = [kernel for kernel in kernels() if kernel.primitive == name]
    drawn = [(kernel, cases.arguments(primitive)) for _ in range(200) for kernel in mine]
    drawn += [(kernel, arguments_of(kernel, cases)) for _ in range(100) for kernel in mine]
    calls = [(kernel, args, slots) for kernel, args in drawn if (slots := slots_of(kernel, args)) is not None]
    assert {kernel for kernel, _, _ in calls} == set(mine)
    could, have = check(device, calls)
    assert have >= 10
    assert have >= SHARES.get(name, 0.9) * could


def test_recorded_calls(device: HostDevice) -> None:
    """Those of covered primitives with arguments in some form: each the recorded value and fuel, or none."""
    done = 0
    for path in RECORDED:
        for line in path.read_text(encoding="utf-8").splitlines():
            call = json.loads(line)
            try:
                arguments = [_literal(text) for text in call["arguments"]]
            except ValueError:  # a function
                continue
            for kernel in [kernel for kernel in kernels() if kernel.primitive == call["name"]]:
                slots = slots_of(kernel, arguments)
                if slots is None:
                    continue
                ((value, fuel),) = results(device, [(kernel, slots)])
                if value is not None:
                    assert typed(value[0]) == typed(_literal(call["result"])), call
                    assert fuel == call["fuel"], call
                    done += 1
    assert done >= 300


@pytest.mark.skipif(not VECTORS.is_dir(), reason="there are no vectors of recorded calls beside the repository")
def test_vectors(device: HostDevice) -> None:
    done = 0
    for path in sorted(VECTORS.glob("*.json")):
        for recorded in json.loads(path.read_text(encoding="utf-8")):
            arguments = _plain_arguments(recorded)
            mine = [kernel for kernel in kernels() if kernel.primitive == path.stem and "call" not in recorded]
            calls = [(kernel, arguments, slots_of(kernel, arguments)) for kernel in mine if arguments is not None]
            fitting = [(kernel, args, slots) for kernel, args, slots in calls if slots is not None]
            done += check(device, fitting)[1] if fitting else 0
    assert done >= 1_000


def _literal(text: str) -> Any:
    """A value from its literal.

    Raises:
        ValueError: it is the name of a function, or builds one.
    """
    tree = ast.parse(text, mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if names - {"frozenset"}:
        raise ValueError(text)
    return eval(compile(tree, "literal", "eval"), {"frozenset": frozenset, "__builtins__": {}})


def _plain_arguments(recorded: dict[str, Any]) -> list[Any] | None:
    """The arguments of a recorded call; None when one is, or holds, a function."""
    if any(mark in json.dumps(recorded["args"]) for mark in ('"p"', '"f"')):
        return None
    plumbing, values = Plumbing(Graph()), []
    for encoded in recorded["args"]:
        plumbing.node(encoded)
    nested = plumbing.values()
    while nested != ():
        value, nested = nested
        values.append(value)
    return values


def test_lanes_do_not_race(tmp_path: Path) -> None:
    """Four threads stand for the lanes of a warp; a thread sanitizer sees what one reads that another writes unordered.

    And what they give together is what one lane gives.
    """
    cases = Cases(random.Random(4))
    calls = []
    for kernel in kernels():
        drawn = (arguments_of(kernel, cases) for _ in range(200))
        fitting = [slots for arguments in drawn if (slots := slots_of(kernel, arguments)) is not None]
        calls += [(kernel, slots) for slots in fitting[:4]]
    assert {kernel for kernel, _ in calls} == set(kernels())
    program = build_program(LANES_SOURCE, "-DLANES=4", "-fsanitize=thread", "-g")
    if program is None:
        pytest.skip("this C++ compiler has no thread sanitizer")
    packed, block, places = packed_calls(calls)
    given = pack("<qq", len(calls), len(block)) + packed + block
    environment = {**os.environ, "TSAN_OPTIONS": "exitcode=66"}
    done = subprocess.run([program], input=given, capture_output=True, env=environment)
    if b"unexpected memory mapping" in done.stderr:
        pytest.skip("the thread sanitizer does not know how this kernel lays out memory")
    assert done.returncode == 0, done.stderr.decode()[:3000]
    expected = results(HostDevice(), calls)
    forms = [kernel.gives for kernel, _ in calls]
    found = [done.stdout[offset : offset + size] for offset, size in places]
    assert [_told(slot, form) for slot, form in zip(found, forms, strict=True)] == expected


def _told(slot: bytes, form: str) -> Any:
    return unpack_as(slot, form), fuel_of(slot)


def test_the_table_names_primitives_and_their_parameters() -> None:
    for kernel in kernels():
        assert len(kernel.takes) == REGISTRY[kernel.primitive].arity
    assert kernels_by_call()["vmirror", "G"].gives == "G"
    assert len(NAMES) >= 120
