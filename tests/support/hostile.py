"""Programs that want all memory there is: what tests and ``benchmarks/memory.py`` throw at the bounds on memory."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["hostile_texts"]

_STEPS = 90
"""Values of a program that keeps what it made: the largest take a GiB and more."""
_COUNT = 240_000
"""Elements of the largest sets of sets: two parts each, within the half million of a value."""


def hostile_texts(steps: int = _STEPS) -> dict[str, str]:
    """Bodies of functions of ``I`` by a name for what they do.

    Args:
        steps: values that the programs keep which do no more than to keep many.
    """
    kept = {name: _kept(*recipe, steps) for name, recipe in _KEPT.items()}
    return kept | {name: _body(lines) for name, lines in _CALLED.items()}


def _body(lines: Iterable[str]) -> str:
    *steps, last = lines
    return "".join(f"    {line}\n" for line in steps) + f"    return {last}\n"


def _kept(first: tuple[str, ...], each: str, steps: int) -> str:
    """Makes one value after the other and keeps them all to the end."""
    lines = list(first)
    for i in range(steps):
        start = 1000 + i
        lines.append(f"v{i} = {each.format(i=i + 1, start=start, half=start + _COUNT, full=start + 2 * _COUNT)}")
        lines.append(f"w{i} = size(v{i})" if i == 0 else f"w{i} = add(w{i - 1}, size(v{i}))")
    return _body([*lines, f"w{steps - 1}"])


_KEPT: dict[str, tuple[tuple[str, ...], str]] = {
    "sets of one": ((), "apply(initset, interval({start}, {half}, 1))"),
    "sets on each sample": (
        ("k = height(I)",),
        "apply(initset, interval(add(k, {start}), add(k, {half}), 1))",
    ),
    "tuples of one": (("f = rbind(repeat, 1)",), "apply(f, interval({start}, {half}, 1))"),
    "pairs of sets": (
        ("a = apply(initset, interval(0, 270, 1))",),
        "product(a, apply(initset, interval({i}, 3{i}9, 1)))",
    ),
    "long tuples": ((), "repeat(-{i}, 490000)"),
    "tuples of numbers": ((), "interval({start}, {full}, 1)"),
    "large grids": (("g = canvas(0, astuple(700, 700))",), "replace(g, 0, {i})"),
    "spread locations": ((), "product(interval({start}, {half}, 800), interval(0, 390, 1))"),
    "spread cells": (("g = asindices(canvas(0, astuple(300, 300)))",), "recolor({i}, g)"),
    "objects of one cell": (
        ("g = toindices(asobject(canvas(0, astuple(200, 200))))",),
        "apply(initset, recolor({i}, g))",
    ),
    "ragged rows": (("f = lbind(interval, 1000)", "g = rbind(f, 1)"), "apply(g, interval(1{i}00, 1990, 1))"),
    "sorted sets": (
        ("f = rbind(multiply, -7)",),
        "order(apply(initset, apply(f, interval({start}, {half}, 1))), identity)",
    ),
    "rows of large numbers": ((), "hupscale(vupscale(repeat(repeat({start}, 200), 200), 3), 4)"),
}
"""By name: what comes first, and the expression of which one is kept for each number."""

_CALLED: dict[str, tuple[str, ...]] = {
    "a large key for each element": (
        "f = compose(lbind(apply, initset), compose(rbind(rbind(interval, 1), 240000), identity))",
        "valmax(interval(0, 5000, 1), f)",
    ),
    "sorted by large keys": (
        "g = rbind(rbind(interval, 1), 490000)",
        "order(interval(1000, 20000, 1), g)",
    ),
    "the largest of large sets": (
        "g = rbind(rbind(interval, 1), 160000)",
        "h = chain(lbind(apply, initset), totuple, g)",
        "argmax(interval(0, 20000, 1), h)",
    ),
    "rank of large values": (
        "g = lbind(lbind(interval, 1000), 400000)",
        "valrank(interval(1, 20000, 1), g, 0)",
    ),
    "doubled a thousand times": ("f = power(fork(combine, identity, identity), 1000)", "f(interval(1000, 1003, 1))"),
    "nested a thousand times": ("f = power(fork(product, initset, initset), 30)", "f(interval(0, 300, 1))"),
    "towers of composed functions": (
        "f = lbind(apply, initset)",
        "g = fork(combine, f, f)",
        "h = compose(size, compose(f, g))",
        "apply(h, repeat(interval(0, 60000, 1), 8))",
    ),
    "merged sets of sets": (
        "f = compose(lbind(apply, initset), rbind(rbind(interval, 1), 2000))",
        "mapply(f, interval(0, 200, 1))",
    ),
    "products of products": (
        "a = apply(initset, interval(0, 40, 1))",
        "b = product(a, a)",
        "c = product(b, apply(initset, interval(0, 60, 1)))",
        "d = product(c, initset(3))",
        "order(c, first)",
    ),
    "filters of large sets": (
        "a = apply(initset, interval(0, 240000, 1))",
        "b = sfilter(a, compose(even, first))",
        "c = mfilter(a, compose(even, first))",
        "d = difference(a, b)",
        "e = combine(b, d)",
        "f = dedupe(totuple(e))",
        "order(f, first)",
    ),
    "pairs of tuples": (
        "a = apply(initset, interval(0, 90000, 1))",
        "b = pair(totuple(a), totuple(a))",
        "c = order(b, last)",
        "d = papply(pair, repeat(interval(0, 200, 1), 200), repeat(interval(7, 207, 1), 200))",
        "pair(c, d)",
    ),
    "counted elements": (
        "a = totuple(apply(initset, interval(0, 240000, 1)))",
        "b = mostcommon(a)",
        "c = leastcommon(combine(a, initset(1)))",
        "pair(b, c)",
    ),
    "scaled grids": (
        "a = upscale(I, 5)",
        "b = hconcat(a, a)",
        "c = vconcat(b, b)",
        "d = hconcat(c, c)",
        "e = vconcat(d, d)",
        "f = asobject(e)",
        "g = fgpartition(e)",
        "h = objects(d, True, True, False)",
        "i = partition(e)",
        "hupscale(e, 30)",
    ),
    "scaled objects": (
        "a = upscale(asobject(I), 9)",
        "b = shift(a, astuple(1000, 1000))",
        "c = combine(a, b)",
        "d = apply(initset, c)",
        "e = order(c, first)",
        "f = mapply(neighbors, toindices(a))",
        "g = outbox(c)",
        "size(combine(f, g))",
    ),
    "long lines": (
        "f = lbind(shoot, astuple(0, 0))",
        "a = prapply(astuple, interval(1, 60, 1), interval(1, 60, 1))",
        "b = apply(f, a)",
        "merge(b)",
    ),
    "functions by the thousand": (
        "f = lbind(lbind, combine)",
        "a = apply(f, apply(initset, interval(0, 60000, 1)))",
        "b = rapply(a, initset(3))",
        "order(b, size)",
    ),
    "shared structure": (
        "a = repeat(interval(1000, 1700, 1), 700)",
        "f = lbind(apply, increment)",
        "b = apply(f, a)",
        "c = apply(f, b)",
        "d = repeat(a, 1)",
        "order(c, identity)",
    ),
}
