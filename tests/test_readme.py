"""The README and the pages of docs/ say what is so: links, commands, options, snippets, benchmarks, counts."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import arcbatt.dsl  # noqa: F401 - fills the registry
from arcbatt.arc import load_set
from arcbatt.cli.group import COMMANDS, cli
from arcbatt.dsl.constants import CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from support.documentation import ADDRESS, FENCE, INLINE, ROOT, TEXTS, blocks, commands
from support.tasks import write_task

README = TEXTS["README.md"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

TEMPLATES = {"docs/recipes/primitive.md", "docs/recipes/mutation.md"}
"""Pages whose Python is to be filled in by the reader: it has to compile only."""
SOLVERS = "def solve_a(I):\n    return vmirror(I)\n\n\ndef solve_b(I):\n    return first(I)\n"


def options() -> set[str]:
    """Every option of every command."""
    context = click.Context(cli)
    found = {"--help", "--version"}
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        found.update(word for parameter in command.params for word in parameter.opts)
    return found


SNIPPETS = [(page, number, text) for page in TEXTS for number, text in enumerate(blocks(page, "python"))]
LINES = [(page, line) for page in TEXTS for line in dict.fromkeys(commands(page))]


@pytest.mark.parametrize("page", TEXTS)
def test_nothing_is_left_open(page: str) -> None:
    assert "@@" not in TEXTS[page]
    assert "TODO" not in TEXTS[page]


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 180


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"| `arcbatt {command}" in README


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_to_files(page: str) -> None:
    text = FENCE.sub("", TEXTS[page])
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    missing = [link for link in links if "://" not in link and not (ROOT / page).parent.joinpath(link).exists()]
    assert not missing


def test_the_readme_links_every_page() -> None:
    pages = {page for page in TEXTS if page.startswith("docs/") and "/recipes/" not in page}
    assert {page for page in pages if f"({page})" not in README} == set()


def test_every_recipe_is_linked() -> None:
    recipes = {page for page in TEXTS if "/recipes/" in page}
    assert {page for page in recipes if f"({page})" not in TEXTS["CONTRIBUTING.md"]} == set()


@pytest.mark.parametrize("page", TEXTS)
def test_every_benchmark_that_is_quoted_is_there_and_in_make_bench(page: str) -> None:
    for path in set(re.findall(r"benchmarks/\w+\.py", TEXTS[page])):
        assert (ROOT / path).is_file()
        assert path in MAKEFILE


@pytest.mark.parametrize("page", TEXTS)
def test_every_target_of_make_that_is_quoted_is_there(page: str) -> None:
    """In code between backquotes and at the beginning of a line of a block."""
    code = INLINE.findall(FENCE.sub("", TEXTS[page])) + [line for text in blocks(page, "") for line in text.split("\n")]
    targets = set(re.findall(r"(?m)^([a-z-]+):", MAKEFILE))
    for line in code:
        if line.startswith("make "):
            words = re.split(r"#|;", line)[0].split()[1:]
            assert {word for word in words if "=" not in word and word != "..."} <= targets, line


@pytest.mark.parametrize("page", [page for page in TEXTS if page != "CONTRIBUTING.md"])
def test_quoted_options_are_options(page: str) -> None:
    """In code between backquotes; lines of other programs begin with their names."""
    quoted = [code for code in INLINE.findall(FENCE.sub("", TEXTS[page])) if code.startswith(("-", "arcbatt "))]
    words = {word for code in quoted for word in re.findall(r"(?<![\w-])--[a-z][a-z-]*", code)}
    assert words - options() == set()


@pytest.mark.parametrize(("page", "line"), LINES)
def test_commands_parse(page: str, line: str) -> None:
    """The command and its options are there, with values that they take; files need not be."""
    name, *words = shlex.split(re.sub(r"\|.*", "", line), comments=True)[1:]
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    values, _, _ = command.make_parser(click.Context(command)).parse_args([word for word in words if word != "..."])
    for parameter in command.params:
        value = values.get(parameter.name)
        if isinstance(value, str) and not isinstance(parameter.type, click.Path) and not value.isupper():
            parameter.type.convert(value, parameter, None)


def test_there_are_snippets_and_commands() -> None:
    assert len(SNIPPETS) >= 8
    assert len(LINES) >= 60


@pytest.mark.parametrize(("page", "number", "text"), SNIPPETS, ids=[f"{page}-{number}" for page, number, _ in SNIPPETS])
def test_snippets_run(page: str, number: int, text: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each as a file of its own, beside the files that the pages speak of."""
    if ADDRESS in text:
        text = text.replace(ADDRESS, request.getfixturevalue("documented_address"))
    if page in TEMPLATES:
        compile(text, page, "exec")
        return
    (tmp_path / "my_solvers.py").write_text(SOLVERS)
    write_task(tmp_path / "my_tasks", load_set()["67a3c6ac"])
    script = tmp_path / "snippet.py"
    script.write_text(text)
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    if page == "README.md":
        lines = done.stdout.splitlines()
        assert len(lines) == 4
        assert all(line.startswith("True ") for line in lines)


def test_counts_of_the_dsl() -> None:
    primitives = sum(item.theme != "user" for item in REGISTRY)
    for page, text in TEXTS.items():
        for count, what in re.findall(r"(\d+)\s+(primitives|constants)\b", text):
            expected = primitives if what == "primitives" else len(CONSTANTS)
            assert int(count) == expected, page
