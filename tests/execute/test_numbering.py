"""Numbers of processes: small, stable while they live, and free again afterwards."""

from __future__ import annotations

import os
import subprocess
import sys

from arcbatt.execute.numbering import Numbering


def waiting() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)


def test_the_number_of_an_ended_process_is_given_again() -> None:
    numbering = Numbering()
    first, second = waiting(), waiting()
    assert [numbering.of(pid) for pid in (first.pid, os.getpid(), second.pid)] == [1, 2, 3]
    first.communicate(b"\n")
    third = waiting()
    assert [numbering.of(pid) for pid in (third.pid, second.pid, os.getpid(), third.pid)] == [1, 3, 2, 1]
    for process in (second, third):
        process.communicate(b"\n")
