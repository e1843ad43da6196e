"""What ``--cluster`` takes: the address of a scheduler that runs, or how many workers to start here."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from typing import Final

from arcbatt.errors import InputError

__all__ = ["ClusterAddress", "check_installed"]

_MOST_LOCAL: Final = 1024
_LOCAL = re.compile(r"local:([0-9]+)")
_SCHEDULER = re.compile(r"(?:tcp|tls)://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where the work goes.

    Attributes:
        scheduler: ``tcp://host:port`` or ``tls://host:port`` of a Dask scheduler; None to start one here.
        count: workers to start here; 0 with a scheduler that runs.

    Example:
        >>> ClusterAddress.parse("local:8").count
        8
    """

    scheduler: str | None
    count: int = 0

    @classmethod
    def parse(cls, text: str) -> ClusterAddress:
        """The address that a text stands for.

        Raises:
            InputError: it stands for none.
        """
        local = _LOCAL.fullmatch(text)
        if local and 1 <= int(local[1]) <= _MOST_LOCAL:
            return cls(None, int(local[1]))
        known = _SCHEDULER.fullmatch(text)
        if known and 1 <= int(known[1]) <= 65535:
            return cls(text)
        raise InputError(
            f"--cluster {text}: expected tcp://HOST:PORT or tls://HOST:PORT of a Dask scheduler, or local:N with N "
            f"workers on this machine, 1 to {_MOST_LOCAL}"
        )


def check_installed() -> None:
    """Checks that dask.distributed is there, without loading it.

    Raises:
        InputError: it is not.
    """
    if importlib.util.find_spec("distributed") is None:
        raise InputError('--cluster needs dask.distributed, which is not installed: pip install "arcbatt[cluster]"')
