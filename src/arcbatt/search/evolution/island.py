"""A task's island: its population, judged and bred in one graph, with one engine, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from arcbatt.arc import Grid, Task
from arcbatt.engine import Engine
from arcbatt.engine.tally import Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.program.graph import Graph
from arcbatt.program.program import Program
from arcbatt.search.evolution.composing import composed
from arcbatt.search.evolution.families import diverse
from arcbatt.search.evolution.member import Member, shares, traits
from arcbatt.search.evolution.parents import choose_parent
from arcbatt.search.evolution.settings import EvolutionSettings
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
    """The population of one task. Sees the demo samples and the inputs of the test samples only.

    Attributes:
        task: without test outputs.
        members: the population, best first.
        judged: number of distinct programs evaluated so far on all samples.

    Args:
        task: the task; test outputs are dropped here.
        engine: evaluates.
        settings: what stays, and how much is bred.
        mutation: weights and rates of the operators.
        differs: what distances are measured by.
    """

    def __init__(
        self, task: Task, engine: Engine, settings: EvolutionSettings, mutation: MutationSettings,
        differs: Iterable[Program] = (),
    ) -> None:  # fmt: skip
        self.task = task.without_test_outputs()
        self.members: list[Member] = []
        self.judged = 0
        self._settings = settings
        self._mutation = mutation
        self._hints = TaskHints.of(self.task)
        self._graph = Graph()
        self._differs = [program.graph.copy(program.root, self._graph) for program in differs]
        self._scope = engine.open(self._graph).bind(S=self.task.pairs)
        self._outputs = [output for _, output in self.task.pairs]
        self._births: dict[int, int] = {}
        self._bred: dict[str, Mutation] = {}
        self._distances: dict[int, int | None] = {}
        self._measured: dict[tuple[int, Grid], int | None] = {}
        self._rows: Sequence[Verdicts] = ()
        self._columns: dict[int, int] = {}

    def admit(self, programs: Iterable[Program]) -> None:
        """Judges programs beside the population, all at once, and keeps the best of both.

        Solvers that give a grid on no demo sample, and those that time or memory ran out for, never stay.
        """
        entering: dict[int, Program] = {}
        for program in programs:
            entering.setdefault(program.graph.copy(program.root, self._graph), program)
        self._admit(entering)

    def breed(self, donors: Sequence[Program], rng: Random) -> None:
        """One generation: several rounds of children, each round judged at once.

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
            for parent in () if mutation is None else mutation.parents:
                line = Descent(child, parent, mutation.operator)  # type: ignore[union-attr]
                if line not in lines:
                    lines[line] = None
                    left.append(parent)
        return sorted(lines, key=lambda line: (line.child, line.parent, line.operator))

    def verdicts(self, member: Member) -> tuple[Verdict, ...]:
        """What a member of the population was judged by: a verdict a sample, demo samples first."""
        column = self._columns[member.root]
        return tuple(row[column] for row in self._rows)

    def _admit(self, entering: Mapping[int, Program]) -> None:
        """Admits programs, given by their roots here."""
        for root in entering:
            self._births.setdefault(root, len(self._births))
        self.judged = len(self._births)
        judged = {**{member.root: member.program for member in self.members}, **entering}
        if judged:
            self.members = self._best(self._judge(judged))

    def _children(self, mutator: Mutator, donors: Sequence[Program], rng: Random) -> dict[int, Mutation]:
        """Mutations that nobody here has seen yet, by their root."""
        wanted = self._settings.children
        found: dict[int, Mutation] = {}
        for _ in range(_TRIES * wanted):
            if len(found) == wanted:
                break
            mutation = self._child(mutator, donors, rng)
            if mutation is not None:
                root = mutation.program.graph.copy(mutation.program.root, self._graph)
                if root not in self._births:
                    found.setdefault(root, mutation)
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

    def _judge(self, programs: Mapping[int, Program]) -> list[Member]:
        roots = list(programs)
        rows = [verdicts for verdicts, _ in self._scope.judge_samples(roots, self.task.samples)]
        tally = rows[0].tally(rows, len(self.task.demo))
        sizes = [len(output) * len(output[0]) for output in self._outputs]
        known = {member.root: member for member in self.members}
        found = []
        for column, (root, program) in enumerate(programs.items()):
            if not tally.gives_grid[column] or tally.is_cut_off[column]:
                continue
            member = known.get(root)
            if member is None:
                member = Member(
                    program, root, tally.demo_right[column], shares(tally.right_cells[column], sizes),
                    tally.fuel[column], 0, *traits(self._graph, root), self._births[root],
                )  # fmt: skip
            member.outcome_class = tally.outcome_class[column]
            found.append(member)
        self._rows, self._columns = rows, {root: column for column, root in enumerate(roots)}
        return found

    def _best(self, judged: list[Member]) -> list[Member]:
        """Those that stay: chosen once without distances, measured where that is new, and chosen again."""
        keep = self._settings.keep
        finalists = diverse(judged, self._settings, keep + keep // 2)
        for member in finalists:
            if member.root not in self._distances:
                self._distances[member.root] = self._distance(member)
            member.distance = self._distances[member.root]
        return diverse(finalists, self._settings)

    def _distance(self, member: Member) -> int | None:
        """Sum of what the differs measure; None when there are none, or one has no value."""
        total = 0 if self._differs else None
        for number, (grid, _) in enumerate(self.task.pairs):
            if total is not None:
                _, output = self._scope.bind(I=grid).judge_one(member.root, None)
                measured = None if output is None else self._measure(number, output)
                total = None if measured is None else total + measured
        return total

    def _measure(self, number: int, output: Grid) -> int | None:
        key = (number, output)
        if key not in self._measured:
            sizes = self._scope.bind(C=self._outputs[number]).bind(I=output).measure(self._differs)
            self._measured[key] = None if None in sizes else sum(size for size in sizes if size is not None)
        return self._measured[key]
