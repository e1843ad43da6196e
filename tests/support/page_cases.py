"""A small report in which everything is there once, with texts that a stranger could have put into a store."""

from __future__ import annotations

from arcbatt.report.html.page_data import (
    FORMAT,
    AttemptData,
    CalibrationRow,
    CurvePoint,
    FailureData,
    GainData,
    GenerationData,
    ParentData,
    PhaseData,
    ProgramData,
    ProgramOnTask,
    ReportData,
    RunData,
    SampleData,
    SampleRun,
    SpanData,
    StepData,
    TaskData,
    TotalsData,
    WorkData,
)

HOSTILE = "</script><img src=x onerror=\"document.title='taken'\">'&\u2028\u202e{{7*7}}"
FIRST, SECOND, HOSTILE_MD5 = "a" * 32, "b" * 32, "c" * 32
UNKNOWN_PARENT = "d" * 32


def _programs() -> tuple[ProgramData, ...]:
    mirror = "def solve(S, I):\n    x1 = vmirror(I)\n    return x1\n"
    crop = "def solve(S, I):\n    x1 = objects(I, F, F, T)\n    x2 = first(x1)\n"
    crop += "    x3 = subgrid(x2, I)\n    return x3\n"
    return (
        ProgramData(FIRST, "solve_mirrored", 1, mirror, ("mirrored left to right",), 2, 1, 1.0, 300, 0.002),
        ProgramData(SECOND, "solve_cropped", 3, crop, (), 2, 0, 0.5, 9000, None, (ParentData(FIRST, "graft"),)),
        ProgramData(
            HOSTILE_MD5, HOSTILE, 2, f"def solve(S, I):\n    x1 = {HOSTILE}\n", (HOSTILE,), 1, 0, 0.1, 20, 0.1,
            (ParentData(SECOND, HOSTILE), ParentData(UNKNOWN_PARENT, "swap")),
        ),
    )  # fmt: skip


def _solved() -> TaskData:
    samples = (
        SampleData("demo 1", "012/345", "210/543"), SampleData("demo 2", "67/89", "76/98"),
        SampleData("test 1", "12/34", "21/43"),
    )  # fmt: skip
    runs = tuple(
        SampleRun(sample.output, "", True, 100, (StepData("x1 = vmirror(I)", "grid of 2 x 2", sample.output),))
        for sample in samples
    )
    return TaskData(
        "11111111", "1" * 32, "arc1-train", "solved", 1.0, ("exact", "given"), samples,
        (ProgramOnTask(FIRST, 2, 1.0, 1, 300, 0.002, runs),), 3,
        (AttemptData(1, 1, "21/43", 0.9, "right", ("exact",), (FIRST,), ("+ found twice", "- costs 9 bits"), True),
         AttemptData(1, 2, "21/44", 0.05, "near", (), (SECOND,), ("= " + HOSTILE,), False)),
        (), ("the search ended because it was sure",), 0.5,
    )  # fmt: skip


def _near() -> TaskData:
    samples = (SampleData("demo 1", "000/010", "000/111"), SampleData("test 1", "111/000", None))
    objects = (((1, 1, 1),), ((0, 0, None), (0, 1, None)))
    runs = (
        SampleRun("000/101", "", False, 4000, (
            StepData("x1 = objects(I, F, F, T)", "set of 2 elements", None, objects),
            StepData("x2 = first(x1)", "set of 1 element", None, objects[:1]),
            StepData("x3 = subgrid(x2, I)", "grid of 2 x 3", "000/101"))),
        SampleRun(None, "error at x2 = first(...): the container is empty", None, 5000, (
            StepData("x1 = objects(I, F, F, T)", "set of 0 elements"),
            StepData("x2 = first(x1)", "error: the container is empty", is_failing=True),
            StepData("x3 = subgrid(x2, I)", ""))),
    )  # fmt: skip
    return TaskData(
        "22222222", "2" * 32, "arc1-eval", "near", 0.5, ("objects",), samples,
        (ProgramOnTask(SECOND, 0, 0.5, None, 9000, None, runs),
         ProgramOnTask(HOSTILE_MD5, 0, 0.1, None, 20, 0.1, (), "it calls a primitive that is not known here")),
        2, (), (FailureData("error", "first", "the container is empty", 4, SECOND),), (), 1.25,
    )  # fmt: skip


def small_report() -> ReportData:
    """Four tasks, three programs, every chart."""
    hostile = TaskData(HOSTILE, "3" * 32, HOSTILE, "none", 0.0, (HOSTILE,), failures=(
        FailureData(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE_MD5),), notes=(HOSTILE,))  # fmt: skip
    given_up = TaskData("44444444", "4" * 32, "arc1-eval", "failed", None, notes=("given up: its work hung twice",))
    spans = (SpanData(1, "11111111", "", 0.0, 0.5, 0.4), SpanData(2, "22222222", "", 0.1, 1.25, 1.2),
             SpanData(1, HOSTILE, "", 0.6, 0.5, None))  # fmt: skip
    return ReportData(
        FORMAT, "0.1.0", "run 7: solve", RunData(
            7, "solve", ("solve", "--set", HOSTILE), "finished", "2026-01-01T00:00:00", "2026-01-01T00:00:02", "native",
            "arc1-train"),
        TotalsData(4, 1, 1, 1, 1, 3), (_solved(), _near(), given_up, hostile), _programs(),
        (FailureData("error", "first", "the container is empty", 4, SECOND),
         FailureData("limit", HOSTILE, HOSTILE, 2, "solve_unknown")),
        WorkData((PhaseData("main.run_batt", 2.0, None), PhaseData("run_batt.phase1_filter", 0.5, 0.4)), spans),
        (CurvePoint(0.0, 0), CurvePoint(0.5, 1)), (CurvePoint(0.0, 0), CurvePoint(0.4, 1)),
        (GenerationData(0, 100, 5, 0, 50.0), GenerationData(1, 120, 4, 1, 60.0, (GainData("11111111", 0.5, 1.0),))),
        (CalibrationRow(0.0, 0.5, 4, 1, 0.2), CalibrationRow(0.5, 1.0, 2, 2, 0.9)),
        (f"a note {HOSTILE}",),
    )  # fmt: skip
