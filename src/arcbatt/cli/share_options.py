"""The options of commands that can share their work with others of the same kind on one store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from arcbatt.cli.option_groups import option_group
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.runs.options import RunOptions

__all__ = ["ShareChoice", "share_options"]

_STALE_S = 30.0
_LEAST_S = 2.0


@dataclass(frozen=True, slots=True)
class ShareChoice:
    """Whether a command shares its work, and when another one that does counts as dead."""

    share: bool
    stale_after: float | None

    def added_to(self, options: RunOptions) -> RunOptions:
        """The options of a job with this.

        Raises:
            InputError: ``--stale-after`` without ``--share``.
        """
        if not self.share and self.stale_after is not None:
            raise InputError("--stale-after goes with --share")
        if not self.share:
            return options
        return replace(options, stale_s=self.stale_after or _STALE_S, resume=True)


share_options = option_group(
    "sharing", ShareChoice,
    click.option("--share", is_flag=True,
                 help="Do the tasks together with other processes that run the same command on the same store; "
                 "what was done before is taken over, as with --resume."),
    click.option("--stale-after", type=click.FloatRange(_LEAST_S, 86400), metavar="SECONDS",
                 help=f"With --share: silence after which another process counts as dead. [default: {_STALE_S:g}]"),
)  # fmt: skip
