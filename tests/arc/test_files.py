from __future__ import annotations

import json
import os
import socket
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arcbatt.arc import _json, load_path
from arcbatt.errors import InputError

SAMPLE = {"input": [[1, 2], [3, 4]], "output": [[0]]}
TASK = {"train": [SAMPLE, SAMPLE], "test": [SAMPLE]}
UNSOLVED = {"train": [SAMPLE, SAMPLE], "test": [{"input": [[5]]}]}


def write(path, value):
    path.write_text(json.dumps(value))
    return path


def refusal(path, task_id=None):
    """The message of the one refusal that loading and selecting everything, or one task, ends with."""

    def load_and_select():
        tasks = load_path(path)
        tasks.select(tasks.ids if task_id is None else [task_id])

    with pytest.raises(InputError) as caught:
        load_and_select()
    assert str(caught.value).isprintable()
    return str(caught.value)


class TestForms:
    def test_one_task_file(self, tmp_path):
        tasks = load_path(write(tmp_path / "abc.json", TASK))
        assert tasks.ids == ("abc",)
        assert tasks.name == "abc.json"
        assert tasks["abc"].test[0].output == ((0,),)

    def test_a_folder_of_task_files_sorted_by_id(self, tmp_path):
        for name in ("b.json", "a.json", "a-1.json", "a.b.json"):
            write(tmp_path / name, TASK)
        (tmp_path / ".hidden.json").write_text("no")
        (tmp_path / "README.md").write_text("no")
        tasks = load_path(str(tmp_path))
        assert tasks.ids == ("a", "a-1", "a.b", "b")
        assert tasks.name == tmp_path.name
        tasks.validate()

    @pytest.mark.parametrize(
        "value",
        [{"b": TASK, "a": UNSOLVED}, {"train": {"b": TASK}, "eval": {"a": UNSOLVED}}, {"test": {"b": TASK, "a": TASK}}],
    )
    def test_a_file_of_many_tasks(self, tmp_path, value):
        tasks = load_path(write(tmp_path / "many.json", value))
        assert tasks.ids == ("a", "b")
        tasks.validate()

    def test_challenges_with_solutions(self, tmp_path):
        challenges = write(tmp_path / "arc-agi_training_challenges.json", {"b": UNSOLVED, "a": UNSOLVED})
        assert load_path(challenges)["a"].test[0].output is None
        unsolved_revision = load_path(challenges).revision
        write(tmp_path / "arc-agi_training_solutions.json", {"a": [[[7]]]})
        for path in (challenges, tmp_path):
            tasks = load_path(path)
            assert tasks.ids == ("a", "b")
            assert tasks["a"].test[0].output == ((7,),)
            assert tasks["b"].test[0].output is None
            assert tasks.revision != unsolved_revision

    def test_a_folder_of_one_kaggle_file_may_hold_a_sample_submission(self, tmp_path):
        write(tmp_path / "arc-agi_test_challenges.json", {"a": UNSOLVED})
        write(tmp_path / "sample_submission.json", {"a": [{"attempt_1": [[0, 0]]}]})
        assert load_path(tmp_path).ids == ("a",)

    def test_symbolic_links_and_a_byte_order_mark_are_fine(self, tmp_path):
        (tmp_path / "target").write_bytes(b"\xef\xbb\xbf" + json.dumps(TASK).encode() + b"\n")
        (tmp_path / "t.json").symlink_to(tmp_path / "target")
        load_path(tmp_path / "t.json").validate()
        load_path(tmp_path).validate()


class TestRevision:
    def test_of_a_file_is_what_sha256sum_prints(self, tmp_path):
        path = write(tmp_path / "abc.json", TASK)
        assert load_path(path).revision == f"sha256:{sha256(path.read_bytes()).hexdigest()[:12]}"

    def test_of_a_folder_is_that_of_its_sums(self, tmp_path):
        files = [write(tmp_path / "B.json", UNSOLVED), write(tmp_path / "a.json", TASK)]
        sums = "".join(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
        assert load_path(tmp_path).select(["a"]).revision == f"sha256:{sha256(sums.encode()).hexdigest()[:12]}"

    def test_changes_with_names_and_contents(self, tmp_path):
        write(tmp_path / "a.json", TASK)
        first = load_path(tmp_path).revision
        assert load_path(tmp_path).revision == first
        (tmp_path / "a.json").rename(tmp_path / "b.json")
        second = load_path(tmp_path).revision
        write(tmp_path / "b.json", UNSOLVED)
        assert len({first, second, load_path(tmp_path).revision}) == 3


class TestOneBadAmongMany:
    @pytest.fixture(params=["folder", "file"])
    def path(self, request, tmp_path):
        if request.param == "file":
            return write(tmp_path / "many.json", {"good": TASK, "bad": {"train": [SAMPLE]}})
        write(tmp_path / "good.json", TASK)
        write(tmp_path / "bad.json", {"train": [SAMPLE]})
        return tmp_path

    def test_the_good_one_can_be_used(self, path):
        tasks = load_path(path).select(["good"])
        assert tasks["good"].pairs
        assert tasks.revision.startswith("sha256:")

    def test_the_bad_one_is_refused_when_selected(self, path):
        assert 'task bad: expected an object with "train" and "test", got one without "test"' in refusal(path, "bad")
        assert "task bad" in refusal(path)

    def test_an_unreadable_one_does_not_keep_the_others_from_being_used(self, tmp_path):
        write(tmp_path / "good.json", TASK)
        (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
        assert load_path(tmp_path).select(["good"]).revision.startswith("sha256:")
        assert "gone.json: cannot be opened: No such file" in refusal(tmp_path, "gone")


CONTENTS = {
    "empty": (b"", "t.json: not JSON: the file is empty"),
    "blank": (b" \n ", "t.json: not JSON: the file is empty"),
    "text": (b"hello", "t.json: not JSON at line 1, column 1: Expecting value"),
    "cut off": (b'{"train":\n [[', "t.json: not JSON at line 2, column 4: Expecting value"),
    "more": (json.dumps(TASK).encode() + b" {}", "t.json: not JSON at line 1, column"),
    "not UTF-8": (b'{"\xff": 1}', "t.json: not UTF-8 text: byte 2 is 0xff"),
    "UTF-16": (json.dumps(TASK).encode("utf-16"), "t.json: not UTF-8 text: byte 0 is 0xff"),
    "not a number": (b'{"train": NaN}', "t.json: no task file: NaN is no JSON number"),
    "infinity": (b'{"train": [-Infinity]}', "t.json: no task file: -Infinity is no JSON number"),
    "huge number": (b"[" + b"9" * 5000 + b"]", "t.json: no task file: Exceeds the limit (4300 digits)"),
    "deep": (b"[" * 200_000, "t.json: no task file: its lists or objects are nested too deeply"),
    "deep objects": (b'{"a":' * 200_000, "t.json: no task file: its lists or objects are nested too deeply"),
    "list": (b"[]", "t.json: expected tasks, got an empty list"),
    "number": (b"3", "t.json: expected an object or a list, got 3"),
    "empty object": (b"{}", 'expected a task (with "train" and "test") or tasks by their ids, got an empty object'),
    "a sample": (json.dumps(SAMPLE).encode(), 'or tasks by their ids, got the keys "input", "output"'),
    "twice a key": (b'{"train": [], "test": [], "train": []}', 't.json: task t: the key "train" occurs twice'),
    "twice a task": (b'{"a": {}, "a": {}}', 't.json: the key "a" occurs twice'),
    "twice in a sample": (
        b'{"train": [{"input": [[0]], "output": [[0]], "input": [[1]]}], "test": []}',
        't.json: task t: demo 1: the key "input" occurs twice',
    ),
    "twice in two parts": (b'{"train": {"a": {}}, "eval": {"a": {}}}', 'task "a" occurs in two parts of the file'),
    "a bad id": (b'{"../a": {}}', 't.json: "../a" cannot be a task id'),
    "a bad part": (b'{"train": {"a": {}}, "eval": 3}', "t.json: expected an object, got 3"),
    "no train": (b'{"test": []}', 't.json: task t: expected an object with "train" and "test", got one without'),
    "a float": (
        b'{"train": [{"input": [[1.0]], "output": [[0]]}], "test": []}',
        "t.json: task t: demo 1 input: row 1, cell 1 (counting from 1): expected a color from 0 to 9, got 1.0",
    ),
    "an escaped text": (
        rb'{"train": [{"input": [["\u001b[2J\ud800"]], "output": [[0]]}], "test": []}',
        r'demo 1 input: row 1, cell 1 (counting from 1): expected a color from 0 to 9, got "\x1b[2J\ud800"',
    ),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_malformed_contents_are_refused_in_one_line(tmp_path, kind):
    data, reason = CONTENTS[kind]
    (tmp_path / "t.json").write_bytes(data)
    message = refusal(tmp_path / "t.json")
    assert reason in message
    assert str(tmp_path / "t.json") in message
    assert len(message) < 400


class TestPathsRefused:
    def test_nothing_there(self, tmp_path):
        assert refusal(tmp_path / "no.json").endswith("no.json: cannot be opened: No such file or directory")

    def test_names_no_path_can_have(self):
        assert "cannot be opened" in refusal("a\0b\n.json")
        assert "cannot be opened" in refusal("x" * 5000)

    def test_a_loop_of_links(self, tmp_path):
        (tmp_path / "a.json").symlink_to(tmp_path / "a.json")
        assert "a.json: cannot be opened: Too many levels" in refusal(tmp_path / "a.json")

    def test_a_pipe_does_not_hang(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.json")
        assert "pipe.json: expected a regular file, got a pipe, socket or device" in refusal(tmp_path / "pipe.json")
        assert "pipe.json: expected a regular file" in refusal(tmp_path)

    def test_a_device_and_a_socket(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)  # a socket's path must be short
        assert "/dev/zero: expected a regular file" in refusal("/dev/zero")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s.json")
            assert "s.json: cannot be opened" in refusal("s.json")

    def test_a_folder_in_a_file_s_place(self, tmp_path):
        (tmp_path / "t_challenges.json").mkdir()
        write(tmp_path / "b_challenges.json", {"a": UNSOLVED})
        (tmp_path / "b_solutions.json").mkdir()
        assert "b_solutions.json: expected a file, got a folder" in refusal(tmp_path / "b_challenges.json")

    def test_a_huge_file(self, tmp_path):
        with open(tmp_path / "a.json", "wb") as file:
            file.truncate(_json.MAX_BYTES + 2**20)
        assert "a.json: expected at most 256 MiB, got 257: make it a folder" in refusal(tmp_path / "a.json")

    def test_a_folder_without_task_files_says_what_is_in_it(self, tmp_path):
        assert refusal(tmp_path).endswith("also with .gz), got one without")
        (tmp_path / "training").mkdir()
        write(tmp_path / "training" / "other.json", {"a": 1})
        (tmp_path / "notes.txt").write_text("")
        assert refusal(tmp_path).endswith("without: 2 files that are no tasks left out: notes.txt, training/other.json")

    @pytest.mark.parametrize("name", ["a b.json", "ä.json", "x\ny.json", f"{'x' * 101}.json"])
    def test_a_name_that_is_no_id(self, tmp_path, name):
        write(tmp_path / name, TASK)
        assert "cannot be a task id, because ids become file names" in refusal(tmp_path)
        assert "cannot be a task id, because ids become file names" in refusal(tmp_path / name)


class TestKaggleRefused:
    def test_solutions_alone(self, tmp_path):
        path = write(tmp_path / "arc-agi_test_solutions.json", {"a": [[[0]]]})
        assert refusal(path).endswith("holds solutions only: name the file of challenges beside it")

    @pytest.mark.parametrize(
        ("solutions", "reason"),
        [
            ([], "t_solutions.json: expected an object, got a list of 0"),
            ({"a": 3}, "t_solutions.json: task a: expected a list of output grids, got 3"),
            ({"a": []}, "t_solutions.json: task a: expected 1 outputs, one for each test sample, got 0"),
            ({"a": [[[0, 10]]]}, "t_solutions.json: task a: test 1 output: row 1, cell 2 (counting from 1): expected"),
        ],
    )
    def test_solutions_that_do_not_fit(self, tmp_path, solutions, reason):
        write(tmp_path / "t_challenges.json", {"a": UNSOLVED})
        write(tmp_path / "t_solutions.json", solutions)
        assert reason in refusal(tmp_path / "t_challenges.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def places(value, prefix=()):
    """The paths to all parts of a JSON value."""
    yield prefix
    if isinstance(value, list | dict):
        for key in range(len(value)) if isinstance(value, list) else value:
            yield from places(value[key], (*prefix, key))


def replaced(value, place, new):
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = replaced(value[place[0]], place[1:], new)
    return copy


def load_whatever(path):
    """Load and check everything; anything else than success or InputError is a failure of the test."""
    try:
        tasks = load_path(path)
        tasks.validate()
        message = tasks.revision
    except InputError as error:
        message = str(error)
    assert all(map(str.isprintable, message.split("\n")))
    assert len(message) < 1500


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from([TASK, {"a": TASK, "b": UNSOLVED}, {"train": {"a": TASK}, "eval": {}}]), json_values, st.data())
def test_a_task_with_any_part_replaced_is_read_or_refused(tmp_path, value, new, data):
    place = data.draw(st.sampled_from(list(places(value))))
    load_whatever(write(tmp_path / "t_challenges.json", replaced(value, place, new)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(json_values)
def test_any_solutions_are_read_or_refused(tmp_path, value):
    challenges = write(tmp_path / "t_challenges.json", {"a": UNSOLVED})
    write(tmp_path / "t_solutions.json", {"a": value})
    load_whatever(challenges)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 3))
def test_a_file_with_any_bytes_replaced_is_read_or_refused(tmp_path, start, new, dropped):
    text = json.dumps(TASK).encode()
    start %= len(text)
    (tmp_path / "t.json").write_bytes(text[:start] + new + text[start + dropped :])
    load_whatever(tmp_path / "t.json")
