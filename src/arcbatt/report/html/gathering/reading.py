"""The texts of programs, read when they are needed, each once."""

from __future__ import annotations

from collections.abc import Mapping

from arcbatt.program.parse import collect_programs
from arcbatt.program.program import Program
from arcbatt.report.html.gathering.found import KnownProgram

__all__ = ["ReadPrograms"]


class ReadPrograms:
    """Reads programs by their MD5.

    A stored program may be a stranger's, call a primitive of somebody's own, or be of another version of arcbatt: then
    it cannot be read, which is no error.

    Args:
        known: those of which the text is known.
    """

    def __init__(self, known: Mapping[str, KnownProgram]) -> None:
        self._known = known
        self._read: dict[str, Program | None] = {}
        self._reasons: dict[str, str] = {}

    def read(self, md5: str) -> Program | None:
        """The solver, in a graph of its own; None where it cannot be read."""
        if md5 not in self._read:
            self._read[md5] = self._parsed(md5)
        return self._read[md5]

    def why_not(self, md5: str) -> str:
        """Why it cannot be read, on one line."""
        return self._reasons.get(md5, "")

    def _parsed(self, md5: str) -> Program | None:
        known = self._known.get(md5)
        if known is None:
            self._reasons[md5] = "cannot be run again: its text is not stored"
            return None
        programs, refusals = collect_programs(known.text, f"program {md5[:12]}")
        if refusals or len(programs) != 1 or programs[0].md5 != md5 or programs[0].kind != "solver":
            reason = str(refusals[0]) if refusals else "its text is no canonical text of a solver"
            self._reasons[md5] = f"cannot be read here: {reason}"
            return None
        return programs[0]
