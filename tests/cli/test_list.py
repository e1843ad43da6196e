"""``arcbatt list``: filters, sorts, limits, failures and what a run gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arcbatt.cli.list_command import _query
from arcbatt.report.listing import LISTINGS, listing_text
from arcbatt.report.run_rows import run_scores
from arcbatt.store import ListQuery, ScoreRow, SortKey, open_store
from support.command import arcbatt
from support.tasks import PROGRAMS, mirror_task, shifted, write_task

NEARLY = "def solve_nearly(I):\n    return fill(vmirror(I), FIVE, initset(ORIGIN))\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: of all programs on three tasks, and of one program on one of them."""
    made = tmp_path_factory.mktemp("list")
    for number, name in enumerate(("aa", "ab", "b_c")):
        write_task(made / "tasks", shifted(mirror_task(name), number))
    (made / "programs.py").write_text(PROGRAMS + NEARLY)
    (made / "nearly.py").write_text(NEARLY)
    for arguments in (["--data", "tasks", "-b", "programs.py", "--min-score", "0"],
                      ["b_c", "--data", "tasks", "-b", "nearly.py", "--no-store"]):  # fmt: skip
        assert arcbatt("run", *arguments, cwd=made).returncode == 0
    return made


def rows(folder: Path, *arguments: object) -> list[dict[str, Any]]:
    done = arcbatt("list", *arguments, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def names(found: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in found]


class TestFilters:
    def test_near_and_unsolved(self, folder: Path) -> None:
        near = rows(folder, "scores", "--near", "0.7", "--unsolved")
        assert names(near) == ["solve_nearly"] * 3
        assert all(row["near"] >= 0.7 for row in near)

    def test_solved_of_one_task_by_pattern(self, folder: Path) -> None:
        found = rows(folder, "scores", "--task", "a*", "--solved")
        assert [(row["task"], row["name"]) for row in found] == [
            ("aa", "solve_mirror"), ("aa", "solve_turn"), ("ab", "solve_mirror"), ("ab", "solve_turn"),
        ]  # fmt: skip

    def test_names_patterns_and_md5(self, folder: Path) -> None:
        (md5,) = {row["md5"] for row in rows(folder, "--name", "solve_half")}
        assert names(rows(folder, "--name", md5[:8])) == ["solve_half"]
        assert names(rows(folder, "--name", "*mirror")) == ["solve_mirror"]

    def test_unsolved_tasks_of_one_program(self, folder: Path) -> None:
        found = rows(folder, "tasks", "--unsolved", "--name", "solve_nearly")
        assert [row["task"] for row in found] == ["aa", "ab", "b_c"]
        assert rows(folder, "tasks", "--unsolved") == []

    def test_sort_and_limit(self, folder: Path) -> None:
        found = rows(folder, "scores", "--sort=-near,name", "--limit", "4")
        assert [(row["near"], row["name"]) for row in found] == [(1.0, "solve_mirror")] * 3 + [(1.0, "solve_turn")]

    def test_runs_have_their_arguments_and_what_they_came_to(self, folder: Path) -> None:
        text = arcbatt("list", "runs", cwd=folder).stdout
        assert "run --data tasks -b programs.py --min-score 0" in text
        (newest,) = rows(folder, "runs", "--limit", "1")
        assert (newest["id"], newest["totals"]["tasks"], newest["totals"]["demo_solved"]) == (2, 1, 0)


class TestFailures:
    def test_are_those_of_the_newest_run_or_of_one(self, folder: Path) -> None:
        assert rows(folder, "failures") == []
        (group,) = rows(folder, "failures", "--run", "1")
        assert (group["kind"], group["call"], group["count"], group["program"]) == ("error", "first", 3, "solve_fails")

    def test_with_a_task_or_a_name_have_a_line_a_program(self, folder: Path) -> None:
        found = rows(folder, "failures", "--run", "1", "--name", "solve_*", "--sort=-task")
        places = [(row["task"], row["count"], row["step"]) for row in found]
        assert places == [("b_c", 1, 2), ("ab", 1, 2), ("aa", 1, 2)]
        assert len(rows(folder, "failures", "--run", "1", "--task", "aa")) == 1


class TestRefusals:
    @pytest.mark.parametrize(("arguments", "told"), [
        (["programs", "--run", "1"], "list scores --run N"),
        (["runs", "--near", "0.5"], "takes no --near"),
        (["runs", "--sort", "id"], "takes no --sort"),
        (["runs", "--unsolved"], "takes no --solved or --unsolved"),
        (["failures", "--solved"], "takes no --solved"),
        (["differs", "--task", "aa"], "takes no --task"),
        (["scores", "--sort", "__class__"], "expected one of task, digest"),
        (["scores", "--sort", "__class__", "--run", "1"], "expected one of task, digest"),
        (["scores", "--sort", "x", "--run", "1", "--task", "nothing"], "expected one of task, digest"),
        (["failures", "--sort", "x"], "expected one of kind, call"),
        (["tasks", "--run", "7"], "7"),
        (["scores", "--run", "9" * 30], "--run"),
        (["scores", "--limit", "9" * 30], "--limit"),
        (["scores", "--near", "1.5"], "--near"),
        (["scores", "--task", "\x1b[31m"], "printable"),
        (["scores", "--name", ""], "name"),
    ])  # fmt: skip
    def test_say_what_is_wrong(self, folder: Path, arguments: list[str], told: str) -> None:
        done = arcbatt("list", *arguments, cwd=folder)
        assert done.returncode == 2, done.stdout
        assert told in done.stderr
        assert "\x1b" not in done.stderr


columns = st.sampled_from([
    "task", "name", "md5", "size", "demo_right", "demo_count", "near", "test_right", "test_count", "fuel", "failed",
])  # fmt: skip
sorts = st.lists(st.builds(SortKey, columns, st.booleans()), max_size=3).map(tuple)
queries = st.builds(
    ListQuery,
    task=st.sampled_from([None, "aa", "a*", "*", "b_c", "b?c", "[a]a", "nothing", "A*"]),
    name=st.sampled_from([None, "solve_*", "solve_same", "*a*f*", "*_*", "solve[_]same", "solve?same", "SOLVE_*"]),
    near=st.sampled_from([None, 0.0, 0.3, 0.5, 0.9, 1.0]),
    is_solved=st.sampled_from([None, True, False]),
    sort=sorts,
    limit=st.sampled_from([None, 1, 5, 100]),
)  # fmt: skip


def expected(rows: list[ScoreRow], query: ListQuery) -> list[ScoreRow]:
    def fits(text: str, pattern: str | None) -> bool:
        if pattern is None or "*" not in pattern:
            return pattern in (None, text)
        first, *rest = pattern.split("*")
        if not text.startswith(first):
            return False
        at = len(first)
        for part in rest[:-1]:
            at = text.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return len(text) - at >= len(rest[-1]) and text.endswith(rest[-1])

    found = [
        row for row in rows
        if fits(row.task, query.task) and fits(row.name, query.name)
        and (query.near is None or row.near >= query.near)
        and (query.is_solved is None or query.is_solved == (row.demo_right == row.demo_count))
    ]  # fmt: skip
    for key in reversed(query.sort):
        found.sort(key=lambda row: getattr(row, key.column), reverse=key.is_descending)
    return found[: query.limit]


@settings(max_examples=150)
@given(queries)
def test_what_a_run_gave_is_filtered_as_python_filters(folder: Path, query: ListQuery) -> None:
    with open_store(folder / ".arcbatt", create=False, read_only=True) as store:
        everything = run_scores(store, 1, ListQuery())
        assert len(everything) == 3 * 8
        assert run_scores(store, 1, query) == expected(everything, query)


@settings(max_examples=100)
@given(queries)
def test_a_run_and_the_store_answer_alike(folder: Path, query: ListQuery) -> None:
    """Of the programs that the store keeps; by its names, of which a run knows the first."""
    with open_store(folder / ".arcbatt", create=False, read_only=True) as store:
        kept = {(row.digest, row.md5) for row in store.list_scores(ListQuery())}
        whole = [row for row in run_scores(store, 1, _without_limit(query)) if (row.digest, row.md5) in kept]
        found = store.list_scores(query)
    strip = [(row.task, row.md5, row.demo_right, row.near, row.fuel, row.failed) for row in found]
    assert strip == [
        (row.task, row.md5, row.demo_right, row.near, row.fuel, row.failed) for row in whole[: query.limit]
    ]


def _without_limit(query: ListQuery) -> ListQuery:
    from dataclasses import replace

    return replace(query, limit=None)


def test_a_name_of_hexadecimal_digits_is_an_md5() -> None:
    assert _query("scores", None, "ABCDEF", None, None, None, None).md5 == "abcdef"
    assert _query("scores", None, "abcde", None, None, None, None).name == "abcde"


def test_a_hundred_thousand_rows_are_as_many_lines() -> None:
    row = ScoreRow("007bbfb7", "0" * 32, "solve_a", "a" * 32, 5, 1, 3, 0.5, None, 1, 1234, None, None, 0)
    lines = list(listing_text(LISTINGS[ScoreRow], [row] * 100_000, 80))
    assert len(lines) == 100_001
    assert lines[1].split() == ["007bbfb7", "solve_a", "aaaaaaaa", "1/3", "50", "%", "?/1", "0", "5", "1234"]


def test_a_strangers_name_stays_on_its_line_and_sends_the_terminal_nothing() -> None:
    name = "solve_\x1b[31m\n\u202eevil" + "x" * 300
    row = ScoreRow("[red]t", "0" * 32, name, "a" * 32, 5, 1, 3, 0.5, None, 1, 1234, None, None, 0)
    lines = list(listing_text(LISTINGS[ScoreRow], [row], 80))
    assert len(lines) == 3
    assert lines[2] == "the terminal is too narrow for these columns: fuel"
    assert all(line.isprintable() and len(line) <= 80 for line in lines)
    assert "[red]t" in lines[1]
