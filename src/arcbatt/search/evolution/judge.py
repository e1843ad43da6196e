"""Judging: programs of one task evaluated in one graph on all its samples, and what their verdicts say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from arcbatt.arc import Grid, Task
from arcbatt.engine import Engine
from arcbatt.engine.tally import Verdicts
from arcbatt.engine.verdict import Verdict
from arcbatt.program.graph import Graph
from arcbatt.program.program import Program
from arcbatt.search.evolution.member import Member, shares

__all__ = ["Judge"]


class Judge:
    """The graph that a task's programs share, with an engine that evaluates it.

    Attributes:
        graph: only grows.
        births: place of each root in the order in which the roots were first judged.

    Args:
        task: without test outputs.
        engine: evaluates.
        differs: what distances are measured by.
    """

    def __init__(self, task: Task, engine: Engine, differs: Iterable[Program]) -> None:
        self.graph = Graph()
        self.births: dict[int, int] = {}
        self._task = task
        self._differs = [self.root_of(differ) for differ in differs]
        self._scope = engine.open(self.graph).bind(S=task.pairs)
        self._outputs = [output for _, output in task.pairs]
        self._sizes = [len(output) * len(output[0]) for output in self._outputs]
        self._distances: dict[int, int | None] = {}
        self._measured: dict[tuple[int, Grid], int | None] = {}
        self._rows: Sequence[Verdicts] = ()
        self._columns: dict[int, int] = {}

    def root_of(self, program: Program) -> int:
        """The program's root in the graph, where its nodes are added."""
        return program.graph.copy(program.root, self.graph)

    def judge(self, programs: Mapping[int, Program], known: Iterable[Member]) -> list[Member]:
        """Evaluates programs, all at once, and gives those that can be members, in their order.

        Solvers that give a grid on no demo sample, and those that time or memory ran out for, cannot.

        Args:
            programs: by root, at least one.
            known: members among them that were judged before; they come out as the same objects, with their outcome
                classes made comparable with the others'.
        """
        roots = list(programs)
        for root in roots:
            self.births.setdefault(root, len(self.births))
        self._rows = [verdicts for verdicts, _ in self._scope.judge_samples(roots, self._task.samples)]
        self._columns = {root: column for column, root in enumerate(roots)}
        tally = self._rows[0].tally(self._rows, len(self._outputs))
        old = {member.root: member for member in known}
        found = []
        for column, (root, program) in enumerate(programs.items()):
            if tally.gives_grid[column] and not tally.is_cut_off[column]:
                member = old.get(root) or Member(
                    program, root, tally.demo_right[column], shares(tally.right_cells[column], self._sizes),
                    tally.fuel[column], 0, self.births[root],
                )  # fmt: skip
                member.outcome_class = tally.outcome_class[column]
                found.append(member)
        return found

    def measure(self, member: Member) -> None:
        """Gives a member its distance, unless right cells tell more: it stays None where some shape is right."""
        if self._differs and not any(member.shares):
            if member.root not in self._distances:
                self._distances[member.root] = self._distance(member.root)
            member.distance = self._distances[member.root]

    def verdicts(self, member: Member) -> tuple[Verdict, ...]:
        """What a member was judged by last: a verdict a sample, demo samples first."""
        column = self._columns[member.root]
        return tuple(row[column] for row in self._rows)

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
