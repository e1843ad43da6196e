"""A whole evolution: begun or resumed, generation after generation, each saved before the next begins."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import arcbatt
from arcbatt.engine import select_engine
from arcbatt.errors import InputError
from arcbatt.execute import Executor
from arcbatt.pipeline.stored import stored_programs
from arcbatt.pipeline.workers import DEFAULT_MEMORY_BYTES
from arcbatt.program.parse import Collected, parse_programs
from arcbatt.program.text import heading
from arcbatt.search.evolution.choice import chosen_tasks
from arcbatt.search.evolution.ending import Ending, EndReason
from arcbatt.search.evolution.generation import State, generation_record, run_generation
from arcbatt.search.evolution.log import EvolutionLog
from arcbatt.search.evolution.request import Request, evolution_to_resume
from arcbatt.search.evolution.workers import open_workers
from arcbatt.store import Store

__all__ = ["EndReason", "Ending", "EvolutionReport", "evolve"]


@dataclass(frozen=True, slots=True)
class EvolutionReport:
    """What an evolution came to.

    Attributes:
        reason: why it ended.
        series: its number in the store.
        state: after the last saved generation.
        resumed: generations that earlier runs had saved.
        bugs: outcomes that a program did not reproduce alone, a line each: bugs in arcbatt.
        refusals: stored programs that could not be read and were left out of the pool.
        seconds: wall-clock seconds of this run.
    """

    reason: EndReason
    series: int
    state: State
    resumed: int
    bugs: tuple[str, ...]
    refusals: tuple[Any, ...]
    seconds: float


def evolve(
    request: Request,
    ending: Ending,
    store: Store,
    *,
    make_log: Callable[[int, list[dict[str, Any]]], EvolutionLog | None],
    jobs: int | None = None,
    memory_bytes: int | None = DEFAULT_MEMORY_BYTES,
    resume: bool = False,
    arguments: Mapping[str, Any] | None = None,
    on_generation: Callable[[Mapping[str, Any], State, float | None], None] = lambda told, state, left: None,
) -> EvolutionReport:
    """Evolves programs for tasks until something ends it.

    Killed at any moment, it resumes to the same populations, programs, lineage and log as if it had not been.
    KeyboardInterrupt ends it after the last saved generation and is reported, not raised.

    Args:
        request: what is asked for.
        ending: when to stop.
        store: open for writing.
        make_log: makes the log, given the series and the lines so far; None for no log.
        jobs: worker processes; None for one a core. The result is the same with any number.
        memory_bytes: bound on the memory of each worker; None for none.
        resume: go on with the evolution of the same settings; begin it where the store has none at all.
        arguments: JSON data to record with the run.
        on_generation: told each line of the log, the state, and an estimate of the seconds left (None: unknown).

    Raises:
        InputError: there is no solver to begin with, or ``resume`` is asked for and the store has evolutions with
            other settings only.
        StoreError: something cannot be saved; what was saved before stays.
    """
    found = evolution_to_resume(store, request) if resume else None
    pool, refusals = _pool(store, request) if found is None else (_saved_pool(store, found.series), ())
    if not any(text.startswith(heading("solver", None)) for text in pool):
        raise InputError("no solver to begin with: name program files with -b, or fill the store with `arcbatt run`")
    engine = select_engine(request.plan.run.engine, request.plan.run.limits)
    versions = {"arcbatt": arcbatt.__version__, "engine": engine.version, "python": platform.python_version()}
    run_id = store.begin_run(
        request.key(), arguments or {}, request.tasks.revision, engine.name, versions, resume=found is not None
    )
    if found is None:
        store.begin_evolution(run_id, request.settings(), pool)
    series = run_id if found is None else found.series
    try:
        state = _saved_state(store, series)
        log = make_log(series, store.generations(series))
        with open_workers(request.plan, pool, jobs, memory_bytes) as executor:
            loop = _Loop(request, ending, store, run_id, state, executor, log, on_generation)
            reason = loop.run()
        if reason is EndReason.INTERRUPTED:
            # perhaps after a generation was saved and before anybody was told
            loop.state = _saved_state(store, series)
            make_log(series, store.generations(series))
    except BaseException:
        store.finish_run(run_id, "failed", {})
        raise
    store.finish_run(run_id, "interrupted" if reason is EndReason.INTERRUPTED else "finished", {})
    return EvolutionReport(
        reason, series, loop.state, state.generation + 1, tuple(loop.bugs), tuple(refusals), loop.seconds
    )


def _saved_state(store: Store, series: int) -> State:
    (record,) = [evolution for evolution in store.evolutions() if evolution.series == series]
    return State.of_json(record.state, store.populations(series))


class _Loop:
    def __init__(
        self, request: Request, ending: Ending, store: Store, run_id: int, state: State, executor: Executor,
        log: EvolutionLog | None, on_generation: Callable[[Mapping[str, Any], State, float | None], None],
    ) -> None:  # fmt: skip
        self.request = request
        self.ending = ending
        self.store = store
        self.run_id = run_id
        self.state = state
        self.executor = executor
        self.log = log
        self.on_generation = on_generation
        self.bugs: list[str] = []
        self.tasks = list(request.tasks.values())
        self.searched = [task.without_test_outputs() for task in self.tasks]
        self.start = time.monotonic()
        self.done = 0

    @property
    def seconds(self) -> float:
        """Wall-clock seconds so far."""
        return time.monotonic() - self.start

    def run(self) -> EndReason:
        """Generations until the end."""
        try:
            while True:
                is_solved = len(self.state.solved) == len(self.tasks)
                reason = self.ending.reason(self.state, is_solved, self.seconds)
                if reason is not None:
                    return reason
                self._generation(self.state.generation + 1)
        except KeyboardInterrupt:
            self.executor.close()
            return EndReason.INTERRUPTED

    def _generation(self, number: int) -> None:
        request, plan, start = self.request, self.request.plan, time.monotonic()
        tasks = self.tasks
        if number:
            by_id = {task.id: task for task in tasks}
            chosen = chosen_tasks(
                self.searched, self.state.solved, request.tasks_per_generation, plan.seed, number,
                leave_solved=request.leave_solved,
            )  # fmt: skip
            tasks = [by_id[task.id] for task in chosen]
        done = run_generation(tasks, self.state, number, plan, self.executor)
        judged = sum(harvest.judged for harvest in done.harvests)
        took = time.monotonic() - start
        rate = round(judged / max(took, 1e-9), 1)
        timings = {"wall_s": round(took, 4), "cpu_s": round(done.cpu_s, 4), "programs_per_s": rate}
        state, record = generation_record(self.state, done, timings)
        self.store.save_generation(self.run_id, record, keep=plan.run.keep)
        self.state = state
        self.done += 1
        self.bugs += record.told["bugs"]
        if self.log is not None:
            self.log.add(record.told)
        left = self.ending.seconds_left(state, self.seconds, self.seconds / self.done)
        self.on_generation(record.told, state, left)


def _saved_pool(store: Store, series: int) -> tuple[str, ...]:
    """The texts of the pool of an evolution that goes on.

    Raises:
        ProgramError: one is no program. Said here, since a worker that cannot begin has no words for it.
    """
    pool = store.evolution_pool(series)
    for text in pool:
        parse_programs(text, "pool of the evolution")
    return pool


def _pool(store: Store, request: Request) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Texts of the programs handed in and, where asked for, of those in the store; each once, in a fixed order."""
    joining = Collected([], [])
    if request.joins_store:
        joining = stored_programs(store, {program.md5 for program in request.programs})
    texts = dict.fromkeys(program.text for program in (*request.programs, *joining.programs))
    return tuple(texts), tuple(joining.refusals)
