"""Comparison pages in a real browser, made by the command from real stores and submissions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from arcbatt.arc import Sample, Task
from support.browser import Watched
from support.command import arcbatt
from support.tasks import mirror_task, shifted, write_task

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u202e"
NEAR = """
def solve_nearly(I):
    return fill(vmirror(I), NINE, initset(ORIGIN))

def solve_height(I):
    return height(I)
"""
RIGHT = """
def solve_mirror(I):
    x1 = vmirror(I)
    return x1
"""


def wide_task() -> Task:
    """A task that neither side solves: its outputs are the inputs mirrored, with a corner that nobody gives."""
    samples = [
        Sample(grid, (grid[0][::-1], (*grid[1][::-1][:-1], 7)))
        for grid in (((1, 2, 3), (0, 0, 4)), ((5, 0, 2), (1, 1, 0)), ((2, 2, 1), (3, 0, 0)))
    ]
    return Task("wide", tuple(samples[:2]), (samples[2],))


def done(folder: Path, *words: str) -> str:
    ran = arcbatt(*words, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two workspaces with a run each, over three tasks: the second solves two of them and is nearer on the third."""
    folder = tmp_path_factory.mktemp("compared")
    for number in (0, 4):
        task = shifted(mirror_task(), number)
        write_task(folder / "tasks", Task(f"t{number}", task.demo, task.test))
    write_task(folder / "tasks", wide_task())
    (folder / "near.py").write_text(NEAR)
    (folder / "right.py").write_text(RIGHT)
    for workspace, programs in (("one", "near.py"), ("two", "right.py")):
        done(folder, "run", "--data", "tasks", "-b", programs, "--no-store", "--min-score", "0", "-q", "-j", "1",
             "--workspace", workspace)  # fmt: skip
    done(folder, "compare", "one:1", "two:1", "--data", "tasks", "-o", "page.html")
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def opened(page: Page, file: Path) -> Watched:
    watched = Watched(page, file.as_uri())
    page.goto(file.as_uri())
    page.wait_for_selector("#changes[data-ready]")
    return watched


def quiet(watched: Watched) -> None:
    assert (watched.errors, watched.requests) == ([], [])


def rows(page: Page) -> list[str]:
    return page.locator("tr[data-place]:visible th bdi").all_inner_texts()


def test_it_tells_what_the_command_tells(folder: Path, page: Page) -> None:
    watched = opened(page, folder / "page.html")
    expect(page.locator("h1")).to_contain_text("one:1")
    assert page.locator(".cards li").all_inner_texts() == [
        "2\nwon", "0\nlost", "1\nnearer", "0\nfarther", "1\nprograms new", "2\nprograms gone",
    ]  # fmt: skip
    assert rows(page) == ["t0", "t4", "wide"]
    expect(page.locator("#changes")).to_contain_text("solved by solve_mirror")
    expect(page.locator(".phases")).to_contain_text("run_batt.check_batt")
    expect(page.get_by_role("heading", name="Programs new: 1")).to_be_visible()
    quiet(watched)


def test_a_row_opens_with_the_keyboard_and_shows_outputs_and_texts(folder: Path, page: Page) -> None:
    watched = opened(page, folder / "page.html")
    button = page.get_by_role("button", name="t0")
    button.focus()
    page.keyboard.press("Enter")
    detail = page.locator("tr.detail")
    assert button.get_attribute("aria-expanded") == "true"
    assert detail.locator("h3").all_inner_texts() == ["demo 1", "demo 2", "test 1", "Best programs"]
    expect(detail).to_contain_text("before 1 cell differs")
    expect(detail).to_contain_text("after right")
    expect(detail).to_contain_text("x1 = vmirror(I)")
    assert detail.get_by_role("img").first.get_attribute("aria-label") == "grid of 2 x 2: 01, 20"
    assert detail.get_by_role("img").nth(2).get_attribute("aria-label") == "grid of 2 x 2: 90, 02; differing cells: 1"
    page.keyboard.press("Enter")
    assert detail.count() == 0
    quiet(watched)


def test_differing_cells_are_marked_and_others_are_not(folder: Path, page: Page) -> None:
    opened(page, folder / "page.html")
    page.get_by_role("button", name="t0").click()
    colors = """canvas => {
        const pen = canvas.getContext("2d"), side = Math.floor(canvas.width / 2);
        return [0, 1].map(j => {
            const {data} = pen.getImageData(j * side + 2, 2, side - 4, side - 4);
            return new Set(Array.from({length: data.length / 4}, (_, n) => data.slice(4 * n, 4 * n + 3).join())).size;
        });
    }"""
    figures = page.locator("tr.detail figure")
    right, wrong = (figures.nth(place).locator("canvas").evaluate(colors) for place in (1, 2))
    assert right == [1, 1]
    assert wrong[0] > 1
    assert wrong[1] == 1


def test_rows_are_sorted_filtered_and_found(folder: Path, page: Page) -> None:
    watched = opened(page, folder / "page.html")
    page.get_by_role("button", name="task", exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text() == "task"
    page.get_by_role("button", name="task", exact=True).click()
    assert rows(page) == ["wide", "t4", "t0"]
    page.get_by_role("button", name="after").click()
    assert rows(page)[0] == "wide"
    page.get_by_label("won (2)").uncheck()
    assert rows(page) == ["wide"]
    expect(page.get_by_role("status")).to_have_text("1 of 3 shown")
    page.get_by_label("won (2)").check()
    page.get_by_label("Find").fill("T4")
    assert rows(page) == ["t4"]
    quiet(watched)


@pytest.mark.parametrize(("width", "theme", "palette"), [(1200, "light", "arc"), (400, "dark", "colorblind")])
def test_axe_finds_nothing_serious(folder: Path, page: Page, width: int, theme: str, palette: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    watched = opened(page, folder / "page.html")
    page.locator("#theme").select_option(theme)
    page.locator("#palette").select_option(palette)
    page.locator("button.open").first.click()
    page.locator("details").evaluate_all("found => found.forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    assert [item["id"] for item in found if item["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    quiet(watched)


def test_the_palette_for_the_color_blind_draws_other_colors(folder: Path, page: Page) -> None:
    opened(page, folder / "page.html")
    page.locator("button.open").first.click()
    drawn = page.locator("tr.detail canvas").first
    before = drawn.evaluate("canvas => canvas.toDataURL()")
    page.locator("#palette").select_option("colorblind")
    assert drawn.evaluate("canvas => canvas.toDataURL()") != before


def test_on_a_phone_both_sides_of_an_opened_task_are_in_sight(folder: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    watched = opened(page, folder / "page.html")
    page.locator("button.open").first.click()
    figures = page.locator("tr.detail figure")
    expect(figures.first).to_be_visible()
    assert all(box["x"] + box["width"] <= 390 for one in figures.all() if (box := one.bounding_box()) is not None)
    quiet(watched)


def submission(path: Path, attempts: dict[str, list[tuple[Any, Any]]]) -> None:
    path.write_text(json.dumps({
        task: [{"attempt_1": first, "attempt_2": second} for first, second in entries]
        for task, entries in attempts.items()
    }))  # fmt: skip


def test_submissions_stand_beside_each_other(folder: Path, page: Page) -> None:
    right = [list(row) for row in shifted(mirror_task(), 0).test[0].output or ()]
    submission(folder / "a.json", {"t0": [([[1]], [[2]])], "wide": [([[3]], None)]})
    submission(folder / "b.json", {"t0": [([[1]], right)], "wide": [([[3]], None)]})
    done(folder, "compare", "a.json", "b.json", "--data", "tasks", "-o", "answers.html")
    watched = opened(page, folder / "answers.html")
    expect(page.locator("header")).to_contain_text("right within two attempts: 0 -> 1 of 2 known outputs")
    assert rows(page) == ["t0"]  # the same attempts are not shown at first
    page.get_by_label("same (1)").check()
    assert rows(page) == ["t0", "wide"]
    page.get_by_role("button", name="t0").click()
    expect(page.locator("tr.detail figcaption")).to_have_text([
        "input", "expected", "before, attempt 1 another size", "before, attempt 2 another size",
        "after, attempt 1 another size", "after, attempt 2 right",
    ])  # fmt: skip
    quiet(watched)


def test_strangers_names_and_texts_are_shown_as_text(folder: Path, page: Page) -> None:
    for name in ("one", "two"):
        data = {"tasks": [{"task": EVIL, "solve_demo": int(name == "two"), "kept": [
            {"md5": EVIL, "name": f"{name}{EVIL}", "near": 0.5, "demo_right": 0}]}]}  # fmt: skip
        (folder / f"{name}.json").write_text(json.dumps(data))
    done(folder, "compare", "one.json", "two.json", "--data", "tasks", "-o", "evil.html")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    watched = opened(page, folder / "evil.html")
    page.locator("button.open").first.click()
    expect(page.locator("tr.detail")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 3
    assert "\u202e" not in (folder / "evil.html").read_text()
    quiet(watched)


def test_equal_comparisons_are_equal_bytes_and_nothing_runs_that_is_not_ours(folder: Path) -> None:
    done(folder, "compare", "one:1", "two:1", "--data", "tasks", "-o", "again.html")
    text = (folder / "again.html").read_bytes()
    assert text == (folder / "page.html").read_bytes()
    policy = text.decode().partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy


def test_files_without_texts_have_names_alone_and_say_so(folder: Path, page: Page) -> None:
    for name in ("one", "two"):
        found = done(folder, "list", "programs", "--workspace", name, "--json")
        (kept,) = [item for item in json.loads(found) if item["name"] in ("solve_nearly", "solve_mirror")]
        data = {"tasks": [{"task": "t0", "solve_demo": int(name == "two"), "kept": [
            {"md5": kept["md5"], "name": kept["name"], "near": 0.5, "demo_right": 0}]}]}  # fmt: skip
        (folder / f"{name}-names.json").write_text(json.dumps(data))
    done(folder, "compare", "one-names.json", "two-names.json", "--data", "tasks", "-o", "names.html")
    opened(page, folder / "names.html")
    page.locator("button.open").first.click()
    expect(page.locator("tr.detail")).to_contain_text("solve_mirror is not run again: its text is not known")
    expect(page.locator("tr.detail")).to_contain_text("after: solve_mirror")
    assert page.locator("tr.detail pre").count() == 0


@pytest.mark.parametrize(("words", "told"), [
    (("-o", "page.txt"), "expected a file .html"), (("-o", "nowhere/page.html"), "does not exist"),
    (("-o", "-", "--json"), "both write to standard output"), (("-o", "p.html", "--data", "no"), "no"),
])  # fmt: skip
def test_a_page_that_cannot_be_written_is_refused_on_one_line(folder: Path, words: tuple[str, ...], told: str) -> None:
    ran = arcbatt("compare", "one:1", "two:1", *words, cwd=folder)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
