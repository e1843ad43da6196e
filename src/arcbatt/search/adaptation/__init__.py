"""Adaptation: programs of other tasks made to fit, by systematic change of their constants and primitives.

What evolution finds by chance this finds for sure where one change, or other colors, are all that a known program lacks.
"""

from arcbatt.search.adaptation.adapt import adapt
from arcbatt.search.adaptation.edits import edited
from arcbatt.search.adaptation.recoloring import recolored

__all__ = ["adapt", "edited", "recolored"]
