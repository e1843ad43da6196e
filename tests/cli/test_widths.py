"""What every command shows in a real terminal of 60, 80 and 120 columns, without colors and Unicode, and in logs."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from arcbatt.cli.group import COMMANDS
from support.command import arcbatt
from support.terminal import shown

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

WIDTHS = (60, 80, 120)
MINE = "def solve_a(I):\n    return vmirror(I)\n\n\ndef solve_b(I):\n    return hconcat(I, vmirror(I))\n"
TASKS = ("007bbfb7", "82819916", "67a3c6ac")
COMMAND_LINES = {
    "run": ("run", *TASKS, "-b", "mine.py", "--timing", "--durations", "2"),
    "import": ("import", "mine.py"),
    "export": ("export", "out here"),
    "list": ("list", "scores"),
    "runs": ("list", "runs"),
    "nothing": ("list", "scores", "--task", "none"),
    "show a task": ("show", "67a3c6ac"),
    "show a program": ("show", "mine.py:solve_b", "--task", "67a3c6ac", "--steps"),
    "compare": ("compare", "1", "2"),
    "verify": ("verify", "67a3c6ac", "-b", "mine.py", "--no-store"),
    "build": ("build", "-c", "3", "--differs", "2", "-o", "next.py", "--no-lineage"),
    "score": ("score", "submission.json", "--set", "arc1-train"),
    "doctor": ("doctor",),
}
"""A command line of each command that is quick."""
ENDS = ("run", "import", "export", "nothing", "compare", "verify", "build", "score", "doctor")
"""Those of them that end with what to do next."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with programs, two runs and a submission."""
    folder = tmp_path_factory.mktemp("widths")
    (folder / "mine.py").write_text(MINE)
    attempt = {"attempt_1": [[0]], "attempt_2": [[0]]}
    (folder / "submission.json").write_text(json.dumps({task: [attempt] for task in TASKS}))
    for _ in range(2):
        assert arcbatt("run", *TASKS, "-b", "mine.py", "--min-score", 0, cwd=folder).returncode == 0
    return folder


@pytest.mark.parametrize("name", COMMAND_LINES)
@pytest.mark.parametrize("width", WIDTHS)
def test_lines_fit_the_terminal(folder: Path, name: str, width: int) -> None:
    result = shown(*COMMAND_LINES[name], width=width, cwd=folder)
    assert result.status in (0, 2), result.raw
    too_long = [line for line in result.lines if len(line) > width]
    assert not too_long


@pytest.mark.parametrize("name", [name for name in COMMAND_LINES if name != "list"])
def test_a_narrow_terminal_shows_the_words_of_a_wide_one(folder: Path, name: str) -> None:
    """Nothing is cut: each word of a wide terminal stands whole on a narrow one too, times and rules aside.

    A list leaves columns out and says which: the next test.
    """
    wide, narrow = (shown(*COMMAND_LINES[name], width=width, cwd=folder).raw.split() for width in (120, 60))
    letters = {word for word in wide if word.isalpha() or word.startswith(("solve_", "--"))}
    missing = letters - set(narrow) - {"programs", "demo", "tasks"}  # columns of runs that may be left out
    assert not missing


def test_a_list_says_which_columns_it_leaves_out(folder: Path) -> None:
    result = shown("list", "scores", width=60, cwd=folder)
    (line,) = [line for line in result.lines if line.startswith("the terminal is too narrow for these columns: ")]
    headings, *_ = result.lines
    wide, *_ = shown("list", "scores", width=120, cwd=folder).lines
    left_out = line.partition(": ")[2].split(", ")
    assert [word for word in wide.split() if word not in left_out] == headings.split()


def test_in_a_pipe_each_row_is_one_line_and_nothing_is_left_out(folder: Path) -> None:
    env = {"COLUMNS": "60"}
    table = arcbatt("list", "runs", cwd=folder, env=env).stdout.splitlines()
    assert len(table) == 1 + len(json.loads(arcbatt("list", "runs", "--json", cwd=folder).stdout))
    assert " ".join(("run", *TASKS, "-b", "mine.py", "--min-score", "0")) in table[1]
    done = arcbatt("run", *TASKS, "-b", "mine.py", cwd=folder, env=env)
    (totals,) = [line for line in done.stdout.splitlines() if line.startswith("3 tasks: ")]
    assert totals.endswith(" stored")
    assert done.stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_and_its_examples_can_be_typed(folder: Path, name: str) -> None:
    result = shown(name, "--help", width=60, cwd=folder)
    wide = shown(name, "--help", width=100, cwd=folder)
    assert not [line for line in result.lines if len(line) > 60 and " " in line.strip()]
    assert _examples(result.lines) == _examples(wide.lines)


def _examples(lines: list[str]) -> list[list[str]]:
    text = "\n".join(line for line in lines if line).replace(" \\\n", " ")
    return [shlex.split(line) for line in text.split("\n") if line.startswith("  arcbatt ")]


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"CI": "true"}], ids=["dumb", "CI"])
def test_what_cannot_be_drawn_again_is_not(folder: Path, env: dict[str, str]) -> None:
    result = shown("run", *TASKS, "-b", "mine.py", width=80, cwd=folder, env=env)
    assert "\x1b[?25l" not in result.raw  # no cursor is hidden
    assert "\x1b[2K" not in result.raw  # no line is drawn again
    assert sum(line.startswith("82819916 ") for line in result.lines) == 1


def test_without_colors_there_are_none(folder: Path) -> None:
    result = shown("show", "67a3c6ac", width=80, cwd=folder, env={"NO_COLOR": "1"})
    assert "\x1b[3" not in result.raw
    assert "\x1b[4" not in result.raw


@pytest.mark.parametrize("name", ["run", "show a task", "list", "doctor"])
def test_without_unicode_everything_is_ascii(folder: Path, name: str) -> None:
    result = shown(*COMMAND_LINES[name], width=80, cwd=folder, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert result.status == 0
    assert result.raw.isascii()
    assert "?" not in "".join(line for line in result.lines if "/1 test" not in line and "?/" not in line)


@pytest.mark.parametrize("width", [60, 120])
@pytest.mark.parametrize("name", ENDS)
def test_a_command_ends_with_commands_that_work_as_printed(
    folder: Path, name: str, width: int, tmp_path: Path
) -> None:
    commands = shown(*COMMAND_LINES[name], width=width, cwd=folder).commands
    assert commands
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "arcbatt"
        if width == 60 and words[1] in ("show", "list", "score", "import"):  # the others take long
            done = arcbatt(*words[1:], cwd=folder)
            assert done.returncode == 0, (command, done.stderr)
        else:
            assert "--help" in arcbatt(*words[1:], "--no-such-option", cwd=folder).stderr


@pytest.mark.parametrize("name", ["import", "export", "verify", "build"])
def test_quiet_prints_the_totals_only(folder: Path, name: str) -> None:
    done = arcbatt(*COMMAND_LINES[name], "-q", cwd=folder)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout


def test_results_are_on_standard_output_and_hints_are_not(folder: Path) -> None:
    done = arcbatt("compare", "1", "2", cwd=folder)
    assert "next: " not in done.stdout
    assert done.stderr.startswith("next: arcbatt list tasks --unsolved")
    as_json = arcbatt("compare", "1", "2", "--json", cwd=folder)
    assert as_json.stderr == ""


def test_evolve_counts_down_and_ends_with_the_command_that_goes_on(folder: Path) -> None:
    line = ("evolve", "--tasks", "82819916", "-b", "mine.py", "--no-store", "--workspace", "of evolve", "-j", "1")
    result = shown(*line, "--time", "1.5", width=60, cwd=folder)
    assert any(" s so far, " in line and line.endswith(" s left") for line in result.lines)
    assert not [line for line in result.lines if len(line) > 60]
    going_on, listing, _ = result.commands
    assert shlex.split(going_on) == ["arcbatt", *line, "--time", "1.5", "--resume"]
    assert "82819916" in arcbatt(*shlex.split(listing)[1:], cwd=folder).stdout


def test_solve_ends_with_the_command_that_scores_it(folder: Path) -> None:
    result = shown(
        "solve", "67a3c6ac", "-b", "mine.py", "--no-save", "--time-per-task", "0", "-o", "my answers.json",
        width=60, cwd=folder,
    )  # fmt: skip
    assert not [line for line in result.lines if len(line) > 60]
    score = arcbatt(*shlex.split(result.commands[0])[1:], cwd=folder)
    assert "1 of 400 test outputs" in score.stdout or "right within two attempts" in score.stdout


def _in_a_log(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs ``arcbatt`` without a terminal, with log lines every few milliseconds instead of every ten seconds."""
    code = (
        "import sys; from arcbatt.report.meter import Meter; from arcbatt.cli.main import main; "
        "Meter.__init__.__kwdefaults__['every_s'] = 0.02; sys.argv = ['arcbatt', *sys.argv[1:]]; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def test_a_log_shows_how_far_an_import_is_and_results_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for number in range(800):
        text = f"def solve_{number}(I):\n    return canvas(ONE, ({number + 1}, 1))\n"
        (tmp_path / "many" / f"p{number:03}.py").write_text(text)
    done = _in_a_log(tmp_path, "import", "many")
    assert done.stdout == "800 new, 0 known, 0 refused\n"
    found = [line for line in done.stderr.splitlines() if line.startswith("arcbatt: reading program files: ")]
    assert any(" of 800 done, " in line and line.endswith(" left") for line in found)
    quiet = _in_a_log(tmp_path, "import", "many", "-q")
    assert (quiet.stdout, quiet.stderr) == ("0 new, 800 known, 0 refused\n", "")
