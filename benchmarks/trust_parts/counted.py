"""What was tried and what survived, as each part gives it and as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Counted", "Options", "Part"]


@dataclass(frozen=True, slots=True)
class Options:
    """What all parts are told.

    Attributes:
        seed: of everything that is drawn; what a process does at which moment is still chance.
        scale: share of the full number that is tried, above 0; a part tries at least one of each thing.
        stores: ``sqlite``, ``postgres``.
        load: busy processes that run beside, to disturb.
        minutes: of the soak.
        folder: where the parts work; each makes a folder of its own.
    """

    seed: int
    scale: float
    stores: tuple[str, ...]
    load: int
    minutes: float
    folder: Path

    def share(self, full: int) -> int:
        """How many of so many are tried."""
        return max(1, round(full * self.scale))


@dataclass(slots=True)
class Counted:
    """One line of the table.

    Attributes:
        what: was tried, in words.
        tried: how many.
        lost: a line for each that did not survive.
        notes: what else was counted, in words.
    """

    what: str
    tried: int = 0
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, loss: str | None) -> None:
        """One more was tried; None when it survived."""
        self.tried += 1
        if loss is not None:
            self.lost.append(loss)

    def line(self) -> str:
        """What is printed of it."""
        notes = "".join(f"; {note}" for note in self.notes)
        return f"{self.what}: tried {self.tried:,}, survived {self.tried - len(self.lost):,}{notes}"


@dataclass(slots=True)
class Part:
    """What a part found.

    Attributes:
        name: of the part.
        rows: its lines.
        left_out: why things were not tried at all here, a line each.
    """

    name: str
    rows: Sequence[Counted] = ()
    left_out: Sequence[str] = ()
