"""The main job: tasks and a battery go in, scored and validated programs come out and go into the store."""

from arcbatt.pipeline.run import run_battery
from arcbatt.pipeline.run_report import RunReport
from arcbatt.pipeline.task_phases import TaskRun, run_task
from arcbatt.pipeline.task_summary import KeptProgram, NearestProgram, TaskSummary
from arcbatt.pipeline.timing import METRICS, Timing
from arcbatt.pipeline.verify import verify_task

__all__ = [
    "METRICS", "KeptProgram", "NearestProgram", "RunReport", "TaskRun", "TaskSummary", "Timing", "run_battery",
    "run_task", "verify_task",
]  # fmt: skip
