"""Explanation: what a program does in plain English, one line for each branch of its rule.

Programs that are rules, for each cell or for each object, are read from their graphs: which grids lie over each other
where, and what happens to which objects. What has no words here is shown as its expression, shortened.
"""

from arcbatt.program.explanation.explained import explained

__all__ = ["explained"]
