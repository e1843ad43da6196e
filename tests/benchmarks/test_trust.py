"""What survives: a small share of what is cheap, for real; losses show in text, JSON and status."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from support.twins import needs_native

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def parts() -> Iterator[Any]:
    """Imports a module of the parts, as the command does."""
    sys.path.insert(0, str(BENCHMARKS))
    yield lambda name: import_module(f"trust_parts.{name}")
    sys.path.remove(str(BENCHMARKS))


def trust(folder: Path, *words: str, change: str = "") -> tuple[int, str, dict[str, Any]]:
    """Runs the command with a change to it, Python text; its status, what it prints, and its JSON."""
    code = f"import sys\nsys.path.insert(0, {str(BENCHMARKS)!r})\nimport trust\n{change}\nsys.exit(trust.main())\n"
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--json", "trust.json", "--folder", "work"], cwd=folder, text=True,
        capture_output=True, env=os.environ, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, json.loads((folder / "trust.json").read_text())


@pytest.mark.slow
def test_damaged_files_are_counted_by_kind(tmp_path: Path) -> None:
    status, said, told = trust(tmp_path, "--only", "files", "--scale", "0.003")
    assert status == 0, said
    (part,) = told["parts"]
    assert [(row["tried"], row["survived"]) for row in part["rows"][:3]] == [(8, 8), (3, 3), (6, 6)]
    assert all(row["lost"] == [] for row in part["rows"])
    assert "damaged database files: tried 3, survived 3" in said


@needs_native
def test_random_programs_agree(tmp_path: Path) -> None:
    status, said, told = trust(tmp_path, "--only", "programs", "--scale", "0.0005")
    assert status == 0, said
    assert told["parts"][0]["rows"][0]["tried"] == told["parts"][0]["rows"][0]["survived"] == 50


@pytest.mark.slow
def test_kills_are_counted_and_the_job_goes_on(tmp_path: Path) -> None:
    status, said, told = trust(tmp_path, "--only", "kills", "--store", "sqlite", "--scale", "0.01")
    assert status == 0, said
    assert [row["tried"] for row in told["parts"][0]["rows"]] == [1, 1, 1, 1]


LOSING = """
import trust_parts.kills, trust_parts.counted as counted
def kills(options):
    row = counted.Counted("dice", notes=["by hand"])
    row.add(None)
    row.add("the six")
    return counted.Part("kills", [row], ["coins: none at hand"])
trust_parts.kills.kills = kills
"""


def test_a_loss_is_told_and_ends_with_status_1(tmp_path: Path) -> None:
    status, said, told = trust(tmp_path, "--only", "kills", change=LOSING)
    assert status == 1
    assert said.splitlines()[1:] == [
        "dice: tried 2, survived 1; by hand", "  lost: the six", "  not tried: coins: none at hand",
    ]  # fmt: skip
    (part,) = told["parts"]
    assert part["rows"] == [{"what": "dice", "tried": 2, "survived": 1, "notes": ["by hand"], "lost": ["the six"]}]
    assert part["not tried"] == ["coins: none at hand"]


def test_what_differs_after_a_kill_is_a_loss(parts: Any) -> None:
    """The comparison sees one changed byte of a result, and one changed score."""
    outcomes = parts("outcomes")
    whole = outcomes.Whole({"results.json": b"[1, 2]"}, {"scores": ["a", "b"]}, 1.0)
    assert outcomes.difference(whole, whole) is None
    assert "at byte 4" in outcomes.difference(outcomes.Whole({"results.json": b"[1, 3]"}, {}, 1.0), whole)
    other = outcomes.Whole(whole.results, {"scores": ["a", "c"]}, 1.0)
    assert outcomes.difference(other, whole) == "the store differs in scores: 'c', undisturbed 'b'"


def test_damage_depends_on_the_seed_alone(parts: Any, tmp_path: Path) -> None:
    mutations = parts("mutations")
    data = [b'{"train": [{"input": [[0]], "output": [[1]]}], "test": []}', b"def solve_a(I):\n    return I\n"]
    made = [[mutations.mutated(random.Random(seed), text, data) for seed in range(50) for text in data] for _ in "ab"]
    assert made[0] == made[1]
    assert sum(one not in data for one in made[0]) > 80
    seen = set()
    for number in range(2):
        path = tmp_path / f"{number}.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t (a TEXT, b BIGINT)")
            connection.executemany("INSERT INTO t VALUES (?, ?)", [("x", 1), ("y", 2)])
            connection.commit()
        before = path.read_bytes()
        mutations.mutated_database(random.Random(5), path)
        assert path.read_bytes() != before
        seen.add(path.read_bytes())
    assert len(seen) == 1


def test_memory_that_grows_is_a_loss(parts: Any) -> None:
    soak = parts("soak")
    flat = soak._Watched("one", 1, [(60.0 * n, 100.0 + n % 3, 9, 2) for n in range(60)])
    assert soak._flat(flat, 60).lost == []
    growing = soak._Watched("one", 1, [(60.0 * n, 100.0 + n, 9 + n // 50, 2) for n in range(60)])
    assert soak._flat(growing, 60).lost == [
        "memory of one grows by 60.0 MiB an hour", "open files of one went from 9 to 10"
    ]  # fmt: skip
