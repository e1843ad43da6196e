"""Fits the weights by which answers are ranked: ``src/arcbatt/search/ranking/weights.json``.

    python tools/fit_ranking.py collect loo -o loo.jsonl
    python tools/fit_ranking.py collect arc2-rest -o rest.jsonl
    python tools/fit_ranking.py collect variants --data FILE -o variants.jsonl
    python tools/fit_ranking.py fit loo.jsonl rest.jsonl variants.jsonl

``collect`` searches each task with the whole of its time, without the programs that the library has for it, and
writes the features of all answers, and which of them is right. The sets are those that may be developed on:
arc1-train (``loo``), the tasks of arc2-train that are in neither set of ARC-AGI-1 (``arc2-rest``), and tasks made anew
by the rules of arc1-train (``variants``). ``--demos N`` takes N demo samples of each alone, which makes accidents
frequent. ``fit`` finds the weights, prints what they are worth on tasks that they were not fitted on (a task and its
variants are always on one side), with and without each kind of evidence, and a table that shows whether the
probabilities are right. Test outputs are looked at here, after the search, and nowhere else.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np

from arcbatt.arc import Grid, Task, TaskSet, load_set, load_tasks
from arcbatt.battery.battery import Battery
from arcbatt.errors import ArcbattError, InputError
from arcbatt.execute import available_cores
from arcbatt.library import starter_programs
from arcbatt.results.json_form import from_json, to_json
from arcbatt.runs import RunOptions
from arcbatt.search.ranking.belief import Belief
from arcbatt.search.ranking.features import FEATURES, none_features
from arcbatt.search.ranking.model import FORMAT, UNITS_PER_BIT, Model
from arcbatt.search.solving.budget import Allowance
from arcbatt.search.solving.gathering import gather
from arcbatt.search.solving.solve_settings import SolveSettings
from arcbatt.search.solving.solving_battery import SolvingBattery, without_programs_of

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "arcbatt" / "search" / "ranking" / "weights.json"
UNWEIGHED = Model(FORMAT, "", "", "", {})
"""Examples are collected without weights: those that there are may be of another version."""
FOLDS = 5
SINGLE = tuple(name for name in FEATURES if name.startswith("breaks-"))
KINDS: Mapping[str, tuple[str, ...]] = {
    "votes": ("log-count", "log-share", "more-families"),
    "prior": ("bits",),
    "families": tuple(name for name in FEATURES if name.startswith("family-")),
    "symmetries": ("symmetries-best", "symmetries", "symmetric-tests"),
    "exchanged colors": ("exchanges", "no-exchanges"),
    "refit": ("held", "determined", "literals", "loose", "choices-held", "choices-loose"),
    "prequential": ("needed-demos", "pivotal-demos"),
    "plausibility": ("is-input", "is-blank", "is-demo-output", "unanswered"),
    "single invariants": SINGLE,
    "invariants": ("broken", "any-broken", "none-broken", *SINGLE),
}
"""Features by the kind of evidence that they are; what a fit without it leaves out."""


@dataclass(frozen=True, slots=True)
class Example:
    """The answers at a test input.

    Attributes:
        task: id of the task; variants of a task have its id.
        set: what it was collected from.
        is_near: whether the answers are near misses.
        answers: features of each; the last is the answer that none of the others is right.
        right: number of the right one; that of the last where none is.
    """

    task: str
    set: str
    is_near: bool
    answers: tuple[Mapping[str, int], ...]
    right: int


def main() -> None:
    """Collects examples, or fits the weights to them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    collecting = commands.add_parser("collect")
    collecting.add_argument("name", choices=("loo", "arc2-rest", "variants"))
    collecting.add_argument("-o", "--output", type=Path, required=True)
    collecting.add_argument("--data", help="challenges of the variants, their solutions beside them")
    collecting.add_argument("--demos", type=number, help="take so many demo samples of each task")
    collecting.add_argument("--time-per-task", type=float, default=2.0)
    collecting.add_argument("--every", type=number, default=1, metavar="N", help="take every Nth task")
    collecting.add_argument("--jobs", type=number, default=available_cores())
    fitting = commands.add_parser("fit")
    fitting.add_argument("files", nargs="+", type=Path)
    fitting.add_argument("--penalty", type=float, default=8.0, help="of squared weights")
    fitting.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    if options.command == "collect":
        if (options.name == "variants") != (options.data is not None):
            collecting.error("--data FILE goes with variants, and variants with it")
        collect(options)
    else:
        fit_files(options.files, options.penalty, is_writing=not options.no_write)


def number(text: str) -> int:
    """A whole number, at least 1; ValueError for what is none."""
    if int(text) < 1:
        raise ValueError
    return int(text)


def collect(options: argparse.Namespace) -> None:
    """Writes the examples of a set, a line each."""
    tasks = [fewer_demos(task, options.demos) for task in tasks_of(options)]
    name = options.name if options.demos is None else f"{options.name}, {options.demos} demos"
    count = 0
    with ProcessPoolExecutor(options.jobs) as pool, options.output.open("w", encoding="utf-8") as file:
        for found in pool.map(partial(examples_of, name, options.time_per_task), tasks, chunksize=4):
            file.writelines(to_json(example) + "\n" for example in found)
            count += len(found)
    print(f"{len(tasks)} tasks, {count} examples in {options.output}")


def tasks_of(options: argparse.Namespace) -> list[Task]:
    """The tasks of a set, sorted by id."""
    if options.name == "variants":
        tasks: TaskSet | Mapping[str, Task] = load_tasks(data=[options.data], skips_bad=True).slice()
    elif options.name == "loo":
        tasks = load_set("arc1-train")
    else:
        known = {*load_set("arc1-train").ids, *load_set("arc1-eval").ids}
        rest = load_set("arc2-train")
        tasks = {task_id: rest[task_id] for task_id in rest.ids if task_id not in known}
    return [tasks[task_id] for task_id in sorted(tasks)][:: options.every]


def fewer_demos(task: Task, most: int | None) -> Task:
    """A task with at most so many demo samples."""
    return task if most is None else replace(task, demo=task.demo[:most])


def examples_of(name: str, seconds: float, task: Task) -> list[Example]:
    """The examples of a task: its answers, and its near misses where nothing fits."""
    whole = battery()
    opened, given = without_programs_of(task.id, whole, len(whole.battery.solvers))
    challenge, allowance = task.challenge, Allowance.of(seconds)
    gathered = gather(opened, challenge, SolveSettings(given), allowance, lambda _: False)
    belief = Belief(opened.light_engine, challenge, allowance.evidence, UNWEIGHED)
    found = []
    for index, believed in enumerate(belief.answers(gathered.candidates)):
        is_near = not believed
        shown = believed or belief.near(gathered.near, index)
        if not shown:
            continue
        features = [one.features for one in shown]
        none = {"near-none": 1} if is_near else none_features(len(challenge.demo), features)
        right = place([one.answer.output for one in shown], task.test[index].output)
        found.append(Example(task.id, name, is_near, (*features, none), right))
    return found


@cache
def battery() -> SolvingBattery:
    """The library, opened in this process."""
    return SolvingBattery(Battery.of(starter_programs()), RunOptions("native", joins_store=False))


def place(outputs: Sequence[Grid], expected: Grid | None) -> int:
    """The number of the right output; that of the answer that none is, where none is."""
    return next((number for number, output in enumerate(outputs) if output == expected), len(outputs))


def fit_files(paths: Sequence[Path], penalty: float, *, is_writing: bool) -> None:
    """Fits the weights of both parts, prints their worth, and writes them."""
    examples = [example for path in paths for example in read(path)]
    weights: dict[str, int] = {}
    for is_near in (False, True):
        part = [example for example in examples if example.is_near == is_near]
        if not part:
            kind = "near misses" if is_near else "programs that fit"
            raise InputError(f"expected test inputs with {kind}, got none; collect more tasks")
        names = sorted({name for example in part for features in example.answers for name in features})
        print(f"\n{'near misses' if is_near else 'programs that fit'}: {len(part)} test inputs")
        report(part, names, penalty, KINDS if not is_near else {"invariants": ("near-broken", "near-any-broken")})
        found = fitted(part, names, penalty)
        weights.update(zip(names, (round(UNITS_PER_BIT * float(weight)) for weight in found), strict=True))
    data = ", ".join(f"{count} of {name}" for name, count in sorted(counts(examples).items()))
    text = {
        "format": FORMAT, "command": f"python tools/fit_ranking.py fit {' '.join(path.name for path in paths)}",
        "data": f"test inputs: {data}", "date": datetime.date.today().isoformat(),
        "weights": {name: weights[name] for name in FEATURES if weights.get(name)},
    }  # fmt: skip
    if is_writing:
        WEIGHTS.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
        print(f"\nweights in {WEIGHTS}")


def read(path: Path) -> Iterator[Example]:
    """The examples of a file.

    Raises:
        InputError: it cannot be read, or holds something else.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    for place, line in enumerate(text.splitlines(), 1):
        example = from_json(Example, line, f"{path}:{place}")
        if not 0 <= example.right < len(example.answers):
            raise InputError(f"{path}:{place}: expected the number of an answer, got {example.right}")
        yield example


def counts(examples: Iterable[Example]) -> dict[str, int]:
    """The number of examples by set."""
    found: dict[str, int] = {}
    for example in examples:
        found[example.set] = found.get(example.set, 0) + 1
    return found


def report(
    examples: Sequence[Example], names: Sequence[str], penalty: float, kinds: Mapping[str, Sequence[str]]
) -> None:
    """Prints what weights are worth on tasks that they were not fitted on."""
    print(f"{'':<28}{'inputs':>8}{'given':>8}{'first':>8}{'two':>8}{'bits':>9}")
    held_out = held_out_probabilities(examples, names, penalty)
    print_line("all evidence", examples, held_out)
    for name in sorted(counts(examples)):
        here = [number for number, example in enumerate(examples) if example.set == name]
        print_line(f"  {name}", [examples[number] for number in here], [held_out[number] for number in here])
    for kind, left_out in kinds.items():
        rest = [name for name in names if name not in left_out]
        if len(rest) < len(names):
            print_line(f"without {kind}", examples, held_out_probabilities(examples, rest, penalty))
    print_calibration(examples, held_out)


def print_line(words: str, examples: Sequence[Example], probabilities: Sequence[np.ndarray]) -> None:
    """Prints how many are right within one and two attempts, and the bits that the right answers cost on average."""
    given = sum(example.right < len(example.answers) - 1 for example in examples)
    orders = [np.argsort(-chances[:-1], kind="stable") for chances in probabilities]
    within = [
        sum(example.right in order[:most] for example, order in zip(examples, orders, strict=True)) for most in (1, 2)
    ]
    bits = -np.mean([np.log2(chances[example.right]) for example, chances in zip(examples, probabilities, strict=True)])
    print(f"{words:<28}{len(examples):>8}{given:>8}{within[0]:>8}{within[1]:>8}{bits:>9.3f}")


def print_calibration(examples: Sequence[Example], probabilities: Sequence[np.ndarray]) -> None:
    """Prints for each tenth of probability how many of the answers are right."""
    pairs = [
        (chance, number == example.right)
        for example, chances in zip(examples, probabilities, strict=True)
        for number, chance in enumerate(chances[:-1])
    ]
    print("  probability   answers   right   expected")
    for tenth in range(10):
        here = [(chance, right) for chance, right in pairs if tenth == min(9, int(chance * 10))]
        if here:
            mean = sum(chance for chance, _ in here) / len(here)
            print(f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}{len(here):>12}"
                  f"{sum(right for _, right in here) / len(here):>8.2f}{mean:>11.2f}")  # fmt: skip


def held_out_probabilities(examples: Sequence[Example], names: Sequence[str], penalty: float) -> list[np.ndarray]:
    """The probabilities of each example's answers by weights fitted on other tasks."""
    found: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        weights = fitted([example for example in examples if fold_of(example.task) != fold], names, penalty)
        for number, example in enumerate(examples):
            if fold_of(example.task) == fold:
                found[number] = chances(table(example, names) @ weights)
    return found


def fold_of(task_id: str) -> int:
    """The part that a task and all its variants are in."""
    return int(hashlib.md5(task_id.encode()).hexdigest(), 16) % FOLDS


def table(example: Example, names: Sequence[str]) -> np.ndarray:
    """The features of an example: a row an answer."""
    columns = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(example.answers), len(names)))
    for number, features in enumerate(example.answers):
        for name, value in features.items():
            if name in columns:
                rows[number, columns[name]] = value
    return rows


def chances(scores: np.ndarray) -> np.ndarray:
    """Probabilities of scores in bits."""
    masses: np.ndarray = np.exp2(scores - scores.max())
    return masses / masses.sum()


def fitted(examples: Sequence[Example], names: Sequence[str], penalty: float) -> np.ndarray:
    """The weights, in bits, that make the right answers most probable, by Newton's method.

    Weights are penalised by their squares, each feature in units of its spread, so that its scale does not matter.
    They are 0 where there is no example.
    """
    if not examples:
        return np.zeros(len(names))
    tables = [table(example, names) for example in examples]
    spread = np.sqrt(np.mean(np.vstack(tables) ** 2, axis=0)) + 1e-9
    tables = [rows / spread for rows in tables]
    rights = [example.right for example in examples]

    def worth(weights: np.ndarray) -> float:
        told = sum(
            np.log(chances(rows @ weights / np.log(2))[right] + 1e-300)
            for right, rows in zip(rights, tables, strict=True)
        )
        return float(told - penalty / 2 * weights @ weights)

    weights = np.zeros(len(names))
    before = worth(weights)
    for _ in range(60):
        slope, curve = -penalty * weights, penalty * np.eye(len(names))
        for right, rows in zip(rights, tables, strict=True):
            probable = chances(rows @ weights / np.log(2))
            mean = probable @ rows
            slope += rows[right] - mean
            curve += (rows.T * probable) @ rows - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        while worth(weights + step) < before and np.abs(step).max() > 1e-6:
            step /= 2
        weights, gain = weights + step, worth(weights + step) - before
        before += gain
        if gain < 1e-6:
            break
    scaled: np.ndarray = weights / spread / np.log(2)
    return scaled


if __name__ == "__main__":
    try:
        main()
    except ArcbattError as failure:
        sys.exit(f"fit_ranking.py: {failure}")
