"""Leaves wheels in a folder, for the Makefile. Run it with the Python of ``.venv``::

    python tools/wheels.py dist                        arcbatt and arcbatt-native
    python tools/wheels.py dist --bundle               every wheel that they need too
    python tools/wheels.py dist --bundle 3.12 3.13     for these versions of Python

Wheels that lie there are removed first. With ``ARCBATT_NATIVE=0`` the native one is left out.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from native import ROOT, BuildError, NoToolchainError, build, find_toolchain, need, pip

PYTHONS = ("3.11", "3.12", "3.13")
"""What machines without network have today; a bundle has the wheels for these and for the Python that makes it."""

_ZIG = "ziglang>=0.17,<0.18"
_OLD = ("manylinux_2_17", "manylinux2014")
_NEWER = ("manylinux_2_27", "manylinux_2_28")


def make_wheels(folder: Path) -> list[Path]:
    """Builds the wheels of both distributions into an empty folder."""
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    wheels = list(folder.glob("arcbatt-*.whl"))
    if os.environ.get("ARCBATT_NATIVE") == "0":
        return wheels
    toolchain = find_toolchain()
    if _is_glibc():  # zig links against the symbols of an old glibc, so that the wheel is good on older machines too
        need(_ZIG)
        return [*wheels, build(toolchain, folder, "--zig", "--compatibility", "manylinux2014")]
    return [*wheels, build(toolchain, folder)]


def add_dependencies(wheels: list[Path], folder: Path, pythons: list[str]) -> None:
    """Adds the wheels that these need. They are named by path, so that no index is asked for arcbatt itself."""
    command = ["download", "--quiet", "--only-binary", ":all:", "--dest", str(folder), *map(str, wheels)]
    if not _is_glibc():  # pip knows only the platform that it runs on well enough
        pip(*command)
        return
    for python in pythons:
        tags = ["--implementation", "cp", "--python-version", python, "--abi", f"cp{python.replace('.', '')}"]
        tags += ["--abi", "abi3", "--abi", "none"]
        try:
            pip(*command, *tags, *_platforms(_OLD))
        except BuildError:
            print(f"Python {python} has no such wheels for glibc 2.17: taking those for 2.28", flush=True)
            pip(*command, *tags, *_platforms(_OLD + _NEWER))


def _is_glibc() -> bool:
    return sys.platform == "linux" and platform.libc_ver()[0] == "glibc"


def _platforms(names: tuple[str, ...]) -> list[str]:
    return [word for name in names for word in ("--platform", f"{name}_{platform.machine()}")]


def main(arguments: list[str]) -> int:
    """Makes all in folders of its own first: what fails a check never lies in the one that is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bundle", nargs="*", metavar="PYTHON")
    options = parser.parse_args(arguments)
    target: Path = options.folder
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.whl"):
        old.unlink()
    try:
        with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as bundle:
            wheels = make_wheels(Path(made))
            if options.bundle is not None:
                here = f"{sys.version_info.major}.{sys.version_info.minor}"
                add_dependencies(wheels, Path(bundle), options.bundle or sorted({*PYTHONS, here}))
                wheels = list(Path(bundle).iterdir())  # these two are among them
            for wheel in sorted(wheels):
                shutil.move(wheel, target)
                print(target / wheel.name)
    except NoToolchainError as why:
        print(f"{why}: no native wheel can be built; NATIVE=0 leaves it out", file=sys.stderr)
        return 1
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
