"""The results of a run as JSON data: the fields of its typed results, with what people ask of them worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arcbatt.results import ProgramResult
from arcbatt.results.json_form import plain

if TYPE_CHECKING:
    from arcbatt.pipeline import RunReport, TaskSummary

__all__ = ["program_json", "run_json", "task_json", "timing_json"]


def program_json(result: ProgramResult) -> dict[str, Any]:
    """A program's result: its fields, and ``demo_right``, ``test_right``, ``near``, ``fuel``, ``failures``."""
    return {
        "md5": result.md5,
        "name": result.name,
        "size": result.size,
        "demo_right": result.demo_right,
        "demo_count": result.demo_count,
        "test_right": result.test_right,
        "test_count": result.test_count,
        "near": round(result.near, 6),
        "fuel": result.fuel,
        "failures": dict(result.failures),
        "cells": list(result.cells),
        "demo": plain(result.demo),
        "test": plain(result.test),
    }


def task_json(summary: TaskSummary) -> dict[str, Any]:
    """A task's summary, with ``status`` (``done`` or ``failed``) and ``best`` (the first of ``kept``, or null)."""
    kept = [
        {**program_json(item.result), "names": list(item.names), "distances": dict(sorted(item.distances.items()))}
        for item in summary.kept
    ]
    status = "done" if summary.failure is None else "failed"
    return {**plain(summary), "status": status, "best": kept[0] if kept else None, "kept": kept}


def run_json(report: RunReport) -> dict[str, Any]:
    """A run: ``interrupted``, ``totals``, ``tasks``, ``bugs``. Holds no timings."""
    summaries = list(report.summaries.values())
    totals = {
        **plain(report.totals),
        "resumed": len(report.resumed),
        "candidates": sum(summary.candidates for summary in summaries),
        "filtered": sum(summary.filtered for summary in summaries),
        "kept": sum(len(summary.kept) for summary in summaries),
        "unknown": sum(summary.failure is None and summary.solve_all is None for summary in summaries),
    }
    return {
        "interrupted": report.is_interrupted,
        "totals": totals,
        "tasks": [task_json(summary) for summary in summaries],
        "bugs": report.bugs,
    }


def timing_json(report: RunReport) -> dict[str, Any]:
    """What a run took: seconds by phase, and by program."""
    return {"phases": plain(report.timing.table()), "programs": dict(report.durations)}
