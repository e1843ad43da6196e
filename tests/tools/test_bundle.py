"""The bundle of wheels, installed into an empty environment without network, runs the main job."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")

pytestmark = [pytest.mark.slow, pytest.mark.first]


def run(*command: object, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=1200, check=False
    )


def require_registry(folder: Path) -> None:
    """Skips where the registry of Python packages cannot be reached; where it can, nothing else is an excuse."""
    asked = run(
        sys.executable, "-m", "pip", "--no-cache-dir", "--retries", "0", "--timeout", "20",
        "download", "--no-deps", "--dest", folder, "mdurl", cwd=folder,
    )  # fmt: skip
    if asked.returncode:
        pytest.skip("the registry of Python packages cannot be reached")


class Machine:
    """An empty environment on a machine without network, somewhere outside the checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ours = ("PIP_", "PYTHON", "ARCBATT")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.env = {**kept, **NO_NETWORK, "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        # A network namespace of its own has no network at all; where that is not allowed, a dead proxy has to do.
        unshare = shutil.which("unshare")
        self.prefix = [unshare, "--user", "--map-root-user", "--net"] if unshare else []
        if self.prefix and run(*self.prefix, "true", cwd=folder).returncode:
            self.prefix = []
        assert run(sys.executable, "-m", "venv", folder / "venv", cwd=folder, env=self.env).returncode == 0

    def do(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return run(*self.prefix, self.folder / "venv/bin" / program, *arguments, cwd=self.folder, env=self.env)

    def must(self, program: str, *arguments: object) -> str:
        done = self.do(program, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    if os.environ.get("ARCBATT_NATIVE") == "0":
        pytest.skip("NATIVE=0")
    folder = tmp_path_factory.mktemp("bundle")
    can_build = run(sys.executable, ROOT / "tools/native.py", "found", cwd=folder)
    if can_build.returncode:
        pytest.skip(can_build.stdout.strip())
    require_registry(folder)
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    made = run(sys.executable, ROOT / "tools/wheels.py", folder / "dist", "--bundle", here, cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    home = tmp_path_factory.mktemp("machine")
    (folder / "dist").rename(home / "wheels")
    found = Machine(home)
    found.must("python", "-m", "pip", "install", "--no-index", "--find-links", "wheels", "arcbatt[native]")
    return found


def test_everything_is_there(machine: Machine) -> None:
    machine.must("python", "-m", "pip", "check")
    assert machine.must("python", "-c", "import arcbatt_native; print(arcbatt_native.__version__)") == "0.1.0\n"
    where = machine.must("python", "-c", "import arcbatt; print(arcbatt.__file__)")
    assert where.startswith(str(machine.folder))


def data_files(package: Path) -> set[str]:
    """The files of the package that are no Python modules: templates, styles, scripts, tables."""
    found = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(package)) for path in found if path.suffix not in (".py", ".pyc")}


def test_what_is_no_module_is_there_too(machine: Machine) -> None:
    where = Path(machine.must("python", "-c", "import arcbatt; print(arcbatt.__file__)").strip()).parent
    assert data_files(where) == data_files(ROOT / "src/arcbatt")
    assert any(name.startswith("report/html/templates/") for name in data_files(where))


def test_a_page_is_made(machine: Machine) -> None:
    told = machine.must("arcbatt", "run", "007bbfb7", "--engine", "python", "--workspace", "for-pages")
    assert "1 task" in told
    machine.must("arcbatt", "compare", "for-pages", "for-pages:1", "-o", "page.html")
    assert (machine.folder / "page.html").read_text().startswith("<!doctype html>")


def test_there_is_no_network(machine: Machine) -> None:
    # mdurl without --no-index would come from the registry, if anything could.
    wanted = ("--no-cache-dir", "--retries", "0", "download", "--no-deps", "--dest", "down", "mdurl")
    assert machine.do("python", "-m", "pip", *wanted).returncode != 0


def test_the_python_engine_runs_the_main_job(machine: Machine) -> None:
    told = machine.must("arcbatt", "run", "007bbfb7", "--engine", "python", "--workspace", "by-python")
    assert "1 task: 1 solved" in told


def test_the_native_engine_is_found_and_runs_the_main_job(machine: Machine) -> None:
    chosen = machine.do("python", "-c", "import arcbatt.engine as e; e.select_engine('native')")
    if "that this version cannot use" in chosen.stderr:
        pytest.skip("the native module has no engine yet")
    engines = json.loads(machine.must("arcbatt", "doctor", "--json"))["engines"]
    assert engines["auto"] == "native"
    assert set(engines["available"]) == {"native", "python"}
    for engine in ("auto", "native"):
        told = machine.must("arcbatt", "run", "007bbfb7", "--engine", engine, "--workspace", f"by-{engine}")
        assert "1 task: 1 solved" in told
