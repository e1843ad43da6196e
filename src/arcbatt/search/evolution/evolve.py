"""A whole evolution: begun or resumed, step after step, each saved before the next begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from arcbatt.engine import on_cpu
from arcbatt.errors import InputError
from arcbatt.execute import Executor
from arcbatt.program.parse import Collected, parse_programs
from arcbatt.program.refusals import ProgramError, Refusals
from arcbatt.program.text import heading
from arcbatt.results import FailureGroup, TaskKey
from arcbatt.runs.recorded import RecordedRun, recorded_run
from arcbatt.runs.sharing import alone, wait_until_free
from arcbatt.runs.stored_programs import stored_programs
from arcbatt.runs.workers import open_workers
from arcbatt.search.evolution.breeding import breeder_opener
from arcbatt.search.evolution.ending import Ending, EndReason, Pace
from arcbatt.search.evolution.evolution_log import EvolutionLog
from arcbatt.search.evolution.evolution_request import EvolutionRequest, evolution_to_resume
from arcbatt.search.evolution.evolution_state import EvolutionState, Populations, read_state
from arcbatt.search.evolution.generation import (
    GenerationRunner,
    StepResult,
    TimeOverError,
    saved_step,
    with_names,
)
from arcbatt.search.evolution.generation_line import GenerationLine, StepTiming
from arcbatt.search.evolution.task_choice import chosen_tasks
from arcbatt.store import GenerationRecord, PhaseSeconds, RunTotals, Store, TaskTime

__all__ = ["PRELOAD", "EvolutionReport", "EvolutionWatcher", "evolve"]

PRELOAD = ("arcbatt.search.evolution.breeding", "arcbatt.engine.python")
"""What the fork server loads, so that workers need not."""


@dataclass(frozen=True, slots=True)
class EvolutionReport:
    """What an evolution came to.

    Attributes:
        reason: why it ended.
        series: its number in the store.
        state: after the last saved step.
        tasks: the tasks, in their order; of several with the same samples the first.
        parts: number of parts of generation 0.
        resumed: whole generations that earlier runs had saved.
        bugs: outcomes that a program did not reproduce alone, a line each: bugs in arcbatt.
        refusals: stored programs that could not be read and were left out of the pool.
        seconds: wall-clock seconds of this run.
        failures: of the programs at hand in primitives of the user's own, as far as this run evaluated generation 0.
    """

    reason: EndReason
    series: int
    state: EvolutionState
    tasks: tuple[TaskKey, ...]
    parts: int
    resumed: int
    bugs: tuple[str, ...]
    refusals: tuple[ProgramError, ...]
    seconds: float
    failures: tuple[FailureGroup, ...] = ()

    def _repr_html_(self) -> str:
        from arcbatt.search.evolution.evolution_html import evolution_html

        return evolution_html(self)


class EvolutionWatcher:
    """What an evolution reports to while it goes on; does nothing by itself."""

    def step_done(self, line: GenerationLine, state: EvolutionState, seconds_left: float | None) -> None:
        """A generation, or a part of generation 0, was saved.

        Args:
            line: its line of the log.
            state: after it.
            seconds_left: an estimate of the seconds until the end; None where it is not known.
        """

    def waits_for(self, run_id: int) -> None:
        """The evolution that is to go on has a run that did not end: it is waited until that is known to be dead."""

    def time_is_short(self, needed_s: float, left_s: float) -> None:
        """Generation 0 will not be whole in time, so nothing will be bred.

        Args:
            needed_s: an estimate of the seconds that the rest of generation 0 takes.
            left_s: seconds that are left.
        """


def evolve(
    request: EvolutionRequest,
    ending: Ending,
    store: Store,
    *,
    open_log: Callable[[int, Sequence[str]], EvolutionLog | None] = lambda series, lines: None,
    watcher: EvolutionWatcher | None = None,
    start: float | None = None,
) -> EvolutionReport:
    """Evolves programs for tasks until something ends it.

    Killed at any moment, or ended by time, it resumes to the same populations, programs, lineage and log as if it had
    not been. KeyboardInterrupt ends it after the last saved step and is reported, not raised.

    Args:
        request: what is asked for. With ``resume`` among its options the evolution of the same settings goes on; it
            begins where the store has none at all.
        ending: when to stop.
        store: open for writing.
        open_log: makes the log, given the series and the lines so far; None for no log.
        watcher: is reported to.
        start: when the time of ``ending`` began, by :func:`time.monotonic`; None for now.

    Raises:
        ResumeError: ``resume`` is asked for and the store has evolutions with other settings only.
        InputError: there is no solver to begin with, or another process is at work on the evolution.
        StoreError: something cannot be saved; what was saved before stays.
    """
    pace = Pace(time.monotonic() if start is None else start)
    fingerprint, options = request.fingerprint, request.options
    options = replace(options, engine=on_cpu(options.engine))  # breeders are processes
    watcher = watcher or EvolutionWatcher()
    found = evolution_to_resume(store, fingerprint) if options.resume else None
    if found is not None:
        wait_until_free(store, found.series, on_wait=watcher.waits_for)
    pool, refusals = _pool(store, request) if found is None else (_saved_pool(store, found.series), ())
    if not any(text.startswith(heading("solver", None)) for text in pool):
        raise InputError("no solver to begin with: there is none among the programs handed in, nor in the store")
    with recorded_run(store, fingerprint, request.tasks, options) as run:
        series = next(record.series for record in store.runs(fingerprint.key) if record.id == run.id)
        if found is None:
            store.begin_evolution(run.id, fingerprint.to_json(), pool)
        with alone(run, series):
            loop = _Loop(request, ending, run, series, pace, watcher, open_log)
            resumed = loop.state.generation + 1
            with open_workers(breeder_opener(request.plan, pool), options, PRELOAD) as executor:
                reason = loop.run_with(executor)
        run.is_interrupted = reason is EndReason.INTERRUPTED
        if run.is_interrupted:
            loop.read_again()  # perhaps a step was saved, and interrupted before it was reported
        run.totals, run.phases = loop.totals(), loop.phases
    return EvolutionReport(
        reason, series, loop.state, tuple(map(TaskKey.of, loop.tasks)), loop.parts, resumed, tuple(loop.bugs),
        tuple(refusals), pace.elapsed_s, tuple(loop.failures),
    )  # fmt: skip


class _Loop:
    def __init__(
        self, request: EvolutionRequest, ending: Ending, run: RecordedRun, series: int, pace: Pace,
        watcher: EvolutionWatcher, open_log: Callable[[int, Sequence[str]], EvolutionLog | None],
    ) -> None:  # fmt: skip
        self.request = request
        self.ending = ending
        self.run = run
        self.series = series
        self.pace = pace
        self.watcher = watcher
        self.open_log = open_log
        self.tasks = request.distinct_tasks
        self.challenges = [task.challenge for task in self.tasks]
        self.parts = 0
        self.stored = 0
        self.bugs: list[str] = []
        self.failures: list[FailureGroup] = []
        self.phases: dict[str, PhaseSeconds] = {}
        self.is_short = False
        # What was handed in keeps its name: the workers know programs by their texts alone.
        self.names = {program.md5: program.name for program in reversed(request.programs) if program.name != "solve"}
        self.read_again()

    def read_again(self) -> None:
        """Takes over what the store has, and writes the log anew."""
        store, series = self.run.store, self.series
        (record,) = [evolution for evolution in store.evolutions() if evolution.series == series]
        self.state: EvolutionState = read_state(record.state)
        self.populations: Populations = store.populations(series)
        self.log = self.open_log(series, store.generations(series))

    def totals(self) -> RunTotals:
        """What the evolution came to."""
        return RunTotals(
            tasks=len(self.tasks), done=len(self.state.nearness), failed=0, solved=None,
            demo_solved=len(self.state.solved), programs=self.state.programs, stored=self.stored,
        )  # fmt: skip

    def run_with(self, executor: Executor) -> EndReason:
        """Steps until the end."""
        request = self.request
        runner = GenerationRunner(
            self.tasks, request.plan, request.options, executor, lambda: self.ending.is_over(self.pace)
        )
        self.parts = runner.parts
        try:
            reason = self._reason()
            if reason is None and self.state.generation < 0:
                reason = self._first(runner)
            while reason is None:
                self._timed(lambda: self._bred(runner))
                reason = self._reason()
            return reason
        except TimeOverError:
            return EndReason.TIME
        except KeyboardInterrupt:
            executor.close()
            return EndReason.INTERRUPTED

    def _reason(self) -> EndReason | None:
        return self.ending.reason(self.state, len(self.state.solved) == len(self.tasks), self.pace)

    def _first(self, runner: GenerationRunner) -> EndReason | None:
        """What is left of generation 0."""
        steps = runner.first(self.state.parts)
        while self.state.generation < 0:
            self._timed(lambda: next(steps))
            if (reason := self._reason()) is not None:
                return reason
        next(steps, None)
        return None

    def _bred(self, runner: GenerationRunner) -> StepResult:
        number = self.state.generation + 1
        return runner.bred(self._chosen(number), number, self.populations)

    def _chosen(self, number: int) -> list[int]:
        request = self.request
        solved = {place for place, task in enumerate(self.tasks) if task.digest in self.state.solved}
        return chosen_tasks(
            self.challenges, solved, request.tasks_per_generation, request.plan.seed, number,
            leave_solved=request.leave_solved,
        )  # fmt: skip

    def _timed(self, work: Callable[[], StepResult]) -> None:
        """Does a step, saves it, and reports it."""
        start = time.monotonic()
        step = work()
        timing = StepTiming.of(time.monotonic() - start, step.cpu_s, step.evaluated)
        state, line, record = saved_step(self.state, step, timing)
        record = with_names(record, self.names)
        times = self._times(step, record.number)
        kept = self._saved(record, times)
        self.state = state
        self.populations = {**self.populations, **{done.task.digest: done.population for done in step.tasks}}
        self.stored += sum(map(len, kept.values()))
        self.bugs += line.bugs
        self.failures += [
            replace(group, program=self.names.get(group.program, group.program[:12]))
            for done in step.tasks for group in done.failures
        ]  # fmt: skip
        if self.log is not None:
            self.log.add(record.line)
        self._add_phase(step.generation, timing)
        self.pace.add(step.generation, time.monotonic() - start)
        self.watcher.step_done(line, state, self.ending.expected_s(state, self.parts, self.pace))
        self._warn_of_time()

    def _saved(self, record: GenerationRecord, times: Sequence[TaskTime]) -> dict[str, frozenset[str]]:
        store, run, keep = self.run.store, self.run, self.request.options.keep
        try:
            return store.save_generation(run.id, record, keep=keep, times=times)
        except InputError as error:
            if len(store.generations(self.series)) == record.number:
                raise
            raise InputError(
                f"another process went on with this evolution while this one stood still ({error}); all that is saved "
                "stays. Let the other one go on, or end it and go on with --resume"
            ) from error

    def _times(self, step: StepResult, number: int) -> list[TaskTime]:
        """When and by which worker each task of a step was worked on."""
        times = [
            self.run.time_of(result.key, result, result.cpu_s, step=number, programs=result.value.evaluated)
            for result in step.results if result.failure is None
        ]  # fmt: skip
        return [time for time in times if time is not None]

    def _warn_of_time(self) -> None:
        """Reports once, and as soon as it can be known, that generation 0 will not be whole in time."""
        left_s, part_s = self.ending.left_s(self.pace), self.pace.part_s
        if self.state.generation >= 0 or self.is_short or left_s is None or part_s is None:
            return
        needed_s = (self.parts - self.state.parts) * part_s
        if needed_s > left_s:
            self.is_short = True
            self.watcher.time_is_short(needed_s, max(0.0, left_s))

    def _add_phase(self, generation: int, timing: StepTiming) -> None:
        name = "evolve.children" if generation else "evolve.generation_0"
        before = self.phases.get(name, PhaseSeconds(0.0, 0.0))
        self.phases[name] = PhaseSeconds(
            round((before.wall_s or 0.0) + timing.wall_s, 4), round((before.cpu_s or 0.0) + timing.cpu_s, 4)
        )


def _saved_pool(store: Store, series: int) -> tuple[str, ...]:
    """The texts of the pool of an evolution that goes on.

    Raises:
        ProgramError: one is no program. Reported here, since a worker that cannot begin could not.
    """
    pool = store.evolution_pool(series)
    for text in pool:
        parse_programs(text, "pool of the evolution")
    return pool


def _pool(store: Store, request: EvolutionRequest) -> tuple[tuple[str, ...], Sequence[ProgramError]]:
    """Texts of the programs handed in and, where asked for, of those in the store; each once, in a fixed order."""
    joining = Collected([], Refusals())
    if request.options.joins_store:
        joining = stored_programs(store, {program.md5 for program in request.programs})
    texts = dict.fromkeys(program.text for program in (*request.programs, *joining.programs))
    return tuple(texts), joining.refusals
