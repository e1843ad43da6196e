"""Building: a battery of programs drawn from a store by what they achieved, mutated, with their lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from arcbatt.arc import Task
from arcbatt.battery.battery import Battery
from arcbatt.battery.draw import draw
from arcbatt.errors import InputError
from arcbatt.library import starter_differs
from arcbatt.program.program import Program
from arcbatt.program.reading.statements import MAX_STATEMENTS
from arcbatt.program.refusals import ProgramError
from arcbatt.runs.stored_programs import stored_programs
from arcbatt.search.mutation import Mutation, MutationSettings, Mutator, TaskHints
from arcbatt.search.seeds import seeded
from arcbatt.store import DifferScoreRecord, LineageRecord, Store

__all__ = ["DEFAULT_DIFFERS", "DEFAULT_SOLVERS", "BuildSettings", "Built", "build", "differ_weights", "named",
           "o_scores", "solver_weights"]  # fmt: skip

DEFAULT_SOLVERS: Final = 32
"""Solvers of a battery by default."""

DEFAULT_DIFFERS: Final = 32
"""Most differs of a battery by default."""

_MOST: Final = 100_000

_TRIES: Final = 8
"""How often a parent is mutated until a program comes out that nobody has yet."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What to build.

    Attributes:
        solvers: number of solvers, 1 to 100,000; of solvers that stay as they are, there are no more than stored ones.
        differs: most differs, 0 to 100,000.
        freeze_solvers: solvers stay as they are.
        freeze_differs: differs stay as they are.
        mutation: weights and rates of mutation.

    Raises:
        InputError: a number is out of these bounds.
    """

    solvers: int = DEFAULT_SOLVERS
    differs: int = DEFAULT_DIFFERS
    freeze_solvers: bool = False
    freeze_differs: bool = False
    mutation: MutationSettings = field(default_factory=MutationSettings)

    def __post_init__(self) -> None:
        for name, least in (("solvers", 1), ("differs", 0)):
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= _MOST:
                raise InputError(f"build: {name}: expected an integer from {least} to {_MOST}, got {value!r:.80}")


@dataclass(frozen=True, slots=True)
class Built:
    """A battery that was built.

    Attributes:
        battery: the programs; those that mutation made are named ``solve_mut_...`` or ``differ_iz_mut_...``.
        lineage: a record for each new program and each of its parents, in the order of the battery.
        refusals: programs of the store that cannot be read here.
    """

    battery: Battery
    lineage: tuple[LineageRecord, ...]
    refusals: Sequence[ProgramError]


def build(store: Store, settings: BuildSettings, seed: int, task: Task | None = None) -> Built:
    """Builds a battery; the store is only read.

    Solvers and differs are drawn by :func:`solver_weights` and :func:`differ_weights`, without replacement; where more
    children are wanted than there are parents, in several rounds. Where no differ is stored, the starter differs stand
    in. Each drawn program that is to be mutated gives one child that is neither stored nor in the battery yet; where
    none is found, it goes in as it is. The same store, settings, seed and task give the same battery.

    Args:
        store: where the programs are; open.
        settings: how many, and what is mutated.
        seed: of the draw and of the mutations.
        task: a task to build for: its scores alone are the weights, and its challenge gives hints. None: all tasks'
            scores, no hints.

    Raises:
        InputError: there is no solver to draw, or the battery would be too large for a file.
    """
    programs, refusals = stored_programs(store)
    stored = [program for program in programs if program.kind == "solver"]
    if not stored:
        raise InputError("no solver is stored yet; run 'arcbatt import' or 'arcbatt run' first")
    differs = [program for program in programs if program.kind == "differ"] or starter_differs()
    digest = None if task is None else task.digest
    scores = store.differ_scores(digest)
    weights = solver_weights(o_scores(store, digest), scores)
    rng = seeded(seed, "build", "draw")
    drawn = [
        _drawn(stored, weights, settings.solvers, settings.freeze_solvers, rng),
        _drawn(differs, differ_weights(scores), settings.differs, True, rng),
    ]
    mutator = Mutator([program for part in drawn for program in part], settings.mutation)
    breeder = _Breeder(mutator, {program.md5 for program in programs}, seed, task)
    for part, is_frozen in zip(drawn, (settings.freeze_solvers, settings.freeze_differs), strict=True):
        breeder.add(part, is_frozen=is_frozen)
    battery = Battery.of(breeder.programs)
    calls = len(battery.graph.calls(*battery.roots()))
    if calls >= MAX_STATEMENTS:
        raise InputError(f"the battery has {calls:,} calls, more than a file may hold; build fewer programs at a time")
    return Built(battery, tuple(breeder.lineage), refusals)


def o_scores(store: Store, digest: str | None = None) -> dict[str, int]:
    """The o_score of each scored solver, by MD5: on the task with these samples, or summed up over all tasks (None)."""
    if digest is None:
        return {total.md5: total.o_score for total in store.best_scores()}
    return {score.result.md5: score.result.demo_right for score in store.scores(digest)}


def solver_weights(o_scores: Mapping[str, int], differ_scores: Iterable[DifferScoreRecord]) -> dict[str, float]:
    """How much each scored solver weighs in a draw, by MD5: o_score first, then what the differs say.

    The weight is ``1 + o + s / (1 + s)``, ``o`` the o_score and ``s`` the sum of the s_scores that differs have with
    the solver's outputs: all differ scores together count for less than one demo sample solved. A solver that is not
    among them weighs 1.
    """
    s_scores = dict.fromkeys(o_scores, 0)
    for score in differ_scores:
        if score.solver_md5 in s_scores:
            s_scores[score.solver_md5] += (score.iz or 0) + (score.zo or 0)
    return {md5: 1 + o_score + s_scores[md5] / (1 + s_scores[md5]) for md5, o_score in o_scores.items()}


def differ_weights(differ_scores: Iterable[DifferScoreRecord]) -> dict[str, float]:
    """How much each scored differ weighs in a draw, by MD5: 1 plus its best s_score on each task, summed up.

    The best with any solver, so that a differ does not weigh more for a task that many solvers solve. One that is not
    among them weighs 1.
    """
    best: dict[tuple[str, str], int] = {}
    for score in differ_scores:
        key = (score.differ_md5, score.digest)
        best[key] = max(best.get(key, 0), score.iz or 0, score.zo or 0)
    weights: dict[str, float] = {}
    for (md5, _), s_score in best.items():
        weights[md5] = weights.get(md5, 1) + s_score
    return weights


def named(program: Program) -> Program:
    """A program that mutation made under a name of its own: its kind, its direction and the start of its MD5."""
    plain = "solve" if program.direction is None else f"differ_{program.direction}"
    return program.renamed(f"{plain}_mut_{program.md5[:12]}")


def _drawn(
    programs: Sequence[Program], weights: Mapping[str, float], count: int, is_once: bool, rng: Random
) -> list[Program]:
    """Programs drawn without replacement; unless each goes in once, again and again until there are enough."""
    weighted = [(program, weights.get(program.md5, 1.0)) for program in programs]
    found = draw(weighted, count, rng)
    while not is_once and len(found) < count:
        found.extend(draw(weighted, count - len(found), rng))
    return found


class _Breeder:
    """Gathers programs and their children for a battery."""

    def __init__(self, mutator: Mutator, known: Iterable[str], seed: int, task: Task | None) -> None:
        self.programs: list[Program] = []
        self.lineage: list[LineageRecord] = []
        self._mutator = mutator
        self._known = set(known)
        self._seed = seed
        self._hints = None if task is None else TaskHints.of(task.challenge)

    def add(self, parents: Sequence[Program], *, is_frozen: bool) -> None:
        """Adds programs, or a child of each."""
        for number, parent in enumerate(parents):
            child = None if is_frozen else self._child(parent, number)
            if child is None:
                self.programs.append(parent)
                continue
            program = named(child.program)
            self._known.add(program.md5)
            self.programs.append(program)
            self.lineage.extend(LineageRecord(program.md5, md5, child.operator) for md5 in child.parents)

    def _child(self, parent: Program, number: int) -> Mutation | None:
        """A child that is not known yet; None when none is found."""
        rng = seeded(self._seed, "build", parent.md5, number)
        for _ in range(_TRIES):
            child = self._mutator.mutate(parent, self._hints, rng)
            if child is not None and child.program.md5 not in self._known:
                return child
        return None
