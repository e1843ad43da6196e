"""Who a worker is: versions that must be the driver's, and proof that programs come to the same there.

An answer must not depend on where it was found. So a worker with another arcbatt, another engine or another Python
takes no work, and one of a cluster that arcbatt did not start first evaluates a fixed sample, whose outcomes must be
those that the driver has: that covers other processors, compilers and libraries of C.
"""

from __future__ import annotations

import hashlib
import platform
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import arcbatt
from arcbatt.battery.battery import Battery
from arcbatt.engine import Limits, Outcome, select_engine
from arcbatt.errors import EngineError

__all__ = ["Identity", "identity", "proof"]

_WORDS: Final = {"arcbatt": "arcbatt", "code": "code of arcbatt", "python": "Python", "engine": "engine"}
"""What must be the same, in words."""
_SAMPLE: Final = 48
"""Programs of the sample, spread evenly over the starter solvers in the order of their MD5s."""
_FUEL: Final = 200_000
"""Enough for most of them on small grids; where it ends is deterministic and compared too."""
_MOST_SHOWN: Final = 12
"""Digits of a digest that are shown."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Versions of an installation.

    Attributes:
        arcbatt: its version.
        code: digest of its source files: versions of two checkouts say little.
        python: implementation and version, without the patch level.
        engine: name and version; "" where none was asked for.
        host: name of the machine.
        boot: what tells apart machines, and starts of one, since clocks count from there; "" where nobody can tell.
    """

    arcbatt: str
    code: str
    python: str
    engine: str
    host: str
    boot: str

    def difference(self, other: dict[str, str]) -> str | None:
        """The first thing in which another installation differs, in words; None when there is none."""
        for name, words in _WORDS.items():
            mine, theirs = asdict(self)[name], str(other.get(name, "unknown"))
            if mine != theirs:
                return f"{words} {theirs[:_MOST_SHOWN]} there, {mine[:_MOST_SHOWN]} here"
        return None


def identity(engine: str) -> Identity:
    """The identity of this process.

    Args:
        engine: name of the engine that a run takes; "" for none.
    """
    version = ".".join(platform.python_version_tuple()[:2])
    return Identity(
        arcbatt.__version__, _code_digest(), f"{platform.python_implementation()} {version}", _engine_version(engine),
        socket.gethostname(), _boot(),
    )  # fmt: skip


def _engine_version(name: str) -> str:
    if not name:
        return ""
    try:
        return f"{name} {select_engine(name).version}"
    except EngineError:
        return f"no {name}"


@cache
def _code_digest() -> str:
    root = Path(arcbatt.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


@cache
def proof(engine: str) -> str:
    """A digest of what programs come to with an engine: values, failures and fuel; the same on every machine.

    Args:
        engine: name of an engine.

    Raises:
        EngineError: it is not installed.
    """
    # Late: the library is parsed here alone.
    from arcbatt.library import starter_programs

    solvers = sorted((one for one in starter_programs() if one.kind == "solver"), key=lambda one: one.md5)
    battery = Battery.of(solvers[:: max(1, len(solvers) // _SAMPLE)])
    opened = select_engine(engine, Limits(fuel=_FUEL, timeout_s=None)).open(battery.graph)
    grids = list(_grids())
    scope = opened.bind(S=tuple(pairwise(grids)))
    digest = hashlib.sha256()
    for grid in grids:
        for outcome in scope.bind(I=grid).run(list(battery.solvers.values())):
            digest.update(_text_of(outcome).encode())
    return digest.hexdigest()[:32]


def _text_of(outcome: Outcome) -> str:
    """Everything of an outcome but the message of a failure: some are Python's own and change with its version."""
    failure = outcome.failure
    where = "" if failure is None else f"{failure.kind} {failure.step} {failure.call}"
    return f"{_plain(outcome.value)!r} {where} {outcome.fuel}\n"


def _grids() -> Iterator[tuple[tuple[int, ...], ...]]:
    """Small grids of a few colors, made by a rule that needs no generator of random numbers."""
    state = 1
    for height, width in ((3, 3), (5, 4), (6, 9), (10, 10)):
        rows = []
        for _ in range(height):
            row = []
            for _ in range(width):
                state = state * 48271 % 2147483647
                row.append((0, 0, 0, 1, 2, 8)[state % 6])
            rows.append(tuple(row))
        yield tuple(rows)


def _plain(value: object) -> object:
    """The value in a form whose text does not depend on the order of a set."""
    if isinstance(value, frozenset):
        return ("set", sorted(repr(_plain(part)) for part in value))
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return repr(value)
