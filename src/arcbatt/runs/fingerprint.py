"""What names a job, so that ``--resume`` goes on with exactly the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import arcbatt
from arcbatt.program.program import Program
from arcbatt.results.json_form import from_json, to_json
from arcbatt.runs.options import RunOptions

__all__ = ["Fingerprint", "digest_of"]

_DIGESTS: Final = ("tasks", "programs", "order", "primitives")
"""Parts that are digests: that they differ can be reported, what they are says nothing."""


@dataclass(frozen=True)
class Fingerprint:
    """Everything that decides the answer of a job, as names and texts.

    Not in it: how many workers there are and the engine, since results depend on neither; and the tasks where results
    are kept by the digest of each task's samples, so that a job with other tasks too takes over those it shares.

    Attributes:
        parts: text by name.
    """

    parts: Mapping[str, str]

    @classmethod
    def of(
        cls, command: str, options: RunOptions, programs: Iterable[Program], more: Mapping[str, object] | None = None
    ) -> Fingerprint:
        """The fingerprint of a job.

        Args:
            command: its name.
            options: what of it decides the answer is taken.
            programs: those handed in, in any order.
            more: what else decides the answer; everything is taken as its text.
        """
        primitives = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in options.primitive_files]
        parts = {
            "command": command,
            "version": arcbatt.__version__,
            "fuel": options.limits.fuel,
            "timeout": options.limits.timeout_s,
            "keep": options.keep,
            "min score": options.min_score,
            "programs": digest_of(sorted(f"{program.kind} {program.md5}" for program in programs)),
            "store": options.joins_store,
            "primitives": digest_of(primitives),
            **(more or {}),
        }
        return cls({name: str(value) for name, value in parts.items()})

    @cached_property
    def key(self) -> str:
        """Names the job in the store: its command and 32 hexadecimal digits."""
        digest = hashlib.sha256(to_json(dict(self.parts)).encode()).hexdigest()[:32]
        return f"{self.parts['command']} {digest}"

    def to_json(self) -> str:
        """The parts as JSON text; :meth:`of_json` reads it back."""
        return to_json(dict(self.parts))

    @classmethod
    def of_json(cls, text: str) -> Fingerprint:
        """The fingerprint that a JSON text stands for.

        Raises:
            InputError: it stands for none.
        """
        return cls(from_json(dict[str, str], text, "settings of a run"))

    def differences(self, other: Fingerprint) -> list[str]:
        """Where another fingerprint differs, a few words for each part: ``fuel 5 (now 7)``, ``other programs``."""
        found = []
        for name in dict.fromkeys((*self.parts, *other.parts)):
            mine, theirs = self.parts.get(name, "-"), other.parts.get(name, "-")
            if mine != theirs:
                found.append(f"other {name}" if name in _DIGESTS else f"{name} {theirs} (now {mine})")
        return found


def digest_of(texts: Iterable[str]) -> str:
    """32 hexadecimal digits that stand for some texts in their order."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:32]
