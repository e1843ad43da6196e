"""The prior: how many bits a program costs, given the task. The fewer, the more natural the program is.

A program is a sequence of choices (:mod:`.choices`), and the cost of each depends on its place: the primitive that
takes the argument, and which argument it is. Rare places borrow from all places that take the same kind, those from all
places, and those from a uniform distribution (interpolation after Witten and Bell 1991). A call that stands at several
places is paid once, and a reference for each further place. Which literal it is costs further bits: a color by its role
in the task, numbers and offsets by their size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final, NamedTuple

from arcbatt.arc import COLORS
from arcbatt.arc.samples import Samples
from arcbatt.program.graph import CALL
from arcbatt.program.inline_text import inlined_text
from arcbatt.program.program import Program
from arcbatt.search.prior.choices import COLOR, NUMBER, OTHER, PAIR, REFERENCE, Choice, choices, kind_of
from arcbatt.search.prior.color_roles import ABSENT, SEEN, color_roles
from arcbatt.search.prior.counts import PriorCounts, load_counts
from arcbatt.search.prior.literals import number_share, pair_share, tuple_share
from arcbatt.search.prior.units import UNITS_PER_BIT, units_of

__all__ = ["PricedChoice", "Prior", "load_prior"]

_SYMBOLS: Final = 512
"""The uniform distribution is over so many symbols: twice the primitives, literals, variables, and room for more."""
_OF_ROLE: Final = 2
"""A color that is a role is at least so many times as likely as a literal as one that is none, where the library, whose
programs mostly compute backgrounds, has it more seldom."""
_TASKS: Final = 64
"""Most tasks whose colors are remembered."""


class PricedChoice(NamedTuple):
    """A choice in a program and what it costs.

    Attributes:
        place: the primitive that takes it and the position from 1; ``root 1`` for the program's result.
        text: what stands there: the name of the primitive of a call, a leaf as programs write it, or ``& name`` for a
            call that was paid before.
        units: in 1/64 bit, at least 1.
    """

    place: str
    text: str
    units: int


class Prior:
    """Prices of programs by counts. Its answers are functions of the counts; it only remembers some of them.

    Args:
        counts: of known programs.
    """

    units_per_bit: Final = UNITS_PER_BIT

    def __init__(self, counts: PriorCounts) -> None:
        self._counts = counts
        self._kinds: dict[str, Counter[str]] = {}
        self._all: Counter[str] = Counter()
        for place, symbols in counts.places.items():
            self._kinds.setdefault(kind_of(place), Counter()).update(symbols)
            self._all.update(symbols)
        drawn = self._all.total()
        self._reference = units_of(Fraction(counts.references + 1, counts.references + drawn + 2))
        self._no_reference = units_of(Fraction(drawn + 1, counts.references + drawn + 2))
        self._placed: dict[tuple[str, str], int] = {}
        self._valued: dict[tuple[str, Any], int] = {}
        self._colors: dict[str, tuple[int, ...]] = {}

    def program_bits(self, program: Program, task: Samples | None) -> int:
        """What a program costs, in 1/64 bit: the sum of :meth:`breakdown`.

        Args:
            program: a solver or a differ.
            task: whose demo samples tell the roles of colors; None: all colors cost the same. Its test samples do not
                enter.
        """
        colors = self.color_units(task)
        return sum(self._price(choice, colors) for choice in choices(program))

    def breakdown(self, program: Program, task: Samples | None) -> list[PricedChoice]:
        """What each choice costs, from the root down, arguments from left to right."""
        colors = self.color_units(task)
        return [PricedChoice(item.place, _text(program, item), self._price(item, colors)) for item in choices(program)]

    def color_units(self, task: Samples | None) -> tuple[int, ...]:
        """What each literal color 0 to 9 costs beside being a literal color, in 1/64 bit."""
        if task is None:
            return (units_of(Fraction(1, COLORS)),) * COLORS
        if task.digest not in self._colors:
            if len(self._colors) >= _TASKS:
                self._colors.clear()
            self._colors[task.digest] = tuple(map(units_of, self.color_shares(task)))
        return self._colors[task.digest]

    def color_shares(self, task: Samples) -> tuple[Fraction, ...]:
        """How likely each color 0 to 9 is as a literal color in a program for a task; their sum is 1."""
        roles = color_roles(task)
        weights = {role: Fraction(self._counts.colors.get(role, 0) + 1, roles.count(role)) for role in {*roles}}
        least = _OF_ROLE * weights.get(SEEN, Fraction(0))
        each = [weights[role] if role in (SEEN, ABSENT) else max(weights[role], least) for role in roles]
        return tuple(weight / sum(each) for weight in each)

    def _price(self, choice: Choice, colors: tuple[int, ...]) -> int:
        place, symbol, _, value = choice
        if symbol == REFERENCE:
            return self._reference
        units = self._placed.get((place, symbol))
        if units is None:
            units = self._placed[place, symbol] = self._no_reference + units_of(self._share(place, symbol))
        if symbol == COLOR:
            color: int = colors[value]
            return units + color
        return units + self._value(symbol, value) if symbol in _SHARES else units

    def _share(self, place: str, symbol: str) -> Fraction:
        """The probability of a symbol at a place, where no reference stands."""
        share = Fraction(1, _SYMBOLS)
        for counts in (self._all, self._kinds.get(kind_of(place), {}), self._counts.places.get(place, {})):
            share = _interpolated(counts, symbol, share)
        return share

    def _value(self, symbol: str, value: Any) -> int:
        key = (symbol, repr(value))
        if key not in self._valued:
            self._valued[key] = units_of(_SHARES[symbol](value))
        return self._valued[key]


_SHARES: Final[Mapping[str, Callable[[Any], Fraction]]] = {NUMBER: number_share, PAIR: pair_share, OTHER: tuple_share}


def _interpolated(counts: Mapping[str, int], symbol: str, share: Fraction) -> Fraction:
    """Witten and Bell: the more different symbols were seen at a place, the more goes to the wider distribution."""
    different = len(counts)
    if not different:
        return share
    return (counts.get(symbol, 0) + different * share) / (sum(counts.values()) + different)


def _text(program: Program, choice: Choice) -> str:
    graph = program.graph
    if graph.kinds[choice.node] != CALL:
        return inlined_text(graph, choice.node)
    callee = graph.operands[choice.node][0]
    name = "built function" if graph.kinds[callee] == CALL else str(graph.values[callee])
    return f"& {name}" if choice.symbol == REFERENCE else name


@cache
def load_prior() -> Prior:
    """The prior that comes with the package, made once.

    Raises:
        InputError: its file cannot be read, or is of another version.
    """
    return Prior(load_counts())
