from __future__ import annotations

import resource

import pytest

import arcbatt
from arcbatt.arc import Task
from arcbatt.drawing.palette import COLORBLIND
from arcbatt.drawing.svg import svg_text
from arcbatt.errors import InputError
from arcbatt.program import parse_programs
from arcbatt.report.pictures.files import SUFFIXES, picture_bytes, picture_suffix
from arcbatt.report.pictures.program_pictures import MOST_STEPS
from arcbatt.report.program import ProgramView
from arcbatt.report.task import TaskView
from support.pictures import SVG, png_pixels, svg_of, texts_of
from support.tasks import mirror_task

STEPS = """
def solve_steps(I):
    x1 = asobject(I)
    x2 = toindices(x1)
    x3 = vmirror(I)
    x4 = fill(x3, FIVE, initset(ORIGIN))
    return x4
"""
FAILS = "def solve_fails(I):\n    x1 = ofcolor(I, NINE)\n    x2 = first(x1)\n    return fill(I, FIVE, initset(x2))\n"


def view(text: str = STEPS, task: Task | None = None) -> ProgramView:
    (program,) = parse_programs(text)
    return ProgramView(program, [], task or mirror_task("a"), names=program.labels or {})


def drawn(view: ProgramView | TaskView, **options: object) -> dict[str, list[str]]:
    """The texts of each part of a picture, by its heading."""
    parts = view.pictures(**options)  # type: ignore[arg-type]
    return {heading: texts_of(svg_of(svg_text(part, "t"))) for heading, part in parts}


class TestPrograms:
    def test_outputs_stand_beside_the_expected_ones(self) -> None:
        parts = drawn(view())
        assert list(parts) == ["program text", "a demo 1", "a demo 2", "a test 1"]
        assert parts["a demo 1"][:2] == ["a demo 1: input", "\N{RIGHTWARDS ARROW}"]
        assert {"output: 1 cell differs", "expected"} <= set(parts["a demo 1"])
        assert "output: right" in drawn(view("def solve_a(I): return vmirror(I)"))["a demo 1"]

    def test_unknown_outputs_are_told(self) -> None:
        texts = drawn(view(task=mirror_task("a", test_known=False)))["a test 1"]
        assert "output (the right one is unknown)" in texts
        assert "expected" not in texts

    def test_differing_cells_are_marked(self) -> None:
        ((_, part),) = [found for found in view().pictures() if found[0] == "a demo 1"]
        assert any("1 marked: row 1 column 1" in line for line in part.words)

    def test_the_names_of_primitives_stand_out(self) -> None:
        (_, text), *_ = view().pictures()
        bold = [e.text for e in svg_of(svg_text(text, "t")).iter(f"{SVG}text") if e.get("fill") == "#0b4f9c"]
        assert sorted(bold) == ["fill", "initset", "vmirror"]

    def test_each_step_is_drawn_with_its_value(self) -> None:
        text = "def solve_a(I):\n x1 = asobject(I)\n x2 = toindices(x1)\n return fill(I, height(x2), x2)\n"
        parts = view(text).pictures(steps=True)
        (steps,) = [part for heading, part in parts if heading == "a demo 1, step by step"]
        assert any("1 patch, 4 cells: row 1 column 1 color 0" in line for line in steps.words)
        assert any("1 patch, 4 cells: row 1 column 1, " in line for line in steps.words)
        assert "grid of 2 x 2: 22/22" in steps.words
        assert "2" in texts_of(svg_of(svg_text(steps, "t")))

    def test_the_failing_step_is_marked_and_what_needs_it_is_not_computed(self) -> None:
        texts = drawn(view(FAILS), steps=True)["a demo 1, step by step"]
        mark = texts.index(">> fails here")
        assert texts.count(">> fails here") == 1
        assert texts[mark + 1 : mark + 3] == ["x2 =", "first"]
        assert texts[mark + 4].startswith("error: ")
        assert texts.count("not computed: a step that it needs failed") == 2

    def test_failures_and_what_is_no_grid_are_told_in_place_of_an_output(self) -> None:
        assert any(text.startswith("error at ") for text in drawn(view(FAILS))["a demo 1"])
        assert "no grid: 2" in drawn(view("def solve_a(I): return height(I)"))["a demo 1"]

    def test_many_steps_are_cut_and_it_says_so(self) -> None:
        lines = "\n".join(f"    x{n} = {'vmirror' if n % 3 else 'hmirror'}(x{n - 1})" for n in range(2, 302))
        text = f"def solve_long(I):\n    x1 = rot90(I)\n{lines}\n    return x301\n"
        steps = drawn(view(text), steps=True)["a demo 1, step by step"]
        assert steps[-1] == f"and {301 - MOST_STEPS} more steps"
        assert any(text.startswith("and ") and "more line" in text for text in drawn(view(text))["program text"])

    def test_the_palette_is_that_of_the_grids(self) -> None:
        texts = drawn(view(), palette="colorblind")["a demo 1"]
        assert {COLORBLIND[color].symbol for color in (0, 1, 2)} <= set(texts)


class TestTasks:
    def test_every_sample_is_there(self) -> None:
        parts = drawn(TaskView(mirror_task("a"), []))
        assert [text for text in parts["task a"] if text.endswith("input")] == [
            "demo 1 input", "demo 2 input", "test 1 input",
        ]  # fmt: skip


class TestFiles:
    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_the_same_view_gives_the_same_bytes(self, suffix: str) -> None:
        first, second = (picture_bytes(view().pictures(steps=True), "t", suffix) for _ in range(2))
        assert first == second

    def test_a_png_file_shows_the_colors_of_the_grids(self) -> None:
        colors = {pixel for row in png_pixels(picture_bytes(view().pictures(), "t", ".png")) for pixel in row}
        assert {"#0074d9", "#ff4136", "#aaaaaa", "#0b4f9c"} <= colors

    def test_a_page_has_its_parts_and_hostile_names_are_text(self) -> None:
        (_, part), *_ = view().pictures()
        page = picture_bytes([("<script>x</script>", part)], "</title><script>", ".html").decode()
        assert "<script" not in page
        assert "<h2>&lt;script&gt;x&lt;/script&gt;</h2>" in page
        assert page.count("<svg") == 1
        assert "http" not in page.replace('xmlns="http://www.w3.org/2000/svg"', "").replace("http-equiv", "")

    @pytest.mark.parametrize("path", ["a", "a.gif", "svg", "a.svg.txt", "-"])
    def test_another_suffix_is_an_error_that_names_the_three(self, path: str) -> None:
        with pytest.raises(InputError, match=r"\.svg, \.png or \.html"):
            picture_suffix(path)

    def test_capital_letters_are_the_same(self) -> None:
        assert picture_suffix("a/b.SVG") == ".svg"


class TestDrawings:
    def test_a_program_is_drawn_on_a_task(self) -> None:
        (program,) = parse_programs(STEPS)
        outputs = arcbatt.draw_program(program, mirror_task("a"))
        steps = arcbatt.draw_program(program, mirror_task("a"), steps=True)
        assert "a test 1: input" in texts_of(svg_of(outputs.svg))
        assert "I" in texts_of(svg_of(steps._repr_html_()))
        assert arcbatt.draw_program(program, mirror_task("a"), sample="demo 1").svg == steps.svg

    def test_the_memory_of_the_notebook_stays_as_it_was(self) -> None:
        before = resource.getrlimit(resource.RLIMIT_AS)
        arcbatt.draw_program(parse_programs(STEPS)[0], mirror_task("a"))
        assert resource.getrlimit(resource.RLIMIT_AS) == before

    def test_what_is_wrong_is_told(self) -> None:
        (program,) = parse_programs(STEPS)
        with pytest.raises(InputError, match="demo 1, demo 2, test 1"):
            arcbatt.draw_program(program, mirror_task("a"), sample="demo 9")
        with pytest.raises(InputError, match="arc or colorblind"):
            arcbatt.draw_program(program, mirror_task("a"), palette="none")
