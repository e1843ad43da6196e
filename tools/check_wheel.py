"""Checks that a wheel of the native engine has a module inside that works: ``python tools/check_wheel.py WHEEL...``.

maturin can leave a wheel without its module, or with one that Python cannot import, and call that a success.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

MODULE = "arcbatt_native"
LEAST_BYTES = 100_000
"""An engine is several times larger; an empty module is smaller."""

_IMPORT = f"""
import sys
sys.path.insert(0, sys.argv[1])
import {MODULE}
assert {MODULE}.__file__.startswith(sys.argv[1]), {MODULE}.__file__
print({MODULE}.__version__)
"""


def problem_of(wheel: Path) -> str | None:
    """What is wrong with a wheel, in a line; None when it is good."""
    try:
        with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
            modules = [name for name in archive.namelist() if re.fullmatch(rf"(.*/)?{MODULE}\b[^/]*\.so", name)]
            if not modules:
                return f"there is no {MODULE}*.so inside"
            for name in modules:
                content = archive.read(name)
                if len(content) < LEAST_BYTES:
                    return f"{name} has {len(content)} bytes, too few for an engine"
                if (newer := _newer_glibc(wheel.name, content)) is not None:
                    return f"{name} needs glibc {newer}, newer than the name of the wheel says"
            archive.extractall(folder)
            return _import(wheel, folder)
    except (OSError, zipfile.BadZipFile) as error:
        return f"it cannot be read: {error}"


def _newer_glibc(name: str, content: bytes) -> str | None:
    promised = re.search(r"manylinux_(\d+)_(\d+)_", name)
    versions = {(int(major), int(minor)) for major, minor in re.findall(rb"GLIBC_(\d+)\.(\d+)", content)}
    newest = max(versions, default=(0, 0))
    if promised is None or newest <= (int(promised[1]), int(promised[2])):
        return None
    return f"{newest[0]}.{newest[1]}"


def _import(wheel: Path, folder: str) -> str | None:
    done = subprocess.run([sys.executable, "-I", "-c", _IMPORT, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        return "it cannot be imported: " + (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
    if done.stdout.strip() != wheel.name.split("-")[1]:
        return f"the module inside is version {done.stdout.strip()}"
    return None


def main(arguments: list[str]) -> int:
    """Checks each wheel; status 1 when one is bad."""
    problems = {argument: problem_of(Path(argument)) for argument in arguments}
    for argument, problem in problems.items():
        print(f"{argument}: {problem or 'good'}", file=sys.stderr if problem else sys.stdout)
    return 1 if any(problems.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
