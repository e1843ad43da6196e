"""What Python itself makes of a program: the file executed, with the DSL's own functions, as its author would."""

from __future__ import annotations

from typing import Any

import arcbatt.dsl as dsl
from arcbatt.engine import Failure
from arcbatt.engine.python import PythonEngine
from arcbatt.program import Program


def in_python(text: str, name: str, grid: Any, pairs: Any = ()) -> Any:
    """The result of a function of a text, executed by Python; the exception's type where it fails."""
    names: dict[str, Any] = {word: getattr(dsl, word) for word in dsl.__all__}
    exec(compile(text, "<text>", "exec"), names)
    function = names[name]
    given = {"I": grid, "S": pairs}
    parameters = function.__code__.co_varnames[: function.__code__.co_argcount]
    try:
        return function(**{word: given[word] for word in parameters})
    except Exception as error:
        return type(error)


def in_engine(program: Program, grid: Any, pairs: Any = ()) -> Any:
    """The result of a program in the python engine; the class ``Exception`` where it fails."""
    (outcome,) = PythonEngine().open(program.graph).bind(S=pairs).bind(I=grid).run([program.root])
    return Exception if isinstance(outcome.failure, Failure) else outcome.value
