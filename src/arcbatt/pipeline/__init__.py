"""The main job: tasks and a battery go in, scored and validated programs come out and go into the store."""

from arcbatt.pipeline.run import RunReport, run_key, run_tasks
from arcbatt.pipeline.settings import Settings
from arcbatt.pipeline.state import State
from arcbatt.pipeline.task import TaskResult, run_task
from arcbatt.pipeline.timing import METRICS, Timing
from arcbatt.pipeline.verify import verify_task
from arcbatt.pipeline.workers import PRELOAD, open_pool

__all__ = [
    "METRICS", "PRELOAD", "RunReport", "Settings", "State", "TaskResult", "Timing", "open_pool", "run_key",
    "run_task", "run_tasks", "verify_task",
]  # fmt: skip
