"""What builds the native engine: with a toolchain, without one, and when a wheel is no good."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import arcbatt

ROOT = Path(__file__).parents[2]
WHEEL = "arcbatt_native-0.1.0-cp311-abi3-manylinux_2_17_x86_64.whl"
FAKE_MATURIN = f"""
import sys, zipfile
if sys.argv[1:2] != ["build"]:
    sys.exit("not a build")
folder = sys.argv[sys.argv.index("--out") + 1]
with zipfile.ZipFile(folder + "/{WHEEL}", "w") as archive:
    archive.writestr("arcbatt_native/__init__.py", "__version__ = '0.1.0'")
"""
FAKE_PIP = """
import pathlib, sys
if "wheel" in sys.argv:
    pathlib.Path(sys.argv[sys.argv.index("--wheel-dir") + 1], "arcbatt-0.1.0-py3-none-any.whl").touch()
else:
    sys.exit("no network")
"""


def toml(name: str) -> dict[str, object]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def test_the_two_distributions_have_one_version() -> None:
    project, crate, native = toml("pyproject.toml"), toml("rust/Cargo.toml"), toml("rust/pyproject.toml")
    (locked,) = [item for item in toml("rust/Cargo.lock")["package"] if item["name"] == "arcbatt-native"]
    version = arcbatt.__version__
    assert project["project"]["version"] == version
    assert project["project"]["optional-dependencies"]["native"] == [f"arcbatt-native=={version}"]
    assert crate["package"]["version"] == locked["version"] == native["project"]["version"] == version


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """An environment without anything, in which a build may do what it likes."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    return tmp_path / "venv"


def put(venv: Path, module: str, text: str) -> None:
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / module).mkdir()
    (packages / module / "__init__.py").touch()
    (packages / module / "__main__.py").write_text(text)


def put_toolchain(folder: Path, version: str, status: int = 0) -> None:
    folder.mkdir()
    for name in ("cargo", "rustc"):
        (folder / name).write_text(f"#!/bin/sh\necho {name} {version}\nexit {status}\n")
        (folder / name).chmod(0o755)


def tool(venv: Path, *arguments: object, path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a tool where only what lies in one folder is on PATH."""
    return subprocess.run(
        [venv / "bin/python", ROOT / "tools" / str(arguments[0]), *map(str, arguments[1:])],
        env={**os.environ, "ARCBATT_NATIVE": "", "PATH": str(path), "CARGO_HOME": str(path), **env},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


WITHOUT = {
    "install": "going on without the native engine",
    "lint": "the Rust code is not checked",
    "test": "the Rust code is not checked",
}


@pytest.mark.parametrize("command", WITHOUT)
def test_without_a_toolchain_it_says_so_and_goes_on(venv: Path, tmp_path: Path, command: str) -> None:
    done = tool(venv, "native.py", command, path=tmp_path / "nothing")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf"no Rust toolchain found \(.*\): {WITHOUT[command]}\n", done.stdout)


@pytest.mark.parametrize("command", WITHOUT)
def test_it_can_be_left_out(venv: Path, tmp_path: Path, command: str) -> None:
    put_toolchain(tmp_path / "bin", "1.99.0")
    done = tool(venv, "native.py", command, path=tmp_path / "bin", ARCBATT_NATIVE="0")
    assert (done.returncode, done.stdout) == (0, f"NATIVE=0: {WITHOUT[command]}\n")


def test_an_old_toolchain_is_told(venv: Path, tmp_path: Path) -> None:
    put_toolchain(tmp_path / "bin", "1.63.0")
    done = tool(venv, "native.py", "install", path=tmp_path / "bin")
    assert done.returncode == 0
    told = r"the Rust toolchain here is rustc 1\.63\.0, the native engine needs 1\.\d+ or later: going on without"
    assert re.match(told, done.stdout)


def test_a_newer_one_where_rustup_puts_it_is_found(venv: Path, tmp_path: Path) -> None:
    put_toolchain(tmp_path / "old", "1.63.0")
    (tmp_path / "home").mkdir()
    put_toolchain(tmp_path / "home/bin", "1.99.0")
    put(venv, "maturin", FAKE_MATURIN)
    done = tool(venv, "native.py", "install", path=tmp_path / "old", CARGO_HOME=str(tmp_path / "home"))
    assert re.fullmatch(r"building the native engine with Rust 1\.99\.0\n  done in \d+ s\n", done.stdout)


def test_a_rustup_without_a_toolchain_is_none(venv: Path, tmp_path: Path) -> None:
    put_toolchain(tmp_path / "bin", "1.99.0", status=1)
    done = tool(venv, "native.py", "install", path=tmp_path / "bin")
    assert done.returncode == 0
    assert done.stdout.startswith("no Rust toolchain found")


def test_a_build_that_fails_is_an_error(venv: Path, tmp_path: Path) -> None:
    put_toolchain(tmp_path / "bin", "1.99.0")
    put(venv, "maturin", "import sys; sys.exit('error[E0425]: cannot find value')")
    done = tool(venv, "native.py", "install", path=tmp_path / "bin")
    assert done.returncode == 1
    assert "E0425" in done.stderr
    assert "NATIVE=0" in done.stderr
    assert not (venv / ".native").exists()


def test_no_wheel_without_its_module_is_installed(venv: Path, tmp_path: Path) -> None:
    put_toolchain(tmp_path / "bin", "1.99.0")
    put(venv, "maturin", FAKE_MATURIN)
    done = tool(venv, "native.py", "install", path=tmp_path / "bin")
    assert done.returncode == 1
    assert "no arcbatt_native*.so inside" in done.stderr


def test_no_wheel_without_its_module_is_left(venv: Path, tmp_path: Path) -> None:
    put_toolchain(tmp_path / "bin", "1.99.0")
    for module, text in (("maturin", FAKE_MATURIN), ("pip", FAKE_PIP), ("ziglang", "")):
        put(venv, module, text)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / WHEEL).touch()
    done = tool(venv, "wheels.py", tmp_path / "dist", path=tmp_path / "bin")
    assert done.returncode == 1
    assert "no arcbatt_native*.so inside" in done.stderr
    assert list((tmp_path / "dist").iterdir()) == []


def test_wheels_want_a_toolchain_or_to_be_told(venv: Path, tmp_path: Path) -> None:
    put(venv, "pip", FAKE_PIP)
    done = tool(venv, "wheels.py", tmp_path / "dist", path=tmp_path / "nothing")
    assert done.returncode == 1
    assert "no Rust toolchain found" in done.stderr
    done = tool(venv, "wheels.py", tmp_path / "dist", path=tmp_path / "nothing", ARCBATT_NATIVE="0")
    assert done.returncode == 0
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["arcbatt-0.1.0-py3-none-any.whl"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"arcbatt_native/__init__.py": b"__version__ = '0.1.0'"}, "there is no arcbatt_native*.so inside"),
        ({"arcbatt_native/arcbatt_native.abi3.so": b"\x7fELF"}, "too few for an engine"),
        ({"arcbatt_native.abi3.so": b"\x7fELF" + bytes(200_000)}, "it cannot be imported: ImportError"),
        ({"arcbatt_native.abi3.so": bytes(200_000) + b"GLIBC_2.34"}, "needs glibc 2.34"),
        ({"arcbatt_native/__init__.py": b"__version__ = '0'", "arcbatt_native/arcbatt_native.so": bytes(200_000)},
         "the module inside is version 0"),
    ],
)  # fmt: skip
def test_a_bad_wheel_fails_the_check(tmp_path: Path, files: dict[str, bytes], problem: str) -> None:
    with zipfile.ZipFile(tmp_path / WHEEL, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    command = [sys.executable, ROOT / "tools/check_wheel.py", tmp_path / WHEEL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert problem in done.stderr


def test_what_is_no_wheel_fails_the_check(tmp_path: Path) -> None:
    (tmp_path / WHEEL).write_text("not an archive")
    command = [sys.executable, ROOT / "tools/check_wheel.py", tmp_path / WHEEL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
