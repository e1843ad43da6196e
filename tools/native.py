"""The native engine where there is a Rust toolchain, for the Makefile. Run it with the Python of ``.venv``::

    python tools/native.py install    build it into .venv, if rust/ has changed since the last time
    python tools/native.py lint       rustfmt and clippy
    python tools/native.py test       cargo test
    python tools/native.py found      tell the toolchain; status 1 without

Without a toolchain, or with ``ARCBATT_NATIVE=0``, the others say so in a line and succeed. A build that fails is an
error.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cargo import CargoProgress, count_crates
from check_wheel import problem_of
from step import Step, run_step

ROOT = Path(__file__).resolve().parents[1]
RUST = ROOT / "rust"
_SOURCES = ("src", "Cargo.toml", "Cargo.lock", "pyproject.toml", "README.md")


class NoToolchainError(Exception):
    """There is no Rust toolchain that can build the engine; says why."""


class BuildError(Exception):
    """A command failed, or what it made is no good."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Rust toolchain that is new enough: its version, and the environment in which it is found."""

    version: str
    env: dict[str, str]


def find_toolchain() -> Toolchain:
    """The toolchain on PATH or, failing that, where rustup puts it."""
    if os.environ.get("ARCBATT_NATIVE") == "0":
        raise NoToolchainError("NATIVE=0")
    needed = tomllib.loads((RUST / "Cargo.toml").read_text(encoding="utf-8"))["package"]["rust-version"]
    path = os.environ.get("PATH", os.defpath)
    home = os.environ.get("CARGO_HOME") or Path.home() / ".cargo"
    why = f"no Rust toolchain found (cargo {needed} or later builds the native engine)"
    for candidate in (path, f"{home}/bin{os.pathsep}{path}"):
        # The folder of this Python comes first: maturin looks there for zig and for the interpreter.
        env = {**os.environ, "PATH": f"{sys.prefix}/bin{os.pathsep}{candidate}", "PYO3_PYTHON": sys.executable}
        if not _answer(env, "cargo", "--version"):  # a rustup without a toolchain has a cargo that only fails
            continue
        version = re.match(r"rustc (\d+)\.(\d+)\S*", _answer(env, "rustc", "--version"))
        if version is None:
            continue
        if [int(version[1]), int(version[2])] >= [int(part) for part in needed.split(".")[:2]]:
            return Toolchain(version[0].removeprefix("rustc "), env)
        why = f"the Rust toolchain here is {version[0]}, the native engine needs {needed} or later"
    raise NoToolchainError(why)


def build(toolchain: Toolchain, folder: Path, *options: str) -> Path:
    """Builds the native wheel into an empty folder; a wheel that does not work is an error."""
    need(*tomllib.loads((RUST / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"])
    command = [
        sys.executable, "-m", "maturin", "build", "--release", "--locked", "--interpreter", sys.executable,
        "--out", str(folder), *options,
    ]  # fmt: skip
    env = {**toolchain.env, "CARGO_TERM_COLOR": "never", "CARGO_TERM_PROGRESS_WHEN": "never"}
    step = Step(f"building the native engine with Rust {toolchain.version}")
    progress = CargoProgress(step, "arcbatt-native", count_crates(RUST, toolchain.env))
    status, printed = run_step(step, command, progress.read, RUST, env)
    if status:
        raise BuildError(f"{printed}\nfailed: {' '.join(command)}")
    (wheel,) = folder.glob("arcbatt_native-*.whl")
    problem = problem_of(wheel)
    if problem is not None:
        raise BuildError(f"{wheel.name}: {problem}")
    return wheel


def need(*requirements: str) -> None:
    """Installs what builds wheels into ``.venv``, where it is not there yet: most people never need it."""
    missing = [item for item in requirements if importlib.util.find_spec(re.split(r"\W", item)[0]) is None]
    if missing:
        pip_step(f"installing {', '.join(missing)}", "install", *missing)
        importlib.invalidate_caches()


def pip(*arguments: str) -> None:
    """Runs pip."""
    run(*_pip_command(*arguments))


def pip_step(title: str, *arguments: str) -> None:
    """Runs pip as a step with a title; what it prints is shown when it fails."""
    command = _pip_command(*arguments)
    status, printed = run_step(Step(title), command)
    if status:
        raise BuildError(f"{printed}\nfailed: {' '.join(command)}")


def _pip_command(*arguments: str) -> list[str]:
    if sys.prefix == sys.base_prefix:
        raise BuildError("run this with .venv/bin/python: what it needs is installed there")
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]


def run(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Runs a command and demands that it succeeds."""
    if subprocess.run(command, cwd=cwd, env=env, check=False).returncode:
        raise BuildError("failed: " + " ".join(command))


def install() -> None:
    """Brings the engine in ``.venv`` to what ``rust/`` says, or takes it out where that cannot be."""
    stamp = Path(sys.prefix) / ".native"
    is_there = importlib.util.find_spec("arcbatt_native") is not None
    is_current = is_there and stamp.exists() and stamp.read_text() == _fingerprint()
    try:
        toolchain = find_toolchain()
    except NoToolchainError as why:
        if is_current and os.environ.get("ARCBATT_NATIVE") != "0":
            print(f"{why}: going on with the native engine that was built before")
            return
        if is_there:  # it is not wanted, or it is older than its source
            pip("uninstall", "--quiet", "--yes", "arcbatt-native")
        stamp.unlink(missing_ok=True)
        print(f"{why}: going on without the native engine")
        return
    if is_current:
        return
    fingerprint = _fingerprint()
    with tempfile.TemporaryDirectory() as folder:
        # Only for this machine: the check that it would run on others is left out.
        options = ["--compatibility", "linux"] if sys.platform == "linux" else []
        wheel = build(toolchain, Path(folder), *options)
        pip("install", "--quiet", "--no-index", "--no-deps", "--force-reinstall", str(wheel))
    stamp.write_text(fingerprint)


def lint() -> None:
    """The style of the Rust code."""
    toolchain = find_toolchain()
    for tool, component, *options in (
        ("fmt", "rustfmt", "--check"),
        ("clippy", "clippy", "--quiet", "--locked", "--all-targets", "--", "-D", "warnings"),
    ):
        if _answer(toolchain.env, "cargo", tool, "--version"):
            run("cargo", tool, *options, cwd=RUST, env=toolchain.env)
        else:
            print(f"cargo {tool} is not installed: going on without (rustup component add {component})")


def test() -> None:
    """The tests of the Rust code."""
    # Without what Python sees, nothing has to be linked with a libpython, which many machines do not have.
    toolchain = find_toolchain()
    run("cargo", "test", "--quiet", "--locked", "--no-default-features", cwd=RUST, env=toolchain.env)


def found() -> None:
    """Tells the toolchain."""
    print(f"Rust {find_toolchain().version}")


def _answer(env: dict[str, str], *command: str) -> str:
    program = shutil.which(command[0], path=env["PATH"])
    if program is None:
        return ""
    done = subprocess.run([program, *command[1:]], cwd=RUST, env=env, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        path = RUST / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(f"{file.relative_to(RUST)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def main(arguments: list[str]) -> int:
    """Runs one of the commands."""
    commands = {"install": install, "lint": lint, "test": test, "found": found}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    command = commands[arguments[0]]
    try:
        command()
    except NoToolchainError as why:
        print(why if command is found else f"{why}: the Rust code is not checked")
        return 1 if command is found else 0
    except BuildError as error:
        print(f"{error}\nmake NATIVE=0 goes on without the native engine", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
