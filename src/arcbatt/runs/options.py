"""The options that all jobs have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from arcbatt.engine import Limits

__all__ = ["DEFAULT_MEMORY_BYTES", "RunOptions"]

DEFAULT_MEMORY_BYTES: Final = 4 * 1024**3
"""Bound on the memory of each worker."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What decides a job's results, with the programs and the tasks; and how the work is spread, which decides nothing.

    Attributes:
        engine: name of an engine, see :data:`arcbatt.engine.ENGINES`.
        limits: budgets of each program on each sample.
        keep: most solvers kept for a task, at least 1; see :func:`arcbatt.results.rank_of` for which go first.
        min_score: least number of demo samples that a kept solver solves. With 0 those are kept too, where there is
            room, that solve no demo sample but give a grid on one.
        primitive_files: Python files with a user's own primitives; they are executed.
        joins_store: whether the programs of the store take part.
        jobs: number of workers; None for one a core. Results are the same with any number.
        cluster: address of a Dask scheduler whose workers do the work, or ``local:N`` to start N on this machine; None
            for workers without a cluster. Results are the same.
        searches: address at which workers find the devices of the process that started them, which work for their
            enumerations, see :mod:`arcbatt.engine.cuda.enumeration.remote`; None without. Results are the same.
        memory_bytes: bound on the memory of each worker; None for none.
        piece_nodes: a battery of more nodes is evaluated in pieces of at most so many, at least 1; None for as many as
            the bound on memory allows, see :mod:`arcbatt.runs.pieces`. Results are the same with any number.
        resume: go on with the last run of the same kind.
        arguments: the words of the command line, recorded with the run.
        stale_s: share the work with other runs of the same kind on this store, and take one for dead that was silent
            for so many seconds; goes with ``resume``. None: share nothing.

    Example:
        >>> options = RunOptions(engine="python", keep=5, min_score=0)
        >>> options.limits.fuel
        20000000
    """

    engine: str = "auto"
    limits: Limits = field(default_factory=Limits)
    keep: int = 32
    min_score: int = 1
    primitive_files: tuple[str, ...] = ()
    joins_store: bool = True
    jobs: int | None = None
    cluster: str | None = None
    searches: str | None = None
    memory_bytes: int | None = DEFAULT_MEMORY_BYTES
    piece_nodes: int | None = None
    resume: bool = False
    arguments: tuple[str, ...] = ()
    stale_s: float | None = None
