"""Enumeration: programs bottom-up by cost, those with the same outcomes being one.

The idea is old and common (bottom-up synthesis with observational equivalence; for ARC see icecuber's search of 2020).
Everything happens in the native engine; what comes out is checked once more, program by program, by an engine.
"""

from __future__ import annotations

import importlib.util
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from arcbatt.arc import Challenge
from arcbatt.engine import select_engine
from arcbatt.engine.cuda.enumeration.queue import SearchDevices
from arcbatt.engine.native_module import native_module
from arcbatt.errors import EngineError
from arcbatt.program.graph import CALL, CONSTANT, PRIMITIVE, Graph
from arcbatt.program.program import Program
from arcbatt.search.enumeration.device_search import DeviceSearch
from arcbatt.search.enumeration.fragments import Fragments
from arcbatt.search.enumeration.grammar import Grammar
from arcbatt.search.enumeration.limits import EnumerationLimits
from arcbatt.search.enumeration.native_search import FRAGMENT, NativeAnswer, NativeNode, NativeSearch, native_search
from arcbatt.search.enumeration.report import EndReason, EnumerationReport
from arcbatt.search.enumeration.task_grammars import default_grammar
from arcbatt.search.found_names import found_name

__all__ = ["BankEntry", "Enumeration", "FoundProgram", "WrongAnswerWarning", "enumeration_available"]

_ALL = 2**63


class WrongAnswerWarning(RuntimeWarning):
    """The search gave a program that is not right on all demo samples: a bug. The program is left out."""


@dataclass(frozen=True, slots=True)
class FoundProgram:
    """A program that is right on all demo samples.

    Attributes:
        program: the solver, in a graph that it shares with those found at the same time.
        cost: as the grammar counts, shared expressions counted each time.
        goal: how it was found: ``exact`` when an expression gave the outputs, else the last step.
    """

    program: Program
    cost: int
    goal: str


@dataclass(frozen=True, slots=True)
class BankEntry:
    """An expression of the bank, for looking around.

    Attributes:
        root: its node in the graph of the enumeration.
        kind: name of its kind.
        cost: as the grammar counts.
        values: what it gives on each sample, demo first; None where that was not kept.
    """

    root: int
    kind: str
    cost: int
    values: tuple[Any, ...] | None


def enumeration_available() -> bool:
    """Whether the native engine is there, without which there is no enumeration."""
    return importlib.util.find_spec("arcbatt_native") is not None


class Enumeration:
    """A search for one task: an iterator over the programs that it finds, as it comes to them.

    It goes by cost; what the last steps add to an answer may make it dearer than answers that come later.

    Two expressions that give the same on all demo and test inputs are one. The same task,
    limits and grammar give the same programs in the same order, as long as time does not end it.

    Args:
        task: the task.
        limits: what it may spend.
        grammar: what expressions are made of; None for the whole vocabulary.
        fragments: parts of known programs, which count as expressions from the start; None for none.
        devices: GPUs that work for it, such as those of the CUDA engine; None for the CPU alone. They change nothing
            but the time, and by some kilobytes what is counted as memory.

    Raises:
        EngineError: the native engine is missing or broken.
        InputError: the grammar has a leaf that is no value of its kind.
    """

    def __init__(
        self,
        task: Challenge,
        limits: EnumerationLimits | None = None,
        grammar: Grammar | None = None,
        fragments: Fragments | None = None,
        devices: SearchDevices | None = None,
    ) -> None:
        if not enumeration_available():
            raise EngineError(
                "enumeration runs on the native engine, which is not installed (pip install 'arcbatt[native]')"
            )
        self.task = task
        self.limits = limits or EnumerationLimits()
        self.grammar = grammar or default_grammar(self.task)
        self.graph = Graph()
        self._engine = select_engine("native")  # says what is wrong with a broken module, and checks the answers
        self._waiting: list[FoundProgram] = []
        arcbatt_native = native_module()

        self._stop = arcbatt_native.Stop()
        self._search: NativeSearch = native_search(self.task, self.limits, self.grammar, self._stop)
        self._fragments = fragments
        self._copied: dict[int, int] = {}
        self._seen: set[str] = set()
        if fragments is not None:
            scope = fragments.scope(self.task)
            self._search.add_fragments(scope.native, scope.programs(fragments.roots), fragments.costs)
        self._device = None
        if devices is not None:
            self._device = DeviceSearch(self._search, self.task, self.grammar, self.limits, devices)

    def __iter__(self) -> Iterator[FoundProgram]:
        return self

    def __next__(self) -> FoundProgram:
        while not self._waiting:
            if self.report.end is not None:
                raise StopIteration
            self._waiting = self.advance()
        return self._waiting.pop(0)

    def advance(self, nodes: int | None = None) -> list[FoundProgram]:
        """Goes on until there are answers, or so many further expressions were looked at, or the end.

        Args:
            nodes: at least 1; None for no bound. Where a search stops to rest changes nothing of what it finds.

        Returns:
            What was found, often nothing.

        Raises:
            KeyboardInterrupt: Ctrl-C; the search has ended then.
        """
        most = _ALL if nodes is None else max(1, min(nodes, _ALL))
        answers = self._advance(most)
        # A box and what it holds are offered apart, and may lead to one program.
        fresh = {repr(answer[:2]): answer for answer in reversed(answers) if repr(answer[:2]) not in self._seen}
        self._seen.update(fresh)
        return self._checked([*reversed(fresh.values())]) if fresh else []

    def _advance(self, most: int) -> list[NativeAnswer]:
        """Goes on natively, and with a device where there is one, until there are answers, enough nodes, or the end."""
        is_main = threading.get_ident() == threading.main_thread().ident
        if self._device is None:
            return self._search.advance(most, is_main)
        last = self.report.applied + most
        while True:
            answers = self._search.advance(min(last - self.report.applied, _ALL), is_main)
            if answers or not self._search.is_waiting():
                break
            self._device.serve()
        if self.report.end is not None:
            self._device.close()
        return answers

    def stop(self) -> None:
        """Ends the search from another thread within milliseconds."""
        self._stop.set()

    @property
    def report(self) -> EnumerationReport:
        """What it has done so far."""
        *_, end = report = self._search.report()
        return EnumerationReport(*report[:-1], None if end is None else EndReason(end))

    @property
    def partial_fits(self) -> tuple[tuple[int, int], ...]:
        """On which demo samples expressions are right, all of them or some, and what the cheapest of those costs.

        Pairs of a mask, bit 0 being the first demo sample and 15 the last that is looked at, and a cost above 0;
        sorted, each mask once, none 0. Expressions that give grids count, and what the box around a patch cuts out of
        the input; the last steps of goals do not. Known expressions are one with those that gave the same before.
        """
        return tuple(self._search.partial_fits())

    def near_misses(self, most: int = 64) -> list[Program]:
        """Programs that are right on some demo samples and not on all, the cheapest for each set of samples.

        Those that are right on the most samples come first; a few of each set, in a graph of their own. Demo samples
        beyond the first 16 are not looked at.

        Args:
            most: no more than so many.
        """
        graph, copied = Graph(), dict[int, int]()
        return [
            Program(graph, self._add(nodes, graph, copied)[root])
            for nodes, root, _, _ in self._search.near_misses()[:most]
        ]

    def entries(self) -> Iterator[BankEntry]:
        """The expressions that gave something new, the cheapest first; for looking around and for tests."""
        for number in range(len(self._search)):
            nodes, kind, cost, values = self._search.entry(number)
            root = self._add(nodes, self.graph, self._copied)[-1]
            yield BankEntry(root, self.grammar.kinds[kind].name, cost, None if values is None else tuple(values))

    def _add(self, nodes: Sequence[NativeNode], graph: Graph, copied: dict[int, int]) -> list[int]:
        """Nodes as the search returns them, in a graph; ``copied`` has the fragments' nodes that are there already."""
        make: dict[int, Callable[[Any], int]] = {CONSTANT: graph.constant, PRIMITIVE: graph.primitive}
        added: list[int] = []
        for kind, value, operands in nodes:
            if kind == FRAGMENT:
                fragments = self._fragments
                assert fragments is not None
                added.append(fragments.graph.copy(fragments.roots[value], graph, copied))
            elif kind == CALL:
                added.append(graph.call(graph.primitive(value), *[added[operand] for operand in operands]))
            else:
                added.append(make.get(kind, graph.variable)(value))
        return added

    def _named(self, program: Program) -> Program:
        return program.renamed(found_name(self.task.id, program.md5))

    def _checked(self, answers: Sequence[NativeAnswer]) -> list[FoundProgram]:
        """The answers, in a graph of their own, that an engine finds right on all demo samples."""
        graph, copied = Graph(), dict[int, int]()
        found = [
            FoundProgram(self._named(Program(graph, self._add(nodes, graph, copied)[root])), cost, goal)
            for nodes, root, cost, goal in answers
        ]
        scope = self._engine.open(graph).bind(S=self.task.pairs)
        rows = scope.judge_samples([item.program.root for item in found], self.task.demo)
        right = [all(verdicts[number].is_right for verdicts, _ in rows) for number in range(len(found))]
        for item, is_right in zip(found, right, strict=True):
            if not is_right:
                wrong = f"task {self.task.id}, goal {item.goal}: this program is not right; please report it\n"
                warnings.warn(wrong + item.program.text, WrongAnswerWarning, stacklevel=3)
        return [item for item, is_right in zip(found, right, strict=True) if is_right and self._is_new(item.program)]

    def _is_new(self, program: Program) -> bool:
        """Whether no program of the same text was given: steps in another order may come to one text."""
        is_new = program.md5 not in self._seen
        self._seen.add(program.md5)
        return is_new
