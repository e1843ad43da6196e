"""The model: probabilities from scores, and files of weights that are refused."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.errors import InputError
from arcbatt.search.evidence.invariants import invariant_names
from arcbatt.search.ranking.features import FEATURES
from arcbatt.search.ranking.model import FORMAT, SCALE, UNITS_PER_BIT, Model, load_model, read_model

WEIGHTS = {"bits": -UNITS_PER_BIT, "broken": -3 * UNITS_PER_BIT, "none": 2 * UNITS_PER_BIT}
MODEL = Model(FORMAT, "by hand", "none", "2026-01-01", WEIGHTS)
FEATURES_DRAWN = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(0, 60))


def text(**changes: Any) -> str:
    whole = {"format": FORMAT, "command": "c", "data": "d", "date": "2026-01-01", "weights": WEIGHTS}
    return json.dumps(whole | changes)


def test_a_bit_of_score_doubles_the_probability() -> None:
    first, second = MODEL.probabilities([{"bits": 3}, {"bits": 4}, {"bits": 40}])
    assert first == pytest.approx(2 * second, abs=1)
    assert first + second == pytest.approx(SCALE, abs=2)


def test_none_takes_its_share() -> None:
    assert MODEL.probabilities([{"bits": 0}, {"none": 0}]) == [SCALE // 2]
    assert MODEL.probabilities([{}, {"none": 1}]) == [SCALE // 5]


@given(st.lists(FEATURES_DRAWN, min_size=1, max_size=6))
def test_probabilities_are_those_of_a_conditional_logit(answers: list[dict[str, int]]) -> None:
    found = MODEL.probabilities(answers)
    scores = [MODEL.score(features) / UNITS_PER_BIT for features in answers]
    total = math.fsum(2.0 ** (score - max(scores)) for score in scores)
    for probability, score in zip(found, scores, strict=False):
        assert probability == pytest.approx(SCALE * 2.0 ** (score - max(scores)) / total, abs=1)
    assert sum(found) <= SCALE


@given(st.permutations([{"bits": 1}, {"bits": 5}, {"broken": 1}]))
def test_the_order_of_answers_does_not_matter(answers: list[dict[str, int]]) -> None:
    found = dict(zip(map(str, answers), MODEL.probabilities([*answers, {"none": 1}]), strict=True))
    known = [{"bits": 1}, {"bits": 5}, {"broken": 1}]
    assert found == dict(zip(map(str, known), MODEL.probabilities([*known, {"none": 1}]), strict=True))


def test_scores_far_apart_have_no_mass_and_no_error() -> None:
    assert MODEL.probabilities([{"bits": 10**9}, {}]) == [0]
    assert MODEL.probabilities([{}, {"bits": 10**9}]) == [SCALE]


class TestFiles:
    def test_what_is_written_is_read(self) -> None:
        assert read_model(text(), "w.json").weights == WEIGHTS

    def test_the_package_has_one(self) -> None:
        model = load_model()
        assert model.format == FORMAT
        assert model.command.startswith("python tools/fit_ranking.py fit")
        assert model.weights.keys() <= FEATURES.keys()
        assert model.weights["broken"] < 0 < model.weights["more-families"]

    @pytest.mark.parametrize(("broken", "words"), [
        (text(format=FORMAT + 1), f"w.json: expected weights of format {FORMAT}, got format {FORMAT + 1}"),
        (text(weights={"bits": 1, "breaks-nothing": 2}), 'got "breaks-nothing"; python'),
        (text(weights={"a\nb\x1b[31m": 2}), "a\\nb\\x1b[31m"),
        (text(weights={}), "got none"),
        (text(weights={"bits": 10**30}), "expected weights from -1048576 to 1048576, got 1000000"),
        (text(weights={"bits": -(10**30)}), "got -1000000"),
        (text(weights={"bits": math.nan}), "w.json: "),
        (text(weights={"bits": 0.5}), "weights"),
        (text(weights={"bits": "1"}), "weights"),
        ("{", "w.json: "),
        ("[]", "w.json: "),
        (json.dumps({"format": FORMAT}), "command"),
    ])  # fmt: skip
    def test_others_are_refused_with_a_reason(self, broken: str, words: str) -> None:
        with pytest.raises(InputError, match=r"w\.json") as caught:
            read_model(broken, "w.json")
        assert words in str(caught.value)
        assert str(caught.value).isprintable()

    def test_every_likely_invariant_can_be_weighed(self) -> None:
        assert {f"breaks-{name}" for name in invariant_names()} <= FEATURES.keys()
