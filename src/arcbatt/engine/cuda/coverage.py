"""What there are kernels for: ``kernels/table.cuh``, read once. That file is the one place where a kernel gets its
number, and the forms of what it takes and gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from arcbatt.engine.cuda.layout import FORMS
from arcbatt.engine.cuda.source import source_text

__all__ = ["MOST_ARGUMENTS", "Kernel", "functions", "kernels", "kernels_by_call"]

MOST_ARGUMENTS: Final = 5
_LINE = re.compile(r"CALL\((\w+), (\w+), (\w+), ([A-Z](?:, [A-Z])+)\)")

_FUNCTIONS = re.compile(r"enum Function \{\s+NO_FUNCTION,((?:\s+FUNCTION_\w+,?)+)\s+\};")


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel of the table.

    Attributes:
        number: the number of its line in the table, from 1.
        primitive: the name of the primitive that it stands for.
        function: the name of the kernel; several primitives or forms may share one.
        takes: the forms of the arguments, a letter each, see :mod:`arcbatt.engine.cuda.layout`.
        gives: the form of the result.
    """

    number: int
    primitive: str
    function: str
    takes: str
    gives: str


@cache
def kernels() -> tuple[Kernel, ...]:
    """All kernels by number."""
    found = []
    for number, line in enumerate(source_text("table.cuh").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            assert line.startswith("//"), line
            continue
        primitive, function, _, forms = match.groups()
        gives, *takes = forms.split(", ")
        assert {gives, *takes} <= FORMS
        assert len(takes) <= MOST_ARGUMENTS
        found.append(Kernel(number, primitive, function, "".join(takes), gives))
    return tuple(found)


@cache
def kernels_by_call() -> dict[tuple[str, str], Kernel]:
    """The kernel for each primitive and the forms of its arguments."""
    found = {(kernel.primitive, kernel.takes): kernel for kernel in kernels()}
    assert len(found) == len(kernels())
    return found


@cache
def functions() -> dict[str, int]:
    """The primitives that a device knows as functions, by name: their numbers from 1, as ``enum Function`` of
    ``kernels/functions.cuh`` has them.
    """
    found = _FUNCTIONS.search(source_text("functions.cuh"))
    assert found is not None
    names = found[1].replace("FUNCTION_", "").lower().replace(",", "").split()
    return {name: number for number, name in enumerate(names, 1)}
