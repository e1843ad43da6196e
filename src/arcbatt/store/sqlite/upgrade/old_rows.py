"""Rows of earlier versions in the form of this one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from arcbatt.store.records.checks import check_count
from arcbatt.store.sql.damage import DamagedRow
from arcbatt.store.sql.task_names import migrated_digest

if TYPE_CHECKING:
    from arcbatt.engine.outcome import Failure
    from arcbatt.engine.verdict import Verdict
    from arcbatt.results import ProgramResult, TaskKey

__all__ = ["old_key", "old_result", "old_run"]

_MAX_SAMPLES: Final = 10_000
_REASON: Final = "stored by an earlier version, which kept no reasons"


def old_key(task_id: Any, demo_count: Any, test_count: Any) -> TaskKey:
    """The key under which scores of a task wait that is known by its id alone.

    Raises:
        InputError: an earlier version would not have written these.
    """
    from arcbatt.results.task_key import TaskKey

    # numbers of samples become verdicts: a stranger's must not fill the memory
    check_count(demo_count, "demo samples of a task", least=1, most=_MAX_SAMPLES)
    check_count(test_count, "test samples of a task", most=_MAX_SAMPLES)
    return TaskKey(migrated_digest(task_id, demo_count, test_count), task_id, demo_count, test_count)


def old_result(
    key: TaskKey,
    md5: str,
    name: str,
    size: int,
    demo_right: Any,
    test_right: Any,
    fuel: Any,
    seconds: float,
    failures: object,
) -> ProgramResult:
    """A result as far as an earlier version kept it: numbers of samples, and not which ones.

    Solved samples come first; all fuel is on the first sample. Of samples not solved no cell counts as right; those
    that failed come before the others.

    Raises:
        InputError: an earlier version would not have written these.
    """
    from arcbatt.results.program_result import ProgramResult
    from arcbatt.store.records.result_checks import check_result

    where = f"score of {md5!r:.80} on {key.id}"
    check_count(demo_right, f"{where}: demo samples solved", most=key.demo_count)
    if test_right is not None:
        check_count(test_right, f"{where}: test samples solved", most=key.test_count)
    check_count(fuel, f"{where}: fuel")
    left = _failures(failures, where, key.demo_count + key.test_count)
    demo = _verdicts(key.demo_count, demo_right, fuel, left)
    test = _verdicts(key.test_count, test_right, 0, left)
    result = ProgramResult(md5, name, size, demo, test, (1,) * key.demo_count, seconds)
    check_result(key, result)
    return result


def _failures(text: object, where: str, most: int) -> list[Failure]:
    """One failure for each sample that failed, by kind; at most ``most``."""
    from arcbatt.engine.outcome import Failure, FailureKind

    found: list[Failure] = []
    for kind, count in sorted(_loaded(text, where).items()):
        check_count(count, f"{where}: failures")
        if kind in set(FailureKind):
            found += [Failure(FailureKind(kind), 0, "", _REASON)] * min(count, most)
    return found[:most]


def _verdicts(count: int, right: int | None, fuel: int, failures: list[Failure]) -> tuple[Verdict, ...]:
    """Takes the failures that it uses off the list."""
    from arcbatt.engine.verdict import Verdict

    found = []
    for number in range(count):
        spent = fuel if number == 0 else 0
        if right is not None and number < right:
            found.append(Verdict("", True, True, spent, None, 1))
        else:
            failure = failures.pop(0) if failures else None
            found.append(Verdict("", False, None if right is None else False, spent, failure))
    return tuple(found)


def old_run(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a run: its command is the first word of what it was called with, where that was noted."""
    where = f"run {row['id']!s:.20}"
    arguments = _loaded(row["arguments"], where)
    words = arguments.get("command")
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        words = ["unknown", *([row["arguments"]] if arguments else [])]
    versions = {str(name): str(version) for name, version in _loaded(row["versions"], where).items()}
    phases = {name: _phase(seconds) for name, seconds in _loaded(row["metrics"], where).items()}
    kept = ("id", "key", "series", "data_revision", "engine", "status", "started", "finished")
    return {name: row[name] for name in kept} | {
        "command": words[0], "arguments": json.dumps(words[1:]), "data": "", "versions": json.dumps(versions),
        "totals": None, "phases": json.dumps({name: phase for name, phase in phases.items() if phase is not None}),
    }  # fmt: skip


def _phase(seconds: object) -> dict[str, float | None] | None:
    """Seconds of a phase; None for a metric that is none."""
    if isinstance(seconds, dict):
        found = {name: _number(seconds.get(name)) for name in ("wall_s", "cpu_s")}
    else:
        found = {"wall_s": _number(seconds), "cpu_s": None}
    return None if set(found.values()) == {None} else found


def _number(value: object) -> float | None:
    return float(value) if type(value) in (int, float) and value >= 0 else None  # type: ignore[operator, arg-type]


def _loaded(text: object, where: str) -> dict[str, Any]:
    if not isinstance(text, str):
        raise DamagedRow(f"{where}: expected JSON text, got {type(text).__name__}")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedRow(f"{where}: broken JSON: {error!s:.80}") from error
    if not isinstance(value, dict):
        raise DamagedRow(f"{where}: expected a JSON object, got {text:.80}")
    return value
