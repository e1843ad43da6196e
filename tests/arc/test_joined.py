"""Several sources together: an id stands for one task."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from arcbatt.arc import load_set, load_tasks
from arcbatt.errors import InputError


def task(color: int, test_output: Any = ((1,),)) -> dict[str, Any]:
    test = {"input": [[color, color]], **({} if test_output is None else {"output": test_output})}
    return {"train": [{"input": [[color]], "output": [[1]]}], "test": [test]}


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def test_nothing_that_is_named_is_dropped(tmp_path: Path) -> None:
    write(tmp_path / "A" / "1.json", task(1))
    write(tmp_path / "B" / "2.json", task(2))
    tasks = load_tasks(["arc2-eval", "arc1-eval"], [tmp_path / "B", tmp_path / "A"])
    assert tasks.ids[-2:] == ("2", "1")
    assert set(tasks.ids) >= {*load_set("arc1-eval").ids, *load_set("arc2-eval").ids}
    assert tasks.ids[0] == load_set("arc2-eval").ids[0]
    assert tasks.name == "arc2-eval + arc1-eval + B and 1 more"
    assert tasks["1"].test[0].input == ((1, 1),)
    assert tasks.revision.split(" + ")[0] == load_set("arc2-eval").revision
    assert tasks.revision.count("sha256:") == 2


def test_one_set_alone_is_that_set_and_one_name_is_a_name(tmp_path: Path) -> None:
    assert load_tasks("arc1-eval").name == load_tasks(["arc1-eval", "arc1-eval"]).name == "arc1-eval"
    path = write(tmp_path / "1.json", task(1))
    assert load_tasks(data=path).ids == load_tasks(data=str(path)).ids == load_tasks(data=[path, path]).ids == ("1",)
    assert load_tasks(data=[path, path]).notes == ()
    with pytest.raises(InputError, match="expected a task set or a path, got none"):
        load_tasks()


def test_the_same_samples_are_one_task_with_all_known_outputs(tmp_path: Path) -> None:
    write(tmp_path / "A" / "1.json", task(1, None))
    write(tmp_path / "B" / "x_challenges.json", {"1": task(1)})
    tasks = load_tasks(data=[tmp_path / "A", tmp_path / "B"])
    assert tasks.ids == ("1",)
    assert tasks["1"].test[0].output == ((1,),)
    assert tasks.notes == ("1 task found more than once with the same samples, taken once",)


@pytest.mark.parametrize("other", [task(2), task(1, [[2]])])
def test_other_samples_under_an_id_are_another_task(tmp_path: Path, other: Any) -> None:
    write(tmp_path / "A" / "1.json", task(1))
    write(tmp_path / "B" / "1.json", other)
    write(tmp_path / "C c" / "1.json", task(3))
    write(tmp_path / "many.json", {"1": task(4), "0": task(4)})
    tasks = load_tasks(data=[tmp_path / name for name in ("A", "B", "C c", "many.json")])
    assert tasks.ids == ("1", "1@B", "1@C-c", "0", "1@many")
    assert [tasks[task_id].id for task_id in tasks] == list(tasks.ids)
    assert [tasks[i].demo[0].input[0][0] for i in ("1", "1@C-c", "1@many")] == [1, 3, 4]
    assert tasks.notes == ("3 ids stand for different tasks; the later ones are named 1@B, 1@C-c, 1@many",)
    assert load_tasks(data=[tmp_path / "B", tmp_path / "A"]).ids == ("1", "1@A")


def test_new_ids_are_free_legal_and_short(tmp_path: Path) -> None:
    long = "x" * 100
    for folder in ("A", "B/one", "B/two/one", f"B/{'y' * 200}"):
        write(tmp_path / folder / "1.json", task(len(folder) % 10))
        write(tmp_path / folder / f"{long}.json", task(len(folder) % 10))
    write(tmp_path / "A" / "1@one.json", task(7))
    tasks = load_tasks(data=[tmp_path / "A", tmp_path / "B"])
    tasks.validate()
    assert len(tasks) == 9
    assert {"1", "1@one", "1@one.2", "1@one.3", f"1@{'y' * 24}"} < set(tasks.ids)
    assert max(map(len, tasks.ids)) == 100


def test_one_id_for_very_many_tasks(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "x", **task(1, [[n // 100 % 10, n // 10 % 10, n % 10]])}) for n in range(1000)]
    lines += [json.dumps({"id": "x", **task(n % 10, [[9] * 5])}) for n in range(1000)]
    (tmp_path / "t.jsonl").write_text("\n".join(lines))
    tasks = load_tasks(data=tmp_path)
    assert len(tasks) == 1010
    assert len({task.digest for task in tasks.values()}) == 1010
    assert {"x", "x@t", "x@t.2", "x@t.1009"} < set(tasks.ids)


def test_a_malformed_task_of_a_known_id_is_refused_for_itself(tmp_path: Path) -> None:
    write(tmp_path / "A" / "1.json", task(1))
    write(tmp_path / "B" / "1.json", {"train": []})
    tasks = load_tasks(data=[tmp_path])
    assert tasks.ids == ("1", "1@B")
    assert tasks.select(["1"])["1"].id == "1"
    with pytest.raises(InputError, match=r"B/1\.json: task 1: "):
        tasks.select(["1@B"])


def test_versions_of_a_set_are_told_apart() -> None:
    tasks = load_tasks(["arc1-train", "arc1-train@kaggle2019"])
    amended = [task_id for task_id in tasks.ids if "@" in task_id]
    assert len(tasks) == 400 + len(amended)
    assert len(amended) == 21
    assert all(tasks[i] != tasks[i.partition("@")[0]] for i in amended)


def test_generated_pairs_come_after_the_task_whatever_the_order(tmp_path: Path) -> None:
    write(tmp_path / "007bbfb7.json", [{"input": [[1]], "output": [[2]]}])
    tasks = load_tasks("arc1-train", tmp_path)
    original = load_set()["007bbfb7"]
    assert tasks["007bbfb7"] == original
    (made,) = (task_id for task_id in tasks.ids if "@" in task_id)
    assert tasks[made].demo == original.demo
    assert tasks[made].test[0].output == ((2,),)


def test_an_unknown_id_is_looked_for_in_other_sets_where_sets_are_named() -> None:
    with pytest.raises(InputError, match=r"007bbfb7\" \(it is in arc1-train"):
        load_tasks(["arc1-eval", "arc2-eval"]).select(["007bbfb7"])


class TestSkippingBadTasks:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write(tmp_path / "a.json", task(1))
        write(tmp_path / "z.json", task(2))
        for number in range(12):
            (tmp_path / f"bad{number:02}.json").write_text('{"train": [')
        return tmp_path

    def test_all_faults_are_reported_at_once(self, folder: Path) -> None:
        with pytest.raises(InputError) as refused:
            load_tasks(data=folder).slice()
        lines = str(refused.value).splitlines()
        assert lines[0] == f"{folder.name}: 12 of 14 tasks are malformed:"
        assert [line.split(": ")[0] for line in lines[1:11]] == [f"  {folder}/bad{n:02}.json" for n in range(10)]
        assert lines[11:] == ["  and 2 more"]
        with pytest.raises(InputError, match="12 of 14"):
            load_tasks(data=folder).validate()

    def test_they_are_left_out_where_that_is_asked_for(self, folder: Path) -> None:
        tasks = load_tasks(data=folder, skips_bad=True)
        for part in (tasks.slice(), tasks.select(tasks.ids)):
            assert part.ids == ("a", "z")
            (note,) = part.notes
            assert note.startswith(f"12 of 14 tasks left out as malformed: {folder}/bad00.json: not JSON")
            assert note.endswith("; and 9 more")
            assert note.count("not JSON") == 3
        assert tasks.select(["a"]).notes == ()
        assert tasks.revision == load_tasks(data=folder).revision

    def test_where_none_is_left_they_are_refused(self, folder: Path) -> None:
        with pytest.raises(InputError, match="not JSON"):
            load_tasks(data=folder, skips_bad=True).select(["bad00"])
