"""Likely invariants: relations that hold on every demo pair of a task, and which of them an output breaks.

The idea is Daikon's (Ernst et al. 2001): a fixed list of relations is tried on what was seen, and those that were never
broken are believed. :mod:`~arcbatt.search.evidence.invariants.catalog` has the list.
"""

from arcbatt.search.evidence.invariants.catalog import invariant_names
from arcbatt.search.evidence.invariants.likely import HeldInvariant, LikelyInvariants, likely_invariants

__all__ = ["HeldInvariant", "LikelyInvariants", "invariant_names", "likely_invariants"]
