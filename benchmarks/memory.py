"""By how much hostile programs, and searches, pass the bound on their memory.

    python benchmarks/memory.py [--bounds 64 256 1024] [--random 300] [--only evaluation|threads|search]

*Evaluation*: the programs of ``tests/support/hostile.py``, and random ones, each evaluated on three inputs in a process
of its own, for each bound in MiB. A program is longer for a larger bound, so that it would take several times as
much. With the native engine the bound is on what the evaluation allocates over what the idle process has: *counted*
is the most that the engine's allocator had in use, *resident* the most that the system says the process held
(``VmHWM``), both less what they were before. With the python engine the bound is on the address space of the whole
process, as in a worker of ``--jobs``: *resident* is the most that the whole process held, *counted* its address space
(``VmPeak``). Below zero is within the bound.

*Threads*: two threads of the native engine in one process, each under the bound, which evaluate all the programs one
after the other; resident against both bounds together.

*Search*: the enumeration on some tasks until it ends by its bound: what it says that it holds against what the
allocator has in use for it, and the most of both, and resident memory, against the bound.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

MIB = 1024**2
_TESTS = Path(__file__).resolve().parent.parent / "tests"
_STEPS_A_MIB = 0.6
_LEAST_MIB = 256
"""The python engine is measured from here on: the interpreter itself takes half of it."""
_TASKS = (0, 50, 100, 150)
_RANDOM_BATCH = 50


def status(key: str) -> int:
    """A line of this process's status in the system, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return 1024 * int(line.split()[1])
    raise KeyError(key)


def reset_peak() -> None:
    """Makes ``VmHWM`` begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


def grid(seed: int) -> tuple[tuple[int, ...], ...]:
    """A full-size grid of random colors."""
    rng = random.Random(seed)
    return tuple(tuple(rng.randrange(10) for _ in range(30)) for _ in range(30))


def hostile(bound: int) -> dict[str, str]:
    """The hostile programs for a bound in MiB."""
    sys.path.insert(0, str(_TESTS))
    from support.hostile import hostile_texts

    return hostile_texts(max(30, round(bound * _STEPS_A_MIB)))


def evaluate(engine: str, bound: int, name: str) -> dict[str, Any]:
    """In a child: evaluates one hostile program, or a batch of random ones, and tells what that took."""
    from arcbatt.arc import Sample
    from arcbatt.battery.battery import Battery
    from arcbatt.engine import Limits, select_engine
    from arcbatt.execute.worker import limit_memory
    from arcbatt.program.graph import Graph
    from arcbatt.program.parse import parse_programs

    texts = hostile(bound)
    if name in texts:
        battery = Battery.of(parse_programs("def solve(I):\n" + texts[name]))
        graph, roots = battery.graph, battery.roots()
    else:
        from support.programs import random_program

        rng, graph = random.Random(name), Graph()
        roots = [random_program(rng, graph, rng.randint(5, 40), "I") for _ in range(_RANDOM_BATCH)]
    is_native = engine == "native"
    limits = Limits(fuel=10**9, timeout_s=20.0, memory_bytes=bound * MIB if is_native else None)
    scope = select_engine(engine, limits).open(graph).bind(S=())
    before = counted_now() if is_native else 0
    reset_peak()
    resident = status("VmRSS")
    if not is_native:
        limit_memory(bound * MIB)
    rows = scope.judge_samples(roots, [Sample(grid(seed), None) for seed in range(3)])
    ends = [str(verdict.failure.kind) if verdict.failure else "ok" for verdicts, _ in rows for verdict in verdicts]
    counted = counted_peak() - before if is_native else status("VmPeak")
    return {"ends": ends, "counted": counted, "resident": status("VmHWM") - (resident if is_native else 0)}


def counted_now() -> int:
    """What this thread has allocated in native code, from where the peak counts."""
    import arcbatt_native

    return int(arcbatt_native.memory_counts()[0])


def counted_peak() -> int:
    """The most that this has been since."""
    import arcbatt_native

    return int(arcbatt_native.memory_counts()[1])


def evaluate_in_threads(bound: int) -> dict[str, Any]:
    """In a child: all hostile programs in two threads."""
    from arcbatt.arc import Sample
    from arcbatt.battery.battery import Battery
    from arcbatt.engine import Limits, select_engine
    from arcbatt.program.parse import parse_programs

    batteries = [Battery.of(parse_programs("def solve(I):\n" + text)) for text in hostile(bound).values()]

    def work(seed: int) -> None:
        engine = select_engine("native", Limits(fuel=10**9, timeout_s=10.0, memory_bytes=bound * MIB))
        for battery in batteries[seed:] + batteries[:seed]:
            engine.open(battery.graph).bind(S=()).judge_samples(battery.roots(), [Sample(grid(seed), None)])

    reset_peak()
    before = status("VmRSS")
    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"resident": status("VmHWM") - before}


def search(bound: int, number: int) -> dict[str, Any]:
    """In a child: enumerates on a task until the bound ends it."""
    from arcbatt.arc import load_set
    from arcbatt.search.enumeration import Enumeration, EnumerationLimits

    task = list(load_set().values())[number]
    limits = EnumerationLimits(nodes=None, answers=None, seconds=200.0, memory_bytes=bound * MIB)
    before = counted_now()
    reset_peak()
    resident = status("VmRSS")
    found = Enumeration(task.challenge, limits)
    while found.report.end is None:
        found.advance(10**9)
    report = found.report
    import arcbatt_native

    now, peak = arcbatt_native.memory_counts()
    return {
        "end": str(report.end), "applied": report.applied, "said": report.memory_bytes, "held": now - before,
        "counted": peak - before, "resident": status("VmHWM") - resident,
    }  # fmt: skip


CHILDREN: dict[str, Callable[..., dict[str, Any]]] = {
    "evaluate": evaluate, "threads": evaluate_in_threads, "search": search,
}  # fmt: skip


def child(*arguments: str | int) -> dict[str, Any] | None:
    """What a child process of this file tells; None where it died."""
    command = [sys.executable, __file__, "--child", json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {arguments}: status {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def over(told: dict[str, Any], key: str, bound: int) -> float:
    """By how many percent of the bound, in MiB, the bound was passed."""
    return 100 * (float(told[key]) / (bound * MIB) - 1)


def show_evaluation(engine: str, bound: int, batches: int) -> None:
    """The line of an engine and a bound."""
    names = [*hostile(bound), *(f"random {number}" for number in range(batches))]
    found = {name: told for name in names if (told := child("evaluate", engine, bound, name)) is not None}
    ends = [end for told in found.values() for end in told["ends"]]
    worst = {key: max(found, key=lambda name: found[name][key]) for key in ("counted", "resident")}
    figures = "  ".join(f"{key} {over(found[name], key, bound):+6.1f} % ({name})" for key, name in worst.items())
    print(
        f"{engine:6} {bound:5} MiB: {len(names) - batches} hostile and {batches * _RANDOM_BATCH} random programs, "
        f"{ends.count('memory')} of {len(ends)} outcomes memory, {len(names) - len(found)} dead; {figures}",
        flush=True,
    )


def show_search(bound: int) -> None:
    """The lines of a bound."""
    for number in _TASKS:
        told = child("search", bound, number)
        if told is not None:
            print(
                f"search {bound:5} MiB, task {number}: ended by {told['end']} after {told['applied']} nodes; says "
                f"{told['said'] / MIB:.1f} MiB and has {told['held'] / MIB:.1f}; most counted "
                f"{over(told, 'counted', bound):+.1f} %, resident {over(told, 'resident', bound):+.1f} %",
                flush=True,
            )


def main() -> None:
    """Runs the benchmark and prints its lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bounds", type=int, nargs="+", default=[64, 256, 1024])
    parser.add_argument("--random", type=int, default=300)
    parser.add_argument("--only", choices=["evaluation", "threads", "search"])
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child is not None:
        what, *arguments = json.loads(options.child)
        print(json.dumps(CHILDREN[what](*arguments)))
        return
    for bound in options.bounds:
        if options.only in (None, "evaluation"):
            show_evaluation("native", bound, -(-options.random // _RANDOM_BATCH))
            if bound >= _LEAST_MIB:
                show_evaluation("python", bound, -(-options.random // _RANDOM_BATCH))
        if options.only in (None, "threads"):
            told = child("threads", bound)
            if told is not None:
                print(
                    f"threads {bound:4} MiB: two at once, resident {over(told, 'resident', 2 * bound):+.1f} %",
                    flush=True,
                )
        if options.only in (None, "search"):
            show_search(bound)


if __name__ == "__main__":
    main()
