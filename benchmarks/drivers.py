"""Two processes that share one store, beside one that does all: the ratio of their times, and nothing done twice.

    python benchmarks/drivers.py [--command run|solve] [--tasks 400] [--copies 200] [--rounds 5]
                                 [--store sqlite|postgres]

Each process has one worker (``-j 1``), so two of them are what a second machine would be. In each round one process
does the tasks alone in a new store, then two do them in another new one; the order turns round from round to round. A
process's time is from its start to its end, reading tasks and programs included; the longer one's counts. Of a ratio
the median over the rounds is printed, and all of them.

On a machine that does other work besides, elapsed times say little. So the same ratio is printed of CPU seconds: those
of the process that used more, by those of one alone. They are what elapses on a machine with a core for each process,
but for waiting. (Of ``solve``, whose workers are processes of their own, they are not known.)

``run`` evaluates made programs (--copies) on tasks of arc1-train, ``solve`` searches for
answers. With ``postgres`` a server is started in a temporary folder, with fsync off.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arcbatt.store import open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.postgres import PostgresServer, database_of, missing_postgres, postgres_server


def main() -> None:
    """Runs the benchmark and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", choices=["run", "solve"], default="run")
    parser.add_argument("--tasks", type=int, default=400)
    parser.add_argument("--copies", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", choices=["sqlite", "postgres"], default="sqlite")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _server(arguments.store) as server:
        folder = Path(name)
        words = _words(arguments.command, arguments.tasks, arguments.copies, folder)
        ratios: list[tuple[float, float]] = []
        for number in range(arguments.rounds):
            found: dict[int, tuple[float, float]] = {}
            for drivers in (1, 2) if number % 2 == 0 else (2, 1):
                with _place(folder / f"{number}-{drivers}", server) as place:
                    found[drivers] = _timed(words, place, drivers, folder)
                    told = _done(place, arguments.tasks)
                wall_s, cpu_s = found[drivers]
                words_of = f"round {number + 1}, {drivers} at work: {wall_s:6.1f} s, CPU {cpu_s:6.1f} s"
                print(f"{words_of}; tasks {told}", flush=True)
            ratios.append((found[2][0] / found[1][0], found[2][1] / found[1][1]))
    print(f"{arguments.command}, {arguments.tasks} tasks, {arguments.store}: nothing done twice, results equal")
    for place, words in enumerate(("elapsed", "CPU") if arguments.command == "run" else ("elapsed",)):
        found_out = [ratio[place] for ratio in ratios]
        shown = ", ".join(f"{ratio:.2f}" for ratio in found_out)
        print(f"two processes take {statistics.median(found_out):.2f} of one's {words} time (median of {shown})")


def _words(command: str, tasks: int, copies: int, folder: Path) -> list[str]:
    shared = ["-s", "0", "-c", str(tasks), "-j", "1", "-q"]
    if command == "solve":
        return ["solve", *shared, "--time-per-task", "1", "-o", "submission.json"]
    battery = folder / "battery.py"
    _write_made(battery, copies)
    return ["run", *shared, "-b", str(battery)]


def _write_made(path: Path, copies: int) -> None:
    """Programs that have little in common, so that most of the work is each one's own."""
    steps = ["vmirror", "hmirror", "dmirror", "cmirror", "rot90", "rot180", "rot270", "trim", "tophalf", "bottomhalf"]
    parts = []
    for copy in range(copies):
        first, second, third = (steps[(copy // 10**place) % 10] for place in range(3))
        parts.append(
            f"def solve_made_{copy}(S, I):\n    x1 = {first}(I)\n    x2 = {second}(x1)\n"
            f"    x3 = fill({third}(x2), {copy % 9 + 1}, ofcolor(x2, ZERO))\n"
            f"    x4 = objects(x3, {copy % 2 == 0}, {copy % 3 == 0}, {copy % 5 == 0})\n"
            f"    x5 = paint(x3, merge(x4))\n    return x5\n"
        )
    path.write_text("\n".join(parts))


def _timed(words: list[str], place: str, drivers: int, folder: Path) -> tuple[float, float]:
    """Seconds from the start of the processes to the end of the last, most CPU seconds of one; results are equal."""
    command = [sys.executable, "-m", "arcbatt", *words, "--store", place, "--share"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    start = time.perf_counter()
    running = []
    for number in range(drivers):
        home = folder / f"driver{number}"
        home.mkdir(exist_ok=True)
        running.append(
            subprocess.Popen([*command, "--json", "results.json"], cwd=home, env=environment, stdout=subprocess.DEVNULL)
        )
    cpu_s = 0.0
    for process in running:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu_s = max(cpu_s, usage.ru_utime + usage.ru_stime)
        if process.returncode not in (0, 1):
            sys.exit(f"a process ended with status {process.returncode}")
    seconds = time.perf_counter() - start
    results = [json.loads((folder / f"driver{number}" / "results.json").read_text()) for number in range(drivers)]
    if any(result != results[0] for result in results):
        sys.exit("the processes have different results")
    return seconds, cpu_s


def _done(place: str, tasks: int) -> str:
    """How many tasks each process did; ends where one was done twice or not at all."""
    with open_store(place, create=False, read_only=True) as store:
        times = store.task_times(store.runs()[-1].id)
        if len(times) != tasks or len({found.digest for found in times}) != tasks:
            sys.exit(f"{len(times)} tasks were done, of {tasks}")
        return " + ".join(str(count) for _, count in sorted(Counter(found.run_id for found in times).items()))


@contextmanager
def _server(kind: str) -> Iterator[PostgresServer | None]:
    if kind == "sqlite":
        yield None
        return
    if (reason := missing_postgres()) is not None:
        sys.exit(reason)
    yield from postgres_server()


@contextmanager
def _place(workspace: Path, server: PostgresServer | None) -> Iterator[str]:
    if server is None:
        yield str(workspace)
    else:
        with database_of(server) as address:
            yield address


if __name__ == "__main__":
    main()
