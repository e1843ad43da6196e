"""Static types: what each node of a program yields when its primitives get arguments of their declared types.

Results are those of the registry's signatures, made narrower where arguments tell more (``first`` of objects is an
object) and wider where the vocabulary's annotation says too much (``mfilter`` keeps the kind of its container). Nothing
is checked: a program with arguments of other types may still run, and may then yield something else. So may the
cases that the vocabulary lists as quirks, such as ``index`` outside of a grid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from arcbatt.dsl.registry import REGISTRY
from arcbatt.program.graph import CALL, CONSTANT, VARIABLE, Graph
from arcbatt.program.type_terms import (
    ANY,
    BOOLEAN,
    INTEGER,
    Type,
    element_of,
    fits,
    join,
    like,
    merged,
    pair_of,
    set_of,
    tuple_of,
)

__all__ = ["Type", "call_type", "fits", "infer", "infer_types", "type_of"]

_Rule: TypeAlias = Callable[..., Type]

VARIABLES: Final = {"I": Type("Grid"), "C": Type("Grid"), "S": Type("TupleTuple", Type("TupleTuple", Type("Grid")))}


def infer(graph: Graph, *roots: int) -> dict[int, str]:
    """Type names of all nodes that the roots reach, ``Any`` where nothing is known; functions are ``Callable``."""
    return {node: type_.name for node, type_ in infer_types(graph, *roots).items()}


def infer_types(graph: Graph, *roots: int) -> dict[int, Type]:
    """Types of all nodes that the roots reach, with elements of containers and results of functions; linear."""
    types: dict[int, Type] = {}
    for node in graph.order(*roots):
        types[node] = type_of(graph, node, types)
    return types


def type_of(graph: Graph, node: int, types: Mapping[int, Type] | Sequence[Type]) -> Type:
    """Type of one node, from those of its operands, which ``types`` gives by node."""
    kind, value = graph.kinds[node], graph.values[node]
    if kind == CALL:
        callee, *args = [types[part] for part in graph.operands[node]]
        return _result(callee, args)
    if kind == VARIABLE:
        return VARIABLES[value]
    return _constant(value) if kind == CONSTANT else _primitive(value)


def call_type(name: str, args: Sequence[Type]) -> Type:
    """Type of what a primitive gives when its arguments have these types."""
    return _result(_primitive(name), list(args))


def _constant(value: Any) -> Type:
    if type(value) is bool:
        return BOOLEAN
    if type(value) is int:
        return INTEGER
    parts = [_constant(part) for part in value]
    if len(parts) == 2 and fits(pair_of(*parts).name, "IntegerTuple"):
        return Type("IntegerTuple")
    element = parts[0] if parts else ANY
    for part in parts[1:]:
        element = join(element, part)
    return tuple_of(element)


def _primitive(name: str) -> Type:
    item = REGISTRY[name]
    return _function(name, item.arity, item.result)


@lru_cache(maxsize=1024)
def _function(name: str, arity: int, result: str) -> Type:
    return Type("Callable", arity=arity, result=_WIDENED.get(name, Type(result)), primitive=name)


def _result(function: Type, args: list[Type]) -> Type:
    """Type of a call's result."""
    rule = _RULES.get(function.primitive or "")
    if rule is not None and len(args) == function.arity:
        return rule(*args)
    return function.result or ANY


def _same(value: Type, *_: Type) -> Type:
    return value


def _filtered(container: Type, *_: Type) -> Type:
    """Some of the elements: of a pair, maybe not two."""
    return tuple_of(element_of(container)) if container.name in ("IntegerTuple", "Cell") else container


def _combined(a: Type, b: Type) -> Type:
    if a == b:
        return _filtered(a)
    return like(a, join(element_of(a), element_of(b)))


def _number(*args: Type) -> Type:
    if all(fits(arg.name, "Integer") for arg in args):
        return INTEGER
    pair = any(arg.name == "IntegerTuple" for arg in args) and all(fits(arg.name, "Numerical") for arg in args)
    return Type("IntegerTuple" if pair else "Numerical")


def _piece(declared: str) -> _Rule:
    """The result is what the first argument is, if that is what it was declared to be."""
    return lambda value, *_: value if fits(value.name, declared) else Type(declared)


def _largest(container: Type) -> Type:
    element = element_of(container)
    return INTEGER if element == ANY else element


def _each(function: Type, container: Type) -> Type:
    return like(container, _result(function, [element_of(container)]))


def _stepwise(function: Type, a: Type, b: Type) -> Type:
    return tuple_of(_result(function, [element_of(a), element_of(b)]))


def _unary(function: Type, *_: Type) -> Type:
    """A built function of one argument that ends with a call of the function given first."""
    return Type("Callable", arity=1, result=function.result)


def _bound(function: Type, _: Type) -> Type:
    left = None if function.arity is None else {2: 1, 3: 2}.get(function.arity, 3)
    return Type("Callable", arity=left, result=function.result)


def _group(names: str, rule: _Rule) -> dict[str, _Rule]:
    return dict.fromkeys(names.split(), rule)


_WIDENED: Final = {
    "mapply": Type("Container"),
    "mfilter": Type("Container"),
    "numcolors": INTEGER,
    "valmax": ANY,
    "valmin": ANY,
    "valrank": ANY,
}

_RULES: Final[dict[str, _Rule]] = {
    **_group("identity", _same),
    **_group("add subtract multiply divide invert double halve increment decrement crement sign", _number),
    **_group("astuple", pair_of),
    **_group("interval", lambda *_: tuple_of(INTEGER)),
    **_group("both either", join),
    **_group("branch", lambda _, a, b: join(a, b)),
    **_group("sfilter difference dedupe", _filtered),
    **_group("remove", lambda _, container: _filtered(container)),
    **_group("insert", lambda value, container: set_of(join(value, element_of(container)))),
    **_group("combine", _combined),
    **_group("intersection", lambda a, b: a if a == b else set_of(join(element_of(a), element_of(b)))),
    **_group("order totuple", lambda container, *_: tuple_of(element_of(container))),
    **_group("sizefilter", lambda container, _: set_of(element_of(container))),
    **_group("first last argmax argmin mostcommon leastcommon extract other", lambda box, *_: element_of(box)),
    **_group("maximum minimum", _largest),
    **_group("valmax valmin valrank", lambda container, function, *_: _result(function, [element_of(container)])),
    **_group("merge", merged),
    **_group("mfilter", lambda container, _: merged(_filtered(container))),
    **_group("initset", set_of),
    **_group("repeat", lambda item, _: tuple_of(item)),
    **_group("product", lambda a, b: set_of(pair_of(element_of(a), element_of(b)))),
    **_group("pair", lambda a, b: tuple_of(pair_of(element_of(a), element_of(b)))),
    **_group("apply", _each),
    **_group("mapply", lambda function, container: merged(_each(function, container))),
    **_group("rapply", lambda functions, _: like(functions, ANY)),
    **_group("papply", _stepwise),
    **_group("mpapply", lambda function, a, b: merged(_stepwise(function, a, b))),
    **_group("prapply", lambda function, a, b: set_of(_result(function, [element_of(a), element_of(b)]))),
    **_group("compose chain fork", _unary),
    **_group("matcher", lambda *_: Type("Callable", arity=1, result=BOOLEAN)),
    **_group("rbind lbind", _bound),
    **_group("power", lambda function, _: function if function.name == "Callable" else Type("Callable")),
    **_group("hmirror vmirror dmirror cmirror", _piece("Piece")),
    **_group("upscale", _piece("Element")),
    **_group("shift normalize", _piece("Patch")),
    **_group("hsplit vsplit", lambda *_: tuple_of(Type("Grid"))),
}
