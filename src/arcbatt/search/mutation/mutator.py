"""The entry of mutation: a program and a generator in, another program out."""

from __future__ import annotations

from bisect import bisect
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

from arcbatt.program.program import Program
from arcbatt.search.mutation.change import changed
from arcbatt.search.mutation.drawing import Aids
from arcbatt.search.mutation.hints import TaskHints
from arcbatt.search.mutation.mutation_settings import MutationSettings
from arcbatt.search.mutation.operators import OPERATORS, cross_in
from arcbatt.search.mutation.pool import Pool
from arcbatt.search.mutation.scratch import Scratch
from arcbatt.search.mutation.view import View
from arcbatt.search.mutation.vocabulary import current_vocabulary

__all__ = ["Mutation", "Mutator"]

MAX_PARENTS: Final = 256
"""Most parents whose types and places are kept at a time."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A program that came out of mutation.

    Attributes:
        program: the child, alone in a graph of its own, under the plain name of its kind.
        operator: the operators that made it, in order, with ``+`` between.
        parents: MD5s of the programs that it comes from: the parent, then those that a part was crossed in from.
    """

    program: Program
    operator: str
    parents: tuple[str, ...]


class Mutator:
    """Mutates programs, with nodes of a pool of others at hand.

    What comes out depends on the pool in its order, the settings, the program, the hints and the generator's state,
    and on nothing that the mutator did before. Two threads must not use one at a time.
    """

    def __init__(self, pool: Sequence[Program], settings: MutationSettings | None = None) -> None:
        """Takes programs in; linear in their nodes.

        Args:
            pool: programs whose nodes may be taken in and that may be crossed with; may be empty.
            settings: None means the defaults.
        """
        self.settings = settings or MutationSettings()
        self._pool = Pool(pool, self.settings.max_taken)
        self._vocabulary = current_vocabulary()
        self._names = list(self.settings.weights)
        self._bounds = list(accumulate(self.settings.weights.values()))
        self._parents: OrderedDict[tuple[int, int, str], tuple[Program, View]] = OrderedDict()

    def mutate(self, program: Program, hints: TaskHints | None, rng: Random) -> Mutation | None:
        """A child of a program: it differs from it, fits as well as it does, and is of the same kind and direction.

        Args:
            program: the parent.
            hints: what its task suggests; None when there is no task.
            rng: where all randomness comes from.

        Returns:
            None when no change was found in the number of tries of the settings.
        """
        parent = view = self._view(program)
        aids = Aids(self._pool, self._vocabulary, hints, self.settings)
        names: list[str] = []
        donors: list[str] = []
        for _ in range(self._steps(rng)):
            step = self._step(view, aids, rng)
            if step is None:
                break
            view, name, donor = step
            names.append(name)
            if donor is not None and donor not in donors and donor != program.md5:
                donors.append(donor)
        if view.root == parent.root:
            return None
        child = Program(*view.scratch.graph.alone(view.root), program.kind, program.direction)
        return Mutation(child, "+".join(names), (program.md5, *donors))

    def _steps(self, rng: Random) -> int:
        """How many mutations to do in a row: at least one, the mean number of the settings, 16 at most."""
        again = 1 - 1 / self.settings.mean_steps
        steps = 1
        while steps < 16 and rng.random() < again:
            steps += 1
        return steps

    def _step(self, view: View, aids: Aids, rng: Random) -> tuple[View, str, str | None] | None:
        """One change that fits: the changed program, the operator, the MD5 of the program crossed in if any."""
        largest = max(self.settings.max_calls, view.calls)
        for _ in range(self.settings.tries):
            name = self._names[bisect(self._bounds, rng.random() * self._bounds[-1], hi=len(self._names) - 1)]
            donor = None
            if name == "cross":
                donor = self._pool.draw(rng)
                if donor is None or not view.uses:
                    continue
                use = rng.choice(view.uses)
                new = cross_in(view, use, donor, aids, rng)
            else:
                operator = OPERATORS[name]
                sites = operator.sites(view)
                if not sites:
                    continue
                use = rng.choice(sites)
                new = operator.change(view, use, aids, rng)
            if new is None:
                continue
            child = changed(view, use, new, everywhere=rng.random() < self.settings.everywhere)
            if child is not None and child.has_at_most(largest):
                return child, name, None if donor is None else self._pool.programs[donor].md5
        return None

    def _view(self, program: Program) -> View:
        """The view of a parent, kept for its next children."""
        key = (id(program.graph), program.root, program.kind)
        known = self._parents.get(key)
        if known is not None:
            self._parents.move_to_end(key)
            known[1].scratch.cut_back()
            return known[1]
        scratch = Scratch(program)
        view = View(scratch, scratch.root, program.kind)
        self._parents[key] = (program, view)  # the program is held, so that its graph's identity stays its own
        if len(self._parents) > MAX_PARENTS:
            self._parents.popitem(last=False)
        return view
