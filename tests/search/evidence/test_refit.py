"""Refit: which literals there are, what may stand in their place, and known numbers on small tasks."""

from __future__ import annotations

import pytest

from arcbatt.arc import Challenge
from arcbatt.engine import Engine, available_engines, select_engine
from arcbatt.program.program import Program
from arcbatt.search.evidence.literals import CHOICES, LITERALS, alternatives, sites, variants
from arcbatt.search.evidence.meter import EvidenceMeter
from arcbatt.search.evidence.refit import RefitEvidence, refit
from support.evidence import PLENTY, batch_of, grid_of, programs_of

TASK = Challenge.of(
    "ones to twos",
    [
        (grid_of("10", "00"), grid_of("20", "00")),
        (grid_of("11", "03"), grid_of("22", "03")),
        (grid_of("01"), grid_of("02")),
    ],
    [grid_of("130")],
)


@pytest.fixture(params=available_engines())
def engine(request: pytest.FixtureRequest) -> Engine:
    return select_engine(request.param)


@pytest.mark.parametrize(("body", "literals", "choices"), [
    ("I", [], []),
    ("replace(I, ONE, TWO)", ["color", "color"], []),
    ("upscale(I, TWO)", ["count"], []),
    ("shift(first(objects(I, T, F, T)), (0, 4))", ["offset"], ["flag", "flag", "flag"]),
    ("argmax(partition(I), size)", [], ["function"]),
    ("extract(partition(I), matcher(color, TWO))", ["color"], ["function"]),
    ("canvas(ZERO, astuple(THREE, TEN))", ["count", "count", "color"], []),
])  # fmt: skip
def test_what_was_learned(body: str, literals: list[str], choices: list[str]) -> None:
    (program,) = programs_of(body)
    assert [site.kind for site in sites(program.graph, program.root, LITERALS)] == literals
    assert [site.kind for site in sites(program.graph, program.root, CHOICES)] == choices


def texts(body: str, number: int = 0, colors: tuple[int, ...] = (0, 1, 2, 3)) -> list[str]:
    (program,) = programs_of(body)
    graph = program.graph
    site = sites(graph, program.root, LITERALS | CHOICES)[number]
    roots = variants(graph, program.root, site, alternatives(graph, site, colors))
    return [Program(graph, root).text.split("(I")[-1].splitlines()[0] for root in roots]


def test_colors_of_the_task_stand_in_for_colors() -> None:
    assert texts("replace(I, ONE, TWO)") == [", ZERO, TWO)", ", TWO, TWO)", ", THREE, TWO)"]


def test_near_and_small_numbers_stand_in_for_counts() -> None:
    assert texts("upscale(I, FIVE)") == [", FOUR)", ", SIX)", ", ZERO)", ", ONE)", ", TWO)"]
    assert texts("upscale(I, ONE)") == [", ZERO)", ", TWO)"]
    assert len(texts(f"upscale(I, {2**63 - 1})")) == 4


def test_near_offsets_and_turned_ones_stand_in_for_offsets() -> None:
    offsets = [text.split(", ", 1)[1] for text in texts("crop(I, (1, 2), I)")]
    assert offsets == ["TWO_BY_TWO, I)", "ZERO_BY_TWO, I)", "(1, 3), I)", "UNITY, I)", "(-1, -2), I)", "(2, 1), I)"]
    assert len(texts("crop(I, ORIGIN, I)")) == 4


def test_functions_of_the_same_types_stand_in_first() -> None:
    (program,) = programs_of("argmin(partition(I), uppermost)")
    graph = program.graph
    (site,) = sites(graph, program.root, CHOICES)
    names = [graph.values[node] for node in alternatives(graph, site, ())]
    assert names[:4] == ["holes", "leftmost", "lowermost", "rightmost"]
    assert len(set(names)) == len(names) == 8
    assert "uppermost" not in names


def test_a_call_that_occurs_twice_is_changed_in_both_places() -> None:
    (program,) = programs_of("hconcat(upscale(I, THREE), vmirror(upscale(I, THREE)))")
    (site,) = sites(program.graph, program.root, LITERALS)
    nodes = alternatives(program.graph, site, ())
    for root in variants(program.graph, program.root, site, nodes):
        assert "THREE" not in Program(program.graph, root).text


def test_what_all_samples_show_is_determined(engine: Engine) -> None:
    batch = batch_of(engine, TASK, "replace(I, ONE, TWO)", "I")
    assert refit(engine, TASK, batch, EvidenceMeter(PLENTY)) == [
        RefitEvidence(demos=3, literals=2, held=3, determined=3, loose_same=0, loose_other=0),
        RefitEvidence(demos=3, literals=0, held=3, determined=3, loose_same=0, loose_other=0),
    ]


def test_a_color_that_only_one_sample_shows_does_not_hold_there(engine: Engine) -> None:
    batch = batch_of(engine, TASK, "replace(replace(I, ONE, TWO), THREE, THREE)")
    (found,) = refit(engine, TASK, batch, EvidenceMeter(PLENTY))
    # Without the second sample 3 may become anything. With it 1, of which none is left, may become 3 as well.
    assert found == RefitEvidence(demos=3, literals=4, held=2, determined=0, loose_same=1, loose_other=0)


def test_a_literal_without_effect_is_loose_and_changes_nothing(engine: Engine) -> None:
    task = Challenge.of("no three", [(grid_of("10"), grid_of("20")), (grid_of("01"), grid_of("02"))], [grid_of("11")])
    batch = batch_of(engine, task, "replace(replace(I, ONE, TWO), THREE, TWO)")
    (found,) = refit(engine, task, batch, EvidenceMeter(PLENTY))
    assert found == RefitEvidence(demos=2, literals=4, held=2, determined=0, loose_same=2, loose_other=0)


def test_a_choice_that_the_samples_leave_open_is_told(engine: Engine) -> None:
    task = Challenge.of(
        "tallest or largest", [(grid_of("1000", "1022"), grid_of("1", "1"))], [grid_of("2000", "2011", "0011")]
    )
    batch = batch_of(engine, task, "subgrid(argmax(objects(I, T, F, T), height), I)")
    assert batch.fuel[0] > 0
    (found,) = refit(engine, task, batch, EvidenceMeter(PLENTY), CHOICES)
    assert found is not None
    assert found.literals == 4
    assert found.loose_other >= 1


@pytest.mark.parametrize(("test", "same", "other"), [("130", 1, 0), ("444", 0, 1)])
def test_test_inputs_decide_whether_alternatives_differ(engine: Engine, test: str, same: int, other: int) -> None:
    task = Challenge.of("other test", TASK.pairs, [grid_of(test)])
    batch = batch_of(engine, task, "replace(replace(I, ONE, TWO), THREE, THREE)")
    (found,) = refit(engine, task, batch, EvidenceMeter(PLENTY))
    assert found == RefitEvidence(demos=3, literals=4, held=2, determined=0, loose_same=same, loose_other=other)


def test_the_meter_bounds_it_and_order_changes_no_number(engine: Engine) -> None:
    bodies = ["replace(I, ONE, TWO)", "fill(I, TWO, ofcolor(I, ONE))", "replace(replace(I, ONE, TWO), THREE, THREE)"]
    batch = batch_of(engine, TASK, *bodies)
    full = refit(engine, TASK, batch, EvidenceMeter(PLENTY))
    backward = refit(engine, TASK, batch_of(engine, TASK, *bodies[::-1]), EvidenceMeter(PLENTY))
    assert full == backward[::-1]
    for fuel in (0, 10, 50, 100, 200):
        meter = EvidenceMeter(fuel)
        found = refit(engine, TASK, batch, meter)
        assert meter.spent <= fuel
        count = sum(item is not None for item in found)
        assert found == [*full[:count], *[None] * (3 - count)]


def test_the_batch_stays_as_it_is(engine: Engine) -> None:
    batch = batch_of(engine, TASK, "replace(I, ONE, TWO)")
    before = len(batch.graph)
    refit(engine, TASK, batch, EvidenceMeter(PLENTY))
    assert len(batch.graph) == before


def test_both_engines_spend_the_same() -> None:
    spent = set()
    for name in available_engines():
        engine, meter = select_engine(name), EvidenceMeter(PLENTY)
        refit(engine, TASK, batch_of(engine, TASK, "fill(I, TWO, ofcolor(I, ONE))"), meter, LITERALS | CHOICES)
        spent.add(meter.spent)
    assert len(spent) == 1
