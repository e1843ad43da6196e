"""What each family of last steps finds by itself: tasks fitted and wholly right, one enumeration a task, no library.

    python benchmarks/families.py [--set loo|arc2-rest|variants] [--data FILE] [--nodes 30000] [--every N]

Families are the goals of the enumeration. A task is *fitted* by a family that found a program for it, and *right* if
one of the first two test outputs of the family, the cheapest programs first, is the expected one for every test input;
*any* if any output is. *Alone* counts tasks that no other family has right. With ``-v`` the tasks of each family.
The expected outputs are for counting only. Sets that must not be developed on are not offered.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from arcbatt.arc import Grid, Task
from arcbatt.engine import select_engine
from arcbatt.search.enumeration import Enumeration, EnumerationLimits
from arcbatt.search.ranking.leads import measured
from generalization_sets import Selection, choose, selected

_SETS: Final = ("loo", "arc2-rest", "variants")
_Found = dict[str, tuple[int, int]]
"""By family: test outputs right within two, and right by any, both counted in bits by test input."""


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--set", choices=_SETS, default="loo")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--nodes", type=int, default=30_000)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    chosen = parser.parse_args(arguments)
    tasks = selected(choose(chosen.set, chosen.data, None).tasks, Selection(every=chosen.every))
    work = [(tasks[task_id], chosen.nodes) for task_id in tasks]
    with multiprocessing.get_context("spawn").Pool(chosen.jobs) as pool:
        rows = dict(zip(tasks, pool.starmap(found_by_family, work, 4), strict=True))
    for line in table({task_id: (len(tasks[task_id].test), *row) for task_id, row in rows.items()}, chosen.verbose):
        print(line)


def found_by_family(task: Task, nodes: int) -> tuple[float, _Found]:
    """CPU seconds, and what each family found on a task."""
    engine, challenge = select_engine("native"), task.challenge
    start = time.process_time()
    search = Enumeration(challenge, EnumerationLimits(nodes=nodes, answers=2_048))
    found = list(search)
    seconds = time.process_time() - start
    leads = measured(engine, challenge, [item.program for item in found], "enumeration")
    order = sorted(zip(found, leads, strict=True), key=lambda pair: pair[0].cost)
    given: dict[str, list[list[Grid | None]]] = {}
    for item, lead in order:
        columns = given.setdefault(item.goal, [[] for _ in task.test])
        for column, output in zip(columns, lead.outputs, strict=True):
            if output is not None and output not in column:
                column.append(output)
    return seconds, {goal: (right(task, columns, 2), right(task, columns, None)) for goal, columns in given.items()}


def right(task: Task, columns: Sequence[Sequence[Grid | None]], most: int | None) -> int:
    """The test inputs, a bit each, whose output is among the first so many."""
    pairs = enumerate(zip(task.test, columns, strict=True))
    return sum(1 << place for place, (sample, column) in pairs if sample.output in column[:most])


def table(rows: dict[str, tuple[int, float, _Found]], is_verbose: bool) -> Iterable[str]:
    """The lines: a family each, and all together."""
    families = sorted({goal for _, _, found in rows.values() for goal in found})
    solved = {
        goal: {task for task, (count, _, found) in rows.items() if found.get(goal, (0, 0))[0] == (1 << count) - 1}
        for goal in families
    }
    yield f"{len(rows)} tasks, CPU {sum(seconds for _, seconds, _ in rows.values()):.1f} s"
    yield "| family | fitted | right | any | alone |"
    yield "| --- | --- | --- | --- | --- |"
    for goal in families:
        fitted = [task for task, (_, _, found) in rows.items() if goal in found]
        every = [task for task in fitted if rows[task][2][goal][1] == (1 << rows[task][0]) - 1]
        others = set().union(*(solved[other] for other in families if other != goal))
        yield f"| {goal} | {len(fitted)} | {len(solved[goal])} | {len(every)} | {len(solved[goal] - others)} |"
        if is_verbose:
            yield f"  right: {' '.join(sorted(solved[goal]))}"
            yield f"  wrong: {' '.join(sorted(set(fitted) - solved[goal]))}"
    fitted_at_all = sum(bool(found) for _, _, found in rows.values())
    yield f"| all | {fitted_at_all} | {len(set().union(*solved.values()))} | | |"


if __name__ == "__main__":
    main(sys.argv[1:])
