"""``arcbatt show -o``: the file is there, and what is wrong is told in a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import arcbatt, tree
from support.pictures import png_pixels, svg_of, texts_of

SOLVERS = "def solve_a(I):\n    return vmirror(I)\n"


def test_a_task_and_a_program_are_drawn(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(SOLVERS)
    done = arcbatt("show", "67a3c6ac", "-o", "task.svg", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "written: task.svg\n")
    assert "demo 1 input" in texts_of(svg_of((tmp_path / "task.svg").read_text()))
    done = arcbatt("show", "mine.py:solve_a", "--task", "67a3c6ac", "--steps", "-o", "steps.png", cwd=tmp_path)
    assert done.returncode == 0
    assert len(png_pixels((tmp_path / "steps.png").read_bytes())) > 300
    options = ("--task", "67a3c6ac", "--steps", "--palette", "colorblind")
    assert arcbatt("show", "mine.py:solve_a", *options, "-o", "steps.html", cwd=tmp_path).returncode == 0
    page = (tmp_path / "steps.html").read_text()
    assert "step by step" in page
    assert "#0072b2" in page or "#d55e00" in page


@pytest.mark.parametrize(("arguments", "told"), [
    (("67a3c6ac", "-o", "task.gif"), ".svg, .png or .html"),
    (("67a3c6ac", "-o", "none/task.svg"), "does not exist"),
    (("67a3c6ac", "-o", "task.svg", "--json"), "one of them"),
    (("67a3c6ac", "-o", "task.svg", "--palette", "none"), "colorblind"),
    (("67a3c6ac", "--palette", "arc"), "name a file with -o"),
])  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_written(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    done = arcbatt("show", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert tree(tmp_path) == {}


@pytest.mark.browser
def test_a_page_is_shown_without_errors_or_requests(tmp_path: Path, browser) -> None:
    from support.browser import Watched

    (tmp_path / "mine.py").write_text(SOLVERS)
    options = ("--task", "67a3c6ac", "--steps")
    assert arcbatt("show", "mine.py:solve_a", *options, "-o", "page.html", cwd=tmp_path).returncode == 0
    page = browser.new_page()
    try:
        watched = Watched(page, tmp_path.as_uri())
        page.goto((tmp_path / "page.html").as_uri())
        assert page.get_by_role("heading", level=1).inner_text() == "solve_a"
        assert page.get_by_role("img").count() == 3
        assert "vmirror" in page.get_by_role("img").first.inner_html()
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
        assert (watched.errors, watched.requests) == ([], [])
    finally:
        page.close()
