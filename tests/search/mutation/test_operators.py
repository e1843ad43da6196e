from __future__ import annotations

from random import Random

import pytest

from arcbatt.search.mutation import MutationSettings, Mutator, TaskHints
from support.mutations import children, only, program

HINTS = TaskHints(added=(6, 8), removed=(4,), colors=(6, 8, 4, 0), numbers=(5,), pairs=((7, 7),))


# ---- constant


def test_a_color_becomes_any_other_color() -> None:
    others = ["ZERO", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"]
    assert children("canvas(ONE, shape(I))", "constant") == {f"canvas({name}, shape(I))" for name in others}


def test_a_color_of_the_task_is_tried_first() -> None:
    made = children("canvas(SIX, shape(I))", "constant", hints=HINTS, hinted=1.0)
    assert made == {f"canvas({name}, shape(I))" for name in ("EIGHT", "FOUR", "ZERO")}


def test_a_rank_stays_above_zero_and_a_hinted_one_is_tried() -> None:
    made = children("upscale(I, ONE)", "constant")
    assert {"upscale(I, TWO)", "upscale(I, NINE)"} <= made
    assert not {"upscale(I, ZERO)", "upscale(I, NEG_ONE)", "upscale(I, TEN)"} & made
    assert children("upscale(I, ONE)", "constant", hints=HINTS, hinted=1.0) == {"upscale(I, FIVE)"}


def test_an_integer_may_become_negative_or_its_neighbor() -> None:
    made = children("fill(I, mostcolor(I), shift(asindices(I), astuple(size(I), 20)))", "constant")
    for number in ("ZERO", "NEG_ONE", "21", "19", "-20"):
        assert f"fill(I, mostcolor(I), shift(asindices(I), astuple(size(I), {number})))" in made


def test_a_boolean_is_turned() -> None:
    made = children("fill(I, color(first(objects(I, T, F, T))), asindices(I))", "constant", everywhere=1.0)
    assert made == {
        f"fill(I, color(first(objects(I, {flags}))), asindices(I))" for flags in ("F, F, T", "T, T, T", "T, F, F")
    }


def test_a_direction_becomes_another_pair() -> None:
    made = children("move(I, asobject(I), RIGHT)", "constant")
    for pair in ("LEFT", "UP", "DOWN", "UNITY", "THREE_BY_THREE", "ZERO_BY_TWO"):
        assert f"move(I, asobject(I), {pair})" in made
    assert children("crop(I, ORIGIN, TWO_BY_TWO)", "constant", hints=HINTS, hinted=1.0) == {
        "crop(I, (7, 7), TWO_BY_TWO)", "crop(I, ORIGIN, (7, 7))",
    }  # fmt: skip


def test_numbers_at_the_bounds_stay_integers_of_64_bits() -> None:
    largest, smallest = 2**63 - 1, -(2**63)
    made = children(f"fill(I, add({largest}, {smallest}), shift(asindices(I), ({largest}, {smallest})))", "constant")
    assert len(made) > 20


def test_a_color_changes_where_it_is_a_color_and_nowhere_else() -> None:
    made = children("upscale(fill(replace(I, TWO, ONE), TWO, asindices(I)), TWO)", "constant", everywhere=1.0)
    assert "upscale(fill(replace(I, FIVE, ONE), FIVE, asindices(I)), TWO)" in made
    assert "upscale(fill(replace(I, TWO, ONE), TWO, asindices(I)), FIVE)" in made
    assert not any("fill(replace(I, TWO, ONE), FIVE" in text for text in made)


# ---- primitive


def test_a_primitive_becomes_one_of_the_same_signature() -> None:
    made = children("rot90(I)", "primitive")
    assert {"rot180(I)", "tophalf(I)", "trim(I)", "compress(I)", "hmirror(I)"} <= made
    assert "upscale(I, TWO)" not in made


def test_a_function_becomes_another_that_takes_the_same() -> None:
    made = children("paint(I, argmax(objects(I, T, F, T), size))", "primitive")
    assert {"paint(I, argmin(objects(I, T, F, T), size))", "paint(I, argmax(objects(I, T, F, T), height))"} <= made
    assert "paint(I, argmax(objects(I, T, F, T), even))" not in made  # takes numbers


# ---- node


def test_a_node_becomes_one_of_the_pool_that_fits() -> None:
    made = children("vmirror(I)", "node", ["hconcat(rot90(I), canvas(ONE, shape(I)))"])
    for part in ("rot90(I)", "canvas(ONE, shape(I))", "hconcat(rot90(I), canvas(ONE, shape(I)))"):
        assert f"vmirror({part})" in made
    assert "vmirror(shape(I))" not in made


def test_a_node_becomes_one_of_the_program_itself() -> None:
    assert "hconcat(rot90(I), rot90(I))" in children("hconcat(rot90(I), I)", "node")


def test_nothing_larger_than_told_is_taken() -> None:
    pool = ["rot90(rot90(vmirror(I)))"]
    assert "hmirror(rot90(rot90(vmirror(I))))" in children("hmirror(I)", "node", pool)
    assert "hmirror(rot90(rot90(vmirror(I))))" not in children("hmirror(I)", "node", pool, max_taken=2)


def test_a_solver_takes_nothing_that_hangs_on_c() -> None:
    differ = program("astuple(size(difference(palette(C), palette(I))), first(C))", "differ_zo")
    mutator = Mutator([differ], MutationSettings(only("node", "cross"), mean_steps=1.0))
    solver = program("canvas(numcolors(I), shape(I))")
    for seed in range(200):
        child = mutator.mutate(solver, None, Random(seed))
        assert child is None or "(C)" not in child.program.text


# ---- literal


def test_a_number_becomes_a_constant_of_its_role() -> None:
    made = children("canvas(mostcolor(I), shape(I))", "literal", hints=HINTS, hinted=1.0)
    assert {"canvas(SIX, shape(I))", "canvas(mostcolor(I), (7, 7))"} <= made
    assert "canvas(FIVE, shape(I))" not in made


# ---- function


def test_a_function_is_replaced_by_a_primitive_and_by_a_binding() -> None:
    made = children("paint(I, merge(sfilter(objects(I, T, F, T), square)))", "function", count=600)
    assert "paint(I, merge(sfilter(objects(I, T, F, T), portrait)))" in made
    assert any("rbind(" in text or "lbind(" in text for text in made)
    assert "paint(I, merge(sfilter(objects(I, T, F, T), even)))" not in made


def test_a_function_is_taken_from_the_pool() -> None:
    pool = ["paint(I, merge(mfilter(objects(I, T, F, T), compose(flip, square))))"]
    made = children("paint(I, merge(sfilter(objects(I, T, F, T), square)))", "function", pool, count=600)
    assert "paint(I, merge(sfilter(objects(I, T, F, T), compose(flip, square))))" in made


# ---- swap


def test_arguments_of_the_same_type_are_swapped_and_no_others() -> None:
    made = children("hconcat(fill(I, THREE, asindices(I)), replace(I, ONE, TWO))", "swap")
    assert made == {
        "hconcat(replace(I, ONE, TWO), fill(I, THREE, asindices(I)))",
        "hconcat(fill(I, THREE, asindices(I)), replace(I, TWO, ONE))",
    }


# ---- wrap and strip


def test_a_node_is_wrapped_in_a_call_that_fits() -> None:
    made = children("hconcat(I, I)", "wrap", count=1500)
    assert {"hconcat(rot90(I), rot90(I))", "hconcat(I, rot90(I))", "vmirror(hconcat(I, I))"} <= made
    assert any("upscale(I, " in text for text in made)
    assert not any(text.startswith("shape(") for text in made)


def test_a_wrapping_call_gets_a_function_that_fits_its_container() -> None:
    made = children("paint(I, first(objects(I, T, F, T)))", "wrap", count=2000)
    assert any("sfilter(objects(I, T, F, T), square)" in text for text in made)


def test_a_call_is_stripped_to_an_argument_that_fits() -> None:
    assert children("replace(rot90(I), ONE, TWO)", "strip") == {"rot90(I)", "replace(I, ONE, TWO)"}


# ---- cross


def test_programs_are_crossed_at_nodes_of_the_same_type() -> None:
    settings = MutationSettings(only("cross"), mean_steps=1.0)
    donor = program("fill(I, leastcolor(I), ofcolor(I, ONE))")
    mutator = Mutator([donor], settings)
    parent = program("underfill(I, mostcolor(I), asindices(I))")
    made = [mutator.mutate(parent, None, Random(seed)) for seed in range(100)]
    texts = {child.program.text for child in made if child is not None}
    assert program("underfill(I, leastcolor(I), asindices(I))").text in texts
    assert program("underfill(I, mostcolor(I), ofcolor(I, ONE))").text in texts
    assert {child.parents for child in made if child is not None} == {(parent.md5, donor.md5)}


# ---- sampled


def test_a_literal_color_is_read_off_the_input_or_the_samples() -> None:
    made = children("replace(I, ONE, TWO)", "sampled")
    assert {"replace(I, mostcolor(I), TWO)", "replace(I, ONE, leastcolor(I))"} <= made
    added = "difference(palette(merge(apply(last, S))), palette(merge(apply(first, S))))"
    removed = "difference(palette(I), palette(merge(apply(last, S))))"
    assert {f"replace(I, ONE, minimum({added}))", f"replace(I, maximum({removed}), TWO)"} <= made


@pytest.mark.parametrize(
    ("color", "reading"),
    [
        ("SIX", "minimum(difference(palette(merge(apply(last, S))), palette(merge(apply(first, S)))))"),
        ("EIGHT", "maximum(difference(palette(merge(apply(last, S))), palette(merge(apply(first, S)))))"),
    ],
)
def test_a_color_that_the_samples_tell_is_read_there(color: str, reading: str) -> None:
    made = children(f"canvas({color}, shape(I))", "sampled", hints=HINTS)
    assert made == {f"canvas({reading}, shape(I))"}


def test_no_other_number_is_read_off_the_samples() -> None:
    assert children("upscale(I, TWO)", "sampled") == set()
