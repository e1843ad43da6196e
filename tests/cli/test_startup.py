"""What a command does not need it does not import: that is most of the time that it takes to start."""

from __future__ import annotations

import subprocess
import sys

import pytest

from arcbatt.engine import available_engines

_SCRIPT = """
import sys
sys.argv = ["arcbatt", *{arguments!r}]
from arcbatt.cli.main import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
finally:
    print([name for name in {unwanted!r} if name in sys.modules], file=sys.stderr)
"""


def imported(arguments, unwanted, cwd):
    """Those of the unwanted modules that a command imports."""
    code = _SCRIPT.format(arguments=arguments, unwanted=unwanted)
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1]


def test_help_imports_no_engine_and_no_store(tmp_path):
    unwanted = ["arcbatt.dsl", "arcbatt.store", "arcbatt.pipeline", "rich", "asyncio", "multiprocessing", "json"]
    assert imported(["--help"], unwanted, tmp_path) == "[]"


@pytest.mark.skipif("native" not in available_engines(), reason="the python engine works in processes")
def test_a_run_on_threads_imports_nothing_of_processes(tmp_path):
    unwanted = ["multiprocessing", "pebble", "arcbatt.execute.pool", "asyncio", "importlib.metadata", "tomllib", "rich"]
    assert imported(["run", "007bbfb7", "-q"], unwanted, tmp_path) == "[]"
