"""Every form of task file gives the tasks that were written into it."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arcbatt.arc import Sample, Task, TaskSet, _bytes, load_path, load_set, load_tasks, task_to_json
from arcbatt.arc.forms import is_task_file_name, stem_of
from arcbatt.errors import InputError

GRID = [[1, 2], [3, 4]]
PAIR = {"input": GRID, "output": [[0]]}
PAIRS = [{"input": [[n]], "output": [[n, n]]} for n in range(6)]
TASK = {"train": [PAIR, PAIR], "test": [PAIR]}

grids = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 9)] * width), min_size=1, max_size=3).map(tuple)
)
known = st.builds(Sample, grids, grids)
samples = st.tuples(
    st.lists(known, min_size=1, max_size=3).map(tuple),
    st.lists(st.builds(Sample, grids, st.none() | grids), min_size=1, max_size=3).map(tuple),
)
task_sets = st.dictionaries(st.from_regex(r"\A[a-z0-9_-]{1,8}\Z"), samples, min_size=1, max_size=4).map(
    lambda found: {task_id: Task(task_id, *parts) for task_id, parts in found.items()}
)


def with_id(key: str, task: Task) -> dict[str, object]:
    return {key: task.id, **task_to_json(task)}


def write_folder(folder: Path, tasks: dict[str, Task], pack: Callable[[bytes], bytes], ending: str) -> Path:
    for task_id, task in tasks.items():
        (folder / f"{task_id}{ending}").write_bytes(pack(json.dumps(task_to_json(task)).encode()))
    return folder


def write_object(folder: Path, tasks: dict[str, Task]) -> Path:
    return write_text(folder / "many.json", json.dumps({i: task_to_json(task) for i, task in tasks.items()}))


def write_list(folder: Path, tasks: dict[str, Task]) -> Path:
    return write_text(folder / "list.json", json.dumps([with_id("id", task) for task in tasks.values()], indent=1))


def write_lines(folder: Path, tasks: dict[str, Task], name: str = "lines.jsonl", key: str = "task_id") -> Path:
    return write_text(folder / name, "".join(json.dumps(with_id(key, task)) + "\r\n\n" for task in tasks.values()))


def write_kaggle(folder: Path, tasks: dict[str, Task]) -> Path:
    challenges = {task_id: task_to_json(task.challenge) for task_id, task in tasks.items()}
    solutions = {task_id: [sample.output for sample in task.test] for task_id, task in tasks.items()}
    write_text(folder / "arc_solutions.json", json.dumps(solutions))
    return write_text(folder / "arc_challenges.json", json.dumps(challenges))


def write_text(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def packed(path: Path) -> Path:
    new = path.with_name(f"{path.name}.gz")
    new.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return new


WRITERS: dict[str, Callable[[Path, dict[str, Task]], Path]] = {
    "folder": lambda folder, tasks: write_folder(folder, tasks, bytes, ".json"),
    "folder of gzip": lambda folder, tasks: write_folder(folder, tasks, gzip.compress, ".JSON.GZ"),
    "object": write_object,
    "list": write_list,
    "lines": write_lines,
    "lines by another name": lambda folder, tasks: write_lines(folder, tasks, "lines.NDJSON", "name"),
    "gzip of lines": lambda folder, tasks: packed(write_lines(folder, tasks)),
    "gzip of a list": lambda folder, tasks: packed(write_list(folder, tasks)),
    "kaggle": write_kaggle,
    "folder of kaggle": lambda folder, tasks: write_kaggle(folder, tasks).parent,
    "folder of lines": lambda folder, tasks: write_lines(folder, tasks).parent,
    "folder of a list": lambda folder, tasks: write_list(folder, tasks).parent,
}


@pytest.mark.parametrize("form", WRITERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(tasks=task_sets)
def test_what_is_written_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, form: str, tasks: dict[str, Task]
) -> None:
    loaded = load_path(WRITERS[form](tmp_path_factory.mktemp("form"), tasks))
    assert dict(loaded) == tasks
    assert loaded.ids == tuple(sorted(tasks))
    assert [task.digest for task in loaded.values()] == [tasks[task_id].digest for task_id in sorted(tasks)]


def ids(path: Path) -> tuple[str, ...]:
    loaded = load_path(path)
    loaded.validate()
    return loaded.ids


class TestIds:
    def test_tasks_without_ids_are_numbered_in_order(self, tmp_path: Path) -> None:
        lines = "\n".join(json.dumps({**TASK, "test": [{"input": [[n % 10]]}]}) for n in range(11))
        names = tuple(f"made-{number}" for number in range(1, 12))
        for name in ("made.jsonl", "made.json"):
            path = write_text(tmp_path / name, lines)
            assert ids(path) == names
            assert load_path(path)["made-11"].test[0].input == ((0,),)
            path.unlink()
        assert ids(write_text(tmp_path / "made.json", f"[{lines.replace(chr(10), ',')}]")) == names

    @pytest.mark.parametrize(("given", "expected"), [("x", "x"), (7, "7"), (None, "made-1")])
    def test_an_id_is_a_text_or_a_number(self, tmp_path: Path, given: object, expected: str) -> None:
        assert ids(write_text(tmp_path / "made.json", json.dumps([{"id": given, **TASK}]))) == (expected,)

    def test_another_is_refused(self, tmp_path: Path) -> None:
        path = write_text(tmp_path / "made.json", json.dumps([{"id": ["x"], **TASK}, {"id": "a/b", **TASK}]))
        with pytest.raises(InputError) as refused:
            load_path(path).validate()
        assert 'made.json: item 1: "id": expected a text, got a list of 1' in str(refused.value)
        assert 'made.json: item 2: "a/b" cannot be a task id' in str(refused.value)

    def test_a_single_task_has_the_name_of_its_file(self, tmp_path: Path) -> None:
        path = write_text(tmp_path / "abc.json", json.dumps({"name": "x", "id": 3, **TASK}, indent=0))
        assert ids(path) == ids(path.parent) == ("abc",)

    @pytest.mark.parametrize(("name", "stem"), [
        ("a.json", "a"), ("a.JSON", "a"), ("a.b.jsonl.gz", "a.b"), ("a.ndjson", "a"), ("a.json.GZ", "a"), ("a", "a"),
        ("a.json.json", "a.json"),
    ])  # fmt: skip
    def test_the_stem_is_the_name_without_endings(self, name: str, stem: str) -> None:
        assert stem_of(name) == stem
        assert is_task_file_name(name) == (name != "a")


class TestLines:
    def test_a_bad_line_costs_itself_alone(self, tmp_path: Path) -> None:
        good = json.dumps({"id": "good", **TASK})
        path = write_text(tmp_path / "t.jsonl", f'{good}\n{{"train": [\n3\n{json.dumps({"id": "no", "train": []})}\n')
        tasks = load_path(path)
        assert tasks.select(["good"])["good"].id == "good"
        with pytest.raises(InputError) as refused:
            tasks.validate()
        message = str(refused.value)
        assert "3 of 4 tasks are malformed" in message
        assert "t.jsonl: line 2: not JSON at line 1" in message
        assert "t.jsonl: line 3: expected an object, got 3" in message
        assert 't.jsonl: line 4: task no: expected an object with "train" and "test"' in message


class TestGzip:
    def test_damaged_gzip_is_refused_in_a_line(self, tmp_path: Path) -> None:
        whole = gzip.compress(json.dumps(TASK).encode() * 50)
        for data in (whole[:-9], whole[:40] + b"\0" * 40 + whole[80:], whole + b"more", whole[:2]):
            (tmp_path / "t.json.gz").write_bytes(data)
            for path in (tmp_path / "t.json.gz", tmp_path):
                with pytest.raises(InputError, match=r"t\.json\.gz: (damaged gzip|not JSON)") as refused:
                    load_path(path).validate()
                assert str(refused.value).isprintable()

    def test_no_more_is_unpacked_than_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_bytes, "MAX_BYTES", 2**20)
        (tmp_path / "t.json.gz").write_bytes(gzip.compress(b" " * (2**20 + 1)))
        with pytest.raises(InputError, match="expected at most 1 MiB when unpacked, got more"):
            load_path(tmp_path / "t.json.gz")

    def test_a_bomb_takes_no_more_memory_than_the_bound(self) -> None:
        import tracemalloc

        bomb = gzip.compress(b"\0" * 2**24) * 64  # 1 GiB
        tracemalloc.start()
        with pytest.raises(InputError, match="expected at most 256 MiB when unpacked"):
            _bytes.unzipped(bomb, "bomb")
        assert tracemalloc.get_traced_memory()[1] < 2.5 * _bytes.MAX_BYTES
        tracemalloc.stop()


class TestGeneratedPairs:
    """A list of pairs for a task that is known, or not."""

    def test_are_the_test_samples_of_the_known_task(self, tmp_path: Path) -> None:
        original = load_set()["007bbfb7"]
        tasks = load_path(write_text(tmp_path / "007bbfb7.json", json.dumps(PAIRS)))
        task = tasks["007bbfb7"]
        assert task.demo == original.demo
        assert task.test == tuple(Sample(((n,),), ((n, n),)) for n in range(6))
        assert tasks.notes == ("1 task of generated pairs: test samples, with the demo samples of the known task",)

    @pytest.mark.parametrize("ending", ["json", "jsonl"])
    def test_pairs_may_name_their_task(self, tmp_path: Path, ending: str) -> None:
        named = [{"task_id": task_id, **pair} for pair in PAIRS for task_id in ("007bbfb7", "00d62c1b")]
        text = json.dumps(named) if ending == "json" else "\n".join(map(json.dumps, named))
        tasks = load_path(write_text(tmp_path / f"all.{ending}", text))
        assert tasks.ids == ("007bbfb7", "00d62c1b")
        assert all(task.demo == load_set()[task.id].demo and len(task.test) == 6 for task in tasks.values())

    def test_an_object_of_lists_of_pairs(self, tmp_path: Path) -> None:
        tasks = load_path(write_text(tmp_path / "all.json", json.dumps({"007bbfb7": PAIRS})))
        assert tasks["007bbfb7"].demo == load_set()["007bbfb7"].demo

    def test_a_task_beside_them_is_the_known_one_and_keeps_its_id(self, tmp_path: Path) -> None:
        for name, value in (("a/007bbfb7.json", PAIRS), ("b/007bbfb7.json", TASK)):
            (tmp_path / name).parent.mkdir()
            write_text(tmp_path / name, json.dumps(value))
        tasks = load_path(tmp_path)
        assert tasks.ids == ("007bbfb7", "007bbfb7@a")
        assert tasks["007bbfb7"].demo == tasks["007bbfb7@a"].demo == (Sample(((1, 2), (3, 4)), ((0,),)),) * 2
        assert len(tasks["007bbfb7@a"].test) == 6

    @pytest.mark.parametrize(("count", "demo"), [(6, 3), (4, 3), (3, 2), (2, 1)])
    def test_of_no_known_task_the_first_are_the_demo_samples(self, tmp_path: Path, count: int, demo: int) -> None:
        tasks = load_path(write_text(tmp_path / "mine.json", json.dumps(PAIRS[:count])))
        assert (len(tasks["mine"].demo), len(tasks["mine"].test)) == (demo, count - demo)
        assert tasks["mine"].samples == tuple(Sample(((n,),), ((n, n),)) for n in range(count))
        assert "of no known task: the first 3 pairs are the demo samples: mine" in tasks.notes[0]

    def test_one_pair_of_no_known_task_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="task mine: is of no known task: expected two pairs or more, got one"):
            load_path(write_text(tmp_path / "mine.json", json.dumps(PAIRS[:1]))).validate()

    def test_malformed_pairs_are_refused_with_their_place(self, tmp_path: Path) -> None:
        pairs = [*PAIRS, {"input": [[1]]}]
        with pytest.raises(InputError, match='task mine: pair 7: expected an object with "input" and "output"'):
            load_path(write_text(tmp_path / "mine.json", json.dumps(pairs))).validate()


class TestFolders:
    def names(self, tasks: TaskSet) -> tuple[str, ...]:
        tasks.validate()
        return tasks.ids

    def test_all_folders_are_taken_hidden_ones_are_not(self, tmp_path: Path) -> None:
        for name in ("aa.json", "sub/bb.json", "sub/deep/er/cc.json", "X.JSON", ".arcbatt/x.json", "sub/.h/y.json",
                     "sub/.z.json", "b/dd.json.gz"):  # fmt: skip
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            data = json.dumps({**TASK, "train": [{"input": [[len(name) % 10]], "output": [[1]]}]}).encode()
            (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
        tasks = load_path(tmp_path)
        assert self.names(tasks) == ("X", "aa", "bb", "cc", "dd")
        assert tasks.notes == ()

    def test_what_is_left_out_is_counted_and_named(self, tmp_path: Path) -> None:
        write_text(tmp_path / "aa.json", json.dumps(TASK))
        for number in range(7):
            write_text(tmp_path / f"n{number}.txt", "no")
        write_text(tmp_path / "info.json", json.dumps({"aa": {"count": 3}}))
        write_text(tmp_path / "log.jsonl", '{"a": 1}\n{"a": 2}\n')
        write_text(tmp_path / "submission.json", json.dumps({"aa": [{"attempt_1": [[1]], "attempt_2": [[2]]}]}))
        write_text(tmp_path / "arc_solutions.json", json.dumps({"aa": [[[1]]]}))
        tasks = load_path(tmp_path)
        assert self.names(tasks) == ("aa",)
        assert tasks.notes == (
            f"{tmp_path}: 9 files that are no tasks left out: info.json, log.jsonl, n0.txt, n1.txt, n2.txt "
            "and 4 more",
            f"{tmp_path}: 1 submission left out: submission.json",
            f"{tmp_path}: 1 file of solutions without its challenges left out: arc_solutions.json",
        )

    def test_several_kaggle_files_with_their_solutions(self, tmp_path: Path) -> None:
        expected = {}
        for part, count in (("training", 2), ("evaluation", 3)):
            (tmp_path / part).mkdir()
            for place in (tmp_path, tmp_path / part):
                tasks = {f"{part}{n}": Task(f"{part}{n}", *TASK_PARTS) for n in range(count)}
                write_kaggle(place, tasks)
                for end in ("challenges", "solutions"):
                    (place / f"arc_{end}.json").rename(place / f"arc_{part}_{end}.json")
                expected |= tasks
        write_text(tmp_path / "sample_submission.json", json.dumps({"a": [{"attempt_1": [[0]]}]}))
        tasks = load_path(tmp_path)
        assert dict(tasks) == dict(sorted(expected.items()))
        assert [note for note in tasks.notes if "submission" not in note] == [
            "5 tasks found more than once with the same samples, taken once"
        ]

    def test_links_are_followed_once(self, tmp_path: Path) -> None:
        (tmp_path / "data" / "sub").mkdir(parents=True)
        (tmp_path / "elsewhere").mkdir()
        write_text(tmp_path / "data" / "aa.json", json.dumps(TASK))
        write_text(tmp_path / "elsewhere" / "bb.json", json.dumps(TASK))
        (tmp_path / "data" / "sub" / "up").symlink_to(tmp_path / "data")
        (tmp_path / "data" / "one").symlink_to(tmp_path / "elsewhere")
        (tmp_path / "data" / "two").symlink_to(tmp_path / "elsewhere")
        tasks = load_path(tmp_path / "data")
        assert self.names(tasks) == ("aa", "bb")
        assert tasks.notes == ()

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_folder_that_cannot_be_listed_is_a_fault(self, tmp_path: Path) -> None:
        write_text(tmp_path / "aa.json", json.dumps(TASK))
        (tmp_path / "closed").mkdir(mode=0)
        with pytest.raises(InputError, match="closed: cannot be read: Permission denied"):
            load_path(tmp_path).validate()

    def test_a_submission_by_itself_is_refused(self, tmp_path: Path) -> None:
        path = write_text(tmp_path / "s.json", json.dumps({"aa": [{"attempt_1": [[1]], "attempt_2": [[2]]}]}))
        with pytest.raises(InputError, match=r"s\.json: holds a submission \(attempts\), expected tasks"):
            load_path(path)

    def test_names_with_line_breaks_are_shown_escaped(self, tmp_path: Path) -> None:
        folder = tmp_path / "a\nb"
        folder.mkdir()
        write_text(folder / "aa.json", json.dumps(TASK))
        write_text(folder / "x\ny", "")
        (note,) = load_path(folder).notes
        assert note.isprintable()
        assert r"a\nb: 1 file that is no task left out: x\ny" in note

    def test_there_is_a_bound_on_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from arcbatt.arc import folder

        monkeypatch.setattr(folder, "MOST_FILES", 3)
        for number in range(4):
            write_text(tmp_path / f"{number}.json", json.dumps(TASK))
        with pytest.raises(InputError, match="holds more than 3 files: name a folder further in"):
            load_path(tmp_path)

    def test_a_name_that_is_too_long_costs_itself_alone(self, tmp_path: Path) -> None:
        for name in ("bb", "x" * 101, "a b"):
            write_text(tmp_path / f"{name}.json", json.dumps(TASK))
        tasks = load_path(tmp_path)
        assert tasks.select(["bb"])["bb"].id == "bb"
        with pytest.raises(InputError) as refused:
            tasks.validate()
        assert "it has 101 characters, expected at most 100" in str(refused.value)
        assert 'it contains " ", expected A-Z a-z 0-9' in str(refused.value)


TASK_PARTS = (
    tuple(Sample(((1, 2), (3, 4)), ((0,),)) for _ in range(2)),
    (Sample(((1, 2), (3, 4)), ((0,),)),),
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from([TASK, PAIR, GRID]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["train", "test", "input", "id", "attempt_1"]) | st.text(max_size=3), inner),
    max_leaves=8,
)
contents = (
    st.binary(max_size=60)
    | st.binary(max_size=30).map(gzip.compress)
    | st.lists(json_values, max_size=4).map(lambda values: "\n".join(map(json.dumps, values)).encode())
    | json_values.map(lambda value: gzip.compress(json.dumps(value).encode()))
)
NAMES = ["x.json", "x.jsonl", "x.JSON.gz", "x_challenges.json", "good_solutions.json", "good.ndjson", "x.txt", "x.gz"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=300)
@given(st.dictionaries(st.sampled_from(NAMES), contents, min_size=1, max_size=3))
def test_whatever_lies_beside_a_task_it_can_be_used(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("beside")
    write_text(folder / "good.json", json.dumps(TASK))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    tasks = load_path(folder)
    assert tasks.select(["good"])["good"].demo == TASK_PARTS[0]
    assert all(map(str.isprintable, (*tasks.notes, *tasks.ids)))
    good = load_tasks(data=folder, skips_bad=True).slice()
    assert "good" in good
    assert all(map(str.isprintable, good.notes))
    for name in files:
        assert all(map(str.isprintable, message_of(folder / name).split("\n")))


def message_of(path: Path) -> str:
    """Why the file is refused; empty if it is not. Anything else than InputError fails the test."""
    try:
        load_path(path).validate()
    except InputError as error:
        return str(error)
    return ""
