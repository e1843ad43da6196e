"""Users' primitives that hang, die or take all memory, in a file as a user would write it."""

from __future__ import annotations

from pathlib import Path

SOURCE = '''
import ctypes, os, threading, time
from arcbatt import primitive
from arcbatt.dsl.types import Any, Grid

KEPT = []

@primitive
def loops(grid: Grid) -> Grid:
    while True:
        pass

@primitive
def sleeps(grid: Grid) -> Grid:
    time.sleep(1000)

@primitive
def blocks(grid: Grid) -> Grid:
    return sum(range(10**13))

def spin():
    while True:
        x = 1

@primitive
def swallows(grid: Grid) -> Grid:
    while True:
        try:
            spin()
        except BaseException:
            pass

@primitive
def exits(grid: Grid) -> Grid:
    os._exit(0)

@primitive
def crashes(grid: Grid) -> Grid:
    ctypes.string_at(0)

@primitive
def keeps(grid: Grid) -> Grid:
    while True:
        KEPT.append(bytearray(10**6))

@primitive
def spawns(grid: Grid) -> Grid:
    for _ in range(3):
        threading.Thread(target=time.sleep, args=(1000,)).start()
    return grid

@primitive
def calls(function: Any, grid: Grid) -> Any:
    return function(grid)

@primitive
def fine(grid: Grid) -> Grid:
    return grid
'''


def write_hanging(folder: Path) -> Path:
    """Writes the file and gives its path."""
    path = folder / "hanging.py"
    path.write_text(SOURCE)
    return path
