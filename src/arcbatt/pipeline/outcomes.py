"""The outcomes of one program and of its steps on a task, for a person to look at."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import partial

from arcbatt.arc import Task
from arcbatt.dsl.user import load_primitives, loaded_files
from arcbatt.engine import Limits, Outcome, on_cpu, select_engine
from arcbatt.engine.guard import calls_users
from arcbatt.engine.outcome import Failure
from arcbatt.program.parse import parse_programs
from arcbatt.program.program import Program

__all__ = ["step_outcomes"]

_MEMORY_BYTES = 4 * 1024**3
_TIMEOUT_S = 10.0
"""Most seconds for a sample."""


class _Spelled:
    """Stands for a value that cannot leave its process, such as a function."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def step_outcomes(program: Program, task: Task) -> list[list[Outcome]]:
    """For each sample of a task (of a differ for each demo sample) the outcomes of a program's calls and its own.

    The calls come in canonical order, the program's own outcome last. A differ is run with a demo input as ``I`` and
    its output as ``C``. A program that calls a user's primitive runs in another process, since such a primitive may
    hang or end the process that it runs in. Memory is bounded in either.
    """
    from arcbatt.execute import Item, PoolExecutor
    from arcbatt.execute.worker import limit_memory

    if not calls_users(program.graph):
        limit_memory(_MEMORY_BYTES)  # the program may be a stranger's
        return _outcomes(program, task)
    load = partial(_load, tuple(loaded_files()))
    with PoolExecutor(load, 1, _MEMORY_BYTES) as pool:
        (result,) = pool.run([Item(None, _portable_outcomes, (program.text, task))])
    if result.failure is not None:
        failed = Outcome(None, Failure(result.failure.kind, 0, "", result.failure.message), 0)
        count = len(task.demo if program.kind == "differ" else task.samples)
        return [[failed] * (program.size + 1)] * count
    outcomes: list[list[Outcome]] = result.value
    return outcomes


def _load(files: tuple[str, ...]) -> None:
    for file in files:
        load_primitives(file)


def _portable_outcomes(_: None, text: str, task: Task) -> list[list[Outcome]]:
    """The outcomes, each value one that can be handed to another process."""
    (program,) = parse_programs(text, "canonical text")
    return [[_portable(outcome) for outcome in row] for row in _outcomes(program, task)]


def _portable(outcome: Outcome) -> Outcome:
    try:
        pickle.dumps(outcome.value)
    except (pickle.PicklingError, AttributeError, TypeError):
        return replace(outcome, value=_Spelled(repr(outcome.value)))
    return outcome


def _outcomes(program: Program, task: Task) -> list[list[Outcome]]:
    engine = select_engine(on_cpu("auto"), Limits(timeout_s=_TIMEOUT_S))
    scope = engine.open(program.graph).bind(S=task.pairs)
    if program.kind == "differ":
        bound = [scope.bind(I=sample.input, C=sample.output) for sample in task.demo]
    else:
        bound = [scope.bind(I=sample.input) for sample in task.samples]
    roots = [*program.graph.calls(program.root), program.root]
    return [inner.run(roots) for inner in bound]
