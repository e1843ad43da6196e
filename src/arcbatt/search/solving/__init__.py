"""Solving: for every task two attempts at each test output, by known programs, by search and by guesses.

Every step here gets a :class:`~arcbatt.arc.Challenge`, which has no test output. What the attempts are worth is
reported afterwards.
"""

from arcbatt.search.solving.budget import Allowance, Budget
from arcbatt.search.solving.solve_task import Solution, SolveSettings, solve_task
from arcbatt.search.solving.solve_tasks import SolveReport, solve_tasks
from arcbatt.search.solving.solved_task import SolvedTask

__all__ = ["Allowance", "Budget", "Solution", "SolveReport", "SolveSettings", "SolvedTask", "solve_task", "solve_tasks"]
