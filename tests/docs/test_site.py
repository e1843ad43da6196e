"""The documentation site: it builds without a warning, shows what it should, and needs no network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import arcbatt
from arcbatt.cli.group import COMMANDS
from support.browser import Watched

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built from a copy of the pages, so that nothing is left beside them."""
    folder = tmp_path_factory.mktemp("site")
    pages = folder / "docs"
    subprocess.run(["cp", "-r", str(ROOT / "docs"), str(pages)], check=True)
    subprocess.run(["rm", "-rf", str(pages / "_made")], check=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ARCBATT_WORK")}
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(pages), str(folder / "html")],
        capture_output=True, text=True, check=False, env=environment, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


def test_every_page_is_reached_from_the_index(site):
    index = (site / "index.html").read_text(encoding="utf-8")
    pages = {str(path.relative_to(ROOT / "docs").with_suffix(".html")) for path in (ROOT / "docs").rglob("*.md")
             if "_made" not in path.parts}  # fmt: skip
    assert {page for page in pages - {"index.html"} if f'href="{page}"' not in index} == set()


def test_the_commands_are_all_there_with_their_options(site):
    text = (site / "commands.html").read_text(encoding="utf-8")
    assert {name for name in COMMANDS if f'id="arcbatt-{name}"' not in text} == set()
    assert "--time-per-task" in text


def test_every_public_name_has_its_docstring(site):
    text = (site / "api.html").read_text(encoding="utf-8")
    names = set(arcbatt.__all__) - {"__version__"}
    assert {name for name in names if f'id="arcbatt.{name}"' not in text} == set()


def test_nothing_is_loaded_from_elsewhere(site):
    tags = r"<(?:script|img|iframe)[^>]*src=\"https?:|<link[^>]*stylesheet[^>]*https?:"
    loaded = re.compile(tags + r"|@import|url\(\"?https?:")
    for page in (*site.rglob("*.html"), *site.rglob("*.css")):
        assert not loaded.search(page.read_text(encoding="utf-8")), page


def test_the_report_beside_it_is_a_report(site):
    assert "Content-Security-Policy" in (site / "example-report.html").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index", "tutorial", "commands", "charts"])
def test_pages_open_and_axe_finds_nothing_serious_in_their_content(site, browser, name):
    page = browser.new_page()
    watched = Watched(page, site.as_uri())
    page.goto((site / f"{name}.html").as_uri())
    if name == "tutorial":
        assert page.locator("article img").evaluate_all("all => all.every(one => one.naturalWidth > 0)")
    if name == "charts":
        assert page.locator("article svg.chart").count() == 3
    # The check reads styles by requests of its own, which a page from a file may not make.
    assert (watched.errors, watched.requests) == ([], [])
    found = Axe().run(page, context={"include": [["article"]]}).response["violations"]
    # Colors of code are the theme's, by a library of styles.
    serious = [item["id"] for item in found if item["impact"] in ("serious", "critical")]
    assert [name for name in serious if name != "color-contrast"] == []
    page.close()
