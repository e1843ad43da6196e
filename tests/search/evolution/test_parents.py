"""Parents: the better ones more often, and whoever is best on some sample."""

from __future__ import annotations

import random
from collections import Counter

from arcbatt.search.evolution.parents import choose_parent, specialist
from support.evolution import member

GENERALIST = member("vmirror(I)", (8_000, 8_000, 8_000), birth=0)
SPECIALIST = member("hmirror(I)", (0, 0, 9_000), birth=1)
NOBODY = [member("trim(I)", (0, 0, 0), birth=2 + number) for number in range(8)]
POPULATION = [GENERALIST, SPECIALIST, *NOBODY]


def test_who_is_best_on_one_sample_breeds_where_that_sample_comes_first() -> None:
    rng = random.Random(0)
    counts = Counter(specialist(POPULATION, rng).birth for _ in range(600))
    assert set(counts) == {0, 1}
    assert 120 < counts[1] < 280  # a third


def test_every_member_has_its_chance_and_the_better_ones_more_of_it() -> None:
    rng = random.Random(0)
    counts = Counter(choose_parent(POPULATION, rng).birth for _ in range(3_000))
    assert set(counts) == set(range(10))
    assert counts[0] > counts[9]


def test_equal_members_share_the_choice() -> None:
    rng = random.Random(0)
    assert {specialist(NOBODY, rng).birth for _ in range(300)} == {one.birth for one in NOBODY}
