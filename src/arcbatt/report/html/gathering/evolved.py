"""What an evolution found: its populations, and what each generation came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from arcbatt.errors import InputError, StoreError
from arcbatt.program.text import md5_of
from arcbatt.report.html.gathering.found import Found, FoundTask, KnownProgram, Progress, result_on_task
from arcbatt.report.html.gathering.kept import known_programs
from arcbatt.report.html.page_data import GainData, GenerationData, ProgramOnTask
from arcbatt.report.words import counted
from arcbatt.results import FULL_SHARE, Nearness, ProgramResult, TaskKey
from arcbatt.results.json_form import from_json
from arcbatt.search.evolution.evolution_state import EvolutionState, read_state
from arcbatt.search.evolution.generation_line import Gain, GenerationLine
from arcbatt.store import RunRecord, Store

__all__ = ["found_by_evolution", "generations_of"]

_MOST: Final = 10**12
"""Of any number of a generation."""
_LEAST_WALL_S: Final = 1e-4
"""To which seconds are noted; by less no rate can be told."""


def found_by_evolution(store: Store, run: RunRecord, listed: int, on_progress: Progress) -> Found:
    """What the evolution that a run belongs to came to so far; nothing where it was not begun.

    Args:
        store: open.
        run: one of its runs.
        listed: most programs of a task.
        on_progress: told of each task.
    """
    record = next((record for record in store.evolutions() if record.series == run.series), None)
    if record is None:
        return Found(notes=["the evolution was not begun"])
    found = Found(programs=known_programs(store.programs("solver")))
    try:
        state = read_state(record.state)
    except StoreError as error:
        state = EvolutionState()
        found.notes.append(str(error))
    keys = {key.digest: key for key in store.tasks()}
    populations = store.populations(run.series)
    unknown = 0
    digests = dict.fromkeys([*state.nearness, *populations])
    for place, digest in enumerate(digests, 1):
        on_progress(place, len(digests))
        key = keys.get(digest)
        if key is None:
            unknown += 1
            continue
        results = {score.result.md5: score.result for score in store.scores(digest)}
        found.tasks.append(_task(key, state, populations.get(digest, ()), results, found.programs, listed))
    if unknown:
        found.notes.append(f"{counted(unknown, 'task')} without known samples")
    lines, unread = _lines(store.generations(run.series))
    if unread:
        found.notes.append(f"{counted(unread, 'generation')} of another version of arcbatt cannot be read")
    found.generations = generations_of(lines, {task.key.id: task.key.demo_count for task in found.tasks})
    return found


def _task(
    key: TaskKey, state: EvolutionState, texts: Sequence[str], results: Mapping[str, ProgramResult],
    programs: dict[str, KnownProgram], listed: int,
) -> FoundTask:  # fmt: skip
    """A task with the first members of its population, those without a stored result to be measured."""
    nearness = state.nearness.get(key.digest)
    task = FoundTask(key, program_count=len(texts), near=None if nearness is None else _share(nearness, key.demo_count))
    for place, text in enumerate(texts[:listed]):
        md5 = md5_of(text)
        programs.setdefault(md5, KnownProgram(md5, _name(md5), _size(text), text))
        if md5 in results:
            task.programs.append(result_on_task(results[md5]))
            continue
        right, near = (nearness[0], task.near or 0.0) if nearness is not None and place == 0 else (0, 0.0)
        task.unmeasured.add(md5)
        task.programs.append(ProgramOnTask(md5, min(right, key.demo_count), near, None, 0, None))
    solving = [result.test_right for result in results.values() if result.solves_demo]
    task.solves_demo = key.digest in state.solved or bool(solving)
    task.solves_all = None if not solving or None in solving else key.test_count in solving
    if key.digest in state.solved:
        task.step = state.solved[key.digest]
        task.notes.append(f"solved in generation {state.solved[key.digest]}")
    return task


def _name(md5: str) -> str:
    return f"program {md5[:8]}"


def _size(text: str) -> int:
    """Number of calls of a canonical text: it has a statement a line."""
    return text.count(" = ")


def _share(nearness: Nearness, demos: int) -> float:
    return max(0.0, min(1.0, nearness[1] / (FULL_SHARE * demos)))


def _lines(texts: Sequence[str]) -> tuple[list[GenerationLine], int]:
    """The lines that can be read, and how many cannot."""
    found = []
    for text in texts:
        try:
            line = from_json(GenerationLine, text, "generation")
        except InputError:
            continue
        if _is_sound(line):
            found.append(line)
    return found, len(texts) - len(found)


def _is_sound(line: GenerationLine) -> bool:
    """Whether its numbers are some that a generation can have: a store may come from a stranger."""
    counts = line.generation, line.programs, line.new, line.solved
    timing = line.timing
    return all(0 <= number <= _MOST for number in (*counts, timing.wall_s, timing.cpu_s, timing.programs_per_s))


def generations_of(lines: Sequence[GenerationLine], demos: Mapping[str, int]) -> tuple[GenerationData, ...]:
    """The generations in order; the parts of generation 0 as one.

    Args:
        lines: of the log.
        demos: number of demo samples by task id.
    """
    parts: dict[int, list[GenerationLine]] = {}
    for line in lines:
        parts.setdefault(line.generation, []).append(line)
    return tuple(_generation(number, found, demos) for number, found in sorted(parts.items()))


def _generation(number: int, lines: Sequence[GenerationLine], demos: Mapping[str, int]) -> GenerationData:
    programs, wall_s = sum(line.programs for line in lines), sum(line.timing.wall_s for line in lines)
    gains = [gain for line in lines for gain in line.gains]
    return GenerationData(
        number, programs, sum(line.new for line in lines), lines[-1].solved,
        round(programs / wall_s, 1) if wall_s >= _LEAST_WALL_S else lines[-1].timing.programs_per_s,
        tuple(_gain(gain, demos) for gain in gains),
    )  # fmt: skip


def _gain(gain: Gain, demos: Mapping[str, int]) -> GainData:
    count = demos.get(gain.task, 1)
    return GainData(gain.task, _share(gain.before, count), _share(gain.after, count))
