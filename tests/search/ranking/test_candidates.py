"""Candidates: programs by their answers, each way of building once, bounded."""

from __future__ import annotations

import pytest

from arcbatt.arc import Grid
from arcbatt.program.parse import parse_programs
from arcbatt.search.ranking import candidates as module
from arcbatt.search.ranking.answers import answers_at
from arcbatt.search.ranking.candidates import MOST_VOICES, Candidates
from arcbatt.search.ranking.leads import Lead

X, Y = ((1, 2),), ((2, 1),)


def lead(body: str, *outputs: Grid | None, source: str = "enumeration", goal: str = "exact") -> Lead:
    (program,) = parse_programs(f"def solve(S, I):\n    return {body}\n")
    return Lead(program, source, (2, 20_000), 1, outputs or (X,), (), goal if source == "enumeration" else "")


def gathered(*leads: Lead) -> Candidates:
    candidates = Candidates()
    candidates.add(leads)
    return candidates


def test_programs_with_one_answer_are_one_candidate() -> None:
    found = gathered(lead("vmirror(I)"), lead("hmirror(I)"), lead("rot90(I)", Y))
    assert [(one.outputs, one.count, len(one.voices)) for one in found] == [((X,), 2, 2), ((Y,), 1, 1)]
    assert found.count == 3


def test_near_copies_count_and_have_no_voice_of_their_own() -> None:
    (one,) = gathered(lead("replace(I, ONE, TWO)"), lead("replace(I, ONE, FIVE)"))
    assert (one.count, len(one.voices)) == (2, 1)


def test_a_known_program_has_a_voice_beside_a_found_near_copy() -> None:
    (one,) = gathered(lead("replace(I, ONE, TWO)"), lead("replace(I, ONE, FIVE)", source="given"))
    assert [voice.source for voice in one.voices] == ["enumeration", "given"]
    assert one.families == {"exact", "given"}


def test_a_known_program_that_is_found_again_has_one_voice() -> None:
    (one,) = gathered(lead("vmirror(I)", source="given"), lead("vmirror(I)"))
    assert [voice.source for voice in one.voices] == ["given"]


def test_of_near_copies_the_smallest_has_the_voice() -> None:
    (one,) = gathered(lead("vmirror(vmirror(vmirror(I)))"), lead("vmirror(I)"), lead("vmirror(vmirror(I))"))
    assert [voice.program.size for voice in one.voices] == [1]


def test_voices_are_bounded() -> None:
    names = ("vmirror", "hmirror", "dmirror", "cmirror", "rot90", "rot180", "rot270", "tophalf", "trim", "compress")
    (one,) = gathered(*(lead(f"{name}(I)") for name in names))
    assert (one.count, len(one.voices)) == (len(names), MOST_VOICES)


def test_answers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CANDIDATES", 2)
    found = gathered(*(lead(f"canvas({number}, UNITY)", ((number,),)) for number in range(4)))
    assert [one.outputs for one in found] == [(((0,),),), (((1,),),)]
    found.add([lead("vmirror(I)", ((1,),))])
    assert found.count == 3


def test_what_answers_no_test_input_fits_and_does_not_answer() -> None:
    found = gathered(lead("vmirror(I)", None, None), lead("hmirror(I)", None, X))
    assert (len(found), found.count) == (2, 1)
    assert [one.outputs for one in found.answering] == [(None, X)]


def test_answers_at_a_test_input_join_candidates() -> None:
    found = gathered(
        lead("vmirror(I)", X, X), lead("hmirror(I)", X, Y, goal="table"), lead("rot90(I)", None, X),
        lead("trim(I)", Y, Y),
    )  # fmt: skip
    first, second = answers_at(found, 0)
    assert (first.output, first.count, first.families) == (X, 2, ("exact", "table"))
    assert (second.output, second.count) == (Y, 1)
    assert [(one.output, one.count) for one in answers_at(found, 1)] == [(X, 2), (Y, 2)]


def test_programs_are_counted_by_what_found_them() -> None:
    found = gathered(lead("vmirror(I)"), lead("hmirror(I)", Y, goal="table"), lead("rot90(I)", Y, source="given"))
    assert found.families == {"exact": 1, "table": 1, "given": 1}
    found.add([lead("rot180(I)", None), lead("rot270(I)", Y, goal="table")])
    assert found.families == {"exact": 2, "table": 2, "given": 1}
    assert found.families.total() == found.count + 1  # one answers no test input
