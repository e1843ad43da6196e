"""The result of a program on a task as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcbatt.drawing.markup import Markup, Part, listed, table

if TYPE_CHECKING:
    from arcbatt.engine.verdict import Verdict
    from arcbatt.results.program_result import ProgramResult

__all__ = ["RESULT_HEADS", "result_cells", "result_html"]

RESULT_HEADS: tuple[Part, ...] = ("program", "MD5", "calls", "demo", "test", "cells", "fuel", "failed")
"""The heads of :func:`result_cells`."""


def result_cells(result: ProgramResult) -> tuple[Part, ...]:
    """A result as the cells of a table's row; what is unknown is ``?``."""
    test = "?" if result.test_right is None else str(result.test_right)
    return (
        result.name, result.md5[:8], f"{result.size:,}", f"{result.demo_right}/{result.demo_count}",
        f"{test}/{result.test_count}", f"{int(result.near * 1000) / 10:g} %", f"{result.fuel:,}",
        "; ".join(f"{count} {kind}" for kind, count in result.failures.items()),
    )  # fmt: skip


def result_html(result: ProgramResult, heading: str | None = None) -> Markup:
    """A result: its numbers, then what it came to on each sample.

    Args:
        result: the result.
        heading: what stands above; None for the program's name.
    """
    rows = [_verdict_cells(f"demo {n}", verdict, cells) for n, (verdict, cells) in enumerate(_demo(result), 1)]
    rows += [_verdict_cells(f"test {n}", verdict, None) for n, verdict in enumerate(result.test, 1)]
    samples = table(("sample", "right", "right cells", "fuel", "failure"), rows)
    return listed(result.name if heading is None else heading, table(RESULT_HEADS, [result_cells(result)]), samples)


def _demo(result: ProgramResult) -> list[tuple[Verdict, int]]:
    return list(zip(result.demo, result.cells, strict=True))


def _verdict_cells(name: str, verdict: Verdict, cells: int | None) -> tuple[Part, ...]:
    right = {True: "yes", False: "no", None: "?"}[verdict.is_right]
    known = "" if verdict.right_cells is None else str(verdict.right_cells)
    return (
        name, right, known if cells is None or not known else f"{known}/{cells}", f"{verdict.fuel:,}",
        "" if verdict.failure is None else str(verdict.failure),
    )  # fmt: skip
