"""How the starter programs are found and handed out."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import arcbatt
from arcbatt.library import starter_differs, starter_programs, starter_solvers

PACKAGE = Path(arcbatt.__file__).parent


def identities(programs):
    return [(program.name, program.md5) for program in programs]


def test_all_programs_are_the_solvers_then_the_differs():
    assert identities(starter_programs()) == identities([*starter_solvers(), *starter_differs()])
    assert {program.kind for program in starter_solvers()} == {"solver"}
    assert {program.kind for program in starter_differs()} == {"differ"}


def test_the_order_is_that_of_the_files():
    expected = [
        line.removeprefix("def ").partition("(")[0]
        for folder in ("solvers", "found")
        for path in sorted((PACKAGE / "library" / folder).glob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("def ")
    ]
    assert [program.name for program in starter_solvers()] == expected


def test_a_caller_may_change_the_list():
    starter_programs().clear()
    assert starter_programs()


def test_found_inside_a_zip_and_never_imported(tmp_path):
    archive = tmp_path / "arcbatt.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.txt")]):
            file.write(path, Path("arcbatt") / path.relative_to(PACKAGE))
    code = (
        "import sys, arcbatt.library as library\n"
        "assert '.zip' in library.__file__\n"
        "print(*[program.md5 for program in library.starter_programs()])\n"
        "assert len(library.general_solvers()) + len(library.accidental_solvers()) == len(library.starter_solvers())\n"
        "data = ('arcbatt.library.solvers', 'arcbatt.library.found', 'arcbatt.library.differs')\n"
        "assert not [name for name in sys.modules if name.startswith(data)]\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(archive), "ARCBATT_CACHE": str(tmp_path / "cache")}
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert result.stdout.split() == [program.md5 for program in starter_programs()]
