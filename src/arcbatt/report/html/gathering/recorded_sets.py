"""The named task sets that runs were on: where grids come from when nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from arcbatt.arc import DEFAULT_SET, SETS, load_set
from arcbatt.report.html.gathering.at_hand import Source
from arcbatt.store import RunRecord

__all__ = ["recorded_set_names", "recorded_sets"]

_WORD = re.compile(r"[a-z0-9@-]+")


def recorded_set_names(runs: Iterable[RunRecord]) -> list[str]:
    """The names of the sets that runs were on, in the order in which they come up; else that of the default set.

    What is recorded is a stranger's text: only a name that arcbatt knows counts, nothing else of it is opened.
    """
    words = dict.fromkeys(word for run in runs for word in _WORD.findall(run.data))
    return [word for word in words if word in SETS] or [DEFAULT_SET]


def recorded_sets(runs: Iterable[RunRecord]) -> list[Source]:
    """The sets of :func:`recorded_set_names`.

    Raises:
        InputError: the data of a set are not installed.
    """
    return [load_set(name) for name in recorded_set_names(runs)]
