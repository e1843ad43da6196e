"""The live overview, read from a store: the list of runs and the job that is going on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from arcbatt.errors import InputError, StoreError
from arcbatt.pipeline.task_summary import TaskSummary
from arcbatt.program.text import md5_of
from arcbatt.report.html.gathering.evolved import generations_of
from arcbatt.report.html.gathering.found import KnownProgram
from arcbatt.report.html.gathering.summaries import summaries_of
from arcbatt.report.html.gathering.texts import bounded, one_line
from arcbatt.report.html.page_data import GainData
from arcbatt.results import FULL_SHARE, TaskKey
from arcbatt.results.json_form import from_json
from arcbatt.search.evolution.evolution_state import EvolutionState, read_state
from arcbatt.search.evolution.generation_line import GenerationLine
from arcbatt.search.solving.resumption import stored_solution
from arcbatt.store import ListQuery, RunRecord, Store, TaskTime, programs_per_s
from arcbatt.web.at_hand import TaskSources
from arcbatt.web.live_data import FORMAT, LiveData, LiveJob, LivePopulation, LiveRun, NewestTask
from arcbatt.web.pictures import Pictures

__all__ = ["LiveReader"]

_JOBS: Final = ("run", "evolve", "solve")
_MOST_RUNS: Final = 200
_MOST_NEWEST: Final = 6
_MOST_POPULATIONS: Final = 50
_MOST_TEXT: Final = 2_000
_MOST_REMEMBERED: Final = 50_000


class LiveReader:
    """Reads overviews, one after the other; what was found out of a task is kept. For one thread.

    Args:
        sources: where grids come from.
    """

    def __init__(self, sources: TaskSources) -> None:
        self._sources = sources
        self._pictures = Pictures()
        self._solved: dict[tuple[str, str, int], bool] = {}

    def read(self, store: Store, *, is_written: bool = True) -> LiveData:
        """The overview of a store.

        Args:
            store: open.
            is_written: whether some process has it open for writing: where none has, no run goes on.

        Raises:
            StoreError: what is stored does not hold.
        """
        runs = store.runs()
        counts = store.counts()
        jobs = [run for run in runs if run.command in _JOBS]
        running = [run for run in jobs if run.status == "running"] if is_written else []
        shown = (running or jobs)[-1] if jobs else None
        return LiveData(
            FORMAT, "open", "", counts["solvers"], counts["scores"],
            tuple(_row(run, is_written=is_written) for run in reversed(runs[-_MOST_RUNS:])), len(runs),
            None if shown is None else self._job(store, shown, runs, is_written=is_written),
        )  # fmt: skip

    def _job(self, store: Store, run: RunRecord, runs: Sequence[RunRecord], *, is_written: bool) -> LiveJob:
        times = [time for time in store.task_times(run.id) if time.run_id == run.id]
        row = _row(run, is_written=is_written)
        if run.command == "evolve":
            return self._evolution(store, run, runs, row, times)
        texts, _ = summaries_of(store, run)
        solved = {digest for digest, text in texts.items() if self._is_solved(run.command, digest, text)}
        ends = sorted(time.end_s for time in times if time.digest in solved)
        return LiveJob(
            row, len(texts), _total(store, run, runs), len(solved), None, _programs(times), _rate(times),
            tuple((round(end, 3), count) for count, end in enumerate(ends, 1)),
            self._newest_done(store, run, times, solved),
        )  # fmt: skip

    def _is_solved(self, command: str, digest: str, text: str) -> bool:
        """Whether a task's summary says that its demo samples are solved; one that cannot be read says nothing."""
        name = command, digest, hash(text)
        if len(self._solved) > _MOST_REMEMBERED:
            self._solved.clear()
        if name not in self._solved:
            self._solved[name] = _says_solved(command, text)
        return self._solved[name]

    def _newest_done(
        self, store: Store, run: RunRecord, times: Sequence[TaskTime], solved: set[str]
    ) -> tuple[NewestTask, ...]:
        """The tasks that were solved last, each with the best program that the store has for it."""
        keys = {key.digest: key for key in store.tasks()}
        last = sorted((time for time in times if time.digest in solved and time.digest in keys),
                      key=lambda time: (-time.end_s, time.digest))[:_MOST_NEWEST]  # fmt: skip
        wanted = [(keys[time.digest], _best_stored(store, keys[time.digest])) for time in last]
        pictures = self._pictures.of(store, self._sources.of_runs([run]), wanted)
        return tuple(
            NewestTask(key.id, None, None, 1.0, "" if program is None else one_line(program.name),
                       picture.input, picture.expected, picture.given)
            for (key, program), picture in zip(wanted, pictures, strict=True)
        )  # fmt: skip

    def _evolution(
        self, store: Store, run: RunRecord, runs: Sequence[RunRecord], row: LiveRun, times: Sequence[TaskTime]
    ) -> LiveJob:
        total = _total(store, run, runs)
        record = next((record for record in store.evolutions() if record.series == run.series), None)
        state = EvolutionState() if record is None else _state(record.state)
        keys = {key.digest: key for key in store.tasks()}
        populations = store.populations(run.series)
        lines = _lines(store.generations(run.series))
        shown = _populations(populations, state, keys)
        return LiveJob(
            row, len(populations), total, len(state.solved),
            state.generation if state.generation >= 0 else None, _programs(times), _rate(times), _curve(lines, times),
            self._gains(store, run, lines, keys, populations), shown[:_MOST_POPULATIONS], len(shown),
        )  # fmt: skip

    def _gains(
        self, store: Store, run: RunRecord, lines: Sequence[tuple[int, GenerationLine]], keys: Mapping[str, TaskKey],
        populations: Mapping[str, tuple[str, ...]],
    ) -> tuple[NewestTask, ...]:  # fmt: skip
        """The newest gain of each task that came nearer lately, with what its best member gives now."""
        by_id = {keys[digest].id: keys[digest] for digest in populations if digest in keys}
        data = generations_of([line for _, line in lines], {key.id: key.demo_count for key in by_id.values()})
        newest: dict[str, tuple[int, GainData]] = {}
        for number, gain in ((item.number, gain) for item in reversed(data) for gain in item.gains):
            if gain.task in by_id and len(newest) < _MOST_NEWEST:
                newest.setdefault(gain.task, (number, gain))
        gains = list(newest.values())
        wanted = [(by_id[gain.task], _first_member(populations[by_id[gain.task].digest])) for _, gain in gains]
        pictures = self._pictures.of(store, self._sources.of_runs([run]), wanted)
        return tuple(
            NewestTask(one_line(gain.task), number, gain.before, gain.after, "" if program is None else program.name,
                       picture.input, picture.expected, picture.given)
            for (number, gain), (_, program), picture in zip(gains, wanted, pictures, strict=True)
        )  # fmt: skip


def _row(run: RunRecord, *, is_written: bool) -> LiveRun:
    totals = run.totals
    status = "gone" if run.status == "running" and not is_written else run.status
    return LiveRun(
        run.id, one_line(run.command, 40), one_line(run.data, 120), status, run.started, run.finished,
        None if totals is None else totals.tasks, None if totals is None else totals.demo_solved, run.command in _JOBS,
    )  # fmt: skip


def _total(store: Store, run: RunRecord, runs: Sequence[RunRecord]) -> int | None:
    """How many tasks a run is on: it says so at its end; before that another run of the same work, or the store that
    knows of no other run's tasks."""
    if run.totals is not None:
        return run.totals.tasks
    same = [other.totals.tasks for other in runs if other.key == run.key and other.totals is not None]
    if same:
        return same[-1]
    return len(store.tasks()) if {other.key for other in runs} == {run.key} else None


def _says_solved(command: str, text: str) -> bool:
    if command == "solve":
        solution = stored_solution(text)
        return solution is not None and bool(solution.programs)
    try:
        return from_json(TaskSummary, text, "summary").solve_demo > 0
    except InputError:
        return False


def _programs(times: Sequence[TaskTime]) -> int | None:
    counts = [time.programs for time in times if time.programs is not None]
    return sum(counts) if counts else None


def _rate(times: Sequence[TaskTime]) -> float | None:
    rate = programs_per_s(times)
    return None if rate is None else round(rate, 1)


def _best_stored(store: Store, key: TaskKey) -> KnownProgram | None:
    """The best program that has a score for a task."""
    row = next((row for row in store.list_tasks(ListQuery(task=key.id)) if row.digest == key.digest), None)
    if row is None or row.md5 is None:
        return None
    record = store.find_programs(row.md5)[0]
    return KnownProgram(record.md5, record.name, record.size, record.text)


def _first_member(texts: Sequence[str]) -> KnownProgram | None:
    if not texts:
        return None
    md5 = md5_of(texts[0])
    return KnownProgram(md5, f"program {md5[:8]}", texts[0].count(" = "), texts[0])


def _state(text: str) -> EvolutionState:
    try:
        return read_state(text)
    except StoreError:  # of another version
        return EvolutionState()


def _lines(texts: Sequence[str]) -> list[tuple[int, GenerationLine]]:
    """The lines that can be read, each with the number of its step."""
    found = []
    for step, text in enumerate(texts):
        try:
            found.append((step, from_json(GenerationLine, text, "generation")))
        except InputError:
            continue
    return found


def _curve(lines: Sequence[tuple[int, GenerationLine]], times: Sequence[TaskTime]) -> tuple[tuple[float, int], ...]:
    """Tasks solved at the end of each step of this run."""
    ends: dict[int, float] = {}
    for time in times:
        ends[time.step] = max(ends.get(time.step, 0.0), time.end_s)
    return tuple((round(ends[step], 3), line.solved) for step, line in lines if step in ends)


def _populations(
    populations: Mapping[str, tuple[str, ...]], state: EvolutionState, keys: Mapping[str, TaskKey]
) -> tuple[LivePopulation, ...]:
    found = []
    for digest, texts in populations.items():
        key, nearness = keys.get(digest), state.nearness.get(digest)
        near = None
        if key is not None and nearness is not None:
            near = max(0.0, min(1.0, nearness[1] / (FULL_SHARE * key.demo_count)))
        found.append(LivePopulation(
            digest[:8] if key is None else one_line(key.id), len(texts), near, digest in state.solved,
            bounded(texts[0], _MOST_TEXT) if texts else "",
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda item: (item.is_solved, -(item.near or 0.0), item.task)))
