"""A task's island: its population, evaluated and bred in one graph, with one engine, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from arcbatt.arc import Challenge
from arcbatt.engine import Engine
from arcbatt.engine.verdict import Verdict
from arcbatt.program.program import Program
from arcbatt.results import FailureGroup
from arcbatt.search.evolution.composing import composed, new_parts
from arcbatt.search.evolution.evolution_settings import EvolutionSettings
from arcbatt.search.evolution.families import diverse
from arcbatt.search.evolution.island_evaluator import IslandEvaluator
from arcbatt.search.evolution.member import Member
from arcbatt.search.evolution.parents import choose_parent
from arcbatt.search.mutation import Mutation, MutationSettings, Mutator, TaskHints

__all__ = ["Descent", "Island"]

_TRIES = 3
"""Children tried for each that is wanted: some are known already, and some parents have no child."""


@dataclass(frozen=True, slots=True)
class Descent:
    """That a program was bred from another, by MD5, and the operator."""

    child: str
    parent: str
    operator: str


class Island:
    """The population of one task.

    Attributes:
        task: the task.
        members: the population, best first.

    Args:
        task: the task.
        engine: evaluates.
        settings: what stays, and how much is bred.
        mutation: weights and rates of the operators.
        differs: what distances are measured by.
    """

    def __init__(
        self, task: Challenge, engine: Engine, settings: EvolutionSettings, mutation: MutationSettings,
        differs: Iterable[Program] = (),
    ) -> None:  # fmt: skip
        self.task = task
        self.members: list[Member] = []
        self._settings = settings
        self._mutation = mutation
        self._hints = TaskHints.of(task)
        self._evaluator = IslandEvaluator(task, engine, differs)
        self._bred: dict[str, Mutation] = {}

    @property
    def evaluated(self) -> int:
        """Number of distinct programs evaluated so far on all samples."""
        return len(self._evaluator.births)

    def admit(self, programs: Iterable[Program]) -> None:
        """Evaluates programs beside the population, all at once, and keeps the best of both.

        Solvers that give a grid on no demo sample, and those that time or memory ran out for, never stay.
        """
        entering: dict[int, Program] = {}
        for program in programs:
            entering.setdefault(self._evaluator.root_of(program), program)
        self._admit(entering)

    def breed(self, donors: Sequence[Program], rng: Random) -> None:
        """One generation: several rounds of children, each round evaluated at once.

        Args:
            donors: other programs: parents now and then, and their nodes may be taken in.
            rng: decides everything.
        """
        pool = [*(member.program for member in self.members), *donors]
        if not pool:
            return
        mutator = Mutator(pool, self._mutation)
        for _ in range(self._settings.rounds):
            children = self._children(mutator, donors, rng)
            self._admit({root: mutation.program for root, mutation in children.items()})
            for member in self.members:
                if member.root in children:
                    self._bred[member.program.md5] = children[member.root]

    def descent(self, members: Iterable[Member]) -> list[Descent]:
        """How members were bred here: a line for each parent of each of them, and of their parents bred here."""
        lines: dict[Descent, None] = {}
        left = [member.program.md5 for member in members]
        while left:
            child = left.pop()
            mutation = self._bred.get(child)
            if mutation is None:
                continue
            for parent in mutation.parents:
                line = Descent(child, parent, mutation.operator)
                if line not in lines:
                    lines[line] = None
                    left.append(parent)
        return sorted(lines, key=lambda line: (line.child, line.parent, line.operator))

    def verdicts(self, member: Member) -> tuple[Verdict, ...]:
        """The verdicts on a member of the population: one a sample, demo samples first."""
        return self._evaluator.verdicts(member)

    def own_failures(self, programs: Iterable[Program]) -> tuple[FailureGroup, ...]:
        """The failures in primitives of the user's own, of programs admitted last; named by MD5."""
        return self._evaluator.own_failures(programs)

    def _admit(self, entering: Mapping[int, Program]) -> None:
        """Admits programs, given by their roots: chosen once without distances, measured, and chosen again."""
        programs = {**{member.root: member.program for member in self.members}, **entering}
        if programs:
            found = self._evaluator.evaluate(programs, self.members)
            keep = self._settings.keep
            finalists = diverse(found, self._settings, keep + keep // 2)
            for member in finalists:
                self._evaluator.measure(member)
            self.members = diverse(finalists, self._settings)

    def _children(self, mutator: Mutator, donors: Sequence[Program], rng: Random) -> dict[int, Mutation]:
        """Mutations that nobody here has seen yet, by their root; the parts that are new with them are children too."""
        found: dict[int, Mutation] = {}
        left = self._settings.children
        graph, births = self._evaluator.graph, self._evaluator.births
        for _ in range(_TRIES * left):
            if not left:
                break
            mutation = self._child(mutator, donors, rng)
            if mutation is None:
                continue
            start = len(graph)
            root = self._evaluator.root_of(mutation.program)
            if root not in births and root not in found:
                left -= 1
                for part in new_parts(graph, start, root):
                    found[part] = Mutation(Program(graph, part), f"{mutation.operator}+part", mutation.parents)
                found[root] = mutation
        return found

    def _child(self, mutator: Mutator, donors: Sequence[Program], rng: Random) -> Mutation | None:
        if rng.random() < self._settings.composition:
            outer = donors[rng.randrange(len(donors))] if donors else self._parent((), rng)
            return composed(outer, self._parent(donors, rng), self._mutation.max_calls)
        return mutator.mutate(self._parent(donors, rng), self._hints, rng)

    def _parent(self, donors: Sequence[Program], rng: Random) -> Program:
        if donors and (not self.members or rng.random() < self._settings.migration):
            return donors[rng.randrange(len(donors))]
        return choose_parent(self.members, rng).program
