"""Puts what a search found on arc1-train into the library: ``src/arcbatt/library/found/<name>.py``.

    python tools/found.py solving report.json                 from ``arcbatt solve --json report.json``
    python tools/found.py evolve --workspace DIR --command "arcbatt evolve --seed 0 ..."

Of each task without a starter program it takes the cheapest program that gives the first answer to every test input,
where the evidence makes each of these answers right with a probability of nine tenths, and the program is right on
every sample with both engines, within a quarter of a program's fuel. A program that is right by chance among many that
disagree stays out. That looks at test outputs: this is where the library is curated, after the search is over; nothing
flows back into one. Programs that are in the file already stay as they are.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from arcbatt.arc import Task, TaskSet, load_set
from arcbatt.engine import Limits, select_engine
from arcbatt.errors import ArcbattError, InputError
from arcbatt.library import starter_solvers
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program
from arcbatt.report.solve_json import SolveResults
from arcbatt.results.json_form import from_json
from arcbatt.search.ranking.belief import Belief
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.leads import measured
from arcbatt.search.ranking.model import SCALE
from arcbatt.store import open_store

FOLDER = Path(__file__).resolve().parents[1] / "src" / "arcbatt" / "library" / "found"
FUEL = 5_000_000
"""A quarter of what a program may spend on a sample by default."""
LEAST_PROBABILITY = 9 * SCALE // 10
"""What each answer of a program must be worth."""
EVIDENCE = 50_000_000
"""Fuel for the evidence about the programs of a task."""
_BLOCK = re.compile(r"^# [^\n]*\ndef (solve_\w+)\(.*?(?=\n\n\n|\Z)", re.DOTALL | re.MULTILINE)


class Candidate(NamedTuple):
    """A program for a task, and the command that found it."""

    task: str
    program: Program
    command: str


def main() -> None:
    """Adds programs to a file of the library and prints how many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", type=_name, help="name of the file, without .py")
    parser.add_argument("report", nargs="?", type=Path, help="what arcbatt solve --json wrote")
    parser.add_argument("--workspace", type=Path, help="the store in which a search put its programs")
    parser.add_argument("--command", help="the command of that search")
    options = parser.parse_args()
    if (options.report is None) == (options.workspace is None or options.command is None):
        parser.error("name a report, or --workspace with --command")
    found = from_report(options.report) if options.report else from_store(options.workspace, options.command)
    path = FOLDER / f"{options.name}.py"
    blocks = blocks_of(path.read_text(encoding="utf-8")) if path.exists() else {}
    before = len(blocks)
    taken = {program.name for program in starter_solvers()} | set(blocks)
    for candidate in best(found, load_set("arc1-train"), taken):
        name = f"solve_{candidate.task}"
        blocks[name] = block(name, candidate)
    if len(blocks) > before:
        path.write_text(file_text(blocks), encoding="utf-8")
    print(f"{len(blocks) - before} programs added to {path}, {len(blocks)} in it")


def _name(text: str) -> str:
    """The name of a file of the library, without its suffix."""
    if not re.fullmatch(r"[a-z]\w*", text):
        raise argparse.ArgumentTypeError(f"expected a name as [a-z]\\w*, got {text!r:.80}")
    return text


def from_report(path: Path) -> Iterator[Candidate]:
    """The programs that searches found, out of a report of ``arcbatt solve``."""
    try:
        report = from_json(SolveResults, path.read_bytes(), str(path))
    except (OSError, InputError) as error:
        raise SystemExit(f"{path}: no report of arcbatt solve: {error}") from None
    if report.set != "arc1-train":
        raise SystemExit(f"{path}: expected a report on arc1-train, got one on {report.set}")
    for task in report.tasks:
        command = f"arcbatt solve {task.task} --seed {report.seed} --time-per-task {report.time_per_task_s:g}"
        for found in task.programs:
            if found.text is not None:
                try:
                    (program,) = parse_programs(found.text)
                except ValueError as error:  # also what a program is refused with
                    raise SystemExit(f"{path}: no report of arcbatt solve: {error}") from None
                yield Candidate(task.task, program, f"{command} ({found.source})")


def from_store(workspace: Path, command: str) -> Iterator[Candidate]:
    """The programs of a store that solve all demo samples of a task."""
    with open_store(workspace, create=False, read_only=True) as store:
        texts = {record.md5: record.text for record in store.programs("solver")}
        for score in store.scores():
            if score.result.solves_demo:
                (program,) = parse_programs(texts[score.result.md5])
                yield Candidate(score.task.id, program, command)


def best(found: Iterator[Candidate], tasks: TaskSet, taken: set[str]) -> Iterator[Candidate]:
    """For tasks whose name is not taken: the cheapest candidate of the first answer, where that is right everywhere."""
    by_task: dict[str, dict[str, Candidate]] = {}
    for candidate in found:
        if candidate.task in tasks and f"solve_{candidate.task}" not in taken:
            by_task.setdefault(candidate.task, {}).setdefault(candidate.program.md5, candidate)
    for task_id, candidates in sorted(by_task.items()):
        first = first_answer(list(candidates.values()), tasks[task_id])
        right = [item for item in first if is_right(item.program, tasks[task_id])]
        yield from right[:1]


def first_answer(candidates: list[Candidate], task: Task) -> list[Candidate]:
    """The programs that give the likeliest answer to every test input, where all are believed; the cheapest first."""
    challenge, engine = task.challenge, select_engine()
    leads = measured(engine, challenge, [item.program for item in candidates], "found")
    found = Candidates()
    found.add(lead for lead in leads if lead.demo_right == len(challenge.demo))
    belief = Belief(engine, challenge, EVIDENCE)
    answers = [believed[0] if believed else None for believed in belief.answers(found)]
    if not all(answer is not None and answer.probability >= LEAST_PROBABILITY for answer in answers):
        return []
    wanted = tuple(answer and answer.answer.output for answer in answers)
    cheapest = [lead.program.md5 for lead in belief.programs(found) if lead.outputs == wanted]
    by_md5 = {item.program.md5: item for item in candidates}
    return [by_md5[md5] for md5 in cheapest]


def is_right(program: Program, task: Task) -> bool:
    """Whether a program gives the right output on every sample, with every engine."""
    for engine in ("native", "python"):
        scope = select_engine(engine, Limits(fuel=FUEL)).open(program.graph).bind(S=task.pairs)
        for sample in task.samples:
            (outcome,) = scope.bind(I=sample.input).run([program.root])
            if sample.output is None or outcome.value != sample.output:
                return False
    return True


def block(name: str, candidate: Candidate) -> str:
    """A program as the file has it: the command, then the canonical text under the task's name."""
    return f"# {candidate.command}\n" + candidate.program.text.replace("def solve(", f"def {name}(", 1).rstrip("\n")


def blocks_of(text: str) -> dict[str, str]:
    """The programs of a file by name, with their comments."""
    return {match[1]: match[0].rstrip("\n") for match in _BLOCK.finditer(text)}


def file_text(blocks: dict[str, str]) -> str:
    """The file, programs sorted by name."""
    heading = '"""Solvers that the search found on arc1-train, each under its command, run with the library of then."""'
    return "\n\n\n".join([heading, *(blocks[name] for name in sorted(blocks))]) + "\n"


if __name__ == "__main__":
    try:
        main()
    except ArcbattError as failure:
        sys.exit(f"found.py: {failure}")
