"""The model: from the features of the answers at a test input to the probability that each is right.

It is a conditional logit (McFadden 1974): at most one of several answers is right, or none of them is. An answer's
score is the sum of its features times their weights, and its probability is 2 to its score over the sum of all, with
the answer that none is right among them. Scores are whole numbers, so that every machine gives the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from arcbatt.arc._shown import listed, shown
from arcbatt.errors import InputError
from arcbatt.results.json_form import from_json
from arcbatt.search.ranking.features import FEATURES

__all__ = ["FORMAT", "SCALE", "Model", "load_model", "read_model"]

FORMAT: Final = 1
"""Version of the file of weights that this version of arcbatt reads."""
SCALE: Final = 10_000
"""Probabilities are whole numbers of this part of one."""
UNITS_PER_BIT: Final = 1024
"""A weight is what a feature of 1 is worth, in this part of a bit."""
_STEPS: Final = 64
"""A mass is told to this part of a bit."""
_POWERS: Final = tuple(round(2 ** (32 + step / _STEPS)) for step in range(_STEPS))
_MOST_BITS: Final = 2048
"""An answer of so many bits less than the best has no mass."""
_MOST: Final = 2**20
"""No weight in a file is further from 0: 1,024 bits decide alone."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights with where they come from.

    Attributes:
        format: version of the file, :data:`FORMAT`.
        command: what fitted them.
        data: what they were fitted on.
        date: when.
        weights: by the name of a feature, in 1/1024 bit for each 1 of it.
    """

    format: int
    command: str
    data: str
    date: str
    weights: Mapping[str, int]

    def score(self, features: Mapping[str, int]) -> int:
        """The score of an answer in 1/1024 bit."""
        return sum(self.weights.get(name, 0) * number for name, number in features.items())

    def probabilities(self, answers: Sequence[Mapping[str, int]]) -> list[int]:
        """The probability of each answer, in 1/10,000; the rest to 10,000 is that of none but the last.

        Args:
            answers: the features of each; the last one is the answer that none of the others is right.

        Returns:
            One for each but the last.
        """
        scores = [self.score(features) * _STEPS // UNITS_PER_BIT for features in answers]
        best = max(scores)
        masses = [_mass(score - best) for score in scores]
        total = sum(masses)
        return [SCALE * mass // total for mass in masses[:-1]]


def _mass(score: int) -> int:
    """Two to a score of 0 or less in 1/64 bit, as a whole number."""
    whole, step = divmod(score, _STEPS)
    return _POWERS[step] << (_MOST_BITS + whole) if whole > -_MOST_BITS else 0


def read_model(text: str | bytes, where: str) -> Model:
    """The model that a file of weights holds.

    Args:
        text: the file's text.
        where: its name, for messages.

    Raises:
        InputError: it is no such file, is of another version, weighs a feature that is not known or nothing at all, or
            has a weight that is too large.
    """
    model = from_json(Model, text, where)
    again = "python tools/fit_ranking.py makes one"
    if model.format != FORMAT:
        raise InputError(f"{where}: expected weights of format {FORMAT}, got format {model.format}; {again}")
    unknown = sorted(model.weights.keys() - FEATURES.keys())
    if unknown or not model.weights:
        told = listed(map(shown, unknown)) or "none"
        raise InputError(f"{where}: expected weights of known features, got {told}; {again}")
    wrong = next((weight for weight in model.weights.values() if abs(weight) > _MOST), None)
    if wrong is not None:
        raise InputError(f"{where}: expected weights from {-_MOST} to {_MOST}, got {shown(wrong)}; {again}")
    return model


@cache
def load_model() -> Model:
    """The model that comes with the package.

    Raises:
        InputError: its file cannot be read, or is of another version.
    """
    file = files("arcbatt.search.ranking") / "weights.json"
    try:
        text = file.read_bytes()
    except OSError as error:
        told = error.strerror or error
        raise InputError(f"{file}: expected the weights of the ranking, got {told}; install arcbatt again") from error
    return read_model(text, str(file))
