"""Sets of cells as numbers, and what is known of grids and pairs, against plain definitions."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.arc import Grid
from arcbatt.search.evidence.invariants.grid_facts import SYMMETRIES, GridFacts, crop
from arcbatt.search.evidence.invariants.masks import STRIDE, box_of, components, normalized, rectangle
from arcbatt.search.evidence.invariants.pair_facts import PairFacts
from arcbatt.search.evidence.invariants.panels import cut_at_lines, panels_of
from support.invariant_cases import grid

Cell = tuple[int, int]

cell_sets = st.sets(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60)
small_sets = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30)


def number(cells: set[Cell]) -> int:
    return sum(1 << (STRIDE * row + column) for row, column in cells)


def parts(cells: set[Cell], diagonal: bool) -> set[int]:
    """The components by a plain search."""
    steps = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if diagonal or abs(a) + abs(b) == 1]
    left, found = set(cells), set()
    while left:
        todo, part = [left.pop()], set()
        while todo:
            row, column = todo.pop()
            part.add((row, column))
            near = {(row + down, column + right) for down, right in steps} & left
            left -= near
            todo += near
        found.add(number(part))
    return found


@given(small_sets | cell_sets, st.booleans())
def test_components(cells: set[Cell], diagonal: bool) -> None:
    found = components(number(cells), diagonal=diagonal)
    assert set(found) == parts(cells, diagonal)
    assert len(found) == len(set(found))


@given(cell_sets.filter(bool))
def test_box_and_normal_form(cells: set[Cell]) -> None:
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    top, left = min(rows), min(columns)
    assert box_of(number(cells)) == (top, left, max(rows) - top + 1, max(columns) - left + 1)
    assert normalized(number(cells)) == number({(row - top, column - left) for row, column in cells})


def test_no_cells_have_no_box() -> None:
    assert box_of(0) == (0, 0, 0, 0)
    assert normalized(0) == 0
    assert components(0, diagonal=True) == []


def test_rectangle() -> None:
    assert rectangle((1, 2, 2, 3)) == number({(row, column) for row in (1, 2) for column in (2, 3, 4)})


@given(st.integers(1, 30), st.integers(1, 30), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_masks_hold_each_cell_once(height: int, width: int, random) -> None:
    cells: Grid = tuple(tuple(random.randrange(10) for _ in range(width)) for _ in range(height))
    facts = GridFacts(cells)
    for color in range(10):
        expected = {(r, c) for r in range(height) for c in range(width) if cells[r][c] == color}
        assert facts.masks.get(color, 0) == number(expected)
    assert sum(facts.masks.values()) == facts.all_cells


def test_background_is_the_most_common_color_then_0_then_the_smallest() -> None:
    assert GridFacts(grid("331")).background == 3
    assert GridFacts(grid("3300")).background == 0
    assert GridFacts(grid("3322")).background == 2


def test_objects_clusters_and_regions() -> None:
    facts = GridFacts(grid("000000|012000|100003|000000"))
    assert [color for color, _ in facts.objects] == [1, 2, 3]
    assert len(facts.clusters) == 2
    assert len(facts.regions) == 5  # the two cells of color 1 touch at a corner only
    assert facts.object_forms == Counter({(2, 1): 1, (3, 1): 1, (1, number({(0, 1), (1, 0)})): 1})


def test_symmetries() -> None:
    assert GridFacts(grid("12|21")).symmetries == {"diagonal", "antidiagonal", "half turn"}
    assert GridFacts(grid("121")).symmetries == {"left-right", "top-bottom", "half turn"}
    assert GridFacts(grid("5")).symmetries == set(SYMMETRIES)


def test_periods() -> None:
    facts = GridFacts(grid("1212|3434|1212"))
    assert (facts.row_period, facts.column_period) == (2, 2)
    assert GridFacts(grid("123")).column_period == 3


def test_crop() -> None:
    assert crop(grid("123|456|789"), (1, 0, 2, 2)) == grid("45|78")


def test_panels_between_lines_and_by_shape() -> None:
    lined = GridFacts(grid("10500|02500|55555|00530|00504"))
    assert [panel.grid for panel in panels_of(lined, (1, 1))] == [
        grid("10|02"), grid("00|00"), grid("00|00"), grid("30|04"),
    ]  # fmt: skip
    assert [panel.grid for panel in panels_of(GridFacts(grid("1234")), (1, 2))] == [grid("12"), grid("34")]
    assert panels_of(GridFacts(grid("123")), (1, 2)) == ()
    assert cut_at_lines(GridFacts(grid("105000|025000"))) is None  # panels of different widths


def test_changes_between_grids() -> None:
    pair = PairFacts(GridFacts(grid("012|000")), GridFacts(grid("032|003")))
    assert pair.changed == number({(0, 1), (1, 2)})
    assert (pair.changed_from, pair.changed_to) == ({0, 1}, {3})
    assert (pair.new_colors, pair.lost_colors) == ({3}, {1})
    assert PairFacts(GridFacts(grid("01")), GridFacts(grid("0"))).changed == GridFacts(grid("01")).all_cells
