"""A device in a process of its own, where several threads stand for the lanes of a warp."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path
from struct import pack, unpack
from typing import Any

from arcbatt.engine.cuda.device import DeviceLostError
from arcbatt.engine.cuda.enumeration.steps import STEPS

SERVER_SOURCE = """
#include <cstdio>
#include <cstdlib>

static void get(void* to, size_t size) {
    if (size && fread(to, 1, size, stdin) != size) exit(feof(stdin) ? 0 : 1);
}

static void put(const void* from, size_t size) {
    fwrite(from, 1, size, stdout);
    fflush(stdout);
}

int main() {
    static const char* const names[] = {
#define STEP(name) #name,
        STEPS(STEP)
#undef STEP
    };
    for (;;) {
        i64 order[4];
        get(order, sizeof(order));
        u8* place = (u8*)order[1];
        if (order[0] == 0) {
            i64 made = (i64)malloc((size_t)order[2]);
            memset((void*)made, 5, (size_t)order[2]);
            put(&made, 8);
        }
        if (order[0] == 1) free(place);
        if (order[0] == 2) get(place, (size_t)order[2]);
        if (order[0] == 3) memset(place, (int)order[3], (size_t)order[2]);
        if (order[0] == 4) arcbatt_search(names[order[2]], (const Round*)place);
        if (order[0] == 5) put(place, (size_t)order[2]);
    }
}
"""
"""The process: orders of four numbers, what is done, where, and two more; content after an upload, answers to some."""
_MOST_S = 120
_ALLOCATE, _RELEASE, _UPLOAD, _FILL, _RUN, _READ = range(6)


class LaneDevice:
    """Runs the steps of searches in a program built from :data:`SERVER_SOURCE`. Memory is its address."""

    name = "lanes"

    def __init__(self, program: Path) -> None:
        environment = {**os.environ, "TSAN_OPTIONS": "exitcode=66"}
        self._process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        # Lanes that go different ways wait for each other without end.
        self._watchdog = threading.Timer(_MOST_S, self._process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()

    def end(self) -> tuple[int, str]:
        """Ends the program; its status and what it complained of."""
        _, complaints = self._process.communicate()
        self._watchdog.cancel()
        return self._process.returncode, complaints.decode()

    def _order(self, *numbers: int, content: bytes = b"", size: int = 0) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(pack("<4q", *numbers, *[0] * (4 - len(numbers))) + content)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise DeviceLostError("the program has ended") from None
        answer = self._process.stdout.read(size)
        if len(answer) < size:
            raise DeviceLostError("the program has ended")
        return answer

    def allocate(self, size: int) -> int:
        (address,) = unpack("<q", self._order(_ALLOCATE, 0, size, size=8))
        return int(address)

    def release(self, memory: int) -> None:
        self._order(_RELEASE, memory)

    def upload(self, memory: int, rows: list[bytes], stride: int) -> None:
        for number, row in enumerate(rows):
            self._order(_UPLOAD, memory + number * stride, len(row), content=row)

    def address(self, memory: int) -> int:
        return memory

    def fill(self, memory: int, size: int, byte: int) -> None:
        self._order(_FILL, memory, size, byte)

    def run(self, step: str, round_: int, warps: int) -> None:
        self._order(_RUN, round_, STEPS.index(step))

    def read(self, memory: int, offset: int, size: int) -> bytes:
        return self._order(_READ, memory + offset, size, size=size)

    def free_bytes(self) -> int:
        return 1 << 30

    def launch(self, *arguments: Any) -> None:
        raise NotImplementedError

    def download(self, memory: int, size: int, count: int) -> list[bytes]:
        raise NotImplementedError
