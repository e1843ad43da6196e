"""Functions for items: worker processes find them by name, so they stand in a module of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any


def make_state() -> str:
    noted = os.environ.get("ARCBATT_TEST_STATES")
    if noted:
        with open(noted, "a") as file:
            file.write("made\n")
    return "state"


def stop_state(state: str) -> None:
    assert state == "state"


def fail_to_start() -> str:
    raise LookupError("no state")


def echo(state: Any, value: Any) -> tuple[Any, Any]:
    return (state, value)


def sleep(state: Any, seconds: float) -> None:
    time.sleep(seconds)


def sleep_and_echo(state: Any, seconds: float, value: Any) -> Any:
    time.sleep(seconds)
    return value


def meet(state: Any, mine: str, other: str) -> None:
    """Returns once another worker is here too; fails when none comes."""
    Path(mine).touch()
    end = time.monotonic() + 60
    while not Path(other).exists():
        assert time.monotonic() < end
        time.sleep(0.005)


def process_id(state: Any) -> int:
    return os.getpid()


def raise_error(state: Any) -> None:
    raise LookupError("a bug")


def hang(state: Any) -> None:
    while True:
        time.sleep(0.01)


def hang_in_c(state: Any) -> int:
    return sum(range(10**13))


def evaluate(state: Any, body: str) -> tuple[str, int]:
    """How a program with this body ends with the python engine, and the most address space that this process had."""
    from arcbatt.engine import select_engine
    from arcbatt.program.parse import parse_programs

    (program,) = parse_programs(f"def solve(I):\n{body}")
    outcome = select_engine("python").open(program.graph).bind(I=((1, 2, 3), (4, 5, 6))).run([program.root])[0]
    return "ok" if outcome.failure is None else str(outcome.failure.kind), memory_status("VmPeak")


def enumerate_within(state: Any, task_id: str, memory_bytes: int) -> tuple[Any, ...]:
    """Everything that an enumeration within so many bytes tells but its seconds, and the programs that it gives."""
    from arcbatt.arc import load_set
    from arcbatt.search.enumeration import Enumeration, EnumerationLimits

    limits = EnumerationLimits(nodes=None, answers=None, memory_bytes=memory_bytes)
    search = Enumeration(load_set()[task_id].challenge, limits)
    found = tuple((item.program.text, item.cost, item.goal) for item in search)
    return found, replace(search.report, seconds=0.0)


def memory_status(key: str) -> int:
    """A line of this process's status in the system, in bytes."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return 1024 * int(lines[key].split()[0])


def die(state: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def exit_quietly(state: Any) -> None:
    os._exit(3)


def note_and_die(state: Any, path: str) -> None:
    with open(path, "a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(state: Any, marker: str) -> str:
    path = Path(marker)
    if not path.exists():
        path.write_text("died")
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def eat_memory(state: Any) -> int:
    return len(bytearray(8 * 1024**3))


def note_and_hang(state: Any, path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    hang(state)


def opener(slots: int) -> Callable[[], str]:
    assert slots >= 1
    return make_state
