"""The report page in a real browser: what it shows, how it is used, and that texts from strangers stay texts."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from arcbatt.report.html.page_data import SampleData
from arcbatt.report.html.report_charts import report_charts
from arcbatt.report.html.report_page import report_page
from support.browser import Watched
from support.page_cases import FIRST, HOSTILE, HOSTILE_MD5, SECOND, small_report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(small_report()), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page_file):
    """The page, opened; afterwards nothing may have gone wrong in it, and no text may have become markup."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    watched = Watched(page, page_file.as_uri())
    page.goto(page_file.as_uri())
    yield page
    assert watched.errors == []
    assert watched.requests == []
    assert page.title().startswith("run 7: solve")
    assert page.locator("img").count() == 0
    page.close()


def ids(page):
    return page.locator("#task-table tbody tr td:first-child").all_inner_texts()


def open_task(page, name):
    page.locator("#task-table tbody a", has_text=name).first.click()
    page.locator("#detail[open] section").first.wait_for()
    return page.locator("#detail")


def test_the_page_shows_totals_tasks_and_notes(opened):
    cards = opened.locator(".cards li").all_inner_texts()
    assert [card.split("\n")[0].strip() for card in cards] == ["4", "1", "1", "1", "1", "3"]
    assert ids(opened) == ["11111111", "22222222", "44444444", HOSTILE]
    assert opened.locator("#task-count").inner_text().startswith("4 of 4 tasks, 1 with all demo samples solved")
    row = opened.locator("#task-table tbody tr").nth(1)
    assert row.locator("canvas").count() == 2
    assert "near" in row.inner_text()
    assert "50 %" in row.inner_text()
    assert opened.locator("p.note").first.inner_text().startswith("a note </script>")


def test_a_head_sorts_by_its_column_up_down_and_back(opened):
    head = opened.locator("#task-table th", has_text="Right cells")
    head.locator("button").click()
    assert ids(opened)[:2] == ["11111111", "22222222"]
    assert head.get_attribute("aria-sort") == "descending"
    head.locator("button").click()
    assert ids(opened) == [HOSTILE, "22222222", "11111111", "44444444"], "what has no value comes last"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") is None
    assert ids(opened) == ["11111111", "22222222", "44444444", HOSTILE]


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("#task-standing", "failed", ["44444444"]),
        ("#task-set", "arc1-train", ["11111111"]),
        ("#task-family", "objects", ["22222222"]),
    ],
)
def test_filters_leave_what_fits(opened, field, value, left):
    opened.select_option(field, value)
    assert ids(opened) == left
    opened.locator("#task-filters button[type=reset]").click()
    assert len(ids(opened)) == 4


def test_search_and_program_filter_and_the_address_keeps_them(opened):
    opened.fill("#task-search", "222")
    assert ids(opened) == ["22222222"]
    opened.fill("#task-search", "")
    opened.fill("#task-program", "CROPPED")
    assert ids(opened) == ["11111111", "22222222"], "a task's attempts count too"
    assert "by=CROPPED" in opened.url
    opened.reload()
    assert ids(opened) == ["11111111", "22222222"]
    assert opened.input_value("#task-program") == "CROPPED"


def test_a_solved_task_shows_samples_attempts_and_its_program(opened):
    detail = open_task(opened, "11111111")
    assert detail.locator("h3").all_inner_texts() == ["Samples", "Attempts", "Best programs"]
    text = detail.inner_text()
    assert "the search ended because it was sure" in text
    assert "attempt 1, probability 90 %" in text
    assert "+ found twice" in text
    assert detail.locator(".attempt .badge").all_inner_texts() == ["right", "wrong"]
    assert detail.locator(".token-primitive").first.inner_text() == "solve"
    assert "vmirror" in detail.locator(".token-primitive").all_inner_texts()
    label = detail.locator("canvas").first.get_attribute("aria-label")
    assert label == "grid of 2 x 3: 012, 345"
    assert detail.locator(".program .badge.right").count() == 3


def test_a_wrong_output_marks_the_cells_that_differ(opened):
    detail = open_task(opened, "22222222")
    labels = [canvas.get_attribute("aria-label") for canvas in detail.locator(".program canvas").all()]
    assert labels[0] == "grid of 2 x 3: 000, 101; differing cells: 1"
    canvas = detail.locator(".program canvas").first
    colors = canvas.evaluate(
        """canvas => { const s = canvas.width / 3, {data} = canvas.getContext("2d").getImageData(0, 0, 3 * s, 2 * s);
        const at = (i, j) => { const n = 4 * (Math.floor(i * s + s / 7) * 3 * s + Math.floor((j + .5) * s));
                               return [...data.slice(n, n + 3)]; };
        return [at(1, 1), at(1, 0)]; }"""
    )
    assert colors[0] == [255, 255, 255], "the frame of a differing cell"
    assert colors[1] != [255, 255, 255]


def test_steps_are_drawn_and_the_failing_one_is_named(opened):
    detail = open_task(opened, "22222222")
    steps = detail.locator(".program").first.locator(".step")
    assert steps.count() == 3
    assert steps.locator("canvas").count() == 3, "two sets of objects and a grid"
    detail.locator(".program select").first.select_option("1")
    failing = detail.locator(".step.failing")
    assert failing.count() == 1
    assert "fails here" in failing.inner_text()
    assert "the container is empty" in failing.inner_text()
    assert "not computed" in detail.locator(".step").last.inner_text()


def test_lineage_is_a_tree_of_links(opened):
    opened.goto(f"{opened.url.split('#')[0]}#program={HOSTILE_MD5}")
    tree = opened.locator("#detail .tree")
    tree.first.wait_for()
    assert tree.locator("a").all_inner_texts() == ["solve_cropped", "solve_mirrored"]
    assert f"by {HOSTILE}".replace("\u2028", "") in tree.inner_text().replace("\u2028", "").replace("\n", "")
    assert "d" * 12 in tree.inner_text()
    tree.locator("a").nth(1).click()
    opened.locator("#detail-heading", has_text="solve_mirrored").wait_for()
    assert "Bred from it: 1" in opened.locator("#detail").inner_text()


def test_failures_by_kind_with_their_first_reason(opened):
    opened.locator("[data-view=failures]").click()
    rows = opened.locator("#view-failures tbody tr")
    cells = rows.nth(0).locator("td").all_inner_texts()
    assert cells == ["4", "error", "first", "the container is empty", "solve_cropped"]
    rows.nth(0).locator("a").click()
    opened.locator("#detail-heading", has_text="solve_cropped").wait_for()


def test_charts_have_words_and_figures_as_tables(opened):
    opened.locator("[data-view=charts]").click()
    headings = opened.locator("#view-charts h3").all_inner_texts()
    assert headings == [
        "Timeline by worker", "Tasks solved over time", "Right answers against CPU seconds",
        "Tasks solved by generation", "Programs a second by generation", "Calibration of the probabilities",
        "Phases: wall against CPU seconds, summed over tasks", "Fuel of the 3 most expensive programs",
        "Seconds of the 2 slowest programs",
    ]  # fmt: skip
    assert opened.locator("#view-charts svg.timeline rect[class^=bar]").count() == 3
    assert opened.locator("#view-charts svg.chart").count() == 8
    opened.locator("#chart-fuel summary").click()
    assert opened.locator("#chart-fuel tbody tr").first.inner_text().split() == ["solve_cropped", "9,000"]
    assert opened.locator("#view-charts svg script, #view-charts svg style").count() == 0


def test_programs_are_sorted_and_searched(opened):
    opened.locator("[data-view=programs]").click()
    names = opened.locator("#program-table tbody td:first-child")
    opened.locator("#program-table th", has_text="Fuel").locator("button").click()
    assert names.first.inner_text() == "solve_cropped"
    opened.fill("#program-search", FIRST[:8])
    assert names.all_inner_texts() == ["solve_mirrored"]
    opened.select_option("#program-solves", "none")
    assert names.count() == 0
    assert opened.locator("#program-count").inner_text() == "0 of 3 programs"


def test_it_is_used_with_keys_alone(opened):
    opened.keyboard.press("/")
    assert opened.evaluate("document.activeElement.id") == "task-search"
    opened.keyboard.type("j2")
    assert ids(opened) == []
    opened.keyboard.press("Control+A")
    opened.keyboard.press("Delete")
    opened.evaluate("document.activeElement.blur()")
    opened.keyboard.press("j")
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    opened.locator("#detail-heading", has_text="Task 22222222").wait_for()
    opened.keyboard.press("k")
    opened.locator("#detail-heading", has_text="Task 11111111").wait_for()
    opened.keyboard.press("Escape")
    opened.locator("#detail:not([open])").wait_for(state="attached")
    expect(opened).not_to_have_url(re.compile("task="))
    opened.keyboard.press("p")
    opened.locator("#view-programs").wait_for()
    opened.keyboard.press("?")
    assert opened.locator("#help").is_visible()


def test_palette_and_theme_are_chosen_and_remembered(opened):
    first = "document.querySelector('#task-table canvas').toDataURL()"
    opened.locator("#task-table canvas").first.wait_for()
    before = opened.evaluate(first)
    opened.select_option("#palette", "colorblind")
    assert opened.evaluate(first) != before
    light = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    opened.select_option("#theme", "dark")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") != light
    opened.reload()
    assert opened.input_value("#palette") == "colorblind"
    assert opened.input_value("#theme") == "dark"


def test_the_way_back_leads_through_what_was_opened(opened):
    open_task(opened, "11111111")
    opened.go_back()
    opened.locator("#detail:not([open])").wait_for(state="attached")
    assert ids(opened)[0] == "11111111"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["tasks", "programs", "failures", "charts", "detail"])
def test_axe_finds_nothing_serious(opened, view, theme):
    opened.select_option("#theme", theme)
    if view == "detail":
        open_task(opened, "22222222")
    else:
        opened.locator(f"[data-view={view}]").click()
    # A rule of axe runs scripts of its own, so it goes in beside the page's policy.
    found = Axe().run(opened).response["violations"]
    assert [(item["id"], [node["html"] for node in item["nodes"]][:2]) for item in found
            if item["impact"] in ("serious", "critical")] == []  # fmt: skip


def test_on_a_phone_nothing_is_wider_than_the_page(browser, page_file):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(page_file.as_uri())
    for view in ("tasks", "programs", "failures", "charts"):
        page.locator(f"[data-view={view}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view
    page.close()


def test_what_is_opened_keeps_the_filters_of_now(opened):
    opened.select_option("#task-standing", "near")
    open_task(opened, "22222222")
    opened.locator("#detail-close").click()
    expect(opened).not_to_have_url(re.compile("task="))
    assert opened.input_value("#task-standing") == "near"
    assert ids(opened) == ["22222222"]


@pytest.mark.parametrize("width", [390, 1280])
def test_columns_that_have_no_room_are_reached_by_scrolling(browser, page_file, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    table = page.locator("#view-tasks .list")
    assert table.evaluate("it => it.scrollWidth > it.clientWidth"), "the hostile names need room"
    assert table.evaluate("it => { it.scrollLeft = 9999; return it.scrollLeft; }") > 0
    program = page.locator("#task-table tbody tr").first.locator("td.name a")
    program.click(timeout=5000)
    page.locator("#detail-heading", has_text="solve_mirrored").wait_for()
    page.close()


def test_large_grids_show_symbols_in_the_palette_that_has_them(browser, tmp_path):
    large = "/".join(["1" * 30] * 30)
    report = small_report()
    task = replace(report.tasks[0], samples=(SampleData("demo 1", large, large),), programs=(), attempts=())
    path = tmp_path / "large.html"
    path.write_text(report_page(replace(report, tasks=(task,))), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    canvas = open_task(page, "11111111").locator("canvas").first
    inks = "it => new Set(new Uint32Array(it.getContext('2d').getImageData(2, 2, 3, 3).data.buffer)).size"
    assert canvas.evaluate(inks) == 1, "ARC's palette: a cell of one color"
    page.evaluate("document.querySelector('#palette').value = 'colorblind'")
    page.evaluate("document.querySelector('#palette').dispatchEvent(new Event('change'))")
    assert canvas.evaluate(inks) > 1, "a cell with a symbol in it"
    page.close()


def test_a_very_long_text_is_shown_whole_and_harmless(browser, tmp_path):
    report = small_report()
    text = "x1 = " + HOSTILE * (2**22 // len(HOSTILE))
    programs = (replace(report.programs[0], text=text), *report.programs[1:])
    path = tmp_path / "long.html"
    path.write_text(report_page(replace(report, programs=programs)), encoding="utf-8")
    page = browser.new_page()
    watched = Watched(page, path.as_uri())
    page.goto(f"{path.as_uri()}#program={FIRST}")
    page.locator("#detail pre.text").wait_for()
    assert page.locator("#detail pre.text").evaluate("it => it.textContent.length") == len(text)
    assert page.locator("img").count() == 0
    assert watched.errors == []
    assert path.stat().st_size < 1_000_000
    page.close()


def test_the_page_states_its_format_and_holds_no_markup_of_strangers():
    text = report_page(small_report())
    index = json.loads(re.search(r'id="index">(.*?)</script>', text, re.DOTALL)[1])
    assert index["format"] == small_report().format
    assert "<img" not in text
    assert text.count("<script") == text.count("</script>")
    assert text == report_page(small_report()), "the same bytes for the same data"


def test_a_report_of_nothing_is_a_page(browser, tmp_path):
    empty = replace(small_report(), tasks=(), programs=(), failures=(), generations=(), calibration=(), run=None)
    path = tmp_path / "empty.html"
    path.write_text(report_page(empty), encoding="utf-8")
    page = browser.new_page()
    watched = Watched(page, path.as_uri())
    page.goto(path.as_uri())
    assert page.locator("#task-count").inner_text().startswith("0 of 0 tasks")
    assert watched.errors == []
    page.close()


def test_very_many_spans_share_bars():
    from arcbatt.report.html.page_data import SpanData
    from arcbatt.report.html.timeline import timeline

    spans = [SpanData(1 + n % 2, f"t{n}", "", n * 0.01, 0.01, 0.01) for n in range(20_000)]
    found = timeline(spans)
    assert found is not None
    assert sum(len(row.bars) for row in found.rows) <= 3002
    assert sum(row.pieces for row in found.rows) == 20_000
    assert timeline([]) is None


def test_a_name_does_not_turn_the_sentence_around_it():
    words = [chart.words for chart in report_charts(small_report()) if chart.name == "seconds"]
    assert words == [f"{HOSTILE} takes the most.".replace("\u202e", "")]


def test_md5s_of_the_cases_differ():
    assert len({FIRST, SECOND, HOSTILE_MD5}) == 3
