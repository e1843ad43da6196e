"""Enumeration: all programs of a grammar, bottom-up by cost, those with the same outcomes being one."""

from __future__ import annotations

from arcbatt.search.enumeration.default import default_grammar, grid_grammar
from arcbatt.search.enumeration.fragments import Fragments
from arcbatt.search.enumeration.grammar import Grammar, Kind, Leaf, Production
from arcbatt.search.enumeration.limits import EndReason, EnumerationLimits, Report
from arcbatt.search.enumeration.search import (
    Entry,
    Enumeration,
    Found,
    WrongAnswerWarning,
    enumeration_available,
)

__all__ = [
    "EndReason", "Entry", "Enumeration", "EnumerationLimits", "Found", "Fragments", "Grammar", "Kind", "Leaf",
    "Production", "Report", "WrongAnswerWarning", "default_grammar", "enumeration_available", "grid_grammar",
]  # fmt: skip
