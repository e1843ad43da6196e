"""What the native engine promises beyond equal outcomes: time, memory, threads, and primitives of a user's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arcbatt.battery.battery import Battery
from arcbatt.dsl.registry import REGISTRY
from arcbatt.dsl.user import load_primitives
from arcbatt.engine import Limits, Outcome, Scope, select_engine
from arcbatt.errors import EngineError
from arcbatt.program.parse import parse_programs
from support.twins import ENGINES, Twins, needs_native

ENDLESS = Limits(fuel=10**15)
LONG = "power(power(power(increment, 1000), 1000), 1000)(ZERO)"
"""Runs for about a minute."""

HEAVY = [
    LONG,
    "sfilter(interval(ZERO, 400000, ONE), lbind(equality, interval(ZERO, 400001, ONE)))",
    "hperiod(asobject(canvas(ONE, astuple(300, 300))))",
    "apply(rbind(lbind(interval, ZERO), ONE), interval(ZERO, 3000, ONE))",
    "apply(compose(size, lbind(lbind(prapply, add), interval(ZERO, 700, ONE))), "
    "apply(lbind(interval, ZERO), interval(ZERO, 700, ONE)))",
    "apply(compose(size, rbind(repeat, 400000)), interval(ZERO, 20000, ONE))",
    "apply(rbind(manhattan, asindices(canvas(ONE, astuple(400, 400)))), repeat(asindices(canvas(ONE, TWO)), 900))",
    "power(rbind(objects, T), 900)",
]


def ran(body: str, limits: Limits, grid: Any = ((0, 1), (2, 3))) -> tuple[Outcome, float]:
    """The native outcome of a program given as its expression, and the seconds it took."""
    (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
    scope = select_engine("native", limits).open(program.graph).bind(S=(), I=grid)
    start = time.monotonic()
    (outcome,) = scope.run([program.root])
    return outcome, time.monotonic() - start


def kind_of(outcome: Outcome) -> str:
    return "value" if outcome.failure is None else str(outcome.failure.kind)


@needs_native
class TestTime:
    @pytest.mark.parametrize("body", HEAVY)
    def test_a_deadline_is_kept_in_the_heaviest_calls(self, body: str) -> None:
        outcome, seconds = ran(body, Limits(fuel=10**15, timeout_s=0.1))
        assert seconds < 1.5
        if body == LONG:
            assert kind_of(outcome) == "timeout"

    def test_values_that_are_shown_again_and_again_count(self) -> None:
        # Each root is cheap, but to judge it means to look at half a million parts.
        text = "".join(
            f"def solve_{i}(I):\n    return astuple(interval(ZERO, 400000, ONE), {i})\n" for i in range(2000)
        )
        battery = Battery.of(parse_programs(text))
        scope = select_engine("native", Limits(fuel=10**15, timeout_s=0.1)).open(battery.graph).bind(I=((1,),))
        start = time.monotonic()
        verdicts = scope.judge(list(battery.solvers.values()), None)
        assert time.monotonic() - start < 1.5
        assert verdicts[0].failure is None

    def test_ctrl_c_ends_a_run_at_once(self) -> None:
        script = (
            "from arcbatt import parse_programs\nfrom arcbatt.engine import Limits, select_engine\n"
            f"(p,) = parse_programs('def solve(I):\\n    return {LONG}\\n')\n"
            "s = select_engine('native', Limits(fuel=10**15)).open(p.graph).bind(I=((1,),))\n"
            "print('ready', flush=True)\n"
            "try:\n    s.run([p.root])\nexcept KeyboardInterrupt:\n    print('interrupted')\n"
        )
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.3)
            start = time.monotonic()
            os.kill(process.pid, signal.SIGINT)
            out, _ = process.communicate(timeout=30)
        assert out == "interrupted\n"
        assert time.monotonic() - start < 2
        assert process.returncode == 0


@needs_native
class TestMemory:
    @pytest.mark.parametrize("body", [
        "apply(compose(lbind(rbind, contained), fork(rbind(interval, ONE), identity, rbind(add, 400000))), "
        "interval(ZERO, 20000, ONE))",
        "hmirror(power(fork(combine, identity, identity), 7)(canvas(300, astuple(TWO, 240000))))",
        "dmirror(power(fork(combine, identity, identity), 7)(canvas(THREE, astuple(TWO, 240000))))",
    ])  # fmt: skip
    def test_a_program_that_needs_too_much_fails_with_memory(self, body: str) -> None:
        outcome, _ = ran(body, Limits(fuel=10**12, memory_bytes=200_000_000))
        assert kind_of(outcome) == "memory"

    @pytest.mark.parametrize("body", [
        # Rows of very different length: their number times the first one's length is no size of anything.
        "occurrences(combine(initset_row, repeat(astuple(ONE, TWO), 70000)), asobject(I))",
        "replace(combine(initset_row, repeat(astuple(ONE, TWO), 70000)), 300, ONE)",
        "merge(astuple(canvas(ONE, astuple(500, 500)), canvas(ONE, astuple(40000, ONE))))",
        "fill(canvas(ONE, astuple(160, 3000)), repeat(ONE, 400000), asindices(canvas(ONE, astuple(160, 900))))",
        "recolor(asindices(canvas(ONE, astuple(400, 400))), asindices(canvas(ONE, astuple(300, 300))))",
    ])  # fmt: skip
    def test_no_room_is_asked_for_that_no_value_could_take(self, body: str) -> None:
        # In a process of its own with little address space: asking for too much would end it.
        body = body.replace("initset_row", "repeat(interval(ZERO, 250000, ONE), ONE)")
        script = (
            "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1_200_000_000,) * 2)\n"
            "from arcbatt import parse_programs\nfrom arcbatt.engine import Limits, select_engine\n"
            f"(p,) = parse_programs('def solve(I):\\n    return {body}\\n')\n"
            "s = select_engine('native', Limits(fuel=10**12)).open(p.graph).bind(I=((1, 2), (3, 4)))\n"
            "verdict = s.judge([p.root], None)[0]\nprint('done', verdict.failure)\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("done")

    def test_memory_is_free_again_after_each_task(self) -> None:
        (program,) = parse_programs("def solve(I):\n    return apply(rbind(astuple, I), interval(ZERO, 90000, ONE))\n")
        scope = select_engine("native").open(program.graph)
        peaks = []
        for number in range(40):
            scope.bind(I=((number % 10,),)).judge([program.root], None)
            peaks.append(_resident_bytes())
        assert max(peaks[20:]) < max(peaks[:20]) + 30_000_000


def _resident_bytes() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pytest.skip("this system does not tell")


@needs_native
class TestThreads:
    def test_threads_that_share_a_graph_get_their_own_outcomes(self) -> None:
        text = "".join(f"def solve_{i}(I):\n    return canvas({i}, astuple({i}, {i}))\n" for i in range(1, 9))
        battery = Battery.of(parse_programs(text))
        scope = select_engine("native").open(battery.graph).bind(I=((1,),))
        wrong: list[object] = []

        def work(number: int) -> None:
            root = battery.solvers[f"solve_{number}"]
            for _ in range(300):
                (outcome,) = scope.run([root])
                if outcome.value != ((number,) * number,) * number:
                    wrong.append(outcome)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in threads)
        assert not wrong

    def test_a_run_does_not_keep_others_from_the_graph(self) -> None:
        battery = Battery.of(
            parse_programs(f"def solve_a(I):\n    return {LONG}\ndef solve_b(I):\n    return vmirror(I)\n")
        )
        engine = select_engine("native", ENDLESS)
        scope = engine.open(battery.graph).bind(I=((1, 2),))
        got: list[Outcome] = []

        def other() -> None:
            time.sleep(0.2)
            inner = scope._machine.programs([battery.solvers["solve_b"]])  # type: ignore[attr-defined]
            assert inner is not None
            got.extend(engine.open(battery.graph).bind(I=((1, 2),)).run([battery.solvers["solve_b"]]))
            engine.stop()

        thread = threading.Thread(target=other)
        thread.start()
        (outcome,) = scope.run([battery.solvers["solve_a"]])  # in the main thread, which asks for signals
        thread.join(30)
        assert [item.value for item in got] == [((2, 1),)]
        assert kind_of(outcome) == "timeout"

    def test_stop_ends_what_runs_and_what_comes(self) -> None:
        (program,) = parse_programs(f"def solve(I):\n    return {LONG}\n")
        engine = select_engine("native", ENDLESS)
        scope: Scope = engine.open(program.graph).bind(I=((1,),))
        threading.Timer(0.2, engine.stop).start()
        start = time.monotonic()
        assert kind_of(scope.run([program.root])[0]) == "timeout"
        assert kind_of(scope.run([program.root])[0]) == "timeout"
        assert time.monotonic() - start < 2


USERS = """
import sys
from typing import Any
from arcbatt import primitive

@primitive
def u_same(x: Any) -> Any:
    return x

@primitive
def u_list(x: Any) -> Any:
    return [x]

@primitive
def u_float(x: Any) -> Any:
    return 0.5

@primitive
def u_huge(x: Any) -> Any:
    return 10**30

@primitive
def u_million(x: Any) -> Any:
    return (0,) * 10**6

@primitive
def u_deep(x: Any) -> Any:
    for _ in range(100):
        x = (x,)
    return x

@primitive
def u_lambda(x: Any) -> Any:
    return lambda y: y

@primitive
def u_exit(x: Any) -> Any:
    sys.exit(3)

@primitive
def u_raise(x: Any) -> Any:
    raise ValueError("bad")

@primitive
def u_again(x: Any) -> Any:
    return u_again(x)

@primitive
def u_call(f: Any, x: Any) -> Any:
    return f(x)

@primitive
def u_twice(f: Any, x: Any) -> Any:
    return f(f(x))

@primitive
def u_wrong(f: Any, x: Any) -> Any:
    return f(x, x, x)

@primitive
def u_catch(f: Any, x: Any) -> Any:
    try:
        return f(x)
    except Exception:
        return 5

@primitive
def u_five(a: Any, b: Any, c: Any, d: Any, e: Any) -> Any:
    return (a, b, c, d, e)
"""

ONES = ["same", "list", "float", "huge", "million", "deep", "lambda", "exit", "raise", "again"]


@pytest.fixture(scope="module")
def _users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    file = tmp_path_factory.mktemp("users") / "users.py"
    file.write_text(USERS)
    names = load_primitives(file)
    yield
    for name in names:
        REGISTRY.remove(name)


@needs_native
@pytest.mark.usefixtures("_users")
class TestUserPrimitives:
    @pytest.mark.parametrize("body", [
        *(f"u_{name}(I)" for name in ONES),
        *(f"apply(u_{name}, asobject(I))" for name in ONES),
        "u_same(increment)", "u_call(increment, ONE)", "u_call(power(increment, 50), ONE)",
        "u_twice(compose(vmirror, u_same), I)", "u_twice(power(power(increment, 50), 50), ONE)",
        "u_wrong(increment, I)", "u_wrong(u_call, I)", "u_call(rbind(apply, I), vmirror)",
        "u_call(rbind(objects, T), I)",
        "u_call(lbind(apply, increment), merge(I))", "u_five(I, I, I, I, I)", "rbind(u_five, I)",
        "u_call(fork(apply, identity, initset), fork(apply, identity, initset))", "u_call(u_call, increment)",
        "u_catch(u_exit, ONE)", "u_catch(power(power(increment, 90), 90), ONE)",
        "fork(u_call, identity, u_same)(u_same)",
        "u_call(insert(ONE, initset(increment)), I)", "order(I, u_same)", "sfilter(I, u_same)",
        "matcher(u_same, ONE)(ONE)",
        "papply(u_call, astuple(increment, double), astuple(ONE, TWO))",
    ])  # fmt: skip
    @pytest.mark.parametrize("fuel", [2, 30, 3_000, 10**6])
    def test_do_the_same_in_both_engines(self, body: str, fuel: int) -> None:
        (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
        assert Twins(Limits(fuel=fuel)).difference(program.graph, S=(), I=((0, 1, 0), (2, 1, 0))) is None

    def test_fuel_that_ran_out_cannot_be_caught(self) -> None:
        for name in ("python", "native"):
            (program,) = parse_programs("def solve(I):\n    return u_catch(power(power(increment, 90), 90), ONE)\n")
            engine = select_engine(name, Limits(fuel=3_000, timeout_s=60))
            (outcome,) = engine.open(program.graph).bind(I=((1,),)).run([program.root])
            assert outcome.failure is not None, name
            assert (str(outcome.failure.kind), outcome.fuel) == ("limit", 3_003), name


@pytest.mark.parametrize(("text", "told"), [
    ("raise RuntimeError('boom\\nand more')\n", "RuntimeError: boom and more"),
    ("import no_such_module_at_all\n", "no_such_module_at_all"),
    ("def broken(:\n", "SyntaxError"),
    ("__version__ = '0.0.0'\n", "0.0.0"),
    ("import arcbatt\n__version__ = arcbatt.__version__\n", "primitives"),
    ("import arcbatt\n__version__ = arcbatt.__version__\ndef primitives():\n    return []\n", "other primitives"),
    ("import arcbatt\n__version__ = arcbatt.__version__\ndef primitives():\n    return 3\n", "TypeError"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["native", "auto"])
def test_a_broken_module_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str, name: str
) -> None:
    (tmp_path / "arcbatt_native.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "arcbatt_native", raising=False)
    try:
        with pytest.raises(EngineError) as caught:
            select_engine(name)
    finally:
        sys.modules.pop("arcbatt_native", None)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_an_interrupt_inside_a_users_primitive_ends_the_run_and_not_the_node_alone(engine: str) -> None:
    code = f"""
import signal, threading, _thread
from arcbatt import parse_programs, primitive, select_engine
from arcbatt.dsl.types import Grid

@primitive
def waits(grid: Grid) -> Grid:
    threading.Timer(0.2, _thread.interrupt_main).start()
    while True:
        pass

(program,) = parse_programs("def solve(I):\\n    return waits(I)\\n")
scope = select_engine({engine!r}).open(program.graph).bind(I=((1,),))
for _ in range(2):  # the engine is as good as before
    try:
        scope.run([program.root])
    except KeyboardInterrupt:
        print("interrupted")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "interrupted\n" * 2, done.stderr
