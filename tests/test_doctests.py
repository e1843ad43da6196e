"""Every public name has an example in its docstring, and every example runs."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys

import pytest

import arcbatt

NAMES = [name for name in arcbatt.__all__ if not name.startswith("__")]
DECLARING = ("constant", "primitive")
"""Their examples change what programs of this process may use."""


def failures_of(name: str) -> str:
    """What goes wrong in the examples of a name; "" when nothing does."""
    scope = {"__name__": "example", **{public: getattr(arcbatt, public) for public in NAMES}}
    found = inspect.getdoc(getattr(arcbatt, name)) or ""
    examples = doctest.DocTestParser().get_doctest(found, scope, f"arcbatt.{name}", None, 0)
    if not examples.examples:
        return f"{name} has no example"
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    lines: list[str] = []
    runner.run(examples, out=lines.append)
    return "".join(lines)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DECLARING])
def test_the_examples_of_a_public_name_run(name: str) -> None:
    assert failures_of(name) == ""


@pytest.mark.parametrize("name", DECLARING)
def test_the_examples_of_what_declares_something_run_in_a_process_of_their_own(name: str) -> None:
    code = f"import sys; sys.path.insert(0, {str(__file__).rpartition('/')[0]!r})\n"
    code += f"from test_doctests import failures_of; print(failures_of({name!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_example_of_the_package_runs() -> None:
    assert doctest.testmod(arcbatt, optionflags=doctest.ELLIPSIS).failed == 0
