"""Which members stay: the best, within the limits on equal outcomes and on families of near-copies."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.errors import InputError
from arcbatt.search.evolution.evolution_settings import EvolutionSettings
from arcbatt.search.evolution.families import diverse, likeness
from arcbatt.search.evolution.member import Member
from support.evolution import member

BODIES = [
    "vmirror(I)", "hmirror(I)", "replace(I, ONE, TWO)", "replace(I, ONE, FOUR)", "replace(I, SIX, TWO)",
    "vmirror(replace(I, ONE, TWO))", "trim(hmirror(tophalf(I)))", "trim(hmirror(lefthalf(I)))", "tophalf(trim(I))",
]  # fmt: skip

members = st.lists(
    st.tuples(st.sampled_from(BODIES), st.sampled_from([0, 5_000, 10_000]), st.integers(0, 10_000), st.integers(0, 4)),
    max_size=40,
).map(
    lambda rows: [
        member(body, shares, outcome=outcome, birth=birth)
        for birth, (body, *shares, outcome) in enumerate(rows)
    ]
)
settings = st.builds(
    EvolutionSettings,
    keep=st.integers(1, 12), same_outcomes=st.integers(1, 3), family=st.integers(1, 4), likeness=st.floats(0.3, 1),
)  # fmt: skip


def families(kept: list[Member], threshold: float) -> Counter[int]:
    """The sizes of the families by their founder's place, as the text of the module defines them."""
    sizes: Counter[int] = Counter()
    founders: list[int] = []
    for place, one in enumerate(kept):
        like = [f for f in founders if likeness(one.primitives, kept[f].primitives) >= threshold]
        if not like:
            founders.append(place)
        sizes[like[0] if like else place] += 1
    return sizes


@given(members, settings)
def test_no_limit_is_passed_and_the_best_stays(judged: list[Member], settings: EvolutionSettings) -> None:
    kept = diverse(judged, settings)
    assert len(kept) <= settings.keep
    assert [one.rank for one in kept] == sorted(one.rank for one in kept)
    assert max(Counter(one.outcome_class for one in kept).values(), default=0) <= settings.same_outcomes
    assert max(families(kept, settings.likeness).values(), default=0) <= settings.family
    if judged:
        assert kept[0].rank == min(one.rank for one in judged)


@given(members, settings, st.integers(0, 5))
def test_the_order_of_the_members_does_not_matter(
    judged: list[Member], settings: EvolutionSettings, seed: int
) -> None:
    shuffled = list(judged)
    random.Random(seed).shuffle(shuffled)
    assert diverse(shuffled, settings) == diverse(judged, settings)


def test_near_copies_do_not_fill_the_places() -> None:
    copies = [member(f"replace(I, {a}, {b})", (9_000, 9_000), birth=10 * a + b) for a in range(7) for b in range(7)]
    others = [member("vmirror(I)", (100, 100), birth=100), member("trim(I)", (0, 0), birth=101)]
    kept = diverse([*copies, *others], EvolutionSettings(keep=16, family=4))
    assert [one.birth for one in kept[:4]] == [0, 1, 2, 3]
    assert kept[4:] == others


def test_a_longer_variant_is_a_near_copy_and_a_different_program_is_none() -> None:
    chain = "trim(hmirror(rot90(tophalf({}))))"
    long, longer, other = (
        member(body).primitives
        for body in (chain.format("I"), chain.format("trim(I)"), "vmirror(lefthalf(rot90(rot270(I))))")
    )
    assert likeness(long, longer) == 4 / 5
    assert likeness(long, other) == 1 / 7
    assert likeness(frozenset(), frozenset()) == 1


def test_constants_and_the_order_of_arguments_do_not_make_a_program_another() -> None:
    one, two = member("add(shape(I), astuple(ONE, TWO))"), member("add(astuple(SEVEN, ONE), shape(I))")
    assert one.primitives == two.primitives
    assert member("rot90(rot90(I))").primitives != member("rot90(I)").primitives


def test_members_that_give_the_same_are_few() -> None:
    same = [member(body, outcome=1, birth=birth) for birth, body in enumerate(BODIES)]
    assert len(diverse(same, EvolutionSettings(same_outcomes=2))) == 2


def test_a_near_miss_ranks_by_samples_then_cells_then_distance_then_size() -> None:
    solved = member("trim(rot90(I))", (10_000, 0), birth=1)
    near = member("trim(rot180(I))", (9_999, 9_999), birth=2)
    far = member("trim(rot270(I))", (100, 9_000), birth=3)
    measured, unmeasured, short = (member(body, birth=9) for body in ("trim(trim(I))", "trim(trim(I))", "trim(I)"))
    measured.distance = 10**6
    ranked = sorted([unmeasured, measured, far, near, solved, short], key=lambda one: one.rank)
    assert ranked == [solved, near, far, measured, short, unmeasured]


@pytest.mark.parametrize("wrong", [
    {"keep": 0}, {"same_outcomes": 0}, {"family": 0}, {"likeness": 0}, {"likeness": 1.5}, {"rounds": 0},
    {"children": 0}, {"donors": -1}, {"migration": -0.1}, {"composition": 2},
])  # fmt: skip
def test_settings_out_of_bounds_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match=f"expected {next(iter(wrong))} from"):
        EvolutionSettings(**wrong)
