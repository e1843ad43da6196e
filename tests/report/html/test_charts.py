"""Charts of figures that no job makes, but a stranger's store may hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from arcbatt.report.html.charts import bars, curve
from arcbatt.report.html.report_charts import report_charts
from arcbatt.report.html.report_page import report_page
from support.page_cases import small_report

HUGE = [1e308, -1e308, float("inf"), float("-inf"), float("nan"), 2.0**70, 1e-308, 0.0]


@pytest.mark.parametrize("value", HUGE)
def test_any_figure_leaves_a_chart(value: float) -> None:
    for points in ([(value, 1.0), (value, 2.0)], [(0.0, value), (1.0, 3.0)], []):
        assert "<svg" in curve("a", "A", "", ("x", "y"), [("one", points)]).svg
    assert "<svg" in bars("b", "B", "", ("of", "s"), ["p", "q"], [("one", [value, None])]).svg


def test_points_close_together_far_out() -> None:
    far = float(9_007_199_254_740_993_000)
    points = [(far + number, 1.0) for number in range(3)]
    assert "<svg" in curve("a", "A", "", ("x", "y"), [("one", points)]).svg


def test_a_number_without_a_form_in_json_leaves_the_page_readable() -> None:
    report = small_report()
    odd = replace(report.programs[0], seconds=float("inf"), near=float("nan"))
    text = report_page(replace(report, programs=(odd, *report.programs[1:])))
    index = re.search(r'id="index">(.*?)</script>', text, re.DOTALL)
    assert index is not None
    row = json.loads(index[1], parse_constant=lambda name: pytest.fail(name))["programs"][0]
    assert (row[5], row[7]) == (None, None)


def test_programs_without_fuel_have_no_bar() -> None:
    report = small_report()
    programs = tuple(replace(item, fuel=place) for place, item in enumerate(report.programs))
    (chart,) = (item for item in report_charts(replace(report, programs=programs)) if item.name == "fuel")
    assert len(chart.rows) == len(programs) - 1
