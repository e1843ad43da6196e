"""What a run of ``solve`` found: the programs that fit each task, and its attempts."""

from __future__ import annotations

from collections.abc import Mapping

from arcbatt.errors import InputError
from arcbatt.report.html.gathering.found import Found, FoundTask, KnownProgram, Progress, result_on_task
from arcbatt.report.html.gathering.kept import known_programs
from arcbatt.report.html.gathering.summaries import summaries_of
from arcbatt.report.html.page_data import ProgramOnTask
from arcbatt.report.solve_story import ending_lines
from arcbatt.report.words import counted
from arcbatt.results import FULL_SHARE, ProgramResult, TaskKey
from arcbatt.results.task_key import is_digest
from arcbatt.search.solving import SolvedTask
from arcbatt.search.solving.resumption import stored_solution
from arcbatt.store import RunRecord, Store

__all__ = ["found_by_solve"]


def found_by_solve(store: Store, run: RunRecord, listed: int, on_progress: Progress) -> Found:
    """What a run of ``solve`` kept of its tasks.

    Args:
        store: open.
        run: one of its runs.
        listed: most programs of a task.
        on_progress: told of each task.
    """
    texts, notes = summaries_of(store, run)
    found = Found(programs=known_programs(store.programs("solver")), notes=notes)
    keys = {key.digest: key for key in store.tasks()}
    unread = 0
    for place, (digest, text) in enumerate(texts.items(), 1):
        on_progress(place, len(texts))
        solved = stored_solution(text)
        key = None if solved is None else _key(digest, solved, keys)
        if solved is None or key is None:
            unread += 1
            continue
        results = {score.result.md5: score.result for score in store.scores(digest)}
        found.tasks.append(_task(key, solved, results, listed))
        _know(found.programs, solved)
    if unread:
        found.notes.append(f"what is kept of {counted(unread, 'task')} cannot be read")
    _know_starters(found)
    return found


def _key(digest: str, solved: SolvedTask, keys: Mapping[str, TaskKey]) -> TaskKey | None:
    """The key of a solved task under the id that it had; None where it contradicts what the store knows."""
    known = keys.get(digest)
    counts = solved.demo_count, solved.test_count
    if known is not None and (known.demo_count, known.test_count) != counts:
        return None
    try:
        return TaskKey(digest, solved.task, *counts)
    except InputError:
        return known


def _task(key: TaskKey, solved: SolvedTask, results: Mapping[str, ProgramResult], listed: int) -> FoundTask:
    near = solved.nearest
    task = FoundTask(
        key, program_count=max(sum(solved.found.values()), len(solved.programs)), solves_demo=bool(solved.programs),
        near=1.0 if solved.programs else None if near is None else max(0.0, min(1.0, near[1])),
        is_given_up=solved.failure is not None, solved=solved, failures=solved.failures, notes=_notes(solved),
    )  # fmt: skip
    for md5 in _named(solved):
        if len(task.programs) < listed:
            _add(task, md5, solved, results.get(md5))
    return task


def _named(solved: SolvedTask) -> list[str]:
    """MD5s of the programs behind a task's answers and of the others that fit, each once, most probable first."""
    answers = [answer for index in range(solved.test_count) for answer in solved.answers(index)]
    fitting = [program.md5 for program in solved.programs]
    named = dict.fromkeys([*fitting, *(md5 for answer in answers for md5 in answer.programs)])
    return list(filter(is_digest, named))


def _add(task: FoundTask, md5: str, solved: SolvedTask, result: ProgramResult | None) -> None:
    """Adds a program: with its stored result, else with what the summary says, to be measured."""
    if result is not None:
        task.programs.append(result_on_task(result))
        return
    right, near = 0, 0.0
    if any(program.md5 == md5 for program in solved.programs):
        right, near = solved.demo_count, 1.0
    task.unmeasured.add(md5)
    for answer in (answer for index in range(solved.test_count) for answer in solved.answers(index)):
        if answer.programs and answer.programs[0] == md5 and answer.nearness is not None:
            right, near = answer.nearness[0], answer.nearness[1] / (FULL_SHARE * solved.demo_count)
    task.programs.append(ProgramOnTask(md5, right, min(1.0, near), None, 0, None))


def _notes(solved: SolvedTask) -> list[str]:
    notes = list(ending_lines(solved))
    if solved.failure is not None:
        notes.insert(0, f"given up: {solved.failure.message}")
    if solved.cut_off:
        notes.append("cut off by time or memory: depends on the machine")
    if solved.shortened:
        notes.append("shortened by the total time: depends on the machine")
    return [*notes, *(f"bug in arcbatt: {bug}" for bug in solved.bugs)]


def _know(programs: dict[str, KnownProgram], solved: SolvedTask) -> None:
    for item in solved.programs:
        if item.text is not None and is_digest(item.md5) and item.md5 not in programs:
            programs[item.md5] = KnownProgram(item.md5, item.name, item.size, item.text)


def _know_starters(found: Found) -> None:
    """Adds starter programs that answered without being stored, as near misses do."""
    if all(item.md5 in found.programs for task in found.tasks for item in task.programs):
        return
    from arcbatt.library import starter_solvers

    for program in starter_solvers():
        found.programs.setdefault(program.md5, KnownProgram(program.md5, program.name, program.size, program.text))
