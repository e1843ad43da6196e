"""What a comparison page shows, gathered from sides and tasks."""

from __future__ import annotations

from collections.abc import Mapping

from arcbatt.arc import Task
from arcbatt.compare import AnswerSide, Side, TaskStanding, compare, compare_answers, known_outputs
from arcbatt.program.parse import parse_programs
from arcbatt.report.html.answers_gathering import gather_answers
from arcbatt.report.html.comparison_data import ComparisonData
from arcbatt.report.html.comparison_gathering import MOST_PROGRAMS, gather_comparison
from support.tasks import mirror_task, shifted

(SAME,) = parse_programs("def solve_same(I):\n    return I\n")
(MIRROR,) = parse_programs("def solve_mirror(I):\n    return vmirror(I)\n")
TASK = mirror_task()


def side(name: str, program: object, *tasks: Task, texts: Mapping[str, str] | None = None) -> Side:
    is_right = program is MIRROR
    standing = TaskStanding(is_right, is_right, 0.5, program.name, program.md5)  # type: ignore[attr-defined]
    known = {item.md5: item.text for item in (SAME, MIRROR)} if texts is None else texts
    return Side(name, {(task.id, task.digest): standing for task in tasks}, {}, texts=known)


def gathered(*tasks: Task, at_hand: Mapping[str, Task] | None = None, fuel: int | None = None) -> ComparisonData:
    before, after = side("one", SAME, *tasks), side("two", MIRROR, *tasks)
    here = {task.id: task for task in tasks} if at_hand is None else at_hand
    return gather_comparison(compare(before, after), before, after, here, engine="python", fuel=fuel)


def test_the_best_programs_run_again_on_every_sample() -> None:
    (task,) = gathered(TASK).tasks
    assert (task.change, task.before, task.after) == ("won", "50 % of cells", "solved by solve_mirror")
    assert [sample.name for sample in task.samples] == ["demo 1", "demo 2", "test 1"]
    first = task.samples[0]
    assert (first.input, first.expected) == ("01/20", "10/02")
    assert [(run.output, run.is_right) for run in first.before + first.after] == [("01/20", False), ("10/02", True)]
    assert task.program_after is not None
    assert "vmirror(I)" in task.program_after.text


def test_other_samples_under_the_same_id_are_not_shown() -> None:
    (task,) = gathered(TASK, at_hand={TASK.id: shifted(TASK, 1)}).tasks
    assert task.samples == ()
    assert "other samples" in task.notes[0]
    (task,) = gathered(TASK, at_hand={}).tasks
    assert "not at hand" in task.notes[0]


def test_what_does_not_run_again_is_counted() -> None:
    tasks = [Task(f"t{number:02}", TASK.demo, shifted(TASK, number % 9).test) for number in range(20)]
    found = gathered(*tasks, fuel=1)
    done = [bool(task.samples[0].before and task.samples[0].after) for task in found.tasks]
    assert done == [True] * 16 + [False] * 4
    assert "the fuel for all programs of the page was spent" in found.tasks[-1].notes[0]
    assert found.notes == ("On 4 tasks the programs did not run again; the rows say why.",)


def test_texts_of_programs_are_those_that_are_known() -> None:
    names = {f"{number:032}": f"solve_{number}" for number in range(MOST_PROGRAMS + 2)}
    before = Side("one", {}, {})
    after = Side("two", {}, names, texts={"0" * 32: "def solve_0(I):\n    return I\u202e\n"})
    new = gather_comparison(compare(before, after), before, after, {}).new
    assert (len(new.programs), new.count) == (MOST_PROGRAMS, MOST_PROGRAMS + 2)
    assert new.programs[0].text == "def solve_0(I):\n    return I?"
    assert new.programs[1].text == ""


def test_answers_are_beside_what_is_right_won_ones_first() -> None:
    right = TASK.test[0].output
    other = Task("other", TASK.demo, TASK.test)
    before = AnswerSide("one", {"mirrored": ((((1,),), None),), "other": ((right, right),)})
    after = AnswerSide("two", {"mirrored": ((right, ((2,),)),), "other": ((right, right),)})
    tasks = {"mirrored": TASK, "other": other}
    found = gather_answers(compare_answers(before, after, known_outputs(tasks, before, after)), tasks)
    assert [(task.task, task.change, task.near_before, task.near_after) for task in found.tasks] == [
        ("mirrored", "won", 0.0, 1.0), ("other", "same", 1.0, 1.0),
    ]  # fmt: skip
    (sample,) = found.tasks[0].samples
    assert [(run.output, run.words, run.is_right) for run in sample.before] == [
        ("1", "", False), (None, "malformed", False),
    ]  # fmt: skip
    assert sample.expected == "065/211/300"
