from __future__ import annotations

import pytest

from arcbatt.errors import InputError
from arcbatt.search.mutation import MutationSettings
from arcbatt.search.mutation.mutation_settings import DEFAULT_WEIGHTS
from arcbatt.search.mutation.operators import OPERATORS


def test_every_operator_has_a_default_weight() -> None:
    assert set(DEFAULT_WEIGHTS) == {*OPERATORS, "cross"}
    assert all(weight > 0 for weight in DEFAULT_WEIGHTS.values())


def test_weights_left_out_keep_their_default() -> None:
    settings = MutationSettings({"wrap": 0.0})
    assert settings.weights == {**DEFAULT_WEIGHTS, "wrap": 0.0}
    assert list(settings.weights) == list(DEFAULT_WEIGHTS)  # the order that draws depend on


def test_text_gives_weights_and_rates() -> None:
    settings = MutationSettings.of_text(" wrap=5, cross=0 ,mean_steps=2.5,max_calls=9")
    assert settings == MutationSettings({"wrap": 5.0, "cross": 0.0}, mean_steps=2.5, max_calls=9)
    assert MutationSettings.of_text("") == MutationSettings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("warp=1", "'warp' is neither an operator"),
        ("wrap", "expected name=number, got 'wrap'"),
        ("wrap=much", "expected name=number, got 'wrap=much'"),
        ("wrap=1,wrap=2", "wrap is given twice"),
        ("wrap=-1", "wrap: expected a number, 0 or more, got -1.0"),
        ("wrap=nan", "wrap: expected a number"),
        ("mean_steps=0.5", "mean_steps: expected a number, 1 to 10"),
        ("max_calls=1.5", "max_calls: expected an integer"),
        ("max_calls=0", "max_calls: expected a number, 1 to 10000"),
        (",".join(f"{name}=0" for name in DEFAULT_WEIGHTS), "all are 0"),
    ],
)
def test_wrong_text_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        MutationSettings.of_text(text)
    assert told in str(caught.value)


def test_unknown_operators_are_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="'warp' is no operator; they are constant, primitive"):
        MutationSettings({"warp": 1.0})
