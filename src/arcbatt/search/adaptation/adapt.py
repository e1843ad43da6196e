"""A library made to fit a task."""

from __future__ import annotations

from collections.abc import Sequence

from arcbatt.arc import Task
from arcbatt.engine import Engine
from arcbatt.program.graph import Graph
from arcbatt.program.program import Program
from arcbatt.search.adaptation.edits import edited
from arcbatt.search.adaptation.recoloring import recolored
from arcbatt.search.adaptation.template import Template
from arcbatt.search.mutation.hints import TaskHints
from arcbatt.search.mutation.vocabulary import current_vocabulary

__all__ = ["adapt"]


def adapt(task: Task, programs: Sequence[Program], engine: Engine) -> tuple[list[Program], int]:
    """Programs right on all demo samples that are solvers with other colors or one other change.

    Args:
        task: test outputs are not looked at.
        programs: solvers of any tasks.
        engine: evaluates; its limits hold for each variant.

    Returns:
        The programs, in the order of the library and of the changes, and how many variants were evaluated.
    """
    task = task.without_test_outputs()
    colors = TaskHints.of(task).colors
    graph, roots = Graph(), dict[int, None]()
    vocabulary = current_vocabulary()
    for program in programs:
        template = Template(program.graph, program.root, graph)
        if not template.is_large:
            roots.update(dict.fromkeys(recolored(template, colors)))
            roots.update(dict.fromkeys(edited(template, colors, vocabulary)))
    if not roots:
        return [], 0
    variants = list(roots)
    rows = [verdicts for verdicts, _ in engine.open(graph).bind(S=task.pairs).judge_samples(variants, task.samples)]
    right = rows[0].tally(rows, len(task.demo)).demo_right
    found = [root for root, count in zip(variants, right, strict=True) if count == len(task.demo)]
    return [Program(*graph.alone(root)) for root in found], len(variants)
