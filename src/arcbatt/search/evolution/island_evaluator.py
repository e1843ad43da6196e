"""Evaluating: programs of one task evaluated in one graph on all its samples, and what their verdicts say of them.

A program that looks at the demo pairs could find the sample at hand among them, and give back its output: right on all
demo samples, and worth nothing. So a demo sample counts as far as such a program gets it right with that sample's
pair left out of ``S`` too, as it will be for a test sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Engine
from arcbatt.engine.tally import Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.program.graph import DEPENDS_S, Graph
from arcbatt.program.program import Program
from arcbatt.results import FailureGroup, own_failures, shares_of
from arcbatt.search.evolution.member import Member

__all__ = ["IslandEvaluator"]


class IslandEvaluator:
    """The graph that a task's programs share, with an engine that evaluates it.

    Attributes:
        graph: only grows.
        births: place of each root in the order in which the roots were first evaluated.

    Args:
        task: the task.
        engine: evaluates.
        differs: what distances are measured by.
    """

    def __init__(self, task: Challenge, engine: Engine, differs: Iterable[Program]) -> None:
        self.graph = Graph()
        self.births: dict[int, int] = {}
        self._task = task
        self._differs = [self.root_of(differ) for differ in differs]
        scope = engine.open(self.graph)
        self._scope = scope.bind(S=task.pairs)
        pairs = task.pairs
        self._without = [scope.bind(S=pairs[:number] + pairs[number + 1 :]) for number in range(len(pairs))]
        self._outputs = [output for _, output in task.pairs]
        self._sizes = [len(output) * len(output[0]) for output in self._outputs]
        self._distances: dict[int, int | None] = {}
        self._measured: dict[tuple[int, Grid], int | None] = {}
        self._rows: Sequence[Verdicts] = ()
        self._columns: dict[int, int] = {}

    def root_of(self, program: Program) -> int:
        """The program's root in the graph, where its nodes are added."""
        return program.graph.copy(program.root, self.graph)

    def evaluate(self, programs: Mapping[int, Program], known: Iterable[Member]) -> list[Member]:
        """Evaluates programs, all at once, and returns those that can be members, in their order.

        Solvers that give a grid on no demo sample, and those that time or memory ran out for, cannot.

        Args:
            programs: by root, at least one.
            known: members among them that were evaluated before; they come out as the same objects, with their outcome
                classes made comparable with the others'.
        """
        roots = list(programs)
        for root in roots:
            self.births.setdefault(root, len(self.births))
        self._rows = [verdicts for verdicts, _ in self._scope.judge_samples(roots, self._task.samples)]
        self._columns = {root: column for column, root in enumerate(roots)}
        tally = self._rows[0].tally(self._rows, len(self._outputs))
        left_out = self._with_pairs_left_out(roots)
        old = {member.root: member for member in known}
        found = []
        for column, (root, program) in enumerate(programs.items()):
            if tally.gives_grid[column] and not tally.is_cut_off[column]:
                seen = shares_of(tally.right_cells[column], self._sizes)
                unseen = left_out.get(root, seen)
                member = old.get(root) or Member(
                    program, root, tuple(map(min, seen, unseen)), tally.fuel[column], 0, self.births[root],
                    knows_by_heart=any(share < other for share, other in zip(unseen, seen, strict=True)),
                )  # fmt: skip
                member.outcome_class = tally.outcome_class[column]
                found.append(member)
        return found

    def measure(self, member: Member) -> None:
        """Sets a member's distance, unless right cells say more: it stays None where some shape is right.

        It also stays None for what knows a demo sample by heart, whose distances tell nothing.
        """
        if self._differs and not any(member.shares) and not member.knows_by_heart:
            if member.root not in self._distances:
                self._distances[member.root] = self._distance(member.root)
            member.distance = self._distances[member.root]

    def verdicts(self, member: Member) -> tuple[Verdict, ...]:
        """The last verdicts on a member: one a sample, demo samples first."""
        column = self._columns[member.root]
        return tuple(row[column] for row in self._rows)

    def own_failures(self, programs: Iterable[Program]) -> tuple[FailureGroup, ...]:
        """The failures in primitives of the user's own, of programs among those evaluated last; named by MD5."""
        columns = ((program.md5, self._columns.get(self.root_of(program))) for program in programs)
        rows = ((md5, [row[column] for row in self._rows]) for md5, column in columns if column is not None)
        return own_failures(rows, self._task.id)

    def _with_pairs_left_out(self, roots: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """The shares of those that look at the demo pairs, each demo sample evaluated without its own pair."""
        levels = self.graph.levels
        looking = [root for root in roots if levels[root] & DEPENDS_S]
        if not looking:
            return {}
        rows = [
            scope.judge_samples(looking, [sample])[0][0]
            for scope, sample in zip(self._without, self._task.demo, strict=True)
        ]
        tally = rows[0].tally(rows, len(rows))
        return {root: shares_of(cells, self._sizes) for root, cells in zip(looking, tally.right_cells, strict=True)}

    def _distance(self, root: int) -> int | None:
        """Sum of what the differs measure over the demo samples; None when one has no value or there is no grid."""
        total = 0
        for number, (grid, _) in enumerate(self._task.pairs):
            _, output = self._scope.bind(I=grid).judge_one(root, None)
            measured = None if output is None else self._measure(number, output)
            if measured is None:
                return None
            total += measured
        return total

    def _measure(self, number: int, output: Grid) -> int | None:
        key = (number, output)
        if key not in self._measured:
            sizes = self._scope.bind(C=self._outputs[number]).bind(I=output).measure(self._differs)
            self._measured[key] = None if None in sizes else sum(size for size in sizes if size is not None)
        return self._measured[key]
