"""Any thread may be the first to use the native engine, also one that ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from arcbatt.engine import available_engines

_SCRIPT = """
import threading
from arcbatt.engine import select_engine

def use():
    select_engine("native")

for _ in range(30):
    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
print("done")
"""


@pytest.mark.skipif("native" not in available_engines(), reason="there is no native engine here")
def test_threads_that_end_may_load_it():
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
