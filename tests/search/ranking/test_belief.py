"""Belief: what evidence does to the order; that it is bounded and repeatable; and the order of near misses."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from arcbatt.arc import Challenge, Grid, Sample, Task
from arcbatt.engine import select_engine
from arcbatt.program.parse import parse_programs
from arcbatt.search.ranking.belief import Belief, Believed
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.features import FEATURES
from arcbatt.search.ranking.leads import Lead, measured
from arcbatt.search.ranking.model import FORMAT, SCALE, UNITS_PER_BIT, Model
from support.evidence import grid_of


def mirrored(grid: Grid) -> Grid:
    return tuple(row[::-1] for row in grid)


INPUTS = (
    grid_of("11230", "20010", "03102"), grid_of("03212", "11020", "00301"), grid_of("20113", "30220", "10021"),
    grid_of("012310", "330102", "120021"),
)  # fmt: skip
"""The last one, the test input, is six columns wide."""
*DEMO, TEST = (Sample(grid, mirrored(grid)) for grid in INPUTS)
WHOLE = Task("wide", tuple(DEMO), (TEST,))
TASK = WHOLE.challenge
ENGINE = select_engine("python")
PLENTY = 10**8


def leads(*bodies: str, task: Challenge = TASK) -> list[Lead]:
    programs = [parse_programs(f"def solve(S, I):\n    return {body}\n")[0] for body in bodies]
    return measured(ENGINE, task, programs, "enumeration", [("exact", 9)] * len(programs))


def candidates(*bodies: str, task: Challenge = TASK) -> Candidates:
    found = Candidates()
    found.add(lead for lead in leads(*bodies, task=task) if lead.demo_right == len(task.demo))
    return found


def weighing(**weights: float) -> Model:
    """A model that weighs some features alone, in bits for each 1."""
    scaled = {name.replace("_", "-"): round(weight * UNITS_PER_BIT) for name, weight in weights.items()}
    return Model(FORMAT, "by hand", "none", "2026-01-01", scaled)


def believed(found: Candidates, model: Model | None = None, task: Challenge = TASK) -> list[Believed]:
    (answers,) = Belief(ENGINE, task, PLENTY, model).answers(found)
    return answers


ACCIDENT = "branch(equality(width(I), SIX), I, vmirror(I))"
"""Right on the demo samples of the task, and wrong on its test input, which it leaves as it is."""


def test_both_answers_of_the_accident_are_there() -> None:
    first, second = believed(candidates("vmirror(I)", ACCIDENT))
    assert first.answer.output == WHOLE.test[0].output
    assert second.answer.output == TASK.inputs[0]
    assert first.probability > second.probability
    assert "output-not-input" in {held.name for held in second.broken}
    assert first.broken == ()


@pytest.mark.parametrize("name", ["bits", "broken", "any-broken", "is-input"])
def test_each_kind_of_evidence_decides_alone(name: str) -> None:
    """Two answers that one program each gives are equal but for this."""
    found = candidates(ACCIDENT, "vmirror(I)")
    against = believed(found, weighing(**{name.replace("-", "_"): -1.0}))
    in_favour = believed(found, weighing(**{name.replace("-", "_"): 1.0}))
    assert against[0].answer.output != TASK.inputs[0]
    assert in_favour[0].answer.output == TASK.inputs[0]


def test_more_programs_are_a_vote() -> None:
    found = candidates(ACCIDENT, "vmirror(I)", "vmirror(vmirror(vmirror(I)))", "rot180(hmirror(I))")
    assert believed(found, weighing(log_count=1))[0].answer.count == 3


def test_features_are_known_ones() -> None:
    for one in believed(candidates("vmirror(I)", ACCIDENT)):
        assert one.features.keys() <= FEATURES.keys()
        assert all(type(number) is int and number for number in one.features.values())


def test_the_probability_left_over_is_that_of_the_two_best() -> None:
    found = candidates("vmirror(I)", ACCIDENT)
    belief = Belief(ENGINE, TASK, PLENTY)
    ((first, second),) = belief.answers(found)
    assert belief.left_over(found) == SCALE - first.probability - second.probability


def test_no_candidate_is_no_answer() -> None:
    assert Belief(ENGINE, TASK, PLENTY).answers(Candidates()) == [[]]


def test_the_order_of_programs_does_not_matter() -> None:
    bodies = ["vmirror(I)", ACCIDENT, "rot180(hmirror(I))", "hmirror(rot180(I))", "vmirror(vmirror(vmirror(I)))"]
    expected = believed(candidates(*bodies))
    for seed in range(5):
        random.Random(seed).shuffle(bodies)
        assert [(one.answer.output, one.probability) for one in believed(candidates(*bodies))] == [
            (one.answer.output, one.probability) for one in expected
        ]


def test_asking_twice_changes_nothing() -> None:
    belief = Belief(ENGINE, TASK, PLENTY)
    found = candidates("vmirror(I)", ACCIDENT)
    assert belief.answers(found) == belief.answers(found)


def test_without_fuel_there_are_still_answers() -> None:
    (answers,) = Belief(ENGINE, TASK, 0).answers(candidates("vmirror(I)", ACCIDENT))
    assert len(answers) == 2
    assert all("symmetries" not in one.features for one in answers)


def test_false_test_outputs_change_nothing() -> None:
    """They cannot be handed in: a challenge has none, and is the same for any of them."""
    false = replace(WHOLE, test=(Sample(INPUTS[3], ((9,),)),))
    assert false.challenge == TASK


class TestPrograms:
    def test_one_that_answers_no_test_input_comes_last_and_is_no_answer(self) -> None:
        (fits,) = leads("vmirror(I)")
        (silent,) = leads("rot180(hmirror(I))")
        found = Candidates()
        found.add([replace(silent, outputs=(None,)), fits])
        belief = Belief(ENGINE, TASK, PLENTY)
        assert [lead.program.size for lead in belief.programs(found)] == [1, 2]
        assert [len(answers) for answers in belief.answers(found)] == [1]
        alone = Candidates()
        alone.add([replace(silent, outputs=(None,))])
        assert belief.answers(alone) == [[]]
        assert belief.left_over(alone) == SCALE
        assert len(belief.programs(alone)) == 1

    def test_those_of_the_likeliest_answer_come_first_the_cheaper_first(self) -> None:
        found = candidates(ACCIDENT, "rot180(hmirror(I))", "vmirror(I)")
        names = [lead.program.size for lead in Belief(ENGINE, TASK, PLENTY).programs(found)]
        assert names == [1, 2, parse_programs(f"def solve(I):\n    return {ACCIDENT}\n")[0].size]

    def test_a_known_one_comes_before_a_found_one_of_the_same_answer(self) -> None:
        (found,) = leads("vmirror(I)")
        (known,) = leads("rot180(hmirror(I))")
        both = Candidates()
        both.add([found, replace(known, source="given", goal="", cost=None)])
        assert [lead.source for lead in Belief(ENGINE, TASK, PLENTY).programs(both)] == ["given", "enumeration"]


class TestNearMisses:
    def test_an_output_that_breaks_no_invariant_is_likelier_than_a_nearer_program(self) -> None:
        near = leads("hmirror(I)", "I")
        model = weighing(near_broken=-4, near_cells=0.1)
        first, second = Belief(ENGINE, TASK, PLENTY, model).near(near, 0)
        assert len(first.broken) < len(second.broken)
        assert second.answer.output == TASK.inputs[0]

    def test_the_order_of_programs_does_not_matter(self) -> None:
        near = leads("hmirror(I)", "I", "rot180(I)", "canvas(ONE, UNITY)")
        belief = Belief(ENGINE, TASK, PLENTY)
        expected = belief.near(near, 0)
        assert belief.near([*near[::-1], *near], 0) == expected
        assert len(expected) == 4

    def test_what_gives_no_grid_gives_no_answer(self) -> None:
        assert Belief(ENGINE, TASK, PLENTY).near(leads("height(I)"), 0) == []
