from __future__ import annotations

import pickle

from arcbatt.program import ProgramError, Refusals
from arcbatt.program.parse import collect_programs


def unknown(name: str, line: int = 1) -> ProgramError:
    return ProgramError("a.py", line, f"unknown name {name}", "unknown name", name)


def no_return(line: int) -> ProgramError:
    return ProgramError("a.py", line, "f does not end with a return", "no return")


def test_counts_by_reason():
    names = ["rot"] * 4 + ["get_color"] * 5
    refusals = Refusals([*map(unknown, names), no_return(1), no_return(2), no_return(3)])
    assert refusals.summary() == "12 refused: 9 unknown name (get_color 5, rot 4), 3 no return"
    assert refusals.counts == {"unknown name": 9, "no return": 3}
    assert (len(refusals), len(list(refusals))) == (12, 8)
    assert refusals[0].name == "rot"
    assert repr(refusals) == f"<Refusals {refusals.summary()}>"


def test_names_that_come_once_have_no_number_and_few_are_shown():
    refusals = Refusals(map(unknown, ["a", "b", "c", "b", "d", "e"]))
    assert refusals.summary() == "6 refused: 6 unknown name (b 2, a, c, 2 more)"


def test_few_are_printed_in_full_and_many_are_counted():
    few = Refusals([unknown("a", 3), no_return(4)])
    assert few.lines() == ["a.py:3: unknown name a", "a.py:4: f does not end with a return"]
    many = Refusals(unknown(f"name{i}", i) for i in range(1, 401))
    assert len(many.lines()) == 6
    assert many.lines()[-1] == "400 refused: 400 unknown name (name1, name2, name3, 397 more)"
    assert Refusals().lines() == []
    assert Refusals().summary() == ""


def test_memory_is_bounded():
    refusals = Refusals(ProgramError("a.py", i, "x" * 50, f"kind {i % 500}", f"name{i}") for i in range(50_000))
    assert len(refusals) == sum(refusals.counts.values()) == 50_000
    assert len(refusals.counts) <= 101
    assert len(list(refusals)) <= 505
    one = Refusals(unknown(f"name{i}") for i in range(50_000))
    assert len(pickle.dumps(one)) < 30_000
    assert "(name0, name1, name2, 997 or more others)" in one.summary()


def test_joining_keeps_the_counts():
    whole, first, second = Refusals(), Refusals(), Refusals()
    for i in range(100):
        for part in (whole, first if i < 60 else second):
            part.append(unknown(f"n{i % 7}", i))
            if i % 3 == 0:
                part.append(no_return(i))
    first.extend(second)
    assert first.summary() == whole.summary()
    assert len(first) == len(whole) == 134
    assert [str(refusal) for refusal in first] == [str(refusal) for refusal in whole]
    listed = Refusals(list(second))
    assert len(listed) == len(list(second))


def test_equality_with_lists():
    one = unknown("a")
    assert Refusals([one]) == [one] == Refusals([one])
    assert Refusals() == []
    assert Refusals([one]) != []
    assert Refusals([one] * 9) != [one] * 5


def test_an_error_keeps_its_kind_through_pickling():
    error = pickle.loads(pickle.dumps(unknown("a", 7)))
    assert (str(error), error.kind, error.name) == ("a.py:7: unknown name a", "unknown name", "a")


def test_kinds_of_reasons_hold_no_names_or_numbers():
    lines = [
        "return foo(I)", "return bar(I)", "return trim()", "return fill(I)", "x = 3", "return 1.5", "return I.a",
        "return I(I)", "for i in I: x = i", "return x", "x = y; y = I; return x", "a, b, c = shape(I); return a",
        "return 2 + 3", "return 9223372036854775808", "return fill(I, 3, pach=I)", "I.x = 3; return I",
        "return I; x = 3",
    ]  # fmt: skip
    text = "".join(f"def solve_{i}(I):\n    {line}\n" for i, line in enumerate(lines))
    assert collect_programs(text).refusals.summary() == (
        "17 refused: 3 unknown name (foo, bar, x), 2 wrong number of arguments (trim, fill), 1 no return, "
        "1 float literal, 1 attribute, 1 call of what is no function, 1 loop, 1 name read before it is assigned (y), "
        "1 wrong number of values to unpack, 1 operator, 1 constant out of bounds, 1 wrong arguments (fill), "
        "1 assignment to something other than names, 1 statement after return"
    )
