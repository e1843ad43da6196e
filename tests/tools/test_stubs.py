"""The type stubs of the native engine say what the module has."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from support.twins import needs_native

ROOT = Path(__file__).parents[2]
STUB = ast.parse((ROOT / "rust" / "arcbatt_native.pyi").read_text())


def parameters(function: ast.FunctionDef) -> list[str]:
    """Names of the parameters, without ``self`` and ``cls``."""
    return [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]


def parameters_of(made: object) -> list[str]:
    """The same of the module's."""
    return [name for name in inspect.signature(made).parameters if name not in ("self", "cls")]  # type: ignore[arg-type]


@needs_native
def test_functions_and_their_parameters_are_those_of_the_module() -> None:
    import arcbatt_native

    functions = {item.name: item for item in STUB.body if isinstance(item, ast.FunctionDef)}
    classes = {item.name: item for item in STUB.body if isinstance(item, ast.ClassDef)}
    public = {name for name in dir(arcbatt_native) if not name.startswith("__")} - {"arcbatt_native"}
    assert public == {*functions, *classes}
    for name, function in functions.items():
        assert parameters(function) == parameters_of(getattr(arcbatt_native, name)), name
    for name, kind in classes.items():
        made = getattr(arcbatt_native, name)
        methods = {item.name: item for item in kind.body if isinstance(item, ast.FunctionDef)}
        known = {method for method in dir(made) if not method.startswith("__")}
        assert known == {method for method in methods if not method.startswith("__")}, name
        assert ("__len__" in methods) == hasattr(made, "__len__"), name
        for method in known:
            assert parameters(methods[method]) == parameters_of(getattr(made, method)), f"{name}.{method}"
        if "__new__" in methods:
            assert parameters(methods["__new__"]) == parameters_of(made), name


def test_both_distributions_say_that_they_are_typed() -> None:
    assert (ROOT / "src" / "arcbatt" / "py.typed").is_file()
    assert "@final" in (ROOT / "rust" / "arcbatt_native.pyi").read_text()  # maturin adds py.typed beside it
