"""Solving: for every task two attempts at each test output, by known programs, by search and by guesses.

No step here sees a test output: a task comes in stripped of them, and what the attempts are worth is told afterwards.
"""

from arcbatt.search.solving.budget import Allowance, Budget
from arcbatt.search.solving.run import SolveReport, solve_key, solve_tasks
from arcbatt.search.solving.task import Solution, SolveSettings, solve_task

__all__ = ["Allowance", "Budget", "Solution", "SolveReport", "SolveSettings", "solve_key", "solve_task", "solve_tasks"]
