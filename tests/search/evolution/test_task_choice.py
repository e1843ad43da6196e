"""Which tasks are worked on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from arcbatt.arc import Sample, Task, load_path
from arcbatt.errors import InputError
from arcbatt.search.evolution.task_choice import chosen_tasks, named_tasks, task_weight
from support.evolution import task_of, with_false_test_outputs
from support.tasks import write_task


def sized(task_id: str, side: int) -> Task:
    grid = ((0,) * side,) * side
    return Task(task_id, (Sample(grid, grid),), (Sample(grid),))


TASKS = [sized("large", 30), sized("small", 3), sized("middle", 10)]


def chosen(count: int, generation: int, solved: frozenset[str] = frozenset(), *, leave_solved: bool = False,
           seed: int = 0) -> list[str]:  # fmt: skip
    places = {place for place, task in enumerate(TASKS) if task.id in solved}
    challenges = [task.challenge for task in TASKS]
    found = chosen_tasks(challenges, places, count, seed, generation, leave_solved=leave_solved)
    return [TASKS[place].id for place in found]


def test_smaller_tasks_are_chosen_more_often_and_each_at_times() -> None:
    counts = Counter(chosen(1, generation)[0] for generation in range(400))
    assert counts["small"] > counts["middle"] > counts["large"] > 0


def test_a_choice_depends_on_seed_and_generation_alone_and_keeps_the_order() -> None:
    assert chosen(3, 1) == ["large", "small", "middle"]
    assert chosen(7, 1) == ["large", "small", "middle"]
    choices = [chosen(1, generation, seed=1) for generation in range(30)]
    assert choices == [chosen(1, generation, seed=1) for generation in range(30)]
    assert choices != [chosen(1, generation, seed=2) for generation in range(30)]


def test_solved_tasks_are_chosen_less_often_or_left() -> None:
    counts = Counter(chosen(1, generation, frozenset({"small"}))[0] for generation in range(400))
    assert 0 < counts["small"] < counts["middle"]
    assert all("small" not in chosen(3, g, frozenset({"small"}), leave_solved=True) for g in range(20))
    assert chosen(3, 0, frozenset({"large", "small", "middle"}), leave_solved=True) == []


def test_a_test_output_does_not_enter_a_weight() -> None:
    task = task_of("vmirror(I)")
    first, second = (task_weight(other.challenge) for other in (task, with_false_test_outputs(task)))
    assert first == second


def test_tasks_are_named_by_words_ids_or_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "tasks"
    for task in TASKS:
        write_task(folder, task)
    tasks = load_path(folder)
    assert (tuple(named_tasks(tasks, "all")[0]), named_tasks(tasks, "all")[1]) == (tasks.ids, False)
    assert (tuple(named_tasks(tasks, "unsolved")[0]), named_tasks(tasks, "unsolved")[1]) == (tasks.ids, True)
    assert tuple(named_tasks(tasks, "small,large")[0]) == ("small", "large")
    listed = tmp_path / "ids.txt"
    listed.write_text("middle\nsmall, large\n")
    assert tuple(named_tasks(tasks, f"@{listed}")[0]) == ("middle", "small", "large")


@pytest.mark.parametrize(("words", "told"), [
    ("smal", "unknown task.*smal.*nearest: small"), (",", "expected all, unsolved, ids"), ("@nowhere", "cannot read"),
    ("@/dev/zero", "expected a regular file"),
])  # fmt: skip
def test_what_names_no_tasks_is_refused(tmp_path: Path, words: str, told: str) -> None:
    tasks = load_path(write_task(tmp_path, sized("small", 3)))
    with pytest.raises(InputError, match=told):
        named_tasks(tasks, words)
