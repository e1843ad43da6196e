"""How many expressions the enumeration evaluates a second, on one core.

    python benchmarks/search_rate.py [--every 10] [--nodes 1000000] [--grammar grid|full|both]

A node is an expression evaluated on all inputs of a task, demo and test, natively, its outcome compared with all that
is known and with the goals. *Applied* are all of them; *failed* are those among them that failed on some input, or gave
no value of their kind, which ends them early; *unique* gave something new. *Whole* leaves the failed ones out. Every
10th task of arc1-train, 40 tasks; sums over the tasks, over the CPU seconds of the one thread that searches, the making
of the search and the check of what it found included.

*grid*: grids to grids, with numbers, offsets and colors that are written down. *full*: the whole vocabulary.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

from arcbatt.arc import Challenge, load_set
from arcbatt.search.enumeration import (
    Enumeration,
    EnumerationLimits,
    EnumerationReport,
    Grammar,
    default_grammar,
    enumeration_available,
    grid_grammar,
)

GRAMMARS: dict[str, Callable[[Challenge], Grammar]] = {"grid": grid_grammar, "full": default_grammar}


def searched(task: Challenge, make: Callable[[Challenge], Grammar], nodes: int) -> tuple[EnumerationReport, float]:
    """What a search of so many nodes did, and its CPU seconds."""
    grammar = make(task)
    start = time.thread_time()
    search = Enumeration(task, EnumerationLimits(nodes=nodes, memory_bytes=4 << 30, answers=None), grammar)
    while search.report.end is None:
        search.advance()
    return search.report, time.thread_time() - start


def main() -> None:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--grammar", choices=[*GRAMMARS, "both"], default="both")
    options = parser.parse_args()
    if not enumeration_available():
        print("the native engine is not installed: nothing to measure")
        return
    tasks = [task.challenge for task in load_set().values()][:: options.every]
    print(f"{len(tasks)} tasks, up to {options.nodes} nodes each, one core; millions, and millions a CPU second")
    print("grammar  CPU s  applied  unique  duplicates  failed  applied/s  whole/s  unique/s  peak MB")
    for name, make in GRAMMARS.items():
        if options.grammar not in (name, "both"):
            continue
        results = [searched(task, make, options.nodes) for task in tasks]
        seconds = sum(took for _, took in results)
        applied, unique, duplicates, failed = (
            sum(getattr(report, field) for report, _ in results) / 1e6
            for field in ("applied", "unique", "duplicates", "failed")
        )
        rates = [count / seconds for count in (applied, applied - failed, unique)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name:7} {seconds:6.1f} {applied:8.2f} {unique:7.2f} {duplicates:11.2f} {failed:7.2f} "
            f"{rates[0]:10.2f} {rates[1]:8.2f} {rates[2]:9.2f} {peak:8.0f}"
        )


if __name__ == "__main__":
    main()
