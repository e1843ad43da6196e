"""Two runs, workspaces or result files beside each other: tasks won, lost and nearer, programs new and gone, phases.

Two submissions likewise: outputs with the same attempts and with others, and which are right where that is known.
"""

from arcbatt.compare.answer_difference import AnswerComparison, ComparedOutput, compare_answers, known_outputs
from arcbatt.compare.answers import AnswerSide, answers_of_file, is_submission
from arcbatt.compare.difference import Change, Comparison, compare
from arcbatt.compare.sides import Side, TaskStanding, side_of_file, side_of_run, side_of_store

__all__ = [
    "AnswerComparison", "AnswerSide", "Change", "ComparedOutput", "Comparison", "Side", "TaskStanding",
    "answers_of_file", "compare", "compare_answers", "is_submission", "known_outputs", "side_of_file", "side_of_run",
    "side_of_store",
]  # fmt: skip
