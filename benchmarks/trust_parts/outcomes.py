"""What an undisturbed job gives, and whether a disturbed one came to the same in the end."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arcbatt.errors import ArcbattError
from trust_parts.jobs import Job, clear, results_of, words_of
from trust_parts.places import Place, contents_of
from trust_parts.processes import ended, start

__all__ = ["LossError", "Whole", "check_same", "difference", "missing", "raise_if", "whole_of"]


class LossError(Exception):
    """Something did not survive."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a job gives.

    Attributes:
        results: the bytes of each file that it writes.
        contents: of its store.
        seconds: what it took, wall clock.
    """

    results: dict[str, bytes]
    contents: dict[str, Any]
    seconds: float


def whole_of(job: Job, folder: Path, server: Any = None) -> Whole:
    """Does a job undisturbed, with two workers and with one.

    Raises:
        LossError: it fails, or the two differ.
    """
    place = Place(folder / "whole", server)
    clear(folder)
    try:
        began = time.monotonic()
        raise_if(ended(start(words_of(job, place, 2, resume=False), folder), folder))
        seconds = time.monotonic() - began
        found = Whole(results_of(job, folder, missing), contents_of(place), seconds)
        shutil.rmtree(folder / "whole", ignore_errors=True)
        place.drop()
        place = Place(folder / "whole", server)
        clear(folder)
        raise_if(ended(start(words_of(job, place, 1, resume=False), folder), folder))
        check_same(job, place, folder, found)
        return found
    finally:
        shutil.rmtree(folder / "whole", ignore_errors=True)
        place.drop()


def check_same(job: Job, place: Place, folder: Path, whole: Whole) -> None:
    """Checks that a job that is done came to the same.

    Raises:
        LossError: it did not, or its store cannot be read.
    """
    try:
        contents = contents_of(place)
    except ArcbattError as error:
        raise LossError(f"the store cannot be read: {error}") from None
    raise_if(difference(Whole(results_of(job, folder, missing), contents, 0.0), whole))


def difference(found: Whole, whole: Whole) -> str | None:
    """The first place where two ends of a job differ, in words."""
    for name, expected in whole.results.items():
        got = found.results[name]
        if got != expected:
            place = next((i for i, (a, b) in enumerate(zip(got, expected, strict=False)) if a != b), len(expected))
            return (
                f"{name} differs at byte {place}: {got[max(0, place - 60):place + 60]!r}, "
                f"undisturbed {expected[max(0, place - 60):place + 60]!r}"
            )
    for name, held in whole.contents.items():
        if found.contents[name] != held:
            return f"the store differs in {name}: {_first_difference(found.contents[name], held)}"
    return None


def _first_difference(found: Any, expected: Any) -> str:
    if isinstance(found, dict) and isinstance(expected, dict):
        pairs = [(key, found.get(key), expected.get(key)) for key in sorted({*found, *expected})]
        return next(f"{key}: {_first_difference(a, b)}" for key, a, b in pairs if a != b)
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return next(f"{a!r:.400}, undisturbed {b!r:.400}" for a, b in zip(found, expected, strict=True) if a != b)
    return f"{found!r:.400}, undisturbed {expected!r:.400}"


def missing(name: str) -> None:
    """Raises: a file is not there."""
    raise LossError(f"{name} was not written")


def raise_if(why: str | None) -> None:
    """Raises, where there is a reason."""
    if why is not None:
        raise LossError(why)
