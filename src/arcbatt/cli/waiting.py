"""Progress of the steps of a command that are no tasks: reading files, importing, exporting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arcbatt.report.meter import Meter

__all__ = ["is_quiet", "measured", "quiet_option"]

quiet_option = click.option(
    "-q", "--quiet", is_flag=True, expose_value=False, is_eager=True,
    callback=lambda context, _, value: context.meta.__setitem__("arcbatt.quiet", value),
    help="Print the totals only.",
)  # fmt: skip


def is_quiet() -> bool:
    """Whether the command that runs was asked to print its totals only."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.params.get("quiet") or context.meta.get("arcbatt.quiet"))


@contextmanager
def measured(label: str, total: int | None = None) -> Iterator[Meter]:
    """Shows how far a step is, once it takes long.

    Args:
        label: what the step is: ``reading programs``.
        total: of how many parts it is; None where that is not known.
    """
    from arcbatt.report.meter import Meter

    with Meter(label, total, is_quiet=is_quiet()) as meter:
        yield meter
