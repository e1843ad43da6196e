"""What all jobs share: their options, what names them, the run that is recorded, and the workers.

A *job* is what a command does over many tasks: ``run``, ``evolve``, ``solve``, ``verify``. Its own work lies in its own
package; here is the frame around it.
"""

from arcbatt.runs.fingerprint import Fingerprint
from arcbatt.runs.opened_battery import OpenedBattery
from arcbatt.runs.options import DEFAULT_MEMORY_BYTES, RunOptions
from arcbatt.runs.recorded import RecordedRun, recorded_run
from arcbatt.runs.workers import open_workers

__all__ = [
    "DEFAULT_MEMORY_BYTES", "Fingerprint", "OpenedBattery", "RecordedRun", "RunOptions", "open_workers",
    "recorded_run",
]  # fmt: skip
