"""Attempts and guesses: always two, always different, always valid, the best first."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from arcbatt.arc import Challenge, Grid, Sample, is_grid
from arcbatt.engine import select_engine
from arcbatt.program.parse import parse_programs
from arcbatt.search.ranking.belief import Belief
from arcbatt.search.ranking.candidates import Candidates
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.solving.attempts import SHOWN, attempts_of, grids_of
from arcbatt.search.solving.guesses import cellwise, guesses, usual
from arcbatt.search.solving.solved_task import Attempt

ENGINE = select_engine("python")
GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 2), min_size=width, max_size=width).map(tuple), min_size=1, max_size=5
    ).map(tuple)
)
TASKS = st.builds(
    lambda pairs, tests: Challenge("task", tuple(Sample(*pair) for pair in pairs), tuple(map(Sample, tests))),
    st.lists(st.tuples(GRIDS, GRIDS), min_size=1, max_size=3),
    st.lists(GRIDS, min_size=1, max_size=3),
)
BODIES = ("I", "vmirror(I)", "hmirror(I)", "rot180(I)", "dmirror(I)")


def lead(number: int, demo_right: int, outputs: tuple[Grid | None, ...]) -> Lead:
    (program,) = parse_programs(f"def solve(S, I):\n    return {BODIES[number]}\n")
    return Lead(program, "given", (demo_right, 10_000 * demo_right), 1, outputs)


def answered(task: Challenge, leads: Sequence[Lead]) -> tuple[tuple[Attempt, ...], ...]:
    """What is answered when these leads are all that was found; no evidence about them is afforded."""
    candidates = Candidates()
    candidates.add(lead for lead in leads if lead.demo_right == len(task.demo))
    near = [lead for lead in leads if lead.demo_right < len(task.demo)]
    return attempts_of(task, Belief(ENGINE, task, 0), candidates, near)


@given(TASKS, st.data())
def test_two_different_valid_attempts_at_each_test_output(task: Challenge, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(BODIES)))
    leads = [
        lead(number, data.draw(st.integers(0, len(task.demo))),
             tuple(data.draw(st.none() | GRIDS) for _ in task.test))
        for number in range(count)
    ]  # fmt: skip
    attempts = answered(task, leads)
    assert len(attempts) == len(task.test)
    for index, (first, second, *others) in enumerate(attempts):
        assert len({one.grid for one in (first, second, *others)}) == 2 + len(others) <= SHOWN
        assert is_grid(first.grid)
        assert is_grid(second.grid)
        assert first.grid != second.grid
        right = {item.outputs[index] for item in leads if item.demo_right == len(task.demo)} - {None}
        bases = [first.basis, second.basis]
        assert bases.count("right") == min(2, len(right))
        assert bases == sorted(bases, key=lambda basis: {"right": 0, "near": 1}.get(basis, 2))
        chances = [one.probability for one in (first, second, *others) if one.basis == "right"]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1
    assert attempts == answered(task, leads[::-1])
    assert grids_of(attempts) == tuple((first.grid, second.grid) for first, second, *_ in attempts)


@given(TASKS)
def test_at_least_two_guesses_differ(task: Challenge) -> None:
    for sample in task.test:
        found = list(guesses(task, sample.input))
        assert all(is_grid(grid) for _, grid in found)
        assert len({grid for _, grid in found}) >= 2


def test_attempts_name_the_programs_that_give_them() -> None:
    task = Challenge("task", (Sample(((1, 2),), ((2, 1),)),), (Sample(((3, 4),)),))
    leads = [lead(1, 1, (((4, 3),),)), lead(3, 1, (((4, 3),),)), lead(0, 0, (((3, 4),),))]
    ((first, second, *_),) = answered(task, leads)
    assert (first.grid, first.basis) == (((4, 3),), "right")
    assert set(first.programs) == {leads[0].program.md5, leads[1].program.md5}
    assert (second.basis, second.programs, second.nearness) == ("near", (leads[2].program.md5,), (0, 0))
    assert first.probability is not None
    assert second.probability is None  # beside a right program nothing is known of a near miss


def test_a_near_miss_has_a_probability_where_nothing_fits() -> None:
    task = Challenge("task", (Sample(((1, 2),), ((2, 1),)),), (Sample(((3, 4),)),))
    ((first, second, *_),) = answered(task, [lead(0, 0, (((3, 4),),))])
    assert (first.basis, second.basis) == ("near", "usual")
    assert first.probability is not None
    assert second.probability is None


def test_features_are_in_the_order_in_which_the_store_keeps_them() -> None:
    """So a report is the same after --resume, byte for byte."""
    task = Challenge("task", (Sample(((1, 2),), ((2, 1),)),), (Sample(((3, 4),)),))
    for leads in ([lead(1, 1, (((4, 3),),))], [lead(0, 0, (((3, 4),),))]):
        ((first, *_),) = answered(task, leads)
        assert len(first.features) > 2
        assert list(first.features) == sorted(first.features)


class TestGuesses:
    def test_cellwise_learns_a_recoloring(self) -> None:
        task = Challenge("task", (Sample(((1, 2), (0, 1)), ((5, 2), (0, 5))),), (Sample(((1,),)),))
        assert cellwise(task, ((1, 1, 2), (0, 0, 0))) == ((5, 5, 2), (0, 0, 0))

    def test_cellwise_learns_from_the_surroundings(self) -> None:
        """A cell that touches nothing vanishes: the color alone does not tell."""
        grid = ((1, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 1))
        task = Challenge("task", (Sample(grid, ((1, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))),), (Sample(grid),))
        assert cellwise(task, ((0, 0, 0), (0, 1, 0), (0, 0, 0), (1, 1, 0)))[1] == (0, 0, 0)

    def test_cellwise_leaves_unknown_colors(self) -> None:
        task = Challenge("task", (Sample(((1,),), ((2,),)),), (Sample(((1,),)),))
        assert cellwise(task, ((7, 1),)) == ((7, 2),)

    def test_cellwise_is_guessed_only_where_the_shapes_stay(self) -> None:
        task = Challenge("task", (Sample(((1,),), ((2, 2),)),), (Sample(((1,),)),))
        assert "cellwise" not in dict(guesses(task, ((1,),)))

    def test_usual_is_the_most_frequent_output(self) -> None:
        outputs = (((1,),), ((2,),), ((2,),))
        task = Challenge("task", tuple(Sample(((0,),), output) for output in outputs), (Sample(((0,),)),))
        assert usual(task) == ((2,),)
