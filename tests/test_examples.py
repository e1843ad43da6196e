"""The notebooks of examples/: clean as they are stored, and each runs from its first cell to its last."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import load_set, task_to_json

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.ipynb"))
NAMES = [path.stem for path in EXAMPLES]


def notebook(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_the_four_are_there() -> None:
    assert NAMES == ["evaluate_my_programs", "evolve", "kaggle_submission", "look_at_near_misses"]


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
class TestStored:
    def test_it_has_no_outputs_and_ids_of_its_own(self, path: Path) -> None:
        cells = notebook(path)["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert code
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert all(cell["metadata"] == {} for cell in cells)
        name = path.stem.replace("_", "-")
        assert [cell["id"] for cell in cells] == [f"{name}-{number}" for number in range(1, len(cells) + 1)]

    def test_it_is_written_in_one_way_and_small(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(notebook(path), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        assert len(text) < 20_000

    def test_it_begins_with_a_title_and_says_nothing_of_a_machine(self, path: Path) -> None:
        assert notebook(path)["cells"][0]["source"][0].startswith("# ")
        assert notebook(path)["metadata"]["kernelspec"]["name"] == "python3"
        assert not re.search(r"/home/|/root/|/tmp/|/work/", path.read_text(encoding="utf-8"))


@pytest.mark.slow
class TestRun:
    @pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
    def test_it_runs_and_shows_pictures(self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = executed(notebook(path), tmp_path, monkeypatch)
        assert any("<svg" in text for text in shown)
        assert not [line for line in shown if "Traceback" in line]

    def test_the_submission_is_valid(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the data of a competition, and without wheels, so that it takes what is installed."""
        task = load_set("arc1-train")["67a3c6ac"]
        given = tmp_path / "input" / "arc-prize"
        given.mkdir(parents=True)
        (given / "arc-agi_test_challenges.json").write_text(json.dumps({task.id: task_to_json(task.challenge)}))
        book = notebook(next(path for path in EXAMPLES if path.stem == "kaggle_submission"))
        for cell in book["cells"]:
            text = "".join(cell["source"])
            cell["source"] = text.replace('Path("/kaggle/input")', f"Path({str(tmp_path / 'input')!r})")
        shown = executed(book, tmp_path, monkeypatch)
        submission = json.loads((tmp_path / "submission.json").read_text())
        assert list(submission) == [task.id]
        assert [sorted(attempts) for attempts in submission[task.id]] == [["attempt_1", "attempt_2"]]
        assert any("the installed package" in text for text in shown)
        output = [list(row) for row in task.test[0].output or ()]
        assert output in submission[task.id][0].values()

    def test_these_runs_have_no_network(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = (
            "import socket\n"
            "try:\n    socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError as error:\n    print(error)\n"
        )
        cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
        book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        assert any("no network: ('192.0.2.1', 80)" in text for text in executed(book, tmp_path, monkeypatch))


def executed(book: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Runs a notebook in a folder with a kernel of this Python; gives the texts that its cells show.

    A connection to anywhere but this machine ends the kernel.
    """
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    kernel = folder / "kernels" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "this", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "kernels"))
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
    monkeypatch.setenv("PYTHONPATH", str(guard(folder)))
    read = nbformat.reads(json.dumps(book), as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    done = nbclient.NotebookClient(read, timeout=120, kernel_name="python3", resources=resources).execute()
    outputs = [output for cell in done.cells for output in cell.get("outputs", ())]
    shown = [str(text) for output in outputs for text in output.get("data", {}).values()]
    return shown + [str(output.get("text", "")) for output in outputs]


def guard(folder: Path) -> Path:
    """A folder with a module that Python imports as it starts: no process of the kernel may leave this machine."""
    place = folder / "guard"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        "import sys\n"
        "def look(event, arguments):\n"
        "    if event == 'socket.connect' and isinstance(arguments[1], tuple):\n"
        "        if arguments[1][0] not in ('127.0.0.1', '::1', 'localhost'):\n"
        "            raise OSError(f'no network: {arguments[1]}')\n"
        "sys.addaudithook(look)\n"
    )
    return place
