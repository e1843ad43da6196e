"""Engines: they turn a graph, the demo pairs and a grid into outcomes, within limits."""

from arcbatt.engine.base import Engine, Scope
from arcbatt.engine.limits import Limits
from arcbatt.engine.outcome import Failure, FailureKind, Outcome
from arcbatt.engine.select import ENGINES, available_engines, on_cpu, select_engine

__all__ = [
    "ENGINES", "Engine", "Failure", "FailureKind", "Limits", "Outcome", "Scope", "available_engines", "on_cpu",
    "select_engine",
]  # fmt: skip
