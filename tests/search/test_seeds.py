from __future__ import annotations

import pytest

from arcbatt.search.seeds import seeded


def test_the_numbers_are_the_same_in_every_process_and_on_every_machine() -> None:
    assert seeded(0, "mutate", "a", 1).getrandbits(32) == 3330656572


@pytest.mark.parametrize(
    "other", [(1, "a", 2), (0, "b", 2), (0, "a", 3), (0, "a", "2"), (0, "a"), (0, "a2"), (0, "a", 2, ""), (-1, "a", 2)]
)
def test_other_arguments_give_other_numbers(other: tuple[int, str]) -> None:
    assert seeded(*other).getrandbits(64) != seeded(0, "a", 2).getrandbits(64)
