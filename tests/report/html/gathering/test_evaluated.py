"""Programs run again for a page: bounded, and whatever goes wrong is a note."""

from __future__ import annotations

from arcbatt.program.parse import parse_programs
from arcbatt.report.html.gathering.evaluated import evaluated
from arcbatt.report.html.gathering.found import FoundTask, KnownProgram
from arcbatt.report.html.gathering.reading import ReadPrograms
from arcbatt.report.html.page_data import ProgramOnTask
from arcbatt.results import TaskKey
from support.tasks import mirror_task

TASK = mirror_task()
(MIRROR, FAILS, SAME) = parse_programs(
    "def solve_a(I): return vmirror(I)\ndef solve_b(I): return first(ofcolor(I, NINE))\ndef solve_c(I): return I\n"
)


def known(text: str, md5: str) -> KnownProgram:
    return KnownProgram(md5, "solve_x", 1, text)


def one(md5: str, *, right: int = 0, fuel: int = 10) -> ProgramOnTask:
    return ProgramOnTask(md5, right, 0.5, None, fuel, None)


def run(
    items: list[ProgramOnTask], texts: dict[str, str], *, best: int = 10, unmeasured: set[str] | None = None
) -> list[ProgramOnTask]:
    task = FoundTask(TaskKey.of(TASK), items, unmeasured=unmeasured or set())
    programs = ReadPrograms({md5: known(text, md5) for md5, text in texts.items()})
    evaluated([(task, TASK)], programs, best=best, stepped=1, engine="auto")
    return task.programs


def test_what_cannot_be_read_has_a_note_and_its_stored_result() -> None:
    evil = "import os\ndef solve(S, I):\n    x1 = os.system(I)\n    return x1\n"
    found = run([one("a" * 32), one("b" * 32), one("c" * 32), one(MIRROR.md5, right=2)],
                {"a" * 32: evil, "b" * 32: MIRROR.text, MIRROR.md5: MIRROR.text})  # fmt: skip
    assert [bool(item.samples) for item in found] == [False, False, False, True]
    assert found[0].note.startswith("cannot be read here: ")
    assert found[1].note == "cannot be read here: its text is no canonical text of a solver"
    assert found[2].note == "cannot be run again: its text is not stored"
    assert (found[0].near, found[0].fuel) == (0.5, 10)


def test_what_needs_much_fuel_is_not_run() -> None:
    (heavy, light) = run([one(SAME.md5, fuel=10**9), one(MIRROR.md5, right=2)],
                         {SAME.md5: SAME.text, MIRROR.md5: MIRROR.text})  # fmt: skip
    assert heavy.note == "not run again: it needs 1,000,000,000 units of fuel"
    assert light.samples


def test_fuel_of_the_page_ends_somewhere() -> None:
    names = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
    programs = parse_programs("\n".join(
        f"def solve_{a}_{b}(I): return replace(I, {a}, {b})" for a in names for b in names
    ))  # fmt: skip
    texts = {program.md5: program.text for program in programs}
    found = run([one(md5, fuel=5_000_000) for md5 in texts], texts, best=100)
    assert found[0].samples
    assert found[-1].note == "not run again: the fuel for all programs of the page was spent"


def test_the_same_program_twice_is_run_once() -> None:
    found = run([one(MIRROR.md5, right=2)] * 2, {MIRROR.md5: MIRROR.text})
    assert [len(item.samples) for item in found] == [3, 3]


def test_a_result_that_was_unknown_is_measured() -> None:
    (same,) = run([one(SAME.md5, fuel=0)], {SAME.md5: SAME.text}, unmeasured={SAME.md5})
    # Of the first demo sample one cell of four is as expected, of the second four of six.
    cells = [[a == b for a, b in zip(sum(i, ()), sum(o, ()), strict=True)] for i, o in TASK.pairs]
    assert same.near == sum(int(sum(of) / len(of) * 10_000) for of in cells) / 20_000
    assert (same.demo_right, same.test_right) == (0, 0)


def test_a_failure_is_told_and_is_the_last_step() -> None:
    (fails,) = run([one(FAILS.md5)], {FAILS.md5: FAILS.text})
    sample = fails.samples[0]
    assert (sample.output, sample.is_right) == (None, False)
    assert sample.words.startswith("error at x2 = first(...)")
    assert [step.is_failing for step in sample.steps] == [False, True]


def test_another_result_than_the_stored_one_is_told() -> None:
    (mirror,) = run([one(MIRROR.md5, right=1)], {MIRROR.md5: MIRROR.text})
    assert mirror.note == "gives something else here than what was stored"
    assert mirror.demo_right == 1
