from __future__ import annotations

from dataclasses import replace

from arcbatt.arc import Sample, Task
from arcbatt.search.mutation import TaskHints

TASK = Task(
    "a",
    (
        Sample(((0, 1), (1, 7)), ((0, 1, 0, 1), (3, 3, 3, 3), (0, 0, 0, 0), (0, 0, 0, 0))),
        Sample(((0, 2), (2, 7)), ((0, 2, 0, 5), (3, 3, 3, 3), (0, 0, 0, 0), (0, 0, 0, 0))),
    ),
    (Sample(((6, 0),), ((9, 9),)),),
)


def test_colors_are_sorted_by_what_they_do() -> None:
    hints = TaskHints.of(TASK.challenge)
    assert hints.added == (3, 5)
    assert hints.removed == (7,)
    assert hints.colors == (3, 5, 7, 0, 1, 2, 6)


def test_numbers_and_pairs_come_from_the_shapes() -> None:
    hints = TaskHints.of(TASK.challenge)
    assert hints.numbers == (4, 2, 3)  # sides of all outputs, factor, colors of an input
    assert hints.pairs == ((4, 4), (2, 2))


def test_outputs_of_other_shapes_agree_in_nothing() -> None:
    small = replace(TASK, demo=(*TASK.demo, Sample(((0,),), ((0,) * 5,) * 3)))
    assert TaskHints.of(small.challenge).pairs == ()
    assert set(TaskHints.of(small.challenge).numbers) == {2, 3, 1, 5}


def test_test_inputs_give_colors_too() -> None:
    assert 9 not in TaskHints.of(TASK.challenge).colors
