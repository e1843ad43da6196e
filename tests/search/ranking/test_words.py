"""Words for and against an answer: the side is what a model made by hand makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.search.evidence.invariants import invariant_names
from arcbatt.search.ranking.features import FEATURES
from arcbatt.search.ranking.model import FORMAT, UNITS_PER_BIT, Model
from arcbatt.search.ranking.words import Remark, Side, Surroundings, remarks

BIT = UNITS_PER_BIT
MODEL = Model(FORMAT, "by hand", "none", "2026-01-01", {
    "bits": -BIT, "log-count": BIT // 16, "symmetries": BIT // 2, "broken": -2 * BIT, "more-families": BIT,
    "family-exact": -3 * BIT, "held": BIT // 64, "near-broken": -BIT, "exchanges": BIT,
})  # fmt: skip


@dataclass(frozen=True)
class Answer:
    features: Mapping[str, int]
    broken: tuple[str, ...] = ()
    count: int = 1
    families: tuple[str, ...] = field(default_factory=tuple)


def told(answer: Answer, *others: Mapping[str, int], fits: int = 0, demos: int = 4) -> dict[str, Remark]:
    held = {"shape": "the output has the shape of the input", "colors": "the output has 2 colors"}
    found = remarks(answer, Surroundings(MODEL, demos, fits, held, others))
    assert len({remark.text for remark in found}) == len(found)
    return {remark.text: remark for remark in found}


def sides(answer: Answer, *others: Mapping[str, int], fits: int = 0) -> dict[str, Side]:
    return {text: remark.side for text, remark in told(answer, *others, fits=fits).items()}


def test_a_cheaper_program_speaks_for_an_answer_beside_the_others() -> None:
    assert sides(Answer({"bits": 20}), {"bits": 40})["its cheapest program has 20 bits"] is Side.FOR
    assert sides(Answer({"bits": 40}), {"bits": 20})["its cheapest program has 40 bits"] is Side.AGAINST
    assert sides(Answer({"bits": 20}), {"bits": 20})["its cheapest program has 20 bits"] is Side.NEITHER
    assert sides(Answer({"bits": 20}))["its cheapest program has 20 bits"] is Side.NEITHER


def test_the_others_count_on_average() -> None:
    text = "its cheapest program has 30 bits"
    assert told(Answer({"bits": 30}), {"bits": 20}, {"bits": 50})[text].units == 5 * BIT
    assert told(Answer({"bits": 30}), {}, {"bits": 30})[text].units == -15 * BIT


def test_all_features_of_a_fact_are_weighed_together() -> None:
    answer = Answer({"more-families": 1, "family-exact": 1}, families=("exact", "table"))
    assert sides(answer, {"bits": 1})["2 families agree: exact, table"] is Side.AGAINST
    one = Answer({"bits": 1}, families=("table",))
    assert sides(one, {"family-exact": 1})["one family alone gives it: table"] is Side.FOR


def test_the_store_is_no_family_of_its_own() -> None:
    both = Answer({"bits": 1}, families=("exact", "store"))
    assert "one family alone gives it: exact, and the store has it" in told(both)
    assert "programs of the store alone give it" in told(Answer({"bits": 1}, families=("store",)))


@pytest.mark.parametrize(("count", "fits", "text"), [
    (157, 168, "157 of 168 programs that fit give it"), (1, 168, "1 of 168 programs that fit gives it"),
    (5, 5, "all 5 programs that fit give it"), (1, 1, "the only program that fits gives it"),
    (1_200, 0, "1,200 programs that fit give it"),
])  # fmt: skip
def test_programs_are_counted(count: int, fits: int, text: str) -> None:
    assert text in told(Answer({"bits": 1, "log-count": 16}, count=count), fits=fits)


def test_symmetries_are_told_where_any_answer_has_some() -> None:
    assert sides(Answer({"symmetries": 7, "symmetries-best": 7}), {})["right under 7 of 7 symmetries"] is Side.FOR
    both = "right under 3 of 7 symmetries, its best program under 7"
    assert both in told(Answer({"symmetries": 3, "symmetries-best": 7}))
    assert sides(Answer({"bits": 1}), {"symmetries": 7})["right under 0 of 7 symmetries"] is Side.AGAINST
    assert not any("symmetries" in text for text in told(Answer({"bits": 1}), {"bits": 1}))


@pytest.mark.parametrize(("features", "text"), [
    ({"exchanges": 16}, "its colors can be exchanged"),
    ({"exchanges": 16 * 2 // 3}, "right under 2 of 3 exchanges of colors"),
    ({"exchanges": 16 // 3}, "right under 1 of 3 exchanges of colors"),
    ({"exchanges": 8}, "right under 1 of 2 exchanges of colors"),
    ({"bits": 1}, "wrong wherever colors are exchanged"),
    ({"no-exchanges": 1}, "no exchange of colors could be tried"),
    ({"loose": 1}, "with another value of 1 literal it fits as well and gives another output"),
    ({"choices-loose": 2}, "with 2 functions or flags exchanged it fits as well and gives another output"),
    ({"is-input": 1, "is-blank": 1}, "it is the input and it is of one color"),
    ({"bits": 400}, "its cheapest program has 400 bits or more"),
    ({"unanswered": 1}, "each of its programs fails on 1 or more of the test inputs"),
])  # fmt: skip
def test_facts_have_words(features: dict[str, int], text: str) -> None:
    assert text in told(Answer(features))


@given(st.integers(1, 16).flatmap(lambda demos: st.tuples(st.integers(1, demos), st.just(demos))))
def test_shares_of_the_demo_samples_are_told_as_they_were(share: tuple[int, int]) -> None:
    held, demos = share
    expected = f"learned without one demo sample, it is right on that one in {held} of {demos} cases"
    assert expected in told(Answer({"held": 16 * held // demos}), demos=demos)


def test_broken_invariants_are_told_by_what_they_say() -> None:
    broken = Answer({"broken": 2}, ("shape", "unknown"))
    text = "breaks 2 likely invariants (the output has the shape of the input; unknown)"
    assert sides(broken)[text] is Side.AGAINST
    assert sides(Answer({"bits": 1}), {"broken": 1})["breaks no likely invariant"] is Side.FOR
    fewer = "breaks only 1 likely invariant (the output has 2 colors)"
    assert sides(Answer({"broken": 1}, ("colors",)), {"broken": 3})[fewer] is Side.FOR
    many = told(Answer({"broken": 5}, ("a", "b", "c", "d", "e")))
    assert "breaks 5 likely invariants (a; b; c; and 2 more)" in many
    first, second = invariant_names()[:2]
    model = Model(FORMAT, "by hand", "none", "2026-01-01", {f"breaks-{second}": -BIT})
    answer = Answer({"broken": 2, f"breaks-{first}": 1, f"breaks-{second}": 1}, (first, second))
    (_, said) = sorted(remarks(answer, Surroundings(model, 4)), key=lambda remark: abs(remark.units))[-2:]
    assert (said.text, said.side) == (f"breaks 2 likely invariants ({second}; {first})", Side.AGAINST)


def test_facts_that_hold_semicolons_hold_them_in_brackets() -> None:
    """Facts on one line have semicolons between them: what an answer breaks must not run into the next fact."""
    for remark in remarks(Answer(dict.fromkeys(FEATURES, 1), tuple(invariant_names())), Surroundings(MODEL, 4)):
        outside = re.sub(r"\([^()]*\)", "", remark.text)
        assert ";" not in outside


def test_what_weighs_most_comes_first() -> None:
    answer = Answer({"bits": 10, "broken": 1, "symmetries": 1, "symmetries-best": 1}, ("shape",))
    units = [remark.units for remark in told(answer, {"bits": 30}).values()]
    assert [abs(number) for number in units] == sorted(map(abs, units), reverse=True)
    assert units[:3] == [20 * BIT, -2 * BIT, BIT // 2]


def test_near_misses_have_their_own_words_and_guesses_none() -> None:
    near = Answer({"near-bits": 12, "near-demos": 8, "near-broken": 1}, ("shape",), count=3)
    assert set(told(near, demos=4)) == {
        "3 near misses give it", "its nearest program has 12 bits",
        "its nearest program is right on 2 of 4 demo samples",
        "breaks 1 likely invariant (the output has the shape of the input)",
    }  # fmt: skip
    assert remarks(Answer({}), Surroundings(MODEL, 4)) == []


@given(st.dictionaries(st.sampled_from(sorted(FEATURES)), st.integers(-400, 400), min_size=1), st.integers(0, 20))
def test_any_features_have_words_on_one_line(features: dict[str, int], demos: int) -> None:
    found = remarks(Answer(features, tuple(features)), Surroundings(MODEL, demos, others=({"bits": 1}, features)))
    assert all(remark.text.isprintable() and remark.text for remark in found)
