"""Programs with helpers, inner functions, lambdas and unpacking mean what Python makes of them."""

from __future__ import annotations

import pickle
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.program import Graph, Program
from arcbatt.program.parse import collect_programs, parse_programs
from support.oracle import in_engine, in_python
from support.programs import random_program

GRID = ((0, 1, 1, 0), (2, 0, 1, 3), (0, 0, 3, 3), (5, 5, 0, 1))
PAIRS = ((GRID, GRID[::-1]), (GRID[:2], GRID[2:]))


def body(text: str, name: str = "solve") -> str:
    """The statements of the canonical text of one program of a file."""
    programs = {program.name: program for program in parse_programs(text)}
    return "; ".join(line.strip() for line in programs[name].text.splitlines()[1:])


def solve(*lines: str, before: str = "") -> str:
    return before + "\n".join(["def solve(S, I):", *("    " + line for line in lines)]) + "\n"


def reason(text: str) -> str:
    programs, refusals = collect_programs(text)
    assert [program.name for program in programs] == []
    return refusals[0].reason


HELPER = "def helper(x, n):\n    y = ofcolor(x, n)\n    return fill(x, 3, y)\n"
TWICE = "def twice(f, x):\n    return f(f(x))\n"

# Each of these is executed by Python, with the DSL's functions, and must give the same value in the engine.
SAME = {
    "helper before": HELPER + solve("return helper(I, 0)"),
    "helper after": solve("return helper(I, 0)") + HELPER,
    "keywords": solve("return helper(n=1, x=I)", before=HELPER),
    "a default": "def helper(x, n=TWO):\n    return canvas(n, shape(x))\n" + solve("return helper(I)"),
    "a default given": "def helper(x, n=TWO):\n    return canvas(n, shape(x))\n" + solve("return helper(I, n=5)"),
    "keyword only": "def helper(x, *, n, m=1):\n    return canvas(n, (m, n))\n" + solve("return helper(I, n=5)"),
    "position only": "def helper(x, n, /):\n    return canvas(n, shape(x))\n" + solve("return helper(I, 4)"),
    "helpers call helpers": "def a(x):\n    return b(b(x))\ndef b(x):\n    return rot90(x)\n" + solve("return a(I)"),
    "a helper without parameters": "def five():\n    return 5\n" + solve("return canvas(five(), (five(), 1))"),
    "a program calls another": solve("return solve_b(I)") + "def solve_b(I):\n    return vmirror(I)\n",
    "own locals": (
        "def helper(x):\n    y = trim(x)\n    return y\n"
        + solve("y = I", "z = helper(y)", "return vconcat(z, y)")
    ),
    "a local hides a helper": HELPER + solve("helper = rot90", "return helper(I)"),
    "a local hides a constant": "N = 3\n" + solve("N = 4", "return canvas(N, (1, N))"),
    "a parameter hides a helper": (
        "def f(x):\n    return trim(x)\ndef g(f):\n    return rot90(f)\n"
        + solve("return g(f(I))")
    ),
    "a helper hides a primitive": "def trim(x):\n    return rot90(x)\n" + solve("return trim(I)"),
    "helpers as arguments": TWICE + HELPER + solve("return twice(rot90, twice(lambda g: helper(g, 0), I))"),
    "a function twice inside itself": TWICE + solve("return twice(lambda g: twice(rot90, g), I)"),
    "an inner function": solve("def f(x):", "    y = rot90(x)", "    return hconcat(y, y)", "return f(f(I))"),
    "an inner function reads what is around it": (
        solve("n = 7", "def f(x):", "    return canvas(n, shape(x))", "return f(I)")
    ),
    "names are read late": solve("n = 7", "f = lambda x: canvas(n, shape(x))", "n = 8", "return f(I)"),
    "the same call after an assignment": solve(
        "n = 7", "f = lambda x: canvas(n, shape(x))", "a = f(I)", "n = 8", "return hconcat(a, f(I))"
    ),
    "a default is read early": solve("n = 7", "f = lambda x, n=n: canvas(n, shape(x))", "n = 8", "return f(I)"),
    "a lambda called at once": solve("return (lambda x, y: hconcat(x, y))(I, rot180(I))"),
    "a lambda gives a lambda": solve("return (lambda x: lambda y: hconcat(x, y))(I)(rot180(I))"),
    "a lambda of the file": "flip_both = lambda g: rot90(rot90(g))\n" + solve("return flip_both(I)"),
    "a constant": "MY = (1, 2)\nN: int = -3\n" + solve("return canvas(add(N, 5), MY)"),
    "a constant of the DSL's": "ZERO = 0\nBACK = ZERO\nSHAPE = (TWO, (3))\n" + solve("return canvas(BACK, SHAPE)"),
    "a constant assigned twice": "N = 1\nM = N\nN = 2\n" + solve("return canvas(N, (M, 1))"),
    "a primitive's own name": "turn = rot90\ntrim = compose(trim, trim)\n" + solve("return combine(turn(I), trim(I))"),
    "a guard": solve("return I") + 'if __name__ == "__main__":\n    print(solve(None, None))\n    while True: pass\n',
    "pairs unpacked": solve("h, w = shape(I)", "return canvas(h, (w, h))"),
    "a list of names": solve("[h, w] = shape(I)", "(a, b), c = (h, w), 4", "return canvas(c, (b, a))"),
    "demo pairs unpacked": solve("a, b = first(S)", "return vconcat(a, b)"),
    "literals unpacked": solve("a, b, c = 1, (2, 3), T", "return canvas(a, b)"),
    "swapped": solve("a, b = I, rot90(I)", "a, b = b, a", "return hconcat(a, b)"),
    "a helper returns two": (
        "def two(x):\n    return trim(x), shape(x)\n"
        + solve("t, s = two(I)", "return canvas(size(t), s)")
    ),
    "rows unpacked": solve("a, b, c, d = I", "return combine(combine(repeat(d, 1), repeat(c, 1)), (a, b))"),
    "one unpacked": solve("(a,) = repeat(I, 1)", "return a"),
    "parts unpacked": solve("a, b, c = hsplit(vconcat(I, I), 3)", "return hconcat(c, b)"),
    "too many for a pair": solve("a, b = I", "return repeat(a, 1)"),
    "too few": solve("a, b, c, d, e = I", "return repeat(c, 1)"),
    "not a container": solve("a, b = size(I)", "return a"),
    "a pair of values": solve("return canvas(1, (height(I), 3))"),
    "a longer tuple of values": solve("r = first(I)", "return (r, last(I), r, (1, size(I), 2, 3), r)"),
    "an argument that is a tuple": (
        "def f(p):\n    a, b = p\n    return canvas(a, (b, a))\n"
        + solve("return f((size(I), 2))")
    ),
    "identity": solve("return apply(lambda x: x, I)"),
    "always the same": solve("return apply(lambda r: first(I), I)"),
    "compositions": solve("return apply(lambda r: combine(r, (size(r), 3)), I)"),
    "a value with itself": solve("return apply(lambda x: combine(x, x), I)"),
    "shared parts": solve("def f(r):", "    n = size(r)", "    return add(multiply(n, n), n)", "return apply(f, I)"),
    "an argument in the middle": solve("return apply(lambda o: fill(I, size(o), o), objects(I, T, F, T))"),
    "the first and the last": solve("return apply(lambda r: branch(contained(5, r), I, r), I)"),
    "three of a kind": solve("return apply(lambda r: branch(size(r), combine(r, r), r), I)"),
    "a computed function": solve("return apply(lambda r: rbind(combine, r)(r), I)"),
    "a function of a function": solve("return apply(lambda f: f(I), insert(rot90, initset(rot180)))"),
    "a filter": solve("return sfilter(I, lambda r: contained(1, r))", before="ONE = 1\n"),
    "an equality": solve("return sfilter(I, lambda r: equality(size(dedupe(r)), 3))"),
    "an equality, reversed": solve("return sfilter(I, lambda r: equality(2, size(dedupe(r))))"),
    "an equality of the value": solve("return sfilter(I, lambda r: equality(r, first(I)))"),
    "lambdas in lambdas": solve("return apply(lambda r: apply(lambda c: add(c, size(r)), r), I)"),
    "outer and inner parameter": solve("return apply(lambda r: apply(lambda c: add(c, first(r)), r), I)"),
    "two arguments": solve("return papply(lambda a, b: combine(a, b), I, I)"),
    "two arguments, one fixed": solve("return papply(lambda a, b: branch(T, a, b), I, I)"),
    "two arguments, no primitive": solve("return papply(lambda a, b: combine(b, combine(a, b)), I, rot90(I))"),
    "two arguments merged": solve("return mpapply(lambda a, b: (b, a), I, rot90(I))"),
    "every pair": solve("return prapply(lambda a, b: subtract(b, double(a)), first(I), last(I))"),
    "a fork": solve("return apply(fork(lambda a, b: combine(b, a), identity, lambda r: (size(r), 9)), I)"),
    "a fixed lambda": solve("return apply(lbind(lambda a, b: combine(b, a), first(I)), I)"),
    "a fixed lambda on the right": solve("return apply(rbind(rbind(lambda a, b, c: (c, b, a), 1), 2), I)"),
    "a fixed lambda called": solve("return rbind(lambda a, b: canvas(a, b), (2, 2))(7)"),
    "a power": solve("f = lambda g: combine(g, first(g))", "return power(f, 2)(I)"),
    "one after the other": solve("return apply(lambda r: size(dedupe(combine(dedupe(r), r))), I)"),
    "a function that is kept": solve("f = compose(lambda r: combine(r, r), dedupe)", "return apply(f, I)"),
    "many in turn": solve("return apply(lambda n: " + "increment(" * 90 + "n" + ")" * 90 + ", first(I))"),
    "a long inner function": solve(
        "def f(n):", *(f"    n = {name}(n)" for name in ["double", "increment", "invert"] * 40),
        "    return n", "return apply(f, (0, 1, 2))",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_engine_gives_what_python_gives(text):
    program = next(program for program in parse_programs(text) if program.name == "solve")
    expected, value = in_python(text, "solve", GRID, PAIRS), in_engine(program, GRID, PAIRS)
    if isinstance(expected, type):
        assert value is Exception
    else:
        assert value == expected
    again = parse_programs(program.text)[0]
    assert again.text == program.text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["return apply(lambda x: size(x), I)"], "x1 = apply(size, I); return x1"),
        (["return apply(lambda x: size(first(x)), I)"], "x1 = compose(size, first); x2 = apply(x1, I); return x2"),
        (["return apply(lambda x: size(first(last(x))), I)"],
         "x1 = chain(size, first, last); x2 = apply(x1, I); return x2"),
        (["return apply(lambda x: add(size(x), 3), I)"],
         "x1 = rbind(add, THREE); x2 = compose(x1, size); x3 = apply(x2, I); return x3"),
        (["return apply(lambda x: add(3, x), I)"], "x1 = lbind(add, THREE); x2 = apply(x1, I); return x2"),
        (["return sfilter(I, lambda x: equality(size(x), 3))"],
         "x1 = matcher(size, THREE); x2 = sfilter(I, x1); return x2"),
        (["return apply(lambda x: add(size(x), first(x)), I)"],
         "x1 = fork(add, size, first); x2 = apply(x1, I); return x2"),
        (["return apply(lambda x: trim(trim(trim(x))), S)"], "x1 = power(trim, THREE); x2 = apply(x1, S); return x2"),
        (["return papply(lambda a, b: fill(I, a, b), S, S)"],
         "x1 = lbind(fill, I); x2 = papply(x1, S, S); return x2"),
        (["a, b = shape(I)", "return a"], "x1 = shape(I); x2 = first(x1); return x2"),
        (["a, b = astuple(1, I)", "return b"], "x1 = astuple(ONE, I); x2 = last(x1); return x2"),
        (["return (I, S)"], "x1 = astuple(I, S); return x1"),
        (["return (I, S, 1)"],
         "x1 = astuple(I, S); x2 = repeat(ONE, ONE); x3 = combine(x1, x2); return x3"),
        (["a, b = I", "return a"],
         "x1 = repeat(I, ONE); x2 = matcher(size, TWO); x3 = extract(x1, x2); x4 = first(x3); return x4"),
        (["return (lambda x: trim(x))(I)"], "x1 = trim(I); return x1"),
    ],
)  # fmt: skip
def test_plain_compositions_are_written_as_people_write_them(lines, expected):
    assert body(solve(*lines)) == expected


REFUSED = {
    "recursion": ("def f(x):\n    return f(x)\n" + solve("return f(I)"), "f calls itself"),
    "recursion of two": (
        "def f(x):\n    return g(x)\ndef g(x):\n    return f(trim(x))\n" + solve("return f(I)"),
        "f calls itself; recursion is not accepted (in g, which solve uses)",
    ),
    "recursion handed on": ("def f(x):\n    return apply(f, x)\n" + solve("return f(I)"), "f calls itself"),
    "endless": (solve("return (lambda f: f(f))(lambda f: f(f))"), "more than 1,000 levels deep"),
    "a loop in a helper": (
        "def f(x):\n    for y in x: z = y\n    return x\n" + solve("return f(I)"),
        "a loop is not accepted; a program is assignments of calls of primitives, constants, ints, bools and tuples "
        "of them (in f, which solve uses)",
    ),
    "no return": ("def f(x):\n    y = x\n" + solve("return f(I)"), "f does not end with a return"),
    "nothing returned": ("def f(x):\n    return\n" + solve("return f(I)"), "returns nothing"),
    "a statement after return": (
        "def f(x):\n    return x\n    y = x\n" + solve("return f(I)"),
        "a statement after return",
    ),
    "a decorator": ("@cache\ndef f(x):\n    return x\n" + solve("return f(I)"), "a decorator is not part of a program"),
    "starred parameters": ("def f(*x):\n    return x\n" + solve("return f(I)"), "without * or **"),
    "too many arguments": (HELPER + solve("return helper(I, 1, 2)"), "helper takes 2 arguments, not 3"),
    "too few arguments": (HELPER + solve("return helper(I)"), "helper: no argument for n"),
    "an unknown keyword": (HELPER + solve("return helper(I, m=1)"), "helper has no parameter m; it has x, n"),
    "a keyword twice": (HELPER + solve("return helper(I, 1, x=2)"), "helper: argument x is given twice"),
    "position only": ("def f(x, /):\n    return x\n" + solve("return f(x=I)"), "f: x is given by position only"),
    "a helper's local outside": (HELPER + solve("z = helper(I, 0)", "return y"), "unknown name y"),
    "a local of the caller": ("def f(x):\n    return y\n" + solve("y = I", "return f(I)"), "unknown name y"),
    "read before assigned": (
        solve("f = lambda x: y", "z = f(I)", "y = I", "return z"),
        "y is read before it is assigned",
    ),
    "assigned after it was handed on": (
        solve("n = 1", "f = compose(lambda x: canvas(n, x), shape)", "n = 2", "return f(I)"),
        "n is assigned again after a function that reads it was handed on",
    ),
    "a function of two": (
        solve("return apply(lambda x, y: add(y, x), I)"),
        "lambda has 2 parameters and is no primitive",
    ),
    "a function of none": (solve("return apply(lambda: 3, I)"), "lambda must have parameters by position"),
    "a function unpacked": (solve("a, b = lambda x: x", "return a"), "a function cannot be unpacked"),
    "wrong number": (solve("a, b = shape(I), 1, 2", "return a"), "expected 2 values to unpack, not 3"),
    "wrong number of a pair": (solve("a, b, c = shape(I)", "return a"), "expected 3 values to unpack, not 2"),
    "a number unpacked": (solve("a, b = 3", "return a"), "a number cannot be unpacked"),
    "starred": (solve("a, *b = I", "return a"), "a starred name in an assignment"),
    "an attribute": (solve("I.x = 3", "return I"), "an assignment must be to names"),
    "a tuple called": (solve("return (I, S)(I)"), "a tuple is no function"),
    "a class": ("class f: pass\n" + solve("return f(I)"), "a class is not accepted"),
    "a yield": (solve("return apply(lambda x: (yield), I)"), "yield is not accepted"),
    "a comprehension": (solve("return (lambda x: [y for y in x])(I)"), "a comprehension is not accepted"),
    "an else of the guard": (
        solve("return I").replace("solve", "f") + 'if __name__ == "__main__":\n  x = 1\nelse:\n  y = 2\n',
        "if is",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_what_has_no_clear_meaning_is_refused(text, told):
    assert told in reason(text)


def test_a_refused_constant_costs_its_users_only():
    text = "LIMIT = len([1])\nGOOD = 2\n" + solve("return canvas(LIMIT, (1, 1))")
    text += "def solve_b(I):\n  return canvas(GOOD, (1, 1))\n"
    programs, refusals = collect_programs(text)
    assert [program.name for program in programs] == ["solve_b"]
    assert [(refusal.line, refusal.kind) for refusal in refusals] == [
        (1, "unknown name"), (4, "name that the file defines otherwise"),
    ]  # fmt: skip


def test_a_helper_is_no_program_and_no_refusal():
    programs, refusals = collect_programs("def main():\n    print(1)\n\n" + HELPER + solve("return helper(I, 0)"))
    assert ([program.name for program in programs], len(refusals)) == (["solve"], 0)
    assert "no program here; expected a function named" in reason(HELPER)
    assert reason(HELPER).endswith("not helper")


def test_a_name_that_is_nearly_a_programs_is_told():
    for name in ("solver_a", "Solve_a", "sovle_a", "verify", "solve_é"):
        programs, refusals = collect_programs(f"def {name}(I):\n    return I\n" + solve("return I"))
        assert len(programs) == 1
        assert "is no program; expected one named solve" in refusals[0].reason, name
    assert not collect_programs("def solver_a(x):\n    return x\n" + solve("return solver_a(I)")).refusals
    assert not collect_programs("def solve_part(x):\n    return x\n" + solve("return solve_part(I)")).refusals
    unused = collect_programs("def solve_part(x):\n    return x\n" + solve("return I"))
    assert "parameter x" in unused.refusals[0].reason


def doubling(count: int, inner: bool) -> str:
    lines = ["def f0(x):", "    return rot90(x)"]
    for i in range(1, count + 1):
        lines += [f"def f{i}(x):", f"    y = f{i - 1}(x)", f"    y = hconcat(y, f{i - 1}(x))", "    return y"]
    if inner:
        return solve(*lines, f"return f{count}(I)")
    return "\n".join(lines) + "\n" + solve(f"return f{count}(I)")


@pytest.mark.parametrize("inner", [False, True])
def test_helpers_that_double_stay_as_small_as_their_graph(inner):
    (program,) = [p for p in parse_programs(doubling(60, inner)) if p.name == "solve"]
    assert program.size == 61


def test_handed_on_functions_that_double_stay_small():
    text = doubling(60, inner=True).replace("return f60(I)", "return apply(f60, S)")
    (program,) = parse_programs(text)
    assert program.size < 500
    kept = text.replace("apply(f60, S)", "compose(f60, first)(S)")
    assert parse_programs(kept)[0].size < 500


def test_what_cannot_be_shared_is_bounded():
    lines = ["def f0(f, x):", "    return f(x)"]
    for i in range(1, 61):
        call = f"f{i - 1}(lambda y: f(y), x)"
        lines += [f"def f{i}(f, x):", f"    return hconcat({call}, {call})"]
    text = "\n".join(lines) + "\n" + solve("return f60(rot90, I)") + "def solve_b(I):\n    return I\n"
    programs, refusals = collect_programs(text)
    assert [program.name for program in programs] == ["solve_b"]
    assert "more than 300,000 pieces of syntax in one program when its functions are inlined" in refusals[0].reason


def test_a_deep_chain_of_helpers_needs_no_stack():
    lines = ["def f0(x):\n    return rot90(x)\n"]
    lines += [f"def f{i}(x):\n    return f{i - 1}(x)\n" for i in range(1, 1001)]
    assert parse_programs("".join(lines) + solve("return f999(I)"))[0].size == 1
    assert "more than 1,000 levels deep" in reason("".join(lines) + solve("return f1000(I)"))


def test_steps_keep_the_users_names():
    lines = ["x4 = trim(I)", "a, b = shape(x4)", "r = canvas(a, (b, 1))", "s = trim(I)", "return helper(r, 0)"]
    text = HELPER + solve(*lines)
    (program,) = parse_programs(text, "mine.py")
    steps = [line.split("(")[0].strip() for line in program.text.splitlines()[1:-1]]
    assert [f"{name}: {step}" for name, step in zip(program.step_names, steps, strict=True)] == [
        "x4: x1 = trim", "None: x2 = shape", "a: x3 = first", "b: x4 = last", "None: x5 = astuple",
        "r: x6 = canvas", "helper.y: x7 = ofcolor", "None: x8 = fill",
    ]  # fmt: skip
    assert len(pickle.loads(pickle.dumps(program)).labels) == len(program.labels)
    assert (program.path, program.line) == ("mine.py", 4)
    plain = parse_programs(program.text)[0]
    assert (plain.labels, plain.path, plain.line) == (None, None, 1)
    assert plain.md5 == program.md5


def test_labels_are_each_programs_own():
    text = HELPER + solve("a = helper(I, 0)", "return a") + "def solve_b(I):\n    b = helper(I, 0)\n    return b\n"
    one, two = parse_programs(text)
    assert one.root == two.root
    assert sorted(one.labels.values()) == ["a", "helper.y"]
    assert sorted(two.labels.values()) == ["b", "helper.y"]
    assert one == Program(one.graph, one.root, name="solve")


class Rewriter:
    """Writes canonical text as somebody else might: with helpers, lambdas, inner functions and unpacking."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.before: list[str] = []
        self.after: list[str] = []
        self.lines: list[str] = []

    def text(self, canonical: str) -> str:
        head, *lines, last = canonical.splitlines()
        statements = [line.strip().split(" = ", 1) for line in lines]
        while statements:
            name, call = statements.pop(0)
            if statements and self.rng.random() < 0.3 and not re.search(rf"\b{name}\b", statements[0][1]):
                other, second = statements.pop(0)
                self.lines.append(f"{name}, {other} = {call}, {second}")
            elif statements and self.rng.random() < 0.2:
                self.two(name, call, *statements.pop(0))
            else:
                self.lines.append(f"{name} = {self.called(call)}")
        return "\n".join([*self.before, head, *("    " + line for line in self.lines), last, *self.after, ""])

    def called(self, call: str) -> str:
        """A call in one of several ways."""
        callee, inner = call.rstrip(")").split("(", 1) if "((" not in call and "))" not in call else (None, "")
        arguments = inner.split(", ") if inner else []
        way = self.rng.randrange(5)
        if callee is None or way == 0 or not all(re.fullmatch(r"-?\w+", part) for part in arguments):
            return call
        names = [f"p{i}" for i in range(len(arguments))]
        if way == 1:
            return f"(lambda {', '.join(['f', *names])}: f({', '.join(names)}))({', '.join([callee, *arguments])})"
        function = f"h{len(self.before) + len(self.after) + len(self.lines)}"
        made = [f"def {function}({', '.join(['f', *names])}):", f"    x1 = f({', '.join(names)})", "    return x1"]
        if way == 2:
            self.lines += made
        else:
            self.rng.choice([self.before, self.after]).extend(made)
        given = [f"{name}={value}" for name, value in zip(["f", *names], [callee, *arguments], strict=True)]
        self.rng.shuffle(given)
        return f"{function}({', '.join(given if self.rng.random() < 0.5 else [callee, *arguments])})"

    def two(self, name: str, call: str, other: str, second: str) -> None:
        """Two statements as one function that returns a tuple."""
        free = sorted(set(re.findall(r"\b(?:x\d+|I|S)\b", f"{call} {second}")) - {name})
        function = f"both{len(self.before)}"
        self.before += [f"def {function}({', '.join(free)}):", f"    {name} = {call}", f"    {other} = {second}",
                        f"    return {other}, {name}"]  # fmt: skip
        self.lines.append(f"({other}, {name}) = {function}({', '.join(free)})")


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_a_program_in_other_words_is_the_same_program(seed):
    rng = random.Random(seed)
    graph = Graph()
    program = Program(graph, random_program(rng, graph, rng.randint(1, 12)))
    other = Rewriter(seed).text(program.text)
    found = [made for made in parse_programs(other) if made.name == "solve"]
    assert [made.text for made in found] == [program.text], other


class Expressions:
    """Random expressions over numbers, with functions of all kinds in them."""

    UNARY = ("double", "increment", "decrement", "invert", "sign", "identity")
    BINARY = ("add", "subtract", "multiply", "greater", "equality")

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.count = 0

    def number(self, names: list[str], depth: int) -> str:
        rng = self.rng
        if depth <= 0 or rng.random() < 0.1:
            return rng.choice([*names, *names, str(rng.randint(-3, 9)), "size(I)"])
        way = rng.random()
        a, b = self.number(names, depth - 1), self.number(names, depth - 2)
        if way < 0.25:
            return f"{rng.choice(self.UNARY)}({a})"
        if way < 0.55:
            return f"{rng.choice(self.BINARY)}({a}, {b})"
        if way < 0.62:
            return f"branch({a}, {b}, {self.number(names, depth - 2)})"
        if way < 0.68:
            return f"{self.function(names, 1, depth - 1)}({a})"
        if way < 0.74:
            return f"{self.function(names, 2, depth - 1)}({a}, {b})"
        if way < 0.82:
            return f"first(apply({self.function(names, 1, depth - 1)}, ({a}, {b})))"
        if way < 0.88:
            higher = rng.choice(["papply", "prapply"])
            return f"last({higher}({self.function(names, 2, depth - 1)}, ({a}, 2), ({b}, {a})))"
        if way < 0.94:
            outer, one, two = (self.function(names, n, depth - 2) for n in (2, 1, 1))
            return f"fork({outer}, {one}, {two})({a})"
        side = rng.choice(["lbind", "rbind"])
        return f"{side}({self.function(names, 2, depth - 1)}, {b})({a})"

    def function(self, names: list[str], count: int, depth: int) -> str:
        if self.rng.random() < 0.2:
            return self.rng.choice(self.UNARY if count == 1 else self.BINARY)
        if self.rng.random() < 0.1:
            return f"compose({self.function(names, 1, depth - 1)}, identity)" if count == 1 else "add"
        self.count += 1
        taken = [f"v{self.count}{letter}" for letter in "ab"[:count]]
        return f"(lambda {', '.join(taken)}: {self.number([*names, *taken], depth)})"


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_random_functions_give_what_python_gives(seed):
    made = Expressions(seed)
    lines = [f"{name} = {made.number(['size(I)', 'width(I)'], 3)}" for name in ("p", "q")]
    lines += ["def f(x, y=p):", f"    z = {made.number(['x', 'y', 'q'], 4)}"]
    lines += [f"    return {made.number(['x', 'z'], 3)}"]
    inner = made.number(["x", "p", "q"], 6)
    text = solve(*lines, f"return apply(lambda x: astuple(f(x), {inner}), (0, 1, 2, -5))")
    programs, refusals = collect_programs(text)
    assert programs, refusals
    expected, value = in_python(text, "solve", GRID), in_engine(programs[0], GRID)
    if isinstance(expected, type):
        assert value is Exception
    else:
        assert value == expected, text


@pytest.mark.parametrize("last", ["return p", "return first(p)", "a, b = p", "a, b = helper(p)", "return apply(f, p)"])
def test_tuples_that_double_stay_small(last):
    lines = ["p = trim(I), I", *["p = p, p"] * 60, last, *["return a"] * last.startswith("a")]
    (program,) = parse_programs("def helper(p):\n    return p\n" + solve("f = lambda x: p", *lines))
    assert program.size < 200
    (program,) = parse_programs(solve("p = I, trim", "p = trim, I", *["p = p, I"] * 20_000, "a, b = p", "return b"))
    assert program.size == 0


def test_functions_in_tuples_that_double_are_bounded():
    lines = ["p = (lambda x: trim(trim(x))), I", *["p = p, p"] * 60, "return p"]
    assert "more than 300,000 pieces of syntax" in reason(solve(*lines))


def test_many_labels_are_left_behind_when_pickled(monkeypatch):
    (program,) = parse_programs(solve("x = trim(I)", "y = trim(x)", "return y"))
    monkeypatch.setattr("arcbatt.program.program.MAX_PICKLED_LABELS", 1)
    again = pickle.loads(pickle.dumps(program))
    assert (again.labels, again.text, again.name) == (None, program.text, program.name)
    assert again.step_names == (None, None)
    assert program.step_names == ("x", "y")
