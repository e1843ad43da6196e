"""Drawing is the lowest layer: the standard library, and nothing else of arcbatt."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import arcbatt.drawing

MODULES = sorted(Path(arcbatt.drawing.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_a_module_imports_the_standard_library_and_its_neighbors_alone(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    strange = {
        name for name in names
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("arcbatt.drawing")
    }  # fmt: skip
    assert strange == set()


def test_what_is_drawn_does_not_depend_on_hash_seeds() -> None:
    code = (
        "from arcbatt.drawing.grids import *; from arcbatt.drawing.png import png_bytes; "
        "from arcbatt.drawing.svg import *; import hashlib; "
        "text = grid_svg(((1, 2), (3, 4)), marks={(0, 0), (1, 1), (0, 1)}, palette='colorblind', title='t'); "
        "data = png_bytes(patches_picture([{(0, 0, 1), (1, 1, None)}, {(2, 2, 5)}], (3, 3))); "
        "print(hashlib.sha256(text.encode() + data).hexdigest())"
    )
    found = set()
    for seed in ("0", "1", "2"):
        environment = {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1
