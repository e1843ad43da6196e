"""Two runs, workspaces or result files beside each other: tasks won, lost and nearer, programs new and gone, phases."""

from arcbatt.compare.difference import Comparison, compare
from arcbatt.compare.sides import Side, TaskStanding, side_of_file, side_of_run, side_of_store

__all__ = ["Comparison", "Side", "TaskStanding", "compare", "side_of_file", "side_of_run", "side_of_store"]
