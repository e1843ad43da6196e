"""How the jobs of a workspace stand, read from its store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from arcbatt.errors import InputError, StoreError
from arcbatt.report.html.charts import curve
from arcbatt.report.html.gathering.evolved import generations_of
from arcbatt.report.html.gathering.summaries import summaries_of
from arcbatt.report.html.gathering.texts import bounded, one_line
from arcbatt.report.html.gathering.work import pieces_of
from arcbatt.results import FULL_SHARE, Nearness
from arcbatt.results.json_form import from_json
from arcbatt.search.evolution.evolution_state import EvolutionState, read_state
from arcbatt.search.evolution.generation_line import GenerationLine
from arcbatt.store import RunRecord, Store, programs_per_s
from arcbatt.web.gains import Gains
from arcbatt.web.live_data import GainView, JobView, LiveState, PopulationRow

__all__ = ["live_state"]

_MOST_JOBS: Final = 4
_MOST_GAINS: Final = 6
_MOST_POPULATIONS: Final = 40
_MOST_TEXT: Final = 800
_RECENT_STEPS: Final = 20
"""Steps of an evolution that the programs a second are of."""


def live_state(store: Store, gains: Gains) -> LiveState:
    """The running jobs, newest first and at most four, else the newest job.

    Args:
        store: open.
        gains: draws the newest gains.

    Raises:
        StoreError: what is stored does not hold.
    """
    runs = store.runs()
    if not runs:
        return LiveState("nothing ran here yet: this page follows what 'arcbatt run', 'evolve' and 'solve' do")
    running = [run for run in reversed(runs) if run.status == "running"]
    words = "" if running else "nothing runs now: this is the newest run"
    if len(running) > _MOST_JOBS:
        words = f"{len(running)} jobs are running or were killed: these are the newest"
    return LiveState(words, tuple(_job(store, run, gains) for run in running[:_MOST_JOBS] or runs[-1:]))


def _job(store: Store, run: RunRecord, gains: Gains) -> JobView:
    view = JobView(
        run.id, one_line(run.command, 40), one_line(" ".join(("arcbatt", *run.arguments[:200]))), run.status,
        one_line(run.started, 40), None if run.finished is None else one_line(run.finished, 40), one_line(run.data, 120),
        one_line(run.engine, 40),
    )  # fmt: skip
    evolution = next((item for item in store.evolutions() if item.series == run.series), None)
    if evolution is not None:
        return _evolving(store, run, evolution.state, gains, view)
    return _by_task(store, run, gains, view)


# ---------------------------------------------------------------------- run, solve


@dataclass(frozen=True)
class _Nearest:
    near: float | None = None


@dataclass(frozen=True)
class _Solved:
    """What of a task's summary in ``run`` is read; other keys are left aside."""

    task: str
    solve_demo: int


@dataclass(frozen=True)
class _Answered:
    """What of a task's summary in ``solve`` is read."""

    task: str
    programs: tuple[dict[str, object], ...]


def _by_task(store: Store, run: RunRecord, gains: Gains, view: JobView) -> JobView:
    texts, _ = summaries_of(store, run)
    solved = {digest: task for digest, text in texts.items() if (task := _solved_task(run.command, text))}
    times = store.task_times(run.id)
    ends = {piece.digest: piece.end_s for piece in pieces_of(store, run)}
    points = sorted((ends[digest], digest) for digest in solved if digest in ends)
    newest: list[Callable[[], GainView]] = [
        _shown(gains, store, digest, one_line(solved[digest], 80), end_s) for end_s, digest in points[-_MOST_GAINS:]
    ]
    totals = run.totals
    return replace(
        view, done=len(texts) if texts or totals is None else totals.done,
        total=None if totals is None else totals.tasks,
        solved=len(solved) if texts or totals is None else totals.demo_solved,
        programs=max((time.programs or 0 for time in times), default=0)
        if run.command == "run" else sum(time.programs or 0 for time in times),
        programs_per_s=programs_per_s(times),
        chart=_chart(run.id, [(end_s, float(count)) for count, (end_s, _) in enumerate(points, 1)]),
        gains=tuple(show() for show in reversed(newest)),
    )  # fmt: skip


def _shown(gains: Gains, store: Store, digest: str, task: str, end_s: float) -> Callable[[], GainView]:
    gain = GainView(task, None, 1.0, f"after {end_s:,.1f} s")
    return lambda: gains.drawn(store, gain, digest, gains.best_stored(store, digest))


def _solved_task(command: str, text: str) -> str | None:
    """The id of a task with all demo samples solved; None for another, and for a text that is no summary."""
    try:
        if command == "solve":
            answered = from_json(_Answered, text, "summary")
            return answered.task if answered.programs else None
        found = from_json(_Solved, text, "summary")
    except InputError:
        return None
    return found.task if found.solve_demo > 0 else None


# ---------------------------------------------------------------------- evolve


def _evolving(store: Store, run: RunRecord, state_text: str, gains: Gains, view: JobView) -> JobView:
    try:
        state = read_state(state_text)
    except StoreError:
        state = EvolutionState()
    lines = _lines(store.generations(run.series))
    keys = {key.digest: key for key in store.tasks()}
    populations = store.populations(run.series)
    rows = [
        PopulationRow(
            one_line(keys[digest].id, 80), digest, digest in state.solved,
            _share(state.nearness.get(digest), keys[digest].demo_count), len(texts),
            bounded(texts[0], _MOST_TEXT) if texts else "",
        )
        for digest, texts in populations.items() if digest in keys
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.is_solved, -(row.near or 0.0), row.task, row.digest))
    return replace(
        view, done=len(populations), total=None if run.totals is None else run.totals.tasks, solved=len(state.solved),
        programs=state.programs,
        programs_per_s=programs_per_s(store.task_times(run.id, from_step=max(0, state.steps - _RECENT_STEPS))),
        generation=state.generation if state.generation >= 0 else None, chart=_chart(run.id, _over_time(lines)),
        gains=tuple(_evolved_gains(store, lines, populations, gains)),
        populations=tuple(rows[:_MOST_POPULATIONS]), populations_left_out=max(0, len(rows) - _MOST_POPULATIONS),
    )  # fmt: skip


def _evolved_gains(
    store: Store, lines: Sequence[GenerationLine], populations: dict[str, tuple[str, ...]], gains: Gains
) -> list[GainView]:
    """The newest gain of each of the tasks that gained last, drawn with the best member of now."""
    by_id = {key.id: key for key in store.tasks() if key.digest in populations}
    demos = {task_id: key.demo_count for task_id, key in by_id.items()}
    found: dict[str, GainView] = {}
    for generation in reversed(generations_of(lines[-200:], demos)):
        for gain in reversed(generation.gains):
            if gain.task in found or gain.task not in by_id or len(found) >= _MOST_GAINS:
                continue
            digest = by_id[gain.task].digest
            view = GainView(one_line(gain.task, 80), gain.before, gain.after, f"generation {generation.number}")
            found[gain.task] = gains.drawn(store, view, digest, next(iter(populations[digest]), None))
    return list(found.values())


def _lines(texts: Sequence[str]) -> list[GenerationLine]:
    found = []
    for text in texts:
        try:
            found.append(from_json(GenerationLine, text, "generation"))
        except InputError:  # of another version, or a stranger's
            continue
    return found


def _over_time(lines: Sequence[GenerationLine]) -> list[tuple[float, float]]:
    points, wall_s = [], 0.0
    for line in lines:
        wall_s += max(0.0, line.timing.wall_s)
        points.append((wall_s, float(line.solved)))
    return points


def _share(nearness: Nearness | None, demos: int) -> float | None:
    return None if nearness is None else max(0.0, min(1.0, nearness[1] / (FULL_SHARE * max(1, demos))))


def _chart(run_id: int, points: Sequence[tuple[float, float]]) -> str:
    if len(points) < 2:
        return ""
    words = f"{points[-1][1]:,.0f} tasks solved after {points[-1][0]:,.1f} s."
    return curve(f"solved-{run_id}", "Tasks with all demo samples solved, over time", words,
                 ("seconds", "tasks solved"), [("solved", points)]).svg  # fmt: skip
