"""Whether a program's result can be what a program gave on a task: it may come from a stranger's file or database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.records.checks import MAX_INTEGER, check_count, check_md5, check_seconds, check_short

if TYPE_CHECKING:
    from arcbatt.engine.outcome import Failure
    from arcbatt.engine.verdict import Verdict
    from arcbatt.results import ProgramResult, TaskKey

__all__ = ["check_result", "stored_form"]

_MAX_CELLS = 900
_MAX_MESSAGE = 300
_DIGITS = frozenset("0123456789abcdef")


def check_result(task: TaskKey, result: ProgramResult) -> None:
    """Checks a result on a task.

    Raises:
        InputError: a field is out of its bounds, or the result has other numbers of samples than the task.
    """
    check_md5(result.md5, f"score on {task.id}")
    where = f"score of {result.md5} on {task.id}"
    check_short(result.name, f"{where}: name")
    check_count(result.size, f"{where}: size")
    check_seconds(result.seconds, where)
    counts = len(result.demo), len(result.test)
    if counts != (task.demo_count, task.test_count) or len(result.cells) != task.demo_count:
        raise InputError(
            f"{where}: expected {task.demo_count} demo and {task.test_count} test samples, "
            f"got {counts[0]} and {counts[1]} verdicts and the cells of {len(result.cells)}"
        )
    for verdict, cells in zip(result.demo, result.cells, strict=True):
        check_count(cells, f"{where}: cells", least=1, most=_MAX_CELLS)
        _check_verdict(verdict, cells, where)
        if verdict.is_right is not (verdict.right_cells == cells):
            raise InputError(f"{where}: {verdict.right_cells} of {cells} cells right, and right: {verdict.is_right}")
    for verdict in result.test:
        _check_verdict(verdict, _MAX_CELLS, where)
    check_count(sum(verdict.fuel for verdict in result.verdicts), f"{where}: fuel of all samples")


def stored_form(result: ProgramResult) -> ProgramResult:
    """A result as it is stored: messages of failures are cut to 300 characters, those that do not print replaced."""
    if all(verdict.failure is None for verdict in result.verdicts):
        return result
    return replace(result, demo=tuple(map(_stored, result.demo)), test=tuple(map(_stored, result.test)))


def _stored(verdict: Verdict) -> Verdict:
    failure = verdict.failure
    if failure is None or (_is_line(failure.message) and _is_line(failure.call)):
        return verdict
    return replace(verdict, failure=replace(failure, call=_line(failure.call), message=_line(failure.message)))


def _is_line(text: str) -> bool:
    return text.isprintable() and len(text) <= _MAX_MESSAGE


def _line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:_MAX_MESSAGE])


def _check_verdict(verdict: Verdict, cells: int, where: str) -> None:
    if not isinstance(verdict.digest, str) or len(verdict.digest) > 32 or not _DIGITS.issuperset(verdict.digest):
        raise InputError(f"{where}: expected a digest of at most 32 hexadecimal digits, got {verdict.digest!r:.80}")
    if type(verdict.is_grid) is not bool or verdict.is_right not in (True, False, None):
        raise InputError(f"{where}: expected true or false, got {verdict.is_grid!r:.80}, {verdict.is_right!r:.80}")
    check_count(verdict.fuel, f"{where}: fuel")
    check_count(verdict.right_cells, f"{where}: right cells", most=cells)
    if verdict.failure is not None:
        _check_failure(verdict.failure, where)
        if verdict.is_grid or verdict.is_right or verdict.right_cells:
            raise InputError(f"{where}: a sample that failed and is right")


def _check_failure(failure: Failure, where: str) -> None:
    from arcbatt.engine.outcome import FailureKind

    if not isinstance(failure.kind, FailureKind):
        raise InputError(f"{where}: expected a kind of failure, got {failure.kind!r:.80}")
    check_count(failure.step, f"{where}: step", most=MAX_INTEGER)
    for text in (failure.call, failure.message):
        if not isinstance(text, str):
            raise InputError(f"{where}: expected a message, got {text!r:.80}")
