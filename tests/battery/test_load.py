from __future__ import annotations

import gc
import os
import pickle

import pytest

from arcbatt.battery import Battery, battery_text, load, parse_battery
from arcbatt.battery.load import load_file, load_programs
from arcbatt.errors import InputError
from arcbatt.program import Aliases

SOLVE = "def solve(S, I):\n    x1 = trim(I)\n    return x1\n"


def names(*paths):
    return [program.name for program in load_programs(paths).programs]


@pytest.mark.parametrize(
    ("file", "function", "name"),
    [
        ("007bbfb7.py", "solve", "solve_007bbfb7"),
        ("solve_007bbfb7.py", "solve", "solve_007bbfb7"),
        ("0123456789abcdef0123456789abcdef.py", "solve", "solve_01234567"),
        ("0123456789abcdef0123456789abcdef.py", "differ_zo", "differ_zo_01234567"),
        ("007bbfb7.py", "differ", "differ_007bbfb7"),
        ("007bbfb7.py", "solve_x", "solve_x"),
        ("differ_sizes.py", "differ_iz", "differ_sizes"),
        ("differ_sizes.py", "differ_zo", "differ_zo_differ_sizes"),
        ("a_zo.py", "differ", None),
        ("my program.py", "solve", None),
        ("solve.py", "solve", None),
        ("x" * 120 + ".py", "solve", None),
    ],
)
def test_plain_functions_are_named_after_their_file(tmp_path, file, function, name):
    path = tmp_path / file
    path.write_text(f"def {function}(I):\n    return trim(I)\n")
    (program,), refusals = load_file(path)
    assert refusals == []
    assert program.name == name or (name is None and program.name == f"{function}_{program.md5[:8]}")


def test_a_folder_is_read_in_order(tmp_path):
    for name in ("b/d.py", "b/c.py", "a.py", ".hidden/e.py", ".f.py", "b/g.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SOLVE.replace("solve", f"solve_{path.stem.strip('.')}"))
    assert names(tmp_path) == ["solve_a", "solve_c", "solve_d"]
    assert names(tmp_path / "b", tmp_path / "a.py") == ["solve_c", "solve_d", "solve_a"]
    assert names(tmp_path / "b" / "g.txt", tmp_path / ".f.py") == ["solve_g", "solve_f"]


def test_battery_files_and_program_files_mix(tmp_path):
    (tmp_path / "b.py").write_text("def battery(I):\n  return {'solve_p': I, 'solve_q': I, 'differ_zo': trim(I)}\n")
    (tmp_path / "c.py").write_text("# no battery\ndef solve_r(I):\n  return I\n")
    (tmp_path / "d.py").write_text("def battery(I):\n  return {'solve_p': I, 'solve_s': foo}\n")
    (tmp_path / "e.py").write_text("def solve(I) return I\n")
    (tmp_path / "f.py").write_bytes(b"\xff")
    (tmp_path / "g.py").mkdir()
    os.mkfifo(tmp_path / "h.py")
    programs, refusals = load_programs([tmp_path])
    assert [program.name for program in programs] == ["solve_p", "solve_q", "differ_zo", "solve_r"]
    assert [(refusal.path[-4:], refusal.line) for refusal in refusals] == [
        ("d.py", 2), ("e.py", 1), ("f.py", 1), ("h.py", None),
    ]  # fmt: skip


def test_links_that_go_round_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "loop.py").symlink_to(tmp_path / "a" / "loop.py")
    (tmp_path / "a" / "p.py").write_text(SOLVE)
    programs, refusals = load_programs([tmp_path])
    assert [program.name for program in programs] == ["solve_p"]
    assert len(refusals) == 1


def test_paths_that_hold_nothing_are_errors(tmp_path):
    with pytest.raises(InputError, match="missing: no such file or folder"):
        load_programs([tmp_path / "missing"])
    with pytest.raises(InputError, match=r"no \*\.py file in this folder"):
        load_programs([tmp_path])
    (tmp_path / "a.py").write_text("")
    assert "no program here" in str(load_programs([tmp_path]).refusals[0])
    assert load_programs([]) == ([], [])


def test_the_number_of_files_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "MAX_FILES", 2)
    for name in "abc":
        (tmp_path / f"{name}.py").write_text(SOLVE)
    programs, refusals = load_programs([tmp_path])
    assert len(programs) == 2
    assert "more than 2 program files; the rest is not read" in str(refusals[0])
    assert load_programs([tmp_path / "a.py", tmp_path / "b.py"]).refusals == []


def test_the_number_of_files_looked_at_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "MAX_ENTRIES", 3)
    for name in "abcdef":
        (tmp_path / name).mkdir()
    (tmp_path / "g.py").write_text(SOLVE)
    assert "more than 3 files and folders; the rest is not looked at" in str(load_programs([tmp_path]).refusals[0])


def test_pseudo_file_systems_are_left_out(tmp_path):
    (tmp_path / "a.py").write_text(SOLVE)
    (tmp_path / "proc").symlink_to("/proc")
    assert names(tmp_path) == ["solve_a"]


def test_one_path_is_one_path(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.py").write_text(SOLVE)
    monkeypatch.chdir(tmp_path)
    for path in ("mine", tmp_path / "mine", ["mine"], iter(["mine"])):
        assert [program.name for program in load_programs(path).programs] == ["solve_a"]


def test_a_battery_of_what_was_loaded(tmp_path):
    text = "def solve_a(I):\n    y = trim(I)\n    return y\ndef solve_b(I):\n    return foo(I)\n"
    (tmp_path / "a.py").write_text(text)
    loaded = load_programs(tmp_path)
    battery = Battery.of(loaded)
    assert (repr(battery), repr(loaded)) == (
        "<Battery 1 solver, 0 differs, 3 nodes>", "<Collected 1 program, 1 refused>",
    )  # fmt: skip
    assert repr(battery.graph) == "<Graph 3 nodes>"
    program = battery.program("solve_a")
    assert repr(program) == f"<Program solve_a 1 call {program.md5[:8]}>"
    origin = battery.origin("solve_a")
    assert (origin.step_names, origin.line, origin.path) == (("y",), 1, str(tmp_path / "a.py"))
    again = pickle.loads(pickle.dumps(battery))
    assert ([made.text for made in again.programs()], again.origin("solve_a")) == ([program.text], None)


def test_verifiers_and_solvers_keep_apart(tmp_path):
    (tmp_path / "a.py").write_text(
        "def solve_007bbfb7(I):\n    return trim(I)\ndef verify_007bbfb7(I):\n    return rot90(I)\n"
    )
    battery = Battery.of(load_programs(tmp_path))
    assert list(battery.solvers) == ["solve_007bbfb7", "verify_007bbfb7"]
    again = parse_battery(battery_text(battery))
    assert again.names == battery.names


def test_a_battery_file_may_call_aliases(tmp_path):
    path = tmp_path / "b.py"
    path.write_text("def battery(I):\n    x = turn(I)\n    return {'verify_a': x}\n")
    assert load_programs(path, Aliases({"turn": "rot90"})).programs[0].name == "verify_a"
    assert "unknown name turn" in str(load_programs(path).refusals[0])


def test_a_regular_file_with_nothing_to_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.py"
    path.write_text(SOLVE)
    ends = os.pipe()
    os.set_blocking(ends[0], False)
    regular = os.stat(path)
    monkeypatch.setattr(os, "open", lambda *_: os.dup(ends[0]))
    monkeypatch.setattr(os, "fstat", lambda _: regular)
    found = load_file(path)
    monkeypatch.undo()
    for end in ends:
        os.close(end)
    assert "cannot be read: there is nothing to read now" in str(found.refusals[0])


@pytest.mark.skipif(not os.access("/proc/kmsg", os.R_OK), reason="needs the right to read the kernel's log")
def test_the_kernels_log_is_refused():
    for _ in range(2):
        assert load_file("/proc/kmsg").programs == []


@pytest.mark.parametrize("exists", [True, False])
def test_the_collector_is_as_before_once_programs_are_read(tmp_path, exists):
    before = gc.get_threshold()
    during = []
    (tmp_path / "a.py").write_text(SOLVE)
    try:
        load_programs(
            [tmp_path / "a.py", *([] if exists else [tmp_path / "none.py"])],
            on_file=lambda done, total: during.append(gc.get_threshold()),
        )
    except InputError:
        assert not exists
    else:
        assert during[0][:2] == before[:2]
        assert during[0][2] > before[2]
    assert gc.get_threshold() == before
