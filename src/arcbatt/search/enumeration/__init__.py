"""Enumeration: all programs of a grammar, bottom-up by cost, those with the same outcomes being one."""

from __future__ import annotations

from arcbatt.search.enumeration.enumeration import (
    BankEntry,
    Enumeration,
    FoundProgram,
    WrongAnswerWarning,
    enumeration_available,
)
from arcbatt.search.enumeration.fragments import Fragments
from arcbatt.search.enumeration.grammar import Grammar, Kind, Leaf, Production
from arcbatt.search.enumeration.limits import EnumerationLimits
from arcbatt.search.enumeration.report import EndReason, EnumerationReport
from arcbatt.search.enumeration.task_grammars import default_grammar, grid_grammar

__all__ = [
    "BankEntry", "EndReason", "Enumeration", "EnumerationLimits", "EnumerationReport", "FoundProgram", "Fragments",
    "Grammar", "Kind", "Leaf", "Production", "WrongAnswerWarning", "default_grammar", "enumeration_available",
    "grid_grammar",
]  # fmt: skip
